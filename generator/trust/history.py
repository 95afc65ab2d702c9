"""What git knows of a school's data: which state was published, and the states before it.

A figure counts as published once it was in a commit on the main branch that built; a commit whose data has errors
builds nothing, so the state that was published at a revision is that of its newest ancestor without errors.
Only the first parent of a merge is followed: that is the main branch itself.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from generator.commit import git
from generator.dataset import Dataset
from generator.locale import Message, Spoken

MAIN = ("origin/HEAD", "origin/main", "origin/master", "refs/heads/main", "refs/heads/master")
LONGEST = 10_000
ORDINARY = ("100644", "100755")

Builds = Callable[[Path], Dataset | None]
"""Loads the school in a folder and returns it if it builds, that is, when its data has no errors."""


class HistoryError(Spoken):
    """A revision that cannot be compared with; ``message`` says why."""


@dataclass(frozen=True)
class Revision:
    """One commit that changed the data: its id, the day in its committer's own zone, and the id of the data's tree."""

    commit: str
    day: str
    tree: str


@dataclass(frozen=True)
class Repository:
    """The git repository that holds a school's folder; `root` may be a folder inside of it."""

    root: Path

    def _git(self, *arguments: str, given: bytes = b"") -> bytes | None:
        """Return what a git command prints, or None where it fails or there is no git."""
        done = git(self.root, *arguments, given=given)
        return None if done is None or done.returncode else done.stdout

    def _said(self, *arguments: str) -> str | None:
        found = self._git(*arguments)
        return None if found is None else found.decode("utf-8", "replace").strip()

    @cached_property
    def prefix(self) -> str | None:
        """The way from the repository to the school's folder, with its closing slash; None outside of a repository."""
        return self._said("rev-parse", "--show-prefix")

    def commit(self, revision: str) -> str | None:
        """Return the id of the commit that a revision names, or None; a tag named like a branch of a remote is not it."""
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options")
        names = (f"refs/remotes/{revision}", revision)
        return next((found for name in names if (found := self._said(*asked, f"{name}^{{commit}}"))), None)

    @cached_property
    def published_branch(self) -> str | None:
        """The commit at the tip of the main branch, as far as this clone knows it."""
        return next((found for name in MAIN if (found := self.commit(name))), None)

    def fork_point(self, revision: str) -> str | None:
        """Return the newest commit that HEAD and a revision have in common."""
        return self._said("merge-base", revision, "HEAD")

    def tree(self, commit: str) -> str | None:
        """Return the id of the data folder's tree in a commit, or None where it has none."""
        return self._said("rev-parse", "--verify", "--quiet", f"{commit}:{self.prefix or ''}data")

    def is_shallow(self) -> bool:
        """Whether only the newest commits are here, as in a clone with ``--depth``."""
        return self._said("rev-parse", "--is-shallow-repository") == "true"

    def is_refused(self) -> bool:
        """Whether there is a repository that git will not read, as when it belongs to another user of the machine."""
        here = self.root.resolve()
        return self.prefix is None and any((folder / ".git").exists() for folder in (here, *here.parents))

    def revisions(self, tip: str) -> Iterator[Revision]:
        """Yield the commits of the main branch up to `tip` that changed the data, newest first."""
        command = ("log", "--first-parent", "--no-show-signature", f"--max-count={LONGEST}", "--format=%H %cs",
                   tip, "--", "data")  # fmt: skip
        for line in (self._said(*command) or "").splitlines():
            commit, _, day = line.partition(" ")
            if tree := self.tree(commit):
                yield Revision(commit, day, tree)

    @contextmanager
    def checkout(self, commit: str) -> Iterator[Path]:
        """Give a temporary folder with the data of a commit; raises `HistoryError` where it cannot be had.

        Every file is taken as it is: `git archive` would leave out what a ``.gitattributes`` of the school tells it to.
        """
        tree = self.tree(commit)
        listed = self._git("ls-tree", "-r", "-z", "--full-tree", tree) if tree else None
        if listed is None:
            raise HistoryError(Message("the data of commit {commit} is not here", commit=commit[:12]))
        with tempfile.TemporaryDirectory(prefix="mingzhang-base-") as folder:
            data = Path(folder) / "data"
            data.mkdir()
            self._write(data, _blobs(listed))
            yield Path(folder)

    def _write(self, folder: Path, blobs: Sequence[tuple[str, str]]) -> None:
        """Write the blobs of a tree below a new folder."""
        asked = "".join(f"{blob}\n" for blob, _ in blobs).encode()
        found = self._git("cat-file", "--batch", given=asked) if blobs else b""
        if found is None:
            raise HistoryError(Message("the history of the data cannot be read"))
        at = 0
        for _, path in blobs:
            head, _, _ = found[at : at + 200].partition(b"\n")
            at += len(head) + 1
            size = int(head.split()[2])
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(found[at : at + size])
            at += size + 1

    @contextmanager
    def published(self, tip: str, builds: Builds) -> Iterator[tuple[Revision, Path, Dataset] | None]:
        """Give the newest state up to `tip` that built: its commit, its files and its registers; None where none ever did."""
        for revision in self.revisions(tip):
            with self.checkout(revision.commit) as folder:
                if dataset := builds(folder):
                    yield revision, folder, dataset
                    return
        yield None


def _blobs(listed: bytes) -> list[tuple[str, str]]:
    """Return id and path of the ordinary files of a tree; a link is no data, and a path out of the folder is an attack."""
    found = []
    for line in filter(None, listed.split(b"\0")):
        about, _, name = line.partition(b"\t")
        mode, kind, blob = about.decode("ascii").split()
        path = name.decode("utf-8", "surrogateescape")
        parts = PurePosixPath(path).parts
        if kind == "blob" and mode in ORDINARY and path[:1] != "/" and not {"..", ""} & set(parts):
            found.append((blob, path))
    return found
