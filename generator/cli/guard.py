"""The commands about what was published: facts, guard, ledger."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.cli.words import LEDGER_HELP, Command, language_of, show
from generator.locale import Message

BASE_HELP = (
    "同哪个版本比较：git 版本，或者一个文件夹（学校的或网站的）"
    "｜what to compare with: a git revision, or a folder (of the school or of its site)"
)


def add(command: Command) -> None:
    """Add the commands to the parser."""
    command("facts", "列出数据里的全部事实｜list all facts canonically").set_defaults(run=run_facts)
    guarding = command(
        "guard", "检查公布过的数字是否被悄悄改动｜find published facts that changed without a correction"
    )
    guarding.add_argument("--base", required=True, metavar="REV|DIR", help=BASE_HELP)
    guarding.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help="输出格式｜output format"
    )
    guarding.set_defaults(run=run_guard)
    showing = command("ledger", "列出公布记录｜list what was published when")
    showing.add_argument("--ledger", type=Path, metavar="FILE", help=LEDGER_HELP)
    showing.set_defaults(run=run_ledger)


def run_facts(given: argparse.Namespace) -> int:
    """Print every fact of the school as the canonical file has it."""
    from generator.dataset import load
    from generator.trust.facts import as_csv, facts

    dataset, problems = load(given.root)
    if dataset is None:
        show(problems, "text", language_of(given.root))
        return 1
    sys.stdout.buffer.write(as_csv(facts(dataset)))
    sys.stdout.buffer.flush()
    return 0


def run_guard(given: argparse.Namespace) -> int:
    """Compare the school with what was published at a base; 1 when a change is told by no correction."""
    from generator.build import builds, guarded
    from generator.build import check as check_school
    from generator.trust.published import base_facts

    checked = check_school(given.root, given.today)
    words = checked.language
    if checked.books is None:
        show(checked.problems, given.format, words)
        return 1
    data, today = checked.books.data, checked.books.today
    base = base_facts(given.root, given.base, builds)
    unread = [problem for problem in checked.errors if problem.place.file in data.broken]
    found = guarded(data, base.facts, today)
    problems = [*unread, *found.problems]
    show(problems, given.format, words)
    if given.format != "text":
        return 1 if problems else 0
    numbers = {"facts": len(base.facts), "changed": found.changed, "base": base.name}
    if not base.facts:
        print(
            words.say(
                Message("Up to {base} nothing was published: no state of the data was free of errors.", **numbers)
            )
        )
        return 0
    if not problems:
        print(words.say(Message("Compared {facts} published facts of {base}: changed {changed}, all told.", **numbers)))
        return 0
    print(words.say(Message("Compared {facts} published facts of {base}: changed {changed}, errors {errors}.",
                            errors=len(problems), **numbers)))  # fmt: skip
    if found.rows:
        print(words.say(Message("Rows to add to data/corrections.csv, where the changes are right:")))
        print("\n".join(found.rows))
    return 1


def run_ledger(given: argparse.Namespace) -> int:
    """Print each line of the ledger that a build would publish: number, date, code, what was new."""
    from generator.build import check as check_school
    from generator.build import sources_at

    checked = check_school(given.root, given.today, sources=sources_at(given.ledger))
    words = checked.language
    wrong = [problem for problem in checked.problems if problem.code == "ledger"]
    show(wrong, "text", words)
    for entry in checked.ledger.entries:
        print(f"{entry.seq:>4}  {entry.date}  {entry.code}  {words.say(entry.summary)}")
    return 1 if wrong else 0
