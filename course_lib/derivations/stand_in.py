"""A stand-in for an array: through numpy's own functions it carries numbers and, beside them, a formula.

A function of the library that is given one computes as it always does, and leaves the formula of what it has
computed. Whatever it decides on its way - which of two is larger, which sign, which case of np.where - is decided
by the numbers, and recorded. Arithmetic on formulas is exact: what only makes up for rounding drops out of itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import count
from types import MappingProxyType
from typing import Any

import numpy as np
import sympy
from numpy.lib.mixins import NDArrayOperatorsMixin

#: Numbers that code can hold rounded only, apart from those of the formula itself. Their simple multiples too.
_KNOWN = (
    *(sympy.sqrt(2), sympy.sqrt(3), sympy.pi, sympy.sqrt(sympy.pi), sympy.sqrt(2 * sympy.pi)),
    *(sympy.sqrt(2 / sympy.pi), 1 / sympy.sqrt(sympy.pi), 1 / sympy.sqrt(2 * sympy.pi), 1 / sympy.pi),
    *(sympy.E, sympy.log(2), 1 / sympy.log(2)),
)
_SIMPLE = 1000  # the largest denominator of a simple fraction
_A_REST = 1e-10  # above every difference between a constant and the float next to it
_SHORT = 12  # digits up to which a decimal is what it says


class NotKnown(Exception):
    """Something that the stand-in cannot follow, such as a function of numpy that is not on its list."""


class Recorder:
    """Everything that was decided on the way, and what floats in the code stand for.

    Parameters
    ----------
    constants : sequence of sympy.Expr
        Numbers that the code may hold rounded to floats.
    sample : mapping
        The numbers for which the symbols stand, where there is one for each.

    Attributes
    ----------
    decisions : list
        What was decided, in order: one value for each number, or one for all.
    pinned : set
        Symbols of which an equation was found to hold, as that a parameter is 1: for this number alone.
    signs : list
        Formulas of which a root was taken as a square's, each with whether it is negative.
    """

    def __init__(self, constants: Sequence[Any] = (), sample: Mapping[Any, float] = MappingProxyType({})) -> None:
        self.sample = sample
        self.decisions: list[Any] = []
        self.signs: list[tuple[Any, bool]] = []
        self.pinned: set[Any] = set()
        self._constants = [*constants, *_KNOWN]
        self._numbers = count(1)

    def decide(self, value: Any) -> Any:
        """Record a decision, and give it back."""
        self.decisions.append(value)
        return value

    def root(self, formula: Any) -> Any:
        """Return the square root of `formula`; of u**2 it is u or -u, as the sample says."""
        number, rest = sympy.factor(formula).as_coeff_Mul()
        if not (rest.is_Pow and rest.exp == 2):
            return sympy.sqrt(formula)
        negative = bool(rest.base.subs(self.sample) < 0)
        self.signs.append((rest.base, negative))
        return sympy.sqrt(number) * (-rest.base if negative else rest.base)

    def sign_of(self, name: str, a: Any, b: Any) -> int:
        """Return 1 if np.maximum or np.minimum takes a, -1 if b, where floats do not tell; else which is larger."""
        difference = (b - a if name in ("minimum", "fmin") else a - b).evalf(30, subs=self.sample)
        if difference.is_number:
            return int(sympy.sign(difference))
        return -1 if b.is_number else 1  # a part of a number is none; its bound is

    def free(self) -> Any:
        """Return a new symbol, for a part of a number that is split where its digits happen to end."""
        return sympy.Symbol(f"part{next(self._numbers)}", real=True)

    def exact(self, number: Any) -> Any:
        """Return the number for which a float in the code stands: 0.5 is 1/2, 0.7978845608028654 is sqrt(2/pi).

        What was computed, such as ``sqrt(2 * pi)``, may be the float next to the nearest one.
        A float that is the rest which rounding took from a known number is 0: the number itself is exact here.
        """
        value = float(number)
        if not math.isfinite(value):
            raise NotKnown(f"{value} is no number of a formula.")
        if len(repr(abs(value)).replace(".", "").strip("0")) <= _SHORT:
            return sympy.Rational(repr(value))
        if Fraction(value).numerator.bit_length() <= _SHORT:  # such as a power of 2
            return sympy.Rational(Fraction(value))
        if (simple := _simple(value)) is not None and float(simple) == value:
            return simple
        if abs(value) < _A_REST and any(_rest(constant) == value for constant in self._constants):
            return sympy.Integer(0)  # what rounding took from a number, which here is taken as it is
        for constant in self._constants:
            factor = _simple(value / float(constant))
            if factor is not None and abs(float(factor * constant) - value) <= math.ulp(value):
                return factor * constant
        return sympy.Rational(repr(value))


def _rest(constant: Any) -> float:
    return float((constant - sympy.Rational(Fraction(float(constant)))).evalf(20))


def _simple(value: float) -> Any:
    near = Fraction(value).limit_denominator(_SIMPLE)
    return sympy.Rational(near) if near and abs(float(near) - value) <= 2e-16 * abs(value) else None


class StandIn(NDArrayOperatorsMixin):
    """One array of numbers with the formula of its entries.

    Parameters
    ----------
    value : float or numpy.ndarray
        The numbers.
    formula : sympy.Expr or None
        Their formula; None where only the decisions are wanted.
    recorder : Recorder
        Shared by everything that is computed together.
    """

    dtype = np.dtype(np.float64)

    def __init__(self, value: Any, formula: Any, recorder: Recorder) -> None:
        self.value = value
        self.formula = formula
        self.recorder = recorder

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the numbers."""
        return np.shape(self.value)

    @property
    def ndim(self) -> int:
        """The number of axes of the numbers."""
        return np.ndim(self.value)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        if method != "__call__" or options:
            raise NotKnown(f"np.{ufunc.__name__}.{method} with {', '.join(options) or 'no options'} is not followed.")
        return self._apply(ufunc.__name__, ufunc, inputs)

    def __array_function__(self, function: Any, types: Any, args: Any, options: Any) -> Any:
        name = function.__name__
        if name == "where" and len(args) == 3 and not options:
            return self._where(*args)
        if name == "clip" and len(args) == 3 and not options:
            return np.minimum(np.maximum(args[0], args[1]), args[2])
        if name == "stack" and not options:
            return list(args[0])
        raise NotKnown(f"np.{name} is not followed.")

    def __bool__(self) -> bool:
        first = bool(np.ravel(self.value)[0])
        if np.any(np.asarray(self.value, dtype=bool) != first):
            raise Mixed
        return first

    def astype(self, dtype: Any) -> StandIn:
        """Return the array in another precision: where digits are cut off, a part of it that is not known further."""
        dtype = np.dtype(getattr(dtype, "rounds_to", dtype))
        return self if dtype == np.float64 else self._cut(lambda value: value.astype(dtype))

    def _cut(self, function: Callable[..., Any]) -> StandIn:
        """Return the array without some of its digits: in exact arithmetic any number, for none of them is special."""
        with np.errstate(all="ignore"):
            value = np.asarray(function(np.asarray(self.value))).astype(np.float64)[()]
        return StandIn(value, None if self.formula is None else self.recorder.free(), self.recorder)

    def clip(self, low: Any, high: Any) -> StandIn:
        """Return the array within two bounds, as numpy's method does."""
        return self._apply("minimum", np.minimum, [self._apply("maximum", np.maximum, [self, low]), high])

    def times_power_of_2(self, exponent: int) -> StandIn:
        """Return the array times 2**exponent, as ``np.ldexp`` does."""
        formula = None if self.formula is None else self.formula * sympy.Integer(2) ** exponent
        return StandIn(np.ldexp(self.value, exponent), formula, self.recorder)

    def copy(self) -> StandIn:
        """Return the array: it is never changed."""
        return self

    def of(self, number: Any) -> StandIn:
        """Return a plain number as a stand-in."""
        if isinstance(number, StandIn):
            return number
        if isinstance(number, np.ndarray) and number.dtype == object:
            return self.of(number[()])
        value = np.asarray(number, dtype=np.float64)[()]
        if self.formula is None:
            return StandIn(value, None, self.recorder)
        exact = sympy.Integer(number) if isinstance(number, int) else self.recorder.exact(value)
        return StandIn(value, exact, self.recorder)

    def _apply(self, name: str, function: Callable[..., Any], inputs: Sequence[Any]) -> StandIn:
        if name == "ldexp":  # its second argument is a plain whole number
            return self.of(inputs[0]).times_power_of_2(int(inputs[1]))
        if name in ("rint", "floor", "ceil", "trunc"):
            return self._cut(function)
        operands = [self.of(operand) for operand in inputs]
        values = [operand.value for operand in operands]
        if name in _LOGICAL:  # truths are kept as 1 and 0, with which code calculates
            values = [np.asarray(value, dtype=bool) for value in values]
        with np.errstate(all="ignore"):
            value = np.asarray(function(*values)).astype(np.float64)[()]
        recorder, formula = self.recorder, None
        if name in _DECIDED:
            decision = recorder.decide(_DECIDED[name](*values))
            if self.formula is not None:
                formulas = [operand.formula for operand in operands]
                if name in _COMPARED and decision == 0:
                    decision = recorder.sign_of(name, *formulas, *([sympy.Integer(0)] if len(formulas) == 1 else []))
                formula = _OUTCOMES[name](decision, *formulas)
                if name == "equal" and decision:
                    recorder.pinned |= (formulas[0] - formulas[1]).free_symbols
        elif name not in _FORMULAS:
            raise NotKnown(f"np.{name} is not followed.")
        elif self.formula is not None:
            formula = _FORMULAS[name](*(o.formula for o in operands))
            if name == "sqrt":
                formula = recorder.root(operands[0].formula)
        return StandIn(value, formula, recorder)

    def _where(self, condition: Any, yes: Any, no: Any) -> StandIn:
        condition, yes, no = map(self.of, (condition, yes, no))
        chosen = np.asarray(condition.value, dtype=bool)
        value = np.where(chosen, yes.value, no.value)[()]
        formula = None if self.formula is None else (yes if chosen else no).formula
        return StandIn(value, formula, self.recorder)


