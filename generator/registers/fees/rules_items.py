"""Rules about what may be charged: basis, list of allowed items, setting, voluntariness, validity."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from generator.locale import N_, Message
from generator.oversight.review import Review
from generator.oversight.rule import Hit, Rule
from generator.problems import Severity
from generator.registers.fees.records import FeeItem, Nature
from generator.registers.fees.rules_common import (
    COMPULSORY_LAW,
    EDUCATION_LAW,
    POSTING,
    SERVICE,
    Entry,
    entries,
    named,
    price,
)  # fmt: skip

# Words that make a voluntary fee compulsory, unless they are denied (不得强制) or grant something (一律免收).
FORCING = re.compile(
    "(?<!不)(?<!不得)(?<!不会)(?<!不能)(?<!不可)(?<!严禁)(?<!禁止)(?<!并非)(?<!没有)(必须|统一收取|一律|强制)(?!自愿|免|不|退|减)"
)
WORDED = ("item", "scope", "note", "refund")


def has_basis(review: Review) -> Iterator[Hit]:
    """Yield each charged item that names no document or no body that approved it."""
    for entry in entries(review):
        item = entry.item
        missing = [name for name in ("basis", "approving_body") if not getattr(item, name)]
        if not missing:
            continue
        text = {
            "basis": N_("“{item}” is charged ({price}), but no document is named as its basis"),
            "approving_body": N_("“{item}” is charged ({price}), but the body that approved it is not named"),
        }.get(
            "+".join(missing),
            N_("“{item}” is charged ({price}), but neither its basis nor the body that approved it is named"),
        )
        yield Hit(
            item.key, item.place(missing[0]), Message(text, item=item.item, price=price(item)), entry.since,
            Message("fill in the document with its number and the approving body; without them the item may not be charged"),
            page=entry.page,
        )  # fmt: skip


def is_voluntary(review: Review) -> Iterator[Hit]:
    """Yield each service or collected fee that is not voluntary, or whose words make it compulsory."""
    for entry in entries(review):
        item = entry.item
        if item.nature not in (Nature.SERVICE, Nature.COLLECTED):
            continue
        if not item.voluntary:
            message = Message("“{item}” is a {nature}, but is not marked voluntary", item=item.item, nature=item.nature)
            fix = Message("mark it voluntary, and charge only families who have agreed in writing")
            yield Hit(item.key, item.place("voluntary"), message, entry.since, fix, page=entry.page)
        elif found := _forcing(item):
            name, word = found
            message = Message("“{item}” is marked voluntary, but its text says “{word}”", item=item.item, word=word)
            fix = Message("take the word out, and tell families that they may refuse")
            yield Hit(item.key, item.place(name), message, entry.since, fix, page=entry.page, value=getattr(item, name))


def _forcing(item: FeeItem) -> tuple[str, str] | None:
    """Return the first field of an item whose words make it compulsory, with the word."""
    for name in WORDED:
        if match := FORCING.search(getattr(item, name) or ""):
            return name, match[1]
    return None


def is_listed(review: Review) -> Iterator[Hit]:
    """Yield each charged item that is forbidden by name or not on the region's list."""
    for entry in entries(review):
        item = entry.item
        if forbidden := review.policy.forbidden(item.item):
            message = Message(
                "“{item}” is charged ({price}), but “{kind}” may not be charged: {basis}", item=item.item, price=price(item),
                kind=forbidden.label(review.language.code), basis=named(forbidden.basis, review),
            )  # fmt: skip
            fix = Message("stop charging it and return what was collected")
        elif review.policy.allowed(item.item, entry.start) is None:
            message = Message(
                "“{item}” is charged ({price}), but is not on the list of what may be charged",
                item=item.item,
                price=price(item),
            )
            fix = Message("stop charging it and return what was collected; or name it as the region's list does")
        else:
            continue
        yield Hit(item.key, item.place("item"), message, entry.since, fix, page=entry.page, value=item.item)


