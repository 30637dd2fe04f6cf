"""Slips that an answer to any exercise can have: a constant, a sign, a factor, the transpose, one side only."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checking.answer import Answer
from course_lib.checking.exercise import Exercise, Probe
from course_lib.checking.known_slips import SAME, Diagnosis, near
from course_lib.checking.returned import flat
from course_lib.checking.trial import Asked, Trial, tried

Floats = NDArray[np.float64]


def general_slip(exercise: Exercise, caller: Answer, trials: Sequence[Trial]) -> Diagnosis | None:
    """Return the first that fits all of the trials."""
    found = _constant(exercise, caller, trials) or _unused(exercise, caller, trials)
    if found:
        return found
    if exercise.returns.what == "truth":
        return _not_a_truth_value(trials) or _opposite(trials)
    results = _wrong_results(trials)
    if exercise.returns.what == "place":
        return _sign(results)
    return (
        _nan(trials)
        or _sign(results)
        or _factor(trials, results)
        or _relation(results)
        or transposed(trials)
        or _diagonal(trials)
        or (_one_sided(exercise, trials) if exercise.elementwise else None)
    )


@dataclass(frozen=True)
class _Result:
    """One of the results that an answer gives, in all trials: the numbers that came, and the right ones."""

    name: str
    got: list[Floats]
    wanted: list[Floats]


def _wrong_results(trials: Sequence[Trial]) -> list[_Result]:
    """Return the results that are wrong; an answer that gives only one has no name for it."""
    names = trials[0].exercise.returns.names or ("it",)
    found = []
    for i, name in enumerate(names):
        got = [np.ravel(t.reply.values[i]).astype(np.float64) for t in trials if t.reply.values]
        wanted = [np.ravel(t.expected[i]) for t in trials]
        if not all(map(_alike, got, wanted)):
            found.append(_Result(name, got, wanted))
    return found


def _alike(a: Floats, b: Floats) -> bool:
    return bool(np.all(np.abs(a - b) <= 1e-7 * np.max(np.abs(b), initial=1e-300)))


def _subject(results: Sequence[_Result]) -> str:
    """Return what a sentence is about: 'it is', 'W is', 'W and b are'."""
    return " and ".join(r.name for r in results) + (" are" if len(results) > 1 else " is")


def _constant(exercise: Exercise, caller: Answer, trials: Sequence[Trial]) -> Diagnosis | None:
    """Look for an answer that gives the same number whatever it gets, where the right one does not."""
    one_number = trials[0].wanted.size == 1
    if one_number:
        levels = [trials[0].got[0]] * len(trials)
        varies = len({t.wanted.tobytes() for t in trials}) > 1
    else:
        levels = [t.got[0] for t in trials]
        varies = any(np.any(t.wanted != t.wanted[0]) for t in trials)
        has_parameters = len(exercise.arguments) > max(len(exercise.input_places), 1)
        if not has_parameters and max(levels) != min(levels):
            return None
    same = (np.all(near(t, t.got, np.full_like(t.got, level))) for t, level in zip(trials, levels, strict=True))
    if not varies or not all(same) or not _stays(exercise, caller, trials[0]):
        return None
    dust = 1e-12 * max(np.max(np.abs(t.wanted)) for t in trials)
    number = trials[0].got_shown(0, 4) if abs(trials[0].got[0]) > dust else "0"
    if exercise.returns.what == "truth":
        number = trials[0].got_shown(0)
    if one_number:
        return Diagnosis(
            "constant", f"It returned {number} in all of these cases, which is right for some of them only."
        )
    name = exercise.arguments[exercise.input_places[0] if exercise.elementwise else 0]
    return Diagnosis("constant", f"It returns {number} whatever {name} is.")


def _unused(exercise: Exercise, caller: Answer, trials: Sequence[Trial]) -> Diagnosis | None:
    """Look for an argument that could be anything else, though the right answer depends on it."""
    if exercise.returns.what != "numbers":
        return None  # a verdict or a place may be the same by chance
    for place, name in enumerate(exercise.arguments):
        if place in exercise.input_places or isinstance(trials[0].arguments[place], np.ndarray):
            continue
        pairs = itertools.permutations(trials, 2)
        same = [_indifferent(caller, first, place, other.arguments[place]) for first, other in pairs]
        told = [s for s in same if s is not None]
        if told and all(told):
            return Diagnosis(f"ignores_{name}", f"It does not use {name}: another one there changes nothing.")
    return None


def _indifferent(caller: Answer, trial: Trial, place: int, another: object) -> bool | None:
    """Return whether another argument leaves the answer the same; None where it should, or does not fit."""
    arguments = (*trial.arguments[:place], another, *trial.arguments[place + 1 :])
    try:
        if np.allclose(flat(trial.exercise.expected(*arguments)), trial.wanted):
            return None
    except Exception:  # these two do not go together, such as an axis that is not there
        return None
    (second,) = tried(caller, Asked(trial.exercise, Probe("values", "another argument", arguments)))
    return second.fits and np.array_equal(second.got, trial.got)


def _stays(exercise: Exercise, caller: Answer, trial: Trial) -> bool:
    """Return whether half of the inputs give the same as all: a mean, for one, does not."""
    if not exercise.elementwise:
        return True
    halves = (a[1::2] if i in exercise.input_places else a for i, a in enumerate(trial.probe.arguments))
    half = caller(*halves).value
    return half is not None and bool(np.all(np.abs(half - trial.got[0]) <= SAME * abs(trial.got[0]) + 1e-9))


def _not_a_truth_value(trials: Sequence[Trial]) -> Diagnosis | None:
    for trial in trials:
        if trial.got[0] not in (0, 1):
            sentence = f"It returns {trial.got_shown(0, 4)}, which is neither True nor False."
            return Diagnosis("not_a_truth_value", sentence)
    return None


def _opposite(trials: Sequence[Trial]) -> Diagnosis | None:
    if all(t.got[0] == 1 - t.wanted[0] for t in trials):
        return Diagnosis("opposite", "Its verdict is the opposite of the right one, each time.")
    return None


def _nan(trials: Sequence[Trial]) -> Diagnosis | None:
    if any(np.any(np.isnan(t.got)) for t in trials):
        return Diagnosis("nan", "It returns nan for some: is there 0/0, or a root or logarithm of a negative?")
    return None


def _sign(results: Sequence[_Result]) -> Diagnosis | None:
    if all(_same(g, -w) for r in results for g, w in zip(r.got, r.wanted, strict=True)):
        return Diagnosis("sign", f"Everywhere {_subject(results)} exactly minus the right value: a sign got lost.")
    return None


def _same(a: Floats, b: Floats) -> bool:
    return bool(np.all(np.isfinite(b)) and np.all(np.abs(a - b) <= SAME * np.max(np.abs(b), initial=0) + 1e-13))


def _factor(trials: Sequence[Trial], results: Sequence[_Result]) -> Diagnosis | None:
    """Look for one factor that all the numbers are off by, or for one that is the length of an argument."""
    factors: list[float] = []
    for i in range(len(trials)):
        got = np.concatenate([r.got[i] for r in results])
        wanted = np.concatenate([r.wanted[i] for r in results])
        factor = _ratio(got, wanted)
        if factor is None:
            return None
        factors.append(factor)
    told = [k for k, f in enumerate(factors) if np.isfinite(f)]  # 0 for 0 says nothing
    if not told:
        return None
    first = factors[told[0]]
    if all(abs(factors[k] - first) <= SAME * abs(first) for k in told):
        sentence = f"Everywhere {_subject(results)} {first:.4g} times the right value: a factor is off."
        return None if f"{first:.4g}" == "1" else Diagnosis("factor", sentence)
    for place, name in enumerate(trials[0].exercise.arguments):
        arrays = [trials[k].arguments[place] for k in told]
        for axis in range(-1, min(map(np.ndim, arrays)) if isinstance(arrays[0], np.ndarray) else -1):
            lengths = [a.shape[axis] for a in arrays]
            where = f"{_subject(results)} {first:.4g} times the right value where {name} has shape {arrays[0].shape}"
            if all(abs(factors[k] - n) <= 1e-9 * n for k, n in zip(told, lengths, strict=True)):
                return Diagnosis("summed", f"{where[0].upper()}{where[1:]}: a sum stands where a mean belongs.")
            if all(abs(factors[k] * n - 1) <= 1e-9 for k, n in zip(told, lengths, strict=True)):
                return Diagnosis("averaged", f"{where[0].upper()}{where[1:]}: that is one division too many.")
    return None


# How an answer may be made of the right one: the name, the function, and what it says.
_RELATIONS = (
    ("complement", lambda w: 1 - w, "one minus the right value"),
    ("size", np.abs, "the size of the right value: where that is negative, the sign is lost"),
    ("squared", np.square, "the square of the right value: something is squared once too often"),
    ("root", lambda w: np.sqrt(np.abs(w)), "the root of the right value: a square got lost"),
    ("reciprocal", lambda w: 1 / w, "one divided by the right value: something stands upside down"),
)


def _relation(results: Sequence[_Result]) -> Diagnosis | None:
    """Look for a simple function of the right numbers, the same for all of them."""
    got = np.concatenate([g for r in results for g in r.got])
    wanted = np.concatenate([w for r in results for w in r.wanted])
    if np.unique(wanted).size < 4:
        return None  # of two or three numbers too much is a simple function
    for name, relation, words in _RELATIONS:
        if _same(got, relation(wanted)):
            return Diagnosis(name, f"Everywhere {_subject(results)} {words}.")
    offset = float(got[0] - wanted[0])
    if np.all(np.abs(got - wanted - offset) <= SAME * abs(offset)):
        more = "more" if offset > 0 else "less"
        sentence = f"Everywhere {_subject(results)} {abs(offset):.4g} {more} than the right value."
        return Diagnosis("offset", sentence)
    return None


def _ratio(got: Floats, wanted: Floats) -> float | None:
    """Return the factor between two arrays; nan where both are 0, None where there is none."""
    if not np.any(wanted != 0):
        return None if np.any(got != 0) else np.nan
    largest = int(np.argmax(np.abs(wanted)))
    factor = float(got[largest] / wanted[largest])
    return factor if np.isfinite(factor) and factor != 0 and _same(got, factor * wanted) else None


def transposed(trials: Sequence[Trial]) -> Diagnosis | None:
    """Return whether matrices came back as their transposes."""
    seen = set()
    for trial in trials:
        values = trial.reply.values
        if values is None or len(values) != len(trial.expected):
            return None
        for i, (got, wanted) in enumerate(zip(values, trial.expected, strict=True)):
            if _equal(got, wanted):
                continue
            if wanted.ndim < 2 or not _equal(got, np.swapaxes(wanted, -1, -2)):
                return None
            seen.add(i)
    names = trials[0].exercise.returns.names
    if not seen:
        return None
    what = f"{' and '.join(names[i] for i in sorted(seen))} came" if names else "It came"
    return Diagnosis("transposed", f"{what} out transposed: rows and columns have changed places.")


def _equal(got: NDArray[Any], wanted: NDArray[Any]) -> bool:
    return got.shape == wanted.shape and bool(np.allclose(got.astype(np.float64), wanted, rtol=SAME, atol=1e-12))


def _diagonal(trials: Sequence[Trial]) -> Diagnosis | None:
    """Look at square matrices: only the diagonal right, or only the rest."""
    if any(len(t.expected) != 1 or t.expected[0].ndim != 2 or t.shapes[0][0] != t.shapes[0][1] for t in trials):
        return None
    on = [np.eye(t.shapes[0][0], dtype=bool).ravel() for t in trials]
    right = [near(t, t.got, t.wanted) for t in trials]
    if all(np.all(r[d]) and np.all(t.got[~d] == 0) for t, r, d in zip(trials, right, on, strict=True)):
        return Diagnosis("diagonal_only", "Only its diagonal is right: beside it everything is 0.")
    if all(np.all(r[d]) and not np.any(r[~d]) for r, d in zip(right, on, strict=True)):
        return Diagnosis("beside_the_diagonal", "Its diagonal is right, and everything beside it is wrong.")
    if all(np.all(r[~d]) and not np.any(r[d]) for r, d in zip(right, on, strict=True)):
        return Diagnosis("on_the_diagonal", "Beside its diagonal all is right; the diagonal itself is wrong.")
    return None


def _one_sided(exercise: Exercise, trials: Sequence[Trial]) -> Diagnosis | None:
    if any(np.shape(t.arguments[exercise.input_places[0]]) != t.shapes[0] for t in trials):
        return None
    x = np.concatenate([np.ravel(t.arguments[exercise.input_places[0]]) for t in trials])
    right = np.concatenate([near(t, t.got, t.wanted) for t in trials])
    for side, here, there in (("positive", x > 0, x < 0), ("negative", x < 0, x > 0)):
        if here.sum() > 5 and there.sum() > 5 and np.all(right[here]) and not np.any(right[there]):
            sentence = f"It is right for {side} inputs only: what happens on the other side of 0?"
            return Diagnosis("one_sided", sentence)
    return None
