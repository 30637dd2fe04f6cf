"""What a learner is told who writes a limit, a sum or a slope in another way, or misses by a case or a factor."""

import re

import pytest

from course_lib.derivations import DERIVATIONS
from course_lib.derivations.typed import compare

KEYS = list(DERIVATIONS)


def said(key: str, line: int, typed: str):
    return compare(DERIVATIONS[key], line, typed)


# --- another way to write it ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("slopes/square", "lim(((x+h)**2-x**2)/h)", "lim takes 2 arguments; write lim(formula, h), which means h → 0."),
        ("slopes/square", "lim(x, h, 0)", "lim takes 2 arguments; write lim(formula, h), which means h → 0."),
        ("slopes/square", "lim x", "lim needs brackets; write lim(formula, h), which means h → 0."),
        ("slopes/square", "h->0", "For a limit write lim(formula, h), which means h → 0."),
        ("slopes/square", "h→0", "For a limit write lim(formula, h), which means h → 0."),
        ("slopes/square", "((x+h)^2-x^2)/h", "h lives only inside lim(…, h)."),
        ("slopes/square", "lim(x, h) + h", "h lives only inside lim(…, h)."),
        ("relu/left_limit", "h", "h lives only inside lim_left(…, h)."),
        ("relu/left_limit", "h->0", "write lim_left(formula, h), which means h → 0 from below."),
        ("slopes/log", "x->0", "> is not used in formulas; leave it out."),
        ("softmax/rows", "S[k]", "k lives only inside sum(k, …)."),
        ("identity/gradient", "sum(x[i])", "sum takes 2 arguments; write sum(i, formula)."),
        ("identity/gradient", "P(x[k])", "P takes 2 arguments; write P(formula, x[k])."),
        ("identity/jacobian", "delta(i)", "delta takes 2 arguments; write delta(one index, another)."),
        ("identity/jacobian", "D(x[i])", "on which nothing here depends; write P(formula, x[k])."),
        ("softmax/both", "D(S[i])", "on which nothing here depends; write P(formula, z[k])."),
    ],
)
def test_who_writes_a_limit_or_a_sum_wrongly_is_told_how(key, typed, sentence):
    verdict = said(key, 1, typed)
    assert verdict.kind == "unreadable"
    assert verdict.sentence.endswith(sentence)


def test_a_primed_local_name_is_its_slope():
    assert said("slopes/product", 1, "u'*v + u*v'").right
    assert said("slopes/product", 1, "u′v").kind == "unreadable"
    assert said("slopes/quotient", 1, "(u'*v - u*v’)/v²").read == "(D(u)*v-u*D(v))/v**2"
    assert said("sigmoid/quotient", 4, "u'").read == "du", "where the course has a name for it, that is meant"
    assert "For a slope write" in said("slopes/partial", 1, "2*u*u'").sentence, "by which of the four?"


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("slopes/chain", "D(u**3)*D(u)", "D(u**3) is the slope with respect to x; for u write D(u**3, u)."),
        ("slopes/chain", "D(u^3)*u'", "D(u**3) is the slope with respect to x; for u write D(u**3, u)."),
        ("slopes/partial", "D(u²)*P(u, w)", "D(u**2) is the slope with respect to x; for u write D(u**2, u)."),
        ("slopes/partial", "D(u², u)*D(u)", "D(u) is the slope with respect to x; for w write P(u, w)."),
        ("slopes/chain", "D(u**3, u)", "Yours is"),
        ("slopes/chain", "D(u*x)", "Put that in, piece by piece"),
        ("slopes/quotient", "D(u)/v", "Put that in, piece by piece"),
    ],
)
def test_a_bare_slope_of_a_local_name_is_explained_where_it_may_be_meant_otherwise(key, typed, sentence):
    verdict = said(key, 1, typed)
    assert verdict.kind == "not_equal"
    if sentence.startswith("D("):
        assert verdict.sentence.endswith(sentence)
    else:
        assert "with respect to x" not in verdict.sentence


# --- what is said of a slip ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("identity/jacobian", "1", "the line before is 0, yours is 1. The two are equal where i = k, not where i ≠ k."),
        ("identity/jacobian", "0", "the line before is 1, yours is 0. The two are equal where i ≠ k, not where i = k."),
        ("softmax/both", "-S[i]*S[k]", "The two are equal where i ≠ k, not where i = k."),
        ("softmax/both", "S[i]*(1 - S[i])", "The two are equal where i = k, not where i ≠ k."),
        ("identity/jacobian", "2*delta(i, k)", "The two are equal where i ≠ k, not where i = k."),
        ("slopes/quotient", "2*(1 - x**2)/(1 + x**2)**2 + x - 1", "Put that in, piece by piece"),
        ("slopes/quotient", "1/(2*x)", "at x = 1 the line before is 0, yours is 0.5. Put that in"),
        ("relu/right", "2", "Put that in, piece by piece"),  # two constants: a factor, or a term?
    ],
)
def test_a_line_that_is_right_in_one_case_only_is_not_said_to_lack_a_factor(key, typed, sentence):
    verdict = said(key, 1, typed)
    assert verdict.kind == "not_equal"
    assert sentence in verdict.sentence


