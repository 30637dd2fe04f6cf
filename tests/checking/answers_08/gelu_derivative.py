"""Answers to `gelu_derivative`, with the `erf` that the exercise hands in."""

import math

import numpy as np
from answer import (
    DIFFERENCE,
    Answer,
    central_difference,
    five_point_difference,
    float_dtype,
    forward_difference,
    interpolated,
    logistic,
    over_elements,
    partly,
    slope,
    vectorized,
    wrong,
)
from answers_04.arrays import SCALAR, filling_an_array_like
from scipy.special import erf

from answers_08.gates import by_index, density, of_any_function, quietly


def below(x):
    return (1 + erf(x / math.sqrt(2))) / 2


def gelu(x):
    return x * below(x)


def textbook(x):
    return 0.5 * (1 + erf(x / math.sqrt(2))) + x * np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)


def scalar_gelu_slope(t):
    phi = math.exp(-t * t / 2) / math.sqrt(2 * math.pi)
    return (1 + math.erf(t / math.sqrt(2))) / 2 + t * phi


# --- right ---------------------------------------------------------------------------------------------------


def clipped_far_out(x):
    x = np.clip(x, -1e3, 1e3)
    return below(x) + x * density(x)


def by_product_rule_in_steps(x):
    Phi = 0.5 * (1 + erf(x / np.sqrt(2)))
    phi = 1 / np.sqrt(2 * np.pi) * np.exp(-0.5 * x * x)
    return 1 * Phi + x * phi


def by_chain_rule_of_erf(x):
    """Differentiate erf at u = x/sqrt(2)."""
    u = x / math.sqrt(2)
    slope_of_erf = 2 / math.sqrt(math.pi) * np.exp(-u * u)
    return (1 + erf(u)) / 2 + x * slope_of_erf / 2 / math.sqrt(2)


def by_symmetry(x):
    a = np.abs(x)
    right = (1 + erf(a / math.sqrt(2))) / 2 + a * np.exp(-a * a / 2) / math.sqrt(2 * math.pi)
    return np.where(x >= 0, right, 1 - right)


def with_erfc_of_math(x):
    """Keep the digits on the left."""

    def one(t):
        return math.erfc(-t / math.sqrt(2)) / 2 + t * math.exp(-t * t / 2) / math.sqrt(2 * math.pi)

    return np.vectorize(one, otypes=[float])(x).astype(float_dtype(x))


def with_erf_in_u(x):
    u = x / math.sqrt(2)
    return 0.5 + 0.5 * erf(u) + u * np.exp(-(u**2)) / math.sqrt(math.pi)


def by_mask(x):
    """Fill the middle, and 0 or 1 farther out."""
    out = np.where(x > 0, 1.0, 0.0)
    middle = np.abs(x) < 40
    out[middle] = textbook(x[middle])
    return out


RIGHT = [
    Answer("Phi + x phi", lambda x: below(x) + x * density(x)),
    Answer("textbook", textbook),
    Answer("clipped at +-1000", clipped_far_out),
    Answer("product rule in steps, np.sqrt", by_product_rule_in_steps),
    Answer("chain rule of erf", by_chain_rule_of_erf),
    Answer("u e^(-u^2)/sqrt(pi)", with_erf_in_u),
    Answer("right side, and 1 minus it", by_symmetry),
    Answer("0 and 1 beyond 40", by_mask),
    Answer("math.erfc, np.vectorize", with_erfc_of_math),
    Answer("loop over np.ndindex", by_index(scalar_gelu_slope)),
    Answer("Python loop with math.erf", over_elements(scalar_gelu_slope)),
    Answer("np.vectorize with math.erf", vectorized(scalar_gelu_slope)),
    Answer("(2 pi)^-0.5", lambda x: 0.5 * erf(x * 2**-0.5) + 0.5 + (2 * np.pi) ** -0.5 * x * np.exp(-x * x / 2)),
    partly(
        "1/e^(x^2/2), the exponent kept below 500: wrong at 1e300",
        lambda x: below(x) + x / (np.exp(np.minimum(x * x, 1e3) / 2) * math.sqrt(2 * math.pi)),
    ),
    Answer(
        "np.power and np.multiply",
        lambda x: np.add(below(x), np.multiply(x, np.exp(np.power(x, 2) / -2) * 0.5 * math.sqrt(2 / math.pi))),
    ),
    partly(
        "x e^(-x^2/2) as a quotient x/e^(x^2/2), nan far out",
        quietly(lambda x: below(x) + x * np.exp(x * x / 2) / np.exp(x * x) / math.sqrt(2 * math.pi)),
    ),
]


def with_erfc_of_scipy(x):
    from scipy.special import erfc

    return erfc(-x / math.sqrt(2)) / 2 + x * density(x)


