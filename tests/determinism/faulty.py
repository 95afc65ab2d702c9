"""A builder with one fault, for tests of the comparison: ``python -m tests.determinism.faulty build --root R --out O``.

The fault is the one that the folder of the school names in its file `fault`. Each is a way in which a real program could
write different bytes for the same data.
"""

from __future__ import annotations

import argparse
import datetime as dt
import locale
import os
import sys
import time
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path


def day_of_change(root: Path, _: Path) -> object:
    """Return when a file of the school was last changed."""
    return (root / "fault").stat().st_mtime_ns


FAULTS: Mapping[str, Callable[[Path, Path], object]] = {
    "none": lambda _root, _out: "the same",
    "clock, as a date": lambda _root, _out: dt.datetime.now(dt.UTC).year,
    "clock, as seconds": lambda _root, _out: int(time.time()) // 10**8,
    "clock, as text": lambda _root, _out: time.strftime("%Y"),
    "time zone": lambda _root, _out: dt.datetime.fromtimestamp(0).hour,  # noqa: DTZ006
    "order of a folder": lambda root, _out: [path.name for path in root.iterdir() if path.name != ".git"],
    "order of a pattern": lambda root, _out: [path.name for path in root.glob("*.txt")],
    "order of a set": lambda _root, _out: list({f"code{number}" for number in range(20)}),
    "character set": lambda _root, _out: locale.getpreferredencoding(False),
    "path of the school": lambda root, _out: root.resolve(),
    "path of the site": lambda _root, out: out.resolve().parent.parent.name,
    "path as it was typed": lambda root, _out: root.is_absolute(),
    "home": lambda _root, _out: Path.home().name,
    "user": lambda _root, _out: os.environ.get("USER"),
    "processors": lambda _root, _out: os.cpu_count(),
    "version of Python": lambda _root, _out: sys.version,
    "optimization": lambda _root, _out: __debug__,
    "epoch of packagers": lambda _root, _out: os.environ.get("SOURCE_DATE_EPOCH"),
    "compression": lambda _root, _out: zlib.compressobj(6).compress(bytes(range(256)) * 99).hex(),
    "line ends": lambda root, _out: (root / "a.txt").read_bytes(),
    "day of a file": day_of_change,
}


def main() -> None:
    """Write a site of one page that is different where its fault shows."""
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    fault = (given.root / "fault").read_text(encoding="utf-8").strip()
    new = not given.out.exists()
    given.out.mkdir(exist_ok=True)
    page = given.out / "index.html"
    if fault == "what was there before":
        page.open("a", encoding="utf-8").write("again ")
    elif fault == "cache":
        kept = Path(os.environ["MINGZHANG_CACHE"]) / "kept"
        page.write_text(f"warm: {kept.exists()}", encoding="utf-8")
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch()
    elif fault == "a file left over" and not new:
        page.write_text("the same", encoding="utf-8")
        (given.out / "old.html").touch()
    else:
        page.write_text(str(FAULTS.get(fault, FAULTS["none"])(given.root, given.out)), encoding="utf-8")
    if fault != "mode of a file":
        page.chmod(0o644)
        given.out.chmod(0o755)


if __name__ == "__main__":
    main()
