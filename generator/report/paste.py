"""Lines to paste: the safe repairs of each file, and the rows that tell what became of published figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from generator.locale import N_, Language, Message
from generator.repair import Repaired
from generator.report.markdown import Links, fence, worded

CORRECTIONS = "data/corrections.csv"
MOST_PLACES = 30
"""A file in which more places change is replaced as a whole."""
LONGEST_FILE = 300
"""A file of more lines is mended by the command, for nobody pastes that much."""


def corrections(rows: Sequence[str], language: Language, links: Links) -> list[str]:
    """Return the rows to add to the corrections, ready but for the reason and the approving post."""
    say = language.say
    words = say(Message("If the change is right, add these lines at the end of {file}, with the reason and the approving "
                        "post; if it was a slip, put back what was published:", file=CORRECTIONS))  # fmt: skip
    editor = links.to_edit(CORRECTIONS, language.gettext("open this file to mend it"))
    return [" ".join(filter(None, (worded(words), editor))), "", *fence("\n".join(rows).split("\n"), "csv")]


def repairs(mended: Repaired, language: Language, links: Links) -> list[str]:
    """Return what to paste into one file, line by line, or the whole of it where it cannot be edited otherwise."""
    say, editor = language.say, links.to_edit(mended.file, language.gettext("open this file to mend it"))
    heading = " · ".join(filter(None, (f"#### {worded(mended.file)}", editor)))
    after = _lines(mended.after)
    before = _lines(mended.before)
    if before is not None and after is not None:
        changed = list(_changed(before, after))
        if not changed:
            told = Message(
                "Only the way the file is stored differs (line ends, encoding): mingzhang fix puts it right."
            )
            return [heading, "", f"- {worded(say(told))}"]
        if len(changed) <= MOST_PLACES:
            return [heading, *(line for place in changed for line in _pasted(*place, language))]
    if after is None or len(after) > LONGEST_FILE:
        told = Message("So much changes in this file that it is best mended with the command mingzhang fix.")
        return [heading, "", f"- {worded(say(told))}"]
    told = Message("Replace the whole file by these lines:")
    if before is None:
        told = Message("This file is not stored as UTF-8. Delete all of it in the editor and paste these lines:")
    return [heading, "", worded(say(told)), "", *fence(after, "csv" if mended.file.endswith(".csv") else "yaml")]


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int, Sequence[str]]]:
    """Yield each place that differs: the first line and the line behind the last, counted from 0, and what stands there
    instead."""
    for kind, first, end, start, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield first, end, after[start:stop]


def _pasted(first: int, end: int, lines: Sequence[str], language: Language) -> list[str]:
    """Return what to do with some lines of a file, and the lines."""
    numbers = {"first": first + 1, "last": end}
    if first == end:
        told = Message("Before line {first}, put in:", **numbers)
    elif not lines:
        text = N_("Delete line {first}.") if end - first == 1 else N_("Delete lines {first} to {last}.")
        return ["", worded(language.say(Message(text, **numbers)))]
    elif end - first == 1:
        told = Message("Line {first} becomes:", **numbers)
    else:
        told = Message("Lines {first} to {last} become:", **numbers)
    return ["", worded(language.say(told)), "", *fence(lines)]


def _lines(content: bytes) -> list[str] | None:
    """Return the lines of a text without their ends, or None where it is not UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
