"""Corrections that the data itself contradicts, without a look at what was published before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from generator.dataset import Dataset
from generator.locale import Message
from generator.problems import Problem
from generator.references import WHOLE
from generator.registers.corrections.records import Correction, CorrectionKind
from generator.trust.facts import QUOTED, Facts, Name, facts, places, stated
from generator.trust.told import WHO, WHY
from generator.trust.wording import meant, names_of


def untrue(dataset: Dataset) -> Iterator[Problem]:
    """Yield an error for each correction that the data itself contradicts: the newest one of a value must end in the value
    that holds now, each must begin where the one before it ended, and its reason and its post must be filled in."""
    head, records = facts(dataset), _records(dataset)
    chains: dict[Name, list[Correction]] = {}
    for correction in dataset.corrections:
        yield from _not_filled_in(correction)
        for name in _named(correction, head, records):
            chains.setdefault(name, []).append(correction)
    for name, chain in chains.items():
        if any(correction.kind is CorrectionKind.PRIVACY for correction in chain):
            continue  # what words there were is not said any more
        ordered = sorted(chain, key=lambda correction: correction.date)
        for before, after in pairwise(ordered):
            if not meant(name.table, name.field, before.new) & meant(name.table, name.field, after.old):
                yield Problem(
                    after.place("old"), "correction",
                    Message("the correction before this one ended in “{value}”", value=before.new or ""),
                    Message("let each correction begin with the value in which the one before it ended"),
                    value=after.old, related=(before.place("new"),),
                )  # fmt: skip
        last, present = ordered[-1], head.get(name, "")
        if present not in meant(name.table, name.field, last.new):
            record = places(dataset).get((name.table, name.record))
            yield Problem(
                last.place("new"), "correction",
                Message("this correction ends in “{value}”, but the file says “{present}”", value=last.new or "",
                        present=present),
                Message("correct the one that is wrong; a later change needs a correction of its own"),
                value=last.new, related=(record.place(name.field),) if record else (),
            )  # fmt: skip


def _records(dataset: Dataset) -> Mapping[tuple[str, str], Sequence[str]]:
    """Return the keys in full of all records by their tables and by each text that names them."""
    found: dict[tuple[str, str], list[str]] = {}
    for item in stated(dataset):
        for text in item.names:
            found.setdefault((item.table, text), []).append(item.record)
    return found


def _named(correction: Correction, head: Facts, records: Mapping[tuple[str, str], Sequence[str]]) -> Iterator[Name]:
    """Yield the names of the facts that a correction is about, among the records that there are."""
    own = records.get((correction.sheet, correction.record), ())
    for field in names_of(correction.sheet, correction.field) - {WHOLE}:
        named = [Name(correction.sheet, record, field) for record in own]
        yield from [name for name in named if name in head] or named[:1]


def _not_filled_in(correction: Correction) -> Iterator[Problem]:
    """Yield an error for each part of a row that is still as the guard printed it, and for what privacy must not repeat."""
    reason, post = Message("say why the value changed"), Message("write the post that approved it, not a name")
    for field, words, fix in (("reason", WHY, reason), ("approved_by", WHO, post)):
        if (value := getattr(correction, field)) in words:
            message = Message("“{value}” still has to be filled in", value=value)
            yield Problem(correction.place(field), "correction", message, fix, value=value)
    for field in QUOTED if correction.kind is CorrectionKind.PRIVACY else ():
        if getattr(correction, field):
            message = Message("a correction for privacy must not repeat what was removed")
            fix = Message("leave the old and the new value empty")
            yield Problem(correction.place(field), "correction", message, fix)
