"""The books of a school: what was reviewed and what was found; and running the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.locale import Message
from generator.oversight.review import Review
from generator.oversight.rule import Finding, Hit, Rule
from generator.problems import Problem, Severity, closest
from generator.registers.explanations.records import Explanation


@dataclass(frozen=True, eq=False)
class Books(Review):
    """A review with its results: what pages are made from."""

    rules: tuple[Rule, ...] = ()
    findings: tuple[Finding, ...] = ()

    def found(self, subject: str, codes: str = "") -> tuple[Finding, ...]:
        """Return the findings about one subject, of the rules whose code begins with `codes`."""
        return tuple(f for f in self._by_subject.get(subject, ()) if f.rule.code.startswith(codes))

    @cached_property
    def _by_subject(self) -> Mapping[str, Sequence[Finding]]:
        found: dict[str, list[Finding]] = {}
        for finding in self.published:
            found.setdefault(finding.hit.subject, []).append(finding)
        return found

    @cached_property
    def open(self) -> tuple[Finding, ...]:
        """The findings that are published and not over, oldest first."""
        return tuple(f for f in self.published if not f.hit.closed)

    @cached_property
    def published(self) -> tuple[Finding, ...]:
        """All findings that the site shows, open and closed, oldest first."""
        return tuple(f for f in self.findings if f.rule.severity is Severity.FINDING)


def run(review: Review, rules: Sequence[Rule]) -> Books:
    """Return the books: every rule's findings on the review's day, oldest first and then by id."""
    findings = [
        Finding(rule, hit, review.today, _explained(review, rule, hit)) for rule in rules for hit in rule.check(review)
    ]
    findings.sort(key=lambda f: (f.hit.since or review.today, f.id, f.hit.place))
    return Books(review.data, review.policy, review.today, review.first, tuple(rules), tuple(findings))


def _explained(review: Review, rule: Rule, hit: Hit) -> Explanation | None:
    """Return the newest explanation of a finding that has been given and still holds."""
    name = f"{rule.code}:{hit.subject}"
    holding = [e for e in review.data.explanations if e.finding == name and e.date <= review.today <= e.until]
    return max(holding, key=lambda e: e.date, default=None)


def lost_explanations(books: Books) -> Iterator[Problem]:
    """Yield a warning for each explanation that should be shown today, but beside no finding."""
    known = {finding.id for finding in books.findings}
    for explanation in books.data.explanations:
        if explanation.finding in known or not explanation.date <= books.today <= explanation.until:
            continue
        near = closest(explanation.finding, known)
        yield Problem(
            explanation.place("finding"), "reference",
            Message("there is no finding “{value}” today", value=explanation.finding),
            Message("did you mean “{word}”?", word=near) if near
            else Message("correct the number, or let the explanation end on the day on which the finding did"),
            Severity.WARNING, value=explanation.finding,
        )  # fmt: skip