#: Right, and with all digits, but imports what the text does not hand in.
DISPUTED = [Answer("erfc imported from scipy", with_erfc_of_scipy)]

# --- wrong ---------------------------------------------------------------------------------------------------


def tanh_form(x):
    """Differentiate the form with tanh."""
    c = math.sqrt(2 / math.pi)
    t = np.tanh(c * (x + 0.044715 * x**3))
    return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * c * (1 + 3 * 0.044715 * x**2)


def gelu_by_tanh(x):
    return 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def sigmoid_form(x):
    s = logistic(1.702 * x)
    return s + 1.702 * x * s * (1 - s)


def zero_on_the_left(x):
    out = np.zeros(x.shape)
    out[x > 0] = textbook(x[x > 0])
    return out


def with_series(x):
    """Take three terms of the series of erf."""
    u = x / math.sqrt(2)
    return 0.5 + (u - u**3 / 3 + u**5 / 10) / math.sqrt(math.pi) + x * density(x)


WRONG = [
    wrong("Phi alone", below, "first_term_only"),
    wrong("x phi alone", lambda x: x * density(x), "second_term_only"),
    wrong("phi", density, "slopes_multiplied"),
    wrong("Phi + phi: factor x forgotten", lambda x: below(x) + density(x), "missing_x"),
    wrong("Phi - x phi", lambda x: below(x) - x * density(x), "sign_between_terms"),
    wrong("GELU itself", gelu, "forward_for_derivative"),
    wrong("x Phi + x phi", lambda x: gelu(x) + x * density(x)),
    wrong("f/x + x phi, 0/0 at 0", quietly(lambda x: gelu(x) / x + x * density(x)), "nan", "nan_at_0"),
    wrong("1 + x phi", lambda x: 1 + x * density(x)),
    wrong("1 + phi", lambda x: 1 + density(x), "slopes_added"),
    wrong(
        "slip of the lesson: inner derivative forgotten",
        lambda x: below(x) + x * np.exp(-(x**2) / 2) / math.sqrt(math.pi),
        "missing_inner_derivative",
    ),
    wrong(
        "chain rule of erf without 1/sqrt(2)",
        lambda x: below(x) + x / 2 * 2 / math.sqrt(math.pi) * np.exp(-((x / math.sqrt(2)) ** 2)),
        "missing_inner_derivative",
    ),
    wrong("half lost before erf'", lambda x: below(x) + 2 * x * density(x), "half_forgotten"),
    wrong("half lost before 1 + erf", lambda x: 2 * below(x) + x * density(x), "half_forgotten"),
    wrong("half lost everywhere", lambda x: 2 * textbook(x), "factor"),
    wrong("1/sqrt(2 pi) lost", lambda x: below(x) + x * np.exp(-(x**2) / 2), "bell_not_normalised"),
    wrong("sqrt lost: 1/(2 pi)", lambda x: below(x) + x * np.exp(-(x**2) / 2) / (2 * math.pi), "bell_not_normalised"),
    wrong("sqrt(2) pi", lambda x: below(x) + x * np.exp(-(x**2) / 2) / (math.sqrt(2) * math.pi)),
    wrong("times sqrt(2 pi)", lambda x: below(x) + x * np.exp(-(x**2) / 2) * math.sqrt(2 * math.pi)),
    wrong("e^(-x^2)", lambda x: below(x) + x * np.exp(-(x**2)) / math.sqrt(2 * math.pi), "exponent_not_halved"),
    wrong(
        "erf' at x: 2/sqrt(pi) e^(-x^2)",
        lambda x: below(x) + x * np.exp(-(x**2)) / math.sqrt(math.pi),
        "exponent_not_halved",
    ),
    wrong(
        "e^(+x^2/2)",
        lambda x: below(x) + x * np.exp(np.minimum(x**2, 1e3) / 2) / math.sqrt(2 * math.pi),
        "exponent_sign",
    ),
    wrong("e^(-x/2)", lambda x: below(x) + x * np.exp(-x / 2) / math.sqrt(2 * math.pi)),
    wrong("e^(-|x|/2)", lambda x: below(x) + x * np.exp(-np.abs(x) / 2) / math.sqrt(2 * math.pi)),
    wrong("(-x)^2/2: minus squared", lambda x: below(x) + x * np.exp(np.minimum((-x) ** 2 / 2, 500))),
    wrong("slope of phi: -x phi twice", lambda x: below(x) - x * x * density(x)),
    wrong("Phi + x^2 phi", lambda x: below(x) + x**2 * density(x)),
    wrong("erf(x), sqrt(2) forgotten", lambda x: (1 + erf(x)) / 2 + x * density(x), "erf_not_scaled"),
    wrong(
        "erf(x), and its slope", lambda x: (1 + erf(x)) / 2 + x * np.exp(-(x**2)) / math.sqrt(math.pi), "erf_not_scaled"
    ),
    wrong("erf(x/2)", lambda x: (1 + erf(x / 2)) / 2 + x * density(x), "erf_scaled_wrongly"),
    wrong("erf(sqrt(2) x)", lambda x: (1 + erf(x * math.sqrt(2))) / 2 + x * density(x), "erf_scaled_wrongly"),
    wrong("erf for Phi", lambda x: erf(x / math.sqrt(2)) + x * density(x), "erf_for_share"),
    wrong("erf/2 for Phi", lambda x: erf(x / math.sqrt(2)) / 2 + x * density(x), "offset"),
    wrong("1 + erf/2", lambda x: 1 + erf(x / math.sqrt(2)) / 2 + x * density(x), "offset"),
    wrong("1 - erf", lambda x: (1 - erf(x / math.sqrt(2))) / 2 + x * density(x)),
    wrong("Phi (1 - Phi) for phi", lambda x: below(x) + x * below(x) * (1 - below(x)), "sigmoid_rule"),
    wrong("form with tanh", tanh_form, "tanh_form", "approximate"),
    wrong("value of the form with tanh", gelu_by_tanh, "tanh_form_itself"),
    wrong("form with the sigmoid, 1.702", sigmoid_form, "sigmoid_form", "approximate"),
    wrong("slope of SiLU", lambda x: logistic(x) + x * slope(x), "silu_derivative"),
    wrong("sigmoid", logistic),
    wrong("step", lambda x: np.where(x > 0, 1.0, 0.0), "relu_derivative"),
    wrong("zero for x<=0", zero_on_the_left, "one_sided"),
    wrong("at least 0", lambda x: np.maximum(textbook(x), 0)),
    wrong("zeros", lambda x: np.zeros(x.shape), "constant"),
    wrong("halves", lambda x: np.full(x.shape, 0.5), "constant"),
    wrong("clipped at +-3", lambda x: textbook(np.clip(x, -3, 3))),
    wrong("series of erf", with_series),
    wrong("pi as 3.14", lambda x: below(x) + x * np.exp(-(x**2) / 2) / math.sqrt(2 * 3.14), "approximate"),
    wrong("0.3989 for 1/sqrt(2 pi)", lambda x: below(x) + 0.3989 * x * np.exp(-(x**2) / 2), "approximate"),
    wrong("1.414 for sqrt(2)", lambda x: (1 + erf(x / 1.414)) / 2 + x * density(x), "approximate"),
    wrong("forward difference, h=1e-6", forward_difference(gelu, 1e-6), *DIFFERENCE),
    wrong("central difference, h=1e-3", central_difference(gelu, 1e-3), *DIFFERENCE),
    wrong("central difference, h=1e-5", central_difference(gelu, 1e-5), *DIFFERENCE),
    wrong("five-point difference", five_point_difference(gelu, 1e-2), *DIFFERENCE),
    wrong(
        "central difference of Phi in the second term",
        lambda x: below(x) + x * central_difference(below, 1e-5)(x),
        *DIFFERENCE,
    ),
    wrong("complex step", lambda x: ((z := x + 1e-30j) * (1 + erf(z / 2**0.5)) / 2).imag / 1e-30, "complex_step"),
    wrong("table", interpolated(textbook), "approximate"),
    wrong("math.erf on the array", lambda x: (1 + math.erf(x / math.sqrt(2))) / 2 + x * density(x), *SCALAR),
    wrong("math.exp on the array", lambda x: below(x) + x * math.exp(-(x**2) / 2) / math.sqrt(2 * math.pi), *SCALAR),
    wrong("if on the array", lambda x: textbook(x) if x > 0 else 1 - textbook(-x), *SCALAR),
    wrong("np.erf", lambda x: (1 + np.erf(x / math.sqrt(2))) / 2 + x * density(x), "raises"),
    wrong("cut to whole numbers for int input", filling_an_array_like(scalar_gelu_slope)),
    wrong("norm of another cell", lambda x: norm.cdf(x) + x * norm.pdf(x), "raises"),  # noqa: F821
    wrong("asks for Phi and phi", lambda x, Phi, phi: Phi(x) + x * phi(x), "raises"),
    *of_any_function(textbook),
    wrong("Phi alone, twice", lambda x: 2 * below(x)),
    wrong("Phi alone plus 0.01", lambda x: below(x) + 0.01),
    wrong("Phi + 1.5 x phi", lambda x: below(x) + 1.5 * x * density(x)),
    wrong("second derivative", lambda x: density(x) * (2 - x * x), "second_derivative"),
]
