"""What a table is called."""

from __future__ import annotations

from functools import cache

from generator.dataset import SHEETS
from generator.records import Sheet


@cache
def sheet_named(name: str) -> Sheet | None:
    """Return the sheet called `name`, in the word that files use."""
    return next((sheet for sheet in SHEETS if sheet.name == name), None)
