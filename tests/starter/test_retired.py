"""A column that a later version drops: older states stay readable, what it said is no fact, and today's data is only warned."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import build, builds, check
from generator.cli import main
from generator.dataset import SHEETS, load
from generator.locale import language
from generator.outputs.schema import schemas
from generator.problems import Problem, Severity, as_text
from generator.records import nested, titles
from generator.trust.facts import as_csv, facts, from_csv, retired, stated
from generator.trust.published import base_facts
from tests.trust.conftest import SchoolRepository

STATEMENTS, TERM = "finance/2023/statements.csv", "terms/2023-spring/term.yml"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def older(tmp_path: Path) -> SchoolRepository:
    """A school whose first commit was made for a version that had two more columns."""
    made = SchoolRepository(tmp_path / "school")
    put_back(made)
    made.commit("2023-08-10")
    return made


def put_back(made: SchoolRepository) -> None:
    """Write the retired columns into a school's files, as an earlier version asked for them."""
    path = made.root / "data" / STATEMENTS
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    lines = [f"公布日期,{head}", *(f"2023-08-{n:02},{row}" for n, row in enumerate(rows, 1))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    made.append(TERM, "收费公示日: 2023-02-10")


def warned(root: Path) -> list[Problem]:
    dataset, problems = load(root)
    assert dataset
    return [problem for problem in problems if problem.code == "retired"]


@pytest.fixture
def repository(tmp_path: Path) -> SchoolRepository:
    """The sample school in a repository of its own, with one commit."""
    return SchoolRepository(tmp_path / "school")


def test_the_cells_are_left_aside_and_the_facts_are_the_same(repository: SchoolRepository) -> None:
    before, _ = load(repository.root)
    put_back(repository)
    after, problems = load(repository.root)
    assert before
    assert after
    assert as_csv(facts(before)) == as_csv(facts(after))
    assert [p.severity for p in problems] == [Severity.WARNING] * 2
    assert [record.place("closing").cell for record in after.statements] == [f"F{n}" for n in range(2, 8)]


def test_todays_data_is_warned_with_the_reason_in_both_languages(older: SchoolRepository) -> None:
    column, entry = (as_text(problem, language("zh")) for problem in warned(older.root))
    assert column == (
        "data/finance/2023/statements.csv:1:1 (A1): warning[retired]: “公布日期”这一栏不再使用："
        "公布的日期由公布记录算出，不用再填；请把这一栏删掉"
    )
    assert entry.startswith("data/terms/2023-spring/term.yml:8:1: warning[retired]: “收费公示日”这一项不再使用：")
    english = as_text(warned(older.root)[0], language("en"))
    assert "The column “Published on” is no longer used: the day of publication is computed" in english
    assert main(["check", "--root", str(older.root)]) == 0


def test_a_state_with_retired_columns_is_read_and_compared_with(older: SchoolRepository, capsys: Capture) -> None:
    base = older.git("rev-parse", "HEAD")
    older.git("checkout", "-q", older.start, "--", "data")
    older.commit("2023-08-11")
    assert main(["guard", "--root", str(older.root), "--base", base]) == 0
    older.replace("terms/2023-spring/fees.csv", "15.00", "18.00")
    capsys.readouterr()
    assert main(["guard", "--root", str(older.root), "--base", base]) == 1
    said = capsys.readouterr().out
    assert "“2023-spring/F03（作业本费）”" in said
    assert "公布日期" not in said
    found = base_facts(older.root, base, builds)
    assert found.name == base[:12], "and not an older state in its place"
    assert len(found.facts) > 100


def test_the_ledger_reads_every_state_of_the_history(older: SchoolRepository) -> None:
    older.replace("terms/2023-spring/fees.csv", "期末据实结算，多退少补", "期末据实结算，多退少补。")
    older.append(
        "corrections.csv",
        "C-004,2023-08-12,fees,2023-spring/F03,退费办法,期末据实结算，多退少补,期末据实结算，多退少补。,更正,标点,校长",
    )
    older.commit("2023-08-12")
    checked = check(older.root)
    assert not checked.errors, [as_text(problem, checked.language) for problem in checked.errors]
    assert [str(entry.date) for entry in checked.ledger.entries][:1] == ["2023-02-10"]
    entries = checked.ledger.entries
    assert len(entries) == 3
    assert entries[0].facts == entries[1].facts != entries[2].facts, "a retired column states nothing"


def test_what_a_site_of_an_earlier_version_states_of_them_is_told(older: SchoolRepository, tmp_path: Path) -> None:
    dataset, _ = load(older.root)
    assert dataset
    rows = (
        as_csv(facts(dataset))
        + b"statements,2023/2023-05,published_on,2023-06-20\nterms,2023-spring,fees_posted,2023-02-10\n"
    )
    assert from_csv(rows) == facts(dataset)
    site = tmp_path / "site"
    (site / "data").mkdir(parents=True)
    (site / "data/facts.csv").write_bytes(rows)
    assert main(["guard", "--root", str(older.root), "--base", str(site)]) == 0


def test_a_correction_of_that_time_is_read_and_shown(older: SchoolRepository, tmp_path: Path) -> None:
    row = "C-004,2023-06-21,statements,2023/2023-05,{field},2023-06-15,2023-06-20,更正,填错,校长"
    older.append("corrections.csv", row.format(field="公布日期"))
    older.append("corrections.csv", row.format(field="published_on").replace("C-004", "C-005"))
    older.commit("2023-08-13")
    built = build(older.root, tmp_path / "site", durable=False)
    assert built.published, [as_text(problem, built.checked.language) for problem in built.checked.errors]
    changes = (tmp_path / "site/changes/index.html").read_text(encoding="utf-8")
    assert changes.count("公布日期") >= 2
    assert "published_on" not in changes


def test_no_retired_name_is_used_by_a_column_of_today() -> None:
    models = {sheet.record for sheet in SHEETS}
    models |= {inner for model in models for info in model.model_fields.values() if (inner := nested(info))}
    checked = 0
    for model in models:
        used = {word for title in titles(model) for word in (title.name, title.zh, title.en)}
        for old in model.retired:
            assert not used & {old.name, old.zh, old.en}
            checked += 1
    assert checked == len(retired()) == 2


def test_nothing_states_a_retired_column(sample: Path) -> None:
    dataset, _ = load(sample)
    assert dataset
    assert not retired() & {(item.table, name) for item in stated(dataset) for name in type(item.value).model_fields}


def test_an_editor_is_told_that_an_entry_is_no_longer_used() -> None:
    entry = schemas()["terms"]["$defs"]["Term"]["properties"]["收费公示日"]
    assert entry["deprecated"] is True
    assert "公布的日期由公布记录算出" in entry["description"]
