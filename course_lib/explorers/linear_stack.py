"""Why a stack of linear layers is one linear layer: a letter goes through two layers, and through their fold."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets
from numpy.typing import NDArray

from course_lib.activations import ACTIVATIONS
from course_lib.activations.registry import Registry
from course_lib.explorers.assets import script
from course_lib.explorers.control import Control, Within
from course_lib.explorers.explorer import BadValue, Explorer, Key, Switch, Whole
from course_lib.explorers.figure import new_figure, png, three_digits
from course_lib.explorers.palette import LIGHT

Floats = NDArray[np.float64]

#: What may stand between the layers, and how it is called in the list.
_BETWEEN = Registry("function between the layers", {"identity": "nothing", "tanh": "tanh", "relu": "ReLU"})
_CONTROLS = {
    control.name: control
    for control in (
        Control("turn_1", "turn 1 (degrees)", -180.0, 180.0, 30.0, 5.0),
        Control("stretch_1", "stretch 1", -1.5, 1.5, 1.3, 0.1),
        Control("bias_1", "bias 1", -1.0, 1.0, 0.3, 0.1),
        Control("turn_2", "turn 2 (degrees)", -180.0, 180.0, -75.0, 5.0),
        Control("stretch_2", "stretch 2", -1.5, 1.5, 0.8, 0.1),
        Control("bias_2", "bias 2", -1.0, 1.0, -0.2, 0.1),
    )
}
#: The weights of three hidden units before anything is turned or stretched: a column for each, then a row for each.
_INTO = np.array([[1.0, 0.0, 0.7], [0.0, 1.0, 0.7]])
_OUT_OF = np.array([[1.0, 0.0], [0.0, 1.0], [0.5, -0.5]])
#: How far from the origin the pictures reach, and up to which distance two of them are equal but for rounding.
_REACH, _ROUNDING = 2.2, 1e-12


class LinearStack(Explorer):
    """Two layers, x W1 + b1 and h W2 + b2, what they do to a square with a letter, and the one layer that does it too.

    Layer 1 turns and then stretches along its first hidden unit; layer 2 stretches along it and then turns.
    A layer with one hidden unit has only the first column of W1 and the first row of W2.

    Attributes
    ----------
    turn_1, turn_2 : float
        By how many degrees a layer turns the plane, from -180 to 180.
    stretch_1, stretch_2 : float
        Factor on the first hidden unit's weights, from -1.5 to 1.5; dimensionless.
    bias_1, bias_2 : float
        The bias of each unit of a layer, from -1 to 1; dimensionless.
    hidden : int
        Number of hidden units: 1, 2 or 3.
    between : str
        What stands between the layers: "identity" (nothing), "tanh" or "relu".
    fold : bool
        Whether the one layer's picture is drawn over that of the stack.
    """

    _esm = script("linear_stack.js")
    turn_1 = Within(_CONTROLS["turn_1"]).tag(sync=True)
    stretch_1 = Within(_CONTROLS["stretch_1"]).tag(sync=True)
    bias_1 = Within(_CONTROLS["bias_1"]).tag(sync=True)
    turn_2 = Within(_CONTROLS["turn_2"]).tag(sync=True)
    stretch_2 = Within(_CONTROLS["stretch_2"]).tag(sync=True)
    bias_2 = Within(_CONTROLS["bias_2"]).tag(sync=True)
    hidden = Whole(2).tag(sync=True)
    between = Key("identity").tag(sync=True)
    fold = Switch(False).tag(sync=True)
    setting = traitlets.Dict().tag(sync=True)

    def __init__(self) -> None:
        super().__init__(
            setting={
                "controls": {name: control.as_dict() for name, control in _CONTROLS.items()},
                "between": [[text, name] for name, text in _BETWEEN.items()],
                "into": _INTO.tolist(),
                "out_of": _OUT_OF.tolist(),
                "square": [line.tolist() for line in _square()],
                "letter": [line.tolist() for line in _letter()],
                "reach": _REACH,
                "rounding": _ROUNDING,
            }
        )

    @traitlets.validate("hidden")
    def _one_to_three(self, proposal: dict[str, Any]) -> int:
        if not 1 <= proposal["value"] <= 3:
            raise BadValue(f"hidden must be 1, 2 or 3, but it is {proposal['value']}.")
        return int(proposal["value"])

    @traitlets.validate("between")
    def _is_known(self, proposal: dict[str, Any]) -> str:
        _ = _BETWEEN[proposal["value"]]
        return str(proposal["value"])

    @property
    def W1(self) -> Floats:
        """Weights of layer 1, shape (2, hidden)."""
        return _turned(self.turn_1) @ (_INTO * [self.stretch_1, 1, 1])[:, : self.hidden]

    @property
    def b1(self) -> Floats:
        """Biases of layer 1, shape (hidden,)."""
        return np.full(self.hidden, self.bias_1)

    @property
    def W2(self) -> Floats:
        """Weights of layer 2, shape (hidden, 2)."""
        return (_OUT_OF * [[self.stretch_2], [1], [1]])[: self.hidden] @ _turned(self.turn_2)

    @property
    def b2(self) -> Floats:
        """Biases of layer 2, shape (2,)."""
        return np.full(2, self.bias_2)

    @property
    def W(self) -> Floats:
        """Weights of the one layer, shape (2, 2)."""
        return self._one_layer()[0]

    @property
    def b(self) -> Floats:
        """Biases of the one layer, shape (2,)."""
        return self._one_layer()[1]

    @property
    def rank(self) -> int:
        """Rank of W: in how many independent directions the one layer's outputs can go."""
        return int(np.linalg.matrix_rank(self.W, rtol=_ROUNDING)) if np.abs(self.W).max() > _ROUNDING else 0

    @property
    def distance(self) -> float:
        """Largest distance between the stack's and the one layer's image of a point of the square."""
        points = _points()
        return float(np.hypot(*(self._stack(points) - self._one(points)).T).max())

    def still(self) -> bytes:
        """Return the four pictures: input, after each layer, and the one layer's."""
        figure, axes = new_figure(7.0, 2.3, columns=4)
        pictures = (
            ("input x", lambda x: x),
            (f"{self.hidden} hidden", lambda x: _flat(self._hidden(x))),
            ("two layers", self._stack),
            ("one layer", self._one),
        )
        for panel, (title, image) in zip(axes, pictures, strict=True):
            panel.set(xlim=(-_REACH, _REACH), ylim=(-_REACH, _REACH), xticks=[-2, 0, 2], yticks=[-2, 0, 2], title=title)
            panel.set_aspect("equal")
            for line in _square():
                panel.plot(*image(line).T, color=LIGHT.quiet, linewidth=0.8)
            for line in _letter():
                panel.plot(*image(line).T, color=LIGHT.function, linewidth=5)
        if self.fold:
            for line in _letter():  # dashes on white, to be seen on the letter and beside it
                axes[2].plot(*self._one(line).T, color=LIGHT.paper, linewidth=2.5)
                axes[2].plot(*self._one(line).T, "--", color=LIGHT.ink, linewidth=1.2)
        return png(figure)

    def description(self) -> str:
        """Return the layers, their fold and how well it does, in words and numbers."""
        names = {"W1": self.W1, "b1": self.b1, "W2": self.W2, "b2": self.b2, "W": self.W, "b": self.b}
        numbers = ", ".join(f"{name} = {_listed(value)}" for name, value in names.items())
        return (
            f"A square with the letter F goes through two layers, 2 -> {self.hidden} -> 2, with "
            f"{_BETWEEN[self.between]} between them, and through one layer x W + b. {self._verdict()}\n{numbers}"
        )

    def _verdict(self) -> str:
        distance = self.distance
        if distance >= _ROUNDING:
            return f"The best single layer (least squares) misses by up to {three_digits(distance)}."
        return f"One layer does the same, but for rounding. W has rank {self.rank}."

    def _hidden(self, x: Floats) -> Floats:
        return np.asarray(ACTIVATIONS[self.between].f(x @ self.W1 + self.b1))

    def _stack(self, x: Floats) -> Floats:
        return self._hidden(x) @ self.W2 + self.b2

    def _one(self, x: Floats) -> Floats:
        W, b = self._one_layer()
        return np.asarray(x @ W + b)

    def _one_layer(self) -> tuple[Floats, Floats]:
        """Return W and b of the fold; where a function between the layers prevents it, the nearest by least squares."""
        if self.between == "identity":
            return self.W1 @ self.W2, self.b1 @ self.W2 + self.b2
        x = _points()
        y = self._stack(x)
        # The points lie symmetrically around 0, so that the normal equations fall apart into single divisions.
        return x.T @ y / np.sum(x[:, :1] ** 2), y.mean(axis=0)


