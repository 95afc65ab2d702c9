"""Looks for personal data in what an import would write, before anything of it reaches `data/`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from generator.privacy.scan import content_of, scan_files
from generator.problems import Problem, Severity


def private(root: Path, files: Mapping[str, bytes], today: dt.date | None) -> list[Problem]:
    """Return what looks personal in files to be written, masked; the school's own numbers and its list are heeded."""

    def read(name: str) -> bytes | None:
        return files.get(name) or content_of(root / name)

    found = scan_files(files, read, today)
    return [problem for problem in found if problem.severity is Severity.ERROR and problem.place.file in files]
