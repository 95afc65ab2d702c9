"""Books and rendered pages of the overview, for the tests of this folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import check
from generator.commit import Commit
from generator.outputs.downloads import files
from generator.oversight.books import Books
from generator.overview.pages import TEMPLATES, pages
from generator.pages.environment import environment
from generator.pages.render import render
from generator.registers.register import REGISTERS
from tests.published import SAMPLE

TODAY = dt.date(2023, 8, 20)


def opened(root: Path) -> Books:
    checked = check(root, TODAY, first=SAMPLE)
    assert checked.books is not None, checked.problems
    return checked.books


def rendered_pages(books: Books) -> dict[str, str]:
    folders = {register.name: register.templates for register in REGISTERS} | {"overview": TEMPLATES}
    env = environment(books.language, folders)
    commit = Commit("a" * 40, TODAY)
    return {page.url: render(env, page) for page in pages(books, commit, files(books, commit))}


@pytest.fixture(scope="session")
def books(sample: Path) -> Books:
    return opened(sample)


@pytest.fixture(scope="session")
def rendered(books: Books) -> dict[str, str]:
    return rendered_pages(books)


@pytest.fixture(scope="session")
def render_school() -> Callable[[Path], dict[str, str]]:
    """The function that renders the overview of the school in a folder."""
    return lambda root: rendered_pages(opened(root))


@pytest.fixture(scope="session")
def render_books() -> Callable[[Books], dict[str, str]]:
    """The function that renders the overview of books."""
    return rendered_pages
