"""What was published before a build is known from the ledger and from git, and a rewritten history is noticed."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import check
from generator.cli import main
from generator.problems import Problem, Severity
from generator.trust.published import Sources
from tests.conftest import ROOT
from tests.trust.conftest import SchoolRepository

FEES = "terms/2023-spring/fees.csv"
NEW_FEE = "F09,示例项目,免费,元/生·期,0.00,,否,全体学生,,,,示例依据,示例机关,2023-02-01,,,,"


def trusted(root: Path, **sources: Path) -> list[Problem]:
    """What a check says about trust."""
    codes = ("published", "ledger", "correction")
    return [problem for problem in check(root, sources=Sources(**sources)).problems if problem.code in codes]


def test_without_a_ledger_the_days_come_from_the_main_branch(repository: SchoolRepository) -> None:
    repository.append(FEES, NEW_FEE)
    repository.commit("2023-04-01")
    (repository.root / "data/README.md").write_text("no data\n", encoding="utf-8")
    repository.commit("2023-05-01")
    ledger = check(repository.root).ledger
    assert [entry.date.isoformat() for entry in ledger.entries] == ["2023-02-10", "2023-04-01"]
    assert ledger.entries[0].commit == repository.start
    assert ledger.first_published().day("fees", "2023-spring/F09") == dt.date(2023, 4, 1)


def test_a_statement_that_first_appears_later_says_so(repository: SchoolRepository) -> None:
    text = (repository.root / "data/finance/2023/statements.csv").read_text(encoding="utf-8")
    lines = (repository.root / "data/finance/2023/lines.csv").read_text(encoding="utf-8")
    for name, whole in (("statements", text), ("lines", lines)):
        kept = "".join(line for line in whole.splitlines(keepends=True) if not line.startswith("2023-07"))
        (repository.root / f"data/finance/2023/{name}.csv").write_text(kept, encoding="utf-8")
    repository.git("checkout", "-q", "--orphan", "anew")
    repository.git("branch", "-q", "-D", "main")
    repository.git("branch", "-q", "-m", "main")
    repository.commit("2023-08-01")
    (repository.root / "data/finance/2023/statements.csv").write_text(text, encoding="utf-8")
    (repository.root / "data/finance/2023/lines.csv").write_text(lines, encoding="utf-8")
    repository.commit("2023-12-03")
    checked = check(repository.root, dt.date(2023, 12, 10))
    assert checked.ledger.first_published().day("statements", "2023/2023-07") == dt.date(2023, 12, 3)
    late = [p for p in checked.problems if p.code == "FIN-06" and "2023-12-03" in str(p.message.values)]
    assert late or any(
        p.code == "FIN-06" and dt.date(2023, 12, 3) in p.message.values.values() for p in checked.problems
    )


def test_a_state_with_errors_was_never_published(repository: SchoolRepository) -> None:
    repository.append(FEES, NEW_FEE.replace("0.00", "0元"))
    repository.commit("2023-04-01")
    repository.replace(FEES, "0元", "0.00")
    repository.commit("2023-04-20")
    first = check(repository.root).ledger.first_published()
    assert first.day("fees", "2023-spring/F09") == dt.date(2023, 4, 20)


def test_what_is_not_committed_is_a_draft_at_the_end(repository: SchoolRepository) -> None:
    repository.append(FEES, NEW_FEE)
    entries = check(repository.root).ledger.entries
    assert [entry.commit for entry in entries[:1]] == [repository.start]
    assert entries[1].records == {"fees": ("2023-spring/F09",)}


def with_ledger(repository: SchoolRepository) -> Path:
    """Publish the first state, and keep its ledger as a workflow would."""
    site = repository.root.parent / "live"
    assert main(["build", "--root", str(repository.root), "--out", str(site)]) == 0
    kept = repository.root / "ledger.jsonl"
    shutil.copy(site / "ledger.jsonl", kept)
    return kept


def test_the_ledger_of_the_live_site_goes_on(repository: SchoolRepository) -> None:
    kept = with_ledger(repository)
    repository.append(FEES, NEW_FEE)
    repository.commit("2023-08-21")
    checked = check(repository.root, dt.date(2023, 8, 21))
    assert trusted(repository.root) == []
    assert checked.ledger.content.startswith(kept.read_bytes())
    assert len(checked.ledger.entries) == 2


def test_a_published_figure_is_compared_with_the_ledger_even_on_the_main_branch(repository: SchoolRepository) -> None:
    with_ledger(repository)
    repository.replace(FEES, "15.00", "18.00")
    repository.commit("2023-08-21")
    assert [problem.code for problem in trusted(repository.root)] == ["published"]
    assert main(["build", "--root", str(repository.root), "--out", str(repository.root.parent / "live")]) == 1


def test_a_rewritten_history_is_noticed(repository: SchoolRepository) -> None:
    """The base branch itself is rewritten: the changed figure looks as if it had always been there."""
    with_ledger(repository)
    repository.replace(FEES, "15.00", "18.00")
    repository.git("add", "-A")
    repository.git("commit", "-q", "--amend", "-m", "as if nothing had happened")
    repository.git("reflog", "expire", "--expire=now", "--all")
    repository.git("gc", "-q", "--prune=now")
    (problem,) = trusted(repository.root)
    assert (problem.code, problem.severity) == ("ledger", Severity.ERROR)
    live = repository.root.parent / "live"
    assert [p.code for p in trusted(repository.root, site=live)] == ["published"], "the live site still has the facts"


def test_without_any_history_the_live_site_is_compared_with(repository: SchoolRepository, tmp_path: Path) -> None:
    with_ledger(repository)
    shutil.rmtree(repository.root / ".git")
    repository.replace(FEES, "15.00", "18.00")
    (problem,) = trusted(repository.root)
    assert (problem.code, problem.severity) == ("ledger", Severity.WARNING)
    assert [p.code for p in trusted(repository.root, site=repository.root.parent / "live")] == ["published"]


@pytest.mark.parametrize("damage", [b"x", b"\n", b'{"seq":99}\n'])
def test_a_damaged_ledger_stops_the_build(damage: bytes, repository: SchoolRepository) -> None:
    kept = with_ledger(repository)
    kept.write_bytes(kept.read_bytes() + damage)
    assert [(problem.code, problem.place.file) for problem in trusted(repository.root)] == [("ledger", "ledger.jsonl")]


def test_the_command_prints_what_was_published_when(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", "--root", str(sample)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len((ROOT / "ledger.jsonl").read_bytes().splitlines())
    assert lines[4].endswith("改动文件 3 个，新增记录 3 条，更正 C-001、C-002、C-003")


def test_the_facts_are_listed_canonically(sample: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["facts", "--root", str(sample)]) == 0
    lines = capfdbinary.readouterr().out.decode().splitlines()
    assert lines[0] == "table,record,field,value"
    assert "fees,2023-spring/F03,amount,15.00" in lines
    assert "plan,2023-spring/safety/m2.3,status,running" in lines
    assert lines[1:] == sorted(lines[1:], key=lambda line: line.split(",")[:3])


def test_the_site_offers_the_facts_and_the_ledger(
    repository: SchoolRepository, said: Callable[[], str], tmp_path: Path
) -> None:
    site = tmp_path / "site"
    assert main(["build", "--root", str(repository.root), "--out", str(site)]) == 0
    newest = check(repository.root).ledger.newest
    assert newest
    assert f"核对码 {newest.code}" in said()
    for page in ("index.html", "how-to-check/index.html", "fees/2023-spring/notice/index.html", "404.html"):
        assert f'<code class="ledger-code">{newest.code}</code>' in (site / page).read_text(encoding="utf-8")
    assert (site / "ledger.jsonl").read_bytes() == check(repository.root).ledger.content


def test_a_site_is_not_published_from_half_a_history(repository: SchoolRepository, tmp_path: Path) -> None:
    repository.append(FEES, NEW_FEE)
    repository.commit("2023-04-01")
    repository.git("clone", "-q", "--depth", "1", repository.root.as_uri(), str(tmp_path / "shallow"))
    assert main(["check", "--root", str(tmp_path / "shallow")]) == 0
    assert main(["build", "--root", str(tmp_path / "shallow"), "--out", str(tmp_path / "site")]) == 1
    assert not (tmp_path / "site").exists()


def test_a_site_is_not_published_where_git_will_not_read_the_history(
    repository: SchoolRepository, tmp_path: Path, said: Callable[[], str]
) -> None:
    (repository.root / ".git/HEAD").write_text("", encoding="utf-8")  # as good as another user's
    assert main(["build", "--root", str(repository.root), "--out", str(tmp_path / "site")]) == 1
    assert "safe.directory" in said()


def test_a_school_that_begins_with_the_sample_begins_a_ledger_of_its_own(repository: SchoolRepository) -> None:
    kept = with_ledger(repository)
    shutil.rmtree(repository.root / "data/terms")
    shutil.rmtree(repository.root / "data/finance")
    for name in ("corrections.csv", "explanations.csv"):
        (repository.root / "data" / name).unlink()
    repository.replace("school.yml", "示例: 是", "示例: 否")
    for remove in (lambda: None, kept.unlink):
        remove()
        assert trusted(repository.root) == []
        assert len(check(repository.root).ledger.entries) == 1


def test_a_school_that_has_published_cannot_become_a_sample(repository: SchoolRepository) -> None:
    repository.replace("school.yml", "示例: 是", "示例: 否")
    repository.commit("2023-08-21")
    repository.replace("school.yml", "示例: 否", "示例: 是")
    repository.replace(FEES, "15.00", "18.00")
    (problem,) = trusted(repository.root)
    assert problem.place.file == "data/school.yml"
