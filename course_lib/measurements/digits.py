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
    rows, folded = [], []
    for name, of in _subjects(measured):
        found = {way: select(measured, name=name, of=of, dtype="float64", way=way) for way in WAYS}
        if any(_loses(record) for way in WAYS for record in found[way]):
            cells = [[line for record in found[way] for line in _cell(record)] or ["–"] for way in WAYS]
            row = [[f"{name}′" if of == "derivative" else name], *cells]
            (rows if name in TAUGHT else folded).append(row)
    return Table(_caption(measured), ["slope or gradient", *WAYS], rows, folded, "The other functions")


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
        return f"from |x| = {_three(x[1])}"
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
        "How many digits of each slope in float64 are wrong at worst. "
        "A number is an error in ULP, units in the last of about 16 digits: below 10 only the last digit suffers, 1e4 "
        "means that the last four are wrong. “Half lost” says from where on at most half of the digits are right, "
        "“all lost” from where on not one is, as a 0 has none that belongs there; “nan” is no number at all. "
        "– stands where a library has no such function. "
        "The slopes of silu, mish and gelu are sums whose two terms cancel where the slope goes through 0; their error "
        "is counted in the last digit of the larger term. "
        f"Each was tried at {about['inputs']:,} inputs; what goes wrong only beyond 1e100, where no network comes, is "
        f"not told. Measured with {versions}."
    )
