"""The site of a school of ten years: built from nothing and after one changed row, by us, by Hugo and by MkDocs."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from bench import markdown
from bench.hugo import program
from bench.hugo.site import Exported, export
from bench.measure import Cost, Measured, Times, Verdict, faster, in_turn, python, run, table
from bench.school import Plan, change_one_row, make_school
from generator.build import check, render_site
from generator.site.frame import build_frames
from generator.site.project import Project

OURS, PAGES = "Mingzhang, the whole command", "Mingzhang without downloads and feeds"
HUGO, HUGO_FORMATS = "Hugo, every value given finished", "Hugo, formatting amounts and looking up words itself"
MKDOCS = "MkDocs with Material, the same pages as Markdown"
NOTES = ("按上级要求先改这一行", "按上级要求再改这一行")


@dataclass(frozen=True)
class Bench:
    """The folders of one measurement."""

    work: Path
    plan: Plan

    @property
    def school(self) -> Path:
        """The school's folder."""
        return self.work / "school"

    def export(self, name: str, finished_values: bool = True) -> Exported:
        """Write the school as it is now as a site for Hugo."""
        checked = check(self.school)
        if checked.books is None or checked.errors:
            raise RuntimeError("the school that the benchmark made has errors")
        school, newest = checked.books.data.school, checked.ledger.newest
        frames = build_frames(
            Project(), checked.language.code, school.name, bool(school.sample), short_name=school.short_name or "",
            code=newest.code if newest else "", code_day=checked.language.day(newest.date) if newest else "",
        )  # fmt: skip
        return export(self.work / name, checked, frames, finished_values=finished_values)

    def ours(self, out: str = "ours") -> Cost:
        """Build with the command and return what it took."""
        return run(python("generator", "build", "--root", self.school, "--out", self.work / out))[0]

    def ours_anew(self) -> Cost:
        """Build with the command into an empty place."""
        shutil.rmtree(self.work / "anew", ignore_errors=True)
        return self.ours("anew")

    def pages_anew(self) -> Cost:
        """Build the pages only, into an empty place."""
        shutil.rmtree(self.work / "pages", ignore_errors=True)
        return run(python("bench.pages_only", self.school, self.work / "pages"))[0]

    def hugo_anew(self, name: str) -> Cost:
        """Let Hugo build into an empty place."""
        shutil.rmtree(self.work / f"{name}-site", ignore_errors=True)
        return program.build(self.work / name, self.work / f"{name}-site")


@dataclass(frozen=True)
class Ready:
    """What was made before anything is timed, and how far Hugo's pages equal ours."""

    exported: Exported
    rows: int
    pages: int
    different: int


def prepare(bench: Bench) -> Ready:
    """Make the school, the two states of its one row, and the projects of Hugo and MkDocs; compare all pages."""
    shutil.rmtree(bench.work, ignore_errors=True)
    rows = make_school(bench.school, bench.plan)
    change_one_row(bench.school, bench.plan, NOTES[1])
    bench.export("hugo-1")
    change_one_row(bench.school, bench.plan, NOTES[0])
    exported = bench.export("hugo-0")
    bench.export("hugo-formats", finished_values=False)
    markdown.export(bench.work / "mkdocs", "示例学校", render_site(check(bench.school)).pages)
    bench.ours()
    different = 0
    for name in ("hugo-0", "hugo-formats"):
        bench.hugo_anew(name)
        found = list(program.differences(bench.work / "ours", bench.work / f"{name}-site"))
        for page, what in found[:5]:
            print(f"differs in {name}: {page}: {what}")
        different = max(different, len(found))
    written = sum(1 for _ in (bench.work / "ours").rglob("*.html"))
    return Ready(exported, rows, written, different)


def full(bench: Bench, runs: int, mkdocs_runs: int) -> Measured:
    """Build from nothing in turn."""
    times = in_turn({
        OURS: bench.ours_anew,
        PAGES: bench.pages_anew,
        HUGO: lambda: bench.hugo_anew("hugo-0"),
        HUGO_FORMATS: lambda: bench.hugo_anew("hugo-formats"),
    }, runs)  # fmt: skip
    slow = in_turn({MKDOCS: lambda: markdown.build(bench.work / "mkdocs")}, mkdocs_runs)
    ours = times.pop(OURS)
    return Measured(table(ours, *times.values(), *slow.values()), (
        faster("full build: Hugo takes at least as long", times[HUGO], ours, 1),
        faster("full build: MkDocs with Material takes at least 10 times as long", slow[MKDOCS], ours, 10),
    ))  # fmt: skip


def one_row(bench: Bench, runs: int) -> Measured:
    """Change one row and build again, both from the finished site of the row before."""
    ours, theirs = Times(OURS), Times(HUGO)
    live, site = bench.work / "hugo-live", bench.work / "hugo-live-site"
    shutil.copytree(bench.work / "hugo-0", live)
    program.build(live, site)
    changed = [
        path.relative_to(live) for path in sorted(live.rglob("*"))
        if path.is_file() and path.read_bytes() != (bench.work / "hugo-1" / path.relative_to(live)).read_bytes()
    ]  # fmt: skip
    for at in range(runs):
        state = (at + 1) % 2
        change_one_row(bench.school, bench.plan, NOTES[state])
        for path in changed:
            shutil.copyfile(bench.work / f"hugo-{state}" / path, live / path)
        for build in (ours, theirs) if state else (theirs, ours):
            build.costs.append(bench.ours() if build is ours else program.build(live, site, clean=False))
    different = list(program.differences(bench.work / "ours", site))
    pages = sum(path.parts[0] == "content" for path in changed)
    text = f"{table(ours, theirs)}\n\nThe row stands on {pages} pages; {len(different)} pages differ afterwards."
    return Measured(text, (
        Verdict("one changed row: under 1 s", f"{ours.middle:.2f} s", ours.middle < 1),
        faster("one changed row: Hugo takes at least as long", theirs, ours, 1),
    ))  # fmt: skip
