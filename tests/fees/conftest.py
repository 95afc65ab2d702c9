"""What the tests of the fees register share: books of a school, its pages as markup, and items made from words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import check
from generator.oversight.books import Books
from generator.pages.environment import environment
from generator.pages.render import render
from generator.registers.fees.pages import pages
from generator.registers.register import REGISTERS
from generator.trust.publication import FirstPublished
from tests.published import SAMPLE


def books_of(root: Path, today: object = None, first: FirstPublished = SAMPLE) -> Books:
    books = check(root, today, first=first).books  # type: ignore[arg-type]
    assert books is not None
    return books


def contents_of(root: Path, today: object = None, first: FirstPublished = SAMPLE) -> dict[str, str]:
    books = books_of(root, today, first)
    folders = {register.name: register.templates for register in REGISTERS if register.templates.is_dir()}
    made = environment(books.language, folders)
    return {page.url: render(made, page) for page in pages(books)}


@pytest.fixture(scope="session")
def books_at() -> Callable[..., Books]:
    """The function that returns the books of the school in a folder."""
    return books_of


@pytest.fixture(scope="session")
def contents() -> Callable[..., dict[str, str]]:
    """The function that returns the markup of every page of the register by its address."""
    return contents_of


@pytest.fixture
def fees(school: Path) -> Path:
    """The fee list of the copied school, to be changed."""
    return school / "data/terms/2023-spring/fees.csv"
