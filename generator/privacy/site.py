"""The scanner over a built site: pages, downloads, feeds, archives and the search index, as a visitor receives them."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Any

from generator.locale import Message
from generator.privacy.allowed import FILE, AllowList
from generator.privacy.attached.attachments import Attachments, is_attachment
from generator.privacy.attached.pieces import POSITION, REFUSED, Unreadable
from generator.privacy.attached.zips import UNPACKED, entries
from generator.privacy.own import SCHOOL, Own, own_of
from generator.privacy.scan import content_of, files_below
from generator.privacy.texts import APART, text_of
from generator.privacy.wording.detect import Kind, Match
from generator.problems import Place, Problem, ordered

CODE = "privacy"
MARKED_UP = (".html", ".xml", ".svg", ".xhtml")
ZIP, GZIP = b"PK\x03\x04", b"\x1f\x8b"
DEPTH = 3
# These part no word: a number may run through them.
_inline = re.compile(
    r"</?(?:a|abbr|b|bdi|code|data|del|em|i|ins|mark|s|small|span|strong|sub|sup|time|u|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_tag = re.compile(r"<(?!!--)[^<>]*>")
_value = re.compile(r"""=\s*(?:"([^"<>]{5,})"|'([^'<>]{5,})')""")
# The names of our own calendar entries look like addresses; what stands before the sign is still looked at.
_own_name = re.compile(r"@[0-9a-f]{16}\.mingzhang\b")
# A code to check the ledger by, or the name of a feed's entry: now and then without a letter for eleven digits.
_own_id = re.compile(
    r"(?<![0-9a-z-])(?:[0-9a-f]{4}(?:-[0-9a-f]{4}){7}|urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-z-])"
)
# The beginning of a commit's id or of a file's hash, which now and then has no letter.
_own_hash = re.compile(r"<code[^<>]*>(?:[0-9a-f]{7}|[0-9a-f]{12}…|[0-9a-f]{40}|[0-9a-f]{64})</code>")
_fold = re.compile(r"\r?\n[ \t]")


def scan_folder(folder: Path, root: Path, today: dt.date | None) -> list[Problem]:
    """Return what `scan_site` says of the files in a folder, for the school in `root`."""
    return scan_site(
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in files_below(folder)}, root, today
    )


def scan_site(files: Mapping[str, bytes], root: Path, today: dt.date | None) -> list[Problem]:
    """Return every sign of personal data in the files of a site (by path), masked, and what could not be checked.

    `root` is the folder of the school, which says what is its own and what is allowed. Nearly always there is nothing, so
    all different blocks of text are looked at together first.
    """
    own = own_of(content_of(root / SCHOOL))
    allowed = AllowList.read(content_of(root / FILE), today)

    def alarms(text: str) -> list[Match]:
        return [match for match in own.matches(_own_id.sub("", text)) if not allowed.anywhere(match)]

    problems: list[Problem] = []
    texts: dict[str, str] = {}
    for name, content in files.items():
        try:
            texts |= texts_in(name, content)
        except Unreadable as failure:
            problems.append(_unchecked(own.masked(name), failure.message))
    texts |= _attached(files, own, problems)
    blocks: dict[str, None] = {}
    for text in texts.values():
        blocks |= dict.fromkeys(text.split(APART))
    if alarms(APART.join(blocks)):
        for path, text in texts.items():
            told = dict.fromkeys((match.masked, match.kind) for match in alarms(text))
            problems += [_alarm(own.masked(path), masked, kind) for masked, kind in told]
    return ordered(problems)


def _alarm(path: str, masked: str, kind: Kind) -> Problem:
    message = Message("“{masked}” looks like personal data: {kind}", masked=masked, kind=kind)
    return Problem(
        Place(path), CODE, message, Message("delete it in data/ or docs/, from which the page is made"), value=masked
    )


def _unchecked(path: str, reason: Message) -> Problem:
    message = Message("It cannot be checked for personal data: {reason}", reason=reason)
    return Problem(Place(path), CODE, message, Message("save it again in another way, or leave it out"))


def _attached(files: Mapping[str, bytes], own: Own, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Yield the path and the texts of each attachment on the site; what cannot be looked into goes to `problems`."""
    with Attachments() as attachments:
        for path, content in files.items():
            if not is_attachment(path):
                continue
            for number, piece in enumerate(attachments.pieces(path, content)):
                if piece.kind == REFUSED:
                    problems.append(_unchecked(own.masked(path), piece.where))
                elif piece.kind == POSITION:
                    where = Message("The picture states where it was taken")
                    problems.append(Problem(Place(own.masked(path)), CODE, where))
                yield f"{path}/{number}", APART.join(piece.texts)


def texts_in(path: str, content: bytes, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the path and the texts of a file, or of each file in an archive; attachments are read elsewhere."""
    if content.startswith(GZIP) and depth < DEPTH:
        yield from texts_in(path, _unpacked(content), depth + 1)
    elif is_attachment(path):
        yield path, path
    elif content.startswith(ZIP) and depth < DEPTH:
        parts, comment = entries(content)
        yield path, comment
        for name, part in parts.items():
            yield from texts_in(f"{path}/{name}", part, depth + 1)
    else:
        yield path, f"{path}{APART}{plain(path, text_of(content))}"


def plain(path: str, text: str) -> str:
    """Return what a file says: without tags, with the values of attributes, with escapes resolved."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in MARKED_UP:
        text = _own_hash.sub(APART, text)
        values = dict.fromkeys(double or single for double, single in _value.findall(text))
        return unescape(APART.join((_tag.sub(APART, _inline.sub("", text)), *values)))
    if suffix == ".ics":
        return _own_name.sub("", _fold.sub("", text)).replace("\n", APART)
    if suffix in (".json", ".jsonl") and "\\" in text:
        return APART.join(line for part in _documents(text, suffix) for line in _strings(part))
    if suffix in (".csv", ".json", ".jsonl"):
        # No number is looked for across cells and texts, and most of them stand in many files.
        return text.replace('"', APART).replace(",", APART).replace("\n", APART)
    return text


def _documents(text: str, suffix: str) -> list[Any]:
    """Return the JSON documents of a file; as it stands where it is none."""
    try:
        return [json.loads(line) for line in (text.splitlines() if suffix == ".jsonl" else [text]) if line.strip()]
    except ValueError:
        return [text]


def _strings(value: Any) -> Iterator[str]:
    """Yield every text, number and key in a JSON document."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case dict() as inside:
                waiting += [*inside.values(), *inside]
            case list() as items:
                waiting += items
            case other:
                yield str(other)


def _unpacked(content: bytes) -> bytes:
    """Return what a gzip file holds."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
            unpacked = file.read(UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as failure:
        raise Unreadable(Message("it is damaged or not what its name says")) from failure
    if len(unpacked) > UNPACKED:
        raise Unreadable(Message("it unpacks to more than the limit of {limit} bytes", limit=UNPACKED))
    return unpacked
