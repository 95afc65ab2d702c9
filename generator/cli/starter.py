"""The commands that begin a school and bring it to a newer version: new, upgrade."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.cli.school import summary
from generator.cli.words import LEDGER_HELP, Command
from generator.locale import Message, language

OPTIONS = {
    "name": "学校名称｜name of the school",
    "short_name": "简称｜short name",
    "setting": "所在地：村、镇、城｜village, town, city",
    "stage": "学段：小学、初中、九年一贯｜primary, junior secondary, nine-year",
    "supervisor": "主管部门｜supervisor",
    "hotline": "监督电话，写成 办公室=电话｜telephone for complaints as office=number",
    "policy": "政策包｜policy pack",
    "term": "第一个学期的编号，如 2026-autumn｜code of the first term",
    "term_name": "学期名称｜name of the term",
    "start": "开学日，如 2026-09-01｜first school day",
    "end": "放假日｜last school day",
    "registration": "报名日（默认同开学日）｜registration day (default: the first school day)",
    "repository": "数据放在哪个网址｜web address of the data repository",
    "forge": "那个网站用的程序：GitHub、GitLab、Gitea、码云｜the program of that site",
    "owners": "改动要经谁同意，如 “@zhang @school/finance”｜who must agree to changes",
    "generator": "从哪里取明账：网址@提交号｜where Mingzhang is fetched from: URL@COMMIT",
}
CAMPUS_HELP = (
    "校区，写成 编号=名称=类别，可以写多次，如 ZX=青禾中心校=中心校｜a campus as code=name=kind, may be repeated"
)


def add(command: Command) -> None:
    """Add the commands to the parser."""
    beginning = command(
        "new",
        "新建一所学校的数据仓库，没有给出的逐项询问｜begin a school: a repository of its own that holds only data",
    )
    beginning.add_argument(
        "folder", type=Path, metavar="DIR", help="新文件夹，还不存在或者是空的｜a new or empty folder"
    )
    for name, words in OPTIONS.items():
        beginning.add_argument("--" + name.replace("_", "-"), metavar="TEXT", help=words)
    beginning.add_argument("--campus", action="append", metavar="CODE=NAME=KIND", help=CAMPUS_HELP)
    beginning.add_argument(
        "--language",
        choices=("zh", "en"),
        default="zh",
        help="网站和说明的语言｜language of the site and of the README",
    )
    beginning.add_argument(
        "--yes", action="store_true", help="不询问，没有给出的用默认值｜ask nothing, take the defaults"
    )
    beginning.set_defaults(run=run_new)
    going_over = command(
        "upgrade", "说明换用这一版明账会有什么变化｜explain what changes when the school goes over to this version"
    )
    going_over.add_argument(
        "--to", metavar="COMMIT", help="这一版的提交号（默认：自动查出）｜commit of this version (default: its own)"
    )
    going_over.add_argument("--ledger", type=Path, metavar="FILE", help=LEDGER_HELP)
    going_over.add_argument("--write", action="store_true",
                            help="写进仓库，您改过的文件不动｜write it; files that you changed are left alone")  # fmt: skip
    going_over.set_defaults(run=run_upgrade)


def run_new(given: argparse.Namespace) -> int:
    """Begin a school: ask for what is missing where somebody can answer, or tell all of it at once."""
    from generator.starter.answers import ask_all, take_all
    from generator.starter.made import make
    from generator.starter.pin import StarterError

    words = language(given.language)
    texts: dict[str, str | None] = {name: getattr(given, name) for name in OPTIONS}
    texts["campus"] = ";".join(given.campus) if given.campus else None
    if not given.yes and sys.stdin.isatty():
        print(words.say(Message("Some questions follow. Enter alone takes what stands in brackets; Ctrl+C stops, and nothing is "
                                "written.")))  # fmt: skip
        answers = ask_all(texts, given.language, input, print)
    else:
        answers, mistakes = take_all(texts, given.language)
        if mistakes:
            print(words.say(Message("Nothing was written. Still needed, or not right:")), file=sys.stderr)
            print("\n".join(f"  {mistake.sentence(words)}" for mistake in mistakes), file=sys.stderr)
            return 2
    try:
        made = make(given.folder, answers, given.today)
    except StarterError as failure:
        print(f"mingzhang: {words.say(failure.message)}", file=sys.stderr)
        return 2
    print(words.say(Message("The school is in {folder}: files {count}.", folder=made.folder, count=len(made.files))))
    print(summary(made.problems, words))
    if made.commit:
        print(words.say(Message("First commit {commit} on the branch main.", commit=made.commit[:12])))
    for remark in made.remarks:
        print(words.say(Message("Please note: {remark}", remark=remark)))
    print(words.say(Message("Next: in {folder}, make program fetches Mingzhang beside it, and make hook looks for personal data before each "
                    "commit; README.md says the rest.",
                            folder=made.folder)))  # fmt: skip
    return 0


def run_upgrade(given: argparse.Namespace) -> int:
    """Explain what changes for the school with this version, and write it if told to; 1 when a person has to look at it."""
    from generator.starter.pin import doubts
    from generator.starter.told import lines
    from generator.starter.upgrade import upgrade, write

    found = upgrade(given.root, given.to, given.today, given.ledger)
    say = found.language.say
    print("\n".join(lines(found)))
    for doubt in doubts(found.new.commit):
        print(say(Message("Please note: {remark}", remark=doubt)))
    if found.nothing_changes:
        return 0
    if given.write:
        print(
            say(
                Message(
                    "Written: {files}. Look at it with `git diff`, and commit it.", files=list(write(given.root, found))
                )
            )
        )
    else:
        print(say(Message("Nothing was written; --write does it.")))
    return 1 if found.needs_a_person else 0
