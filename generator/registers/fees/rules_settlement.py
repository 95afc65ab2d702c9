"""Rules about settlements: done in time, without margin, and adding up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from generator.locale import N_, Message
from generator.oversight.policy import Threshold
from generator.oversight.review import Review
from generator.oversight.rule import Hit, Rule
from generator.pages.filters import anchor
from generator.problems import Place, Severity
from generator.registers.fees.records import FeeItem, Nature, Settlement
from generator.registers.fees.rules_common import SERVICE, SETTLING, entries
from generator.registers.fees.totals import term_amount


def settled_by(review: Review, end: dt.date) -> tuple[dt.date, Threshold]:
    """Return the last day for settling what was collected in a term that ended on `end`, and the limit behind it."""
    limit = review.policy.threshold("settlement-days", end)
    return end + dt.timedelta(int(limit.value)), limit


def settled_in_time(review: Review) -> Iterator[Hit]:
    """Yield each fee collected for a provider that was not settled in time after the end of term."""
    done = {settlement.key: settlement for settlement in review.data.settlements}
    for entry in entries(review):
        item = entry.item
        due, limit = settled_by(review, entry.end)
        settlement = done.get(item.key)
        if item.nature is not Nature.COLLECTED or review.today <= due or (settlement and settlement.settled_on <= due):
            continue
        unsure = limit.basis.unsure
        if settlement and settlement.settled_on <= review.today:
            text = (
                N_("“{item}” was settled on {day}, after {due} ({days} days after the end of term; to be confirmed)") if unsure
                else N_("“{item}” was settled on {day}, after {due} ({days} days after the end of term)")
            )  # fmt: skip
            place, closed = settlement.place("settled_on"), settlement.settled_on
            fix = Message("settle within the time allowed next term")
        else:
            text = (
                N_("“{item}” has not been settled; it was due by {due} ({days} days after the end of term; to be confirmed)") if unsure
                else N_("“{item}” has not been settled; it was due by {due} ({days} days after the end of term)")
            )  # fmt: skip
            place, closed = item.place(), None
            fix = Message("add the settlement to collections: collected, actual cost, refunded")
        message = Message(text, item=item.item, due=due, days=int(limit.value), day=closed)
        yield Hit(
            item.key,
            place,
            message,
            due,
            fix,
            (item.place(),) if closed else (),
            f"fees/{item.term}/#_settlement",
            closed=closed,
        )


def no_margin(review: Review) -> Iterator[Hit]:
    """Yield each settlement that cost more than was collected, or for which more was collected than the price allows."""
    items = {item.key: item for item in review.data.fees}
    for settlement in review.data.settlements:
        item = items.get(settlement.key)
        if item is None:
            continue
        page = f"fees/{settlement.term}/#{settlement_anchor(settlement)}"
        most = most_collected(item, settlement)
        if settlement.cost > settlement.collected:
            message = Message(
                "“{item}” cost {cost}, more than the {collected} collected",
                item=item.item,
                cost=settlement.cost,
                collected=settlement.collected,
            )
            related: tuple[Place, ...] = (settlement.place("collected"),)
            fix = Message("say who paid the difference, or correct the figures; families may not be asked again")
            yield Hit(settlement.key, settlement.place("cost"), message, settlement.settled_on, fix, related, page)
        elif most is not None and settlement.collected > most:
            message = Message(
                "{collected} was collected for “{item}”, but {payers} pupils at its price owe at most {most}", item=item.item,
                collected=settlement.collected, payers=settlement.payers, most=most,
            )  # fmt: skip
            related = (settlement.place("payers"), item.place("amount"))
            fix = Message("return what was collected above the price, or correct the figures")
            yield Hit(settlement.key, settlement.place("collected"), message, settlement.settled_on, fix, related, page)


def most_collected(item: FeeItem, settlement: Settlement) -> Decimal | None:
    """Return the most that could be collected from the payers at the item's price, or None for an open price."""
    amount = term_amount(item)
    return None if amount is None else amount * settlement.payers


def settlement_anchor(settlement: Settlement) -> str:
    """Return the anchor of a settlement on the page of its term; the item itself has its plain id."""
    return f"_settled-{anchor(settlement.fee)}"


def adds_up(review: Review) -> Iterator[Hit]:
    """Yield each settlement in which collected − cost is not what was refunded, or what was collected or spent is below zero."""
    for settlement in review.data.settlements:
        page = f"fees/{settlement.term}/#{settlement_anchor(settlement)}"
        for name in ("collected", "cost"):
            if (amount := getattr(settlement, name)) < 0:
                below = Message("{amount} is below zero", amount=amount)
                fix = Message("correct the figure that is wrong; what is left must be refunded in full")
                yield Hit(settlement.key, settlement.place(name), below, None, fix, page=page, value=str(amount))
        rest = settlement.collected - settlement.cost
        if rest == settlement.refunded:
            continue
        message = Message(
            "collected {collected} − cost {cost} = {rest}, but {refunded} is given as refunded", collected=settlement.collected,
            cost=settlement.cost, rest=rest, refunded=settlement.refunded,
        )  # fmt: skip
        fix = Message("correct the figure that is wrong; what is left must be refunded in full")
        related = (settlement.place("collected"), settlement.place("cost"))
        yield Hit(
            settlement.key, settlement.place("refunded"), message, None, fix, related, page, str(settlement.refunded)
        )


RULES = (
    Rule(
        "FEE-12", Severity.FINDING, N_("Collected fees are settled after the term"),
        N_(
            "For every fee collected for a provider there is a settlement within the set number of days "
            "after the end of term."
        ),
        N_("This money belongs to the families: what was not spent goes back to them, and they can see what was."),
        N_("Settle the item by grade, refund the rest, and add it to collections."),
        (SETTLING,), settled_in_time, ("settlement-days",), "fees/",
    ),
    Rule(
        "FEE-13", Severity.FINDING, N_("Nothing is earned on fees"),
        N_(
            "The cost of a settled item is not above what was collected, and no more was collected than the "
            "payers owe at its price."
        ),
        N_("The school only passes this money on. It may neither keep any nor ask for more later."),
        N_("Return what was collected above the price. If the cost was higher, say who paid the difference."),
        (SERVICE, SETTLING), no_margin, page="fees/",
    ),
    Rule(
        "SET-01", Severity.ERROR, N_("Settlements add up"),
        N_("In every settlement, collected minus actual cost is exactly what was refunded, and neither is below zero."),
        N_(
            "Money that is neither spent nor refunded has gone somewhere. Until that is known, the "
            "settlement cannot be published."
        ),
        N_("Correct the figure that is wrong, or refund the rest."),
        (SETTLING,), adds_up, page="fees/",
    ),
)  # fmt: skip
