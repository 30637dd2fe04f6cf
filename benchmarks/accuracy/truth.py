"""Exact values over the full sweep, computed once for each formula and kept in the user's cache folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from benchmarks.accuracy import ball, exact
from course_lib import ACTIVATIONS
from course_lib.activations import Activation

#: Whose values are wanted: the function itself, its slope, or its derivative by a parameter of that name.
VALUE, SLOPE = "value", "derivative"


@dataclass(frozen=True)
class Question:
    """What is asked of one activation: its values, its slopes or its derivatives by a parameter."""

    name: str
    of: str
    dtype: str

    @property
    def activation(self) -> Activation:
        """The activation's record."""
        return ACTIVATIONS[self.name]

    @property
    def letters(self) -> list[str | None]:
        """The letters of the formula by which it is differentiated, one after the other."""
        if self.of == VALUE:
            return [None]
        if self.of == SLOPE:
            return ["x"]
        parameter = self.activation.parameters[self.of]
        return list(parameter.as_symbols(self.of, parameter.default))

    @property
    def inputs(self) -> NDArray[Any]:
        """The sweep without the places where there is no derivative to compare with."""
        x = exact.full_sweep(self.dtype)
        places = [*self.activation.kinks, *self.activation.jumps]
        return x[~np.isin(x, np.array(places, dtype=x.dtype))]

    def answer(self) -> exact.Digits:
        """Return the exact values at all inputs, one letter after the other; from the cache where it has them."""
        place = self._place()
        if not place.exists():
            found = [exact.exact(self.activation, self.inputs, by) for by in self.letters]
            digits = exact.Digits.of(value for values in found for value in values)
            place.parent.mkdir(parents=True, exist_ok=True)
            unfinished = place.with_suffix(f".{os.getpid()}.npz")
            np.savez(unfinished, high=digits.high, low=digits.low, exponent=digits.exponent)
            unfinished.replace(place)
        with np.load(place) as kept:
            return exact.Digits(**kept)

    def _place(self) -> Path:
        defaults = {name: p.default for name, p in self.activation.parameters.items()}
        what = repr((self.activation.expression, defaults, self.letters, self.dtype)).encode()
        key = sha256(what + self.inputs.tobytes() + _how()).hexdigest()[:24]
        return user_cache_path("activation-derivatives") / "exact" / f"{key}.npz"


@lru_cache
def _how() -> bytes:
    """Return what the numbers depend on beside the formula: how they are computed."""
    return b"".join(Path(str(module.__file__)).read_bytes() for module in (ball, exact))


def prepare(questions: Sequence[Question]) -> None:
    """Answer all `questions` with one process for each processor, and tell on stderr how far it is."""
    missing = [q for q in questions if not q._place().exists()]
    with ProcessPoolExecutor() as pool:
        running = [pool.submit(_answer, q) for q in missing]
        for done, task in enumerate(as_completed(running), 1):
            task.result()
            sys.stderr.write(f"\rexact values: {done} of {len(missing)} ")
            sys.stderr.flush()
    if missing:
        sys.stderr.write("\n")


def _answer(question: Question) -> None:
    question.answer()
