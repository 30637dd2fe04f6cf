"""What `check` says, what it does not say, and what it survives."""

import ast
import contextlib
import functools
import io
import re
import sqlite3
import sys
import threading
import time
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from course_lib import ACTIVATIONS, check
from course_lib.activations.registry import CourseError
from course_lib.checking import EXERCISES, card, judge, record
from course_lib.checking.calling import Caller
from course_lib.checking.deadline import TimeIsUp, deadline
from course_lib.checking.exercise import Exercise

every_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=list(EXERCISES))


def sigmoid_derivative(x):
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s)


# --- what is said ---------------------------------------------------------------------------------------------


def test_the_story_of_the_commonest_slip() -> None:
    result = check("sigmoid_derivative", lambda x: x * (1 - x), seed=1)
    assert result.slip == "input_for_output"
    headline, right, wrong, slip = result.message.splitlines()
    assert headline == "sigmoid_derivative: 0 of 10 points."
    assert right == "It keeps shape and dtype and leaves its argument alone; its values are not the slope yet."
    assert wrong == "At x = 2 you return -2; the finite difference of sigmoid there is 0.10499."
    assert "the rule for the output, applied to the input" in slip


def test_the_exercise_is_found_by_the_functions_name() -> None:
    assert check(sigmoid_derivative).points == 10
    assert check("sigmoid_derivative", sigmoid_derivative).points == 10


def test_a_right_answer_learns_where_its_digits_end() -> None:
    message = check(sigmoid_derivative).message
    assert re.search(r"your form has \d right digits left at x = 30 and is 0 from x = 36\.\d", message)
    stable = check("sigmoid_derivative", lambda x: np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))) ** 2).message
    assert "keeps its digits even at x = 30" in stable


def test_an_overflowing_form_keeps_its_value_points_and_hears_why() -> None:
    result = check("sigmoid_derivative", lambda x: np.exp(-x) / (1 + np.exp(-x)) ** 2)
    assert result.passed
    assert result.points == 8
    assert result.slip == "overflow"
    assert "At x = -710 it returns nan instead of" in result.message


def test_a_passed_check_prints_no_drawn_value() -> None:
    assert len({check(sigmoid_derivative).message for _ in range(5)}) == 1
    assert len({card.html(check(sigmoid_derivative)) for _ in range(5)}) == 1


def test_the_report_says_where_the_finite_difference_was_too_weak() -> None:
    labels = [case.label for case in check(sigmoid_derivative).cases]
    assert sum("the finite difference is too weak: the library judged" in label for label in labels) >= 1
    assert not any("too weak" in case.label for case in check("sigmoid", np.sin).cases)


def test_a_seed_gives_the_same_inputs_again() -> None:
    def wrong(x):
        return sigmoid_derivative(x) + 1e-9

    first = check("sigmoid_derivative", wrong)
    again = check("sigmoid_derivative", wrong, seed=first.seed)
    assert again.message == first.message
    assert check("sigmoid_derivative", wrong, seed=first.seed + 1).message != first.message


def test_every_exercise_draws_its_inputs_anew() -> None:
    for exercise in EXERCISES.values():
        first, second = (exercise.probes(np.random.default_rng(seed))[0].arguments[0] for seed in (1, 2))
        assert not np.array_equal(first, second)


def test_a_stub_is_not_attempted_yet() -> None:
    def raising(x):
        """Return the slope."""
        raise NotImplementedError()

    def passing(x):
        """Return the slope."""

    def dots(x): ...

    for stub in (raising, passing, dots):
        result = check("sigmoid_derivative", stub)
        assert result.slip == "not_attempted"
        assert result.message == "sigmoid_derivative: not attempted yet (0 of 10 points)."


def test_an_exception_shows_the_learners_line_not_ours() -> None:
    cell = in_a_cell("def sigmoid_derivative(x):\n    return np.exp(-x) / undefined_name\n")
    message = check(cell["sigmoid_derivative"]).message
    assert "NameError in the line `return np.exp(-x) / undefined_name" in message
    assert "judge.py" not in message


def test_scalar_only_is_told_kindly() -> None:
    import math

    def wrong(x):
        return math.exp(-x) / (1 + math.exp(-x)) ** 2

    result = check("sigmoid_derivative", wrong)
    assert result.slip == "scalar_only"
    assert "right for one number at a time" in result.message
    assert "np.exp" in result.message


