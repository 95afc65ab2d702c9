"""The commands for offices: template writes a spreadsheet to fill in, import reads one into `data/`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.words import Command, language_of
from generator.locale import LANGUAGES, Language, Message
from generator.locale import language as language_named
from generator.problems import as_text

if TYPE_CHECKING:
    from generator.records import Sheet
    from generator.spreadsheets.importing import Outcome

REGISTER_HELP = "登记表：fees、fee-totals、lines…，或中文名“收费项目”｜a register, such as fees or 收费项目"
TERM_HELP, YEAR_HELP = "学期，如 2023-spring｜the term", "年度，如 2023｜the year"


def add(command: Command) -> None:
    """Add the commands to the parser."""
    writing = command("template", "生成可以用 Excel 或 WPS 填写的模板｜write a spreadsheet to fill in")
    writing.add_argument("register", nargs="?", metavar="REGISTER", help=REGISTER_HELP)
    writing.add_argument(
        "--all", type=Path, metavar="DIR", help="把全部模板写进这个文件夹｜write all templates into a folder"
    )
    writing.add_argument(
        "--language", choices=LANGUAGES, help="模板的语言（默认：学校的语言）｜language of the template"
    )
    writing.add_argument("--term", help=TERM_HELP)
    writing.add_argument("--year", help=YEAR_HELP)
    writing.add_argument("--filled", action="store_true", help="带上现有的数据，接着填｜with the rows that there are")
    writing.set_defaults(run=run_template)
    reading = command("import", "把电子表格导入 data/｜read a spreadsheet into data/")
    reading.add_argument("file", type=Path, metavar="FILE", help="电子表格：.xlsx、.xls 或 .ods｜the spreadsheet")
    reading.add_argument("--register", metavar="REGISTER", help=REGISTER_HELP)
    reading.add_argument("--sheet", metavar="NAME", help="只读这一张工作表｜read this sheet only")
    reading.add_argument("--term", help=TERM_HELP)
    reading.add_argument("--year", help=YEAR_HELP)
    reading.add_argument("--check", action="store_true", help="只看会怎样，不写文件｜only show what it would do")
    reading.add_argument(
        "--replace", action="store_true", help="用表格整个代替原有的各行｜take the sheet as the whole table"
    )
    reading.add_argument(
        "--partly", action="store_true", help="有退回的行时，其余的行照样导入｜import the rest of the rows"
    )
    reading.set_defaults(run=run_import)


def _ready() -> bool:
    """Return whether the libraries for spreadsheets are there; otherwise say how to get them."""
    from generator.spreadsheets.needs import missing

    how = missing()
    if how:
        print(how, file=sys.stderr)
    return not how


def _say(words: Language, message: Message, fix: Message | None = None) -> None:
    """Say what is wrong with the use of a command."""
    text = words.clauses([words.say(message), words.say(fix) if fix else ""])
    print(f"mingzhang: {text}", file=sys.stderr)


def register_of(word: str, words: Language) -> Sheet | None:
    """Return the table that a word means; otherwise say what it could mean and return None."""
    from generator.dataset import TABLES
    from generator.spreadsheets.named import file_name, meant, nearest

    sheet = meant(word)
    if sheet is None:
        near = nearest(word)
        fix = (
            Message("did you mean “{word}”?", word=near) if near
            else Message("use one of: {words}", words=[file_name(known) for known in TABLES])
        )  # fmt: skip
        _say(words, Message("There is no register “{word}”", word=word), fix)
        return None
    if sheet.document:
        message = Message("“{register}” is a document and no table", register=sheet.label(words.code))
        file = f"data/{sheet.path.format(term='…', year='…')}.yml"
        _say(words, message, Message("edit {file} itself, or use the form for it", file=file))
        return None
    return sheet


def run_template(given: argparse.Namespace) -> int:
    """Write the template of one register, or of all; 2 for wrong use, also where a file of that name is there already."""
    if not _ready():
        return 2
    from generator.dataset import TABLES
    from generator.spreadsheets.named import file_name

    words = language_of(given.root)
    if (given.register is None) == (given.all is None):
        _say(words, Message("Name a register, or use --all DIR for all templates"))
        return 2
    if given.all is None:
        sheet = register_of(given.register, words)
        if sheet is None:
            return 2
        return _write_template(given, sheet, given.out or Path(f"{file_name(sheet)}.xlsx"), words)
    given.all.mkdir(parents=True, exist_ok=True)
    codes = [_write_template(given, sheet, given.all / f"{file_name(sheet)}.xlsx", words) for sheet in TABLES]
    return max(codes)


def _write_template(given: argparse.Namespace, sheet: Sheet, out: Path, words: Language) -> int:
    """Write one template and say so."""
    from generator.dataset import load
    from generator.problems import Problem
    from generator.spreadsheets.known import known_of
    from generator.spreadsheets.named import folder_kind
    from generator.spreadsheets.present import present
    from generator.spreadsheets.target import chosen
    from generator.spreadsheets.template import template

    if out.exists():
        _say(words, Message("{file} is there already", file=out), Message("give another name: --out FILE"))
        return 2
    kind = folder_kind(sheet)
    option = given.term if kind == "term" else given.year if kind == "year" else None
    folder = chosen(given.root, sheet, option, sheet.name)
    if isinstance(folder, Problem):
        if given.filled or option is not None:
            _say(words, folder.message, folder.fix)
            return 2
        folder = ""
    rows: list[dict[str, str]] = []
    if given.filled:
        now = present(given.root, sheet, folder)
        if now.errors:
            for problem in now.errors:
                print(as_text(problem, words))
            return 1
        rows = [now.texts(row) for row in now.lines()]
    data, _ = load(given.root)
    known = known_of(data, folder if kind == "term" else None)
    out.write_bytes(template(sheet, given.language or words.code, known, rows, folder))
    print(
        words.say(
            Message(
                "Wrote {file}: {register}, rows {rows}.", file=out, register=sheet.label(words.code), rows=len(rows)
            )
        )
    )
    return 0


def run_import(given: argparse.Namespace) -> int:
    """Read a spreadsheet into `data/`; 1 when something was refused and nothing was written, 2 for wrong use."""
    if not _ready():
        return 2
    from generator.spreadsheets.importing import Order, imported
    from generator.spreadsheets.unopened import Unopened

    words = language_of(given.root)
    register = register_of(given.register, words) if given.register else None
    if given.register and register is None:
        return 2
    order = Order(register, given.sheet, given.term, given.year, given.replace, given.partly, given.today)
    try:
        found = imported(given.root, given.file, order)
    except Unopened as failure:
        _say(words, Message("{file} was not read: {reason}", file=given.file.name, reason=failure.message), failure.fix)
        return 2
    return _told(given, found, language_named(found.language))


def _told(given: argparse.Namespace, found: Outcome, words: Language) -> int:
    """Print the report, and write the files where nothing stands in the way."""
    from generator.privacy.own import SCHOOL, own_of
    from generator.privacy.scan import content_of
    from generator.spreadsheets.telling import changes, lines

    own = own_of(content_of(given.root / SCHOOL))
    for line in lines(found, words):
        print(own.masked(line))
    refused = len(found.refused)
    if not found.may_be_written:
        print(
            words.say(
                Message("Nothing was written: refused {count}. Mend the file, and import it again.", count=refused)
            )
        )
        if found.merged and not found.blocked and not any(taken.blocked for taken in found.taken):
            print(words.say(Message("To import all other rows now: --partly")))
        return 1
    for each in found.merged:
        for line in changes(each, words):
            print(line)
    _remind(given, found, words)
    if given.check:
        print(words.say(Message("Only looked: nothing was written.")))
        return 1 if refused else 0
    _write(given.root, found)
    if any(each.differs for each in found.merged):
        print(words.say(Message("Written. Now look at everything together: mingzhang check")))
    return 1 if refused else 0


def _write(root: Path, found: Outcome) -> None:
    """Write each file that differs, whole or not at all."""
    from generator.repair.writing import write_whole

    for each in found.merged:
        if each.differs:
            write_whole(root / each.path, each.after)


def _remind(given: argparse.Namespace, found: Outcome, words: Language) -> None:
    """Print the rows of corrections.csv that the guard would ask for, where published figures change."""
    if found.before is None or found.after is None or not any(each.changed or each.removed for each in found.merged):
        return
    from generator.build import builds, day_for
    from generator.commit import commit_of
    from generator.trust.guard import compare
    from generator.trust.history import HistoryError
    from generator.trust.published import base_facts

    try:
        published = base_facts(given.root, "HEAD", builds).facts
    except HistoryError:
        return
    today = day_for(given.today, found.before.school, commit_of(given.root))
    rows = compare(published, found.after, today).rows if today else ()
    if rows:
        print(words.say(Message("Published figures change. Where that is right, add these rows to data/corrections.csv with the "
                                "reason and the approving post:")))  # fmt: skip
        print("\n".join(rows))
