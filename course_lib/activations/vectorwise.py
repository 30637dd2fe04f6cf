"""What every function of vectors here does with its arguments, in one place."""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from numbers import Integral
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from course_lib.activations.elementwise import Array, as_float
from course_lib.activations.parameter import Parameter, check_all

#: How many entries are computed at a time: 64 KiB of doubles. All that a formula needs on its way then stays in the
#: processor's cache, and is too little for the memory to be given back to the system after each step.
BLOCK = 8_192


class Vectorwise:
    """Let formulas written for a table whose columns are the vectors take any real array and any axis.

    A formula gets float64 arrays (n, columns), so that a sum over a vector adds row to row: with short vectors
    that is many times faster than a sum along each row. It must not change them. Large arrays come in blocks
    that stay in the processor's cache. The result has the dtype of `z`; integers become float64, and what is
    not float64 is computed in it and rounded once. Nothing warns.

    Parameters
    ----------
    group : int or str, default 1
        How many entries of a vector make one output; the vector's length must be a multiple of it. A string
        names the parameter that says it.
    keeps_axis : bool, default True
        Whether there is a vector of outputs; otherwise there is one number for each vector.
    takes_singles : bool, default False
        Whether the formulas see to it themselves that a `z` of singles is computed in float64.
    parameters : Parameter
        What each parameter of the formulas may be, by its name.
    """

    def __init__(
        self, *, group: int | str = 1, keeps_axis: bool = True, takes_singles: bool = False, **parameters: Parameter
    ) -> None:
        self.parameters = parameters
        self._takes_singles = takes_singles
        self._group = group
        self._keeps_axis = keeps_axis

    def group(self, **named: Any) -> int:
        """Return how many entries of a vector make one output."""
        if isinstance(self._group, str):
            return int(named.get(self._group, self.parameters[self._group].default))
        return self._group

    def function(self, formula: Callable[..., Array]) -> Callable[..., Any]:
        """Decorate ``formula(z, axis=-1, **parameters)``, which gets columns and returns columns of outputs."""
        caller = formula.__name__

        @wraps(formula)
        def on_any_axis(z: ArrayLike, axis: int = -1, **named: Any) -> Any:
            array = _real(z, "z", caller)
            self._check(caller, array, axis, named)
            return _in_blocks(formula, [array], axis, named, self._takes_singles)

        return on_any_axis

    def product(self, formula: Callable[..., Array]) -> Callable[..., Any]:
        """Decorate ``formula(z, g, axis=-1, **parameters)``, where `g` has the shape of the outputs."""
        caller, second = formula.__name__, list(signature(formula).parameters)[1]

        @wraps(formula)
        def on_any_axis(z: ArrayLike, g: ArrayLike, axis: int = -1, **named: Any) -> Any:
            array, pulled = _real(z, "z", caller), _real(g, second, caller)
            self._check(caller, array, axis, named)
            shape = list(array.shape)
            shape[axis : axis % array.ndim + 1] = [array.shape[axis] // self.group(**named)] * self._keeps_axis
            if pulled.shape != tuple(shape):
                of = "z" if tuple(shape) == array.shape else f"the outputs for z of shape {array.shape}"
                raise ValueError(
                    f"{caller}: {second} must have the shape of {of}, {tuple(shape)}, but it has {pulled.shape}."
                )
            if not self._keeps_axis:
                pulled = np.expand_dims(pulled, axis)
            return _in_blocks(formula, [array, pulled], axis, named, self._takes_singles)

        return on_any_axis

    def matrix(self, formula: Callable[..., Array]) -> Callable[..., Any]:
        """Decorate ``formula(z, **parameters)`` of one vector, which gets it as one column and returns a matrix."""
        caller = formula.__name__

        @wraps(formula)
        def of_one_vector(z: ArrayLike, **named: Any) -> Any:
            array = _real(z, "z", caller)
            if array.ndim != 1:
                raise ValueError(f"{caller}: z must be one vector, but it has shape {array.shape}.")
            self._check(caller, array, 0, named)
            column = array[:, np.newaxis].astype(np.float64)
            named = {name: value[:, np.newaxis] if np.ndim(value) else value for name, value in named.items()}
            with np.errstate(all="ignore"):
                return formula(column, **named).astype(array.dtype, copy=False)

        return of_one_vector

    def _check(self, caller: str, z: Array, axis: Any, named: dict[str, Any]) -> None:
        check_all(caller, self.parameters, named, "z", z.shape)
        if z.ndim == 0:
            raise ValueError(f"{caller}: z must have at least one dimension, but it is the single number {z}.")
        if not isinstance(axis, Integral) or isinstance(axis, bool):
            raise TypeError(f"{caller}: axis must be a whole number, but it is {axis!r}.")
        if not -z.ndim <= int(axis) < z.ndim:
            raise ValueError(
                f"{caller}: axis must be from {-z.ndim} to {z.ndim - 1} for z of shape {z.shape}, but it is {axis}."
            )
        length, group = z.shape[int(axis)], self.group(**named)
        if length == 0:
            raise ValueError(f"{caller}: z must not be empty along axis {axis}, but it has shape {z.shape}.")
        if length % group:
            raise ValueError(
                f"{caller}: the length of z along axis {axis} must be a multiple of {group}, but it is {length}."
            )


def _in_blocks(
    formula: Callable[..., Array], arrays: list[Array], axis: int, named: dict[str, Any], takes_singles: bool
) -> Any:
    """Apply the formula to some columns at a time, and put the results where the vectors were."""
    z, last = arrays[0], axis in (-1, arrays[0].ndim - 1)
    dtype = np.float32 if takes_singles and z.dtype == np.float32 else np.float64
    table, *more = (_as_columns(array, axis, last) for array in arrays)
    per_entry = {name: _as_columns(value, axis, last) for name, value in named.items() if isinstance(value, np.ndarray)}

    def outputs(block: slice) -> Array:
        columns = [_in_rows(table[:, block]) for table in more]
        parts = {name: _in_rows(value[:, block]) for name, value in per_entry.items()}
        return formula(_in_rows(table[:, block], dtype), *columns, **{**named, **parts})

    n, columns = table.shape
    step = max(1, BLOCK // n)
    with np.errstate(all="ignore"):
        found = outputs(slice(0, step))
        if columns <= step:
            result = found.astype(z.dtype, order="F" if last else "C", copy=False)
        else:
            result = np.empty((*found.shape[:-1], columns), z.dtype, order="F" if last else "C")
            result[..., :step] = found
            for start in range(step, columns, step):
                result[..., start : start + step] = outputs(slice(start, start + step))
    batch = z.shape[:-1] if last else z.shape[:axis] + z.shape[axis % z.ndim + 1 :]
    if result.ndim == 1:
        return result.reshape(batch)[()]
    if last:
        return result.T.reshape(*batch, len(result))
    return np.moveaxis(result.reshape(len(result), *batch), 0, axis)


def _in_rows(table: Array, dtype: Any = np.float64) -> Array:
    """Return the table with each row in one piece of memory."""
    return np.asarray(table, dtype, "C")


def _as_columns(array: Array, axis: int, last: bool) -> Array:
    n = array.shape[axis]
    return array.reshape(-1, n).T if last else np.moveaxis(array, axis, 0).reshape(n, -1)


def _real(value: ArrayLike, name: str, caller: str) -> Array:
    try:
        return as_float(value, caller)
    except (TypeError, ValueError) as error:  # numpy's ValueError: rows of different lengths
        why = str(error).partition(", but ")[2] if isinstance(error, TypeError) else "its rows differ in length."
        raise TypeError(f"{caller}: {name} must hold real numbers, but {why}") from None
