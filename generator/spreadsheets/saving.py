"""Files of `data/` that are either old or new, never half."""

from __future__ import annotations

import os
from pathlib import Path


def save(path: Path, content: bytes) -> None:
    """Write a file by way of another one beside it that then takes its name; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o7777)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
