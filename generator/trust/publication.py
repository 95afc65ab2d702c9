"""When each record was published first: computed from the ledger and never typed by staff."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class FirstPublished:
    """The day on which each record, by table and key, first stood on the site; ``began`` is the day of the site's first
    ledger entry. What was due before that day could not be published here in time, and its lateness is not judged."""

    began: dt.date | None = None
    days: Mapping[tuple[str, str], dt.date] = field(default_factory=dict)

    def day(self, table: str, record: str) -> dt.date | None:
        """Return the day on which a record was first published, or None when it never was."""
        return self.days.get((table, record))

    def expected(self, due: dt.date) -> bool:
        """Whether something due on this day could have been published here in time."""
        return self.began is not None and due >= self.began


UNKNOWN = FirstPublished()
"""Nothing is known of earlier publications, as of a school that never had a site."""
