"""One sentence on an exception in the learner's code: where, what most often causes it, and Python's words."""

import ast
import inspect
import linecache
import re
import textwrap
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

_OURS = Path(__file__).parent


@dataclass(frozen=True)
class _Place:
    """Where it failed: the line, and the code of the function that it stands in."""

    line: str = ""
    code: CodeType | None = None

    @property
    def function(self) -> str:
        """All the lines of that function; looked up where they are needed, which is seldom."""
        if self.code is None:
            return ""
        try:
            # Not inspect.getsourcelines, which goes through every module that is loaded to find the file.
            return "".join(inspect.getblock(linecache.getlines(self.code.co_filename)[self.code.co_firstlineno - 1 :]))
        except SyntaxError:  # as where the lines are not those that were run
            return ""


# --- what most often causes an error: a piece of its text, and a cause, which may depend on the place -----------------

_MATH = "Functions of `math` take one number; those of numpy, such as np.exp, take arrays."
_POWER = "A power is written `**` in Python; `^` compares the bits of whole numbers."
_PRODUCT = "In a matrix product the first needs as many columns as the second has rows; .T turns a matrix over."


#: A number in the learner's code: 1, 0.5 or .5, not the 1 of x1.
_NUMBER = r"(?<![\w.])\.?\d[\d.]*"
#: What takes an axis away from an array.
_REDUCTIONS = frozenset({"sum", "max", "min", "mean", "amax", "amin", "nansum", "nanmax", "prod", "logsumexp"})


def _truth_value(place: _Place) -> str:
    line = place.line
    if re.search(r"(?<![\w.])(max|min)\(", line):
        return "Python's max and min compare single numbers; np.maximum and np.minimum do so for each entry."
    if _chains_comparisons(line):
        return "`a < x < b` does not work on arrays; write `(a < x) & (x < b)`."
    if re.search(r"\b(and|or)\b", line):
        return "`and` and `or` do not work on arrays; write `&` and `|`, with brackets around each comparison."
    if re.search(r"[!=]=", line) and not re.search(rf"[!=]=\s*-?{_NUMBER}|{_NUMBER}\s*[!=]=", line):
        return "One verdict is needed here, and a whole array is none: np.any or np.all makes one of it."
    where = "np.where decides for each entry; np.any and np.all make one verdict of them all."
    return f"`if` can't decide for a whole array at once. {where}"


def _chains_comparisons(line: str) -> bool:
    statement = re.sub(r"^el(?=if\b)", "", line)
    for source in (statement, f"{statement} pass", statement.removesuffix(":")):
        try:
            nodes = list(ast.walk(ast.parse(source)))
        except SyntaxError:  # one line of several, or the head of a block
            continue
        return any(isinstance(node, ast.Compare) and len(node.ops) > 1 for node in nodes)
    return bool(re.search(r"<=?[^<>=,()&|]+<", line))


def _shapes(place: _Place) -> str:
    cause = "Two arrays have shapes that don't fit together."
    if _loses_an_axis(place.function):
        return f"{cause[:-1]}: after a sum or maximum along an axis that axis is gone; keepdims=True keeps it."
    return cause


def _loses_an_axis(function: str) -> bool:
    """Return whether any one call adds up, or the like, along an axis and does not keep it."""
    try:
        nodes = list(ast.walk(ast.parse(textwrap.dedent(function))))
    except SyntaxError:  # a lambda in the midst of something
        return "axis" in function and "keepdims" not in function
    for call in nodes:
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
            continue
        of_numpy = isinstance(call.func.value, ast.Name) and call.func.value.id in ("np", "numpy")
        named = {keyword.arg for keyword in call.keywords}
        along = "axis" in named or len(call.args) > of_numpy
        if call.func.attr in _REDUCTIONS and along and "keepdims" not in named:
            return True
    return False


def _whole_number(place: _Place) -> str:
    call = re.search(r"\b(?:np\.)?(eye|identity|zeros|ones|empty|full|range)\(\s*(\w*)", place.line)
    name, argument = call.groups() if call else ("range", "x")
    if name in ("eye", "identity"):
        return f"np.{name} needs one whole number, such as len({argument or 'x'})."
    if name != "range":
        return f"np.{name} needs a shape, such as {argument or 'x'}.shape."
    return "range needs one whole number; np.arange(len(x)) or x.size may be what you mean."


_USUAL_CAUSES: dict[str, str | Callable[[_Place], str]] = {
    "only length-1 arrays": _MATH,
    "only 0-dimensional arrays": _MATH,
    "truth value of an array": _truth_value,
    "could not be broadcast": _shapes,
    "is not defined": "A name is used that this cell does not define; imports and helpers belong in the cell.",
    "No module named": "When homework is graded only numpy and math are there.",
    "maximum recursion": "The function calls itself without end.",
    "does not support item assignment": "A single number (0-d array) has no entries to assign to.",
    "out of bounds for array of dimension": "A vector has one axis, number 0; axis=-1 is the last one of any array.",
    "iteration over a 0-d array": "A loop needs an array; the argument may also be a single number.",
    "bitwise_xor": _POWER,
    "for ^": _POWER,
    "matmul": _PRODUCT,
    "not aligned": _PRODUCT,
    "math range error": "math.exp raises where its result is too large; np.exp gives inf.",
    "Integers to negative integer powers": "Whole numbers can't hold a fraction; convert x to float first.",
    "only integer scalar arrays": _whole_number,
    "cannot be interpreted as an integer": _whole_number,
    "only integers, slices": "A loop `for v in x` gives the entries of x, not their places.",
}


# --- the sentence ----------------------------------------------------------------------------------------------------


def sentence_on(error: BaseException) -> str:
    """Return what was raised, in which of the learner's lines, the usual cause, and what Python says."""
    try:
        text = " ".join(str(error).split())[:160]
    except Exception:
        text = "its message can't be shown"
    place = _learners_place(error)
    raised = f"It raises {type(error).__name__}" + (f" in the line `{place.line}`" if place.line else "")
    cause = next((c for piece, c in _USUAL_CAUSES.items() if piece in text), None)
    if cause is None:
        return f"{raised} and says: {text or 'nothing'}."
    advice = cause if isinstance(cause, str) else cause(place)
    return f"{raised}. {advice} (Python says: {_shortened(text)}.)"


def _shortened(text: str) -> str:
    """Leave out what numpy adds for those who know its inner language, and its second sentence."""
    return re.sub(r", with gufunc signature \S+|, gufunc core with signature \S+ requires \d", "", text).split(". ")[0]


def _learners_place(error: BaseException) -> _Place:
    """Return the innermost source line that is the learner's: after ours, before a library's."""
    walked = list(traceback.walk_tb(error.__traceback__))[:50]
    theirs = [(f.f_code, n) for f, n in walked if _OURS not in Path(f.f_code.co_filename).parents]
    own = [(code, number) for code, number in theirs if code.co_filename == theirs[0][0].co_filename]
    if not own:
        return _Place()
    code, number = own[-1]
    # Not counted from the top of the code: a generator's is elsewhere than that of the function it stands in.
    line = linecache.getline(code.co_filename, number)
    functions = [c for c, _ in own if not c.co_name.startswith("<") or c.co_name == "<lambda>"] or [code]
    return _Place(line.strip()[:120], functions[-1])
