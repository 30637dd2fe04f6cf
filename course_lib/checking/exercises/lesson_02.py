"""Lesson 02: the identity, whose slope for a vector is ones or a matrix, and layers without an activation."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib import finite_difference
from course_lib.activations.linear import identity, identity_derivative
from course_lib.checking import probes
from course_lib.checking.exercise import Exercise, Probe, Slip
from course_lib.checking.recomputed import by_columns
from course_lib.checking.returned import Returns

Floats = NDArray[np.float64]

# --- identity_derivative ---------------------------------------------------------------------------------------


def _identity_probes(rng: np.random.Generator) -> list[Probe]:
    table = Probe("values", "a table of 4 rows and 5 columns", (rng.uniform(-8, 8, (4, 5)),))
    return [*probes.elementwise(rng), table]


IDENTITY_DERIVATIVE = Exercise(
    name="identity_derivative",
    lesson="02_identity",
    arguments=("x",),
    wanted="the slope",
    reference=identity_derivative,
    shown=lambda x: finite_difference.extrapolated(identity, x).value,
    shown_as="the finite difference of the identity there",
    probes=_identity_probes,
    examples=((3.0,), (-1.0,), (0.5,), (0.0,)),
    parts={"values": 5, "extremes": 1, "shapes": 3, "argument": 1},
    keeps_dtype=True,
    slips=(
        Slip(
            "forward_for_derivative", lambda x: 1.0 * x, "This is the identity itself; the exercise asks for its slope."
        ),
        Slip("constant", lambda x: np.zeros(np.shape(x)), "A slope of 0 belongs to a constant; the identity rises."),
        Slip(
            "scalar_for_array",
            lambda x: 1.0,
            "One number for the whole array: the slope is asked for at each entry of x.",
        ),
        Slip(
            "jacobian_for_derivative",
            lambda x: np.eye(np.size(x)),
            "This is the Jacobian, a matrix; the element-wise slope has one number for each entry of x.",
        ),
        Slip(
            "gradient_scaled",
            lambda x: np.full(np.shape(x), 1 / np.size(x)),
            "It shrinks with the size of the array, as for a mean; here each entry stands for itself.",
        ),
        Slip("sign_of_input", np.sign, "It falls for negative x; the identity rises everywhere."),
        Slip(
            "relu_derivative",
            lambda x: np.heaviside(x, 0.0),
            "This is the slope of ReLU; the identity rises left of 0 as well.",
        ),
        Slip(
            "square_derivative",
            lambda x: 2.0 * x,
            "This is the slope of the square. How much does x itself grow, when x grows by 0.001?",
        ),
    ),
    hints=(
        "How much larger is the result, when x grows by 0.001? Divide.",
        "The slope does not depend on x. But the result has as many entries as x, in the same shape.",
        "numpy makes an array like another one in one call; mind what it makes of whole numbers.",
    ),
)

# --- identity_jacobian -----------------------------------------------------------------------------------------


def _vector_probes(rng: np.random.Generator) -> list[Probe]:
    few, more = int(rng.integers(2, 4)), int(rng.integers(5, 8))
    return [
        Probe("values", "a short vector", (rng.normal(size=few),)),
        Probe("values", "a longer vector", (rng.normal(size=more),)),
        Probe("values", "a vector of 4, with zeros", (np.array([0.0, rng.normal(), 0.0, -1.0]),)),
        Probe("extremes", "huge and tiny numbers", (np.array([1e300, -1e300, 5e-324, 0.0, 1e-9]),)),
        Probe("shapes", "a vector of one", (rng.normal(size=1),)),
        Probe("shapes", "every second entry of a vector", (rng.normal(size=8)[::2],)),
        Probe("shapes", "whole numbers", (np.array([3, 0, -2]),)),
        Probe("shapes", "single precision", (rng.normal(size=3).astype(np.float32),)),
    ]


IDENTITY_JACOBIAN = Exercise(
    name="identity_jacobian",
    lesson="02_identity",
    arguments=("x",),
    wanted="the Jacobian",
    reference=lambda x: np.eye(np.size(x)),
    shown=lambda x: by_columns(identity, x),
    shown_as="the finite difference, one column for each entry of x,",
    probes=_vector_probes,
    examples=((np.array([3.0, -1.0]),), (np.array([2.0, 2.0, 2.0]),)),
    parts={"values": 6, "extremes": 1, "shapes": 2, "argument": 1},
    elementwise=False,
    slips=(
        Slip(
            "derivative_for_jacobian",
            lambda x: np.ones(np.shape(x)),
            "This is the element-wise slope. A Jacobian also says that no entry of the result depends on the others.",
        ),
        Slip(
            "constant",
            lambda x: np.ones((np.size(x), np.size(x))),
            "It says that each entry of the result grows with each entry of x. Does result 0 grow with x[1]?",
        ),
        Slip(
            "input_on_diagonal",
            np.diag,
            "On the diagonal stand the entries of x; a Jacobian has slopes there.",
        ),
        Slip(
            "constant",
            lambda x: np.zeros((np.size(x), np.size(x))),
            "Nothing depends on anything here; but when an entry of x grows, so does the same entry of the result.",
        ),
        Slip(
            "anti_diagonal",
            lambda x: np.eye(np.size(x))[::-1],
            "It runs along the other diagonal, as if the entries came out in reversed order.",
        ),
        Slip(
            "outer_product",
            lambda x: np.outer(x, x),
            "This is the product of each entry with each; the slopes do not depend on x here.",
        ),
        Slip("input_itself", lambda x: 1.0 * x, "This is x itself; the exercise asks how the result changes with x."),
        Slip(
            "scalar_for_matrix",
            lambda x: 1.0,
            "One number can't say how n results depend on n inputs.",
        ),
        Slip(
            "sum_gradient",
            lambda x: np.ones((1, np.size(x))),
            "This row is the gradient of the sum of the entries; the identity has a result for each entry.",
        ),
    ),
    hints=(
        "Entry [i, k] says how much result i grows for each unit by which x[k] grows.",
        "Let x[1] alone grow by 0.001. Which of the results change, and by how much? That is column 1.",
        "numpy has a name for this matrix; it only needs to know how many rows.",
    ),
)

# --- collapse_linear_layers ------------------------------------------------------------------------------------


def _collapsed(W1: Any, b1: Any, W2: Any, b2: Any) -> tuple[Any, Any]:
    return W1 @ W2, b1 @ W2 + b2


def _by_differences(W1: Any, b1: Any, W2: Any, b2: Any) -> tuple[Floats, Floats]:
    """Return what a learner can measure: the output at 0, and by how much it changes with each input."""

    def layers(x: Any) -> Any:
        return (x @ W1 + b1) @ W2 + b2

    at_zero = layers(np.zeros(len(W1)))
    return np.array([layers(row) - at_zero for row in np.eye(len(W1))]), at_zero


def _sizes(W1: Any, b1: Any, W2: Any, b2: Any) -> tuple[Any, Any]:
    return np.abs(W1) @ np.abs(W2), np.abs(b1) @ np.abs(W2) + np.abs(b2)


def _layer_probes(rng: np.random.Generator) -> list[Probe]:
    def layers(n: int, k: int, m: int) -> tuple[Floats, Floats, Floats, Floats]:
        return rng.normal(size=(n, k)), rng.normal(size=k), rng.normal(size=(k, m)), rng.normal(size=m)

    whole = (rng.integers(-3, 4, (3, 2)), rng.integers(-3, 4, 2), rng.integers(-3, 4, (2, 4)), rng.integers(-3, 4, 4))
    single = tuple(a.astype(np.float32) for a in layers(3, 2, 4))
    W1, b1, W2, b2 = layers(3, 4, 2)
    return [
        Probe("values", "3 inputs, 3 units between, 3 outputs", layers(3, 3, 3)),
        Probe("values", "4 inputs, 2 units between, 3 outputs", layers(4, 2, 3)),
        Probe("values", "2 inputs, 5 units between, 3 outputs", layers(2, 5, 3)),
        Probe("shapes", "one unit between", layers(4, 1, 3)),
        Probe("shapes", "one input", layers(1, 3, 2)),
        Probe("shapes", "one output", layers(3, 2, 1)),
        Probe("shapes", "one of everything", layers(1, 1, 1)),
        Probe("shapes", "whole numbers", whole),
        Probe("shapes", "single precision", single),
        Probe("shapes", "matrices that are transposed in memory", (W1.T.copy().T, b1, W2.T.copy().T, b2)),
    ]


_SAME_BIAS = "The first bias goes through the second layer too, before the second bias is added."

COLLAPSE_LINEAR_LAYERS = Exercise(
    name="collapse_linear_layers",
    lesson="02_identity",
    arguments=("W1", "b1", "W2", "b2"),
    wanted="those of the one layer",
    reference=_collapsed,
    shown=_by_differences,
    shown_as="measured at the two layers it",
    probes=_layer_probes,
    examples=(
        (
            np.array([[1.0, 2.0], [0.0, 1.0]]),
            np.array([1.0, -1.0]),
            np.array([[1.0, 0.0], [1.0, 2.0]]),
            np.array([0.5, 1.0]),
        ),
        (np.array([[1.0, 0.0], [2.0, 1.0]]), np.array([1.0, 2.0]), np.array([[3.0], [1.0]]), np.array([1.0])),
    ),
    parts={"values": 6, "shapes": 3, "argument": 1},
    condition=_sizes,
    elementwise=False,
    returns=Returns(names=("W", "b")),
    slips=(
        Slip("biases_added", lambda W1, b1, W2, b2: (W1 @ W2, b1 + b2), _SAME_BIAS),
        Slip(
            "first_bias_lost",
            lambda W1, b1, W2, b2: (W1 @ W2, b2),
            "The first bias is lost: what does an input of 0 give after both layers?",
        ),
        Slip(
            "second_bias_lost",
            lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2),
            "The second bias is lost: what does an input of 0 give after both layers?",
        ),
        Slip(
            "biases_multiplied",
            lambda W1, b1, W2, b2: (W1 @ W2, b1 * b2),
            "The biases are multiplied, as the matrices are; follow an input of 0 through both layers.",
        ),
        Slip(
            "wrong_bias_through_layer",
            lambda W1, b1, W2, b2: (W1 @ W2, b1 + b2 @ W2),
            "The wrong one of the biases goes through the second layer.",
        ),
        Slip(
            "all_through_second_layer",
            lambda W1, b1, W2, b2: (W1 @ W2, (b1 + b2) @ W2),
            "The second bias is added after the second layer, and does not go through it.",
        ),
        Slip(
            "bias_through_first_layer",
            lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W1 + b2),
            "The first bias is added after the first layer: that layer is behind it already.",
        ),
        Slip(
            "wrong_order",
            lambda W1, b1, W2, b2: (W2 @ W1, b1 @ W2 + b2),
            "The matrices are multiplied in the wrong order: which of them does x meet first?",
        ),
        Slip(
            "wrong_order",
            lambda W1, b1, W2, b2: (W2 @ W1, W2 @ b1 + b2),
            "This is the order for columns, W x; in this course a sample is a row, and stands on the left.",
        ),
        Slip(
            "columns_for_rows",
            lambda W1, b1, W2, b2: (W1 @ W2, W2 @ b1 + b2),
            "The first bias meets the second matrix from the wrong side: in this course a sample is a row.",
        ),
        Slip(
            "columns_for_rows",
            lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2.T + b2),
            "The first bias meets the second matrix from the wrong side: in this course a sample is a row.",
        ),
        Slip(
            "entry_by_entry",
            lambda W1, b1, W2, b2: (W1 * W2, b1 @ W2 + b2),
            "W1 * W2 multiplies entry by entry; a matrix product adds up over the units between.",
        ),
        Slip(
            "entry_by_entry",
            lambda W1, b1, W2, b2: (W1 * W2, b1 * W2 + b2),
            "W1 * W2 multiplies entry by entry; a matrix product adds up over the units between.",
        ),
        Slip(
            "matrices_added",
            lambda W1, b1, W2, b2: (W1 + W2, b1 + b2),
            "Layers that follow each other multiply; adding them is for layers side by side.",
        ),
    ),
    hints=(
        "Write out what comes out of both layers, and remove the brackets. Which terms have x in them?",
        "What stands beside x is the matrix; what is left when x is 0 is the bias.",
        "The second layer is applied to all that the first one gives, its bias included.",
    ),
)


EXERCISES: tuple[Exercise, ...] = (IDENTITY_DERIVATIVE, IDENTITY_JACOBIAN, COLLAPSE_LINEAR_LAYERS)
