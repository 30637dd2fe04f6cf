"""One sentence on an exception in the learner's code: where, what, and what most often causes it."""

import traceback
from pathlib import Path

# What a learner most often did when this error appears, by a piece of the error's text.
_USUAL_CAUSES = {
    "only length-1 arrays": "Functions of `math` take one number; those of numpy, such as np.exp, take arrays.",
    "only 0-dimensional arrays": "Functions of `math` take one number; those of numpy, such as np.exp, take arrays.",
    "truth value of an array": "`if` can't decide for a whole array at once; np.where decides for each entry.",
    "could not be broadcast": "Two arrays have shapes that don't fit together.",
    "is not defined": "A name is used that this cell does not define; imports and helpers belong in the cell.",
    "maximum recursion": "The function calls itself without end.",
    "does not support item assignment": "A single number (0-d array) has no entries to assign to.",
    "iteration over a 0-d array": "A loop needs an array; the argument may also be a single number.",
    "matmul": "In a matrix product the first needs as many columns as the second has rows; .T turns a matrix over.",
    "math range error": "math.exp raises where its result is too large; np.exp gives inf.",
    "Integers to negative integer powers": "Whole numbers can't hold a fraction; convert x to float first.",
    "only integer scalar arrays": "range needs one whole number; np.arange(len(x)) or x.size may be what you mean.",
    "only integers, slices": "A loop `for v in x` gives the entries of x, not their places.",
}

_OURS = Path(__file__).parent


def sentence_on(error: BaseException) -> str:
    """Return what was raised, in which of the learner's lines, and the usual cause."""
    try:
        text = " ".join(str(error).split())[:160]
    except Exception:
        text = "its message can't be shown"
    cause = next((c for piece, c in _USUAL_CAUSES.items() if piece in text), "")
    line = _learners_line(error)
    place = f" in the line `{line}`" if line else ""
    return f"It raises {type(error).__name__}{place}: {text or 'no message'}. {cause}".strip()


def _learners_line(error: BaseException) -> str:
    """Return the innermost source line that is the learner's: after ours, before a library's."""
    frames = traceback.extract_tb(error.__traceback__, limit=50)
    theirs = [f for f in frames if _OURS not in Path(f.filename).parents]
    own = [f for f in theirs if f.filename == theirs[0].filename]
    return (own[-1].line or "").strip()[:120] if own else ""
