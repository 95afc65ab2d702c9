"""The pipeline, top to bottom: data → problems and findings → pages and files → stamped into the frame → site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.beside import beside
from generator.commit import Commit, commit_of, within_repository
from generator.dataset import Dataset, load
from generator.editor.config import forms_of, host_of
from generator.editor.page import bundle, program_files, site_files
from generator.locale import Language, Message, language
from generator.outputs.downloads import files
from generator.outputs.sums import VERIFIER, verifier
from generator.oversight.books import Books, lost_explanations, run
from generator.oversight.policy import UnknownPack, packs, policy
from generator.oversight.review import Review
from generator.overview.feed import feeds
from generator.overview.pages import TEMPLATES as OVERVIEW
from generator.overview.pages import pages as overview_pages
from generator.pages.environment import environment
from generator.pages.links import NOWHERE, desk_of
from generator.pages.page import Page
from generator.pages.render import foot, render
from generator.privacy.report import with_alarms
from generator.privacy.site import scan_site
from generator.problems import Place, Problem, Severity, ordered
from generator.reading import collector_paused
from generator.registers.register import REGISTERS, RULES
from generator.registers.school.records import School
from generator.registers.school.rules import UNFILLED, unfilled
from generator.site.frame import build_frames
from generator.site.project import Project, cache_folder
from generator.site.publish import Published, publish, recover
from generator.site.stamp import RenderedSite, stamp_site
from generator.trust.cover import TABLE as CORRECTIONS
from generator.trust.facts import Facts, as_csv, facts
from generator.trust.guard import Comparison, compare
from generator.trust.ledger import FILE, Ledger, state_of
from generator.trust.publication import FirstPublished
from generator.trust.published import FACTS, Sources, before
from generator.trust.untrue import untrue
from generator.values.dates import LAST_YEAR

Pages = tuple[tuple[Page, str], ...]
HEAVY = ("finance", "calendar")
"""The registers whose pages are about half of all work; the rest is done beside them in a second process."""


@dataclass(frozen=True)
class Checked:
    """A school as checked: its books (None when even `school.yml` cannot be read), all problems, the commit, and the
    ledger with the state that a build of it publishes."""

    books: Books | None
    problems: tuple[Problem, ...]
    commit: Commit
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def language(self) -> Language:
        """The language in which the problems are said."""
        return self.books.language if self.books else language("zh")

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)


@dataclass(frozen=True)
class Built:
    """What a build did: the checked school, and what was published where; nothing when there were errors."""

    checked: Checked
    out: Path
    pages: int = 0
    published: Published | None = None


def check(
    root: Path, today: dt.date | None = None, *, sources: Sources | None = None, first: FirstPublished | None = None
) -> Checked:
    """Load the school in ``root/data`` and check it as of `today`, also against what was published before.

    Without `today` it is the day that a sample school states, or else the day of the newest commit. `sources` says where
    the ledger and the published facts are; `first`, for tests, takes the place of what the ledger knows.
    """
    checked = _checked(root, today, sources, first)
    day = checked.books.today if checked.books else today or checked.commit.day
    told = with_alarms(root, day, checked.problems, cache_folder() / "attachments")
    if any(problem.severity is Severity.ERROR for problem in told):  # what may still be filled in can wait until then
        told = tuple(problem for problem in told if problem.code != UNFILLED)
    return replace(checked, problems=told)


def _checked(root: Path, today: dt.date | None, sources: Sources | None, first: FirstPublished | None) -> Checked:
    """Return the school as checked, before its files are searched for personal data."""
    commit = commit_of(root)
    dataset, problems = load(root)
    if dataset is None:
        return Checked(None, tuple(problems), commit)
    school = dataset.school
    commit = within_repository(commit, root) if school.repository else commit
    try:
        rules = policy(school.policy)
    except UnknownPack:
        unknown = Problem(
            school.place("policy"), "reference", Message("“{value}” is not a policy pack", value=school.policy),
            Message("use one of: {words}", words=packs()), value=school.policy,
        )  # fmt: skip
        return Checked(None, tuple(ordered([*problems, unknown])), commit)
    today = day_for(today, school, commit)
    if today is None:
        nowhere = Problem(
            Place("data"), "day", Message("it is not known for which day the school is to be checked"),
            Message("commit the data with git, or give --today with a date"),
        )  # fmt: skip
        return Checked(None, tuple(ordered([*problems, nowhere])), commit)
    state = state_of(dataset)
    earlier = before(root, state, builds, sources or sources_at())
    if (newest := earlier.ledger.newest) and not school.sample:
        today = max(today, newest.date)  # what is published later is not older, or findings would go away
    ledger = earlier.ledger.followed_by(state, today, commit.id or None)
    silent = guarded(dataset, earlier.facts, today).problems
    books = run(Review(dataset, rules, today, first or ledger.first_published()), RULES)
    ruled = [*untrue(dataset), *(finding.problem() for finding in books.findings)]
    told = [problem for problem in ruled if not _follows(problem, dataset.broken)]
    found = [*problems, *earlier.problems, *silent, *told, *lost_explanations(books), *unfilled(books)]
    return Checked(books, tuple(ordered(found)), commit, ledger)


def day_for(today: dt.date | None, school: School, commit: Commit) -> dt.date | None:
    """Return the day for which a school is checked: as given, or that of a sample, or that of the newest commit."""
    return today or (school.sample_date if school.sample else None) or commit.day


def guarded(dataset: Dataset, published: Facts | None, today: dt.date) -> Comparison:
    """Return what the guard says of a school, without what only follows from files that cannot be read."""
    unread = any(Path(file).stem == CORRECTIONS for file in dataset.broken)
    if published is None or unread:
        return Comparison()
    found = compare(published, dataset, today)
    return replace(found, problems=tuple(p for p in found.problems if not _follows(p, dataset.broken)))


def sources_at(ledger: Path | None = None, site: Path | None = None) -> Sources:
    """Return where to look for what was published: in a ledger and a live site, if they are given, and in git."""
    return Sources(ledger, site, cache_folder() / "history")


def builds(root: Path) -> Dataset | None:
    """Return the school in a folder that holds an earlier state of it, or None where that state had errors.

    What a later version of the program finds wrong in it beyond its own files and sums does not count.
    """
    dataset, problems = load(root)
    if dataset is None or any(problem.severity is Severity.ERROR for problem in problems):
        return None
    try:
        review = Review(dataset, policy(dataset.school.policy), dt.date(LAST_YEAR, 1, 1))
    except UnknownPack:
        return None
    integrity = (rule for rule in RULES if rule.severity is Severity.ERROR)
    return None if any(True for rule in integrity for _ in rule.check(review)) else dataset


def _follows(problem: Problem, broken: Container[str]) -> bool:
    """Whether a problem only follows from rows that a broken file lacks: one mistake, one message.

    Such a file tells its own errors. What is said of the file as a whole, and an error that compares several places with
    it, may come from what it lacks; what is said of a single place stands by itself.
    """
    if problem.place.file in broken and not problem.place.line:
        return True
    compares = problem.severity is Severity.ERROR and problem.related
    return bool(compares) and any(at.file in broken for at in (problem.place, *problem.related))


def render_site(checked: Checked, forms: Mapping[str, bytes] | None = None) -> RenderedSite:
    """Return a school's pages and files before they have a frame; with errors in its data there are none.

    `forms` is the program of the forms at ``edit/``, where it was bundled.
    """
    books = checked.books
    if books is None:
        return RenderedSite((), {}, checked.language.code, "", False, problems=checked.problems)
    pages: Pages = ()
    downloads: Mapping[str, bytes] = {}
    if not checked.errors:
        others = beside(lambda: rendered_beside(checked, books, forms))
        own = tuple(rendered((page for r in REGISTERS if r.name in HEAVY for page in r.pages(books)), checked, forms))
        more, downloads = others()
        pages = (*more, *own)
    school = books.data.school
    newest = checked.ledger.newest
    return RenderedSite(
        pages, {**downloads, **trust_files(checked), **form_files(checked, forms)}, books.language.code, school.name, bool(school.sample),
        school.short_name or "", problems=checked.problems, code=newest.code if newest else "",
        code_day=books.language.day(newest.date) if newest else "",
    )  # fmt: skip


def trust_files(checked: Checked) -> dict[str, bytes]:
    """Return the files by which anybody can check the site: all facts, the ledger that names their hash, the verifier."""
    if checked.books is None:
        return {}
    return {FACTS: as_csv(facts(checked.books.data)), FILE: checked.ledger.content, VERIFIER: verifier()}


def form_files(checked: Checked, forms: Mapping[str, bytes] | None) -> dict[str, bytes]:
    """Return the files of the forms at ``edit/``; none where they were not bundled or the data is kept nowhere."""
    if checked.books is None or checked.errors or not forms:
        return {}
    made = site_files(checked.books.data, checked.language, forms, checked.commit.folder)
    return made and made | program_files(forms)


def rendered_beside(
    checked: Checked, books: Books, forms: Mapping[str, bytes] | None = None
) -> tuple[Pages, Mapping[str, bytes]]:
    """Return the downloads, and the pages that are not rendered by the first process, without their contexts."""
    downloads = files(books, checked.commit) | feeds(books)
    lighter = (page for r in REGISTERS if r.name not in HEAVY for page in r.pages(books))
    pages = rendered((*overview_pages(books, checked.commit, downloads), *lighter), checked, forms)
    return tuple((replace(page, context=None, sources=()), content) for page, content in pages), downloads


def rendered(
    pages: Iterable[Page], checked: Checked, forms: Mapping[str, bytes] | None = None
) -> Iterator[tuple[Page, str]]:
    """Yield every page with its content as markup."""
    books, desk = checked.books, NOWHERE
    if books:
        term = books.current_term.id if books.current_term else ""
        desk = desk_of(books.data, checked.commit, books.language, term, books.today)
        desk = replace(desk, forms=forms_of(books.data)) if forms else desk
    templates = {register.name: register.templates for register in REGISTERS} | {"overview": OVERVIEW}
    env = environment(
        checked.language, templates, source_url=desk.source, ask_url=desk.ask, desk=desk, cache=cache_folder() / "templates"
    )  # fmt: skip
    for page in pages:
        yield page, render(env, page) + (foot(env, page) if desk.repository else "")


def _alarms(made: Mapping[str, bytes], root: Path, today: dt.date) -> list[Problem]:
    """Return what the scanner says of a finished site, half of which a second process looks through."""
    paths = sorted(made)
    halves = [{path: made[path] for path in paths[first::2]} for first in (0, 1)]
    others = beside(lambda: scan_site(halves[1], root, today))
    return ordered([*scan_site(halves[0], root, today), *others()])


def render_pages(root: Path, today: dt.date | None = None) -> RenderedSite:
    """Return the rendered site of the school in `root`: what a plain MkDocs build stamps into its own frames."""
    return render_site(check(root, today))


@collector_paused()
def build(
    root: Path, out: Path, today: dt.date | None = None, ledger: Path | None = None,
    *, durable: bool = True, with_forms: bool = True,
) -> Built:  # fmt: skip
    """Check the school in `root` and write its site to `out`; with errors in its data `out` stays as it is.

    So it does where the finished site holds personal data. `ledger` is the file with the ledger so far, by default
    `ledger.jsonl` in `root`. A site that need not outlive the power, such as a preview, is not `durable`.
    `with_forms` leads to the forms at ``edit/``, where `make editor` has bundled them.
    Raises what `build_frames` and `publish` raise.
    """
    recover(out)
    checked = check(root, today, sources=sources_at(ledger, out))
    if checked.errors or checked.books is None:
        return Built(checked, out)
    forms = bundle(cache_folder() / "editor") if with_forms and host_of(checked.books.data.school) else {}
    site = render_site(checked, forms)
    frames = build_frames(
        Project(), site.language, site.site_name, site.sample,
        short_name=site.short_name, site_url=site.site_url, code=site.code, code_day=site.code_day,
    )  # fmt: skip
    made = stamp_site(site, frames)
    own = program_files(forms)  # no byte of which comes from the school
    searched = {path: content for path, content in made.items() if path not in own}
    if alarms := _alarms(searched, root, checked.books.today):
        return Built(replace(checked, problems=(*checked.problems, *alarms)), out)
    return Built(checked, out, len(site.pages), publish(out, made, durable=durable))
