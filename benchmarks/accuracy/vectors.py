"""Functions of whole vectors and losses: entries, sums, products with the Jacobian and gradients.

Their exact values come from the same reading of formulas as those of the element-wise ones: entries of a vector
are the letters z1, z2 ..., a product with the Jacobian is the derivative of a weighted sum of entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from benchmarks.accuracy.exact import Digits, exact_of, full_sweep
from benchmarks.accuracy.measure import Array, measured
from benchmarks.accuracy.peers import Peer
from benchmarks.accuracy.results import Record
from course_lib import VECTOR_ACTIVATIONS, losses
from course_lib.derivations.expression import parse

SIZE = 6
VECTORS = 1000
LETTERS = range(1, SIZE + 1)
EXP_SUM = " + ".join(f"exp(z{k})" for k in LETTERS)
WEIGHTED_EXP_SUM = " + ".join(f"g{k}*exp(z{k})" for k in LETTERS)
WEIGHTED_SUM = " + ".join(f"g{k}*z{k}" for k in LETTERS)
Way = Callable[..., Array]


@dataclass(frozen=True)
class Row:
    """One row of the table: what is computed of which inputs.

    Attributes
    ----------
    name : str
        What it is, for the table.
    formulas : tuple of str
        The exact result, one formula for each entry of it.
    by : tuple of str or None
        The letter by which each formula is differentiated.
    ours, textbook : callable
        Take the inputs.
    formula : str
        The textbook's, to be shown.
    peer : tuple of str
        ``("value" or "gradient", name among the peer's functions)``.
    inputs : callable
        Takes a dtype; gives the arrays by the letter of their entries.
    scale : callable, optional
        Takes the inputs; gives what the error is measured in eps of, where ULP of a sum that cancels would say
        nothing.
    """

    name: str
    formulas: tuple[str, ...]
    by: tuple[str | None, ...]
    ours: Way
    textbook: Way
    formula: str
    peer: tuple[str, str]
    inputs: Callable[[Any], Mapping[str, Array]]
    scale: Callable[..., Array] | None = None

    def exactly(self, inputs: Mapping[str, Array]) -> Digits:
        """Return the exact results, all entries of the first input's result, then those of the second."""
        points = [_letters(inputs, place) for place in range(len(next(iter(inputs.values()))))]
        pairs = zip(self.formulas, self.by, strict=True)
        columns = [exact_of(parse(formula), points, by) for formula, by in pairs]
        return Digits.of(value for row in zip(*columns, strict=True) for value in row)

    def of_peer(self, peer: Peer) -> Way:
        """Return how a library computes it."""
        kind, name = self.peer
        function = peer.functions[name]
        if name == "softmax" and kind == "gradient":
            return lambda z, g: peer.gradient(lambda z, g: (function(z) * g).sum(-1), z, g)
        compute = peer.value if kind == "value" else peer.gradient
        return lambda *arrays: compute(function, *arrays)


def _letters(inputs: Mapping[str, Array], place: int) -> dict[str, float]:
    """Return the values of the letters z1, z2 ... at one vector; of x alone at one number."""
    letters: dict[str, float] = {}
    for name, array in inputs.items():
        if array.ndim == 1:
            letters[name] = float(array[place])
        else:
            letters |= {f"{name}{k}": float(v) for k, v in enumerate(array[place], 1)}
    return letters


# --- inputs -----------------------------------------------------------------------------------------------------


def _even(count: int, start: int = 1) -> NDArray[np.float64]:
    """Return numbers that fill [-1, 1] evenly, the same on every machine."""
    return 2 * (np.arange(start, start + count) * (np.sqrt(5) - 1) / 2 % 1) - 1


def logits(dtype: Any) -> dict[str, Array]:
    """Return vectors that lie close together, up to 900 apart, and far from 0."""
    spread = np.resize([0.1, 1, 5, 20, 60, 450], VECTORS)[:, np.newaxis]
    offset = np.resize([0, 0, 0, 1000, -1000, 37.5, 1e5], VECTORS)[:, np.newaxis]
    return {"z": (_even(VECTORS * SIZE).reshape(-1, SIZE) * spread + offset).astype(dtype)}


def logits_and_gradient(dtype: Any) -> dict[str, Array]:
    """Return logits, and what is pulled back through them."""
    return logits(dtype) | {"g": _even(VECTORS * SIZE, 10**6).reshape(-1, SIZE).astype(dtype)}


def logits_and_class(dtype: Any) -> dict[str, Array]:
    """Return logits, and which class is right; half of the time that of the largest logit."""
    z = logits(dtype)["z"]
    right = np.where(np.arange(VECTORS) % 2, z.argmax(-1), np.arange(VECTORS) % SIZE)
    return {"z": z, "g": np.eye(SIZE, dtype=dtype)[right]}


def logits_and_shares(dtype: Any) -> dict[str, Array]:
    """Return logits, and shares of all classes that sum to 1 exactly."""
    shares = np.array([0.5, 0.25, 0.125, 0.0625, 0.03125, 0.03125], dtype=dtype)
    return {"z": logits(dtype)["z"], "g": np.array([np.roll(shares, k) for k in range(VECTORS)])}


def score_and_label(dtype: Any) -> dict[str, Array]:
    """Return one logit for each sample, and whether it is of the class."""
    x = full_sweep(dtype)[::17]
    return {"x": x, "y": (np.arange(len(x)) % 2).astype(dtype)}


# --- textbook formulas ------------------------------------------------------------------------------------------


def softmax(z: Array) -> Array:
    e = np.exp(z - z.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True))


