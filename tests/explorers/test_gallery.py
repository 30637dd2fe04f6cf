import doctest
import json
import math
import re
import sys
from pathlib import Path

import numpy as np
import pytest
from ipywidgets.widgets.widget import _remove_buffers

from course_lib import ACTIVATIONS, VECTOR_ACTIVATIONS, explore
from course_lib.activations.registry import CourseError, UnknownName
from course_lib.derivations import DERIVATIONS
from course_lib.explorers import card, dials
from course_lib.explorers.strokes import FARTHEST, TOLERANCE, between, fan, strokes

SOURCES = Path(__file__).parents[2] / "sources" / "lessons"
X = np.linspace(-8, 8, 801).round(2)
#: Every number that a learner can slide, as (activation, letter).
NUMBERS = [(a, symbol) for a in ACTIVATIONS.values() for symbol in dials.dials(a)]
each_activation = pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=list(ACTIVATIONS))
each_number = pytest.mark.parametrize(("activation", "symbol"), NUMBERS, ids=[f"{a.name}-{s}" for a, s in NUMBERS])


def arguments(activation, **numbers):
    return dials.arguments(activation, numbers)


@each_activation
def test_strokes_are_the_librarys_curves(activation):
    curve = strokes(activation, arguments(activation))
    x = np.linspace(curve.edges[:-1], curve.edges[1:], curve.values.shape[1], axis=1)
    assert (x[0, 0], x[-1, -1]) == (-FARTHEST, FARTHEST)
    inside = (slice(None), slice(1, -1))
    np.testing.assert_array_equal(curve.values[inside], activation.f(x[inside]))
    np.testing.assert_array_equal(curve.slopes[inside], activation.derivative(x[inside]))


@each_activation
def test_strokes_end_at_the_limits_of_kinks_and_jumps(activation):
    default = arguments(activation)
    curve, kinks, jumps = strokes(activation, default), activation.kinks, activation.jumps_at(**default)
    assert curve.edges[1:-1].tolist() == sorted({*kinks, *jumps})
    for k, place in enumerate(curve.edges[1:-1]):
        slopes = curve.slopes[k, -1], curve.slopes[k + 1, 0]
        values = curve.values[k, -1], curve.values[k + 1, 0]
        if place in kinks:
            assert sorted(slopes) == pytest.approx(sorted(kinks[place]), abs=1e-12)
            assert values[0] == pytest.approx(values[1], abs=1e-12)
        if place in jumps:
            assert values == pytest.approx(jumps[place], abs=1e-12)
        assert curve.at[:, k].tolist() == [activation.f(place), activation.derivative(place)]


def test_only_convex_functions_are_called_convex():
    convex = {a.name for a in ACTIVATIONS.values() if strokes(a, arguments(a)).convex}
    assert {"relu", "leaky_relu", "prelu", "identity", "polynomial", "softplus", "exponential"} <= convex
    assert not {"tanh", "relu6", "hard_tanh", "hard_shrink", "soft_shrink", "threshold", "selu"} & convex


def apart(one, other):
    """The largest distance of what can be seen; infinite where one has more strokes."""
    if one.values.shape != other.values.shape:
        return math.inf
    return max(
        float(np.max(np.abs(np.clip(a, -12, 12) - np.clip(b, -12, 12)), initial=0.0))
        for a, b in ((getattr(one, name), getattr(other, name)) for name in ("edges", "values", "slopes", "at"))
    )


@each_number
def test_a_fan_has_a_curve_near_every_position(activation, symbol):
    control = dials.dials(activation)[symbol]
    numbers = dials.check(activation, {})

    def curve(number):
        return strokes(activation, arguments(activation, **{**numbers, symbol: number}))

    low, high = dials.ends(symbol, control, numbers)
    curves = fan(curve, low, high)
    positions = [position for position, _ in curves]
    assert (positions[0], positions[-1]) == (low, high)
    assert np.all(np.diff(positions) > 0)
    assert len(curves) < 80
    # Not at the middles, where it was made to fit. Where both sides have one slope, a kink is lost: not there either.
    for number in np.linspace(low, high, 98)[1:-1]:
        k = np.searchsorted(positions, number) - 1
        (start, first), (end, last) = curves[k], curves[k + 1]
        found = between(first, last, (number - start) / (end - start))
        assert apart(found, curve(float(number))) < 2 * TOLERANCE, f"at {number}"


