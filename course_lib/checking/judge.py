"""The judgement: is this function the one that the exercise asks for? Part by part, with one reason."""

import dis
from dataclasses import dataclass, field, replace
from types import CodeType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checking.calling import DEADLINE, Caller, Reply
from course_lib.checking.deadline import TimeIsUp, deadline
from course_lib.checking.diagnosis import COMPLEX_STEP, Diagnosis, diagnose
from course_lib.checking.exercise import PARTS, Case, Exercise, Part, Probe
from course_lib.checking.foreign_names import foreign_names, lets_the_course_answer
from course_lib.checking.watching import watch

EPS = float(np.finfo(np.float64).eps)
#: Relative error that an accurate formula stays below, whatever its algebraic form (measured: a tenth of it).
RELATIVE = 2.0**-47
#: The same for float32 input, and the absolute error there.
SINGLE_RELATIVE, SINGLE_ABSOLUTE = 1e-4, 2e-6
#: Median relative error on small inputs above which values that pass one by one are still approximations.
APPROXIMATE = 1.2e-15


@dataclass
class Judgement:
    """What the judge found out.

    Attributes
    ----------
    passed : bool
        Whether the values are right, and the learner's own formula.
    values_right : bool
        Whether the values are right, whoever computed them.
    earned : dict
        Whether each part was earned, or would have been had the values been right.
    diagnosis : Diagnosis or None
        The slip, where one can be named; of an answer that passed, what cost points.
    telling : str
        The most useful thing that is wrong, with one concrete input; empty where nothing is.
    notes : list of str
        What costs no points.
    cases : list of Case
        What was tried.
    """

    passed: bool = False
    values_right: bool = False
    earned: dict[Part, bool] = field(default_factory=dict)
    diagnosis: Diagnosis | None = None
    telling: str = ""
    notes: list[str] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)

    def points(self, exercise: Exercise) -> float:
        """Return the points: without right values the other parts count nothing."""
        return float(sum(p for part, p in exercise.parts.items() if self.passed and self.earned.get(part)))


def judge(exercise: Exercise, function: Any, rng: np.random.Generator, seconds: float = DEADLINE) -> Judgement:
    """Judge `function` as an answer to `exercise`.

    Parameters
    ----------
    exercise : Exercise
        What is asked.
    function : object
        The learner's function, or whatever was handed in.
    rng : numpy.random.Generator
        Draws the inputs.
    seconds : float
        How long the learner's code may take in all.
    """
    caller = Caller(function, exercise.arguments)
    result = Judgement()
    try:
        with deadline(seconds), np.errstate(all="ignore"):  # our own comparisons; the caller has its own state
            _judge(exercise, caller, rng, result)
    except TimeIsUp:
        result = Judgement(
            diagnosis=Diagnosis("endless"),
            telling=f"It was stopped after {seconds:g} seconds: is there a loop that never ends, or does it wait?",
        )
    if caller.printed:
        result.notes.append(f"Your function printed: {caller.printed.strip()[:200]}")
    return result


def _judge(exercise: Exercise, caller: Caller, rng: np.random.Generator, result: Judgement) -> None:
    probes = exercise.probes(rng)
    values = [p for p in probes if p.part == "values"]
    replies = [caller(*p.arguments) for p in values]
    for probe, reply in zip(values, replies, strict=True):
        if reply.value is None or reply.value.shape != exercise.expected(*probe.arguments).shape:
            _explain_trouble(exercise, caller, probe, reply, result)
            return
    got = [np.asarray(r.value, dtype=np.float64) for r in replies]
    _judge_values(exercise, caller, values, replies, got, result)
    others = [p for p in probes if p.part != "values"]
    other_replies = [caller(*p.arguments) for p in others]
    _judge_argument([*replies, *other_replies], result)
    for probe, reply in zip(others, other_replies, strict=True):
        _judge_part(exercise, probe, reply, result)
    if result.passed:
        _note(exercise, caller, result)


