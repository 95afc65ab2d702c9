"""A new school for tests, as `mingzhang new` makes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.starter.answers import take_all
from generator.starter.made import Made, make

COMMIT = "0123456789abcdef0123456789abcdef01234567"
PINNED = f"https://git.example.org/group/mingzhang@{COMMIT}"
TEXTS = {
    "name": "青禾镇中心小学", "short_name": "青禾小学", "setting": "镇", "stage": "小学", "supervisor": "青禾县教育体育局",
    "campus": "ZX=青禾中心校=中心校；SL＝松林完小＝完小", "term": "2026-autumn", "start": "2026-09-01", "end": "2027-01-22",
    "registration": "2026-08-31", "repository": "https://github.com/qinghe/open-books", "owners": "@qinghe/books",
    "generator": PINNED,
}  # fmt: skip
ENGLISH = TEXTS | {
    "name": "Qinghe Central Primary School", "short_name": "Qinghe School", "setting": "town", "stage": "primary",
    "supervisor": "County Education Office", "campus": "ZX=Qinghe=central school;SL=Songlin=complete primary school",
}  # fmt: skip


def answers(texts: Mapping[str, str | None] = TEXTS, code: str = "zh") -> dict[str, Any]:
    """Return the answers of a school that says everything."""
    given, mistakes = take_all(texts, code)
    assert mistakes == []
    return given


def school_in(
    folder: Path, texts: Mapping[str, str | None] = TEXTS, code: str = "zh", today: dt.date | None = None
) -> Made:
    """Make a new school in a folder."""
    return make(folder, answers(texts, code), today)
