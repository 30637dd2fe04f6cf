"""Who handed in what: from files, folders, nbgrader's tree and archives, whatever lies in them."""

import contextlib
import json
import os
import shutil
import socket
import stat
import struct
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from handed_in import as_bytes, released

from course_lib.activations.registry import CourseError
from course_lib.grading.intake import archives, submissions
from course_lib.grading.intake.notebook import Unreadable
from course_lib.grading.intake.submissions import Submission, find_submissions, load
from course_lib.grading.limits import Limits

SIGMOID, TANH = "03_sigmoid", "04_tanh"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp()
CONTENT = as_bytes(released(SIGMOID))
OTHER = as_bytes(released(TANH))
LIMITS = Limits()
MOODLE = "Ada Lovelace_123456_assignsubmission_file_"


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a folder whose own path tells nothing, and that other users may enter."""
    path = Path(tempfile.mkdtemp(prefix="handed-in-"))
    path.chmod(0o755)
    yield path / "class"
    shutil.rmtree(path)


def lay(folder: Path, files: Mapping[str, bytes] | list[str]) -> Path:
    for name in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[name] if isinstance(files, Mapping) else CONTENT)
    return folder


def pack(path: Path, files: Mapping[str, bytes] | list[str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in files:
            archive.writestr(name, files[name] if isinstance(files, Mapping) else CONTENT)
    return path


def learners(*paths: Path) -> dict[str, tuple[str, str]]:
    return {one.name: (one.learner, one.assignment) for one in find_submissions(paths)}


def only(*paths: Path) -> Submission:
    (found,) = find_submissions(paths)
    return found


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


def set_time(path: Path, seconds: float) -> None:
    os.utime(path, (seconds, seconds))


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


def test_what_nobody_handed_in_is_left_out(folder: Path):
    lay(
        folder,
        [
            "ada.ipynb",
            ".ipynb_checkpoints/ada-checkpoint.ipynb",
            ".hidden.ipynb",
            "__MACOSX/bob.ipynb",
            "__MACOSX/._ada.ipynb",
            ".git/x.ipynb",
            "notes.txt",
            "sub/.venv/y.ipynb",
        ],
    )
    assert list(learners(folder)) == ["ada.ipynb"]
    names = [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]
    assert list(learners(pack(folder.parent / "all.zip", names))) == ["ada.ipynb"]


def test_what_is_no_notebook_gets_its_reason_and_the_rest_goes_on(folder: Path):
    lay(folder, ["ada.ipynb", "target/bob.ipynb", "folder.ipynb/inside.ipynb"])
    (folder / "link.ipynb").symlink_to(folder / "ada.ipynb")
    (folder / "dangling.ipynb").symlink_to("nowhere")
    (folder / "linked folder").symlink_to(folder / "target")
    (folder / "loop").symlink_to(folder)
    (folder / "linked.zip").symlink_to(pack(folder.parent / "real.zip", ["carol.ipynb"]))
    os.mkfifo(folder / "pipe.ipynb")
    os.mkfifo(folder / "pipe.zip")
    (folder / "broken.zip").write_bytes(b"PK\x05\x06 broken")
    pack(folder / "empty.zip", {"readme.txt": b""})
    pack(folder / "twice packed.zip", {"inner.zip": b""})
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind(str(folder / "socket.ipynb"))
    reasons = {one.name: one.reason for one in find_submissions([folder])}
    expected = {
        "ada.ipynb": "",
        "target/bob.ipynb": "",
        "folder.ipynb": "a folder that is named like a notebook",
        "link.ipynb": "a symbolic link, which is never followed",
        "dangling.ipynb": "a symbolic link",
        "linked folder": "a symbolic link",
        "loop": "a symbolic link",
        "linked.zip": "a symbolic link",
        "pipe.ipynb": "not a regular file",
        "pipe.zip": "not a regular file",
        "socket.ipynb": "not a regular file",
        "broken.zip": "broken, or it is no zip archive",
        "empty.zip": "holds no notebook",
        "twice packed.zip/inner.zip": "an archive inside an archive",
    }
    assert reasons.keys() == expected.keys()
    for name, reason in expected.items():
        assert reason in reasons[name]
        assert bool(reason) == bool(reasons[name])
    for one in find_submissions([folder]):
        if one.reason:
            with pytest.raises(Unreadable, match=expected[one.name]):
                load(one, LIMITS)


def test_a_link_that_was_given_is_not_followed_either(folder: Path):
    lay(folder, ["real/ada.ipynb"])
    (folder / "link").symlink_to(folder / "real")
    assert only(folder / "link").reason.startswith("It is a symbolic link")
    (folder / "bob.ipynb").symlink_to(folder / "real/ada.ipynb")
    assert only(folder / "bob.ipynb").reason.startswith("It is a symbolic link")
    assert len(find_submissions([folder / "link" / "ada.ipynb"])) == 1  # a folder above is the instructor's own


def test_a_file_that_is_exchanged_before_it_is_read_is_not_followed(folder: Path):
    lay(folder, ["ada.ipynb", "secret.txt"])
    found = only(folder)
    (folder / "ada.ipynb").unlink()
    (folder / "ada.ipynb").symlink_to(folder / "secret.txt")
    with pytest.raises(Unreadable, match="symbolic link"):
        load(found, LIMITS)
    (folder / "ada.ipynb").unlink()
    with pytest.raises(Unreadable, match=r"can't be read \(No such file"):
        load(found, LIMITS)
    os.mkfifo(folder / "ada.ipynb")
    with pytest.raises(Unreadable, match="not a regular file"):
        load(found, LIMITS)


@contextlib.contextmanager
def as_nobody() -> Iterator[None]:
    """Take away what root may do: nothing is unreadable for root."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


