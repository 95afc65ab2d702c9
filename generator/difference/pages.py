"""Which pages of the site a change touches: both sides are rendered alike, and what they say is compared.

What says nothing about the school is left out: addresses of lines at a commit, numbers of lines, hashes of files, sizes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from generator.beside import beside
from generator.build import Checked
from generator.commit import Commit
from generator.locale import N_
from generator.oversight.books import Books
from generator.overview.pages import TEMPLATES as OVERVIEW
from generator.overview.pages import pages as overview_pages
from generator.pages.environment import environment
from generator.pages.page import Page
from generator.pages.render import render
from generator.problems import Place
from generator.registers.register import REGISTERS
from generator.site.project import cache_folder

PIECE = re.compile(r"<[^>]*>|[^<]+")


class Fate(Enum):
    """What becomes of a page, in words; `ORDER` is said of one that says the same in another order."""

    NEW = N_("new page")
    CHANGED = N_("changed page")
    GONE = N_("page gone")
    ORDER = N_("only another order")


@dataclass(frozen=True)
class PageChange:
    """A page of the site that is not as before: its address, its title, and what becomes of it."""

    url: str
    title: str
    fate: Fate


@dataclass(frozen=True)
class Pages:
    """The pages that change, in the order of the site, and how many there are in all."""

    changes: tuple[PageChange, ...]
    count: int


Said = Mapping[str, tuple[str, str]]


def pages(base: Checked | None, head: Checked, *, same: bool = False) -> Pages:
    """Return which pages are new, changed or gone; both sides must be free of what keeps a site from being built.

    Where the facts are the ``same`` a page of the very same pieces only shows them in another order; where facts changed
    it may show two values exchanged.
    """
    earlier = beside(lambda: said(base) if base else {})
    now = said(head)
    was = earlier()
    found = [*_changed(was, now, same), *(PageChange(url, was[url][0], Fate.GONE) for url in was if url not in now)]
    return Pages(tuple(found), len(now))


def said(checked: Checked) -> Said:
    """Return what each page says, by its address: its title, and its markup without lines, commits and hashes."""
    if checked.books is None:
        return {}
    books = _plain(checked.books)
    templates = {register.name: register.templates for register in REGISTERS} | {"overview": OVERVIEW}
    env = environment(checked.language, templates, cache=cache_folder() / "templates")
    env.filters.update(place=_file, line=_file)
    found: dict[str, tuple[str, str]] = {}
    for page in (*overview_pages(books, Commit()), *_own(books)):
        found[page.url] = (page.title, f"{page.title}\n{page.description}\n{render(env, page)}")
    return found


def _plain(books: Books) -> Books:
    """Return books whose files have no hashes, which differ with every space in a file."""
    data = replace(books.data, files=tuple(replace(file, sha256="") for file in books.data.files))
    return replace(books, data=data)


def _own(books: Books) -> Iterator[Page]:
    for register in REGISTERS:
        yield from register.pages(books)


def _file(at: Place) -> str:
    return at.file


def _changed(was: Said, now: Said, facts_are_same: bool) -> Iterator[PageChange]:
    for url, (title, content) in now.items():
        if url not in was:
            yield PageChange(url, title, Fate.NEW)
        elif content != was[url][1]:
            same = facts_are_same and _pieces(content) == _pieces(was[url][1])
            yield PageChange(url, title, Fate.ORDER if same else Fate.CHANGED)


def _pieces(content: str) -> Counter[str]:
    return Counter(piece.strip() for piece in PIECE.findall(content))
