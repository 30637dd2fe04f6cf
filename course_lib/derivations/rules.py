"""The rules that a derivation may name, and the check that a line follows from the one before by its rule.

Equality alone would accept a line that is right for another reason than the one given. So each rule is a
rewriting: a pattern and what it becomes, in letters (u, v, a, b ...) that the step's data fills in. A line
follows when some occurrence of the pattern in the line before, rewritten, gives the line, up to the order and
grouping of sums and products. Nothing else is simplified on the way.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from course_lib.activations.registry import Registry
from course_lib.derivations.expression import Apply, Expression, NotAFormula, Number, Symbol, parse, substitute

#: An expression in normal form: nested tuples in which sums and products are flat and sorted.
Form = tuple[Any, ...]


@dataclass(frozen=True)
class Rule:
    """A named rewriting: `patterns` are pairs (before, after), tried in turn.

    `constant` names the letters that must not contain the variable x.
    """

    name: str
    patterns: tuple[tuple[str, str], ...]
    constant: tuple[str, ...] = ()


_LIST = (
    # calculus
    Rule("constant rule", (("D(c)", "0"),), constant=("c",)),
    Rule("sum rule", (("D(u + v)", "D(u) + D(v)"),)),
    Rule("linearity", (("D(a*u + b*v)", "a*D(u) + b*D(v)"), ("D(a*u)", "a*D(u)")), constant=("a", "b")),
    Rule("straight line", (("D(m*x)", "m"), ("D(x)", "1")), constant=("m",)),
    Rule("power rule", (("D(u**n, u)", "n*u**(n - 1)"),), constant=("n",)),
    Rule("exponential rule", (("D(exp(v))", "exp(v)*D(v)"),)),
    Rule("logarithm rule", (("D(log(v))", "1/v*D(v)"),)),
    Rule("chain rule", ()),  # special: see _instances
    Rule("quotient rule", (("D(u/v)", "(D(u)*v - u*D(v))/v**2"),)),
    Rule("insert the derivatives", (("D(u)", "du"), ("D(v)", "dv"))),
    # names
    Rule("definition", ()),  # special: the derivation's own definitions
    Rule("put u back", ()),  # special: the local names of earlier lines
    Rule("earlier result", ()),  # special: first and last line of another derivation
    # algebra
    Rule("signs, zeros and ones", ()),  # special: see _tidy
    Rule("add and subtract one", (("a", "1 + a - 1"),)),
    Rule("opposite terms cancel", (("a - a", "0"),)),
    Rule("split the fraction", (("(a - b)/c", "a/c - b/c"), ("a/c**2", "(1/c)*(a/c)"))),
    Rule("join the fractions", (("a/c - b/c", "(a - b)/c"),)),
    Rule("cancel the common factor", (("a/a", "1"), ("a/a**2", "1/a"))),
    Rule("one as a fraction", (("1", "a/a"),)),
    Rule("expand the fraction", (("a/b", "(a*t)/(b*t)"),)),
    Rule("multiply out", (("(a + b)*t", "a*t + b*t"),)),
    Rule("factor out", (("a - a**2", "a*(1 - a)"),)),
    Rule("add the exponents", (("exp(a)*exp(-a)", "1"),)),
    Rule("minus a minus", (("a", "-(-a)"),)),
)

#: Every rule by its name.
RULES: Registry[Rule] = Registry("rule", {rule.name: rule for rule in _LIST})

#: How often one line may apply its rule.
MAX_USES = 3


@dataclass(frozen=True)
class Setting:
    """What the lines of a derivation may refer to.

    Attributes
    ----------
    definitions : mapping
        Named functions: ``{"sigma": ("t", "1/(1 + exp(-t))")}``.
    local : mapping
        Local names introduced by earlier lines: ``{"u": "1 + exp(-x)"}``.
    earlier : mapping
        First and last line of other derivations by key.
    """

    definitions: Mapping[str, tuple[str, str]]
    local: Mapping[str, str]
    earlier: Mapping[str, tuple[str, str]]


def follows(before: str, after: str, rule: str, data: Iterable[Mapping[str, str]], setting: Setting) -> bool:
    """Return whether `after` is what `rule`, with `data` for its letters, makes of `before`.

    Parameters
    ----------
    before, after : str
        Two neighbouring lines.
    rule : str
        A name in ``RULES``.
    data : iterable of mappings
        What the rule's letters stand for; several mappings allow it at several places.
    setting : Setting
        Definitions, local names and earlier results.
    """
    start, goal = normal_form(parse(before)), normal_form(parse(after))
    if start == goal:
        return False  # a line that only repeats the one before used no rule
    if rule == "signs, zeros and ones":
        return _tidy(start) == goal
    if rule == "put u back":
        values = {name: parse(text) for name, text in setting.local.items()}
        return normal_form(substitute(parse(before), values)) == goal
    pairs = [(normal_form(b), normal_form(a)) for letters in data for b, a in _instances(RULES[rule], letters, setting)]
    reached = {start}
    for _ in range(MAX_USES):
        reached = {new for form in reached for b, a in pairs for new in _rewrite(form, b, a)}
        if goal in reached:
            return True
    return False


def _instances(rule: Rule, data: Mapping[str, str], setting: Setting) -> Iterator[tuple[Expression, Expression]]:
    """Yield the rule's patterns with the data put in; none where the data does not fit the rule."""
    letters = {name: parse(text) for name, text in data.items()}
    match rule.name:
        case "chain rule":
            if {"u", "outer"} <= letters.keys():
                outer, inner = letters["outer"], letters["u"]
                by_u = Apply("*", (_d(outer, Symbol("u")), _d(inner, Symbol("x"))))
                yield _d(substitute(outer, {"u": inner}), Symbol("x")), by_u
        case "definition":
            for name, (argument, body) in setting.definitions.items():
                if "t" in letters:
                    call = Apply(name, (letters["t"],))
                    meaning = substitute(parse(body), {argument: letters["t"]})
                    yield call, meaning
                    yield meaning, call
        case "earlier result":
            if data.get("of") in setting.earlier:
                first, last = setting.earlier[data["of"]]
                yield parse(first), parse(last)
        case _:
            local = {name: parse(text) for name, text in setting.local.items()}
            if any("x" in _letters_of(substitute(letters[c], local)) for c in rule.constant if c in letters):
                return
            for pattern in rule.patterns:
                before, after = map(parse, pattern)
                fixed = {"x"} | _differentiated_by(before)  # the u of D(u**n, u) stays u
                if _letters_of(before) | _letters_of(after) <= letters.keys() | fixed:
                    values = {name: value for name, value in letters.items() if name not in fixed}
                    yield substitute(before, values), substitute(after, values)


