"""The feed of a school: its corrections one by one, and what became public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from urllib.parse import quote

from generator.locale import N_, Message
from generator.outputs.feeds import Feed, FeedItem, atom, json_feed, lasting_id
from generator.oversight.books import Books
from generator.oversight.public import corrected_on
from generator.overview.events import Happening, happenings
from generator.pages.corrected import Amendment, all_amendments
from generator.pages.filters import is_weblink
from generator.pages.render import relative

PAGE, ATOM, JSON = "changes/", "changes/feed.xml", "changes/feed.json"
KINDS = {
    "statements": N_("Accounts"), "fees": N_("Fees"), "collections": N_("Settlement"), "plan": N_("Plan"),
}  # fmt: skip
BEGINNING = dt.date(1970, 1, 1)
"""What a feed without any entry states as the day of its newest one."""


def feeds(books: Books) -> dict[str, bytes]:
    """Return the feed in both forms, by their paths on the site."""
    feed = feed_of(books)
    return {ATOM: atom(feed), JSON: json_feed(feed)}


def feed_of(books: Books) -> Feed:
    """Return the feed of a school; its addresses are absolute where the school's own is known."""
    school, words = books.data.school, books.language
    base = school.url or ""
    absolute = is_weblink(base)

    def to(target: str) -> str:
        path, hash_, fragment = target.partition("#")
        target = quote(path) + hash_ + quote(fragment)
        return f"{base.rstrip('/')}/{target}" if absolute else relative(target, ATOM)

    items = [*_corrections(books, to), *_published(books, to)]
    items.sort(key=lambda item: item.day, reverse=True)
    return Feed(
        id=lasting_id(school.name, "changes"), language="zh-CN" if words.code == "zh" else "en",
        title=words.say(Message(N_("{school}: what changed"), school=school.name)),
        about=words.gettext(N_("Every correction of a published figure, and what was newly published")),
        author=school.name, updated=max((item.day for item in items), default=BEGINNING),
        page=to(PAGE), atom=to(ATOM), json=to(JSON), absolute=absolute, items=tuple(items),
    )  # fmt: skip


def _corrections(books: Books, to: Callable[[str], str]) -> Iterator[FeedItem]:
    """Yield every correction, the last one entered first."""
    for told in reversed(all_amendments(books)):
        yield FeedItem(
            lasting_id(books.data.school.name, "corrections", told.id), corrected_on(books, told.id, told.date),
            "corrections", books.language.say(title_of(told)), books.language.say(text_of(told)), to(told.url),
        )  # fmt: skip


def title_of(told: Amendment) -> Message:
    """Return what was corrected, in a line: never what it said where that is private."""
    what = Message(
        N_("{kind}: {table}, {name}, {field}"),
        kind=told.kind,
        table=told.table,
        name=told.name or told.record,
        field=told.title,
    )
    if told.private or (told.old is None and told.new is None):
        return what
    empty = Message(N_("withdrawn") if told.gone else N_("not filled in"))
    return Message(
        N_("{what}: {old} → {new}"), what=what, old=told.old or Message(N_("not filled in")), new=told.new or empty
    )


def text_of(told: Amendment) -> Message:
    """Return the reason of a correction, by how much it changed an amount, who approved it, and its number."""
    reason = Message(N_("Reason: {reason}."), reason=told.reason.rstrip("。."))
    if told.difference:
        reason = Message(N_("{reason} Difference {amount} yuan."), reason=reason, amount=told.difference)
    if told.private:
        reason = Message(N_("The values are private and are not shown. {reason}"), reason=reason)
    return Message(N_("{reason} Approved by: {post}. {id}"), reason=reason, post=told.approved_by, id=told.id)


def _published(books: Books, to: Callable[[str], str]) -> Iterator[FeedItem]:
    """Yield what became public, but for the corrections, which are told one by one."""
    for happening in happenings(books):
        if happening.kind in KINDS:
            yield _item(books, happening, to)


def _item(books: Books, happening: Happening, to: Callable[[str], str]) -> FeedItem:
    words, entry = books.language, happening.entry
    title = words.say(entry.text) if isinstance(entry.text, Message) else entry.text
    text = words.say(Message(N_("{kind}, {day}"), kind=Message(KINDS[happening.kind]), day=happening.day))
    return FeedItem(
        lasting_id(books.data.school.name, happening.key), happening.day, happening.kind, title, text, to(entry.url)
    )
