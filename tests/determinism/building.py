"""One build in one surrounding, compared with the reference."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.determinism.compare import Difference, Inventory, differences, files_of, inventory
from tests.determinism.places import Place
from tests.determinism.pythons import Python
from tests.determinism.surroundings import PLAIN, Surrounding, environment

BUILD = ("-m", "generator", "build")


class BuildError(Exception):
    """A build ended with an error; the text is what it printed."""


@dataclass(frozen=True)
class Bench:
    """Where everything stands: two places with the same commit, the Python of the reference, what is built and how."""

    work: Path
    first: Place
    second: Place
    python: Python
    schools: tuple[str, ...]
    command: tuple[str, ...] = BUILD

    def place(self, one: Surrounding) -> Place:
        """Return where a surrounding's schools stand."""
        return self.second if one.elsewhere else self.first

    def over(self, one: Surrounding, school: str) -> str:
        """Return which school's site already stands where this one goes; empty: none."""
        if one.over == "other":
            return self.schools[(self.schools.index(school) + 1) % len(self.schools)]
        return school if one.over else ""


@dataclass(frozen=True)
class Row:
    """What came of one surrounding: files and bytes of all its sites, and how they differ from the reference."""

    name: str
    files: int
    size: int
    differences: tuple[tuple[str, Difference], ...]

    @property
    def verdict(self) -> str:
        """What the table says of it."""
        if not self.differences:
            return "equal"
        modes = sum(difference.is_mode for _, difference in self.differences)
        told = [f"{len(self.differences) - modes} DIFFERENT"] if modes < len(self.differences) else ["equal bytes"]
        told += [f"{modes} modes DIFFERENT"] if modes else []
        school, first = self.differences[0]
        return f"{', '.join(told)}\n      {school}: {first}"


def build(bench: Bench, one: Surrounding, school: str, out: Path) -> None:
    """Build one school's site into `out`, which afterwards holds that site alone; raise what went wrong."""
    folder = out.parent / f"{out.name}-around"
    folder.mkdir(parents=True)
    before = bench.over(one, school)
    for name in (before, school) if before else (school,):
        _run(bench, one, bench.place(one).school(name), out, folder)


def _run(bench: Bench, one: Surrounding, root: Path, out: Path, around: Path) -> None:
    python = one.python or bench.python
    cache = around / "cache" if one.cold else bench.work / "cache"
    home = bench.work / "home"
    home.mkdir(exist_ok=True)
    held = ("taskset", "-c", "0") if one.one_processor and shutil.which("taskset") else ()
    shown = (".", os.path.relpath(out, root)) if one.relative else (str(root), str(out))
    done = subprocess.run(
        [*held, str(python.program), *one.flags, *bench.command, "--root", shown[0], "--out", shown[1]],
        cwd=root if one.relative else around, umask=one.umask, capture_output=True, check=False, timeout=120,
        env=environment(one, bench.place(one).program, cache, home),
    )  # fmt: skip
    if done.returncode:
        printed = (done.stdout + done.stderr).decode("utf-8", "replace").strip()
        raise BuildError(f"exit {done.returncode}: {' '.join(printed[-300:].split())}")


def reference(bench: Bench) -> Mapping[str, Inventory]:
    """Return the sites of all schools as built in the plain surrounding."""
    made: dict[str, Inventory] = {}
    for school in bench.schools:
        out = bench.work / "reference" / school
        build(bench, PLAIN, school, out)
        made[school] = inventory(out)
    return made


def compared(bench: Bench, one: Surrounding, wanted: Mapping[str, Inventory], number: int) -> Row:
    """Build every school in a surrounding and return how the sites compare with the reference."""
    folder = bench.work / "builds" / str(number)
    told: list[tuple[str, Difference]] = []
    entries: list[int] = []
    for school in bench.schools:
        out = folder / school
        try:
            build(bench, one, school, out)
        except (BuildError, subprocess.TimeoutExpired) as failure:
            told.append((school, Difference("", f"no build: {failure}")))
            continue
        site = inventory(out)
        entries += [entry.size for entry in files_of(site)]
        told += [(school, difference) for difference in differences(wanted[school], site)]
    shutil.rmtree(folder, ignore_errors=True)
    return Row(one.name, len(entries), sum(entries), tuple(sorted(told, key=lambda found: found[1].is_mode)))


def total(rows: Sequence[Row]) -> str:
    """Return the closing line."""
    bad = [row for row in rows if row.differences]
    return (
        f"{len(rows)} surroundings, {sum(row.files for row in rows):,} files, {sum(row.size for row in rows):,} bytes "
        f"compared: {len(rows) - len(bad)} surroundings equal, {len(bad)} different"
    )
