"""What becomes of a change: the guard tells it, the reader refuses it, or it says the same as before."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.dataset import Dataset
from generator.trust.facts import facts
from generator.trust.guard import guard
from tests.laws.books import PLAIN, Books, Desk, Style, school
from tests.laws.oracle import differences, is_declared, said

TODAY = dt.date(2023, 8, 20)
CAUGHT, REFUSED, SAME, DECLARED, SILENT = "caught", "refused", "same", "declared", "SILENT"


class Judge:
    """Compares changed schools with the published one."""

    def __init__(self, root: Path) -> None:
        self.desk = Desk(root)
        self.published = self.loaded(school())
        self.base = facts(self.published)
        self.said = said(self.published)

    def loaded(self, books: Books, style: Style = PLAIN) -> Dataset:
        """Return a school that must be without errors."""
        dataset, errors = self.desk.read(books, style)
        assert dataset is not None, errors
        assert not errors, errors
        return dataset

    def verdict(self, books: Books, style: Style = PLAIN) -> str:
        """Return what becomes of a changed school."""
        dataset, errors = self.desk.read(books, style)
        if dataset is None or errors:
            return REFUSED
        found = differences(self.said, said(dataset))
        told = guard(self.base, dataset, TODAY)
        if told:
            assert all(problem.code == "published" for problem in told)
            assert found, "the guard tells a change where nothing changed"
            return CAUGHT
        if not found:
            return SAME
        return DECLARED if all(map(is_declared, found)) else SILENT


@contextmanager
def judge() -> Iterator[Judge]:
    """Give a judge with a folder to work in."""
    with tempfile.TemporaryDirectory(prefix="mingzhang-laws-") as folder:
        yield Judge(Path(folder))
