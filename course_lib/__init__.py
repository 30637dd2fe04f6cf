"""An interactive course on the derivatives of neural-network activation functions.

``import course_lib`` costs numpy and nothing else: what needs more is loaded when it is first used.
"""

import sys

if sys.version_info < (3, 11):  # said before anything is imported that an older Python could not even read
    sys.stderr.write("The course needs Python 3.11 or newer; this is Python {}.{}.\n".format(*sys.version_info))
    raise SystemExit(2)

from importlib import import_module
from typing import TYPE_CHECKING, Any

from course_lib.activations import ACTIVATIONS, VECTOR_ACTIVATIONS

if TYPE_CHECKING:
    from course_lib import explorers as explore
    from course_lib import finite_difference
    from course_lib.checking import check
    from course_lib.derivations import DERIVATIONS

__version__ = "0.1.0"
__all__ = ["ACTIVATIONS", "DERIVATIONS", "VECTOR_ACTIVATIONS", "check", "explore", "finite_difference"]

# public name -> (module, name inside it, or None for the module itself)
_LOADED_WHEN_USED = {
    "DERIVATIONS": ("course_lib.derivations", "DERIVATIONS"),
    "check": ("course_lib.checking", "check"),
    "explore": ("course_lib.explorers", None),
    "finite_difference": ("course_lib.finite_difference", None),
}


def __getattr__(name: str) -> Any:
    if name not in _LOADED_WHEN_USED:
        raise AttributeError(f"course_lib has no name {name!r}; it has {', '.join(__all__)}.")
    module_name, inner = _LOADED_WHEN_USED[name]
    module = import_module(module_name)
    value = module if inner is None else getattr(module, inner)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
