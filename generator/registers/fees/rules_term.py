"""Rules about a term's fee list as a whole: posted in time, and complete enough to be published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.locale import N_, Message
from generator.oversight.review import Review
from generator.oversight.rule import Hit, Rule
from generator.pages.filters import anchor
from generator.problems import Severity
from generator.registers.fees.posting import added, posted
from generator.registers.fees.records import FeeItem, Nature, OpenPrice
from generator.registers.fees.rules_common import EDUCATION_LAW, PLAN, POSTING, POSTING_TIME
from generator.registers.fees.totals import charged
from generator.registers.terms.records import Term


def posted_in_time(review: Review) -> Iterator[Hit]:
    """Yield each term whose fees were posted after registration, and each item that joined the list after it.

    A term without any fees is for DIS-01; where registration was before the site began, nothing can be proved.
    """
    listed = {item.term for item in review.data.fees}
    for term in review.data.terms:
        due = term.registration
        if term.term not in listed or not review.first.expected(due):
            continue
        if (day := posted(review)[term.term]) > due:
            yield _posted_late(term, day)
        for item in review.data.fees:
            if item.term == term.term and charged(item) and (day := added(review, item) or due) > due:
                yield _added_late(item, day, due)


def _posted_late(term: Term, day: dt.date) -> Hit:
    due = term.registration
    message = Message(
        "the fees of {term} were posted on {posted}, after registration on {due}",
        term=term.name, posted=day, due=due,
    )  # fmt: skip
    if day > term.start:
        message = Message(
            "the fees of {term} were posted on {posted}, after the first school day ({start}); they were due by registration on {due}",
            term=term.name, posted=day, start=term.start, due=due,
        )  # fmt: skip
    fix = Message("post them before registration next term")
    return Hit(term.term, term.place("registration"), message, due, fix, page=f"fees/{term.term}/", closed=day)


def _added_late(item: FeeItem, day: dt.date, due: dt.date) -> Hit:
    message = Message(
        "“{item}” first stood on the list on {day}, after registration on {due}: families who enrolled did not know of it",
        item=item.item, day=day, due=due,
    )  # fmt: skip
    fix = Message(
        "tell every family that had enrolled, and collect it only from those who agree; next term, post it before registration"
    )
    page = f"fees/{item.term}/#{anchor(item.id)}"
    return Hit(item.key, item.place("item"), message, due, fix, page=page, closed=day)


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
            "All fees of a term are posted by registration day, and no item for which money is asked joins the list "
            "after it. Posted later, the finding is closed on the day of posting, but stays visible. The day on which "
            "each item first stood on this site is computed from the public record and never typed; where registration "
            "was before this site began, nothing is said."
        ),
        N_("Families decide at registration what they agree to pay. They must know the prices before."),
        N_("Enter the whole list in fees.csv before registration; it is posted here by itself."),
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
