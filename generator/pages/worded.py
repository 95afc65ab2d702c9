"""Values as corrections write them, told as people read them: amounts with separators, days and choices in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import get_args

from generator.locale import Labelled, Language
from generator.pages.filters import money
from generator.records import Record, Title, nested, titles
from generator.values.choice import Choice
from generator.values.dates import parse_day, parse_month, parse_when
from generator.values.money import parse_money
from generator.values.refusal import Refused

AMOUNTS = frozenset({"money", "standard"})


@dataclass(frozen=True)
class Cell:
    """The field that a correction names: its English name (or the word as written where there is no such field), its
    titles, the name of its kind, and the words that it may hold."""

    name: str
    title: Labelled | None = None
    kind: str = ""
    choice: type[Choice] | None = None

    @property
    def is_amount(self) -> bool:
        """Whether the field holds an amount in yuan."""
        return self.kind in AMOUNTS

    def label(self, code: str) -> str:
        """Return the title of the field in a language, or the word by which it is named."""
        return self.title.label(code) if self.title else self.name


@cache
def cell_of(model: type[Record], field: str) -> Cell:
    """Return the field of a record, or of the records that it lists, that a correction names in Chinese or English."""
    for owner, title in _fields(model):
        if field in (title.name, title.zh, title.en):
            info = owner.model_fields[title.name]
            options = (info.annotation, *get_args(info.annotation))
            choice = next((o for o in options if isinstance(o, type) and issubclass(o, Choice)), None)
            return Cell(title.name, title, str(getattr(title.kind, "name", "")), choice)
    old = next((old for old in model.retired if field in (old.name, old.zh, old.en)), None)
    return Cell(old.name, old) if old else Cell(field)


def _fields(model: type[Record]) -> Iterator[tuple[type[Record], Title]]:
    """Yield the fields of a record that hold a value, and after them those of the records that it lists."""
    inner = [(title, nested(model.model_fields[title.name])) for title in titles(model)]
    yield from ((model, title) for title, listed in inner if listed is None)
    for _, listed in inner:
        if listed is not None:
            yield from _fields(listed)


def amount_of(text: str | None, cell: Cell) -> Decimal | None:
    """Return the amount in yuan that a correction states, or None where it states none."""
    try:
        return parse_money(text) if text and cell.is_amount else None
    except Refused:
        return None


def difference(old: str | None, new: str | None, cell: Cell) -> str:
    """Return by how much an amount was changed, with its sign, such as ``+270.00``; empty where there are not two."""
    before, after = amount_of(old, cell), amount_of(new, cell)
    if before is None or after is None or before == after:
        return ""
    return f"+{money(after - before)}" if after > before else money(after - before)


def in_words(text: str | None, cell: Cell, words: Language) -> str | None:
    """Return a value as people read it, or as it is written where it is no value of its field."""
    if text is None:
        return None
    if (amount := amount_of(text, cell)) is not None:
        return money(amount)
    try:
        if cell.choice:
            return cell.choice.parse(text).label(words.code)
        match cell.kind:
            case "day":
                return words.day(parse_day(text))
            case "month":
                month = parse_month(text)
                return words.month(month.year, month.number)
            case "when":
                return parse_when(text).label(words.code)
    except Refused:
        return text
    return text
