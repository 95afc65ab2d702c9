"""The report out of the archive that a run left behind, which may hold anything."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

NAME = "comment.md"
LARGEST_ARCHIVE = 1_000_000
LARGEST_TEXT = 400_000
KINDS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What artifacts are packed with; Python unpacks other kinds with no limit to a step."""


class Refused(Exception):
    """An archive that is not what a check leaves behind; its text says why, in Chinese and English."""


def text_of(content: bytes) -> str:
    """Return the one text in an archive. It is read in memory: no name in it ever becomes a path."""
    if len(content) > LARGEST_ARCHIVE:
        raise Refused("报告太大 / The report is too large")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = archive.infolist()
            if [member.filename for member in found] != [NAME]:
                raise Refused(f"报告里应当只有一个文件 {NAME} / The report must hold one file, {NAME}")
            if found[0].compress_type not in KINDS:
                raise Refused("报告的压缩方式不对 / The report is packed in another way")
            if found[0].file_size > LARGEST_TEXT:
                raise Refused("报告太大 / The report is too large")
            with archive.open(found[0]) as file:
                raw = file.read(LARGEST_TEXT + 1)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError,
            OverflowError) as failure:  # fmt: skip
        raise Refused("报告不是能打开的压缩包 / The report is not an archive that can be read") from failure
    if len(raw) > LARGEST_TEXT:
        raise Refused("报告太大 / The report is too large")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as failure:
        raise Refused("报告不是 UTF-8 文字 / The report is not UTF-8 text") from failure
    if not text.strip():
        raise Refused("报告是空的 / The report is empty")
    return text
