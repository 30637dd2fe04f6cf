"""Answers to `glu_vjp`."""

import math

import numpy as np
from answer import DIFFERENCE, Answer, float_dtype, logistic, partly, scalar_logistic, scalar_slope, slope, wrong
from answers_04.arrays import ONE_NUMBER, SCALAR
from answers_06.vectors import dropped, in_float32

from answers_08.gates import gate_and_slope, quietly, silu


def halves(z):
    n = z.shape[-1] // 2
    return z[..., :n], z[..., n:]


def joined(by_value, by_gate):
    return np.concatenate([by_value, by_gate], axis=-1)


def vjp(z, g):
    a, b = halves(z)
    gate, gate_slope = gate_and_slope(b)
    return joined(g * gate, g * a * gate_slope)


def glu(z):
    a, b = halves(z)
    return a * logistic(b)


# --- right ---------------------------------------------------------------------------------------------------


def with_split(z, g):
    a, b = np.split(z, 2, axis=-1)
    s = 1 / (1 + np.exp(-b))
    return np.concatenate((g * s, g * a * s * (1 - s)), axis=-1)


def filling_halves(z, g):
    n = z.shape[-1] // 2
    s = logistic(z[..., n:])
    out = np.empty(z.shape, dtype=float_dtype(z))
    out[..., :n] = g * s
    out[..., n:] = g * z[..., :n] * s * (1 - s)
    return out


