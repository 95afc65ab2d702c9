"""The command that writes what is said below a proposed change: report."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.cli.guard import BASE_HELP
from generator.cli.words import LEDGER_HELP, Command
from generator.locale import Message

PREVIEW_HELP = "网站预览的网址｜address of the site's preview"
EDIT_HELP = (
    "网页上修改这个分支里文件的网址开头｜what the addresses begin with at which files of the branch are edited, "
    "as https://HOST/OWNER/NAME/edit/BRANCH/"
)
RUN_HELP = "这次检查的运行页面｜address of the page of this check"
FAILED_HELP = "检查的其他步骤没有通过｜another step of the check failed"
SUMMARY_HELP = "再写一份不受留言长度限制的报告｜write the report once more, with no comment's limit of length"


def add(command: Command) -> None:
    """Add the command to the parser."""
    reporting = command(
        "report", "写一份修改报告（Markdown），贴在合并请求下面｜write what a proposed change needs, as Markdown"
    )
    reporting.epilog = (
        "--out：报告写进这个文件；不写就打印出来｜here --out names the file for the report; without it is printed"
    )
    reporting.add_argument("--base", required=True, metavar="REV|DIR", help=BASE_HELP)
    reporting.add_argument("--ledger", type=Path, metavar="FILE", help=LEDGER_HELP)
    reporting.add_argument("--preview", default="", metavar="URL", help=PREVIEW_HELP)
    reporting.add_argument("--edit", default="", metavar="PREFIX", help=EDIT_HELP)
    reporting.add_argument("--run", default="", metavar="URL", dest="page", help=RUN_HELP)
    reporting.add_argument("--summary", type=Path, metavar="FILE", help=SUMMARY_HELP)
    reporting.add_argument("--failed", action="store_true", help=FAILED_HELP)
    reporting.set_defaults(run=run_report)


def run_report(given: argparse.Namespace) -> int:
    """Write the report; 0 whatever it says, for the check itself says whether the data is right."""
    from generator.report import SUMMARY, comment, gather
    from generator.report.markdown import Links

    gathered = gather(given.root, given.base, given.today, given.ledger, failed=given.failed)
    links = Links(given.edit, given.preview, given.page)
    if given.summary:
        given.summary.write_text(comment(gathered, links, SUMMARY), encoding="utf-8", newline="\n")
    text = comment(gathered, links)
    if given.out is None:
        print(text, end="")
        return 0
    given.out.write_text(text, encoding="utf-8", newline="\n")
    print(gathered.language.say(Message("Wrote the report to {file}", file=given.out)))
    return 0
