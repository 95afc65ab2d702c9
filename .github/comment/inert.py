"""A stranger's Markdown made harmless: what a report needs is kept, everything else becomes plain text.

The text is read line by line in a narrow grammar (headings, lists, tables, fenced blocks, `<details>`) and written
anew. Whatever is not part of that grammar is written with entities, so that it is shown as it stands and does nothing.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MARKER = "<!-- mingzhang-report -->"
OWN_LINE = (
    "> 这条留言由本仓库的程序代贴。下面的文字出自这次修改自己的检查，贴出前去掉了一切会起作用的内容；"
    "能不能合并，以页面下方“检查 Check”的结果为准。  \n"
    "> Posted by this repository. The text below was written by the check of the pull request itself, with everything "
    "taken out that could act; what counts is the result of the check."
)
LONGEST = 65_000
"""GitHub takes comments of 65,536 characters; the rest is for what closes a text that was cut."""
CUT = "（太长，后面的没有贴出来，请看这次检查的运行页面。 Too long: the rest stands on the page of the run.）"
DEEPEST = 4
LANGUAGES = ("csv", "diff", "text", "yaml")
"""Fenced blocks of other languages can be drawn as maps, diagrams or formulas."""

FENCE = re.compile(r"(`{3,})([a-z]*)")
STRUCTURE = re.compile(r"( {0,8})(#{1,6} |[-*+] |\d{1,3}[.)] |> )?(.*)")
DELIMITER = re.compile(r"\|(?: *:?-+:? *\|)+")
SUMMARY = re.compile(r"(<details>)?<summary>(.*?)</summary>")
CELLS = re.compile(r"(?:\\.|[^|\\])*")
ESCAPES = re.compile(r"\\([!-/:-@\[-`{-~])|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
TOKEN = re.compile(
    rf"{ESCAPES.pattern}"
    r"|(?P<ticks>`+)"
    r"|(?P<mark>\*\*|~~)(?P<marked>(?:`[^`]*`|\\.|[^*~`\\])+)(?P=mark)"
    r"|(?<!!)\[(?P<words>(?:\\.|[^\[\]\\])*)\]\((?P<url>[^\s()<>]*)\)"
    r"|."
)
CODE = re.compile(r"(`+) ?(.*?) ?\1")
PATH = re.compile(r"[A-Za-z0-9._~/%+-]+")
BREAK = "&#8203;"
# What GitHub turns into a link or a message to somebody wherever it stands in a text: a break goes between.
ACTING = re.compile(
    r"(?P<at>[@\uff20\ufe6b])"
    r"|(?P<number>[#\uff03](?=\w))"
    r"|(?P<prefix>(?:gh|ghsa|cve)-)(?=\w)"
    r"|(?P<scheme>:)(?=//)"
    r"|(?P<www>www)(?=\.)"
    r"|(?P<emoji>:)(?=[\w+-]+:)"
    r"|(?P<commit>(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z]))",
    re.IGNORECASE,
)
SPECIAL = {ord(character): f"&#{ord(character)};" for character in "\\`*_[]{}<>&~|$^=!"}
AT_START = re.compile(r"[-+#/:]|\d+[.)]")


@dataclass(frozen=True)
class Links:
    """Where links of the text may lead: addresses that begin with one of these, and have nothing behind the path."""

    prefixes: tuple[str, ...]

    def allow(self, url: str) -> bool:
        """Whether an address leads where it seems to: browsers follow `..` also when it is written as %2e%2e."""
        prefix = next((prefix for prefix in self.prefixes if url.startswith(prefix)), None)
        if prefix is None:
            return False
        path = url.partition("://")[2]
        plain = PATH.fullmatch(url[len(prefix) :] or "-") and "//" not in path and "%2e" not in path.lower()
        return bool(plain) and not {".", ".."} & set(path.split("/"))


def comment(text: str, links: Links, remarks: Iterable[str] = (), commit: str = "") -> str:
    """Return the comment for a report: the marker, lines of our own with the commit that it is about, and the text made
    harmless."""
    about = f"  \n> 检查的是提交 `{commit[:12]}`。 It is about this commit." if commit else ""
    head = f"{MARKER}\n" + "\n>\n".join((*remarks, OWN_LINE + about)) + "\n\n"
    return head + cut(list(lines(text, links)), LONGEST - len(head))


def visible(text: str) -> str:
    """Return a text without characters that are not seen, or that turn the direction of others."""
    return "".join(
        " " if character == "\t" else character
        for character in text
        if character in "\n\t" or (unicodedata.category(character)[0] != "C" and character not in "\u2028\u2029")
    )


def lines(text: str, links: Links) -> Iterator[str]:
    """Yield the lines of a text made harmless; blocks that it leaves open are closed."""
    given = iter(visible(text.replace("\r\n", "\n").replace(MARKER, "")).split("\n"))
    depth = 0
    for line in given:
        if fence := FENCE.fullmatch(line):
            yield from fenced(given, len(fence[1]), fence[2])
        elif line.strip() == "<details>" and depth < DEEPEST:
            depth += 1
            yield "\n<details>\n"
        elif line.strip() == "</details>" and depth:
            depth -= 1
            yield "\n</details>\n"
        elif (summary := SUMMARY.fullmatch(line.strip())) and depth < DEEPEST:
            depth += bool(summary[1])
            yield f"\n{summary[1] or ''}<summary>{inert(html.unescape(summary[2]))}</summary>\n"
        else:
            yield structured(line, links)
    yield from ["\n</details>\n"] * depth


def fenced(given: Iterator[str], ticks: int, language: str) -> Iterator[str]:
    """Yield a fenced block as it is, in a fence that nothing in it can close."""
    held = []
    for line in given:
        closing = line.strip()
        if len(closing) >= ticks and set(closing) == {"`"}:
            break
        held.append(line)
    longest = max(map(len, re.findall("`+", "\n".join(held))), default=0)
    fence = "`" * max(3, longest + 1)
    yield "\n".join(["", fence + (language if language in LANGUAGES else ""), *held, fence, ""])


def structured(line: str, links: Links) -> str:
    """Return a line with its heading, list or table kept."""
    line = line.rstrip()
    if DELIMITER.fullmatch(line):
        return line
    if line.startswith("|"):
        cells = [cell for cell in CELLS.findall(line.strip("|")) if cell]
        return "| " + " | ".join(inline(cell.strip().replace("\\|", "|"), links) for cell in cells) + " |"
    match = STRUCTURE.fullmatch(line)
    indent, mark, rest = match.groups() if match else ("", "", line)
    words = inline(rest.strip(), links)
    if AT_START.match(words):
        words = re.sub(r"\W", lambda found: f"&#{ord(found[0])};", words, count=1)
    return indent + (mark or "") + words


def inline(text: str, links: Links, *, marked: bool = True) -> str:
    """Return the inside of a line with bold and struck words, code and allowed links kept, and all else as plain text."""
    out, plain, at = [], "", 0
    while match := TOKEN.match(text, at):
        at, kept = match.end(), ""
        if match["ticks"]:
            code = re.compile(rf"(.*?)(?<!`){match['ticks']}(?!`)").match(text, at)
            # Code with a bar in it could be torn apart: below the head of a table every bar divides cells.
            if code and code[1].strip() and "|" not in code[1]:
                at, kept = code.end(), match["ticks"] + code[1] + match["ticks"]
        elif match["marked"] and marked:
            kept = match["mark"] + inline(match["marked"], links, marked=False) + match["mark"]
        elif match["words"] is not None and links.allow(match["url"]):
            words = meant(CODE.sub(r"\2", match["words"]))
            kept = f"[{inert(words)}]({match['url']})"
        if kept:
            out += [inert(plain), kept]
            plain = ""
        elif match["words"] is not None:
            plain += f"{meant(match['words'])} ({match['url']})"
        else:
            plain += meant(match[0])
    return "".join(out) + inert(plain)


def meant(text: str) -> str:
    """Return a text without the escapes of Markdown and HTML."""
    return ESCAPES.sub(lambda found: found[1] or html.unescape(found[0]), text)


def inert(text: str) -> str:
    """Return a text that Markdown and GitHub show as it stands, in which nothing acts."""
    parts, at = [], 0
    text = visible(text).replace("\n", " ")
    for match in ACTING.finditer(text):
        if match["commit"]:
            words = re.sub(".{6}(?=.)", rf"\g<0>{BREAK}", match[0])
            parts += [text[at : match.start()].translate(SPECIAL), words]
        else:
            parts += [text[at : match.end()].translate(SPECIAL), BREAK]
        at = match.end()
    return "".join(parts) + text[at:].translate(SPECIAL)


def cut(written: list[str], limit: int) -> str:
    """Return the lines that fit; where some do not, what is open is closed, and a sentence says so."""
    kept, size, depth = [], 0, 0
    for line in written:
        if size + len(line) + 1 > limit - len(CUT) - DEEPEST * 14:
            return "\n".join([*kept, *["\n</details>\n"] * depth, "", CUT])
        kept.append(line)
        size += len(line) + 1
        depth += line.lstrip().startswith("<details>") - (line.strip() == "</details>")
    return "\n".join(kept).rstrip() + "\n"
