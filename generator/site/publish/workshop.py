"""The folder beside the site in which new versions are made and the last ones are kept: ``.site.mingzhang``.

=================  =============================================================================================
``lock``           held by the one builder at work
``new``            a version being made; worth nothing when its builder is gone
``ready-NUMBER``   a checked version that is about to be switched in, named by the inode of its folder; after the
                   exchange the earlier version stands under this name, and its inode differs from the number
``000017``         a version that was live once; the highest number was the last
``spare``          the version before those: its files are used again for the next one, which is faster than removing
                   them and linking them anew
``old``            a version being removed
=================  =============================================================================================

So what a killed builder left behind says by itself how far it came, and nothing has to be written about it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from generator.locale import Message
from generator.site.publish.errors import PublishError
from generator.site.publish.lock import locked
from generator.site.publish.tree import remove

KEPT = 5
"""How many earlier versions are kept."""


@dataclass(frozen=True)
class Workshop:
    """The workshop of the site in `root`."""

    root: Path

    @property
    def folder(self) -> Path:
        """The folder of the workshop, on the same file system as the site."""
        return self.root.with_name(f".{self.root.name}.mingzhang")

    @property
    def new(self) -> Path:
        """The version being made."""
        return self.folder / "new"

    @property
    def spare(self) -> Path:
        """The version that is kept for its files only."""
        return self.folder / "spare"

    @property
    def old(self) -> Path:
        """The version being removed."""
        return self.folder / "old"

    @property
    def versions(self) -> list[Path]:
        """The kept versions, the oldest first."""
        return sorted(
            (path for path in self.folder.iterdir() if path.name.isdecimal()), key=lambda path: int(path.name)
        )

    @property
    def next_version(self) -> Path:
        """The name under which the version that is live now will be kept."""
        number = int(versions[-1].name) + 1 if (versions := self.versions) else 1
        return self.folder / f"{number:06}"

    @contextmanager
    def open(self, wait: float) -> Iterator[None]:
        """Be the one builder at work, with the remains of killed ones cleared away."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if not stat.S_ISDIR(os.lstat(self.folder).st_mode):
            raise PublishError(Message("{path} is in the way and was not made by Mingzhang", path=self.folder))
        with locked(self.folder / "lock", self.root, wait):
            self.recover()
            ignore = self.folder / ".gitignore"
            if not ignore.exists() or not ignore.stat().st_size:
                ignore.write_text("*\n", "utf-8")  # a school's site often lies in its repository
            yield

    def ready(self) -> Path:
        """Give the finished version the name under which it can be switched in, and return it."""
        ready = self.folder / f"ready-{os.lstat(self.new).st_ino}"
        self.new.rename(ready)
        return ready

    def recover(self) -> None:
        """Finish what a killed builder began if its version was ready and the site is missing; clear the rest away."""
        for path in (self.new, self.old):
            if os.path.lexists(path):
                remove(path)
        for path in sorted(self.folder.glob("ready-*")):
            if _was_live(path):
                path.rename(self.next_version)
            elif not os.path.lexists(self.root):
                path.rename(self.root)
            else:
                self._throw_away(path)

    def give_up(self) -> None:
        """After a failure, make room at once; what cannot be removed now is left to the next build."""
        if not os.path.lexists(self.root) and self.versions:
            return  # the switch was half done and could not be undone: `recover` finishes it
        with suppress(OSError):
            for path in (*self.folder.glob("ready-*"), *self.folder.glob("new"), *self.folder.glob("spare")):
                if not _was_live(path):
                    self._throw_away(path)

    def _throw_away(self, path: Path) -> None:
        """Remove a version; it loses its name first, so that what a kill leaves of it is never taken for a whole one."""
        remove(path.rename(self.old))

    def take_spare(self) -> None:
        """Begin the next version with the spare one, if there is one."""
        with suppress(FileNotFoundError):
            self.spare.rename(self.new)

    def prune(self) -> None:
        """Keep the last `KEPT` versions; the site is published already, and a failure here changes nothing."""
        with suppress(OSError):
            for path in self.versions[:-KEPT]:
                if os.path.lexists(self.spare):
                    self._throw_away(path)
                else:
                    path.rename(self.spare)


def _was_live(path: Path) -> bool:
    """Return whether this is the earlier version under the name of the one that took its place."""
    inode = path.name.removeprefix("ready-")
    return inode != path.name and inode != str(os.lstat(path).st_ino)
