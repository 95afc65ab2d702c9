"""Sites that know their number, so that any folder can be judged: the whole site of one number, or damage."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from generator.site.publish import MANIFEST, manifest

THEIRS = {"CNAME": b"school.example.org\n", "notes/staff.txt": b"not ours"}


def site(number: int, pages: int = 26, size: int = 300) -> dict[str, bytes]:
    """Return the files of one site: of three pages one differs from number to number, and one comes and goes."""
    files = {"index.html": b"%d\n" % number + b"start" * size}
    for page in range(pages):
        text = f"{page} {number if page % 3 == 0 else 0}\n".encode()
        files[f"part{page % 5}/page{page}/index.html"] = text + b"x" * (size * (page % 7))
    files[f"only/{'even' if number % 2 == 0 else 'odd'}.html"] = b"a page that comes and goes"
    lines = (f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in sorted(files.items()))
    return files | {"SHA256SUMS": "".join(lines).encode()}


def content(folder: Path | int) -> dict[str, bytes]:
    """Return every file below a folder (or an open one) but other people's; links and such are told as content."""
    found: dict[str, bytes] = {}
    top, inside = (".", folder) if isinstance(folder, int) else (str(folder), None)
    for above, _, names, handle in os.fwalk(top, dir_fd=inside):
        below = above.removeprefix(top).removeprefix("/")
        for name in names:
            file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW, dir_fd=handle)
            with os.fdopen(file, "rb") as opened:
                found[f"{below}/{name}" if below else name] = opened.read()
    return found


def number_of(files: dict[str, bytes], pages: int = 26, size: int = 300) -> int | None:
    """Return which site these files are, whole and with nothing else; None when they are damaged."""
    ours = {path: data for path, data in files.items() if THEIRS.get(path) != data}
    first = ours.get("index.html", b"").partition(b"\n")[0]
    if not first.isdigit():
        return None
    wanted = site(int(first), pages, size)
    return int(first) if ours == wanted | {MANIFEST: manifest(wanted)} else None


def live(out: Path) -> int | str:
    """Return the number of the live site, or “missing”, or “damaged”."""
    if not out.exists():
        return "missing"
    number = number_of(content(out))
    return "damaged" if number is None else number