def fits_setting(review: Review) -> Iterator[Hit]:
    """Yield each listed item that may not be charged by a school that stands where this one does."""
    setting = review.data.school.place_kind
    for entry in entries(review):
        item = entry.item
        listed = review.policy.allowed(item.item, entry.start)
        if listed is None or setting.en in listed.settings or review.policy.forbidden(item.item):
            continue
        message = Message(
            "“{item}” is charged ({price}), but a school in a {setting} may not charge it: {basis}", item=item.item,
            price=price(item), setting=setting, basis=named(listed.basis, review),
        )  # fmt: skip
        fix = Message("stop charging it and return what was collected")
        related = (review.data.school.place("place_kind"),)
        yield Hit(item.key, item.place("item"), message, entry.since, fix, related, entry.page, item.item)


def in_force(review: Review) -> Iterator[Hit]:
    """Yield each charged item whose basis ended before the term did or began only after the term had."""
    for entry in entries(review):
        yield from _expired(entry, review.today)
        yield from _too_early(entry, review.today)


def _expired(entry: Entry, today: dt.date) -> Iterator[Hit]:
    """Yield a hit where validity ended before the day looked at: today, or the end of a term that is over."""
    item, last = entry.item, entry.item.effective_to
    day = min(max(today, entry.registration), entry.end)
    if last is None or last >= day:
        return
    message = Message("“{item}” is charged, but its basis was valid only until {last}", item=item.item, last=last)
    fix = Message("name the document that is in force now, or stop charging it")
    since = max(last + dt.timedelta(1), entry.registration)
    closed = entry.end if today > entry.end else None
    yield Hit(item.key, item.place("effective_to"), message, since, fix, page=entry.page, closed=closed)


def _too_early(entry: Entry, today: dt.date) -> Iterator[Hit]:
    """Yield a hit where the basis came into force only after the first school day."""
    item, first = entry.item, entry.item.effective_from
    if first is None or first <= entry.start:
        return
    message = Message(
        "“{item}” is charged from {start}, but its basis is in force only from {first}",
        item=item.item,
        start=entry.start,
        first=first,
    )
    fix = Message("charge it only from that day, or name the document that was in force before")
    closed = first if first <= today else None
    yield Hit(item.key, item.place("effective_from"), message, entry.start, fix, page=entry.page, closed=closed)


RULES = (
    Rule(
        "FEE-01", Severity.FINDING, N_("Every fee has a basis"),
        N_("Every item for which money is asked names the document that allows it and the body that approved it."),
        N_("A school may charge only what a document allows. With the document's number a parent can look it up."),
        N_(
            "Fill in the columns “basis” and “approving body”. If there is no document, stop charging the "
            "item and return the money."
        ),
        (POSTING, EDUCATION_LAW), has_basis, page="fees/",
    ),
    Rule(
        "FEE-04", Severity.FINDING, N_("Services and collected fees are voluntary"),
        N_(
            "Service fees and fees collected for a provider are marked voluntary, and no text says that "
            "everyone must pay."
        ),
        N_(
            "These fees are for something beyond teaching. Families may refuse them, and the child must not "
            "suffer for it."
        ),
        N_("Mark the item voluntary, reword its text, and return the money of families who did not agree."),
        (SERVICE,), is_voluntary, page="fees/",
    ),
    Rule(
        "FEE-05", Severity.FINDING, N_("Only listed items are charged"),
        N_("Every item for which money is asked is on the region's list and is none of those that are forbidden by name, "
           "such as handouts, test papers, drinking water or heating."),
        N_("What is not on the list may not be charged, whatever it is called."),
        N_("Stop charging the item and return the money. If it is on the list under another name, use that name."),
        (SERVICE, COMPULSORY_LAW), is_listed, page="fees/",
    ),
    Rule(
        "FEE-06", Severity.FINDING, N_("Rural schools charge no city items"),
        N_(
            "Items that only schools in towns or cities may charge, such as boarding or social practice, are "
            "not charged elsewhere."
        ),
        N_("In the countryside fewer items may be charged than in cities."),
        N_("Stop charging the item and return the money. If the school's setting is wrong, correct it in school.yml."),
        (SERVICE,), fits_setting, page="fees/",
    ),
    Rule(
        "FEE-15", Severity.FINDING, N_("The basis of every fee is in force"),
        N_(
            "The document behind every charged item is in force from the first school day on, for as long as "
            "the item is charged."
        ),
        N_("Approvals have an end. When it has passed, the fee has no basis any more."),
        N_("Name the document that is in force now and its days, or stop charging the item."),
        (POSTING, COMPULSORY_LAW), in_force, page="fees/",
    ),
)  # fmt: skip
