"""The ways of computing one slope for every entry of an array, ready to be timed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy.peers import Peer, Torch
from benchmarks.accuracy.textbook import DERIVATIVES
from course_lib import ACTIVATIONS

#: One call computes all slopes once; what it returns does not matter.
Work = Callable[[], object]


def inputs(size: int, dtype: Any) -> NDArray[Any]:
    """Return inputs as a layer has them: from -8 to 8, in no order."""
    return (16 * (np.arange(1, size + 1) * (np.sqrt(5) - 1) / 2 % 1) - 8).astype(dtype)


def ways(name: str, x: NDArray[Any], peers: Sequence[Peer]) -> Mapping[str, Work]:
    """Return everything that computes the slopes of one activation at `x`, and a mere copy of `x`."""
    ours, (formula, *_) = ACTIVATIONS[name].derivative, DERIVATIVES[name].values()
    target = np.empty_like(x)
    found: dict[str, Work] = {
        "copy": lambda: np.copyto(target, x),
        "ours": lambda: ours(x),
        "textbook": lambda: formula(x),
    }
    for peer in peers:
        if function := peer.functions.get(name):
            found[peer.name] = _torch(function, x) if isinstance(peer, Torch) else _jax(function, x)
    return found


def _torch(function: Callable[..., Any], x: NDArray[Any]) -> Work:
    """Return a forward and a backward pass; conversions are left out."""
    import torch

    leaf = torch.tensor(x, requires_grad=True)
    ones = torch.ones_like(leaf)

    def work() -> None:
        leaf.grad = None
        function(leaf).backward(ones)

    return work


def _jax(function: Callable[..., Any], x: NDArray[Any]) -> Work:
    """Return the compiled gradient of the sum; conversions and the compilation are left out."""
    import jax

    leaf = jax.numpy.asarray(x)
    slopes = jax.jit(jax.grad(lambda v: function(v).sum()))
    return lambda: slopes(leaf).block_until_ready()


def one_thread(peers: Sequence[Peer]) -> None:
    """Let torch compute with one thread; jax and numpy were told by the environment."""
    if any(isinstance(peer, Torch) for peer in peers):
        import torch

        torch.set_num_threads(1)
