"""JSON Schema of every sheet, for editors and for other programs; derived from the records, so it cannot disagree.

A file may write its keys in Chinese or English; every key of a column refers to the one description of it. Values are
text to Mingzhang; an editor that reads a plain ``486`` as a number is right too, so that numbers may stand for digits.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic.fields import FieldInfo

from generator.dataset import SHEETS, sheet_named
from generator.locale import language
from generator.outputs.dictionary import choices, file_of
from generator.records import Record, Sheet, Title, nested, titles
from generator.values.refusal import Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# Kinds that an editor may read as a number when they are written without quotes.
DIGITS = frozenset({"money", "count", "standard", "code", "text", "when"})
EMPTY = ({"const": ""}, {"type": "null"})


def schema(sheet: Sheet) -> dict[str, Any]:
    """Return the JSON Schema of one sheet's file: a document is one object, any other file a list of them."""
    defs: dict[str, Any] = {}
    _describe(sheet.record, defs)
    item = {"$ref": f"#/$defs/{sheet.record.__name__}"}
    content = item if sheet.document else {"anyOf": [{"type": "array", "items": item}, *EMPTY]}
    return {
        "$schema": DIALECT,
        "title": f"{sheet.title[0]} · {sheet.title[1]}",
        "description": file_of(sheet),
        **content,
        "$defs": defs,
    }


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schemas of all sheets by name."""
    return {sheet.name: schema(sheet) for sheet in SHEETS}


def schema_text(name: str | None = None) -> str:
    """Return the schema of one sheet, or of all by name, as text; raises KeyError when there is no such sheet."""
    if name is None:
        return json.dumps(schemas(), ensure_ascii=False, indent=2)
    sheet = sheet_named(name)
    if sheet is None:
        raise KeyError(name)
    return json.dumps(schema(sheet), ensure_ascii=False, indent=2)


def _describe(model: type[Record], defs: dict[str, Any]) -> None:
    """Add the object of a record, its columns and the records inside it to the definitions."""
    if model.__name__ in defs:
        return
    properties: dict[str, Any] = {}
    needed: list[dict[str, Any]] = []
    result = defs[model.__name__] = {"type": "object", "additionalProperties": False, "properties": properties}
    for title in titles(model):
        if title.path:
            continue
        id_ = f"{model.__name__}.{title.name}"
        defs[id_] = _column(model.model_fields[title.name], title, defs)
        words = tuple(dict.fromkeys((title.zh, title.en, title.name)))
        properties |= {word: {"$ref": f"#/$defs/{id_}"} for word in words}
        if title.required:
            needed.append({"anyOf": [{"required": [word]} for word in words]})
    for old in model.retired:
        why = " · ".join(language(code).say(old.why) for code in ("zh", "en"))
        properties |= {word: {"deprecated": True, "description": why} for word in (old.zh, old.en, old.name)}
    if needed:
        result["allOf"] = needed


def _column(info: FieldInfo, title: Title, defs: dict[str, Any]) -> dict[str, Any]:
    """Return the description of one column: its titles, its meaning and what it may hold."""
    value = _value(info, title, defs)
    about = [text for text in title.about if text]
    head: dict[str, Any] = {"title": f"{title.zh} · {title.en}"}
    if about:
        head["description"] = " · ".join(about)
    if example := getattr(title.kind, "example", ""):
        head["examples"] = [example]
    return head | (value if title.required else {"anyOf": [value, *EMPTY]})


def _value(info: FieldInfo, title: Title, defs: dict[str, Any]) -> dict[str, Any]:
    if inner := nested(info):
        _describe(inner, defs)
        return {"type": "array", "items": {"$ref": f"#/$defs/{inner.__name__}"}}
    kind = title.kind
    words = {"enum": [text for word in choices(info) for text in (word.zh, word.en)]}
    if not isinstance(kind, Kind):
        return words
    if kind.name == "codes":
        return {"anyOf": [kind.schema, {"type": "array", "items": {"type": ["string", "number"]}}]}
    if kind.name == "standard":
        return {"anyOf": [words, *kind.schema["anyOf"], {"type": "number"}]}
    return kind.schema | {"type": ["string", "number"]} if kind.name in DIGITS else dict(kind.schema)
