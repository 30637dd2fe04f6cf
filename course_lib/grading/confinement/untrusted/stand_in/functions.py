"""The functions that are handed to answers, as far as an exercise needs them: they come with its questions."""

from typing import Any

FUNCTIONS: dict[str, Any] = {}
FORMULAS: dict[str, str] = {}
