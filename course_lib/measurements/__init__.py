"""What was measured of this library and of others: the committed numbers, read where they are shown.

``make accuracy`` measures again; nothing here was typed by hand.
"""

import json
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.measurements.table import Table

#: Where the numbers are kept.
ACCURACY = Path(__file__).with_name("accuracy.json")

__all__ = ["ACCURACY", "accuracy", "where_libraries_lose_digits"]


@cache
def accuracy() -> "Mapping[str, Any]":
    """Return how far each way of computing each function is from the exact values.

    Returns
    -------
    mapping
        ``"about"``: the number of inputs, and the versions of what was measured. ``"records"``: one mapping for
        each function (``name``), ``of`` ("value", "derivative", the name of a parameter, "vector value", "vector
        gradient", "ends"), ``dtype``, ``way`` ("ours", "textbook", "torch", "jax") and ``formula`` (the
        textbook's). Errors are in units in the last place of the exact value: ``worst``, at the input ``at``, and
        ``mean``; ``worst_of_terms`` in units of the terms of a sum that cancels. ``lost`` and ``lost_from`` count
        and place results without one right digit, ``half_from`` those with half of them, ``nan_from`` nan;
        ``wrong_zeros``, ``wrong_nans``, ``wrong_infinities`` and ``warnings`` count. A number that is 0 is left out.
    """
    return MappingProxyType(json.loads(ACCURACY.read_text(encoding="utf-8")))


def where_libraries_lose_digits() -> "Table":
    """Return the table of derivatives that a textbook formula or a library gets wrong, with the worst error of each.

    Returns
    -------
    Table
        A notebook shows it as a table; ``print`` gives plain text.
    """
    from course_lib.measurements.digits import lost_digits

    return lost_digits(accuracy())
