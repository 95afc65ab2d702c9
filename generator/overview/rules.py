"""The rules: an index, and for each one a page in plain words with the cases that test it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from generator.canonical import text_of
from generator.dataset import sheet_named
from generator.locale import N_, Message
from generator.oversight.books import Books
from generator.oversight.cases import Case, Edit, cases
from generator.oversight.policy import Threshold
from generator.oversight.rule import Document, Rule
from generator.overview.findings import FindingView, RuleState, states, view
from generator.pages.page import Page
from generator.pages.parts import Link
from generator.problems import Severity
from generator.records import titles
from generator.registers.register import REGISTERS

AREAS = {
    "FEE": N_("Fees"), "FIN": N_("Accounts"), "CAL": N_("Plan and calendar"), "RSP": N_("Who is responsible"),
    "DIS": N_("What must be public"), "REC": N_("Books that must agree"), "SET": N_("Settlements"),
}  # fmt: skip
"""What a rule is about, by the letters of its code."""

SEVERITIES = {
    Severity.ERROR: N_("stops publication"),
    Severity.FINDING: N_("published with its age"),
    Severity.WARNING: N_("told to the staff"),
    Severity.NOTE: N_("for information"),
}
"""What happens when a rule is broken."""


@dataclass(frozen=True)
class Group:
    """The rules of one area."""

    title: str
    rules: tuple[tuple[RuleState, str], ...]


@dataclass(frozen=True)
class Index:
    """All rules by area."""

    groups: tuple[Group, ...]
    count: int


@dataclass(frozen=True)
class Change:
    """One change of an example: which file, row and column, what stood there and what stands there now.

    These are in the language of the sample's file; ``note`` is in the site's, for what is not a cell.
    """

    file: str
    row: str
    column: str
    old: str | None
    new: str | None
    note: str = ""


@dataclass(frozen=True)
class FirstDays:
    """Records of one table that, in an example, first stood on the site on a day."""

    table: str
    records: str
    day: dt.date


@dataclass(frozen=True)
class Example:
    """A case of a rule: what it is, on which day it is looked at, what is changed, what was first published when, and the
    lines that are then said (none: all is well)."""

    text: str
    today: dt.date | None
    changes: tuple[Change, ...]
    published: tuple[FirstDays, ...]
    says: tuple[str, ...]


@dataclass(frozen=True)
class RulePage:
    """One rule in full; ``thresholds`` are those that hold or held, ``clean`` is None for a rule that speaks to staff."""

    code: str
    title: str
    severity: str
    checks: str
    reason: str
    fix: str
    documents: tuple[Document, ...]
    thresholds: tuple[Threshold, ...]
    examples: tuple[Example, ...]
    state: RuleState
    open: tuple[FindingView, ...]
    closed: tuple[FindingView, ...]
    trail: tuple[Link, ...]


def pages(books: Books) -> Iterator[Page]:
    """Yield the index and the page of each rule."""
    now = states(books)
    found = books.published
    yield index_page(books, now)
    for rule in books.rules:
        own = tuple(view(finding, books) for finding in found if finding.rule is rule)
        yield rule_page(rule, books, now[rule.code], own)


def index_page(books: Books, now: Mapping[str, RuleState]) -> Page:
    """Return the list of all rules."""
    say = books.language.gettext
    groups = tuple(
        Group(say(AREAS.get(area, area)), tuple((now[r.code], say(SEVERITIES[r.severity])) for r in some))
        for area, some in groupby(books.rules, key=lambda rule: rule.code.partition("-")[0])
    )
    return Page(
        "rules/", say("Rules"), "findings", "overview/rules.html.j2", Index(groups, len(books.rules)),
        books.language.say(Message("{count} rules, each in plain words", count=len(books.rules))),
    )  # fmt: skip


def rule_page(rule: Rule, books: Books, state: RuleState, own: tuple[FindingView, ...]) -> Page:
    """Return the page of one rule with its state and its own findings."""
    say = books.language.gettext
    url = f"rules/{rule.code}/"
    context = RulePage(
        rule.code, say(rule.title), say(SEVERITIES[rule.severity]), say(rule.checks), say(rule.reason), say(rule.fix),
        rule.source, _thresholds(rule, books), tuple(example(case, books) for case in cases_by_rule().get(rule.code, ())),
        state, tuple(v for v in own if not v.closed), tuple(v for v in own if v.closed),
        (Link(say("Findings"), "findings/"), Link(say("Rules"), "rules/"), Link(rule.code, url, current=True)),
    )  # fmt: skip
    return Page(url, f"{rule.code} {say(rule.title)}", "findings", "overview/rule.html.j2", context, say(rule.checks))


def _thresholds(rule: Rule, books: Books) -> tuple[Threshold, ...]:
    return tuple(t for t in books.policy.pack.thresholds if t.id in rule.thresholds)


@cache
def cases_by_rule() -> dict[str, tuple[Case, ...]]:
    """Return the cases of each rule by its code, those that break it first."""
    found = sorted((case for register in REGISTERS for case in cases(register.cases)), key=lambda case: not case.says)
    return {code: tuple(case for case in found if case.rule == code) for code in sorted({c.rule for c in found})}


def example(case: Case, books: Books) -> Example:
    """Return a case as an example: old cells are known where this school is the sample that the cases change."""
    changes = tuple(change for edit in case.edits for change in _changes(edit, books))
    return Example(case.label(books.language.code), case.today, changes, tuple(_published(case, books)), case.says)


def _published(case: Case, books: Books) -> Iterator[FirstDays]:
    for (table, day), group in groupby(case.published, key=lambda each: (each.table, each.day)):
        sheet = sheet_named(table)
        records = books.language.value([each.record for each in group])
        yield FirstDays(sheet.label(books.language.code) if sheet else table, records, day)


def _changes(edit: Edit, books: Books) -> Iterator[Change]:
    say = books.language.gettext
    if edit.find is not None:
        yield Change(edit.file, "", "", edit.find, edit.put, say("in the text"))
        return
    if edit.add:
        written = "；".join(f"{cell.title} {cell.text}" for cell in edit.cells)
        yield Change(edit.file, "", "", None, written, say("new row"))
        return
    before, row = _row(edit, books), edit.row or ""
    if edit.remove:
        yield Change(edit.file, row, "", "；".join(filter(None, before.values())), None, say("whole row"))
    for cell in edit.cells:
        yield Change(edit.file, row, cell.title, before.get(cell.title), cell.text)


def _row(edit: Edit, books: Books) -> dict[str, str]:
    """Return the cells of the sample's row that an edit names, by their Chinese titles."""
    file = next((f for f in books.data.files if f.path == edit.file), None)
    if file is None or not books.data.school.sample:
        return {}
    fields = [title for title in titles(file.sheet.record) if not title.path]
    leading = fields[: (edit.row or "").count("/") + 1]
    for record in file.records:
        if "/".join(text_of(getattr(record, t.name)) for t in leading) == edit.row:
            return {t.zh: text_of(getattr(record, t.name)) for t in fields}
    return {}
