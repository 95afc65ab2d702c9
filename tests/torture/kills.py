"""Builders killed at random moments, and many builders of one folder at once with readers looking on."""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from statistics import median

from generator.site.publish.workshop import Workshop
from tests.torture import driver
from tests.torture.builder import Builder
from tests.torture.sites import content, number_of
from tests.torture.tally import Tally


def duration(out: Path) -> float:
    """Return how many seconds a publication takes from its beginning to its ok, the median of five."""
    times = []
    for number in range(1, 6):
        builder = Builder(out)
        builder.wait()
        begin = time.perf_counter()
        builder.begin(number)
        assert builder.process.stdout
        if builder.process.stdout.readline() != "ok\n":
            raise RuntimeError("nothing was published")
        times.append(time.perf_counter() - begin)
        builder.end()
    return median(times)


def random_kills(runs: int) -> Iterator[Tally]:
    """Kill builders at random moments of their publication."""
    tally = Tally("killed at a random moment")
    chance = random.Random(3)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "site")
        longest = duration(out) * 1.4
        number = 10
        tally.go_on(out, number, "preparation")
        ready = Builder(out)
        for _ in range(runs):
            builder, ready = ready, Builder(out)
            builder.wait()
            moment = chance.uniform(0, longest)
            builder.begin(number + 1)
            time.sleep(moment)
            builder.process.kill()
            code = builder.end()
            what = f"killed after {moment * 1000:.1f} ms"
            tally.judge(out, number, number + 1, 0 if "ok" in builder.said else code, what)
            number += 2
            tally.go_on(out, number, what)
            yield tally
        ready.stop()


def crowd(builders: int, each: int, *options: str) -> Iterator[Tally]:
    """Have many builders publish different sites to one folder while a reader looks, again and again.

    A run is one look: the reader opens the folder once and reads all of it, as one would copy it. A version that was
    thrown away in the meantime, five publications later, is no damage; everything else that is not whole is.
    """
    tally = Tally(f"{builders} builders at once{', not waiting' if options else ''}: a reader's looks")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "site")
        tally.go_on(out, 0, "preparation")
        crew = [Builder(out, *options) for _ in range(builders)]
        for builder in crew:
            builder.wait()
        for place, builder in enumerate(crew):
            builder.begin(*range(1 + place * each, 1 + place * each + each))
        while any(builder.process.poll() is None for builder in crew):
            look(out, tally)
            yield tally
        codes = [builder.end() for builder in crew]
        for code, builder in zip(codes, crew, strict=True):
            if code not in ((0, driver.BUSY) if options else (0,)):
                tally.stuck += 1
                tally.notes.append(f"a builder ended with {code}: {builder.said}")
        tally.said = f"{codes.count(0)} ended ok, {codes.count(driver.BUSY)} said who builds"
        tally.go_on(out, 10_000, "after the crowd")
        yield tally


def look(out: Path, tally: Tally) -> None:
    """Read the live folder once through one open handle and count what was seen."""
    try:
        handle = os.open(out, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        tally.runs += 1
        tally.missing += 1
        return
    try:
        number = seen(handle)
        if number is None and _is_gone(out, handle):
            tally.overtaken += 1
            return
        tally.runs += 1
        tally.new += number is not None
        tally.damaged += number is None
    finally:
        os.close(handle)


def seen(handle: int) -> int | None:
    """Return the number of the site in an open folder, None when it is not whole."""
    try:
        return number_of(content(handle))
    except FileNotFoundError:
        return None


def _is_gone(out: Path, handle: int) -> bool:
    """Return whether the opened version is neither live nor kept any more: then the reader was simply too slow."""
    opened = os.fstat(handle).st_ino
    there = set()
    for place in (out, *Workshop(out).versions):
        with suppress(FileNotFoundError):
            there.add(place.stat().st_ino)
    return opened not in there
