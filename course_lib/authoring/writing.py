"""How files are written: whole or not at all, and never over what a person wrote."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path


def replace(path: Path, content: bytes) -> None:
    """Write `content` to `path` in one step: a reader sees the old file or the new one, nothing between."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def lay_beside(path: Path, word: str, content: bytes) -> Path:
    """Write `content` into a new file beside `path` and return where.

    For ``03_sigmoid.ipynb`` and the word 'fresh' that is ``03_sigmoid_fresh.ipynb``, or
    ``03_sigmoid_fresh_2.ipynb`` where the first is taken: no file that exists is touched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    for candidate in _names_beside(path, word):
        try:
            with candidate.open("xb") as file:
                file.write(content)
        except FileExistsError:
            continue
        return candidate
    raise AssertionError("the names beside a file never end")


def _names_beside(path: Path, word: str) -> Iterator[Path]:
    yield path.with_stem(f"{path.stem}_{word}")
    number = 2
    while True:
        yield path.with_stem(f"{path.stem}_{word}_{number}")
        number += 1
