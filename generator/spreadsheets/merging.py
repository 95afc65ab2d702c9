"""Merges the rows of sheets into a register's file by their keys: what changes, what is new, and the bytes that result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from pathlib import Path
from typing import Any

from generator.dataset import load_file
from generator.loading import duplicates, from_rows
from generator.locale import Message
from generator.problems import Place, Problem, Severity
from generator.reading import Row, Table
from generator.records import Record, Sheet, Title
from generator.repair import write_table
from generator.repair.writing import leads_away
from generator.spreadsheets.header import required_names
from generator.spreadsheets.present import Present, all_names, path_of, path_values, present, written
from generator.spreadsheets.taking import SheetRow
from generator.spreadsheets.words import table_titles


@dataclass(frozen=True, slots=True)
class Changed:
    """One value that an import changes: of which record and column, from what to what, and the cell that says so."""

    record: str
    title: Title
    old: str
    new: str
    place: Place


@dataclass(slots=True)
class Entry:
    """One line of the file to be written: its cells by column, the row that stood there before, and the row that says it now."""

    cells: dict[str, str]
    origin: Row
    source: Row

    @classmethod
    def of(cls, record: Record) -> Entry:
        """Return the line of a record that a sheet gives."""
        row = _row(record)
        return cls(dict(zip(row.names, row.texts, strict=True)), row, row)


@dataclass
class Merged:
    """What an import makes of one file: its bytes before (None: it is new) and after, and what lies between them."""

    path: str
    sheet: Sheet
    folder: str
    before: bytes | None = None
    after: bytes = b""
    changed: list[Changed] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    same: int = 0
    totals: list[tuple[str, str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    records: tuple[Record, ...] = ()
    given: tuple[Record, ...] = ()
    entries: list[Entry] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        """Whether the file would be another one."""
        return self.before != self.after

    def located(self, problem: Problem) -> Problem:
        """Return a problem of the file to be written with the cell of the spreadsheet that it comes from."""
        places = [self._source(place) for place in (problem.place, *problem.related)]
        return replace(problem, place=places[0], related=tuple(places[1:]))

    def _source(self, place: Place) -> Place:
        if place.file != self.path or not place.cell:
            return place
        letters = "".join(takewhile(str.isalpha, place.cell))
        at, number = _index(letters), int(place.cell[len(letters) :]) - 2
        if not 0 <= number < len(self.entries) or at >= len(self.names):
            return place
        source = self.entries[number].source
        return source.place_of(self.names[at]) if isinstance(source, SheetRow) else place


def _index(letters: str) -> int:
    """Return the number from 0 of a column by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def merged(
    root: Path, sheet: Sheet, folder: str, rows: Sequence[SheetRow], language: str, *, replace_all: bool = False
) -> Merged:
    """Return what a register's file becomes when these rows, all of one header's columns, are put into it by their keys."""
    if (root / (path := path_of(sheet, folder))).is_symlink() or leads_away(root, path):
        message = Message("the way to {file} is a link to elsewhere, which is not followed", file=path)
        problem = Problem(Place(path), "target", message, Message("put the folder and the file themselves there"))
        return Merged(path, sheet, folder, problems=[problem])
    now = present(root, sheet, folder)
    found = Merged(now.path, sheet, folder, now.content, now.content or b"")
    other = (root / now.path).with_suffix(".yml")
    if other.exists():
        found.problems.append(_kept_as_yaml(now.path, other.name))
        return found
    if now.errors and not replace_all:
        found.problems += now.errors
        return found
    records, problems = _records(sheet, folder, rows)
    found.given = tuple(records)
    found.problems += [*problems, *duplicates(records)]
    if found.problems:
        return found
    lines = _replaced(found, now, records, language) if replace_all else _put_in(found, now, records, language)
    found.entries = lines
    used = {name for entry in lines for name, text in entry.cells.items() if text}
    first = () if now.names else required_names(sheet)
    found.names = [name for name in all_names(sheet) if name in {*now.names, *used, *first}]
    if now.content is None or found.changed or found.added or found.removed:
        _write(found, language)
    else:
        found.records = now.records
    return found


def _kept_as_yaml(path: str, other: str) -> Problem:
    message = Message("this register is kept as {file}, and the import writes tables only", file=other)
    return Problem(Place(path), "target", message, Message("edit that file, or turn it into a table first"))


def _records(sheet: Sheet, folder: str, rows: Sequence[SheetRow]) -> tuple[list[Record], list[Problem]]:
    """Return the records of rows that may come from several sheets with different columns."""
    records: list[Record] = []
    problems: list[Problem] = []
    for start, end in _runs(rows):
        part = rows[start:end]
        table = Table(part[0].grid.file, tuple(part[0].names), part[0], list(part))
        more, wrong = from_rows(sheet.record, table, path_values(sheet, folder))
        records += more
        problems += wrong
    return records, problems