@pytest.mark.parametrize("h", [1e-1, 1e-2, 1e-4, 1e-5, 1e-6, 1e-8])
@pytest.mark.parametrize("kind", ["forward", "central", "five points"])
def test_a_finite_difference_is_recognised(h: float, kind: str) -> None:
    def f(x):
        return 1 / (1 + np.exp(-x))

    def answer(x):
        if kind == "forward":
            return (f(x + h) - f(x)) / h
        if kind == "central":
            return (f(x + h) - f(x - h)) / (2 * h)
        return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h)

    result = check("sigmoid_derivative", answer)
    assert (result.passed, result.points) == (False, 0)
    if kind != "forward" or h < 0.1:  # that one is off by 5 % and may be anything
        assert result.slip == "finite_difference"


@pytest.mark.parametrize("seed", range(20))
def test_a_finite_difference_of_the_loss_is_no_gradient(seed: int) -> None:
    def by_differences(X, y, w, h=2.0**-6):
        def loss(v):
            z = X @ v
            return np.mean(np.logaddexp(0, z) - y * z)

        weights = (4 / 5, -1 / 5, 4 / 105, -1 / 280)
        steps = np.eye(len(w)) * h
        return np.array([
            sum(c * (loss(w + k * e) - loss(w - k * e)) for k, c in enumerate(weights, 1)) / h for e in steps
        ])  # fmt: skip

    result = check("logistic_loss_gradient", by_differences, seed=seed)
    assert (result.passed, result.points, result.slip) == (False, 0, "approximate")
    assert "finite difference" in result.message


def test_a_finite_difference_comes_near() -> None:
    def f(x):
        return 1 / (1 + np.exp(-x))

    message = check("sigmoid_derivative", lambda x: (f(x + 1e-5) - f(x - 1e-5)) / 2e-5).message
    assert "its values come near the slope, but not to its last digits" in message


def test_a_complex_step_is_recognised_where_it_can_be_seen() -> None:
    result = check("sigmoid_derivative", lambda x: np.imag(1 / (1 + np.exp(-(x + 1e-30j)))) / 1e-30)
    assert (result.passed, result.slip) == (False, "complex_step")


def test_an_approximation_that_passes_point_by_point_is_still_one() -> None:
    result = check("sigmoid_derivative", lambda x: sigmoid_derivative(x) * (1 + 6e-15))
    assert (result.passed, result.points, result.slip) == (False, 0, "approximate")


def test_where_two_slips_fit_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    exercise = EXERCISES["sigmoid_derivative"]
    twin = replace(exercise.slips[0], name="twin")
    monkeypatch.setitem(EXERCISES._entries, exercise.name, replace(exercise, slips=(*exercise.slips, twin)))
    assert check(exercise.name, lambda x: x * (1 - x)).slip is None


VARIATIONS = {
    "twice": lambda y: 2 * y,
    "shifted": lambda y: y + 0.01,
    "a thousandth more": lambda y: y * 1.001,
    "squared": lambda y: y**2,
}


@every_exercise
@pytest.mark.parametrize("change", VARIATIONS.values(), ids=list(VARIATIONS))
def test_a_variation_of_a_slip_is_not_named_after_it(exercise: Exercise, change) -> None:
    for slip in exercise.slips:
        result = check(exercise.name, lambda *a, s=slip: change(np.asarray(s.formula(*a))))
        if result.slip in {s.name for s in exercise.slips}:  # then the variation must be that slip itself
            arguments = exercise.probes(np.random.default_rng(0))[0].arguments
            varied = change(np.asarray(slip.formula(*arguments)))
            same = (s.formula(*arguments) for s in exercise.slips if s.name == result.slip)
            assert any(np.allclose(varied, values, rtol=1e-9) for values in same)


@every_exercise
def test_every_slip_is_named(exercise: Exercise) -> None:
    for slip in exercise.slips:
        result = check(exercise.name, slip.formula)
        assert not result.passed, slip.name
        assert result.slip == slip.name
        assert slip.sentence in result.message


@every_exercise
def test_the_reference_would_pass_if_it_were_the_learners(exercise: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge, "lets_the_course_answer", lambda *_: False)
    result = check(exercise.name, exercise.reference)
    assert (result.passed, result.points) == (True, exercise.max_points)


# --- what is not said ------------------------------------------------------------------------------------------


