"""Proves the code itself: that a derivative function computes SymPy's derivative of the activation's formula.

The real function, without its decorator, is run on a stand-in for an array (``stand_in``), once for each way that
it can take between the kinks and jumps: so what is proven is the code that learners read and run, not a copy of it.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from types import FunctionType
from typing import Any, Literal

import numpy as np
import scipy.special
import sympy

from course_lib.activations.parameter import Coefficients, Parameter
from course_lib.activations.registry import Activation
from course_lib.derivations.evaluate import evaluate
from course_lib.derivations.prove import NotProven, prove_zero
from course_lib.derivations.reader import parse
from course_lib.derivations.stand_in import Mixed, Recorder, StandIn
from course_lib.derivations.tree import Number, walk

How = Literal["symbolic", "50 digits", "not equal"]
_FROM_WORST: tuple[How, ...] = ("not equal", "50 digits", "symbolic")

# Every size at which code may turn from one way to another: dense where that is likely, and up to the largest.
_SIZES = np.concatenate(
    [10.0 ** np.array([-300, -150, -30, -16, -12, -8, -6, -5, -4]), np.geomspace(1e-3, 50, 120)[:-1],
     [50, 100, 300, 600, 700, 709, 720, 740, 760, 999, 1001, 2e3, 1e4, 1e8, 1e16, 1e100, 1e200, 1e299, 1e301, 1e307]]
)  # fmt: skip
_BESIDE = (1e-9, 1e-6, 1e-3, 0.03, 0.3)
_HALVINGS = 60


@dataclass(frozen=True)
class Region:
    """Inputs from `low` to `high` for which the code takes one way, and how that was proven to be right.

    Attributes
    ----------
    low, high : float
        The smallest and the largest of these inputs, with 0 outside; found by halving, to the last digits.
    how : str
        'symbolic'; '50 digits', at random points; or 'not equal': the code computes something else there, such as
        a series or a limit, which is to be measured.
    parameters : mapping
        At which values of the parameters, of those that were tried.
    """

    low: float
    high: float
    how: How
    parameters: Mapping[str, Any]


def ways(activation: Activation) -> list[str]:
    """Return what can be proven of an activation: 'f', 'derivative', 'derivative_from_output', its parameters."""
    output = ["derivative_from_output"] if activation.derivative_from_output else []
    return ["f", "derivative", *output, *activation.parameter_derivatives]


def prove_code(activation: Activation, way: str) -> list[Region]:
    """Prove a function of `activation` to be what its formula says; return the regions in which it is one formula.

    Parameters
    ----------
    activation : Activation
        Its ``expression`` says what is right.
    way : str
        One of ``ways``: 'f' is compared with the expression, 'derivative' with its derivative by x, a parameter's
        name with that by the parameter; 'derivative_from_output' with the derivative by x, where the expression
        itself is put in for the output.

    Returns
    -------
    list of Region
        From left to right, for each of the parameters' values that were tried. Regions that were proven are
        joined, so that one is left where everything is.

    Raises
    ------
    NotKnown
        If the code does something that the stand-in cannot follow.
    """
    proof = _Proof(activation, way)
    return [region for values in _choices(activation) for region in proof.regions(values)]


# --- where ------------------------------------------------------------------------------------------------


def _choices(activation: Activation) -> list[dict[str, Any]]:
    """Return up to four choices of values for the parameters, the defaults first."""
    candidates = {name: _candidates(parameter) for name, parameter in activation.parameters.items()}
    count = max(map(len, candidates.values()), default=1)
    return [{name: values[place % len(values)] for name, values in candidates.items()} for place in range(count)]


def _candidates(parameter: Parameter | Coefficients) -> list[Any]:
    if isinstance(parameter, Coefficients):
        count = len(parameter.default)
        return [parameter.default, tuple(0.75 * (-1.5) ** k for k in range(count)), (0.5, *[0.0] * (count - 1))]
    others = (v for v in (0.375, -1.75, 1.75, 0.0) if parameter.low <= v <= parameter.high and v != parameter.default)
    return [parameter.default, *others]


def _points(activation: Activation, values: Mapping[str, Any]) -> list[float]:
    """Return inputs of all sizes, without 0, the kinks and the jumps, but close to these."""
    ends = {0.0, *activation.kinks_at(**values), *activation.jumps_at(**values)}
    beside = (end + side * distance * max(1.0, abs(end)) for end in ends for distance in _BESIDE for side in (-1, 1))
    return sorted({*_SIZES.tolist(), *(-_SIZES).tolist(), *map(float, beside)} - ends)


# --- one function -----------------------------------------------------------------------------------------


class _Proof:
    """Runs one function and the formula side by side; what was proven once is not proven again."""

    def __init__(self, activation: Activation, way: str) -> None:
        self._activation = activation
        self._way = way
        self._tree = parse(activation.expression)
        functions = {"f": activation.f, **activation.parameter_derivatives}
        self._code = _Plain(functions[way] if way in functions else getattr(activation, way))
        values = [piece.value for piece in walk(self._tree) if isinstance(piece, Number)]
        numbers = [sympy.Rational(value) for value in values if value.denominator > 1]
        self._constants = [*numbers, *(a * b for a, b in combinations_with_replacement(numbers, 2))]
        self._symbols: dict[str, Any] = {}
        for name, parameter in activation.parameters.items():
            for letter in parameter.as_symbols(name, parameter.default):
                self._symbols[letter] = _symbol(letter, parameter)
        self._known: dict[Any, tuple[How, list[tuple[Any, bool]]]] = {}
        self._proven: dict[Any, How] = {}

    def regions(self, values: Mapping[str, Any]) -> Iterator[Region]:
        """Yield the regions at these values of the parameters."""
        points = _points(self._activation, values)
        found: list[tuple[float, How]] = [
            (point, self._how(way, point, values))
            for point, way in zip(points, self._ways_of(points, values), strict=True)
        ]
        start = found[0]
        for before, after in zip(found, [*found[1:], None], strict=True):
            if after is None:
                yield Region(start[0], before[0], start[1], values)
            elif after[1] != before[1]:
                low, high = self._between(before, after, values)
                yield Region(start[0], low, start[1], values)
                start = (high, after[1])

    def _between(self, before: tuple[float, How], after: tuple[float, How], values: Mapping[str, Any]) -> Any:
        (low, how), (high, _) = before, after
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            if middle in (low, high):
                break
            way = self._ways_of([middle], values)[0]
            if self._how(way, middle, values) == how:
                low = middle
            else:
                high = middle
        return low, high

    def _ways_of(self, points: Sequence[float], values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return for each point everything that code and formula decide there."""
        recorder = Recorder(self._constants)
        try:
            self._run(np.array(points), values, recorder, formulas=False)
        except Mixed:
            if len(points) == 1:
                raise
            return [self._ways_of([point], values)[0] for point in points]
        columns = [np.broadcast_to(decision, len(points)).tolist() for decision in recorder.decisions]
        return list(zip(*columns, strict=True)) if columns else [()] * len(points)

    def _how(self, way: tuple[Any, ...], point: float, values: Mapping[str, Any]) -> How:
        sample = self._sample(point, values)
        # At 0 a parameter is that number: formulas may agree there alone, as x/2 and x sigma(0 x).
        zeros = dict.fromkeys((symbol for symbol, value in sample.items() if value == 0), sympy.Integer(0))
        key = (point > 0, *zeros, way)
        if key not in self._known:
            recorder = Recorder(self._constants, sample)
            pairs = self._run(point, values, recorder, formulas=True)
            pinned = {s: sympy.Rational(sample[s]) for s in recorder.pinned if s in sample}
            found = {self._compared((got - wanted).subs(zeros), pinned) for got, wanted in pairs}
            self._known[key] = (next(how for how in _FROM_WORST if how in found), recorder.signs)
        how, signs = self._known[key]
        return how if all((u.subs(sample) < 0) == negative for u, negative in signs) else "not equal"

    def _compared(self, difference: Any, pinned: Mapping[Any, Any]) -> How:
        if difference not in self._proven:
            try:
                self._proven[difference] = "not equal" if _differ(difference) else prove_zero(difference, self._way)
            except NotProven:
                self._proven[difference] = "not equal"
        if self._proven[difference] == "not equal" and pinned:
            return self._compared(difference.subs(pinned), {})
        return self._proven[difference]

    def _sample(self, point: float, values: Mapping[str, Any]) -> dict[Any, float]:
        sample = {_x(point): point}
        for name, parameter in self._activation.parameters.items():
            own = parameter.as_symbols(name, values[name])
            sample |= {self._symbols[letter]: value for letter, value in own.items()}
        return sample

    def _run(self, point: Any, values: Mapping[str, Any], recorder: Recorder, formulas: bool) -> list[tuple[Any, Any]]:
        """Run code and formula at `point`; return pairs of formulas that should be equal, where they are wanted."""

        def stand_in(value: Any, formula: Any) -> StandIn:
            return StandIn(value, formula if formulas else None, recorder)

        x = stand_in(point, _x(point))
        letters: dict[str, StandIn] = {}
        given: dict[str, Any] = {}
        for name, parameter in self._activation.parameters.items():
            own = {
                letter: stand_in(value, self._symbols[letter])
                for letter, value in parameter.as_symbols(name, values[name]).items()
            }
            letters |= own
            given[name] = tuple(own.values()) if isinstance(parameter, Coefficients) else own[name]
        one, pi = stand_in(1.0, sympy.Integer(1)), stand_in(np.pi, sympy.pi)
        expected = x.of(evaluate(self._tree, _FUNCTIONS, {"x": x, "pi": pi, **letters}, one))
        if self._way == "derivative_from_output":
            got = self._code(stand_in(self._activation.f(point, **values), expected.formula), given)
        else:
            got = self._code(x, given)
        if not formulas:
            return []
        results = got if isinstance(got, list) else [got]
        return list(zip([x.of(r).formula for r in results], self._wanted(expected.formula, x.formula), strict=True))

    def _wanted(self, formula: Any, x: Any) -> list[Any]:
        if self._way == "f":
            return [formula]
        if self._way not in self._activation.parameters:
            return [sympy.diff(formula, x)]
        parameter = self._activation.parameters[self._way]
        letters = parameter.as_symbols(self._way, parameter.default)
        return [sympy.diff(formula, self._symbols[letter]) for letter in letters]


