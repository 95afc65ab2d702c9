"""The process that opens spreadsheets, held to so much time and memory: a hostile file can only end this process.

It reads one file from standard input and writes what it found to standard output.
"""

from __future__ import annotations

import pickle
import sys

from generator.spreadsheets.grid import Grid
from generator.spreadsheets.unopened import DAMAGED, SAVE_AGAIN, Unopened

MEMORY = 2_000_000_000
SECONDS = 40
"""Of processor time; 20,000 rows of twenty columns take about ten."""

Answer = list[Grid] | Unopened


def limit() -> None:
    """Let a file that needs too much time or memory fail in this process."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    except (ImportError, ValueError, OSError):  # not on this system
        return


def answer(data: bytes, file: str, *, whole: bool) -> Answer:
    """Return the sheets of a file, or why it is not read."""
    from generator.spreadsheets.workbooks import grids_of

    try:
        return grids_of(data, file, whole=whole)
    except Unopened as failure:
        return failure
    except MemoryError:
        return Unopened(DAMAGED, SAVE_AGAIN)


def main() -> None:
    """Answer once; the arguments are the name of the file, and whether it is an .xlsx file."""
    limit()
    found = answer(sys.stdin.buffer.read(), sys.argv[1], whole=sys.argv[2] == "xlsx")
    sys.stdout.buffer.write(pickle.dumps(found))


if __name__ == "__main__":
    main()
