"""The scanner: looks for personal data in every file of a school's folder, also where no register reads, and tells where."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from generator.locale import Message
from generator.privacy.allowed import FILE, AllowList, row_to_add
from generator.privacy.attached.attachments import Attachments, is_attachment
from generator.privacy.attached.pieces import NOTE, REFUSED, TEXT, Piece
from generator.privacy.memory import Memory
from generator.privacy.own import SCHOOL, own_of
from generator.privacy.texts import APART, Lines, hidden_scalars, suspicious_cells, text_of
from generator.privacy.wording.detect import Match
from generator.problems import Place, Problem, Severity, ordered
from generator.reading.limits import LIMITS
from generator.reading.report import Report

CODE = "privacy"
TABLES, YAML = (".csv",), (".yml", ".yaml")
PICTURES = (".png", ".jpg", ".jpeg")
Read = Callable[[str], bytes | None]


def scan(root: Path, today: dt.date | None = None, memory: Path | None = None) -> list[Problem]:
    """Return every sign of personal data in ``root/data``, masked, and what could not be checked.

    `memory` is a folder in which it is noted which attachments are clean.
    """
    names = (path.relative_to(root).as_posix() for path in files_below(root / "data"))
    return scan_files(names, lambda name: content_of(root / name), today, memory=memory)


def files_below(folder: Path) -> list[Path]:
    """Return all files below a folder, sorted, also hidden ones; links are not followed."""
    found = [Path(at, name) for at, _, names in os.walk(folder) for name in names]
    return sorted(path for path in found if not path.is_symlink() and path.is_file())


def content_of(path: Path) -> bytes | None:
    """Return a file's bytes; only the first where it is larger than any file may be."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return file.read(LIMITS.attachment_bytes + 1)


def scan_files(
    names: Iterable[str], read: Read, today: dt.date | None = None, *, rows: bool = False, memory: Path | None = None
) -> list[Problem]:
    """Return what the scanner says of these files; `read` gives the bytes of a file by its name.

    With `rows` each alarm also says the row by which the list would allow it. That is for a clerk's own screen only: the
    row and the masked value together would tell a stranger the number.
    """
    own = own_of(read(SCHOOL))
    allowed = AllowList.read(read(FILE), today)
    names = list(names)
    problems = [*allowed.problems] if FILE in names else []
    with Attachments() as attachments:
        scanner = Scanner(allowed, attachments, Memory(memory, own), rows=rows)
        for name in names:
            data = read(name)
            if data is not None:
                problems += scanner.file(name, data)
    return ordered([*problems, *allowed.unused(set(names), read)])


