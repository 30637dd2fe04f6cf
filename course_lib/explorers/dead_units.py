"""Dead units: a hidden layer of ReLU trained on real digits, live over the bias, the learning rate and the leak."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from numbers import Integral
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.activations.leaky import leaky_relu, leaky_relu_derivative
from course_lib.activations.sigmoidal import sigmoid
from course_lib.explorers.canvas import Canvas
from course_lib.explorers.control import Choice, Control
from course_lib.explorers.experiment import Experiment, Shown
from course_lib.explorers.explorer import BadValue
from course_lib.explorers.figure import new_figure, three_digits
from course_lib.explorers.palette import LIGHT

Floats = NDArray[np.float64]
SAMPLES, UNITS, STEPS = 200, 50, 100


@dataclass(frozen=True)
class Run:
    """What happened to the hidden units in one training run.

    Attributes
    ----------
    active : numpy.ndarray, shape (steps + 1, units)
        Share of the samples for which a unit's pre-activation is positive, before and after each step.
    gradient : numpy.ndarray, shape (steps + 1, units)
        Size of the loss's gradient with respect to a unit's weights and bias, before and after each step: the
        absolute values of its entries, added up. Dimensionless.
    weights : tuple
        The parameters after the last step: W (n, units) and b (units,) of the hidden layer, w (units,) and c of
        the sigmoid unit.
    slope : float
        The activation's slope left of 0, dimensionless.
    """

    active: Floats
    gradient: Floats
    weights: tuple[Floats, Floats, Floats, float]
    slope: float

    @property
    def negative(self) -> Floats:
        """Fraction of the units that are positive for no sample, shape (steps + 1,); with slope 0 they are dead."""
        return np.mean(self.active == 0, axis=1)

    @property
    def share(self) -> Floats:
        """Those units' share of the layer's gradient, from 0 to 1, shape (steps + 1,); 0 if there is none at all."""
        total = self.gradient.sum(axis=1)
        theirs = np.sum(self.gradient, axis=1, where=self.active == 0)
        return np.divide(theirs, total, out=np.zeros_like(total), where=total > 0)

    def accuracy(self, X: Floats, y: Floats) -> float:
        """Return the share of the samples X, shape (m, n), with labels y, shape (m,), that the network tells right."""
        W, b, w, c = self.weights
        with _threads().limit(limits=1):
            score = leaky_relu(X @ W + b, self.slope) @ w + c
        return float(np.mean((score > 0) == (y == 1)))


def train(
    X: Floats,
    y: Floats,
    *,
    bias: float = 0.0,
    rate: float = 0.3,
    slope: float = 0.0,
    units: int = UNITS,
    steps: int = STEPS,
    seed: int = 0,
) -> Run:
    """Train one hidden layer and a sigmoid unit by gradient descent on the mean logistic loss.

    Parameters
    ----------
    X : numpy.ndarray, shape (m, n)
        Samples in rows, dimensionless.
    y : numpy.ndarray, shape (m,)
        Labels, 0 or 1.
    bias : float
        What every hidden unit's bias is at first, dimensionless.
    rate : float
        Learning rate, > 0, dimensionless.
    slope : float
        Slope of the activation left of 0, from 0 (ReLU) to 1; dimensionless.
    units, steps : int
        Width of the hidden layer, >= 1, and steps of gradient descent, >= 0; each step takes all samples.
    seed : int
        For the random weights, which have the standard deviation sqrt(2 / inputs) before both layers.

    Returns
    -------
    Run
        For how many samples each unit was positive and what gradient it got, step by step, and what was learnt.
    """
    with _threads().limit(limits=1):
        return _trained(X, y, bias, rate, slope, units, steps, seed)


@cache
def _threads() -> Any:
    """Return what limits the threads of matrix products: in such small ones several wait longer than they compute."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def _trained(X: Floats, y: Floats, bias: float, rate: float, slope: float, units: int, steps: int, seed: int) -> Run:
    m, n = X.shape
    random = np.random.default_rng(seed)
    W, b = random.normal(0, np.sqrt(2 / n), (n, units)), np.full(units, float(bias))
    w, c = random.normal(0, np.sqrt(2 / units), units), 0.0
    active, gradient = [], []
    for step in range(steps + 1):
        Z = X @ W + b
        A = leaky_relu(Z, slope)
        g = (sigmoid(A @ w + c) - y) / m  # with respect to the sigmoid's pre-activation: lesson 03
        G = np.outer(g, w) * leaky_relu_derivative(Z, slope)  # with ReLU a column of zeros where a unit is dead
        by_W, by_b = X.T @ G, G.sum(axis=0)
        active.append(np.mean(Z > 0, axis=0))
        gradient.append(np.abs(by_W).sum(axis=0) + np.abs(by_b))
        if step < steps:
            W, b = W - rate * by_W, b - rate * by_b
            w, c = w - rate * A.T @ g, c - rate * g.sum()
    return Run(np.array(active), np.array(gradient), (W, b, w, float(c)), slope)


