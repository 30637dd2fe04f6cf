"""What all explorers have in common: a live view, a still for readers without a kernel, and clear errors."""

from numbers import Integral, Real
from traceback import extract_tb
from typing import Any

import anywidget
import traitlets

from course_lib.activations.registry import CourseError
from course_lib.explorers.assets import style


class BadValue(CourseError, ValueError):
    """A value that an explorer cannot show, said in one sentence."""


def as_number(name: str | None, value: object) -> float:
    """Return `value` as a float.

    Raises
    ------
    BadValue
        If `value` is no real number, or a whole one beyond all floats; the sentence calls it `name`.
    """
    if not isinstance(value, Real) or isinstance(value, bool):
        raise BadValue(f"{name} must be a number, not {value!r}.")
    try:
        return float(value)
    except OverflowError as error:
        raise BadValue(f"{name} is too far from 0; it must lie between -1e308 and 1e308.") from error


class Number(traitlets.Float):
    """A trait that holds a real number, numpy's too, and says in one sentence when it is given something else."""

    def validate(self, obj: Any, value: object) -> float:
        """Return `value` as a float."""
        return as_number(self.name, value)


class Whole(traitlets.Int):
    """A trait that holds a whole number, numpy's too, and says in one sentence when it is given something else."""

    def validate(self, obj: Any, value: object) -> int:
        """Return `value` as an int."""
        if not isinstance(value, Integral) or isinstance(value, bool):
            raise BadValue(f"{self.name} must be a whole number, not {value!r}.")
        return int(value)


class Key(traitlets.Unicode):
    """A trait that holds a name, and leaves it to the registry that is asked next to say what is none."""

    def validate(self, obj: Any, value: Any) -> Any:
        """Return `value` as it is."""
        return value


class Switch(traitlets.Bool):
    """A trait that is on or off, and says in one sentence when it is given something else."""

    def validate(self, obj: Any, value: object) -> bool:
        """Return `value`, which is True or False."""
        if not isinstance(value, bool):
            raise BadValue(f"{self.name} must be True or False, not {value!r}.")
        return value


class Explorer(anywidget.AnyWidget):
    """A widget that also has a still picture and a plain-text alternative, made from the same data.

    A saved notebook keeps only these two, so that a reader without a kernel sees a figure and not
    'a widget could not be displayed'.

    Attributes
    ----------
    problem : str
        One sentence that the widget shows when the code behind it failed; empty when all is well.
    """

    _css = style()
    problem = traitlets.Unicode("").tag(sync=True)

    def still(self) -> bytes:
        """Return the picture (PNG) that a saved notebook shows."""
        raise NotImplementedError

    def description(self) -> str:
        """Return in words what the still shows."""
        raise NotImplementedError

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take a new state from the browser, and say there what went wrong in the code that observes it.

        An exception in an ``observe`` callback would reach only the server's log: here it becomes a sentence.
        A state that is set from Python raises in the cell that set it, as usual.
        """
        try:
            super().set_state(sync_data)
        except Exception as error:
            self.problem = _sentence(error)
        else:
            self.problem = ""

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        from course_lib.explorers.figure import SHARPNESS

        bundle: tuple[dict[str, Any], dict[str, Any]] | None = super()._repr_mimebundle_(**options)
        view, metadata = bundle or ({}, {})
        image = self.still()
        width = int.from_bytes(image[16:20], "big")  # where every PNG writes it
        shown = {"image/png": {"width": round(width / SHARPNESS)}}
        return {**view, "image/png": image, "text/plain": self.description()}, {**metadata, **shown}

    def __repr__(self) -> str:
        return self.description()


def _sentence(error: Exception) -> str:
    if isinstance(error, CourseError):
        return str(error)
    last = extract_tb(error.__traceback__)[-1]
    return f"{last.name} stopped at its line {last.lineno} with {type(error).__name__}: {error}"
