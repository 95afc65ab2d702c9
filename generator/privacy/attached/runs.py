"""Readable text inside bytes whose form nobody declares: the metadata of pictures, and parts of unknown kinds."""

from __future__ import annotations

import re

LONGEST = 2_000_000
"""So many bytes of one part are looked at; what is longer is no metadata."""
SHORTEST = 5
"""Shorter runs hold no number, no name with its word, and no address."""
ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
_unreadable = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]+")


def runs(data: bytes) -> list[str]:
    """Return every run of readable characters in `data`, as each encoding in use reads them, each once."""
    data = data[:LONGEST]
    wide = b"\0" in data
    found: dict[str, None] = {}
    for encoding in ENCODINGS if wide else ENCODINGS[:2]:
        for start in (0, 1) if encoding.startswith("utf-16") else (0,):
            text = data[start:].decode(encoding, "replace")
            if text.isascii() and encoding == "gb18030":
                continue  # the same as UTF-8
            found.update(dict.fromkeys(run for run in _unreadable.split(text) if len(run) >= SHORTEST))
    return list(found)
