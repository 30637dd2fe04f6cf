"""Lesson 08: the slope of the exact GELU. The exercise hands in the error function."""

from math import pi, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib import finite_difference
from course_lib.activations.gated import silu_derivative
from course_lib.activations.gelu import gelu, gelu_derivative, gelu_tanh, gelu_tanh_derivative
from course_lib.activations.rectified import relu_derivative
from course_lib.activations.sigmoidal import sigmoid, sigmoid_derivative
from course_lib.checking import probes
from course_lib.checking.digits_left import digits_left
from course_lib.checking.exercise import Exercise, Slip
from course_lib.checking.functions import erf

Floats = NDArray[np.float64]


def _share(x: Any) -> Floats:
    """Return the share of a normal distribution that lies below x, in the textbook form."""
    return np.asarray(0.5 * (1 + erf(np.asarray(x) / sqrt(2))))


def _bell(x: Any) -> Floats:
    return np.asarray(np.exp(-np.square(x) / 2) / sqrt(2 * pi))


def _sigmoid_form(x: Any) -> Floats:
    """Return the slope of x sigma(1.702 x), the other approximation of GELU's authors."""
    t = 1.702 * np.asarray(x, dtype=np.float64)
    return np.asarray(sigmoid(t) + t * sigmoid_derivative(t))


