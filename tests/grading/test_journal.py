"""What was graded is kept, whatever happens to the run."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from course_lib.activations.registry import CourseError
from course_lib.grading.journal import JOURNAL, Terms, content_key, open_journal
from course_lib.grading.limits import Limits
from course_lib.grading.results import GRADED, Graded, GradedAnswer, not_graded

TERMS = Terms("warm", "rules of today", Limits())
ANSWER = GradedAnswer("sigmoid_derivative", 3.5, 10.0, False, None, "Not yet: \u2028 \ud800 <b>.", "abc")
GRADES = [Graded(f"{n}.ipynb", f"learner {n}", "03_sigmoid", GRADED, ("a note",), (ANSWER,)) for n in range(5)]
RESULTS = [(content_key(graded.submission, b"content"), graded) for graded in GRADES]


def lines(out: Path) -> list[bytes]:
    return (out / JOURNAL).read_bytes().splitlines(keepends=True)


def filled(out: Path, *, finish: bool = False, seed: int | None = 7) -> None:
    with open_journal(out, TERMS, seed) as journal:
        journal.append(RESULTS[:3])
        journal.append(RESULTS[3:])
        if finish:
            journal.finish()


def test_what_was_appended_comes_back_as_it_was(tmp_path):
    filled(tmp_path / "a" / "report")
    with open_journal(tmp_path / "a" / "report", TERMS) as journal:
        assert journal.kept == dict(RESULTS)
        assert journal.seed == 7
    assert len(lines(tmp_path / "a" / "report")) == 1 + len(RESULTS)


def test_a_seed_is_drawn_and_kept(tmp_path):
    seeds = set()
    for name in "abc":
        with open_journal(tmp_path / name, TERMS) as journal:
            journal.append(RESULTS)
            seeds.add(journal.seed)
        with open_journal(tmp_path / name, TERMS) as journal:
            assert journal.seed in seeds
    assert len(seeds) == 3


def test_a_key_tells_names_and_contents_apart():
    assert (
        len({content_key("a", b"b"), content_key("a", b"c"), content_key("ab", b""), content_key("\udcff", b"")}) == 4
    )


def test_a_journal_torn_at_any_byte_goes_on(tmp_path):
    filled(tmp_path)
    whole = (tmp_path / JOURNAL).read_bytes()
    ends = [0]
    for line in lines(tmp_path):
        ends.append(ends[-1] + len(line))
    for end in {*range(0, len(whole), 37), *ends, *(e - 1 for e in ends[1:]), *(e + 1 for e in ends[:-1])}:
        (tmp_path / JOURNAL).write_bytes(whole[:end])
        kept = max(0, sum(e <= end for e in ends) - 2)
        with open_journal(tmp_path, TERMS, 7) as journal:
            assert list(journal.kept) == [key for key, _ in RESULTS[:kept]], end
            journal.append(RESULTS[kept:])
        assert (tmp_path / JOURNAL).read_bytes() == whole, end


def test_what_is_no_journal_is_one_sentence_and_stays(tmp_path):
    filled(tmp_path)
    for number, line in ((1, b"[]\n"), (1, b'{"journal": 2}\n'), (3, b"\0\0\0\n"), (4, b'{"graded": 3}\n')):
        broken = lines(tmp_path)
        broken[number - 1] = line
        (tmp_path / "broken").mkdir(exist_ok=True)
        (tmp_path / "broken" / JOURNAL).write_bytes(b"".join(broken))
        with pytest.raises(CourseError, match=rf"Line {number} of .* is not what this course"):
            open_journal(tmp_path / "broken", TERMS).__enter__()
        assert lines(tmp_path / "broken") == broken


@pytest.mark.parametrize(
    ("terms", "seed", "sentence"),
    [
        (replace(TERMS, rules="others"), None, "the rules (the course, or the file of points)"),
        (replace(TERMS, mode="trusted"), None, "the mode (warm, now trusted)"),
        (replace(TERMS, limits=Limits(call=3)), 7, "the limit 'call' (2, now 3)"),
        (TERMS, 8, "the seed (7, now 8)"),
    ],
)
def test_nothing_is_mixed_with_what_was_graded_in_another_way(tmp_path, terms, seed, sentence):
    filled(tmp_path)
    before = lines(tmp_path)
    with pytest.raises(CourseError) as refused:
        open_journal(tmp_path, terms, seed).__enter__()
    assert f"with other settings: {sentence}. " in str(refused.value)
    assert lines(tmp_path) == before
    with open_journal(tmp_path, terms, seed, regrade=True) as journal:
        assert journal.kept == {}
        assert journal.seed == (seed or 7)
        assert journal.before == {graded.submission: graded for graded in GRADES}
    assert (tmp_path / "journal-1.jsonl").read_bytes() == b"".join(before)


def test_a_journal_in_which_nothing_is_yet_takes_new_settings(tmp_path):
    with open_journal(tmp_path, TERMS, 7):
        pass
    with open_journal(tmp_path, replace(TERMS, rules="others"), 8) as journal:
        assert journal.seed == 8


def test_a_regrade_that_was_stopped_goes_on_with_either_command(tmp_path):
    filled(tmp_path, finish=True)
    rules = replace(TERMS, rules="others")
    mended = [(key, replace(graded, answers=())) for key, graded in RESULTS]
    with open_journal(tmp_path, rules, regrade=True) as journal:
        journal.append(mended[:2])
    for regrade in (True, False):
        with open_journal(tmp_path, rules, regrade=regrade) as journal:
            assert journal.kept == dict(mended[:2])
            assert len(journal.before) == len(RESULTS)
    with open_journal(tmp_path, rules, regrade=True) as journal:
        journal.append(mended[2:])
        journal.finish()
    with open_journal(tmp_path, rules) as journal:
        assert len(journal.before) == len(RESULTS), "who changed is still known"
    assert not (tmp_path / "journal-2.jsonl").exists()
    with open_journal(tmp_path, rules, regrade=True) as journal:
        assert journal.kept == {}, "that one was finished: this is another regrade"
        assert journal.before == {graded.submission: graded for _, graded in mended}
    assert (tmp_path / "journal-2.jsonl").exists()


def test_a_finished_journal_says_so_once(tmp_path):
    filled(tmp_path, finish=True)
    for _ in range(2):
        with open_journal(tmp_path, TERMS) as journal:
            journal.append([])
            journal.finish()
    assert [json.loads(line) for line in lines(tmp_path)[6:]] == [{"finished": True}]


def test_the_newest_of_two_lines_counts(tmp_path):
    with open_journal(tmp_path, TERMS, 7) as journal:
        journal.append([("a", GRADES[0]), ("b", GRADES[1]), ("a", GRADES[2])])
    with open_journal(tmp_path, TERMS, 7) as journal:
        assert journal.kept == {"a": GRADES[2], "b": GRADES[1]}


def test_two_runs_do_not_mix(tmp_path):
    holder = (
        "import sys, pathlib; from course_lib.grading.journal import *; from course_lib.grading.limits import Limits\n"
        "with open_journal(pathlib.Path(sys.argv[1]), Terms('warm', 'rules of today', Limits())):\n"
        "    print('open', flush=True); sys.stdin.read()\n"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", holder, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(CourseError, match="Another run is writing the report in"):
            open_journal(tmp_path, TERMS).__enter__()
        other.kill()
    filled(tmp_path)


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_file_in_the_place_of_the_folder_is_one_sentence(tmp_path, place):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(CourseError, match=r"There is a file where the folder .* would be"):
        open_journal(tmp_path / place, TERMS).__enter__()
    assert (tmp_path / "file").read_text() == "mine"


def test_grades_are_on_the_disk_when_append_returns(tmp_path, monkeypatch):
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_size))
    with open_journal(tmp_path, TERMS, 7) as journal:
        journal.append(RESULTS[:3])
        assert synced[-1] == (tmp_path / JOURNAL).stat().st_size
        journal.append([("x", not_graded("x", "", "", "no reason"))])
        assert synced[-1] == (tmp_path / JOURNAL).stat().st_size
    assert len(synced) == 3
