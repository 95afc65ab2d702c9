"""The guard as people meet it: a change of what was published is told, with the row that would make it right."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import builds, check
from generator.cli import main
from generator.dataset import Dataset, load
from generator.problems import Problem, Severity
from generator.trust.facts import Facts, facts
from generator.trust.guard import guard
from tests import sample_ledger
from tests.conftest import ROOT
from tests.trust.conftest import SchoolRepository

FEES, CORRECTIONS = "terms/2023-spring/fees.csv", "corrections.csv"
DAY = dt.date(2023, 8, 20)


@pytest.fixture(scope="session")
def published() -> Facts:
    dataset, _ = load(ROOT)
    assert dataset
    return facts(dataset)


def dataset_of(root: Path) -> Dataset:
    dataset, problems = load(root)
    assert dataset, problems
    return dataset


def guarded(repository: SchoolRepository, base: Facts) -> list[Problem]:
    return guard(base, dataset_of(repository.root), DAY)


def test_the_sample_itself_passes(repository: SchoolRepository, published: Facts) -> None:
    assert guarded(repository, published) == []


def test_a_changed_fee_is_told_with_its_place_and_the_row_to_add(
    repository: SchoolRepository, said: Callable[[], str]
) -> None:
    repository.replace(FEES, "15.00", "18.00")
    assert main(["guard", "--root", str(repository.root), "--base", "HEAD"]) == 1
    lines = said().splitlines()
    row = "C-004,2023-08-20,fees,2023-spring/F03,收费标准,15.00,18.00,更正,（写明原因）,（批准岗位）"
    assert lines == [
        "data/terms/2023-spring/fees.csv:4:20 (E4): error[published]: “2023-spring/F03（作业本费）”的“收费标准”公布时是“15.00”，"
        f"现在是“18.00”，没有登记更正；如果改错了，请恢复原样；"
        f"如果确实要改，请在 data/corrections.csv 末尾加上这一行，写明原因和批准岗位：{row}",
        f"比较了 {repository.start[:12]} 公布过的 {len(facts(dataset_of(ROOT)))} 项内容：改动 1 项，错误 1 个。",
        "如果确实要改，请把下面几行加到 data/corrections.csv 末尾：",
        row,
    ]


def test_the_row_that_it_prints_makes_it_right_once_it_is_filled_in(
    repository: SchoolRepository, said: Callable[[], str]
) -> None:
    repository.replace(FEES, "15.00", "18.00")
    repository.replace("terms/2023-spring/plan.yml", "状态: 已完成", "状态: 进行中")
    path = repository.root / "data" / FEES
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("F06,")), encoding="utf-8")
    assert main(["guard", "--root", str(repository.root), "--base", "HEAD"]) == 1
    rows = [line for line in said().splitlines() if line.startswith("C-0")]
    assert len(rows) == 3
    for row in rows:
        repository.append(CORRECTIONS, row)
    assert main(["check", "--root", str(repository.root)]) == 1, "what is left to fill in must be filled in"
    assert "“（写明原因）”还没有填" in said()
    repository.replace(
        CORRECTIONS, rows[0], rows[0].replace("（写明原因）", "中标价变动").replace("（批准岗位）", "校长")
    )
    for row in rows[1:]:
        repository.replace(CORRECTIONS, row, row.replace("（写明原因）", "录入错误").replace("（批准岗位）", "校长"))
    assert main(["guard", "--root", str(repository.root), "--base", "HEAD"]) == 0
    assert "改动 3 项，都登记了更正" in said()


def test_a_row_that_stands_twice_is_one_error_and_no_change(repository: SchoolRepository, published: Facts) -> None:
    row = next(line for line in (repository.root / "data" / FEES).read_text("utf-8").splitlines() if "F03" in line)
    repository.append(FEES, row)
    assert guarded(repository, published) == []
    assert [p.code for p in check(repository.root).problems if p.severity is Severity.ERROR] == ["duplicate"]
    repository.replace(FEES, "F04,", "F05,")
    assert [str(problem.place) for problem in guarded(repository, published)] == [f"data/{FEES}"], "F04 is gone"


HARMLESS = {
    "rows in another order": lambda text: "".join([(lines := text.splitlines(True))[0], *reversed(lines[1:])]),
    "12.5 for 12.50": lambda text: text.replace("15.00", "15.0").replace("2.00", "2"),
    "English headers": lambda text: text.replace("项目编号,收费项目", "Item id,Item", 1),
    "English words": lambda text: text.replace(",代收费,", ",collected for a provider,").replace(",否,", ",no,"),
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMLESS)
def test_how_it_is_written_makes_no_difference(name: str, repository: SchoolRepository, published: Facts) -> None:
    path = repository.root / "data" / FEES
    text = path.read_text(encoding="utf-8")
    written = HARMLESS[name](text)
    assert written != text
    path.write_text(written, encoding="utf-8", newline="")
    assert guarded(repository, published) == []


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_the_encoding_makes_no_difference(encoding: str, repository: SchoolRepository, published: Facts) -> None:
    path = repository.root / "data" / FEES
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    assert guarded(repository, published) == []


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("C-004,2023-08-20,fees,2023-spring/F03,amount,15.00,18.00,更正,中标价变动,校长", []),
        ("C-004,2023-08-20,fees,2023-spring/F03,收费标准,15,18,update,中标价变动,校长", []),
        ("C-004,2023-08-20,fees,2023-spring/F03,收费标准,14.00,18.00,更正,中标价变动,校长", ["15.00", "“14.00”"]),
        ("C-004,2023-08-20,fees,2023-spring/F03,收费标准,15.00,17.00,更正,中标价变动,校长", ["18.00"]),
        ("C-004,2023-08-20,fees,2023-spring/F04,收费标准,15.00,18.00,更正,中标价变动,校长", ["18.00", "“15.00”"]),
        ("C-004,2023-08-20,fees,2023-spring/F03,收费标准,,,隐私,删除个人信息,校长", ["18.00", "“”"]),
    ],
    ids=[
        "told",
        "told in other words",
        "wrong old value",
        "wrong new value",
        "another record",
        "privacy hides no figure",
    ],
)
def test_only_a_correction_that_tells_the_truth_covers_a_change(
    row: str, says: list[str], repository: SchoolRepository, published: Facts
) -> None:
    repository.replace(FEES, "15.00", "18.00")
    repository.append(CORRECTIONS, row)
    problems = [str(problem.message.values) for problem in guarded(repository, published)]
    assert len(problems) >= len(says[:1])
    assert bool(problems) == bool(says)
    for expected in says[:1]:
        assert any(expected in problem for problem in problems), problems


def test_privacy_covers_words_and_tells_nothing(repository: SchoolRepository, published: Facts) -> None:
    repository.replace("terms/2023-spring/collections.csv", "代收票据（示例）", "")
    assert [problem.code for problem in guarded(repository, published)] == ["published"]
    repository.append(CORRECTIONS, "C-004,2023-08-20,collections,2023-spring/F03,备注,,,隐私,删除误填的个人信息,校长")
    assert guarded(repository, published) == []


def test_an_empty_field_that_is_filled_in_and_work_that_goes_on_are_no_changes(
    repository: SchoolRepository, published: Facts
) -> None:
    repository.replace("terms/2023-spring/calendar.csv", "m3.4,,", "m3.4,已清点,2023-08-19")
    repository.replace("terms/2023-spring/plan.yml", "完成日期: 2023-02-11}", "完成日期: 2023-02-11, 结果: 已发放}")
    assert guarded(repository, published) == []


def test_a_correction_cannot_be_taken_back_silently(repository: SchoolRepository, published: Facts) -> None:
    path = repository.root / "data" / CORRECTIONS
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:1] + lines[2:]), encoding="utf-8")
    problems = guarded(repository, published)
    assert [problem.place.file for problem in problems] == ["data/corrections.csv"]
    assert "C-001" in str(problems[0].message.values)


def test_an_emptied_register_is_a_vanished_one(repository: SchoolRepository, published: Facts) -> None:
    path = repository.root / "data" / FEES
    path.write_text(path.read_text(encoding="utf-8").splitlines(keepends=True)[0], encoding="utf-8")
    assert len(guarded(repository, published)) == 7
    path.unlink()
    assert len(guarded(repository, published)) == 7


def test_every_step_of_the_sample_ledger_passes_the_guard() -> None:
    before: Facts = {}
    for day in sample_ledger.DAYS:
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / "data", Path(folder) / "data")
            if day != sample_ledger.DAYS[-1]:
                sample_ledger.put_back(Path(folder) / "data", day)
            dataset = dataset_of(Path(folder))
            assert guard(before, dataset, dt.date.fromisoformat(day)) == []
            before = facts(dataset)


def test_the_sample_ledger_is_that_of_the_sample() -> None:
    assert (ROOT / "ledger.jsonl").read_bytes() == sample_ledger.ledger().content, (
        "the sample's data changed: run python -m tests.sample_ledger"
    )


# Published, and draft


def test_a_commit_on_a_branch_is_a_draft(repository: SchoolRepository) -> None:
    repository.git("switch", "-q", "-c", "draft")
    repository.append(FEES, "F09,示例项目,免费,元/生·期,0.00,,否,全体学生,,,,示例依据,示例机关,2023-02-01,,,,")
    repository.commit("2023-08-01")
    repository.replace(FEES, "F09,示例项目", "F09,另一项目")
    repository.commit("2023-08-02")
    assert [problem for problem in check(repository.root).problems if problem.code == "published"] == []
    repository.replace(FEES, "15.00", "18.00")
    assert [problem.value for problem in check(repository.root).problems if problem.code == "published"] == ["18.00"]


def test_a_commit_that_did_not_build_published_nothing_and_hides_nothing(repository: SchoolRepository) -> None:
    repository.replace(FEES, "15.00", "18元")
    broken = repository.commit("2023-08-01")
    assert builds(repository.root) is None
    repository.replace(FEES, "18元", "18.00")
    for base in (broken, "HEAD"):
        assert main(["guard", "--root", str(repository.root), "--base", base]) == 1
    repository.replace(FEES, "18.00", "15.00")
    assert main(["guard", "--root", str(repository.root), "--base", broken]) == 0


def test_a_base_may_be_the_folder_of_a_school_or_of_its_site(
    repository: SchoolRepository, tmp_path: Path, said: Callable[[], str]
) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "copy/data")
    assert main(["build", "--root", str(repository.root), "--out", str(tmp_path / "site")]) == 0
    repository.replace(FEES, "15.00", "18.00")
    said()
    for base in (tmp_path / "copy", tmp_path / "site"):
        assert main(["guard", "--root", str(repository.root), "--base", str(base)]) == 1
        assert "“15.00”" in said()
    assert main(["guard", "--root", str(repository.root), "--base", "no-such-revision"]) == 2
    assert "既不是 git 版本，也不是有数据的文件夹" in said()


def test_a_base_that_hides_files_from_archives_hides_nothing(repository: SchoolRepository) -> None:
    (repository.root / "data/.gitattributes").write_text("* export-ignore\n", encoding="utf-8")
    repository.commit("2023-08-01")
    repository.replace(FEES, "15.00", "18.00")
    assert main(["guard", "--root", str(repository.root), "--base", "HEAD"]) == 1


# Corrections that the data contradicts


def test_a_correction_that_the_data_contradicts_is_an_error(school: Path) -> None:
    path = school / "data/corrections.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("4367.00,4637.00", "4367.00,4673.00"), encoding="utf-8")
    found = [problem for problem in check(school).problems if problem.code == "correction"]
    assert [(problem.place.cell, problem.value) for problem in found] == [("G2", "4673.00")]
    assert [place.file for place in found[0].related] == ["data/finance/2023/lines.csv"]


def test_corrections_of_one_value_follow_each_other(school: Path) -> None:
    with (school / "data/corrections.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(
            [
                "C-004",
                "2023-06-01",
                "lines",
                "2023/2023-04/30206",
                "金额",
                "4600.00",
                "4637.00",
                "更正",
                "再核对",
                "校长",
            ]
        )
    found = [problem for problem in check(school).problems if problem.code == "correction"]
    assert [(problem.place.cell, problem.value) for problem in found] == [("F5", "4600.00")]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (FEES, "收费标准", "标准"),
        (FEES, "F03,作业本费,代收费,元/生·期,15.00", "F03,作业本费,代收费,元/生·期,15元"),
        (CORRECTIONS, "C-003,2023-05-15", "C-003,2023/5/15"),
        (CORRECTIONS, "C-003,", "C-002,"),
    ],
    ids=["a renamed column", "a fee with its unit", "a date as a spreadsheet writes it", "an id used twice"],
)
def test_one_mistake_is_told_once(file: str, old: str, new: str, repository: SchoolRepository) -> None:
    before = {problem for problem in check(repository.root).problems if problem.severity is not Severity.ERROR}
    repository.replace(file, old, new)
    checked = check(repository.root)
    assert [problem.place.file for problem in checked.errors] == [f"data/{file}"]
    assert {problem for problem in checked.problems if problem.severity is not Severity.ERROR} <= before
