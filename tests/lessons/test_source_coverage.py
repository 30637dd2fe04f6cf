"""What the two articles that the course grew from contain, and where a learner finds it here.

Each fact of theirs that belongs to lessons 00 to 08 must stay visible, and where they are loose, the course must
stay exact. Whoever rewrites a lesson and drops one is told here which fact got lost. If only the words have
changed, change the pattern.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from course_lib import DERIVATIONS
from course_lib.explorers.question import questions

LESSONS = Path(__file__).resolve().parents[2] / "sources" / "lessons"


@dataclass(frozen=True)
class Fact:
    """A fact, the lesson where a learner reads it, and patterns that are all found there."""

    lesson: str
    what: str
    patterns: tuple[str, ...]


def shows(key: str, *lines: str) -> tuple[str, ...]:
    """Return the patterns of a derivation that is shown, with these among its lines or reasons."""
    return (rf"\[derivation {re.escape(key)}\]", *(rf"\[{re.escape(key)}: {re.escape(line)}\]" for line in lines))


CONTENT = (
    Fact(
        "00_start_here",
        "why the derivatives matter: backpropagation sends an error signal back, and multiplies it by them",
        (r"backwards", r"multiplied by the slope"),
    ),
    Fact(
        "00_start_here",
        "a figure of identity, sigmoid and tanh, with their derivatives, on common axes",
        (r"\"identity\", \"sigmoid\", \"tanh\"", r"derivative", r"explore\.picture\("),
    ),
    Fact(
        "02_identity",
        "the identity: its definition, its range, and its derivative 1",
        (
            r"f\(x\) = x",
            r"all real numbers|every real number|any real number|real line",
            r"\[derivation identity/limit\]",
        ),
    ),
    Fact(
        "02_identity",
        "for a vector, the element-wise derivative of the identity is a vector of ones",
        (r"element-wise", r"vector of (\$n\$ )?ones"),
    ),
    Fact(
        "02_identity",
        "a stack of linear layers equals one linear layer",
        shows("identity/layers"),
    ),
    Fact(
        "02_identity",
        "the identity is of use as the output of a regression",
        (r"regression", r"identity as its output"),
    ),
    Fact(
        "03_sigmoid",
        "the sigmoid: definition, u = 1 + e^-x, chain rule, the fraction, and sigma(1 - sigma)",
        (
            r"\\sigma\(x\) = \\frac\{1\}\{1 \+ e\^\{-x\}\}",
            r"u = 1 \+ e\^\{-x\}",
            *shows("sigmoid/chain", "chain rule", "exp(-x)/(1 + exp(-x))**2", "sigma(x)*(1 - sigma(x))"),
        ),
    ),
    Fact(
        "03_sigmoid",
        "the sigmoid by the quotient rule, adding and subtracting one in the numerator",
        (*shows("sigmoid/quotient", "quotient rule", "add and subtract one"), r"add one and subtract it again"),
    ),
    Fact("03_sigmoid", "the sigmoid's range is (0, 1)", (r"between 0 and 1|\(0, 1\)",)),
    Fact(
        "03_sigmoid",
        "what the sigmoid is for: yes or no, a firing probability, logistic regression by maximum likelihood",
        (
            r"yes-or-no classifiers",
            r"probability that the cell fires",
            r"logistic regression",
            r"[Mm]aximum likelihood",
        ),
    ),
    Fact(
        "03_sigmoid",
        "the derivative from the stored output needs no second exponential",
        (r"without a second exponential", r"derivative_from_output"),
    ),
    Fact("04_tanh", "caching works for tanh too", (r"no exponential is needed", r"tanh_derivative_from_output")),
    Fact(
        "04_tanh",
        "the tale of stuck sigmoid units: strongly negative inputs, outputs near 0, weights that hardly move",
        (r"get stuck", r"strongly negative", r"weights hardly move"),
    ),
    Fact(
        "04_tanh",
        "tanh: definition, quotient rule with u and v, one minus tanh squared",
        (
            r"\\tanh\(x\) = \\frac\{\\sinh\(x\)\}\{\\cosh\(x\)\} = \\frac\{e\^x - e\^\{-x\}\}\{e\^x \+ e\^\{-x\}\}",
            *shows("tanh/quotient", "quotient rule", "1 - tanh(x)**2"),
        ),
    ),
    Fact(
        "04_tanh",
        "tanh: range (-1, 1), odd, negative inputs give negative outputs",
        (r"between \$-1\$ and 1", r"\*odd\*", r"negative inputs give negative outputs"),
    ),
    Fact(
        "05_relu",
        "ReLU in two cases, with derivative 1 and 0, written with cases",
        (r"\\begin\{cases\}", *shows("relu/right"), *shows("relu/left")),
    ),
    Fact(
        "05_relu",
        "rectification is one family among many, and new functions are research",
        (r"Rectification is one idea among many", r"matter of research"),
    ),
    Fact(
        "06_softmax",
        "softmax: definition; i = k by the quotient rule, the other terms being constant, to S_k (1 - S_k)",
        (
            r"S_i = \\frac\{e\^\{z_i\}\}\{e\^\{z_1\} \+",
            *shows("softmax/same", "quotient rule"),
            r"only one term moves\. All others are constants",
            r"output times one minus output",
        ),
    ),
    Fact("06_softmax", "softmax, i != k: minus S_i S_k", shows("softmax/other", "quotient rule")),
    Fact(
        "06_softmax",
        "softmax: both cases in one formula, with Kronecker's delta",
        (r"Kronecker", *shows("softmax/both")),
    ),
    Fact(
        "08_smooth_and_gated",
        "identity, sigmoid and tanh with their derivatives on common axes, this time in the gallery",
        (r"explore\.gallery\(\"identity\", \"sigmoid\", \"tanh\"\)", r"each with its slope"),
    ),
    Fact(
        "08_smooth_and_gated",
        "further functions: soft rectification (softplus), the polynomial, and new ones, which are research",
        (
            r"soft rectification",
            *shows("softplus/chain"),
            r"word on the polynomial",
            r"New ones are still being proposed",
            r"lesson 11",
        ),
    ),
    Fact(
        "08_smooth_and_gated",
        "three basic functions solve most problems: so it is said, and here is what large networks use",
        (r"three basic functions solve most problems", r"ResNet", r"GELU", r"SwiGLU", r"LSTM"),
    ),
    Fact(
        "07_cross_entropy",
        "the neighbouring topics of an activation function: cross-entropy, weights, backpropagation",
        (
            r"three neighbours: the loss, the \[weights\].{0,60}, and \[backpropagation\]",
            r"L = -\\sum_k y_k \\ln S_k\(z\)",
            *shows("cross_entropy/softmax", "S[i] - y[i]"),
            *shows("binary_cross_entropy/gradient", "sigma(x) - y"),
        ),
    ),
)

EXACT_WHERE_THE_ARTICLES_ARE_LOOSE = (
    Fact(
        "02_identity",
        "for a vector: element-wise derivative (ones), gradient of the sum (ones), Jacobian (the identity matrix)",
        (r"[Ee]lement-wise", *shows("identity/gradient"), *shows("identity/jacobian"), r"identity matrix"),
    ),
    Fact(
        "02_identity",
        "the one layer that a stack equals has a rank that the narrowest hidden width limits",
        (r"rank", r"narrowest|smallest width"),
    ),
    Fact(
        "03_sigmoid",
        "the chain rule has d sigma/du on the right, not d sigma/dx on both sides",
        (
            r"\\frac\{d\\sigma\}\{dx\} = \\frac\{d\\sigma\}\{du\} \\cdot \\frac\{du\}\{dx\}",
            r"first factor is the slope with respect to \$u\$",
        ),
    ),
    Fact(
        "03_sigmoid",
        "that e^-x/(1 + e^-x) is 1 - sigma(x) is a line of its own",
        (
            *shows("sigmoid/chain", "1/(1 + exp(-x))*(exp(-x)/(1 + exp(-x)))", "1/(1 + exp(-x))*(1 - 1/(1 + exp(-x)))"),
            r"\\dfrac\{e\^\{-x\}\}\{1\+e\^\{-x\}\}\$ is \$1 - \\sigma\(x\)",
        ),
    ),
    Fact(
        "03_sigmoid",
        "the cached form is exact algebra, but 1 - y cancels in floating point once y is near 1",
        (r"exact algebra", r"not free", r"where \$s\$ was rounded to 1, the slope is lost"),
    ),
    Fact(
        "03_sigmoid",
        "the sigmoid inverts the log-odds; maximum likelihood estimates the weights",
        (r"inverts the log-odds", r"Which \*weights\* to choose is another question"),
    ),
    Fact(
        "04_tanh",
        "u and v keep their names to the end of the quotient rule",
        (r"u = \\sinh\(x\)\$ and \$v = \\cosh\(x\)", r"letters keep their meaning"),
    ),
    Fact("04_tanh", "inputs near 0, not only 0, give outputs near 0", (r"inputs near 0 give outputs near 0",)),
    Fact(
        "04_tanh",
        "stuck units have two causes: a small output (there tanh helps) and a small slope (there it is worse)",
        (r"\*\*A small output\*\*", r"\*\*A small slope\*\*", r"the slopes are equal at \|x\|"),
    ),
    Fact(
        "04_tanh",
        "tanh saturates too, tanh'(x) = 4 sigma'(2x); what it gains is a zero-centred output and a peak of 1, not 1/4",
        (
            r"saturates.{0,60} too",
            r"4\\sigma'\(2x\)",
            r"zero-centred",
            r"slope of tanh is 1, that of the sigmoid 1/4",
            *shows("tanh/from_sigmoid"),
            *shows("tanh/chain"),
        ),
    ),
    Fact(
        "04_tanh",
        "the slopes of sinh and cosh are derived from e^x, not taken for granted",
        (*shows("tanh/sinh", "exponential rule"), *shows("tanh/cosh", "exponential rule")),
    ),
    Fact(
        "05_relu",
        "ReLU has no derivative at 0: a subgradient is from 0 to 1, 0 is a convention, the difference says 1/2",
        (
            r"\[subgradients?\]",
            r"It is a convention, not a derivative",
            *shows("relu/right_limit"),
            *shows("relu/left_limit"),
            r"central difference.{0,80}(1/2|half)",
        ),
    ),
    Fact(
        "05_relu",
        "an activation need not be differentiable everywhere: almost everywhere and a convention are enough",
        (r"[Dd]ifferentiable almost everywhere", r"plus a convention"),
    ),
    Fact(
        "06_softmax",
        "S_i is a function of the whole vector z: 'softmax of z_i' has no meaning",
        (r"function of the \*\*whole\*\* vector", r"'softmax of \$z_i\$' would have no meaning"),
    ),
    Fact(
        "06_softmax",
        "between the quotient rule and S_k (1 - S_k) no line is skipped",
        shows("softmax/same", "split the fraction"),
    ),
    Fact(
        "08_smooth_and_gated",
        "a polynomial activation is one thing, a polynomial kernel another",
        (r"\*polynomial kernels\*", r"That is another thing", r"no activation function"),
    ),
    Fact(
        "06_softmax",
        "softmax overflows without the max trick, and that is seen happening",
        (r"max trick", r"def plain\(z\)", r"\[1000\.0, 0\.0\]", r"overflows", r"np\.max\(z\)"),
    ),
)

FACTS = CONTENT + EXACT_WHERE_THE_ARTICLES_ARE_LOOSE


@cache
def what_a_learner_reads(lesson: str) -> str:
    """Return a lesson's text, with the questions and the derivations that it shows, each blank a single one."""
    source = (LESSONS / f"{lesson}.md").read_text(encoding="utf-8")
    parts = [source]
    for key in re.findall(r'explore\.question\("([^"]+)"', source):
        asked = questions()[key]
        parts += [asked.ask, *asked.lines, *(f"{option.text} {option.feedback}" for option in asked.options)]
    for name in re.findall(r'explore\.derivation\("([^"]+)"', source):
        for key in (key for key in DERIVATIONS if name in (key, key.split("/")[0])):
            shown = DERIVATIONS[key]
            parts += [f"[derivation {key}]", shown.title, shown.goal]
            parts += [f"[{key}: {text}]" for step in shown.steps for text in (step.expression, step.rule, step.reason)]
    return re.sub(r"\s+", " ", "\n".join(parts))


def lost(fact: Fact, text: str) -> list[str]:
    return [pattern for pattern in fact.patterns if not re.search(pattern, text)]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.lesson}: {fact.what}")
def test_a_learner_still_reads(fact):
    missing = lost(fact, what_a_learner_reads(fact.lesson))
    assert not missing, f"Lesson {fact.lesson} has lost this fact: {fact.what}. Not found there: {missing}"


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.lesson}: {fact.what}")
def test_a_lesson_without_it_is_noticed(fact):
    """No pattern is so loose that it is found in a lesson about something else, or in none."""
    assert fact.patterns
    assert lost(fact, "") == list(fact.patterns)
    other = "03_sigmoid" if fact.lesson != "03_sigmoid" else "06_softmax"
    assert lost(fact, what_a_learner_reads(other)), f"{fact.what}: as well found in {other}"
