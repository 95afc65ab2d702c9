"""What changed between two states of the facts, and what of it a correction has to tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from generator.references import WHOLE
from generator.trust.facts import Facts, Name
from generator.trust.wording import fields, whole


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
        if name not in base and (name.table, name.record) in known and _speaks_empty(name.table, name.field):
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


@cache
def _speaks_empty(table: str, field: str) -> bool:
    """Whether an empty cell of a field declared with ``speaking`` says something: once, for all, without end."""
    return any(each.title.speaking for each in fields(table).get(field, ()))
