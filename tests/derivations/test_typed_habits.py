"""What comes from paper or from another program: it is read, or whoever types it is told how it is typed here."""

import pytest

from course_lib.derivations import DERIVATIONS
from course_lib.derivations.typed import compare


def said(key: str, line: int, typed: str):
    return compare(DERIVATIONS[key], line, typed)


@pytest.mark.parametrize(
    ("key", "line", "typed", "read"),
    [
        ("tanh/quotient", 7, "1-tanh^2(x)", "1-(tanh(x)**2)"),
        ("tanh/quotient", 7, "1 − tanh²(x)", "1-(tanh(x)**2)"),
        ("tanh/quotient", 5, "cosh²(x)/cosh^2(x) - sinh**2(x)/cosh²(x)", None),
        ("tanh/chain", 9, "4*sigma(2*x) - 4*σ²(2*x)", "4*sigma(2*x)-4*(sigma(2*x)**2)"),
        ("tanh/sech", 8, "1/cosh^2((x))", "1/(cosh((x))**2)"),
        ("leaky_relu/left", 4, "α", "alpha"),
        ("prelu/alpha_left", 3, "P(α*x, α)", "P(alpha*x,alpha)"),
        ("softmax/both", 11, "S[i]*(δ(i, k) - S[k])", "S[i]*(delta(i,k)-S[k])"),
    ],
)
def test_what_lessons_print_is_read(key, line, typed, read):
    verdict = said(key, line, typed)
    assert verdict.kind in ("same", "result", "next", "equal", "ahead"), verdict
    assert read in (None, verdict.read)


def test_a_power_before_brackets_holds_for_the_whole_and_no_further():
    assert said("tanh/chain", 1, "tanh^2(x)^3").kind == "not_equal", "(tanh(x)**2)**3"
    assert said("tanh/chain", 1, "(tanh^2(x))^3 - tanh(x)^6 + D(tanh(x))").right
    assert said("tanh/sech", 1, "1 - tanh^2((x + x)/2)").right
    assert "never closed" in said("tanh/sech", 1, "1-(tanh^2(x)").sentence
    for typed in ("tanh^-1(x)", "exp^2(x)", "D^2(x)", "tanh^2 x", "tanh^2(x"):
        assert "A power stands behind the brackets" in said("tanh/sech", 1, typed).sentence


