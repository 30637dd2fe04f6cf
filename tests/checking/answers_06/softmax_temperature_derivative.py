"""Answers to `softmax_temperature_derivative`."""

import math

import numpy as np
from answer import DIFFERENCE, Answer, float_dtype, partly, wrong

from answers_06.vectors import dropped, jacobian, naive, of_list, stable, stable_for_complex


def formula(z, T):
    s = stable(z / T)
    return s * (np.sum(s * z) - z) / T**2


# --- right ---------------------------------------------------------------------------------------------------


def with_gaps(z, T):
    """Measure the logits from the largest one."""
    gap = (z - z.max()) / T
    s = np.exp(gap) / np.exp(gap).sum()
    speed = -gap / T
    return s * (speed - np.sum(speed * s))


def with_vector_jacobian_product(z, T):
    s = stable(z / T)
    u = -z / T**2
    return s * u - s * np.dot(s, u)


def entry_by_entry(z, T):
    """Sum the chain rule over the logits."""
    s = stable(z / T)
    n = len(z)
    out = np.zeros(n, dtype=float_dtype(z))
    for i in range(n):
        for k in range(n):
            out[i] += s[i] * ((i == k) - s[k]) * (-z[k] / T**2)
    return out


def in_pure_python(z, T):
    values = [float(t) for t in z]
    s = of_list([t / T for t in values])
    mean = math.fsum(a * b for a, b in zip(s, values, strict=True))
    return np.array([si * (mean - t) / T**2 for si, t in zip(s, values, strict=True)], dtype=float_dtype(z))


def by_quotient_rule(z, T):
    """Differentiate e_i / N with both parts depending on T."""
    shifted = z - np.max(z)
    e = np.exp(shifted / T)
    N = e.sum()
    de = e * (-shifted / T**2)
    dN = de.sum()
    return (de * N - e * dN) / N**2


def by_log_derivative(z, T):
    """Differentiate log S_i = z_i/T - log sum e^(z_j/T) and multiply with S_i."""
    s = stable(z / T)
    slope_of_log = -z / T**2 + (s @ z) / T**2
    return s * slope_of_log


def by_pairs(z, T):
    """Sum s_i s_k (z_k - z_i) over k."""
    s = stable(z / T)
    differences = z[None, :] - z[:, None]
    return s * (differences @ s) / T**2


def with_inverse_temperature(z, T):
    """Differentiate by beta = 1/T, then multiply with dbeta/dT."""
    beta = 1 / T
    s = stable(beta * z)
    by_beta = s * (z - np.average(z, weights=s))
    return by_beta * -(beta**2)


def textbook(z, T):
    s = naive(z / T)
    return s * (np.sum(s * z) - z) / T**2


