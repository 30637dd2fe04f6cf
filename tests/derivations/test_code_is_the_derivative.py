"""The library's code is proven, not a copy of it: every formula that it computes is that of the activation's record.

Where code takes another way for some inputs, such as a limit far out, it is measured against exact values instead.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from benchmarks.accuracy.exact import exact, ulps
from course_lib import ACTIVATIONS
from course_lib.activations import Activation
from course_lib.derivations.proven_code import Region, prove_code, ways
from course_lib.derivations.stand_in import NotKnown

EVERYTHING = [(a, way) for a in ACTIVATIONS.values() for way in ways(a)]

#: Where code follows another formula than the record's on purpose: a series or a continued fraction, near 0.
SERIES = {("tanh_shrink", "f"), ("celu", "alpha")}
#: How far off the exact value, in ULP, code may be there, and far out, where it takes a limit.
BOUND = 4.5


def furthest_off(activation: Activation, way: str, region: Region) -> float:
    """Return by how many ULP the code is off in the region, at worst, at points from one end of it to the other."""
    sizes = np.geomspace(max(min(abs(region.low), abs(region.high)), 1e-8), max(abs(region.low), abs(region.high)), 50)
    x = np.concatenate([-sizes, sizes])
    x = np.unique(x[(x >= region.low) & (x <= region.high)])
    by = None if way == "f" else "x" if way == "derivative" else way
    function = {"f": activation.f, "derivative": activation.derivative, **activation.parameter_derivatives}[way]
    return float(ulps(function(x, **region.parameters), exact(activation, x, by, **region.parameters)).max())


@pytest.mark.parametrize(("activation", "way"), EVERYTHING, ids=[f"{a.name}-{way}" for a, way in EVERYTHING])
def test_code_is_its_formula(activation: Activation, way: str) -> None:
    regions = prove_code(activation, way)
    assert any(region.how == "symbolic" for region in regions)
    for region in regions:
        if region.how == "symbolic":
            continue
        far_out = region.low == -1e307 or region.high == 1e307
        assert not (region.low < 0 < region.high and far_out), f"{region}: this is another formula"
        assert far_out or (activation.name, way) in SERIES, f"{region}: this is another formula"
        assert furthest_off(activation, way, region) <= BOUND, region


# --- what is wrong is found -------------------------------------------------------------------------------


def sigmoid_without_the_square(x: Any) -> Any:
    e = np.exp(-np.abs(x))
    return e / (1 + e)


def sigmoid_right_on_one_side_only(x: Any) -> Any:
    e = np.exp(-np.abs(x))
    return np.where(x > 0, e / (1 + e) ** 2, e / (1 + e))


def sigmoid_cut_off_too_early(x: Any) -> Any:
    e = np.exp(-np.minimum(np.abs(x), 20))
    return e / (1 + e) ** 2


def sigmoid_wrong_in_the_tenth_digit(x: Any) -> Any:
    e = np.exp(-np.abs(x))
    return 1.0000000001 * e / (1 + e) ** 2


def tanh_of_half_the_exponent(x: Any) -> Any:
    e = np.exp(-np.abs(x))
    return 4 * e / (1 + e) ** 2


def tanh_from_output_without_a_square(y: Any) -> Any:
    return 1 - np.abs(y)


def relu_with_another_kink(x: Any) -> Any:
    return np.heaviside(x - 0.5, 0.0)


def leaky_without_alpha(x: Any, alpha: float = 0.01) -> Any:
    return np.where(x > 0, 1.0, 0.01)


def alpha_with_the_wrong_sign(x: Any, alpha: float = 0.25) -> Any:
    return -np.minimum(x, 0)


def elu_without_alpha(x: Any, alpha: float = 1.0) -> Any:
    return np.where(x > 0, 1.0, np.exp(np.minimum(x, 0)))


def selu_with_rounded_constants(x: Any) -> Any:
    return np.where(x > 0, 1.0507, 1.0507 * 1.67326 * np.exp(np.minimum(x, 0)))


def softplus_of_x(x: Any, beta: float = 1.0) -> Any:
    return 1 / (1 + np.exp(-x))


def relu6_without_its_end(x: Any) -> Any:
    return np.maximum(x, 0)


def gelu_without_the_second_term(x: Any) -> Any:
    from scipy.special import erf

    return (1 + erf(x / np.sqrt(2))) / 2


def silu_of_the_slope_only(x: Any, beta: float = 1.0) -> Any:
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2


BROKEN = [
    *(("sigmoid", "derivative", f) for f in (sigmoid_without_the_square, sigmoid_right_on_one_side_only)),
    *(("sigmoid", "derivative", f) for f in (sigmoid_cut_off_too_early, sigmoid_wrong_in_the_tenth_digit)),
    ("tanh", "derivative", tanh_of_half_the_exponent),
    ("tanh", "derivative_from_output", tanh_from_output_without_a_square),
    ("relu", "derivative", relu_with_another_kink),
    ("relu6", "f", relu6_without_its_end),
    ("leaky_relu", "derivative", leaky_without_alpha),
    ("prelu", "alpha", alpha_with_the_wrong_sign),
    ("elu", "derivative", elu_without_alpha),
    ("selu", "derivative", selu_with_rounded_constants),
    ("softplus", "derivative", softplus_of_x),
    ("gelu", "derivative", gelu_without_the_second_term),
    ("silu", "derivative", silu_of_the_slope_only),
]


@pytest.mark.parametrize(("name", "way", "function"), BROKEN, ids=[f.__name__ for _, _, f in BROKEN])
def test_a_broken_formula_is_found(name: str, way: str, function: Callable[..., Any]) -> None:
    activation = ACTIVATIONS[name]
    if way in activation.parameters:
        broken = replace(activation, parameter_derivatives={way: function})
    else:
        broken = replace(activation, **{way: function})
    with pytest.raises(AssertionError):
        test_code_is_its_formula(broken, way)


def test_where_a_wrong_formula_begins_is_found_to_the_last_digit() -> None:
    regions = prove_code(replace(ACTIVATIONS["sigmoid"], derivative=sigmoid_cut_off_too_early), "derivative")
    assert [region.how for region in regions] == ["not equal", "symbolic", "not equal"]
    assert regions[0].high == pytest.approx(-20, abs=1e-14)
    assert regions[1].high == pytest.approx(20, abs=1e-14)


def test_every_choice_of_parameters_is_tried() -> None:
    tried = {region.parameters["beta"] for region in prove_code(ACTIVATIONS["silu"], "derivative")}
    assert len(tried) >= 3
    assert min(tried) < 0
    assert 0 in tried


def test_what_cannot_be_followed_is_said() -> None:
    def with_a_sort(x: Any) -> Any:
        return np.sort(x)

    with pytest.raises(NotKnown, match=r"np\.sort is not followed\."):
        prove_code(replace(ACTIVATIONS["sigmoid"], derivative=with_a_sort), "derivative")
