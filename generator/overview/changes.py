"""What changed: each correction with the old value and the new, and a history of what became public when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from generator.locale import N_, Message
from generator.oversight.books import Books
from generator.oversight.public import corrected_on
from generator.overview.events import happened
from generator.overview.feed import ATOM, JSON
from generator.overview.figures import Figures
from generator.pages.corrected import Amended, Amendment, all_amendments, amended, left_over
from generator.pages.downloads import table_links
from generator.pages.filters import anchor
from generator.pages.page import Page
from generator.pages.parts import Entry, Link
from generator.problems import Place
from generator.registers.corrections.records import Correction

SHEET = "corrections"


@dataclass(frozen=True)
class CorrectionView:
    """A correction as it is shown: in words, with the page that shows the figure (empty: none), where it stands in `data/`,
    and what was corrected about the correction itself."""

    told: Amendment
    anchor: str
    page: str
    place: Place
    amended: Amended


@dataclass(frozen=True)
class Day:
    """The corrections of one day."""

    day: dt.date
    corrections: tuple[CorrectionView, ...]


@dataclass(frozen=True)
class Changes:
    """All corrections by days, newest first, with the downloads of their table, the history without them, and the feeds;
    ``left_over`` are corrections of corrections that are withdrawn."""

    days: tuple[Day, ...]
    count: int
    history: tuple[Entry, ...]
    links: tuple[Link, ...]
    feeds: tuple[Link, ...]
    left_over: tuple[Amendment, ...]


def page(books: Books) -> Page:
    """Return the page of changes."""
    language = books.language
    files = [f.path for f in books.data.files if f.sheet.name == SHEET]
    context = Changes(
        tuple(_days(books)), len(books.data.corrections),
        tuple(entry for entry in happened(books) if not entry.url.startswith("changes/")),
        tuple(link for file in files for link in table_links(file)),
        (Link("Atom", ATOM), Link("JSON", JSON)),
        left_over(books, (SHEET,), shown={(SHEET, correction.key) for correction in books.data.corrections}),
    )  # fmt: skip
    about = Message(N_("Every published figure that was changed: old value, new value, reason and date"))
    title, sources = language.gettext("Changes"), tuple(map(Place, files or [f"data/{SHEET}.csv"]))
    return Page("changes/", title, "changes", "overview/changes.html.j2", context, language.say(about), sources)


def _days(books: Books) -> list[Day]:
    """Return the corrections by days, the newest day first, those of one day in the order in which they were entered."""
    figures, rows = Figures(books), {correction.id: correction for correction in books.data.corrections}
    views = [_view(amendment, rows[amendment.id], figures, books) for amendment in all_amendments(books)]
    dated = [(corrected_on(books, view.told.id, view.told.date), view) for view in views]
    dated.sort(key=itemgetter(0), reverse=True)
    return [Day(day, tuple(view for _, view in same)) for day, same in groupby(dated, key=itemgetter(0))]


def _view(amendment: Amendment, row: Correction, figures: Figures, books: Books) -> CorrectionView:
    url = figures.url(amendment)
    return CorrectionView(amendment, anchor(amendment.id), url, row.place(), amended(books, SHEET, row))
