"""The course's formulas as text, read without ever being executed.

A formula such as ``exp(-x)/(1 + exp(-x))**2`` is read by Python's own grammar (``ast.parse`` builds a tree
and runs nothing); every node that is not on the short list below is refused. SymPy's parser executes code, so
it never sees a formula that a person typed. What is read can also be computed without growing beyond all
bounds, whatever the numbers: see ``_Room``.
"""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import NoReturn

from course_lib.derivations.tree import DERIVATIVES, LIMITS, Apply, Entry, Expression, NotAFormula, Number, Symbol

MAX_LENGTH = 500
MAX_DEPTH = 60
MAX_NUMBER = 10**6
MAX_DECIMALS = 40
MAX_EXPONENT = 64
MAX_BINDERS = 3


@dataclass(frozen=True)
class _Function:
    """How a function is written: what each argument must be, and an example for whoever writes it wrongly."""

    arguments: tuple[str, ...]
    example: str
    grows: bool = False  # like the exponential; log, max and the like do not
    exponential: bool = False  # an exponential is taken of what is inside, whether or not the result grows like it


_FORMULA, _VARIABLE, _LETTER = "a formula", "a variable", "a letter"


def _of_x(name: str, grows: bool = False, exponential: bool = False) -> _Function:
    return _Function((_FORMULA,), f"{name}(x)", grows, grows or exponential)


#: Activations that are called by their names in derivations, which define them. They grow no faster than x, but
#: an exponential is taken of x on the way.
_ACTIVATIONS = ("softplus", "elu", "selu", "silu", "swish", "gelu", "gelu_tanh", "mish", "phi")


_FUNCTIONS: Mapping[str, _Function] = {
    **{name: _of_x(name, grows=True) for name in ("exp", "sigma", "sinh", "cosh", "tanh")},
    **{name: _of_x(name, exponential=True) for name in _ACTIVATIONS},
    **{name: _of_x(name) for name in ("log", "sqrt", "abs", "erf", "step", "Phi", "Im", "Re", "f", "r", "q")},
    **{name: _of_x(name) for name in ("relu", "leaky_relu", "prelu", "relu6", "softsign")},
    **{name: _Function((_FORMULA, _FORMULA), f"{name}(0, x)") for name in ("max", "min")},
    "glu": _Function((_FORMULA, _FORMULA), "glu(a, b)", exponential=True),
    "D": _Function((_FORMULA, _LETTER), "D(x**2) or D(1/u, u)"),
    "P": _Function((_FORMULA, _VARIABLE), "P(S[i], z[k])"),
    **{name: _Function((_FORMULA, _LETTER), f"{name}(x + h, h)") for name in ("lim", "lim_right", "lim_left")},
    "sum": _Function((_LETTER, _FORMULA), "sum(j, exp(z[j]))"),
    "delta": _Function((_FORMULA, _FORMULA), "delta(i, k)"),
}

#: Functions that a formula may use, with the number of their arguments. ``D(f)`` is df/dx, ``D(f, u)`` df/du;
#: ``P(f, z[k])`` the partial derivative of f by z_k; ``lim(f, h)`` the limit as h goes to 0, ``lim_right`` that
#: from above; ``sum(j, f)`` the sum over all j; ``delta(i, k)`` is 1 where i = k, else 0; ``step(u)`` is 1
#: where u > 0, else 0; ``erf`` is the error function; ``Im`` and ``Re`` are the imaginary and the real part; f
#: stands for any function, r for the rest of its Taylor formula, q for a function that a derivation names.
FUNCTIONS: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {name: (1, 2) if name == "D" else (len(function.arguments),) for name, function in _FUNCTIONS.items()}
)

#: Functions that may take many values of what is inside them, and so must not be nested without bounds.
_BINDERS = DERIVATIVES | LIMITS | {"sum"}

_BINARY: Mapping[type, str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}


