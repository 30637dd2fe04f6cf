"""Which slip `check` names, which it does not, and what no hint may say."""

import ast
import re
import warnings
from dataclasses import replace

import numpy as np
import pytest

from course_lib import check
from course_lib.checking import EXERCISES
from course_lib.checking.answer import OwnAnswer
from course_lib.checking.exercise import Exercise

every_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=list(EXERCISES))


def test_where_two_slips_fit_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    exercise = EXERCISES["sigmoid_derivative"]
    twin = replace(exercise.slips[0], name="twin")
    monkeypatch.setitem(EXERCISES._entries, exercise.name, replace(exercise, slips=(*exercise.slips, twin)))
    assert check(exercise.name, lambda x: x * (1 - x)).slip is None


def test_an_argument_is_called_unused_only_if_nothing_depends_on_it() -> None:
    def cut(f, x, h):
        return (f(x + h) - f(x - h)) // (2 * h)

    assert {check("central_difference", cut, seed=seed, record=False).slip for seed in range(30)} == {None}
    sine = check("central_difference", lambda f, x, h: (np.sin(x + h) - np.sin(x - h)) / (2 * h), record=False)
    assert sine.slip == "ignores_f"
    assert "another one there changes nothing" in sine.message


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
        result = check(exercise.name, variation, seed=0, record=False)
        told = [s.formula for s in exercise.slips if s.sentence in result.message]
        if told:  # then the variation must be that slip itself
            assert any(all(same(outcome(f, a), outcome(variation, a)) for a in values) for f in told), slip.name


@every_exercise
@pytest.mark.parametrize("seed", range(5))
def test_every_slip_is_named_whatever_is_drawn(exercise: Exercise, seed: int) -> None:
    for slip in exercise.slips:
        result = check(exercise.name, slip.formula, seed=seed, record=False)
        assert not result.passed, slip.name
        assert result.slip == slip.name
        assert slip.sentence in result.message


@every_exercise
def test_the_reference_would_pass_if_it_were_the_learners(exercise: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OwnAnswer, "lets_the_course_answer", lambda *_: False)
    for seed in range(25):
        result = check(exercise.name, exercise.reference, seed=seed, record=False)
        assert (result.passed, result.points) == (True, exercise.max_points)


@every_exercise
def test_an_exercise_with_points_has_ten_of_them_and_six_slips(exercise: Exercise) -> None:
    if exercise.max_points:
        assert exercise.max_points == 10
        assert len({slip.name for slip in exercise.slips}) >= 6
        assert set(exercise.parts) == {p.part for p in exercise.probes(np.random.default_rng(0))} | {"argument"}


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
    given = dict(exercise.given) | dict(zip(exercise.arguments, arguments, strict=True))
    first = arguments[0]
    if exercise.name == "glu_vjp":
        given |= dict(zip("ab", np.split(first, 2, axis=-1), strict=True))
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
        ("log_softmax", "Return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))."),
        ("cross_entropy_gradient", "The gradient is softmax(z) - y."),
        ("cross_entropy_gradient", "With S for the probabilities: S - y"),
        ("binary_cross_entropy_with_logits_gradient", "As before: sigma(x) - y, no more."),
        ("softplus_derivative", "It is sigma(x)."),
        ("elu_derivative", "np.where(x > 0, 1, alpha * exp(x))"),
        ("silu_derivative", "sigma(x) + x s (1 - s), with s the gate"),
        ("gelu_derivative", "0.5*(1 + erf(x/np.sqrt(2))) + x*exp(-x**2/2)/np.sqrt(2*np.pi)"),
        ("glu_vjp", "Join them: np.concatenate([g*sigma(b), g*a*sigma(b)*(1 - sigma(b))], axis=-1)."),
        ("swish_beta_gradient", "It is x^2 sigma(beta*x) (1 - sigma(beta*x))"),
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
