"""The pages of the calendar register."""

from __future__ import annotations

from collections.abc import Iterable

from generator.oversight.review import Books
from generator.pages.page import Page
from generator.pages.parts import Tile


def pages(books: Books) -> Iterable[Page]:
    """Yield the pages of this register."""
    return ()


def tiles(books: Books) -> Iterable[Tile]:
    """Yield this register's answers for the home page."""
    return ()
