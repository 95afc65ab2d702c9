"""The first data of a school: what was answered, and of every table the titles of its columns and no row."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from generator.canonical import text_of
from generator.dataset import TABLES
from generator.locale import Language, Message
from generator.records import Record, Sheet, titles
from generator.registers.school.records import Campus, Hotline, School
from generator.registers.terms.records import MakeUpDay, Term
from generator.repair.writing import write_table
from generator.starter.answers import CampusAnswer, Given, HotlineAnswer
from generator.values.choice import Choice

_plain = re.compile(r"[\w（）〔〕·、，。/-][\w（）〔〕·、，。/ .-]*").fullmatch
_reserved = frozenset({"null", "true", "false", "yes", "no", "on", "off"})


def data_files(given: Given, words: Language) -> dict[str, str]:
    """Return every file of `data/` of a new school, by its path in the repository."""
    term, year = str(given["term"]), str(given["start"].year)
    files = {
        "data/school.yml": _school(given, words),
        f"data/terms/{term}/term.yml": _term(given, words),
    }
    for sheet in TABLES:
        files[f"data/{sheet.path.format(term=term, year=year)}.csv"] = heading(sheet, words)
    return files


def heading(sheet: Sheet, words: Language) -> str:
    """Return a table without rows: nothing was entered so far."""
    return write_table(sheet, (), [t.name for t in titles(sheet.record) if not t.path], words.code).decode()


def _scalar(value: object, words: Language) -> str:
    """Return a value as a YAML text that every program reads as that text."""
    text = value.label(words.code) if isinstance(value, Choice) else text_of(value)
    plain = _plain(text) and text.lower() not in _reserved and not text.endswith(" ")
    return text if plain else json.dumps(text, ensure_ascii=False)


def _names(model: type[Record], words: Language) -> dict[str, str]:
    """Return what the fields of a record are called in the language of the school."""
    return {title.name: title.label(words.code) for title in titles(model)}


def _inline(model: type[Record], values: dict[str, object], words: Language) -> str:
    """Return a record of a list on one line."""
    names = _names(model, words)
    return "{" + ", ".join(f"{names[name]}: {_quoted(value, words)}" for name, value in values.items()) + "}"


def _quoted(value: object, words: Language) -> str:
    """Return a value for a list on one line, where commas and brackets have a meaning."""
    text = _scalar(value, words)
    return text if text.startswith('"') or not set(text) & set(",[]{}") else json.dumps(text, ensure_ascii=False)


def _school(given: Given, words: Language) -> str:
    names = _names(School, words)
    values = {
        "name": given["name"], "short_name": given["short_name"], "place_kind": given["setting"], "stage": given["stage"],
        "supervisor": given["supervisor"], "repository": given["repository"], "forge": given["forge"],
        "policy": given["policy"], "language": given["language"],
    }  # fmt: skip
    lines = [
        _remark(words, Message("The school itself. Leave a space behind each colon; what stands behind a # is a remark.")),
        *(f"{names[name]}: {_scalar(value, words)}" for name, value in values.items() if value),
        "",
        _remark(words, Message("Take the # away in front of what you fill in:")),
        *(f"# {names[name]}: " for name in ("address", "email", "filing") if name in names),
        "",
        _remark(words, Message("Telephones for complaints: those of offices, never a person's own. A school must make one public.")),
        *_hotlines(given["hotline"], words),
        "",
        _remark(words, Message("The code of a campus is its name for ever; numbers of pupils may be added when they are known.")),
        f"{names['campuses']}:",
        *(f"  - {_campus(campus, words)}" for campus in given["campus"]),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _remark(words: Language, message: Message) -> str:
    return f"# {words.say(message)}"


def _hotlines(answer: HotlineAnswer | None, words: Language) -> Iterator[str]:
    """Yield the telephone that was answered and the public line that everybody has; without an answer, as an example."""
    title, names = _names(School, words)["hotlines"], _names(Hotline, words)
    office = f"{{{names['name']}: {words.say(Message('Office of the school'))}, {names['number']}: {words.say(Message('area code and number'))}}}"
    public = _inline(Hotline, {"name": words.say(Message("Government service line")), "number": "12345"}, words)
    if answer:
        yield from (f"{title}:", f"  - {_inline(Hotline, answer._asdict(), words)}", f"#   - {public}")
    else:
        yield from (f"# {title}:", f"#   - {office}", f"#   - {public}")


def _campus(campus: CampusAnswer, words: Language) -> str:
    return _inline(Campus, {"id": campus.id, "name": campus.name, "kind": campus.kind}, words)


def _term(given: Given, words: Language) -> str:
    names = _names(Term, words)
    values = {"id": given["term"], "name": given["term_name"], "registration": given["registration"],
              "start": given["start"], "end": given["end"]}  # fmt: skip
    lines = [
        _remark(
            words,
            Message("The first and last school day are both inclusive. Public holidays come from the policy pack."),
        ),
        *(f"{names[name]}: {_scalar(value, words)}" for name, value in values.items()),
        _remark(words, Message("A day off besides them, or a weekend day with school, is entered so:")),
        f"# {names['days_off']}:",
        f"#   - {_day_off(given['start'], words)}",
    ]
    return "\n".join(lines) + "\n"


def _day_off(start: object, words: Language) -> str:
    return _inline(MakeUpDay, {"date": start, "name": words.say(Message("sports day"))}, words)
