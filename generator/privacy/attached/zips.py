"""The entries of a ZIP archive (xlsx and docx are such archives), read within limits and never written to a disk."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from generator.locale import Message
from generator.privacy.attached.pieces import Unreadable

ENTRIES = 2_000
UNPACKED = 50_000_000
"""The most bytes that all entries of one archive may have together once they are unpacked."""
RATIO = 200
"""How many times its packed size an entry of more than `SMALL` bytes may have; text of an office reaches about 50."""
SMALL = 1_000_000
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


def entries(data: bytes) -> tuple[dict[str, bytes], str]:
    """Return the content of each entry by its name, and the archive's comment.

    Raises `Unreadable` for what is broken, protected by a password, or unpacks to more than the limits.
    """
    found: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > ENTRIES:
                raise Unreadable(Message("it holds more than {limit} parts", limit=ENTRIES))
            left = UNPACKED
            for info in infos:
                if info.is_dir():
                    continue
                if info.flag_bits & 1:
                    raise Unreadable(Message("it is protected by a password"))
                name = info.filename
                while name in found:  # two entries of one name: a reader may show either
                    name += "*"
                found[name] = _content(archive, info, left)
                left -= len(found[name])
            return found, archive.comment.decode("utf-8", "replace")
    except BROKEN as failure:
        raise Unreadable(Message("it is damaged or not what its name says")) from failure


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes:
    """Return one entry; what its own directory says of its size is not believed."""
    most = min(left, max(SMALL, info.compress_size * RATIO))
    with archive.open(info) as entry:
        content = entry.read(most + 1)
    if len(content) > most:
        raise Unreadable(Message("it unpacks to more than the limit of {limit} bytes", limit=most))
    return content
