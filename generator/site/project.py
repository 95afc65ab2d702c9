"""Where the frame's inputs lie, and where what is compiled from them is kept."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import generator
from generator.locale import Message, Spoken


class ProjectError(Spoken):
    """The frame's inputs are not where they should be; ``message`` says which."""


PACKAGE = Path(generator.__file__).resolve().parent
CHECKOUT = PACKAGE.parent


@dataclass(frozen=True)
class Project:
    """The folder with the frame's inputs, `mkdocs.yml` and `docs/`: by default the one that holds this program.

    Never the folder of the school that is built, unless that is the same: a `mkdocs.yml` names hooks, and whoever
    builds somebody else's data must not run somebody else's code.
    """

    root: Path = CHECKOUT

    @property
    def config_file(self) -> Path:
        """The `mkdocs.yml` of the frame."""
        return self._existing("mkdocs.yml")

    def docs(self, language: str) -> Path:
        """Return the folder of the hand-written pages in `language`."""
        return self._existing(f"docs/{language}")

    @property
    def theme(self) -> Path:
        """The overrides of the theme, which belong to the package."""
        return PACKAGE / "theme"

    def _existing(self, name: str) -> Path:
        if not (found := self.root / name).exists():
            raise ProjectError(Message("“{name}” is not in {root}", name=name, root=self.root))
        return found.resolve()


def cache_folder() -> Path:
    """Return the folder for compiled frames and templates: beside the program, or what ``MINGZHANG_CACHE`` names.

    It holds code that is run, so it must not lie in the folder of a school.
    """
    return Path(os.environ.get("MINGZHANG_CACHE") or CHECKOUT / ".mingzhang")
