"""What is returned where there is nothing to measure: at the infinities, for nan, and at kinks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from benchmarks.accuracy.peers import Peer
from benchmarks.accuracy.results import Record
from course_lib import ACTIVATIONS


def measure(names: Iterable[str], peers: Sequence[Peer]) -> Iterator[Record]:
    """Yield the slopes at these places, as text: JSON knows no infinity."""
    for name in names:
        ours = ACTIVATIONS[name]
        places = np.array([-np.inf, np.inf, np.nan, *sorted({*ours.kinks, *ours.jumps})])
        yield _record(name, "ours", places, ours.derivative(places))
        for peer in peers:
            if function := peer.functions.get(name):
                yield _record(name, peer.name, places, peer.gradient(function, places))


def _record(name: str, way: str, places: np.ndarray, slopes: np.ndarray) -> Record:
    found = {f"{place:.4g}": f"{slope:.4g}" for place, slope in zip(places, slopes, strict=True)}
    return Record(name, "ends", "float64", way, "", found)
