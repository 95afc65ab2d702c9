"""The guard: a published fact may change or vanish only with a correction that says so.

It compares the facts that were published with those that are to be published. Every difference must be told by a new
row of `corrections.csv`, and every such row must tell the truth.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from generator.dataset import Dataset
from generator.loading import duplicates
from generator.locale import Message
from generator.problems import Problem
from generator.references import WHOLE, WHOLE_WORDS
from generator.registers.corrections.records import Correction, CorrectionKind
from generator.trust.changes import changes
from generator.trust.cover import TABLE, names, uncovered
from generator.trust.facts import Facts, Name, facts
from generator.trust.told import correction_row, free_numbers, place_of, silent
from generator.trust.wording import meant, whole
from generator.values.choice import YesNo

SAMPLE = Name("school", "school", "sample")


@dataclass(frozen=True)
class Comparison:
    """What is to be published, compared with what was: how many facts differ, what is wrong with that, and the rows of
    `corrections.csv` that would tell all differences which nothing tells yet, to copy as they are."""

    changed: int = 0
    problems: tuple[Problem, ...] = ()
    rows: tuple[str, ...] = ()


def guard(base: Facts, dataset: Dataset, today: dt.date) -> list[Problem]:
    """Return an error for each published fact of `base` that changed or vanished without a correction, with the row to
    add, and for each new correction that does not say what happened."""
    return list(compare(base, dataset, today).problems)


def compare(base: Facts, dataset: Dataset, today: dt.date) -> Comparison:
    """Compare a school with the facts that were published."""
    head = facts(dataset)
    if base and is_sample(base) != is_sample(head):
        return Comparison() if is_sample(base) else Comparison(1, (_made_a_sample(dataset),))
    known = {name.record for name in base if name.table == TABLE}
    new = [correction for correction in dataset.corrections if correction.id not in known]
    twice = _told_twice(dataset)
    found = [change for change in changes(base, head) if change.name[:2] not in twice]
    open_, used = uncovered(found, base, new)
    language, numbers = dataset.school.language.en, free_numbers(dataset.corrections)
    rows = tuple(correction_row(change, next(numbers), today, language) for change in open_)
    problems = [silent(change, dataset, row) for change, row in zip(open_, rows, strict=True)]
    untold = (_untold(correction, base, head) for correction in new if correction.id not in used)
    return Comparison(len(found), (*problems, *filter(None, untold), *_returned(base, dataset, head)), rows)


def _told_twice(dataset: Dataset) -> frozenset[tuple[str, str]]:
    """Return the records of tables that have the key of another: an error of its own, which says it once for all cells."""
    found = ((file.sheet.name, problem.value) for file in dataset.files for problem in duplicates(file.records))
    return frozenset((table, key) for table, key in found if key)


def is_sample(found: Facts) -> bool:
    """Whether these facts say of themselves that they are made up; then nothing real was published."""
    return found.get(SAMPLE) == YesNo.YES.en


def _made_a_sample(dataset: Dataset) -> Problem:
    """Return the error for a school that would call its published figures made up, after which all might change."""
    message = Message("this school has published its figures; they cannot become sample data")
    return Problem(dataset.school.place("sample"), "published", message, Message("put it back as it was"))


def _untold(correction: Correction, base: Facts, head: Facts) -> Problem | None:
    """Return what is wrong with a new correction that tells no change: it may only tell what was left out before."""
    own = [name for name in {**base, **head} if names(correction, name)]
    published = [base[name] for name in own if name in base]
    if not published:
        return None
    message = Message(
        "this correction says that “{old}” was published, but it was “{published}”",
        old=correction.old or "", published=published[0],
    )  # fmt: skip
    place = correction.place("old")
    if all(published[0] in meant(correction.sheet, name.field, correction.old) for name in own if name in base):
        message = Message("this correction says that a published value changed, but it did not")
        place = correction.place("new")
    fix = Message("write what was published and what holds now, or remove the row")
    return Problem(place, "published", message, fix, value=correction.old)


def _returned(base: Facts, dataset: Dataset, head: Facts) -> Iterator[Problem]:
    """Yield an error for each record that was withdrawn earlier and comes back under its key with other values."""
    known = {(name.table, name.record) for name in base}
    gone = [c for c in dataset.corrections if (TABLE, c.id) in known and c.field in WHOLE_WORDS]
    for correction in gone:
        back = {
            n.record for n in head if (n.table, n.record) not in known and names(correction, n._replace(field=WHOLE))
        }
        for record in sorted(back):
            values = {n.field: value for n, value in head.items() if (n.table, n.record) == (correction.sheet, record)}
            now = {whole(correction.sheet, values, language) for language in ("zh", "en")}
            if correction.kind is not CorrectionKind.PRIVACY and correction.old not in now:
                message = Message("{record} was withdrawn, and is back with other values", record=record)
                fix = Message("give it a key of its own, or put it back as it was and correct it afterwards")
                place = place_of(dataset, Name(correction.sheet, record, ""))
                yield Problem(place, "published", message, fix, related=(correction.place("old"),))
