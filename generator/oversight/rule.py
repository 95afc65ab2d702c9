"""What a rule is, and what it finds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.locale import Labelled, Message
from generator.oversight.policy import Mark
from generator.oversight.review import Review
from generator.problems import Place, Problem, Severity
from generator.registers.explanations.records import Explanation


@dataclass(frozen=True)
class Document(Labelled):
    """A document that a rule rests on: its name in Chinese and English, and how sure we are of it."""

    zh: str
    en: str
    mark: Mark

    @property
    def unsure(self) -> bool:
        """Whether it is shown as “to be confirmed”: known from a mirror or from memory only."""
        return self.mark.unsure


@dataclass(frozen=True)
class Hit:
    """One breach of a rule.

    ``subject`` is the key of the record or period, which with the rule's code names the finding for ever; ``since`` is
    the day from which its age counts; ``page`` is the address of the page where the subject is shown, with its anchor;
    ``closed`` is the day on which the breach ended, for one that is over.
    """

    subject: str
    place: Place
    message: Message
    since: dt.date | None = None
    fix: Message | None = None
    related: tuple[Place, ...] = ()
    page: str = ""
    value: str | None = None
    closed: dt.date | None = None


@dataclass(frozen=True)
class Rule:
    """One oversight rule: its code and severity, its texts (message ids), its source, and the check itself.

    ``check`` is given the whole review and yields a `Hit` for each breach; ``thresholds`` are the ids in the policy
    pack that it measures against; ``page`` is where its subject matter stands on the site.
    """

    code: str
    severity: Severity
    title: str
    checks: str
    reason: str
    fix: str
    source: tuple[Document, ...]
    check: Callable[[Review], Iterable[Hit]]
    thresholds: tuple[str, ...] = ()
    page: str = ""


@dataclass(frozen=True)
class Finding:
    """A hit of a rule on a given day, with the school's explanation while that holds."""

    rule: Rule
    hit: Hit
    today: dt.date
    explanation: Explanation | None = None

    @property
    def id(self) -> str:
        """The finding's name for ever, such as ``FIN-06:2023-05``."""
        return f"{self.rule.code}:{self.hit.subject}"

    @property
    def age(self) -> int | None:
        """Days from the beginning of the breach to its end or to today, or None when it has no date."""
        return max(((self.hit.closed or self.today) - self.hit.since).days, 0) if self.hit.since else None

    def problem(self) -> Problem:
        """Return the finding as a problem for the list that `check` prints."""
        hit = self.hit
        return Problem(
            hit.place, self.rule.code, hit.message, hit.fix, self.rule.severity, value=hit.value, related=hit.related
        )