@pytest.mark.parametrize("key", KEYS)
def test_a_factor_that_is_named_is_the_one_that_was_put_in(key):
    for line, step in enumerate(DERIVATIONS[key].steps, 1):
        verdict = said(key, line, f"3*({step.expression})")
        assert verdict.kind in ("not_equal", "equal"), "0 times 3 is equal"
        assert "times it" not in verdict.sentence or "Yours is 3 times it everywhere" in verdict.sentence
        other = said(key, line, f"({step.expression}) + 1")
        assert "times it" not in other.sentence, other
        assert "wrong way round" not in other.sentence, other


@pytest.mark.parametrize("key", ["identity/layers", "identity/gradient", "softmax/vjp", "softmax/shift"])
def test_entries_are_easy_to_put_in_by_hand(key):
    verdict = said(key, 1, f"({DERIVATIONS[key].first}) + 1")
    vectors = [value for value in verdict.point.values() if value.startswith("(")]
    assert vectors
    assert set(re.findall(r"[−\d.]+", " ".join(vectors))) <= {"0", "1", "2", "−1"}
    assert "..." not in verdict.sentence


# --- numbers to put in, and letters of one's own ------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "line", "typed", "label"),
    [
        ("cross_entropy/softmax", 11, "S[i] + y[i]", "y = (1, 0)"),
        ("cross_entropy/softmax", 11, "y[i]*(S[i] - 1)", "y = (0.25, 0.75)"),  # equal where the label is one-hot
        ("binary_cross_entropy/gradient", 11, "sigma(x) + y", "y = 1"),
        ("binary_cross_entropy/gradient", 11, "sigma(x) - y**2", "y = 0.25"),  # equal where the label is 0 or 1
        ("binary_cross_entropy/form", 14, "softplus(x) + y*x", "y = 1"),
    ],
)
def test_a_difference_is_shown_for_a_label_that_there_can_be(key, line, typed, label):
    verdict = said(key, line, typed)
    assert verdict.kind == "not_equal"
    assert f"{label} the line before" in verdict.sentence


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("binary_cross_entropy/gradient", "sigma(x) - y + y*(y - 1)*(4*y - 1)*(4*y - 3)"),
        ("cross_entropy/softmax", "S[i] - y[i] + y[i]*(y[i] - 1)*(4*y[i] - 1)*(4*y[i] - 3)"),
    ],
)
def test_what_only_odd_labels_tell_apart_is_found_too(key, typed):
    assert said(key, 11, typed).kind == "not_equal"


@pytest.mark.parametrize("letter", ["i", "j", "m", "t"])
@pytest.mark.parametrize("sign", ["sum", "Σ"])
def test_the_index_of_a_sum_may_have_any_free_letter(letter, sign):
    right = said("logsumexp/gradient", 4, f"exp(z[k])/{sign}({letter}, exp(z[{letter}]))")
    assert right.kind == "next"
    assert said("logsumexp/gradient", 4, f"exp(z[k])/{sign}({letter}, exp(2*z[{letter}]))").kind == "not_equal"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("exp(z[i])/sum(j, exp(z[j]))", "i is not a name in this derivation"),
        ("exp(z[i])/sum(i, exp(z[i]))", "i lives only inside sum(i, …)."),
        ("i*sum(i, exp(z[i]))", "i counts entries and is no number here"),
        ("sum(i, i)", "i counts entries and is no number here"),
        ("sum(z, z[j])", "z has entries"),
        ("sum(e, z[j])", ""),
        ("sum(ab, z[ab])", "ab is not a name in this derivation"),
    ],
)
def test_a_letter_of_one_s_own_lives_only_inside_its_sum(typed, sentence):
    verdict = said("logsumexp/gradient", 4, typed)
    assert verdict.kind == "unreadable"
    assert sentence in verdict.sentence


@pytest.mark.parametrize(
    ("key", "typed"), [("elu/left", "exp(x)"), ("leaky_relu/left", "1"), ("prelu/alpha_left", "1")]
)
def test_a_parameter_inside_a_function_is_named_with_a_value_that_it_may_have(key, typed):
    verdict = said(key, 1, typed)
    assert verdict.kind == "not_equal"
    assert 0 <= float(verdict.point["alpha"]) <= 1
    assert f"alpha = {verdict.point['alpha']}" in verdict.sentence
