"""Whose a submission is, for what, and when it was handed in: as names and files tell."""

import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from submitted import CONTENT, LIMITS, MOODLE, NOON, OTHER, SIGMOID, TANH, lay, learners, only, pack, set_time

from course_lib.grading.intake.submissions import find_submissions, load

# Each file with the learner and the assignment that its names tell.
TOLD = {
    # nbgrader
    "ada/03_sigmoid/03_sigmoid.ipynb": ("ada", SIGMOID),
    # Gradescope
    "export/submission_11/mine.ipynb": ("submission_11", ""),
    "export/submission_12/03_sigmoid.ipynb": ("submission_12", SIGMOID),
    # Moodle, with folders and without
    f"{MOODLE}/03_sigmoid.ipynb": ("Ada Lovelace", SIGMOID),
    "Ada Lovelace_123456_assignsubmission_file/my work.ipynb": ("Ada Lovelace", ""),
    "Ada Lovelace_123456_assignsubmission_file_03_sigmoid.ipynb": ("Ada Lovelace", SIGMOID),
    "CS101-03_sigmoid-4260983/Ada_1_assignsubmission_file_/work.ipynb": ("Ada", SIGMOID),
    # Canvas
    "lovelaceada_123_456_03_sigmoid.ipynb": ("lovelaceada", SIGMOID),
    "lovelaceada_123_456_03_sigmoid-1.ipynb": ("lovelaceada", SIGMOID),
    "lovelaceada_LATE_123_456_03_sigmoid.ipynb": ("lovelaceada", SIGMOID),
    "lovelace_ada_late_123_456_homework.ipynb": ("lovelace_ada", ""),
    # Blackboard
    "03_sigmoid_ada_attempt_2026-11-20-10-00-00_03_sigmoid.ipynb": ("ada", SIGMOID),
    "03_sigmoid_ada_l_attempt_2026-11-20-10-00-00_x.ipynb": ("ada_l", SIGMOID),
    "Homework 1_ada_attempt_2026-11-20-10-00-00.ipynb": ("ada", ""),
    # plain
    "ada.ipynb": ("ada", ""),
    "ada/03_sigmoid.ipynb": ("ada", SIGMOID),
    "ada/03_sigmoid (1).ipynb": ("ada", SIGMOID),
    "ada/03_sigmoid-Copy1.ipynb": ("ada", SIGMOID),
    "ada/03_sigmoid_yours.ipynb": ("ada", SIGMOID),
    "03_sigmoid/ada.ipynb": ("ada", SIGMOID),
    "03_sigmoid/ada/03_sigmoid.ipynb": ("ada", SIGMOID),
    "ada_03_sigmoid.ipynb": ("ada", SIGMOID),
    "03-sigmoid ada.ipynb": ("ada", SIGMOID),
    "Ada.IPYNB": ("Ada", ""),
    "week 2/section 7/ada.ipynb": ("ada", ""),
    "ada_2026_11_20.ipynb": ("ada_2026_11_20", ""),
    "03_sigmoid.ipynb": ("class", SIGMOID),
}


@pytest.mark.parametrize("name", TOLD)
def test_names_tell_the_learner_and_the_assignment(folder: Path, name: str):
    lay(folder, [name])
    assert learners(folder) == {name: TOLD[name]}
    assert load(only(folder), LIMITS) == CONTENT
    assert only(folder / name).learner == TOLD[name][0]
    archive = pack(folder.parent / "class.zip", [name])
    assert learners(archive) == {name: TOLD[name]}
    assert load(only(archive), LIMITS) == CONTENT


def test_one_name_in_two_spellings_of_unicode_is_one_learner(folder: Path):
    lay(folder, ["Zoe\u0308.ipynb"])
    assert only(folder).learner == "Zo\u00eb"


def test_an_archive_in_a_folder_is_like_a_folder(folder: Path):
    pack(folder / f"{SIGMOID}.zip", ["ada.ipynb", f"bob/{SIGMOID}.ipynb"])
    pack(folder / "carol.zip", [f"{SIGMOID}.ipynb"])
    pack(folder / "class_2026_110_all.zip", ["grace.ipynb"])
    pack(folder / MOODLE / "work.zip", ["anything.ipynb"])
    pack(folder / "hopper_12_34567_work.zip", ["my.ipynb"])
    assert learners(folder) == {
        f"{SIGMOID}.zip/ada.ipynb": ("ada", SIGMOID),
        f"{SIGMOID}.zip/bob/{SIGMOID}.ipynb": ("bob", SIGMOID),
        f"carol.zip/{SIGMOID}.ipynb": ("carol", SIGMOID),
        "class_2026_110_all.zip/grace.ipynb": ("grace", ""),
        f"{MOODLE}/work.zip/anything.ipynb": ("Ada Lovelace", ""),
        "hopper_12_34567_work.zip/my.ipynb": ("hopper", ""),
    }


