"""What became of the money collected for others after the term."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from generator.locale import Message
from generator.oversight.books import Books
from generator.pages.corrected import amended
from generator.pages.filters import anchor
from generator.pages.parts import Tone, Words
from generator.registers.fees.pages_view import SettlementRow, Settling
from generator.registers.fees.records import FeeItem, Nature, Settlement
from generator.registers.fees.rules_settlement import settled_by
from generator.registers.fees.totals import charged

CENT = Decimal("0.01")


def settling(books: Books, term: str, end: dt.date, items: list[FeeItem]) -> Settling | None:
    """Return the settlement of a term, or None when nothing in it has to be settled and nothing was."""
    due, limit = settled_by(books, end)
    done = {settlement.fee: settlement for settlement in books.data.settlements if settlement.term == term}
    rows = tuple(
        _row(books, item, done.get(item.id), due)
        for item in items
        if item.id in done or (charged(item) and item.nature is Nature.COLLECTED)
    )
    return Settling(rows, books.today > end, due, int(limit.value), limit.basis.unsure) if rows else None


def _row(books: Books, item: FeeItem, record: Settlement | None, due: dt.date) -> SettlementRow:
    tone, state = _state(record, due, books.today)
    return SettlementRow(
        item.item, f"_settled-{anchor(item.id)}", record, per_payer(record) if record else None, tone, state,
        record.place() if record else item.place(), amended(books, "collections", record) if record else {},
    )  # fmt: skip


def per_payer(settlement: Settlement) -> Decimal | None:
    """Return what each payer got back on average, in yuan, to the fen; None when nobody had paid."""
    if not settlement.payers:
        return None
    return (settlement.refunded / settlement.payers).quantize(CENT, ROUND_HALF_UP)


def _state(record: Settlement | None, due: dt.date, today: dt.date) -> tuple[Tone, Words]:
    """Return whether an item is settled, is still to be, or is late."""
    if record and record.settled_on <= due:
        return Tone.GOOD, Message("settled in time")
    if record:
        return Tone.LATE, Message("settled {days} days late", days=(record.settled_on - due).days)
    if today > due:
        return Tone.LATE, Message("{days} days overdue", days=(today - due).days)
    return Tone.DUE, Message("due by {due}", due=due)
