"""What people call a record and its values: the words in which a difference is told."""

from __future__ import annotations

from decimal import Decimal

from generator.dataset import Dataset, sheet_named
from generator.difference.difference import Difference
from generator.difference.figures import Changed, Row
from generator.difference.report import Cell, clipped
from generator.locale import Language, Message
from generator.pages.corrected import called
from generator.pages.filters import money, number
from generator.pages.parts import Words
from generator.pages.worded import Cell as Field
from generator.pages.worded import cell_of, difference, in_words
from generator.problems import Place
from generator.trust.facts import Name, places
from generator.trust.told import CALLED
from generator.trust.wording import fields

NOTHING = "—"


class Naming:
    """Names and values of one difference in one language; ``preview`` is the address of the site that shows the change."""

    def __init__(self, difference: Difference, words: Language, preview: str = "") -> None:
        self.words, self.preview = words, preview
        head = difference.head.books.data if difference.head.books else None
        self.sides: tuple[Dataset, ...] = tuple(data for data in (head, difference.base.data) if data)

    def say(self, words: Words) -> str:
        """Return a message in the language, or a text as it is."""
        return self.words.say(words) if isinstance(words, Message) else words

    def record(self, name: Name | Row) -> Cell:
        """Return what people call a record, with its table and key."""
        return Cell(clipped(self._called(name)), clipped(f"{self.table(name.table)} {name.record}"))

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
        return (
            Cell(field.label(self.words.code)),
            Cell(clipped(before or NOTHING), kind="old", number=field.is_amount),
            Cell(clipped(after or NOTHING), difference(change.old, change.new, field), "new", field.is_amount),
        )

    def content(self, row: Row) -> str:
        """Return what a record states, its fields in the order of the columns."""
        order = {field: at for at, field in enumerate(fields(row.table))}
        parts, name = [], self._called(row)
        for field, value in sorted(row.values.items(), key=lambda pair: order.get(pair[0], len(order))):
            if field in CALLED and name.startswith(value):
                continue  # the row begins with it
            found = self.field(row.table, row.record, field)
            parts.append(self.say(Message("{title}: {value}", title=found.label(self.words.code),
                                          value=in_words(value, found, self.words) or "")))  # fmt: skip
        return clipped(self.words.gettext("; ").join(parts))

    def page(self, url: str) -> Cell:
        """Return the address of a page, linked where the changed site can be seen."""
        return Cell(clipped(f"/{url}"), kind="code", url=f"{self.preview}{url}" if self.preview else "")


def place(at: Place) -> Cell:
    """Return a place in the files."""
    return Cell(clipped(str(at)), kind="code")


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
