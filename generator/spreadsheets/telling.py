"""What an import did, told to a clerk: what was taken, mended, refused and left out, and what changes in which file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.locale import Language, Message
from generator.problems import Problem, Severity, sentence
from generator.spreadsheets.importing import Outcome
from generator.spreadsheets.merging import Changed, Merged, key_words
from generator.spreadsheets.taking import Mended, Taken

LISTED = 200
"""So many lines of one kind are listed; the rest is counted."""

SHOWN = 80


def shown(text: str, words: Language) -> str:
    """Return a value on one line, cut where it is long; an empty one in words."""
    flat = "".join(c if c.isprintable() else " " for c in text)
    if not flat:
        return words.say(Message("(empty)"))
    return flat if len(flat) <= SHOWN else flat[:SHOWN] + "…"


def lines(found: Outcome, words: Language) -> Iterator[str]:
    """Yield the report of an import, without what becomes of the files."""
    for taken in found.taken:
        yield from _sheet(taken, words)
    for note in found.notes:
        yield _mark(note, words)
    for problem in _limited(found.blocked):
        yield _mark(problem, words)
    if len(found.blocked) > LISTED:
        yield words.say(Message("… and {count} more", count=len(found.blocked) - LISTED))


def _limited(problems: Sequence[Problem]) -> list[Problem]:
    return list(dict.fromkeys(problems))[:LISTED]


def _mark(problem: Problem, words: Language) -> str:
    """Return a line of the report: what kind of remark, where, and the sentence."""
    kinds = {
        Severity.ERROR: Message("refused"),
        Severity.WARNING: Message("please look"),
        Severity.NOTE: Message("left out"),
    }
    text = " ".join(sentence(problem, words).split())
    return f"  {words.say(kinds[problem.severity])}　{problem.place}: {text}"


def _sheet(taken: Taken, words: Language) -> Iterator[str]:
    """Yield what one sheet gave."""
    counts = {"taken": len(taken.rows), "mended": len(taken.mended), "refused": taken.refused_rows}
    yield words.say(
        Message("{place} is “{register}”: rows taken {taken}, cells mended {mended}, rows refused {refused}.",
                place=str(taken.grid.place()), register=taken.sheet.label(words.code), **counts)
    )  # fmt: skip
    for mended in taken.mended[:LISTED]:
        yield _mended(mended, words)
    if len(taken.mended) > LISTED:
        yield words.say(Message("… and {count} more", count=len(taken.mended) - LISTED))
    problems = [*taken.blocked, *taken.refused]
    for problem in _limited(problems):
        yield _mark(problem, words)
    if len(problems) > LISTED:
        yield words.say(Message("… and {count} more", count=len(problems) - LISTED))
    for note in taken.notes:
        yield _mark(note, words)


def _mended(mended: Mended, words: Language) -> str:
    before, after = shown(mended.before, words), shown(mended.after, words)
    kind, why = words.say(Message("mended")), words.say(Message(" ({why})", why=mended.why))
    return f"  {kind}　{mended.place}: {before} → {after}{why}"


def changes(each: Merged, words: Language) -> Iterator[str]:
    """Yield what becomes of one file: values old and new, rows new, rows that stay although the sheet lacks them."""
    if not each.differs:
        yield words.say(Message("{file}: nothing changes, {count} rows are the same.", file=each.path, count=each.same))
        return
    yield words.say(
        Message("{file}: values changed {changed}, rows new {added}, rows removed {removed}, rows as before {same}.",
                file=each.path, changed=len(each.changed), added=len(each.added), removed=len(each.removed),
                same=each.same + len(each.kept))
    )  # fmt: skip
    for changed in each.changed[:LISTED]:
        yield _changed(each, changed, words)
    for mark, keys in (("+", each.added), ("-", each.removed)):
        yield from (f"  {mark} {key_words(each.sheet, key, each.folder)}" for key in keys[:LISTED])
    more = sum(max(0, len(part) - LISTED) for part in (each.changed, each.added, each.removed))
    if more:
        yield words.say(Message("… and {count} more", count=more))
    for label, old, new in each.totals:
        yield words.say(Message("  total row “{label}”, added up anew: {old} → {new}", label=label, old=old, new=new))
    if each.kept:
        keys = [key_words(each.sheet, key, each.folder) for key in each.kept[:12]]
        yield words.say(
            Message("  rows that the sheet lacks stay as they are: {count} ({keys}); with --replace they go",
                    count=len(each.kept), keys=[*keys, *(["…"] if len(each.kept) > 12 else [])])
        )  # fmt: skip


def _changed(each: Merged, changed: Changed, words: Language) -> str:
    record = key_words(each.sheet, changed.record, each.folder)
    return f"  {record} {changed.title.label(words.code)}: {shown(changed.old, words)} → {shown(changed.new, words)}"
