"""Archives, whatever lies in them."""

import stat
import struct
import zipfile
from pathlib import Path

import pytest
from submitted import CONTENT, LIMITS, MOODLE, assert_told, only, pack, set_time

from course_lib.grading.intake import archives, submissions
from course_lib.grading.intake.notebook import Unreadable
from course_lib.grading.intake.submissions import find_submissions, load


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
    assert_told({name: one.reason for name, one in found.items()}, reasons)
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
