"""A difference as a comment on a request to merge, for GitHub, GitLab, Gitea and their like.

Whatever stands in the data may be meant to act there: to link, to call somebody, to close a question, to run. A text of
plain words stays as it is; any other stands in a code span, in which no forge looks for anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.difference.difference import Difference
from generator.difference.report import Cell, Report, Section, visible
from generator.difference.verdict import report
from generator.locale import Language, Message

LONGEST = 40_000
"""So many characters are asked for at most; a comment on GitHub has room for 65,536, and more than this one is in it."""
ROWS = (60, 30, 15, 8, 4, 2, 1, 0)
"""The most rows of one section, fewer where the whole would be too long."""
OPEN = 12
"""A section with more rows than this is folded."""

HAN = "\u3005-\u3007\u3400-\u9fff\uac00-\ud7a3\u3040-\u30ff"
WIDE = "，。、；：？！“”‘’（）《》〈〉【】〔〕「」—…·～％￥×÷\u3000"  # full-width signs mean nothing to Markdown
PLAIN = re.compile(
    rf"[(“]?(?:[{HAN}{WIDE}A-Za-z−→]"  # words
    r"|(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?(?![\w.,])"  # 1,234.50
    r"|\d{1,6}(?!\d)(?:\.\d{1,2}(?![\w.]))?|(?<=\d)-(?=\d)|(?<=[a-z])-(?=[a-z])"  # 12, 12.50, 2023-02-13, day-to-day
    rf"|(?<=[{HAN}])/(?=[{HAN}])|\+(?=\d)|(?<=\d)%(?!\w)|[()](?![\[(]))+(?:(?<=[A-Za-z”)])[,;.:]|(?<=\d)[,;])?"
)
ACTING = re.compile(r"(?<![A-Za-z0-9])[0-9a-fA-F]{7,}(?![A-Za-z0-9])|[A-Za-z]-\d|www\.", re.IGNORECASE)
"""What a forge links although it is only letters and digits: ids of commits, numbers of questions such as GH-1."""


def plain(text: str) -> str:
    """Return a text for Markdown, anywhere in a line or a cell of a table, that is shown as it is written and never acts."""
    runs = groupby(visible(text).split(), key=_is_plain)
    return " ".join(" ".join(run) if harmless else _coded(" ".join(run)) for harmless, run in runs)


def _is_plain(word: str) -> bool:
    return PLAIN.fullmatch(word) is not None and not ACTING.search(word)


def _coded(text: str) -> str:
    """Return a text as code. A bar would end the cell of a table even within code; outside, its number means the sign."""
    return "&#124;".join(_code(part) if part.strip() else part for part in text.split("|"))


def _code(text: str) -> str:
    """Return a text as a code span: between more backticks than it has in a row."""
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    gap = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{gap}{text}{gap}{fence}"


def as_markdown(told: Difference, words: Language, preview: str = "") -> str:
    """Return a difference as Markdown; pages are links where ``preview`` is the https address of the changed site."""
    found = report(told, words, preview, plain)
    return next(
        (text for rows in ROWS if len(text := _written(found, words, rows)) <= LONGEST), _written(found, words, 0)
    )


def _written(found: Report, words: Language, rows: int) -> str:
    lines = [
        f"**{found.verdict}**",
        "",
        found.compared,
        *(line for remark in found.remarks for line in ("", f"> {remark.text}")),
    ]
    for section in found.sections:
        lines += ["", *_section(section, words, rows)]
    return "\n".join(lines) + "\n"


def _section(section: Section, words: Language, most: int) -> Iterator[str]:
    """Yield the lines of a section; long ones are folded, and what is left out is counted."""
    title = words.say(Message("{title} ({count})", title=section.title, count=len(section.rows)))
    folded = section.folded or len(section.rows) > OPEN
    yield from ("<details>", f"<summary>{title}</summary>", "") if folded else (f"**{title}**", "")
    if most:
        yield _row(section.columns)
        yield _row(["---:" if number else "---" for number in _numbers(section)])
        yield from (_row([_cell(cell) for cell in row]) for row in section.rows[:most])
    if (more := len(section.rows) - most) > 0:
        yield from ("", words.say(Message("and {count} more", count=more)))
    if section.remark:
        yield from ("", section.remark)
    if folded:
        yield from ("", "</details>")


def _numbers(section: Section) -> list[bool]:
    return [all(row[at].number for row in section.rows) for at in range(len(section.columns))]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    """Return a cell; what was is struck through, what is missing stands out."""
    text = plain(cell.text)
    if cell.kind == "old" and cell.text != "—" and text:
        text = f"~~{text}~~"
    elif cell.kind == "late" and text:
        text = f"**{text}**"
    elif cell.url and text:
        text = f"[{text}]({cell.url})"
    if not cell.detail:
        return text
    return (
        f"{text} ({plain(cell.detail)})" if cell.kind == "new" else f"{text} · {plain(cell.detail)}".removeprefix(" · ")
    )
