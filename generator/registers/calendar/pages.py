"""The pages of the calendar register."""

from __future__ import annotations

from collections.abc import Iterable

from generator.oversight.review import Books
from generator.pages.page import Page
from generator.pages.parts import Tile
from generator.registers.calendar.views import MonthView, almanac


def month_view(books: Books) -> MonthView | None:
    """Return the month of today, or that of the current term nearest to it; None while there is no term and no event.

    The home page shows it with ``{% include "calendar/month_part.html.j2" %}``, which needs it as ``month``.
    """
    whole = almanac(books)
    return whole.view(whole.current) if whole.current else None


def pages(books: Books) -> Iterable[Page]:
    """Yield the pages of this register."""
    return ()


def tiles(books: Books) -> Iterable[Tile]:
    """Yield this register's answers for the home page."""
    return ()
