"""The commands that read a school and make its site: check, build, serve."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from generator.cli.words import LEDGER_HELP, Command, show
from generator.locale import Language, Message
from generator.problems import Problem, Severity, as_text, folded


def add(command: Command) -> None:
    """Add the commands to the parser."""
    checking = command("check", "检查数据，列出全部问题｜check the data and list all problems")
    checking.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help="输出格式｜output format"
    )
    checking.add_argument("--ledger", type=Path, metavar="FILE", help=LEDGER_HELP)
    checking.set_defaults(run=lambda given: check(given.root, given.today, given.format, given.ledger))
    building = command("build", "检查数据并生成网站｜check the data and build the site")
    building.add_argument("--ledger", type=Path, metavar="FILE", help=LEDGER_HELP)
    building.set_defaults(
        run=lambda given: build(given.root, given.out or given.root / "site", given.today, given.ledger)
    )
    serving = command("serve", "实时预览，data/ 一改就更新｜live preview that follows data/")
    serving.add_argument("--port", type=int, default=8000, help="端口｜port")
    serving.set_defaults(run=run_serve)


def run_serve(given: argparse.Namespace) -> int:
    """Preview the school until interrupted."""
    from generator.serve import serve

    return serve(given.root, given.today, given.port)


def summary(problems: Sequence[Problem], words: Language) -> str:
    """Return one sentence that counts the problems by severity."""
    counts = {severity: sum(p.severity is severity for p in problems) for severity in Severity}
    return words.say(
        Message(
            "Checked: errors {errors}, findings {findings}, warnings {warnings}, notes {notes}.",
            errors=counts[Severity.ERROR], findings=counts[Severity.FINDING],
            warnings=counts[Severity.WARNING], notes=counts[Severity.NOTE],
        )
    )  # fmt: skip


def check(root: Path, today: dt.date | None, form: str, ledger: Path | None = None) -> int:
    """Print all problems of the school in one of the forms; 1 when there are errors."""
    from generator.build import check as check_school
    from generator.build import sources_at

    checked = check_school(root, today, sources=sources_at(ledger))
    show(checked.problems, form, checked.language)
    if form == "text":
        print(summary(checked.problems, checked.language))
    return 1 if checked.errors else 0


def build(root: Path, out: Path, today: dt.date | None, ledger: Path | None = None) -> int:
    """Check and build the school's site; with errors print them and leave the last site as it is."""
    from generator.build import build as build_school

    built = build_school(root, out, today, ledger)
    words = built.checked.language
    if built.published is None:
        for problem in folded(built.checked.errors):
            print(as_text(problem, words))
        print(words.say(Message("Nothing was built: the errors above stop it. The last site stays as it is.")))
        return 1
    print(summary(built.checked.problems, words))
    done = built.published
    print(
        words.say(
            Message(
                "The site has {pages} pages; files written {written}, unchanged {unchanged}, deleted {deleted}.",
                pages=built.pages, written=len(done.written), unchanged=len(done.unchanged), deleted=len(done.deleted),
            )
        )
    )  # fmt: skip
    if newest := built.checked.ledger.newest:
        print(
            words.say(
                Message("Check code {code}, entry {seq} of {date}", code=newest.code, seq=newest.seq, date=newest.date)
            )
        )
    print(words.say(Message("Open {path}", path=(out.resolve() / "index.html").as_uri())))
    return 0
