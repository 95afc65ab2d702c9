"""Corrections beside the values that they changed: what was published before, since when it is otherwise, and why.

Draw with ``{% import "pages/corrected.html.j2" as corrected %}``: ``was`` stands after the value that holds now, ``rest``
tells of the fields that a page has no place for, and ``foot`` of records that are withdrawn or not shown at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Protocol

from generator.dataset import SHEETS, Dataset
from generator.locale import Labelled, Language, language
from generator.pages.filters import anchor
from generator.pages.worded import Cell, cell_of, difference, in_words
from generator.records import Record, Sheet
from generator.references import WHOLE, WHOLE_WORDS, within
from generator.registers.corrections.records import Correction, CorrectionKind
from generator.registers.fees.records import Settlement


class HasData(Protocol):
    """Books, or anything else that holds the school's data."""

    @property
    def data(self) -> Dataset:
        """The records of the school."""
        ...


@dataclass(frozen=True, slots=True)
class Amendment:
    """One correction as pages tell of it, in the words of the site's language.

    ``record`` is the key in full and ``name`` what people call it (empty where it is gone); ``field`` is the English name
    of the field, or ``*`` for the whole record, and ``title`` its word for readers. ``old`` and ``new`` are None where there
    was nothing or where privacy forbids to repeat it; ``number`` says that they are amounts, and ``difference`` what the new one
    is more or less. ``gone`` records are not in the data any more.
    """

    id: str
    date: dt.date
    sheet: str
    table: str
    record: str
    name: str
    field: str
    title: str
    old: str | None
    new: str | None
    difference: str
    number: bool
    kind: Labelled
    private: bool
    gone: bool
    reason: str
    approved_by: str

    @property
    def url(self) -> str:
        """The address of the correction on the site."""
        return f"changes/#{anchor(self.id)}"

    @property
    def anchor(self) -> str:
        """The id of the correction where a page tells of a record that it does not show."""
        return f"was-{anchor(self.id)}"

    @property
    def whole(self) -> bool:
        """Whether the correction speaks of the whole record."""
        return self.field == WHOLE


Amended = Mapping[str, tuple[Amendment, ...]]
"""The corrections of one record by the English name of the field, oldest first."""


def corrections_of(books: HasData, sheet: str, record: Record, field: str) -> tuple[Amendment, ...]:
    """Return what corrected one value of a record, oldest first.

    `sheet` is the name of the table, such as ``fees``; a correction may name the field in English or Chinese.
    """
    return amended(books, sheet, record).get(field, ())


def amended(books: HasData, sheet: str, record: Record, *above: Record) -> Amended:
    """Return all corrections of a record by the name of the field, oldest first.

    ``above`` are the records that it stands in, the outermost first: the plan and the area of a measure.
    """
    own = _index(books.data).get(sheet)
    return own.get(key_of(sheet, record, *above), {}) if own else {}


def amended_within(books: HasData, sheet: str, document: Record) -> Mapping[str, Amended]:
    """Return the corrections of a document and of every record that it lists, by their keys in full; {} for those without."""
    own = _index(books.data).get(sheet, {})
    return {item.record: own.get(item.record, {}) for item in within(sheet, document)}


def key_of(sheet: str, record: Record, *above: Record) -> str:
    """Return the key of a record in full: ``2023-spring/A1/m1.1``, ``school/C01``."""
    outer, *inner = (*above, record)
    return "/".join([outer.key or sheet, *(each.key for each in inner)])


def left_over(
    books: HasData, sheets: Iterable[str], scope: str = "", shown: Container[tuple[str, str]] = ()
) -> tuple[Amendment, ...]:
    """Return the corrections of these tables that a page has no row for, oldest first: the record is withdrawn, or the
    page does not show it. ``scope`` is how the keys begin that belong to the page, ``shown`` are table and key of its rows."""
    index = _index(books.data)
    found = [
        amendment
        for sheet in sheets
        for key, fields in index.get(sheet, {}).items()
        if key.startswith(scope) and (sheet, key) not in shown
        for amendments in fields.values()
        for amendment in amendments
    ]
    return tuple(sorted(found, key=lambda amendment: (amendment.date, amendment.id)))


