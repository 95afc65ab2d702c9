"""An upgrade in words: what changes, what is to be done, and by whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.locale import Language, Message
from generator.problems import Place
from generator.starter.changed import Change, State
from generator.starter.upgrade import Problem, Upgrade

SHOWN = 20
"""So many lines of one kind are listed; the rest are counted."""
STATES = {
    State.ADD: Message("is new"),
    State.UPDATE: Message("is brought up to date"),
    State.REMOVE: Message("is no longer needed and goes"),
    State.OWN: Message("was changed or deleted by you and stays so"),
    State.BOTH: Message("was changed by you, and by the newer version too: bring the two together"),
}


def lines(found: Upgrade) -> Iterator[str]:
    """Yield what changes, in the language of the school, line by line."""
    say = found.language.say
    versions = {
        "old": found.old.version,
        "before": found.old.commit[:12],
        "new": found.new.version,
        "now": found.new.commit[:12],
    }
    yield say(Message("From version {old} ({before}) to {new} ({now})", **versions))
    if found.nothing_changes:
        yield say(Message("Nothing changes: this school is at this version already."))
        return
    if found.back:
        yield say(Message("This is a step back: the school is pinned to a newer version than this program."))
    yield from _part(say(_news_title(found)), found.news.entries)
    yield from _said(found)
    yield from _facts(found)
    yield from _files(found.files, found.language)
    yield ""
    if found.needs_a_person:
        yield say(Message("Somebody has to look at this before it is merged."))
    else:
        yield say(Message("Nothing has to be decided by hand."))


def _news_title(found: Upgrade) -> Message:
    """Return the title of the news, which says so where they are not in the language of the school."""
    if found.news.language == found.language.code:
        return Message("What is new in the program:")
    return Message("What is new in the program (told in English, as the older version has no other list):")


def _part(title: str, entries: Sequence[str]) -> Iterator[str]:
    """Yield a list under its title; nothing for an empty one."""
    if entries:
        yield ""
        yield title
        yield from (f"  - {entry}" for entry in entries[:SHOWN])
        if len(entries) > SHOWN:
            yield f"  … +{len(entries) - SHOWN}"


def _listed(problems: Sequence[Problem], words: Language) -> list[str]:
    """Return problems on one line each, as a terminal shows them."""
    return [
        f"{Place(p['file'], p['line'], p['column'], p['cell'])}: {p['severity']}[{p['code']}]: "
        + " ".join(words.clauses((p["message"], p["fix"])).split())
        for p in problems
    ]


def _said(found: Upgrade) -> Iterator[str]:
    """Yield what is said differently about the school's data."""
    say = found.language.say
    if found.compared is None:
        yield ""
        yield say(
            Message(
                "What the older version says of your data cannot be compared: {reason}.", reason=found.unknown or ""
            )
        )
        yield from _part(
            say(Message("Errors that stop publication with the newer version:")), _listed(found.errors, found.language)
        )
        return
    yield from _part(say(Message("Said only by the newer version:")), _listed(found.compared.new, found.language))
    yield from _part(say(Message("No longer said:")), _listed(found.compared.gone, found.language))
    if not (found.compared.new or found.compared.gone):
        yield ""
        yield say(Message("Both versions find the same in your data."))
    if found.compared.reworded:
        yield say(Message("Said in other words: {count}", count=found.compared.reworded))


def _facts(found: Upgrade) -> Iterator[str]:
    """Yield whether the published facts stay the same."""
    say = found.language.say
    yield ""
    if found.same_facts is None:
        yield say(
            Message(
                "Whether your published facts stay the same is not known; look at `mingzhang guard` before you merge."
            )
        )
    elif found.same_facts:
        yield say(Message("Your published facts stay the same, every one."))
    else:
        yield say(Message("The newer version reads facts otherwise:"))
        changed = found.compared.facts if found.compared else ()
        yield from (f"  - {name}: {before or '—'} → {after or '—'}" for name, before, after in changed[:SHOWN])
        if len(changed) > SHOWN:
            yield f"  … +{len(changed) - SHOWN}"
    if found.retired:
        yield say(Message("Columns that are no longer used: {count}. They are no facts any more, and the guard does not miss them.",
                          count=len(found.retired)))  # fmt: skip


def _files(changes: Sequence[Change], words: Language) -> Iterator[str]:
    """Yield the files of the repository that differ, and how those differ that a person must bring together."""
    listed = [words.say(Message("{file} {state}", file=change.path, state=STATES[change.state])) for change in changes]
    yield from _part(words.say(Message("Files of your repository:")), listed)
    for change in changes:
        if change.state is State.BOTH:
            yield ""
            yield change.diff()
