"""What records say of each other: codes that name something, keys inside of documents, corrections, spans of days."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from generator.loading import duplicates
from generator.locale import Labelled, Message
from generator.problems import Place, Problem, closest, shown
from generator.records import DataFile, Record, Sheet, Title, nested, titles
from generator.registers.corrections.records import Correction, CorrectionKind

WHOLE = "*"
WHOLE_WORDS = (WHOLE, "整条", "whole record")
"""How a correction names a record as a whole, where other corrections name a field."""


def unknown(record: Record, name: str, known: Sequence[str], file: str = "") -> Iterator[Problem]:
    """Yield a problem for each code in the field `name` that is not among the known ones, which `file` holds."""
    value = getattr(record, name)
    for code in value if isinstance(value, tuple) else (value,):
        if code is not None and code not in known:
            title = next(title for title in titles(type(record)) if title.name == name)
            problem = unknown_value(record.place(name), code, known, file)
            message = Message("{title}: {message}", title=title, message=problem.message)
            yield replace(problem, message=message)


def unknown_value(place: Place, code: str, known: Iterable[Any], file: str = "") -> Problem:
    """Return what to say of a code that names nothing, with the closest one that there is.

    What is known may be `Labelled`: then it is named in the reader's language. `file` is where it would be entered.
    """
    words: dict[str, Any] = {}
    for word in known:
        words |= dict.fromkeys((word.zh, word.en) if isinstance(word, Labelled) else (word,), word)
    near = closest(code, words)
    if near:
        fix = Message("did you mean “{word}”?", word=words[near])
    elif words:
        fix = Message("use one of: {words}", words=list(dict.fromkeys(words.values()))[:12])
    else:
        fix = Message("enter it in {file} first", file=file) if file else Message("enter what it refers to first")
    what = Message("“{value}” is not in the register that it refers to", value=shown(code))
    return Problem(place, "reference", what, fix, value=code)


def listed_twice(documents: Iterable[Record]) -> Iterator[Problem]:
    """Yield a problem for each campus, area or other entry of a document whose key is used twice in one list."""
    for document in documents:
        for name in _lists(type(document)):
            yield from duplicates(getattr(document, name))


def wrong_spans(records: Iterable[Record], begin: str, end: str, longest: int | None = None) -> Iterator[Problem]:
    """Yield a problem for each record whose day in the field `end` lies before that in `begin`, or over `longest` days
    after it (a year mistyped would fill the site with empty months)."""
    for record in records:
        first, last = getattr(record, begin), getattr(record, end)
        if not (first and last):
            continue
        if last < first:
            message = Message("the range ends before it begins")
        elif longest and (last - first).days > longest:
            message = Message("the range is longer than {days} days", days=longest)
        else:
            continue
        fix = Message("correct the day that is wrong")
        yield Problem(record.place(end), "date", message, fix, value=str(last), related=(record.place(begin),))


def wrong_corrections(
    corrections: Iterable[Correction], known_sheets: Iterable[Sheet], read: Sequence[DataFile], broken: Container[str]
) -> Iterator[Problem]:
    """Yield a problem for each correction of a table, a field or a record that there is not.

    What was withdrawn, or removed for privacy, need not be there any more; what a file in `broken` lacks was told already.
    """
    sheets = {sheet.name: sheet for sheet in known_sheets}
    keys: dict[str, list[str]] = {}
    for correction in corrections:
        sheet = sheets.get(correction.sheet)
        if sheet is None:
            yield unknown_value(correction.place("sheet"), correction.sheet, sheets)
            continue
        fields = [*WHOLE_WORDS, *_field_words(sheet.record)]
        if correction.field not in fields:
            yield unknown_value(correction.place("field"), correction.field, [ALL_OF_IT, *_field_titles(sheet.record)])
        if correction.kind in (CorrectionKind.WITHDRAWN, CorrectionKind.PRIVACY) or not sheet.record.key_fields():
            continue
        files = _files_for(read, sheet, correction.record)
        if any(file.path in broken for file in files):
            continue
        for file in files:
            if file.path not in keys:
                keys[file.path] = [
                    name for record in file.records for item in within(file.sheet.name, record) for name in item.names
                ]
        known = [key for file in files for key in keys[file.path]]
        if correction.record not in known:
            everywhere = [r.key for file in read if file.sheet is sheet for r in file.records] if not files else []
            yield unknown_value(correction.place("record"), correction.record, known or everywhere)


def _files_for(read: Sequence[DataFile], sheet: Sheet, key: str) -> list[DataFile]:
    """Return the files of a sheet that may hold the record of this key: those of its year or term."""
    files = [file for file in read if file.sheet is sheet]
    if "{" not in sheet.path:
        return files
    folder = key.partition("/")[0]
    return [file for file in files if folder in file.path.split("/")]


class _Whole(Labelled):
    """What a correction of a whole record says in place of a field."""

    zh, en = WHOLE_WORDS[1:]


ALL_OF_IT = _Whole()


def _field_titles(model: type[Record]) -> list[Title]:
    """Return the titles of the fields that a correction may name, but for those that only the file's path gives."""
    inner = [found for info in model.model_fields.values() if (found := nested(info))]
    own = [title for title in titles(model) if not title.path]
    return [*own, *(title for found in inner for title in _field_titles(found))]


def _field_words(model: type[Record]) -> list[str]:
    """Return every word by which a correction may name a field of a record or of the records that it lists."""
    words = [word for title in titles(model) for word in (title.zh, title.name, title.en)]
    words += [word for old in model.retired for word in (old.zh, old.name, old.en)]
    inner = [found for info in model.model_fields.values() if (found := nested(info))]
    return list(dict.fromkeys([*words, *(word for found in inner for word in _field_words(found))]))


class Stated(NamedTuple):
    """One record as it stands in the data: the table, its key in full, every text that names it, and the record."""

    table: str
    record: str
    names: tuple[str, ...]
    value: Record


def within(table: str, document: Record) -> Iterator[Stated]:
    """Yield a record and those that it lists, each with what names it.

    A measure is ``2023-spring/A1/m1.1`` and, shorter, ``2023-spring/m1.1``; a campus ``school/C01`` or ``C01``. Where
    two lists hold the same kind of record the key says which one: ``2023-spring/days_off/2023-06-01``.
    """
    key = document.key or table
    yield Stated(table, key, (key,), document)
    yield from _listed(table, document, key, (document.key,) if document.key else ("",))


def _listed(table: str, above: Record, key: str, ways: tuple[str, ...]) -> Iterator[Stated]:
    """Yield the records that `above` lists; ``ways`` are the shorter texts that may stand before their keys."""
    for name in _lists(type(above)):
        for item in getattr(above, name):
            full = f"{key}/{name}/{item.key}" if name in _twins(type(above)) else f"{key}/{item.key}"
            short = ("/".join(filter(None, (way, item.key))) for way in ways)
            names = tuple(dict.fromkeys((full, *short)))
            yield Stated(table, full, names, item)
            yield from _listed(table, item, full, ways)


@cache
def _lists(model: type[Record]) -> tuple[str, ...]:
    """Return the fields of a record that list other records."""
    return tuple(
        name for name, info in model.model_fields.items() if nested(info) and info.annotation is not nested(info)
    )


@cache
def _twins(model: type[Record]) -> frozenset[str]:
    """Return the lists of a record that hold the same kind of record as another one of its lists."""
    kinds = [nested(model.model_fields[name]) for name in _lists(model)]
    return frozenset(name for name, kind in zip(_lists(model), kinds, strict=True) if kinds.count(kind) > 1)
