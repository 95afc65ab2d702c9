"""One builder as a process: ``driver.py OUT [options]`` publishes the site of each number that it reads, and says ok.

Options: ``straight`` writes into the folder as a program without a plan does, ``hasty`` does not wait for other
builders, ``loose`` does not wait for the disk.
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from generator.site.publish import MANIFEST, PublishError, disk, manifest, publish
from tests.torture.sites import site

BEGIN, END = "/mingzhang-torture-begins", "/mingzhang-torture-ends"
FAILED, BUSY = 2, 3


def straight(out: Path, files: dict[str, bytes]) -> None:
    """Write the files one by one where they belong, and delete the rest afterwards."""
    wanted = files | {MANIFEST: manifest(files)}
    for path, data in wanted.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(data)
    for path in (out / "only").iterdir():
        if path.relative_to(out).as_posix() not in wanted:
            path.unlink()


def may_be_traced() -> None:
    """Allow any process of this user to trace this one, also where only parents may."""
    if (library := disk._library()) is not None and hasattr(library, "prctl"):
        library.prctl(0x59616D61, ctypes.c_ulong(-1))  # PR_SET_PTRACER, PR_SET_PTRACER_ANY


def main(out: Path, options: list[str]) -> int:
    """Publish as the options say; 0 only when every publication said that it was done."""
    may_be_traced()
    print("ready", flush=True)
    for line in sys.stdin:
        files = site(int(line))
        Path(BEGIN).exists()
        try:
            if "straight" in options:
                straight(out, files)
            else:
                publish(out, files, durable="loose" not in options, wait=0.02 if "hasty" in options else 60)
        except PublishError as refused:
            print(refused.message.text, refused.message.values)
            return BUSY if "Process {who}" in refused.message.text else FAILED
        Path(END).exists()
        print("ok", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
