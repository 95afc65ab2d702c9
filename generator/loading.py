"""From located text to records: validation in the words of people, unique keys, printed totals."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any, cast, get_args

from pydantic import PlainValidator, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from generator.locale import Message
from generator.problems import Place, Problem, Severity, closest, shown
from generator.reading import Entries, Items, Node, Row, Scalar, Table
from generator.records import NodeSource, R, Record, Retired, Title, made, nested, titles
from generator.slips import Cells, slips
from generator.values.choice import Choice
from generator.values.money import parse_count, parse_money
from generator.values.refusal import Kind, Refused


def _missing(title: Title, place: Place) -> Problem:
    return Problem(
        place, "missing", Message("“{title}” is not filled in", title=title), Message("fill it in; it may not be empty")
    )


def _refused(failure: object, title: Title | None, place: Place, value: str | None) -> Problem:
    """Return why a value was refused as a problem in the words of people."""
    if isinstance(failure, Refused):
        message = Message("{title}: {message}", title=title, message=failure.message) if title else failure.message
        return Problem(place, failure.code, message, failure.fix, value=value)
    return Problem(place, "value", Message("“{value}” does not belong here", value=shown(value or "")), value=value)


def _problem(error: ErrorDetails, title: Title | None, place: Place, value: str | None) -> Problem:
    """Return what pydantic reports of one field as a problem in the words of people."""
    if error["type"] == "missing" and title:
        return _missing(title, place)
    return _refused(error.get("ctx", {}).get("error"), title, place, value)


REFUSED = object()


@cache
def value_reader(model: type[Record], name: str) -> Callable[[str], Any]:
    """Return what turns the text of a filled cell into a value of one field; it raises ValueError.

    That is the field's own function, which pydantic would call too; a field without one is left to pydantic.
    """
    info = model.model_fields[name]
    kinds = (info.annotation, *get_args(info.annotation))
    for item in (*info.metadata, *(item for kind in kinds for item in getattr(kind, "__metadata__", ()))):
        if isinstance(item, PlainValidator):
            return cast("Callable[[str], Any]", item.func)
    for kind in kinds:
        if isinstance(kind, type) and issubclass(kind, Choice):
            return kind.parse
    declared: Any = info.annotation
    return TypeAdapter(declared).validate_python


class _Cells(dict[str, Any]):
    """What each text of one column means: every text is read once, however often it stands there."""

    def __init__(self, model: type[Record], name: str) -> None:
        super().__init__()
        info = model.model_fields[name]
        self.read = value_reader(model, name)
        self.refuses = False
        if not info.is_required():
            self[""] = info.get_default()

    def __missing__(self, text: str) -> Any:
        if text:
            try:
                value = self[text] = self.read(text)
            except ValueError:
                pass
            else:
                return value
        self.refuses = True
        self[text] = REFUSED
        return REFUSED


def from_rows(model: type[R], table: Table, path: Mapping[str, str]) -> tuple[list[R], list[Problem]]:
    """Return the records of a table's rows and the problems of the rows that are none.

    ``path`` holds the values that the file's path gives, such as the term. Where the table lacks a required column the
    reader has said so, and there are no records.
    """
    fields = model.model_fields
    names, rows = table.columns, table.rows
    if any(info.is_required() and name not in names and name not in path for name, info in fields.items()):
        return [], []
    rest = {name: info.get_default() for name, info in fields.items() if name not in names}
    rest |= {name: _Cells(model, name)[text] for name, text in path.items()}
    by_name = {title.name: title for title in titles(model)}
    # Column by column, because mapping a whole column through one dictionary is several times faster than cell by cell.
    cells = [_Cells(model, name) for name in names]
    texts = zip(*[row.texts for row in rows], strict=True)
    columns = [list(map(known.__getitem__, column)) for known, column in zip(cells, texts, strict=False)]
    doubtful = [column for known, column in zip(cells, columns, strict=False) if known.refuses]
    refused = {at for column in doubtful for at, value in enumerate(column) if value is REFUSED}
    problems = list(_told(rows, columns, cells, by_name, names, refused)) if refused else []
    values = zip(*columns, strict=True)
    if not refused:
        return made(model, rest, names, values, rows), problems
    kept = [pair for at, pair in enumerate(zip(values, rows, strict=True)) if at not in refused]
    return made(model, rest, names, (own for own, _ in kept), (row for _, row in kept)), problems


def _told(
    rows: Sequence[Row],
    columns: Sequence[Sequence[Any]],
    cells: Sequence[_Cells],
    by_name: Mapping[str, Title],
    names: Sequence[str],
    refused: Collection[int],
) -> Iterator[Problem]:
    """Yield what is wrong with the rows that are no records: once what one slip did to many cells, then each other cell."""
    hit = [[value is REFUSED for value in column] for column in columns]
    named = [by_name[name] for name in names]
    optional = [known.get("", REFUSED) is not REFUSED for known in cells]
    found, told = slips(rows, list(map(Cells, named, [known.read for known in cells], optional, hit)))
    yield from found
    for at in sorted(refused):
        yield from _refusals(rows[at], names, cells, by_name, told.get(at, ()))


def _refusals(
    row: Row, names: Sequence[str], cells: Sequence[_Cells], by_name: Mapping[str, Title], told: Collection[int]
) -> Iterator[Problem]:
    """Yield what is wrong with each cell of a row that is no record, but for the columns that were told of already."""
    for at, (name, text, known) in enumerate(zip(names, row.texts, cells, strict=True)):
        if at in told or known[text] is not REFUSED:
            continue
        if not text:
            yield _missing(by_name[name], row.place_of(name))
            continue
        try:
            known.read(text)
        except ValueError as failure:
            yield _refused(failure, by_name[name], row.place_of(name), text)


def _retired(old: Retired, place: Place) -> Problem:
    """Return the warning about an entry that an earlier version used, whose value is left aside."""
    return Problem(
        place, "retired", Message("The entry “{title}” is no longer used: {why}", title=old, why=old.why),
        Message("delete it"), Severity.WARNING,
    )  # fmt: skip


@dataclass
class _Reader:
    """Turns YAML nodes into the plain values that pydantic validates, keeping the nodes by their location."""

    problems: list[Problem] = field(default_factory=list)
    nodes: dict[tuple[str | int, ...], Node] = field(default_factory=dict)
    meant: set[tuple[str | int, ...]] = field(default_factory=set)

    def record(self, model: type[Record], node: Node, at: tuple[str | int, ...]) -> Any:
        """Return a mapping node as a dict with the model's own field names."""
        self.nodes[at] = node
        if not isinstance(node, Entries):
            self.problems.append(
                Problem(node.place, "yaml-kind", Message("entries of the form “name: value” are expected here"))
            )
            return None
        names = {word: t.name for t in titles(model) if not t.path for word in (t.name, t.zh, t.en)}
        values: dict[str, Any] = {}
        written: dict[str, str] = {}
        retired = {word: old for old in model.retired for word in (old.name, old.zh, old.en)}
        for key, value in node.entries.items():
            if key in retired:
                self.problems.append(_retired(retired[key], node.key_places[key]))
                continue
            if key not in names:
                self.problems.append(self._unknown(key, names, node.key_places[key], at))
                continue
            name = names[key]
            if name in written:
                self.problems.append(
                    Problem(
                        node.key_places[key],
                        "yaml-duplicate",
                        Message(
                            "“{value}” and “{other}” are the same entry", value=shown(key), other=shown(written[name])
                        ),
                        Message("delete one of the two"),
                        value=key,
                        related=(node.key_places[written[name]],),
                    )
                )
                continue
            written[name] = key
            plain = self.plain(model.model_fields[name], value, (*at, name))
            if plain != "" and plain is not None:
                values[name] = plain
        return values

    def _unknown(self, key: str, names: Mapping[str, str], place: Place, at: tuple[str | int, ...]) -> Problem:
        """Return what is wrong with an entry of no known name; what it probably means is not missing as well."""
        before, colon, _ = key.partition("：")
        near = before.strip() if colon and before.strip() in names else closest(key, names)
        if near:
            self.meant.add((*at, names[near]))
        if near and colon:
            fix = Message("write an ordinary colon with a space behind it: “{word}: …”", word=near)
        elif near:
            fix = Message("did you mean “{word}”?", word=near)
        else:
            fix = Message("remove it, or see the data dictionary")
        return Problem(place, "key", Message("“{value}” is not a known entry", value=shown(key)), fix, value=key)

    def plain(self, info: FieldInfo, node: Node, at: tuple[str | int, ...]) -> Any:
        """Return any node as text, list or dict."""
        self.nodes[at] = node
        inner = nested(info)
        if isinstance(node, Scalar):
            return node.text.strip()  # spaces around a value are no part of it, as in a table
        if isinstance(node, Items):
            if inner:
                return [self.record(inner, item, (*at, i)) for i, item in enumerate(node.items)]
            return [self.plain(info, item, (*at, i)) for i, item in enumerate(node.items)]
        return self.record(inner, node, at) if inner else {}

    def attach(self, record: Record, at: tuple[str | int, ...]) -> None:
        """Give a validated record, and those inside it, their places."""
        node = self.nodes[at]
        fields = type(record).model_fields
        own = {name: self.nodes[*at, name] for name in fields if (*at, name) in self.nodes}
        record._source = NodeSource(node, own)
        for name in fields:
            value = getattr(record, name)
            if isinstance(value, Record):
                self.attach(value, (*at, name))
            elif isinstance(value, tuple):
                for i, item in enumerate(value):
                    if isinstance(item, Record):
                        self.attach(item, (*at, name, i))


