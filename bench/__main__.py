"""``python -m bench``: measure everything side by side, print it and write it down."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench import building, checking, county
from bench.measure import CHECKOUT, Measured, machine
from bench.school import Plan

RESULTS = CHECKOUT / "bench" / "RESULTS.md"
PARTS = ("building", "county", "checking")


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a small school and a single run: shows that it works")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="which parts")
    parser.add_argument("--years", type=int, default=10, help="years of the school")
    parser.add_argument(
        "--more-years", type=int, default=17, help="years of a larger one, which is only built; 0: none"
    )
    parser.add_argument("--runs", type=int, default=7, help="runs of each contestant")
    parser.add_argument("--mkdocs-runs", type=int, default=3, help="runs of MkDocs, which takes longer")
    parser.add_argument("--schools", type=int, default=12, help="schools of the county, such as 300")
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the table that is checked")
    parser.add_argument("--work", type=Path, default=None, help="where the schools and sites are made")
    parser.add_argument("--out", type=Path, default=None, help="where the results are written")
    asked = parser.parse_args(argv)
    if asked.quick:
        asked.years, asked.more_years, asked.runs, asked.mkdocs_runs, asked.schools, asked.rows = 1, 0, 1, 1, 2, 2_000
    return asked


def school_part(work: Path, asked: argparse.Namespace) -> Measured:
    """Return what building the school of many years came to."""
    bench = building.Bench(work / "building", Plan(years=asked.years))
    ready = building.prepare(bench)
    told = ready.exported
    full, row = building.full(bench, asked.runs, asked.mkdocs_runs), building.one_row(bench, asked.runs)
    larger = larger_school(work, asked) if asked.more_years else ""
    text = f"""\
## A school of {asked.years} years

{ready.rows:,} rows in tables, {told.pages} pages from data ({ready.pages} with those written by hand).
Pages that Hugo wrote otherwise than we did, comparing every tag, attribute and text: **{ready.different}**.

### From nothing to the finished site

Targets: at least as fast as Hugo, 10 times faster than MkDocs with Material.

{full.text}

### One changed row, command to finished site

Targets: under 1 s, not slower than Hugo.

{row.text}

{larger}What each did. **Mingzhang** read and checked every file, ran every rule, computed every total and chart, rendered, and
wrote; the whole command also makes all downloads (CSV, Excel, JSON, the archive) and calendar files, which nobody else does. Its
frames and compiled templates were kept from an earlier build. **Hugo** read one file of JSON for each page
({told.data_bytes / 1e6:.1f} MB) in which every total, chart and condition was worked out before the clock started
({told.finished:.1%} of the markup is finished text), and filled Go templates made node by node from ours; no validation,
no minifying, no taxonomies, no feeds, no site map. **MkDocs** read Markdown without charts, classes and anchors, search off,
and only the sections in its navigation. All wrote to the same disk.
"""
    return Measured(text, (*full.verdicts, *row.verdicts))


def larger_school(work: Path, asked: argparse.Namespace) -> str:
    """Return what building a school of more years came to."""
    bench = building.Bench(work / "larger", Plan(years=asked.more_years))
    ready = building.prepare(bench)
    runs = max(1, asked.runs // 2)
    return f"""\
### The same with {asked.more_years} years: {ready.exported.pages} pages, {ready.different} of Hugo's differ

{building.full(bench, runs, 1).text}

"""


def county_part(work: Path, asked: argparse.Namespace) -> Measured:
    """Return what one changed row in a county came to."""
    found = county.report(work / "county", asked.schools)
    text = f"""\
## A county: one row changed in one school at a time

Target: the cost of one school, not of the county. Each school has {county.YEARS} year; the files opened are counted by an
audit hook, which no load can disturb.

{found.text}
"""
    return Measured(text, found.verdicts)


def checking_part(work: Path, asked: argparse.Namespace) -> Measured:
    """Return what checking a large table came to."""
    found = checking.report(work, asked.rows, asked.runs)
    text = f"""\
## Checking {asked.rows:,} rows

Target: 3 times faster than frictionless. Both read the same {len(checking.HEADER)} columns with the same demands (types, required cells, a
pattern, a choice, unique keys); every problem of ours names line, column and cell. Seconds of the check alone, without
starting Python, each in a process of its own.

{found.text}"""
    return Measured(text, found.verdicts)


def main(argv: Sequence[str] | None = None) -> None:
    """Measure what is asked for, print it and write it to a file."""
    asked = arguments(argv)
    wanted = {"building": school_part, "county": county_part, "checking": checking_part}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        work = asked.work or Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        parts = [wanted[part](work.resolve(), asked) for part in asked.only]
    quick = "**A quick run: the numbers mean nothing.**\n\n" if asked.quick else ""
    head = f"""\
# Results

{quick}{machine()}

To repeat: `make bench`; `.venv/bin/python -m bench --help` lists sizes and parts. Medians of runs that took turns; the last column is the median of
the ratios of paired runs (of the medians where the runs are not as many): above 1 the other one took longer than we did.
Times depend on the machine and its load; compare only numbers of one run.

| target | measured | met |
| --- | --- | --- |
"""
    verdicts = "\n".join(verdict.row for part in parts for verdict in part.verdicts)
    text = f"{head}{verdicts}\n\n" + "\n".join(part.text for part in parts)
    print(text)
    out = asked.out or (None if asked.quick else RESULTS)
    if out:
        out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
