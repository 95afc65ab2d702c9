"""The books of the sample school, for the tests of this folder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from generator.build import check
from generator.oversight.books import Books


@pytest.fixture(scope="session")
def books(sample: Path) -> Books:
    checked = check(sample, dt.date(2023, 8, 20))
    assert checked.books is not None
    return checked.books
