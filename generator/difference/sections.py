"""The sections that tell figures: changes, what was filled in, work that went on, rows, corrections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.difference.difference import Difference
from generator.difference.figures import Changed, Row
from generator.difference.naming import NOTHING, Naming
from generator.difference.report import Cell, Section
from generator.locale import N_, Message
from generator.pages.corrected import Amendment, all_amendments

RECORD, COLUMN, BEFORE, NOW = N_("Record"), N_("Column"), N_("Before"), N_("Now")
CORRECTION, WHERE, CONTENT = N_("Correction"), N_("Place"), N_("Content")


def figure_sections(told: Difference, naming: Naming) -> Iterator[Section]:
    """Yield a section for each kind of change of figures that there is."""
    found, say = told.figures, naming.words.gettext
    if found.changed:
        yield Section(
            "changed", say("Published figures that change"), naming.titles(RECORD, COLUMN, BEFORE, NOW, CORRECTION, WHERE),
            tuple((*_change(naming, c), _telling(naming, c), naming.place(c.place)) for c in found.changed),
        )  # fmt: skip
    if found.gone:
        yield Section(
            "gone", say("Published rows that are gone"), naming.titles(RECORD, CONTENT, CORRECTION, WHERE),
            tuple((naming.record(r), Cell(naming.content(r), kind="old"), _telling(naming, r), naming.place(r.place)) for r in found.gone),
        )  # fmt: skip
    if found.moved:
        remark = say("Work that goes on needs no correction.")
        yield _plain(naming, "moved", say("Measures that moved forward"), found.moved, remark)
    if found.corrections:
        yield _corrections(told, naming)
    if found.filled:
        yield _plain(naming, "filled", say("Filled in where nothing stood"), found.filled)
    if found.added:
        yield _rows(naming, "added", say("New rows"), found.added)
    if told.settings:
        remark = say("No figures, and no correction is needed: but they decide where those who edit are led.")
        yield _plain(naming, "settings", say("Settings that change"), told.settings, remark)
    if told.allowed:
        yield _allowed(told, naming)
    if found.unread:
        remark = say(
            "The files of these rows have errors; whether the rows are gone can be said when these are mended."
        )
        yield _rows(naming, "unread", say("Rows that cannot be read now"), found.unread, remark)


def _allowed(told: Difference, naming: Naming) -> Section:
    """Return what the search for personal data lets pass from now on, on whose word."""
    rows = tuple(
        (
            Cell(naming.shown(row.mark), kind="id"), Cell(naming.shown(row.file), kind="code"), Cell(naming.shown(row.kind)),
            Cell(naming.shown(row.reason), naming.shown(row.approved_by)), naming.place(row.place()),
        )
        for row in told.allowed
    )  # fmt: skip
    titles = naming.titles(N_("Mark"), N_("File"), N_("Looks like"), N_("Reason"), WHERE)
    return Section("allowed", naming.words.gettext("Passes as not personal from now on"), titles, rows)


def _change(naming: Naming, change: Changed) -> tuple[Cell, ...]:
    return (naming.record(change.name), *naming.values(change))


def _plain(naming: Naming, key: str, title: str, changes: Iterable[Changed], remark: str = "") -> Section:
    """Return changes that need no correction."""
    rows = tuple((*_change(naming, change), naming.place(change.place)) for change in changes)
    return Section(key, title, naming.titles(RECORD, COLUMN, BEFORE, NOW, WHERE), rows, remark)


def _rows(naming: Naming, key: str, title: str, rows: Iterable[Row], remark: str = "") -> Section:
    cells = tuple((naming.record(row), Cell(naming.content(row)), naming.place(row.place)) for row in rows)
    return Section(key, title, naming.titles(RECORD, CONTENT, WHERE), cells, remark, folded=True)


def _telling(naming: Naming, change: Changed | Row) -> Cell:
    """Return the corrections that tell a change, or that none does; empty where none is needed."""
    if change.silent:
        return Cell(naming.words.gettext("no correction tells it"), kind="late")
    return Cell(naming.shown(naming.words.listing(change.corrections)), kind="good" if change.corrections else "")


def _corrections(told: Difference, naming: Naming) -> Section:
    """Return the new corrections as the page of changes tells them."""
    books = told.head.books
    known = {amendment.id: amendment for amendment in all_amendments(books)} if books else {}
    rows = tuple(_correction(naming, row, known.get(row.record)) for row in told.figures.corrections)
    titles = naming.titles(CORRECTION, N_("What it corrects"), BEFORE, NOW, N_("Reason"), WHERE)
    return Section("corrections", naming.words.gettext("New corrections"), titles, rows)


def _correction(naming: Naming, row: Row, found: Amendment | None) -> tuple[Cell, ...]:
    if found is None:
        return (
            Cell(naming.shown(row.record)),
            Cell(naming.content(row)),
            Cell(""),
            Cell(""),
            Cell(""),
            naming.place(row.place),
        )
    old, new = (naming.hidden if found.private else text or NOTHING for text in (found.old, found.new))
    what = naming.say(Message("{record}, {column}", record=found.name or found.record, column=found.title))
    return (
        Cell(naming.shown(found.id), found.kind.label(naming.words.code), "id"),
        Cell(naming.shown(what), naming.shown(f"{found.table} {found.record}")),
        Cell(naming.shown(old), kind="old", number=found.number), Cell(naming.shown(new), found.difference, "new", found.number),
        Cell(naming.shown(found.reason), naming.shown(found.approved_by)), naming.place(row.place),
    )  # fmt: skip
