"""Opens the files of offices, .xlsx, .xls and .ods: within limits, in a process of its own, and never with a traceback."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
import zipfile
from pathlib import Path

from generator.locale import Message
from generator.privacy.attached.attachments import surroundings
from generator.reading import LIMITS, unsafe
from generator.spreadsheets.grid import Grid
from generator.spreadsheets.unopened import DAMAGED, LOCKED, SAVE_AGAIN, UNLOCK, VALUES_ONLY, Unopened
from generator.spreadsheets.worker import SECONDS

KINDS = (".xlsx", ".xls", ".ods", ".et")
MACROS = (".xlsm", ".xlsb", ".xltm", ".xla", ".xlam")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def opened(path: Path) -> list[Grid]:
    """Return the sheets of a file in their order; raises `Unopened`, and OSError where the file cannot be read."""
    suffix = path.suffix.lower()
    if suffix in MACROS:
        raise Unopened(Message("Files with macros ({suffix}) are not read", suffix=suffix), SAVE_AGAIN)
    with path.open("rb") as file:
        data = file.read(LIMITS.attachment_bytes + 1)
    if len(data) > LIMITS.attachment_bytes:
        message = Message("The file has more than {limit} bytes", limit=LIMITS.attachment_bytes)
        raise Unopened(message, Message("split it into smaller files"))
    return read_apart(data, path.name, _kind(data, path.name, suffix))


def _kind(data: bytes, name: str, suffix: str) -> str:
    """Return what a file is by its content: xlsx, or another kind; raises `Unopened` for what is none or not safe."""
    if data.startswith(OLE):
        if ENCRYPTED in data:
            raise Unopened(LOCKED, UNLOCK)
        return "xls"
    if not data.startswith(ZIP):
        if suffix not in KINDS:
            fix = Message("give it an .xlsx, .xls or .ods file; a CSV file is put into data/ as it is")
            raise Unopened(Message("This is no spreadsheet file: {name}", name=name), fix)
        raise Unopened(DAMAGED, SAVE_AGAIN)
    if reason := unsafe(data):
        raise Unopened(reason, VALUES_ONLY)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.namelist()
    if "xl/workbook.xml" in parts:
        return "xlsx"
    if "content.xml" in parts:
        return "ods"
    raise Unopened(DAMAGED, SAVE_AGAIN)


def read_apart(data: bytes, name: str, kind: str) -> list[Grid]:
    """Let a second process read the file; whatever becomes of it, this one goes on."""
    try:
        done = subprocess.run(  # noqa: S603  this very program, with the name of a file that it does not open by it
            [sys.executable, "-m", "generator.spreadsheets.worker", name, kind], input=data, capture_output=True, check=False,
            timeout=2 * SECONDS, env=surroundings(),
        )  # fmt: skip
    except subprocess.TimeoutExpired as failure:
        raise Unopened(Message("Reading the file takes too long"), SAVE_AGAIN) from failure
    if done.returncode or not done.stdout:
        raise Unopened(DAMAGED, SAVE_AGAIN)
    found = pickle.loads(done.stdout)  # noqa: S301  our own process wrote it
    if isinstance(found, Unopened):
        raise found
    grids: list[Grid] = found
    return grids