def with_stack_and_reshape(z, g):
    both = z.reshape(*z.shape[:-1], 2, z.shape[-1] // 2)
    a, b = both[..., 0, :], both[..., 1, :]
    s = 0.5 * (1 + np.tanh(b / 2))
    return np.stack([g * s, g * a * s * (1 - s)], axis=-2).reshape(z.shape)


def by_vectors(z, g):
    """Treat each vector for itself."""
    out = np.zeros(z.shape, dtype=float_dtype(z))
    for index in np.ndindex(z.shape[:-1]):
        a, b = np.split(z[index], 2)
        s = logistic(b)
        out[index] = np.append(g[index] * s, g[index] * a * s * (1 - s))
    return out


def entry_by_entry(z, g):
    out = np.zeros(z.shape, dtype=float_dtype(z))
    n = g.shape[-1]
    for index in np.ndindex(g.shape):
        before, i = index[:-1], index[-1]
        a, b = float(z[(*before, i)]), float(z[(*before, n + i)])
        out[(*before, i)] = g[index] * scalar_logistic(b)
        out[(*before, n + i)] = g[index] * a * scalar_slope(b)
    return out


def with_jacobian(z, g):
    """Form the Jacobian of each vector, two diagonal matrices side by side."""
    out = np.zeros(z.shape, dtype=float_dtype(z))
    for index in np.ndindex(z.shape[:-1]):
        a, b = np.split(z[index], 2)
        J = np.hstack([np.diag(logistic(b)), np.diag(a * slope(b))])
        out[index] = g[index] @ J
    return out


def with_axis_in_front(z, g):
    moved = np.moveaxis(z, -1, 0)
    n = len(moved) // 2
    s = logistic(moved[n:])
    factors = np.concatenate([s, moved[:n] * s * (1 - s)])
    return np.moveaxis(factors, 0, -1) * np.concatenate([g, g], axis=-1)


def by_apply_along_axis(z, g):
    """Put z and g side by side and go along the last axis."""
    n = g.shape[-1]

    def one(v):
        a, b, gradient = v[:n], v[n : 2 * n], v[2 * n :]
        s = logistic(b)
        return np.r_[gradient * s, gradient * a * s * (1 - s)]

    return np.apply_along_axis(one, -1, np.concatenate([z * 1.0, g * 1.0], axis=-1))


def with_output(z, g):
    """Use the output for the gate's half: a s(1-s) is y (1-s)."""
    a, b = halves(z)
    s = logistic(b)
    y = a * s
    return joined(g * s, g * y * logistic(-b))


def textbook_left(z, g):
    a, b = halves(z)
    e = np.exp(b)
    s = e / (1 + e)
    return joined(g * s, g * a * s * (1 - s))


def textbook_slope(z, g):
    a, b = halves(z)
    e = np.exp(-b)
    return joined(g / (1 + e), g * a * e / (1 + e) ** 2)


RIGHT = [
    Answer("np.split and np.concatenate", with_split),
    Answer("one exponential of -|b|", vjp),
    Answer("halves filled", filling_halves),
    Answer("np.stack and reshape, tanh form", with_stack_and_reshape),
    Answer("loop over the vectors", by_vectors),
    Answer("entry by entry, math module", entry_by_entry),
    Answer("Jacobian of each vector", with_jacobian),
    Answer("axis moved to the front", with_axis_in_front),
    Answer("np.apply_along_axis", by_apply_along_axis),
    Answer("from the output", with_output),
    Answer(
        "np.tile of g", lambda z, g: np.tile(g, 2) * joined(logistic(halves(z)[1]), halves(z)[0] * slope(halves(z)[1]))
    ),
    Answer("cosh form", lambda z, g: joined(g * logistic((ab := halves(z))[1]), g * ab[0] / (2 + 2 * np.cosh(ab[1])))),
    partly("e^b/(1+e^b)", quietly(textbook_left)),
    partly("e^-b/(1+e^-b)^2", quietly(textbook_slope)),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def of_parts(by_value, by_gate):
    """Make an answer from the two halves, given a, b and g."""

    def answer(z, g):
        a, b = halves(z)
        return joined(by_value(a, b, g), by_gate(a, b, g))

    return answer


def value(a, b, g):
    return g * logistic(b)


def gate(a, b, g):
    return g * a * slope(b)


def entries_in_turn(z, g):
    """Take values and gates in turn, as (a, b, a, b, ...)."""
    out = np.empty(z.shape)
    a, b = z[..., ::2], z[..., 1::2]
    out[..., ::2], out[..., 1::2] = value(a, b, g), gate(a, b, g)
    return out


def interleaved(z, g):
    a, b = halves(z)
    return np.stack([value(a, b, g), gate(a, b, g)], axis=-1).reshape(z.shape)


def first_axis(z, g):
    a, b = np.split(z, 2, axis=0)
    return np.concatenate([value(a, b, g), gate(a, b, g)], axis=0)


def length_halved(z, g):
    n = len(z) // 2
    a, b = z[:n], z[n:]
    return np.concatenate([value(a, b, g), gate(a, b, g)])


def by_differences(z, g, h=1e-5):
    out = np.empty(z.shape)
    for k in range(z.shape[-1]):
        step = np.zeros(z.shape[-1])
        step[k] = h
        out[..., k] = np.sum(g * (glu(z + step) - glu(z - step)), axis=-1) / (2 * h)
    return out


def by_forward_differences(z, g, h=1e-7):
    steps = h * np.eye(z.shape[-1])
    return np.stack([np.sum(g * (glu(z + step) - glu(z)), axis=-1) / h for step in steps], axis=-1)


def by_complex_steps(z, g):
    steps = 1e-30j * np.eye(z.shape[-1])
    return np.stack([np.sum(g * glu(z + step), axis=-1).imag / 1e-30 for step in steps], axis=-1)


def writing_over_z(z, g):
    a, b = halves(z)
    s = logistic(b)
    b[...] = g * a * s * (1 - s)
    a[...] = g * s
    return z


def gate_in_place(z, g):
    a, b = halves(z)
    b[...] = logistic(b)
    return joined(g * b, g * a * b * (1 - b))


def g_in_place(z, g):
    a, b = halves(z)
    s = logistic(b)
    g *= s
    return joined(g, g * a * (1 - s))


def g_in_place_twice(z, g):
    """Go on with the g that has been multiplied by the gate."""
    a, b = halves(z)
    g *= logistic(b)
    return joined(g, g * a * slope(b))


def filling_an_array_like_z(z, g):
    out = np.zeros_like(z)
    out[...] = vjp(z, g)
    return out


def hard_coded(z, g):
    a, b = z[..., :2], z[..., 2:4]
    return joined(value(a, b, g), gate(a, b, g))


def halves_of_rows(z, g):
    n = z.shape[1] // 2
    a, b = z[:, :n], z[:, n:]
    return np.hstack([value(a, b, g), gate(a, b, g)])


def swiglu(a, b, g):
    return g * a * (logistic(b) + b * slope(b))


WRONG = [
    wrong("halves of z exchanged", lambda z, g: vjp(np.roll(z, z.shape[-1] // 2, -1), g), "gate_first"),
    wrong(
        "halves of z exchanged, put back",
        of_parts(lambda a, b, g: g * b * slope(a), lambda a, b, g: g * logistic(a)),
        "gate_first",
    ),
    wrong("halves of the gradient exchanged", of_parts(gate, value), "halves_swapped"),
    wrong("values and gates in turn", entries_in_turn, "interleaved"),
    wrong("gradient in turn", interleaved, "interleaved"),
    wrong("value's half alone", lambda z, g: g * logistic(halves(z)[1]), "one_half_only", "wrong_shape"),
    wrong("gate's half alone", lambda z, g: g * halves(z)[0] * slope(halves(z)[1]), "one_half_only", "wrong_shape"),
    wrong("0 for the gate", of_parts(value, lambda a, b, g: 0 * g), "gate_constant"),
    wrong("0 for the value", of_parts(lambda a, b, g: 0 * g, gate), "value_constant"),
    wrong(
        "gate not differentiated: g a s",
        of_parts(value, lambda a, b, g: g * a * logistic(b)),
        "gate_not_differentiated",
    ),
    wrong("a forgotten", of_parts(value, lambda a, b, g: g * slope(b)), "missing_value"),
    wrong("g alone for the value", of_parts(lambda a, b, g: g * 1.0, gate), "missing_gate"),
    wrong("g a for the value", of_parts(lambda a, b, g: g * a * logistic(b), gate)),
    wrong("g b for the gate", of_parts(value, lambda a, b, g: g * b * slope(b)), "gate_for_value"),
    wrong(
        "g s' for the value, g a s for the gate",
        of_parts(lambda a, b, g: g * slope(b), lambda a, b, g: g * a * logistic(b)),
    ),
    wrong("s' for the value too", of_parts(lambda a, b, g: g * slope(b), gate)),
    wrong("g forgotten", of_parts(lambda a, b, g: logistic(b), lambda a, b, g: a * slope(b)), "ignores_g"),
    wrong("g forgotten in the gate's half", of_parts(value, lambda a, b, g: a * slope(b)), "g_missing_in_gates"),
    wrong("g forgotten in the value's half", of_parts(lambda a, b, g: logistic(b), gate), "g_missing_in_values"),
    wrong("g added", of_parts(lambda a, b, g: g + logistic(b), lambda a, b, g: g + a * slope(b))),
    wrong("g summed", lambda z, g: vjp(z, np.ones_like(g)) * g.sum(axis=-1, keepdims=True)),
    wrong("g^2", lambda z, g: vjp(z, g * g)),
    wrong("output as g", lambda z, g: vjp(z, glu(z))),
    wrong("b(1-b) for the slope", of_parts(value, lambda a, b, g: g * a * b * (1 - b)), "input_for_output"),
    wrong("slope of the value: sigma'(a)", of_parts(value, lambda a, b, g: g * a * slope(a)), "sigmoid_of_values"),
    wrong("gate of the value: sigma(a)", of_parts(lambda a, b, g: g * logistic(a), gate), "sigmoid_of_values"),
    wrong("1-s for s(1-s)", of_parts(value, lambda a, b, g: g * a * logistic(-b)), "slope_incomplete"),
    wrong("s^2 for s(1-s)", of_parts(value, lambda a, b, g: g * a * logistic(b) ** 2)),
    wrong("minus in the gate's half", of_parts(value, lambda a, b, g: -g * a * slope(b)), "sign_of_gates"),
    wrong("minus in the value's half", of_parts(lambda a, b, g: -g * logistic(b), gate)),
    wrong("minus", lambda z, g: -vjp(z, g), "sign"),
    wrong("sigma(-b)", of_parts(lambda a, b, g: g * logistic(-b), gate)),
    wrong("tanh at the gate", of_parts(lambda a, b, g: g * np.tanh(b), lambda a, b, g: g * a * (1 - np.tanh(b) ** 2))),
    wrong("SwiGLU", of_parts(lambda a, b, g: g * silu(b), swiglu), "swiglu"),
    wrong("bilinear: no sigmoid", of_parts(lambda a, b, g: g * b, lambda a, b, g: g * a)),
    wrong("ReLU at the gate", of_parts(lambda a, b, g: g * np.maximum(b, 0), lambda a, b, g: g * a * (b > 0))),
    wrong("tanh of the value too", of_parts(lambda a, b, g: g * (1 - np.tanh(a) ** 2) * logistic(b), gate)),
    wrong("SiLU of all, g twice", lambda z, g: np.tile(g, 2) * (logistic(z) + z * slope(z))),
    wrong("sigmoid's slope of all", lambda z, g: np.tile(g, 2) * slope(z)),
    wrong("first axis split", first_axis, "raises", "wrong_shape"),
    wrong("len(z) halved", length_halved, "raises", "wrong_shape"),
    wrong("rows only: z[:, :n]", halves_of_rows, "raises"),
    wrong("hard-coded size", hard_coded, "raises", "wrong_shape"),
    wrong(
        "joined along the first axis",
        lambda z, g: np.concatenate(np.split(vjp(z, g), 2, axis=-1)),
        "wrong_axis",
        "wrong_shape",
    ),
    wrong("stacked", lambda z, g: np.stack(np.split(vjp(z, g), 2, axis=-1)), "stacked", "wrong_shape"),
    wrong("both halves as a tuple", lambda z, g: tuple(np.split(vjp(z, g), 2, axis=-1)), "not_an_array", "wrong_shape"),
    wrong("sum of the halves", lambda z, g: sum(np.split(vjp(z, g), 2, axis=-1)), "wrong_shape"),
    wrong("the output", lambda z, g: glu(z), "forward_for_derivative", "wrong_shape"),
    wrong("g times the output", lambda z, g: g * glu(z), "forward_for_derivative", "wrong_shape"),
    wrong("the loss", lambda z, g: np.sum(g * glu(z)), *ONE_NUMBER),
    wrong("summed over the batch", lambda z, g: vjp(z, g).reshape(-1, z.shape[-1]).sum(axis=0), "wrong_shape"),
    wrong("mean over the batch", lambda z, g: vjp(z, g) / max(1, z.size // z.shape[-1]), "factor"),
    wrong("twice", lambda z, g: 2 * vjp(z, g), "factor"),
    wrong("zeros", lambda z, g: np.zeros(z.shape), "constant"),
    wrong("central differences", by_differences, *DIFFERENCE),
    wrong("forward differences", by_forward_differences, *DIFFERENCE),
    wrong("complex steps", by_complex_steps, "complex_step"),
    wrong(
        "central difference of the gate",
        of_parts(value, lambda a, b, g: g * a * (logistic(b + 1e-5) - logistic(b - 1e-5)) / 2e-5),
        *DIFFERENCE,
    ),
    wrong("1e-7 added", lambda z, g: vjp(z, g) + 1e-7, "approximate"),
    wrong("rounded to 6 digits", lambda z, g: np.round(vjp(z, g), 6), "rounded", "approximate"),
    wrong("float32 inside", in_float32(vjp), "lower_precision", "approximate"),
    wrong("cut to whole numbers for int input", filling_an_array_like_z),
    wrong("writes over z", writing_over_z, "changes_argument", "raises"),
    wrong("writes the gate over z", gate_in_place, "changes_argument", "raises"),
    wrong("multiplies g in place", g_in_place, "changes_argument", "raises"),
    wrong("multiplies g in place, and goes on with it", g_in_place_twice, "changes_argument", "raises"),
    wrong("g multiplied by the gate first", of_parts(value, lambda a, b, g: g * logistic(b) * a * slope(b))),
    wrong("math.exp on the array", of_parts(lambda a, b, g: g / (1 + math.exp(-b)), gate), *SCALAR),
    wrong("if on the gates", of_parts(lambda a, b, g: g * logistic(b) if b > 0 else g * slope(b), gate), *SCALAR),
    wrong("sigmoid of another cell", lambda z, g: g * sigmoid(z), "raises"),  # noqa: F821
    wrong("asks for a, b and g", lambda a, b, g: joined(value(a, b, g), gate(a, b, g)), "raises"),
    wrong("no return", dropped(vjp), "returns_none"),
    wrong("prints instead of returning", lambda z, g: print(vjp(z, g)), "returns_none"),
    wrong("nested lists", lambda z, g: vjp(z, g).tolist(), "not_an_array"),
    wrong("flattened", lambda z, g: vjp(z, g).ravel(), "wrong_shape"),
    wrong("extra axis in front", lambda z, g: vjp(z, g)[np.newaxis], "wrong_shape"),
    # variations on them
    wrong("minus and twice", lambda z, g: -2 * vjp(z, g)),
    wrong("minus and a small offset", lambda z, g: 1e-3 - vjp(z, g)),
    wrong("offset 0.01", lambda z, g: vjp(z, g) + 0.01),
    wrong("absolute values", lambda z, g: np.abs(vjp(z, g)), "size"),
    wrong("gate's half twice", of_parts(value, lambda a, b, g: 2 * g * a * slope(b))),
    wrong("value's half twice", of_parts(lambda a, b, g: 2 * g * logistic(b), gate)),
    wrong("a^2 for a", of_parts(value, lambda a, b, g: g * a * a * slope(b))),
]
