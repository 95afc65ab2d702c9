"""The command `mingzhang`: reads arguments, prints, and turns exceptions into words and exit codes.

Exit codes: 0 fine (findings do not stop anything), 1 errors in the data, 2 wrong use or a file that cannot be read or
written. Each module of this package adds a few commands; nothing heavy is imported before one of them runs.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from generator import __version__
from generator.cli import difference, guard, repair, report, rules, scan, school, spreadsheets, starter, verify
from generator.cli.words import language_of
from generator.locale import Message, Spoken
from generator.values.dates import parse_day

COMMANDS = (school, repair, spreadsheets, difference, report, guard, verify, scan, rules, starter)
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

    for module in COMMANDS:
        module.add(command)
    return main_parser


BROKEN_OFF, BROKEN_OFF_PIPE = 130, 141
"""What shells show for Ctrl-C and for a reader that went away: what was broken off must not count as done."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    speak_on_any_console()
    arguments = parser().parse_args(argv)
    try:
        return run(arguments)
    except BrokenPipeError:
        return BROKEN_OFF_PIPE
    except KeyboardInterrupt:
        return BROKEN_OFF
    except Exception as failure:
        words = told(failure, arguments.root)
        if words is None:
            raise
        print(f"mingzhang: {words}", file=sys.stderr)
        return 2


def speak_on_any_console() -> None:
    """Let a console whose character set lacks a character show its number, where Python would end the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


REASONS: dict[type[OSError], Message] = {
    FileNotFoundError: Message("there is no such file or folder"),
    PermissionError: Message("this computer does not let you read or write it"),
    IsADirectoryError: Message("this is a folder, not a file"),
    NotADirectoryError: Message("this is a file, not a folder"),
}
"""Why a file could not be read or written, in place of the English words of the system."""


def told(failure: Exception, root: Path) -> str | None:
    """Return in words what could not be read or written, or None for a defect of the program."""
    if isinstance(failure, Spoken):
        return language_of(root).say(failure.message)
    if isinstance(failure, OSError):
        kind = next((words for kind, words in REASONS.items() if isinstance(failure, kind)), None)
        reason = language_of(root).say(kind) if kind else str(failure.strerror or failure)
        return f"{reason}: {failure.filename or ''}".rstrip(": ")
    return None


def run(arguments: argparse.Namespace) -> int:
    """Run the command that the arguments name."""
    if not arguments.root.is_dir():
        print(f"mingzhang: 没有这个文件夹｜no such folder: {arguments.root}", file=sys.stderr)
        return 2
    code: int = arguments.run(arguments)
    return code
