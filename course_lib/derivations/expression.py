"""The language of the course's formulas: read by ``reader``, kept as trees (``tree``), computed by ``evaluate``."""

from course_lib.derivations.evaluate import Handler, Scope, evaluate, sums
from course_lib.derivations.reader import FUNCTIONS, MAX_DECIMALS, MAX_NUMBER, parse
from course_lib.derivations.tree import Apply, Entry, Expression, NotAFormula, Number, Symbol, substitute

__all__ = [
    "FUNCTIONS",
    "MAX_DECIMALS",
    "MAX_NUMBER",
    "Apply",
    "Entry",
    "Expression",
    "Handler",
    "NotAFormula",
    "Number",
    "Scope",
    "Symbol",
    "evaluate",
    "parse",
    "substitute",
    "sums",
]