def digits(samples: int = SAMPLES) -> tuple[Floats, Floats]:
    """Return the first of scikit-learn's handwritten digits, from which the network learns.

    Parameters
    ----------
    samples : int
        How many, from 1 to 1797.

    Returns
    -------
    X : numpy.ndarray, shape (samples, 64)
        The ink in each of 8 x 8 pixels, from 0 (none) to 1, less its mean over these samples. Dimensionless.
    y : numpy.ndarray, shape (samples,)
        1 for the digits 5 to 9, 0 for 0 to 4.
    """
    ink, large = _ink()
    return ink[:samples] - ink[:samples].mean(axis=0), large[:samples]


def other_digits(samples: int = SAMPLES) -> tuple[Floats, Floats]:
    """Return the digits after the first `samples`, which the network never sees while it learns.

    As ``digits``, and less the same mean: that of the digits from which it learns.
    """
    ink, large = _ink()
    return ink[samples:] - ink[:samples].mean(axis=0), large[samples:]


@cache
def _ink() -> tuple[Floats, Floats]:
    from sklearn.datasets import load_digits

    data = load_digits()
    return data.data / 16, (data.target >= 5).astype(np.float64)


def dead_units(*, bias: float = 0.0, rate: float = 1.0, slope: float = 0.0, seed: int = 0) -> Experiment:
    """Train 50 hidden units on 200 handwritten digits, and watch which of them die.

    Parameters
    ----------
    bias : float
        The hidden units' bias before training at first, from -2 to 1; dimensionless.
    rate : float
        The learning rate at first, from 0.3 to 30; dimensionless.
    slope : float
        The slope left of 0 at first: 0 (ReLU), 0.01 or 0.1 (leaky ReLU); dimensionless.
    seed : int
        For the random weights; a whole number, 0 or larger.

    Returns
    -------
    Experiment
        ``bias``, ``rate`` and ``slope`` can be read, set, observed and linked.

    Raises
    ------
    BadValue
        If one of them is no number or out of range.

    Notes
    -----
    Whenever a control moves, the network is trained anew (``train``): 100 steps, always with the same random
    weights. A unit that is negative for every digit it learns from is dead if the slope left of 0 is 0: its own
    gradient is exactly 0, and gradient descent leaves it as it is. With a leak it is not: its gradient is small,
    but not 0. The picture shows which share of the hidden layer's gradient such units get.
    """
    controls = (
        Control("bias", "bias at first", low=-2.0, high=1.0, value=bias, step=0.05),
        Control("rate", "learning rate", low=0.3, high=30.0, value=rate, step=0.02, log=True),
        Choice("slope", "slope left of 0", (("0 (ReLU)", 0.0), ("0.01 (leaky)", 0.01), ("0.1 (leaky)", 0.1)), slope),
    )
    if not isinstance(seed, Integral) or isinstance(seed, bool) or seed < 0:
        raise BadValue(f"seed must be a whole number, 0 or larger, but it is {seed!r}.")
    drawing = _Drawing(digits(), other_digits(), int(seed))
    note = (
        f"A hidden layer of {UNITS} units learns from {SAMPLES} handwritten digits to tell whether a digit is 5 or "
        f"larger. Each change trains it anew: {STEPS} steps of gradient descent, from the same random weights. Then it "
        f"is asked about {drawing.unseen} new digits. Who guesses gives the same answer to all of them."
    )
    return Experiment(drawing, controls, note)


