"""Counting what torture did: one `Tally` for each kind, printed as one table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from generator.site.publish import PublishError, publish
from generator.site.publish.workshop import Workshop
from tests.torture.sites import content, live, number_of, site

HEADINGS = ("what was tried", "runs", "new live", "old live", "no site", "damaged", "stuck", "false ok")


@dataclass
class Tally:
    """What became of the runs of one kind of torture."""

    name: str
    runs: int = 0
    new: int = 0
    old: int = 0
    missing: int = 0
    damaged: int = 0
    stuck: int = 0
    false_ok: int = 0
    missed: int = 0
    overtaken: int = 0
    said: str = ""
    notes: list[str] = field(default_factory=list)

    def judge(self, out: Path, old: int | None, new: int, code: int, what: str) -> None:
        """Look at the live folder after one run that went from the site `old` (None: no site) to `new`."""
        self.runs += 1
        found = live(out)
        if out.exists() and not any(out.iterdir()):
            found = "missing"
        if found == new:
            self.new += 1
        elif found == old or (old is None and found == "missing"):
            self.old += 1
        elif found == "missing":
            self.missing += 1
        else:
            self.damaged += 1
            self.notes.append(f"damaged: {what}")
        if code == 0 and found != new:
            self.false_ok += 1
            self.notes.append(f"false ok, live is {found}: {what}")

    def go_on(self, out: Path, number: int, what: str) -> None:
        """Build as one does the next day: it must work, and leave nothing behind but whole versions."""
        try:
            publish(out, site(number), durable=False, wait=5)
        except (PublishError, OSError) as failure:
            self.stuck += 1
            self.notes.append(f"stuck, {failure!r}: {what}")
            return
        shop = Workshop(out)
        left = {path.name for path in shop.folder.iterdir()} - {"lock", ".gitignore", "spare"}
        left -= {path.name for path in shop.versions}
        torn = [path.name for path in shop.versions if number_of(content(path)) is None]
        if live(out) != number or left or torn:
            self.stuck += 1
            self.notes.append(f"stuck, live {live(out)}, left {sorted(left)}, torn {torn}: {what}")

    @property
    def bad(self) -> int:
        """How many runs ended as none may end."""
        return self.damaged + self.stuck + self.false_ok

    @property
    def row(self) -> tuple[str, ...]:
        """The counts as a row of the table."""
        counts = (self.runs, self.new, self.old, self.missing, self.damaged, self.stuck, self.false_ok)
        return (self.name, *(str(count) for count in counts))


def table(tallies: Iterable[Tally]) -> str:
    """Return the counts of all kinds as a Markdown table, with notes on what went wrong below."""
    tallies = list(tallies)
    rows = [HEADINGS, tuple("---" for _ in HEADINGS), *(tally.row for tally in tallies)]
    notes = [note for tally in tallies for note in tally.notes[:5]]
    return "\n".join([*(f"| {' | '.join(row)} |" for row in rows), *notes])