def _differ(difference: Any) -> bool:
    """Return whether a difference is plainly not 0 at one point; that is found faster than it is proven to be 0."""
    symbols = sorted(difference.free_symbols, key=str)
    point = {s: sympy.Rational(373 + 40 * i, 53) * (-1 if s.is_negative else 1) for i, s in enumerate(symbols)}
    # Put in exactly, since evalf takes very long where a long chain of brackets cancels.
    return bool(abs(difference.xreplace(point).evalf(30)) > sympy.Float(10) ** -25)


def _x(point: Any) -> Any:
    return sympy.Symbol("x", positive=True) if np.all(point > 0) else sympy.Symbol("x", negative=True)


def _symbol(name: str, parameter: Parameter | Coefficients) -> Any:
    if isinstance(parameter, Parameter) and parameter.low >= 0:
        return sympy.Symbol(name, positive=True)
    if isinstance(parameter, Parameter) and parameter.high <= 0:
        return sympy.Symbol(name, negative=True)
    return sympy.Symbol(name, real=True)


_FUNCTIONS: Mapping[str, Any] = {
    "exp": np.exp, "log": np.log, "sqrt": np.sqrt, "abs": np.abs, "tanh": np.tanh, "sinh": np.sinh, "cosh": np.cosh,
    "max": np.maximum, "min": np.minimum, "erf": scipy.special.erf, "step": lambda u: np.heaviside(u, 0.0),
    "sigma": scipy.special.expit, "relu6": lambda u: np.minimum(np.maximum(u, 0), 6),
}  # fmt: skip