def test_what_the_grader_may_not_read_gets_its_reason(folder: Path):
    lay(folder, ["ada.ipynb", "bob.ipynb", "closed/carol.ipynb"])
    pack(folder / "closed.zip", ["dan.ipynb"])
    for name in ("ada.ipynb", "closed", "closed.zip"):
        (folder / name).chmod(0)
    with as_nobody():
        found = {one.name: one for one in find_submissions([folder])}
        assert found.keys() == {"ada.ipynb", "bob.ipynb", "closed", "closed.zip"}
        assert "can't be read (Permission denied)" in found["closed"].reason
        assert "can't be read (Permission denied)" in found["closed.zip"].reason
        with pytest.raises(Unreadable, match="Permission denied"):
            load(found["ada.ipynb"], LIMITS)
        assert load(found["bob.ipynb"], LIMITS) == CONTENT
    (folder / "closed").chmod(0o755)


def entry(name: str, mode: int = 0, **keys: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    for key, value in keys.items():
        setattr(info, key, value)
    return info


def test_hostile_entries_of_an_archive_get_their_reasons(folder: Path):
    path = folder.parent / "hostile.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry("../up.ipynb"), CONTENT)
        archive.writestr(entry("a/../../up.ipynb"), CONTENT)
        archive.writestr(entry("/etc/absolute.ipynb"), CONTENT)
        archive.writestr(entry("C:\\drive.ipynb"), CONTENT)
        archive.writestr(entry("link.ipynb", stat.S_IFLNK | 0o777), b"/etc/passwd")
        archive.writestr(entry("pipe.ipynb", stat.S_IFIFO | 0o777), b"")
        archive.writestr(entry("device.ipynb", stat.S_IFCHR | 0o777), b"")
        archive.writestr(entry("folder.ipynb/"), b"")
        archive.writestr(entry("lzma.ipynb", compress_type=zipfile.ZIP_LZMA), CONTENT)
        archive.writestr(entry("nul.ipynbXhidden.ipynb"), CONTENT)
        archive.writestr(entry("secret.ipynb"), CONTENT)
        archive.writestr(entry("fine\\ada.ipynb"), CONTENT)
    content = path.read_bytes().replace(b"nul.ipynbXhidden", b"nul.ipynb\0hidden")
    flags = content.rindex(b"secret.ipynb") - 46 + 8  # where the directory keeps the flags of that entry
    content = content[:flags] + struct.pack("<H", 1) + content[flags + 2 :]
    path.write_bytes(content)
    found = {one.name: one for one in find_submissions([path])}
    reasons = {
        "../up.ipynb": "leads out of the archive",
        "a/../../up.ipynb": "leads out of the archive",
        "etc/absolute.ipynb": "leads out of the archive",
        "C:/drive.ipynb": "leads out of the archive",
        "link.ipynb": "symbolic link",
        "pipe.ipynb": "not a regular file",
        "device.ipynb": "not a regular file",
        "folder.ipynb": "a folder that is named like a notebook",
        "lzma.ipynb": "packed by a method",
        "nul.ipynb␀hidden.ipynb": "name in the archive is broken",
        "secret.ipynb": "encrypted",
        "fine/ada.ipynb": "",
    }
    assert found.keys() == reasons.keys()
    for name, reason in reasons.items():
        assert reason in found[name].reason
        assert bool(reason) == bool(found[name].reason)
    assert load(found["fine/ada.ipynb"], LIMITS) == CONTENT


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_entries_of_one_name_the_last_counts(folder: Path):
    path = folder.parent / "twice.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for content in (b"first", b"second"):
            archive.writestr("ada.ipynb", content)
    first, second = sorted(find_submissions([path]), key=lambda one: not one.reason)
    assert "another file of the same name" in first.reason
    assert {first.name, second.name} == {"ada.ipynb", "ada.ipynb (2)"}
    assert load(second, LIMITS) == b"second"


def test_no_more_of_an_archive_is_unpacked_than_the_limit(folder: Path, monkeypatch: pytest.MonkeyPatch):
    path = pack(folder / "bomb.zip", {"ada.ipynb": bytes(50 * 2**20)})
    asked: list[int] = []
    real = archives.read_member

    def noted(path: Path, name: str, limit: int) -> bytes:
        content = real(path, name, limit)
        asked.append(len(content))
        return content

    monkeypatch.setattr(archives, "read_member", noted)
    for size in (50 * 2**20, 10):  # what the archive says of itself
        content = path.read_bytes()
        where = content.index(b"PK\x01\x02") + 24
        path.write_bytes(content[:where] + struct.pack("<I", size) + content[where + 4 :])
        with pytest.raises(Unreadable):
            load(only(folder), LIMITS)
    assert max(asked) == LIMITS.notebook + 1


def test_a_table_of_contents_without_end_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch):
    names = [f"{number}.ipynb" for number in range(1000)]
    path = pack(folder.parent / "many.zip", names)
    monkeypatch.setattr(archives, "CONTENTS", 80_000)
    assert len(find_submissions([path])) == 1000
    set_time(path, 1)
    monkeypatch.setattr(archives, "CONTENTS", 40_000)
    assert "broken" in only(path).reason


