"""The instructors' guide, and the transcript of following it, belong together and to this course."""

import re
from pathlib import Path

import pytest

from course_lib.cli import main

DOCS = Path(__file__).parents[1] / "docs"
GUIDE = (DOCS / "instructors.md").read_text(encoding="utf-8")
TRANSCRIPT = (DOCS / "instructors-transcript.md").read_text(encoding="utf-8")


def blocks(text: str) -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_transcript_is_that_of_this_guide() -> None:
    assert len(blocks(GUIDE)) > 5
    assert blocks(TRANSCRIPT) == blocks(GUIDE)  # after a change: python docs/make_transcript.py


def test_everything_went_well_when_the_guide_was_followed() -> None:
    for bad in ("Traceback", "usage:", "No such file", "command not found", "| ERROR]"):
        assert bad not in TRANSCRIPT
    assert "38 graded, 2 could not be graded" in TRANSCRIPT


def test_the_transcript_names_no_machine() -> None:
    assert not re.search(r"/(tmp|home|root|work|usr|opt)\b", TRANSCRIPT)


def test_all_options_of_the_guide_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["grade", "--help"])
    known = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    named = {
        o for line in re.findall(r"^course grade .*$", GUIDE, re.MULTILINE) for o in re.findall(r"--[a-z-]+", line)
    }
    assert named
    assert named <= known


def test_costs_are_those_that_were_measured() -> None:
    measured = (DOCS.parent / "benchmarks" / "grading.md").read_text(encoding="utf-8")
    said = re.findall(r"[\d,]+ (?:minutes on \d+ cores|MiB)", GUIDE.split("## What it costs")[1].split("\n\n")[1])
    assert len(said) == 4
    for number in said[:3]:  # the fourth is rounded
        assert number in measured.split("## 100,000 submissions")[1]


def test_links_lead_somewhere() -> None:
    headings = {
        re.sub(r"[^\w -]", "", h).strip().lower().replace(" ", "-") for h in re.findall(r"^#+ (.*)$", GUIDE, re.M)
    }
    for target in re.findall(r"\]\(([^)]+)\)", GUIDE):
        if target.startswith("#"):
            assert target[1:] in headings
        elif "://" not in target:
            assert (DOCS / target).exists(), target
