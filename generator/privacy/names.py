"""Names of pupils and parents: a surname beside a word that says whose name it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.match import Kind
from generator.privacy.surnames import PLAIN

_name = re.compile(
    rf"[{''.join(sorted(PLAIN))}][\u4e00-\u9fff]{{1,2}}同学(?!们|会)|(?:学生|家长)[:：][{''.join(sorted(PLAIN))}][\u4e00-\u9fff]{{1,2}}"
)


def names(text: str) -> Iterator[tuple[int, int, Kind]]:
    """Yield the spans of named pupils and parents, with the word that says so."""
    if "同学" in text or "学生" in text or "家长" in text:
        for match in _name.finditer(text):
            yield match.start(), match.end(), Kind.NAME
