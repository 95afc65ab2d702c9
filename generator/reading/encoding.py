"""Bytes to text, by proof and never by a statistical guess."""

from __future__ import annotations

import codecs
from collections.abc import Callable

from generator.locale import Message
from generator.problems import Place, Problem
from generator.reading.characters import PRIVATE, REFUSED, without_refused
from generator.reading.limits import LIMITS, Limits
from generator.reading.report import Report

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# The first bytes of .xlsx files, which are ZIP archives, and of the older .xls.
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# In UTF-16 every Latin letter, digit, separator and line end holds a NUL byte. Bytes that are
# valid UTF-8 as well are hardly Chinese, so at least one in this many must be NUL.
NUL_EVERY = 4


def decode(
    data: bytes,
    file: str,
    *,
    header_known: Callable[[str], bool] | None = None,
    limits: Limits = LIMITS,
) -> tuple[str | None, list[Problem]]:
    """Return the text of a file with LF line ends and every refused character replaced by U+FFFD.

    GB18030, in which Chinese spreadsheet programs save, reads almost any bytes as something.
    It is accepted only where `header_known` finds column titles in the decoded text.
    """
    report = Report(file, limits)
    if len(data) > limits.file_bytes:
        report.add(
            "limit",
            Place(file),
            Message("The file has {size} bytes, the limit is {limit}", size=len(data), limit=limits.file_bytes),
            Message("split it into smaller files"),
        )
        return None, report.problems()
    text = _text(data, report, header_known)
    if text is None:
        return None, report.problems()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    clean, refused = without_refused(text, report)
    return None if refused > limits.refused_characters else clean, report.problems()


def _text(data: bytes, report: Report, header_known: Callable[[str], bool] | None) -> str | None:
    """Return the text by the first encoding that is proved, or report that none is."""
    if data.startswith(WORKBOOKS):
        report.add(
            "encoding",
            Place(report.file),
            Message("This is a spreadsheet file (xlsx or xls) under another name"),
            Message("open it in WPS or Excel and save it as “CSV UTF-8 (comma delimited)”"),
        )
        return None
    for bom, name in BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], name, report)
    text = _strict_or_none(data, "utf-8")
    order = _utf16_by_nul(data, NUL_EVERY if text is not None else len(data))
    if order and (wide := _plausible(data, order)) is not None:
        _note(report, "UTF-16")
        return wide
    if text is not None:
        return text
    text = _plausible(data, "gb18030")
    if text is None or not (header_known and header_known(text)):
        return _strict(data, "utf-8", report)
    _note(report, "GB18030")
    return text


def _plausible(data: bytes, name: str) -> str | None:
    """Return the text where it is valid in this encoding and made of characters that people write."""
    text = _strict_or_none(data, name)
    return None if text is None or PRIVATE.search(text) or REFUSED.search(text) else text


def _strict_or_none(data: bytes, name: str) -> str | None:
    """Return the text, or None where the bytes are not valid in this encoding."""
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _strict(data: bytes, name: str, report: Report) -> str | None:
    """Return the text, or report the first byte that is not valid in this encoding."""
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(name, "replace").replace("\r\n", "\n").replace("\r", "\n")
        report.add(
            "encoding",
            Place(report.file, before.count("\n") + 1, len(before) - before.rfind("\n")),
            Message("The file is not valid {name}: byte {byte}", name=name.upper(), byte=f"0x{data[error.start]:02X}"),
            Message("open it in the program that made it and save it as “CSV UTF-8”, or as UTF-8 in a text editor"),
        )
        return None
    if name != "utf-8":
        _note(report, "UTF-16")
    return text


def _note(report: Report, name: str) -> None:
    """Say that the file was read by another encoding than UTF-8."""
    report.note(
        "encoding",
        Place(report.file),
        Message("The file is saved as {name} and was read as such", name=name),
        Message("better save it as UTF-8"),
    )


def _utf16_by_nul(data: bytes, every: int) -> str | None:
    """Return the byte order where NULs stand all on one side, as in UTF-16, and at least one
    among so many bytes."""
    if len(data) % 2 or b"\0" not in data:
        return None
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if (even and odd) or (even + odd) * every < len(data):
        return None
    return "utf-16-be" if even else "utf-16-le"
