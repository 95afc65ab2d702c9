"""The data dictionary: what every sheet and every column of `data/` is, derived from the records themselves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from pydantic.fields import FieldInfo

from generator.dataset import SHEETS
from generator.outputs.tables import kind_of
from generator.records import Record, Sheet, Title, nested, titles
from generator.values.choice import Choice


@dataclass(frozen=True)
class Part:
    """One table of the dictionary: the fields of a sheet, or of the entries of a list in it (then with its title)."""

    model: type[Record]
    title: Title | None
    columns: tuple[Title, ...]


def choices(info: FieldInfo) -> tuple[Choice, ...]:
    """Return the words that a field may hold, or none where it is no choice."""
    for option in (info.annotation, *get_args(info.annotation)):
        if isinstance(option, type) and issubclass(option, Choice):
            return tuple(option)
    return ()


@cache
def parts(model: type[Record]) -> tuple[Part, ...]:
    """Return the fields of a record, followed by those of the records in its lists, from outside to inside."""
    found = [Part(model, None, titles(model))]
    for title in titles(model):
        if inner := nested(model.model_fields[title.name]):
            first, *more = parts(inner)
            found += [Part(inner, title, first.columns), *more]
    return tuple(found)


def example(title: Title, words: tuple[Choice, ...], language: str = "zh") -> str:
    """Return a value that the column could hold, in a language that files may be written in."""
    own = str(getattr(title.kind, "example", ""))
    return own or (words[0].label(language) if words else "")


@cache
def table_columns(model: type[Record]) -> tuple[dict[str, Any], ...]:
    """Return the columns of a record for programs: name, titles, type, and the words of a choice.

    With the flags of keys and settings, facts can be recomputed from a download alone: `generator/trust/verify.py` does.
    """
    found = []
    for title in titles(model):
        info = model.model_fields[title.name]
        column: dict[str, Any] = {"name": title.name, "title_zh": title.zh, "title_en": title.en}
        column["type"] = kind_of(title)
        flags = {"key": title.key or title.path, "from_path": title.path, "setting": title.setting,
                 "progress": title.progress, "speaking": title.speaking}  # fmt: skip
        column |= {flag: True for flag, is_set in flags.items() if is_set}
        if words := choices(info):
            column["choices"] = {word.en: word.zh for word in words}
        if inner := nested(info):
            column["columns"] = table_columns(inner)
        found.append(column)
    return tuple(found)


def _entry(sheet: Sheet) -> dict[str, Any]:
    columns = []
    for column, title in zip(table_columns(sheet.record), titles(sheet.record), strict=True):
        more = {
            "required": title.required, "key": title.key or title.path, "from_path": title.path,
            "about_zh": title.about[0], "about_en": title.about[1],
            "example": example(title, choices(sheet.record.model_fields[title.name])),
        }  # fmt: skip
        columns.append(column | more)
    zh, en = sheet.title
    return {"table": sheet.name, "file": file_of(sheet), "title_zh": zh, "title_en": en, "columns": columns}


def file_of(sheet: Sheet) -> str:
    """Return the path of a sheet's file, with ``{term}`` or ``{year}`` where a folder stands."""
    return f"data/{sheet.path}.{'yml' if sheet.document else 'csv'}"


def dictionary() -> dict[str, Any]:
    """Return the dictionary of all sheets for programs."""
    return {"tables": [_entry(sheet) for sheet in SHEETS]}
