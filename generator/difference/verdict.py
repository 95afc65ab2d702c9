"""The verdict: what a change does, in one sentence with counts, and what cannot be told."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.difference.difference import Difference, Untold
from generator.difference.duties import State
from generator.difference.naming import Naming
from generator.difference.pages import Fate
from generator.difference.report import Remark, Report, visible
from generator.difference.sections import figure_sections
from generator.difference.sections_site import site_sections
from generator.locale import Language, Message
from generator.pages.filters import is_weblink

WHY = {
    Untold.ERRORS: Message("Files with errors may lack rows: findings, duties and pages can be compared when they are mended."),
    Untold.NO_SITE: Message("No site can be built of this data: which pages change can be said when the errors are mended."),
    Untold.FACTS_ONLY: Message("The base is the folder of a site, which holds figures only: totals, findings and pages are not compared."),
    Untold.NOT_READ: Message("The school itself cannot be read, so that nothing can be compared; “mingzhang check” says why."),
}  # fmt: skip

ORDER = (
    "changed", "gone", "unread", "corrections", "settings", "allowed", "totals", "duties", "opened", "closed", "explained", "moved", "filled",
    "added", "pages", "order",
)  # fmt: skip
"""The sections as they are read: first what was rewritten, then what it comes to, then what is new."""


def report(told: Difference, words: Language, preview: str = "", shown: Callable[[str], str] = visible) -> Report:
    """Return a difference in words; ``preview`` is the address at which the changed site can be seen, if it can, and
    ``shown`` how a form shows the name of the base, which stands within a sentence."""
    start = f"{preview.rstrip('/')}/" if preview and is_weblink(preview) else ""
    naming = Naming(told, words, start)
    sections = sorted(
        (*figure_sections(told, naming), *site_sections(told, naming)), key=lambda section: ORDER.index(section.key)
    )
    return Report(
        words.code, words.gettext("What changes for readers"), verdict(told, words), compared(told, words, shown),
        tuple(_remarks(told, words)), tuple(sections),
    )  # fmt: skip


def verdict(told: Difference, words: Language) -> str:
    """Return the sentence with which every form begins."""
    parts = [*_errors(told, words), *_clauses(told, words)]
    if told.untold is Untold.NOT_READ:
        parts = [words.gettext("the school cannot be read"), *parts]
        return words.say(Message("{parts}.", parts=words.clauses(parts)))
    if told.is_empty:
        parts.append(words.gettext("nothing changes for readers"))
    text = words.clauses(parts)
    if told.first:
        return words.say(Message("First publication: {parts}.", parts=text))
    return words.say(Message("This change: {parts}.", parts=text))


def _errors(told: Difference, words: Language) -> Iterator[str]:
    if count := told.errors:
        yield words.ngettext(
            "{count} error keeps the site from being updated", "{count} errors keep the site from being updated", count
        ).format(count=count)


def _clauses(told: Difference, words: Language) -> Iterator[str]:
    """Yield what changes with its counts; what does not is not mentioned."""
    found, say = told.figures, words.ngettext
    rewritten = [
        say(one, many, count).format(count=count)
        for count, one, many in (
            (len(found.changed), "{count} published figure changes", "{count} published figures change"),
            (len(found.gone), "{count} published row is gone", "{count} published rows are gone"),
        )
        if count
    ]
    if count := found.silent:
        untold = say("{count} of them without a correction", "{count} of them without corrections", count)
        rewritten[-1] = words.say(Message("{text} ({detail})", text=rewritten[-1], detail=untold.format(count=count)))
    yield from rewritten
    for count, one, many in (
        (len(found.moved), "{count} measure moves forward", "{count} measures move forward"),
        (len(found.corrections), "{count} new correction", "{count} new corrections"),
        (len(found.filled), "{count} empty cell is filled in", "{count} empty cells are filled in"),
        (len(found.added), "{count} new row", "{count} new rows"),
        (len(found.unread), "{count} row cannot be read", "{count} rows cannot be read"),
        (len(told.settings), "{count} setting changes", "{count} settings change"),
        (len(told.allowed), "{count} value passes as not personal", "{count} values pass as not personal"),
        (len(told.moved), "{count} total changes", "{count} totals change"),
    ):
        if count:
            yield say(one, many, count).format(count=count)
    yield from _consequences(told, words)


def _consequences(told: Difference, words: Language) -> Iterator[str]:
    say, duties, found = words.ngettext, told.duties or (), told.findings
    changes = [change for change in told.pages.changes if change.fate is not Fate.ORDER] if told.pages else []
    for count, one, many in (
        (sum(d.state is State.MET for d in duties), "{count} duty is met", "{count} duties are met"),
        (sum(d.state is State.LATE_MET for d in duties), "{count} duty is met late", "{count} duties are met late"),
        (sum(d.state is State.LATE for d in duties), "{count} duty is late", "{count} duties are late"),
        (sum(d.state is State.UNMET for d in duties), "{count} duty is not met", "{count} duties are not met"),
        (len(found.opened) if found else 0, "{count} finding opens", "{count} findings open"),
        (len(found.closed) if found else 0, "{count} finding closes", "{count} findings close"),
        (len(found.explained) if found else 0, "{count} finding is explained", "{count} findings are explained"),
        (len(changes), "{count} page changes", "{count} pages change"),
    ):
        if count:
            yield say(one, many, count).format(count=count)


def compared(told: Difference, words: Language, shown: Callable[[str], str] = visible) -> str:
    """Return what was compared with what."""
    base = shown(told.base.name)
    if told.first:
        return words.say(Message("Up to {base} nothing was published.", base=base))
    if told.base.day:
        text = Message("Compared with what was published in commit {base} of {day}.", base=base, day=told.base.day)
        return words.say(text)
    return words.say(Message("Compared with {base}.", base=base))


def _remarks(told: Difference, words: Language) -> Iterator[Remark]:
    """Yield what a reader has to know before the rows: errors, silent changes, and what is left out."""
    if told.errors:
        yield Remark(
            "late", words.gettext("As long as there are errors the site stays as it is; “mingzhang check” lists them.")
        )
    if told.figures.silent:
        text = words.gettext(
            "A published figure changes only with a row in corrections.csv; “mingzhang guard” prints that row."
        )
        yield Remark("late", text)
    if told.untold:
        yield Remark("info", words.say(WHY[told.untold]))
    elif told.errors:
        yield Remark("info", words.gettext("The pages below would change once the errors are mended."))
