"""What is worked out once and kept beside the program: written whole or not at all, and named after the code that made it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def keep(path: Path, text: str) -> None:
    """Write a file so that a reader meets the old one or the new one, never a part; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(f".{os.getpid()}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


def code_hash(folder: Path) -> str:
    """Return a hash of all Python files below a folder: another version of them might work out something else."""
    sources = sorted(folder.rglob("*.py"))
    return hashlib.sha256(b"".join(hashlib.sha256(source.read_bytes()).digest() for source in sources)).hexdigest()
