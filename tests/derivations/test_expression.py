"""The reader of formulas: what it reads, what it refuses, and what it never does."""

import numpy as np
import pytest

from course_lib.derivations import DERIVATIONS, render
from course_lib.derivations.expression import NotAFormula, evaluate, parse


def test_a_formula_is_evaluated_with_the_functions_given() -> None:
    tree = parse("exp(-x)/(1 + exp(-x))**2")
    x = np.array([-1.0, 0.0, 2.0])
    np.testing.assert_allclose(evaluate(tree, {"exp": np.exp}, {"x": x}), np.exp(-x) / (1 + np.exp(-x)) ** 2)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "x.__class__",
        "open('a')",
        "[x for x in x]",
        "lambda: x",
        "x if x else x",
        "f'{x}'",
        "x[0]",
        "x[-1]",
        "x[1:2]",
        "x[x[1]]",
        "exp[1]",
        "x @ x",
        "x == x",
        "1.5",
        "True",
        "'x'",
        "exp(x, x)",
        "exp(x=x)",
        "exp(*x)",
        "(x := 1)",
        "",
        "x +",
        "x\0",
        "((((",
        "-" * 400 + "x",
        "(" * 300 + "x" + ")" * 300,
        "x+" * 400 + "x",
        "9999999999",
    ],
)
def test_anything_else_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(NotAFormula) as refused:
        parse(text)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "latex", "spoken"),
    [
        ("1 + exp(-x) - 1", "1 + e^{-x} - 1", "one plus e to the minus x minus one"),
        ("1/(1 + x)", r"\frac{1}{1 + x}", "the fraction one over one plus x, end of fraction"),
        ("x - (y - u)", r"x - \left(y - u\right)", "x minus the quantity y minus u, end of quantity"),
        ("x - (-y)", r"x - \left(-y\right)", "x minus the quantity minus y, end of quantity"),
        ("(-x)**2", r"\left(-x\right)^{2}", "the quantity minus x, end of quantity, squared"),
        ("-(x + y)", r"-\left(x + y\right)", "minus the quantity x plus y, end of quantity"),
        ("2*3", r"2 \cdot 3", "two times three"),
        ("x*y", r"x \, y", "x times y"),
        ("(x/y)*u", r"\frac{x}{y} \cdot u", "x over y times u"),
        ("(x*y)**2", r"\left(x \, y\right)^{2}", "the quantity x times y, end of quantity, squared"),
        ("D(x**2)", r"\frac{d}{dx} \left[x^{2}\right]", None),
    ],
)
def test_a_formula_is_shown_as_it_is_written(text: str, latex: str, spoken: str | None) -> None:
    assert render.latex(text) == latex
    if spoken:
        assert render.spoken(text) == spoken


def test_mathml_is_well_formed() -> None:
    from xml.etree import ElementTree

    for derivation in DERIVATIONS.values():
        for step in derivation.steps:
            root = ElementTree.fromstring(render.mathml(step.expression))
            assert root.tag.endswith("math")
            assert all(len(f) == 2 for f in root.iter() if f.tag.endswith(("mfrac", "msup")))