RIGHT = [
    Answer("s (mean - z) / T^2", formula),
    Answer("gaps to the largest logit", with_gaps),
    Answer("Jacobian times -z/T^2", lambda z, T: jacobian(z / T) @ (-z / T**2)),
    Answer("Jacobian by np.dot", lambda z, T: -np.dot(jacobian(z / T), z) / T**2),
    Answer("vector-Jacobian product", with_vector_jacobian_product),
    Answer("chain rule in two loops", entry_by_entry),
    Answer("math module", in_pure_python),
    Answer("quotient rule", by_quotient_rule),
    Answer("logarithmic derivative", by_log_derivative),
    Answer("pairs", by_pairs),
    Answer("through 1/T", with_inverse_temperature),
    Answer("-s (z - s.z) / T / T", lambda z, T: -(s := stable(z / T)) * (z - s @ z) / T / T),
    partly("textbook softmax", textbook),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def softmax_at(z, T):
    return stable(z / T)


def central(h):
    return lambda z, T: (softmax_at(z, T + h) - softmax_at(z, T - h)) / (2 * h)


def dividing_in_place(z, T):
    z /= T
    s = stable(z)
    return s * (np.sum(s * z) - z) / T


def shifting_in_place(z, T):
    z -= z.max()
    return formula(z, T)


def last_only(z, T):
    """Overwrite the sum in the loop instead of adding to it."""
    s = stable(z / T)
    out = np.zeros(len(z))
    for i in range(len(z)):
        for k in range(len(z)):
            out[i] = s[i] * ((i == k) - s[k]) * (-z[k] / T**2)
    return out


#: The complex step is exact to rounding, though no formula.
DISPUTED = [Answer("complex step", lambda z, T: np.imag(stable_for_complex(z / (T + 1e-20j))) / 1e-20)]

WRONG = [
    wrong("sign", lambda z, T: -formula(z, T), "sign"),
    wrong("s (z - mean) / T^2", lambda z, T: (s := stable(z / T)) * (z - s @ z) / T**2, "sign"),
    wrong("/T for /T^2", lambda z, T: formula(z, T) * T),
    wrong("T^2 forgotten", lambda z, T: formula(z, T) * T**2),
    wrong("/T^3", lambda z, T: formula(z, T) / T),
    wrong("times T^2", lambda z, T: formula(z, T) * T**4),
    wrong("inner derivative forgotten: Jacobian times z", lambda z, T: jacobian(z / T) @ z),
    wrong("inner derivative 1/T", lambda z, T: jacobian(z / T) @ (z / T)),
    wrong("inner derivative 1/T for every logit", lambda z, T: jacobian(z / T) @ np.full(len(z), 1 / T)),
    wrong("inner derivative -1/T^2 for every logit", lambda z, T: jacobian(z / T) @ np.full(len(z), -1 / T**2)),
    wrong("inner derivative z/T^2", lambda z, T: jacobian(z / T) @ (z / T**2), "sign"),
    wrong("inner derivative z log T", lambda z, T: jacobian(z / T) @ (z * np.log(T))),
    wrong("diagonal only", lambda z, T: (s := stable(z / T)) * (1 - s) * (-z / T**2)),
    wrong("diagonal only, inner derivative forgotten", lambda z, T: (s := stable(z / T)) * (1 - s)),
    wrong("diagonal only, over T", lambda z, T: (s := stable(z / T)) * (1 - s) / T),
    wrong("first term only", lambda z, T: stable(z / T) * -z / T**2),
    wrong("second term only", lambda z, T: (s := stable(z / T)) * (s @ z) / T**2),
    wrong("inner derivative only", lambda z, T: -z / T**2),
    wrong("factor s forgotten", lambda z, T: (stable(z / T) @ z - z) / T**2),
    wrong("mean without weights", lambda z, T: stable(z / T) * (np.mean(z) - z) / T**2),
    wrong("sum for the weighted mean", lambda z, T: stable(z / T) * (np.sum(z) - z) / T**2),
    wrong("largest logit for the mean", lambda z, T: stable(z / T) * (np.max(z) - z) / T**2),
    wrong("plus", lambda z, T: (s := stable(z / T)) * (s @ z + z) / T**2),
    wrong("mean of z/T", lambda z, T: (s := stable(z / T)) * (s @ (z / T) - z) / T**2),
    wrong("z/T for z", lambda z, T: (s := stable(z / T)) * (s @ (z / T) - z / T) / T**2),
    wrong("at temperature 1", lambda z, T: formula(z, 1.0)),
    wrong("softmax at temperature 1", lambda z, T: (s := stable(z)) * (s @ z - z) / T**2),
    wrong("softmax of z T", lambda z, T: (s := stable(z * T)) * (s @ z - z) / T**2),
    wrong("by T, of softmax of z T", lambda z, T: (s := stable(z * T)) * (z - s @ z)),
    wrong("Jacobian by z", lambda z, T: jacobian(z / T) / T, "wrong_shape"),
    wrong("Jacobian with scaled columns", lambda z, T: jacobian(z / T) * (-z / T**2), "wrong_shape"),
    wrong("diagonal of the Jacobian by z", lambda z, T: np.diag(jacobian(z / T)) / T),
    wrong("sum of the derivatives", lambda z, T: np.sum(formula(z, T)), "wrong_shape", "not_an_array"),
    wrong("mean of the derivatives", lambda z, T: np.mean(formula(z, T)), "wrong_shape", "not_an_array"),
    wrong("first entry", lambda z, T: formula(z, T)[0], "wrong_shape", "not_an_array"),
    wrong("last term of the sum only", last_only),
    wrong("softmax itself", lambda z, T: stable(z / T)),
    wrong("softmax at temperature T, minus that at 1", lambda z, T: stable(z / T) - stable(z)),
    wrong("divided by T", lambda z, T: -stable(z / T) / T),
    wrong("exponentials not divided", lambda z, T: np.exp(z / T) * -z / T**2),
    wrong("zeros", lambda z, T: np.zeros(len(z)), "constant"),
    wrong("twice", lambda z, T: 2 * formula(z, T), "factor"),
    wrong("half", lambda z, T: formula(z, T) / 2, "factor"),
    wrong("divided by n", lambda z, T: formula(z, T) / len(z), "factor"),
    wrong("2T for T^2", lambda z, T: formula(z, T) * T**2 / (2 * T)),
    wrong("central difference, h=1e-5", central(1e-5), *DIFFERENCE),
    wrong("central difference, h=1e-3", central(1e-3), *DIFFERENCE),
    wrong("forward difference", lambda z, T: (softmax_at(z, T + 1e-6) - softmax_at(z, T)) / 1e-6, *DIFFERENCE),
    wrong("rounded to 6 digits", lambda z, T: np.round(formula(z, T), 6), "rounded", "approximate"),
    wrong(
        "float32 inside",
        lambda z, T: formula(z.astype(np.float32), np.float32(T)).astype(float),
        "lower_precision",
        "approximate",
    ),
    wrong("1e-7 added", lambda z, T: formula(z, T) + 1e-7, "approximate"),
    wrong("1e-6 added to T", lambda z, T: formula(z, T + 1e-6), "approximate"),
    wrong("T cut to a whole number", lambda z, T: formula(z, max(int(T), 1))),
    wrong("z cut to whole numbers", lambda z, T: formula(z.astype(int), T)),
    wrong("logits divided by whole-number division", lambda z, T: (s := stable(z // T)) * (s @ z - z) / T**2),
    wrong("divides z in place", dividing_in_place, "changes_argument", "raises"),
    wrong("takes the maximum off in place", shifting_in_place, "changes_argument", "raises"),
    wrong("no return", dropped(formula), "returns_none"),
    wrong("prints instead of returning", lambda z, T: print(formula(z, T)), "returns_none"),
    wrong("list", lambda z, T: formula(z, T).tolist(), "not_an_array"),
    wrong("softmax and derivative", lambda z, T: (stable(z / T), formula(z, T)), "not_an_array"),
    wrong("row with two axes", lambda z, T: formula(z, T)[np.newaxis], "wrong_shape"),
    wrong("column", lambda z, T: formula(z, T).reshape(-1, 1), "wrong_shape"),
    wrong("math.exp on the array", lambda z, T: math.exp(z / T) / sum(math.exp(z / T)), "scalar_only", "raises"),
    wrong("takes no temperature", lambda z: formula(z, 1.0), "raises"),
    wrong("arguments exchanged", lambda T, z: formula(z, T), "constant", "nan", "raises", "wrong_shape"),
    wrong("T taken for a vector", lambda z, T: formula(z, T) * np.ones(len(T)), "raises"),
    wrong("sign and /T", lambda z, T: -formula(z, T) * T),
    wrong("sign and twice", lambda z, T: -2 * formula(z, T)),
    wrong("sign and a small offset", lambda z, T: 1e-3 - formula(z, T)),
    wrong("diagonal only, minus", lambda z, T: (s := stable(z / T)) * (1 - s) * z / T**2),
]
