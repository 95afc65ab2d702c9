"""What all commands share: how a command is added, and the language in which the school is spoken to."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Protocol

from generator.locale import Language, language


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
