"""Where a corrected figure stands on the site: the way back from a correction to the page that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.oversight.books import Books
from generator.oversight.schedule import event_url, in_force
from generator.overview.about import duty_anchor
from generator.overview.findings import explained
from generator.pages.corrected import Amendment
from generator.pages.filters import anchor
from generator.records import Record
from generator.references import within
from generator.registers.calendar.records import Event
from generator.registers.corrections.records import Correction
from generator.registers.duties.records import DutySlot
from generator.registers.explanations.records import Explanation
from generator.registers.fees.records import FeeItem, Settlement
from generator.registers.finance.ledger import ledger
from generator.registers.finance.records import BalanceLine, BudgetLine, Statement, StatementLine
from generator.registers.finance.views_sheet import lines_shown
from generator.registers.plan.records import Area, Measure, Plan, Principle
from generator.registers.school.records import Campus, Hotline, School
from generator.registers.terms.records import MakeUpDay, Term

FEES = ("fees", "fee_totals", "collections")
MONTHLY = ("lines", "statements")


class Figures:
    """The pages of all corrected records of a school."""

    def __init__(self, books: Books) -> None:
        self.books, self.accounts = books, ledger(books.data)
        self.months = {str(month) for month in self.accounts.months}
        self.records: Mapping[tuple[str, str], Record] = dict(_corrected(books))

    def url(self, amendment: Amendment) -> str:
        """Return the page that shows a corrected record, with its anchor; where the record has no row any more, the foot
        of the page on which it stood; empty where there is no such page."""
        record = self.records.get((amendment.sheet, amendment.record))
        if record is not None and (row := self._row(record, amendment.record)):
            return row
        page = self._page(amendment.sheet, amendment.record)
        return f"{page}#{amendment.anchor}" if page else ""

    def _row(self, record: Record, key: str) -> str:
        """Return the address of the row that shows a record; empty where no page has one."""
        books, first = self.books, key.partition("/")[0]
        match record:
            case FeeItem():
                return f"fees/{first}/#{anchor(record.id)}"
            case Settlement():
                known = any(fee.term == record.term and fee.id == record.fee for fee in books.data.fees)
                return f"fees/{first}/#_settled-{anchor(record.fee)}" if known else ""
            case Event():
                return event_url(books, record)
            case DutySlot():
                return f"about/#{duty_anchor(record)}" if in_force(record, books.today) else ""
            case Explanation():
                found = explained(books).get(record.key)
                return f"findings/#{anchor(found.id)}" if found else ""
            case Correction():
                return f"changes/#{anchor(record.id)}"
        return self._in_accounts(record) or _in_documents(record, first)

    def _in_accounts(self, record: Record) -> str:
        match record:
            case StatementLine() if str(record.month) in self.months:
                return f"finance/{record.month}/#{anchor(record.code)}"
            case Statement() if str(record.month) in self.months:
                return f"finance/{record.month}/#statement"
            case BudgetLine():
                return f"finance/{record.year}/#{anchor(record.code)}"
            case BalanceLine() if record.key in lines_shown(self.accounts):
                return f"{self._page('balance', record.key)}#balance"
        return ""

    def _page(self, sheet: str, key: str) -> str:
        """Return the page at whose foot the corrections of a record stand that has no row."""
        first, _, rest = key.partition("/")
        if sheet in FEES:
            return f"fees/{first}/" if self.books.data.term(first) else ""
        if sheet in MONTHLY and (month := rest.partition("/")[0]) in self.months and sheet == "lines":
            return f"finance/{month}/"
        if sheet == "balance" and (month := key.rpartition("/")[2][:7]) in self.months:
            return f"finance/{month}/"
        if sheet in (*MONTHLY, "budget", "balance"):
            year = key.rpartition("/")[2][:4] if sheet == "balance" else first
            return f"finance/{year}/" if year in self.accounts.years else ""
        if sheet == "plan":
            return f"plan/{first}/" if self.books.data.term(first) else ""
        pages = {"calendar": "calendar/", "explanations": "findings/", "corrections": "changes/"}
        return pages.get(sheet, "about/")


def _in_documents(record: Record, term: str) -> str:
    """Return the address of a part of the plan or of what stands on the page about the school."""
    match record:
        case Measure():
            return f"plan/{term}/#{anchor(record.id)}"
        case Area():
            return f"plan/{term}/#area-{anchor(record.id)}"
        case Principle():
            return f"plan/{term}/#principle-{anchor(record.id)}"
        case Plan():
            return f"plan/{term}/"
        case Campus():
            return f"about/#{anchor(record.id)}"
        case Hotline():
            return "about/#hotlines"
        case School():
            return "about/"
        case Term() | MakeUpDay():
            return "about/#terms"
    return ""


def _corrected(books: Books) -> Iterator[tuple[tuple[str, str], Record]]:
    """Yield every record of the tables that have corrections, by the table and its key in full."""
    named = dict.fromkeys(correction.sheet for correction in books.data.corrections)
    for file in books.data.files:
        if file.sheet.name in named:
            for record in file.records:
                yield from (((file.sheet.name, item.record), item.value) for item in within(file.sheet.name, record))
