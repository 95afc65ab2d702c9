"""A fault at every system call of a publication that writes: the process is killed there, or the call fails."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.torture.builder import Builder, arrived, moments
from tests.torture.sites import THEIRS, live
from tests.torture.tally import Tally

FAULTS = ("signal=KILL", "error=ENOSPC", "error=EIO")
NO_EXCHANGE = "renameat2:error=EINVAL"
NO_SYNCFS = "syncfs:error=ENOSYS"


@dataclass(frozen=True)
class Kind:
    """What is swept: what is injected in every run, how the builder builds, and whether there is a site before."""

    name: str
    always: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    first: bool = False


KINDS = (
    Kind("a fault in a publication over an earlier one"),
    Kind("a fault in the first publication", first=True),
    Kind("a fault where each file is waited for (no syncfs)", (NO_SYNCFS,)),
    Kind("a fault where folders cannot be exchanged (two renames)", (NO_EXCHANGE,)),
)
STRAIGHT = Kind("for contrast: a fault while writing straight into the folder", options=("straight",))


class Place:
    """The folder of a sweep, always brought to a known site before the next fault."""

    def __init__(self, kind: Kind, folder: Path, tally: Tally) -> None:
        self.kind = kind
        self.out = folder / "site"
        self.log = folder / "log"
        self.tally = tally
        self.number = 0

    def clear(self) -> None:
        """Leave nothing."""
        shutil.rmtree(self.out, ignore_errors=True)
        shutil.rmtree(self.out.with_name(".site.mingzhang"), ignore_errors=True)

    def prepare(self) -> int | None:
        """Bring the folder to where every run begins and return the number of its site."""
        if self.kind.first:
            self.clear()
            self.number += 2
            return None
        filling = 1 if self.out.exists() or self.kind == STRAIGHT else 7  # the kept versions and the spare one
        for _ in range(filling):
            self.number += 2
            self.tally.go_on(self.out, self.number, "preparation")
            for path, data in THEIRS.items():
                if not (self.out / path).exists():
                    (self.out / path).parent.mkdir(exist_ok=True)
                    (self.out / path).write_bytes(data)
        return self.number


def sweep(kind: Kind, step: int = 1) -> Iterator[Tally]:
    """Inject each fault at every `step`-th writing call of a publication; yields the tally as it grows."""
    tally = Tally(kind.name)
    with tempfile.TemporaryDirectory() as folder:
        place = Place(kind, Path(folder), tally)
        out, log = place.out, place.log
        place.prepare()
        code = Builder(out, *kind.options).traced(place.number + 1, kind.always, log)
        if code or live(out) != place.number + 1:
            raise RuntimeError(f"{kind.name}: even without a fault nothing is published")
        ready = Builder(out, *kind.options)
        refused = {fault.partition(":")[0] for fault in kind.always}
        calls = [(call, which) for call, which in moments(log) if call not in refused]
        for call, which, fault in [(*at, fault) for at in calls for fault in FAULTS][::step]:
            what = f"{call}:{fault}:when={which}"
            builder, ready = ready, Builder(out, *kind.options)  # the next one reads its code meanwhile
            old = place.prepare()
            code = builder.traced(place.number + 1, (*kind.always, what), log)
            tally.missed += not arrived(what, code, log)
            tally.judge(out, old, place.number + 1, code, what)
            if kind == STRAIGHT:
                place.clear()
            else:
                place.number += 2
                tally.go_on(out, place.number, what)
            yield tally
        ready.stop()
