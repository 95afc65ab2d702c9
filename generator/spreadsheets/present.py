"""The rows that a register has now, as they stand in its file: what a template is filled with, and what an import merges into."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from generator.canonical import text_of
from generator.dataset import load_file
from generator.problems import Problem, Severity
from generator.reading import Row, read_csv
from generator.records import Record, Sheet, columns
from generator.spreadsheets.words import table_titles
from generator.values.choice import Choice


@dataclass(frozen=True)
class Present:
    """One file of a register: its path, its columns, its records with the row of each, its total rows, its problems."""

    path: str
    names: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()
    rows: tuple[Row, ...] = ()
    totals: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    content: bytes | None = field(default=None, repr=False)

    @property
    def errors(self) -> list[Problem]:
        """What is wrong in the file, so that its rows cannot all be told."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]

    def lines(self) -> list[Row]:
        """Return rows and total rows in the order of the file."""
        return sorted((*self.rows, *self.totals), key=lambda row: row.number)

    def texts(self, row: Row) -> dict[str, str]:
        """Return the cells of a row by the names of their columns."""
        return dict(zip(self.names, row.texts, strict=True))


def written(value: object, language: str) -> str:
    """Return a value as a cell of a file says it, the word of a choice in the language of the school."""
    return value.label(language) if isinstance(value, Choice) else text_of(value)


def path_of(sheet: Sheet, folder: str) -> str:
    """Return the file of a register in the folder of a term or year, below the school's folder."""
    return f"data/{sheet.path.format(term=folder, year=folder)}.csv"


def path_values(sheet: Sheet, folder: str) -> dict[str, str]:
    """Return what the path of a register's file states: its term or its year."""
    return {name: folder for name in ("term", "year") if f"{{{name}}}" in sheet.path}


def present(root: Path, sheet: Sheet, folder: str) -> Present:
    """Return a register's file as it is; one that is not there has no rows."""
    path = path_of(sheet, folder)
    file = root / path
    if not file.is_file():
        return Present(path)
    content = file.read_bytes()
    table, _ = read_csv(content, path, columns(sheet.record))
    records, problems = load_file(content, path, sheet, path_values(sheet, folder))
    if table is None:
        return Present(path, problems=tuple(problems), content=content)
    rows = tuple(record._source for record in records if isinstance(record._source, Row))
    return Present(path, table.columns, tuple(records), rows, tuple(table.totals), tuple(problems), content)


def all_names(sheet: Sheet) -> tuple[str, ...]:
    """Return the names of all columns that a register's table may have, in their declared order."""
    return tuple(title.name for title in table_titles(sheet.record))
