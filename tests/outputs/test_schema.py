"""The JSON Schemas are valid, accept the sample in both languages, and refuse what the program refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from generator.dataset import SHEETS, sheet_named
from generator.outputs.dictionary import choices, dictionary, parts
from generator.outputs.schema import schema, schema_text, schemas
from generator.records import Sheet, titles

DOCUMENTS = {"school": "school.yml", "terms": "terms/2023-spring/term.yml", "plan": "terms/2023-spring/plan.yml"}


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schemas()[name])


def parsed(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_each_schema_is_a_valid_one(sheet: Sheet) -> None:
    Draft202012Validator.check_schema(schema(sheet))
    assert schema(sheet)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_sample_is_valid(name: str, sample: Path) -> None:
    assert list(validator(name).iter_errors(parsed(sample / "data" / DOCUMENTS[name]))) == []


def test_headings_may_be_chinese_or_english() -> None:
    chinese = {"更正编号": "C-1", "日期": "2023-05-15", "登记表": "lines", "记录": "x", "栏目": "amount", "类别": "更正", "原因": "r",
               "批准岗位": "校长"}  # fmt: skip
    english = {"Correction id": "C-1", "date": "2023-05-15", "Table": "lines", "record": "x", "field": "amount",
               "kind": "late entry", "Reason": "r", "approved_by": "head"}  # fmt: skip
    assert list(validator("corrections").iter_errors([chinese, english])) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"日期": "2023/5/15"},
        {"日期": ""},
        {"类别": "别的"},
        {"更正编号": "C 1"},
        {"没有这一栏": "x"},
    ],
)
def test_what_the_program_refuses_is_refused(wrong: dict[str, str]) -> None:
    good = {"更正编号": "C-1", "日期": "2023-05-15", "登记表": "lines", "记录": "x", "栏目": "amount", "类别": "更正", "原因": "r",
            "批准岗位": "校长"}  # fmt: skip
    assert list(validator("corrections").iter_errors([good])) == []
    assert list(validator("corrections").iter_errors([good | wrong])) != []


def test_a_missing_needed_entry_is_refused() -> None:
    assert list(validator("duties").iter_errors([{"职责编号": "x"}])) != []


@pytest.mark.parametrize("amount", ["15.00", "按中标价", "at cost", 15])
def test_a_standard_may_be_an_amount_or_an_open_price(amount: object) -> None:
    fee = {"项目编号": "F1", "收费项目": "x", "收费性质": "代收费", "计费单位": "元", "收费标准": amount, "是否自愿": "是",
           "收费对象": "x"}  # fmt: skip
    assert list(validator("fees").iter_errors([fee])) == []
    assert list(validator("fees").iter_errors([fee | {"收费标准": "1,500"}])) != []


def test_schema_text_is_json_and_knows_its_sheets() -> None:
    assert json.loads(schema_text("fees")) == schemas()["fees"]
    assert set(json.loads(schema_text())) == {sheet.name for sheet in SHEETS}
    assert sheet_named("no") is None
    with pytest.raises(KeyError):
        schema_text("no")


def test_the_dictionary_has_every_column_with_what_it_holds() -> None:
    said = {entry["table"]: entry for entry in dictionary()["tables"]}
    assert list(said) == [sheet.name for sheet in SHEETS]
    for sheet in SHEETS:
        assert [c["name"] for c in said[sheet.name]["columns"]] == [t.name for t in titles(sheet.record)]
        for part in parts(sheet.record):
            for title in part.columns:
                holds = title.kind is not None or choices(part.model.model_fields[title.name])
                assert holds, f"{part.model.__name__}.{title.name}"
