"""Measure everything and write benchmarks/results.md."""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

from benchmarks import library, slider

RESULTS = Path(__file__).parent / "results.md"
PACKAGES = ("jupyterlab", "ipywidgets", "anywidget", "matplotlib", "numpy", "playwright")
# name in benchmarks.slider -> what a reader sees
WAYS = {
    "interact_tangent": "tangent, `interact` and inline matplotlib",
    "tangent": "**tangent, `explore.tangent`**",
    "interact_experiment": "training, `interact` and inline matplotlib",
    "experiment": "**training, `explore.logistic_regression`**",
    "interact_gallery_x": "three functions, x, `interact` and inline matplotlib",
    "gallery_x": "**three functions, x, `explore.gallery`**",
    "interact_gallery_beta": "three functions, a parameter, `interact` and inline matplotlib",
    "gallery_beta": "**three functions, a parameter, `explore.gallery`**",
}


def main() -> None:
    """Run all benchmarks and write the table."""
    timings, kernel = slider.measure()
    text = "\n".join([_heading(), _sliders(timings), _kernel(kernel), _goals(timings, kernel), _library()])
    RESULTS.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _heading() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        "# What was measured\n\n"
        "Made by `make bench`; a second run changes the numbers a little. "
        f"Python {platform.python_version()}, {packages}; {os.cpu_count()} cores.\n"
    )


def _sliders(timings: dict[str, slider.Timings]) -> str:
    lines = [
        "## From a key on the slider to the new picture\n",
        f"JupyterLab in headless Chromium, one notebook, one kernel, {slider.ROUNDS} keys each, in turn; then "
        f"{slider.HELD_KEYS} keys held at 30 a second. The wait is from the keydown event to the first frame "
        "with the new picture, in the browser's own clock.\n",
        "| picture and way | wait, median ms | p95 ms | times faster | frames for the held keys "
        "| settles after the last, ms |",
        "|---|---|---|---|---|---|",
    ]
    for name, label in WAYS.items():
        t, peer = timings[name], timings[f"interact_{name.removeprefix('interact_')}"]
        lines.append(
            f"| {label} | {t.median:.1f} | {t.p95:.1f} | {peer.median / t.median:.1f} | {t.frames} | {t.settle:.0f} |"
        )
    return "\n".join([*lines, ""])


def _kernel(kernel: dict[str, float]) -> str:
    ratio = kernel["interact_experiment"] / kernel["experiment"]
    return (
        f"Drawing one frame of the training in the kernel: {kernel['interact_experiment']:.1f} ms with pyplot, "
        f"{kernel['experiment']:.1f} ms with the course's canvas ({ratio:.1f} times faster).\n"
    )


def _goals(timings: dict[str, slider.Timings], kernel: dict[str, float]) -> str:
    experiment = timings["experiment"]
    training = timings["interact_experiment"].median / experiment.median
    in_kernel = kernel["interact_experiment"] / kernel["experiment"]
    goals = [
        *_goals_in_the_browser("tangent", timings["tangent"], timings["interact_tangent"]),
        *_goals_in_the_browser("gallery, x", timings["gallery_x"], timings["interact_gallery_x"]),
        *_goals_in_the_browser("gallery, a parameter", timings["gallery_beta"], timings["interact_gallery_beta"]),
        ("training: at least 3 times faster", training >= 3),
        ("training: kernel at least 10 times faster for each frame", in_kernel >= 10),
    ]
    lines = [f"| {goal} | {'met' if met else '**missed**'} |" for goal, met in goals]
    return "\n".join(["| goal | |", "|---|---|", *lines, ""])


def _goals_in_the_browser(name: str, own: slider.Timings, peer: slider.Timings) -> list[tuple[str, bool]]:
    """Return the goals of an explorer that draws in the browser, and whether they are met."""
    return [
        (f"{name}: at least 8 times faster", peer.median / own.median >= 8),
        (f"{name}: 95 % within 60 ms", own.p95 <= 60),
        (f"{name}: settles within 50 ms", own.settle <= 50),
        (f"{name}: at least 54 of 60 held keys painted", own.frames >= 54),
    ]


def _library() -> str:
    right = library.check_time(library.sigmoid_derivative)
    wrong = library.check_time(library.sigmoid_derivative_of_output)
    core = library.import_time("import course_lib")
    explorers = library.import_time("from course_lib import explore")
    return "\n".join(
        [
            f"## The library itself (medians of {library.RUNS} runs)\n",
            "| what | ms |",
            "|---|---|",
            f"| `import course_lib`, beyond numpy | {core:.1f} |",
            f"| `from course_lib import explore`, beyond numpy | {explorers:.0f} |",
            f"| `check(sigmoid_derivative)`, a right answer | {right:.1f} |",
            f"| `check(sigmoid_derivative)`, the answer x(1 − x) | {wrong:.1f} |",
            "",
        ]
    )


main()
