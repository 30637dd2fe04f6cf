"""A line that a learner types: every line of the course is accepted, and every broken one is not."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.derivations import DERIVATIONS
from course_lib.derivations.expression import Apply, Entry, Number, Symbol, parse
from course_lib.derivations.prove import NotProven, prove_equal
from course_lib.derivations.render import mathml, spoken
from course_lib.derivations.typed import compare

KEYS = list(DERIVATIONS)
CHAIN, QUOTIENT = DERIVATIONS["sigmoid/chain"], DERIVATIONS["sigmoid/quotient"]


def said(key: str, line: int, typed: str):
    return compare(DERIVATIONS[key], line, typed)


# --- the course's own lines -------------------------------------------------------------------------------


@pytest.mark.parametrize("key", KEYS)
def test_each_line_of_the_course_is_its_next_line(key):
    steps = DERIVATIONS[key].steps
    for line, step in enumerate(steps[1:], 1):
        verdict = said(key, line, step.expression)
        assert verdict.right, f"{step.expression}: {verdict}"
        assert verdict.reveals
        assert verdict.kind == ("result" if line == len(steps) - 1 else "next")


@pytest.mark.parametrize("key", [key for key in KEYS if len(DERIVATIONS[key].steps) > 2])
def test_the_result_is_recognised_from_the_first_line_on(key):
    derivation = DERIVATIONS[key]
    verdict = said(key, 1, derivation.result)
    if derivation.local_names(len(derivation.steps)).keys() & {"u", "v"} and verdict.kind == "unreadable":
        pytest.fail(f"the result of {key} holds a local name: {verdict}")
    assert verdict.kind == "result"
    assert not verdict.reveals
    assert f"takes {len(derivation.steps) - 1} lines" in verdict.sentence


@pytest.mark.parametrize("key", KEYS)
def test_a_line_that_stands_there_is_no_progress(key):
    steps = DERIVATIONS[key].steps
    for line, step in enumerate(steps, 1):
        verdict = said(key, line, step.expression)
        assert (verdict.kind, verdict.right) == ("same", False)
    assert said(key, len(steps), steps[0].expression).kind == "same"


@pytest.mark.parametrize("key", KEYS)
def test_what_changes_its_form_only_is_equal(key):
    steps = DERIVATIONS[key].steps
    for line, step in enumerate(steps, 1):
        verdict = said(key, line, f"2*({step.expression})/2")
        assert verdict.kind == "equal", f"{step.expression}: {verdict}"


# --- broken lines -----------------------------------------------------------------------------------------


def broken(e):
    """Yield `e` with one thing changed: a sign, a number, a factor, a power, a function."""
    match e:
        case Number(value):
            yield Number(value + 1)
        case Apply("+", pair):
            yield Apply("-", pair)
        case Apply("-", pair):
            yield Apply("+", pair)
        case Apply("neg", (a,)):
            yield a
        case Apply("**", (a, Number())):
            yield a
        case Apply("*", pair):
            yield Apply("+", pair)
        case Apply("/", pair):
            yield Apply("*", pair)
        case Apply("exp", (a,)):
            yield Apply("exp", (Apply("neg", (a,)),))
        case Entry(name, indices):
            for here, there in (("i", "k"), ("k", "i"), ("k", "j"), ("i", "j")):
                if Symbol(here) in indices:
                    yield Entry(name, tuple(Symbol(there) if index == Symbol(here) else index for index in indices))
    if isinstance(e, Apply):
        for i, arg in enumerate(e.args):
            if e.op == "sum" or e.op.startswith("lim") or (e.op in ("D", "P") and i == 1):
                continue
            for changed in broken(arg):
                yield Apply(e.op, (*e.args[:i], changed, *e.args[i + 1 :]))


def to_text(e):
    match e:
        case Number(value):
            return str(value)
        case Apply("neg", (a,)):
            return f"(-{to_text(a)})"
        case Apply(op, (a, b)) if op in "+-**/":
            return f"({to_text(a)}{op}{to_text(b)})"
        case Apply(op, args):
            return f"{op}({', '.join(map(to_text, args))})"
    indices = getattr(e, "indices", ())
    return f"{e.name}[{', '.join(map(to_text, indices))}]" if indices else e.name


@pytest.mark.parametrize("key", KEYS)
def test_a_broken_line_is_not_equal_unless_it_can_be_proven(key):
    derivation = DERIVATIONS[key]
    wrong = 0
    for line, (before, after) in enumerate(pairwise(derivation.steps), 1):
        texts = list(dict.fromkeys(to_text(e) for e in broken(parse(after.expression))))
        for text in texts[:: 1 + len(texts) // 12]:
            verdict = compare(derivation, line, text)
            if verdict.kind in ("not_equal", "no_value"):
                wrong += 1
                assert verdict.before != verdict.yours
                continue
            if verdict.kind == "unreadable":
                assert re.search(r"lives only inside|^Character \d+: [ijk] is not a name", verdict.sentence), verdict
                continue  # an index without its sum
            try:
                prove_equal(derivation, before.expression, text, derivation.local_names(line))
            except NotProven:
                pytest.fail(f"{text} was accepted after {before.expression}: {verdict}")
    assert wrong


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-s*(1-s)", "the line before is 0.19661, yours is −0.19661. The sign is the wrong way round everywhere"),
        ("2*s*(1-s)", "yours is 0.39322. Yours is 2 times it everywhere: look for a factor."),
        ("s*(1-s)/3", "yours is 0.065537. Yours is 0.3333 times it everywhere"),
        ("s-s", "yours is 0. Yours is 0 everywhere: a term is lost."),
        ("s", "Not equal: at x = 1 the line before is 0.19661, yours is 0.73106. Put that in, piece by piece"),
        ("s*(1-s)+x-1", "Not equal: at x = −1 the line before is 0.19661, yours is −1.8034."),  # equal at x = 1
        ("s*(1-s)+exp(-x)/10**6", "yours is 0.1966"),
    ],
)
def test_what_is_not_equal_is_shown_at_one_point(typed, sentence):
    verdict = said("sigmoid/chain", 2, typed)
    assert verdict.kind == "not_equal"
    assert sentence in verdict.sentence
    assert verdict.before in verdict.sentence
    assert verdict.yours in verdict.sentence


def test_a_difference_of_a_hair_is_found_and_shown_with_enough_digits():
    verdict = said("sigmoid/chain", 1, "s*(1-s) + 1/1000000**5")
    assert verdict.kind == "not_equal"
    assert verdict.before != verdict.yours
    assert said("sigmoid/chain", 1, "s*(1-s) + 1/1000000**6").kind == "not_equal"


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        (
            "softmax/other",
            "S[i]*S[k]",
            "Not equal: at i = 1, k = 2, z = (1, 2) the line before is −0.19661, yours is 0.19661.",
        ),
        ("slopes/partial", "u", "Not equal: at w = 1, x = 2, b = 3, y = 4 the line before is 4, yours is 1."),
        ("relu6/above", "1", "the line before is 0, yours is 1. Put that in"),
        ("relu/right_limit", "0", "Not equal: as numbers the line before is 1, yours is 0. Yours is 0 everywhere"),
        ("identity/layers", "sum(i, x[i]*W[i, j])", "Not equal: at j = 1, b2 = ("),
    ],
)
def test_points_of_every_kind_are_shown_shortly(key, typed, sentence):
    verdict = said(key, 1, typed)
    assert verdict.kind == "not_equal"
    assert sentence in verdict.sentence
    assert len(verdict.sentence) < 250


@pytest.mark.parametrize("typed", ["1/(x-x)", "x/0", "log(-1)", "s*(1-s) + 0*log(x-1000)", "0**-1", "0/0", "(x-x)**0"])
def test_what_has_no_value_is_not_equal(typed):
    verdict = said("sigmoid/chain", 1, typed)
    assert verdict.kind == "no_value", verdict
    assert not verdict.right
    assert "division by 0" in verdict.sentence


@pytest.mark.parametrize("typed", ["exp(1000000)", "exp(x*90000)", "s*(1-s)*exp(100000*x)/exp(100000*x)"])
def test_what_is_beyond_all_bounds_is_not_compared_at_the_few_other_points(typed):
    verdict = said("sigmoid/chain", 1, typed)
    assert verdict.kind in ("too_large", "not_equal"), verdict
    assert not verdict.right


def test_a_pole_between_the_points_does_no_harm():
    assert said("sigmoid/chain", 1, "s*(1-s)*(x-1)/(x-1)").kind == "equal"  # 0/0 at x = 1, which is a point


# --- what may be typed ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "s*(1-s)",
        "= s*(1 - s)",
        "σ(x)·(1−σ(x))",
        "sigmoid(x)*(1-sigmoid(x))",
        "1/(1+e^-x) * (1 - 1/(1+e^-x))",
        "1/(1+e**(-x))*(1-1/(1+e**(-x)))",
        "e^(-x)/(1+e^(-x))^2",
        "exp(-x)/(1+exp(-x))²",
        "exp(-x)÷(1+exp(-x))²",
        "(e^x)/(1+e^x)^2",
        "s − s²",
        "0.5*(s-s**2)*2.0",
        ".25*4*s*(1-s)",
        "s*(1-s)*e/e",
        "s*(1-s)*e^(x^2)*e^-x^2",
        "exp(ln(s) + ln(1-s))",
        " \t s * ( 1 - s ) ",
        "s*--(1-s)",
        "s*σ(-x)",
        "D(ln(1+e^x)) - s + s*(1-s)",
        "sqrt(s)**2*(1-s)",
        "s*abs(1 - s)",
        "sqrt(s^2)*(1-s)",
        "π*s*(1-s)/pi",
        "0.12345678901234567*s*(1-s)/.12345678901234567",
    ],
)
def test_a_line_may_be_written_in_many_ways(typed):
    verdict = said("sigmoid/quotient", 4, typed)
    assert verdict.right, verdict


def test_local_names_may_be_used_once_they_stand_there():
    assert said("sigmoid/chain", 4, "-D(1 + exp(-x))/u²").kind == "same"
    assert said("sigmoid/chain", 4, "-D(u)/u²").kind == "equal"
    assert said("sigmoid/chain", 8, "e^-x/u^2").kind == "next"
    assert said("sigmoid/quotient", 4, "(u′*v - u*v')/v^2").kind == "equal"
    assert "du is not a name" in said("sigmoid/chain", 4, "du").sentence
    assert said("sigmoid/quotient", 1, "v").kind == "unreadable"


def test_what_is_differentiated_by_u_leaves_x_alone():
    assert said("sigmoid/chain", 3, "D(1/u, u)*D(u)").right
    assert said("sigmoid/chain", 3, "D(1/u, u)").kind == "not_equal"
    assert said("sigmoid/chain", 3, "D(1/u)").right


@pytest.mark.parametrize(
    ("typed", "place", "sentence"),
    [
        ("2x", 1, "Character 2: A sign is missing here; for a product write 2*x."),
        ("x s", 2, "Character 3: A sign is missing here; for a product write x*s."),
        ("xs", 0, "For a product write x*s, with a *."),
        ("s(1-s)", 1, "for a product write s*( ... )."),
        ("(1-s)(s)", 5, "for a product write ( ... )*( ... )."),
        ("2exp(x)", 1, "for a product write 2*exp( ... )."),
        ("s*(1-s", 2, "Character 3: This bracket is never closed."),
        ("s*(1-s))", 7, "No bracket is open that this ) could belong to."),
        ("s*[1-s]", 2, "Write round brackets, ( and )."),
        ("s*", 2, "The line ends too early: something is missing at its end."),
        ("s**(1-s)", 4, "An exponent is a whole number"),
        ("*s", 0, "Something is missing before this *."),
        ("s*/2", 2, "Something is missing before this /."),
        ("exp x", 4, "exp needs brackets around what it is taken of: exp( ... )."),
        ("exp", 3, "exp needs brackets"),
        ("log(x, 2)", 5, "log takes 1 argument."),
        ("sin(x)", 0, "sin is not a name in this derivation; there are: x, exp, sigma, D, s = sigma(x)."),
        ("sigmod(x)", 0, "sigmod is not a name in this derivation; did you mean sigmoid?"),
        ("X", 0, "X is not a name in this derivation"),
        ("0,5*s", 1, "A comma has no place here; decimals have a point, as in 0.5."),
        ("1e-5", 0, "Write numbers out, as in 100000 or 0.001."),
        ("0." + "1" * 41, 0, "with at most 40 decimals are read"),
        ("s'", 0, "For a slope write D( ... ), not s'."),
        ("s*(1-s) = 0", 8, "Type one side only, without an equals sign."),
        ("√s", 0, "For a square root write sqrt( ... )."),
        ("s**0.5", 3, "a square root is written sqrt(x)"),
        ("s^(1/2)", 3, "a square root is written sqrt(x)"),
        ("sqrt s", 5, "sqrt needs brackets around what it is taken of: sqrt( ... )."),
        ("(s)'", 3, "For a slope write D( ... ), without a prime."),
        ("xs'", 0, "For a product write x*s', with a *."),
        ("s*{1-s}", 2, "Write round brackets, ( and )."),
        ("х", 0, "This is 'cyrillic small letter ha', which formulas do not use"),
        ("s\u200b", 1, "An invisible character stands here (U+200B); delete it."),
        ("s;", 1, "; is not used in formulas; leave it out."),
        ("exp(exp(x))", 4, "Character 5: An exponential inside an exponential"),
        ("  e^(e^x)", 5, "Character 6: An exponential inside an exponential"),
        ("", None, "There is nothing to check yet"),
        ("  = ", None, "There is nothing to check yet"),
    ],
)
def test_what_cannot_be_read_is_answered_with_its_place(typed, place, sentence):
    verdict = said("sigmoid/chain", 1, typed)
    assert (verdict.kind, verdict.place) == ("unreadable", place), verdict
    assert sentence in verdict.sentence


@pytest.mark.parametrize("typed", ["i", "z[k]*k", "n", "exp(n)", "sum(j, j)", "i/i", "delta(i, k)*n", "P(k, k)"])
def test_an_index_is_no_number(typed):
    verdict = said("softmax/other", 1, typed)
    assert verdict.kind == "unreadable"
    assert "counts entries and is no number here" in verdict.sentence


@pytest.mark.parametrize("typed", ["z", "S", "z*2", "P(S, z[k])", "exp(z)"])
def test_a_vector_is_no_number(typed):
    verdict = said("softmax/other", 1, typed)
    assert verdict.kind == "unreadable"
    assert re.search(r"[zS] has entries; write one of them, such as [zS]\[1\]\.", verdict.sentence)


def test_what_is_read_is_shown_back():
    assert said("sigmoid/chain", 1, "= 0.5·e^-x²").read == "(1/2)*exp(-x**2)"
    assert said("sigmoid/chain", 1, "2x").read == ""


# --- anything at all --------------------------------------------------------------------------------------

PIECES = [
    *"xsuyzSikjneDP0123456789+-*/^()[],.=' ",
    "**",
    "exp(",
    "log(",
    "sum(j,",
    "σ(",
    "lim(",
    "z[",
    "e^",
    "1/",
    "−",
    "²",
]


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.integers(1, 10))
@settings(max_examples=400)
def test_whatever_is_typed_is_answered_with_one_sentence(typed, line):
    for key in ("sigmoid/quotient", "softmax/other"):
        verdict = compare(DERIVATIONS[key], line, typed)
        assert verdict.sentence.endswith((".", "?"))
        assert verdict.sentence.isprintable()
        assert verdict.place is None or 0 <= verdict.place <= len(typed)
        if verdict.read:
            assert "<math" in mathml(verdict.read)
            assert spoken(verdict.read)