@pytest.mark.parametrize(
    ("key", "line", "typed", "sentence"),
    [
        ("tanh/sech", 8, "sech(x)^2", "For sech(x) write 1/cosh(x), and for its square 1/cosh(x)**2."),
        ("sigmoid/chain", 1, "sech(x)", "sech is not a name in this derivation"),
        ("softmax/both", 11, "S[i]*(delta[i,k]-S[k])", "delta takes round brackets: delta(i, k)."),
        ("softmax/both", 11, "delta[i]", "delta takes round brackets: delta( ... )."),
        ("softmax/both", 11, "S[i]*(delta_ik-S[k])", "delta takes round brackets: delta(i, k)."),
        ("softmax/both", 11, "δik", "delta takes round brackets: delta(i, k)."),
        ("softmax/both", 11, "δ_{ik}", "delta takes round brackets: delta(one index, another)."),
        ("softmax/same", 12, "Sk(1-Sk)", "An index goes in square brackets: S[k]."),
        ("softmax/same", 12, "S_k", "An index goes in square brackets: S[k]."),
        ("softmax/same", 12, "S_{k}", "An index goes in square brackets: S[i]."),
        ("softmax/two_classes", 1, "exp(z1)", "An index goes in square brackets: z[1]."),
        ("softmax/two_classes", 1, "exp(z₁)", "An index goes in square brackets: z[1]."),
        ("identity/layers", 1, "x_i*W1_ik", "An index goes in square brackets: x[i]."),
        ("identity/layers", 1, "W1ik", "An index goes in square brackets: W1[i, k]."),
        ("softmax/ones", 1, "sum(exp(z))", "a sum over them is typed sum(i, exp(z[i]))."),
        ("softmax/both", 1, "1/sum(e^z)", "a sum over them is typed sum(j, e**z[j])."),
        ("softmax/vjp", 6, "S[k]*(g[k]-sum(g*S))", "a sum over them is typed sum(i, g[i]*S[i])."),
        ("softmax/vjp", 6, "sum(i, g*S[i])", "a sum over them is typed sum(i, g[i]*S[i])."),
        ("softmax/vjp", 6, "sum(g", "a sum over them is typed sum(i, g[i])."),
        ("softmax/vjp", 6, "sum(i, g[i]) + g", "g has entries; write one of them, such as g[1]."),
        ("identity/layers", 1, "sum(W1)", "W1 has entries; write one of them, such as W1[1]."),
        ("softmax/vjp", 4, "g[k]*S[k]-g[i]*S[i]*S[k]", "i lives only inside sum(i, …)."),
        ("relu/right_limit", 1, "(relu(h)-relu(0))/h", "h lives only inside lim_right(…, h)."),
        ("relu/right_limit", 3, "lim_right(h/h)", "write lim_right(formula, h), which means h → 0 from above."),
        ("prelu/alpha_left", 3, "P(alpha*x)", "P takes 2 arguments; write P(formula, alpha)."),
        ("leaky_relu/left", 4, "D(αx)", "For a product write alpha*x, with a *."),
        ("softmax/same", 12, "S[k](1-S[k])", "for a product write a * before the bracket."),
        ("softmax/same", 12, "S[k]exp(1)", "for a product write a * before exp( ... )."),
        ("identity/limit", 1, "dx/dx", "A slope is typed D(x)."),
        ("identity/limit", 1, "d/dx x", "A slope is typed D(x)."),
        ("identity/limit", 1, "d/dx (x)", "A slope is typed D(formula)."),
        ("identity/jacobian", 1, "dy[i]/dx[k]", "A slope is typed P(y[i], x[k])."),
        ("identity/jacobian", 1, "∂x_i/∂x_k", "A slope is typed P(x[i], x[k])."),
        ("softmax/both", 1, "dS[i]/dz[k]", "A slope is typed P(S[i], z[k])."),
        ("softmax/same", 2, "d/dz_k S_k", "A slope is typed P(S[k], z[k])."),
        ("prelu/alpha_left", 3, "d(α*x)/dα", "A slope is typed P(alpha*x, alpha)."),
        ("sigmoid/quotient", 4, "du/dx", "A slope is typed D(formula)."),
        ("sigmoid/chain", 4, "du", "du is not a name in this derivation; a slope is typed D(u)."),
        ("softmax/both", 1, "dS[i]", "dS[i] is not a name in this derivation; a slope is typed P(formula, z[k])."),
        ("sigmoid/chain", 4, "d(1/u)/du", "A slope is typed D(1/u, u)."),
        ("tanh/chain", 3, "4*sigma'(2*x)", "write D(sigma(2*x))/D(2*x); D(sigma(2*x)) is the slope of the whole"),
        ("tanh/chain", 4, "4*σ′(2x)", "For sigma'(2x) write"),
        ("tanh/chain", 6, "4*sigma'( 2*x )", "write D(sigma(u), u), where u = 2*x; D(sigma(2*x)) is the slope of"),
        ("tanh/chain", 6, "4*sigma'(u)", "For sigma'(u) write D(sigma(u), u)."),
        ("tanh/chain", 1, "sigma'(u)", "For a slope write D( ... ), without a prime."),
        ("sigmoid/quotient", 1, "sigma'(x)", "For sigma'(x) write D(sigma(x))."),
        ("tanh/quotient", 7, "1-s^2", "s stands for sigma(x) only in lesson 03; here t = tanh(x)."),
        ("tanh/chain", 7, "4*s*(1-s)", "only in lesson 03; here write sigma(x), or t = tanh(x)."),
        ("relu/right", 1, "s", "s is not a name in this derivation"),
    ],
)
def test_a_habit_is_answered_with_how_it_is_typed_here(key, line, typed, sentence):
    verdict = said(key, line, typed)
    assert verdict.kind == "unreadable"
    assert sentence in verdict.sentence, verdict.sentence


@pytest.mark.parametrize("line", [3, 4, 6])
def test_the_slope_of_a_whole_is_told_from_the_slope_taken_inside(line):
    verdict = said("tanh/chain", line, "4*D(sigma(2*x))")
    assert verdict.kind == "not_equal"
    assert "D(sigma(2*x)) is the slope of the whole with respect to x." in verdict.sentence
    assert "For sigma'(2*x) write" in verdict.sentence
    assert said("tanh/chain", line, "4*D(sigma(2*x))/D(2*x)").right, "what is advised is accepted"
    assert ("D(sigma(u), u), where u = 2*x" in verdict.sentence) == (line > 3), "u is named once it may be typed"
    assert "the whole" not in said("tanh/chain", line, "6*D(sigma(2*x))").sentence


@pytest.mark.parametrize(
    ("line", "typed", "kind", "sentence"),
    [
        (12, "S[i]*(1-S[i])", "result", "Right: this is the result, with i for k."),
        (12, "S[i]*(1-S[k])", "result", "Right: this is the result, with i for k."),
        (12, "S[k]*(1-S[k])", "result", "Right: this is the result."),
        (3, "S[i]*(1-S[i])", "result", "already the result, with i for k. The course takes 10 lines"),
        (7, "(exp(z[i])*sum(j, exp(z[j])) - exp(z[i])*exp(z[i]))/sum(j, exp(z[j]))**2", "next", "line, with i for k."),
        (12, "S[i] - S[i]^2", "equal", "not the course's next line"),
        (12, "P(S[i], z[i])", "equal", "not the course's next line"),
    ],
)
def test_where_indices_are_equal_one_may_stand_for_the_other(line, typed, kind, sentence):
    verdict = said("softmax/same", line, typed)
    assert verdict.kind == kind
    assert verdict.sentence.endswith(sentence) if sentence.startswith("Right") else sentence in verdict.sentence


def test_unequal_indices_are_not_exchanged():
    assert said("softmax/other", 9, "-S[i]*S[i]").kind == "not_equal"
    assert said("softmax/both", 11, "S[i]*(1-S[i])").kind == "not_equal"
