"""What a verdict says: what is right, what is wrong, and what costs no points."""

from course_lib.checking.approximations import APPROXIMATIONS
from course_lib.checking.exercise import PARTS, Exercise, Part
from course_lib.checking.judge import Judgement


def message(exercise: Exercise, judgement: Judgement) -> str:
    """Return what is right, the one thing that is most useful to know, and the notes: a sentence a line."""
    unfinished = judgement.diagnosis is not None and judgement.diagnosis.slip == "not_attempted"
    points = f"{judgement.points(exercise):g} of {exercise.max_points:g} points"
    if not exercise.max_points:
        points = "right" if judgement.passed else "not right yet"
    if unfinished:
        return f"{exercise.name}: not attempted yet" + (f" ({points})." if exercise.max_points else ".")
    lines = [f"{exercise.name}: {points}.", _what_is_right(exercise, judgement), judgement.telling]
    if judgement.diagnosis:
        lines.append(judgement.diagnosis.sentence)
    return "\n".join(line for line in [*lines, *judgement.notes] if line)


def _what_is_right(exercise: Exercise, judgement: Judgement) -> str:
    if judgement.passed:
        asked = [p for p in PARTS if p in exercise.parts or not exercise.max_points]
        names = {**PARTS, "shapes": _shapes_part(exercise, judgement)}
        return f"Right: {', '.join(names[p] for p in asked if judgement.earned.get(p))}."
    if judgement.values_right:
        return ""  # what is wrong is not in the values
    kept = [says for part, says in _kept(exercise, judgement).items() if judgement.earned.get(part)]
    if not kept:
        return ""
    if judgement.diagnosis is not None and judgement.diagnosis.slip in APPROXIMATIONS:
        return f"It {' and '.join(kept)}; its values come near {exercise.wanted}, but not to its last digits."
    return f"It {' and '.join(kept)}; {_not_yet(exercise)}."


def _shapes_part(exercise: Exercise, judgement: Judgement) -> str:
    if exercise.one_number:
        return "inputs of other shapes"
    return PARTS["shapes"] if exercise.elementwise and not judgement.dtype_noted else "shapes"


def _kept(exercise: Exercise, judgement: Judgement) -> dict[Part, str]:
    """Return what is right beside the values, where it is worth telling."""
    alone = f"leaves its argument{'s' * (len(exercise.arguments) > 1)} alone"
    if exercise.returns.what == "truth":
        return {"shapes": "takes x of any shape", "argument": alone}
    if exercise.one_number:
        return {"shapes": "returns one number", "argument": alone}
    if not exercise.elementwise:
        shapes = "shapes" if exercise.returns.names else "shape"
        return {"shapes": f"gives the right {shapes}", "argument": alone}
    return {"shapes": "keeps the shape" if judgement.dtype_noted else "keeps shape and dtype", "argument": alone}


def _not_yet(exercise: Exercise) -> str:
    if exercise.not_yet:
        return exercise.not_yet
    if exercise.returns.what == "truth":
        return "its verdicts are not all right yet"
    if exercise.returns.what == "place":
        return "its indices are not all right yet"
    if exercise.one_number:
        return f"the number is not always {exercise.wanted} yet"
    return f"its values are not {exercise.wanted} yet"
