"""What all commands share: how a command is added, in which language the school is spoken to, and how problems are shown."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from generator.locale import Language, language
from generator.problems import Problem, as_github, as_json, as_text, folded

LEDGER_HELP = "网站现在的公布记录（默认：学校文件夹里的 ledger.jsonl）｜the live site's ledger"


class Command(Protocol):
    """Adds a command with its name and help, and returns its parser; ``set_defaults(run=…)`` says what runs it."""

    def __call__(self, name: str, words: str) -> argparse.ArgumentParser:
        """Return the parser of the new command."""
        ...


def language_of(root: Path) -> Language:
    """Return the language of the school in `root`, Chinese where it cannot be read."""
    from generator.dataset import load

    dataset, _ = load(root)
    return language(dataset.school.language.en if dataset else "zh")


def show(problems: Sequence[Problem], form: str, words: Language) -> None:
    """Print problems in one of the forms: text, json, github."""
    if form == "json":
        print(json.dumps([as_json(problem, words) for problem in problems], ensure_ascii=False, indent=1))
        return
    for problem in problems if form == "github" else folded(problems):
        print(as_github(problem, words) if form == "github" else as_text(problem, words))
