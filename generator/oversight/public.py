"""Since when something has been public, for rules and pages alike: computed from the ledger, never typed."""

from __future__ import annotations

import datetime as dt

from generator.oversight.policy import Policy
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


def starting_until(review: Review) -> dt.date | None:
    """Return the last day on which a site that has just begun may still lack what it has to show; None when that is over.

    It has as long as the law gives for making public what has come into being: a school that begins has not failed yet.
    """
    began = review.first.began
    if began is None:
        return None
    last = _last_of_start(review.policy, began)
    return last if review.today <= last else None


def owed_since(review: Review, day: dt.date) -> dt.date:
    """Return since when something that had to be public from `day` on is missed: never from before the site had its time
    to begin."""
    began = review.first.began
    return max(day, _last_of_start(review.policy, began) + dt.timedelta(1)) if began else day


def _last_of_start(policy: Policy, began: dt.date) -> dt.date:
    try:
        days = int(policy.threshold("disclosure-working-days", began).value)
    except KeyError:
        return began
    # Where the public holidays of a year are not known yet, every week has five working days.
    return policy.working_days_after(began, days) or began + dt.timedelta(days * 7 // 5)


def corrected_on(review: Review, correction: str, date: dt.date) -> dt.date:
    """Return the day under which a correction is listed: its own, unless that would hide it from readers.

    A day that has not come yet, or one long before the row became public here, gives way to the day of the ledger.
    """
    public = public_since(review, "corrections", correction)
    late = public > site_since(review) and public - date > LONG
    return public if late or date > public else date
