"""The sections that tell what follows from the figures: totals, duties of publication, findings, pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.difference.difference import Difference
from generator.difference.duties import State
from generator.difference.naming import Naming, amount, more_or_less
from generator.difference.pages import Fate
from generator.difference.report import Cell, Section
from generator.locale import N_, Language, Message
from generator.oversight.rule import Finding

STATES = {State.MET: "good", State.LATE_MET: "late", State.LATE: "late", State.UNMET: "late"}
PAGE = N_("Page")


def site_sections(told: Difference, naming: Naming) -> Iterator[Section]:
    """Yield a section for each consequence that there is."""
    if told.moved:
        yield _totals(told, naming)
    if told.duties:
        yield _duties(told, naming)
    if told.findings:
        found, say = told.findings, naming.words.gettext
        for key, title, some in (
            ("opened", N_("Findings that open"), found.opened), ("closed", N_("Findings that close"), found.closed),
            ("explained", N_("Findings that are explained now"), found.explained),
        ):  # fmt: skip
            if some:
                yield _findings(naming, key, say(title), some)
    if told.pages:
        yield from _pages(told, naming)


def _totals(told: Difference, naming: Naming) -> Section:
    rows = tuple(
        (
            Cell(naming.shown(naming.words.value(total.name)), naming.shown(naming.say(total.group))),
            Cell(amount(total.before), kind="old", number=True),
            Cell(amount(total.after), more_or_less(total.before, total.after), "new", True),
            naming.page(total.page),
        )
        for total in told.moved
    )
    same = len(told.totals) - len(told.moved)
    remark = naming.words.ngettext(
        "{count} other total stays as it was.", "{count} other totals stay as they were.", same
    )
    titles = naming.titles(N_("Total"), N_("Before"), N_("Now"), PAGE)
    return Section("totals", naming.words.gettext("Totals"), titles, rows, remark.format(count=same) if same else "")


def _duties(told: Difference, naming: Naming) -> Section:
    rows = tuple(
        (
            Cell(naming.shown(naming.say(duty.what))), Cell(naming.words.gettext(duty.state.value), kind=STATES[duty.state]),
            Cell(naming.shown(naming.say(duty.how))), naming.page(duty.page),
        )
        for duty in told.duties or ()
    )  # fmt: skip
    titles = naming.titles(N_("Duty"), N_("State"), N_("How"), PAGE)
    return Section("duties", naming.words.gettext("Duties of publication"), titles, rows)


def _findings(naming: Naming, key: str, title: str, found: Sequence[Finding]) -> Section:
    rows = tuple(
        (
            Cell(f.rule.code, naming.words.gettext(f.rule.title), "id"), Cell(naming.shown(naming.say(f.hit.message)), _explained(f, naming)),
            Cell(age(f, naming.words)), naming.place(f.hit.place), naming.page(f.hit.page or f.rule.page),
        )
        for f in found
    )  # fmt: skip
    titles = naming.titles(N_("Rule"), N_("Finding"), N_("Since"), N_("Place"), PAGE)
    return Section(key, title, titles, rows)


def _explained(found: Finding, naming: Naming) -> str:
    if found.explanation is None:
        return ""
    return naming.shown(naming.say(Message("The school says: {text}", text=found.explanation.text)))


def age(found: Finding, words: Language) -> str:
    """Return how old a finding is, in words."""
    if found.age is None:
        return words.gettext("without a date")
    return words.ngettext("{days} day", "{days} days", found.age).format(days=found.age)


def _pages(told: Difference, naming: Naming) -> Iterator[Section]:
    """Yield the pages that change, and apart from them those that only show the same in another order."""
    changes = told.pages.changes if told.pages else ()
    for key, title, some in (
        ("pages", N_("Pages that change"), [c for c in changes if c.fate is not Fate.ORDER]),
        ("order", N_("Pages that show the same in another order"), [c for c in changes if c.fate is Fate.ORDER]),
    ):
        rows = tuple(
            (Cell(naming.shown(c.title if c.url else naming.words.gettext("Home"))), Cell(naming.words.gettext(c.fate.value)),
             naming.page(c.url) if c.fate is not Fate.GONE else Cell(f"/{c.url}", kind="code"))
            for c in some
        )  # fmt: skip
        if rows:
            titles = naming.titles(PAGE, N_("What becomes of it"), N_("Address"))
            yield Section(key, naming.words.gettext(title), titles, rows, folded=True)
