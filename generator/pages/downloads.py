"""Where the downloads of a data file lie on the site."""

from __future__ import annotations

from generator.locale import N_, Message
from generator.pages.parts import Link

EVERYTHING = "data/all.zip"


def stem(file: str) -> str:
    """Return the path on the site, without suffix, of the downloads of ``data/terms/2023-spring/fees.csv``."""
    return file.rpartition(".")[0]


def table_links(file: str) -> tuple[Link, ...]:
    """Return the links to one table as CSV, as CSV that Excel opens with the right characters, and as JSON."""
    base = stem(file)
    return (
        Link("CSV", f"{base}.csv"),
        Link(Message(N_("CSV for Excel")), f"{base}.excel.csv"),
        Link("JSON", f"{base}.json"),
    )