def formulas_in(text: str) -> list[str]:
    """Every piece of `text` that could be read as a formula with at least one operator."""
    text = re.sub(r"sigma of (\w)", r"sigma(\1)", text.replace("−", "-").replace("·", "*").replace("^", "**"))
    pieces = re.findall(r"[\w\s().+*/-]*[+*/-][\w\s().+*/-]*", text)
    found = []
    for piece in pieces:
        words = piece.split()
        for i in range(len(words)):
            for j in range(i + 1, len(words) + 1):
                candidate = " ".join(words[i:j]).strip(" .")
                try:
                    tree = ast.parse(candidate, mode="eval")
                except SyntaxError:
                    continue
                if any(isinstance(n, ast.BinOp) for n in ast.walk(tree)):
                    found.append(candidate)
    return found


def says_the_answer(exercise: Exercise, text: str) -> bool:
    """Whether some formula in `text` has the values that the exercise asks for."""
    arguments = exercise.probes(np.random.default_rng(5))[0].arguments
    x = arguments[0]
    names = dict(zip(exercise.arguments, arguments, strict=True))
    sigma = EXERCISES["sigmoid"].reference
    for y in ({"y": x} if "y" in exercise.arguments else {}, {"y": sigma(x)}):
        values = {"s": sigma(x), "p": sigma(x), "e": np.e, "exp": np.exp, "sigma": sigma, "sigmoid": sigma, "np": np}
        values |= {**y, **names}
        for formula in formulas_in(text):
            try:
                with np.errstate(all="ignore"), warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    value = eval(formula, {"__builtins__": {}}, values)
                    if np.allclose(value, exercise.reference(*arguments), rtol=1e-6):
                        return True
            except Exception:
                continue
    return False


@every_exercise
def test_no_hint_and_no_slip_says_the_answer(exercise: Exercise) -> None:
    assert len(exercise.hints) == 3
    for text in (*exercise.hints, *(s.sentence for s in exercise.slips)):
        assert not says_the_answer(exercise, text), text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sigmoid_derivative", "It is s * (1 - s), you know."),
        ("sigmoid_derivative", "Multiply: sigma(x)*(1 - sigma(x))."),
        ("sigmoid_derivative", "Use exp(-x)/(1 + exp(-x))**2 for it"),
        ("sigmoid_derivative_from_output", "The parabola y − y^2."),
        ("sigmoid", "Write 1/(1+np.exp(-x))."),
        ("square_derivative", "It is 2*x."),
    ],
)
def test_that_test_would_notice(name: str, text: str) -> None:
    assert says_the_answer(EXERCISES[name], text)


def test_the_hints_are_asked_for() -> None:
    result = check("sigmoid_derivative", np.sin)
    assert all(hint not in result.message for hint in result.hints)
    assert [result.hint(stage) for stage in (1, 2, 3)] == list(EXERCISES["sigmoid_derivative"].hints)
    with pytest.raises(ValueError, match="There are 3 hints"):
        result.hint(4)


# --- what is survived -------------------------------------------------------------------------------------------


def endless(x):
    while True:
        pass


def endless_and_catching(x):
    while True:
        with contextlib.suppress(Exception):
            x = x + 1


def endless_and_deaf():
    """A loop that catches everything; from text, since a bare except is a thing that only learners write."""
    source = """
import time
def deaf(x):
    while True:
        try:
            time.sleep(0.05)
        except:
            pass
"""
    return in_a_cell(source)["deaf"]


ENDLESS = [endless, endless_and_catching, lambda x: endless_and_deaf()(x)]


@pytest.mark.parametrize("answer", ENDLESS, ids=["plain", "catching", "deaf"])
def test_an_endless_loop_is_stopped_with_a_sentence(answer) -> None:
    start = time.monotonic()
    result = judge.judge(EXERCISES["sigmoid_derivative"], answer, np.random.default_rng(0), seconds=0.3)
    assert time.monotonic() - start < 3
    assert result.diagnosis is not None
    assert result.diagnosis.slip == "endless"
    assert result.telling == "It was stopped after 0.3 seconds: is there a loop that never ends, or does it wait?"


@pytest.mark.parametrize("answer", ENDLESS, ids=["plain", "catching", "deaf"])
def test_an_endless_loop_is_stopped_where_there_are_no_signals(answer) -> None:
    found = []

    def in_a_thread() -> None:
        try:
            with deadline(0.3):
                answer(0)
        except TimeIsUp:
            found.append("stopped")

    thread = threading.Thread(target=in_a_thread, daemon=True)
    thread.start()
    thread.join(10)
    assert found == ["stopped"]


def test_a_deadline_inside_a_deadline_leaves_the_outer_one() -> None:
    def both() -> None:
        with deadline(0.5):
            with deadline(5):
                pass
            endless(0)

    start = time.monotonic()
    with pytest.raises(TimeIsUp):
        both()
    assert time.monotonic() - start < 2


