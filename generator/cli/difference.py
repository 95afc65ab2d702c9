"""The command that tells what a change does, for people: diff."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.cli.words import LEDGER_HELP, Command

BASE_HELP = (
    "同哪个版本比较：git 版本，或者一个文件夹（学校的或网站的）；默认：从主分支分出来的地方，否则上一次提交"
    "｜what to compare with: a revision, or a folder of the school or its site (default: where the branch began)"
)
FORMS = ("text", "markdown", "html")


def add(command: Command) -> None:
    """Add the command to the parser."""
    telling = command("diff", "说明这次修改改变了什么｜tell what a change does: figures, totals, pages, findings")
    telling.epilog = (
        "--out：写进这个文件；不写就打印出来｜here --out names the file to write; without it the answer is printed"
    )
    telling.add_argument("--base", metavar="REV|DIR", help=BASE_HELP)
    telling.add_argument("--format", choices=FORMS, default="text", help="输出格式｜output format")
    telling.add_argument("--ledger", type=Path, metavar="FILE", help=LEDGER_HELP)
    telling.set_defaults(run=run_diff)


def run_diff(given: argparse.Namespace) -> int:
    """Print what the data changes against a base, or write it to `--out`; 1 when errors keep the site from being updated."""
    from generator.difference.base import default_base
    from generator.difference.difference import differ
    from generator.difference.html import as_html
    from generator.difference.markdown import as_markdown
    from generator.difference.text import as_text

    told = differ(given.root, given.base or default_base(given.root), given.today, given.ledger)
    form = {"text": as_text, "markdown": as_markdown, "html": as_html}[given.format]
    content = form(told, told.head.language)
    if given.out is None:
        print(content, end="")
    else:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(content, encoding="utf-8", newline="\n")
    return 1 if told.errors else 0
