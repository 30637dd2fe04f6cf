"""The measured errors in words that a learner understands, and the table that lesson 08 shows."""

from collections.abc import Mapping, Sequence
from math import inf
from typing import Any

from course_lib.activations import ACTIVATIONS
from course_lib.measurements.table import Table

WAYS = ("textbook", "torch", "jax", "ours")
#: A row is shown where someone is off by so many units in the last place: three digits.
LOSES = 1000.0
FURTHEST = 1e100
NEAR_0 = "near x = 0"
#: Rows that lesson 08 needs, the others are folded away: what it tries and teaches, and what lessons 03 to 07 taught.
TAUGHT = (
    *("sigmoid", "tanh", "softplus", "elu", "silu", "gelu"),
    *("softmax VJP", "cross-entropy gradient", "binary cross-entropy gradient"),
)


def lost_digits(measured: Mapping[str, Any]) -> Table:
    """Return the table of all derivatives that someone gets wrong at inputs of less than 1e100.

    Beyond that much overflows, and no layer ever comes there.
    """
    rows: list[list[list[str]]] = []
    folded: list[list[list[str]]] = []
    for name, of in _subjects(measured):
        found = {way: select(measured, name=name, of=of, dtype="float64", way=way) for way in WAYS}
        if any(_loses(record) for way in WAYS for record in found[way]):
            cells = [[line for record in found[way] for line in _cell(record)] or ["–"] for way in WAYS]
            title, (first, *others) = f"{name}′" if of == "derivative" else name, cells[0]
            if name in TAUGHT:  # with one textbook formula: with several the rows would be as high as a page
                rows.append([[title], [first], *cells[1:]])
                folded += [
                    [[f"{title}, another formula"], [other], *[["as above"]] * len(cells[1:])] for other in others
                ]
            else:
                folded.append([[title], *cells])
    return Table(
        _caption(measured), ["slope or gradient", *WAYS], rows, folded, "Other formulas and the other functions"
    )


def select(measured: Mapping[str, Any], **wanted: str) -> list[Mapping[str, Any]]:
    """Return the records that have all these values: ``select(accuracy(), name="tanh", way="ours")``."""
    return [r for r in measured["records"] if all(r.get(key) == value for key, value in wanted.items())]


def worst_of(record: Mapping[str, Any]) -> float:
    """Return the largest error: of a sum that cancels in units of its terms, else of the result."""
    return float(record.get("worst_of_terms", record["worst"]))


def in_words(record: Mapping[str, Any], furthest: float = inf) -> str:
    """Return the largest error of one way: '3.6', 'half lost from x = 18.4, all lost from x = 36.7'."""
    nan, lost, half = (
        [x for x in record.get(f"{what}_from", []) if abs(x) <= furthest] for what in ("nan", "lost", "half")
    )
    lost, half = ([x for x in places if x not in nan] for places in (lost, half))
    said = []
    if half and _places(half) not in (_places(lost) if lost else NEAR_0, NEAR_0):
        said.append(f"half lost {_places(half)}")
    if lost:
        said.append(f"all lost {_places(lost)}")
    elif said:
        said.insert(0, number(worst_of(record)))
    if nan:
        said.append(f"nan {_places(nan)}")
    if record.get("lost") and "lost_from" not in record:  # of vectors, which have no one place
        said.append("all lost")
    return ", ".join(said) or number(worst_of(record))


def number(units: float) -> str:
    """Return units in the last place as one writes them: '0', '3.6', '457', '6.5e7'."""
    if units < 9.95:
        return f"{units:.1f}" if units else "0"
    if units < 999.5:
        return f"{units:.0f}"
    mantissa, _, exponent = f"{units:.1e}".partition("e")
    return f"{mantissa}e{int(exponent)}"


def _subjects(measured: Mapping[str, Any]) -> list[tuple[str, str]]:
    of = "vector gradient"
    vectors = dict.fromkeys(r["name"] for r in measured["records"] if r["of"] == of)
    return [*((name, "derivative") for name in ACTIVATIONS), *((name, of) for name in vectors)]


def _loses(record: Mapping[str, Any]) -> bool:
    nearby = any(abs(x) <= FURTHEST for x in record.get("lost_from", [0.0]))
    return bool(record.get("lost") and nearby) or worst_of(record) >= LOSES


def _cell(record: Mapping[str, Any]) -> list[str]:
    formula, words = record.get("formula", "cases"), in_words(record, FURTHEST)
    return [words if formula == "cases" else f"{formula}: {words}"]


def _places(x: Sequence[float]) -> str:
    """Return where something begins, from the inputs nearest to 0 on each side."""
    if min(map(abs, x)) < 1e-3:
        return NEAR_0
    if len(x) == 2 and abs(x[0] + x[1]) <= 0.02 * abs(x[1]):
        return f"beyond x = ±{_three(x[1])}"
    return " and ".join(f"below x = −{_three(-v)}" if v < 0 else f"from x = {_three(v)}" for v in x)


def _three(x: float) -> str:
    """Return a place with three digits: '19.0', '355', '18,900', '1.3e8'."""
    if x < 999.5:
        return f"{x:#.3g}".removesuffix(".")
    return f"{float(f'{x:.3g}'):,.0f}" if x < 1e6 else number(x)


def _caption(measured: Mapping[str, Any]) -> str:
    about = measured["about"]
    versions = ", ".join(f"{name} {about['versions'][name]}" for name in ("numpy", "torch", "jax"))
    return (
        f"How wrong each slope in float64 is at worst, at {about['inputs']:,} inputs. (What goes wrong only beyond "
        "1e100, where no network comes, is not told.)\n"
        "A number: the error in ULP, units in the last of about 16 digits. Below 10 only the last digit suffers; 1e4 "
        "means that the last four are wrong. (The slopes of silu, mish and gelu are sums of two terms that cancel "
        "where the slope goes through 0: the last digit of the larger term counts.)\n"
        "Half lost, all lost: where half of the digits or more are wrong; where not one is right, as in a 0 that "
        "should not be 0. Of gradients of vectors: for some inputs.\n"
        "nan: no number at all. –: the library does not have the function.\n"
        f"Measured with {versions}."
    )