@pytest.mark.parametrize(
    ("name", "symbol"), [("leaky_relu", "alpha"), ("prelu", "alpha"), ("hard_shrink", "lambd"), ("polynomial", "c1")]
)
def test_where_a_curve_follows_in_proportion_three_are_enough(name, symbol):
    """Also where a kink vanishes at a single value, as those of leaky_relu and prelu do at 1."""
    curves = dict(explore.gallery(name).curves[0]["fans"])[symbol]
    assert len(curves) == 3


def test_curves_of_different_shape_have_nothing_between_them():
    straight, bent = (strokes(ACTIVATIONS[name], {}) for name in ("identity", "relu"))
    assert between(straight, bent, 0.4) is straight
    assert between(straight, bent, 0.6) is bent


@each_number
def test_sliders_have_finite_ends_that_the_library_takes(activation, symbol):
    control = dials.dials(activation)[symbol]
    assert -100 < control.low < control.high < 100
    assert control.low <= control.value <= control.high
    for number in (control.low, control.high):
        assert np.all(np.isfinite(activation.f(np.array([-1.0, 1.0]), **arguments(activation, **{symbol: number}))))
    steps = (control.value - control.low) / control.step
    assert abs(steps - round(steps)) < 1e-6 or control.value == 1 / 3
    assert 100 <= (control.high - control.low) / control.step <= 500


def test_a_good_start():
    start = explore.gallery()
    assert start.chosen == ["silu", "gelu", "relu"]
    assert (start.x, start.reach) == (0.0, 4.0)
    assert explore.gallery("mish", "silu").chosen == ["mish", "silu"]
    assert explore.gallery("relu6").reach == 8, "its upper kink is shown"


def test_nothing_of_the_library_is_hidden():
    setting = explore.gallery().setting
    assert [f["name"] for f in setting["functions"]] == list(ACTIVATIONS)
    assert [row[0] for row in setting["vectors"]] == list(VECTOR_ACTIVATIONS)
    for _, does, reference in setting["vectors"]:
        assert len(does) > 15, does
        assert len(reference) > 10, reference
        assert "`" not in does


def sent(explorer):
    state, _, buffers = _remove_buffers(explorer.get_state())
    state = {name: value for name, value in state.items() if name not in ("_esm", "_css")}
    return len(json.dumps(state, default=str)) + sum(memoryview(buffer).nbytes for buffer in buffers)


def test_little_is_sent():
    assert sent(explore.gallery()) < 600_000
    assert sent(explore.gallery("softplus", "squareplus", "celu")) < 1_500_000


@each_activation
def test_numbers_at_rest_are_the_librarys_own(activation):
    explorer = explore.gallery(activation.name)
    numbers = {s: c.low + 7 * c.step for s, c in dials.dials(activation).items() if s not in ("low", "high")}
    if numbers:
        explorer.parameters = {activation.name: numbers}
    given = arguments(activation, **explorer.parameters.get(activation.name, {}))
    (drawn,) = explorer.curves
    np.testing.assert_array_equal(np.frombuffer(drawn["values"]), activation.f(X, **given))
    np.testing.assert_array_equal(np.frombuffer(drawn["slopes"]), activation.derivative(X, **given))
    assert explorer.still().startswith(b"\x89PNG")


def test_parameters_are_named_by_their_letters():
    explorer = explore.gallery("polynomial", "leaky_relu")
    explorer.parameters = {"polynomial": {"c2": 0.5}, "leaky_relu": {"alpha": np.float64(0.3)}}
    assert explorer.parameters == {"polynomial": {"c0": 0, "c1": 0, "c2": 0.5}, "leaky_relu": {"alpha": 0.3}}
    explorer.x = -2
    assert str(explorer).endswith(
        "at x = −2.00: polynomial (c2 = 0.5) 2.00, slope −2.00; leaky_relu (alpha = 0.3) −0.600, slope 0.300"
    )
    plain = explorer.still()
    explorer.parameters = {}
    assert explorer.still() != plain
    assert "leaky_relu −0.0200" in str(explorer)


