"""Everything that a report tells, as values: problems, rows and lines to paste, and what the change does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.build import Checked, check, guarded, sources_at
from generator.difference.difference import Difference, differ
from generator.locale import Language, Message
from generator.oversight.rule import Finding
from generator.privacy.own import SCHOOL, Own, own_of
from generator.privacy.report import masked
from generator.privacy.scan import CODE as PRIVATE
from generator.privacy.scan import content_of
from generator.problems import Problem, Severity, ordered, sentence
from generator.repair import mended
from generator.repair.school import Mended
from generator.trust.history import HistoryError

NOTHING = Mended((), ())


@dataclass(frozen=True)
class Gathered:
    """A proposed change as it was checked.

    ``difference`` is None where the base cannot be compared with, and ``refusal`` says why; ``rows`` are those of
    `corrections.csv` that would tell the changes of published figures which nothing tells yet. ``failed`` says that a step
    of the check failed, which has to have a reason here, or else nobody may call the change good.
    """

    checked: Checked
    problems: tuple[Problem, ...]
    own: Own
    difference: Difference | None = None
    refusal: Message | None = None
    mended: Mended = NOTHING
    failed: bool = False

    @property
    def language(self) -> Language:
        """The language of the school."""
        return self.checked.language

    def of(self, *severities: Severity) -> tuple[Problem, ...]:
        """Return the problems of these severities, in the order of their places."""
        return tuple(problem for problem in self.problems if problem.severity in severities)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep the site from being updated."""
        return self.of(Severity.ERROR)

    @property
    def doubt(self) -> Message | None:
        """Why it cannot be said that the change is good although no error is known, or None."""
        if self.errors:
            return None
        if self.refusal:
            return Message("It is not known whether this can go in: it could not be compared with what was published")
        if self.failed:
            return Message("This cannot go in yet: a step of the check failed, for a reason that is not told here")
        return None

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """The rows that the guard proposes, each once."""
        found = (problem.fix.values.get("row") for problem in self.errors if problem.fix)
        return tuple(dict.fromkeys(str(row) for row in found if row))

    @property
    def has_personal(self) -> bool:
        """Whether personal data was found: then no line of the data is repeated, for comments stay for ever."""
        return any(problem.code == PRIVATE for problem in self.errors)

    @property
    def open(self) -> int:
        """How many findings the site would show as open."""
        return len(self.checked.books.open) if self.checked.books else 0

    @property
    def opened(self) -> tuple[Finding, ...] | None:
        """The findings that come with the change, or None where that cannot be told."""
        found = self.difference.findings if self.difference else None
        return found.opened if found else None


def gather(
    root: Path, base: str, today: dt.date | None = None, ledger: Path | None = None, *, failed: bool = False
) -> Gathered:
    """Check the school in `root` and compare it with a base: a revision, or the folder of a school or of a site."""
    difference, refusal = None, None
    try:
        difference = differ(root, base, today, ledger)
        checked = difference.head
    except HistoryError as failure:
        refusal = failure.message
        checked = check(root, today, sources=sources_at(ledger))
    own = own_of(content_of(root / SCHOOL))
    found = [*checked.problems, *_silent(difference, own)]
    return Gathered(checked, _once(ordered(found), checked.language), own, difference, refusal, mended(root), failed)


def _silent(difference: Difference | None, own: Own) -> Iterator[Problem]:
    """Yield what the guard says about the base itself, which may be newer than what the ledger knows."""
    if difference is None or difference.head.books is None or not difference.base.facts:
        return
    books = difference.head.books
    for problem in guarded(books.data, difference.base.facts, books.today).problems:
        yield masked(problem, own)


def _once(problems: Iterable[Problem], language: Language) -> tuple[Problem, ...]:
    """Return the problems, of those that say the same of the same place only the first."""
    private = {
        (p.place.file, p.place.cell or p.place.line)
        for p in problems
        if p.code == PRIVATE and p.severity is Severity.ERROR
    }
    kept: dict[tuple[object, ...], Problem] = {}
    for problem in problems:
        at = problem.place
        if problem.code == "published" and (at.file, at.cell or at.line) in private:
            continue  # what has to go anyway needs no correction beside
        # The row to add is numbered by what else is missing, which may differ from the one comparison to the other.
        words = (
            language.say(problem.message)
            if problem.fix and "row" in problem.fix.values
            else sentence(problem, language)
        )
        kept.setdefault((at, problem.code, words), problem)
    return tuple(kept.values())
