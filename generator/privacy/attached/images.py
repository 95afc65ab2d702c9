"""What a photo says beside its picture: text in its metadata, and where it was taken."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from generator.locale import Message
from generator.privacy.attached.pieces import POSITION, TEXT, Piece, Unreadable
from generator.privacy.attached.runs import runs

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
TEXT_CHUNKS = (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"iCCP")
UNPACKED = 2_000_000
GPS_POINTER = 0x8825
LATITUDE, LONGITUDE = 2, 4
TAGS = 500


def image(data: bytes) -> Iterator[Piece]:
    """Yield what the metadata of a PNG or JPEG picture says, and its position when it states one."""
    if not data.startswith((PNG, JPEG)):
        raise Unreadable(Message("it is damaged or not what its name says"))
    parts = list(png_parts(data) if data.startswith(PNG) else jpeg_parts(data))
    texts = list(dict.fromkeys(text for part in parts for text in runs(part)))
    yield Piece(TEXT, Message("the metadata of the picture"), texts)
    if any(map(states_position, parts)):
        yield Piece(POSITION, Message("the metadata of the picture"))


def png_parts(data: bytes) -> Iterator[bytes]:
    """Yield the chunks of a PNG that hold text or metadata, unpacked, and what stands behind the end of the picture."""
    at = len(PNG)
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += 12 + length
        if kind in TEXT_CHUNKS:
            yield content
            yield from _inflated(content)
        if kind == b"IEND":
            break
    if data[at:]:
        yield data[at:]


def _inflated(content: bytes) -> Iterator[bytes]:
    """Yield what is packed behind the keyword of a text chunk."""
    for start in _starts(content):
        unpacker = zlib.decompressobj()
        try:
            yield unpacker.decompress(content[start:], UNPACKED)
        except zlib.error:
            continue


def _starts(content: bytes) -> list[int]:
    """Return where packed text may begin: behind the NULs of the keyword, of the language, of the translated keyword."""
    return [at + skip for at, sign in enumerate(content[:400]) if not sign for skip in (1, 2) if content[at + skip :]][
        :40
    ]


def jpeg_parts(data: bytes) -> Iterator[bytes]:
    """Yield the segments of a JPEG that are no picture: APP0 to APP15 and comments, and what stands behind its end."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in (0xDA, 0xD9):
            break
        (length,) = struct.unpack_from(">H", data, at + 2)
        if 0xE0 <= marker <= 0xEF or marker == 0xFE:
            yield data[at + 4 : at + 2 + length]
        at += 2 + max(length, 2)
    end = data.rfind(b"\xff\xd9")
    if 0 < end < len(data) - 2:
        yield data[end + 2 :]


def states_position(part: bytes) -> bool:
    """Return whether a segment or chunk of metadata states a geographical position, as EXIF or as XMP."""
    if b"GPSLatitude" in part or b"GPSLongitude" in part:
        return True
    starts = (part.find(b"II*\0"), part.find(b"MM\0*"))
    return any(start >= 0 and _gps(part[start:]) for start in starts)


def _gps(tiff: bytes) -> bool:
    """Return whether the first directory of EXIF data points to one that states latitude or longitude."""
    order = "<" if tiff.startswith(b"II") else ">"
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        pointer = _tags(tiff, first, order).get(GPS_POINTER)
        return pointer is not None and bool({LATITUDE, LONGITUDE} & _tags(tiff, pointer, order).keys())
    except struct.error:  # cut off: a reader finds no position in it either
        return False


def _tags(tiff: bytes, at: int, order: str) -> dict[int, int]:
    """Return the numbers of the tags of one directory, each with its value or the place of its value."""
    (count,) = struct.unpack_from(f"{order}H", tiff, at)
    entries = (struct.unpack_from(f"{order}HHII", tiff, at + 2 + 12 * n) for n in range(min(count, TAGS)))
    return {tag: value for tag, _, _, value in entries}
