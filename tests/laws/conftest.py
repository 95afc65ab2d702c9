"""A folder in which the laws write schools and read them again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.laws.judge import Judge, judge


@pytest.fixture(scope="session")
def bench() -> Iterator[Judge]:
    """A judge of changes."""
    with judge() as made:
        yield made
