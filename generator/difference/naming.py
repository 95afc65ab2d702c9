"""What people call a record and its values: the words in which a difference is told."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.dataset import Dataset, sheet_named
from generator.difference.difference import Difference
from generator.difference.figures import Changed, Figures, Row
from generator.difference.report import Cell, clipped
from generator.locale import Language, Message
from generator.pages.corrected import called
from generator.pages.filters import money, number
from generator.pages.parts import Words
from generator.pages.worded import Cell as Field
from generator.pages.worded import cell_of, difference, in_words
from generator.privacy.own import Own, own_school
from generator.problems import Place
from generator.trust.facts import Name, places
from generator.trust.told import CALLED
from generator.trust.wording import fields

NOTHING = "—"
WORDS = "text"
"""The kind of the fields that hold words."""


class Naming:
    """Names and values of one difference in one language; ``preview`` is the address of the site that shows the change."""

    def __init__(self, difference: Difference, words: Language, preview: str = "") -> None:
        self.words, self.preview = words, preview
        head = difference.head.books.data if difference.head.books else None
        self.own = own_school(head.school) if head else Own()
        self.hidden = words.gettext("removed for privacy")
        self.sides: tuple[Dataset, ...] = tuple(data for data in (head, difference.base.data) if data)
        self.removed = sorted(self._removed(difference.figures), key=len, reverse=True)

    def say(self, words: Words) -> str:
        """Return a message in the language, or a text as it is."""
        return self.words.say(words) if isinstance(words, Message) else words

    def titles(self, *titles: str) -> tuple[str, ...]:
        """Return the titles of columns."""
        return tuple(self.words.gettext(title) for title in titles)

    def _removed(self, found: Figures) -> Iterator[str]:
        """Yield the words that were removed for privacy, which what was found before may repeat."""
        facts = [(c.name, c.old) for c in found.changed if c.private]
        for row in found.gone:
            if row.private:
                facts += [(Name(row.table, row.record, field), value) for field, value in row.values.items()]
        yield from (old for name, old in facts if self.field(*name).kind == WORDS and len(old) > 1)

    def shown(self, text: str) -> str:
        """Return a text of the data as everybody may see it: what looks personal masked, in one line, cut where it is long."""
        for words in self.removed:
            text = text.replace(words, self.hidden)
        return clipped(self.own.masked(text))

    def place(self, at: Place) -> Cell:
        """Return a place in the files."""
        return Cell(self.shown(str(at)), kind="code")

    def record(self, name: Name | Row) -> Cell:
        """Return what people call a record, with its table and key."""
        private = isinstance(name, Row) and name.private
        called_ = self.hidden if private else self._called(name)
        return Cell(self.shown(called_), self.shown(f"{self.table(name.table)} {name.record}"))

    def table(self, name: str) -> str:
        """Return the title of a table."""
        sheet = sheet_named(name)
        return sheet.label(self.words.code) if sheet else name

    def _called(self, name: Name | Row) -> str:
        for data in self.sides:
            if record := places(data).get((name.table, name.record)):
                return called(record, data, self.words)
        values = name.values if isinstance(name, Row) else {}
        return next((values[field] for field in CALLED if field in values), name.record)

    def field(self, table: str, record: str, name: str) -> Field:
        """Return the field of a record, with its titles and what it holds."""
        for data in self.sides:
            if found := places(data).get((table, record)):
                return cell_of(type(found), name)
        sheet = sheet_named(table)
        return cell_of(sheet.record, name) if sheet else Field(name)

    def values(self, change: Changed) -> tuple[Cell, Cell, Cell]:
        """Return the title of a field, its value before, and its value now with what it is more or less."""
        field = self.field(*change.name)
        before, after = (in_words(text or None, field, self.words) for text in (change.old, change.new))
        if change.private:
            before = after = self.hidden
        return (
            Cell(field.label(self.words.code)),
            Cell(self.shown(before or NOTHING), kind="old", number=field.is_amount),
            Cell(self.shown(after or NOTHING), difference(change.old, change.new, field), "new", field.is_amount),
        )

    def content(self, row: Row) -> str:
        """Return what a record states, its fields in the order of the columns."""
        if row.private:
            return self.hidden
        order = {field: at for at, field in enumerate(fields(row.table))}
        parts, name = [], self._called(row)
        for field, value in sorted(row.values.items(), key=lambda pair: order.get(pair[0], len(order))):
            if field in CALLED and name.startswith(value):
                continue  # the row begins with it
            found = self.field(row.table, row.record, field)
            parts.append(self.say(Message("{title}: {value}", title=found.label(self.words.code),
                                          value=in_words(value, found, self.words) or "")))  # fmt: skip
        return self.shown(self.words.clauses(parts))

    def page(self, url: str) -> Cell:
        """Return the address of a page, linked where the changed site can be seen."""
        return Cell(self.shown(f"/{url}"), kind="code", url=f"{self.preview}{url}" if self.preview else "")


def amount(value: Decimal | int | None) -> str:
    """Return a total: an amount in yuan, a count, or a dash where there is none."""
    if value is None:
        return NOTHING
    return money(value) if isinstance(value, Decimal) else number(value)


def more_or_less(before: Decimal | int | None, after: Decimal | int | None) -> str:
    """Return by how much a total moved, with its sign; empty where there are not two."""
    if before is None or after is None:
        return ""
    moved = after - before
    return f"+{amount(moved)}" if moved > 0 else amount(moved)