def _runs(rows: Sequence[SheetRow]) -> list[tuple[int, int]]:
    """Return where rows of the same columns begin and end."""
    starts = [at for at, row in enumerate(rows) if at == 0 or row.names != rows[at - 1].names]
    return list(zip(starts, [*starts[1:], len(rows)], strict=True))


def _key(record: Record) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for name in record.key_fields())


def _row(record: Record) -> SheetRow:
    """Return the row of the sheet that a record comes from."""
    row = record._source
    if not isinstance(row, SheetRow):
        raise TypeError(f"{record.key} does not come from a sheet")
    return row


def _put_in(found: Merged, now: Present, records: Sequence[Record], language: str) -> list[Entry]:
    """Return the lines of the file with changed values in their places and new rows behind the row that they follow."""
    new = {_key(record): record for record in records}
    old = {id(record._source): record for record in now.records}
    lines: list[Entry] = []
    for row in now.lines():
        entry = Entry(now.texts(row), row, row)
        record = old.get(id(row))
        lines.append(entry)
        if record is None:
            continue
        if (fresh := new.get(_key(record))) is None:
            found.kept.append(record.key)
        else:
            _change(found, entry, record, fresh, language)
    return _with_new(
        found, lines, records, {_key(record): line for line in lines if (record := old.get(id(line.origin)))}
    )


def _with_new(
    found: Merged, lines: Sequence[Entry], records: Sequence[Record], there: Mapping[tuple[Any, ...], Entry]
) -> list[Entry]:
    """Return the lines with each new row behind the known row that it follows in the sheet, else behind the last row."""
    behind: dict[int, list[Entry]] = {}
    last = next((line for line in reversed(lines) if any(line is known for known in there.values())), None)
    before = last
    for record in records:
        if (known := there.get(_key(record))) is not None:
            before = known
            continue
        found.added.append(record.key)
        behind.setdefault(id(before), []).append(Entry.of(record))
    result = [more for line in lines for more in (line, *behind.get(id(line), ()))]
    return result if last else [*behind.get(id(None), ()), *result]


def _change(found: Merged, entry: Entry, old: Record, new: Record, language: str) -> None:
    """Put the values of a row of the sheet into the line of the file, and note each that differs."""
    row = _row(new)
    by_name = {title.name: title for title in table_titles(found.sheet.record)}
    differs = [name for name in row.names if getattr(old, name) != getattr(new, name)]
    cells = dict(zip(row.names, row.texts, strict=True))
    for name in differs:
        before = written(getattr(old, name), language)
        found.changed.append(Changed(new.key, by_name[name], before, cells[name], row.place_of(name)))
        entry.cells[name] = cells[name]
    if differs:
        entry.source = row
    else:
        found.same += 1


def _replaced(found: Merged, now: Present, records: Sequence[Record], language: str) -> list[Entry]:
    """Return the rows of the sheet as the whole file, noting what changes and what goes."""
    old = {_key(record): record for record in now.records}
    left = {_key(record) for record in records}
    found.removed = [record.key for key, record in old.items() if key not in left]
    lines = []
    for record in records:
        before = old.get(_key(record))
        if before is None or not isinstance(origin := before._source, Row):
            found.added.append(record.key)
            lines.append(Entry.of(record))
            continue
        entry = Entry(now.texts(origin), origin, origin)
        _change(found, entry, before, record, language)
        lines.append(entry)
    return [*lines, *(Entry(now.texts(row), row, row) for row in now.totals)]


def _write(found: Merged, language: str) -> None:
    """Make the bytes of the file and read them as the check will, working out anew the totals that changed."""
    values = path_values(found.sheet, found.folder)
    records: list[Record] = []
    problems: list[Problem] = []
    for _ in range(2):
        found.after = write_table(found.sheet, [entry.cells for entry in found.entries], found.names, language)
        records, problems = load_file(found.after, found.path, found.sheet, values)
        stale = [
            p for p in problems if p.code == "total" and p.severity is Severity.ERROR and "sum" in p.message.values
        ]
        if not stale:
            break
        for problem in stale:
            _sum_up(found, problem)
    found.records = tuple(records)
    found.problems += [found.located(p) for p in problems if p.severity is Severity.ERROR]


def _sum_up(found: Merged, problem: Problem) -> None:
    """Put the sum of its rows into a total row of the file."""
    letters = "".join(takewhile(str.isalpha, problem.place.cell))
    cells = found.entries[int(problem.place.cell[len(letters) :]) - 2].cells
    name = found.names[_index(letters)]
    label = next(text for text in cells.values() if text)
    total = written(problem.message.values["sum"], "zh")
    found.totals.append((label, cells[name], total))
    cells[name] = total


def key_words(sheet: Sheet, record: str, folder: str) -> str:
    """Return a record's key without the term or year that its file is for."""
    return record.removeprefix(f"{folder}/") if folder else record


def replaced_files(found: Sequence[Merged]) -> Mapping[str, bytes]:
    """Return the files that differ, by their paths below the school's folder."""
    return {each.path: each.after for each in found if each.differs}
