"""The findings: what is wrong, since when, what the law says, and what the school says."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from generator.locale import Message
from generator.oversight.books import Books
from generator.oversight.public import starting_until
from generator.oversight.rule import Document, Finding, Rule
from generator.pages.corrected import Amended, Amendment, amended, left_over
from generator.pages.filters import anchor
from generator.pages.page import Page
from generator.pages.parts import Link
from generator.problems import Place, Severity
from generator.registers.explanations.records import Explanation
from generator.registers.school.rules import COMPLETE, lacking

EXPLANATIONS = "explanations"


@dataclass(frozen=True)
class FindingView:
    """One finding as it is shown; ``amended`` are the corrections of its explanation."""

    anchor: str
    code: str
    rule_title: str
    message: str
    fix: str
    place: Place
    page: str
    since: dt.date | None
    closed: dt.date | None
    age: int | None
    documents: tuple[Document, ...]
    explanation: Explanation | None
    amended: Amended


@dataclass(frozen=True)
class RuleState:
    """A rule in a list: its code and title, and how many of its findings are open; None where it speaks to staff only.

    One that ``waits`` finds nothing only because the site has just begun and has time to be filled in."""

    code: str
    title: str
    open: int | None
    waits: bool = False


@dataclass(frozen=True)
class FindingsPage:
    """All findings of the day, and the rules with how they stand; ``left_over`` are the corrections of explanations that are
    not shown (any more); a site that has just begun has time ``until`` a day for what is ``unfilled``."""

    today: dt.date
    open: tuple[FindingView, ...]
    closed: tuple[FindingView, ...]
    rules: tuple[RuleState, ...]
    clean: int
    staff: int
    left_over: tuple[Amendment, ...]
    until: dt.date | None
    unfilled: tuple[Link, ...]


def to_fill_in(books: Books) -> tuple[Link, ...]:
    """Return what a site that has just begun still lacks, each with the page where it will stand."""
    if not starting_until(books):
        return ()
    return tuple(Link(lack.item.label(books.language.code), lack.page) for lack in lacking(books))


def view(finding: Finding, books: Books) -> FindingView:
    """Return a finding as it is shown in the school's language."""
    rule, hit, language = finding.rule, finding.hit, books.language
    fix = language.say(hit.fix) if hit.fix else language.gettext(rule.fix)
    return FindingView(
        anchor(finding.id), rule.code, language.gettext(rule.title), sentence(language.say(hit.message)),
        sentence(fix), hit.place, hit.page, hit.since, hit.closed, finding.age,
        rule.source, finding.explanation, amended(books, EXPLANATIONS, finding.explanation) if finding.explanation else {},
    )  # fmt: skip


def sentence(text: str) -> str:
    """Return a message, which stands after a colon in lists of problems, as a sentence of its own."""
    return text[:1].upper() + text[1:]


def states(books: Books) -> dict[str, RuleState]:
    """Return how each rule stands today, by its code; what warnings and notes find is told to staff only."""
    counts = Counter(finding.rule.code for finding in books.open)

    def state(rule: Rule) -> RuleState:
        told = rule.severity in (Severity.ERROR, Severity.FINDING)
        waits = rule.code == COMPLETE and bool(to_fill_in(books))
        return RuleState(rule.code, books.language.gettext(rule.title), counts[rule.code] if told else None, waits)

    return {rule.code: state(rule) for rule in books.rules}


def explained(books: Books) -> Mapping[str, Finding]:
    """Return the findings that are shown with an explanation, by the key of that explanation."""
    return {finding.explanation.key: finding for finding in books.published if finding.explanation}


def page(books: Books) -> Page:
    """Return the page of findings."""
    rules = tuple(states(books).values())
    views = [view(finding, books) for finding in books.published]
    closed = sorted((v for v in views if v.closed), key=lambda v: v.closed or books.today, reverse=True)
    is_open = tuple(v for v in views if not v.closed)
    context = FindingsPage(
        books.today, is_open, tuple(closed), rules, sum(rule.open == 0 and not rule.waits for rule in rules),
        sum(rule.open is None for rule in rules),
        left_over(books, (EXPLANATIONS,), shown={(EXPLANATIONS, key) for key in explained(books)}),
        starting_until(books), to_fill_in(books),
    )  # fmt: skip
    language = books.language
    about = language.say(
        Message("{rules} rules checked, {count} findings open", rules=len(rules), count=len(context.open))
    )
    title, sources = language.gettext("Findings"), (Place(f"data/{EXPLANATIONS}.csv"),)
    return Page("findings/", title, "findings", "overview/findings.html.j2", context, about, sources)
