"""The element-wise activations: values, slopes and derivatives by parameters, in every way that there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from benchmarks.accuracy import textbook
from benchmarks.accuracy.exact import Digits
from benchmarks.accuracy.measure import Array, measured
from benchmarks.accuracy.peers import Peer
from benchmarks.accuracy.results import Record
from benchmarks.accuracy.truth import SLOPE, VALUE, Question
from course_lib import ACTIVATIONS

#: x times a smooth gate: by the product rule their slope is a sum of two terms, which cancel where it is 0.
GATED = ("silu", "mish", "gelu", "gelu_tanh")


def questions(names: Iterable[str]) -> list[Question]:
    """Return what is measured of the activations with these names."""
    wanted = [(name, of) for name in names for of in (VALUE, SLOPE, *ACTIVATIONS[name].parameter_derivatives)]
    return [Question(name, of, dtype) for name, of in wanted for dtype in ("float64", "float32")]


def measure(question: Question, peers: Sequence[Peer]) -> Iterator[Record]:
    """Yield how far each way of computing it is from the exact values."""
    x, exactly = question.inputs, question.answer()
    unit = _unit_of_terms(question, exactly) if question.name in GATED and question.of == SLOPE else None
    for way, formula, compute in _ways(question, peers):
        found = measured(compute, [x], exactly, unit).as_record()
        yield Record(question.name, question.of, question.dtype, way, formula, found)


def _ways(question: Question, peers: Sequence[Peer]) -> Iterator[tuple[str, str, Callable[[Array], Array]]]:
    ours = question.activation
    functions = {VALUE: ours.f, SLOPE: ours.derivative, **ours.parameter_derivatives}
    yield "ours", "", functions[question.of]
    books = {VALUE: textbook.VALUES, SLOPE: textbook.DERIVATIVES}.get(question.of, {})
    for formula, compute in books.get(question.name, {}).items():
        yield "textbook", formula, compute
    for peer in peers:
        function = peer.functions.get(question.name)
        if function and question.of in (VALUE, SLOPE):
            yield peer.name, "", _of_peer(peer, function, question.of)


def _of_peer(peer: Peer, function: Callable[..., object], of: str) -> Callable[[Array], Array]:
    compute = peer.value if of == VALUE else peer.gradient
    return lambda x: compute(function, x)


def _unit_of_terms(question: Question, slopes: Digits) -> Array:
    """Return a unit in the last place of the larger term: of f(x) = x g(x) they are g(x) and x g'(x)."""
    x, slope = question.inputs.astype(np.float64), slopes.rounded()
    values = Question(question.name, VALUE, question.dtype).answer().rounded()
    gate = np.divide(values, x, out=slope.copy(), where=x != 0)
    largest = np.maximum.reduce([np.abs(gate), np.abs(slope - gate), np.abs(slope)])
    return np.spacing(largest.astype(question.dtype)).astype(np.float64)
