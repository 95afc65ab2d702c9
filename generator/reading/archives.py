"""Attachments that are archives inside (.xlsx and .docx are ZIP files), and what makes one too dangerous to open.

The central directory of an archive says what is in it; a hostile one lies. So every entry is unpacked here once, in
memory and never beyond the size that it declares, and nothing opens an attachment that did not pass.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from generator.locale import Message

ENTRIES = 2_000
UNPACKED = 50_000_000
RATIO = 200
DIRECTORY = 400 * ENTRIES
"""So many bytes the directory of an archive may have: it is measured before anything reads it."""

SMALL = 1_000_000
"""An entry that unpacks to less than this may be packed as tightly as it likes: empty sheets are."""

END = struct.Struct("<4sHHHHIIH")
LOCAL = struct.Struct("<4sHHHHHIIIHH")
PARTS = {".xlsx": "xl/workbook.xml", ".docx": "word/document.xml"}
"""What each kind must hold to be what its name says."""

NAME = re.compile(r"(?:[^\x00-\x1f\x7f\\/:*?\"<>|]{1,120}/){0,12}[^\x00-\x1f\x7f\\/:*?\"<>|]{1,120}/?")
PROGRAMS = re.compile(r"vbaProject|vbaData|macrosheets/|dialogsheets/|activeX/|ctrlProps/|customUI", re.IGNORECASE)
EMBEDDED = re.compile(
    r"embeddings/|\.(?:zip|xls[xmb]?|doc[xm]?|ppt[xm]?|jar|7z|rar|gz|exe|dll|js|vbs|html?)$", re.IGNORECASE
)
OUTWARD = re.compile(rb"<[^<>]*TargetMode\s*=\s*[\"']External[^<>]*>", re.IGNORECASE)
HYPERLINK = b"/hyperlink"
AROUND = Message("The archive has something in front of it or behind it")


class Unsafe(Exception):
    """Why an archive is not opened; ``message`` says it in words."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


def unsafe(source: Path | bytes, suffix: str = "") -> Message | None:
    """Return why the archive in a file or in bytes is not to be opened, or None where it may be.

    `suffix` (``.xlsx`` or ``.docx``) says what the archive must be. Raises nothing but `OSError`.
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    try:
        start = _directory(data)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, data, start, suffix)
    except Unsafe as reason:
        return reason.message
    except (zipfile.BadZipFile, ValueError, struct.error, zlib.error, NotImplementedError, LookupError, EOFError):
        return Message("The file is damaged or is no ordinary archive")
    return None


def _directory(data: bytes) -> int:
    """Return where the directory of an archive begins; raise `Unsafe` where it is too large to be read at all."""
    signature, _, _, _, count, size, start, comment = END.unpack(data[-END.size :])
    if not data.startswith(b"PK\x03\x04") or signature != b"PK\x05\x06" or comment:
        raise Unsafe(AROUND)
    if count > ENTRIES or size > DIRECTORY:
        raise Unsafe(Message("The archive holds more than {limit} entries", limit=ENTRIES))
    return int(start)


def _check(archive: zipfile.ZipFile, data: bytes, start: int, suffix: str) -> None:
    """Raise `Unsafe` for the first thing that is wrong; `start` is where the directory says that it begins."""
    entries = archive.infolist()
    if archive.start_dir != start:
        raise Unsafe(AROUND)
    if len(entries) > ENTRIES:
        raise Unsafe(Message("The archive holds more than {limit} entries", limit=ENTRIES))
    total = sum(entry.file_size for entry in entries)
    if total > UNPACKED:
        raise Unsafe(Message("The archive unpacks to {size} bytes, the limit is {limit}", size=total, limit=UNPACKED))
    seen: set[str] = set()
    for entry in entries:
        _check_entry(entry, seen)
    for entry, content in _unpacked(entries, data, start):
        _check_content(entry.filename, content)
    wanted = PARTS.get(suffix)
    if wanted and not {wanted, "[Content_Types].xml"} <= {entry.filename for entry in entries}:
        raise Unsafe(Message("The content is not what the name “{suffix}” says", suffix=suffix))


def _check_entry(entry: zipfile.ZipInfo, seen: set[str]) -> None:
    """Raise `Unsafe` for what the directory says of one entry."""
    name = entry.orig_filename
    mode = entry.external_attr >> 16
    if not NAME.fullmatch(name) or any(part.strip(". ") == "" for part in name.rstrip("/").split("/")):
        raise Unsafe(Message("The archive holds an entry whose name leads out of it"))
    if name.casefold() in seen:
        raise Unsafe(Message("The archive holds two entries of one name"))
    seen.add(name.casefold())
    if entry.flag_bits & 0x2041:
        raise Unsafe(Message("The file is locked with a password"))
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise Unsafe(Message("The archive holds a link"))
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unsafe(Message("The archive is packed in an unusual way"))
    if entry.file_size > SMALL and entry.file_size > RATIO * entry.compress_size:
        raise Unsafe(
            Message("The archive holds an entry that unpacks to more than {ratio} times its size", ratio=RATIO)
        )
    if PROGRAMS.search(name):
        raise Unsafe(Message("The file holds macros or controls"))
    if EMBEDDED.search(name):
        raise Unsafe(Message("The file holds another file"))


def _unpacked(entries: list[zipfile.ZipInfo], data: bytes, end: int) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    """Yield each entry with its content, in the order of the file; raise `Unsafe` where the archive lies."""
    free = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        at = entry.header_offset
        if at < free:
            raise Unsafe(Message("The archive holds entries that lie in each other"))
        header = LOCAL.unpack_from(data, at)
        start = at + LOCAL.size + header[9] + header[10]
        free = start + entry.compress_size
        local = data[at + LOCAL.size : at + LOCAL.size + header[9]]
        told = (header[0], header[3], header[2] & 1)
        if told != (b"PK\x03\x04", entry.compress_type, 0) or free > end or local != _name_bytes(entry):
            raise Unsafe(Message("The archive says two different things of one entry"))
        content = _content(entry, data[start:free])
        if len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
            raise Unsafe(Message("The archive says two different things of one entry"))
        yield entry, content


def _name_bytes(entry: zipfile.ZipInfo) -> bytes:
    """Return an entry's name as the archive has written it."""
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & 0x800 else "cp437")


def _content(entry: zipfile.ZipInfo, packed: bytes) -> bytes:
    """Return the content of one entry, never much more than it declares."""
    if entry.compress_type == zipfile.ZIP_STORED:
        return packed
    unpacking = zlib.decompressobj(-15)
    content = unpacking.decompress(packed, entry.file_size + 1)
    return content if unpacking.eof and not unpacking.unused_data else b"\0" * (entry.file_size + 1)


def _check_content(name: str, content: bytes) -> None:
    """Raise `Unsafe` for a part that is an archive, declares entities, or makes its reader ask other hosts."""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"MZ", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise Unsafe(Message("The file holds another file"))
    if not name.endswith((".xml", ".rels", ".vml")):
        return
    if b"\0" in content or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Unsafe(Message("The file holds a part that is not written as office programs write it"))
    if b"macroEnabled" in content and name == "[Content_Types].xml":
        raise Unsafe(Message("The file holds macros or controls"))
    if any(HYPERLINK not in found.group() for found in OUTWARD.finditer(content)):
        raise Unsafe(Message("The file loads something from elsewhere when it is opened"))
