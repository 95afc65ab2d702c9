"""The ledger: one line for each state of the data that was published, each line holding the hash of the line before.

Whoever keeps the code of one line can show with one command any later change to what was public on that day,
because no line can be altered without altering every code after it. The file is JSON Lines, append-only.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from generator.dataset import Dataset
from generator.locale import Message, Spoken
from generator.records import Record, titles
from generator.trust.facts import as_csv, facts, root, stated
from generator.trust.publication import FirstPublished

FILE = "ledger.jsonl"
NOTHING = "0" * 64
HASH = re.compile(r"[0-9a-f]{64}").fullmatch
COMMIT = re.compile(r"[0-9a-f]{40,64}").fullmatch
GROUPS, GROUP = 8, 4
# A key of other kinds is free text, which might have to be forgotten one day; the ledger never forgets.
LASTING = frozenset({"code", "month", "day"})


class WrongLedger(Spoken):
    """A ledger that does not hold together; ``message`` says where and why."""


@dataclass(frozen=True)
class State:
    """What one published state of the data is, for the ledger: the facts root, the hash of each file, the ids of all
    corrections, the keys of all records whose keys are codes or dates, by table, and whether it is made-up sample data."""

    facts: str
    files: Mapping[str, str]
    corrections: tuple[str, ...]
    records: Mapping[str, tuple[str, ...]]
    sample: bool = False


@dataclass(frozen=True)
class Entry:
    """One line of the ledger.

    ``files`` are the hashes that changed since the line before, None for a file that is gone; ``corrections`` the ids
    that are new; ``records`` the keys that were never published before. ``commit`` is None for data not committed.
    """

    seq: int
    previous: str
    date: dt.date
    commit: str | None
    facts: str
    files: Mapping[str, str | None]
    corrections: tuple[str, ...]
    records: Mapping[str, tuple[str, ...]]

    @property
    def line(self) -> bytes:
        """The line as it stands in the file, without its line feed."""
        return json.dumps(
            {
                "seq": self.seq, "previous": self.previous, "date": self.date.isoformat(), "commit": self.commit,
                "facts": self.facts, "files": self.files, "corrections": self.corrections, "records": self.records,
            },
            ensure_ascii=False, separators=(",", ":"),
        ).encode()  # fmt: skip

    @property
    def hash(self) -> str:
        """The SHA-256 of the line."""
        return hashlib.sha256(self.line).hexdigest()

    @property
    def code(self) -> str:
        """The code (核对码) that people note down: half of the hash in eight groups of four digits.

        Fewer digits would let a school prepare two ledgers with one code, and show either.
        """
        found = self.hash
        return "-".join(found[at : at + GROUP] for at in range(0, GROUPS * GROUP, GROUP))

    @property
    def summary(self) -> Message:
        """What the line says was published, in words."""
        count = sum(map(len, self.records.values()))
        text = Message("files changed {files}, new records {records}", files=len(self.files), records=count)
        if self.corrections:
            text = Message("{text}, corrections {ids}", text=text, ids=list(self.corrections))
        return text


@dataclass(frozen=True)
class Ledger:
    """All lines of a ledger, oldest first; each names the hash of the one before it."""

    entries: tuple[Entry, ...] = ()

    @property
    def newest(self) -> Entry | None:
        """The last line, whose code is the head of the chain."""
        return self.entries[-1] if self.entries else None

    @property
    def content(self) -> bytes:
        """The file."""
        return b"".join(entry.line + b"\n" for entry in self.entries)

    @property
    def files(self) -> Mapping[str, str]:
        """The hash of every data file after the last line."""
        found: dict[str, str | None] = {}
        for entry in self.entries:
            found.update(entry.files)
        return {file: hash_ for file, hash_ in sorted(found.items()) if hash_ is not None}

    def followed_by(self, state: State, day: dt.date, commit: str | None) -> Ledger:
        """Return the ledger after the publication of a state; the same one where the last line holds for it.

        A day before that of the last line becomes that one: what is published later is not older.
        """
        files = self.files
        last = self.newest
        if last and last.facts == state.facts and files == state.files:
            return self
        changed: dict[str, str | None] = {f: h for f, h in sorted(state.files.items()) if files.get(f) != h}
        changed |= dict.fromkeys(sorted(files.keys() - state.files.keys()))
        told = {id_ for entry in self.entries for id_ in entry.corrections}
        known = self._known()
        new = {
            table: fresh
            for table, keys in sorted(state.records.items())
            if (fresh := tuple(key for key in keys if key not in known.get(table, ())))
        }
        entry = Entry(
            len(self.entries) + 1, last.hash if last else NOTHING, max(day, last.date) if last else day, commit,
            state.facts, dict(sorted(changed.items())), tuple(id_ for id_ in state.corrections if id_ not in told), new,
        )  # fmt: skip
        return Ledger((*self.entries, entry))

    def _known(self) -> Mapping[str, set[str]]:
        known: dict[str, set[str]] = {}
        for entry in self.entries:
            for table, keys in entry.records.items():
                known.setdefault(table, set()).update(keys)
        return known

    def first_published(self) -> FirstPublished:
        """Return the day on which each record first stood in the ledger."""
        days: dict[tuple[str, str], dt.date] = {}
        for entry in self.entries:
            for table, keys in entry.records.items():
                for key in keys:
                    days.setdefault((table, key), entry.date)
        return FirstPublished(self.entries[0].date if self.entries else None, days)


def state_of(dataset: Dataset) -> State:
    """Return what the ledger keeps of a school's data as it stands."""
    records: dict[str, list[str]] = {}
    for item in stated(dataset):
        if _is_lasting(type(item.value)):
            records.setdefault(item.table, []).append(item.record)
    return State(
        root(as_csv(facts(dataset))),
        {file.path: file.sha256 for file in sorted(dataset.files, key=lambda file: file.path)},
        tuple(sorted(correction.id for correction in dataset.corrections)),
        {table: tuple(sorted(set(keys))) for table, keys in sorted(records.items())},
        bool(dataset.school.sample),
    )


