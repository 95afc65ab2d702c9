"""What changed: each correction with the old value and the new, and a history of what became public when."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from generator.dataset import SHEETS
from generator.oversight.books import Books
from generator.overview.events import happened
from generator.overview.names import field_title, name_of, page_of, sheet_named
from generator.pages.downloads import table_links
from generator.pages.filters import anchor, money
from generator.pages.page import Page
from generator.pages.parts import Entry, Link
from generator.problems import Place
from generator.records import Record
from generator.registers.corrections.records import Correction, CorrectionKind
from generator.values.dates import Month
from generator.values.money import PATTERN, parse_money


@dataclass(frozen=True)
class CorrectionView:
    """A correction as it is shown: what, where, old and new, why, and by whom; private values are never repeated."""

    anchor: str
    id: str
    day: dt.date
    table: str
    name: str
    key: str
    field: str
    old: str
    new: str
    kind: CorrectionKind
    reason: str
    approved_by: str
    page: str
    place: Place


@dataclass(frozen=True)
class Changes:
    """All corrections, newest first, with the downloads of their table, and the history without them."""

    corrections: tuple[CorrectionView, ...]
    history: tuple[Entry, ...]
    links: tuple[Link, ...]


def page(books: Books) -> Page:
    """Return the page of changes."""
    newest = sorted(enumerate(books.data.corrections), key=lambda pair: (pair[1].date, -pair[0]), reverse=True)
    files = (f.path for f in books.data.files if f.sheet.name == "corrections")
    links = tuple(link for file in files for link in table_links(file))
    history = tuple(entry for entry in happened(books) if not entry.url.startswith("changes/"))
    sheets = [sheet for sheet in SHEETS if any(c.sheet == sheet.name for c in books.data.corrections)]
    known = {sheet.name: {record.key: record for record in books.data.of(sheet.record)} for sheet in sheets}
    views = tuple(_view(c, known.get(c.sheet, {}).get(c.record), books) for _, c in newest)
    context = Changes(views, history, links)
    return Page(
        "changes/", books.language.gettext("Changes"), "changes", "overview/changes.html.j2", context,
        books.language.gettext("Every published figure that was changed: old value, new value, reason and date"),
    )  # fmt: skip


def _view(correction: Correction, record: Record | None, books: Books) -> CorrectionView:
    """Return a correction as it is shown; the record may have been withdrawn since."""
    sheet = sheet_named(correction.sheet)
    language = books.language.code
    hidden = correction.kind is CorrectionKind.PRIVACY
    return CorrectionView(
        anchor(correction.id), correction.id, correction.date,
        sheet.label(language) if sheet else correction.sheet, _name(record, books) if record else "", correction.record,
        field_title(sheet, correction.field, language), "" if hidden else shown(correction.old),
        "" if hidden else shown(correction.new), correction.kind, correction.reason, correction.approved_by,
        page_of(record) if record else "", correction.place(),
    )  # fmt: skip


def _name(record: Record, books: Books) -> str:
    """Return what a record is called, with its month where it has one."""
    month = getattr(record, "month", None)
    if not isinstance(month, Month):
        return name_of(record)
    words = books.language.month(month.year, month.number)
    return words if name_of(record) == record.key else f"{name_of(record)} {words}"


def shown(text: str | None) -> str:
    """Return a value as people read it: an amount with its separators, anything else as written."""
    if text and re.fullmatch(PATTERN, text) and "." in text:
        return money(parse_money(text))
    return text or ""
