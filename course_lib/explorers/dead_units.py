"""Dead units: a hidden layer of ReLU trained on real digits, live over the bias, the learning rate and the leak."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from numbers import Integral
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.activations.rectified import leaky_relu, leaky_relu_derivative
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
    dead : numpy.ndarray, shape (steps + 1,)
        Fraction of dead units: those that are positive for no sample.
    accuracy : float
        Share of the samples that the trained network tells right.
    weights : tuple
        The parameters after the last step: W (n, units) and b (units,) of the hidden layer, w (units,) and c of
        the sigmoid unit.
    """

    active: Floats
    dead: Floats
    accuracy: float
    weights: tuple[Floats, Floats, Floats, float]


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
        For how many samples each unit was positive, step by step, and what came of the training.
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
    active, dead = [], []
    for step in range(steps + 1):
        Z = X @ W + b
        A = leaky_relu(Z, slope)
        p = sigmoid(A @ w + c)
        active.append(np.mean(Z > 0, axis=0))
        dead.append(dead_fraction(Z))
        if step == steps:
            break
        g = (p - y) / m  # gradient with respect to the sigmoid's pre-activation: lesson 03
        G = np.outer(g, w) * leaky_relu_derivative(Z, slope)  # with ReLU a column of zeros where a unit is dead
        W, b = W - rate * X.T @ G, b - rate * G.sum(axis=0)
        w, c = w - rate * A.T @ g, c - rate * g.sum()
    return Run(np.array(active), np.array(dead), float(np.mean((p > 0.5) == (y == 1))), (W, b, w, float(c)))


def dead_fraction(Z: Floats) -> float:
    """Return the fraction of units whose pre-activation is positive for no sample of the batch.

    Parameters
    ----------
    Z : numpy.ndarray, shape (m, units)
        Pre-activations, a row for each sample; m and units >= 1.
    """
    return float(np.mean(np.all(Z <= 0, axis=0)))


def digits(samples: int = SAMPLES) -> tuple[Floats, Floats]:
    """Return the first of scikit-learn's handwritten digits, and whether each is 5 or larger.

    Parameters
    ----------
    samples : int
        How many, from 1 to 1797.

    Returns
    -------
    X : numpy.ndarray, shape (samples, 64)
        The ink in each of 8 x 8 pixels, from 0 (none) to 1, less its mean over the samples. Dimensionless.
    y : numpy.ndarray, shape (samples,)
        1 for the digits 5 to 9, 0 for 0 to 4.
    """
    from sklearn.datasets import load_digits

    data = load_digits()
    ink = data.data[:samples] / 16
    return ink - ink.mean(axis=0), (data.target[:samples] >= 5).astype(np.float64)


def dead_units(*, bias: float = 0.0, rate: float = 0.3, slope: float = 0.0, seed: int = 0) -> Experiment:
    """Train 50 hidden units on 200 handwritten digits, and watch which of them die.

    Parameters
    ----------
    bias : float
        The hidden units' bias before training at first, from -2 to 1; dimensionless.
    rate : float
        The learning rate at first, from 0.01 to 10; dimensionless.
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
    weights. A unit is dead when its pre-activation is positive for none of the digits: then ReLU's slope is 0
    for each of them, its own gradient is exactly 0, and gradient descent leaves it as it is.
    """
    controls = (
        Control("bias", "bias at first", low=-2.0, high=1.0, value=bias, step=0.05),
        Control("rate", "learning rate", low=0.01, high=10.0, value=rate, step=0.02, log=True),
        Choice("slope", "slope left of 0", (("0 (ReLU)", 0.0), ("0.01 (leaky)", 0.01), ("0.1 (leaky)", 0.1)), slope),
    )
    if not isinstance(seed, Integral) or isinstance(seed, bool) or seed < 0:
        raise BadValue(f"seed must be a whole number, 0 or larger, but it is {seed!r}.")
    note = (
        f"A hidden layer of {UNITS} units learns from {SAMPLES} handwritten digits to tell whether a digit is 5 or "
        f"larger. Each change trains it anew: {STEPS} steps of gradient descent, from the same random weights."
    )
    return Experiment(_Drawing(*digits(), int(seed)), controls, note)


