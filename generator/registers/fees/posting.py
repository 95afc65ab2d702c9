"""When the fees of a term, and each of its items, came to be public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache

from generator.oversight.public import public_since
from generator.oversight.review import Review
from generator.registers.fees.records import FeeItem

TABLE = "fees"


@lru_cache(maxsize=1)
def posted(review: Review) -> Mapping[str, dt.date]:
    """Return the first day on which any fee item of each term stood on the site, those since withdrawn too."""
    days: dict[str, dt.date] = {}
    for (table, record), day in review.first.days.items():
        if table == TABLE:
            term = record.partition("/")[0]
            days[term] = min(day, days.get(term, review.today))
    for item in review.data.fees:
        days[item.term] = min(public_since(review, TABLE, item.key), days.get(item.term, review.today))
    return days


def added(review: Review, item: FeeItem) -> dt.date | None:
    """Return the day on which an item joined the list of its term, or None where it was there from the beginning."""
    day = public_since(review, TABLE, item.key)
    return day if day > posted(review)[item.term] else None
