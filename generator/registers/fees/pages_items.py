"""The items of a term as their page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from generator.locale import N_, Message
from generator.oversight.books import Books
from generator.pages.charts import sparkline
from generator.pages.corrected import amended, corrections_of
from generator.pages.filters import anchor
from generator.pages.parts import Tone, Words
from generator.registers.fees.pages_cases import grade_words, tokens_of
from generator.registers.fees.pages_view import Cap, Group, ItemView, Past
from generator.registers.fees.posting import added
from generator.registers.fees.records import FeeItem, OpenPrice, grades_of
from generator.registers.fees.totals import charged, term_amount

MUST, MAY, FREE = N_("must be paid"), N_("voluntary"), N_("free of charge")
TONES = {MUST: Tone.DUE, MAY: Tone.INFO, FREE: Tone.GOOD}


def duty(item: FeeItem) -> str:
    """Return whether an item must be paid, is voluntary or costs nothing, as a message id."""
    if not charged(item):
        return FREE
    return MAY if item.voluntary else MUST


def identity(item: FeeItem) -> tuple[object, ...]:
    """Return what makes two rows of different terms the same item: its name, its unit and whom it is for."""
    return (item.item, item.unit, item.grades, item.boarding, item.campuses)


class Histories:
    """The amounts of every item over the terms, collected once for all pages."""

    def __init__(self, books: Books) -> None:
        self.order = {term.term: at for at, term in enumerate(books.data.terms)}
        names = {term.term: term.name for term in books.data.terms}
        found: dict[tuple[object, ...], list[tuple[int, str, FeeItem]]] = {}
        for item in books.data.fees:
            if isinstance(item.amount, Decimal) and item.term in self.order:
                found.setdefault(identity(item), []).append((self.order[item.term], names[item.term], item))
        self.books = books
        self.points = {key: sorted(points, key=lambda point: point[0]) for key, points in found.items()}

    def of(self, item: FeeItem) -> tuple[Past, ...]:
        """Return an item's amounts, oldest first, up to its own term; nothing where there is only one."""
        points = tuple(
            Past(name, each.amount, corrections_of(self.books, "fees", each, "amount"))
            for at, name, each in self.points.get(identity(item), ())
            if at <= self.order[item.term] and isinstance(each.amount, Decimal)
        )
        return points if len(points) > 1 and any(point.amount for point in points) else ()


def item_view(books: Books, item: FeeItem, histories: Histories) -> ItemView:
    """Return an item with everything that its page says about it."""
    word, total, points = duty(item), term_amount(item), histories.of(item)
    spark = sparkline([(past.term, past.amount) for past in points], books.language) if points else None
    return ItemView(
        record=item, anchor=anchor(item.id), tone=TONES[word], duty=books.language.gettext(word),
        term_total=total if item.times is not None and charged(item) else None, audience=_audience(books, item),
        tokens=tokens_of(item), cap=_cap(books, item), spark=spark,
        history=points, findings=books.found(item.key, "FEE"), amended=amended(books, "fees", item),
        added=added(books, item),
    )  # fmt: skip


def _audience(books: Books, item: FeeItem) -> tuple[Words, ...]:
    """Return the restrictions of an item in words; nothing where it is for everybody."""
    names = {campus.id: campus.name for campus in books.data.school.campuses}
    words: list[Words] = [grade_words(grades_of(item.grades))] if item.grades else []
    if item.boarding:
        words.append(item.boarding.label(books.language.code))
    return (*words, *(names.get(campus, campus) for campus in item.campuses))


def _cap(books: Books, item: FeeItem) -> Cap | None:
    """Return the most that may be charged for an item, where the policy pack has a limit."""
    term = books.data.term(item.term)
    listed = books.policy.allowed(item.item, term.start) if term and charged(item) else None
    if listed is None or listed.cap is None or listed.cap_unit is None:
        return None
    return Cap(listed.cap, listed.cap_unit, listed.basis.label(books.language.code), listed.basis.unsure)


def groups(views: Sequence[ItemView]) -> tuple[Group, ...]:
    """Return the items under their headings: what must be paid first, then what may be refused, then what is free."""
    headings: dict[str, tuple[str, Words, Words]] = {
        MUST: ("must", Message("Must be paid"), ""),
        MAY: ("voluntary", Message("Voluntary: you may refuse"),
              Message("You may take or refuse each of these. Nobody may force you, and your child must not suffer for it.")),
        FREE: ("free", Message("Free of charge"), Message("Nobody may ask money for these.")),
    }  # fmt: skip
    found = []
    for word, (name, title, remark) in headings.items():
        own = tuple(view for view in views if duty(view.record) == word)
        if own:
            found.append(Group(name, title, remark, own))
    return tuple(found)


def not_fixed(item: FeeItem) -> bool:
    """Whether an item's price is not known in advance."""
    return isinstance(item.amount, OpenPrice)
