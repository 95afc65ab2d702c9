"""The process that opens attachments, held to so much time and memory; a hostile file can only end this process.

It reads from standard input for each file a line of JSON (name and size) and then its bytes, and writes pieces, one a
line; an empty line says that a file is done.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Iterator

from generator.locale import Message
from generator.privacy.attached.images import image
from generator.privacy.attached.office import office
from generator.privacy.attached.pdfs import pdf
from generator.privacy.attached.pieces import REFUSED, Piece, Unreadable

READERS = {".pdf": pdf, ".xlsx": office, ".docx": office, ".png": image, ".jpg": image, ".jpeg": image}
STEP = 1.5
"""Seconds of processor time for one page of a PDF or one part of an office file."""
WHOLE = 30.0
"""Seconds of processor time for one attachment."""
TEXT_LENGTH = 3_000_000
"""The most characters that one attachment may hold; a book has a million."""
MEMORY = 1_500_000_000


def pieces(name: str, data: bytes) -> Iterator[Piece]:
    """Yield what one attachment says; never raises."""
    suffix = "." + name.rpartition(".")[2].lower()
    started, length = time.process_time(), 0
    try:
        for piece in READERS[suffix](data):
            wind()
            length += sum(map(len, piece.texts))
            if time.process_time() - started > WHOLE or length > TEXT_LENGTH:
                yield Piece(REFUSED, Message("reading it takes too long; make it smaller"))
                return
            yield piece
    except Unreadable as failure:
        yield Piece(REFUSED, failure.message)
    except MemoryError:
        yield Piece(REFUSED, Message("reading it takes too much memory; make it smaller"))
    except Exception:  # noqa: BLE001  whatever a hostile file does to a reader, the answer is that it cannot be checked
        yield Piece(REFUSED, Message("it is damaged or not what its name says"))


def wind() -> None:
    """Let the system end this process after one more `STEP`; without such a clock the parent's patience is the limit."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, STEP)


def limit_memory() -> None:
    """Let a file that needs too much memory fail in this process."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):  # not on this system
        return


def main() -> None:
    """Answer until the input ends."""
    limit_memory()
    while line := sys.stdin.buffer.readline():
        name, size = json.loads(line)
        data = sys.stdin.buffer.read(size)
        wind()
        for piece in pieces(name, data):
            sys.stdout.write(piece.line() + "\n")
            sys.stdout.flush()
        sys.stdout.write("\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