@lru_cache(maxsize=8192)
def parse(text: str) -> Expression:
    """Return the expression that `text` writes.

    Parameters
    ----------
    text : str
        Names, ``+ - * / **``, parentheses, entries such as ``z[k]`` and ``W[i, j]``, and the functions in
        ``FUNCTIONS``, among them ``sqrt``, ``abs``, ``erf`` and ``step``; the name ``pi`` is the circle's number.
        Numbers are whole, or have up to 40 decimals (``0.044715``, ``1.0507009873554805``), which are kept
        exactly: nothing is rounded to a float. An exponent is a whole number (or, in a rule, n); powers of powers
        together reach at most 64; no exponential stands inside another; derivatives, limits and sums are nested
        at most three deep. So whatever is read can be computed.

    Raises
    ------
    NotAFormula
        If the text is anything else, too long or too deeply nested.
    """
    if len(text) > MAX_LENGTH:
        raise NotAFormula(f"The formula has {len(text)} characters; at most {MAX_LENGTH} are read.")
    return _Reader(text).read()


@dataclass(frozen=True)
class _Room:
    """How far a piece of the formula may still grow, given what stands around it.

    Powers of powers multiply, and so do sums of sums; an exponential of an exponential outgrows everything.
    """

    depth: int = MAX_DEPTH
    exponent: int = MAX_EXPONENT
    binders: int = MAX_BINDERS
    exponential: bool = True