@pytest.mark.parametrize("given", ["", "submitted", "submitted/ada", f"submitted/ada/{SIGMOID}"])
def test_nbgraders_tree_may_be_given_from_any_of_its_folders(folder: Path, given: str):
    lay(folder, [f"submitted/ada/{SIGMOID}/{SIGMOID}.ipynb"])
    assert list(learners(folder / given).values()) == [("ada", SIGMOID)]
    assert only(folder / given).submitted is None
    lay(folder, {f"submitted/ada/{SIGMOID}/timestamp.txt": b"2026-11-20 12:00:00 UTC"})
    assert only(folder / given).submitted == NOON


def test_nobody_can_pass_for_another(folder: Path):
    names = [
        f"tree/ada/{SIGMOID}/{SIGMOID}.ipynb",
        f"tree/eve/{SIGMOID}/{SIGMOID}.ipynb",
        f"tree/eve/{SIGMOID}/ada/{SIGMOID}/{SIGMOID}.ipynb",
        f"tree/eve/{SIGMOID}/ada_1_234_{SIGMOID}.ipynb",
        "tree/eve/ada.ipynb",
        f"Eve_2_assignsubmission_file_/ada/{SIGMOID}/{SIGMOID}.ipynb",
        "Eve_2_assignsubmission_file_/Ada_1_assignsubmission_file_x.ipynb",
        "Eve_2_assignsubmission_file_Ada_1_assignsubmission_file_x.ipynb",
        "eve_2_345_ada_1_234_x.ipynb",
        f"{SIGMOID}_eve_attempt_2026-11-20-10-00-00_{SIGMOID}_ada_attempt_2026-11-20-10-00-01_x.ipynb",
    ]
    lay(folder, names)
    pack(folder / "Eve_2_assignsubmission_file_/x.zip", ["Ada_1_assignsubmission_file_/x.ipynb"])
    pack(folder / "eve_22_34567_x.zip", [f"ada/{SIGMOID}/{SIGMOID}.ipynb"])
    found = learners(folder)
    assert len(found) == len(names) + 2
    assert {name for name, (learner, _) in found.items() if not learner.lower().startswith("eve")} == {names[0]}


def test_a_released_copy_among_plain_files_makes_no_tree_of_them(folder: Path):
    lay(folder, [f"{SIGMOID}/{name}.ipynb" for name in (SIGMOID, "ada", "bob")])
    assert [one.learner for one in find_submissions([folder])] == ["class", "ada", "bob"]


def test_two_people_of_the_same_name_stay_two(folder: Path):
    lay(folder, [f"Ada_{number}_assignsubmission_file_/{SIGMOID}.ipynb" for number in (1, 2)])
    lay(folder, [f"bob_7_{number}_{SIGMOID}.ipynb" for number in (100, 101)])
    found = find_submissions([folder])
    assert {one.learner for one in found} == {"Ada 1", "Ada 2", "bob"}
    assert [one.name for one in found if one.superseded] == [f"bob_7_100_{SIGMOID}.ipynb"]


def test_one_person_has_another_number_in_each_assignment_of_moodle(folder: Path):
    lay(folder, [f"{SIGMOID}/Ada_1_assignsubmission_file_/x.ipynb", f"{TANH}/Ada_2_assignsubmission_file_/x.ipynb"])
    assert [(one.learner, one.assignment) for one in find_submissions([folder])] == [("Ada", SIGMOID), ("Ada", TANH)]


def test_folders_of_learners_whose_files_have_one_name_are_told_apart(folder: Path):
    lay(folder, [f"{learner}/answers.ipynb" for learner in ("ada", "bob", "eve")])
    assert {one.learner for one in find_submissions([folder])} == {"ada", "bob", "eve"}
    assert not any(one.superseded for one in find_submissions([folder]))


def superseded(*paths: Path) -> list[str]:
    return [one.name for one in find_submissions(paths) if one.superseded]


