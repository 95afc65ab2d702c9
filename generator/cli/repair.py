"""The command that mends what has one possible meaning: fix."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.words import Command, language_of
from generator.locale import Language, Message
from generator.problems import as_text

if TYPE_CHECKING:
    from generator.repair import Repair, Repaired

SHOWN = 20
"""So many repairs of one file that have the same reason are listed one by one."""
COLOURS = {"+": "32", "-": "31", "@": "36"}
CHECK_HELP = "只看看能改什么，不写文件；有可改的就以 1 退出｜write nothing; exit 1 where something could be mended"


def add(command: Command) -> None:
    """Add the command to the parser."""
    fixing = command(
        "fix",
        "自动改好只有一种意思的写法，如编码、日期和金额的格式｜mend what can only mean one thing, such as forms of dates",
    )
    fixing.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="data/ 里的文件（默认：全部）｜files of data/"
    )
    fixing.add_argument("--check", action="store_true", help=CHECK_HELP)
    fixing.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Mend files and show what changed; with ``--check`` only show it, and 1 where there is any; 2 for strange files."""
    from generator.repair import mended
    from generator.repair.school import replaced

    root: Path = given.root
    words = language_of(root)
    only = [named(root, path) for path in given.files]
    for path, name in zip(given.files, only, strict=True):
        if name is None:
            print(words.say(Message("{path} is no file of a register in data/", path=path)), file=sys.stderr)
            return 2
    found = mended(root, frozenset(filter(None, only)) if only else None)
    for each in found.files:
        show(each, words)
    changed = [] if given.check else [each.file for each in found.files if not replaced(root, each)]
    if found.left:
        print(words.say(Message("Left for you, because it may mean several things:")))
        for problem in found.left:
            print("  " + as_text(problem, words))
    for file in changed:
        print(words.say(Message("{file} was changed meanwhile and is left as it is", file=file)))
    print(words.say(closing(found.files, len(found.left), given.check)))
    return 1 if changed or (given.check and found.files) else 0


def named(root: Path, path: Path) -> str | None:
    """Return a file as places name it, such as ``data/school.yml``; None where it is no file of a register."""
    from generator.repair.school import sheet_of

    for file in (path, root / path):
        whole = file.parent.resolve() / file.name
        if whole.is_file() and whole.is_relative_to(root.resolve()):
            name = whole.relative_to(root.resolve()).as_posix()
            return name if name.startswith("data/") and sheet_of(name) else None
    return None


def closing(files: Sequence[Repaired], left: int, only_shown: bool) -> Message:
    """Return the last sentence: how much was mended, or could be, and how much is left."""
    numbers = {"repairs": sum(len(each.repairs) for each in files), "files": len(files), "left": left}
    if not files:
        return Message(
            "Nothing to mend; left for you: {left}. Whether the figures are right, mingzhang check says.", left=left
        )
    if only_shown:
        return Message("Could be mended by mingzhang fix: {repairs}, files: {files}, left for you: {left}", **numbers)
    return Message("Mended: {repairs}, files: {files}, left for you: {left}", **numbers)


def show(each: Repaired, words: Language) -> None:
    """Print what changes in one file: the diff, and each repair with its reason."""
    diff = each.diff()
    coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    for line in diff.splitlines():
        colour = COLOURS.get(line[:1])
        print(f"\x1b[{colour}m{line}\x1b[0m" if coloured and colour else line)
    if not diff:
        print(each.file)
    seen = Counter[Message]()
    for repair in each.repairs:
        seen[repair.why] += 1
        if seen[repair.why] <= SHOWN:
            print("  " + told(repair, words))
    for why, count in seen.items():
        if count > SHOWN:
            print("  " + words.say(Message("and {count} more: {why}", count=count - SHOWN, why=why)))


def told(repair: Repair, words: Language) -> str:
    """Return one repair as a line: where, what stood there, what stands there now, and why."""
    from generator.repair.kinds import flat

    place = repair.place
    line = Message("line {line}", line=place.line) if place.line else Message("the whole file")
    tab = words.say(Message("tab"))
    before, after = (tab if text == "\t" else flat(text) for text in (repair.before, repair.after))
    values = {"where": place.cell or line, "before": before, "after": after, "why": repair.why}
    if repair.before and repair.after:
        return words.say(Message("{where}: “{before}” → “{after}”: {why}", **values))
    if repair.before:
        return words.say(Message("{where}: “{before}” taken away: {why}", **values))
    return words.say(Message("{where}: {why}", **values))
