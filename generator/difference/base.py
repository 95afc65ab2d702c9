"""What a change is compared with: the state of the school that was published at a base, checked as of the same day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.build import Checked, builds, check
from generator.dataset import Dataset
from generator.locale import Message
from generator.privacy.allowed import FILE as ALLOWED
from generator.privacy.allowed import Allowed, AllowList
from generator.privacy.scan import content_of
from generator.problems import Severity
from generator.trust.facts import Facts, as_csv, facts, root
from generator.trust.history import HistoryError, Repository
from generator.trust.ledger import Ledger, state_of
from generator.trust.published import FACTS, base_facts, past_of


@dataclass(frozen=True)
class Base:
    """The state that a change is compared with.

    ``name`` is the commit, shortened, or the folder; ``day`` that of the commit. ``checked`` is None where nothing was
    published at all, or where there is only the folder of a site, which holds facts and no registers. ``allowed`` is what the
    search for personal data let pass.
    """

    name: str
    day: dt.date | None = None
    facts: Facts = field(default_factory=dict)
    checked: Checked | None = None
    allowed: tuple[Allowed, ...] = ()

    @property
    def data(self) -> Dataset | None:
        """The registers of the base."""
        return self.checked.books.data if self.checked and self.checked.books else None


def default_base(school: Path) -> str:
    """Return the commit at which the branch left the published one, or else the last commit; raises `HistoryError`."""
    repository = Repository(school)
    published = repository.published_branch
    found = (repository.fork_point(published) if published else None) or repository.commit("HEAD")
    if found is None:
        raise HistoryError(
            Message("there is no history here; say with --base what to compare with: a revision or a folder")
        )
    return found


def base_of(school: Path, base: str, head: Checked) -> Base:
    """Return the state that was published at a revision, or in the folder of a school or of a site.

    As for the guard, a revision stands for the newest of its states that built. Raises `HistoryError`.
    """
    if past := past_of(school, base):
        repository, tip = past
        with repository.published(tip, builds) as found:
            if found is None:
                return Base(tip[:12])
            revision, folder, dataset = found
            return _as_of(head, Base(revision.commit[:12], dt.date.fromisoformat(revision.day)), folder, dataset)
    folder = Path(base)
    if (folder / FACTS).is_file() or (own := builds(folder)) is None:
        return Base(base, None, base_facts(school, base, builds).facts)
    return _as_of(head, Base(base), folder, own)


def _as_of(head: Checked, base: Base, folder: Path, dataset: Dataset) -> Base:
    """Return a base with what is found in it on the day of the head; what was published once has no errors."""
    known = facts(dataset)
    base = replace(base, allowed=allowed_in(folder))
    if head.books is None:
        return replace(base, facts=known)
    ledger = _until(head, dataset)
    checked = check(folder, head.books.today, first=ledger.first_published())
    quiet = tuple(problem for problem in checked.problems if problem.severity is not Severity.ERROR)
    return replace(base, facts=known, checked=replace(checked, problems=quiet, ledger=ledger))


def allowed_in(folder: Path) -> tuple[Allowed, ...]:
    """Return the list of what looks personal and is let pass, of the school in a folder."""
    return AllowList.read(content_of(folder / ALLOWED), None).rows


def _until(head: Checked, dataset: Dataset) -> Ledger:
    """Return the ledger as it was when the base was published, so that both sides tell the same first days."""
    assert head.books is not None  # noqa: S101  the caller looked
    entries = list(head.ledger.entries)
    own = root(as_csv(facts(dataset)))
    if any(entry.facts == own for entry in entries):
        while entries[-1].facts != own:
            entries.pop()
        return Ledger(tuple(entries))
    if entries and entries[-1].facts == root(as_csv(facts(head.books.data))):
        entries.pop()
    return Ledger(tuple(entries)).followed_by(state_of(dataset), head.books.today, None)