class Scanner:
    """Scans files one by one for one school."""

    def __init__(self, allowed: AllowList, attachments: Attachments, memory: Memory, *, rows: bool = False) -> None:
        self.own = memory.own
        self.memory = memory
        self.allowed = allowed
        self.attachments = attachments
        self.rows = rows

    def matches(self, text: str) -> list[Match]:
        """Return what looks personal in a text and is not the school's own."""
        return self.own.matches(text)

    def hits(self, text: str) -> bool:
        """Return whether anything in a text looks personal."""
        return bool(self.matches(text))

    def file(self, name: str, data: bytes) -> list[Problem]:
        """Return what is personal in a file and in its name."""
        shown = self.masked(name)
        report = Report(shown)
        for match in self.matches(name.replace("/", APART)):
            self._alarm(report, name, Place(shown), match, Message("the name of the file or folder"))
        limit = LIMITS.attachment_bytes if is_attachment(name) else LIMITS.file_bytes
        if len(data) > limit:
            self._unchecked(report, Message("it is larger than {limit} bytes", limit=limit))
        elif is_attachment(name):
            self._attachment(report, name, data)
        elif b"\0" in data and not _is_wide(data):
            self._unchecked(report, Message("it is of a kind that nobody can look into"))
        else:
            self._text(report, name, data)
        problems = report.problems()
        return [replace(p, place=replace(p.place, file=shown)) for p in problems] if shown != name else problems

    def masked(self, text: str) -> str:
        """Return a text with everything personal in it masked."""
        return self.own.masked(text)

    def _text(self, report: Report, name: str, data: bytes) -> None:
        text = text_of(data)
        if PurePosixPath(name).suffix.lower() in TABLES:
            for cell, place in suspicious_cells(name, text, self.hits):
                for match in self.matches(cell):
                    self._alarm(report, name, place, match)
            return
        lines = Lines(name, text)
        seen = set()
        for match in self.matches(text):
            seen.add(match.digest)
            self._alarm(report, name, lines.place(match.start), match)
        if PurePosixPath(name).suffix.lower() in YAML:
            for value, place in hidden_scalars(name, data, text):
                for match in self.matches(value):
                    if match.digest not in seen:
                        self._alarm(report, name, place, match)

    def _attachment(self, report: Report, name: str, data: bytes) -> None:
        remembered = self.memory.clean(name, data)
        notes, clean = [], remembered is None
        for piece in self.attachments.pieces(name, data) if remembered is None else remembered:
            if piece.kind == NOTE:
                notes.append(piece)
                report.note(CODE, Place(report.file), piece.where, Message("look at it yourself"))
            elif piece.kind == TEXT:
                clean = not self._piece(report, name, piece) and clean
            elif piece.kind == REFUSED:
                clean = False
                self._unchecked(report, piece.where)
            else:
                clean = False
                report.add(
                    CODE, Place(report.file), Message("The picture states where it was taken"),
                    Message("remove the position: save the picture again without metadata, or take a picture of the screen"),
                )  # fmt: skip
        if clean:
            self.memory.keep(name, data, notes)
        if name.lower().endswith(PICTURES):
            what = Message("text inside a picture cannot be checked")
            report.note(CODE, Place(report.file), what, Message("look at it yourself"))

    def _piece(self, report: Report, name: str, piece: Piece) -> bool:
        """Report what is personal in a part of an attachment, each value of each cell once; return whether there is any."""
        if not self.hits(APART.join(piece.texts)):
            return False
        where = Message(piece.where.text, **{key: self.masked(str(value)) for key, value in piece.where.values.items()})
        seen = set()
        for at, text in enumerate(piece.texts):
            cell = piece.cells[at] if piece.cells else ""
            for match in self.matches(text):
                if (cell, match.digest) not in seen:
                    seen.add((cell, match.digest))
                    self._alarm(report, name, Place(report.file, cell=self.masked(cell)), match, where)
        return True

    def _alarm(self, report: Report, name: str, place: Place, match: Match, where: Message | None = None) -> None:
        """Report one value, unless the list allows it."""
        row = self.allowed.row(name, match)
        if row is not None and self.allowed.valid(row):
            return
        looks = Message("“{masked}” looks like personal data: {kind}", masked=match.masked, kind=match.kind)
        if where is not None:
            looks = Message("{where}: {message}", where=where, message=looks)
        if row is not None:
            fix = Message(
                "the row of {file} that allowed it ended on {day}; delete the value, or let the row be approved anew",
                file=FILE, day=row.until,
            )  # fmt: skip
        elif self.rows:
            fix = Message("the row for {file}: {row}", file=FILE, row=row_to_add(name, match, self.allowed.today))
        else:
            fix = Message(
                "delete it and name the post, not the person; where it is nobody's, type: mingzhang scan --rows"
            )
        related = (row.place("until"),) if row is not None else ()
        report.add(CODE, place, looks, fix, value=match.masked, related=related)

    def _unchecked(self, report: Report, reason: Message) -> None:
        """Report a file that cannot be looked into, which is never passed in silence."""
        report.add(
            CODE, Place(report.file), Message("It cannot be checked for personal data: {reason}", reason=reason),
            Message("save it again in another way, or leave it out"), severity=Severity.ERROR,
        )  # fmt: skip


def _is_wide(data: bytes) -> bool:
    """Return whether bytes with NULs may be text in UTF-16."""
    return data.startswith((b"\xff\xfe", b"\xfe\xff")) or (data[0::2].count(0) == 0) != (data[1::2].count(0) == 0)
