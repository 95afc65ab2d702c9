"""How a silent change is told to a clerk, with the row of `corrections.csv` that would make it right."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from generator.dataset import Dataset, sheet_named
from generator.locale import N_, Message
from generator.problems import Place, Problem
from generator.references import WHOLE
from generator.registers.corrections.records import Correction, CorrectionKind
from generator.trust.changes import Change
from generator.trust.cover import names
from generator.trust.facts import Name, places
from generator.trust.wording import heading, told, whole

WHY, WHO = ("（写明原因）", "(say why)"), ("（批准岗位）", "(approving post)")
CALLED = ("item", "name", "action", "title")
"""The fields by which people know a record, the first that it has."""


def silent(change: Change, dataset: Dataset, row: str) -> Problem:
    """Return the error for a change that nothing tells, with the row that would."""
    name, language = change.name, dataset.school.language.en
    fix = Message("if this was a slip, put it back; if the change is right, add this row to data/corrections.csv with the "
                  "reason and the approving post: {row}", row=row)  # fmt: skip
    if any(c.kind is CorrectionKind.PRIVACY and names(c, name) for c in dataset.corrections):
        fix = Message("privacy takes words out, or puts × in their place; other words and figures need another kind")
    values: dict[str, Any] = {"record": _called(change, dataset, language)}
    new = told(name.table, name.field, change.new or "", language)
    if change.before:
        text = N_("{record} of {table} was published and is gone, and no correction says so")
        sheet = sheet_named(name.table)
        values["table"] = sheet.label(language) if sheet else name.table
    else:
        values |= {"field": heading(name.table, name.field, language), "new": new}
        values["old"] = told(name.table, name.field, change.old, language)
        text = N_("“{field}” of {record} was published as “{old}” and is now “{new}”, and no correction says so")
        if not change.new:
            text = N_("“{field}” of {record} was published as “{old}” and is now empty, and no correction says so")
        elif not change.old:
            text = N_("“{field}” of {record} was published empty, which says something too, and is now “{new}”, and no "
                      "correction says so")  # fmt: skip
    return Problem(place_of(dataset, name), "published", Message(text, **values), fix, value=new or None)


def _called(change: Change, dataset: Dataset, language: str) -> str:
    """Return a record's key with what people call it."""
    name = change.name
    record = places(dataset).get((name.table, name.record))
    words = (change.before.get(field) or getattr(record, field, None) for field in CALLED)
    title = next((word for word in words if isinstance(word, str)), "")
    if not title:
        return name.record
    return f"{name.record}（{title}）" if language == "zh" else f"{name.record} ({title})"


def place_of(dataset: Dataset, name: Name) -> Place:
    """Return where a fact stands, or else the file in which it stood."""
    if record := places(dataset).get((name.table, name.record)):
        return record.place(name.field)
    first, sheet = name.record.partition("/")[0], sheet_named(name.table)
    path = "data/" + (sheet.path.format(term=first, year=first) if sheet else name.table)
    return Place(next((f.path for f in dataset.files if f.path.rpartition(".")[0] == path), path))


def correction_row(change: Change, id_: str, today: dt.date, language: str) -> str:
    """Return the row of `corrections.csv` that tells a change, with the reason and the approving post left to fill in."""
    name = change.name
    kind = CorrectionKind.WITHDRAWN if change.before else CorrectionKind.MISTAKE
    first = 0 if language == "zh" else 1
    old = (
        whole(name.table, change.before, language)
        if change.before
        else told(name.table, name.field, change.old, language)
    )
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="").writerow((
        id_, today.isoformat(), name.table, name.record,
        name.field if name.field == WHOLE else heading(name.table, name.field, language), old,
        told(name.table, name.field, change.new or "", language), kind.label(language), WHY[first], WHO[first],
    ))  # fmt: skip
    return out.getvalue()


def free_numbers(corrections: Sequence[Correction]) -> Iterator[str]:
    """Yield ids that no correction has yet, counting on in the way of the last one."""
    taken = {correction.id for correction in corrections}
    last = corrections[-1].id if corrections else "C-000"
    match = re.fullmatch(r"(.*?)(\d+)", last)
    head, digits = match.groups() if match else (f"{last}-", "0")
    number = int(digits)
    while True:
        number += 1
        if (id_ := f"{head}{number:0{len(digits)}d}") not in taken:
            yield id_
