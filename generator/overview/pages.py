"""All pages of the overview: those that show every register at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.commit import Commit
from generator.oversight.books import Books
from generator.overview import about, changes, data, findings, home, rules
from generator.pages.page import Page

TEMPLATES = Path(__file__).parent / "templates"
"""The folder of the overview's templates, which are named ``overview/<name>.html.j2``."""


def pages(books: Books, commit: Commit | None = None, files: Mapping[str, bytes] | None = None) -> Iterator[Page]:
    """Yield the pages of the overview; ``files`` are the downloads if they are made already, for their sizes."""
    commit = commit or Commit()
    yield home.page(books)
    yield findings.page(books)
    yield from rules.pages(books)
    yield changes.page(books)
    yield data.page(books, commit, files or {})
    yield data.dictionary_page(books)
    yield about.page(books, commit)
