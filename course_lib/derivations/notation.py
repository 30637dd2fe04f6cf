"""How a formula's pieces are written for the eye and for the ear: LaTeX, MathML and plain words."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Notation:
    """How one output format writes each piece; the order and the parentheses are the same for all."""

    number: Callable[[int | Fraction], str]
    symbol: Callable[[str], str]
    entry: Callable[[str, Sequence[str]], str]  # name, indices
    infix: Callable[[str, str, str], str]  # left, operator, right
    minus: Callable[[str], str]
    fraction: Callable[[str, str], str]
    power: Callable[[str, str], str]
    root: Callable[[str], str]
    bars: Callable[[str], str]  # of an absolute value
    call: Callable[[str, Sequence[str]], str]
    call_power: Callable[[str, str, str], str]  # name, exponent, argument: tanh² x
    primed: Callable[[int, str], str]  # f' or f'' of an argument
    slope: Callable[[str, str, str], str]  # the d or the ∂, inside, variable
    slope_of_short: Callable[[str, str, str], str]  # likewise, with what is differentiated in the numerator
    brackets: Callable[[str], str]
    around_slope: Callable[[str], str]  # the brackets around what is differentiated
    sum: Callable[[str, str], str]  # index, body
    limit: Callable[[str, str, str], str]  # side, letter, body


_NAMES = {"du": "u′", "dv": "v′", "alpha": "α", "beta": "β", "lambd": "λ", "pi": "π"}
# What stands behind a space is a subscript.
_FUNCTIONS = {
    "log": "ln", "sigma": "σ", "phi": "φ", "Phi": "Φ", "relu": "ReLU", "leaky_relu": "LeakyReLU", "prelu": "PReLU",
    "relu6": "ReLU6", "elu": "ELU", "selu": "SELU", "silu": "SiLU", "swish": "Swish", "gelu": "GELU",
    "gelu_tanh": "GELU tanh", "mish": "Mish", "glu": "GLU",
}  # fmt: skip


def _number(value: int | Fraction) -> str:
    """Return a number as it is typed: 0.044715, with all of its decimals."""
    if value.denominator == 1:
        return str(value)
    decimals = next(count for count in range(1, 100) if (value * 10**count).denominator == 1)
    digits = f"{(value * 10**decimals).numerator:0{decimals + 1}d}"
    return f"{digits[:-decimals]}.{digits[-decimals:]}"


def _split(name: str) -> tuple[str, str]:
    """Return a name without its digit, and the digit: the first of two matrices is W1."""
    return (name[:-1], name[-1]) if name[-1].isdigit() else (name, "")


# --- MathML -----------------------------------------------------------------------------------------------


def _tag(name: str, *children: str) -> str:
    return f"<{name}>{''.join(children)}</{name}>"


def _row(*children: str) -> str:
    return _tag("mrow", *children)


def _in(opening: str, inside: str, closing: str) -> str:
    return f"<mo>{opening}</mo>{inside}<mo>{closing}</mo>"


def _arguments(inside: str) -> str:
    """Return what a function is taken of, in brackets that grow with it, and not with what stands beside them."""
    return _row(_in("(", inside, ")"))


_OPERATORS = {"+": "+", "-": "−", "*": "⋅", "": "\N{INVISIBLE TIMES}"}


def _mathml_infix(left: str, op: str, right: str) -> str:
    thin = "" if op else ' rspace="0.17em"'  # a thin space between factors without a dot
    return f"{left}<mo{thin}>{_OPERATORS[op]}</mo>{right}"


def _mathml_symbol(name: str) -> str:
    if name == "I":
        return '<mi mathvariant="normal">i</mi>'
    letter, digit = _split(_NAMES.get(name, name))
    if digit:
        return _tag("msub", _tag("mi", letter), _tag("mn", digit))
    # A prime stands outside of its <mi>, since only a single letter is italic there.
    return re.sub("<mi>(.)′</mi>", r"<msup><mi>\1</mi><mo>′</mo></msup>", _tag("mi", letter))


def _mathml_entry(name: str, indices: Sequence[str]) -> str:
    letter = _mathml_symbol(name)
    if _split(name)[1]:
        letter = _row(_in("(", letter, ")"))
    return _tag("msub", letter, _row(*indices))


def _mathml_slope(d: str, inside: str, variable: str) -> str:
    sign = _tag("mi", d)
    return f"<mfrac>{sign}{_row(sign, variable)}</mfrac>{inside}"


def _mathml_slope_of_short(d: str, inside: str, variable: str) -> str:
    sign = _tag("mi", d)
    return f"<mfrac>{_row(sign, inside)}{_row(sign, variable)}</mfrac>"


def _mathml_limit(side: str, letter: str, body: str) -> str:
    zero = _tag("mn", "0") if not side else _tag("msup", _tag("mn", "0"), _tag("mo", {"-": "−"}.get(side, side)))
    return _row(_mathml_below("lim", f"{letter}<mo>→</mo>{zero}"), body)


def _mathml_below(sign: str, below: str) -> str:
    return f'<munder><mo movablelimits="false" rspace="0.17em">{sign}</mo>{_row(below)}</munder>'


def _mathml_name(name: str) -> str:
    letters = [_tag("mi", part) for part in _FUNCTIONS.get(name, name).split()]
    return _tag("msub", *letters) if len(letters) == 2 else letters[0]


MATHML = Notation(
    number=lambda value: _tag("mn", _number(value)),
    symbol=_mathml_symbol,
    entry=_mathml_entry,
    infix=_mathml_infix,
    minus=lambda a: _row('<mo form="prefix" lspace="0" rspace="0">−</mo>', a),
    fraction=lambda a, b: _tag("mfrac", _row(a), _row(b)),
    power=lambda a, b: _tag("msup", _row(a), _row(b)),
    root=lambda a: _tag("msqrt", _row(a)),
    bars=lambda a: _row(_in("|", a, "|")),
    call=lambda name, args: (
        _tag("msub", _tag("mi", "δ"), _row(*args))
        if name == "delta"
        else _mathml_name(name) + _arguments("<mo>,</mo>".join(args))
    ),
    call_power=lambda name, exponent, a: _tag("msup", _mathml_name(name), _row(exponent)) + _arguments(a),
    primed=lambda times, a: _tag("msup", _tag("mi", "f"), _tag("mo", "′″‴"[times - 1])) + _arguments(a),
    slope=_mathml_slope,
    slope_of_short=_mathml_slope_of_short,
    brackets=lambda a: _row(_in("(", a, ")")),
    around_slope=lambda a: _row(_in("[", a, "]")),
    sum=lambda index, body: _row(_mathml_below("∑", index), body),
    limit=_mathml_limit,
)

# --- LaTeX ------------------------------------------------------------------------------------------------

_LATEX_OPERATORS = {"*": r"\cdot", "": r"\,"}
_LATEX_LETTERS = {"′": "'", "α": r"\alpha", "β": r"\beta", "λ": r"\lambda", "π": r"\pi"}
_LATEX_FUNCTIONS = {"σ": r"\sigma", "φ": r"\varphi", "Φ": r"\Phi"}
_KNOWN_TO_LATEX = frozenset({"ln", "sinh", "cosh", "tanh", "max", "min"})


def _latex_symbol(name: str) -> str:
    if name == "I":
        return r"\mathrm{i}"
    letter, digit = _split("".join(_LATEX_LETTERS.get(letter, letter) for letter in _NAMES.get(name, name)))
    return f"{letter}_{{{digit}}}" if digit else letter


def _latex_entry(name: str, indices: Sequence[str]) -> str:
    letter = _latex_symbol(name)
    return f"{letter}_{{{''.join(indices)}}}" if not _split(name)[1] else f"({letter})_{{{''.join(indices)}}}"


def _latex_name(name: str) -> str:
    shown, *below = _FUNCTIONS.get(name, name).split()
    if below:
        return rf"{_latex_name(shown)}_{{{_latex_name(below[0])}}}"
    if len(shown) == 1:
        return _LATEX_FUNCTIONS.get(shown, shown)
    return rf"\{shown}" if shown in _KNOWN_TO_LATEX else rf"\operatorname{{{shown}}}"


def _latex_slope(d: str, inside: str, variable: str) -> str:
    sign = {"∂": r"\partial "}.get(d, d)
    return rf"\frac{{{sign.strip()}}}{{{sign}{variable}}} {inside}"


def _latex_slope_of_short(d: str, inside: str, variable: str) -> str:
    sign = {"∂": r"\partial "}.get(d, d)
    return rf"\frac{{{sign}{inside}}}{{{sign}{variable}}}"


def _latex_fraction(a: str, b: str) -> str:
    # In a fraction TeX sets a sum's index beside it; the braces make matplotlib do so too.
    above, below = (re.sub(r"\\sum_{(\w)}", r"{\\sum}_{\1}\\,", part) for part in (a, b))
    return rf"\frac{{{above}}}{{{below}}}"


LATEX = Notation(
    number=_number,
    symbol=_latex_symbol,
    entry=_latex_entry,
    infix=lambda left, op, right: f"{left} {_LATEX_OPERATORS.get(op, op)} {right}",
    minus=lambda a: f"-{a}",
    fraction=_latex_fraction,
    power=lambda a, b: f"{a}^{{{b}}}",
    root=lambda a: rf"\sqrt{{{a}}}",
    bars=lambda a: f"|{a}|",  # not those that grow: in a fraction matplotlib makes them too small
    call=lambda name, args: (
        rf"\delta_{{{''.join(args)}}}" if name == "delta" else rf"{_latex_name(name)}\left({', '.join(args)}\right)"
    ),
    call_power=lambda name, exponent, a: rf"{_latex_name(name)}^{{{exponent}}}\left({a}\right)",
    primed=lambda times, a: rf"f{times * chr(39)}\left({a}\right)",
    slope=_latex_slope,
    slope_of_short=_latex_slope_of_short,
    brackets=lambda a: rf"\left({a}\right)",
    around_slope=lambda a: rf"\left[{a}\right]",
    sum=lambda index, body: rf"\sum_{{{index}}} {body}",
    limit=lambda side, letter, body: (
        rf"\lim_{{{letter} \to 0}} {body}" if not side else rf"\lim_{{{letter} \to 0^{{{side}}}}} {body}"
    ),
)

# --- words ------------------------------------------------------------------------------------------------

_SPOKEN_NUMBERS = {0: "zero", 1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
_SPOKEN_NAMES = {"du": "u prime", "dv": "v prime", "I": "i", "lambd": "lambda"}
_SPOKEN_FUNCTIONS = {
    "log": "the logarithm", "Im": "the imaginary part", "Re": "the real part",
    "max": "the larger", "min": "the smaller",
    "sqrt": "the square root", "abs": "the absolute value", "erf": "the error function", "step": "the step function",
    "relu": "ReLU", "leaky_relu": "leaky ReLU", "prelu": "PReLU", "relu6": "ReLU six", "elu": "ELU", "selu": "SELU",
    "silu": "SiLU", "swish": "Swish", "gelu": "GELU", "gelu_tanh": "the tanh form of GELU", "mish": "Mish",
    "glu": "GLU", "Phi": "capital phi",
}  # fmt: skip
_SPOKEN_OPERATORS = {"+": "plus", "-": "minus", "*": "times", "": "times"}
_SPOKEN_SIDES = {"": "", "+": " from above", "-": " from below"}
_PRIMES = ("", "prime", "double prime", "triple prime")


def _spoken_symbol(name: str) -> str:
    letter, digit = _split(_SPOKEN_NAMES.get(name, name))
    return f"{letter} {_SPOKEN_NUMBERS[int(digit)]}" if digit else letter


def _spoken_power(base: str, exponent: str) -> str:
    if exponent in ("two", "three") and base != "e":
        return f"{base} {_spoken_exponent(exponent)}"
    return f"{base} to {_with_article(_as_one(exponent))}"


def _spoken_exponent(exponent: str) -> str:
    return {"two": "squared", "three": "cubed"}.get(exponent, f"to the {exponent}")


def _spoken_fraction(a: str, b: str) -> str:
    simple = " " not in a and " " not in b
    return f"{a} over {b}" if simple else f"the fraction {a} over {b}, end of fraction,"


def _spoken_brackets(a: str) -> str:
    closed = a.startswith("the fraction") and a.endswith("end of fraction,") and a.count("the fraction") == 1
    return a if closed or " " not in a else f"the quantity {a}, end of quantity,"


def _as_one(a: str) -> str:
    """Return a sum with words that say where it begins and ends."""
    return _spoken_brackets(a) if re.search(" (plus|minus) ", a) else a


def _with_article(a: str) -> str:
    return a if a.startswith("the ") else f"the {a}"


def _spoken_call(name: str, args: Sequence[str]) -> str:
    if name == "delta":
        return f"delta sub {' '.join(args)}"
    if len(args) == 1:
        return f"{_SPOKEN_FUNCTIONS.get(name, name)} of {_as_one(args[0])}"
    return f"{_SPOKEN_FUNCTIONS[name]} of {' and '.join(args)},"


def _spoken_slope(d: str, inside: str, variable: str) -> str:
    kind = "the partial derivative" if d == "∂" else "the derivative"
    return f"{kind} with respect to {variable} of {inside}"


WORDS = Notation(
    number=lambda value: _SPOKEN_NUMBERS[int(value)] if value in _SPOKEN_NUMBERS else _number(value),
    symbol=_spoken_symbol,
    entry=lambda name, indices: f"{_spoken_symbol(name)} sub {' '.join(indices)}",
    infix=lambda left, op, right: f"{left} {_SPOKEN_OPERATORS[op]} {right}",
    minus=lambda a: f"minus {a}",
    fraction=_spoken_fraction,
    power=_spoken_power,
    root=lambda a: _spoken_call("sqrt", [a]),
    bars=lambda a: _spoken_call("abs", [a]),
    call=_spoken_call,
    call_power=lambda name, exponent, a: f"{name} {_spoken_exponent(exponent)} of {a}",
    primed=lambda times, a: f"f {_PRIMES[times]} of {_as_one(a)}",
    slope=_spoken_slope,
    slope_of_short=_spoken_slope,
    brackets=_spoken_brackets,
    around_slope=_spoken_brackets,
    sum=lambda index, body: f"the sum for all {index} of {body}, end of sum,",
    limit=lambda side, letter, body: f"the limit as {letter} goes to zero{_SPOKEN_SIDES[side]} of {body}",
)
