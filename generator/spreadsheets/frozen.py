"""An xlsx file whose bytes depend on its content alone: no day, no program's version, no system in it."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook

NO_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest day that a zip can state: it has no meaning, so that it cannot change."""
MODE, UNIX = 0o100644 << 16, 3
MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(<)")
LARGE = 2_000_000
"""Zlib and its successors pack the same content into different bytes, so only what would be large is packed at all."""


def frozen(book: Workbook) -> bytes:
    """Return a workbook as the bytes of an xlsx file."""
    raw = io.BytesIO()
    book.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as made:
        parts = {entry.filename: made.read(entry) for entry in made.infolist()}
    core = parts["docProps/core.xml"]
    parts["docProps/core.xml"] = MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", core)
    packing = zipfile.ZIP_DEFLATED if sum(map(len, parts.values())) > LARGE else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w", packing) as zipped:
        for name in sorted(parts):  # "[Content_Types].xml" sorts first, where programs look for it
            entry = zipfile.ZipInfo(name, NO_DAY)
            entry.external_attr, entry.create_system, entry.compress_type = MODE, UNIX, packing
            zipped.writestr(entry, parts[name])
    return out.getvalue()
