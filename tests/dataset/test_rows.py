"""The quick way from rows to records says the same as pydantic's own validation of each row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from generator.dataset import SHEETS
from generator.loading import duplicates, from_rows
from generator.reading import Table, read_csv
from generator.records import Record, Sheet, columns

TABLES = [sheet for sheet in SHEETS if not sheet.document]
PATH = {"term": "2023-spring", "year": "2023"}


def path_of(sheet: Sheet) -> dict[str, str]:
    return {name: value for name, value in PATH.items() if f"{{{name}}}" in sheet.path}


def by_pydantic(model: type[Record], table: Table, path: dict[str, str]) -> list[Record]:
    found = []
    for row in table.rows:
        values: dict[str, Any] = {n: t for n, t in zip(table.columns, row.texts, strict=True) if t}
        found.append(model.model_validate({**values, **path}))
    return found


@pytest.mark.parametrize("sheet", TABLES, ids=lambda sheet: sheet.name)
def test_records_are_those_that_pydantic_makes(sheet: Sheet, sample: Path) -> None:
    file = sample / "data" / f"{sheet.path.format(**PATH)}.csv"
    table, _ = read_csv(file.read_bytes(), file.name, columns(sheet.record))
    assert table
    records, problems = from_rows(sheet.record, table, path_of(sheet))
    expected = by_pydantic(sheet.record, table, path_of(sheet))
    assert problems == []
    assert records == expected
    assert [hash(record) for record in records] == [hash(record) for record in expected]
    assert list(duplicates(records)) == []


@given(st.lists(st.sampled_from(["F01", "", "=1", "3", "是", "免费", "30元", "2023-02-13"]), min_size=11, max_size=11))
def test_a_row_is_a_record_exactly_when_pydantic_takes_it(cells: list[str]) -> None:
    sheet = next(sheet for sheet in SHEETS if sheet.name == "fees")
    header = "项目编号,收费项目,收费性质,计费单位,收费标准,是否自愿,收费对象,收费依据,批准机关,减免政策,备注"
    data = f"{header}\n{','.join(cells)}\n".encode()
    table, _ = read_csv(data, "fees.csv", columns(sheet.record))
    assert table
    records, problems = from_rows(sheet.record, table, {"term": "t"})
    expected: list[Record] = []
    wrong = 0
    try:
        expected = by_pydantic(sheet.record, table, {"term": "t"})
    except ValidationError as refused:
        wrong = len(refused.errors())
    assert records == expected
    assert len(problems) == wrong
