"""What the plan's template sees: measures with how they stand, areas with their counts, and what the plan leaves open."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.locale import N_, Message
from generator.oversight import schedule
from generator.oversight.books import Books
from generator.oversight.rule import Finding
from generator.oversight.schedule import Responsible, Standing
from generator.pages.charts import Counts
from generator.pages.corrected import Amended, Amendment, amended, key_of, left_over
from generator.pages.parts import Entry, Link, Tone
from generator.problems import Place
from generator.registers.plan.records import Area, Measure, Plan
from generator.values.dates import When

SHEET = "plan"

SHOWN = {"fees": "fees/", "finance": "finance/", "duties": "about/"}
"""The registers that have a page of their own so far; the others are named only."""

REGISTERS = {
    "readiness": N_("term readiness"), "inspections": N_("inspections"), "training": N_("training"), "fees": N_("fees"),
    "finance": N_("accounts"), "assets": N_("assets"), "equipment": N_("equipment"), "food_safety": N_("food safety"),
    "certificates": N_("health certificates"), "feedback": N_("opinions heard"), "water": N_("drinking water"),
    "procurement": N_("purchases"), "duties": N_("duties and posts"),
}  # fmt: skip
"""The names of the registers that a measure may be proved by."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves a measure: a register or an entry of the calendar, its page (empty: none yet) and how it stands."""

    text: Message | str
    url: str = ""
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class MeasureView:
    """One measure as it is shown; ``late_by`` says by how much it was done after its last day."""

    id: str
    action: str
    due: When | None
    frequency: str | None
    audience: str | None
    places: str
    owners: tuple[Responsible, ...]
    standing: Standing
    late_by: int
    outcome: str | None
    completed_on: dt.date | None
    link: str | None
    events: tuple[Proof, ...]
    registers: tuple[Proof, ...]
    findings: tuple[Finding, ...]
    amended: Amended
    place: Place


@dataclass(frozen=True, slots=True)
class AreaView:
    """One area of the plan with its measures and how many of them stand how."""

    id: str
    name: str
    measures: tuple[MeasureView, ...]
    counts: Counts
    amended: Amended


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the plan leaves open, for each measure that it concerns."""

    title: Message
    entries: tuple[Entry, ...]


def areas_of(books: Books, plan: Plan) -> tuple[AreaView, ...]:
    """Return the areas of a plan as they are shown."""
    return tuple(_area(books, plan, area) for area in plan.areas)


def counts_of(measures: Iterable[MeasureView]) -> Counts:
    """Return how many measures are done, running, late and not started."""
    count = Counter(measure.standing for measure in measures)
    return Counts(count[Standing.DONE], count[Standing.RUNNING], count[Standing.LATE], count[Standing.WAITING])


def gaps_of(plan: Plan, areas: Iterable[AreaView]) -> tuple[Gap, ...]:
    """Return what the plan leaves open: measures without an owner, without a date, without an entry in the calendar."""
    measures = [measure for area in areas for measure in area.measures]

    def entries(open_: Iterable[MeasureView]) -> tuple[Entry, ...]:
        return tuple(Entry(f"{m.id} {m.action}", None, f"plan/{plan.term}/#{m.id}", place=m.place) for m in open_)

    return tuple(
        gap
        for gap in (
            Gap(Message(N_("No post is named as responsible")), entries(m for m in measures if not m.owners)),
            Gap(
                Message(N_("No date and no frequency is set")),
                entries(m for m in measures if not m.due and not m.frequency),
            ),
            Gap(Message(N_("No entry in the calendar")), entries(m for m in measures if not m.events)),
        )
        if gap.entries
    )


def _area(books: Books, plan: Plan, area: Area) -> AreaView:
    measures = tuple(_measure(books, plan, area, measure) for measure in area.measures)
    return AreaView(area.id, area.name, measures, counts_of(measures), amended(books, SHEET, area, plan))


def _measure(books: Books, plan: Plan, area: Area, measure: Measure) -> MeasureView:
    term = books.data.term(plan.term)
    due = schedule.placed(term, measure.due) if measure.due else None
    last = schedule.last_day(due) if due else None
    names = {campus.id: campus.name for campus in books.data.school.campuses}
    late_by = (measure.completed_on - last).days if measure.completed_on and last else 0
    return MeasureView(
        measure.id, measure.action, due, measure.frequency, measure.audience,
        books.language.listing(names.get(campus, campus) for campus in measure.campuses),
        schedule.responsible(books, measure.owner, measure.campuses, term),
        schedule.standing(measure, term, books.today), max(late_by, 0),
        measure.outcome, measure.completed_on, measure.link,
        tuple(_events(books, plan, measure)),
        tuple(Proof(Message(REGISTERS.get(name, name)), SHOWN.get(name, "")) for name in measure.registers),
        books.found(f"{plan.term}/{measure.id}", "CAL"),
        amended(books, SHEET, measure, plan, area),
        measure.place(),
    )  # fmt: skip


def left_over_of(books: Books, term: str, plan: Plan | None) -> tuple[Amendment, ...]:
    """Return the corrections of what the plan of a term does not hold any more, or of a plan that there is no more."""
    if plan is None:
        return tuple(a for a in left_over(books, (SHEET,), term) if a.record.partition("/")[0] == term)
    rows = [key_of(SHEET, measure, plan, area) for area in plan.areas for measure in area.measures]
    heads = [key_of(SHEET, part, plan) for part in (*plan.areas, *plan.principles)]
    return left_over(books, (SHEET,), f"{plan.term}/", {(SHEET, key) for key in (*rows, *heads)})


def _events(books: Books, plan: Plan, measure: Measure) -> Iterator[Proof]:
    """Yield the entries of the calendar that carry out a measure, in the order of their dates."""
    own = [event for event in books.data.events if event.term == plan.term and measure.id in event.measures]
    term = books.data.term(plan.term)
    for event in sorted(own, key=lambda e: (schedule.first_day(books, e), e.key)):
        when = schedule.placed(term, event.when)
        text = Message(N_("{when}: {work}"), when=when, work=event.action)
        yield Proof(text, schedule.event_url(books, event), schedule.standing(event, term, books.today))


def terms_of(books: Books, shown: str) -> tuple[Link, ...]:
    """Return a link to each term that has a plan, oldest first."""
    return tuple(
        Link(term.name, f"plan/{term.id}/", term.id == shown)
        for term in books.data.terms
        if schedule.plan_of(books, term.id)
    )


def tone_of(counts: Counts) -> Tone:
    """Return the tone of a plan with these counts."""
    return Tone.LATE if counts.late else Tone.GOOD if counts.done == counts.total else Tone.INFO
