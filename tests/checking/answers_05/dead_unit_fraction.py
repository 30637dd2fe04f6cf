"""Answers to `dead_unit_fraction`."""

import numpy as np
from answer import Answer, wrong

from answers_05.rectifiers import relu, step

#: The acceptable names for an answer that gives an array where a single number is wanted.
MANY = ("wrong_shape", "not_a_number")


def share(Z):
    return float(np.mean(np.all(Z <= 0, axis=0)))


# --- right ---------------------------------------------------------------------------------------------------


def by_two_loops(Z):
    samples, units = Z.shape
    dead = 0
    for j in range(units):
        alive = False
        for i in range(samples):
            if Z[i, j] > 0:
                alive = True
        if not alive:
            dead += 1
    return dead / units


def by_columns(Z):
    return sum(1 for column in Z.T if max(column) <= 0) / len(Z.T)


def by_rows(Z):
    """Go through the batch sample by sample, and strike out the units that fire."""
    dead = np.ones(Z.shape[1], dtype=bool)
    for row in Z:
        dead &= row <= 0
    return dead.mean()


def by_set(Z):
    alive = {int(j) for j in np.nonzero(Z > 0)[1]}
    return 1 - len(alive) / Z.shape[1]


def by_slopes(Z):
    """Call a unit dead if no sample gives it a slope."""
    slopes = np.where(Z > 0, 1, 0)
    return np.count_nonzero(slopes.sum(axis=0) == 0) / slopes.shape[1]


