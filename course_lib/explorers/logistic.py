"""Logistic regression by gradient descent, with the gradient that lesson 03 derives."""

from __future__ import annotations

from numbers import Integral

import numpy as np
from numpy.typing import NDArray

from course_lib.activations.sigmoidal import sigmoid
from course_lib.explorers.canvas import Canvas
from course_lib.explorers.experiment import Control, Experiment, Shown
from course_lib.explorers.explorer import BadValue
from course_lib.explorers.figure import new_figure, three_digits
from course_lib.explorers.palette import LIGHT
from course_lib.losses import logistic_loss, logistic_loss_gradient

Floats = NDArray[np.float64]


def descend(X: Floats, y: Floats, rate: float, steps: int) -> Floats:
    """Return the weights before and after each step of gradient descent on the mean negative log-likelihood.

    Parameters
    ----------
    X : numpy.ndarray, shape (m, n)
        Samples in rows; a column of ones gives the bias.
    y : numpy.ndarray, shape (m,)
        Labels, 0 or 1.
    rate : float
        Learning rate, > 0, dimensionless.
    steps : int
        Number of steps, >= 0.

    Returns
    -------
    numpy.ndarray, shape (steps + 1, n)
        The first row is 0.
    """
    w = np.zeros(X.shape[1])
    path = [w]
    for _ in range(steps):
        w = w - rate * logistic_loss_gradient(X, y, w)
        path.append(w)
    return np.array(path)


def accuracy(X: Floats, y: Floats, w: Floats) -> float:
    """Return the share of samples on whose side of 1/2 the unit's output lies."""
    return float(np.mean((sigmoid(X @ w) > 0.5) == (y == 1)))


def breast_cancer(*, standardise: bool = True) -> tuple[Floats, Floats]:
    """Return two features of scikit-learn's breast-cancer data, and whether a tumour is malignant.

    Parameters
    ----------
    standardise : bool
        Whether the features are shifted and scaled to mean 0 and standard deviation 1.

    Returns
    -------
    X : numpy.ndarray, shape (569, 3)
        Mean radius, mean texture, and a column of ones. Dimensionless when standardised.
    y : numpy.ndarray, shape (569,)
        1 for malignant, 0 for benign.
    """
    from sklearn.datasets import load_breast_cancer

    data = load_breast_cancer()
    features = data.data[:, :2]
    if standardise:
        features = (features - features.mean(axis=0)) / features.std(axis=0)
    return np.column_stack([features, np.ones(len(features))]), 1.0 - data.target


def logistic_regression(rate: float = 0.1, steps: int = 100) -> Experiment:
    """Train one sigmoid unit to tell tumours apart, live over the learning rate.

    Parameters
    ----------
    rate : float
        The learning rate at first, from 0.001 to 100; dimensionless.
    steps : int
        Steps of gradient descent from weights 0, a whole number of at least 10.

    Returns
    -------
    Experiment
        ``experiment.rate`` can be read, set, observed and linked.

    Raises
    ------
    BadValue
        If rate or steps are out of range.
    """
    if not isinstance(steps, Integral) or steps < 10:
        raise BadValue(f"steps must be a whole number of at least 10, but it is {steps!r}.")
    control = Control("rate", "learning rate", low=0.001, high=100.0, value=rate, step=0.02, log=True)
    return Experiment(_Drawing(*breast_cancer(), steps), [control])


class _Drawing:
    """Left the tumours and the line where the unit says 1/2, right the loss over the steps."""

    width = 7.0

    def __init__(self, X: Floats, y: Floats, steps: int) -> None:
        self._X, self._y, self._steps = X, y, steps
        figure, (left, right) = new_figure(self.width, 3.4, columns=2)
        for label, marker, fill, name in ((0, "o", "none", "benign"), (1, "^", LIGHT.quiet, "malignant")):
            chosen = X[y == label]
            left.scatter(chosen[:, 0], chosen[:, 1], s=14, marker=marker, facecolors=fill,
                         edgecolors=LIGHT.quiet, linewidths=0.7, label=name)  # fmt: skip
        left.set(xlim=(-2.2, 4.2), ylim=(-2.4, 5.2), title="569 tumours")
        left.set(xlabel="mean radius (standardised)", ylabel="mean texture (standardised)")
        left.legend(frameon=False, loc="upper right", handletextpad=0.1)
        right.set(xlim=(0, steps * 1.02), ylim=(0.2, 25), yscale="log", title="loss over the steps")
        right.set(xlabel="step", ylabel="loss (nats per tumour)", yticks=[0.2, 0.5, 1, 2, 5, 10, 20])
        right.set_yticks([], minor=True)
        right.yaxis.set_major_formatter("{x:g}")
        (self._line,) = left.plot([], [], color=LIGHT.function, linewidth=2.5)
        (self._curve,) = right.plot([], [], color=LIGHT.function)
        (self._end,) = right.plot([], [], "o", color=LIGHT.function)
        self.canvas = Canvas(figure, [self._line, self._curve, self._end])

    def update(self, **values: float) -> Shown:
        """Train with the learning rate ``values["rate"]`` and draw the result."""
        rate, X, y = values["rate"], self._X, self._y
        path = descend(X, y, rate, self._steps)
        losses, last = logistic_loss(X, y, path), path[-1]
        # The line w0 x0 + w1 x1 + w2 = 0: its point nearest to the origin, and from there both ways.
        foot = -last[2] * last[:2] / (last[:2] @ last[:2])
        along = np.array([-last[1], last[0]]) / np.hypot(*last[:2])
        self._line.set_data(*np.transpose([foot - 20 * along, foot + 20 * along]))
        self._curve.set_data(range(len(losses)), losses)
        self._end.set_data([self._steps], losses[-1:])
        right, final = three_digits(accuracy(X, y, last)), three_digits(losses[-1])
        rows = np.unique(np.linspace(0, self._steps, 11).astype(int))
        return Shown(
            readout=f"learning rate {three_digits(rate)}: after {self._steps} steps loss {final}, accuracy {right}",
            alt="569 tumours by radius and texture, with the line where the unit is undecided; "
            f"beside it the loss, from {three_digits(losses[0])} to {final} in {self._steps} steps.",
            table={"step": [int(i) for i in rows], "loss (nats per tumour)": losses[rows]},
        )
