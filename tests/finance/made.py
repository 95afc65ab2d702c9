"""Books made for a test, without files."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

from generator.dataset import Dataset, load
from generator.oversight.books import Books, run
from generator.oversight.policy import Holidays, policy
from generator.oversight.review import Review
from generator.pages.environment import environment
from generator.pages.page import Page
from generator.pages.render import render
from generator.problems import Place, Severity
from generator.records import DataFile, Record, Sheet
from generator.registers.corrections.records import SHEETS as CORRECTIONS
from generator.registers.explanations.records import SHEETS as EXPLANATIONS
from generator.registers.finance.pages import pages
from generator.registers.finance.records import SHEETS as FINANCE
from generator.registers.finance.rules import RULES
from generator.registers.school.records import SHEETS as SCHOOL
from generator.registers.school.records import School
from generator.registers.terms.records import SHEETS as TERMS
from tests.published import SAMPLE, first_days

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "generator/registers/finance/templates"
TODAY = dt.date(2023, 8, 20)
BY_NAME = {sheet.name: sheet for sheet in (*SCHOOL, *TERMS, *FINANCE, *CORRECTIONS, *EXPLANATIONS)}


@dataclasses.dataclass(frozen=True)
class At:
    """Gives each field of a made record a place of its own."""

    file: str
    line: int
    names: tuple[str, ...]

    def place_of(self, name: str | None) -> Place:
        """Return the place of a field."""
        column = self.names.index(name) + 1 if name in self.names else 1
        return Place(self.file, self.line, column)


@cache
def sample() -> Dataset:
    """Return the sample school."""
    data, problems = load(ROOT)
    assert data is not None
    assert not [p for p in problems if p.severity is Severity.ERROR]
    return data


def made(name: str, *rows: dict[str, str]) -> DataFile:
    """Return a file of a sheet with these rows."""
    sheet: Sheet = BY_NAME[name]
    records: list[Record] = []
    for line, row in enumerate(rows, 2):
        record = sheet.record.model_validate(row)
        record._source = At(f"data/{name}.csv", line, tuple(sheet.record.model_fields))
        records.append(record)
    return DataFile(f"data/{name}.csv", sheet, tuple(records), "")


def books(
    *files: DataFile,
    today: dt.date = TODAY,
    language: str = "zh",
    holidays: bool = True,
    published: Mapping[str, str] = MappingProxyType({}),
    began: str = "2010-01-01",
) -> Books:
    """Return the books of the sample school with other files, after the finance rules have run.

    A statement was published first on the day that `published` says by its key, or else on the tenth of the next month;
    the site began long before.
    """
    was = sample().school
    school = was.model_copy(update={"language": type(was.language).parse(language)})
    school._source = was._source
    assert isinstance(school, School)
    rules = policy(school.policy)
    if not holidays:
        rules = dataclasses.replace(rules, calendar=Holidays.model_construct(id="none", years=()))
    data = Dataset(school, files)
    tenth = {s.key: f"{s.month.plus(1)}-10" for s in data.statements}
    return run(Review(data, rules, today, first_days(began, statements={**tenth, **published})), RULES)


def of_sample(language: str = "zh") -> Books:
    """Return the books of the sample school as its ledger says that it was published."""
    days = {key: day.isoformat() for (table, key), day in SAMPLE.days.items() if table == "statements"}
    return books(*sample().files, language=language, published=days, began=str(SAMPLE.began))


def statement(month: str, opening: str, income: str, expense: str, closing: str, **more: str) -> dict[str, str]:
    """Return the row of a statement that two posts have signed."""
    year, number = int(month[:4]), int(month[5:])
    after = dt.date(year + number // 12, number % 12 + 1, 10)
    signed = {"prepared_by": "报账员", "reviewed_by": "校长", "prepared_on": f"{after:%Y-%m}-05"}
    row = {
        "year": month[:4],
        "month": month,
        "opening": opening,
        "income": income,
        "expense": expense,
        "closing": closing,
    }
    return {k: v for k, v in ({**row, **signed} | more).items() if v}


def line(month: str, code: str, kind: str, amount: str, **more: str) -> dict[str, str]:
    """Return the row of a line; its item is its code."""
    return {
        "year": month[:4],
        "month": month,
        "code": code,
        "item": f"项目{code}",
        "kind": kind,
        "amount": amount,
    } | more


def planned(year: str, code: str, kind: str, amount: str, **more: str) -> dict[str, str]:
    """Return the row of a budget."""
    return {"year": year, "code": code, "item": f"项目{code}", "kind": kind, "amount": amount} | more


def asset(date: str, name: str, side: str, amount: str) -> dict[str, str]:
    """Return the row of a balance sheet."""
    return {"year": date[:4], "line": name, "side": side, "date": date, "amount": amount}


def says(these: Books) -> list[tuple[str, str]]:
    """Return code and subject of everything found."""
    return [(finding.rule.code, finding.hit.subject) for finding in these.findings]


def codes(these: Books) -> set[str]:
    """Return the codes of all rules that found something."""
    return {finding.rule.code for finding in these.findings}


def rendered(these: Books) -> dict[str, str]:
    """Return the markup of every finance page by its address."""
    env = environment(these.language, {"finance": TEMPLATES})
    found: Sequence[Page] = list(pages(these))
    assert len({page.url for page in found}) == len(found)
    return {page.url: render(env, page) for page in found}


def text_of(markup: str) -> str:
    """Return the words of a page without its tags."""
    from lxml import html

    return " ".join(" ".join(html.fromstring(markup).itertext()).split())


def everything(of: Dataset, names: Iterable[str]) -> list[DataFile]:
    """Return the files of some sheets of a school."""
    wanted = set(names)
    return [file for file in of.files if file.sheet.name in wanted]
