"""Bring an explorer's JavaScript and style to the browser: anywidget takes one string of each."""

import re
from functools import cache
from pathlib import Path

from course_lib.explorers import palette

_HERE = Path(__file__).parent
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(?P<file>\w+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=function|const)", re.MULTILINE)


@cache
def script(name: str) -> str:
    """Return the ES module js/`name` as one string, the modules that it imports written before it.

    The files are ordinary modules, so that editors understand them. They only use
    ``import {…} from "./plot.js"`` and ``export function``, which is all that has to be undone here.
    """
    modules: dict[str, str] = {}  # a dict keeps the order: what is imported comes first
    _gather(name, modules)
    shared = [_EXPORT.sub("", source) for file, source in modules.items() if file != name]
    return "\n".join([*shared, modules[name]])


@cache
def style() -> str:
    """Return the style of all explorers: the palette's variables, explorers.css, then what single explorers add."""
    files = [_HERE / "explorers.css", *sorted((_HERE / "css").glob("*.css"))]
    return palette.css() + "\n".join(file.read_text(encoding="utf-8") for file in files)


def _gather(name: str, modules: dict[str, str]) -> None:
    source = (_HERE / "js" / name).read_text(encoding="utf-8")
    for match in _IMPORT.finditer(source):
        if match["file"] not in modules:
            _gather(match["file"], modules)
    modules[name] = _IMPORT.sub("", source)
