"""Rules about a term's fee list as a whole: posted in time, and complete enough to be published."""

from __future__ import annotations

from collections.abc import Iterator

from generator.locale import N_, Message
from generator.oversight.review import Review
from generator.oversight.rule import Hit, Rule
from generator.pages.filters import anchor
from generator.problems import Severity
from generator.registers.fees.records import FeeItem, Nature, OpenPrice
from generator.registers.fees.rules_common import EDUCATION_LAW, PLAN, POSTING, POSTING_TIME
from generator.registers.fees.totals import charged


def posted_in_time(review: Review) -> Iterator[Hit]:
    """Yield each term whose fees were posted after registration, or have not been posted by then."""
    listed = {item.term for item in review.data.fees}
    for term in review.data.terms:
        posted, due = term.fees_posted, term.registration
        if term.term not in listed or review.today < due or (posted and posted <= due):
            continue
        late = posted is not None and posted <= review.today
        if not late:
            message = Message(
                "the fees of {term} have not been posted; registration was on {due}", term=term.name, due=due
            )
            fix = Message("post them now and fill in the day; until then nothing may be collected")
        elif posted and posted > term.start:
            message = Message(
                "the fees of {term} were posted on {posted}, after the first school day ({start}); they were due by registration on {due}",
                term=term.name, posted=posted, start=term.start, due=due,
            )  # fmt: skip
            fix = Message("post them before registration next term")
        else:
            message = Message(
                "the fees of {term} were posted on {posted}, after registration on {due}",
                term=term.name,
                posted=posted,
                due=due,
            )
            fix = Message("post them before registration next term")
        closed = posted if late else None
        yield Hit(term.term, term.place("fees_posted"), message, due, fix, page=f"fees/{term.term}/", closed=closed)


def complete(review: Review) -> Iterator[Hit]:
    """Yield what keeps a fee list from being published: no complaint phone, no waiver, a price that contradicts itself."""
    school = review.data.school
    if review.data.fees and not school.hotlines:
        message = Message("there is no telephone number for complaints")
        yield Hit(
            "hotlines",
            school.place("hotlines"),
            message,
            None,
            Message("add at least one under “hotlines” in school.yml"),
            page="fees/",
        )
    for term in review.data.terms:
        items = [item for item in review.data.fees if item.term == term.term]
        asked = [item for item in items if charged(item)]
        if asked and not any(item.waiver for item in asked):
            message = Message("no item of {term} says who pays less or nothing", term=term.name)
            fix = Message("fill in the column “waiver”, at least for one item for which money is asked")
            yield Hit(f"{term.term}/waiver", asked[0].place("waiver"), message, None, fix, page=f"fees/{term.term}/")
        for item in items:
            yield from _contradiction(item)


def _contradiction(item: FeeItem) -> Iterator[Hit]:
    """Yield a hit for an item that is called free but has a price, or whose price is below zero."""
    page = f"fees/{item.term}/#{anchor(item.id)}"
    related = (item.place("nature"),)
    if isinstance(item.amount, OpenPrice) or item.amount > 0:
        if item.nature is Nature.FREE:
            message = Message("“{item}” is called free, but its price is {amount}", item=item.item, amount=item.amount)
            yield Hit(
                item.key, item.place("amount"), message, None, Message("correct its nature or its price"), related, page
            )
    elif item.amount < 0:
        message = Message("the price of “{item}” is below zero: {amount}", item=item.item, amount=item.amount)
        yield Hit(item.key, item.place("amount"), message, None, Message("correct the price"), page=page)


RULES = (
    Rule(
        "FEE-07", Severity.FINDING, N_("Fees are posted before registration"),
        N_(
            "All fees of a term are posted by registration day. Posted later, the finding is closed on the "
            "day of posting, but stays visible."
        ),
        N_("Families decide at registration what they agree to pay. They must know the prices before."),
        N_("Post the list before registration and fill in “fees posted on” in term.yml."),
        (POSTING_TIME, EDUCATION_LAW, PLAN), posted_in_time, page="fees/",
    ),
    Rule(
        "FEE-08", Severity.ERROR, N_("The fee list is complete"),
        N_("There is at least one telephone number for complaints, each term's list says who pays less or nothing, and no item "
           "contradicts itself: free with a price, or a price below zero."),
        N_("Without these a fee list may not be posted, on paper or here."),
        N_("Add the telephone number to school.yml, the waiver to the list, and correct what contradicts itself."),
        (POSTING,), complete, page="fees/",
    ),
)  # fmt: skip