class _Reader:
    """Reads one text; every refusal says at which character."""

    def __init__(self, text: str) -> None:
        self._text = text

    def read(self) -> Expression:
        self._refuse_characters()
        indent = len(self._text) - len(self._text.lstrip(" "))
        try:
            tree = ast.parse(self._text.strip(" "), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            place = getattr(error, "offset", None)
            self._refuse("The formula ends too early or a sign is missing or too many", place and place - 1 + indent)
        self._indent = indent
        return self._formula(tree, _Room())

    def _refuse(self, what: str, place: int | ast.expr | None) -> NoReturn:
        if isinstance(place, ast.expr):
            place = place.col_offset + self._indent
        where = "" if place is None else f" (character {min(place + 1, max(len(self._text), 1))})"
        raise NotAFormula(f"{what}{where}.") from None

    def _refuse_characters(self) -> None:
        """Refuse what no formula holds before Python's grammar sees it."""
        if not self._text.strip(" "):
            self._refuse("There is no formula", None)
        allowed = r"[^A-Za-z0-9_ +\-*/(),.\[\]]|(?<![0-9])\.|\.(?![0-9])|(?<![A-Za-z0-9_])[0-9]+[A-Za-z_]"
        if other := re.search(allowed, self._text):
            self._refuse(f"{other[0]!r} is not part of the course's formulas", other.start())

    def _formula(self, node: ast.expr, room: _Room) -> Expression:
        room = replace(room, depth=room.depth - 1)
        if room.depth < 0:
            self._refuse(f"The formula is nested more than {MAX_DEPTH} deep", node)
        match node:
            case ast.Constant(value=int(value)) if not isinstance(value, bool):
                if value > MAX_NUMBER:
                    self._refuse(f"Numbers up to {MAX_NUMBER} are read; this one is larger", node)
                return Number(value)
            case ast.Constant(value=float()):
                return self._decimal(node)
            case ast.Name(id=name):
                return self._symbol(name, node)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Apply("neg", (self._formula(operand, room),))
            case ast.BinOp(left=left, op=ast.Pow(), right=right):
                return self._power(left, right, room)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
                return Apply(_BINARY[type(op)], (self._formula(left, room), self._formula(right, room)))
            case ast.Subscript(value=ast.Name(id=name), slice=index) if _is_name(name) and name not in FUNCTIONS:
                indices = index.elts if isinstance(index, ast.Tuple) else [index]
                return Entry(name, tuple(self._index(i) for i in indices))
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
                return self._call(name, args, node, room)
        piece = ast.get_source_segment(self._text.strip(" "), node) or type(node).__name__
        self._refuse(f"{piece!r} is not part of the course's formulas", node)

    def _decimal(self, node: ast.Constant) -> Number:
        """Return a number with decimals, read from its text: the float that Python made of it is rounded."""
        text = self._text.strip(" ")[node.col_offset : node.end_col_offset]
        if len(text.partition(".")[2]) > MAX_DECIMALS:
            self._refuse(f"Numbers with up to {MAX_DECIMALS} decimals are read; this one has more", node)
        value = Fraction(text)
        if value > MAX_NUMBER:
            self._refuse(f"Numbers up to {MAX_NUMBER} are read; this one is larger", node)
        return Number(value if value.denominator > 1 else value.numerator)

    def _symbol(self, name: str, node: ast.expr) -> Symbol:
        if name in FUNCTIONS and name not in ("f", "r", "q"):
            self._refuse(f"{name} needs parentheses, as in {_FUNCTIONS[name].example}", node)
        if not _is_name(name):
            self._refuse(f"{name!r} is not part of the course's formulas", node)
        return Symbol(name)

    def _index(self, node: ast.expr) -> Expression:
        match node:
            case ast.Name(id=name) if _is_name(name):
                return Symbol(name)
            case ast.Constant(value=int(value)) if not isinstance(value, bool) and 1 <= value <= MAX_NUMBER:
                return Number(value)
        self._refuse("An index is a letter or a whole number from 1, as in z[k] or W[i, j]", node)

    def _power(self, base: ast.expr, exponent: ast.expr, room: _Room) -> Expression:
        read, size = self._exponent(exponent)
        if size > room.exponent:
            self._refuse(f"Powers of powers reach at most {MAX_EXPONENT} in all; these are larger", exponent)
        return Apply("**", (self._formula(base, replace(room, exponent=room.exponent // max(size, 1))), read))

    def _exponent(self, node: ast.expr) -> tuple[Expression, int]:
        """Return an exponent, and how large it is; the letter n stands for any whole number in a rule."""
        match node:
            case ast.Name(id="n"):
                return Symbol("n"), 1
            case ast.Constant(value=int(value)) if not isinstance(value, bool) and value <= MAX_EXPONENT:
                return Number(value), value
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                read, size = self._exponent(operand)
                return Apply("neg", (read,)), size
            case ast.BinOp(
                left=ast.Name(id="n") as left, op=ast.Sub() | ast.Add() as op, right=ast.Constant() as right
            ):
                (n, _), (number, size) = self._exponent(left), self._exponent(right)
                return Apply(_BINARY[type(op)], (n, number)), size
        hint = "; a power of e is written exp(x)" if isinstance(node, ast.Name | ast.UnaryOp | ast.Call) else ""
        if _is_broken(node):
            hint = "; a square root is written sqrt(x)"
        self._refuse(f"An exponent is a whole number from -{MAX_EXPONENT} to {MAX_EXPONENT}, as in x**2{hint}", node)

    def _call(self, name: str, args: list[ast.expr], node: ast.expr, room: _Room) -> Expression:
        if name not in FUNCTIONS:
            self._refuse(f"{name!r} is not one of the functions that are read", node)
        function = _FUNCTIONS[name]
        if name == "D" and len(args) == 1:
            args = [*args, ast.Name(id="x", col_offset=node.col_offset)]
        if len(args) != len(function.arguments):
            self._refuse(f"{name} takes {' and '.join(function.arguments)}, as in {function.example}", node)
        if function.grows and not room.exponential:
            self._refuse("An exponential inside an exponential (or sigma, tanh ...) is not read", node)
        if function.exponential:
            room = replace(room, exponential=False)
        if name == "log":
            room = replace(room, exponential=True)  # it undoes the growth of an exponential inside it
        if name in _BINDERS:
            if not room.binders:
                self._refuse(f"Derivatives, limits and sums are read at most {MAX_BINDERS} deep", node)
            room = replace(room, binders=room.binders - 1)
        read = [self._argument(a, kind, function, room) for a, kind in zip(args, function.arguments, strict=True)]
        return Apply(name, tuple(read))

    def _argument(self, node: ast.expr, kind: str, function: _Function, room: _Room) -> Expression:
        if kind == _FORMULA:
            return self._formula(node, room)
        if isinstance(node, ast.Name) or (kind == _VARIABLE and isinstance(node, ast.Subscript)):
            return self._formula(node, room)
        self._refuse(f"Here stands {kind}, as in {function.example}", node)


def _is_broken(exponent: ast.expr) -> bool:
    """Return whether an exponent is a fraction or has decimals."""
    match exponent:
        case ast.UnaryOp(operand=inside):
            return _is_broken(inside)
        case ast.BinOp(op=ast.Div()) | ast.Constant(value=float()):
            return True
    return False


def _is_name(name: str) -> bool:
    """Return whether `name` is letters with a digit behind them at most, such as u or W1."""
    return re.fullmatch("[A-Za-z]+[0-9]?", name) is not None
