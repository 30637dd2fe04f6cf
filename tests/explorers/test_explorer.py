"""What holds for every explorer, and how the code behind one fails."""

import subprocess
import sys

import pytest

from course_lib import explore
from course_lib.activations.registry import CourseError
from course_lib.explorers.figure import new_figure


def line():
    figure, (axes,) = new_figure()
    axes.plot([0, 1], [0, 2])
    return explore.picture(figure, "a line with slope 2")


EXPLORERS = {
    "tangent": lambda: explore.tangent("sigmoid", x=1.2, quests=("steepest",)),
    "secant": explore.secant,
    "kink": explore.kink,
    "compare": lambda: explore.compare("sigmoid", "tanh", quests=("same_slope",)),
    "softmax": explore.softmax,
    "loss_surface": explore.loss_surface,
    "gallery": explore.gallery,
    "linear_stack": explore.linear_stack,
    "dead_units": explore.dead_units,
    "derivation": lambda: explore.derivation("sigmoid/chain"),
    "question": lambda: explore.question("03_sigmoid/predict"),
    "logistic_regression": explore.logistic_regression,
    "picture": line,
}


def test_every_public_function_is_here():
    assert set(EXPLORERS) == set(explore.__all__)
    for name in explore.__all__:
        assert getattr(explore, name).__doc__


@pytest.mark.parametrize("make", EXPLORERS.values(), ids=EXPLORERS)
def test_view_still_and_words(make):
    """A live view, and for readers without a kernel a picture and its words, the same at every run."""
    data, metadata = make()._repr_mimebundle_()
    again, _ = make()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["image/png"].startswith(b"\x89PNG")
    assert data["image/png"] == again["image/png"]
    assert data["text/plain"] == again["text/plain"]
    assert "object at 0x" not in data["text/plain"]
    assert 300 <= metadata["image/png"]["width"] <= 720


@pytest.mark.parametrize("make", EXPLORERS.values(), ids=EXPLORERS)
def test_no_warning_and_no_pyplot(make):
    """Without pyplot no figure is left open."""
    make()._repr_mimebundle_()
    pyplot = sys.modules.get("matplotlib.pyplot")
    assert pyplot is None or not pyplot.get_fignums()


def test_importing_loads_no_heavy_module():
    code = "import sys\nfrom course_lib import explore\nprint(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "anywidget" in loaded.split()
    assert not {"matplotlib", "sympy", "sklearn", "scipy", "PIL"} & set(loaded.split())


def test_a_failing_callback_of_the_browser_becomes_a_sentence():
    explorer = explore.tangent()

    def on_move(change):
        return 1 / 0

    explorer.observe(on_move, "x")
    explorer.set_state({"x": 1.0})  # what a message from the browser does
    assert explorer.problem.startswith("on_move stopped at its line ")
    assert explorer.problem.endswith("with ZeroDivisionError: division by zero")
    with pytest.raises(ZeroDivisionError):
        explorer.x = 2.0  # set in a cell, the error belongs to the cell
    explorer.unobserve(on_move, "x")
    explorer.set_state({"x": 3.0})
    assert explorer.problem == ""


def test_a_course_error_is_shown_as_it_is():
    explorer = explore.tangent()
    explorer.set_state({"x": 99.0})
    assert explorer.problem == "x must lie between -8 and 8, but it is 99."


def test_errors_show_no_traceback_in_a_notebook():
    with pytest.raises(CourseError) as caught:
        explore.tangent("sigmoid", x=9)
    assert caught.value._render_traceback_() == ["x must lie between -8 and 8, but it is 9."]
