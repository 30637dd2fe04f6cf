"""The same functions and slopes as torch and jax compute them, where these are installed.

What a library does not have is not made up of its pieces here, with one exception: `exponential`, which is `exp`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class Peer(Protocol):
    """A library: what it has by our names, and how it computes values and slopes."""

    name: str
    functions: Mapping[str, Callable[..., Any]]

    def value(self, function: Callable[..., Any], *arguments: Array) -> Array:
        """Return ``function(*arguments)``, in the dtype of the first."""
        ...

    def gradient(self, function: Callable[..., Any], x: Array, *others: Array) -> Array:
        """Return the gradient of the sum of ``function(x, *others)`` with respect to `x`."""
        ...


class Torch:
    """PyTorch: one backward pass through the sum gives the slope at each entry."""

    name = "torch"

    def __init__(self) -> None:
        import torch
        from torch.nn import functional as nn

        self._torch = torch
        self.functions: Mapping[str, Callable[..., Any]] = {
            "identity": torch.nn.Identity(),
            "sigmoid": torch.sigmoid, "tanh": torch.tanh, "softsign": nn.softsign, "log_sigmoid": nn.logsigmoid,
            "softplus": nn.softplus, "exponential": torch.exp, "elu": nn.elu, "celu": nn.celu, "selu": nn.selu,
            "relu": nn.relu, "leaky_relu": nn.leaky_relu, "relu6": nn.relu6, "rrelu": nn.rrelu,
            "prelu": lambda x: nn.prelu(x, x.new_tensor([0.25])),
            "threshold": lambda x: nn.threshold(x, 1.0, 0.0),
            "hard_sigmoid": nn.hardsigmoid, "hard_tanh": nn.hardtanh, "hard_swish": nn.hardswish,
            "tanh_shrink": nn.tanhshrink, "soft_shrink": nn.softshrink, "hard_shrink": nn.hardshrink,
            "silu": nn.silu, "mish": nn.mish, "gelu": nn.gelu, "gelu_tanh": lambda x: nn.gelu(x, approximate="tanh"),
            "softmax": lambda z: nn.softmax(z, -1), "log_softmax": lambda z: nn.log_softmax(z, -1),
            "logsumexp": lambda z: torch.logsumexp(z, -1),
            "cross_entropy": lambda z, y: nn.cross_entropy(z, y, reduction="none"),
            "binary_cross_entropy": lambda x, y: nn.binary_cross_entropy_with_logits(x, y, reduction="none"),
        }  # fmt: skip

    def value(self, function: Callable[..., Any], *arguments: Array) -> Array:
        """Return ``function(*arguments)``."""
        return np.asarray(function(*map(self._torch.tensor, arguments)))

    def gradient(self, function: Callable[..., Any], x: Array, *others: Array) -> Array:
        """Return the gradient by autograd."""
        leaf = self._torch.tensor(x, requires_grad=True)
        y = function(leaf, *map(self._torch.tensor, others))
        y.backward(self._torch.ones_like(y))
        return np.asarray(leaf.grad)


class Jax:
    """JAX with 64-bit floats: its gradient of one entry, mapped over all of them."""

    name = "jax"

    def __init__(self) -> None:
        import jax
        from jax import nn
        from jax import numpy as jnp

        jax.config.update("jax_enable_x64", True)
        self._jax = jax
        self.functions: Mapping[str, Callable[..., Any]] = {
            "identity": nn.identity,
            "sigmoid": nn.sigmoid, "tanh": jnp.tanh, "softsign": nn.soft_sign, "log_sigmoid": nn.log_sigmoid,
            "softplus": nn.softplus, "squareplus": nn.squareplus, "sparse_plus": nn.sparse_plus,
            "sparse_sigmoid": nn.sparse_sigmoid, "exponential": jnp.exp, "elu": nn.elu, "celu": nn.celu,
            "selu": nn.selu, "relu": nn.relu, "leaky_relu": nn.leaky_relu, "relu6": nn.relu6,
            "hard_sigmoid": nn.hard_sigmoid, "hard_tanh": nn.hard_tanh, "hard_swish": nn.hard_swish,
            "silu": nn.silu, "mish": nn.mish, "gelu": lambda x: nn.gelu(x, approximate=False),
            "gelu_tanh": lambda x: nn.gelu(x, approximate=True),
            "softmax": nn.softmax, "log_softmax": nn.log_softmax, "logsumexp": lambda z: nn.logsumexp(z, axis=-1),
            "cross_entropy": lambda z, y: -jnp.sum(y * nn.log_softmax(z), axis=-1),
            "binary_cross_entropy": lambda x, y: -y * nn.log_sigmoid(x) - (1 - y) * nn.log_sigmoid(-x),
        }  # fmt: skip

    def value(self, function: Callable[..., Any], *arguments: Array) -> Array:
        """Return ``function(*arguments)``."""
        return np.asarray(function(*map(self._jax.numpy.asarray, arguments)))

    def gradient(self, function: Callable[..., Any], x: Array, *others: Array) -> Array:
        """Return the gradient by ``jax.grad``, mapped over the first axis."""
        of_sum = self._jax.grad(lambda *arguments: self._jax.numpy.sum(function(*arguments)))
        return np.asarray(self._jax.vmap(of_sum)(*map(self._jax.numpy.asarray, (x, *others))))


def installed() -> list[Peer]:
    """Return the libraries that are there."""
    return [peer() for name, peer in (("torch", Torch), ("jax", Jax)) if find_spec(name)]
