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
    "one minus it": lambda y: 1 - y,
}


def outcome(answer, arguments: tuple) -> object:
    """What an answer does: the word for None or an exception, else its numbers in one row."""
    try:
        with np.errstate(all="ignore"):
            returned = answer(*arguments)
    except Exception:
        return "raises"
    if returned is None:
        return "None"
    arrays = returned if isinstance(returned, tuple) else (returned,)
    return [np.asarray(a, dtype=float) for a in arrays]


def same(one: object, other: object) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return all(a.shape == b.shape and np.allclose(a, b, rtol=1e-6) for a, b in zip(one, other, strict=True))


def changed(formula, change):
    """The formula with `change` applied to each of its results."""

    def variation(*arguments):
        returned = formula(*arguments)
        if returned is None:
            return None
        if isinstance(returned, tuple):
            return tuple(change(np.asarray(r, dtype=float)) for r in returned)
        return change(np.asarray(returned, dtype=float))

    return variation


@every_exercise
@pytest.mark.parametrize("change", VARIATIONS.values(), ids=list(VARIATIONS))
def test_a_variation_of_a_slip_is_not_named_after_it(exercise: Exercise, change) -> None:
    values = [exercise.completed(p.arguments) for p in exercise.probes(np.random.default_rng(0)) if p.part == "values"]
    for slip in exercise.slips:
        variation = changed(slip.formula, change)
        result = check(exercise.name, variation, seed=0)
        named = [s.formula for s in exercise.slips if s.name == result.slip]
        if named:  # then the variation must be that slip itself
            assert any(all(same(outcome(f, a), outcome(variation, a)) for a in values) for f in named), slip.name


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


def formulas_in(text: str) -> set[str]:
    """Every piece of `text` that could be read as a formula, a comparison or a call."""
    text = re.sub(r"sigma of (\w)", r"sigma(\1)", text.replace("−", "-").replace("·", "*").replace("^", "**"))
    with_stars = re.sub(r"(\d|\b[a-zA-Z]\b|\)) ?(?=[a-zA-Z]\b|[a-zA-Z]+\(|(?<= )\()", r"\1*", text)
    found = set()
    for piece in (p for t in (text, with_stars) for p in re.findall(r"[\w\s().,+*/@<>=&|:\[\]-]+", t)):
        words = piece.split()
        for i in range(len(words)):
            for j in range(i + 1, len(words) + 1):
                candidate = " ".join(words[i:j]).strip(" .,:")
                try:
                    tree = ast.parse(candidate, mode="eval")
                except SyntaxError:
                    continue
                if any(isinstance(n, ast.BinOp | ast.Compare | ast.Call) for n in ast.walk(tree)):
                    found.add(candidate)
    return found


def names_in_a_text(exercise: Exercise, arguments: tuple) -> dict:
    """What a hint may mean by its letters."""
    names = {"np": np, "e": np.e, "len": len, "delta": np.eye, "sigma": SIGMOID, "sigmoid": SIGMOID, "softmax": SOFTMAX}
    names |= {n: getattr(np, n) for n in ("exp", "tanh", "cosh", "sinh", "abs", "diag", "outer", "eye", "ones", "all")}
    given = dict(zip(exercise.arguments, arguments, strict=True))
    first = arguments[0]
    if isinstance(first, np.ndarray):
        if "tanh" in exercise.name:
            names |= {"y": np.tanh(first), "t": np.tanh(first), "s": SIGMOID(first)}
        elif exercise.arguments[0] == "z":
            names |= {"s": SOFTMAX(first), "S": SOFTMAX(first), "p": SOFTMAX(first), "y": SOFTMAX(first)}
        else:
            names |= {"y": SIGMOID(first), "s": SIGMOID(first), "p": SIGMOID(first)}
    return names | given


SIGMOID, SOFTMAX = EXERCISES["sigmoid"].reference, EXERCISES["softmax"].reference


def is_the_answer(exercise: Exercise, formula: str, probes: list[tuple]) -> bool:
    for arguments in probes:
        try:
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                value = eval(formula, {"__builtins__": {}}, names_in_a_text(exercise, arguments))
                right = exercise.reference(*arguments)
                pairs = zip(value, right, strict=True) if isinstance(right, tuple) else [(value, right)]
                if not all(np.allclose(v, r, rtol=1e-6) for v, r in pairs):
                    return False
        except Exception:
            return False
    return True


def says_the_answer(exercise: Exercise, text: str) -> bool:
    """Whether some formula in `text` has the values that the exercise asks for."""
    probes = [exercise.completed(p.arguments) for p in exercise.probes(np.random.default_rng(5)) if p.part == "values"]
    return any(is_the_answer(exercise, formula, probes) for formula in formulas_in(text))


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
        ("square_derivative", "It is 2x, of course."),
        ("forward_difference", "Divide: (f(x + h) - f(x)) / h."),
        ("central_difference", "(f(x+h) - f(x-h)) / (2h)"),
        ("relative_error", "It is abs(a - b) / np.maximum(abs(a), abs(b)), entry by entry"),
        ("identity_derivative", "Just use np.ones_like(x) here."),
        ("identity_jacobian", "It is np.eye(len(x)), the identity matrix."),
        ("collapse_linear_layers", "Return W1 @ W2, b1 @ W2 + b2."),
        ("tanh_derivative", "It is 1 - tanh(x)^2."),
        ("tanh_derivative", "With t for the output: 1 - t^2."),
        ("tanh_from_sigmoid", "tanh is 2 sigmoid(2x) - 1 everywhere."),
        ("scaled_tanh_derivative", "It is a b (1 - tanh(b x)^2)"),
        ("relu_derivative", "Use np.where(x > 0, 1, 0) for it."),
        ("relu_derivative", "It is the same as x > 0, as numbers."),
        ("leaky_relu_derivative", "np.where(x > 0, 1, alpha)"),
        ("prelu_alpha_gradient", "The answer is np.minimum(x, 0)."),
        ("relu6_derivative", "Combine (x > 0) & (x < 6)"),
        ("dead_unit_fraction", "np.mean(np.all(Z <= 0, axis=0)) does it"),
        ("softmax", "exp(z) / np.sum(exp(z), axis=axis, keepdims=True)"),
        ("softmax_jacobian", "The matrix is diag(s) - outer(s, s)."),
        ("softmax_vjp", "s * (g - np.sum(s * g, axis=-1, keepdims=True))"),
        ("softmin_jacobian", "It is outer(softmax(-z), softmax(-z)) - diag(softmax(-z))."),
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
