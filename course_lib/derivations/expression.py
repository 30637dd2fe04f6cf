"""The course's formulas as text, read without ever being executed.

A formula such as ``exp(-x)/(1 + exp(-x))**2`` is read by Python's own grammar (``ast.parse`` builds a tree
and runs nothing); every node that is not on the short list below is refused. SymPy's parser executes code, so
it never sees a formula that a person typed.
"""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from course_lib.activations.registry import CourseError

#: Functions that a formula may use, with the number of their arguments. ``D(f)`` is df/dx, ``D(f, u)`` df/du.
FUNCTIONS = MappingProxyType({"exp": (1,), "log": (1,), "sigma": (1,), "D": (1, 2)})

MAX_LENGTH = 500
MAX_DEPTH = 60
MAX_NUMBER = 10**6


class NotAFormula(CourseError, ValueError):
    """A text that is not one of the course's formulas, with the place where reading stopped."""


@dataclass(frozen=True)
class Number:
    """A whole number."""

    value: int


@dataclass(frozen=True)
class Symbol:
    """A variable: x, u, y."""

    name: str


@dataclass(frozen=True)
class Apply:
    """An operation (+ - * / ** neg) or a named function, applied to its arguments."""

    op: str
    args: "tuple[Expression, ...]"


Expression = Number | Symbol | Apply

_BINARY: Mapping[type, str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}


def parse(text: str) -> Expression:
    """Return the expression that `text` writes.

    Parameters
    ----------
    text : str
        Names, whole numbers, ``+ - * / **``, parentheses, and the functions in ``FUNCTIONS``.

    Raises
    ------
    NotAFormula
        If the text is anything else, too long or too deeply nested.
    """
    if len(text) > MAX_LENGTH:
        raise NotAFormula(f"The formula has {len(text)} characters; at most {MAX_LENGTH} are read.")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        place = getattr(error, "offset", None)
        where = f" at character {place}" if place else ""
        raise NotAFormula(f"{text!r} can't be read as a formula{where}.") from None
    return _read(tree, text, 0)


def _read(node: ast.expr, text: str, depth: int) -> Expression:
    if depth > MAX_DEPTH:
        raise NotAFormula(f"The formula is nested more than {MAX_DEPTH} deep.")
    match node:
        case ast.Constant(value=int(value)) if not isinstance(value, bool):
            if value > MAX_NUMBER:
                raise NotAFormula(f"Numbers up to {MAX_NUMBER} are read; this one is larger.")
            return Number(value)
        case ast.Name(id=name):
            return Symbol(name)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Apply("neg", (_read(operand, text, depth + 1),))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            pair = (_read(left, text, depth + 1), _read(right, text, depth + 1))
            return Apply(_BINARY[type(op)], pair)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in FUNCTIONS:
            if len(args) not in FUNCTIONS[name] or (len(args) == 2 and not isinstance(args[1], ast.Name)):
                takes = "a formula and, if it is not x, a variable" if name == "D" else "one argument"
                raise NotAFormula(f"{name} takes {takes}, as in {name}({'1/u, u' if name == 'D' else 'x'}).")
            read = tuple(_read(a, text, depth + 1) for a in args)
            return Apply(name, (*read, Symbol("x")) if name == "D" and len(read) == 1 else read)
    piece = ast.get_source_segment(text.strip(), node) or type(node).__name__
    raise NotAFormula(f"{piece!r} is not part of the course's formulas (character {node.col_offset + 1}).")


def substitute(expression: Expression, values: Mapping[str, Expression]) -> Expression:
    """Return `expression` with each named symbol replaced by its value; the variable of a D is left alone."""
    match expression:
        case Symbol(name):
            return values.get(name, expression)
        case Apply("D", (inside, variable)):
            return Apply("D", (substitute(inside, values), variable))
        case Apply(op, args):
            return Apply(op, tuple(substitute(a, values) for a in args))
    return expression


def evaluate(
    expression: Expression, functions: Mapping[str, Callable[..., Any]], values: Mapping[str, Any], one: Any = 1
) -> Any:
    """Return the number (or array, or symbol) that `expression` stands for.

    Parameters
    ----------
    expression : Expression
        Read by ``parse``.
    functions : mapping
        What the functions mean: numpy's, mpmath's or SymPy's ``exp``, ``log``; ``sigma``; ``D(f, variable)``.
    values : mapping
        The value of each symbol.
    one : number, optional
        The 1 of the kind of numbers to compute with, so that 1/3 is exact in SymPy.

    Raises
    ------
    NotAFormula
        If a symbol has no value or a function no meaning.
    """

    def value(e: Expression) -> Any:
        match e:
            case Number(number):
                return number * one
            case Symbol(name):
                if name not in values:
                    raise NotAFormula(f"The symbol {name!r} has no value here.")
                return values[name]
            case Apply("neg", (a,)):
                return -value(a)
            case Apply("+", (a, b)):
                return value(a) + value(b)
            case Apply("-", (a, b)):
                return value(a) - value(b)
            case Apply("*", (a, b)):
                return value(a) * value(b)
            case Apply("/", (a, b)):
                return value(a) / value(b)
            case Apply("**", (a, b)):
                return value(a) ** value(b)
            case Apply(name, args) if name in functions:
                return functions[name](*(value(a) for a in args))
        raise NotAFormula(f"{e.op!r} has no meaning here.")

    return value(expression)
