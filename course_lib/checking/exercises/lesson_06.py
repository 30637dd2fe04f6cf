"""Lesson 06: softmax itself, and how it changes with its temperature."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.activations.vector import softmax, softmax_vjp
from course_lib.checking.exercise import Exercise, Probe, Slip
from course_lib.checking.exercises.lesson_06_jacobians import (
    SOFTMAX_JACOBIAN,
    SOFTMAX_VJP,
    SOFTMIN_JACOBIAN,
    size_of_logits,
)

Floats = NDArray[np.float64]

# --- softmax ---------------------------------------------------------------------------------------------------


def _logits(rng: np.random.Generator, *shape: int) -> Floats:
    return rng.uniform(-3, 3, shape)


def _softmax_probes(rng: np.random.Generator) -> list[Probe]:
    def z(*shape: int) -> Floats:
        return _logits(rng, *shape)

    row = z(5)
    far_apart = np.stack([z(3), 900 + z(3), -900 + z(3)])
    whole = np.array([[1, 0, -2], [3, 3, 0]])
    return [
        Probe("values", "a vector", (z(4), -1)),
        Probe("values", "a table, along its last axis", (z(3, 4), -1)),
        Probe("values", "a square table, along axis 1", (z(3, 3), 1)),
        Probe("values", "a square table, along axis 0", (z(3, 3), 0)),
        Probe("values", "a cube (3-d), along axis 1", (z(2, 3, 4), 1)),
        Probe("parameters", "a table, with the default axis", (z(2, 5),)),
        Probe("parameters", "a vector, with the default axis", (row,)),
        Probe("parameters", "a cube (3-d), with the default axis", (z(2, 3, 4),)),
        Probe("parameters", "a cube (3-d), along axis -2", (z(2, 3, 4), -2)),
        Probe("extremes", "logits of about 1000", (1000 + row, -1)),
        Probe("extremes", "logits of about -1000", (-1000 + row, -1)),
        Probe("extremes", "rows that lie 900 apart", (far_apart, -1)),
        Probe("extremes", "columns that lie 900 apart", (far_apart.T, 0)),
        Probe("extremes", "one logit far above the others", (np.array([0.0, 50.0, 800.0, -20.0]), -1)),
        Probe("extremes", "logits 20,000 apart", (np.array([1e4, -1e4, 1e4]), -1)),
        Probe("extremes", "equal logits", (np.full(4, 7.0), -1)),
        Probe("shapes", "one logit", (z(1), -1)),
        Probe("shapes", "a column, each row alone", (z(3, 1), -1)),
        Probe("shapes", "an array with 4 axes", (z(2, 2, 2, 3), 2)),
        Probe("shapes", "every second column of a table", (z(2, 6)[:, ::2], -1)),
        Probe("shapes", "whole numbers", (whole, -1)),
        Probe("shapes", "single precision", (z(3, 4).astype(np.float32), -1)),
    ]


_EXAMPLE_ROW = np.array([2.0, 1.0, 0.0])
_EXAMPLE_TABLE = np.array([[1.0, 0.0], [2.0, 0.0]])

SOFTMAX = Exercise(
    name="softmax",
    lesson="06_softmax",
    arguments=("z", "axis"),
    defaults={"axis": -1},
    wanted="softmax",
    reference=softmax,
    shown=softmax,
    shown_as="softmax",
    probes=_softmax_probes,
    examples=(
        (_EXAMPLE_ROW, -1),
        (_EXAMPLE_TABLE, -1),
        (_EXAMPLE_TABLE, 0),
        (np.array([0.0, 0.0]), -1),
    ),
    parts={"values": 4, "parameters": 1, "extremes": 3, "shapes": 1, "argument": 1},
    condition=size_of_logits,
    elementwise=False,
    slips=(
        Slip(
            "sum_of_all",
            lambda z, axis: np.exp(z) / np.sum(np.exp(z)),
            "All the entries together sum to 1; along the axis each vector must.",
        ),
        Slip(
            "ignores_axis",
            lambda z, axis: softmax(z),
            "It is right along the last axis only: it does not use the axis that is handed in.",
        ),
        Slip(
            "first_axis",
            lambda z, axis: softmax(z, axis=0),
            "It always works along the first axis, whatever axis is handed in.",
        ),
        Slip(
            "no_exponential",
            lambda z, axis: z / np.sum(z, axis=axis, keepdims=True),
            "It sums to 1, but it can be negative: probabilities can't. Something makes each logit positive first.",
        ),
        Slip("not_normalised", lambda z, axis: np.exp(z), "The entries are positive, but they don't sum to 1."),
        Slip(
            "divided_by_largest",
            lambda z, axis: np.exp(z) / np.max(np.exp(z), axis=axis, keepdims=True),
            "The largest entry is always 1, so that they don't sum to 1: what should they be divided by?",
        ),
        Slip(
            "mean_for_sum",
            lambda z, axis: np.exp(z) / np.mean(np.exp(z), axis=axis, keepdims=True),
            "Their mean is 1, where their sum should be.",
        ),
        Slip(
            "softmin",
            lambda z, axis: softmax(-np.asarray(z, dtype=np.float64), axis),
            "The smallest logit gets the largest probability: a sign got lost in the exponent.",
        ),
        Slip(
            "sigmoid_for_softmax",
            lambda z, axis: 1 / (1 + np.exp(-np.asarray(z, dtype=np.float64))),
            "This is the sigmoid of each logit by itself; in softmax they compete, and sum to 1.",
        ),
        Slip(
            "log_softmax",
            lambda z, axis: np.log(softmax(z, axis)),
            "This is the logarithm of what is asked for.",
        ),
        Slip(
            "hard_choice",
            lambda z, axis: (z == np.max(z, axis=axis, keepdims=True)).astype(float),
            "It gives all to the largest logit; the soft choice leaves something for the others.",
        ),
        Slip(
            "normalised_twice",
            lambda z, axis: softmax(softmax(z, axis), axis),
            "It is applied twice: the result of the first time is put in again.",
        ),
        Slip(
            "normalised_by_length",
            lambda z, axis: np.exp(z) / np.sqrt(np.sum(np.exp(2 * z), axis=axis, keepdims=True)),
            "Their squares sum to 1; it is they themselves that should.",
        ),
        Slip(
            "wrong_base",
            lambda z, axis: 2.0**z / np.sum(2.0**z, axis=axis, keepdims=True),
            "It uses powers of 2; softmax uses powers of e.",
        ),
    ),
    extreme_slips=(
        Slip(
            "maximum_of_all",
            lambda z, axis: (e := np.exp(z - np.max(z))) / np.sum(e, axis=axis, keepdims=True),
            "The maximum that is taken off is that of the whole table; each vector along the axis needs its own.",
        ),
    ),
    hints=(
        "Make each logit positive, so that larger ones stay larger; then divide so that the sum is 1.",
        "Along which axis are they added up? keepdims=True keeps that axis, so that the division fits.",
        "exp(1000) is inf. Adding a number to all logits of a vector changes nothing: which number keeps exp small?",
    ),
)

# --- softmax_temperature_derivative ----------------------------------------------------------------------------


def _temperature_derivative(z: Any, T: float) -> Any:
    return -softmax_vjp(np.asarray(z) / T, np.asarray(z)) / T**2


def _temperature_probes(rng: np.random.Generator) -> list[Probe]:
    z = _logits(rng, 4)
    return [
        Probe("values", "4 logits, a temperature above 1", (_logits(rng, 4), float(rng.uniform(1.5, 3)))),
        Probe("values", "6 logits, a temperature below 1", (_logits(rng, 6), float(rng.uniform(0.4, 0.8)))),
        Probe("values", "3 logits, another temperature", (_logits(rng, 3), float(rng.uniform(3, 5)))),
        Probe("parameters", "the temperature 1", (z, 1.0)),
        Probe("parameters", "a low temperature", (z, 0.1)),
        Probe("parameters", "a high temperature", (z, 100.0)),
        Probe("parameters", "a temperature that is a whole number", (z, 2)),
        Probe("extremes", "logits of about 1000", (1000 + z, 0.5)),
        Probe("extremes", "logits of about -1000", (-1000 + z, 0.5)),
        Probe("extremes", "one logit far above the others", (np.array([0.0, 800.0, -30.0]), 1.5)),
        Probe("extremes", "equal logits", (np.full(3, 5.0), 1.5)),
        Probe("shapes", "one logit", (z[:1], 2.0)),
        Probe("shapes", "every second entry of a vector", (_logits(rng, 8)[::2], 2.0)),
        Probe("shapes", "whole numbers", (np.array([2, 0, -1]), 2.0)),
        Probe("shapes", "single precision", (z.astype(np.float32), 2.0)),
    ]


def _over_temperature(z: Any, T: float) -> Any:
    return softmax(np.asarray(z, dtype=np.float64) / T)


def _by_temperature(z: Any, T: float) -> Floats:
    h = 1e-5 * T
    return np.asarray((_over_temperature(z, T + h) - _over_temperature(z, T - h)) / (2 * h))


SOFTMAX_TEMPERATURE_DERIVATIVE = Exercise(
    name="softmax_temperature_derivative",
    lesson="06_softmax",
    arguments=("z", "T"),
    wanted="the derivative with respect to T",
    by="T",
    reference=_temperature_derivative,
    shown=_by_temperature,
    shown_as="the finite difference of softmax(z/T), with T a little larger and a little smaller,",
    probes=_temperature_probes,
    examples=((_EXAMPLE_ROW, 2.0), (np.array([1.0, 0.0]), 1.0), (_EXAMPLE_ROW, 0.5)),
    parts={"values": 5, "parameters": 1, "extremes": 2, "shapes": 1, "argument": 1},
    condition=lambda z, T: np.max(np.abs(z)) / T**2 * (1 + np.max(np.abs(z)) / T),
    elementwise=False,
    slips=(
        Slip(
            "missing_square",
            lambda z, T: T * _temperature_derivative(z, T),
            "The slope of z/T with respect to T falls off faster than 1/T.",
        ),
        Slip(
            "inner_ignored",
            lambda z, T: T**2 * _temperature_derivative(z, T),
            "What is inside softmax is z/T: its own slope with respect to T has T in it too.",
        ),
        Slip(
            "inner_ignored",
            lambda z, T: -(T**2) * _temperature_derivative(z, T),
            "This is the Jacobian of softmax times z: but z/T is not z, and its slope with respect to T is another.",
        ),
        Slip(
            "inner_constant",
            lambda z, T: np.zeros(np.shape(z)),
            "It is 0. So it comes out where the inner slope is the same for each entry: softmax does not mind a number "
            "that is added to all of them. But how fast z_k/T changes with T depends on z_k.",
        ),
        Slip(
            "inner_by_logit",
            lambda z, T: -T * _temperature_derivative(z, T),
            "The inner slope is taken as z/T, as if T did not divide: does z/T grow or shrink with T, and how fast?",
        ),
        Slip(
            "sign",
            lambda z, T: -_temperature_derivative(z, T),
            "Everywhere it is exactly minus the right value: does z/T grow or shrink, when T grows?",
        ),
        Slip(
            "mean_not_subtracted",
            lambda z, T: -_over_temperature(z, T) * z / T**2,
            "It does not sum to 0, but probabilities sum to 1 at every temperature: the other entries change as well.",
        ),
        Slip(
            "plain_mean",
            lambda z, T: -_over_temperature(z, T) * (z - np.mean(z)) / T**2,
            "A mean of the logits is subtracted, but it is the plain one: each logit counts by its probability.",
        ),
        Slip(
            "diagonal_only",
            lambda z, T: -_over_temperature(z, T) * (1 - _over_temperature(z, T)) * z / T**2,
            "Each entry also depends on the other logits: only the diagonal of the Jacobian is used.",
        ),
        Slip(
            "temperature_forgotten_inside",
            lambda z, T: _temperature_derivative(z, 1.0) / T**2,
            "The probabilities in it are those of temperature 1.",
        ),
        Slip(
            "temperature_forgotten",
            lambda z, T: _temperature_derivative(z, 1.0),
            "It does not use T at all.",
        ),
        Slip(
            "times_for_division",
            lambda z, T: softmax_vjp(z * T, np.asarray(z, dtype=np.float64)),
            "Here the logits are multiplied by T; in the exercise they are divided by it.",
        ),
        Slip(
            "forward_for_derivative",
            _over_temperature,
            "These are the probabilities themselves; the exercise asks how they change with T.",
        ),
        Slip(
            "derivative_by_logits",
            lambda z, T: _over_temperature(z, T) * (1 - _over_temperature(z, T)) / T,
            "This is how each probability changes with its own logit; here T changes, and the logits stand still.",
        ),
    ),
    hints=(
        "Each z_k/T changes when T does. How much does it change, for each unit of T?",
        "The chain rule with a vector inside: the Jacobian of softmax, times the vector of those inner slopes.",
        "You need no matrix: a Jacobian times a vector is what the exercise before computed. Check that it sums to 0.",
    ),
)


EXERCISES: tuple[Exercise, ...] = (
    SOFTMAX,
    SOFTMAX_JACOBIAN,
    SOFTMAX_VJP,
    SOFTMAX_TEMPERATURE_DERIVATIVE,
    SOFTMIN_JACOBIAN,
)
