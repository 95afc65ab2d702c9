"""Finds the titles of a table in a sheet, below title rows and over one or two lines, and the register that they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from generator.locale import Message
from generator.problems import Problem, Severity, closest, spreadsheet_column
from generator.records import Sheet, columns
from generator.spreadsheets.grid import Grid
from generator.spreadsheets.named import folder_kind
from generator.spreadsheets.words import table_titles

SEARCHED = 20
SHARE = 0.6
NUMBERING = frozenset({"序号", "行号", "编次", "no", "no.", "#", "nr", "number"})
FOLDER_TITLES = {"term": ("学期", "term"), "year": ("年度", "年份", "year")}
UNIT = re.compile(r"[（(][^（）()]*[）)]$")
DECORATION = "*＊★※:：　 "


def title_key(text: str) -> str:
    """Return a title as titles are compared: without spaces, line breaks, stars, and case."""
    return "".join(text.split()).strip(DECORATION).casefold()


@cache
def known_titles(sheet: Sheet) -> Mapping[str, str]:
    """Return every title that a table may use, with the name of its column."""
    found: dict[str, str] = {}
    for title in table_titles(sheet.record):
        found |= {title_key(word): title.name for word in (title.name, title.en, title.zh)}
    return found


@cache
def retired_titles(sheet: Sheet) -> Mapping[str, str]:
    """Return the titles of columns that an earlier version used, and that nothing reads any more."""
    retired = [column for column in columns(sheet.record) if getattr(column, "retired", None)]
    return {title_key(word): column.name for column in retired for word in (column.name, *column.titles)}


@cache
def required_names(sheet: Sheet) -> frozenset[str]:
    """Return the columns that a table must have."""
    return frozenset(column.name for column in columns(sheet.record) if column.required)


@dataclass(frozen=True)
class Header:
    """The titles of one table: its register, its first and last row from 0, and where each column stands.

    ``folder`` is the column that names the term or year, ``others`` are columns that no register has, by their titles.
    """

    sheet: Sheet
    top: int
    bottom: int
    columns: Mapping[str, int]
    folder: int | None = None
    others: tuple[tuple[int, str], ...] = ()
    repeated: tuple[tuple[int, int], ...] = ()

    @property
    def missing(self) -> list[str]:
        """The required columns that are not there, in their declared order."""
        return [t.name for t in table_titles(self.sheet.record)
                if t.name in required_names(self.sheet) and t.name not in self.columns]  # fmt: skip

    def rank(self) -> tuple[int, int, int]:
        """Order headers from the best to the worst."""
        return (len(self.missing), -len(self.columns), len(self.others))


def name_of(text: str, sheet: Sheet) -> str | None:
    """Return the column that a title means, also with a unit in brackets behind it: 收费标准（元）."""
    known = known_titles(sheet)
    key = title_key(text)
    return known.get(key) or known.get(title_key(UNIT.sub("", key)))


def header_of(grid: Grid, sheets: Sequence[Sheet]) -> list[Header]:
    """Return the best headers of a sheet, several only where its titles fit several registers equally well."""
    found = [header for sheet in sheets for header in _candidates(grid, sheet)]
    if not found:
        return []
    best = min(header.rank()[:2] for header in found)
    top: dict[str, Header] = {}
    for header in sorted((h for h in found if h.rank()[:2] == best), key=lambda h: (h.bottom - h.top, h.rank(), h.top)):
        top.setdefault(header.sheet.name, header)
    named = [header for header in top.values() if any(grid.name.startswith(word) for word in header.sheet.title)]
    return named[:1] if len(top) > 1 and named else list(top.values())


def _candidates(grid: Grid, sheet: Sheet) -> Iterator[Header]:
    """Yield the rows, and pairs of rows, of a sheet that may be the titles of a register."""
    for top in range(min(SEARCHED, len(grid.rows))):
        if (header := _read(grid, sheet, top, top)) is not None:
            yield header
        merged = any(area.top <= top <= area.bottom for area in grid.merged)
        if merged and top + 1 < len(grid.rows) and (header := _read(grid, sheet, top, top + 1)) is not None:
            yield header


def _titles(grid: Grid, top: int, bottom: int) -> list[str]:
    """Return the text of each column of a header; of two lines the lower one counts where it says something."""
    width = max(len(grid.rows[row]) for row in range(top, bottom + 1))
    texts = [grid.cell(bottom, column).text for column in range(width)]
    if top == bottom:
        return texts
    return [text or grid.cell(top, column).text for column, text in enumerate(texts)]


def _read(grid: Grid, sheet: Sheet, top: int, bottom: int) -> Header | None:
    """Return the header in these rows, or None where too few titles are known."""
    texts = _titles(grid, top, bottom)
    found: dict[str, int] = {}
    others, repeated = [], []
    folder = None
    for at, text in enumerate(texts):
        if not text:
            continue
        name = name_of(text, sheet)
        if name is None and title_key(text) in FOLDER_TITLES.get(folder_kind(sheet), ()):
            folder = at
        elif name is None:
            others.append((at, text))
        elif name in found:
            repeated.append((at, found[name]))
        else:
            found[name] = at
    filled = len(found) + len(others)
    known = len(table_titles(sheet.record))
    if not found or not (len(found) >= SHARE * known or (len(found) >= 2 and len(found) >= SHARE * filled)):
        return None
    return Header(sheet, top, bottom, found, folder, tuple(others), tuple(repeated))


def header_problems(grid: Grid, header: Header, used: Sequence[int]) -> Iterator[Problem]:
    """Yield what is wrong with the titles of a table; `used` are the columns in which its rows hold something."""
    sheet = header.sheet
    by_name = {title.name: title for title in table_titles(sheet.record)}
    known = {key: by_name[name] for key, name in known_titles(sheet).items()}
    meant = set()
    for at, text in header.others:
        place = grid.place(header.bottom, at)
        if title_key(text) in NUMBERING or at not in used or title_key(text) in retired_titles(sheet):
            why = Message("the column “{title}” is no part of this register and was left out", title=text)
            yield Problem(place, "left-out", why, severity=Severity.NOTE, value=text)
            continue
        near = closest(title_key(text), known)
        meant |= {known[near].name} if near else set()
        fix = (
            Message("did you mean “{title}”?", title=known[near]) if near
            else Message("delete the column, or give it one of these titles: {titles}", titles=list(by_name.values()))
        )  # fmt: skip
        yield Problem(place, "header", Message("Unknown column “{title}”", title=text), fix, value=text)
    titled = {
        *header.columns.values(),
        *(at for at, _ in header.others),
        *(at for at, _ in header.repeated),
        header.folder,
    }
    for at in used:
        if at not in titled:
            message = Message("Column {letter} has no title", letter=spreadsheet_column(at))
            yield Problem(
                grid.place(header.bottom, at), "header", message, Message("give it a title, or delete the column")
            )
    for at, first in header.repeated:
        text = grid.cell(header.bottom, at).text
        yield Problem(
            grid.place(header.bottom, at), "header", Message("Column “{title}” stands here a second time", title=text),
            Message("delete one of the two"), value=text, related=(grid.place(header.bottom, first),),
        )  # fmt: skip
    for name in header.missing:
        if name not in meant:
            yield Problem(
                grid.place(header.bottom), "header", Message("The column “{title}” is missing", title=by_name[name]),
                Message("add it to the header, even if its cells are still empty"),
            )  # fmt: skip
