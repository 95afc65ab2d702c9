"""How corrections speak of facts: the words that name a field, and typed values in their canonical form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from generator.canonical import text_of
from generator.dataset import sheet_named
from generator.loading import value_reader
from generator.records import Record, Title, nested, titles
from generator.references import WHOLE, WHOLE_WORDS
from generator.trust.facts import canonical
from generator.values.choice import Choice

LONGEST = 1000
"""A whole record is told in a correction by at most so many characters; a cell may hold twice as many."""


class Field:
    """One field of a table's records, or of the records in its lists: its model and its title."""

    def __init__(self, model: type[Record], title: Title) -> None:
        self.model, self.title = model, title

    def read(self, text: str) -> Any:
        """Return the value that a text states; raises ValueError."""
        return value_reader(self.model, self.title.name)(text)


@cache
def fields(table: str) -> Mapping[str, tuple[Field, ...]]:
    """Return the fields of a table by their English names; the records in its lists may use a name again."""
    found: dict[str, list[Field]] = {}
    sheet = sheet_named(table)
    for field in _fields(sheet.record) if sheet else ():
        found.setdefault(field.title.name, []).append(field)
    return {name: tuple(each) for name, each in found.items()}


def _fields(model: type[Record]) -> Iterator[Field]:
    for title in titles(model):
        if inner := nested(model.model_fields[title.name]):
            yield from _fields(inner)
        else:
            yield Field(model, title)


@cache
def names_of(table: str, word: str) -> frozenset[str]:
    """Return the English names of the fields that a word may mean, `*` for a whole record; none for an unknown word."""
    if word in WHOLE_WORDS:
        return frozenset({WHOLE})
    return frozenset(
        name
        for name, each in fields(table).items()
        if any(word in (f.title.name, f.title.zh, f.title.en) for f in each)
    )


def meant(table: str, field: str, text: str | None) -> frozenset[str]:
    """Return the canonical values that a typed text may mean in a field: `450` means `450.00`, 是 means `yes`."""
    if not text:
        return frozenset({""})
    found = {text}
    for each in fields(table).get(field, ()):
        try:
            found.add(canonical(each.read(text)))
        except ValueError:
            continue
    return frozenset(found)


def told(table: str, field: str, value: str, language: str) -> str:
    """Return a canonical value as a correction tells it: choices by their word in `language`."""
    if language == "zh":
        for each in fields(table).get(field, ()):
            try:
                read = each.read(value)
            except ValueError:
                continue
            if isinstance(read, Choice):
                return text_of(read)
    return value


def heading(table: str, field: str, language: str) -> str:
    """Return what a field is called in `language`."""
    each = fields(table).get(field)
    return each[0].title.label(language) if each else field


def whole(table: str, values: Mapping[str, str], language: str) -> str:
    """Return a whole record in one text: its fields with their values, in the order of the columns."""
    order = {field: at for at, field in enumerate(fields(table))}
    equals, between = ("：", "；") if language == "zh" else ("=", "; ")
    parts = (
        f"{heading(table, field, language)}{equals}{told(table, field, value, language)}"
        for field, value in sorted(values.items(), key=lambda pair: order.get(pair[0], 0))
    )
    text = between.join(parts)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
