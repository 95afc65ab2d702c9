"""Since when something has been public, for rules and pages alike: computed from the ledger, never typed."""

from __future__ import annotations

import datetime as dt

from generator.oversight.review import Review


def public_since(review: Review, table: str, record: str) -> dt.date:
    """Return the day on which a record of the data first stood on the site.

    What no earlier publication knows becomes public with this one, on the review's day: data that is read is shown.
    """
    day = review.first.day(table, record)
    return min(day, review.today) if day else review.today


def site_since(review: Review) -> dt.date:
    """Return the day since which there has been a site: before it nothing could be published here in time or late."""
    began = review.first.began
    return min(began, review.today) if began else review.today