class Mixed(NotKnown):
    """Code takes one way for some of the numbers and another one for others."""


# --- what numpy's functions make of formulas --------------------------------------------------------------


def _tanh(u: Any) -> Any:
    return (sympy.exp(u) - sympy.exp(-u)) / (sympy.exp(u) + sympy.exp(-u))


def _power(base: Any, exponent: Any) -> Any:
    if not (exponent * 2).is_Integer:
        raise NotKnown(f"The power {exponent} is not followed.")
    return base**exponent


def _normal(u: Any) -> Any:
    return (1 + sympy.erf(u / sympy.sqrt(2))) / 2


_FORMULAS: Mapping[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "power": _power,
    "float_power": _power,
    "negative": lambda u: -u,
    "positive": lambda u: u,
    "square": lambda u: u**2,
    "reciprocal": lambda u: 1 / u,
    "sqrt": lambda u: sympy.sqrt(u),
    "hypot": lambda a, b: sympy.sqrt(a**2 + b**2),
    "exp": sympy.exp,
    "exp2": lambda u: sympy.exp(u * sympy.log(2)),
    "expm1": lambda u: sympy.exp(u) - 1,
    "log": sympy.log,
    "log1p": lambda u: sympy.log(1 + u),
    "logaddexp": lambda a, b: sympy.log(sympy.exp(a) + sympy.exp(b)),
    "tanh": _tanh,
    "sinh": lambda u: (sympy.exp(u) - sympy.exp(-u)) / 2,
    "cosh": lambda u: (sympy.exp(u) + sympy.exp(-u)) / 2,
    "expit": lambda u: 1 / (1 + sympy.exp(-u)),
    "log_expit": lambda u: -sympy.log(1 + sympy.exp(-u)),
    "erf": sympy.erf,
    "erfc": lambda u: 1 - sympy.erf(u),
    "erfcx": lambda u: sympy.exp(u**2) * (1 - sympy.erf(u)),
    "ndtr": _normal,
    "log_ndtr": lambda u: sympy.log(_normal(u)),
    "logical_and": lambda a, b: a * b,
    "logical_or": lambda a, b: a + b - a * b,
    "logical_not": lambda a: 1 - a,
    "bitwise_and": lambda a, b: a * b,
    "bitwise_or": lambda a, b: a + b - a * b,
    "invert": lambda a: 1 - a,
    "isnan": lambda u: sympy.Integer(0),
    "isinf": lambda u: sympy.Integer(0),
    "isfinite": lambda u: sympy.Integer(1),
}
_LOGICAL = frozenset({"logical_and", "logical_or", "logical_not", "bitwise_and", "bitwise_or", "invert"})


