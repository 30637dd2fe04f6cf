"""Which slip `check` names, which it does not, and what no hint may say."""

import ast
import re
import warnings
from dataclasses import replace

import numpy as np
import pytest
from cells import sigmoid_derivative

from course_lib import check
from course_lib.checking import EXERCISES, judge
from course_lib.checking.exercise import Exercise

every_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=list(EXERCISES))


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
