"""Lesson 05, last part: units that are dead for a whole batch."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checking.exercise import Exercise, Probe, Slip

Floats = NDArray[np.float64]


def _dead(Z: Any) -> Any:
    return np.all(np.asarray(Z) <= 0, axis=0)


def _batch(
    rng: np.random.Generator, samples: int, units: int, dead: int, fires_for: int = 2, silent: bool = False
) -> Floats:
    """Draw a batch with that many dead units, and so that wrong ways of counting give other numbers.

    One unit fires for all samples, one for the sample `fires_for` only and weakly, one for all but a sample that
    pulls its mean below 0, the rest for some. With `silent` no unit fires for sample 1.
    """
    Z = rng.normal(size=(samples, units))
    Z[0], Z[1] = np.abs(Z[0]), -np.abs(Z[1])
    Z[:, 0] = np.abs(Z[:, 0])
    Z[:, 1] = -1 - np.abs(Z[:, 1])
    Z[fires_for, 1] = 0.1
    Z[:, 2] = np.abs(Z[:, 2])
    Z[1, 2] = -100.0
    Z[:, units - dead :] = -np.abs(Z[:, units - dead :])
    if silent:
        Z[1] = -np.abs(Z[1])
    return Z[:, [*rng.permutation(units - 1), units - 1]]  # the last unit is dead, the others anywhere


def _unit_probes(rng: np.random.Generator) -> list[Probe]:
    with_zeros = _batch(rng, 6, 8, 3)
    with_zeros[0, np.all(with_zeros <= 0, axis=0)] = 0.0
    with_zeros[1] = np.minimum(with_zeros[1], 0.0)
    with_zeros[:, -1] = 0.0
    edges = np.array([[0.0, -0.0, 5e-324, -5e-324, -1e300], [0.0, -1.0, -1.0, -5e-324, 1e-300]])
    table = _batch(rng, 8, 6, 2)
    return [
        Probe("values", "9 samples, 5 units", (_batch(rng, 9, 5, 2, fires_for=-1),)),
        Probe("values", "4 samples, 7 units", (_batch(rng, 4, 7, 3, fires_for=0)[:, ::-1],)),
        Probe("values", "6 samples, 6 units", (_batch(rng, 6, 6, 1, silent=True),)),
        Probe("values", "5 samples, 12 units, most of them dead", (_batch(rng, 5, 12, 8)[:, ::-1],)),
        Probe("values", "all of 4 units dead", (-np.abs(rng.normal(size=(6, 4))),)),
        Probe("values", "6 samples, 8 units, with zeros among them", (with_zeros,)),
        Probe("extremes", "zeros, tiny and huge numbers", (edges,)),
        Probe("extremes", "no unit is dead", (np.abs(rng.normal(size=(6, 4))),)),
        Probe("shapes", "one sample", (np.array([[1.5, -0.5, -2.0]]),)),
        Probe("shapes", "one unit", (np.array([[-1.0], [-2.0], [0.5]]),)),
        Probe("shapes", "one sample, one unit", (np.array([[-1.0]]),)),
        Probe("shapes", "whole numbers", (np.array([[1, -1, 0], [-2, -1, 0]]),)),
        Probe("shapes", "single precision", (table.astype(np.float32),)),
        Probe("shapes", "every second sample", (table[::2],)),
    ]


DEAD_UNIT_FRACTION = Exercise(
    name="dead_unit_fraction",
    lesson="05_relu",
    arguments=("Z",),
    wanted="the share of dead units",
    reference=lambda Z: np.mean(_dead(Z)),
    shown=lambda Z: sum(all(z <= 0 for z in column) for column in np.asarray(Z).T.tolist()) / np.shape(Z)[1],
    shown_as="counted by hand it",
    probes=_unit_probes,
    examples=(
        (np.array([[1.0, -1.0, -2.0, 0.5], [-1.0, -3.0, 2.0, 1.0]]),),
        (np.array([[1.0, -1.0], [-2.0, -3.0], [-1.0, -1.0]]),),
        (np.array([[-1.0, 0.0, 2.0], [-1.0, -2.0, 3.0]]),),
    ),
    parts={"values": 6, "extremes": 2, "shapes": 1, "argument": 1},
    condition=lambda Z: 1.0,
    elementwise=False,
    slips=(
        Slip(
            "counts_entries",
            lambda Z: np.mean(np.asarray(Z) <= 0),
            "It counts numbers; a unit is dead only if it gives nothing for all of the samples.",
        ),
        Slip(
            "wrong_axis",
            lambda Z: np.mean(np.all(np.asarray(Z) <= 0, axis=1)),
            "It gives the share of samples for which no unit fires: which axis has the samples, which the units?",
        ),
        Slip(
            "any_for_all",
            lambda Z: np.mean(np.any(np.asarray(Z) <= 0, axis=0)),
            "One sample without output is enough for it; a unit is dead only if that holds for all of them.",
        ),
        Slip("complement", lambda Z: 1 - np.mean(_dead(Z)), "This is the share of the units that are alive."),
        Slip(
            "count_for_share",
            lambda Z: np.sum(_dead(Z)),
            "It counts the dead units; the exercise asks for their share of all.",
        ),
        Slip(
            "divided_by_batch",
            lambda Z: np.sum(_dead(Z)) / len(Z),
            "The dead units are divided by the number of samples: of what are they a share?",
        ),
        Slip(
            "strict",
            lambda Z: np.mean(np.all(np.asarray(Z) < 0, axis=0)),
            "A pre-activation of exactly 0 gives no output either: look at the comparison.",
        ),
        Slip(
            "mean_for_all",
            lambda Z: np.mean(np.mean(Z, axis=0) <= 0),
            "It looks at each unit's mean; but one sample for which it fires keeps a unit alive.",
        ),
        Slip(
            "all_or_nothing",
            lambda Z: float(np.all(np.asarray(Z) <= 0)),
            "It gives 1 where all of the units are dead, and 0 elsewhere; a share lies between the two.",
        ),
        Slip(
            "always_alive",
            lambda Z: np.mean(np.all(np.asarray(Z) >= 0, axis=0)),
            "It counts the units that fire for all of the samples; those that fire for none are asked for.",
        ),
        Slip(
            "always_alive",
            lambda Z: np.mean(np.all(np.asarray(Z) > 0, axis=0)),
            "It counts the units that fire for all of the samples; those that fire for none are asked for.",
        ),
        Slip(
            "divided_by_size",
            lambda Z: np.sum(_dead(Z)) / np.size(Z),
            "The dead units are divided by the number of all entries of Z: of what are they a share?",
        ),
        Slip(
            "last_sample_only",
            lambda Z: np.mean(np.asarray(Z)[-1] <= 0),
            "It looks at the last sample only.",
        ),
        Slip(
            "first_unit_only",
            lambda Z: np.mean(np.asarray(Z)[:, 0] <= 0),
            "It looks at the first unit only: for how many samples that one gives nothing.",
        ),
        Slip(
            "first_unit_only",
            lambda Z: float(np.all(np.asarray(Z)[:, 0] <= 0)),
            "It says whether the first unit is dead.",
        ),
        Slip(
            "off_by_one",
            lambda Z: np.mean(_dead(np.asarray(Z)[:-1])),
            "The last sample is left out.",
        ),
        Slip(
            "off_by_one",
            lambda Z: np.sum(_dead(Z)[:-1]) / np.shape(Z)[1],
            "The last unit is left out.",
        ),
        Slip(
            "off_by_one",
            lambda Z: np.sum(_dead(Z)) / (np.shape(Z)[1] - 1),
            "It is divided by one less than the number of units.",
        ),
        Slip(
            "exactly_zero",
            lambda Z: np.mean(np.all(np.asarray(Z) == 0, axis=0)),
            "It looks for zeros, as in the outputs of ReLU; Z holds the pre-activations.",
        ),
        Slip(
            "first_sample_only",
            lambda Z: np.mean(np.asarray(Z)[0] <= 0),
            "It looks at the first sample only.",
        ),
        Slip(
            "one_a_unit",
            _dead,
            "It says for each unit whether it is dead; the exercise asks for one number, their share.",
        ),
    ),
    hints=(
        "When is one unit dead? Take its column of Z: what must hold for all of its numbers?",
        "np.all asks that of each column, if it is told along which axis to look.",
        "Truth values count as 0 and 1: what does their mean say?",
    ),
)
