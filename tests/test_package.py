"""The package as a whole: what an import costs, and what it offers."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import course_lib

PACKAGE = Path(course_lib.__file__).parent

# What may be imported by whom: a room may use those to its right, and those of its own.
ORDER = ["cli", "authoring", "explorers", "checking", "derivations", "finite_difference", "activations"]
SIDE_BY_SIDE = {"authoring": {"explorers"}, "explorers": {"checking"}}


def modules_after(statement: str) -> set[str]:
    code = f"import sys; before = set(sys.modules); {statement}; print(*(set(sys.modules) - before))"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


def test_import_loads_numpy_and_nothing_else() -> None:
    extra = modules_after("import course_lib") - modules_after("import numpy")
    assert {name.split(".")[0] for name in extra} <= {"course_lib", "numpy", *sys.stdlib_module_names}
    assert not any(name.startswith(("course_lib.checking", "course_lib.explorers")) for name in extra)


def test_a_python_that_is_too_old_is_told_in_one_sentence() -> None:
    code = "import sys; sys.version_info = (3, 9, 1); import course_lib"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == "The course needs Python 3.11 or newer; this is Python 3.9.\n"


def test_check_needs_no_heavy_package() -> None:
    loaded = modules_after("from course_lib import check; check('sigmoid', None)")
    assert not {name.split(".")[0] for name in loaded} & {"matplotlib", "sympy", "scipy", "anywidget", "IPython"}


def test_only_the_proofs_load_sympy() -> None:
    for path in PACKAGE.rglob("*.py"):
        if path.name != "prove.py":
            assert "import sympy" not in path.read_text(encoding="utf-8"), path


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
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for name in (n for n in names if n.startswith("course_lib.")):
            there = room(name)
            assert there in ORDER, f"{here} imports {name}"
            assert ORDER.index(there) >= ORDER.index(here), f"{here} must not import {name}"
            assert there not in SIDE_BY_SIDE.get(here, set()), f"{here} must not import {name}"
