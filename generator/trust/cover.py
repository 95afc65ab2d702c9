"""Which corrections tell a change: they name the fact, its value before and its value now, and privacy is no excuse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from generator.dataset import sheet_named
from generator.records import nested, titles
from generator.registers.corrections.records import Correction, CorrectionKind
from generator.trust.changes import Change
from generator.trust.facts import QUOTED, Facts, Name
from generator.trust.wording import fields, meant, names_of, whole

TABLE = "corrections"
FIGURES = frozenset({"money", "count", "standard", "day", "month", "when", "code", "codes", "grades", "choice"})
"""Kinds of values in which there is no personal data: privacy is no reason to change them."""
HIDING = frozenset("×*＊□某")
"""What may stand in the place of words that were removed for privacy."""


def uncovered(found: Iterable[Change], base: Facts, new: Sequence[Correction]) -> tuple[list[Change], set[str]]:
    """Return the changes that no new correction tells, and the ids of the corrections that tell one."""
    open_: list[Change] = []
    used: set[str] = set()
    for change in found:
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
    sheet = sheet_named(table)
    return sheet is not None and any(nested(info) for info in sheet.record.model_fields.values())


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