def _judge_values(
    exercise: Exercise,
    caller: Caller,
    probes: list[Probe],
    replies: list[Reply],
    got: list[NDArray[Any]],
    result: Judgement,
) -> None:
    result.cases = [_case(exercise, p, r) for p, r in zip(probes, replies, strict=True)]
    result.values_right = all(c.ok for c in result.cases)
    if not result.values_right:
        result.telling = _example(exercise, caller, probes, got)
        result.diagnosis = diagnose(exercise, caller, probes, got)
    elif exercise.elementwise and watch(caller, probes[0].arguments).complex_step:
        result.telling, result.diagnosis = "Its values are right.", COMPLEX_STEP
    elif _is_approximate(exercise, probes[0], got[0]):
        result.telling = "Its values are near the right ones, but they are not the formula's."
        result.diagnosis = diagnose(exercise, caller, probes, got)
    elif lets_the_course_answer(caller.function, exercise.reference):
        result.telling = "It lets the course's own library do the work: the exercise is to write it yourself."
        result.diagnosis = Diagnosis("uses_course_lib")
    else:
        result.passed = True
    result.earned["values"] = result.passed


def _judge_argument(replies: list[Reply], result: Judgement) -> None:
    changed = sorted({name for r in replies for name in r.changed})
    result.earned["argument"] = not changed
    if changed:
        _tell(result, f"It changes its argument {', '.join(changed)}: work on a copy.", "changes_argument")


# --- one reply ---------------------------------------------------------------------------------------------


def _tolerance(exercise: Exercise, probe: Probe, expected: NDArray[Any]) -> NDArray[Any]:
    if any(isinstance(a, np.ndarray) and a.dtype == np.float32 for a in probe.arguments):
        return SINGLE_RELATIVE * np.abs(expected) + SINGLE_ABSOLUTE
    condition = np.clip(exercise.condition(*probe.arguments), 1, 1e4)  # uncapped, anything would pass at 1e300
    return RELATIVE * np.abs(expected) + 8 * EPS * condition


def _wrong_entries(exercise: Exercise, probe: Probe, got: NDArray[Any]) -> NDArray[np.bool_]:
    expected = exercise.expected(*probe.arguments)
    return ~(np.abs(got.astype(np.float64) - expected) <= _tolerance(exercise, probe, expected))


def _case(exercise: Exercise, probe: Probe, reply: Reply) -> Case:
    expected = exercise.expected(*probe.arguments)
    if reply.value is None:
        return Case(probe.label, probe.label, reply.sentence, "an array of numbers", ok=False)
    if reply.value.shape != expected.shape:
        return Case(probe.label, probe.label, f"shape {reply.value.shape}", f"shape {expected.shape}", ok=False)
    wrong = np.atleast_1d(_wrong_entries(exercise, probe, reply.value))
    if not wrong.any():
        return Case(probe.label, probe.label, "right", "right", ok=True)
    at = _least_extreme(exercise, probe, np.ravel(wrong))
    return Case(
        probe.label,
        _shown_input(exercise, probe.arguments, at),
        f"{np.ravel(reply.value)[at]:.5g}",
        f"{np.ravel(expected)[at]:.5g}",
        ok=False,
    )


def _least_extreme(exercise: Exercise, probe: Probe, wrong: NDArray[np.bool_]) -> int:
    """Return the place of the wrong entry whose input is smallest: that is the one to look at."""
    places = np.flatnonzero(wrong)
    if not exercise.elementwise:
        return int(places[0])
    return int(places[np.argmin(np.abs(np.ravel(probe.arguments[0])[places]))])


def _too_weak(exercise: Exercise, probe: Probe) -> bool:
    """Return whether what a learner can recompute is too far off to judge some of these inputs."""
    shown = np.asarray(exercise.shown(*probe.arguments), dtype=np.float64)
    return not np.allclose(shown, exercise.expected(*probe.arguments), rtol=1e-3, atol=0)


def _shown_input(exercise: Exercise, arguments: tuple[Any, ...], at: int) -> str:
    if not exercise.elementwise:
        return f"entry {at} for arguments of shapes {', '.join(str(np.shape(a)) for a in arguments)}"
    first, *others = arguments
    entry = float(np.ravel(first)[at])
    return ", ".join(f"{name} = {value:.6g}" for name, value in zip(exercise.arguments, (entry, *others), strict=True))


