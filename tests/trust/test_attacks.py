"""Attacks that once got past the guard: what a clever clerk, a principal or a pull request might try."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path

import pytest

from generator.build import check
from generator.cli import main
from generator.trust.facts import Facts, facts
from generator.trust.guard import compare
from generator.trust.history import Repository
from tests.trust.conftest import SchoolRepository
from tests.trust.test_guard import DAY, FEES, dataset_of, guarded

CORRECTIONS, COLLECTIONS = "corrections.csv", "terms/2023-spring/collections.csv"


@pytest.fixture
def before(repository: SchoolRepository) -> Facts:
    return facts(dataset_of(repository.root))


def codes(repository: SchoolRepository, base: Facts) -> list[str]:
    return [problem.code for problem in guarded(repository, base)]


@pytest.mark.parametrize(
    ("file", "old", "new", "record", "field", "value"),
    [
        (FEES, "元/生·期,15.00,,", "元/生·期,15.00,20,", "fees,2023-spring/F03", "本期数量", "20"),
        (FEES, "2022-09-01,,低保", "2022-09-01,2023-01-01,低保", "fees,2023-spring/F03", "有效期止", "2023-01-01"),
        (
            "terms/2023-spring/calendar.csv",
            "office,,m2.1",
            "office,BG,m2.1",
            "calendar,2023-spring/c02-1",
            "校区",
            "BG",
        ),
    ],
    ids=["collected twenty times", "ended long ago", "for one campus only"],
)
def test_an_empty_cell_that_says_something_is_not_filled_in_silently(
    file: str, old: str, new: str, record: str, field: str, value: str, repository: SchoolRepository, before: Facts
) -> None:
    repository.replace(file, old, new)
    assert codes(repository, before) == ["published"]
    repository.append(CORRECTIONS, f"C-004,2023-08-20,{record},{field},,{value},更新,补充通知,校长")
    assert codes(repository, before) == []


@pytest.mark.parametrize(
    ("old", "new", "field", "passes"),
    [
        ("作业本费,代收费,元/生·期", "作业本费,代收费,元/生·月", "计费单位", False),
        ("F03,作业本费", "F03,资料费", "收费项目", False),
        ("期末据实结算，多退少补,据实", "概不退还,据实", "退费办法", False),
        ("期末据实结算，多退少补,据实", "××据实结算，多退少补,据实", "退费办法", True),
    ],
)
def test_privacy_takes_words_away_and_puts_no_others_there(
    old: str, new: str, field: str, passes: bool, repository: SchoolRepository, before: Facts
) -> None:
    repository.replace(FEES, old, new)
    repository.append(CORRECTIONS, f"C-004,2023-08-20,fees,2023-spring/F03,{field},,,隐私,删除个人信息,校长")
    problems = guarded(repository, before)
    assert {problem.code for problem in problems} == (set() if passes else {"published"})
    assert passes or "×" in str(problems[0].fix)  # and no row that quotes what had to go


@pytest.mark.parametrize(("payers", "passes"), [("695", True), ("700", False)])
def test_what_was_withdrawn_does_not_come_back_changed(payers: str, passes: bool, repository: SchoolRepository) -> None:
    line = next(line for line in (repository.root / "data" / COLLECTIONS).read_text().splitlines() if line[:3] == "F03")
    before = facts(dataset_of(repository.root))
    repository.replace(COLLECTIONS, f"{line}\n", "")
    (row,) = compare(before, dataset_of(repository.root), DAY).rows
    repository.append(CORRECTIONS, row.replace("（写明原因）", "重复登记").replace("（批准岗位）", "校长"))
    assert codes(repository, before) == []
    withdrawn = facts(dataset_of(repository.root))
    repository.append(COLLECTIONS, line.replace("695", payers, 1))
    assert codes(repository, withdrawn) == ([] if passes else ["published"])


def test_a_tag_named_like_the_main_branch_is_not_it(repository: SchoolRepository) -> None:
    repository.git("update-ref", "refs/remotes/origin/main", repository.start)
    repository.replace(COLLECTIONS, "代收票据（示例）", "代收票据")
    repository.git("tag", "origin/main", repository.commit("2023-08-01"))
    assert main(["guard", "--root", str(repository.root), "--base", "origin/main"]) == 1
    assert [problem.code for problem in check(repository.root).errors] == ["published"]


def test_a_folder_named_like_a_revision_is_not_it(
    repository: SchoolRepository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    repository.replace(COLLECTIONS, "代收票据（示例）", "代收票据")
    for name in ("main", "HEAD~0"):
        shutil.copytree(repository.root / "data", tmp_path / name / "data")
    monkeypatch.chdir(tmp_path)
    for base in ("main", "HEAD~0"):
        assert main(["guard", "--root", str(repository.root), "--base", base]) == 1


def test_a_replaced_commit_says_what_it_said(repository: SchoolRepository) -> None:
    repository.replace(COLLECTIONS, "代收票据（示例）", "代收票据")
    changed = repository.commit("2023-08-01")
    repository.git("replace", repository.start, changed)
    assert main(["guard", "--root", str(repository.root), "--base", repository.start]) == 1


@pytest.mark.skipif(os.name == "nt", reason="the command is one of POSIX")
@pytest.mark.parametrize("what", ["HEAD:data", "HEAD"])
def test_the_folder_of_a_stranger_runs_no_command(what: str, repository: SchoolRepository, tmp_path: Path) -> None:
    gone = repository.git("rev-parse", what)
    for name, value in {
        "core.repositoryFormatVersion": "1", "extensions.partialClone": "origin", "remote.origin.promisor": "true",
        "remote.origin.url": f"ext::touch {tmp_path}/ran", "protocol.ext.allow": "always",
    }.items():  # fmt: skip
        repository.git("config", name, value)
    (repository.root / ".git/objects" / gone[:2] / gone[2:]).unlink()
    assert Repository(repository.root)._git("cat-file", "-e", gone) is None
    check(repository.root)
    assert not (tmp_path / "ran").exists()


def test_today_does_not_go_back_behind_what_was_published(repository: SchoolRepository) -> None:
    """A commit dated back would make findings disappear that were there already."""
    repository.replace("school.yml", "示例: 是", "示例: 否")
    repository.commit("2023-09-01")
    checked = check(repository.root)
    (repository.root / "ledger.jsonl").write_bytes(checked.ledger.content)
    assert checked.books
    assert checked.books.today == dt.date(2023, 9, 1)
    repository.replace("school.yml", "地址:", "备案号: 示例-1\n地址:")
    repository.commit("2023-02-01")
    again = check(repository.root)
    assert again.books
    assert again.books.today == dt.date(2023, 9, 1)
    assert {finding.id for finding in checked.books.open} <= {finding.id for finding in again.books.open}
