"""The judgement: is this function the one that the exercise asks for? Part by part, with one reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from course_lib.checking.answer import Answer, Gone
from course_lib.checking.approximations import COMPLEX_STEP, FINITE_DIFFERENCE, is_approximate, watched
from course_lib.checking.calling import Reply
from course_lib.checking.deadline import TimeIsUp
from course_lib.checking.diagnosis import diagnose
from course_lib.checking.example import telling_example
from course_lib.checking.exercise import PARTS, Case, Exercise, Part
from course_lib.checking.known_slips import Diagnosis, extreme_slip
from course_lib.checking.showing import sentence_case
from course_lib.checking.trial import Asked, Trial, draw, tried
from course_lib.checking.unanswered import explained


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
    dtype_noted : bool
        Whether one of the notes is on the dtype.
    cases : list of Case
        What was tried.
    bytes_allowed : int
        How much memory the answer could take at once, where that was judged.
    """

    passed: bool = False
    values_right: bool = False
    earned: dict[Part, bool] = field(default_factory=dict)
    diagnosis: Diagnosis | None = None
    telling: str = ""
    notes: list[str] = field(default_factory=list)
    dtype_noted: bool = False
    cases: list[Case] = field(default_factory=list)
    bytes_allowed: int = 0

    def points(self, exercise: Exercise) -> float:
        """Return the points: without right values the other parts count nothing."""
        return float(sum(p for part, p in exercise.parts.items() if self.passed and self.earned.get(part)))

    def tell(self, problem: Diagnosis) -> None:
        """Tell a problem, if it is the first."""
        if not self.telling:
            self.telling, self.diagnosis = problem.sentence, Diagnosis(problem.slip)

    def note(self, sentence: str) -> None:
        """Note what costs nothing, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)


def judge(
    exercise: Exercise, answer: Answer, rng: np.random.Generator, drawn: Sequence[Asked] | None = None
) -> Judgement:
    """Judge an answer to `exercise`.

    Parameters
    ----------
    exercise : Exercise
        What is asked.
    answer : Answer
        The learner's function, or whatever was handed in, wherever it runs.
    rng : numpy.random.Generator
        Draws the order of the questions, and what is asked unless that is given.
    drawn : sequence of Asked, optional
        What is asked, where it was drawn for everybody.
    """
    result = Judgement()
    if drawn is None:
        drawn = draw(exercise, rng, graded=answer.confined)
    try:
        with answer.in_time(), np.errstate(all="ignore"):  # our own comparisons; the answer has its own state
            _judge(exercise, answer, drawn, rng, result)
    except TimeIsUp:
        stopped = f"It was stopped after {answer.seconds:g} seconds"
        result = Judgement(
            diagnosis=Diagnosis("endless"), telling=f"{stopped}: is there a loop that never ends, or does it wait?"
        )
    except Gone as gone:
        result = Judgement(diagnosis=Diagnosis(gone.slip), telling=gone.sentence)
    if answer.printed:
        result.notes.append(f"Your function printed: {answer.printed.strip()[:200]}")
    return result


def _judge(
    exercise: Exercise, answer: Answer, drawn: Sequence[Asked], rng: np.random.Generator, result: Judgement
) -> None:
    of_values = [asked for asked in drawn if asked.probe.part == "values"]
    # Called in a drawn order, which can't be guessed; told in the exercise's own, which is the same each time.
    order = rng.permutation(len(of_values)).tolist()
    called = dict(zip(order, tried(answer, *(of_values[i] for i in order)), strict=True))
    values = [called[i] for i in range(len(of_values))]
    if not all(t.fits for t in values):
        result.telling, result.diagnosis = explained(exercise, answer, values)
        if answer.confined:
            _note_foreign_names(exercise, answer, result)
        return
    _judge_values(exercise, answer, values, result)
    # The first question twice more: an answer that remembers may be right at every other call.
    again = [of_values[0]] * 2 if result.passed else []
    beside = [asked for asked in drawn if asked.probe.part not in ("values", "memory")]
    replies = tried(answer, *again, *beside)
    others = replies[len(again) :]
    if not all(_same_again(values[0], t) for t in replies[: len(again)]):
        _unsteady(result)
    _judge_argument([*values, *others], result)
    for trial in others:
        _judge_part(trial, result)
    if not answer.confined:
        result.cases += map(_case, others)
    _note_dtype(others, result)
    if result.passed:
        for asked in (a for a in drawn if a.probe.part == "memory"):
            _judge_memory(answer, asked, result)
        _note_habits(exercise, values, result)
        _note(exercise, answer, result)


def _judge_values(exercise: Exercise, answer: Answer, trials: list[Trial], result: Judgement) -> None:
    result.cases = [] if answer.confined else [t.case() for t in trials]
    result.values_right = all(t.ok for t in trials)
    if not result.values_right:
        result.telling = telling_example(exercise, answer, trials)
        result.diagnosis = diagnose(exercise, answer, trials)
        return
    seen = watched(answer, exercise, trials[0].probe.arguments)
    if seen.complex_step:
        result.telling, result.diagnosis = "Its values are right.", COMPLEX_STEP
    elif seen.differences:  # of a straight line a difference with a round step is exact
        result.telling, result.diagnosis = "Its values are right for these inputs.", FINITE_DIFFERENCE
    elif is_approximate(trials):
        result.telling = "Its values are near the right ones, but they are not the formula's."
        result.diagnosis = diagnose(exercise, answer, trials)
    elif answer.lets_the_course_answer(exercise):
        result.telling = "It lets the course's own library do the work: the exercise is to write it yourself."
        result.diagnosis = Diagnosis("uses_course_lib")
    else:
        result.passed = True
    result.earned["values"] = result.passed


def _same_again(first: Trial, again: Trial) -> bool:
    return again.fits and np.array_equal(again.got, first.got, equal_nan=True)


def _unsteady(result: Judgement) -> None:
    """Take back that the values are right."""
    result.passed = result.earned["values"] = False
    result.telling = "Its values are right at first, but asked again with the same input it gives other ones."
    result.diagnosis = Diagnosis("unsteady", "Does it remember earlier calls, or draw random numbers?")


def _judge_argument(trials: list[Trial], result: Judgement) -> None:
    changed = sorted({name for t in trials for name in t.reply.changed})
    result.earned["argument"] = not changed
    if changed:
        problem = Diagnosis("changes_argument", f"It changes its argument {', '.join(changed)}: work on a copy.")
        if result.telling and not result.diagnosis:
            result.diagnosis = problem  # perhaps the reason why the values are wrong
        result.tell(problem)


def _case(trial: Trial) -> Case:
    """Return what the report says of a probe that is not about the values."""
    case = trial.case()
    if trial.probe.part == "extremes" and trial.finite_difference_too_weak:
        return replace(case, label=f"{case.label} (for some the finite difference is too weak: the library judged)")
    return case


def _judge_part(trial: Trial, result: Judgement) -> None:
    """Judge one probe that is not about the values; the first thing that is wrong is told."""
    part = trial.probe.part
    problem = _problem(trial, result)
    result.earned[part] = result.earned.get(part, True) and problem is None
    if problem:
        result.tell(problem)


def _problem(trial: Trial, result: Judgement) -> Diagnosis | None:
    reply, label, part = trial.reply, trial.probe.label, trial.probe.part
    if reply.values is None:
        if label == "an empty array" and "otypes" in reply.sentence:  # numpy's own words for np.vectorize
            result.note("For an empty array np.vectorize raises; with otypes=[float] it does not.")
            return None
        return Diagnosis(reply.trouble or "raises", f"For {label}: {sentence_case(reply.sentence)}")
    shape_shown = trial.exercise.returns.shape_shown
    if not trial.fits:
        returned, wanted = shape_shown(reply.values), shape_shown(trial.expected)
        return Diagnosis("wrong_shape", f"For {label} it returns {returned} instead of {wanted}.")
    if part == "shapes" and trial.exercise.returns.what == "numbers":
        kinds = {v.dtype.kind for v in reply.values}
        if "b" in kinds:
            return Diagnosis("boolean", "It returns truth values, which can't be subtracted; a slope is a number.")
        problem = _on_dtype(trial)
        if problem:
            return problem
    if trial.ok or (part == "shapes" and not result.passed):
        return None  # where the values are wrong anyway, only shape and dtype are of interest here
    at = trial.telling_entry
    where, wanted = trial.entry_shown(at), trial.wanted_shown(at)
    named = None if result.telling else extreme_slip(trial)  # only the first problem is told
    if np.isnan(trial.got[at]):
        return _on_nan(trial, where, wanted, named)
    got, wanted = trial.both_shown(at)
    low, high = (bound[at] for bound in trial.bounds)
    slip = "wrong_at_kink" if low < high else f"{part}_wrong"
    found = f"At {where} ({label}) it returns {got} instead of {wanted}"
    return Diagnosis(named.slip, f"{found}. {named.sentence}") if named else Diagnosis(slip, f"{found}.")


def _note_dtype(trials: list[Trial], result: Judgement) -> None:
    """Note once that whole numbers, or single precision, came back as something else."""
    told = [t for t in trials if t.probe.part == "shapes" and t.ok and t.exercise.returns.what == "numbers"]
    whole = [t for t in told if t.wanted.size and any(v.dtype.kind in "iu" for v in t.reply.values or ())]
    why = "That costs no points; but numpy cuts off every fraction that is stored in such an array later."
    if any(t.probe.label != "whole numbers" for t in whole):
        result.note(f"It returns whole numbers, where float64 is the safer choice. {why}")
    elif whole and whole[0].exercise.elementwise:  # of a product of whole matrices nobody expects anything else
        result.note(f"For whole numbers it returns whole numbers, where float64 is the safer choice. {why}")
    single = [t for t in told if t.exercise.elementwise and t.probe.label == "single precision"]
    # A slope that takes two values, as of np.where(x > 0, 1.0, 0.0), is exact in any precision.
    widened = [t for t in single if t.reply.value is not None and t.reply.value.dtype == np.float64]
    if not whole and any(np.unique(t.wanted).size > 2 for t in widened):
        result.note(
            "For single precision (float32) it returns float64. That costs no points; but what is computed with "
            "it then is float64 too, and takes twice the memory."
        )
    result.dtype_noted = bool(whole) or bool(widened)


def _on_dtype(trial: Trial) -> Diagnosis | None:
    """Look at the precision of an element-wise answer: where it must be kept, another one is a problem."""
    exercise, values = trial.exercise, trial.reply.values
    if not exercise.elementwise or not values or not trial.ok:
        return None
    given = trial.probe.arguments[exercise.input_places[0]].dtype
    returned = values[0].dtype
    if not exercise.keeps_dtype or given.kind != "f" or returned.kind != "f" or given == returned:
        return None
    sentence = f"For {trial.probe.label} it returns {returned}, where {given} went in: here the dtype should stay."
    return Diagnosis("wrong_dtype", sentence)


def _on_nan(trial: Trial, where: str, wanted: str, named: Diagnosis | None) -> Diagnosis:
    tried_with = "" if trial.exercise.elementwise else f" ({trial.probe.label})"  # there an entry alone says little
    found = f"At {where}{tried_with} it returns nan instead of {wanted}"
    if named:
        return Diagnosis(named.slip, f"{found}. {named.sentence}")
    places = trial.exercise.input_places
    x = np.inf
    if places:
        nans = np.isnan(trial.got)
        x = np.min(np.abs(np.broadcast_to(trial.arguments[places[0]], trial.shapes[0]).ravel()[nans]))
    overflows = x > 1 and any("overflow" in warning for warning in trial.reply.warned)
    slip, why = (
        ("overflow", "something overflows on the way.")
        if overflows
        else ("nan", "is it 0/0, or infinity minus infinity?")
    )
    return Diagnosis(slip, f"{found}: {why}")


def _judge_memory(answer: Answer, asked: Asked, result: Judgement) -> None:
    """Measure one call; it is stopped sooner than others, since what is slow here is far too slow when graded."""
    probe = asked.probe
    held, allowed = 0, probe.bytes_allowed or 0
    result.bytes_allowed = max(result.bytes_allowed, allowed)
    try:
        reply, held = answer.measured(*probe.arguments)
        trial = Trial(asked, reply)
        result.cases.append(trial.case())
        problem = _problem(trial, result)
        if problem and "MemoryError" in reply.sentence:
            problem = replace(problem, slip="too_much_memory")
    except Gone as gone:
        result.cases.append(Case(probe.label, probe.label, "no reply", "an array of numbers", ok=False))
        problem = Diagnosis(gone.slip, f"For {probe.label}: {sentence_case(gone.sentence)}")
    except TimeIsUp:
        slow = f"For {probe.label} it was stopped after {answer.measured_seconds:g} seconds."
        result.cases.append(Case(probe.label, probe.label, "no reply in time", "an array of numbers", ok=False))
        problem = Diagnosis("slow", f"{slow} Can one operation on whole arrays stand for the loop?")
    if problem is None and held > allowed:
        problem = too_much_memory(f"For {probe.label} it holds", held, allowed)
    result.earned["memory"] = problem is None
    if problem:
        result.tell(problem)


def too_much_memory(holds: str, held: int, allowed: int) -> Diagnosis:
    """Say that an answer holds more bytes at once than are plenty."""
    sentence = f"{holds} {held / 1e6:.0f} MB at once, where {allowed / 1e6:.0f} MB are plenty"
    return Diagnosis("too_much_memory", f"{sentence}: there is a matrix that need not exist.")


# --- what costs no points ------------------------------------------------------------------------------------


def _note_habits(exercise: Exercise, trials: list[Trial], result: Judgement) -> None:
    kinds = {v.dtype.kind for t in trials for v in t.reply.values or ()}
    if exercise.returns.what == "truth" and kinds != {"b"}:
        result.note("It returns a number for a verdict; bool(...) makes True or False of it.")
    if exercise.returns.what == "place" and not kinds <= set("iu"):
        result.note("What it returns is no whole number by its type; int(...) makes one, as lists ask for.")


def _note_foreign_names(exercise: Exercise, answer: Answer, result: Judgement) -> None:
    """Tell beforehand, or when it has failed because of it, what an answer uses that a grader does not have."""
    missing = answer.foreign_names(exercise.given)
    if missing:
        names = ", ".join(f"`{n}`" for n in missing)
        *first, last = (f"`{name}`" for name in ("np", "math", *exercise.given))
        result.note(
            f"It uses {names} from outside its cell. When homework is graded only {', '.join(first)} and {last} are "
            "there: move helpers into the cell."
        )


def _note(exercise: Exercise, answer: Answer, result: Judgement) -> None:
    if not answer.confined:  # there it has just worked without them
        _note_foreign_names(exercise, answer, result)
    overflow = sorted(w for w in answer.warned if "overflow" in w or "divide by zero" in w)
    if overflow and result.earned.get("extremes"):
        result.note(f"On the way numpy warned: {overflow[0]}. Here the limit is right all the same.")
    if all(result.earned.get(p, True) for p in PARTS) and exercise.insight:
        try:
            insight = exercise.insight(lambda *arguments: _only(answer(*arguments)))
        except Exception:  # just here it gives something odd, such as another shape: nobody asked for it, so no matter
            insight = None
        if insight:
            result.note(insight)


def _only(reply: Reply) -> Any:
    """Return the first result; where there was trouble, something that an insight can't take for right."""
    return np.nan if reply.value is None else reply.value
