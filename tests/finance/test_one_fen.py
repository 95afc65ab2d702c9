"""One figure changed by 0.01, anywhere in the finance files: an error that names both places."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from generator.dataset import load
from generator.locale import Message
from generator.oversight.books import run
from generator.oversight.policy import policy
from generator.oversight.review import Review
from generator.problems import Place, Problem, Severity, spreadsheet_column
from generator.records import titles
from generator.registers.finance.records import SHEETS
from generator.registers.finance.rules import RULES
from generator.values.refusal import Kind

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "data/finance/2023"
FILES = {f"{sheet.name}.csv": sheet.record for sheet in SHEETS}


def money_cells(name: str) -> Iterator[tuple[int, int, str]]:
    """Yield row (0 is the header), column and text of each money cell of a file, those of total rows too."""
    kinds = {title.zh: title.kind for title in titles(FILES[name])}
    rows = list(csv.reader(io.StringIO((ROOT / FOLDER / name).read_text(encoding="utf-8"))))
    for row, cells in enumerate(rows[1:], 1):
        for column, text in enumerate(cells):
            kind = kinds[rows[0][column]]
            if text and isinstance(kind, Kind) and kind.name == "money":
                yield row, column, text


def changed(text: str, row: int, column: int, by: Decimal) -> str:
    """Return the text of a file with one amount changed."""
    rows = list(csv.reader(io.StringIO(text)))
    rows[row][column] = str(Decimal(rows[row][column]) + by)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def errors(root: Path) -> list[Problem]:
    """Return the errors of reading and of the finance rules."""
    data, problems = load(root)
    assert data is not None
    books = run(Review(data, policy(data.school.policy), data.school.sample_date), RULES)  # type: ignore[arg-type]
    found = [*problems, *(finding.problem() for finding in books.findings)]
    return [problem for problem in found if problem.severity is Severity.ERROR]


def names(problem: Problem, file: str, row: int, column: int) -> bool:
    """Whether a problem names a cell and another place: the cell itself, or the first and the last of the rows that it is among."""
    cell = f"{spreadsheet_column(column)}{row + 1}"
    places = [problem.place, *problem.related]
    if not problem.related:
        return False
    if any((place.file, place.cell) == (file, cell) for place in places):
        return True
    among = [p for p in problem.related if p.file == file and p.cell.startswith(spreadsheet_column(column))]
    return len(among) == 2 and min(among).line <= row + 1 <= max(among).line


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """A school with nothing but its accounts."""
    shutil.copytree(ROOT / FOLDER, tmp_path / FOLDER)
    shutil.copy(ROOT / "data/school.yml", tmp_path / "data/school.yml")
    return tmp_path


def test_the_sample_has_no_error(books: Path) -> None:
    assert errors(books) == []


def test_all_four_files_have_money() -> None:
    counts = {name: len(list(money_cells(name))) for name in FILES}
    assert counts == {"budget.csv": 34, "lines.csv": 192, "statements.csv": 24, "balance.csv": 10}


@pytest.mark.parametrize("by", [Decimal("0.01"), Decimal("-0.01")])
@pytest.mark.parametrize("name", FILES)
def test_one_fen_more_or_less_in_any_cell_is_an_error_that_names_both_places(
    books: Path, name: str, by: Decimal
) -> None:
    file = f"{FOLDER}/{name}"
    path = books / file
    text = path.read_text(encoding="utf-8")
    unseen = []
    for row, column, amount in money_cells(name):
        path.write_text(changed(text, row, column, by), encoding="utf-8")
        if not any(names(problem, file, row, column) for problem in errors(books)):
            unseen.append(f"{file}:{row + 1} column {column + 1} ({amount})")
    assert unseen == []


def test_names_needs_two_places() -> None:
    cell, other = Place("f", 3, 1, "B3"), Place("g", 1, 1, "A1")
    assert not names(Problem(cell, "x", Message("x")), "f", 2, 1)
    assert names(Problem(cell, "x", Message("x"), related=(other,)), "f", 2, 1)
    assert not names(
        Problem(other, "x", Message("x"), related=(Place("f", 4, 1, "B4"), Place("f", 9, 1, "B9"))), "f", 2, 1
    )
