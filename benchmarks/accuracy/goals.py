"""What the course's own functions must reach, in units in the last place."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.accuracy.elementwise import GATED
from benchmarks.accuracy.results import Record, Results

FLOAT64, GATED_FLOAT64, FLOAT32 = 4.1, 8.0, 1.0
#: Where the sum of a vector-Jacobian product or of a loss cancels: in eps of its terms.
OF_VECTOR_TERMS = 3.0
PIECEWISE_LINEAR = frozenset({
    "identity", "relu", "relu6", "leaky_relu", "prelu", "rrelu", "threshold", "hard_sigmoid", "hard_tanh",
    "soft_shrink", "hard_shrink", "sparse_sigmoid",
})  # fmt: skip


def missed(results: Results) -> list[str]:
    """Return one sentence for each goal that the committed numbers do not reach."""
    ours = [r for r in results.records.values() if r.way == "ours" and r.of != "ends"]
    return [f"{r.name} {r.of} {r.dtype}: {said}" for r in ours for said in _missed(r)]


def _missed(record: Record) -> Iterator[str]:
    for name, goal in limits(record).items():
        if (value := record.found.get(name, 0.0)) > goal:
            yield f"{name} is {value:g} ULP, the goal {goal:g} (x = {record.found.get('at', 'a vector')})"
    for name in ("wrong_zeros", "wrong_nans", "wrong_infinities", "warnings"):
        if name in record.found:
            yield f"{name} {record.found[name]}"


def limits(record: Record) -> dict[str, float]:
    """Return the goals for one record by the number that must stay below each."""
    if record.dtype == "float32":
        return {"worst": FLOAT32, "worst_of_subnormals": FLOAT32}
    if record.name in GATED:
        goal = GATED_FLOAT64
        terms = {"worst_of_terms": goal, "worst_away_from_zero": goal} if "worst_of_terms" in record.found else {}
        return {**(terms or {"worst": goal}), "worst_of_subnormals": goal}
    if "worst_of_terms" in record.found:
        return {"worst_of_terms": OF_VECTOR_TERMS, "worst_of_subnormals": FLOAT64}
    if record.of == "derivative" and record.name in PIECEWISE_LINEAR:
        return {"worst": 0.5, "worst_of_subnormals": 0.5}  # a slope such as 1/6 is no float
    return {"worst": FLOAT64, "worst_of_subnormals": FLOAT64}