class _Drawing:
    """Left the units that are negative for every digit over the steps, right each unit: how many it is positive for."""

    width = 7.0

    def __init__(self, learnt: tuple[Floats, Floats], new: tuple[Floats, Floats], seed: int) -> None:
        self._learnt, self._new, self._seed = learnt, new, seed
        self.unseen = len(new[1])
        figure, (left, right) = new_figure(self.width, 3.7, columns=2)
        left.set(xlim=(0, STEPS), ylim=(0, 100), xlabel="step", ylabel="%", title=" ")
        (self._curve,) = left.plot([], [], color=LIGHT.function, clip_on=False, label=f"how many (% of {UNITS} units)")
        (self._end,) = left.plot([], [], "o", color=LIGHT.function, clip_on=False)
        (self._share,) = left.plot(
            [], [], "--", color=LIGHT.derivative, clip_on=False, zorder=3, label="their share of the gradient (%)"
        )
        left.legend(loc="upper center", bbox_to_anchor=(0.5, -0.2), frameon=False)
        self._rows, self._dead, self._leaky = _rows(figure, right)
        self._titles = left.title, right.title
        moving = [self._dead, self._leaky, self._rows, self._curve, self._end, self._share, *self._titles]
        self.canvas = Canvas(figure, moving)

    def update(self, **values: float) -> Shown:
        """Train with ``values`` (bias, rate, slope) and draw what became of the units."""
        run = train(*self._learnt, bias=values["bias"], rate=values["rate"], slope=values["slope"], seed=self._seed)
        # A unit keeps its row through all steps; who is negative longest lies lowest, as high as the curve beside it.
        order = np.argsort(np.sum(run.active == 0, axis=0), kind="stable")
        self._rows.set_data(np.ma.masked_equal(100 * run.active.T[order], 0))
        self._curve.set_data(range(STEPS + 1), 100 * run.negative)
        self._end.set_data([STEPS], [100 * run.negative[-1]])
        self._share.set_data(range(STEPS + 1), 100 * run.share)
        left, right = self._titles
        left.set_text("negative for every digit" if run.slope else "dead units")
        right.set_text("each unit (dotted: negative)" if run.slope else "each unit (hatched: dead)")
        self._dead.set_visible(not run.slope)
        self._leaky.set_visible(bool(run.slope))
        return self._described(run)

    def _described(self, run: Run) -> Shown:
        count = np.sum(run.active == 0, axis=1)
        steps = [int(step) for step in np.unique(np.linspace(0, STEPS, 11).astype(int))]
        who = "units negative for every digit" if run.slope else "dead units"
        mark = "dotted where it is negative for every digit" if run.slope else "hatched where it is dead"
        return Shown(
            readout=f"{_fate(run)} {self._score(run)}",
            alt=f"Left the {who} over {STEPS} steps of training: {count[0]} of {UNITS} at first, {count[-1]} at the "
            f"end, never more than {count.max()}; dashed their share of the hidden layer's gradient, "
            f"{_percent(run.share.min())} at least and {_percent(run.share.max())} at most. Right a row for each unit: "
            f"the darker, the more of the {SAMPLES} digits it is positive for; {mark}.",
            table={
                "step": steps,
                who: [int(count[step]) for step in steps],
                "their share of the gradient": [_percent(run.share[step]) for step in steps],
                "positive for (% of digits, mean of the other units)": [_mean_of_others(run.active[s]) for s in steps],
            },
        )

    def _score(self, run: Run) -> str:
        _, answers = self._new
        old, new = run.accuracy(*self._learnt), run.accuracy(*self._new)
        guessing = max(answers.mean(), 1 - answers.mean())
        return (
            f"Told right: {_percent(old)} of the {SAMPLES} digits it learnt from, {_percent(new)} of {self.unseen} new "
            f"ones (guessing: {_percent(guessing)})."
        )


def _fate(run: Run) -> str:
    """Return what became of the units that are negative for every digit, in one sentence."""
    before, after = run.active[0] == 0, run.active[-1] == 0
    counts = f"{before.sum()} of {UNITS} at first, {after.sum()} after {STEPS} steps"
    total = run.gradient[:-1].sum()  # of the steps that were taken
    share = np.sum(run.gradient[:-1], where=run.active[:-1] == 0) / total if total else 0.0
    got = f"they got {_percent(share)} of the gradient"
    if not run.slope:
        return f"Dead units: {counts}; {got}." if after.any() else f"Dead units: {counts}."
    moves = f"({np.sum(after & ~before)} new, {np.sum(before & ~after)} came back)"
    sentence = f"Units negative for every digit: {counts} {moves}"
    return f"{sentence}; {got}, so none is dead." if share else f"{sentence}."


def _rows(figure: Any, axes: Any) -> tuple[Any, Any, Any]:
    """Return an image of units (rows) over steps (columns), with its scale, and two grounds for where it is empty."""
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.patches import Rectangle

    axes.grid(False)
    axes.set(
        xlim=(0, STEPS), ylim=(UNITS, 0), yticks=[], xlabel="step", ylabel="hidden units, a row for each", title=" "
    )
    # Nothing is drawn where a unit is negative for every digit: the hatching or the dots behind it show.
    grounds = [
        axes.add_patch(
            Rectangle((0, 0), STEPS, UNITS, facecolor="none", edgecolor=LIGHT.quiet, hatch=hatch, linewidth=0)
        )
        for hatch in ("////", "..")
    ]
    rows = axes.imshow(
        np.zeros((UNITS, STEPS + 1)), vmin=0, vmax=100,
        cmap=LinearSegmentedColormap.from_list("share", ["#C5DFF2", LIGHT.function, "#00243D"]),
        extent=(0, STEPS, UNITS, 0), aspect="auto", interpolation="nearest", zorder=2,
    )  # fmt: skip
    scale = figure.colorbar(rows, cax=axes.inset_axes((1.05, 0, 0.04, 1)))
    scale.set_label(f"positive for (% of {SAMPLES} digits)")
    scale.outline.set_visible(False)
    return rows, *grounds


def _percent(share: float) -> str:
    return f"{three_digits(100 * share)} %" if share else "0 %"


def _mean_of_others(active: Floats) -> str:
    others = active[active > 0]
    return three_digits(100 * others.mean()) if others.size else "no other unit"
