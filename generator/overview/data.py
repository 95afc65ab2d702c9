"""The data: every table to download, and the dictionary of all sheets and columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from generator.commit import Commit
from generator.dataset import SHEETS
from generator.locale import Labelled
from generator.outputs.dictionary import choices, example, file_of, parts
from generator.outputs.downloads import DICTIONARY, INDEX, corrections_of
from generator.oversight.books import Books
from generator.pages.downloads import EVERYTHING, table_links
from generator.pages.filters import anchor
from generator.pages.page import Page
from generator.pages.parts import Link
from generator.records import DataFile, Sheet
from generator.values.choice import Choice

SHORT = 12


@dataclass(frozen=True)
class TableView:
    """One file of `data/` with its downloads, its rows, and how many corrections were made in it."""

    sheet: str
    title: str
    file: str
    rows: int
    corrections: int
    sha256: str
    short: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class TableGroup:
    """The tables of the whole school, of one term or of one year."""

    title: str
    tables: tuple[TableView, ...]


@dataclass(frozen=True)
class DataPage:
    """All tables; ``everything`` is the zip with its size where that is known."""

    groups: tuple[TableGroup, ...]
    count: int
    rows: int
    changed: dt.date | None
    commit: str
    everything: tuple[Link, ...]
    index: str


@dataclass(frozen=True)
class ColumnView:
    """One column of the dictionary."""

    title: str
    other: str
    name: str
    kind: Labelled | None
    required: bool
    key: bool
    path: bool
    choices: tuple[Choice, ...]
    about: str
    example: str


@dataclass(frozen=True)
class PartView:
    """The columns of a sheet or, with a title, of the entries of one of its lists."""

    title: str
    columns: tuple[ColumnView, ...]


@dataclass(frozen=True)
class SheetView:
    """One sheet of the dictionary."""

    name: str
    title: str
    file: str
    document: bool
    parts: tuple[PartView, ...]


@dataclass(frozen=True)
class DictionaryPage:
    """The data dictionary."""

    sheets: tuple[SheetView, ...]
    trail: tuple[Link, ...]
    jumps: tuple[Link, ...]
    download: tuple[Link, ...]


def page(books: Books, commit: Commit, files: Mapping[str, bytes]) -> Page:
    """Return the page of all tables; ``files`` gives the sizes of the downloads that are made already."""
    groups = tuple(TableGroup(title, tuple(tables)) for title, tables in _grouped(books).items())
    data = books.data.files
    size = size_words(len(files[EVERYTHING])) if EVERYTHING in files else ""
    say = books.language.gettext
    context = DataPage(
        groups, len(data), sum(len(file.records) for file in data), commit.day if commit.known else None,
        commit.short, (Link(say("everything as one zip"), EVERYTHING, note=size),), INDEX,
    )  # fmt: skip
    about = say("Every table as CSV, CSV for Excel and JSON, with hashes and a dictionary")
    return Page("data/", say("Data"), "data", "overview/data.html.j2", context, about)


def size_words(size: int) -> str:
    """Return a size in bytes as people read it."""
    kilobytes = -(-size // 1024)
    return f"{kilobytes} KB" if kilobytes < 1024 else f"{kilobytes // 1024}.{kilobytes % 1024 * 10 // 1024} MB"


def _grouped(books: Books) -> dict[str, list[TableView]]:
    """Return the tables by the school, the years and the terms that they belong to, the newest of these first."""
    groups: dict[str, list[TableView]] = {books.language.gettext("The whole school"): []}
    for file in sorted(books.data.files, key=lambda f: (-_age(f, books), SHEETS.index(f.sheet))):
        groups.setdefault(_group(file, books), []).append(_table(file, books))
    return groups


def _age(file: DataFile, books: Books) -> int:
    """Return a number that is greater the newer the period of a file is; terms come before years."""
    _, kind, period, *_ = [*file.path.split("/"), "", ""]
    if kind == "terms" and (term := books.data.term(period)):
        return term.start.toordinal() * 10
    if kind == "finance" and period.isdigit():
        return dt.date(min(int(period), 9998), 1, 1).toordinal() * 10 - 1
    return 10**9


def _group(file: DataFile, books: Books) -> str:
    _, kind, period, *_ = [*file.path.split("/"), "", ""]
    if kind == "terms":
        term = books.data.term(period)
        return term.name if term else period
    if kind == "finance":
        return f"{period}年" if books.language.code == "zh" else period
    return books.language.gettext("The whole school")


def _table(file: DataFile, books: Books) -> TableView:
    return TableView(
        file.sheet.name, file.sheet.label(books.language.code), file.path, len(file.records),
        len(corrections_of(books, file)), file.sha256,
        file.sha256[:SHORT], table_links(file.path),
    )  # fmt: skip


def dictionary_page(books: Books) -> Page:
    """Return the data dictionary."""
    say = books.language.gettext
    title = say("Data dictionary")
    trail = (Link(say("Data"), "data/"), Link(title, "data/dictionary/", current=True))
    sheets = tuple(_sheet(sheet, books) for sheet in SHEETS)
    jumps = tuple(Link(sheet.title, f"data/dictionary/#{anchor(sheet.name)}") for sheet in sheets)
    context = DictionaryPage(sheets, trail, jumps, (Link("JSON", DICTIONARY),))
    about = say("What every table and every column means, and how it is filled in")
    return Page("data/dictionary/", title, "data", "overview/dictionary.html.j2", context, about)


def _sheet(sheet: Sheet, books: Books) -> SheetView:
    code = books.language.code
    found = []
    for part in parts(sheet.record):
        columns = []
        for t in part.columns:
            words = choices(part.model.model_fields[t.name])
            other = t.label("en" if code == "zh" else "zh")
            columns.append(
                ColumnView(
                    t.label(code), other, t.name, None if words and t.kind is None else t.kind, t.required,
                    t.key or t.path, t.path, words, t.about[0 if code == "zh" else 1], example(t, words, code),
                )
            )  # fmt: skip
        found.append(PartView(part.title.label(code) if part.title else "", tuple(columns)))
    return SheetView(sheet.name, sheet.label(code), file_of(sheet), sheet.document, tuple(found))
