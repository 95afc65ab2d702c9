"""The pipeline, top to bottom: data → problems and findings → pages and files → stamped into the frame → site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.commit import Commit, commit_of
from generator.dataset import load
from generator.locale import Language, Message, language
from generator.oversight.policy import UnknownPack, packs, policy
from generator.oversight.review import Books, Review, run
from generator.outputs.downloads import files
from generator.overview import home, record
from generator.pages.environment import environment
from generator.pages.render import render
from generator.problems import Place, Problem, Severity, ordered
from generator.registers.register import REGISTERS, RULES
from generator.site.frame import build_frames
from generator.site.project import Project
from generator.site.publish import Published, publish
from generator.site.stamp import RenderedSite, stamp_site


@dataclass(frozen=True)
class Checked:
    """The result of checking a school: its books (None when even `school.yml` cannot be read) and all problems, sorted."""

    books: Books | None
    problems: tuple[Problem, ...]
    commit: Commit

    @property
    def language(self) -> Language:
        """The language in which the problems are said."""
        return self.books.language if self.books else language("zh")

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)


def check(root: Path, today: dt.date | None = None) -> Checked:
    """Load and check the school in ``root/data`` as of `today`.

    Without `today` it is the day that a sample school states, or else the day of the newest commit.
    """
    commit = commit_of(root)
    dataset, problems = load(root)
    if dataset is None:
        return Checked(None, tuple(problems), commit)
    school = dataset.school
    try:
        rules = policy(school.policy)
    except UnknownPack:
        unknown = Problem(
            school.place("policy"), "reference", Message("“{value}” is not a policy pack", value=school.policy),
            Message("use one of: {words}", words=packs()), value=school.policy,
        )  # fmt: skip
        return Checked(None, tuple(ordered([*problems, unknown])), commit)
    today = today or (school.sample_date if school.sample else None) or commit.day
    books = run(Review(dataset, rules, today), RULES)
    found = [*problems, *(finding.problem() for finding in books.findings)]
    return Checked(books, tuple(ordered(found)), commit)


def render_pages(root: Path, today: dt.date | None = None) -> RenderedSite:
    """Return the school's pages and files before they have a frame; with errors in the data there are none."""
    checked = check(root, today)
    books = checked.books
    if books is None:
        return RenderedSite((), {}, "zh", "", False, problems=checked.problems)
    school = books.data.school
    pages: list[tuple] = []
    extra: dict[str, bytes] = {}
    if not checked.errors:
        pages = list(_rendered(books, checked.commit, Project(root)))
        extra = files(books)
    return RenderedSite(
        pages, extra, books.language.code, school.name, bool(school.sample), school.short_name or "",
        problems=checked.problems,
    )  # fmt: skip
