"""What a change does, as values: figures, totals, duties, findings and pages of the state before and of the state now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from generator.build import Checked, builds, check, sources_at
from generator.difference.base import Base, allowed_in, base_of
from generator.difference.duties import Duty, duties
from generator.difference.figures import Changed, Figures, figures
from generator.difference.findings import Findings, findings
from generator.difference.pages import Fate, Pages, pages
from generator.difference.totals import Total, totals
from generator.difference.unseen import newly_allowed, settings
from generator.privacy.allowed import Allowed
from generator.reading import collector_paused
from generator.trust.facts import facts


class Untold(Enum):
    """Why a part of a difference cannot be told."""

    NOT_READ = "the school cannot be read"
    ERRORS = "files with errors may lack rows"
    NO_SITE = "no site can be built of the data"
    FACTS_ONLY = "the base holds facts only"


@dataclass(frozen=True)
class Difference:
    """What a change does.

    ``settings`` are those that change although they are no facts, ``allowed`` what the search for personal data lets pass
    from now on. Parts that cannot be told are None, and ``untold`` says why. ``head`` and ``base`` are both sides as they were checked;
    with errors in the head the site is not updated.
    """

    head: Checked
    base: Base
    figures: Figures = field(default_factory=Figures)
    totals: tuple[Total, ...] = ()
    findings: Findings | None = None
    duties: tuple[Duty, ...] | None = None
    pages: Pages | None = None
    untold: Untold | None = None
    settings: tuple[Changed, ...] = ()
    allowed: tuple[Allowed, ...] = ()

    @property
    def errors(self) -> int:
        """How many errors keep the site from being updated."""
        return len(self.head.errors)

    @property
    def first(self) -> bool:
        """Whether nothing was published before."""
        return not self.base.facts

    @property
    def today(self) -> dt.date | None:
        """The day on which both sides were looked at."""
        return self.head.books.today if self.head.books else None

    @property
    def moved(self) -> tuple[Total, ...]:
        """The totals that are otherwise than before."""
        return tuple(total for total in self.totals if total.moved)

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes for readers."""
        told = bool(self.figures) or bool(self.figures.unread) or bool(self.moved) or bool(self.duties)
        beside = bool(self.settings) or bool(self.allowed)
        found = self.findings and (self.findings.opened or self.findings.closed or self.findings.explained)
        shown = self.pages and any(change.fate is not Fate.ORDER for change in self.pages.changes)
        return not (told or beside or found or shown)


@collector_paused()
def differ(root: Path, base: str, today: dt.date | None = None, ledger: Path | None = None) -> Difference:
    """Return what the data in `root` changes against a base: a revision, or the folder of a school or of a site.

    Both are looked at as of the same day. Raises `HistoryError` where the base cannot be had; errors in the data are
    told, never raised.
    """
    head = check(root, today, sources=sources_at(ledger))
    earlier = base_of(root, base, head)
    if head.books is None:
        return Difference(head, earlier, untold=Untold.NOT_READ)
    data, before = head.books.data, earlier.checked.books if earlier.checked else None
    found = figures(earlier, data, facts(data))
    if before is None and earlier.facts:
        return Difference(head, earlier, found, untold=Untold.FACTS_ONLY)
    beside = (settings(earlier.data, data), newly_allowed(earlier.allowed, allowed_in(root)))
    moved = totals(before, head.books)
    if data.broken:
        return Difference(head, earlier, found, moved, None, None, None, Untold.ERRORS, *beside)
    parts = (head, earlier, found, moved, findings(before, head.books), duties(before, head.books))
    if head.errors and builds(root) is None:
        return Difference(*parts, None, Untold.NO_SITE, *beside)
    return Difference(*parts, pages(earlier.checked, head, same=not found), None, *beside)
