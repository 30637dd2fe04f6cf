"""What `check` says to the learner whose code raises: our advice first, fitting the line, then Python's words."""

import re

import pytest
from cells import in_a_cell

from course_lib import check


def message(source: str) -> str:
    (name,) = re.findall(r"^def (\w+)", source)
    return check(in_a_cell(source)[name], seed=1, record=False).message


RAISING = {
    "max of two arrays": (
        "def relative_error(a, b):\n    return abs(a - b) / max(abs(a), abs(b))\n",
        "np.maximum and np.minimum do so for each entry",
    ),
    "chained comparison": (
        "def relu6_derivative(x):\n    return np.where(0 < x < 6, 1.0, 0.0)\n",
        "`a < x < b` does not work on arrays; write `(a < x) & (x < b)`.",
    ),
    "chained comparison after elif": (
        "def relu6_derivative(x):\n    if np.ndim(x) > 9:\n        return x\n    elif 0 < x < 6:\n"
        "        return 1.0\n    return 0.0\n",
        "`a < x < b` does not work on arrays",
    ),
    "and": ("def relu6_derivative(x):\n    return np.where(x > 0 and x < 6, 1.0, 0.0)\n", "write `&` and `|`"),
    "if": ("def relu_derivative(x):\n    if x > 0:\n        return 1.0\n    return 0.0\n", "np.where decides"),
    "if with !=": (
        "def first_wrong_line(lines, x):\n    for i in range(1, len(lines)):\n"
        "        if lines[i](x) != lines[i - 1](x):\n            return i\n    return -1\n",
        "np.any or np.all makes one of it",
    ),
    "a power with ^": ("def swish_beta_gradient(x, beta):\n    return x^2\n", "A power is written `**` in Python"),
    "if with a number": (
        "def cross_entropy_gradient(z, y):\n    p = np.exp(z) / np.sum(np.exp(z))\n    if y == 1:\n"
        "        return p - 1\n    return p\n",
        "`if` can't decide for a whole array at once. np.where decides for each entry",
    ),
    "a number first": (
        "def relu_derivative(x):\n    return 0.5 if 0.0 == x else np.where(x > 0, 1.0, 0.0)\n",
        "np.where decides",
    ),
    "eye": ("def identity_jacobian(x):\n    return np.eye(x)\n", "np.eye needs one whole number, such as len(x)."),
    "zeros": ("def softmin_jacobian(z):\n    return np.zeros(z)\n", "np.zeros needs a shape, such as z.shape."),
    "keepdims": (
        "def softmax(z, axis=-1):\n    e = np.exp(z)\n    total = np.sum(e, axis=axis)\n    return e / total\n",
        "keepdims=True keeps it",
    ),
    "keepdims in the maximum only": (
        "def log_softmax(z):\n    gap = z - np.max(z, axis=-1, keepdims=True)\n"
        "    return gap - np.log(np.sum(np.exp(gap), axis=-1))\n",
        "keepdims=True keeps it",
    ),
    "keepdims, the axis not named": (
        "def log_softmax(z):\n    gap = z - z.max(-1, keepdims=True)\n    return gap - np.log(np.exp(gap).sum(-1))\n",
        "keepdims=True keeps it",
    ),
    "matrices": (
        "def collapse_linear_layers(W1, b1, W2, b2):\n    return W2 @ W1, b1 @ W2 + b2\n",
        ".T turns a matrix over. (Python says: matmul: Input operand 1 has a mismatch in its core dimension 0 (size",
    ),
}


@pytest.mark.parametrize(("source", "advice"), RAISING.values(), ids=list(RAISING))
def test_the_advice_fits_the_line_and_comes_before_pythons_words(source: str, advice: str) -> None:
    said = message(source)
    assert advice in said
    assert said.index(advice[:20]) < said.index("(Python says: ")
    assert "signature" not in said
    assert ":`:" not in said


def test_range_is_blamed_only_where_it_is_called() -> None:
    assert "range" not in message(RAISING["eye"][0])
    assert "range needs" in message("def softmin_jacobian(z):\n    return [0 for i in range(z)]\n")


def test_keepdims_is_advised_only_where_an_axis_was_summed() -> None:
    said = message("def softmax_jacobian(z):\n    return np.ones(3) + np.ones(4)\n")
    assert "shapes that don't fit together. (" in said


def test_keepdims_is_not_advised_where_it_is_everywhere() -> None:
    total = "np.sum(z, axis=-1, keepdims=True)"
    said = message(f"def log_softmax(z):\n    return z - {total} + np.max(z) + np.ones(3) + np.ones(7)\n")
    assert "shapes that don't fit together. (" in said


@pytest.mark.parametrize(
    ("before", "line", "after"),
    [
        ("", "return np.array([v - math.log(sum(math.exp(w) for w in z)) for v in z])", ""),
        ("", "total = sum(math.exp(v) for v in z)", "    return z - math.log(total)\n"),
        ("    total = sum(\n", "math.exp(v)", "    for v in z)\n    return z - math.log(total)\n"),
        ("    one = lambda w: (\n", "math.exp(w))", "    return z - np.log(sum(map(one, z)))\n"),
    ],
)
def test_the_line_that_is_named_is_the_one_that_fails(before: str, line: str, after: str) -> None:
    said = message(f"def log_softmax(z):\n{before}    {line}\n{after}")
    assert f"TypeError in the line `{line}`. Functions of `math` take one number" in said


def test_an_error_without_a_usual_cause_is_quoted() -> None:
    said = message("def sigmoid(x):\n    raise ValueError('not today')\n")
    assert said.endswith("in the line `raise ValueError('not today')` and says: not today.")
