"""Somebody saved `facts.csv` earlier: what changed since, and whether a correction tells of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.trust import verify as program
from generator.trust.facts import Name, as_csv, facts
from tests.trust.sites import facts_before, good, sample, written

STATUS = {"name": "status", "title_zh": "状态", "title_en": "Status", "type": "choice", "progress": True,
          "choices": {"not started": "未开始", "running": "进行中", "done": "已完成"}}  # fmt: skip
COLUMNS = [
    {"name": "id", "title_zh": "编号", "title_en": "Id", "type": "code", "key": True},
    {"name": "amount", "title_zh": "收费标准", "title_en": "Standard", "type": "money"},
    {"name": "voluntary", "title_zh": "是否自愿", "title_en": "Voluntary", "type": "choice",
     "choices": {"yes": "是", "no": "否"}},
    {"name": "note", "title_zh": "备注", "title_en": "Note", "type": "text"},
    {"name": "times", "title_zh": "次数", "title_en": "Times", "type": "count", "speaking": True},
    STATUS,
]  # fmt: skip


def row(field: str, old: str | None, new: str | None, **more: str) -> dict[str, str | None]:
    return {"id": "C-9", "sheet": "fees", "record": "2023-spring/F03", "kind": "correction"} | more | {
        "field": field, "old": old, "new": new,
    }  # fmt: skip


def ids(old: str, new: str, *rows: dict[str, str | None], field: str = "amount") -> list[str]:
    name = ("fees", "2023-spring/F03", field)
    return program.explained(name, old, new, program.words_of(COLUMNS), list(rows))


def test_what_was_saved_before_the_corrections_is_told_by_them(tmp_path: Path) -> None:
    site = written(good(), tmp_path)
    told = [t for t in program.verify(str(site), [], as_csv(facts_before(sample().data)))[0] if t.check == "yours"]
    assert [t.state for t in told] == ["note", "ok"]
    assert told[0].details[0] == "lines 2023/2023-04/30206 amount: “4367.00” → “4637.00”  C-001"
    assert "(2023-03-01)" in told[1].en


def test_what_was_saved_today_is_the_same_today(tmp_path: Path) -> None:
    told = program.verify(str(written(good(), tmp_path)), [], good()["data/facts.csv"])[0]
    assert [t.state for t in told if t.check == "yours"] == ["ok"]


def test_a_silent_change_is_named_with_both_values(tmp_path: Path) -> None:
    saved = dict(facts(sample().data))
    name = next(name for name, value in saved.items() if name.table == "fees" and value == "15.00")
    saved[name] = "12.00"
    saved[Name("fees", "2023-spring/Z99", "amount")] = "9.00"
    told = program.verify(str(written(good(), tmp_path)), [], as_csv(dict(sorted(saved.items()))))[0]
    yours = [t for t in told if t.check == "yours"]
    assert [t.state for t in yours] == ["wrong", "wrong"]
    assert "No entry of the ledger has the facts.csv that you saved" in yours[0].en
    assert yours[1].details == (
        f"fees {name.record} amount: “12.00” → “15.00”",
        "fees 2023-spring/Z99 amount: “9.00” → （无 none）",
    )


@pytest.mark.parametrize(
    "saved", [b"", b"a,b\n", b"\xff", b'table,record,field,value\n"open', b"table,record,field,value\na,b\n"]
)
def test_what_is_no_file_of_facts_is_told(tmp_path: Path, saved: bytes) -> None:
    told = program.verify(str(written(good(), tmp_path)), [], saved)[0]
    assert [(t.check, t.state) for t in told if t.state != "ok"] == [("yours", "wrong")]


@pytest.mark.parametrize("word", ["amount", "收费标准", "Standard"])
def test_a_correction_may_name_the_field_in_three_ways(word: str) -> None:
    assert ids("450.00", "480.00", row(word, "450", "480.00")) == ["C-9"]


def test_corrections_of_one_fact_are_followed_from_one_to_the_next() -> None:
    chain = row("amount", "450.00", "470.00"), row("amount", "470.00", "480.00", id="C-10")
    assert ids("450.00", "480.00", *chain) == ["C-9", "C-10"]
    assert ids("470.00", "480.00", *chain) == ["C-10"]
    assert ids("450.00", "490.00", *chain) == []
    assert ids("450.00", "480.00", chain[1]) == []


def test_a_correction_of_something_else_tells_nothing() -> None:
    assert ids("450.00", "480.00", row("voluntary", "450.00", "480.00")) == []
    assert ids("450.00", "480.00", row("amount", "450.00", "480.00", record="2023-spring/F04")) == []
    assert ids("450.00", "480.00", row("amount", "450.00", "480.00", sheet="lines")) == []


def test_choices_withdrawn_records_and_privacy() -> None:
    assert ids("yes", "no", row("是否自愿", "是", "否"), field="voluntary") == ["C-9"]
    assert ids("450.00", "", row("整条", "收费标准：450.00", None, kind="withdrawn")) == ["C-9"]
    assert ids("450.00", "480.00", row("整条", "收费标准：450.00", None, kind="withdrawn")) == []
    assert ids("a name", "", row("note", None, None, kind="privacy"), field="note") == ["C-9"]
    assert ids("450.00", "480.00", row("amount", None, None, kind="privacy")) == []
    assert ids("yes", "no", row("voluntary", None, None, kind="privacy"), field="voluntary") == []


@pytest.mark.parametrize(
    ("old", "new", "fine"),
    [
        ("张老师收", "老师收", True), ("张老师收", "×老师收", True), ("张老师收", "", True),
        ("张老师收", "李老师收", False), ("不收", "收", True), ("收", "不收", False),
    ],
)  # fmt: skip
def test_privacy_takes_words_away_and_puts_none_in_their_place(old: str, new: str, fine: bool) -> None:
    private = row("note", None, None, kind="privacy")
    assert ids(old, new, private, field="note") == (["C-9"] if fine else [])


def test_privacy_withdraws_no_figure_of_a_record() -> None:
    whole = row("整条", None, None, kind="privacy")
    assert ids("450.00", "", whole) == []
    assert ids("words", "", whole, field="note") == ["C-9"]


def yours(site: Path, saved: dict[Name, str]) -> tuple[str, ...]:
    """Return what the verifier calls a silent change since these facts."""
    told = program.verify(str(site), [], as_csv(dict(sorted(saved.items()))))[0]
    return next((t.details for t in told if t.check == "yours" and t.en.startswith("These changed, and no")), ())


def test_a_correction_that_was_there_already_explains_no_later_change(tmp_path: Path) -> None:
    site = written(good(), tmp_path)
    now = dict(facts(sample().data))
    first = sample().data.corrections[0]
    name = Name(first.sheet, first.record, first.field)
    assert yours(site, {**facts_before(sample().data)}) == ()
    assert [line.split(":")[0] for line in yours(site, {**now, name: first.old or ""})] == [" ".join(name)]


def test_a_quoted_figure_cannot_be_taken_away_for_privacy(tmp_path: Path) -> None:
    """The correction of a figure says what it was; the correction of that correction may only remove words."""
    first = sample().data.corrections[0]
    rows = json.loads(good()["data/corrections.json"])
    hidden = next(one for one in rows["rows"] if one["id"] == first.id)
    private = {**hidden, "id": "C-999", "sheet": "corrections", "record": first.id, "field": "old", "old": None, "new": None,
               "kind": "privacy"}  # fmt: skip
    rows["rows"].append(private)
    now = facts(sample().data)
    quoted = Name("corrections", first.id, "old")
    files = {
        **good(), "data/corrections.json": json.dumps(rows).encode(),
        "data/facts.csv": as_csv({name: value for name, value in now.items() if name != quoted}),
    }  # fmt: skip
    site = written(files, tmp_path)
    assert [line.split(":")[0] for line in yours(site, dict(now))] == [" ".join(quoted)]
    words = {**now, Name("corrections", first.id, "sheet"): "fees", Name("corrections", first.id, "field"): "note"}
    assert " ".join(quoted) not in [line.split(":")[0] for line in yours(site, words)]


def test_a_cell_that_said_something_by_being_empty_is_changed_by_filling_it_in(tmp_path: Path) -> None:
    """A fee without a number of times is paid once; who writes 10 there asks ten times as much."""
    assert ids("", "10", row("times", None, "10"), field="times") == ["C-9"]
    assert ids("", "10", row("times", None, "9"), field="times") == []
    words = program.words_of(
        [{"name": "items", "title_zh": "项目", "title_en": "Items", "type": "list", "columns": COLUMNS}]
    )
    assert words.speaking == {"times"}
    now = facts(sample().data)
    filled = next(name for name in now if name.table == "fees" and name.field == "times")
    new = Name("fees", "2023-spring/F99", "times")
    saved = {name: value for name, value in now.items() if name != filled}
    program_facts = as_csv(dict(sorted({**now, new: "1"}.items())))
    files = {**good(), "data/facts.csv": program_facts}
    told = program.verify(str(written(files, tmp_path)), [], as_csv(saved))[0]
    silent = [t.details for t in told if t.check == "yours" and t.en.startswith("These changed, and no")]
    assert silent == [(f"{' '.join(filled)}: （无 none） → “{now[filled]}”",)]


def test_a_record_in_a_list_may_be_named_shorter() -> None:
    words = program.words_of(
        [{"name": "areas", "title_zh": "领域", "title_en": "Areas", "type": "list", "columns": COLUMNS}]
    )
    name = ("plan", "2023-spring/A1/m1.1", "amount")
    short = row("amount", "1", "2", sheet="plan", record="2023-spring/m1.1")
    assert program.explained(name, "1.00", "2.00", words, [short]) == ["C-9"]
    campus = row("amount", "1", "2", sheet="school", record="C01")
    assert program.explained(("school", "school/C01", "amount"), "1", "2", words, [campus]) == ["C-9"]


def test_work_that_went_on_needs_no_correction_and_work_that_went_back_does() -> None:
    words = program.words_of([STATUS])
    name = ("plan", "2023-spring/A1/m1.1", "status")
    assert program.went_on(name, "not started", "done", words)
    assert not program.went_on(name, "done", "running", words)
    assert not program.went_on(name, "done", "", words)
