"""Printed totals, compared with the rows that they sum."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from generator.locale import Message
from generator.problems import Problem, Severity
from generator.reading import Row, Table
from generator.records import Record, titles
from generator.values.choice import Choice
from generator.values.money import parse_count, parse_money
from generator.values.refusal import Kind, Refused

SUMMED: Mapping[str, Callable[[object], Decimal | int]] = {"money": parse_money, "count": parse_count}
"""The kinds of columns that a total row sums, with what reads the printed sum."""


def wrong_totals(model: type[Record], table: Table, records: Sequence[Record]) -> Iterator[Problem]:
    """Yield a problem, with both places, for each printed total that is not the sum of its rows.

    A total row sums the rows that agree with every other cell that it fills in (kind, month, side …).
    """
    index = {name: at for at, name in enumerate(table.columns)}
    by_name = {t.name: t for t in titles(model)}
    for row in table.totals:
        label = next(at for at, text in enumerate(row.texts) if text)
        filled = {name: row.texts[at] for name, at in index.items() if row.texts[at] and at != label}
        sums = {
            name: SUMMED[k.name] for name in filled if isinstance(k := by_name[name].kind, Kind) and k.name in SUMMED
        }
        meant = _meant_by(row.texts[label], model, filled)
        chosen = [
            r
            for r in records
            if all(_says(r, n, t) for n, t in filled.items() if n not in sums)
            and all(getattr(r, n) is member for n, member in meant.items())
        ]
        for name in filled:
            if isinstance(kind := by_name[name].kind, Kind) and kind.name == "standard":
                yield Problem(
                    row.place(index[name]), "total",
                    Message("this total is not checked, because prices of different units have no sum"),
                    Message("give what a pupil pays in the term in fee-totals.csv"), Severity.WARNING,
                    value=filled[name],
                )  # fmt: skip
        for name, parse in sums.items():
            yield from _wrong_total(row, index[name], name, parse, chosen)


def _meant_by(label: str, model: type[Record], filled: Mapping[str, str]) -> dict[str, Choice]:
    """Return what the words of a total row say about choices that it leaves empty: 收入合计 sums income only."""
    label = label.casefold()
    return {
        name: member
        for name, info in model.model_fields.items()
        if name not in filled and isinstance(kind := info.annotation, type) and issubclass(kind, Choice)
        for member in kind
        if member.zh in label or member.en in label
    }


def _says(record: Record, name: str, text: str) -> bool:
    """Return whether a record's field holds what the cell of a total row says."""
    value = getattr(record, name)
    if hasattr(value, "zh"):
        return text in (value.zh, value.en)
    return str(getattr(value, "text", value)) == text


def _wrong_total(
    row: Row, at: int, name: str, parse: Callable[[object], Decimal | int], records: Sequence[Record]
) -> Iterator[Problem]:
    place, text = row.place(at), row.texts[at]
    try:
        printed = parse(text)
    except Refused as refused:
        yield Problem(place, refused.code, refused.message, refused.fix, value=text)
        return
    parts = [r for r in records if getattr(r, name) is not None]
    total = sum((getattr(r, name) for r in parts), parse("0"))
    if total != printed:
        yield Problem(
            place,
            "total",
            Message(
                "the printed total is {printed}, but its {count} rows add up to {sum}",
                printed=printed,
                count=len(parts),
                sum=total,
            ),
            Message("correct the total or the row that is wrong"),
            value=text,
            related=tuple(dict.fromkeys(r.place(name) for r in (parts[:1] + parts[-1:]))),
        )
