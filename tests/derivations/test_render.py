"""How lines look and sound: LaTeX, MathML and words from one tree."""

from xml.etree import ElementTree

import pytest

from course_lib.derivations import DERIVATIONS, render

LINES = sorted({step.expression for d in DERIVATIONS.values() for step in d.steps})


@pytest.mark.parametrize(
    ("text", "latex", "spoken"),
    [
        ("1 + exp(-x) - 1", "1 + e^{-x} - 1", "one plus e to the minus x minus one"),
        ("1/(1 + x)", r"\frac{1}{1 + x}", "the fraction one over one plus x, end of fraction"),
        ("x - (y - u)", r"x - \left(y - u\right)", "x minus the quantity y minus u, end of quantity"),
        ("x + (y - u)", r"x + \left(y - u\right)", "x plus the quantity y minus u, end of quantity"),
        ("x - (-y)", r"x - \left(-y\right)", "x minus the quantity minus y, end of quantity"),
        ("(-x)**2", r"\left(-x\right)^{2}", "the quantity minus x, end of quantity, squared"),
        ("-(x + y)", r"-\left(x + y\right)", "minus the quantity x plus y, end of quantity"),
        ("2*3", r"2 \cdot 3", "two times three"),
        ("2*x", r"2 \, x", "two times x"),
        ("x*y", r"x \, y", "x times y"),
        ("(x/y)*u", r"\frac{x}{y} \cdot u", "x over y times u"),
        ("(x*y)**2", r"\left(x \, y\right)^{2}", "the quantity x times y, end of quantity, squared"),
        ("D(x**2)", r"\frac{d}{dx} \left[x^{2}\right]", None),
        ("exp(x + h)", "e^{x + h}", "e to the quantity x plus h, end of quantity"),
        ("exp(log(x))", r"e^{\ln\left(x\right)}", "e to the logarithm of x"),
        ("tanh(x)**2", r"\tanh^{2}\left(x\right)", "tanh squared of x"),
        ("max(0, x)", r"\max\left(0, x\right)", "the larger of zero and x"),
        (
            "P(S[i], z[k])",
            r"\frac{\partial S_{i}}{\partial z_{k}}",
            "the partial derivative with respect to z sub k of S sub i",
        ),
        ("P(w*x, w)", r"\frac{\partial}{\partial w} \left[w \, x\right]", None),
        ("sum(j, exp(z[j]))", r"\sum_{j} e^{z_{j}}", "the sum for all j of e to the z sub j, end of sum"),
        ("1/sum(j, exp(z[j]))", r"\frac{1}{{\sum}_{j}\, e^{z_{j}}}", None),
        ("sum(k, x + S[k])", r"\sum_{k} \left(x + S_{k}\right)", None),
        ("sum(k, S[k])*x", r"\left(\sum_{k} S_{k}\right) \, x", None),
        ("x*sum(k, S[k])*y", r"\left(x \, \sum_{k} S_{k}\right) \, y", None),
        ("x*sum(k, S[k])", r"x \, \sum_{k} S_{k}", None),
        ("W1[i, k]", "(W_{1})_{ik}", "W one sub i k"),
        ("delta(i, k)", r"\delta_{ik}", "delta sub i k"),
        ("lim(x + h, h)", r"\lim_{h \to 0} \left(x + h\right)", None),
        ("lim_right(h/h, h)", r"\lim_{h \to 0^{+}} \frac{h}{h}", "the limit as h goes to zero from above of h over h"),
        ("D(D(f(x))) - f(x)", r"f''\left(x\right) - f\left(x\right)", "f double prime of x minus f of x"),
        ("Im(f(x + I*h))", r"\operatorname{Im}\left(f\left(x + \mathrm{i} \, h\right)\right)", None),
        ("0.044715*x**3", r"0.044715 \, x^{3}", "0.044715 times x cubed"),
        ("1.0507009873554805*x", r"1.0507009873554805 \, x", "1.0507009873554805 times x"),
        ("0.5*x", r"0.5 \, x", "0.5 times x"),
        ("sqrt(2/pi)*x", r"\sqrt{\frac{2}{\pi}} \, x", "the square root of two over pi times x"),
        ("sqrt(x)**2", r"\left(\sqrt{x}\right)^{2}", None),
        ("D(sqrt(x))", r"\frac{d}{dx} \sqrt{x}", "the derivative with respect to x of the square root of x"),
        ("1/(1 + abs(x))**2", r"\frac{1}{\left(1 + |x|\right)^{2}}", None),
        ("abs(x)", "|x|", "the absolute value of x"),
        ("erf(x)", r"\operatorname{erf}\left(x\right)", "the error function of x"),
        ("step(x - 1)", r"\operatorname{step}\left(x - 1\right)", None),
        ("Phi(x) + x*phi(x)", r"\Phi\left(x\right) + x \, \varphi\left(x\right)", None),
        ("gelu_tanh(x)", r"\operatorname{GELU}_{\tanh}\left(x\right)", "the tanh form of GELU of x"),
        ("lambd*x", r"\lambda \, x", "lambda times x"),
        ("alpha*relu(x)", r"\alpha \, \operatorname{ReLU}\left(x\right)", "alpha times ReLU of x"),
    ],
)
def test_a_formula_is_shown_as_it_is_written(text: str, latex: str, spoken: str | None) -> None:
    assert render.latex(text) == latex
    if spoken:
        assert render.spoken(text) == spoken


def test_mathml_is_well_formed() -> None:
    for line in LINES:
        root = ElementTree.fromstring(render.mathml(line))
        assert root.tag.endswith("math")
        pairs = [e for e in root.iter() if e.tag.endswith(("mfrac", "msup", "msub", "munder"))]
        assert all(len(pair) == 2 for pair in pairs)


def test_a_line_is_read_in_words_alone() -> None:
    for line in LINES:
        words = render.spoken(line)
        assert not set(words) & set("*/+^_()[]{}\\=")
        assert "  " not in words
        assert "the the" not in words


def test_every_line_fits_the_still() -> None:
    from matplotlib.font_manager import FontProperties
    from matplotlib.mathtext import MathTextParser

    parser, letters = MathTextParser("path"), FontProperties(size=13)
    room = 7 * 72 - 20  # points: the width of a still, less its margins
    wide = {line: w for line in LINES if (w := parser.parse(f"$= {render.latex(line)}$", 72, letters)[0]) > room}
    assert not wide
