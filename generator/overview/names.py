"""Where a record stands on the site, and what it, its table and its fields are called."""

from __future__ import annotations

from functools import cache

from generator.dataset import SHEETS
from generator.pages.filters import anchor
from generator.records import Record, Sheet, titles
from generator.registers.calendar.records import Event
from generator.registers.fees.records import FeeItem, FeeTotal, Settlement
from generator.registers.finance.records import BalanceLine, BudgetLine, Statement, StatementLine
from generator.registers.plan.records import Plan


@cache
def sheet_named(name: str) -> Sheet | None:
    """Return the sheet called `name`, in the word that files use."""
    return next((sheet for sheet in SHEETS if sheet.name == name), None)


def field_title(sheet: Sheet | None, field: str, language: str) -> str:
    """Return the title of a field of a sheet, or the word itself where there is no such field."""
    known = titles(sheet.record) if sheet else ()
    title = next((t for t in known if field in (t.name, t.zh, t.en)), None)
    return title.label(language) if title else field


def page_of(record: Record) -> str:
    """Return the page that shows a record, with its anchor where it has one; empty where no page does."""
    match record:
        case FeeItem():
            return f"fees/{record.term}/#{anchor(record.id)}"
        case FeeTotal() | Settlement():
            return f"fees/{record.term}/"
        case StatementLine():
            return f"finance/{record.month}/#{anchor(record.code)}"
        case Statement():
            return f"finance/{record.month}/"
        case BudgetLine() | BalanceLine():
            return f"finance/{record.year}/"
        case Plan() | Event():
            return f"plan/{record.term}/"
    return ""


def name_of(record: Record) -> str:
    """Return what a record is called by people: its item, work or line; else its key."""
    for field in ("item", "action", "line", "title", "name"):
        if text := getattr(record, field, ""):
            return str(text)
    return record.key
