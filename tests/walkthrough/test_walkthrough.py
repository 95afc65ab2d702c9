"""The walk-through of the documents goes as it says, from an empty folder to a corrected figure that a parent verifies."""

from __future__ import annotations

from pathlib import Path

from tests.walkthrough.walk import ANY, DOCUMENT, Walk, commands, fits, parts


def test_the_walk_goes_as_the_document_says(tmp_path: Path) -> None:
    walk = Walk(tmp_path)
    for part in parts(DOCUMENT.read_text(encoding="utf-8")):
        walk.take(part)
    fees = (walk.folder / "live" / "fees" / "index.html").read_text(encoding="utf-8")
    assert "12.00" in fees
    assert "供应商降价，按实际价格收取" in (walk.folder / "live" / "changes" / "index.html").read_text(encoding="utf-8")


def test_every_command_of_the_document_is_run() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    run = [command for part in parts(text) if part.kind == "console" for command, _ in commands(part.text)]
    assert len(run) == text.count("\n$ ") > 20


def test_any_lines_are_not_all_lines() -> None:
    assert fits(["a", ANY, "d"], ["a", "b", "c", "d"])
    assert fits(["a", ANY], ["a"])
    assert not fits(["a", ANY, "d"], ["a", "b", "c"])
    assert not fits(["a"], ["a", "b"])
    assert not fits([], ["a"])
    assert not fits([ANY, "b", ANY, "a"], ["a", "b"])
