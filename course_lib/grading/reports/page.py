"""Turns templates into pages. What a template prints is made visible and escaped, unless it says otherwise."""

import base64
import functools
import hashlib
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from course_lib.grading.reports.safe_text import visible
from course_lib.grading.reports.shown import in_markdown, sentence_in_html

_TEMPLATES = Path(__file__).parent / "templates"
_LONGEST = 2000

#: What marks every report on answers that ran unconfined.
TRUSTED = "Graded with --trusted-learners: the answers ran without a sandbox."


def html(template: str, **values: Any) -> bytes:
    """Return a page: text alone, no script, and nothing that is loaded from anywhere."""
    style, digest = _style()
    return _html().get_template(template).render(style=style, style_digest=digest, **values).encode()


def markdown(template: str, **values: Any) -> bytes:
    """Return a page in Markdown; what was printed into it is text only, with any renderer."""
    return _markdown().get_template(template).render(**values).encode()


def number(value: float) -> str:
    """Return points as they are written: 7.5, 10, and no rounding of a sum that shows."""
    return f"{value + 0.0:.10g}"


@functools.cache
def _html() -> Environment:
    environment = _environment(autoescape=True, finalize=_seen)
    environment.filters["sentence"] = sentence_in_html
    return environment


@functools.cache
def _markdown() -> Environment:
    return _environment(autoescape=False, finalize=lambda value: in_markdown(str(value)))


def _environment(**options: Any) -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, **options
    )


def _seen(value: Any) -> Any:
    return value if isinstance(value, Markup) else visible(str(value), _LONGEST)


@functools.cache
def _style() -> tuple[Markup, str]:
    style = (_TEMPLATES / "report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return Markup(style), digest  # ours