def from_node(model: type[R], node: Node, path: Mapping[str, str]) -> tuple[R | None, list[Problem]]:
    """Return the record that a YAML mapping states, or None with its problems."""
    reader = _Reader()
    values = reader.record(model, node, ())
    if values is None:
        return None, reader.problems
    try:
        record = model.model_validate({**values, **path})
    except ValidationError as refused:
        for error in refused.errors(include_url=False):
            if error["type"] == "missing" and error["loc"] in reader.meant:
                continue
            location = tuple(part for part in error["loc"] if part in _names(reader, error["loc"]))
            known = next((location[:n] for n in range(len(location), -1, -1) if location[:n] in reader.nodes), ())
            at = reader.nodes[known]
            title = _title_at(model, tuple(error["loc"]))
            value = at.text if isinstance(at, Scalar) else None
            reader.problems.append(_problem(error, title, at.place, value))
        return None, reader.problems
    if any(problem.severity is Severity.ERROR for problem in reader.problems):
        return None, reader.problems
    reader.attach(record, ())
    return record, reader.problems


def _names(reader: _Reader, location: tuple[str | int, ...]) -> set[str | int]:
    """Return the parts of an error's location that name fields or positions, without those of unions."""
    known = {part for loc in reader.nodes for part in loc}
    return {part for part in location if part in known}


def _title_at(model: type[Record], location: tuple[str | int, ...]) -> Title | None:
    """Return the field that an error's location ends in, inside nested records too."""
    found: Title | None = None
    current: type[Record] | None = model
    for part in location:
        if isinstance(part, int) or current is None:
            continue
        found = next((t for t in titles(current) if t.name == part), found)
        if part in current.model_fields:
            current = nested(current.model_fields[part])
    return found


def duplicates(records: Iterable[Record]) -> Iterator[Problem]:
    """Yield a problem, with both places, for each record whose key another one of the same type has already."""
    records = list(records)
    if not records or not records[0].key_fields():
        return
    keys = list(map(attrgetter(*records[0].key_fields()), records))
    if len(set(keys)) == len(keys):
        return
    seen: dict[Any, Record] = {}
    for key, record in zip(keys, records, strict=True):
        first = seen.setdefault(key, record)
        if first is not record:
            name = next((t.name for t in titles(type(record)) if t.key), None)
            yield Problem(
                record.place(name),
                "duplicate",
                Message("the key “{key}” is used twice", key=record.key),
                Message("give each entry a key of its own"),
                value=record.key,
                related=(first.place(name),),
            )


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
