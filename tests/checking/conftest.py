from pathlib import Path

import pytest

from course_lib.checking import record


@pytest.fixture
def fresh_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("course_lib.checking._record_failed", False)
    place = tmp_path / "folder" / "record.sqlite"
    monkeypatch.setenv(record.VARIABLE, str(place))
    return place
