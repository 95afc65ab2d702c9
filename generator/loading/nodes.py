"""From the entries of a YAML file to records, those inside of others too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from generator.loading.refusals import problem_of
from generator.locale import Message
from generator.problems import Place, Problem, Severity, closest, shown
from generator.reading import Entries, Items, Node, Scalar
from generator.records import NodeSource, R, Record, Retired, Title, names_by_word, nested, titles


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
        names = names_by_word(model)
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
            reader.problems.append(problem_of(error, title, at.place, value))
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
