"""Makes the sample school's ledger:  python -m tests.sample_ledger

The sample is made up, so git knows nothing of its spring of 2023. Each state that would have been published is made from
`data/` by taking away what came later; the ledger's own code then adds a line for each. A test holds the committed file
to it, so after a change of the sample's data this is run again.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from generator.dataset import load
from generator.problems import Severity
from generator.trust.ledger import FILE, Ledger, state_of

ROOT = Path(__file__).resolve().parents[1]
STATEMENTS = {
    "2023-02": "2023-03-12", "2023-03": "2023-04-12", "2023-04": "2023-05-12",
    "2023-05": "2023-06-20", "2023-06": "2023-07-12", "2023-07": "2023-08-12",
}  # fmt: skip
"""The month of each statement, and the day on which the sample published it."""
POSTED, CORRECTED = "2023-02-10", "2023-05-15"
DAYS = sorted({POSTED, CORRECTED, *STATEMENTS.values(), "2023-07-05", "2023-07-07", "2023-08-18"})
MISTYPED = {"lines.csv": ("4637.00", "4367.00"), "statements.csv": ("695434.00,189897.90", "695164.00,190167.90")}
"""What the statement of April said before it was corrected; May opened with the right amount."""


def rows(
    path: Path, keep: Callable[[dict[str, str]], bool], empty: Callable[[dict[str, str]], tuple[str, ...]]
) -> None:
    """Keep some rows of a table, and empty some of their cells."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        kept = [row for row in reader if keep(row)]
        header = reader.fieldnames or []
    for row in kept:
        row.update(dict.fromkeys(empty(row), ""))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)


def put_back(data: Path, day: str) -> None:
    """Make a copy of the sample's data what it was on a day."""
    finance, term = data / "finance/2023", data / "terms/2023-spring"
    nothing: Callable[[dict[str, str]], tuple[str, ...]] = lambda row: ()  # noqa: E731
    for name in ("statements.csv", "lines.csv"):
        rows(finance / name, lambda row: STATEMENTS[row["月份"]] <= day, nothing)
        if day < CORRECTED:
            file = finance / name
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace(*MISTYPED[name]), encoding="utf-8")
    rows(finance / "balance.csv", lambda row: day >= STATEMENTS[row["日期"][:7]], nothing)
    rows(data / "corrections.csv", lambda row: row["日期"] <= day, nothing)
    rows(data / "explanations.csv", lambda row: row["日期"] <= day, nothing)
    rows(term / "collections.csv", lambda row: row["结算日期"] <= day, nothing)
    rows(term / "calendar.csv", lambda row: True, lambda row: ("完成情况", "完成日期") if row["完成日期"] > day else ())
    plan = term / "plan.yml"
    done = re.compile(r", 状态: 已完成, 完成日期: (\d{4}-\d{2}-\d{2})(, 结果: [^}]*)?(?=})")
    text = plan.read_text(encoding="utf-8")
    plan.write_text(done.sub(lambda match: "" if match[1] > day else match[0], text), encoding="utf-8")


def ledger() -> Ledger:
    """Return the sample's ledger."""
    made = Ledger()
    for day in DAYS:
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / "data", Path(folder) / "data")
            if day != DAYS[-1]:
                put_back(Path(folder) / "data", day)
            dataset, problems = load(Path(folder))
            wrong = [problem for problem in problems if problem.severity is Severity.ERROR]
            if dataset is None or wrong:
                raise SystemExit(f"{day}: {wrong}")
            made = made.followed_by(state_of(dataset), dt.date.fromisoformat(day), None)
    return made


if __name__ == "__main__":
    (ROOT / FILE).write_bytes(ledger().content)
