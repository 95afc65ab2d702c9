"""How large a file and its parts may be before they are refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The sizes above which a file is refused; each is stated in the error that it causes."""

    file_bytes: int = 2_000_000
    attachment_bytes: int = 10_000_000
    rows: int = 20_000
    columns: int = 60
    cell_characters: int = 2_000
    depth: int = 20
    events: int = 30_000
    lines: int = 50_000
    line_characters: int = 250_000
    folder_depth: int = 8
    folder_entries: int = 5_000
    refused_characters: int = 2_000
    problems_of_a_kind: int = 200


LIMITS = Limits()
