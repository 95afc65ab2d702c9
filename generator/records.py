"""Typed records: what a register's rows are.

The pydantic models of the registers are the single source of truth: validation, accepted headers, JSON Schema and the
data dictionary are all derived from their columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Protocol, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr
from pydantic.config import JsonDict
from pydantic.fields import FieldInfo

from generator.locale import Labelled, Message
from generator.problems import Place
from generator.reading import Column, Node
from generator.values.choice import Choice
from generator.values.refusal import Kind


class Source(Protocol):
    """Where a record came from, a row of a table or a mapping: gives the place of each of its fields."""

    def place_of(self, name: str | None) -> Place:
        """Return the place of the field called `name`, or of the whole record."""
        ...


@dataclass(frozen=True, slots=True)
class NodeSource:
    """A record's mapping in a YAML file; ``nodes`` maps field names to their values."""

    node: Node
    nodes: Mapping[str, Node]

    def place_of(self, name: str | None) -> Place:
        """Return the place of a field's value, or of the mapping when it is not written."""
        return self.nodes[name].place if name is not None and name in self.nodes else self.node.place


def column(
    zh: str,
    en: str,
    *,
    default: Any = ...,
    key: bool = False,
    header: bool | None = None,
    path: bool = False,
    setting: bool = False,
    progress: bool = False,
    speaking: bool = False,
    about: tuple[str, str] = ("", ""),
) -> Any:
    """Declare a field of a record with its title in Chinese and English.

    ``default`` is given where the cell may be empty; ``key`` marks the columns that name a fact for ever; ``header``
    says that a table must have the column even though a cell may be empty (default: required cells only); ``path``
    marks a value that the file's path gives; ``setting`` marks what tells the program how to show the site and states
    nothing about the school; ``progress`` a choice whose words are the steps of a piece of work, in their order;
    ``speaking`` a column whose empty cell says something, such as once, for all, or without end; ``about`` explains the
    column in Chinese and English.
    """
    if header is None:
        header = default is ...
    extra: JsonDict = {"zh": zh, "en": en, "key": key, "header": header and not path, "path": path}
    extra |= {"setting": setting, "progress": progress, "speaking": speaking}
    extra |= {"about_zh": about[0], "about_en": about[1]}
    return Field(default, title=zh, description=about[0] or zh, json_schema_extra=extra)


@dataclass(frozen=True)
class Title(Labelled):
    """A field as people see it: its titles, whether it is a key, from the path or a setting, and what it means."""

    name: str
    zh: str
    en: str
    key: bool
    header: bool
    path: bool
    setting: bool
    progress: bool
    speaking: bool
    required: bool
    about: tuple[str, str]
    kind: Labelled | None


@dataclass(frozen=True)
class Retired(Labelled):
    """A column that an earlier version used: files may still have it, but its cells are left aside and are no facts.

    Without it the states of the data in which it stands could no longer be read, and nothing be compared with them.
    ``since`` is the first version that does not use it; ``why`` says what took its place.
    """

    name: str
    zh: str
    en: str
    since: str
    why: Message


class Record(BaseModel):
    """One fact of a register, typed, immutable, and knowing the place of each of its values."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)
    retired: ClassVar[tuple[Retired, ...]] = ()
    _source: Source = PrivateAttr()

    def place(self, name: str | None = None) -> Place:
        """Return where the value of the field `name` (or the whole record) stands in `data/`."""
        return self._source.place_of(name)

    def __eq__(self, other: object) -> bool:
        """Two records are equal when they say the same, wherever they stand."""
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        """Equal records have equal keys."""
        return hash(self.key)

    @classmethod
    def key_fields(cls) -> tuple[str, ...]:
        """Return the names of the fields that together name a record for ever, those of the path first."""
        return _key_fields(cls)

    @property
    def key(self) -> str:
        """The record's key as text, such as ``2023-spring/F03``."""
        values = (getattr(self, name) for name in self.key_fields())
        return "/".join(str(v.text if hasattr(v, "text") else v) for v in values if v is not None)


class Described(Labelled):
    """The kind of a column whose value is itself one record or several."""

    __slots__ = ("en", "zh")

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en