def all_amendments(books: HasData) -> tuple[Amendment, ...]:
    """Return every correction of the school in the order of its register."""
    known = {
        a.id: a
        for fields in _index(books.data).values()
        for own in fields.values()
        for each in own.values()
        for a in each
    }
    return tuple(known[correction.id] for correction in books.data.corrections if correction.id in known)


@lru_cache(maxsize=1)
def _index(data: Dataset) -> Mapping[str, Mapping[str, Amended]]:
    """Return the corrections by table, key in full and field, oldest first."""
    words = language(data.school.language.en)
    found: dict[str, dict[str, dict[str, list[Amendment]]]] = {}
    known = {name: dict(_named(data, name)) for name in dict.fromkeys(c.sheet for c in data.corrections)}
    for correction in sorted(data.corrections, key=lambda c: (c.date, c.id)):
        key, record = known[correction.sheet].get(correction.record, (correction.record, None))
        amendment = _amendment(
            correction, key, record, called(record, data, words) if record is not None else "", words
        )
        found.setdefault(correction.sheet, {}).setdefault(key, {}).setdefault(amendment.field, []).append(amendment)
    return {
        sheet: {key: {field: tuple(each) for field, each in fields.items()} for key, fields in own.items()}
        for sheet, own in found.items()
    }


def _named(data: Dataset, sheet: str) -> Iterator[tuple[str, tuple[str, Record]]]:
    """Yield every text that names a corrected record of a table, with its key in full and the record."""
    wanted = {c.record for c in data.corrections if c.sheet == sheet}
    for file in data.files:
        if file.sheet.name != sheet:
            continue
        for record in file.records:
            if file.sheet.document:
                yield from ((name, (s.record, s.value)) for s in within(sheet, record) for name in s.names)
            elif (key := record.key) in wanted:
                yield key, (key, record)


@cache
def _sheet(name: str) -> Sheet | None:
    return next((sheet for sheet in SHEETS if sheet.name == name), None)


def _amendment(correction: Correction, key: str, record: Record | None, name: str, words: Language) -> Amendment:
    """Return a correction in words; of a private one neither the old value nor the new."""
    sheet, whole = _sheet(correction.sheet), correction.field in WHOLE_WORDS
    private = correction.kind is CorrectionKind.PRIVACY
    model = type(record) if record is not None else sheet.record if sheet else None
    cell = cell_of(model, correction.field) if model and not whole else Cell(correction.field)
    return Amendment(
        id=correction.id, date=correction.date, sheet=correction.sheet, table=sheet.label(words.code) if sheet else correction.sheet, record=key,
        name=name, field=WHOLE if whole else cell.name,
        title=words.gettext("whole record") if whole else cell.label(words.code),
        old=None if private else in_words(correction.old, cell, words),
        new=None if private else in_words(correction.new, cell, words),
        difference="" if private else difference(correction.old, correction.new, cell), number=cell.is_amount,
        kind=correction.kind, private=private, gone=record is None and (whole or correction.kind is CorrectionKind.WITHDRAWN or private),
        reason=correction.reason, approved_by=correction.approved_by,
    )  # fmt: skip


def called(record: Record, data: Dataset, words: Language) -> str:
    """Return what people call a record: its item, work or line, with its month where it has one; else its key."""
    if isinstance(record, Settlement):
        return next((fee.item for fee in data.fees if (fee.term, fee.id) == (record.term, record.fee)), record.key)
    texts = (getattr(record, field, None) for field in ("item", "action", "line", "title", "name"))
    name = next((text for text in texts if isinstance(text, str) and text), "")
    month = getattr(record, "month", None)
    when = words.month(month.year, month.number) if month is not None else ""
    return " ".join(filter(None, (name, when))) or record.key
