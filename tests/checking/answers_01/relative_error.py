"""Answers to `relative_error`."""

import math

import numpy as np
from answer import Answer, partly, wrong


def textbook(a, b):
    """Give the relative error; 0/0 where both are 0."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.abs(a - b) / np.maximum(np.abs(a), np.abs(b))


def larger(a, b):
    return np.maximum(np.abs(a), np.abs(b))


def exact(a, b):
    size = larger(a, b)
    return np.abs(a - b) / np.where(size == 0, 1, size)


# --- right ---------------------------------------------------------------------------------------------------


def by_division_where(a, b):
    gap = np.abs(np.subtract(a, b))
    size = larger(a, b)
    out = np.zeros(np.shape(size), dtype=np.result_type(a, b, np.float32 if size.dtype == np.float32 else float))
    return np.divide(gap, size, out=out, where=size > 0)


def by_masks(a, b):
    gap, size = np.asarray(np.abs(a - b)), np.asarray(larger(a, b))
    out = np.zeros_like(gap / np.ones_like(gap))
    nonzero = size != 0
    out[nonzero] = gap[nonzero] / size[nonzero]
    return out


def by_nan_to_num(a, b):
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(np.abs(a - b) / larger(a, b), nan=0.0)


def by_where_equal(a, b):
    with np.errstate(invalid="ignore"):
        return np.where(a == b, 0, np.abs(a - b) / larger(a, b))


def by_zeros_replaced(a, b):
    """Put a 1 where the size is 0; the size is an array of its own."""
    size = np.array(larger(a, b))
    size[size == 0] = 1
    return np.abs(a - b) / size


def by_zip(a, b):
    """Go through the pairs one by one, in Python."""
    a, b = np.broadcast_arrays(a, b)
    values = []
    for s, t in zip(a.flat, b.flat, strict=True):
        if s == 0 and t == 0:
            values.append(0.0)
        else:
            values.append(abs(float(s) - float(t)) / max(abs(float(s)), abs(float(t))))
    dtype = np.result_type(a, b)
    return np.array(values, dtype=dtype if dtype.kind == "f" else float).reshape(a.shape)


def by_indices(a, b):
    shape = np.broadcast_shapes(np.shape(a), np.shape(b))
    wide_a, wide_b = np.broadcast_to(a, shape), np.broadcast_to(b, shape)
    out = np.zeros(shape, dtype=np.result_type(a, b, np.float32(0) if np.result_type(a, b).kind == "f" else 0.0))
    for index in np.ndindex(shape):
        size = max(abs(wide_a[index]), abs(wide_b[index]))
        if size > 0:
            out[index] = abs(wide_a[index] - wide_b[index]) / size
    return out


def by_vectorize(a, b):
    def one(s, t):
        return 0.0 if s == t else abs(s - t) / max(abs(s), abs(t))

    kind = np.result_type(a, b)
    return np.vectorize(one, otypes=[kind if kind.kind == "f" else float])(a, b)


def by_stack(a, b):
    """Take the larger of the stacked absolute values."""
    size = np.stack(np.broadcast_arrays(np.abs(a), np.abs(b))).max(axis=0)
    return abs(a - b) / (size + (size == 0))


def by_larger_of_two_errors(a, b):
    """Take the smaller of the errors relative to a and to b."""
    gap = np.abs(a - b)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(gap == 0, 0, np.minimum(gap / np.abs(a), gap / np.abs(b)))


def by_where_on_the_larger(a, b):
    A, B = np.abs(a), np.abs(b)
    size = np.where(A > B, A, B)
    return np.where(size > 0, np.abs(a - b), 0) / np.where(size > 0, size, 1)


RIGHT = [
    Answer("np.where in the denominator", exact),
    Answer("np.divide with where=", by_division_where),
    Answer("boolean masks", by_masks),
    Answer("nan entries filled", by_nan_to_num),
    Answer("np.where on a == b", by_where_equal),
    Answer("zeros of the size replaced", by_zeros_replaced),
    Answer("zip over broadcast arrays", by_zip),
    Answer("loop with np.ndindex", by_indices),
    Answer("np.vectorize", by_vectorize),
    Answer("maximum of a stack, 1 added where it is 0", by_stack),
    Answer("smaller of the errors relative to a and to b", by_larger_of_two_errors),
    Answer("np.where for the larger one", by_where_on_the_larger),
    Answer("np.fmax and np.fabs", lambda a, b: np.fabs(a - b) / ((s := np.fmax(np.fabs(a), np.fabs(b))) + (s == 0))),
    Answer("larger minus smaller", lambda a, b: np.abs(b - a) / np.where((s := larger(b, a)) > 0, s, 1)),
    partly("sizes below 1e-300 count as 1e-300", lambda a, b: np.abs(a - b) / np.maximum(larger(a, b), 1e-300)),
]

# --- wrong ---------------------------------------------------------------------------------------------------


def safe(size):
    return np.where(size == 0, 1, size)


def without_return(a, b):
    exact(a, b)


def subtracting_in_place(a, b):
    size = larger(a, b)
    a -= b
    return np.abs(a) / safe(size)


def absolute_values_in_place(a, b):
    gap = np.abs(a - b)
    np.abs(a, out=a)
    return gap / safe(np.maximum(a, np.abs(b)))


def replacing_zeros_in_place(a, b):
    """Make the learner's zeros tiny, so that nothing is divided by 0."""
    a[a == 0] = 1e-300
    return exact(a, b)


