"""The dataset: files, references, keys, printed totals and places."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.dataset import SHEETS, load
from generator.locale import language
from generator.problems import as_text
from generator.records import columns, titles

ZH = language("zh")


def said(root: Path) -> list[str]:
    return [as_text(problem, ZH) for problem in load(root)[1]]


def change(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_sample_is_read_without_a_problem(sample: Path) -> None:
    dataset, problems = load(sample)
    assert problems == []
    assert dataset is not None
    assert [len(r) for r in (dataset.fees, dataset.lines, dataset.statements, dataset.events)] == [7, 192, 6, 19]
    assert len(dataset.plans[0].measures) == 24


def test_every_value_of_every_table_stands_at_its_place(sample: Path) -> None:
    dataset, _ = load(sample)
    assert dataset is not None
    seen = 0
    for file in dataset.files:
        if not file.path.endswith(".csv"):
            continue
        lines = (sample / file.path).read_text(encoding="utf-8").splitlines()
        for record in file.records:
            for title in titles(type(record)):
                value = getattr(record, title.name)
                if title.path or not isinstance(value, str):
                    continue
                place = record.place(title.name)
                at = lines[place.line - 1][place.column - 1 :].lstrip('"')
                assert at.startswith(value), (place, value)
                seen += 1
    assert seen > 700


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        (
            "data/terms/2023-spring/collections.csv", "F03,695", "F30,695",
            "data/terms/2023-spring/collections.csv:2:1 (A2): error[reference]: 项目编号：“F30”在对应的登记表里查不到；是不是要写“F03”？",
        ),
        (
            "data/terms/2023-spring/fees.csv", "F04,住宿费", "F03,住宿费",
            "data/terms/2023-spring/fees.csv:5:1 (A5): error[duplicate]: 编号“2023-spring/F03”用了两次；每一条要有自己的编号"
            "（另见 A4）",
        ),
        (
            "data/finance/2023/budget.csv", "支出合计,,支出,8284884.00", "支出合计,,支出,8284884.01",
            "data/finance/2023/budget.csv:35:10 (D35): error[total]: 合计写的是 8,284,884.01，但 24 行加起来是 8,284,884.00；"
            "请改正合计，或改正写错的那一行（另见 D11、D34）",
        ),
        (
            "data/school.yml", "主管部门:", "主管部们:",
            "data/school.yml:6:1: error[key]: 不认识“主管部们”这个条目；是不是要写“主管部门”？",
        ),
        (
            "data/terms/2023-spring/plan.yml", "责任岗位: [utilities-inspector]", "责任岗位: [utility-inspector]",
            "data/terms/2023-spring/plan.yml:21:80: error[reference]: 责任岗位：“utility-inspector”在对应的登记表里查不到；是不是要写“utilities-inspector”？",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place_and_what_to_do(
    school: Path, file: str, old: str, new: str, line: str
) -> None:
    change(school, file, old, new)
    assert line in said(school)


def test_a_file_that_no_register_knows_is_told(school: Path) -> None:
    (school / "data/terms/2023-spring/fee.csv").write_text("", encoding="utf-8")
    assert said(school) == [
        "data/terms/2023-spring/fee.csv: error[file-unknown]: 没有哪个登记表用这个文件名；是不是要写“fees.csv”？"
    ]


def test_a_register_may_be_kept_as_yaml_with_the_same_result(school: Path) -> None:
    before, _ = load(school)
    folder = school / "data/terms/2023-spring"
    (folder / "collections.csv").unlink()
    (folder / "collections.yml").write_text(
        "- {fee: F03, 人数: 695, 收取: 10425.00, 实际成本: 10147.00, 退还: 278.00, 结算日期: 2023-07-05, 备注: 代收票据（示例）}\n"
        "- {项目编号: F07, payers: 612, collected: 110160.00, cost: 110160.00, refunded: 0.00, settled_on: 2023-07-07, 备注: 财政票据（示例）}\n",
        encoding="utf-8",
    )
    after, problems = load(school)
    assert problems == []
    assert before is not None
    assert after is not None
    assert after.settlements == before.settlements
    assert str(after.settlements[0].place("collected")) == "data/terms/2023-spring/collections.yml:1:27"


def test_the_same_register_in_two_files_is_refused(school: Path) -> None:
    (school / "data/corrections.yml").write_text("[]\n", encoding="utf-8")
    assert said(school) == [
        "data/corrections.yml: error[file-twice]: 同一张登记表还写在 data/corrections.csv 里；两个文件只留一个（另见 data/corrections.csv）"
    ]


def test_without_a_school_there_is_one_clear_problem(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    assert said(tmp_path) == [
        "data/school.yml: error[file-missing]: 缺少这个文件；每所学校都要有这个文件，写法见数据字典"
    ]


def test_english_headers_mean_the_same(school: Path) -> None:
    before, _ = load(school)
    for file in sorted((school / "data").rglob("*.csv")):
        sheet = next(s for s in SHEETS if s.path.rsplit("/", 1)[-1] == file.stem)
        names = {t.zh: t.name for t in titles(sheet.record)}
        header, _, rest = file.read_text(encoding="utf-8").partition("\n")
        file.write_text(",".join(names[title] for title in header.split(",")) + "\n" + rest, encoding="utf-8")
    after, problems = load(school)
    assert problems == []
    assert before is not None
    assert after is not None
    assert [file.records for file in after.files] == [file.records for file in before.files]


def test_the_order_of_rows_changes_no_record(school: Path) -> None:
    before, _ = load(school)
    for file in sorted((school / "data").rglob("*.csv")):
        header, *rows = file.read_text(encoding="utf-8").splitlines()
        file.write_text("\n".join([header, *reversed(rows)]) + "\n", encoding="utf-8")
    after, problems = load(school)
    assert problems == []
    assert before is not None
    assert after is not None
    for old, new in zip(before.files, after.files, strict=True):
        assert sorted(old.records, key=lambda r: r.key) == sorted(new.records, key=lambda r: r.key)


def test_titles_of_a_table_are_unique(check_lines: Callable[..., list[str]]) -> None:
    for sheet in SHEETS:
        words = [word for column in columns(sheet.record) for word in (column.name, *column.titles)]
        assert len({word.lower() for word in words if word.isascii()}) >= len(columns(sheet.record))
        chinese = [title.zh for title in titles(sheet.record)]
        assert len(chinese) == len(set(chinese))


def test_one_mistake_gives_one_message(school: Path, check_lines: Callable[..., list[str]]) -> None:
    change(school, "data/terms/2023-spring/fees.csv", ",15.00,", ",15元,")
    assert [line for line in check_lines(school) if "error[" in line] == [
        "data/terms/2023-spring/fees.csv:4:20 (E4): error[amount]: 收费标准：“15元”不是金额；请写成 15，只填数字，不带单位"
    ]


def test_another_mistake_in_the_same_file_is_told_at_once(school: Path, check_lines: Callable[..., list[str]]) -> None:
    change(
        school, "data/finance/2023/lines.csv", "2023-02,30201,办公费,支出,28680.00", "2023-02,30201,办公费,支出,两万"
    )
    change(school, "data/finance/2023/lines.csv", "2023-03,30202,", "2023-03,39999,")
    errors = [line.split("error[")[1].split("]")[0] for line in check_lines(school) if "error[" in line]
    assert sorted(errors) == ["FIN-05", "amount"]
