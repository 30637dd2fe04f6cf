"""The stack of linear layers in Python: the fold, its rank, and that nothing folds over a bend."""

import math
import re

import numpy as np
import pytest

from course_lib.activations.registry import CourseError
from course_lib.explorers.linear_stack import linear_stack

SIDE = np.linspace(-1, 1, 21)
POINTS = np.array([(a, b) for a in SIDE for b in SIDE])
FUNCTIONS = {"identity": lambda x: x, "tanh": math.tanh, "relu": lambda x: max(0.0, x)}


def layer(x, W, b):
    """One point through one layer, entry by entry."""
    return [sum(x[j] * W[j][k] for j in range(len(x))) + b[k] for k in range(len(b))]


def through(stack, x):
    """One point through both layers, with plain Python."""
    hidden = [FUNCTIONS[stack.between](h) for h in layer(x, stack.W1, stack.b1)]
    return layer(hidden, stack.W2, stack.b2)


def random_stack(seed):
    random = np.random.default_rng(seed)
    stack = linear_stack()
    for number in (1, 2):
        setattr(stack, f"turn_{number}", random.uniform(-180, 180))
        setattr(stack, f"stretch_{number}", random.uniform(-1.5, 1.5))
        setattr(stack, f"bias_{number}", random.uniform(-1, 1))
    stack.hidden = int(random.integers(1, 4))
    return stack


@pytest.mark.parametrize("seed", range(8))
def test_a_stack_of_linear_layers_is_one_layer(seed):
    stack = random_stack(seed)
    assert stack.W1.shape == (2, stack.hidden)
    assert stack.W2.shape == (stack.hidden, 2)
    for x in POINTS[::40]:
        assert layer(x, stack.W, stack.b) == pytest.approx(through(stack, x), abs=1e-14)
    assert stack.distance < 1e-14
    assert "One layer does the same" in str(stack)


@pytest.mark.parametrize("between", ["tanh", "relu"])
def test_nothing_folds_over_a_bend(between):
    stack = linear_stack()
    stack.between = between
    images = np.array([through(stack, x) for x in POINTS])
    best, *_ = np.linalg.lstsq(np.column_stack([POINTS, np.ones(len(POINTS))]), images)
    np.testing.assert_allclose(np.vstack([stack.W, stack.b]), best, atol=1e-12)
    misses = np.hypot(*(images - np.column_stack([POINTS, np.ones(len(POINTS))]) @ best).T)
    assert stack.distance == pytest.approx(misses.max(), rel=1e-12)
    assert stack.distance > 0.1
    assert f"misses by up to {stack.distance:.3f}" in str(stack)


def test_relu_that_cuts_nothing_off_folds():
    stack = linear_stack()
    stack.between, stack.bias_1, stack.stretch_1, stack.turn_1 = "relu", 1.0, 0.5, 0.0
    assert stack.distance < 1e-12


def test_the_narrowest_layer_limits_the_rank():
    stack = linear_stack()
    ranks = []
    for stack.hidden in (1, 2, 3):
        ranks.append(stack.rank)
        assert stack.rank == np.linalg.matrix_rank(stack.W)
    assert ranks == [1, 2, 2]
    stack.hidden, stack.stretch_1 = 2, 0.0
    assert stack.rank == 1, "a unit without weights is as good as none"
    stack.hidden = 1
    assert stack.rank == 0


def test_layers_turn_counter_clockwise_and_stretch():
    stack = linear_stack()
    for name in ("bias_1", "turn_2", "bias_2"):
        setattr(stack, name, 0.0)
    stack.turn_1, stack.stretch_1, stack.stretch_2 = 90.0, 1.0, 1.0
    assert layer((1, 0), stack.W, stack.b) == pytest.approx([0, 1])
    stack.stretch_1, stack.turn_1 = 1.5, 0.0
    assert layer((1, 1), stack.W, stack.b) == pytest.approx([1.5, 1])
    stack.turn_2, stack.bias_2 = -90.0, 0.25
    assert layer((1, 0), stack.W, stack.b) == pytest.approx([0.25, -1.25])


def test_the_still_follows_the_state():
    stack = linear_stack()
    pictures = [stack.still()]
    for name, value in [("fold", True), ("hidden", 1), ("between", "tanh"), ("turn_2", 10.0)]:
        setattr(stack, name, value)
        pictures.append(stack.still())
    assert len(set(pictures)) == len(pictures)


def test_no_minus_stands_before_a_zero():
    stack = linear_stack()
    stack.turn_1, stack.turn_2, stack.bias_1 = -180.0, 180.0, 0.0
    assert "W1 = [[−1.3, 0.0], [0.0, −1.0]], b1 = [0.0, 0.0]" in str(stack)
    assert not re.search(r"−0\.0\b", str(stack))


def test_the_browser_sets_the_state():
    stack = linear_stack()
    stack.set_state({"hidden": 3, "between": "relu", "fold": True, "turn_1": -45})
    assert (stack.hidden, stack.between, stack.fold, stack.turn_1) == (3, "relu", True, -45.0)
    stack.set_state({"hidden": 7})
    assert stack.problem == "hidden must be 1, 2 or 3, but it is 7."


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("hidden", 0, "hidden must be 1, 2 or 3, but it is 0."),
        ("hidden", 1.5, "hidden must be a whole number, not 1.5."),
        ("between", "tahn", "'tahn' is not a function between the layers of this course; did you mean 'tanh'?"),
        ("between", None, "None is not a function between the layers of this course; there are: identity, tanh, relu."),
        ("fold", 1, "fold must be True or False, not 1."),
        ("turn_1", 200, "turn_1 must lie between -180 and 180, but it is 200."),
        ("stretch_2", "a", "stretch_2 must be a number, not 'a'."),
        ("bias_2", float("nan"), "bias_2 must lie between -1 and 1, but it is nan."),
    ],
)
def test_what_cannot_be_set_is_one_sentence(name, value, sentence):
    stack = linear_stack()
    before = getattr(stack, name)
    with pytest.raises(CourseError) as caught:
        setattr(stack, name, value)
    assert str(caught.value) == sentence
    assert getattr(stack, name) == before
