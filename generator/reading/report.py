"""Collects the problems of one file without letting one kind of them flood the reader."""

from __future__ import annotations

from collections import Counter

from generator.locale import Message
from generator.problems import Place, Problem, Severity
from generator.reading.limits import LIMITS, Limits


class Report:
    """The problems of one file, of each kind no more than the limit; the rest are counted."""

    def __init__(self, file: str, limits: Limits = LIMITS) -> None:
        self.file = file
        self.limits = limits
        self._problems: list[Problem] = []
        self._seen: Counter[tuple[str, Severity]] = Counter()

    def add(
        self,
        code: str,
        place: Place,
        message: Message,
        fix: Message | None = None,
        *,
        severity: Severity = Severity.ERROR,
        value: str | None = None,
        related: tuple[Place, ...] = (),
    ) -> None:
        """Add one problem, or only count it where enough of its kind are known."""
        self._seen[code, severity] += 1
        if self._seen[code, severity] <= self.limits.problems_of_a_kind:
            self._problems.append(Problem(place, code, message, fix, severity, value, related))

    def has(self, code: str, line: int) -> bool:
        """Return whether a problem of this code was told of this line."""
        return any(problem.code == code and problem.place.line == line for problem in self._problems)

    def is_full(self, code: str) -> bool:
        """Return whether enough errors of a kind are known, and count one more if so: it need not be put into words."""
        if self._seen[code, Severity.ERROR] < self.limits.problems_of_a_kind:
            return False
        self._seen[code, Severity.ERROR] += 1
        return True

    def count(self, code: str, number: int) -> None:
        """Count further errors of a kind that has reached its limit."""
        self._seen[code, Severity.ERROR] += number

    def note(self, code: str, place: Place, message: Message, fix: Message | None = None) -> None:
        """Add what was read generously, and how to save the file so that it need not be."""
        self.add(code, place, message, fix, severity=Severity.NOTE)

    def problems(self) -> list[Problem]:
        """Return the problems in the order found, then for each full kind how many more there are."""
        more = [
            Problem(
                Place(self.file),
                code,
                Message("Further problems of this kind in this file, not listed: {count}", count=count - most),
                severity=severity,
            )
            for (code, severity), count in self._seen.items()
            if count > (most := self.limits.problems_of_a_kind)
        ]
        return self._problems + more
