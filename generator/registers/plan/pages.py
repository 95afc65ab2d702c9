"""The pages of the plan register: the current plan, and the plan of each term."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.locale import N_, Message
from generator.oversight import schedule
from generator.oversight.books import Books
from generator.oversight.rule import Finding
from generator.pages.charts import Progress, progress
from generator.pages.corrected import Amended, Amendment, amended
from generator.pages.downloads import table_links
from generator.pages.page import Page
from generator.pages.parts import Link, Tile, Tone
from generator.problems import Place
from generator.registers.plan.records import Plan, Principle
from generator.registers.plan.views import (
    SHEET,
    AreaView,
    Gap,
    areas_of,
    counts_of,
    gaps_of,
    left_over_of,
    terms_of,
    tone_of,
)


@dataclass(frozen=True)
class PlanPage:
    """The plan of a term with how far it is and what it leaves open; ``findings`` are those about the plan as a whole, and so is
    ``amended``; ``left_over`` are corrections of what is withdrawn.

    Without a plan (None) the page says so; ``file`` is where it will be.
    """

    term: str
    plan: Plan | None
    lead: Message
    terms: tuple[Link, ...]
    principles: tuple[tuple[Principle, Amended], ...]
    areas: tuple[AreaView, ...]
    chart: Progress | None
    gaps: tuple[Gap, ...]
    findings: tuple[Finding, ...]
    files: tuple[Link, ...]
    place: Place | None
    file: str
    amended: Amended
    left_over: tuple[Amendment, ...]


def pages(books: Books) -> Iterable[Page]:
    """Yield the current plan and the plan of each term, for terms without one too."""
    current = _current(books)
    yield _page(books, "plan/", current, books.language.gettext("Plan"))
    for term in books.data.terms:
        title = books.language.say(Message(N_("Plan, {term}"), term=term.name))
        yield _page(books, f"plan/{term.id}/", term.id, title)


def tiles(books: Books) -> Iterable[Tile]:
    """Yield how much of the current plan is done."""
    question = Message(N_("How far is the plan?"))
    plan = schedule.plan_of(books, _current(books))
    if plan is None:
        yield Tile(question, Message(N_("Nothing entered yet")), "plan/")
        return
    counts = counts_of(measure for area in areas_of(books, plan) for measure in area.measures)
    yield Tile(
        question, f"{counts.done} / {counts.total}", "plan/", Message(N_("done")),
        Message(N_("running: {running}, not started: {waiting}"), running=counts.running, waiting=counts.waiting),
        tone_of(counts) if counts.late else Tone.NONE,
        Message(N_("{count} overdue"), count=counts.late) if counts.late else "",
    )  # fmt: skip


def _current(books: Books) -> str:
    """Return the current term's id, or that of the latest term with a plan while the current one has none."""
    term = books.current_term
    if term and schedule.plan_of(books, term.id):
        return term.id
    planned = [t.id for t in books.data.terms if schedule.plan_of(books, t.id)]
    return planned[-1] if planned else term.id if term else ""


def _page(books: Books, url: str, term_id: str, title: str) -> Page:
    plan, term = schedule.plan_of(books, term_id), books.data.term(term_id)
    name = term.name if term else term_id
    if plan is None:
        file = f"data/terms/{term_id}/plan.yml" if term_id else ""
        lead = Message(N_("What the school means to do in a term, who is responsible, and what came of it."))
        empty = PlanPage(
            name,
            None,
            lead,
            terms_of(books, term_id),
            (),
            (),
            None,
            (),
            (),
            (),
            None,
            file,
            {},
            left_over_of(books, term_id, None),
        )
        sources = (Place(file),) if file else ()
        return Page(url, title, "plan", "plan/plan.html.j2", empty, books.language.say(lead), sources)
    areas = areas_of(books, plan)
    counts = counts_of(measure for area in areas for measure in area.measures)
    lead = Message(
        N_("{term}: {total} measures; done {done}, running {running}, overdue {late}, not started {waiting}."),
        term=name, total=counts.total, done=counts.done, running=counts.running, late=counts.late, waiting=counts.waiting,
    )  # fmt: skip
    place = plan.place()
    context = PlanPage(
        term=name,
        plan=plan,
        lead=lead,
        terms=terms_of(books, term_id),
        principles=tuple((each, amended(books, SHEET, each, plan)) for each in plan.principles),
        areas=areas,
        chart=progress([(area.name, area.counts) for area in areas], books.language),
        gaps=gaps_of(plan, areas),
        findings=books.found(plan.term, "CAL"),
        files=table_links(place.file),
        place=place,
        file=place.file,
        amended=amended(books, SHEET, plan),
        left_over=left_over_of(books, plan.term, plan),
    )
    return Page(url, title, "plan", "plan/plan.html.j2", context, books.language.say(lead), (Place(place.file),))