def test_an_archive_within_a_folder_holds_so_many_notebooks_at_most(folder: Path, monkeypatch: pytest.MonkeyPatch):
    names = [f"{number}.ipynb" for number in range(21)]
    pack(folder / MOODLE / "work.zip", names)
    assert "more than 20 notebooks" in only(folder).reason
    monkeypatch.setattr(submissions, "IN_A_FOLDER", 5)
    pack(folder / "class.zip", names)
    assert len(find_submissions([folder / "class.zip"])) == 21
    assert len(find_submissions([folder])) == 2


@pytest.mark.parametrize("size", [0, 30, 100, -30])
def test_an_archive_that_was_cut_off_gets_its_reason(folder: Path, size: int):
    path = pack(folder / "a.zip", ["ada.ipynb"])
    path.write_bytes(path.read_bytes()[:size])
    assert "broken, or it is no zip archive" in only(folder).reason


def test_an_entry_that_was_damaged_gets_its_reason(folder: Path):
    path = pack(folder / "a.zip", ["ada.ipynb"])
    content = bytearray(path.read_bytes())
    content[200:260] = bytes(60)
    path.write_bytes(content)
    with pytest.raises(Unreadable, match="broken at this file"):
        load(only(folder), LIMITS)


def test_an_archive_that_changes_after_it_was_searched_gives_a_reason(folder: Path):
    found = only(pack(folder / "a.zip", ["ada.ipynb"]))
    pack(folder / "a.zip", ["bob.ipynb", "carol.ipynb"])
    with pytest.raises(Unreadable, match="not in the archive any more"):
        load(found, LIMITS)
    (folder / "a.zip").unlink()
    with pytest.raises(Unreadable, match="No such file"):
        load(found, LIMITS)


