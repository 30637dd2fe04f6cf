"""Names from outside the cell, and answers that the course itself would give."""

import functools

import numpy as np
import pytest
from cells import in_a_cell
from scipy import special

from course_lib import ACTIVATIONS, check
from course_lib.checking import EXERCISES

every_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=list(EXERCISES))


CELL = """
def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1 - s)
"""
HELPER = """
def sigmoid(x):
    return 1 / (1 + np.exp(-x))
"""


def test_a_helper_from_another_cell_is_pointed_out() -> None:
    elsewhere = in_a_cell(HELPER)["sigmoid"]
    result = check(in_a_cell(CELL, sigmoid=elsewhere)["sigmoid_derivative"])
    assert result.points == 10
    assert "It uses `sigmoid` from outside its cell" in result.message


def test_a_helper_in_the_cell_is_fine() -> None:
    result = check(in_a_cell(HELPER + CELL)["sigmoid_derivative"])
    assert result.points == 10
    assert "outside its cell" not in result.message


def test_the_courses_forward_function_is_pointed_out_kindly() -> None:
    result = check(in_a_cell(CELL, sigmoid=ACTIVATIONS["sigmoid"].f)["sigmoid_derivative"])
    assert result.points == 10
    assert "It uses `sigmoid` from outside its cell" in result.message


def test_the_courses_forward_function_as_a_preset_is_no_answer_by_the_course() -> None:
    def preset(x, s=ACTIVATIONS["sigmoid"].f):
        return s(x) * (1 - s(x))

    assert check("sigmoid_derivative", preset).points == 10


def test_another_library_is_pointed_out() -> None:
    source = "from scipy.special import expit\ndef sigmoid_derivative(x):\n    return expit(x) * expit(-x)\n"
    assert "`expit`" in check(in_a_cell(source)["sigmoid_derivative"]).message


OUTSIDE = "from outside its cell"


@pytest.mark.parametrize(
    "source",
    [
        "from math import *\ndef sigmoid_derivative(x):\n    return cos(0) / (2 + 2 * np.cosh(x))\n",
        "import numpy as xp\ndef sigmoid_derivative(x):\n    return 1 / (2 + 2 * xp.cosh(x))\n",
        "ONE = 1\ndef sigmoid_derivative(x):\n    return ONE / (2 + 2 * np.cosh(x))\n",
        "if True:\n    ONE = 1\ndef sigmoid_derivative(x):\n    return ONE / (2 + 2 * np.cosh(x))\n",
    ],
    ids=["star", "alias", "constant", "in a block"],
)
def test_what_the_cell_itself_provides_is_not_pointed_out(source: str) -> None:
    result = check(in_a_cell(source)["sigmoid_derivative"])
    assert result.points == 10
    assert OUTSIDE not in result.message


@pytest.mark.parametrize(
    "source",
    [
        "answer = lambda x: helper(x) * (1 - helper(x))",
        "@np.vectorize\ndef answer(x):\n    return helper(x) * (1 - helper(x))",
        "class A:\n    def __call__(self, x):\n        return helper(x) * (1 - helper(x))\nanswer = A()",
        "def other():\n    helper = 1\ndef answer(x):\n    return helper(x) * (1 - helper(x))",
        "def answer(x):\n    import scipy.special as s\n    return s.expit(x) * s.expit(-x)",
    ],
    ids=["lambda", "vectorize", "object", "bound in another function", "import inside"],
)
def test_what_a_grader_would_lack_is_pointed_out(source: str) -> None:
    helper = in_a_cell(HELPER)["sigmoid"]
    result = check("sigmoid_derivative", in_a_cell(source, helper=helper)["answer"])
    assert result.passed
    assert OUTSIDE in result.message


@pytest.mark.parametrize("wrap", [
    np.vectorize,
    functools.partial,
    lambda f: lambda x: f(x),
    lambda f: lambda x, d=f: d(x),
    lambda f: functools.wraps(f)(lambda x: f(x)),
])  # fmt: skip
def test_the_courses_derivative_in_a_wrapper_earns_nothing_either(wrap) -> None:
    result = check("sigmoid_derivative", wrap(ACTIVATIONS["sigmoid"].derivative))
    assert (result.points, result.slip) == (0, "uses_course_lib")