def test_a_check_inside_the_function_that_is_checked_is_pointed_out(fresh_record: Path) -> None:
    def recursive(x):
        check("sigmoid_derivative", recursive)
        return x

    result = check("sigmoid_derivative", recursive)
    assert "check was called inside the function that it checks" in result.message
    assert len(record.read()) == 1


def test_the_deadline_leaves_nothing_behind() -> None:
    import signal

    before = signal.getsignal(signal.SIGALRM)
    with deadline(5):
        pass
    assert signal.getsignal(signal.SIGALRM) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_an_interrupt_by_the_learner_gets_through() -> None:
    def interrupted(x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check("sigmoid_derivative", interrupted)


def test_a_megabyte_of_output_is_shortened_and_kept_off_the_streams(capfd: pytest.CaptureFixture[str]) -> None:
    def chatty(x):
        print("x" * 1_000_000)
        sys.stderr.write("y" * 1_000_000)
        warnings.warn("careful", stacklevel=1)
        return sigmoid_derivative(x)

    result = check("sigmoid_derivative", chatty)
    assert result.points == 10
    assert "Your function printed: xxx" in result.message
    assert len(result.message) < 1000
    out, err = capfd.readouterr()
    assert "xxx" not in out + err
    assert "yyy" not in out + err
    assert "careful" not in out + err


def test_the_learners_numpy_settings_don_t_matter() -> None:
    with np.errstate(all="raise"):
        assert check(sigmoid_derivative).points == 10


def test_a_lying_subclass_is_seen_through() -> None:
    class Agrees(np.ndarray):
        def __eq__(self, other):
            return np.ones(self.shape, bool)

        def __sub__(self, other):
            return np.zeros(self.shape)

        def __array_ufunc__(self, *a, **k):
            return np.zeros(self.shape)

    assert not check("sigmoid_derivative", lambda x: np.ones(x.shape).view(Agrees)).passed


@pytest.mark.parametrize("make", [
    lambda: ACTIVATIONS["sigmoid"].derivative,
    lambda: lambda x: ACTIVATIONS["sigmoid"].derivative(x),
    lambda: lambda x: EXERCISES["sigmoid_derivative"].reference(x),
])  # fmt: skip
def test_the_course_must_not_write_the_answer(make) -> None:
    result = check("sigmoid_derivative", make())
    assert (result.passed, result.points, result.slip) == (False, 0, "uses_course_lib")
    assert "write it yourself" in result.message


def test_whole_numbers_and_booleans(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = replace(
        EXERCISES["sigmoid"], name="steps", reference=lambda x: np.where(np.asarray(x) > 0, 1.0, 0.0), insight=None
    )
    monkeypatch.setitem(EXERCISES._entries, "steps", steps)
    whole = check("steps", lambda x: np.where(x > 0, 1, 0))
    assert whole.points == 10
    assert "whole numbers" in whole.message
    truth = check("steps", lambda x: x > 0)
    assert truth.passed
    assert truth.points == 9
    assert truth.slip == "boolean"


def test_an_answer_as_nbgrader_sees_it_ends_in_a_number() -> None:
    assert repr(check(sigmoid_derivative).points) == "10.0"


def test_unknown_names_get_the_nearest() -> None:
    result = check("sigmoid_derivativ", sigmoid_derivative)
    assert not result.passed
    assert "did you mean 'sigmoid_derivative'" in result.message
    assert "it was given None" in check("sigmoid_derivative").message


class Awkward:
    """A function-like thing that raises wherever it is looked at."""

    @property
    def __name__(self):
        raise RuntimeError("no name")

    @property
    def __signature__(self):
        raise RuntimeError("no signature")

    def __call__(self, x):
        class Mute(Exception):
            def __str__(self):
                raise RuntimeError("no words")

        raise Mute


def test_awkward_things_get_a_verdict() -> None:
    assert check("sigmoid_derivative", Awkward()).slip == "raises"
    assert not check(Awkward()).passed


def test_an_answer_that_leaves_when_it_is_watched() -> None:
    def shy(x):
        if type(x) is not np.ndarray:
            raise SystemExit
        return sigmoid_derivative(x)

    assert check("sigmoid_derivative", shy).points == 10


@pytest.mark.parametrize("seed", [-1, "a", 1.5, 2**70])
def test_a_seed_that_is_none_is_refused_in_one_sentence(seed: object) -> None:
    with pytest.raises(CourseError, match="seed must be a whole number"):
        check(sigmoid_derivative, seed=seed)


def test_the_order_of_name_and_answer_does_not_matter() -> None:
    assert check(sigmoid_derivative, "sigmoid_derivative").points == 10
    assert "does not have the name of an exercise" in check(lambda x: x).message
    assert "does not have the name of an exercise" in check(sigmoid_derivative, sigmoid_derivative).message


def test_what_is_right_is_not_called_wrong() -> None:
    for answer in (
        ACTIVATIONS["sigmoid"].derivative,
        lambda x: np.imag(1 / (1 + np.exp(-(x + 1e-30j)))) / 1e-30,
    ):
        assert "its values are not" not in check("sigmoid_derivative", answer).message


def test_an_answer_that_fails_on_an_empty_array_loses_the_part() -> None:
    result = check("sigmoid_derivative", lambda x: sigmoid_derivative(x) + 0 * np.max(np.isnan(x)))
    assert (result.passed, result.points) == (True, 9)
    vectorized = check("sigmoid_derivative", np.vectorize(lambda x: sigmoid_derivative(x)))
    assert vectorized.points == 10
    assert "otypes=[float]" in vectorized.message


def test_half_an_answer_is_not_called_unattempted() -> None:
    def half(x):
        if (x < 0).any():
            raise NotImplementedError("negative x is missing")
        return sigmoid_derivative(x)

    result = check("sigmoid_derivative", half)
    assert result.slip == "unfinished"
    assert "negative x is missing" in result.message


def test_nan_is_blamed_on_overflow_only_where_there_was_one() -> None:
    def hole(x):
        x = np.asarray(x, dtype=float)
        return np.tanh(x / 2) / (2 * np.sinh(x))

    result = check("sigmoid_derivative", hole)
    assert result.slip == "nan"
    assert "0/0" in result.message


def test_a_mean_is_not_a_constant() -> None:
    result = check("sigmoid_derivative", lambda x: np.full_like(x, np.mean(sigmoid_derivative(x))))
    assert not result.passed
    assert result.slip != "constant"


def test_an_array_that_is_filled_again_at_each_call_is_fine() -> None:
    buffers: dict = {}

    def filling(x, k):
        out = buffers.setdefault((np.shape(x), np.asarray(x).dtype), np.empty(np.shape(x)))
        out[...] = k * sigmoid_derivative(k * x)
        return out

    assert check("steep_sigmoid_derivative", filling).points == 10


def test_a_huge_long_double_does_not_make_us_warn() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert not check("sigmoid_derivative", lambda x: np.full(np.shape(x), np.longdouble("1e400"))).passed


def test_double_for_single_is_noted() -> None:
    result = check("sigmoid_derivative", lambda x: sigmoid_derivative(np.asarray(x, dtype=np.float64)))
    assert result.points == 10
    assert "For single precision it returns float64." in result.message


@pytest.mark.parametrize(
    ("source", "cause"),
    [
        ("return np.array([v for t in range(x)])", "range needs one whole number"),
        ("out = np.zeros(x.shape)\n    for i in x:\n        out[i] = 1\n    return out", "not their places"),
    ],
)
def test_the_usual_cause_fits_the_error(source: str, cause: str) -> None:
    cell = in_a_cell(f"def sigmoid_derivative(x):\n    {source}\n")
    assert cause in check(cell["sigmoid_derivative"]).message


# --- names from outside the cell --------------------------------------------------------------------------------


def in_a_cell(source: str, **already: object) -> dict:
    """Run `source` as a notebook would: with a source of its own, in a namespace that others share."""
    import linecache

    name = f"<cell {hash(source)}>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    namespace = {"__name__": "__main__", "np": np, **already}
    exec(compile(source, name, "exec"), namespace)
    return namespace


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


# --- the card -----------------------------------------------------------------------------------------------------


def test_the_card_escapes_what_the_learner_wrote() -> None:
    def wrong(x):
        raise ValueError("<script>alert(1)</script>")

    html = card.html(check("sigmoid_derivative", wrong))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_card_has_a_plot_with_words_and_nested_hints() -> None:
    html = card.html(check("sigmoid_derivative", lambda x: x * (1 - x)))
    assert "<svg role='img'" in html
    assert "<title>Solid: yours, dashed: finite difference; x from -6 to 6.</title>" in html
    assert [html.index(f"Hint {stage} of 3") for stage in (1, 2, 3)] == sorted(
        html.index(f"Hint {stage} of 3") for stage in (1, 2, 3)
    )
    assert "Hint 1" not in card.html(check(sigmoid_derivative))


def test_the_plot_shows_the_case_in_which_the_difference_can_be_seen() -> None:
    html = card.html(check("steep_sigmoid_derivative", lambda x, k: abs(k) * sigmoid_derivative(k * x)))
    assert "x from -6 to 6, k = -2.</title>" in html


def test_a_fault_at_one_infinity_is_shown_there() -> None:
    cases = check(
        "sigmoid", lambda x: np.where(x == np.inf, 0.5, sigmoid_derivative(x) * 0 + 1 / (1 + np.exp(-x)))
    ).cases
    (case,) = (c for c in cases if not c.ok)
    assert (case.input, case.got, case.expected) == ("x = inf", "0.5", "1")


def test_the_plot_says_what_is_dashed_and_leaves_out_what_is_far_off() -> None:
    html = card.html(check("sigmoid", np.exp))
    assert "dashed: as it should be<" in html
    numbers = [float(n) for n in re.findall(r"[ML]-?[\d.]+ (-?[\d.]+)", html)]
    assert len(numbers) > 70
    assert all(0 <= n <= 130 for n in numbers)


def test_plain_text_elsewhere() -> None:
    assert repr(check("sigmoid_derivative", np.sin)).endswith("A hint, if you want one: result.hint(1), of 3.")


# --- the record ----------------------------------------------------------------------------------------------------


@pytest.fixture
def fresh_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("course_lib.checking._record_failed", False)
    place = tmp_path / "folder" / "record.sqlite"
    monkeypatch.setenv(record.VARIABLE, str(place))
    return place


def test_every_check_is_recorded(fresh_record: Path) -> None:
    assert record.read() == []
    check(sigmoid_derivative, seed=5)
    check("sigmoid_derivative", lambda x: x * (1 - x), seed=6)
    first, second = record.read()
    assert (first.exercise, first.passed, first.points, first.slip, first.seed) == (
        "sigmoid_derivative",
        True,
        10,
        None,
        5,
    )
    assert (second.passed, second.points, second.slip) == (False, 0, "input_for_output")


def test_what_is_no_attempt_is_not_recorded(fresh_record: Path) -> None:
    check("sigmoid_derivativ", sigmoid_derivative)
    check(None)
    check(sigmoid_derivative, record=False)
    assert record.read() == []


def test_a_corrupt_record_is_said_once_and_left_alone(fresh_record: Path) -> None:
    fresh_record.parent.mkdir()
    fresh_record.write_bytes(b"this is not a database, it is a letter" * 100)
    before = fresh_record.read_bytes()
    first, second = check(sigmoid_derivative), check(sigmoid_derivative)
    assert first.points == second.points == 10
    assert f"Your record {fresh_record} could not be written" in first.message
    assert "record" not in second.message
    assert fresh_record.read_bytes() == before
    with pytest.raises(record.RecordUnreadable, match="could not be read"):
        record.read()


def test_a_record_that_is_empty_or_of_another_kind(fresh_record: Path) -> None:
    fresh_record.parent.mkdir()
    fresh_record.touch()
    assert record.read() == []
    with sqlite3.connect(fresh_record) as database:
        database.execute("CREATE TABLE checks (a, b)")
        database.execute("INSERT INTO checks VALUES (1, 2)")
    database.close()
    with pytest.raises(record.RecordUnreadable, match="no such column"):
        record.read()
    assert "could not be written" in check(sigmoid_derivative).message


def test_a_record_in_an_unwritable_place_does_not_matter(
    fresh_record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_text("in the way")
    monkeypatch.setenv(record.VARIABLE, str(file / "record.sqlite"))
    result = check(sigmoid_derivative)
    assert result.points == 10
    assert "could not be written" in result.message


def test_a_locked_record_does_not_hold_up_a_check(fresh_record: Path) -> None:
    check(sigmoid_derivative)
    other = sqlite3.connect(fresh_record)
    other.execute("BEGIN EXCLUSIVE")
    start = time.monotonic()
    assert check(sigmoid_derivative).points == 10
    assert time.monotonic() - start < 2
    other.close()


def test_a_caller_keeps_what_was_printed_first() -> None:
    out = io.StringIO()
    caller = Caller(lambda x: print("first", x.size) or x, ("x",))
    caller(np.zeros(1))
    caller(np.zeros(2))
    assert caller.printed.strip() == "first 1"
    assert out.getvalue() == ""
