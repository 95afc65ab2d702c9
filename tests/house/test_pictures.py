"""The pictures of the documents: every one that is named is there, small, and every one that is there is named."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BYTES = 80_000
"""A phone on a slow line waits for each of them."""


def named() -> set[Path]:
    """Return the pictures that documents show."""
    found = set()
    for document in (ROOT / "docs").rglob("*.md"):
        for path in re.findall(
            r"!\[[^\]]+\]\(([^)\s]+)\)|<img[^>]* src=\"([^\"]+)\"", document.read_text(encoding="utf-8")
        ):
            found.add((document.parent / "".join(path)).resolve())
    return found


def test_every_picture_that_is_named_is_there() -> None:
    assert [path for path in sorted(named()) if not path.is_file()] == []


def test_every_picture_that_is_there_is_shown_somewhere() -> None:
    assert set((ROOT / "docs").rglob("*.png")) - named() == set()


def test_pictures_are_light() -> None:
    assert {path.name: size for path in (ROOT / "docs").rglob("*.png") if (size := path.stat().st_size) > BYTES} == {}
