"""The fields of a form, derived from the columns of a record: their words, their kind, and what may be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.editor.patterns import KINDS, message_of, pattern_of
from generator.locale import Language
from generator.records import Record, Title, choices, nested, titles

AT = "_at"
"""The field of a row that remembers where in the file it stands; ``src/table.js`` fills it."""

Options = Mapping[str, Mapping[str, str]]
"""For each column that names something of another register: the codes there, each with its words."""


@dataclass(frozen=True)
class Form:
    """A record type as a form shows it, in one language, with the codes that may be chosen."""

    model: type[Record]
    language: Language
    options: Options

    def fields(self) -> list[dict[str, Any]]:
        """Return the fields in declared order, as Sveltia CMS wants them; what the path says is no field."""
        return [self._field(title) for title in titles(self.model) if not title.path]

    def columns(self) -> list[dict[str, Any]]:
        """Return the columns for our own formats: how their titles may read, and how words become values."""
        return [self._column(title) for title in titles(self.model) if not title.path]

    def _inner(self, title: Title) -> Form | None:
        model = nested(self.model.model_fields[title.name])
        return Form(model, self.language, self.options) if model else None

    def _field(self, title: Title) -> dict[str, Any]:
        field: dict[str, Any] = {
            "name": title.name, "label": title.label(self.language.code), "required": title.required,
        }  # fmt: skip
        if hint := self._hint(title):
            field["hint"] = hint
        if inner := self._inner(title):
            return field | rows(inner)
        return field | self._widget(title)

    def _hint(self, title: Title) -> str:
        """Return what stands below a field: what it means, or an example of what it holds."""
        about = title.about[0 if self.language.code == "zh" else 1]
        example = str(getattr(title.kind, "example", ""))
        if about or not example or kind_of(title) in ("code", "codes"):
            return about
        return f"例如 {example}" if self.language.code == "zh" else f"such as {example}"

    def _widget(self, title: Title) -> dict[str, Any]:
        kind = kind_of(title)
        words = choices(self.model.model_fields[title.name])
        if words and kind != "standard":
            return {"widget": "select", "options": [word.label(self.language.code) for word in words]}
        if options := self.options.get(title.name):
            listed = [{"label": f"{words} {code}".strip(), "value": code} for code, words in options.items()]
            return {"widget": "select", "options": listed} | ({"multiple": True} if kind == "codes" else {})
        return {"widget": "string", "pattern": [pattern_of(kind), message_of(kind, self.language)]}

    def _column(self, title: Title) -> dict[str, Any]:
        english = self.language.code == "en"
        names = (title.en, title.zh) if english else (title.zh, title.en)
        column: dict[str, Any] = {"name": title.name, "titles": list(dict.fromkeys((*names, title.name)))}
        if inner := self._inner(title):
            return column | {"columns": inner.columns()}
        if words := choices(self.model.model_fields[title.name]):
            column["words"] = {
                spelling: word.label(self.language.code)
                for word in words for spelling in dict.fromkeys((word.zh, word.en, word.en.lower()))
            }  # fmt: skip
        if kind_of(title) == "codes":
            column["list" if title.name in self.options else "codes"] = True
        return column


def rows(form: Form) -> dict[str, Any]:
    """Return the list in which the records of a form are shown, each closed behind a line that tells which it is."""
    place = {"name": AT, "label": AT, "widget": "hidden", "default": ""}
    return {
        "widget": "list", "collapsed": True, "allow_reorder": False, "allow_duplicate": False,
        "summary": summary(form.model), "fields": [place, *form.fields()],
    }  # fmt: skip


def summary(model: type[Record]) -> str:
    """Return the line that stands for a record: its key, its name and its amount, those that it has."""
    shown = [title.name for title in titles(model) if title.key]
    for kinds in (("text",), ("money", "standard")):
        more = (t.name for t in titles(model) if kind_of(t) in kinds and t.name not in shown and not t.path)
        shown += [name for name in (next(more, ""),) if name]
    return " · ".join(f"{{{{fields.{name}}}}}" for name in shown)


def kind_of(title: Title) -> str:
    """Return the kind of a column by the name that `patterns` knows it by; any words are text."""
    name = str(getattr(title.kind, "name", ""))
    return name if name in KINDS else "text"