def test_filters_leave_what_the_records_say():
    explorer = explore.gallery()
    assert explorer.left == list(ACTIVATIONS)
    explorer.filters = {"bounded": True, "smooth": True}
    assert explorer.filters == {"bounded": True, "monotonic": None, "smooth": True, "zero_centred": None}
    assert {"sigmoid", "tanh", "softsign"} <= set(explorer.left)
    assert not {"relu6", "hard_tanh", "softplus", "identity"} & set(explorer.left)
    assert f"Bounded, smooth: {', '.join(explorer.left)}" in str(explorer)
    explorer.filters = {"bounded": True, "monotonic": False, "zero_centred": True}
    assert str(explorer).endswith("Bounded, not monotonic, zero-centred: none")
    assert str(explorer).startswith("silu, gelu and relu"), "what is drawn stays"


def test_x_stays_on_the_axis():
    explorer = explore.gallery("sigmoid")
    explorer.x = 3.333
    assert explorer.x == 3.34
    explorer.reach = 2
    assert explorer.x == 2


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("mihs",), "did you mean 'mish'"),
        (("sigmoid", "tanh", "relu", "elu"), "one to three functions at a time, but it was given 4"),
        (("relu", "relu"), "relu is drawn once: it was given 2 times"),
        ((3,), "3 is not an activation"),
        (("softmax",), "'softmax' is not an activation"),
    ],
)
def test_wrong_names_are_one_sentence(names, told):
    with pytest.raises(CourseError, match=told) as caught:
        explore.gallery(*names)
    assert "\n" not in str(caught.value)


def test_an_unknown_name_is_the_registrys_error():
    with pytest.raises(UnknownName):
        explore.gallery("silo")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("x", 5, "x must lie between -4 and 4, but it is 5"),
        ("x", "1", "x must be a number, not '1'"),
        ("x", math.nan, "x must lie between"),
        ("reach", 3, "reach must be 2, 4 or 8, but it is 3"),
        ("chosen", [], "it was given 0"),
        ("chosen", 3, "chosen must be names of activations, not 3"),
        ("chosen", ["rulu"], "did you mean 'relu'"),
        ("parameters", 3, "parameters must be a dict"),
        ("parameters", {"silo": {}}, "did you mean 'silu'"),
        ("parameters", {"softplus": 3}, "parameters of softplus must be given by their names, not as 3"),
        ("parameters", {"softplus": {"bета": 1}}, "softplus has no parameter .*; it has beta"),
        ("parameters", {"relu": {"alpha": 1}}, "relu has no parameter 'alpha'; it has none"),
        ("parameters", {"softplus": {"beta": 400}}, "beta of softplus must lie between 0.06 and 4, but it is 400"),
        ("parameters", {"softplus": {"beta": math.nan}}, "beta of softplus must lie between"),
        ("parameters", {"softplus": {"beta": "1"}}, "beta of softplus must be a number, not '1'"),
        ("parameters", {"rrelu": {"low": 0.5, "high": 0.4}}, "low of rrelu must lie below high"),
        ("parameters", {"hard_tanh": {"low": 0, "high": 0}}, "low of hard_tanh must lie below high"),
        ("filters", 1, "filters must be a dict"),
        ("filters", {"odd": True}, "'odd' is no property to filter by; there are: bounded, monotonic"),
        ("filters", {"smooth": 1}, "The filter smooth must be True, False or None, but it is 1"),
    ],
)
def test_a_bad_value_is_one_sentence_and_changes_nothing(name, value, told):
    explorer = explore.gallery("softplus", "rrelu")
    before = str(explorer)
    with pytest.raises(CourseError, match=told) as caught:
        setattr(explorer, name, value)
    assert "\n" not in str(caught.value)
    assert str(explorer) == before


@each_activation
def test_a_card_says_what_is_known(activation):
    known = card.card(activation)
    for formula in (known["formula"], *known["slopes"]):
        assert formula["mathml"].count("<math") == formula["mathml"].count("</math>") == 1
        assert re.search("equals|is about", formula["spoken"])
        assert not re.search(r"\d\.\d{7}", formula["spoken"]), "no reader wants so many digits"
    assert activation.reference == known["reference"]
    if activation.derivative_from_output is not None:
        assert "from the output alone" in known["output"]
    else:
        assert ("Not injective" in known["output"]) == (not activation.properties.monotonic)