class _Drawing:
    """Left the fraction of dead units over the steps, right each unit: for how many digits it is positive."""

    width = 7.0

    def __init__(self, X: Floats, y: Floats, seed: int) -> None:
        self._X, self._y, self._seed = X, y, seed
        figure, (left, right) = new_figure(self.width, 3.3, columns=2)
        left.set(xlim=(0, STEPS), ylim=(0, 100), xlabel="step", title="dead units")
        left.set_ylabel(f"dead (% of {UNITS} units)")
        (self._curve,) = left.plot([0, STEPS], [0, 0], color=LIGHT.function, clip_on=False)
        (self._end,) = left.plot([STEPS], [0], "o", color=LIGHT.function, clip_on=False)
        self._rows = _rows(figure, right)
        self.canvas = Canvas(figure, [self._rows, self._curve, self._end])

    def update(self, **values: float) -> Shown:
        """Train with ``values`` (bias, rate, slope) and draw what became of the units."""
        bias, rate, slope = values["bias"], values["rate"], values["slope"]
        run = train(self._X, self._y, bias=bias, rate=rate, slope=slope, seed=self._seed)
        # A unit keeps its row through all steps; who is dead longest lies lowest, as high as the curve beside it.
        order = np.argsort(np.sum(run.active == 0, axis=0), kind="stable")
        self._rows.set_data(np.ma.masked_equal(100 * run.active.T[order], 0))
        self._curve.set_data(range(STEPS + 1), 100 * run.dead)
        self._end.set_data([STEPS], [100 * run.dead[-1]])
        return _described(run)


def _described(run: Run) -> Shown:
    alive = run.active > 0
    first, last = (int(np.sum(~alive[step])) for step in (0, -1))
    died, revived = int(np.sum(alive[0] & ~alive[-1])), int(np.sum(~alive[0] & alive[-1]))
    right = three_digits(100 * run.accuracy)
    steps = [int(step) for step in np.unique(np.linspace(0, STEPS, 11).astype(int))]
    return Shown(
        readout=f"dead of {UNITS} units: {first} at first, {last} after {STEPS} steps ({died} died, {revived} came "
        f"back to life); {right} % of the digits told right",
        alt=f"Left the dead units over {STEPS} steps of training: {first} of {UNITS} at first, {last} at the end, "
        f"never more than {round(UNITS * run.dead.max())}. Right a row for each unit: the darker, the more of the "
        f"{SAMPLES} digits it is positive for; hatched where it is dead.",
        table={
            "step": steps,
            "dead units": [int(np.sum(~alive[step])) for step in steps],
            "positive for (% of digits, mean of the live units)": [_mean_of_live(run.active[step]) for step in steps],
        },
    )


def _rows(figure: Any, axes: Any) -> Any:
    """Return an image of units (rows) over steps (columns), with its axes and its scale."""
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.patches import Rectangle

    axes.grid(False)
    axes.set(xlim=(0, STEPS), ylim=(UNITS, 0), yticks=[], xlabel="step", ylabel="hidden units, a row for each")
    axes.set_title("each unit (hatched: dead)")
    # Nothing is drawn where a unit is dead: the hatching behind it shows.
    axes.add_patch(Rectangle((0, 0), STEPS, UNITS, facecolor="none", edgecolor=LIGHT.quiet, hatch="////", linewidth=0))
    rows = axes.imshow(
        np.zeros((UNITS, STEPS + 1)), vmin=0, vmax=100,
        cmap=LinearSegmentedColormap.from_list("share", ["#C5DFF2", LIGHT.function, "#00243D"]),
        extent=(0, STEPS, UNITS, 0), aspect="auto", interpolation="nearest", zorder=2,
    )  # fmt: skip
    scale = figure.colorbar(rows, cax=axes.inset_axes((1.05, 0, 0.04, 1)))
    scale.set_label(f"positive for (% of {SAMPLES} digits)")
    scale.outline.set_visible(False)
    return rows


def _mean_of_live(active: Floats) -> str:
    live = active[active > 0]
    return three_digits(100 * live.mean()) if live.size else "no live unit"