def linear_stack() -> LinearStack:
    """Explore why a stack of linear layers is one linear layer: bend the layers, fold them, put tanh between.

    Returns
    -------
    LinearStack
        The explorer; ``turn_1``, ``stretch_1``, ``bias_1``, ``turn_2``, ``stretch_2``, ``bias_2``, ``hidden``,
        ``between`` and ``fold`` can be read, set, observed and linked; ``W1``, ``b1``, ``W2``, ``b2``, ``W``,
        ``b``, ``rank`` and ``distance`` can be read.
    """
    return LinearStack()


def _turned(degrees: float) -> Floats:
    """Return the matrix that turns a row vector counter-clockwise."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[c, s], [-s, c]])


def _points() -> Floats:
    """Return the points of the square at which two pictures are compared, shape (441, 2)."""
    side = np.linspace(-1, 1, 21)
    return np.array([(across, up) for up in side for across in side])


def _square() -> list[Floats]:
    """Return the lines of a grid on the square from -1 to 1, with points enough to show a bend."""
    along = np.linspace(-1, 1, 41)
    lines = [np.column_stack([along, np.full(41, place)]) for place in (-1, -0.5, 0, 0.5, 1)]
    return [*lines, *(line[:, ::-1] for line in lines)]


def _letter() -> list[Floats]:
    """Return the strokes of an F, which shows how the square is turned and whether it is mirrored."""
    strokes = (((-0.5, -0.75), (-0.5, 0.75)), ((-0.5, 0.75), (0.5, 0.75)), ((-0.5, 0.1), (0.25, 0.1)))
    return [np.linspace(*stroke, 21) for stroke in strokes]


def _flat(h: Floats) -> Floats:
    """Return hidden activations as points of the page: one on a line, three as seen from the side."""
    return h @ np.array([[1.0, 0.0], [0.0, 1.0], [-0.45, -0.35]])[: h.shape[1]]


def _listed(values: Floats) -> str:
    return str((np.round(values, 2) + 0.0).tolist()).replace("-", "−")  # no minus before a zero