def _d(inside: Expression, variable: Expression) -> Expression:
    return Apply("D", (inside, variable))


def _letters_of(expression: Expression) -> set[str]:
    match expression:
        case Symbol(name):
            return {name}
        case Apply("D", (inside, _)):
            return _letters_of(inside)
        case Apply(_, args):
            return set().union(*map(_letters_of, args))
    return set()


def _differentiated_by(expression: Expression) -> set[str]:
    match expression:
        case Apply("D", (inside, Symbol(name))):
            return {name} | _differentiated_by(inside)
        case Apply(_, args):
            return set().union(*map(_differentiated_by, args))
    return set()


# --- normal form ------------------------------------------------------------------------------------------
# Sums and products become flat sorted lists; a - b is a + (-1)b, a/b is a b^-1; a factor 1 and a term 0 are
# dropped. Nothing is cancelled, collected or multiplied out: that takes a rule.

_ONE: Form = ("number", 1)
_ZERO: Form = ("number", 0)
_MINUS_ONE: Form = ("number", -1)


def normal_form(expression: Expression) -> Form:
    """Return `expression` up to the order and grouping of its sums and products."""
    match expression:
        case Number(value):
            return ("number", value)
        case Symbol(name):
            return ("symbol", name)
        case Apply("neg", (a,)):
            return _product([_MINUS_ONE, normal_form(a)])
        case Apply("+", (a, b)):
            return _sum([normal_form(a), normal_form(b)])
        case Apply("-", (a, b)):
            return _sum([normal_form(a), _product([_MINUS_ONE, normal_form(b)])])
        case Apply("*", (a, b)):
            return _product([normal_form(a), normal_form(b)])
        case Apply("/", (a, b)):
            return _product([normal_form(a), _power(normal_form(b), -1)])
        case Apply("**", (a, b)):
            return _power(normal_form(a), _whole(b))
        case Apply(name, args):
            return (name, *map(normal_form, args))
    raise TypeError(f"not an expression: {expression!r}")


def _whole(exponent: Expression) -> int:
    match exponent:
        case Number(value):
            return value
        case Apply("neg", (a,)):
            return -_whole(a)
        case Apply("-", (a, b)):
            return _whole(a) - _whole(b)
    raise NotAFormula("Only whole numbers are exponents in the course's derivations.")


def _sum(terms: list[Form]) -> Form:
    return _flat("sum", _ZERO, terms)


def _product(factors: list[Form]) -> Form:
    return _flat("product", _ONE, factors)


def _flat(kind: str, neutral: Form, parts: Iterable[Form]) -> Form:
    flat = [q for p in parts for q in (p[1:] if p[0] == kind else (p,)) if q != neutral]
    if not flat:
        return neutral
    return flat[0] if len(flat) == 1 else (kind, *sorted(flat, key=repr))


def _power(base: Form, exponent: int) -> Form:
    if base[0] == "power":
        base, exponent = base[1], base[2] * exponent
    if exponent == 1 or base == _ONE:
        return base
    return ("power", base, exponent)


def _rebuild(form: Form, parts: list[Form]) -> Form:
    if form[0] in ("sum", "product"):
        return (_sum if form[0] == "sum" else _product)(parts)
    return _power(parts[0], form[2]) if form[0] == "power" else (form[0], *parts)


def _parts(form: Form) -> list[Form]:
    return [p for p in form[1:] if isinstance(p, tuple)]


def _rewrite(form: Form, before: Form, after: Form) -> Iterator[Form]:
    """Yield every result of replacing one occurrence of `before` in `form` by `after`."""
    if form == before:
        yield after
    if form[0] == before[0] == "power" and form[1] == before[1] and form != before and form[2] % before[2] == 0:
        yield _power(after, form[2] // before[2])  # a^-2 holds a^-1, twice
    parts = _parts(form)
    if form[0] in ("sum", "product") and before[0] == form[0] and form != before:
        have, needed = Counter(parts), Counter(before[1:])
        if needed <= have:
            yield _rebuild(form, [*(have - needed).elements(), after])
    for i, part in enumerate(parts):
        if form[0] == "D" and i == 1:
            continue  # the variable by which we differentiate
        for new in _rewrite(part, before, after):
            yield _rebuild(form, [*parts[:i], new, *parts[i + 1 :]])


def _tidy(form: Form) -> Form:
    """Multiply out the whole numbers of every product: signs, zeros and ones disappear."""
    parts = [_tidy(p) for p in _parts(form)]
    form = _rebuild(form, parts) if parts else form
    if form[0] != "product":
        return form
    number = 1
    for factor in form[1:]:
        number *= factor[1] if factor[0] == "number" else 1
    if number == 0:
        return _ZERO
    return _product([("number", number), *(f for f in form[1:] if f[0] != "number")])
