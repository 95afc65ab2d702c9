"""A school whose office sends spreadsheets."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.spreadsheets import office as opening
from generator.spreadsheets.grid import Grid
from generator.spreadsheets.unopened import Unopened
from generator.spreadsheets.worker import answer
from tests.spreadsheets.building import Office


@pytest.fixture
def office(
    request: pytest.FixtureRequest, school: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Office:
    """Where files are no danger, the second process that reads them is left out; ``test_files.py`` has it for all of its own."""
    if not request.node.nodeid.partition("::")[0].endswith("test_files.py"):
        monkeypatch.setattr(opening, "read_apart", read_here)
    return Office(school, capsys)


def read_here(data: bytes, name: str, kind: str) -> list[Grid]:
    found = answer(data, name, whole=kind == "xlsx")
    if isinstance(found, Unopened):
        raise found
    return found
