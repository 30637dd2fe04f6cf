"""What lesson 00 says about its picture and in its questions, computed again."""

from math import cosh, tanh

import pytest

from course_lib.explorers.question import questions


def test_little_of_an_error_passes_a_saturated_tanh() -> None:
    slope = 1 / cosh(4) ** 2
    options = questions()["00_start_here/flat"].options
    nearest = min(options, key=lambda option: abs(option.value - slope))
    assert nearest.right
    assert nearest.value == pytest.approx(slope, rel=0.01)
    assert 2e-9 < slope**3 < 5e-9
    assert tanh(4) > 0.999
