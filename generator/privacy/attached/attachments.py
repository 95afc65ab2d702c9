"""What attachments say, read in a second process so that a hostile file can neither hang nor fill this one."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from generator.locale import Message
from generator.privacy.attached.pieces import REFUSED, Piece

KINDS = (".pdf", ".xlsx", ".docx", ".png", ".jpg", ".jpeg")
PATIENCE = 60 if hasattr(signal, "setitimer") else 10
"""Seconds after which a process that says nothing is ended; its own limit of processor time comes long before."""
PACKAGES = Path(__file__).parents[3]


def surroundings() -> dict[str, str]:
    """Return the environment in which a second process finds the modules of this very program."""
    paths = [str(PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])]
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}


def is_attachment(name: str) -> bool:
    """Return whether a file of this name is read by the second process."""
    return name.lower().endswith(KINDS)


class Attachments:
    """Reads attachments one after the other; the process is started for the first, and again after a hostile one."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def __enter__(self) -> Attachments:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def pieces(self, name: str, data: bytes) -> Iterator[Piece]:
        """Yield what the attachment says; the last piece is a refusal where the process did not live to tell the rest."""
        process = self._process or self._start()
        if process.stdin is None:
            return
        try:
            process.stdin.write(json.dumps([name, len(data)]).encode() + b"\n" + data)
            process.stdin.flush()
        except OSError:  # it ended while it was being told
            self._end()
            yield Piece(REFUSED, Message("reading it takes too long; make it smaller"))
            return
        while True:
            try:
                line = self._lines.get(timeout=PATIENCE)
            except queue.Empty:
                line = b""
            if not line:
                self._end()
                yield Piece(REFUSED, Message("reading it takes too long; make it smaller"))
                return
            if line == b"\n":
                return
            yield Piece.of_line(line.decode())

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "generator.privacy.attached.worker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=surroundings(),
        )  # fmt: skip
        self._process, self._lines = process, queue.SimpleQueue()
        self._thread = threading.Thread(target=_follow, args=(process, self._lines), daemon=True)
        self._thread.start()
        return process

    def _end(self) -> None:
        """End the process, and wait until it is gone."""
        if self._process is None:
            return
        process, self._process = self._process, None
        process.kill()
        if process.stdin:
            with contextlib.suppress(OSError):  # what was not yet written has nobody to read it
                process.stdin.close()
        process.wait()
        if self._thread is not None:  # while a thread runs, the build would not split its work in two
            self._thread.join()


def _follow(process: subprocess.Popen[bytes], lines: queue.SimpleQueue[bytes]) -> None:
    """Hand on each line that the process writes, and an empty one when it is gone."""
    if process.stdout is None:
        return
    with process.stdout:
        for line in process.stdout:
            lines.put(line)
    lines.put(b"")
