"""The school of many years is whole: what it is measured on would otherwise be what stops a build."""

from __future__ import annotations

from bench.school import Plan, change_one_row, make_school
from generator.build import check
from generator.problems import Severity


def test_a_school_of_many_years_has_no_errors(tmp_path):
    rows = make_school(tmp_path, Plan(years=10))

    checked = check(tmp_path)

    assert [problem for problem in checked.problems if problem.severity is Severity.ERROR] == []
    data = checked.books.data
    assert (len(data.terms), len(data.statements), len(data.lines)) == (20, 120, 3840)
    assert len(data.plans) == 20
    assert all(len(plan.measures) == 24 for plan in data.plans)
    assert rows == sum(len(file.records) for file in data.files if not file.sheet.document) + 2 * 10


def test_variants_of_a_county_have_no_errors_and_differ(tmp_path):
    incomes = set()
    for number in range(12):
        make_school(tmp_path / str(number), Plan(number=number, years=1))
        checked = check(tmp_path / str(number))
        assert checked.errors == ()
        incomes.add(checked.books.data.statements[0].income)
    assert len(incomes) == 11, "eleven scales, then they begin again"


def test_two_runs_write_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        make_school(tmp_path / name, Plan(years=2))
    files = [path.relative_to(tmp_path / "one") for path in sorted((tmp_path / "one").rglob("*")) if path.is_file()]
    assert files
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_one_row_changes_one_line_of_one_file(tmp_path):
    plan = Plan(years=1)
    make_school(tmp_path, plan)
    lines = tmp_path / "data" / "finance" / "2023" / "lines.csv"
    before = lines.read_text(encoding="utf-8").splitlines()

    changed = change_one_row(tmp_path, plan, "另有说明")

    after = changed.read_text(encoding="utf-8").splitlines()
    assert changed == lines
    assert len([1 for a, b in zip(before, after, strict=True) if a != b]) == 1
    assert check(tmp_path).errors == ()
