"""Since when something has been public, for rules and pages alike: computed from the ledger, never typed."""

from __future__ import annotations

import datetime as dt

from generator.oversight.review import Review

LONG = dt.timedelta(days=31)
"""A correction may be entered so long before it is published, and keeps its own day."""


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


def corrected_on(review: Review, correction: str, date: dt.date) -> dt.date:
    """Return the day under which a correction is listed: its own, unless that would hide it from readers.

    A day that has not come yet, or one long before the row became public here, gives way to the day of the ledger.
    """
    public = public_since(review, "corrections", correction)
    late = public > site_since(review) and public - date > LONG
    return public if late or date > public else date
