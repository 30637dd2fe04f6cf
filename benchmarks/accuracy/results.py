"""The measured numbers as they are kept: one line for each, in course_lib/measurements/accuracy.json."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from course_lib.measurements import ACCURACY

Key = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Record:
    """What was measured of one way of computing one thing.

    Attributes
    ----------
    name : str
        The activation's, or what is computed of a vector.
    of : str
        "value", "derivative", the name of a parameter, "vector value", "vector gradient", or "ends" for the slopes
        at places such as inf.
    dtype, way : str
        "float64" or "float32"; "ours", "textbook", or the name of a library.
    formula : str
        The textbook's.
    found : mapping
        The numbers that are not 0.
    """

    name: str
    of: str
    dtype: str
    way: str
    formula: str
    found: Mapping[str, Any]

    @property
    def key(self) -> Key:
        """What the record is about."""
        return self.name, self.of, self.dtype, self.way, self.formula


@dataclass
class Results:
    """All records, with what they were measured with."""

    about: dict[str, Any] = field(default_factory=dict)
    records: dict[Key, Record] = field(default_factory=dict)

    @classmethod
    def read(cls) -> Results:
        """Return what was kept the last time, or nothing."""
        if not ACCURACY.exists():
            return cls()
        kept = json.loads(ACCURACY.read_text(encoding="utf-8"))
        records = [
            Record(*(r.pop(name, "") for name in ("name", "of", "dtype", "way", "formula")), r) for r in kept["records"]
        ]
        return cls(kept["about"], {r.key: r for r in records})

    def put(self, records: Iterable[Record]) -> None:
        """Replace what is known by `records`."""
        for record in records:
            self.records[record.key] = record

    def forget(self, names: Iterable[str], ways: Iterable[str]) -> None:
        """Drop what these ways gave for these names: they are measured again, maybe with other formulas."""
        gone = {(name, way) for name in names for way in ways}
        self.records = {key: r for key, r in self.records.items() if (r.name, r.way) not in gone}

    def keep(self, names: Iterable[str]) -> None:
        """Drop what is about anything but `names`."""
        known = set(names)
        self.records = {key: r for key, r in self.records.items() if r.name in known}

    def write(self) -> None:
        """Keep the records in a fixed order, one on each line, so that a change of one shows as one line."""
        lines = []
        for r in sorted(self.records.values(), key=lambda r: r.key[:-1]):  # formulas stay in the textbook's order
            own = {"name": r.name, "of": r.of, "dtype": r.dtype, "way": r.way, "formula": r.formula}
            lines.append(json.dumps({k: v for k, v in own.items() if v} | dict(r.found), ensure_ascii=False))
        about = json.dumps(self.about, indent=1)
        ACCURACY.write_text(f'{{"about": {about},\n"records": [\n' + ",\n".join(lines) + "\n]}\n", encoding="utf-8")