def test_names_are_unique_and_safe_to_print(folder: Path):
    folder.mkdir()
    for name in (b"a\x1b[2J.ipynb", b"a\x07[2J.ipynb", "ad\u202ea.ipynb".encode(), b"\xff\xfe.ipynb", b"a\nb.ipynb"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(CONTENT)
    found = find_submissions([folder])
    assert [one.name for one in found] == sorted(one.name for one in found)
    assert len({one.name for one in found}) == 5
    for one in found:
        for text in (one.name, one.learner):
            assert text.isprintable()
            json.dumps(text, ensure_ascii=False).encode()
        assert load(one, LIMITS) == CONTENT


def test_names_in_utf8_that_do_not_say_so_are_read_as_such(folder: Path):
    path = pack(folder / "a.zip", ["Zoe.ipynb"])
    path.write_bytes(path.read_bytes().replace(b"Zoe", "Zé".encode()))
    assert only(path).learner == "Zé"
    assert load(only(path), LIMITS) == CONTENT
    path.write_bytes(path.read_bytes().replace("Zé".encode(), b"Z\x82e"))
    assert only(path).learner == "Zée"  # the oldest character set of archives


def test_long_names_are_shortened_and_stay_two(folder: Path):
    names = [f"{'x' * 3000}{end}.ipynb" for end in "ab"]
    found = find_submissions([pack(folder / "a.zip", names)])
    assert len({one.name for one in found}) == len({one.learner for one in found}) == 2
    assert max(len(one.learner) for one in found) == 80
    assert max(len(one.name) for one in found) == 200


def test_the_same_file_given_twice_is_found_once(folder: Path):
    lay(folder, ["sub/ada.ipynb"])
    assert len(find_submissions([folder, folder / "sub", folder / "sub/ada.ipynb"])) == 1


def test_names_begin_with_the_path_that_was_given_where_there_are_several(folder: Path):
    lay(folder, ["a/ada.ipynb", "b/ada.ipynb"])
    pack(folder / "c.zip", ["ada.ipynb"])
    names = [one.name for one in find_submissions([folder / "a", folder / "b", folder / "c.zip"])]
    assert names == ["a/ada.ipynb", "b/ada.ipynb", "c.zip/ada.ipynb"]


def test_where_nothing_is_found_one_sentence_says_so(folder: Path):
    folder.mkdir()
    with pytest.raises(CourseError, match=r"There is no .*nowhere; give a file or folder that exists\."):
        find_submissions([folder / "nowhere"])
    for given in (folder, pack(folder.parent / "empty.zip", {}), lay(folder.parent, ["notes.txt"]) / "notes.txt"):
        with pytest.raises(CourseError, match=r"No notebook .* was found in .*; give files, folders or archives\."):
            find_submissions([given])
    with pytest.raises(CourseError, match="No notebook"):
        find_submissions([])
    lay(folder, ["full/ada.ipynb"])
    (folder / "empty").mkdir()
    found = find_submissions([folder / "empty", folder / "full"])
    assert [(one.name, one.reason) for one in found] == [
        ("empty", "There is no notebook (.ipynb) in it."),
        ("full/ada.ipynb", ""),
    ]


def test_deep_folders_are_searched(folder: Path):
    deep = "/".join("d" * 40)
    lay(folder, [f"{deep}/ada.ipynb"])
    assert learners(folder) == {f"{deep}/ada.ipynb": ("ada", "")}
