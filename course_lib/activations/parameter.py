"""What a parameter of an activation may be, and how a wrong value is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from numbers import Real
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Parameter:
    """A parameter of an activation: its default, its range, and what it means (dimensionless).

    Attributes
    ----------
    default : float
        What is taken where nothing is given.
    low, high : float
        The smallest and the largest value that is allowed; infinities themselves never are.
    meaning : str
        What it does, in a few words.
    per_entry : bool
        Whether an array is allowed too, with one value for each entry of x.
    """

    default: float
    low: float
    high: float
    meaning: str
    per_entry: bool = False

    @property
    def allowed(self) -> str:
        """The range in words, to go on with 'must be'."""
        if isfinite(self.low) and isfinite(self.high):
            return f"between {self.low:g} and {self.high:g}"
        if self.low == 0:
            return "0 or positive, and finite"
        if self.high == 0:
            return "0 or negative, and finite"
        return "positive and finite" if self.low > 0 else "a finite number"

    def check(self, function: str, name: str, value: Any) -> None:
        """Refuse a value that is not a finite number in the parameter's range.

        Raises
        ------
        TypeError
            If the value is not one real number (nor an array of them, where that is allowed).
        ValueError
            If it is out of range; both say the function, the parameter `name` and the value.
        """
        if self.per_entry and isinstance(value, np.ndarray) and value.ndim and value.dtype.kind in "biuf":
            wrong = value[~((self.low <= value) & (value <= self.high))]
            if wrong.size:
                raise ValueError(f"{function}: {name} must be {self.allowed}, but it holds {wrong.flat[0]}.")
        elif not isinstance(value, Real):
            number = "one real number, or an array of them," if self.per_entry else "one real number,"
            raise TypeError(f"{function}: {name} must be {number} but it is {value!r}.")
        elif not (self.low <= float(value) <= self.high and isfinite(value)):
            raise ValueError(f"{function}: {name} must be {self.allowed}, but it is {value!r}.")

    def as_symbols(self, name: str, value: Any) -> dict[str, Any]:
        """Return what the parameter's letters in the activation's expression stand for."""
        return {name: value}


@dataclass(frozen=True)
class Coefficients:
    """A parameter that is a list of numbers, c0, c1, c2 ...: the coefficients of a polynomial (dimensionless).

    Attributes
    ----------
    default : tuple of float
        What is taken where nothing is given.
    meaning : str
        What they do, in a few words.
    """

    default: tuple[float, ...]
    meaning: str
    per_entry = False

    @property
    def allowed(self) -> str:
        """What is allowed in words, to go on with 'must be'."""
        return "a list of at least one finite number"

    def check(self, function: str, name: str, value: Any) -> None:
        """Refuse what is not a list of finite numbers.

        Raises
        ------
        TypeError
            If the value is not a sequence of real numbers.
        ValueError
            If it is empty or holds a number that is not finite.
        """
        sequence = isinstance(value, list | tuple) or (isinstance(value, np.ndarray) and value.ndim == 1)
        if not sequence or not all(isinstance(c, Real) for c in value):
            raise TypeError(f"{function}: {name} must be {self.allowed}, but it is {value!r}.")
        if not len(value) or not all(isfinite(c) for c in value):
            raise ValueError(f"{function}: {name} must be {self.allowed}, but it is {value!r}.")

    def as_symbols(self, name: str, value: Any) -> dict[str, Any]:
        """Return what the letters c0, c1, c2 ... in the activation's expression stand for."""
        return {f"c{power}": coefficient for power, coefficient in enumerate(value)}


#: The parameters of an activation by name.
Parameters = Mapping[str, Parameter | Coefficients]


def check_all(function: str, parameters: Parameters, given: Mapping[str, Any], of: str, shape: tuple[int, ...]) -> None:
    """Refuse what is `given` to a function by a wrong name, with a wrong value, or with another shape than `of`.

    Raises
    ------
    TypeError
        If there is no such parameter, or if it is no number.
    ValueError
        If it is out of range, or an array of another shape than the argument `of`, which has `shape`.
    """
    for name, value in given.items():
        if name not in parameters:
            some = f"it has {', '.join(parameters)}" if parameters else "it has none"
            raise TypeError(f"{function} has no parameter {name!r}; {some}.")
        parameters[name].check(function, name, value)
        if parameters[name].per_entry and np.ndim(value) and np.shape(value) != shape:
            raise ValueError(
                f"{function}: {name} must be one number or have the shape of {of}, {shape}, but it has "
                f"{np.shape(value)}."
            )
