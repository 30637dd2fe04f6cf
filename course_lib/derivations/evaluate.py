"""What a formula is worth: numbers, arrays, or SymPy's symbols, put in for its names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from operator import add, mul, neg, pow, sub, truediv
from types import MappingProxyType
from typing import Any

from course_lib.derivations.reader import parse
from course_lib.derivations.tree import Apply, Entry, Expression, NotAFormula, Number, Symbol

#: Given a function's arguments as they are written, and the scope in which they stand, returns its value.
Handler = Callable[[tuple[Expression, ...], "Scope"], Any]

_OPERATIONS: Mapping[str, Callable[..., Any]] = {
    "neg": neg, "+": add, "-": sub, "*": mul, "/": truediv, "**": pow,
}  # fmt: skip


@dataclass(frozen=True)
class Scope:
    """What the names of a formula mean at one place in it; the attributes are the arguments of ``evaluate``."""

    functions: Mapping[str, Callable[..., Any]]
    values: Mapping[str, Any]
    one: Any
    handlers: Mapping[str, Handler]
    definitions: Mapping[str, tuple[str, str]]

    def value(self, e: Expression) -> Any:
        """Return what `e` is worth here."""
        match e:
            case Number(number):
                above, below = number.numerator * self.one, number.denominator * self.one
                return above / below if number.denominator > 1 else above
            case Symbol(name):
                return self._meaning(name)
            case Entry(name, indices):
                return self._entry(name, tuple(map(self._index, indices)))
            case Apply(op, args) if op in self.handlers:
                return self.handlers[op](args, self)
            case Apply(op, args):
                return self._call(op, tuple(map(self.value, args)))
        raise TypeError(f"not an expression: {e!r}")

    def having(self, **values: Any) -> "Scope":
        """Return this scope with other values for some names."""
        return replace(self, values={**self.values, **values})

    def along(self, variable: Expression) -> tuple[Callable[[Any], "Scope"], Any]:
        """Return how the scope changes with `variable`, a symbol or an entry such as z[k], and its value here.

        A derivative is then a matter of one line: ``at, here = scope.along(variable)``, and
        ``slope(lambda t: at(t).value(inside), here)``.
        """
        here = self.value(variable)
        if isinstance(variable, Entry):
            name, places = variable.name, tuple(map(self._index, variable.indices))
            entries = self.values[name] if name in self.values else self._defined_entries(name)
            return lambda t: self.having(**{name: _with_entry(entries, places, t)}), here
        if isinstance(variable, Symbol):
            name = variable.name
            return lambda t: self.having(**{name: t}), here
        raise TypeError(f"not a variable: {variable!r}")

    def _meaning(self, name: str) -> Any:
        if name not in self.values:
            raise NotAFormula(f"The symbol {name!r} has no value here.")
        value = self.values[name]
        if isinstance(value, list | tuple):
            raise NotAFormula(f"{name} has several entries; write which one, as in {name}[k].")
        if not isinstance(value, Number | Symbol | Entry | Apply):
            return value
        others = {other: v for other, v in self.values.items() if other != name}  # so it can't mean itself
        return replace(self, values=others).value(value)

    def _call(self, name: str, values: tuple[Any, ...]) -> Any:
        if meaning := _OPERATIONS.get(name) or self.functions.get(name):
            return meaning(*values)
        if name not in self.definitions:
            raise NotAFormula(f"{name!r} has no meaning here.")
        letters, body = self.definitions[name]
        arguments = letters.split(", ")
        if len(arguments) != len(values):
            raise NotAFormula(f"{name} takes {len(arguments)}, not {len(values)}: {name}[{letters}].")
        return self.having(**dict(zip(arguments, values, strict=True))).value(parse(body))

    def _entry(self, name: str, places: tuple[int, ...]) -> Any:
        if name not in self.values:
            if name in self.functions or name in self.definitions:
                return self._call(name, places)
            raise NotAFormula(f"{name!r} has no entries here.")
        value = self.values[name]
        for place in places:
            try:
                value = value[place - 1]
            except (TypeError, IndexError):
                written = ", ".join(map(str, places))
                raise NotAFormula(f"{name}[{written}] does not exist here.") from None
        if isinstance(value, list | tuple):
            raise NotAFormula(f"{name} needs more indices than {len(places)}.")
        return value

    def _defined_entries(self, name: str) -> list[Any]:
        return [self._entry(name, (place,)) for place in range(1, self._meaning("n") + 1)]

    def _index(self, e: Expression) -> int:
        place = e.value if isinstance(e, Number) else self.value(e)
        if not isinstance(place, int) or place < 1:
            raise NotAFormula(f"An index must be a whole number from 1, but here one is {place}.")
        return place


def evaluate(
    expression: Expression,
    functions: Mapping[str, Callable[..., Any]],
    values: Mapping[str, Any],
    one: Any = 1,
    handlers: Mapping[str, Handler] = MappingProxyType({}),
    definitions: Mapping[str, tuple[str, str]] = MappingProxyType({}),
) -> Any:
    """Return the number (or array, or symbol) that `expression` stands for.

    Parameters
    ----------
    expression : Expression
        Read by ``parse``.
    functions : mapping
        What the functions mean: numpy's, mpmath's or SymPy's ``exp``, ``log``, ``sqrt``, ``max`` ... A function
        whose entries are written, such as S in ``S[i]``, gets its indices.
    values : mapping
        The value of each symbol. That of a vector is a sequence, that of a matrix a sequence of sequences
        (arrays do; with more axes at their end, all of these are computed at once); indices count from 1, as
        on paper, and are ints; ``n`` is the number of terms of a sum. A value may itself be an expression: it
        is then computed where it stands, so that D(u) sees the x in u. ``pi`` needs a value too: numpy's,
        mpmath's or SymPy's.
    one : number, optional
        The 1 of the kind of numbers to compute with, so that 1/3 is exact in SymPy. A number with decimals is
        its numerator divided by its denominator in that kind: with the 1 of Python, the nearest float.
    handlers : mapping
        Functions that need their arguments as they are written: ``D``, ``P``, ``lim`` ... Each gets them and
        the scope, see ``Scope.along``. ``sum`` and ``delta`` need no handler; ``sums`` makes one for sums
        whose number of terms is not n.
    definitions : mapping
        A derivation's: ``{"sigma": ("t", "1/(1 + exp(-t))"), "S": ("i", "exp(z[i])/sum(j, exp(z[j]))")}``. They
        are computed where they stand, so that S sees it when z changes. `functions` come before them.

    Raises
    ------
    NotAFormula
        If a symbol has no value, a function no meaning, or a vector no such entry.
    """
    built_in: dict[str, Handler] = {"sum": sums({}), "delta": _delta}
    return Scope(functions, values, one, {**built_in, **handlers}, definitions).value(expression)


def sums(terms: Mapping[str, str]) -> Handler:
    """Return the handler for sums in which the index j runs to the value of the symbol ``terms[j]``, else to n."""

    def total(args: tuple[Expression, ...], scope: Scope) -> Any:
        index, body = args
        if not isinstance(index, Symbol):
            raise NotAFormula("A sum needs a letter for its index, as in sum(j, exp(z[j])).")
        count = scope.value(Symbol(terms.get(index.name, "n")))
        parts = [scope.having(**{index.name: j}).value(body) for j in range(1, count + 1)]
        result = parts[0]
        for part in parts[1:]:
            result = result + part
        return result

    return total


def _delta(args: tuple[Expression, ...], scope: Scope) -> Any:
    first, second = map(scope.value, args)
    return scope.one if first == second else 0 * scope.one


def _with_entry(value: Any, places: tuple[int, ...], new: Any) -> Any:
    """Return a copy of a vector or a matrix with another entry at `places`, which count from 1."""
    if not places:
        return new
    first, *others = places
    return [_with_entry(v, tuple(others), new) if place == first else v for place, v in enumerate(value, 1)]
