"""Where the frame's inputs lie: in the school's own folder, or else in the checkout that holds this package."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import generator
from generator.locale import Message


class ProjectError(Exception):
    """The frame's inputs are not where they should be; ``message`` says which."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


PACKAGE = Path(generator.__file__).resolve().parent
CHECKOUT = PACKAGE.parent


@dataclass(frozen=True)
class Project:
    """A school's folder ``root``, which holds `data/` and may hold its own `mkdocs.yml` and `docs/`."""

    root: Path

    @property
    def config_file(self) -> Path:
        """The `mkdocs.yml` of the frame."""
        return self._nearest("mkdocs.yml")

    def docs(self, language: str) -> Path:
        """Return the folder of the hand-written pages in `language`."""
        return self._nearest(f"docs/{language}")

    @property
    def theme(self) -> Path:
        """The overrides of the theme, which belong to the package."""
        return PACKAGE / "theme"

    @property
    def frame_cache(self) -> Path:
        """The default folder of compiled frames."""
        return self.root / ".mingzhang" / "frame"

    def _nearest(self, name: str) -> Path:
        for folder in (self.root, CHECKOUT):
            if (found := folder / name).exists():
                return found.resolve()
        raise ProjectError(Message("“{name}” is neither in {root} nor beside the program", name=name, root=self.root))
