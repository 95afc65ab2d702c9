"""What the tests of repairs share: files of a school in bytes, and an oracle for the law that does not use the repairer's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.dataset import load_file
from generator.reading.characters import LOST
from generator.records import Record
from generator.repair.school import mend, sheet_of


def mended_file(file: str, data: bytes) -> bytes:
    """Return what one file should be, after three checks: the law holds, a second run changes nothing, errors only go."""
    found = sheet_of(file)
    assert found
    after, _, _ = mend(data, file, *found)
    again, repairs, _ = mend(after, file, *found)
    assert (again, list(repairs)) == (after, [])
    (old, _), (new, _) = load_file(data, file, *found), load_file(after, file, *found)
    says = [dict(record) for record in new]
    lost = [record for record in old if LOST not in repr(dict(record)) and not any(_says(one, record) for one in says)]
    assert lost == []
    return after


def _says(one: dict[str, object], record: Record) -> bool:
    """Return whether a record says everything that another one stated; what was not filled in may be filled in now."""
    return all(value in (None, ()) or one[name] == value for name, value in record)


@pytest.fixture(scope="session")
def fixed() -> Callable[[str, bytes], bytes]:
    """The function that mends the bytes of one file, such as ``data/duties.csv``, and holds them to the law."""
    return mended_file


def errors_of(file: str, data: bytes) -> list[str]:
    """Return the codes of the errors that one file has of its own."""
    found = sheet_of(file)
    assert found
    return [problem.code for problem in load_file(data, file, *found)[1] if problem.severity == "error"]
