"""The guard: a published fact may change or vanish only with a correction that says so.

It compares the facts that were published with those that are to be published. Every difference must be told by a new
row of `corrections.csv`, and every such row must tell the truth.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from generator.dataset import SHEETS, Dataset
from generator.locale import Message
from generator.problems import Place, Problem
from generator.records import Sheet, nested, titles
from generator.references import WHOLE, WHOLE_WORDS
from generator.registers.corrections.records import Correction, CorrectionKind
from generator.trust.facts import Facts, Name, facts, places
from generator.trust.wording import fields, heading, meant, names_of, told, whole
from generator.values.choice import YesNo

TABLE = "corrections"
SAMPLE = Name("school", "school", "sample")
WHY, WHO = ("（写明原因）", "(say why)"), ("（批准岗位）", "(approving post)")
FIGURES = frozenset({"money", "count", "standard", "day", "month", "when", "code", "codes", "grades", "choice"})
"""Kinds of values in which there is no personal data: privacy is no reason to change them."""
QUOTED = ("old", "new")
"""The fields in which a correction quotes a value of another field."""
SPEAKING: Mapping[str, frozenset[str]] = {
    "fees": frozenset({"times", "grades", "boarding", "campuses", "effective_from", "effective_to"}),
    "fee_totals": frozenset({"grade", "campus"}), "budget": frozenset({"fund", "carried"}),
    "lines": frozenset({"fund"}), "calendar": frozenset({"campuses"}), "plan": frozenset({"campuses"}),
}  # fmt: skip
"""The fields whose empty cell says something, such as once, for all, or without end: filling them in is a change."""
HIDING = frozenset("×*＊□某")
"""What may stand in the place of words that were removed for privacy."""


@dataclass(frozen=True)
class Change:
    """A published fact that is otherwise now: its canonical value before and now, None where it is gone.

    The name of a record that is gone as a whole has the field `*`; ``before`` then holds all its values by field.
    """

    name: Name
    old: str
    new: str | None
    before: Mapping[str, str]


def changes(base: Facts, head: Facts) -> Iterator[Change]:
    """Yield every fact of `base` that is otherwise in `head` or gone, by name; what was added is no change, but for a
    cell that said something by being empty.

    A measure that goes from “not started” by way of “running” to “done” has not been rewritten: it went on.
    """
    left = {(name.table, name.record) for name in head}
    gone: dict[tuple[str, str], dict[str, str]] = {}
    for name, old in base.items():
        if (name.table, name.record) not in left:
            gone.setdefault((name.table, name.record), {})[name.field] = old
        elif (new := head.get(name)) != old and not _went_on(name, old, new):
            yield Change(name, old, new, {})
    known = {(name.table, name.record) for name in base}
    for name, new in head.items():
        if name.field in SPEAKING.get(name.table, ()) and name not in base and (name.table, name.record) in known:
            yield Change(name, "", new, {})
    for (table, record), values in gone.items():
        yield Change(Name(table, record, WHOLE), whole(table, values, "en"), None, values)


def _went_on(name: Name, old: str, new: str | None) -> bool:
    """Whether a state of work moved forward."""
    steps = _steps(name.table, name.field)
    return old in steps and new in steps and steps.index(new) > steps.index(old)


@cache
def _steps(table: str, field: str) -> tuple[str, ...]:
    """Return the states through which a field declared with ``progress`` goes, in their order."""
    for each in fields(table).get(field, ()):
        if each.title.progress and isinstance(steps := each.model.model_fields[field].annotation, type):
            return tuple(member.en for member in steps)
    return ()


def guard(base: Facts, dataset: Dataset, today: dt.date) -> list[Problem]:
    """Return an error for each published fact of `base` that changed or vanished without a correction, with the row to
    add, and for each new correction that does not say what happened."""
    head = facts(dataset)
    if base and is_sample(base) != is_sample(head):
        return [] if is_sample(base) else [_made_a_sample(dataset)]
    known = {name.record for name in base if name.table == TABLE}
    new = [correction for correction in dataset.corrections if correction.id not in known]
    open_, used = _uncovered(base, head, new)
    numbers = _free_numbers(dataset.corrections)
    silent = [_silent(change, dataset, next(numbers), today) for change in open_]
    untold = (_untold(correction, base, head) for correction in new if correction.id not in used)
    return [*silent, *filter(None, untold), *_returned(base, dataset, head)]


def is_sample(found: Facts) -> bool:
    """Whether these facts say of themselves that they are made up; then nothing real was published."""
    return found.get(SAMPLE) == YesNo.YES.en


def _made_a_sample(dataset: Dataset) -> Problem:
    """Return the error for a school that would call its published figures made up, after which all might change."""
    message = Message("this school has published its figures; they cannot become sample data")
    return Problem(dataset.school.place("sample"), "published", message, Message("put it back as it was"))


def rows(base: Facts, dataset: Dataset, today: dt.date) -> str:
    """Return the rows of `corrections.csv` that would tell all changes which nothing tells yet, to copy as they are."""
    known = {name.record for name in base if name.table == TABLE}
    new = [correction for correction in dataset.corrections if correction.id not in known]
    head = facts(dataset)
    if is_sample(base) != is_sample(head):
        return ""
    open_, _ = _uncovered(base, head, new)
    language = dataset.school.language.en
    pairs = zip(open_, _free_numbers(dataset.corrections), strict=False)
    return "\n".join(correction_row(change, id_, today, language) for change, id_ in pairs)


def _uncovered(base: Facts, head: Facts, new: Sequence[Correction]) -> tuple[list[Change], set[str]]:
    """Return the changes that no new correction tells, and the ids of the corrections that tell one."""
    open_: list[Change] = []
    used: set[str] = set()
    for change in changes(base, head):
        own = [c for c in new if names(c, change.name)]
        if any(c.kind is CorrectionKind.PRIVACY for c in own) and _may_be_private(change, base):
            used.update(c.id for c in own)
            continue
        value = {change.old} | ({whole(change.name.table, change.before, "zh")} if change.before else set())
        for c in own:  # in the order of the file: a value may have been corrected more than once since
            if value & meant(c.sheet, change.name.field, c.old):
                value = set(meant(c.sheet, change.name.field, c.new))
                used.add(c.id)
        if (change.new or "") not in value:
            open_.append(change)
    return open_, used


def names(correction: Correction, name: Name) -> bool:
    """Whether a correction is about this fact; it may name the record shorter and the field in another language."""
    return (
        correction.sheet == name.table
        and correction.record in shorter(name)
        and name.field in names_of(name.table, correction.field)
    )


def shorter(name: Name) -> frozenset[str]:
    """Return the texts that name the record of a fact: `2023-spring/A1/m1.1` is `2023-spring/m1.1` too."""
    first, _, rest = name.record.partition("/")
    last = name.record.rpartition("/")[2]
    own = {name.record}
    if rest and _has_lists(name.table):
        own |= {last} if first == name.table else {f"{first}/{last}"}
    return frozenset(own)


@cache
def _has_lists(table: str) -> bool:
    return any(nested(info) for sheet in SHEETS if sheet.name == table for info in sheet.record.model_fields.values())


def _may_be_private(change: Change, base: Facts) -> bool:
    """Whether privacy can be the reason: for words, but never to change or hide a figure.

    A whole record may go where neither it nor its key has figures, else its words go and its figures stay. What an earlier correction
    quotes is a figure where the field that it was about is one.
    """
    name = change.name
    if change.before:
        models = {each.model for field in change.before for each in fields(name.table).get(field, ())}
        own = {title.name for model in models for title in titles(model) if title.key} | change.before.keys()
        return not any(_is_figure(name.table, field) for field in own)
    if name.table == TABLE and name.field in QUOTED:
        table, field = (base.get(Name(TABLE, name.record, which), "") for which in ("sheet", "field"))
        return not any(_is_figure(table, each) for each in names_of(table, field))
    return not _is_figure(name.table, name.field) and _is_left(change.new or "", change.old)


def _is_left(new: str, old: str) -> bool:
    """Whether a text is what is left of another one, with parts taken out or hidden, and nothing put in their place."""
    rest = iter(old)
    return all(character in rest for character in new if character not in HIDING)


def _is_figure(table: str, field: str) -> bool:
    """Whether a field holds what cannot be personal data: an amount, a date, a code, a choice."""
    return any(_kind(each.title.kind) in FIGURES for each in fields(table).get(field, ()))


def _kind(kind: object) -> str:
    return str(getattr(kind, "name", "choice"))


def _silent(change: Change, dataset: Dataset, id_: str, today: dt.date) -> Problem:
    """Return the error for a change that nothing tells, with the row that would."""
    name = change.name
    language = dataset.school.language.en
    old = whole(name.table, change.before, language) if change.before else _told(name, change.old, language)
    new = _told(name, change.new or "", language)
    row = correction_row(change, id_, today, language)
    fix = Message("if the change is right, add this row to data/corrections.csv and say why: {row}", row=row)
    if any(c.kind is CorrectionKind.PRIVACY and names(c, name) for c in dataset.corrections):
        fix = Message("privacy takes words out, or puts × in their place; other words and figures need another kind")
    place = _place(dataset, name)
    if change.before:
        message = Message("{record} of {table} was published and is gone, and no correction says so: {old}",
                          record=name.record, table=_sheet(name).label(language), old=old)  # fmt: skip
    else:
        field = heading(name.table, name.field, language)
        text = Message("“{field}” of {record} was published as “{old}” and is now “{new}”, and no correction says so",
                       field=field, record=name.record, old=old, new=new)  # fmt: skip
        gone = Message("“{field}” of {record} was published as “{old}” and is now empty, and no correction says so",
                       field=field, record=name.record, old=old)  # fmt: skip
        empty = Message("“{field}” of {record} was published empty, which says something too, and is now “{new}”, and no "
                        "correction says so", field=field, record=name.record, new=new)  # fmt: skip
        message = (text if change.old else empty) if new else gone
    return Problem(place, "published", message, fix, value=new or None)


def _told(name: Name, value: str, language: str) -> str:
    return told(name.table, name.field, value, language)


def _place(dataset: Dataset, name: Name) -> Place:
    """Return where a fact stands, or else the file in which it stood."""
    if record := places(dataset).get((name.table, name.record)):
        return record.place(name.field)
    path = sheet_path(_sheet(name), name.record)
    return Place(next((f.path for f in dataset.files if f.path.rpartition(".")[0] == path), path))


def _sheet(name: Name) -> Sheet:
    return next(sheet for sheet in SHEETS if sheet.name == name.table)


def sheet_path(sheet: Sheet, record: str) -> str:
    """Return the path, without suffix, of the file that holds (or held) a record of a sheet."""
    first = record.partition("/")[0]
    return "data/" + sheet.path.format(term=first, year=first)


def correction_row(change: Change, id_: str, today: dt.date, language: str) -> str:
    """Return the row of `corrections.csv` that tells a change, with the reason and the approving post left to fill in."""
    name = change.name
    kind = CorrectionKind.WITHDRAWN if change.before else CorrectionKind.MISTAKE
    first = 0 if language == "zh" else 1
    old = whole(name.table, change.before, language) if change.before else _told(name, change.old, language)
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="").writerow((
        id_, today.isoformat(), name.table, name.record,
        name.field if name.field == WHOLE else heading(name.table, name.field, language), old,
        _told(name, change.new or "", language), kind.label(language), WHY[first], WHO[first],
    ))  # fmt: skip
    return out.getvalue()


def _free_numbers(corrections: Sequence[Correction]) -> Iterator[str]:
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
                place = _place(dataset, Name(correction.sheet, record, ""))
                yield Problem(place, "published", message, fix, related=(correction.place("old"),))


def untrue(dataset: Dataset) -> Iterator[Problem]:
    """Yield an error for each correction that the data itself contradicts: the newest one of a value must end in the value
    that holds now, each must begin where the one before it ended, and its reason and its post must be filled in."""
    head = facts(dataset)
    chains: dict[Name, list[Correction]] = {}
    for correction in dataset.corrections:
        yield from _not_filled_in(correction)
        for name in _named(correction, head):
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


def _named(correction: Correction, head: Facts) -> Iterator[Name]:
    """Yield the names of the facts that a correction is about, among the records that there are."""
    for field in names_of(correction.sheet, correction.field) - {WHOLE}:
        records = dict.fromkeys(n.record for n in head if n.table == correction.sheet)
        fitting = [r for r in records if correction.record in shorter(Name(correction.sheet, r, field))]
        held = [Name(correction.sheet, r, field) for r in fitting if Name(correction.sheet, r, field) in head]
        yield from held or [Name(correction.sheet, r, field) for r in fitting[:1]]


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
