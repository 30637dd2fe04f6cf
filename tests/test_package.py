"""The package as a whole: what an import costs, and what it offers."""

import ast
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import course_lib
from course_lib.activations.registry import UnknownName

PACKAGE = Path(course_lib.__file__).parent

# What may be imported by whom: a room may use those to its right, and those of its own.
ORDER = [
    *("cli", "grading", "authoring", "explorers", "checking", "derivations"),
    *("losses", "finite_difference", "activations"),
]
SIDE_BY_SIDE = {
    "grading": {"explorers", "derivations"},
    "authoring": {"explorers"},
    "explorers": {"checking"},
    "losses": {"finite_difference"},
}


def modules_after(statement: str) -> set[str]:
    code = f"import sys; before = set(sys.modules); {statement}; print(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_import_loads_numpy_and_nothing_else() -> None:
    extra = modules_after("import course_lib") - modules_after("import numpy")
    assert {name.split(".")[0] for name in extra} <= {"course_lib", "numpy", *sys.stdlib_module_names}
    assert not any(name.startswith(("course_lib.checking", "course_lib.explorers")) for name in extra)


def test_a_python_that_is_too_old_is_told_in_one_sentence() -> None:
    code = "import sys; sys.version_info = (3, 9, 1); import course_lib"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == "The course needs Python 3.11 or newer; this is Python 3.9.\n"


@pytest.mark.parametrize(
    ("answer", "passed"),
    [
        ("lambda x: np.where(np.asarray(x) < 0, e := np.exp(-np.abs(x)), 1) / (1 + e)", True),
        ("lambda x: 1 / (1 + np.exp(np.clip(x, -500, 500)))", False),  # a sign is lost: the diagnosis runs as well
    ],
    ids=["right", "wrong"],
)
def test_check_needs_no_heavy_package(answer, passed, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("COURSE_RECORD", str(tmp_path / "record.sqlite"))
    loaded = modules_after(
        f"import numpy as np; from course_lib import check; result = check('sigmoid', {answer}); "
        f"assert result.passed is {passed}, result; assert {passed} or result.slip == 'missing_minus', result"
    )
    assert (tmp_path / "record.sqlite").exists(), "the whole of check has run"
    assert not {name.split(".")[0] for name in loaded} & {"matplotlib", "sympy", "scipy", "anywidget", "IPython"}


def imported_by(path: Path) -> list[str]:
    """The modules that `path` names in an import, at its top or inside a function."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found.append(node.module or "")
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
    return found


def test_only_the_proofs_load_sympy() -> None:
    loads = {path.name for path in PACKAGE.rglob("*.py") if "sympy" in {n.split(".")[0] for n in imported_by(path)}}
    assert loads == {"prove.py", "proven_code.py", "stand_in.py", "symbolic.py", "zero.py"}


@pytest.mark.parametrize("name", [["a"], {"a": 1}, 3, None, "sigmiod"])
def test_what_is_no_activation_is_one_sentence(name: Any) -> None:
    with pytest.raises(UnknownName, match=r"is not an activation of this course; (there are|did you mean)"):
        _ = course_lib.ACTIVATIONS[name]
    assert name not in course_lib.ACTIVATIONS
    assert course_lib.ACTIVATIONS.get(name) is None


def test_every_public_name_is_there() -> None:
    for name in course_lib.__all__:
        assert getattr(course_lib, name) is not None
        assert name in dir(course_lib)
    with pytest.raises(AttributeError, match="course_lib has no name 'chek'"):
        _ = course_lib.chek


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else "course_lib"


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    here = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if here not in ORDER:
        return  # __init__ and __main__ gather
    for name in (n for n in imported_by(path) if n.startswith("course_lib.")):
        there = room(name)
        assert there in ORDER, f"{here} imports {name}"
        assert ORDER.index(there) >= ORDER.index(here), f"{here} must not import {name}"
        assert there not in SIDE_BY_SIDE.get(here, set()), f"{here} must not import {name}"
