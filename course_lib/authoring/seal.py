"""Tell a notebook as the course made it from one that a person has worked in.

Each notebook that the course makes carries in its metadata its name, the course's version and a digest of its
own cells: ``{"course": {"name": ..., "version": ..., "digest": ...}}``. Where the cells no longer match the
digest, a person has written there. Running a notebook changes outputs only, so it does not break the seal.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import course_lib


def seal(notebook: Any, name: str) -> Any:
    """Return `notebook` with the course's metadata written into it, in place."""
    notebook["metadata"]["course"] = {
        "digest": digest(notebook),
        "name": name,
        "version": course_lib.__version__,
    }
    return notebook


def digest(notebook: Any) -> str:
    """Return 16 hexadecimal digits that change with any cell's type, text or attachments."""
    written = [[c["cell_type"], c["source"], c.get("attachments", {})] for c in notebook["cells"]]
    text = json.dumps(written, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_seal(path: Path) -> dict[str, str] | None:
    """Return the course's metadata of the notebook at `path`, or None where there is none to be read."""
    found = _read(path)
    return found[1] if found else None


def is_as_made(path: Path) -> bool:
    """Whether the notebook at `path` is as the course made it; False where that cannot be told."""
    found = _read(path)
    return found is not None and digest(found[0]) == found[1].get("digest")


def _read(path: Path) -> tuple[Any, dict[str, str]] | None:
    # A person's file may hold anything at all, also broken JSON: then it is theirs, and has no seal.
    import nbformat

    try:
        notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
        course = notebook["metadata"]["course"]
        return (notebook, dict(course)) if isinstance(course, dict) else None
    except Exception:
        return None
