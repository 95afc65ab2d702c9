"""Code is formatted to 120 columns; a line that is one sentence for people may be longer, up to 150 characters."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 150
WHOLE = {"generator/trust/verify.py": 1200}
"""A reader takes the verifier away as one file, to read it whole and run it where nothing else of ours is."""


def test_lines_of_code_fit() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for folder in ("generator", "bench")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONGEST
    ]
    assert long == []


def test_modules_are_short_enough_to_know_ones_way() -> None:
    long = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "generator").rglob("*.py"))
        if len(path.read_text(encoding="utf-8").splitlines()) > WHOLE.get(str(path.relative_to(ROOT)), 400)
    ]
    assert long == []
