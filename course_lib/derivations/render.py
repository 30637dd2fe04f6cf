"""The lines of a derivation for the eye and for the ear: LaTeX, MathML and plain words.

All three are written from the same tree as the proof, so the page cannot say what the proof does not.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from course_lib.derivations.expression import Apply, Expression, Number, Symbol, parse

# How tightly an operation binds: an operand that binds more loosely is put in parentheses.
_SUM, _PRODUCT, _POWER, _ATOM = range(4)
_BINDING = {"+": _SUM, "-": _SUM, "neg": _SUM, "*": _PRODUCT, "/": _PRODUCT, "**": _POWER}

_NAMES = {"du": "u′", "dv": "v′"}
_GREEK = {"sigma": "σ"}


@dataclass(frozen=True)
class Notation:
    """How one output format writes each piece; the order and the parentheses are the same for all."""

    number: Callable[[int], str]
    symbol: Callable[[str], str]
    infix: Callable[[str, str, str], str]  # left, operator, right
    minus: Callable[[str], str]
    fraction: Callable[[str, str], str]
    power: Callable[[str, str], str]
    call: Callable[[str, str], str]
    slope: Callable[[str, str], str]  # inside, variable
    brackets: Callable[[str], str]
    around_slope: Callable[[str], str]  # the brackets around what is differentiated


def latex(text: str) -> str:
    """Return the formula `text` as LaTeX, in exactly the form in which it is written."""
    return _write(parse(text), _LATEX)


def mathml(text: str) -> str:
    """Return the formula `text` as a MathML element, which browsers show without any library."""
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML"><mrow>{_write(parse(text), _MATHML)}</mrow></math>'


def spoken(text: str) -> str:
    """Return the formula `text` as it is read aloud: 'sigma of x times the quantity one minus sigma of x'."""
    words = _write(parse(text), _WORDS)
    return re.sub(r"(,\s*)+(?=,|$)", "", words)


def _write(e: Expression, n: Notation) -> str:
    def operand(child: Expression, binding: int, right: bool = False) -> str:
        """Write a child, in brackets where it binds more loosely, or begins with a minus on the right."""
        own = _binding(child)
        loose = own < binding or (right and isinstance(child, Apply) and child.op == "neg")
        return n.brackets(_write(child, n)) if loose else _write(child, n)

    match e:
        case Number(value):
            return n.number(value)
        case Symbol(name):
            return n.symbol(name)
        case Apply("neg", (a,)):
            return n.minus(operand(a, _PRODUCT, right=True))
        case Apply("+", (a, b)):
            return n.infix(operand(a, _SUM), "+", operand(b, _SUM, right=True))
        case Apply("-", (a, b)):
            return n.infix(operand(a, _SUM), "-", operand(b, _PRODUCT, right=True))
        case Apply("*", (a, b)):
            sign = "*" if _needs_dot(a, b) else ""
            return n.infix(_leading(a, n), sign, operand(b, _PRODUCT, right=True))
        case Apply("/", (a, b)):
            return n.fraction(_write(a, n), _write(b, n))
        case Apply("**", (a, b)):
            return n.power(operand(a, _ATOM), _write(b, n))
        case Apply("exp", (a,)):
            return n.power(n.symbol("e"), _write(a, n))
        case Apply("D", (a, variable)):
            named = isinstance(a, Apply) and a.op in ("sigma", "log")  # its own brackets close it off
            inside = _write(a, n)
            return n.slope(inside if named else n.around_slope(inside), _write(variable, n))
        case Apply(name, (a,)):
            return n.call(name, _write(a, n))
    raise TypeError(f"not an expression: {e!r}")


def _binding(e: Expression) -> int:
    if isinstance(e, Apply):
        return _POWER if e.op == "exp" else _BINDING.get(e.op, _ATOM)
    return _ATOM


def _leading(a: Expression, n: Notation) -> str:
    """Write the left factor: a leading minus needs no brackets there."""
    loose = _binding(a) < _PRODUCT and not (isinstance(a, Apply) and a.op == "neg")
    return n.brackets(_write(a, n)) if loose else _write(a, n)


def _needs_dot(a: Expression, b: Expression) -> bool:
    """Juxtaposition reads well between letters and brackets, not beside numbers, fractions and slopes."""

    def is_block(e: Expression) -> bool:
        return isinstance(e, Number) or (isinstance(e, Apply) and e.op in ("/", "D", "exp"))

    last = a.args[-1] if isinstance(a, Apply) and a.op in ("*", "neg") else a
    first = b
    while isinstance(first, Apply) and first.op == "*":
        first = first.args[0]
    return is_block(last) or is_block(first)


def _tag(name: str, *children: str) -> str:
    return f"<{name}>{''.join(children)}</{name}>"


def _row(*children: str) -> str:
    return _tag("mrow", *children)


_OPERATORS = {"+": "+", "-": "−", "*": "⋅", "": "\N{INVISIBLE TIMES}"}


def _mathml_infix(left: str, op: str, right: str) -> str:
    thin = "" if op else ' rspace="0.17em"'  # a thin space between factors without a dot
    return f"{left}<mo{thin}>{_OPERATORS[op]}</mo>{right}"


def _mathml_slope(inside: str, variable: str) -> str:
    d = _tag("mi", "d")
    return f"<mfrac>{d}{_row(d, variable)}</mfrac>{inside}"


_MATHML = Notation(
    number=lambda value: _tag("mn", str(value)),
    # A prime stands outside of its <mi>, since only a single letter is italic there.
    symbol=lambda name: re.sub(
        "<mi>(.)′</mi>", r"<msup><mi>\1</mi><mo>′</mo></msup>", _tag("mi", _NAMES.get(name, name))
    ),
    infix=_mathml_infix,
    minus=lambda a: _row('<mo form="prefix" lspace="0" rspace="0">−</mo>', a),
    fraction=lambda a, b: _tag("mfrac", _row(a), _row(b)),
    power=lambda a, b: _tag("msup", _row(a), _row(b)),
    call=lambda name, a: _tag("mi", {"log": "ln", **_GREEK}.get(name, name)) + f"<mo>(</mo>{a}<mo>)</mo>",
    slope=_mathml_slope,
    brackets=lambda a: _row("<mo>(</mo>", a, "<mo>)</mo>"),
    around_slope=lambda a: _row("<mo>[</mo>", a, "<mo>]</mo>"),
)

_LATEX_OPERATORS = {"*": r"\cdot", "": r"\,"}
_LATEX_NAMES = {"log": "ln"}

_LATEX = Notation(
    number=str,
    symbol=lambda name: _NAMES.get(name, name).replace("′", "'"),
    infix=lambda left, op, right: f"{left} {_LATEX_OPERATORS.get(op, op)} {right}",
    minus=lambda a: f"-{a}",
    fraction=lambda a, b: rf"\frac{{{a}}}{{{b}}}",
    power=lambda a, b: f"{a}^{{{b}}}",
    call=lambda name, a: rf"\{_LATEX_NAMES.get(name, name)}\left({a}\right)",
    slope=lambda inside, variable: rf"\frac{{d}}{{d{variable}}} {inside}",
    brackets=lambda a: rf"\left({a}\right)",
    around_slope=lambda a: rf"\left[{a}\right]",
)

_SPOKEN_NUMBERS = {0: "zero", 1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
_SPOKEN_NAMES = {"log": "the logarithm", "du": "u prime", "dv": "v prime"}
_SPOKEN_OPERATORS = {"+": "plus", "-": "minus", "*": "times", "": "times"}


def _spoken_power(base: str, exponent: str) -> str:
    if exponent in ("two", "three") and base != "e":
        return f"{base} {'squared' if exponent == 'two' else 'cubed'}"
    return f"{base} to the {exponent}"


def _spoken_fraction(a: str, b: str) -> str:
    simple = " " not in a and " " not in b
    return f"{a} over {b}" if simple else f"the fraction {a} over {b}, end of fraction,"


def _spoken_brackets(a: str) -> str:
    closed = a.startswith("the fraction") and a.endswith("end of fraction,") and a.count("the fraction") == 1
    return a if closed or " " not in a else f"the quantity {a}, end of quantity,"


_WORDS = Notation(
    number=lambda value: _SPOKEN_NUMBERS.get(value, str(value)),
    symbol=lambda name: _SPOKEN_NAMES.get(name, name),
    infix=lambda left, op, right: f"{left} {_SPOKEN_OPERATORS[op]} {right}",
    minus=lambda a: f"minus {a}",
    fraction=_spoken_fraction,
    power=_spoken_power,
    call=lambda name, a: f"{_SPOKEN_NAMES.get(name, name)} of {a}",
    slope=lambda inside, variable: f"the derivative with respect to {variable} of {inside}",
    brackets=_spoken_brackets,
    around_slope=_spoken_brackets,
)