def _judge_part(exercise: Exercise, probe: Probe, reply: Reply, result: Judgement) -> None:
    """Judge one probe that is not about the values; the first thing that is wrong is told."""
    case = _case(exercise, probe, reply)
    if probe.part == "extremes" and _too_weak(exercise, probe):
        case = replace(case, label=f"{case.label} (for some the finite difference is too weak: the library judged)")
    result.cases.append(case)
    wrong = _what_is_wrong(exercise, probe, reply, case, result)
    result.earned[probe.part] = result.earned.get(probe.part, True) and wrong is None
    if wrong:
        _tell(result, wrong.sentence, wrong.slip)


def _tell(result: Judgement, sentence: str, slip: str) -> None:
    if not result.telling:
        result.telling, result.diagnosis = sentence, Diagnosis(slip)


def _what_is_wrong(exercise: Exercise, probe: Probe, reply: Reply, case: Case, result: Judgement) -> Diagnosis | None:
    if reply.value is None:
        if probe.label == "an empty array" and "otypes" in reply.sentence:  # numpy's own words for np.vectorize
            result.notes.append("For an empty array np.vectorize raises; with otypes=[float] it does not.")
            return None
        return Diagnosis(
            reply.trouble or "raises", f"For {probe.label}: {reply.sentence[:1].lower()}{reply.sentence[1:]}"
        )
    if case.got.startswith("shape"):
        return Diagnosis("wrong_shape", f"For {probe.label} it returns {case.got} instead of {case.expected}.")
    kind = reply.value.dtype.kind
    if probe.part == "shapes" and kind == "b":
        return Diagnosis("boolean", "It returns truth values, which can't be subtracted; a slope is a number.")
    if probe.part == "shapes" and kind in "iu" and case.ok:
        result.notes.append(f"For {probe.label} it returns whole numbers; float64 is the safer habit.")
    if probe.label == "single precision" and reply.value.dtype != np.float32 and case.ok:
        result.notes.append(f"For single precision it returns {reply.value.dtype}.")
    if case.ok or (probe.part == "shapes" and not result.passed):
        return None  # where the values are wrong anyway, only shape and dtype are of interest here
    if case.got == "nan":
        nans = np.isnan(np.ravel(reply.value))
        x = np.ravel(probe.arguments[0])[_least_extreme(exercise, probe, nans)] if exercise.elementwise else np.inf
        overflow = abs(x) > 1 and any("overflow" in warning for warning in reply.warned)
        slip, why = (
            ("overflow", "something overflows on the way.")
            if overflow
            else ("nan", "is it 0/0, or infinity minus infinity?")
        )
        return Diagnosis(slip, f"At {case.input} it returns nan instead of {case.expected}: {why}")
    return Diagnosis(
        f"{probe.part}_wrong",
        f"At {case.input} ({probe.label}) it returns {case.got} instead of {case.expected}.",
    )


# --- what went wrong ------------------------------------------------------------------------------------------


def _explain_trouble(exercise: Exercise, caller: Caller, probe: Probe, reply: Reply, result: Judgement) -> None:
    """Explain why there are no values to judge."""
    kind: str = reply.trouble or "wrong_shape"
    sentence = reply.sentence
    if reply.value is not None:
        got = "one number" if reply.value.shape == () else f"shape {reply.value.shape}"
        sentence = f"It returns {got} where shape {exercise.expected(*probe.arguments).shape} is asked for."
    if (kind == "returns_none" and _does_nothing(caller.function)) or (
        kind == "unfinished" and _always_unfinished(exercise, caller, probe)
    ):
        result.diagnosis = Diagnosis("not_attempted")
        return
    if kind == "raises" and exercise.elementwise and _right_for_numbers(exercise, caller, probe):
        kind = "scalar_only"
        sentence = f"It is right for one number at a time, but it can't take an array. {sentence}"
    result.diagnosis, result.telling = Diagnosis(kind), sentence


