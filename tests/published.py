"""When the records of the sample school were published first, and first days made for a test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.oversight.cases import FirstDay
from generator.trust.ledger import FILE, read_ledger
from generator.trust.publication import FirstPublished

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = read_ledger((ROOT / FILE).read_bytes()).first_published()


def sample_with(published: Iterable[FirstDay]) -> FirstPublished:
    """Return the sample's own first days with those of an example in their place."""
    return FirstPublished(SAMPLE.began, {**SAMPLE.days, **{(each.table, each.record): each.day for each in published}})


def first_days(began: str, **tables: Mapping[str, str]) -> FirstPublished:
    """Return first days from words: the day on which a site began, and by table the day of each record."""
    days = {(table, key): dt.date.fromisoformat(day) for table, own in tables.items() for key, day in own.items()}
    return FirstPublished(dt.date.fromisoformat(began), days)
