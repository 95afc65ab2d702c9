"""Rules about prices: caps, units, open prices, and totals that add up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from generator.locale import N_, Message
from generator.oversight.review import Review
from generator.oversight.rule import Hit, Rule
from generator.problems import Place, Severity
from generator.registers.fees.records import FeeItem, FeeTotal, OpenPrice, grades_of
from generator.registers.fees.rules_common import PLAN, POSTING, PRICE_LAW, PRINTED_TABLES, entries, named
from generator.registers.fees.totals import Case, Sum, add_up, cases_of, term_amount

UNIT = re.compile(r"元\s*[/／].+|元每.+|yuan\s*(/|per|a)\s*.+|CNY\s*/.+")
PER_TERM = "期"


def unit_key(unit: str) -> str:
    """Return a unit without differences of writing: 元/人·学期 and 元／生.期 are the same."""
    text = unit.replace("学期", PER_TERM).replace("学生", "生").replace("人", "生").replace("／", "/").replace("每", "")
    return re.sub(r"[\s·.•・]", "", text)


def below_cap(review: Review) -> Iterator[Hit]:
    """Yield each charged item that costs more than its cap; a cap for the term is compared with the whole term's price."""
    for entry in entries(review):
        item = entry.item
        listed = review.policy.allowed(item.item, entry.start)
        if listed is None or listed.cap is None or listed.cap_unit is None:
            continue
        amount = comparable(item, listed.cap_unit)
        if amount is None or amount <= listed.cap:
            continue
        message = Message(
            "“{item}” costs {amount} {unit}, above the cap of {cap} {unit}: {basis}", item=item.item, amount=amount,
            unit=listed.cap_unit, cap=listed.cap, basis=named(listed.basis, review),
        )  # fmt: skip
        fix = Message("charge no more than {cap} and return what was collected above it", cap=listed.cap)
        yield Hit(item.key, item.place("amount"), message, entry.since, fix, page=entry.page, value=str(item.amount))


def comparable(item: FeeItem, cap_unit: str) -> Decimal | None:
    """Return what an item costs in the unit of a cap, or None where the two cannot be compared."""
    same = unit_key(item.unit) == unit_key(cap_unit)
    if unit_key(cap_unit).endswith(PER_TERM) and (same or item.times is not None):
        return term_amount(item)
    return item.amount if same and isinstance(item.amount, Decimal) else None


def says_price(review: Review) -> Iterator[Hit]:
    """Yield each charged item whose price is open without a link, or whose unit does not say what the price is for."""
    for entry in entries(review):
        item = entry.item
        if isinstance(item.amount, OpenPrice) and item.basis_url is None:
            message = Message(
                "“{item}” is charged “{price}”, without a link to the award or settlement",
                item=item.item,
                price=item.amount,
            )
            fix = Message("add the link in the column “link to the basis”, or give the amount")
            yield Hit(item.key, item.place("amount"), message, entry.since, fix, page=entry.page, value=item.amount.zh)
        if not UNIT.fullmatch(item.unit.removeprefix("人民币")):
            message = Message(
                "the unit “{unit}” of “{item}” does not say what the price is for", unit=item.unit, item=item.item
            )
            fix = Message("write yuan per something, such as 元/生·期 or 元/生·餐")
            yield Hit(item.key, item.place("unit"), message, entry.since, fix, page=entry.page, value=item.unit)


def totals_agree(review: Review) -> Iterator[Hit]:
    """Yield each posted total that is not the sum of the items for every pupil that it speaks of."""
    for term in review.data.terms:
        items = [item for item in review.data.fees if item.term == term.term]
        totals = [total for total in review.data.fee_totals if total.term == term.term]
        for total in totals:
            sums = [add_up(items, case) for case in cases_of(review.data, items) if covers(total, case)]
            past = [add_up(items, case) for case in cases_of(review.data, items, everyone=True) if covers(total, case)]
            for name in ("compulsory", "voluntary"):
                # School.yml tells of today's pupils. A total for pupils whom it does not know any more
                # (a campus that has stopped boarding) is right when it was right for some campus.
                if sums or getattr(total, name) not in {getattr(one, name) for one in past}:
                    yield from _wrong_total(total, name, sums or past)


def covers(total: FeeTotal, case: Case) -> bool:
    """Whether a posted total speaks of this kind of pupil."""
    return (
        total.boarding is case.boarding
        and total.campus in (None, case.campus)
        and (total.grade is None or case.grade in grades_of(total.grade))
    )


def _wrong_total(total: FeeTotal, name: str, sums: list[Sum]) -> Iterator[Hit]:
    """Yield a hit where one column of a posted total differs from what the items come to."""
    posted: Decimal = getattr(total, name)
    found = sorted({getattr(found, name) for found in sums})
    if found == [posted]:
        return
    compulsory = name == "compulsory"
    if len(found) == 1:
        text = (
            N_("the compulsory total for “{name}” is {posted}, but its items add up to {sums}") if compulsory
            else N_("the voluntary total for “{name}” is {posted}, but its items add up to {sums}")
        )  # fmt: skip
        fix = Message("correct the total or the item that is wrong")
    else:
        text = (
            N_("the compulsory total for “{name}” is {posted}, but its items add up to {sums}, by grade or campus") if compulsory
            else N_("the voluntary total for “{name}” is {posted}, but its items add up to {sums}, by grade or campus")
        )  # fmt: skip
        fix = Message("post one total for each grade or campus, with its column filled in")
    parts = {item.key: item for each in sums for item in each.items if bool(item.voluntary) is not compulsory}
    related = tuple(item.place("amount") for item in parts.values()) or (Place(f"data/terms/{total.term}/fees.csv"),)
    message = Message(text, name=total.name, posted=posted, sums=found)
    yield Hit(
        f"{total.key}/{name}",
        total.place(name),
        message,
        None,
        fix,
        related,
        f"fees/{total.term}/#_totals",
        str(posted),
    )


RULES = (
    Rule(
        "FEE-03", Severity.FINDING, N_("No fee is above its cap"),
        N_("The price of every charged item is at most the cap that the policy pack holds for it, in the same unit. "
           "Where the cap is for a term, the whole term's price counts."),
        N_("A cap protects families: the school may charge less, never more."),
        N_(
            "Lower the price and return what was collected above the cap. If the region has set another cap, "
            "have the policy pack changed."
        ),
        (PRICE_LAW, PLAN), below_cap, page="fees/",
    ),
    Rule(
        "FEE-09", Severity.WARNING, N_("Prices say what they are for"),
        N_(
            "The unit of every charged item says what the price is for, and an open price (按中标价, 据实) has a "
            "link to the award or settlement."
        ),
        N_("“30 yuan” may be for a month or for a term. Parents must be able to tell."),
        N_("Write the unit as yuan per something, and link the award or settlement of an open price."),
        (POSTING, PRINTED_TABLES), says_price, page="fees/",
    ),
    Rule(
        "FEE-10", Severity.ERROR, N_("Posted totals add up"),
        N_("Every total that the school posts is the sum of the items for the pupils that it speaks of: price times the number "
           "of units in the term, compulsory and voluntary apart."),
        N_("A school once posted 1,730 where its items add up to 1,733. Families pay what the total says."),
        N_("Correct the total, or the item that is wrong."),
        (PRINTED_TABLES,), totals_agree, page="fees/",
    ),
)  # fmt: skip
