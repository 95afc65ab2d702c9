"""An artifact of a stranger's run is read in memory, and only if it is one small text of the expected name."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.program import module

archive = module("archive")


def zipped(*members: tuple[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of files with these names and contents."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as made:
        for name, content in members:
            made.writestr(zipfile.ZipInfo(name), content, compress_type=kind)
    return out.getvalue()


GOOD = zipped(("comment.md", "可以合并".encode()))


def lying() -> bytes:
    """Return a bomb that states to hold a few bytes: 50 MB of zeros, and a small size in both headers."""
    bomb = zipped(("comment.md", b"\0" * 50_000_000))
    real, stated = (50_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    assert bomb.count(real) == 2
    return bomb.replace(real, stated)


def locked() -> bytes:
    """Return an archive that says to need a password."""
    made = bytearray(GOOD)
    made[6] |= 1
    made[GOOD.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def link() -> bytes:
    """Return an archive whose only member calls itself a symbolic link."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        info = zipfile.ZipInfo("comment.md")
        info.external_attr = 0o120777 << 16
        made.writestr(info, "/etc/passwd")
    return out.getvalue()


def test_the_text_is_read() -> None:
    assert archive.text_of(GOOD) == "可以合并"


def test_a_link_is_no_more_than_its_text() -> None:
    assert archive.text_of(link()) == "/etc/passwd"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "压缩包"),
        (b"not a zip", "压缩包"),
        (GOOD[:40], "压缩包"),
        (zipped(("../comment.md", b"x")), "只有一个文件"),
        (zipped(("a/comment.md", b"x")), "只有一个文件"),
        (zipped(("/etc/comment.md", b"x")), "只有一个文件"),
        (zipped(("COMMENT.md", b"x")), "只有一个文件"),
        (zipped(("comment.md", b"x"), ("comment.md.txt", b"x")), "只有一个文件"),
        (zipped(), "只有一个文件"),
        (zipped(("comment.md", b"\0" * 50_000_000)), "太大"),
        (lying(), "压缩包"),
        (zipped(("comment.md", b"x"), kind=zipfile.ZIP_BZIP2), "压缩方式"),
        (zipped(("comment.md", b"x"), kind=zipfile.ZIP_LZMA), "压缩方式"),
        (b"PK" + b"\0" * 2_000_000, "太大"),
        (zipped(("comment.md", b"\xff\xfe\x00")), "UTF-8"),
        (zipped(("comment.md", "\ud800".encode("utf-8", "surrogatepass"))), "UTF-8"),
        (zipped(("comment.md", b" \n")), "空的"),
        (locked(), "压缩包"),
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_the_reason(content: bytes, why: str) -> None:
    with pytest.raises(archive.Refused, match=why):
        archive.text_of(content)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_a_damaged_archive_never_does_anything_but_be_read_or_refused(at: int, byte: int) -> None:
    damaged = GOOD[:at] + bytes([byte]) + GOOD[at + 1 :]
    try:
        assert len(archive.text_of(damaged)) <= archive.LARGEST_TEXT
    except archive.Refused:
        assert damaged != GOOD


def test_zlib_is_what_python_reads_archives_with() -> None:
    """A member may be unpacked in steps: no more than asked for is ever in memory."""
    packed = zlib.compress(b"\0" * 50_000_000)
    assert len(zlib.decompressobj().decompress(packed, 1000)) == 1000