def _kind(info: FieldInfo) -> Labelled | None:
    """Return what a field holds: its declared kind, the words of a choice, or nested records."""
    for item in info.metadata:
        if isinstance(item, Kind):
            return item
    for option in (info.annotation, *get_args(info.annotation)):
        for item in getattr(option, "__metadata__", ()):
            if isinstance(item, Kind):
                return item
        if isinstance(option, type) and hasattr(option, "__members__"):
            members = option.__members__.values()
            return Described(" / ".join(m.zh for m in members), " / ".join(m.en for m in members))
    return Described("若干条目", "a list of entries") if nested(info) else None


R = TypeVar("R", bound=Record)


@cache
def titles(model: type[Record]) -> tuple[Title, ...]:
    """Return the fields of a record type as people see them, in declared order."""
    found = []
    for name, info in model.model_fields.items():
        extra = info.json_schema_extra
        if not isinstance(extra, dict):
            raise TypeError(f"{model.__name__}.{name} is declared without column()")
        flags = {flag: bool(extra[flag]) for flag in ("key", "header", "path", "setting", "progress", "speaking")}
        about = (str(extra["about_zh"]), str(extra["about_en"]))
        title = Title(
            name,
            str(extra["zh"]),
            str(extra["en"]),
            **flags,
            required=info.is_required(),
            about=about,
            kind=_kind(info),
        )
        found.append(title)
    return tuple(found)


@cache
def _key_fields(model: type[Record]) -> tuple[str, ...]:
    return tuple(t.name for t in titles(model) if t.path) + tuple(t.name for t in titles(model) if t.key)


_set_dict, _set_fields_set, _set_extra, _set_private = (
    BaseModel.__dict__[name].__set__
    for name in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
)


def made(
    model: type[R],
    rest: Mapping[str, Any],
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    sources: Iterable[Source],
) -> list[R]:
    """Return records from typed values, which are trusted: each was read on its own before.

    ``rest`` are the fields that are the same in all, ``names`` those that each of ``rows`` has values for. This is what
    `model_construct` does, without its search for aliases and defaults in every record.
    """
    given = set(model.model_fields)
    records = []
    for row, source in zip(rows, sources, strict=True):
        values = {**rest, **dict(zip(names, row))}  # noqa: B905  one dictionary made in C, a hundred thousand times
        record = object.__new__(model)
        _set_dict(record, values)
        _set_fields_set(record, given)
        _set_extra(record, None)
        _set_private(record, {"_source": source})
        records.append(record)
    return records


@cache
def columns(model: type[Record]) -> tuple[Column, ...]:
    """Return the columns that a table of these records may have, for the reader of tables; the retired ones stand last."""
    used = (Column(t.name, (t.zh, t.en), t.header) for t in titles(model) if not t.path)
    return (*used, *(Column(r.name, (r.zh, r.en), retired=r.why) for r in model.retired))


@cache
def names_by_word(model: type[Record]) -> Mapping[str, str]:
    """Return the names of the fields by the words that mean them in a file: the name itself and both titles."""
    return {word: t.name for t in titles(model) if not t.path for word in (t.name, t.zh, t.en)}


def choices(info: FieldInfo) -> tuple[Choice, ...]:
    """Return the words that a field may hold, or none where it is no choice."""
    for option in (info.annotation, *get_args(info.annotation)):
        if isinstance(option, type) and issubclass(option, Choice):
            return tuple(option)
    return ()


def nested(info: FieldInfo) -> type[Record] | None:
    """Return the record type that a field holds one or several of, or None."""
    for option in (info.annotation, *get_args(info.annotation)):
        if isinstance(option, type) and issubclass(option, Record):
            return option
    return None


@dataclass(frozen=True)
class Sheet:
    """One file (or one file a term or year) of a register.

    ``path`` is below `data/`, without suffix, and may hold ``{term}`` or ``{year}``; rows come from ``.csv`` or a YAML
    list, a document (one record a file) from ``.yml``. ``title`` is Chinese and English.
    """

    name: str
    record: type[Record]
    path: str
    title: tuple[str, str]
    document: bool = False

    def label(self, language: str) -> str:
        """Return the title for `language`."""
        return self.title[0] if language == "zh" else self.title[1]


@dataclass(frozen=True)
class DataFile:
    """One file of `data/` as it was read: the sheet that it belongs to, its records, and the hash of its bytes."""

    path: str
    sheet: Sheet
    records: tuple[Record, ...]
    sha256: str
