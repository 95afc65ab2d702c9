"""All of the torture: ``python -m tests.torture [--jobs N] [--step N]`` prints one table; 1 when anything was damaged."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from tests.torture import disks, faults, kills
from tests.torture.builder import may_trace
from tests.torture.tally import Tally, table

KILLS, CROWD, EACH, CUTS = 300, 16, 8, 60
Torture = Callable[[], Iterator[Tally]]


def tortures(step: int) -> tuple[list[Torture], list[Torture]]:
    """Return what is tried, and for contrast what must be found to do damage; says what is not possible here."""
    todo: list[Torture] = []
    contrast: list[Torture] = []
    if may_trace():
        todo += [lambda kind=kind: faults.sweep(kind, step) for kind in faults.KINDS]
        contrast.append(lambda: faults.sweep(faults.STRAIGHT, 4 * step - 1))
    else:
        print("not tried: faults in system calls; strace is missing or may not look into processes")
    todo.append(lambda: kills.random_kills(KILLS // step))
    if disks.may_mount(*disks.TMPFS):
        todo.append(lambda: disks.small_disks(step))
    else:
        print("not tried: a small tmpfs; nothing may be mounted here. Instead the size of files is limited.")
        todo.append(lambda: disks.small_files(step))
    if disks.may_mount(*disks.TMPFS) and disks.may_loop():
        todo.append(lambda: disks.power_cuts(CUTS // step))
        contrast.append(lambda: disks.power_cuts(CUTS // step // 3, "loose"))
    else:
        print("not tried: power cuts; they need mkfs.ext4 and a loop device")
    return todo, contrast


def work(torture: Torture) -> Tally:
    """Run one kind to its end, telling from time to time how far it is."""
    tally = Tally("nothing")
    told = time.monotonic()
    for tally in torture():
        if time.monotonic() - told > 10:
            told = time.monotonic()
            print(f"  {tally.name}: runs {tally.runs}, bad {tally.bad}", flush=True)
    print(f"  {tally.name}: done, runs {tally.runs}, bad {tally.bad} {tally.said}", flush=True)
    return tally


def main() -> int:
    """Run all and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="kinds that run at the same time")
    parser.add_argument("--step", type=int, default=1, help="inject only every so many faults")
    arguments = parser.parse_args()
    begin = time.monotonic()
    todo, contrast = tortures(arguments.step)
    with ThreadPoolExecutor(arguments.jobs) as pool:
        tallies = list(pool.map(work, todo))
        worse = list(pool.map(work, contrast))
    # A crowd needs the machine for itself.
    tallies += [work(lambda: kills.crowd(CROWD, EACH)), work(lambda: kills.crowd(CROWD, EACH, "hasty"))]
    print(table(tallies), table(worse), sep="\n\n")
    print(f"\nFaults that did not meet the builder: {sum(tally.missed for tally in (*tallies, *worse))}")
    bad = sum(tally.bad for tally in tallies)
    print(f"{sum(tally.runs for tally in tallies)} runs, {bad} of them bad, in {time.monotonic() - begin:.0f} s")
    blind = [tally.name for tally in worse if not tally.bad]
    if blind:
        print(f"the torture found no damage where there must be some: {', '.join(blind)}")
    return 1 if bad or blind else 0


if __name__ == "__main__":
    sys.exit(main())