# --- the library's functions without what makes them fit for arrays only ----------------------------------


class _Plain:
    """A function of the library without its decorator, and so that it takes a stand-in.

    Its code is the same; but the functions of the library that it calls have no decorator either, what would make a
    number of the stand-in (``np.asarray``, ``np.float32``, ``float``, ``math.sqrt``) keeps its formula, and so do
    the module's own constants.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self._modules: dict[str, dict[str, Any]] = {}
        self._function = self._twin(getattr(function, "__wrapped__", function))
        self._floats = {
            module: {name: value for name, value in names.items() if isinstance(value, float)}
            for module, names in self._modules.items()
        }

    def __call__(self, x: StandIn, parameters: Mapping[str, Any]) -> Any:
        for module, floats in self._floats.items():
            self._modules[module] |= {name: x.of(value) for name, value in floats.items()}
        return self._function(x, **parameters)

    def _twin(self, function: Any) -> Callable[..., Any]:
        module = function.__module__
        if module not in self._modules:
            names: dict[str, Any] = {}
            self._modules[module] = names
            names |= {name: self._replaced(value) for name, value in function.__globals__.items()}
            names["float"] = _float
        twin = FunctionType(
            function.__code__, self._modules[module], function.__name__, function.__defaults__, function.__closure__
        )
        twin.__kwdefaults__ = function.__kwdefaults__
        return twin

    def _replaced(self, value: Any) -> Any:
        value = getattr(value, "__wrapped__", value) if isinstance(value, FunctionType) else value
        if isinstance(value, FunctionType) and value.__module__.startswith("course_lib.activations."):
            return self._twin(value)
        if isinstance(value, Parameter | Coefficients):
            return _Unchecked()
        if value is np:
            return _Numpy()
        if value is math.frexp:
            return _frexp
        return _also_of_stand_ins(value) if getattr(value, "__module__", "") == "math" else value


class _Unchecked:
    """A parameter that accepts everything, also a stand-in."""

    def check(self, function: str, name: str, value: Any) -> None:
        """Do nothing."""


class _Numpy:
    """numpy, but what makes arrays and numbers leaves a stand-in as it is."""

    def __getattr__(self, name: str) -> Any:
        function = getattr(np, name)
        if name in ("asarray", "array", "atleast_1d"):
            return lambda x, *more, **options: x if isinstance(x, StandIn) else function(x, *more, **options)
        return _Float(function) if name in ("float64", "float32", "float16") else function


class _Float:
    """A kind of floats, such as ``np.float32``: also what rounds a stand-in to it."""

    def __init__(self, kind: type) -> None:
        self.rounds_to = kind

    def __call__(self, x: Any) -> Any:
        return x.astype(self.rounds_to) if isinstance(x, StandIn) else self.rounds_to(x)


def _also_of_stand_ins(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of ``math`` that takes a stand-in too, as numpy's function of the same name does."""
    return lambda x: getattr(np, function.__name__)(x) if isinstance(x, StandIn) else function(x)


def _float(x: Any) -> Any:
    return x if isinstance(x, StandIn) else float(x)


def _frexp(x: Any) -> tuple[Any, int]:
    if not isinstance(x, StandIn):
        return math.frexp(x)
    exponent = math.frexp(float(x.value))[1]
    x.recorder.decide(exponent)
    return x.times_power_of_2(-exponent), exponent
