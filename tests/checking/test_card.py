"""The card in a notebook, and the plain text elsewhere."""

import re

import numpy as np
import pytest
from cells import sigmoid_derivative

from course_lib import check
from course_lib.checking import EXERCISES, card

every_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=list(EXERCISES))


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


def test_the_captions_of_the_plot_stand_on_lines_of_their_own() -> None:
    html = card.html(check("forward_difference", lambda f, x, h: (f(x + h) - f(x - h)) / (2 * h), seed=1))
    texts = re.findall(r"<text x='(\d+)' y='(\d+)'[^>]*>([^<]+)</text>", html)
    assert [t for _, _, t in texts][2:] == ["solid: yours, dashed: as it should be", "with f = square (x**2), h = 0.5"]
    assert len({y for _, y, _ in texts}) == 3
    (height,) = re.findall(r"viewBox='0 0 \d+ (\d+)'", html)
    assert int(texts[-1][1]) < int(height)
    assert int(re.findall(r"font-size='(\d+)'", html)[0]) >= 11


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


@every_exercise
def test_every_card_is_short_and_names_functions(exercise) -> None:
    for slip in exercise.slips:
        result = check(exercise.name, slip.formula, seed=1, record=False)
        html = card.html(result)
        assert "&lt;" not in html, "a function, or something else that has no name here"
        assert len(result.message) < 900
        assert exercise.elementwise or "<svg" not in html


def test_every_elementwise_exercise_has_a_plot() -> None:
    for exercise in EXERCISES.values():
        html = card.html(check(exercise.name, lambda *a, e=exercise: 0.5 + e.reference(*a), seed=1, record=False))
        assert ("<svg role='img'" in html) == exercise.elementwise, exercise.name


def test_plain_text_elsewhere() -> None:
    assert repr(check("sigmoid_derivative", np.sin)).endswith("A hint, if you want one: result.hint(1), of 3.")
