"""One record for each activation: what everything else in the course reads."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from course_lib.activations.parameter import Parameters

T = TypeVar("T")

#: Takes an array and returns one of the same shape and float dtype.
ElementwiseFunction = Callable[..., Any]


class CourseError(Exception):
    """Something that a person can mend, said in one sentence.

    In a notebook the sentence is all that is shown: a traceback through the course's own code would not help.
    """

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class UnknownName(CourseError, KeyError):
    """A name that a registry does not have, with the nearest ones that it has."""

    def __str__(self) -> str:
        return str(self.args[0])


class Registry(Mapping[str, T], Generic[T]):
    """A read-only mapping that suggests the nearest names for an unknown one.

    Parameters
    ----------
    kind : str
        What the entries are, for messages: 'activation', 'exercise'.
    entries : mapping
        The entries by name, in the course's order.
    """

    def __init__(self, kind: str, entries: Mapping[str, T]) -> None:
        self._kind = kind
        self._entries = dict(entries)

    def __getitem__(self, name: str) -> T:
        if name not in self:
            raise UnknownName(self._unknown(name))
        return self._entries[name]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name in self._entries  # a list, which cannot be a key, is no name either

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __repr__(self) -> str:
        return f"<{len(self)} entries: {', '.join(self)}>"

    def _unknown(self, name: object) -> str:
        from difflib import get_close_matches

        other_names = {other: own for own, entry in self.items() for other in getattr(entry, "also_called", ())}
        matches = get_close_matches(str(name).lower(), [*self._entries, *other_names], n=3, cutoff=0.6)
        near = dict.fromkeys(other_names.get(match, match) for match in matches)  # each once, the nearest first
        article = "an" if self._kind[0] in "aeiou" else "a"
        mend = f"did you mean {' or '.join(map(repr, near))}?" if near else f"there are: {', '.join(self)}."
        return f"{name!r} is not {article} {self._kind} of this course; {mend}"


@dataclass(frozen=True)
class Properties:
    """What is true of an activation at its default parameters; the test suite measures each of them.

    Attributes
    ----------
    range : tuple of float
        Infimum and supremum of f over the real line.
    monotonic : bool
        Whether f never decreases.
    smooth : bool
        Whether f is differentiable everywhere: no kinks and no jumps.
    zero_centred : bool
        Whether f is odd, so that its outputs are centred at 0 when its inputs are.
    """

    range: tuple[float, float]
    monotonic: bool
    smooth: bool
    zero_centred: bool

    @property
    def bounded(self) -> bool:
        """Whether the range is finite on both sides."""
        low, high = self.range
        return low > -float("inf") and high < float("inf")


def kink(place: float, left: float, right: float) -> dict[float, tuple[float, float]]:
    """Return what ``kinks_at`` gives for a kink with these slopes beside it: nothing where they are the same."""
    return {} if left == right else {place: (min(left, right), max(left, right))}


def _nowhere(**parameters: float) -> dict[float, tuple[float, float]]:
    return {}


@dataclass(frozen=True)
class Activation:
    """An element-wise activation: two plain functions, and what is known about them.

    Attributes
    ----------
    name : str
        The field's usual name, the key in ``ACTIVATIONS``.
    f, derivative : callable
        ``f(x, **parameters)`` and its derivative by x. Same shape and float dtype out; x is never changed.
    expression : str
        The formula of f in x and the parameters; from it the proofs are made.
    properties : Properties
        Range, monotonicity and the like.
    reference : str
        Who introduced it, and where.
    derivative_from_output : callable or None
        ``derivative_from_output(y, **parameters)``, or None where the output does not determine the slope.
    parameters, parameter_derivatives : mapping
        The parameters by name, and the derivative of f by each learnable one.
    kinks_at : callable
        ``kinks_at(**parameters)`` gives {place: (subgradient_low, subgradient_high)}.
    also_called : tuple of str
        Other names that libraries and papers use; they are no keys, but lead to this one in the error for an
        unknown name.
    jumps_at : callable
        ``jumps_at(**parameters)`` gives {place: (limit of f from the left, limit from the right)} where f jumps.
    """

    name: str
    f: ElementwiseFunction
    derivative: ElementwiseFunction
    expression: str
    properties: Properties
    reference: str
    derivative_from_output: ElementwiseFunction | None = None
    parameters: Parameters = field(default_factory=lambda: MappingProxyType({}))
    parameter_derivatives: Mapping[str, ElementwiseFunction] = field(default_factory=lambda: MappingProxyType({}))
    kinks_at: Callable[..., dict[float, tuple[float, float]]] = _nowhere
    jumps_at: Callable[..., dict[float, tuple[float, float]]] = _nowhere
    also_called: tuple[str, ...] = ()

    @property
    def kinks(self) -> dict[float, tuple[float, float]]:
        """The kinks at the default parameters."""
        return self.kinks_at(**self._defaults)

    @property
    def jumps(self) -> dict[float, tuple[float, float]]:
        """The jumps at the default parameters."""
        return self.jumps_at(**self._defaults)

    @property
    def _defaults(self) -> dict[str, Any]:
        return {name: p.default for name, p in self.parameters.items()}
