"""Who handed in what: from files, folders, nbgrader's tree and archives, whatever lies in them."""

import contextlib
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from submitted import CONTENT, LIMITS, assert_told, lay, learners, only, pack

from course_lib.activations.registry import CourseError
from course_lib.grading.intake.notebook import Unreadable
from course_lib.grading.intake.submissions import find_submissions, load


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
    assert_told(reasons, expected)
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
