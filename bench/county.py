"""A county of schools: one row changed in one of them costs that school, however many others there are."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from bench.measure import Measured, Times, Verdict, answer, python, run
from bench.school import Plan, change_one_row, make_school

YEARS = 1
MOST = 12
"""So many schools are changed at most, however many there are."""
NOTES = ("按上级要求先改一行", "按上级要求再改一行", "按上级要求又改一行", "按上级要求还改一行")


def make_county(root: Path, schools: int) -> list[Path]:
    """Make schools of one year, each with names and amounts of its own, build each, and return their folders.

    The frames are the same for all and are compiled for the first one only.
    """
    shutil.rmtree(root, ignore_errors=True)
    made: list[Path] = []
    for number in range(schools):
        school = root / f"school-{number:03d}"
        make_school(school, Plan(number=number, years=YEARS))
        change_one_row(school, Plan(number=number, years=YEARS), NOTES[0])
        run(python("generator", "build", "--root", school, "--out", school / "site"))
        made.append(school)
    return made


def one_row_at_a_time(root: Path, schools: Sequence[Path], note: str) -> tuple[Times, dict[str, int]]:
    """Change one row in each school in turn, building that school each time; return the times and the first one's counts.

    What is counted is the same change each time: the size of an archive decides whether it is opened to be compared.
    """
    times = Times("one row in one school, command to finished site")
    counts: dict[str, int] = {}
    for number, school in enumerate(schools[:MOST]):
        plan = Plan(number=number, years=YEARS)
        build = python("generator", "build", "--root", school, "--out", school / "site")
        if not counts:
            change_one_row(school, plan, NOTES[0])
            run(build)
            change_one_row(school, plan, NOTES[1])
            _, counts = answer(*python("bench.opened", root, school, school / "site"))
        change_one_row(school, plan, note)
        times.costs.append(run(build)[0])
    return times, counts


def report(work: Path, schools: int) -> Measured:
    """Measure counties of growing size."""
    made = make_county(work, schools)
    sizes = sorted({1, max(1, schools // 3), schools})
    opened = []
    lines = [
        "| schools | median, s | spread, s | runs | files opened: own school | other schools | files written |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for at, size in enumerate(sizes):
        kept = set(made[:size])
        aside = work.with_name("aside")
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir()
        for school in made:
            if school not in kept:
                school.rename(aside / school.name)
        times, counts = one_row_at_a_time(work, made[:size], NOTES[2 + at % 2])
        for school in sorted(aside.iterdir()):
            school.rename(work / school.name)
        opened.append((counts["own"], counts["others"]))
        low, high = min(times.seconds), max(times.seconds)
        lines.append(
            f"| {size} | {times.middle:.3f} | {low:.3f} to {high:.3f} | {len(times.seconds)} "
            f"| {counts['own']} | {counts['others']} | {counts['written']} |"
        )
    same = len(set(opened)) == 1 and opened[0][1] == 0
    words = f"{', '.join(str(own) for own, _ in opened)} files with {', '.join(map(str, sizes))} schools"
    return Measured("\n".join(lines), (
        Verdict("one changed row in a county: the cost of one school", words, same),
    ))  # fmt: skip
