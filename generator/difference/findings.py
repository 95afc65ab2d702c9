"""Which findings a change opens and closes, and which it explains."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.oversight.books import Books
from generator.oversight.rule import Finding


@dataclass(frozen=True)
class Findings:
    """Findings that were not open before and are, that were and are not, and that have another explanation than before;
    ``before`` and ``after`` are how many are open."""

    opened: tuple[Finding, ...] = ()
    closed: tuple[Finding, ...] = ()
    explained: tuple[Finding, ...] = ()
    before: int = 0
    after: int = 0


def findings(base: Books | None, head: Books) -> Findings:
    """Return what a change does to the open findings; both sides were checked as of the same day."""
    was, now = _open(base.open if base else ()), _open(head.open)
    return Findings(
        tuple(found for id_, found in now.items() if id_ not in was),
        tuple(found for id_, found in was.items() if id_ not in now),
        tuple(found for id_, found in now.items() if id_ in was and _is_explained(was[id_], found)),
        len(was), len(now),
    )  # fmt: skip


def _open(found: Iterable[Finding]) -> dict[str, Finding]:
    return {finding.id: finding for finding in found}


def _is_explained(before: Finding, after: Finding) -> bool:
    return after.explanation is not None and after.explanation != before.explanation
