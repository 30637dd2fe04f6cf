"""Calls a learner's function and always comes back: with an array, or with one sentence on what happened."""

import contextlib
import inspect
import io
import traceback
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from course_lib.checking.deadline import TimeIsUp

#: Seconds that one check may take in the learner's code.
DEADLINE = 10.0
#: Characters of the learner's own output that are kept.
OUTPUT_KEPT = 400

Trouble = Literal["unfinished", "raises", "returns_none", "not_an_array", "wrong_arguments"]


@dataclass(frozen=True)
class Reply:
    """What came back from one call.

    Attributes
    ----------
    value : array or None
        What was returned, as a plain numpy array; None where there was trouble.
    trouble : str or None
        What kind of trouble.
    sentence : str
        What to tell the learner about it.
    changed : tuple of str
        The arguments that the function changed.
    warned : frozenset of str
        What numpy or others warned of in this call.
    """

    value: NDArray[Any] | None
    trouble: Trouble | None = None
    sentence: str = ""
    changed: tuple[str, ...] = ()
    warned: frozenset[str] = frozenset()


class _FirstCharacters(io.TextIOBase):
    """Keeps the beginning of what is printed, and drops the rest."""

    def __init__(self) -> None:
        self.text = ""

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text[: max(0, OUTPUT_KEPT - len(self.text))]
        return len(text)


@dataclass
class Caller:
    """Calls one learner's function with many arguments, and collects what it prints and warns about."""

    function: Any
    argument_names: tuple[str, ...]
    printed: str = ""
    warned: set[str] = field(default_factory=set)

    def __call__(self, *arguments: Any) -> Reply:
        """Return what the function makes of copies of `arguments`."""
        refused = self._refusal(arguments)
        if refused:
            return Reply(None, *refused)
        given = tuple(np.array(a) if isinstance(a, np.ndarray) else a for a in arguments)
        warned_before, self.warned = self.warned, set()
        try:
            with self.quiet():
                returned = self.function(*given)
                value = _as_array(returned)
        except (KeyboardInterrupt, TimeIsUp):
            raise
        except NotImplementedError as error:
            return Reply(None, "unfinished", _sentence_on(error))
        except BaseException as error:  # SystemExit too: it must not end the learner's kernel
            return Reply(None, "raises", _sentence_on(error))
        finally:
            warned_now, self.warned = frozenset(self.warned), self.warned | warned_before
        if isinstance(value, str):
            kind: Trouble = "returns_none" if returned is None else "not_an_array"
            return Reply(None, kind, value)
        changed = (n for n, g, a in zip(self.argument_names, given, arguments, strict=True) if not _same(g, a))
        return Reply(value, changed=tuple(changed), warned=warned_now)

    def _refusal(self, arguments: tuple[Any, ...]) -> tuple[Trouble, str] | None:
        if inspect.isclass(self.function) or not callable(self.function):
            return "wrong_arguments", f"check needs a function, but it was given {described(self.function)}."
        try:
            signature = inspect.signature(self.function)
        except Exception:  # written in C, or made so that it can't tell: then the call itself will show
            return None
        try:
            signature.bind(*arguments)
        except TypeError:
            takes = f"{len(arguments)} argument{'s' * (len(arguments) > 1)}, {', '.join(self.argument_names)}"
            return "wrong_arguments", f"The function must take {takes}; it can't be called like this."
        return None

    @contextlib.contextmanager
    def quiet(self) -> Iterator[None]:
        """Keep the learner's output, warnings and numpy's error state to this call."""
        out = _FirstCharacters()

        def show(message: Warning | str, *_: Any, **__: Any) -> None:
            if len(self.warned) < 5:
                self.warned.add(str(message))

        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(out),
            warnings.catch_warnings(),
            np.errstate(divide="warn", over="warn", invalid="warn", under="ignore"),
        ):
            warnings.simplefilter("always")
            warnings.showwarning = show
            try:
                yield
            finally:
                self.printed = self.printed or out.text


def _same(given: Any, argument: Any) -> bool:
    if not isinstance(argument, np.ndarray):
        return True
    return given.shape == argument.shape and given.dtype == argument.dtype and given.tobytes() == argument.tobytes()


def _as_array(returned: Any) -> NDArray[Any] | str:
    """Return a plain numeric array, or a sentence on why it is not one."""
    if returned is None:
        return "The function returns None: is there a `return` at its end?"
    if inspect.iscoroutine(returned):
        returned.close()
        return "The function returns a coroutine; write `def` without `async`."
    if inspect.isgenerator(returned):
        return "The function returns a generator; write `return` where it says `yield`."
    if not isinstance(returned, np.ndarray | np.generic | int | float | complex):
        advice = "; np.array(...) makes one of it" if isinstance(returned, list | tuple) else ""
        return f"The function returns {described(returned)}, not a numpy array{advice}."
    array = np.array(returned, subok=False)  # a copy: the function may fill the same array at its next call
    if array.dtype.kind == "c":
        return "The function returns complex numbers; the answer is real."
    if array.dtype.kind not in "fiub":
        return f"The function returns an array of dtype {array.dtype}, not of numbers."
    return array


def name_of(thing: Any) -> str:
    """Return a function's name; empty for what has none, or refuses to tell it."""
    try:
        name = thing.__name__
    except Exception:
        return ""
    return name if isinstance(name, str) else ""


def described(thing: Any) -> str:
    """Return a few words on what a thing is: 'None', 'the class Foo', 'an object of type dict'."""
    if thing is None:
        return "None"
    if isinstance(thing, str):
        return f"the string {thing[:40]!r}"
    if inspect.isclass(thing):
        return f"the class {thing.__name__}"
    return f"an object of type {type(thing).__name__}"


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


def _sentence_on(error: BaseException) -> str:
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
    ours = __file__
    frames = [f for f in traceback.extract_tb(error.__traceback__, limit=50) if f.filename != ours]
    if not frames:
        return ""
    own = [f for f in frames if f.filename == frames[0].filename]
    return (own[-1].line or "").strip()[:120]
