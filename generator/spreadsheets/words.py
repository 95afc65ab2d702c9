"""What is said of a column: its kind, the words of a choice, what to write, in one language."""

from __future__ import annotations

from generator import records
from generator.locale import Language, Message
from generator.records import Record, Title, titles
from generator.values.choice import Choice
from generator.values.refusal import Kind

REQUIRED, OPTIONAL = Message("Must be filled in"), Message("May stay empty")


def table_titles(model: type[Record]) -> tuple[Title, ...]:
    """Return the columns of a register's table, in their declared order."""
    return tuple(title for title in titles(model) if not title.path)


def kind_of(title: Title) -> str:
    """Return the name of what a column holds, ``choice`` where it holds one of a few words."""
    return title.kind.name if isinstance(title.kind, Kind) else "choice"


def choices(model: type[Record], name: str) -> tuple[Choice, ...]:
    """Return the words that a field may hold, or none where it is no choice."""
    return records.choices(model.model_fields[name])


def about(title: Title, language: Language) -> str:
    """Return the declared explanation of a column, empty where it has none."""
    return title.about[0 if language.code == "zh" else 1]


def what(model: type[Record], title: Title, language: Language) -> str:
    """Return what belongs into a cell: one of the words of a choice, or the kind of the value."""
    words = choices(model, title.name)
    if kind_of(title) == "choice" and words:
        return language.say(Message("one of: {words}", words=[word.label(language.code) for word in words]))
    return title.kind.label(language.code) if title.kind else ""


def note(model: type[Record], title: Title, language: Language, example: str) -> str:
    """Return the lines that explain a column to whoever fills it in."""
    lines = [
        language.say(REQUIRED if title.required else OPTIONAL),
        what(model, title, language),
        about(title, language),
    ]
    if example:
        lines.append(language.say(Message("For example: {example}", example=example)))
    return "\n".join(line for line in lines if line)
