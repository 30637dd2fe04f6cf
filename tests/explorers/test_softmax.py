"""The softmax explorer in Python: its numbers against exact ones, its traits, its still and its words."""

import doctest
import re
import sys

import mpmath
import numpy as np
import pytest

from course_lib.activations.registry import CourseError
from course_lib.explorers.softmax import softmax

mpmath.mp.dps = 40


def exact(logits, shift, temperature):
    """Probabilities and Jacobian, with 40 digits."""
    e = [mpmath.exp((mpmath.mpf(z) + shift) / mpmath.mpf(temperature)) for z in logits]
    s = [entry / sum(e) for entry in e]
    jacobian = [
        [(si * (1 - si) if i == k else -si * sk) / mpmath.mpf(temperature) for k, sk in enumerate(s)]
        for i, si in enumerate(s)
    ]
    return s, jacobian


def numbers(text):
    return [float(word) for word in re.findall(r"-?\d+\.\d+(?:e-?\d+)?", text.replace("−", "-"))]


@pytest.mark.parametrize(
    ("logits", "shift", "temperature"),
    [
        ((2.0, 1.0, 0.0), 0, 1.0),
        ((8.0, -8.0), 0, 0.1),
        ((0.5, -3.25, 1.0, 7.0, 2.0, 2.0), -1000, 10.0),
        ((1, 2), 750, 0.5),
    ],
)
def test_words_say_the_exact_numbers(logits, shift, temperature):
    explorer = softmax(logits, temperature=temperature)
    explorer.shift = shift
    s, jacobian = exact(logits, shift, temperature)
    text = str(explorer)
    assert numbers(re.search(r"S = \((.*?)\)", text)[1]) == pytest.approx([float(p) for p in s], rel=5e-3)
    rows = re.findall(r"row \d: \((.*?)\), sum ([^;.]+\.\d{3})", text)
    assert len(rows) == len(logits)
    for (shown, total), expected in zip(rows, jacobian, strict=True):
        assert numbers(shown) == pytest.approx([float(entry) for entry in expected], rel=5e-3)
        assert total == "0.000"


def test_the_example_of_its_docstring():
    module = sys.modules[softmax.__module__]
    assert doctest.testmod(module).attempted == 1
    assert doctest.testmod(module).failed == 0


def test_numpy_and_whole_numbers_are_welcome():
    explorer = softmax(np.array([1, 2, 3]))
    assert explorer.logits == [1.0, 2.0, 3.0]
    explorer.logits = (0, np.float32(0.5), np.int64(1))
    explorer.temperature, explorer.shift = 2, np.float64(-3)
    assert (explorer.logits, explorer.temperature, explorer.shift) == ([0.0, 0.5, 1.0], 2.0, -3.0)
    assert all(type(z) is float for z in explorer.logits)


def test_the_browser_sets_the_state():
    explorer = softmax()
    heard = []
    explorer.observe(lambda change: heard.append(change.new), "logits")
    explorer.set_state({"logits": [1.0, 1.0, 0.0], "temperature": 0.5})
    assert heard == [[1.0, 1.0, 0.0]]
    assert (explorer.logits, explorer.temperature, explorer.problem) == ([1.0, 1.0, 0.0], 0.5, "")
    explorer.set_state({"logits": [1.0, 99.0, 0.0]})
    assert explorer.problem == "logits[1] must lie between -8 and 8, but it is 99."
    assert explorer.logits == [1.0, 1.0, 0.0]


def test_the_still_follows_the_state():
    explorer = softmax()
    before = explorer.still()
    explorer.temperature = 3.0
    warm = explorer.still()
    explorer.shift = 5.0
    assert len({before, warm, explorer.still()}) == 3


@pytest.mark.parametrize(
    ("logits", "sentence"),
    [
        ((1.0,), "logits must be a list of 2 to 6 numbers, but it is (1.0,)."),
        (np.zeros(7), "logits must be a list of 2 to 6 numbers, but it is [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]."),
        (3, "logits must be a list of 2 to 6 numbers, but it is 3."),
        (None, "logits must be a list of 2 to 6 numbers, but it is None."),
        ((0, "1"), "logits[1] must be a number, not '1'."),
        ((0, True), "logits[1] must be a number, not True."),
        (np.zeros((2, 2)), "logits[0] must be a number, not [0.0, 0.0]."),
        ((9, 0), "logits[0] must lie between -8 and 8, but it is 9."),
        ((0, float("nan")), "logits[1] must lie between -8 and 8, but it is nan."),
    ],
)
def test_what_are_no_logits_is_one_sentence(logits, sentence):
    with pytest.raises(CourseError) as caught:
        softmax(logits)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("temperature", 0, "temperature must lie between 0.1 and 10, but it is 0."),
        ("temperature", None, "temperature must be a number, not None."),
        ("shift", 1001, "shift must lie between -1000 and 1000, but it is 1001."),
        ("logits", [1, 2], "This explorer has 3 logits, not 2: call explore.softmax for another one."),
    ],
)
def test_what_cannot_be_set_is_one_sentence(name, value, sentence):
    explorer = softmax()
    before = getattr(explorer, name)
    with pytest.raises(CourseError) as caught:
        setattr(explorer, name, value)
    assert str(caught.value) == sentence
    assert getattr(explorer, name) == before


def test_a_temperature_out_of_range_at_first():
    with pytest.raises(CourseError, match="temperature must lie between"):
        softmax(temperature=11)
