import doctest

import numpy as np
import pytest

from course_lib.explorers import figure
from course_lib.explorers.figure import label_end, new_figure, png, three_digits
from course_lib.explorers.palette import DARK, LIGHT, css


def luminance(colour):
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def contrast(one, other):
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("meaning", ["function", "derivative", "reference", "ink", "quiet"])
def test_every_colour_can_be_read_as_text(palette, meaning):
    assert contrast(getattr(palette, meaning), palette.paper) >= 4.5


def test_both_palettes_reach_the_style_sheet():
    assert f"--function: {LIGHT.function};" in css()
    assert f"--derivative: {DARK.derivative};" in css()


def test_three_digits_examples():
    assert doctest.testmod(figure).attempted > 0
    assert doctest.testmod(figure).failed == 0


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.25, "0.250"), (999.6, "1.00e3"), (1234.0, "1.23e3"), (-0.0996, "−0.0996"), (0.0, "0.00"),
     (np.float32(0.5), "0.500"),
     (0.3125, "0.313"), (-2.125, "−2.13"), (1e-9 / 3, "3.33e−10"),  # ties as in JavaScript: away from 0
     (float("nan"), "not a number"), (float("-inf"), "−∞"), (5e-324, "4.94e−324")],
)  # fmt: skip
def test_three_digits(value, text):
    assert three_digits(value) == text


def drawn():
    fig, (axes,) = new_figure()
    axes.plot([0, 1], [0, 1])
    label_end(axes, 1, 1, "up", LIGHT.function)
    return png(fig)


def test_the_same_figure_gives_the_same_bytes():
    image = drawn()
    assert image == drawn()
    assert b"Software" not in image
    assert b"tIME" not in image
