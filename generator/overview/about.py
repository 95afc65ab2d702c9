"""About: the school, its campuses, whom to call, who is responsible for what, and how this site is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import generator
from generator.commit import Commit
from generator.oversight.books import Books
from generator.oversight.policy import Pack
from generator.pages.corrected import Amended, Amendment, amended, amended_within, left_over
from generator.pages.downloads import table_links
from generator.pages.filters import anchor
from generator.pages.page import Page
from generator.pages.parts import Link
from generator.problems import Place
from generator.registers.duties.records import DutySlot
from generator.registers.school.records import Campus, School
from generator.registers.terms.records import Term

DUTIES = "duties"


@dataclass(frozen=True)
class DutyView:
    """One responsibility: its campus in words, and the post that holds it, or None where it is vacant."""

    slot: str
    name: str
    campus: str
    holder: str | None
    place: Place
    anchor: str
    amended: Amended


@dataclass(frozen=True)
class About:
    """Everything about the school; ``duties`` are those of today.

    ``amended`` holds the corrections of the school, its hotlines and campuses, and of the terms, by their keys;
    ``left_over`` are those of what the page does not show.
    """

    school: School
    campuses: tuple[Campus, ...]
    pupils: int | None
    boarders: int | None
    duties: tuple[DutyView, ...]
    vacant: int
    links: tuple[Link, ...]
    terms: tuple[Term, ...]
    pack: Pack
    commit: Commit
    version: str
    amended: Mapping[str, Amended]
    left_over: tuple[Amendment, ...]


def page(books: Books, commit: Commit) -> Page:
    """Return the page about the school."""
    school = books.data.school
    duties = tuple(_duty(slot, books) for slot in _holding(books))
    files = [f.path for f in books.data.files if f.sheet.name == DUTIES]
    links = tuple(link for file in files for link in table_links(file))
    own = amended_within(books, "school", school)
    terms = {key: found for term in books.data.terms for key, found in amended_within(books, "terms", term).items()}
    shown = {*(("school", key) for key in own), *(("terms", key) for key in terms)}
    shown |= {(DUTIES, slot.key) for slot in _holding(books)}
    context = About(
        school, school.campuses, _sum(campus.enrolment for campus in school.campuses),
        _sum(campus.boarders for campus in school.campuses), duties, sum(not duty.holder for duty in duties), links,
        tuple(reversed(books.data.terms)), books.policy.pack, commit, generator.__version__, {**own, **terms},
        left_over(books, ("school", "terms", DUTIES), shown=shown),
    )  # fmt: skip
    say = books.language.gettext
    sources = (Place(school.place().file), *map(Place, files), *(Place(t.place().file) for t in books.data.terms))
    about = say("The school, its campuses, whom to call and who is responsible for what")
    return Page("about/", say("About"), "about", "overview/about.html.j2", context, about, sources)


def _holding(books: Books) -> list[DutySlot]:
    """Return the responsibilities that hold today, school-wide ones first, then campus by campus."""
    order = {campus.id: number for number, campus in enumerate(books.data.school.campuses, 1)}
    today = books.today
    now = [
        duty for duty in books.data.duties
        if (duty.effective_from is None or duty.effective_from <= today)
        and (duty.effective_to is None or today <= duty.effective_to)
    ]  # fmt: skip
    return sorted(now, key=lambda duty: order.get(duty.campus or "", 0))


def duty_anchor(duty: DutySlot) -> str:
    """Return the id of a responsibility on the page."""
    return f"duty-{anchor(duty.key)}"


def _duty(duty: DutySlot, books: Books) -> DutyView:
    names = {campus.id: campus.name for campus in books.data.school.campuses}
    campus = names.get(duty.campus, duty.campus) if duty.campus else books.language.gettext("The whole school")
    return DutyView(
        duty.slot, duty.name, campus, duty.holder, duty.place(), duty_anchor(duty), amended(books, DUTIES, duty)
    )


def _sum(counts: Iterable[int | None]) -> int | None:
    """Return the sum of counts, or None where one of them is not known."""
    total = 0
    for count in counts:
        if count is None:
            return None
        total += count
    return total