@every_exercise
def test_the_courses_own_answer_earns_nothing(exercise) -> None:
    result = check(exercise.name, exercise.reference)
    assert (result.passed, result.points, result.slip) == (False, 0, "uses_course_lib")


def test_an_answer_through_another_answer_of_the_course_earns_nothing_either() -> None:
    from course_lib.activations.vector import softmax_jacobian
    from course_lib.finite_difference import central

    through = check("softmax_vjp", lambda z, g: np.vectorize(row, signature="(n),(n)->(n)")(z, g))
    assert through.slip == "uses_course_lib"
    assert check("softmin_jacobian", lambda z: -softmax_jacobian(-z)).slip == "uses_course_lib"
    assert check("central_difference", lambda f, x, h: central(f, x, h)).slip == "uses_course_lib"
    assert check("softmax_jacobian", lambda z: np.diag(s := SOFTMAX(z)) - np.outer(s, s)).points == 10


def row(z, g):
    from course_lib.activations.vector import softmax_jacobian

    return g @ softmax_jacobian(z)


SOFTMAX = EXERCISES["softmax"].reference


# --- what an exercise hands in by its name -----------------------------------------------------------------------

GELU = """
def gelu_derivative(x):
    share = (1 + erf(x / np.sqrt(2))) / 2
    return share + x * np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
"""


@pytest.mark.parametrize("erf", [special.erf, EXERCISES["gelu_derivative"].given["erf"]], ids=["scipy's", "given"])
def test_what_the_exercise_hands_in_is_not_foreign(erf) -> None:
    result = check(in_a_cell(GELU, erf=erf)["gelu_derivative"])
    assert result.points == 10
    assert OUTSIDE not in result.message


@pytest.mark.parametrize(
    "helper",
    [
        "erf = np.vectorize(math.erf, otypes=[float])",
        "def erf(x):\n    return np.vectorize(math.erf)(np.atleast_1d(x))",
    ],
    ids=["of its own", "of the wrong shape"],
)
def test_an_error_function_of_ones_own_is_fine_too(helper: str) -> None:
    result = check(in_a_cell(f"import math\n{helper}\n{GELU}")["gelu_derivative"])
    assert result.passed
    assert (result.points == 10) == ("otypes" in helper)
    assert OUTSIDE not in result.message


def test_a_library_in_its_place_is_pointed_out_with_what_is_there() -> None:
    source = GELU.replace("erf(", "special.erf(")
    result = check(in_a_cell(source, special=special)["gelu_derivative"])
    assert result.points == 10
    assert (
        "It uses `special` from outside its cell. When homework is graded only `np`, `math` and `erf` are"
        in result.message
    )


def test_importing_in_the_answers_own_cell_what_is_handed_in_anyway_is_pointed_out() -> None:
    result = check(in_a_cell(f"from scipy.special import erf\n{GELU}")["gelu_derivative"])
    assert result.points == 10
    assert "It uses `scipy.special` from outside its cell." in result.message
    assert (
        OUTSIDE
        not in check(
            in_a_cell(f"from math import erf as one\nerf = np.vectorize(one)\n{GELU}")["gelu_derivative"]
        ).message
    )


def test_what_one_exercise_hands_in_another_does_not() -> None:
    source = "def silu_derivative(x):\n    s = 1 / (1 + np.exp(-x))\n    return s + x * s * (1 - s) + 0 * erf(x)\n"
    assert "It uses `erf`" in check(in_a_cell(source, erf=special.erf)["silu_derivative"]).message


def test_the_error_function_that_is_handed_in_is_right() -> None:
    erf = EXERCISES["gelu_derivative"].given["erf"]
    for x in (np.linspace(-7, 7, 57).reshape(3, 19), np.float64(0.3), np.empty(0), np.array([[1, -2]])):
        assert np.shape(erf(x)) == np.shape(x)
        assert np.allclose(erf(x), special.erf(x), rtol=1e-14, atol=0)
