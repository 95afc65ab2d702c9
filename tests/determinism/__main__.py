"""``python -m tests.determinism``: build one commit in many surroundings and compare every byte of every file.

Three schools are built each time: the sample, the sample in English, and a school of several years. What is built is the
newest commit, cloned; what is not committed takes no part. Ends with 1 when any byte or any file's mode differs.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from tests.determinism.building import Bench, Row, compared, reference, total
from tests.determinism.compare import Inventory, differences, files_of
from tests.determinism.places import SCHOOLS, another_place, first_place, git
from tests.determinism.pythons import ROOT, prepared
from tests.determinism.surroundings import Surrounding, surroundings

ELSEWHERE = "另一个 地方/a folder with a long name/deeper"


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(argv: Sequence[str] | None = None) -> int:
    """Compare everything and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.determinism", description=__doc__)
    parser.add_argument("--only", default="", help="only surroundings whose name contains this")
    parser.add_argument("--years", type=int, default=3, help="years of the larger school")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="builds at a time")
    asked = parser.parse_args(argv)
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="mingzhang-determinism-") as folder:
        rows = run(Path(folder).resolve(), asked)
    say(f"{total(rows)}; {time.perf_counter() - start:.0f} s")
    return 1 if not rows or any(row.differences for row in rows) else 0


def run(work: Path, asked: argparse.Namespace) -> list[Row]:
    """Build in every surrounding, print a row for each, and return the rows."""
    pythons = prepared(say)
    say(f"commit {git(ROOT, 'rev-parse', '--short', 'HEAD')}; Python {', '.join(python.version for python in pythons)}")
    if git(ROOT, "status", "--porcelain"):
        say("There are changes that are not committed; they take no part.")
    first = first_place(work / "here", asked.years)
    bench = Bench(work, first, another_place(first, work / ELSEWHERE), pythons[0], SCHOOLS)
    wanted = reference(bench)
    sizes = [entry.size for made in wanted.values() for entry in files_of(made)]
    say(f"reference: {len(wanted)} schools, {len(sizes)} files, {sum(sizes):,} bytes; {proof(wanted)}")
    chosen = [one for one in surroundings(work, pythons) if asked.only in one.name]
    with ThreadPoolExecutor(asked.jobs) as pool:
        found = pool.map(lambda item: compared(bench, item[1], wanted, item[0]), enumerate(chosen))
        return [shown(number, one, row) for (number, one), row in zip(enumerate(chosen, 1), found, strict=True)]


def shown(number: int, one: Surrounding, row: Row) -> Row:
    """Print one row and return it."""
    say(f"{number:3}  {one.name:<58} {row.files:6,} files {row.size:12,} bytes  {row.verdict}")
    return row


def proof(wanted: Mapping[str, Inventory]) -> str:
    """Return that one changed bit in the last byte of the last file would be seen; stop everything if it is not."""
    site = wanted[SCHOOLS[0]]
    path = [path for path, entry in site.items() if entry.content][-1]
    entry = site[path]
    content = entry.content or b""
    changed = {**site, path: replace(entry, content=content[:-1] + bytes([content[-1] ^ 1]))}
    told = differences(site, changed)
    if len(told) != 1 or not str(told[0]).startswith(f"{path}: byte {len(content) - 1} "):
        sys.exit(f"one changed bit in {path} was not found: {told}")
    return f"one changed bit in {path} is found"


if __name__ == "__main__":
    sys.exit(main())
