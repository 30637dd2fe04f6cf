"""Whether the code of a cell can leave nothing behind that changes another answer, as far as its text tells.

Such answers may follow each other in one process. All others get one of their own: that costs a few milliseconds, and
no points. So what is listed here need not be complete; but nothing in it may reach what answers share: modules,
classes, the state of numpy or of Python.
"""

import ast
import builtins
from collections.abc import Callable
from typing import Any

import numpy as np

#: Python's own functions that change nothing, and tell nothing by which something could be changed.
_BUILTINS = {
    *("abs", "all", "any", "bool", "callable", "divmod", "enumerate", "filter", "float", "int", "isinstance", "len"),
    *("list", "map", "max", "min", "pow", "print", "range", "reversed", "round", "set", "slice", "sorted", "str"),
    *("sum", "tuple", "zip", "ArithmeticError", "Exception", "NotImplementedError", "OverflowError", "TypeError"),
    *("ValueError", "ZeroDivisionError", "ellipsis", "Ellipsis"),
}
#: The same of what comes after a dot; numpy's element-wise functions are among them.
_ATTRIBUTES = {
    *(name for name, value in vars(np).items() if isinstance(value, np.ufunc)),
    *("all", "any", "append", "arange", "argmax", "argmin", "argsort", "array", "asarray", "astype"),
    *("atleast_1d", "atleast_2d", "average", "bool_", "broadcast_to", "ceil", "clip", "column_stack"),
    *("concatenate", "copy", "copyto", "count_nonzero", "cumsum", "diag", "diag_indices", "diagflat"),
    *("diagonal", "diff", "dot", "dtype", "e", "einsum", "empty", "empty_like", "erf", "errstate", "exp"),
    *("expand_dims", "expm1", "extend", "eye", "fabs", "fill_diagonal", "finfo", "flat", "flatten", "float32"),
    *("float64", "floor", "fsum", "full", "full_like", "hstack", "identity", "inf", "inner", "int32", "int64"),
    *("integer", "isclose", "isscalar", "item", "items", "keys", "linalg", "linspace", "log", "log1p", "max"),
    *("mean", "median", "min", "moveaxis", "nan", "nan_to_num", "ndarray", "ndim", "newaxis", "norm", "number"),
    *("ones", "ones_like", "outer", "pi", "piecewise", "pow", "prod", "ravel", "real", "repeat", "reshape"),
    *("round", "select", "shape", "size", "sqrt", "squeeze", "stack", "std", "sum", "swapaxes", "T", "take"),
    *("tanh", "tensordot", "tile", "tolist", "trace", "transpose", "tril", "triu", "values", "vectorize"),
    *("vstack", "where", "zeros", "zeros_like"),
}
_MODULES = {"numpy", "math"}


def is_plain(tree: ast.Module) -> bool:
    """Return whether code uses only what can change nothing that another answer meets."""
    return all(_HARMLESS.get(type(node), _always)(node) for node in ast.walk(tree))


def _always(_: ast.AST) -> bool:
    return True


def _never(_: ast.AST) -> bool:
    return False


# What looks at the kinds of nodes that are not harmless by themselves.
_HARMLESS: dict[type[ast.AST], Callable[[Any], bool]] = {
    ast.Name: lambda node: node.id in _BUILTINS or not (hasattr(builtins, node.id) or node.id.startswith("__")),
    ast.Attribute: lambda node: isinstance(node.ctx, ast.Load) and node.attr in _ATTRIBUTES,
    ast.Import: lambda node: all(alias.name in _MODULES for alias in node.names),
    ast.ImportFrom: lambda node: node.module in _MODULES and all(alias.name in _ATTRIBUTES for alias in node.names),
    # What may suspend itself half-way, or reads attributes without a dot, or makes what others are made by.
    **dict.fromkeys((ast.Yield, ast.YieldFrom, ast.Await, ast.AsyncFunctionDef, ast.MatchClass, ast.ClassDef), _never),
}