#: What the code of a function consists of that does nothing, in the words of Python's disassembler.
_EMPTY = {"RESUME", "NOP", "LOAD_CONST", "POP_TOP", "RETURN_VALUE", "RETURN_CONST"}


def _does_nothing(function: Any) -> bool:
    """Return whether a function has no statements: `pass`, `...` or only a docstring."""
    code = getattr(function, "__code__", None)
    return isinstance(code, CodeType) and {i.opname for i in dis.get_instructions(code)} <= _EMPTY


def _always_unfinished(exercise: Exercise, caller: Caller, probe: Probe) -> bool:
    """Return whether NotImplementedError comes for every input, not only for a case that is not written yet."""
    if not exercise.elementwise:
        return True
    first, *others = probe.arguments
    return all(caller(np.asarray(x), *others).trouble == "unfinished" for x in (np.max(first), np.min(first)))


def _right_for_numbers(exercise: Exercise, caller: Caller, probe: Probe) -> bool:
    first, *others = probe.arguments
    for x in np.ravel(first)[:10]:
        one = Probe("values", "one number", (float(x), *others))
        reply = caller(*one.arguments)
        if reply.value is None or reply.value.shape != () or _wrong_entries(exercise, one, reply.value).any():
            return False
    return True


def _example(exercise: Exercise, caller: Caller, values: list[Probe], got: list[NDArray[Any]]) -> str:
    """Return one telling example: 'At x = 2 you return -2; the finite difference of sigmoid there is 0.10499'."""
    for arguments in exercise.examples:
        reply = caller(np.asarray(arguments[0]), *arguments[1:])
        wanted = np.asarray(exercise.shown(*arguments))
        if reply.value is None or reply.value.shape != wanted.shape:
            continue
        if not np.allclose(reply.value.astype(np.float64), wanted, rtol=0.01, atol=1e-6):
            at = f"At {_arguments_shown(exercise, arguments)} you return {_numbers(reply.value)}"
            return f"{at}; {exercise.shown_as} is {_numbers(wanted)}."
    for probe, answer in zip(values, got, strict=True):
        wrong = np.ravel(_wrong_entries(exercise, probe, answer))
        if wrong.any():
            worst = int(np.argmax(wrong))
            given, right = np.ravel(answer)[worst], np.ravel(exercise.expected(*probe.arguments))[worst]
            return f"At {_shown_input(exercise, probe.arguments, worst)} you return {given:.15g}, not {right:.15g}."
    return ""


def _arguments_shown(exercise: Exercise, arguments: tuple[Any, ...]) -> str:
    return ", ".join(f"{n} = {_numbers(np.asarray(a))}" for n, a in zip(exercise.arguments, arguments, strict=True))


def _numbers(array: NDArray[Any]) -> str:
    if array.shape == ():
        return f"{float(array):.5g}"
    return np.array2string(array, precision=4, suppress_small=True, separator=", ").replace("\n", "")


def _is_approximate(exercise: Exercise, probe: Probe, got: NDArray[Any]) -> bool:
    if len(exercise.arguments) != 1:
        return False  # how much rounding a right form may have depends on the other arguments
    expected = exercise.expected(*probe.arguments)
    small = (np.abs(probe.arguments[0]) <= 3) & (expected != 0)
    return bool(np.median(np.abs(got - expected)[small] / np.abs(expected)[small]) > APPROXIMATE)


# --- what costs no points ----------------------------------------------------------------------------------------


def _note(exercise: Exercise, caller: Caller, result: Judgement) -> None:
    missing = foreign_names(caller.function)
    if missing:
        names = ", ".join(f"`{n}`" for n in missing)
        result.notes.append(
            f"It uses {names} from outside its cell. When homework is graded only numpy and math are there: "
            "move helpers into the cell."
        )
    overflow = sorted(w for w in caller.warned if "overflow" in w or "divide by zero" in w)
    if overflow and result.earned.get("extremes"):
        result.notes.append(f"On the way numpy warned: {overflow[0]}. Here the limit is right all the same.")
    if all(result.earned.get(p, True) for p in PARTS) and exercise.insight:
        insight = exercise.insight(lambda x: caller(x).value)
        if insight:
            result.notes.append(insight)
