"""The rules that a derivation may name.

Equality alone would accept a line that is right for another reason than the one given. So each rule is a
rewriting: a pattern and what it becomes, in letters (u, v, a, b ...) that the step's data fills in. In a
pattern ``D`` is any derivative, ordinary or partial, and x its variable; j is the index of a sum and h the
letter of a limit. The rules without a pattern are made from the lines themselves, in ``special``.
"""

from dataclasses import dataclass

from course_lib.activations.registry import Registry


@dataclass(frozen=True)
class Rule:
    """A named rewriting: `patterns` are pairs (before, after), tried in turn, in both directions if `both`.

    `constant` names the letters that must not depend on the variable of the derivative, or on the letter of
    the sum or the limit, with which the pattern begins.
    """

    name: str
    patterns: tuple[tuple[str, str], ...] = ()
    constant: tuple[str, ...] = ()
    both: bool = False


# To the second order: to the right, to the left and in the direction of i, whose powers are i, -1 and -i.
_TAYLOR = (
    ("f(x + h)", "f(x) + h*D(f(x)) + h**2/2*D(D(f(x))) + h**3*r(h)"),
    ("f(x - h)", "f(x) - h*D(f(x)) + h**2/2*D(D(f(x))) - h**3*r(-h)"),
    ("f(x + I*h)", "f(x) + I*h*D(f(x)) - h**2/2*D(D(f(x))) - I*h**3*r(I*h)"),
)

_LIST = (
    # limits
    Rule("definition of the derivative"),
    Rule("definition of e", (("lim((exp(h) - 1)/h, h)", "1"), ("lim_left((exp(h) - 1)/h, h)", "1"))),
    Rule("let h go to 0"),
    # calculus
    Rule("constant rule", (("D(c)", "0"),), constant=("c",)),
    Rule("sum rule", (("D(u + v)", "D(u) + D(v)"), ("D(sum(j, u))", "sum(j, D(u))"))),
    Rule("linearity", (("D(a*u + b*v)", "a*D(u) + b*D(v)"), ("D(a*u)", "a*D(u)")), constant=("a", "b")),
    Rule("straight line", (("D(m*x)", "m"), ("D(x)", "1")), constant=("m",)),
    Rule("power rule", (("D(x**n)", "n*x**(n - 1)"), ("D(a*x**n)", "a*n*x**(n - 1)")), constant=("a", "n")),
    Rule("exponential rule", (("D(exp(v))", "exp(v)*D(v)"), ("D(exp(x))", "exp(x)")), both=True),
    Rule("logarithm rule", (("D(log(v))", "1/v*D(v)"),)),
    Rule("chain rule"),
    Rule("product rule", (("D(u*v)", "D(u)*v + u*D(v)"),)),
    Rule("quotient rule", (("D(u/v)", "(D(u)*v - u*D(v))/v**2"),)),
    Rule("insert the derivatives", (("D(u)", "du"), ("D(v)", "dv"))),
    Rule("Taylor's formula", _TAYLOR),
    Rule("fundamental theorem of calculus", (("D(Phi(x))", "phi(x)"),)),
    # names
    Rule("definition"),
    Rule("put u back"),
    Rule("earlier result"),
    Rule("as assumed"),
    # cases
    Rule("the larger one", (("max(a, b)", "a"),)),
    Rule("the smaller one", (("min(a, b)", "a"),)),
    Rule("the absolute value"),
    Rule("here i is k"),
    # sums
    Rule("entries are independent"),
    Rule("only one term depends on it"),
    Rule("delta picks one term"),
    Rule("split the sum", (("sum(j, f + g)", "sum(j, f) + sum(j, g)"), ("sum(j, f - g)", "sum(j, f) - sum(j, g)"))),
    Rule("swap the sums", (("sum(i, sum(j, f))", "sum(j, sum(i, f))"),)),
    Rule(
        "constant factor",
        (("sum(j, a*f)", "a*sum(j, f)"), ("lim(a*f, h)", "a*lim(f, h)"), ("lim_left(a*f, h)", "a*lim_left(f, h)")),
        ("a",),
        both=True,
    ),
    Rule("rename the index"),
    Rule("write out the sum"),
    # algebra
    Rule("signs, zeros and ones"),
    Rule("arithmetic"),
    Rule("add and subtract one", (("a", "1 + a - 1"), ("2 - a", "1 - (a - 1)"))),
    Rule("add and subtract the same", (("a - b", "2*a - (a + b)"), ("a", "c + a - c"))),
    Rule("like terms", (("a + a", "2*a"), ("a - 2*a", "-a"))),
    Rule("opposite terms cancel", (("a - a", "0"),)),
    Rule("split the fraction", (("(a - b)/c", "a/c - b/c"), ("(a + b)/c", "a/c + b/c"), ("a/c**2", "(1/c)*(a/c)"))),
    Rule("join the fractions", (("a/c - b/c", "(a - b)/c"),)),
    Rule(
        "cancel the common factor",
        (("a/a", "1"), ("a/a**2", "1/a"), ("a**2/a", "a"), ("(a*b)/(a*c)", "b/c"), ("(b/a)/(c/a)", "b/c")),
    ),
    Rule("one as a fraction", (("1", "a/a"),)),
    Rule("expand the fraction", (("a/b", "(a*t)/(b*t)"),)),
    Rule("multiply out", (("(a + b)*t", "a*t + b*t"), ("-(a - b + c - d)", "-a + b - c + d"))),
    Rule("factor out", (("a - a**2", "a*(1 - a)"), ("a*b + a*c", "a*(b + c)"), ("a*b + a*c + a*d", "a*(b + c + d)"))),
    Rule("square of a sum", (("(a + b)**2", "a**2 + 2*a*b + b**2"),)),
    Rule("difference of two squares", (("a**2 - b**2", "(a - b)*(a + b)"),), both=True),
    Rule(
        "add the exponents",
        (("exp(a)*exp(-a)", "1"), ("exp(a)*exp(b)", "exp(a + b)"), ("exp(a)**2", "exp(2*a)")),
        both=True,
    ),
    Rule("e to the 0", (("exp(0)", "1"),)),
    Rule("exp undoes log", (("exp(log(a))", "a"),)),
    Rule("log undoes exp", (("log(exp(a))", "a"), ("log(1)", "0"))),
    Rule("logarithm of a product", (("log(a*b)", "log(a) + log(b)"),)),
    Rule("logarithm of a fraction", (("log(a/b)", "log(a) - log(b)"),)),
    Rule("minus a minus", (("a", "-(-a)"), ("a - b", "-(b - a)"))),
    Rule("power of a fraction", (("(a/b)**2", "a**2/b**2"),), both=True),
    Rule("cosh plus or minus sinh", (("cosh(a) - sinh(a)", "exp(-a)"), ("cosh(a) + sinh(a)", "exp(a)"))),
    Rule("imaginary part", (("Im(a + I*b - I*c*d)", "b - c*Re(d)"),)),
)

#: Every rule by its name.
RULES: Registry[Rule] = Registry("rule", {rule.name: rule for rule in _LIST})
