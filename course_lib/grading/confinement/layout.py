"""What there is in the sandbox: the interpreter, numpy, and the few files that ask an answer questions.

Nothing of the course that answers an exercise is among them.
"""

import functools
import importlib.util
import subprocess
import sys
import sysconfig
from pathlib import Path

from course_lib.activations.registry import CourseError
from course_lib.grading.confinement.untrusted.preload import MODULES

#: Where the files of `library` are inside, the interpreter with its standard library, and what these load.
LIBRARY, PYTHON, LOADED = Path("/sandbox/library"), Path("/sandbox/python"), Path("/sandbox/loaded")

#: The module that is run first.
BROKER = "course_lib.grading.confinement.untrusted.broker"

_COURSE = Path(__file__).parents[2]
_CONFINEMENT = Path(__file__).parent
_STAND_INS = _CONFINEMENT / "untrusted" / "stand_in"
_SHARED = (
    *("calling", "cell_text", "deadline", "errors", "foreign_names", "returned", "showing", "unwritten"),
    "watching",
)
_OWN = ("__init__", "broker", "cell", "plain", "preload", "worker")
# Prints the files that a process has mapped once everything is loaded that an answer may need.
_MAPPED = f"""
import importlib
for name in {MODULES!r}:
    importlib.import_module(name)
with open("/proc/self/maps") as maps:
    print("\\n".join(sorted({{line.split(None, 5)[5].strip() for line in maps if "/" in line}})))
"""


def library() -> dict[Path, Path]:
    """Return the files and folders of the sandbox's own library: the path inside it, and what is laid there."""
    numpy = Path(_origin("numpy")).parent
    files = {
        Path("numpy"): numpy,
        Path("course_lib/__init__.py"): _STAND_INS / "course_lib.py",
        Path("course_lib/checking/__init__.py"): _STAND_INS / "__init__.py",
        Path("course_lib/checking/functions.py"): _STAND_INS / "functions.py",
        Path("course_lib/grading/__init__.py"): _COURSE / "grading" / "__init__.py",
        Path("course_lib/grading/confinement/__init__.py"): _CONFINEMENT / "__init__.py",
        Path("course_lib/grading/confinement/protocol.py"): _CONFINEMENT / "protocol.py",
    }
    if (bundled := numpy.parent / "numpy.libs").is_dir():  # numpy's own libraries, where it came as a wheel
        files[Path("numpy.libs")] = bundled
    for name in _SHARED:
        files[Path(f"course_lib/checking/{name}.py")] = _COURSE / "checking" / f"{name}.py"
    for name in _OWN:
        files[Path(f"course_lib/grading/confinement/untrusted/{name}.py")] = _CONFINEMENT / "untrusted" / f"{name}.py"
    return files


def interpreter() -> Path:
    """Return the Python that runs inside: that of this process, without its virtual environment."""
    return Path(getattr(sys, "_base_executable", sys.executable)).resolve()


def standard_library() -> Path:
    """Return the folder of the standard library; other packages may be in folders below it."""
    return Path(sysconfig.get_path("stdlib")).resolve()


@functools.cache
def shared_libraries() -> dict[Path, Path]:
    """Return the shared libraries that Python and numpy load: the path inside, by every name that is asked for."""
    told = subprocess.run(
        [interpreter(), "-I", "-S", "-c", f"import sys; sys.path.insert(0, {_origin_folder()!r})\n{_MAPPED}"],
        capture_output=True,
        text=True,
    )
    if told.returncode:
        raise CourseError(
            f"{interpreter()} can't load numpy, and so nothing can be graded: {told.stderr[-200:].strip()}"
        )
    known = (standard_library(), Path(_origin("numpy")).parents[1], interpreter())
    found = {}
    for line in told.stdout.splitlines():
        path = Path(line)
        if ".so" not in path.name or any(path.is_relative_to(folder) for folder in known) or not path.exists():
            continue
        for name in path.parent.glob(f"{path.name.split('.so')[0]}.so*"):
            if name.resolve() == path.resolve():
                found[LOADED / name.name] = path
    for loader in (Path("/lib64/ld-linux-x86-64.so.2"), Path("/lib/ld-linux-aarch64.so.1")):
        if loader.exists():
            found[loader] = loader.resolve()
    return found


def _origin(package: str) -> str:
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise CourseError(f"{package} is not installed as files, and so nothing can be graded.")
    return found.origin


def _origin_folder() -> str:
    return str(Path(_origin("numpy")).parents[1])