RIGHT = [
    Answer("mean of all along axis 0", share),
    Answer("np.float64 left as it is", lambda Z: np.mean(np.all(Z <= 0, axis=0))),
    Answer("methods: max, mean", lambda Z: (Z.max(axis=0) <= 0).mean()),
    Answer("1 - share of units alive", lambda Z: 1 - np.mean(np.any(Z > 0, axis=0))),
    Answer("not any", lambda Z: np.mean(~(Z > 0).any(axis=0))),
    Answer("count over the number of units", lambda Z: np.count_nonzero(np.max(Z, axis=0) <= 0) / Z.shape[1]),
    Answer("sum of the activations is 0", lambda Z: float((relu(Z).sum(axis=0) == 0).mean())),
    Answer("largest activation is 0", lambda Z: np.average(np.maximum(Z, 0).max(axis=0) == 0)),
    Answer("no slope for any sample", by_slopes),
    Answer("as many entries <= 0 as samples", lambda Z: float(np.mean(np.sum(Z <= 0, axis=0) == len(Z)))),
    Answer("product of the masks", lambda Z: np.mean(np.prod(Z <= 0, axis=0))),
    Answer("np.logical_and.reduce", lambda Z: np.logical_and.reduce(Z <= 0).mean()),
    Answer("last axis of the transposed table", lambda Z: float(np.mean(np.all(Z.T <= 0, axis=1)))),
    Answer("mean share of 1", lambda Z: float(np.mean(np.mean(Z <= 0, axis=0) == 1))),
    Answer("last row after sorting", lambda Z: float(np.mean(np.sort(Z, axis=0)[-1] <= 0))),
    Answer("np.apply_along_axis", lambda Z: np.apply_along_axis(lambda z: float(np.all(z <= 0)), 0, Z).mean()),
    Answer(
        "np.vectorize with a signature",
        lambda Z: np.vectorize(np.all, otypes=[float], signature="(n)->()")(Z.T <= 0).mean(),
    ),
    Answer("loop over the columns", by_columns),
    Answer("loop over the rows", by_rows),
    Answer("two loops", by_two_loops),
    Answer("set of the units alive", by_set),
    Answer(
        "list of dead units, their number",
        lambda Z: len([j for j in range(Z.shape[1]) if not np.any(Z[:, j] > 0)]) / Z.shape[1],
    ),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def rectifying_in_place(Z):
    Z[Z < 0] = 0
    return float(np.mean(Z.sum(axis=0) == 0))


def through_out(Z):
    return float(np.mean(np.maximum(Z, 0, out=Z).max(axis=0) == 0))


def sorting_in_place(Z):
    Z.sort(axis=0)
    return float(np.mean(Z[-1] <= 0))


def without_return(Z):
    dead = np.all(Z <= 0, axis=0)
    dead = dead.mean()


def with_a_fixed_number_of_units(Z):
    dead = 0
    for j in range(4):
        dead += bool(np.all(Z[:, j] <= 0))
    return dead / 4


def leaving_out_the_last_unit(Z):
    dead = 0
    for j in range(Z.shape[1] - 1):
        dead += bool(np.all(Z[:, j] <= 0))
    return dead / Z.shape[1]


def leaving_out_the_last_sample(Z):
    dead = 0
    for j in range(Z.shape[1]):
        dead += all(Z[i, j] <= 0 for i in range(Z.shape[0] - 1))
    return dead / Z.shape[1]


def returning_inside_the_loop(Z):
    dead = 0
    for column in Z.T:
        if np.all(column <= 0):
            dead += 1
        return dead / Z.shape[1]


def never_set_back(Z):
    """Set `alive` once before the loop over the units, not for each of them."""
    dead, alive = 0, False
    for column in Z.T:
        if np.any(column > 0):
            alive = True
        if not alive:
            dead += 1
    return dead / Z.shape[1]


WRONG = [
    # formulas
    wrong("axis 1", lambda Z: np.mean(np.all(Z <= 0, axis=1)), "wrong_axis"),
    wrong("largest along axis 1", lambda Z: np.mean(Z.max(axis=1) <= 0), "wrong_axis"),
    wrong("transposed first", lambda Z: share(Z.T), "wrong_axis", "transposed"),
    wrong("axis -1", lambda Z: np.mean(np.all(Z <= 0, axis=-1)), "wrong_axis"),
    wrong("share of entries <= 0", lambda Z: np.mean(Z <= 0), "counts_entries", "entries_for_units"),
    wrong("share of activations that are 0", lambda Z: np.mean(relu(Z) == 0), "counts_entries", "entries_for_units"),
    wrong("1 - mean slope", lambda Z: 1 - np.mean(step(Z)), "counts_entries", "entries_for_units"),
    wrong("any for all", lambda Z: np.mean(np.any(Z <= 0, axis=0)), "any_for_all"),
    wrong("smallest for largest", lambda Z: np.mean(Z.min(axis=0) <= 0), "any_for_all", "min_for_max"),
    wrong("strictly below 0", lambda Z: np.mean(np.all(Z < 0, axis=0)), "strict", "excludes_zero", "strict_inequality"),
    wrong("largest below 0", lambda Z: np.mean(Z.max(axis=0) < 0), "strict", "excludes_zero", "strict_inequality"),
    wrong(
        "1 - share of units with some >= 0",
        lambda Z: 1 - np.mean(np.any(Z >= 0, axis=0)),
        "strict",
        "excludes_zero",
        "strict_inequality",
    ),
    wrong("share of units alive", lambda Z: np.mean(np.any(Z > 0, axis=0)), "alive_for_dead", "complement"),
    wrong("1 - share of the dead", lambda Z: 1 - share(Z), "alive_for_dead", "complement"),
    wrong("mean pre-activation <= 0", lambda Z: np.mean(Z.mean(axis=0) <= 0), "mean_of_batch", "mean_for_all"),
    wrong("sum of pre-activations <= 0", lambda Z: np.mean(Z.sum(axis=0) <= 0), "mean_of_batch", "mean_for_all"),
    wrong(
        "number, not share", lambda Z: float(np.sum(np.all(Z <= 0, axis=0))), "count", "count_for_share", "not_divided"
    ),
    wrong(
        "number of the dead as an int",
        lambda Z: int(np.sum(np.all(Z <= 0, axis=0))),
        "count",
        "count_for_share",
        "not_divided",
    ),
    wrong(
        "divided by the samples",
        lambda Z: np.sum(np.all(Z <= 0, axis=0)) / Z.shape[0],
        "wrong_divisor",
        "divided_by_batch",
    ),
    wrong(
        "divided by len(Z)", lambda Z: sum(np.all(c <= 0) for c in Z.T) / len(Z), "wrong_divisor", "divided_by_batch"
    ),
    wrong(
        "divided by all entries", lambda Z: np.sum(np.all(Z <= 0, axis=0)) / Z.size, "wrong_divisor", "divided_by_size"
    ),
    wrong("per cent", lambda Z: 100 * share(Z), "percentage", "factor"),
    wrong("whole layer or nothing", lambda Z: float(np.all(Z <= 0)), "no_axis", "all_or_nothing"),
    wrong("no axis for max", lambda Z: float(Z.max() <= 0), "no_axis", "all_or_nothing"),
    wrong("units that are always alive", lambda Z: np.mean(np.all(Z > 0, axis=0)), "wrong_sign", "always_alive"),
    wrong("all >= 0", lambda Z: np.mean(np.all(Z >= 0, axis=0)), "wrong_sign", "always_alive"),
    wrong("0 always", lambda Z: 0.0, "constant"),
    wrong("a half always", lambda Z: 0.5, "constant"),
    wrong(
        "pre-activation 0 for all", lambda Z: np.mean(np.all(Z == 0, axis=0)), "zero_pre_activation", "equal_for_less"
    ),
    wrong(
        "whole-number division", lambda Z: int(np.sum(np.all(Z <= 0, axis=0))) // Z.shape[1], "whole_number_division"
    ),
    wrong("first sample only", lambda Z: np.mean(Z[0] <= 0), "first_sample_only"),
    wrong("last sample only", lambda Z: np.mean(Z[-1] <= 0), "last_sample_only"),
    wrong("first unit only", lambda Z: float(np.all(Z[:, 0] <= 0)), "first_unit_only"),
    wrong("first column for first row", lambda Z: np.mean(Z[:, 0] <= 0), "first_unit_only"),
    wrong("four units, whatever the size", with_a_fixed_number_of_units, "raises", "hard_coded_size"),
    wrong("last unit left out", leaving_out_the_last_unit, "off_by_one"),
    wrong("last sample left out", leaving_out_the_last_sample, "off_by_one"),
    wrong("divided by units less 1", lambda Z: np.sum(np.all(Z <= 0, axis=0)) / max(Z.shape[1] - 1, 1), "off_by_one"),
    wrong("diagonal only", lambda Z: np.mean(np.diag(Z) <= 0), "diagonal_only"),
    wrong("return inside the loop", returning_inside_the_loop),
    wrong("flag never set back", never_set_back),
    # variations on them
    wrong("twice the share", lambda Z: 2 * share(Z)),
    wrong("minus the share", lambda Z: -share(Z)),
    wrong("square of the share", lambda Z: share(Z) ** 2),
    wrong("share plus 0.01", lambda Z: share(Z) + 0.01),
    wrong("half the batch is enough", lambda Z: np.mean(np.mean(Z <= 0, axis=0) >= 0.5)),
    wrong("median <= 0", lambda Z: np.mean(np.median(Z, axis=0) <= 0)),
    wrong("<= 1", lambda Z: np.mean(np.all(Z <= 1, axis=0))),
    wrong("<= -1", lambda Z: np.mean(np.all(Z <= -1, axis=0))),
    wrong("axis 1 and strictly below 0", lambda Z: np.mean(np.all(Z < 0, axis=1))),
    wrong("axis 1 and any", lambda Z: np.mean(np.any(Z <= 0, axis=1))),
    wrong("entries strictly below 0", lambda Z: np.mean(Z < 0)),
    wrong("entries above 0", lambda Z: np.mean(Z > 0)),
    wrong("dead over alive, 0 where none is alive", lambda Z: share(Z) / (1 - share(Z)) if share(Z) < 1 else 0.0),
    wrong("mean pre-activation", lambda Z: float(np.mean(Z))),
    wrong("mean activation", lambda Z: float(np.mean(relu(Z)))),
    wrong("standard deviation of the mask", lambda Z: float(np.std(np.all(Z <= 0, axis=0)))),
    wrong("rounded to 1 digit", lambda Z: round(share(Z), 1), "rounded", "approximate"),
    wrong("rounded to 0 or 1", lambda Z: float(round(share(Z))), "rounded", "approximate"),
    wrong(
        "small activations count as 0",
        lambda Z: np.mean(np.isclose(relu(Z).max(axis=0), 0, atol=1e-2)),
        "approximate",
        "tolerance",
    ),
    wrong("smoothed: (dead+1)/(units+2)", lambda Z: (share(Z) * Z.shape[1] + 1) / (Z.shape[1] + 2), "approximate"),
    # arrays, arguments and returns
    wrong("mask of the dead units", lambda Z: np.all(Z <= 0, axis=0), *MANY),
    wrong("1.0 for each dead unit", lambda Z: np.all(Z <= 0, axis=0).astype(float), *MANY),
    wrong("share of samples for each unit", lambda Z: np.mean(Z <= 0, axis=0), *MANY),
    wrong("places of the dead units", lambda Z: np.flatnonzero(np.all(Z <= 0, axis=0)), *MANY),
    wrong("array with one entry", lambda Z: np.array([share(Z)]), *MANY),
    wrong("table with one entry", lambda Z: np.mean(np.all(Z <= 0, axis=0, keepdims=True), keepdims=True), *MANY),
    wrong("list with one entry", lambda Z: [share(Z)], *MANY, "not_an_array"),
    wrong("number and share", lambda Z: (int(share(Z) * Z.shape[1]), share(Z)), *MANY, "not_an_array"),
    wrong("per cent in words", lambda Z: f"{share(Z):.0%}", "not_a_number", "not_an_array"),
    wrong("number in words", lambda Z: str(share(Z)), "not_a_number", "not_an_array"),
    wrong("rectifies its argument in place", rectifying_in_place, "changes_argument"),
    wrong("np.maximum into its argument", through_out, "changes_argument"),
    wrong("sorts its argument in place", sorting_in_place, "changes_argument"),
    wrong("no return", without_return, "returns_none"),
    wrong("prints instead of returning", lambda Z: print(share(Z)), "returns_none"),
    wrong("if on a column", lambda Z: sum(1 for c in Z.T if c <= 0) / Z.shape[1], "scalar_only", "raises"),
    wrong("built-in all on the table", lambda Z: float(all(Z <= 0)), "scalar_only", "raises"),
    wrong("third axis", lambda Z: np.mean(np.all(Z <= 0, axis=2)), "raises"),
    wrong("shape called like a function", lambda Z: np.sum(np.all(Z <= 0, axis=0)) / Z.shape(1), "raises"),
    wrong("asks for the weights too", lambda Z, W: share(Z), "raises"),
]
