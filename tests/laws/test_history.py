"""A history of commits that somebody rewrote is noticed against the ledger of the live site."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from generator.build import check
from generator.dataset import load
from generator.problems import Severity
from generator.trust.ledger import state_of
from generator.trust.published import Sources
from tests.laws.books import Books, Desk, put, school
from tests.laws.profile import law

BUDGET = "finance/2022/budget"


def amounts(numbers: list[int]) -> list[Books]:
    """Return schools that published one line of a budget more each time."""
    rows, states = list(school()[BUDGET]), []
    for at, number in enumerate(numbers):
        rows = [*rows, {**rows[0], "code": f"3020{at + 1}", "kind": "支出", "amount": f"{number}.50"}]
        states.append(put(school(), BUDGET, (), rows))
    return states


def committed(root: Path, states: list[Books]) -> None:
    """Make a repository with a commit for each state."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    who = ("-c", "user.name=clerk", "-c", "user.email=clerk@example.org", "-c", "init.defaultBranch=main")
    git = ["git", "-C", str(root), *who]
    subprocess.run([*git, "init", "-q"], check=True)
    desk = Desk(root)
    for at, books in enumerate(states):
        desk.write(books)
        when = f"2023-03-{at + 1:02}T12:00:00+08:00"
        dates = {"GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when}
        subprocess.run([*git, "add", "data"], check=True)
        subprocess.run([*git, "commit", "-q", "-m", when], check=True, env=os.environ | dates)


@law(8)
@given(st.lists(st.integers(1, 99), min_size=2, max_size=4, unique=True), st.data())
def test_a_history_rewritten_at_any_depth_is_told(numbers, data) -> None:
    """Every commit from one on says another amount, as if it had always been so; the ledger of the site is the old one."""
    at = data.draw(st.integers(0, len(numbers) - 1))
    states = amounts(numbers)
    with tempfile.TemporaryDirectory(prefix="mingzhang-laws-") as folder:
        root = Path(folder) / "school"
        committed(root, states)
        ledger = Path(folder) / "ledger.jsonl"
        honest = check(root)
        ledger.write_bytes(honest.ledger.content)
        assert len(honest.ledger.entries) == len(states)
        assert told(root, ledger) == []
        committed(root, [*states[:at], *amounts([*numbers[:at], *(n + 100 for n in numbers[at:])])[at:]])
        dataset, _ = load(root)
        assert dataset is not None
        assert state_of(dataset).facts != honest.ledger.entries[-1].facts
        assert told(root, ledger) in (["ledger"], ["published"])


def told(root: Path, ledger: Path) -> list[str]:
    """Return the errors about trust that a check with this ledger tells, each kind once."""
    found = check(root, sources=Sources(ledger=ledger)).problems
    errors = [p.code for p in found if p.severity is Severity.ERROR and p.code in ("ledger", "published", "correction")]
    return sorted(set(errors))