def test_the_slopes_on_cards_are_those_that_were_derived():
    spoken = {
        name: [(s["spoken"], s["where"]) for s in card.card(ACTIVATIONS[name])["slopes"]]
        for name in ("sigmoid", "relu6", "exponential")
    }
    assert spoken["exponential"] == [], "no lesson derives it"
    ((sigmoid, where),) = spoken["sigmoid"]
    assert sigmoid.startswith("f prime of x equals sigma of x times the quantity one minus sigma of x")
    assert where == ""
    assert [where for _, where in spoken["relu6"]] == ["x < 0 or x > 6", "0 < x < 6"]


def test_a_derived_slope_holds_for_the_parameters_that_are_shown():
    (silu,) = card.card(ACTIVATIONS["silu"])["slopes"]
    assert "beta times x" in silu["spoken"]
    assert silu["where"] == ""
    (softplus,) = card.card(ACTIVATIONS["softplus"])["slopes"]
    assert softplus["spoken"] == "f prime of x equals sigma of x"
    assert softplus["where"] == "the parameters have their defaults"
    assert card.card(ACTIVATIONS["selu"])["slopes"] == [], "lesson 08 has letters for its constants, its card has not"


@each_activation
def test_a_card_says_for_which_parameters_its_words_hold(activation):
    words = card.card(activation)["atDefaults"]
    assert bool(words) == bool(activation.parameters)
    assert all(f"{symbol} = " in words for symbol in dials.dials(activation))


def test_parameters_of_a_card_are_numbers():
    assert card.card(ACTIVATIONS["elu"])["atDefaults"] == "With alpha = 1: "
    assert card.card(ACTIVATIONS["polynomial"])["atDefaults"] == "With c0 = 0, c1 = 0 and c2 = 1: "


def test_names_in_a_derived_slope_are_explained():
    (gelu,) = card.card(ACTIVATIONS["gelu"])["slopes"]
    big, small = (name["spoken"] for name in gelu["names"])
    assert "error function" in big or "erf" in big
    assert "pi" in small
    assert [card.card(ACTIVATIONS["sigmoid"])["slopes"][0]["names"]] == [[]]


@each_activation
def test_a_card_names_the_lesson_exactly_when_one_derives_something(activation):
    lesson = card.card(activation)["lesson"]
    assert bool(lesson) == any(key.startswith(f"{activation.name}/") for key in DERIVATIONS)
    assert not lesson or (SOURCES / f"{lesson}.md").exists()


def sentences(name, **numbers):
    (drawn,) = explore.gallery(name).curves
    if numbers:
        explorer = explore.gallery(name)
        explorer.parameters = {name: numbers}
        (drawn,) = explorer.curves
    return drawn["breaks"]


def test_kinks_and_jumps_are_said():
    (kink,) = sentences("relu")
    assert kink == "Kink at x = 0: every number from 0 to 1 is a subgradient. The course's choice is 0."
    (kink,) = sentences("leaky_relu", alpha=0.3)
    assert "from 0.3 to 1 is a subgradient. The course's choice is 0.3" in kink
    assert sentences("leaky_relu", alpha=1.0) == []
    below, above = sentences("hard_tanh", high=2.0)
    assert "Kink at x = −1: every number from 0 to 1 lies between the slopes of the two sides" in below
    assert above.startswith("Kink at x = 2")
    _, jump = sentences("hard_shrink", lambd=1.5)
    assert jump.startswith("Jump at x = 1.5: from the left the limit is 0, from the right 1.5. There is no slope")


def test_a_saved_notebook_has_the_picture_and_the_words():
    data, metadata = explore.gallery("tanh")._repr_mimebundle_()
    assert data["image/png"].startswith(b"\x89PNG")
    assert data["text/plain"] == "tanh with its derivative from x = -4 to 4; at x = 0.00: tanh 0.00, slope 1.00"
    assert metadata["image/png"]["width"] == 672


def test_examples():
    assert doctest.testmod(sys.modules["course_lib.explorers.gallery"]) == (0, 1)
