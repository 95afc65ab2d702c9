"""The list of what looks personal and is not: `data/privacy-allowed.csv`, one row for each value in one file.

A row names a value by four letters only. So many numbers share them (one of 65,536) that the list gives nobody back a
number, and they hold for one file and one kind, so that another number passes by chance as rarely.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from generator.dataset import load_file
from generator.locale import Message
from generator.privacy.wording.detect import Match
from generator.problems import Problem, Severity
from generator.records import Record, Sheet, column
from generator.values.dates import Day
from generator.values.text import Code, Text

FILE = "data/privacy-allowed.csv"
LETTERS = "bcdfghjkmnpqrstw"
"""Sixteen letters that make neither words nor what a spreadsheet takes for a number."""


class Allowed(Record):
    """One value that looks personal and is not, why, who says so, and until when."""

    mark: Code = column("代号", "Mark", key=True, about=("检查时给出的四个字母", "four letters that the check prints"))
    file: Text = column("文件", "File", key=True)
    kind: Text = column("看似", "Looks like")
    reason: Text = column("理由", "Reason")
    approved_by: Text = column("批准岗位", "Approved by", about=("写岗位，不写姓名", "a post, never a name"))
    until: Day = column("有效期至", "Until")


SHEET = Sheet("privacy-allowed", Allowed, "privacy-allowed", ("误报名单", "Allowed values"))


def mark(file: str, match: Match) -> str:
    """Return the four letters by which the list names a value found in `file`."""
    told = "\n".join(("mingzhang privacy 1", file, match.kind.en, match.digest))
    number = int.from_bytes(hashlib.sha256(told.encode()).digest()[:2], "big")
    return "".join(LETTERS[number >> shift & 15] for shift in (12, 8, 4, 0))


@dataclass
class AllowList:
    """The rows of the list, which of them were needed, and what is wrong in the list itself."""

    rows: tuple[Allowed, ...] = ()
    problems: tuple[Problem, ...] = ()
    today: dt.date | None = None
    used: set[Allowed] = field(default_factory=set)

    @classmethod
    def read(cls, data: bytes | None, today: dt.date | None) -> AllowList:
        """Return the list that the file's bytes hold, on the day `today`; an empty one without a file."""
        if data is None:
            return cls(today=today)
        records, problems = load_file(data, FILE, SHEET, {})
        return cls(tuple(r for r in records if isinstance(r, Allowed)), tuple(problems), today)

    def row(self, file: str, match: Match) -> Allowed | None:
        """Return the row that names this value in this file, whether still valid or not, and remember it as needed."""
        letters = mark(file, match)
        for row in self.rows:
            if row.mark == letters and row.file == file and row.kind in (match.kind.zh, match.kind.en):
                self.used.add(row)
                return row
        return None

    def anywhere(self, match: Match) -> bool:
        """Return whether a valid row names this value in whatever file: for the site, which is made of all of them."""
        return any(self.valid(row) and row.mark == mark(row.file, match) for row in self.rows)

    def valid(self, row: Allowed) -> bool:
        """Return whether a row still holds."""
        return self.today is None or row.until >= self.today

    def unused(self, files: Collection[str], read: Callable[[str], bytes | None]) -> Iterator[Problem]:
        """Yield a warning for each row that names nothing, as far as the `files` that were looked at can tell."""
        for row in self.rows:
            if row not in self.used and (row.file in files or read(row.file) is None):
                yield Problem(
                    row.place("mark"), "privacy", Message("this row names nothing that stands in {file}", file=row.file),
                    Message("delete the row"), Severity.WARNING, row.mark,
                )  # fmt: skip


def row_to_add(file: str, match: Match, today: dt.date | None) -> Message:
    """Return the row of the list that would allow this value for a year; reason and post are for people to fill in."""
    until = (today or dt.date(2025, 1, 1)) + dt.timedelta(365)
    return Message(
        "{mark},{file},{kind},,,{until}", mark=mark(file, match), file=file, kind=match.kind, until=str(until)
    )
