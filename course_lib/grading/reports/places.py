"""Where feedback goes: a folder for each learner, and never one for two of them.

Learners' names come from folders, archives and notebooks, so they may be anything: ``..``, ``NUL``, 300
characters, two that differ by their case only. A name that every file system takes as it is stays as it is;
any other one is cut down to what is harmless, and a digest of the whole name tells it from all others.
"""

import re
import unicodedata
from hashlib import blake2b
from pathlib import Path

from course_lib.grading.results import Graded

#: No capitals: a file system may take them for small letters. No tilde: it marks a digest.
_HARMLESS = re.compile(r"[a-z0-9_][a-z0-9._-]{0,62}[a-z0-9_-]|[a-z0-9_]")
#: On Windows these are devices, whatever follows after a dot.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\..*)?")
_LONGEST_START = 40


def feedback_place(out: Path, graded: Graded) -> Path:
    """Return where the feedback on a submission goes, without the ending.

    That is ``out/feedback/<learner>/<assignment>``. Where the learner or the assignment is not known, the
    submission's own name tells it from others that are not known.
    """
    learner = _name(graded.learner) if graded.learner else _unknown("learner", graded)
    assignment = _name(graded.assignment) if graded.assignment else _unknown("assignment", graded)
    return out / "feedback" / learner / assignment


def _name(name: str) -> str:
    if _HARMLESS.fullmatch(name) and not _DEVICES.fullmatch(name):
        return name
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    start = re.sub(r"[^A-Za-z0-9-]+", "_", plain)[:_LONGEST_START].strip("_-")
    return f"{start or 'name'}~{_digest('name', name)}"


def _unknown(what: str, graded: Graded) -> str:
    return f"unknown~{_digest(what, graded.submission)}"


def _digest(what: str, text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8, person=what.encode()).hexdigest()