@cache
def _is_lasting(model: type[Record]) -> bool:
    """Whether the keys of a record may be kept for ever: they are codes and dates, and never somebody's words."""
    return all(getattr(t.kind, "name", "") in LASTING for t in titles(model) if t.key or t.path)


def read_ledger(content: bytes) -> Ledger:
    """Return the ledger that a file holds, its chain checked; raises `WrongLedger` with the line that is wrong."""
    entries = tuple(_entry(line, at) for at, line in enumerate(_lines(content), 1))
    for at, entry in enumerate(entries, 1):
        if entry.seq != at or entry.previous != (entries[at - 2].hash if at > 1 else NOTHING):
            raise _wrong(at, Message("it does not follow the line before; a line was changed, removed or inserted"))
    for before, after in pairwise(entries):
        if after.date < before.date:
            raise _wrong(after.seq, Message("its date lies before that of the line before"))
    return Ledger(entries)


def _lines(content: bytes) -> Sequence[bytes]:
    if content and not content.endswith(b"\n"):
        raise _wrong(content.count(b"\n") + 1, Message("it is cut off"))
    return content.split(b"\n")[:-1]


def _wrong(line: int, reason: Message) -> WrongLedger:
    return WrongLedger(Message("line {line} of the ledger is wrong: {reason}", line=line, reason=reason))


def _entry(line: bytes, at: int) -> Entry:
    """Return the entry that a line spells; the line must be spelt exactly as `Entry.line` would."""
    try:
        given = json.loads(line)
        entry = Entry(
            given["seq"], given["previous"], dt.date.fromisoformat(given["date"]), given["commit"], given["facts"],
            dict(given["files"]), tuple(given["corrections"]), {t: tuple(k) for t, k in given["records"].items()},
        )  # fmt: skip
        if _is_sound(entry) and entry.line == line:
            return entry
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass  # said below, in the same words
    raise _wrong(at, Message("it is not written as a ledger writes it"))


def _is_sound(entry: Entry) -> bool:
    """Whether every value of an entry is of its kind."""
    hashes = [entry.previous, entry.facts, *(hash_ for hash_ in entry.files.values() if hash_ is not None)]
    words = [*entry.corrections, *entry.files, *(key for keys in entry.records.values() for key in keys)]
    committed = entry.commit is None or COMMIT(entry.commit)
    numbered = type(entry.seq) is int  # `true` and `1.0` are equal to 1
    return bool(numbered and committed and all(map(HASH, hashes)) and all(isinstance(word, str) for word in words))
