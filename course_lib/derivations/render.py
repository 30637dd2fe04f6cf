"""The lines of a derivation for the eye and for the ear: LaTeX, MathML and plain words.

All three are written from the same tree as the proof, so the page cannot say what the proof does not.
"""

import re

from course_lib.derivations.notation import LATEX, MATHML, WORDS, Notation
from course_lib.derivations.reader import FUNCTIONS, parse
from course_lib.derivations.tree import DERIVATIVES, LIMITS, Apply, Entry, Expression, Number, Symbol

# How tightly an operation binds: an operand that binds more loosely is put in parentheses.
_SUM, _PRODUCT, _POWER, _ATOM = range(4)
_BINDING = {
    "+": _SUM, "-": _SUM, "neg": _SUM, "*": _PRODUCT, "/": _PRODUCT, "**": _POWER, "exp": _POWER,
    "sqrt": _POWER, "sum": _PRODUCT, "lim": _PRODUCT, "lim_right": _PRODUCT, "lim_left": _PRODUCT,
}  # fmt: skip

_SIDES = {"lim": "", "lim_right": "+", "lim_left": "-"}
#: Functions whose power is written behind the name.
_POWERED = frozenset({"sinh", "cosh", "tanh"})
#: Operations that need no brackets where they are differentiated: they bring their own, or end of themselves.
_CLOSED = FUNCTIONS.keys() - {"exp", "f", "r", "sum", "delta", "Im", "Re", *LIMITS, *DERIVATIVES}


def latex(text: str) -> str:
    """Return the formula `text` as LaTeX, in exactly the form in which it is written."""
    return _write(parse(text), LATEX)


def mathml(text: str) -> str:
    """Return the formula `text` as a MathML element, which browsers show without any library."""
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML"><mrow>{_write(parse(text), MATHML)}</mrow></math>'


def spoken(text: str) -> str:
    """Return the formula `text` as it is read aloud: 'sigma of x times the quantity one minus sigma of x'."""
    words = _write(parse(text), WORDS)
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
        case Entry(name, indices):
            return n.entry(name, [_write(i, n) for i in indices])
        case Apply("neg", (a,)):
            return n.minus(operand(a, _PRODUCT, right=True))
        case Apply("+", (a, b)):
            return n.infix(operand(a, _SUM), "+", operand(b, _PRODUCT, right=True))
        case Apply("-", (a, b)):
            return n.infix(operand(a, _SUM), "-", operand(b, _PRODUCT, right=True))
        case Apply("*", (a, b)):
            sign = "*" if _needs_dot(a, b) else ""
            return n.infix(_leading(a, n), sign, operand(b, _PRODUCT, right=True))
        case Apply("/", (a, b)):
            return n.fraction(_write(a, n), _write(b, n))
        case Apply("**", (Apply(name, (a,)), b)) if name in _POWERED:
            return n.call_power(name, _write(b, n), _write(a, n))
        case Apply("**", (a, b)):
            return n.power(operand(a, _ATOM), _write(b, n))
        case Apply("sqrt", (a,)):
            return n.root(_write(a, n))
        case Apply("abs", (a,)):
            return n.bars(_write(a, n))
        case Apply("exp", (a,)):
            return n.power(n.symbol("e"), _write(a, n))
        case Apply("sum", (index, body)):
            return n.sum(_write(index, n), operand(body, _PRODUCT, right=True))
        case Apply(op, (body, letter)) if op in LIMITS:
            return n.limit(_SIDES[op], _write(letter, n), operand(body, _PRODUCT, right=True))
        case Apply(op, (a, variable)) if op in DERIVATIVES:
            return _slope(op, a, variable, n)
        case Apply(name, args):
            return n.call(name, [_write(a, n) for a in args])
    raise TypeError(f"not an expression: {e!r}")


def _slope(op: str, inside: Expression, variable: Expression, n: Notation) -> str:
    times, of_what = 1, inside
    while isinstance(of_what, Apply) and of_what.op == "D" and of_what.args[1] == variable:
        times, of_what = times + 1, of_what.args[0]
    match of_what, variable:
        case Apply("f", (Symbol() as argument,)), Symbol() if argument == variable and times <= 3:
            return n.primed(times, _write(argument, n))
    d, by = {"D": "d", "P": "∂"}[op], _write(variable, n)
    if op == "P" and _is_short(inside):
        return n.slope_of_short(d, _write(inside, n), by)
    closed = isinstance(inside, Apply) and inside.op in _CLOSED
    written = _write(inside, n)
    return n.slope(d, written if closed else n.around_slope(written), by)


def _is_short(e: Expression) -> bool:
    return isinstance(e, Symbol | Entry) or (isinstance(e, Apply) and e.op == "exp" and _is_short(e.args[0]))


def _binding(e: Expression) -> int:
    return _BINDING.get(e.op, _ATOM) if isinstance(e, Apply) else _ATOM


def _leading(a: Expression, n: Notation) -> str:
    """Write the left factor: a leading minus needs no brackets there, but a sum would take in the right one."""
    negative = isinstance(a, Apply) and a.op == "neg"
    loose = _binding(a) < _PRODUCT and not negative
    return n.brackets(_write(a, n)) if loose or _is_open(a) else _write(a, n)


def _is_open(a: Expression) -> bool:
    """Return whether `a` ends in a sum or a limit, which holds whatever is written behind it."""
    match a:
        case Apply("*", (_, last)) | Apply("neg", (last,)):
            return _is_open(last)
        case Apply(op, _):
            return op == "sum" or op in LIMITS
    return False


def _needs_dot(a: Expression, b: Expression) -> bool:
    """Juxtaposition reads well between letters and brackets, and after a number; not beside fractions and slopes."""

    def is_block(e: Expression) -> bool:
        if isinstance(e, Apply) and e.op in DERIVATIVES and isinstance(e.args[0], Apply) and e.args[0].op in ("D", "f"):
            return False  # f'(x)
        return isinstance(e, Apply) and e.op in ("/", "exp", *DERIVATIVES)

    last = a.args[-1] if isinstance(a, Apply) and a.op in ("*", "neg") else a
    first = b
    while isinstance(first, Apply) and first.op == "*":
        first = first.args[0]
    if isinstance(last, Number):
        return isinstance(first, Number) or (is_block(first) and not (isinstance(first, Apply) and first.op == "exp"))
    return is_block(last) or is_block(first) or isinstance(first, Number)
