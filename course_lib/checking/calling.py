"""Calls a learner's function and always comes back: with arrays, or with one sentence on what happened."""

import contextlib
import inspect
import io
import tracemalloc
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from course_lib.checking.deadline import TimeIsUp
from course_lib.checking.errors import sentence_on
from course_lib.checking.returned import NUMBERS, Returns, Values
from course_lib.checking.showing import arguments_shown, described

#: Seconds that one check may take in the learner's code.
DEADLINE = 10.0
#: Characters of the learner's own output that are kept.
OUTPUT_KEPT = 400

Trouble = Literal["unfinished", "raises", "returns_none", "not_an_array", "wrong_arguments"]


class Reply(NamedTuple):
    """What came back from one call.

    Attributes
    ----------
    values : tuple of arrays or None
        What was returned, as plain numpy arrays, one for each result; None where there was trouble.
    trouble : str or None
        What kind of trouble.
    sentence : str
        What to tell the learner about it.
    changed : tuple of str
        The arguments that the function changed.
    warned : frozenset of str
        What numpy or others warned of in this call.
    """

    values: Values | None
    trouble: Trouble | None = None
    sentence: str = ""
    changed: tuple[str, ...] = ()
    warned: frozenset[str] = frozenset()

    @property
    def value(self) -> NDArray[Any] | None:
        """The first result, which is the only one of most exercises; None where there was trouble."""
        return None if self.values is None else self.values[0]


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
    returns: Returns = NUMBERS
    defaults: Mapping[str, Any] = field(default_factory=dict)
    printed: str = ""
    warned: set[str] = field(default_factory=set)
    _taken: dict[int, bool] = field(default_factory=dict, repr=False)

    def __call__(self, *arguments: Any) -> Reply:
        """Return what the function makes of copies of `arguments`."""
        refused = self._refusal(arguments)
        if refused:
            return Reply(None, *refused)
        given = tuple(map(copied, arguments))
        warned_before, self.warned = self.warned, set()
        try:
            with self.quiet():
                returned = self.function(*given)
                values = self.returns.read(returned)
        except (KeyboardInterrupt, TimeIsUp):
            raise
        except NotImplementedError as error:
            return Reply(None, "unfinished", sentence_on(error))
        except BaseException as error:  # SystemExit too: it must not end the learner's kernel
            return Reply(None, "raises", sentence_on(error))
        finally:
            warned_now, self.warned = frozenset(self.warned), self.warned | warned_before
        if isinstance(values, str):
            kind: Trouble = "returns_none" if returned is None else "not_an_array"
            return Reply(None, kind, values)
        changed = (n for n, g, a in zip(self.argument_names, given, arguments, strict=False) if not _same(g, a))
        return Reply(values, changed=tuple(changed), warned=warned_now)

    def measured(self, *arguments: Any) -> tuple[Reply, int]:
        """Return the reply, and how many bytes the call held at once."""
        running = tracemalloc.is_tracing()
        if not running:
            tracemalloc.start()
        try:
            tracemalloc.reset_peak()
            before, _ = tracemalloc.get_traced_memory()
            reply = self(*arguments)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            if not running:
                tracemalloc.stop()
        return reply, peak - before

    def _refusal(self, arguments: tuple[Any, ...]) -> tuple[Trouble, str] | None:
        if inspect.isclass(self.function) or not callable(self.function):
            return "wrong_arguments", f"check needs a function, but it was given {described(self.function)}."
        if self._takes(len(arguments)):
            return None
        names = self.argument_names
        if len(arguments) < len(names) and self._takes(len(names)):
            left_out = names[len(arguments) :]
            values = arguments_shown(left_out, [self.defaults[name] for name in left_out])
            return "wrong_arguments", f"It can't be called without {' and '.join(left_out)}; the default is {values}."
        takes = f"{len(names)} argument{'s' * (len(names) > 1)}, {', '.join(names)}"
        return "wrong_arguments", f"The function must take {takes}; it can't be called like this."

    def _takes(self, count: int) -> bool:
        if count not in self._taken:
            self._taken[count] = self._can_take(count)
        return self._taken[count]

    def _can_take(self, count: int) -> bool:
        try:
            signature = inspect.signature(self.function)
        except Exception:  # written in C, or made so that it can't tell: then the call itself will show
            return True
        try:
            signature.bind(*range(count))
        except TypeError:
            return False
        return True

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


def copied(argument: Any) -> Any:
    """Return an argument as it is handed in: what the answer does to it changes no one else's."""
    if isinstance(argument, np.ndarray):
        return np.array(argument)
    return list(argument) if isinstance(argument, list) else argument


def _same(given: Any, argument: Any) -> bool:
    if isinstance(argument, list):
        return len(given) == len(argument) and all(g is a for g, a in zip(given, argument, strict=True))
    if not isinstance(argument, np.ndarray):
        return True
    return given.shape == argument.shape and given.dtype == argument.dtype and given.tobytes() == argument.tobytes()
