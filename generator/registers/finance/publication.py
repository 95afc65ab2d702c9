"""When a month's account must be public, and whether it was."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from generator.locale import N_, Message
from generator.oversight.policy import Policy
from generator.oversight.public import public_since, site_since
from generator.oversight.review import Review
from generator.pages.parts import Tone
from generator.registers.finance.records import Statement
from generator.values.dates import Month, When


def limit(policy: Policy, name: str, day: dt.date) -> Decimal | None:
    """Return the value of a threshold on a day, or None where the policy pack has none."""
    try:
        return policy.threshold(name, day).value
    except KeyError:
        return None


def named(month: Month) -> When:
    """Return a month as a date of its own precision, which says itself in the reader's language."""
    return When(str(month), "month", month.first, month.last)


def due_day(policy: Policy, month: Month) -> dt.date | None:
    """Return the last day on which a month's statement is public in time, or None where the policy sets none."""
    following = month.plus(1)
    day = limit(policy, "statement-due-day", following.first)
    return None if day is None else following.first.replace(day=max(1, min(int(day), following.last.day)))


@dataclass(frozen=True, slots=True)
class Publication:
    """Whether the account of a month is public: the last day (None: not set), the day on which it was published first
    (None: there is no statement), and how many days too late it is or was.

    ``unproved`` is the day on which the site began, where that was after the last day: whether the account was public in
    time before cannot be known here, and it counts neither as late nor as in time.
    """

    month: Month
    due: dt.date | None
    on: dt.date | None
    days: int
    unproved: dt.date | None = None

    @property
    def late(self) -> bool:
        """Whether it was published after the last day or is overdue."""
        return self.days > 0

    @property
    def tone(self) -> Tone:
        """How the state is shown."""
        if self.late:
            return Tone.LATE
        if self.on is None:
            return Tone.DUE
        return Tone.GOOD if self.due and not self.unproved else Tone.INFO

    @property
    def words(self) -> Message:
        """The state in words."""
        if self.late:
            text, one = N_("{days} days overdue and not published"), N_("one day overdue and not published")
            if self.on:
                text, one = N_("published {days} days late"), N_("published one day late")
            return Message(text, days=self.days) if self.days > 1 else Message(one)
        if self.on is None:
            return Message(N_("not published yet"))
        return Message(N_("published on time") if self.due and not self.unproved else N_("published"))

    @property
    def sentence(self) -> Message:
        """The days behind the state, in one sentence; for an account that is public."""
        month = named(self.month)
        if self.on is None or self.due is None:
            return Message(N_("First published on {on}."), on=self.on or "")
        if self.unproved:
            text = N_(
                "First published on {on}. This site began on {began}; whether it was in time before, it cannot prove."
            )
            if self.on == self.unproved:
                text = N_(
                    "Public here since {began}, when this site began; whether it was in time before, it cannot prove."
                )
            return Message(text, on=self.on, began=self.unproved)
        if self.late:
            return Message(
                N_("The statement of {month} was due by {due} and was first published on {on}."),
                month=month, due=self.due, on=self.on,
            )  # fmt: skip
        return Message(N_("First published on {on}; due by {due}."), on=self.on, due=self.due)


def publication(review: Review, month: Month, statement: Statement | None) -> Publication:
    """Return whether the account of a month is public on the review's day; an account in the data is."""
    due = due_day(review.policy, month)
    on = public_since(review, "statements", statement.key) if statement else None
    days = max(((on or review.today) - due).days, 0) if due else 0
    unproved = due is not None and days > 0 and not review.first.expected(due)
    return Publication(month, due, on, 0 if unproved else days, site_since(review) if unproved else None)
