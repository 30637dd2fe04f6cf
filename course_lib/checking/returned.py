"""Reads what an answer returned: plain arrays of numbers, or one sentence on why there are none."""

import inspect
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from course_lib.checking.showing import described

#: What came back: one array for each result; a single number is an array without dimensions.
Values = tuple[NDArray[Any], ...]


@dataclass(frozen=True)
class Returns:
    """What the function of an exercise gives back.

    Attributes
    ----------
    what : str
        Numbers, a truth value, or a whole number that is a place in a list.
    names : tuple of str
        The names of the results where there are several, such as ``("W", "b")``.
    """

    what: Literal["numbers", "truth", "place"] = "numbers"
    names: tuple[str, ...] = ()

    def read(self, returned: Any) -> Values | str:
        """Return copies of the arrays in `returned`, or a sentence on why they are none."""
        if not self.names or returned is None:
            array = _as_array(returned, one_number=self.what != "numbers")
            return array if isinstance(array, str) else (array,)
        wanted = f"{len(self.names)} arrays, `return {', '.join(self.names)}`"
        if not isinstance(returned, tuple | list):
            what = "one array" if isinstance(returned, np.ndarray) else described(returned)
            return f"The function returns {what}; it should return {wanted}."
        if len(returned) != len(self.names):
            return f"The function returns {len(returned)} things; it should return {wanted}."
        arrays = []
        for name, each in zip(self.names, returned, strict=True):
            array = _as_array(each)
            if isinstance(array, str):
                return f"In the place of {name}: {array[:1].lower()}{array[1:]}"
            arrays.append(array)
        return tuple(arrays)

    def in_float64(self, right: Any) -> Values:
        """Return the arrays of an answer that is known to be well-formed, in double precision."""
        return tuple(np.asarray(a, dtype=np.float64) for a in (right if self.names else (right,)))

    def entry(self, shapes: tuple[tuple[int, ...], ...], at: int) -> str:
        """Name one entry of the results, which are counted through: 'entry [0, 2]', or 'W[0, 2]'."""
        for i, shape in enumerate(shapes):
            size = int(np.prod(shape))
            if at < size:
                place = f"[{', '.join(map(str, np.unravel_index(at, shape)))}]" if shape else ""
                return f"{self.names[i]}{place}" if self.names else f"entry {place}".strip()
            at -= size
        raise IndexError(at)

    def shape_shown(self, values: Values) -> str:
        """Return the shape in words: 'shape (3,)', 'one number', 'W of shape (2, 3), b of shape (3,)'."""
        if not self.names:
            return _shape(values[0])
        return ", ".join(f"{n} of shape {v.shape}" for n, v in zip(self.names, values, strict=True))


def _shape(array: NDArray[Any]) -> str:
    return f"shape {array.shape}" if array.ndim else "one number"


NUMBERS = Returns()


def flat(values: Values) -> NDArray[np.float64]:
    """Return all the numbers in one row, in double precision."""
    if len(values) == 1 and values[0].dtype == np.float64:  # as nearly always
        return values[0].ravel()
    with np.errstate(all="ignore"):  # a huge long double becomes inf here
        return np.concatenate([np.ravel(v).astype(np.float64) for v in values])


def _as_array(returned: Any, one_number: bool = False) -> NDArray[Any] | str:
    """Return a plain numeric array, or a sentence on why it is not one."""
    if returned is None:
        return "The function returns None: is there a `return` at its end?"
    if inspect.iscoroutine(returned):
        returned.close()
        return "The function returns a coroutine; write `def` without `async`."
    if inspect.isgenerator(returned):
        return "The function returns a generator; write `return` where it says `yield`."
    if not isinstance(returned, np.ndarray | np.generic | int | float | complex):
        advice = ""
        if isinstance(returned, list | tuple):
            arrays = any(isinstance(piece, np.ndarray) and piece.ndim for piece in returned)
            advice = "; np.concatenate puts arrays together" if arrays else "; np.array(...) makes one of it"
        wanted = "one number" if one_number else f"a numpy array{advice}"
        return f"The function returns {described(returned)}, not {wanted}."
    array = np.array(returned, subok=False)  # a copy: the function may fill the same array at its next call
    if array.dtype.kind == "c":
        return "The function returns complex numbers; the answer is real."
    if array.dtype.kind not in "fiub":
        return f"The function returns an array of dtype {array.dtype}, not of numbers."
    return array
