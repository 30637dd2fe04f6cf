"""Lesson 08: a gradient on its way back through the gated linear unit."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.activations.gated import silu, silu_derivative
from course_lib.activations.sigmoidal import sigmoid, sigmoid_derivative
from course_lib.activations.vector_gated import glu, glu_vjp
from course_lib.checking.exercise import Exercise, Probe, Slip
from course_lib.checking.recomputed import by_entries

Floats = NDArray[np.float64]


def _probes(rng: np.random.Generator) -> list[Probe]:
    def pair(*shape: int) -> tuple[Floats, Floats]:
        *batch, n = shape
        return rng.uniform(-3, 3, (*batch, 2 * n)), rng.normal(size=shape)

    z, g = pair(3)
    gates = np.array([1.0, -2.0, 0.5, 1000.0, -1000.0, 0.0])
    wide, pulled = pair(3, 4)
    whole = np.array([2, -1, 1, -2]), np.array([1, 3])
    return [
        Probe("values", "3 values and their 3 gates", pair(3)),
        Probe("values", "a batch: 3 times 2 values and 2 gates", pair(3, 2)),
        Probe("values", "a square batch: 4 times 2 values and 2 gates", pair(4, 2)),
        Probe("values", "a batch of batches: 2 times 2 times 3 values and 3 gates", pair(2, 2, 3)),
        Probe("extremes", "gates of 1000 and -1000", (gates, g)),
        Probe("extremes", "gates of -1000 and 1000", (np.concatenate([z[:3], [-1000.0, 1000.0, -36.9]]), g)),
        Probe("extremes", "very large values", (np.concatenate([1e12 * z[:3], z[3:]]), g)),
        Probe("extremes", "gates that are closed far", (np.concatenate([z[:3], [-40.0, -356.0, -745.0]]), g)),
        Probe("extremes", "g of zeros", (z, np.zeros(3))),
        Probe("shapes", "one value and its gate", pair(1)),
        Probe("shapes", "a batch of one", pair(1, 4)),
        Probe("shapes", "5 values and their 5 gates", pair(5)),
        Probe("shapes", "every second column of a table", (wide[:, ::2], pulled[:, ::2])),
        Probe("shapes", "whole numbers", whole),
        Probe("shapes", "single precision", (z.astype(np.float32), g.astype(np.float32))),
    ]


def _halves(z: Any) -> tuple[Any, Any]:
    n = z.shape[-1] // 2
    return z[..., :n], z[..., n:]


def _joined(value: Any, gate: Any) -> Floats:
    return np.concatenate([value, gate], axis=-1)


def _by_value(z: Any, g: Any) -> Any:
    return g * sigmoid(_halves(z)[1])


def _by_gate(z: Any, g: Any) -> Any:
    a, b = _halves(z)
    return g * a * sigmoid_derivative(b)


def _gate_first(z: Any) -> Any:
    return _joined(*_halves(z)[::-1])


def _pairs_joined(z: Any) -> Any:
    """Return all the values and then all the gates of a vector in which they take turns."""
    return _joined(z[..., ::2], z[..., 1::2])


def _in_pairs(z: Any) -> Any:
    """Let the two halves take turns."""
    return np.stack(_halves(z), axis=-1).reshape(z.shape)


def _twice_the_values(z: Any) -> Any:
    return _joined(_halves(z)[0], _halves(z)[0])


GLU_VJP = Exercise(
    name="glu_vjp",
    lesson="08_smooth_and_gated",
    arguments=("z", "g"),
    wanted="the vector-Jacobian product",
    reference=glu_vjp,
    shown=lambda z, g: by_entries(lambda t: np.sum(g * glu(t), axis=-1), z),
    shown_as="g times the finite difference of GLU, one entry for each entry of z,",
    probes=_probes,
    examples=(
        (np.array([2.0, 0.0]), np.array([1.0])),
        (np.array([2.0, -1.0, 0.0, 1.0]), np.array([1.0, 2.0])),
        (np.array([[2.0, 1.0], [-1.0, 0.5]]), np.array([[1.0], [3.0]])),
    ),
    parts={"values": 6, "extremes": 2, "shapes": 1, "argument": 1},
    condition=lambda z, g: np.max(np.abs(z), initial=1.0) * np.max(np.abs(g), initial=1.0),
    elementwise=False,
    slips=(
        Slip(
            "halves_swapped",
            lambda z, g: _joined(_by_gate(z, g), _by_value(z, g)),
            "The numbers are right, but the two halves have changed places: which one belongs to the values, and "
            "where do the values lie in z?",
        ),
        *(
            Slip(
                "gate_first",
                formula,
                "The first half of z is taken for the gate: which half goes through the sigmoid?",
            )
            for formula in (
                lambda z, g: _gate_first(glu_vjp(_gate_first(z), g)),
                lambda z, g: glu_vjp(_gate_first(z), g),
            )
        ),
        Slip(
            "gate_not_differentiated",
            lambda z, g: _joined(_by_value(z, g), g * glu(z)),
            "The half of the values is right. In the other one the gate itself stands where its slope belongs: how "
            "fast does it open?",
        ),
        Slip(
            "slope_incomplete",
            lambda z, g: _joined(_by_value(z, g), g * _halves(z)[0] * sigmoid(-_halves(z)[1])),
            "The half of the values is right. In the other one only half of the gate's slope is left: which two "
            "factors does the slope of the sigmoid have?",
        ),
        Slip(
            "ignores_g",
            lambda z, g: _joined(_by_value(z, 1), _by_gate(z, 1)),
            "This is how each result changes with its own value and its own gate. Where does g come in, which says "
            "how the loss changes with each result?",
        ),
        Slip(
            "g_missing_in_gates",
            lambda z, g: _joined(_by_value(z, g), _by_gate(z, 1)),
            "The half of the values is right. What does the chain rule bring into the other half as well?",
        ),
        Slip(
            "g_missing_in_values",
            lambda z, g: _joined(_by_value(z, 1), _by_gate(z, g)),
            "The half of the gates is right. What does the chain rule bring into the other half as well?",
        ),
        Slip(
            "missing_value",
            lambda z, g: _joined(_by_value(z, g), g * sigmoid_derivative(_halves(z)[1])),
            "The half of the values is right. In the other one something is missing: a gate on a large value "
            "matters more than one on a small value.",
        ),
        Slip(
            "missing_gate",
            lambda z, g: _joined(1.0 * g, _by_gate(z, g)),
            "The half of the gates is right. In the other one g goes through unchanged: how much gets through a gate "
            "that is closed?",
        ),
        *(
            Slip(
                "sigmoid_of_values",
                formula,
                "The sigmoid is taken of the values: which half of z goes through it?",
            )
            for formula in (
                lambda z, g: _joined(g * sigmoid(_halves(z)[0]), _by_gate(z, g)),
                lambda z, g: _joined(_by_value(z, g), _by_gate(_twice_the_values(z), g)),
                lambda z, g: glu_vjp(_twice_the_values(z), g),
            )
        ),
        Slip(
            "sign_of_gates",
            lambda z, g: _joined(_by_value(z, g), -_by_gate(z, g)),
            "The half of the values is right, the other one has a wrong sign. Does a positive value let more or less "
            "through, when its gate opens?",
        ),
        Slip(
            "value_for_gate",
            lambda z, g: _joined(g * _halves(z)[1], _by_gate(z, g)),
            "In the half of the values the gates stand as they are: what does each go through, before it multiplies "
            "a value?",
        ),
        Slip(
            "tanh_rule",
            lambda z, g: _joined(_by_value(z, g), g * _halves(z)[0] * (1 - sigmoid(_halves(z)[1]) ** 2)),
            "The slope of the gate is taken by the rule of another function, tanh. What is the rule of the sigmoid?",
        ),
        Slip(
            "input_for_output",
            lambda z, g: _joined(_by_value(z, g), g * _halves(z)[0] * (b := _halves(z)[1]) * (1 - b)),
            "The rule for the sigmoid's slope is applied to its input: which number does that rule take?",
        ),
        Slip(
            "sigmoid_twice",
            lambda z, g: _joined(_by_value(z, g), g * _halves(z)[0] * sigmoid_derivative(sigmoid(_halves(z)[1]))),
            "The gate has gone through the sigmoid already, and it goes through once more: does your slope take the "
            "input of the sigmoid, or its output?",
        ),
        Slip(
            "product_rule_in_one",
            lambda z, g: _by_value(z, g) + _by_gate(z, g),
            "The two terms are added up, as if one number stood in both places. How many numbers go into each result, "
            "and which slope belongs to which?",
        ),
        *(
            Slip(
                "one_half_only",
                formula,
                "This is one half of it: how many numbers go in, and how many must come out?",
            )
            for formula in (_by_value, _by_gate)
        ),
        Slip(
            "forward_for_derivative",
            lambda z, g: glu(z),
            "This is GLU itself; the exercise asks what becomes of g on its way back through it.",
        ),
        Slip(
            "forward_for_derivative",
            lambda z, g: g * glu(z),
            "This is g times GLU itself; the exercise asks for g times its slopes, one for each entry of z.",
        ),
        Slip(
            "wrong_axis",
            lambda z, g: np.concatenate([_by_value(z, g), _by_gate(z, g)]),
            "For one vector it is right. In a batch the halves are put one below the other: along which axis do they "
            "lie side by side in z?",
        ),
        *(
            Slip(
                "stacked",
                lambda z, g, axis=axis: np.stack([_by_value(z, g), _by_gate(z, g)], axis=axis),
                "The two halves lie on top of each other, on an axis of their own: along which axis do they lie side "
                "by side in z?",
            )
            for axis in (0, -1)
        ),
        Slip(
            "interleaved",
            lambda z, g: _in_pairs(glu_vjp(z, g)),
            "Values and gates take turns in it: do they take turns in z?",
        ),
        *(
            Slip(
                "interleaved",
                formula,
                "z is read as if values and gates took turns in it: where do the values lie, and where the gates?",
            )
            for formula in (
                lambda z, g: _in_pairs(glu_vjp(_pairs_joined(z), g)),
                lambda z, g: glu_vjp(_pairs_joined(z), g),
            )
        ),
        Slip(
            "gate_constant",
            lambda z, g: _joined(_by_value(z, g), 0.0 * g),
            "The half of the values is right, the other one is 0: does the loss not change when a gate opens?",
        ),
        Slip(
            "value_constant",
            lambda z, g: _joined(0.0 * g, _by_gate(z, g)),
            "The half of the gates is right, the other one is 0: does the loss not change when a value grows?",
        ),
        Slip(
            "gate_for_value",
            lambda z, g: _joined(_by_value(z, g), g * _halves(z)[1] * sigmoid_derivative(_halves(z)[1])),
            "The half of the values is right. In the other one the gate's own input stands as a factor: which number "
            "does the gate multiply?",
        ),
        Slip(
            "swiglu",
            lambda z, g: _joined(g * silu(b := _halves(z)[1]), g * _halves(z)[0] * silu_derivative(b)),
            "This is the way back through another unit, SwiGLU. What opens the gate of GLU?",
        ),
        *(
            Slip(
                "averaged",
                formula,
                "It is divided by the number of vectors, as for a mean over the batch; but g says already how the loss "
                "changes with each result.",
            )
            for formula in (
                lambda z, g: glu_vjp(z, g) / len(z),
                lambda z, g: glu_vjp(z, g) / np.prod(z.shape[:-1]),
            )
        ),
    ),
    hints=(
        "Each result is a value times its gate's opening. How does it change with its value, and how with its gate?",
        "g says how the loss changes with each result: the chain rule takes it along into both halves.",
        "Split z with z[..., :n] and z[..., n:], and put the two halves together again along the last axis. With the "
        "gate at 0 half of g must arrive at the value.",
    ),
)