def test_of_two_the_newest_counts_whether_names_or_notebooks_tell_the_assignment(folder: Path):
    lay(folder, {"a/ada.ipynb": CONTENT, "b/ada.ipynb": CONTENT, "c/ada.ipynb": OTHER, "c/bob.ipynb": CONTENT})
    set_time(folder / "a/ada.ipynb", 2000)
    set_time(folder / "b/ada.ipynb", 1000)
    assert superseded(folder) == ["b/ada.ipynb"]
    assert superseded(folder / "a", folder / "b") == ["b/ada.ipynb"]
    set_time(folder / "b/ada.ipynb", 3000)
    assert superseded(folder) == ["a/ada.ipynb"]
    set_time(folder / "b/ada.ipynb", 2000)
    assert superseded(folder) == ["a/ada.ipynb"]  # of equals the last by its path counts
    (folder / "b/ada.ipynb").write_bytes(b"broken")
    assert superseded(folder) == []  # nobody can tell what that was for
    (folder / "a/ada.ipynb").write_bytes(b"broken")
    assert superseded(folder) == []
    lay(folder, {f"{SIGMOID}/eve.ipynb": b"broken", f"{SIGMOID}-2/eve.ipynb": b"broken too"})
    set_time(folder / f"{SIGMOID}-2/eve.ipynb", 1000)
    assert superseded(folder) == [f"{SIGMOID}-2/eve.ipynb"]


def test_only_what_can_be_graded_and_has_an_owner_counts_instead_of_another(folder: Path):
    lay(folder, [f"{SIGMOID}/ada.ipynb", f"{SIGMOID}/ .ipynb", f"{SIGMOID}/  .ipynb"])
    (folder / f"{SIGMOID}-2").mkdir()
    (folder / f"{SIGMOID}-2" / "ada.ipynb").symlink_to(folder / f"{SIGMOID}/ada.ipynb")
    assert {one.learner for one in find_submissions([folder])} == {"ada", ""}
    assert superseded(folder) == []


def test_the_notebook_that_nbgrader_would_grade_counts(folder: Path):
    lay(folder, {f"ada/{SIGMOID}/timestamp.txt": b""})
    lay(folder, [f"ada/{SIGMOID}/{SIGMOID}.ipynb", f"ada/{SIGMOID}/zzz.ipynb"])
    assert superseded(folder) == [f"ada/{SIGMOID}/zzz.ipynb"]


def test_of_two_from_blackboard_and_canvas_their_names_tell_the_newest(folder: Path):
    attempts = [f"{SIGMOID}_ada_attempt_2026-11-{day}-10-00-00_x.ipynb" for day in ("19", "20")]
    lay(folder, [*attempts, f"bob_1_999_{SIGMOID}.ipynb", f"bob_1_1000_{SIGMOID}.ipynb"])
    for name in (attempts[0], f"bob_1_999_{SIGMOID}.ipynb"):
        set_time(folder / name, 4e9)  # the time of the file is that of the download
    assert superseded(folder) == [attempts[0], f"bob_1_999_{SIGMOID}.ipynb"]
    times = {one.name: one.submitted for one in find_submissions([folder])}
    assert times[attempts[1]] == datetime(2026, 11, 20, 10).timestamp()
    assert times[f"bob_1_1000_{SIGMOID}.ipynb"] is None


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-11-20 12:00:00.000000 UTC", NOON),
        ("2026-11-20 12:00:00 UTC\n", NOON),
        ("2026-11-20 12:00:00", NOON),
        ("2026-11-20 13:00:00.5 Europe/Berlin", NOON + 0.5),
        ("2026-11-20 13:00:00.000000 +0100", NOON),
        ("2026-11-20 07:00:00 -05:00", NOON),
        ("2026-11-20 12:00:00 Nowhere/Land", None),
        ("2026-11-20 12:00:00 ../../etc/passwd", None),
        ("yesterday", None),
        ("", None),
        ("9" * 10_000, None),
        ("0001-01-01 00:00:00 +2300", None),
        ("9999-12-31 00:00:00 -2300", None),
        ("\ud800", None),
    ],
)
def test_nbgraders_timestamp_gives_the_time(folder: Path, text: str, time: float | None):
    stamp = text.encode("utf-8", "surrogatepass")
    files = {f"ada/{SIGMOID}/{SIGMOID}.ipynb": CONTENT, f"ada/{SIGMOID}/timestamp.txt": stamp}
    assert only(lay(folder, files)).submitted == pytest.approx(time)
    assert only(pack(folder / "all.zip", files)).submitted == pytest.approx(time)


def test_a_file_and_an_entry_of_an_archive_have_the_time_they_say(folder: Path):
    lay(folder, ["ada.ipynb"])
    set_time(folder / "ada.ipynb", NOON)
    with zipfile.ZipFile(folder.parent / "a.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("ada.ipynb", (2026, 11, 20, 12, 0, 0)), CONTENT)
        archive.writestr(zipfile.ZipInfo("bob.ipynb"), CONTENT)
        archive.writestr(zipfile.ZipInfo("eve.ipynb", (2026, 0, 0, 31, 63, 60)), CONTENT)
    assert only(folder).submitted == NOON
    assert [one.submitted for one in find_submissions([folder.parent / "a.zip"])] == [
        datetime(2026, 11, 20, 12).timestamp(),
        None,
        None,
    ]
