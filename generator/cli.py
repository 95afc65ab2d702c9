"""The command `mingzhang`: reads arguments, prints, and turns exceptions into words and exit codes.

Exit codes: 0 fine (findings do not stop anything), 1 errors in the data, 2 wrong use or a file that cannot be read or
written.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from generator import __version__
from generator.locale import Language, Message, language
from generator.problems import Problem, Severity, as_github, as_json, as_text, closest
from generator.values.dates import parse_day

ROOT_HELP = "学校的文件夹，里面有 data/（默认：当前文件夹）｜the school's folder, which holds data/ (default: here)"
OUT_HELP = (
    "网站写到哪里（默认：学校文件夹里的 site/）｜where the site is written (default: site/ in the school's folder)"
)
TODAY_HELP = "以哪一天为“今天”，如 2023-08-20｜the day taken for today"


def _day(text: str) -> dt.date:
    try:
        return parse_day(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2023-08-20｜not a date, write 2023-08-20") from None


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--root", type=Path, default=Path(), metavar="DIR", help=ROOT_HELP)
    common.add_argument("--out", type=Path, default=None, metavar="DIR", help=OUT_HELP)
    common.add_argument("--today", type=_day, default=None, metavar="DATE", help=TODAY_HELP)
    main_parser = argparse.ArgumentParser(
        prog="mingzhang", description="明账：学校公开账本的检查与网站生成｜public books for schools"
    )
    main_parser.add_argument("--version", action="version", version=f"mingzhang {__version__}")
    commands = main_parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, words: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, parents=[common], help=words, description=words)

    check = command("check", "检查数据，列出全部问题｜check the data and list all problems")
    check.add_argument("--format", choices=("text", "json", "github"), default="text", help="输出格式｜output format")
    command("build", "检查数据并生成网站｜check the data and build the site")
    serve = command("serve", "实时预览，data/ 一改就更新｜live preview that follows data/")
    serve.add_argument("--port", type=int, default=8000, help="端口｜port")
    explain = command("explain", "说明一条规则｜explain a rule")
    explain.add_argument("rule", metavar="RULE", help="规则编号，如 FEE-01｜code of a rule")
    command("rules", "列出全部规则｜list all rules")
    schema = command("schema", "输出登记表的 JSON Schema｜print the JSON Schema of a table")
    schema.add_argument(
        "sheet", nargs="?", metavar="TABLE", help="表名，如 fees；不写则输出全部｜name of a table; all without"
    )
    return main_parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = parser().parse_args(argv)
    try:
        return run(arguments)
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        return 0
    except Exception as failure:
        words = told(failure, arguments.root)
        if words is None:
            raise
        print(f"mingzhang: {words}", file=sys.stderr)
        return 2


def told(failure: Exception, root: Path) -> str | None:
    """Return in words what could not be read or written, or None for a defect of the program."""
    from generator.site.project import ProjectError
    from generator.site.publish import PublishError

    if isinstance(failure, (ProjectError, PublishError)):
        return language_of(root).say(failure.message)
    if isinstance(failure, OSError):
        return f"{failure.strerror or failure}: {failure.filename or ''}".rstrip(": ")
    return None


def language_of(root: Path) -> Language:
    """Return the language of the school in `root`, Chinese where it cannot be read."""
    from generator.dataset import load

    dataset, _ = load(root)
    return language(dataset.school.language.en if dataset else "zh")


def run(arguments: argparse.Namespace) -> int:
    """Run the command that the arguments name."""
    root: Path = arguments.root
    if not root.is_dir():
        print(f"mingzhang: 没有这个文件夹｜no such folder: {root}", file=sys.stderr)
        return 2
    match arguments.command:
        case "check":
            return check(root, arguments.today, arguments.format)
        case "build":
            return build(root, arguments.out or root / "site", arguments.today)
        case "serve":
            from generator.serve import serve

            return serve(root, arguments.today, arguments.port)
        case "explain":
            return explain(root, arguments.rule)
        case "rules":
            return rules(root)
    return schema(arguments.sheet)


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


def check(root: Path, today: dt.date | None, form: str) -> int:
    """Print all problems of the school in one of the forms; 1 when there are errors."""
    from generator.build import check as check_school

    checked = check_school(root, today)
    words = checked.language
    if form == "json":
        print(json.dumps([as_json(problem, words) for problem in checked.problems], ensure_ascii=False, indent=1))
    else:
        for problem in checked.problems:
            print(as_github(problem, words) if form == "github" else as_text(problem, words))
        if form == "text":
            print(summary(checked.problems, words))
    return 1 if checked.errors else 0


def build(root: Path, out: Path, today: dt.date | None) -> int:
    """Check and build the school's site; with errors print them and leave the last site as it is."""
    from generator.build import build as build_school

    built = build_school(root, out, today)
    words = built.checked.language
    if built.published is None:
        for problem in built.checked.errors:
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
    print(words.say(Message("Open {path}", path=(out.resolve() / "index.html").as_uri())))
    return 0


def explain(root: Path, code: str) -> int:
    """Print what one rule checks, why, on what basis, and how to put it right."""
    from generator.oversight.explain import explanation
    from generator.registers.register import RULES

    words = language_of(root)
    found = next((rule for rule in RULES if rule.code == code.upper()), None)
    if found is None:
        near = closest(code.upper(), [rule.code for rule in RULES])
        hint = Message("did you mean “{word}”?", word=near) if near else Message("see: mingzhang rules")
        print(words.say(Message("There is no rule {code}.", code=code)), words.say(hint), file=sys.stderr)
        return 2
    print(explanation(found, words))
    return 0


def rules(root: Path) -> int:
    """Print every rule: code, severity, title."""
    from generator.oversight.explain import severity_word
    from generator.registers.register import RULES

    words = language_of(root)
    for rule in RULES:
        print(f"{rule.code}  {words.say(severity_word(rule.severity))}  {words.gettext(rule.title)}")
    return 0


def schema(sheet: str | None) -> int:
    """Print the JSON Schema of one table or of all."""
    from generator.dataset import SHEETS
    from generator.outputs.schema import schema as schema_of

    names = [known.name for known in SHEETS]
    if sheet is not None and sheet not in names:
        print(f"mingzhang: {sheet}? {', '.join(names)}", file=sys.stderr)
        return 2
    found = {known.name: schema_of(known) for known in SHEETS}
    print(json.dumps(found[sheet] if sheet else found, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
