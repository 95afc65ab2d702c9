"""Feeds: what a school corrected and published, as Atom 1.0 and as JSON Feed 1.1.

A feed says nothing that is not in the data: no clock is read, and an entry keeps its id for ever.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

TEMPLATES = Path(__file__).parent / "templates"
VERSION = "https://jsonfeed.org/version/1.1"
MIDNIGHT = "T00:00:00+08:00"
# What XML 1.0 cannot hold in any form.
UNHOLDABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class FeedItem:
    """One entry: its id for ever, its day, its kind (the English name of a table), its title and text as plain text, and
    the page that tells more."""

    id: str
    day: dt.date
    kind: str
    title: str
    text: str
    url: str


@dataclass(frozen=True)
class Feed:
    """A feed, the newest entry first: ``page`` is the page that says the same, ``atom`` and ``json`` are its two forms.

    All addresses are absolute, or all are relative to the feeds' own folder: ``absolute`` says which.
    """

    id: str
    language: str
    title: str
    about: str
    author: str
    updated: dt.date
    page: str
    atom: str
    json: str
    absolute: bool
    items: tuple[FeedItem, ...]


def lasting_id(*parts: str) -> str:
    """Return an id made of what it names, the same on every day and on every machine."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "mingzhang:" + "\n".join(parts)).urn


def atom(feed: Feed) -> bytes:
    """Return a feed as Atom 1.0."""
    return (_environment().get_template("feed.xml.j2").render(feed=feed) + "\n").encode()


def json_feed(feed: Feed) -> bytes:
    """Return a feed as JSON Feed 1.1; addresses, which must be absolute there, only where the school's is known."""
    about: dict[str, Any] = {"version": VERSION, "title": feed.title}
    if feed.absolute:
        about |= {"home_page_url": feed.page, "feed_url": feed.json}
    about |= {"description": feed.about, "language": feed.language, "authors": [{"name": feed.author}]}
    return (
        json.dumps({**about, "items": [_item(feed, item) for item in feed.items]}, ensure_ascii=False, indent=1) + "\n"
    ).encode()


def _item(feed: Feed, item: FeedItem) -> dict[str, Any]:
    found: dict[str, Any] = {"id": item.id}
    if feed.absolute:
        found["url"] = item.url
    day = moment(item.day)
    return found | {
        "title": item.title,
        "content_text": item.text,
        "date_published": day,
        "date_modified": day,
        "tags": [item.kind],
    }


def moment(day: dt.date) -> str:
    """Return the beginning of a day in China, as feeds write times."""
    return f"{day.isoformat()}{MIDNIGHT}"


def holdable(value: object) -> object:
    """Return a text without the characters that XML cannot hold."""
    return UNHOLDABLE.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value


@cache
def _environment() -> Environment:
    result = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        autoescape=select_autoescape(("xml.j2",), disabled_extensions=(), default=True, default_for_string=True),
        finalize=holdable,
    )  # fmt: skip
    result.filters["moment"] = moment
    return result
