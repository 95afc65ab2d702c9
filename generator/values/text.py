"""Text, codes and document numbers, as written and safe to open in a spreadsheet."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import PlainValidator

from generator.locale import Message
from generator.problems import shown
from generator.values.refusal import Kind, Refused

# A spreadsheet runs a cell that begins with one of these as a formula, full-width forms too.
FORMULA_STARTS = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"
# A negative amount is a number to a spreadsheet, not a formula.
NUMBER = re.compile(r"-\d+(\.\d+)?", re.ASCII).fullmatch
_code = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}", re.ASCII).fullmatch
_scientific = re.compile(r"\d(\.\d+)?E\+\d+", re.ASCII | re.IGNORECASE).fullmatch
_rounded = re.compile(r"\d{13,}000", re.ASCII).fullmatch

_link = re.compile(
    r"https://(?P<host>[^/?#\s<>\"'`\\]{1,253})(?P<rest>[/?#][^\s<>\"'`\\\x00-\x20\x7f-\x9f]{0,500})?"
).fullmatch
_host = re.compile(
    r"(?:[0-9a-z](?:[0-9a-z-]{0,61}[0-9a-z])?\.)+(?:[a-z]{2,63}|xn--[0-9a-z-]{2,59})", re.ASCII | re.IGNORECASE
).fullmatch


def parse_text(text: object) -> str:
    """Return `text` as written; raises `Refused` for what a spreadsheet would run as a formula."""
    if not isinstance(text, str):
        raise Refused("text", Message("One text is expected here, not a list or a table"))
    start = text.lstrip()[:1]
    if start and start in FORMULA_STARTS and not NUMBER(text):
        raise Refused(
            "formula",
            Message(
                "“{value}” begins with “{sign}”, which a spreadsheet would run as a formula",
                value=shown(text),
                sign=start,
            ),
            Message("begin with a word or a digit"),
        )
    return text


def parse_code(text: object) -> str:
    """Return a code such as ``F03`` or ``4001.01``; raises `Refused` for what a spreadsheet has rewritten."""
    if isinstance(text, str):
        rounded = len(text) > 15 and _rounded(text)
        if _code(text) and not rounded:
            return text
        if rounded or _scientific(text):
            raise Refused(
                "code",
                Message("“{value}” looks like a code that a spreadsheet rewrote as a number", value=shown(text)),
                Message("set the column's format to text and type the code again"),
            )
    plain = unicodedata.normalize("NFKC", text).strip(" '\u2018\u2019`") if isinstance(text, str) else ""
    if _code(plain):
        raise Refused(
            "code", Message("“{value}” is not a code", value=shown(str(text))), Message("write {meant}", meant=plain)
        )
    raise Refused(
        "code",
        Message("“{value}” is not a code", value=shown(text) if isinstance(text, str) else "…"),
        Message("use letters, digits, full stop, underscore and hyphen only, at most 40 characters"),
    )


def parse_link(text: object) -> str:
    """Return a web address that begins with https:// and names a host in plain letters; raises `Refused`.

    What people read must be where the link leads: no name before an @, no port, no letters that only look Latin.
    """
    if not isinstance(text, str) or not (found := _link(text)):
        raise Refused(
            "link",
            Message(
                "“{value}” is not a web address that may be linked", value=shown(text) if isinstance(text, str) else "…"
            ),
            Message("enter an address that begins with https://"),
        )
    host = found["host"]
    if not host.isascii() and (plain := _punycode(host)):
        raise Refused(
            "link",
            Message("The host “{host}” is not written in Latin letters, and could pass for another", host=host),
            Message("if it is the right one, write it as {plain}", plain=plain),
        )
    if not _host(host):
        raise Refused(
            "link",
            Message("“{host}” is not the plain name of a host", host=host),
            Message("enter an address such as https://www.example.org/page, without a user name, port or number"),
        )
    return text


def is_link(text: object) -> bool:
    """Return whether `text` is a web address that may be linked."""
    try:
        parse_link(text)
    except Refused:
        return False
    return True


def _punycode(host: str) -> str:
    """Return the plain form of a host with letters of any script, or nothing where it has none."""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


Text = Annotated[str, PlainValidator(parse_text), Kind("text", "文字", "text", {"type": "string"})]
Code = Annotated[
    str,
    PlainValidator(parse_code),
    Kind("code", "编号", "code", {"type": "string", "pattern": "^[0-9A-Za-z][0-9A-Za-z._-]{0,39}$"}, "F03"),
]
Link = Annotated[
    str,
    PlainValidator(parse_link),
    Kind("link", "网址", "web address", {"type": "string", "pattern": "^https://"}, "https://example.org/"),
]


def _parse_list(text: object) -> tuple[str, ...]:
    parts = re.split("[;\uff1b\u3001]", text) if isinstance(text, str) else text
    if not isinstance(parts, (list, tuple)):
        raise Refused("list", Message("A list of codes is expected here"))
    if isinstance(text, str) and not all(_code(part.strip()) for part in parts if part):
        again = list(filter(None, re.split(r"[\s,;/|\uff0c\uff1b\u3001\uff0f]+", text)))
        if len(again) > 1 and all(map(_code, again)):
            message = Message("the codes in “{value}” are not separated by semicolons", value=shown(text))
            raise Refused("code", message, Message("write {meant}", meant=";".join(again)))
    return tuple(parse_code(part.strip() if isinstance(part, str) else part) for part in parts if part != "")


Codes = Annotated[
    tuple[str, ...],
    PlainValidator(_parse_list),
    Kind("codes", "编号，多个用分号隔开", "codes separated by semicolons", {"type": "string"}, "m2.1;m2.3"),
]
