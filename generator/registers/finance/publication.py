"""When a month's account must be public, and whether it was."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from generator.locale import N_, Message
from generator.oversight.policy import Policy
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
    """Whether a month's account is public: the last day (None: not set), the day on which it was published (None: not
    yet), how many days too late it is or was, and whether there is a statement at all."""

    due: dt.date | None
    on: dt.date | None
    days: int
    entered: bool = False

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
        return Tone.GOOD if self.due else Tone.INFO

    @property
    def words(self) -> Message:
        """The state in words."""
        if self.late:
            text, one = N_("{days} days overdue and not published"), N_("one day overdue and not published")
            if self.on:
                text, one = N_("published {days} days late"), N_("published one day late")
            elif self.entered:
                text = N_("{days} days overdue, no day of publication entered")
                one = N_("one day overdue, no day of publication entered")
            return Message(text, days=self.days) if self.days > 1 else Message(one)
        if self.on is None:
            return Message(N_("not published yet"))
        return Message(N_("published on time") if self.due else N_("published"))


def publication(statement: Statement | None, month: Month, policy: Policy, today: dt.date) -> Publication:
    """Return whether the account of a month is public on the day `today`; a day in the future has not come yet."""
    due = due_day(policy, month)
    on = statement.published_on if statement else None
    if on and on > today:
        on = None
    days = ((on or today) - due).days if due else 0
    return Publication(due, on, max(days, 0), statement is not None)
