"""A school whose office sends spreadsheets."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.spreadsheets.building import Office


@pytest.fixture
def office(school: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(school, capsys)
