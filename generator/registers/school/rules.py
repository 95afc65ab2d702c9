"""The rule about the school as a whole: what must be public is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.locale import N_, Message
from generator.oversight.policy import CatalogueItem, Mark
from generator.oversight.public import owed_since, starting_until
from generator.oversight.review import Review
from generator.oversight.rule import Document, Hit, Rule
from generator.problems import Place, Problem, Severity
from generator.registers.terms.records import Term
from generator.values.dates import Month

COMPLETE = "DIS-01"


@dataclass(frozen=True)
class Required:
    """How one item of the catalogue is known to be public: whether it is there for a term, the file (``{term}`` and
    ``{year}`` filled in) that it is kept in, and the page that shows it."""

    there: Callable[[Review, Term], bool]
    file: str
    page: str


def _year(term: Term) -> str:
    return str(term.start.year)


def _balance(review: Review, term: Term) -> bool:
    """Whether there is a balance sheet of the term's year or of the year before, which stands until the new one."""
    return any(line.date.year >= term.start.year - 1 for line in review.data.balance)


def _statements(review: Review, term: Term) -> bool:
    """Whether a statement of the term is there, or the first one is not due yet."""
    first = Month.of(term.start)
    return review.today <= _due(review, term) or any(s.month >= first for s in review.data.statements)


def _due(review: Review, term: Term) -> dt.date:
    """Return the day by which the statement of the term's first month must be public, or of the first month that a site
    which began since could publish in time."""
    month, began = Month.of(term.start), review.first.began
    while True:
        following = month.plus(1).first
        due = following.replace(day=int(review.policy.threshold("statement-due-day", following).value))
        if began is None or due >= began or month >= Month.of(term.end):
            return due
        month = month.plus(1)


REQUIRED = {
    "fees": Required(
        lambda review, term: any(fee.term == term.id for fee in review.data.fees), "terms/{term}/fees.csv", "fees/"
    ),
    "waiver": Required(
        lambda review, term: any(fee.waiver for fee in review.data.fees if fee.term == term.id),
        "terms/{term}/fees.csv", "fees/",
    ),
    "hotline": Required(lambda review, term: bool(review.data.school.hotlines), "school.yml", "about/"),
    "budget": Required(
        lambda review, term: any(line.year == _year(term) for line in review.data.budget),
        "finance/{year}/budget.csv", "finance/",
    ),
    "statements": Required(_statements, "finance/{year}/statements.csv", "finance/"),
    "balance": Required(_balance, "finance/{year}/balance.csv", "finance/"),
    "plan": Required(
        lambda review, term: any(plan.term == term.id for plan in review.data.plans), "terms/{term}/plan.yml", "plan/"
    ),
    "calendar": Required(
        lambda review, term: any(event.term == term.id for event in review.data.events),
        "terms/{term}/calendar.csv", "calendar/",
    ),
    "duties": Required(lambda review, term: bool(review.data.duties), "duties.csv", "about/"),
}  # fmt: skip
"""What the items of a pack's catalogue mean in the registers, by their id."""


def missing_items(review: Review) -> Iterator[Hit]:
    """Yield a hit for each item of the catalogue that is not there for the current term or its year."""
    term = review.current_term
    if not any(file.path.startswith("data/terms/") for file in review.data.files):
        message = Message("no term is entered, so that fees, plan and calendar cannot be public")
        yield Hit("terms", Place("data/terms"), message, fix=Message("add a folder for the term with its term.yml"))
        return
    if term is None or review.today < term.start or starting_until(review):
        return
    for lack in lacking(review):
        since = _due(review, term) if lack.item.id == "statements" else term.start
        name = lack.item.label(review.language.code)
        yield Hit(
            lack.item.id, Place(lack.file), Message("“{item}” is not public for {term}", item=name, term=term.name),
            owed_since(review, since), lack.fix, page=lack.page,
        )  # fmt: skip


@dataclass(frozen=True)
class Lack:
    """One item of the catalogue that is not there for the current term, the file it belongs in, and the page it would
    stand on."""

    item: CatalogueItem
    file: str
    page: str

    @property
    def fix(self) -> Message:
        """What to do about it."""
        return Message("enter it in {file}; it appears on the site by itself", file=self.file)


def lacking(review: Review) -> Iterator[Lack]:
    """Yield each item of the catalogue that is not there for the current term or its year."""
    term = review.current_term
    for item in review.policy.pack.catalogue if term else ():
        required = REQUIRED[item.id]
        if term and not required.there(review, term):
            yield Lack(item, f"data/{required.file.format(term=term.id, year=_year(term))}", required.page)


UNFILLED = "unfilled"
"""The code of the notes about what may still be filled in."""


def unfilled(review: Review) -> Iterator[Problem]:
    """Yield a note for each thing that a site which has just begun may still lack, with the day until which it may."""
    until = starting_until(review)
    for lack in lacking(review) if until else ():
        name = lack.item.label(review.language.code)
        message = Message(
            "“{item}” is not filled in yet; the site has just begun and has time until {day}", item=name, day=until
        )
        yield Problem(Place(lack.file), UNFILLED, message, lack.fix, Severity.NOTE)


RULES: tuple[Rule, ...] = (
    Rule(
        code=COMPLETE,
        severity=Severity.FINDING,
        title=N_("Everything that must be public is there"),
        checks=N_(
            "Once a term has begun, each item on the list of what such a school must make public is looked for: fees, "
            "waivers, complaint lines, the year's budget, monthly accounts, the balance sheet, the term plan, the "
            "calendar, and who is responsible for what. Monthly accounts count as missing only after the first day "
            "on which they are due; last year's balance sheet counts until the new one is there. A site that has just "
            "begun has as many working days as the law gives for making information public."
        ),
        reason=N_(
            "What is left out cannot be checked. Whoever wants to know whether the books are complete should not have "
            "to know by heart what belongs in them."
        ),
        fix=N_("Fill in the file that the finding names, even if it is only begun; it appears on the site by itself."),
        source=(
            Document("《教育法》第三十条、第三十一条", "Education Law, art. 30 and 31", Mark.PRIMARY),
            Document("《预算法》第十四条", "Budget Law, art. 14", Mark.PRIMARY),
            Document("教育收费公示制度（计价格〔2002〕792号）", "fee posting system, [2002] No. 792", Mark.MIRROR),
            Document("学校后勤工作计划", "the school’s logistics plan", Mark.PLAN),
        ),
        check=missing_items,
        thresholds=("statement-due-day", "disclosure-working-days"),
        page="about/",
    ),
)
