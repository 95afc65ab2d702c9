"""Checking a table of 100,000 rows: our reader and records, with exact places, against frictionless.

Both are given the same bytes and the same demands: types, required cells, the form of a month, the two words of the kind,
and keys that are used once. Each check runs in a process of its own: ``python -m bench.checking ours FILE``.
"""

from __future__ import annotations

import csv
import gc
import json
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from bench.measure import Cost, Measured, answer, faster, in_turn, python, table
from bench.school import fen, rows_of, yuan

HEADER = ("月份", "科目", "项目", "类别", "金额", "专款", "说明")
MONTHS = tuple(f"{year}-{month:02d}" for year in range(2014, 2024) for month in range(1, 13))
MONTH = r"[0-9]{4}-(0[1-9]|1[0-2])"
SPOILT: tuple[dict[str, str], ...] = (
    {"金额": "12o.50"},
    {"类别": "收支"},
    {"月份": "2023-13"},
    {"项目": ""},
)
"""What is wrong in every hundredth row of the spoilt file, in turn: one thing in each row."""


def write_rows(path: Path, count: int, spoilt: bool = False) -> int:
    """Write `count` lines of accounts, those of the sample in ten years of months; return how many are wrong.

    Each code is used once a month, so there are as many codes as it takes; nearly every amount is another one.
    """
    sample = rows_of("finance/2023/lines.csv")[1]
    wrong = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER, lineterminator="\n")
        writer.writeheader()
        for at in range(count):
            row = dict(sample[at % len(sample)])
            row["月份"] = MONTHS[at % len(MONTHS)]
            row["科目"] = f"{row['科目']}.{at // len(MONTHS):03d}"
            row["金额"] = yuan(fen(row["金额"]) + at)
            if spoilt and at % 100 == 50:
                row |= SPOILT[wrong % len(SPOILT)]
                wrong += 1
            writer.writerow(row)
    return wrong


def ours(path: Path) -> dict[str, Any]:
    """Check a file with Mingzhang: the records, and each problem with line, column and cell."""
    from generator.dataset import SHEETS, load_file
    from generator.reading import Limits

    gc.disable()  # as `generator.dataset.load` does
    many = 10**9
    limits = Limits(file_bytes=many, rows=many, problems_of_a_kind=many)
    sheet = next(sheet for sheet in SHEETS if sheet.name == "lines")
    start, cpu = time.perf_counter(), time.process_time()
    records, problems = load_file(path.read_bytes(), "data/finance/2023/lines.csv", sheet, {"year": "2023"}, limits)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    wrong = {problem.place.line for problem in problems}
    return {"seconds": seconds, "cpu": cpu, "rows": len(records) + len(wrong), "wrong": len(wrong)}


def schema() -> dict[str, Any]:
    """Return the Table Schema that demands what our records demand."""
    needed = {"required": True}
    return {
        "fields": [
            {"name": "月份", "type": "string", "constraints": {**needed, "pattern": MONTH}},
            {"name": "科目", "type": "string", "constraints": needed},
            {"name": "项目", "type": "string", "constraints": needed},
            {"name": "类别", "type": "string", "constraints": {**needed, "enum": ["收入", "支出"]}},
            {"name": "金额", "type": "number", "constraints": needed},
            {"name": "专款", "type": "string"},
            {"name": "说明", "type": "string"},
        ],
        "primaryKey": ["月份", "科目"],
    }


def theirs(path: Path) -> dict[str, Any]:
    """Check a file with frictionless."""
    frictionless = import_module("frictionless")  # only `make bench` installs it
    table_schema = frictionless.Schema.from_descriptor(schema())
    csv_file = frictionless.Resource(path=path.name, basepath=str(path.parent), encoding="utf-8", schema=table_schema)
    start, cpu = time.perf_counter(), time.process_time()
    told = csv_file.validate(limit_errors=10**9)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    task = told.tasks[0]
    wrong = {error.row_number for error in task.errors if hasattr(error, "row_number")}
    return {"seconds": seconds, "cpu": cpu, "rows": task.stats["rows"], "wrong": len(wrong)}


TOOLS: dict[str, Callable[[Path], dict[str, Any]]] = {"ours": ours, "frictionless": theirs}


def measured(tool: str, path: Path) -> dict[str, Any]:
    """Check a file in a process of its own; the answer holds also the seconds of the whole process."""
    whole, found = answer(*python("bench.checking", tool, path))
    return {**found, "whole": whole.seconds}


def report(work: Path, rows: int, runs: int) -> Measured:
    """Check a clean and a spoilt table in turn, and say what each tool found."""
    lines = []
    verdicts = []
    for spoilt in (False, True):
        path = work / f"rows-{'spoilt' if spoilt else 'clean'}.csv"
        wrong = write_rows(path, rows, spoilt)
        found: dict[str, dict[str, Any]] = {}

        def cost(tool: str, path: Path = path, found: dict[str, dict[str, Any]] = found) -> Cost:
            found[tool] = measured(tool, path)
            return Cost(found[tool]["seconds"], found[tool]["cpu"])

        times = in_turn({tool: partial(cost, tool) for tool in TOOLS}, runs)
        lines.append(f"### {f'{wrong:,} of the rows wrong' if spoilt else 'All rows right'}\n")
        lines.append(table(*times.values()) + "\n")
        what = f"checking {rows:,} rows, {wrong:,} of them wrong: frictionless takes at least 3 times as long"
        verdicts.append(faster(what, times["frictionless"], times["ours"], 3))
        lines += [
            f"- {tool}: {told['rows']:,} rows read, {told['wrong']:,} rows with errors, "
            f"{told['megabytes']:.0f} MB at most, {told['whole']:.2f} s with starting Python"
            for tool, told in found.items()
        ]
        lines.append("")
    return Measured("\n".join(lines), tuple(verdicts))


def peak() -> float:
    """Return the megabytes that this process had at most; on Linux without those of the process that started it."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: list[str]) -> None:
    """Check the file that is named second with the tool that is named first, and print what came of it as JSON."""
    tool, path = islice(arguments, 2)
    found = TOOLS[tool](Path(path))
    print(json.dumps({**found, "megabytes": peak()}))


if __name__ == "__main__":
    main(sys.argv[1:])