def _first_or_second(sign: Any, a: Any, b: Any) -> Any:
    return a if sign >= 0 else b


def _truth(decision: Any, *formulas: Any) -> Any:
    return sympy.Integer(int(decision))


#: What is decided about the numbers, and what that makes of their formulas.
_DECIDED: Mapping[str, Callable[..., Any]] = {
    "absolute": np.sign,
    "fabs": np.sign,
    "sign": np.sign,
    "heaviside": lambda u, at_0: np.sign(u),
    "copysign": lambda a, b: np.signbit(a) != np.signbit(b),
    **dict.fromkeys(("maximum", "fmax"), lambda a, b: 1 * np.greater(a, b) - np.less(a, b)),
    **dict.fromkeys(("minimum", "fmin"), lambda a, b: 1 * np.less(a, b) - np.greater(a, b)),
    **{f.__name__: f for f in (np.less, np.less_equal, np.greater, np.greater_equal, np.equal, np.not_equal)},
    "signbit": np.signbit,
}
_COMPARED = frozenset({"absolute", "fabs", "maximum", "fmax", "minimum", "fmin"})
_OUTCOMES: Mapping[str, Callable[..., Any]] = {
    **dict.fromkeys(_DECIDED, _truth),
    "absolute": lambda sign, u: -u if sign < 0 else u,
    "fabs": lambda sign, u: -u if sign < 0 else u,
    "heaviside": lambda sign, u, at_0: (sympy.Integer(0), at_0, sympy.Integer(1))[int(sign) + 1],
    "copysign": lambda differ, a, b: -a if differ else a,
    **dict.fromkeys(("maximum", "fmax", "minimum", "fmin"), _first_or_second),
}