GELU_DERIVATIVE = Exercise(
    name="gelu_derivative",
    lesson="08_smooth_and_gated",
    arguments=("x",),
    given={"erf": erf},
    wanted="the slope",
    reference=gelu_derivative,
    shown=lambda x: finite_difference.extrapolated(gelu, x).value,
    shown_as="the finite difference of GELU there",
    probes=lambda rng: probes.elementwise(rng, limits=False),
    examples=((2.0,), (-1.0,), (0.5,), (0.0,)),
    parts={"values": 6, "extremes": 2, "shapes": 1, "argument": 1},
    slips=(
        Slip("forward_for_derivative", gelu, "This is GELU itself; the exercise asks for its slope."),
        Slip(
            "first_term_only",
            _share,
            "The slope of x is taken, and the other factor stands still. It depends on x too: what does the product "
            "rule add?",
        ),
        Slip(
            "second_term_only",
            lambda x: x * _bell(x),
            "At 0 it is 0, but GELU rises there. The product rule has two terms: which one is missing?",
        ),
        Slip(
            "slopes_multiplied",
            _bell,
            "The slopes of the two factors are multiplied. What does the product rule say instead?",
        ),
        Slip(
            "slopes_added",
            lambda x: 1 + _bell(x),
            "The slopes of the two factors are added. What does each of them meet in the product rule?",
        ),
        Slip(
            "missing_x",
            lambda x: _share(x) + _bell(x),
            "The slope of the second factor stands alone. What does it meet in the product rule?",
        ),
        Slip(
            "sign_between_terms",
            lambda x: _share(x) - x * _bell(x),
            "The second term is subtracted. Does the share below x grow or shrink with x?",
        ),
        Slip(
            "tanh_form",
            gelu_tanh_derivative,
            "This is the slope of the approximation with tanh, right to three digits. The exercise asks for the exact "
            "GELU: what takes the place of tanh in it?",
            same=1e-6,
        ),
        Slip(
            "tanh_form_itself",
            gelu_tanh,
            "This is GELU itself, in the approximation with tanh; the exercise asks for the slope of the exact one.",
            same=1e-6,
        ),
        Slip(
            "sigmoid_form",
            _sigmoid_form,
            "This is the slope of the approximation with a sigmoid. The exercise asks for the exact GELU: what takes "
            "the place of the sigmoid in it?",
            same=1e-6,
        ),
        *(
            Slip(
                "erf_not_scaled",
                formula,
                "erf gets x itself. At which number does erf give the share below x of a normal distribution?",
            )
            for formula in (
                lambda x: 0.5 * (1 + erf(x)) + x * _bell(x),
                lambda x: 0.5 * (1 + erf(x)) + x * np.exp(-np.square(x)) / sqrt(pi),
            )
        ),
        Slip(
            "erf_scaled_wrongly",
            lambda x: 0.5 * (1 + erf(np.asarray(x) / 2)) + x * _bell(x),
            "erf gets half of x. At which number does it give the share below x of a normal distribution?",
        ),
        Slip(
            "erf_scaled_wrongly",
            lambda x: 0.5 * (1 + erf(np.asarray(x) * sqrt(2))) + x * _bell(x),
            "What erf gets is too large. At which number does it give the share below x of a normal distribution?",
        ),
        *(
            Slip(
                "bell_not_normalised",
                lambda x, over=over: _share(x) + x * np.exp(-np.square(x) / 2) / over,
                "The bell curve in the second term has a wrong height: what must stand below it, so that the whole "
                "area under it is 1?",
            )
            for over in (1.0, 2 * pi, sqrt(2), 2.0, sqrt(pi) / 2)
        ),
        Slip(
            "missing_inner_derivative",
            lambda x: _share(x) + x * np.exp(-np.square(x) / 2) / sqrt(pi),
            "In the second term a factor is missing: erf gets x divided by something, and what is the slope of that?",
        ),
        *(
            Slip(
                "exponent_not_halved",
                lambda x, over=over: _share(x) + x * np.exp(-np.square(x)) / over,
                "The bell curve in the second term falls off too fast: what stands in its exponent?",
            )
            for over in (sqrt(2 * pi), sqrt(pi))
        ),
        Slip(
            "exponent_sign",
            lambda x: _share(x) + x * np.exp(np.square(x) / 2) / sqrt(2 * pi),
            "It grows without bound: which sign stands in the exponent of the bell curve?",
        ),
        Slip(
            "erf_for_share",
            lambda x: erf(np.asarray(x) / sqrt(2)) + x * _bell(x),
            "erf runs from -1 to 1; between which numbers must a share lie?",
        ),
        Slip(
            "half_forgotten",
            lambda x: 1 + erf(np.asarray(x) / sqrt(2)) + x * _bell(x),
            "For large x it is almost 2; but GELU is almost x there. How is a number from -1 to 1 made a share?",
        ),
        Slip(
            "half_forgotten",
            lambda x: _share(x) + 2 * x * _bell(x),
            "The second term is twice as large as it should be: does the half in front of the bracket go away, when "
            "erf is differentiated?",
        ),
        Slip(
            "sigmoid_rule",
            lambda x: _share(x) + x * _share(x) * (1 - _share(x)),
            "The slope of the share is taken by the rule of another curve, the sigmoid. How fast does the share of a "
            "normal distribution grow?",
        ),
        Slip(
            "half_on_both",
            lambda x: 0.5 * (1 + erf(np.asarray(x) / sqrt(2)) + x * _bell(x)),
            "The second term is halved as well: is the half still in it, once the bell curve is normalised?",
        ),
        Slip(
            "bell_not_multiplied_out",
            lambda x: _share(x) + x * _share(x),
            "In the second term the factor itself stands where its slope belongs: how fast does the share grow with x?",
        ),
        Slip(
            "relu_derivative",
            relu_derivative,
            "This is the slope of ReLU, which jumps. GELU is smooth: what happens around 0?",
        ),
        Slip(
            "silu_derivative",
            silu_derivative,
            "This is the slope of another gate, SiLU. Which curve opens the gate of GELU?",
        ),
        Slip(
            "second_derivative",
            lambda x: _bell(x) * (2 - np.square(x)),
            "This is the slope of the slope: differentiated once too often.",
        ),
    ),
    hints=(
        "GELU is a product: x, and the share of a normal distribution that lies below x. Which rule is for products?",
        "How fast does the share grow with x? Where the bell curve is high, fast. That is its slope, written out.",
        "The share comes from erf: halve a sum, and mind what erf gets. At x = 0 the result is one half, far right "
        "it is 1, and it is negative for a while on the left.",
    ),
    insight=digits_left(gelu_derivative, at=-10, lesson="08"),
)
