"""What is installed, what is missing, what to do: ``course doctor``."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from course_lib.activations.registry import CourseError
from course_lib.authoring.rooms import WORKSPACE, find_course

_DISTRIBUTION = "activation-derivatives"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes
    ----------
    ok : bool
        Whether it is as the course needs it.
    what : str
        What was found.
    remedy : str
        What to do where it is not ok.
    needed : bool
        Whether the course does not work without it.
    """

    ok: bool
    what: str
    remedy: str = ""
    needed: bool = True

    def __str__(self) -> str:
        word = "ok      " if self.ok else "MISSING " if self.needed else "optional"
        return f"{word} {self.what}" + ("" if self.ok else f": {self.remedy}")


def examine() -> Iterator[Finding]:
    """Yield what the course needs, whether it is there, and what to do where it is not."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(sys.version_info >= (3, 11), f"Python {version} ({sys.executable})", "install Python 3.11 or newer")
    yield from _packages()
    yield _kernel()
    yield from _folders()
    yield _record()
    yield _browser()


def _packages() -> Iterator[Finding]:
    from packaging.requirements import Requirement

    try:
        lines = metadata.requires(_DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        yield Finding(False, "the course itself", "install it from its folder with: pip install -e .")
        return
    for requirement in map(Requirement, lines):
        needed = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if needed:
            install = "pip install -e ."
        elif requirement.marker and requirement.marker.evaluate({"extra": "instructor"}):
            install = "only instructors need it: pip install -e '.[instructor]'"
        else:
            continue  # only the course's own tests need it
        try:
            found = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            yield Finding(False, f"{requirement.name} is not installed", install, needed)
            continue
        fits = requirement.specifier.contains(found, prereleases=True)
        yield Finding(fits, f"{requirement.name} {found}", f"not {requirement.specifier}; {install}", needed)


def _kernel() -> Finding:
    remedy = "pip install --force-reinstall ipykernel"
    try:
        from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
    except ImportError:
        return Finding(False, "no Jupyter kernel", remedy)
    try:
        spec = KernelSpecManager().get_kernel_spec("python3")
    except NoSuchKernel:
        return Finding(False, "no Jupyter kernel 'python3'", remedy)
    return Finding(True, f"Jupyter kernel '{spec.display_name}'")


def _folders() -> Iterator[Finding]:
    try:
        course = find_course()
    except CourseError as error:
        yield Finding(False, "the course's notebooks", str(error))
        return
    yield Finding(True, f"the course's notebooks in {course}")
    workspace = course / WORKSPACE
    yield Finding(
        _is_writable(workspace),
        f"your workspace {workspace}",
        "this folder cannot be written to; change its owner",
    )


def _record() -> Finding:
    from course_lib.checking import record

    path = record.path()
    try:
        record.read()
    except CourseError as error:
        return Finding(False, "the record of your checks", str(error), needed=False)
    remedy = f"it cannot be written to, so checks are not remembered; {record.VARIABLE} can name another file"
    return Finding(_is_writable(path), f"your record {path}", remedy, needed=False)


def _browser() -> Finding:
    from course_lib.authoring.lab import can_open_a_browser

    return Finding(
        can_open_a_browser(),
        "a browser that can be opened from here",
        "course lab prints the address instead",
        needed=False,
    )


def _is_writable(path: Path) -> bool:
    """Whether `path` can be written to, or made where it does not exist yet."""
    existing = next(p for p in (path, *path.parents) if p.exists())
    return os.access(existing, os.W_OK)