def with_if(a, b):
    if a == 0 and b == 0:
        return 0.0
    return abs(a - b) / max(abs(a), abs(b))


def filling_the_shape_of_a(a, b):
    """Forget that b may be the larger array."""
    out = np.zeros(np.shape(a))
    out[...] = exact(a, b)
    return out


def filling_an_array_like_a(a, b):
    out = np.zeros_like(np.broadcast_arrays(a, b)[0])
    out[...] = exact(a, b)
    return out


def unbroadcast_zip(a, b):
    return np.array([float(exact(s, t)) for s, t in zip(np.ravel(a), np.ravel(b), strict=False)]).reshape(np.shape(a))


def refusing_other_shapes(a, b):
    if np.shape(a) != np.shape(b):
        raise ValueError("a and b must have the same shape")
    return exact(a, b)


WRONG = [
    wrong("0/0 where both are 0", textbook, "nan"),
    wrong("1 where both are 0", lambda a, b: np.nan_to_num(textbook(a, b), nan=1.0)),
    wrong("0 where one of them is 0", lambda a, b: np.where((a == 0) | (b == 0), 0, exact(a, b))),
    wrong("absolute error where one of them is 0", lambda a, b: np.where(a * b == 0, np.abs(a - b), exact(a, b))),
    wrong("divided by |a|", lambda a, b: np.abs(a - b) / safe(np.abs(a))),
    wrong("divided by |b|", lambda a, b: np.abs(a - b) / safe(np.abs(b))),
    wrong("divided by the smaller one", lambda a, b: np.abs(a - b) / safe(np.minimum(np.abs(a), np.abs(b)))),
    wrong("divided by the sum", lambda a, b: np.abs(a - b) / safe(np.abs(a) + np.abs(b))),
    wrong("divided by the mean", lambda a, b: 2 * np.abs(a - b) / safe(np.abs(a) + np.abs(b))),
    wrong("divided by |a+b|", lambda a, b: np.abs(a - b) / safe(np.abs(a + b))),
    wrong("divided by the product", lambda a, b: np.abs(a - b) / safe(np.abs(a * b))),
    wrong("divided by the root of the squares", lambda a, b: np.abs(a - b) / safe(np.hypot(a, b))),
    wrong("divided by max(a, b) without absolute values", lambda a, b: np.abs(a - b) / safe(np.maximum(a, b))),
    wrong("no absolute value above", lambda a, b: (a - b) / safe(larger(a, b)), "sign"),
    wrong("no absolute value at all", lambda a, b: (a - b) / safe(np.maximum(a, b))),
    wrong("minus", lambda a, b: -exact(a, b), "sign"),
    wrong("absolute values taken first", lambda a, b: np.abs(np.abs(a) - np.abs(b)) / safe(larger(a, b))),
    wrong("sum above", lambda a, b: np.abs(a + b) / safe(larger(a, b))),
    wrong("absolute error", lambda a, b: np.abs(a - b)),
    wrong("squared error over squared size", lambda a, b: (a - b) ** 2 / safe(larger(a, b) ** 2)),
    wrong("squared error over the size", lambda a, b: (a - b) ** 2 / safe(larger(a, b))),
    wrong("upside down", lambda a, b: larger(a, b) / safe(np.abs(a - b))),
    wrong("quotient a/b", lambda a, b: a / safe(b)),
    wrong(
        "1 minus the quotient of smaller and larger", lambda a, b: 1 - np.minimum(abs(a), abs(b)) / safe(larger(a, b))
    ),
    wrong("logarithm of the quotient", lambda a, b: np.abs(np.log(np.abs(a) + 1e-300) - np.log(np.abs(b) + 1e-300))),
    wrong("divided by at least 1", lambda a, b: np.abs(a - b) / np.maximum(larger(a, b), 1)),
    wrong("divided by 1 more", lambda a, b: np.abs(a - b) / (1 + larger(a, b))),
    wrong("divided by at least 1e-8", lambda a, b: np.abs(a - b) / np.maximum(larger(a, b), 1e-8), "approximate"),
    wrong("1e-8 added below", lambda a, b: np.abs(a - b) / (larger(a, b) + 1e-8), "approximate"),
    wrong("1e-6 added below", lambda a, b: np.abs(a - b) / (larger(a, b) + 1e-6), "approximate"),
    wrong("0 where it is below 1e-8", lambda a, b: np.where(exact(a, b) < 1e-8, 0, exact(a, b))),
    wrong("0 where np.isclose says so", lambda a, b: np.where(np.isclose(a, b), 0, exact(a, b))),
    wrong("never above 1", lambda a, b: np.minimum(exact(a, b), 1)),
    wrong("per cent", lambda a, b: 100 * exact(a, b), "factor"),
    wrong("half", lambda a, b: exact(a, b) / 2, "factor"),
    wrong("rounded to 6 digits", lambda a, b: np.round(exact(a, b), 6), "rounded", "approximate"),
    wrong("divided by the largest of all", lambda a, b: np.abs(a - b) / safe(np.max(larger(a, b), initial=0.0))),
    wrong("divided by the larger of the two maxima", lambda a, b: np.abs(a - b) / max(np.max(abs(a)), np.max(abs(b)))),
    wrong("divided by the norm", lambda a, b: np.abs(a - b) / safe(np.maximum(np.linalg.norm(a), np.linalg.norm(b)))),
    wrong("norms", lambda a, b: np.linalg.norm(a - b) / np.linalg.norm(a), "wrong_shape", "not_an_array"),
    wrong("largest", lambda a, b: np.max(exact(a, b)), "wrong_shape", "not_an_array", "raises"),
    wrong("mean", lambda a, b: np.mean(exact(a, b)), "wrong_shape", "not_an_array"),
    wrong("sum", lambda a, b: np.sum(exact(a, b)), "wrong_shape", "not_an_array"),
    wrong("zeros", lambda a, b: np.zeros(np.broadcast_shapes(np.shape(a), np.shape(b))), "constant"),
    wrong("ones", lambda a, b: np.ones(np.broadcast_shapes(np.shape(a), np.shape(b))), "constant"),
    wrong("whether they agree", lambda a, b: exact(a, b) <= 1e-6),
    wrong("1 where they differ", lambda a, b: np.where(a == b, 0.0, 1.0)),
    wrong("whole-number division", lambda a, b: np.abs(a - b) // safe(larger(a, b))),
    wrong("b taken from itself", lambda a, b: np.abs(b - b) / safe(larger(a, b)) + 0 * a, "constant"),
    wrong("max() of Python", lambda a, b: np.abs(a - b) / max(np.abs(a), np.abs(b)), "scalar_only", "raises"),
    wrong("second argument taken for an axis", lambda a, b: np.abs(a - b) / np.max(np.abs(a), np.abs(b)), "raises"),
    wrong("if on the arrays", with_if, "scalar_only", "raises"),
    wrong("math.fabs", lambda a, b: math.fabs(a - b) / safe(larger(a, b)), "scalar_only", "raises"),
    wrong("float() of both", lambda a, b: exact(float(a), float(b)), "scalar_only", "raises"),
    wrong("refuses shapes that differ", refusing_other_shapes, "raises"),
    wrong("filled into the shape of a", filling_the_shape_of_a, "wrong_shape", "raises"),
    wrong("zip without broadcasting", unbroadcast_zip, "wrong_shape", "raises"),
    wrong("cut to whole numbers for int input", filling_an_array_like_a),
    wrong("every entry against every entry", lambda a, b: exact(np.ravel(a)[:, None], np.ravel(b)), "wrong_shape"),
    wrong("first entry everywhere", lambda a, b: np.full_like(exact(a, b), np.ravel(exact(a, b))[0])),
    wrong("first entry of b", lambda a, b: exact(a, np.ravel(b)[0])),
    wrong("flattened", lambda a, b: exact(a, b).ravel(), "wrong_shape"),
    wrong("extra axis in front", lambda a, b: exact(a, b)[np.newaxis], "wrong_shape"),
    wrong("nested lists", lambda a, b: exact(a, b).tolist(), "not_an_array"),
    wrong("string", lambda a, b: str(exact(a, b)), "not_an_array"),
    wrong("no return", without_return, "returns_none"),
    wrong("prints instead of returning", lambda a, b: print(exact(a, b)), "returns_none"),
    wrong("subtracts in place", subtracting_in_place, "changes_argument", "raises"),
    wrong("absolute values in place", absolute_values_in_place, "changes_argument", "raises"),
    wrong("replaces zeros in place", replacing_zeros_in_place, "changes_argument", "raises"),
    wrong("no absolute value above, halved", lambda a, b: (a - b) / safe(larger(a, b)) / 2),
    wrong("sign and a small offset", lambda a, b: 1e-4 - exact(a, b)),
    wrong("divided by |b|, twice", lambda a, b: 2 * np.abs(a - b) / safe(np.abs(b))),
    wrong("divided by |a|, 0/0 where a is 0", lambda a, b: np.divide(np.abs(a - b), np.abs(a))),
    wrong("small offset", lambda a, b: exact(a, b) + 1e-6, "approximate"),
]