def _logsumexp(z: Array) -> Array:
    top = z.max(-1, keepdims=True)
    return np.asarray((np.log(np.exp(z - top).sum(-1, keepdims=True)) + top)[..., 0])


def _vjp(z: Array, g: Array) -> Array:
    s = softmax(z)
    return np.asarray(s * (g - (s * g).sum(-1, keepdims=True)))


def _sigmoid_minus(x: Array, y: Array) -> Array:
    return np.asarray(expit(x) - y)


# --- units of sums that cancel --------------------------------------------------------------------------------------


def _jacobian_times(z: Array, g: Array) -> Array:
    """Return abs(J) abs(g): the size of the terms of which each entry of the product is the sum."""
    s, size = softmax(z.astype(np.float64)), np.abs(g.astype(np.float64))
    others = ~np.eye(SIZE, dtype=bool)  # summed without the entry itself: taking it away would cancel
    return s * (size * (s @ others) + (s * size) @ others)


def _largest_share(z: Array, y: Array) -> Array:
    return np.maximum(softmax(z.astype(np.float64)), y)


def _largest_of_log(z: Array) -> Array:
    """Return the larger of the largest logit and the logarithm that is added to it."""
    z = z.astype(np.float64)
    return np.maximum(np.abs(z.max(-1)), np.log(np.exp(z - z.max(-1, keepdims=True)).sum(-1)))


def measure(row: Row, peers: Sequence[Peer]) -> Iterator[Record]:
    """Yield how far each way of computing a row is from the exact values, in both dtypes."""
    for dtype in (np.float64, np.float32):
        inputs = row.inputs(dtype)
        arrays, exactly = list(inputs.values()), row.exactly(inputs)
        unit = None
        if row.scale:
            info = np.finfo(dtype)
            unit = np.maximum(row.scale(*arrays) * float(info.eps), float(info.smallest_subnormal))
        ways = [("ours", "", row.ours), ("textbook", row.formula, row.textbook)]
        ways += [(peer.name, "", row.of_peer(peer)) for peer in peers]
        for way, formula, compute in ways:
            found = measured(compute, arrays, exactly, unit)
            yield Record(row.name, f"vector {row.peer[0]}", np.dtype(dtype).name, way, formula, found.as_record())


def rows() -> list[Row]:
    """Return what is measured of vectors and losses."""
    by_each = tuple(f"z{k}" for k in LETTERS)
    whole = (None,) * SIZE
    entries = tuple(f"exp(z{k})/({EXP_SUM})" for k in LETTERS)
    logs = tuple(f"z{k} - log({EXP_SUM})" for k in LETTERS)
    loss = (f"log({EXP_SUM}) - ({WEIGHTED_SUM})",) * SIZE
    return [
        Row(
            "softmax", entries, whole, VECTOR_ACTIVATIONS["softmax"].f, softmax, "e^(z − max) / sum",
            ("value", "softmax"), logits,
        ),
        Row(
            "softmax VJP", (f"({WEIGHTED_EXP_SUM})/({EXP_SUM})",) * SIZE, by_each, VECTOR_ACTIVATIONS["softmax"].vjp,
            _vjp, "S (g − g · S)", ("gradient", "softmax"), logits_and_gradient, _jacobian_times,
        ),
        Row(
            "log_softmax", logs, whole, VECTOR_ACTIVATIONS["log_softmax"].f, lambda z: np.log(softmax(z)), "log S",
            ("value", "log_softmax"), logits,
        ),
        Row(
            "logsumexp", (f"log({EXP_SUM})",), (None,), VECTOR_ACTIVATIONS["logsumexp"].f, _logsumexp,
            "max + log sum e^(z − max)", ("value", "logsumexp"), logits, _largest_of_log,
        ),
        Row(
            "cross-entropy gradient", loss, by_each, losses.cross_entropy_gradient, lambda z, y: softmax(z) - y,
            "S − y", ("gradient", "cross_entropy"), logits_and_class,
        ),
        Row(
            "cross-entropy gradient, shares", loss, by_each, losses.cross_entropy_gradient,
            lambda z, y: softmax(z) - y, "S − y", ("gradient", "cross_entropy"), logits_and_shares, _largest_share,
        ),
        Row(
            "binary cross-entropy gradient", ("log(1 + exp(x)) - y*x",), ("x",),
            losses.binary_cross_entropy_with_logits_gradient, _sigmoid_minus, "σ − y",
            ("gradient", "binary_cross_entropy"), score_and_label,
        ),
    ]  # fmt: skip
