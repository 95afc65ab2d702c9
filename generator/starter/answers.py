"""What a new school has to say of itself: the questions, and how each answer is read at once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator.loading import value_reader
from generator.locale import Language, Message, language
from generator.oversight.policy import packs
from generator.records import Record
from generator.registers.school.records import Campus, CampusKind, CodeHost, Hotline, Place, School, Stage
from generator.registers.terms.records import Term
from generator.repair.values import surely
from generator.starter.pin import own_address, own_commit, parse_generator
from generator.values.refusal import Refused

Given = Mapping[str, Any]
"""The answers so far, read, by the names of their questions."""
SEASONS = {"spring": ("春季学期", "Spring"), "autumn": ("秋季学期", "Autumn")}
LONGEST_TERM = 366


class CampusAnswer(NamedTuple):
    """A campus as it was answered."""

    id: str
    name: str
    kind: CampusKind


class HotlineAnswer(NamedTuple):
    """An office that takes complaints, as it was answered."""

    name: str
    number: str


@dataclass(frozen=True)
class Question:
    """One thing to be answered: its name (that of the option), what is asked, how an answer is read, what it is when
    nothing is said (None: it must be said), which words may be answered, and the question whose answer gives the default."""

    name: str
    asks: Message
    read: Callable[[str, Given], Any]
    default: Callable[[Given], str | None] = lambda given: None
    words: Callable[[Language], list[str]] = lambda language: []
    follows: str = ""
    needs: str = ""
    """The question without whose answer this one is not asked."""

    @property
    def option(self) -> str:
        """The option of the command line that answers it."""
        return "--" + self.name.replace("_", "-")


def _field(model: type[Record], name: str) -> Callable[[str, Given], Any]:
    """Return the reader of a field of a record: an answer is judged as the file will be."""

    def read(text: str, given: Given) -> Any:
        return _understood(model, name, text) if text else None

    return read


def _understood(model: type[Record], name: str, text: str) -> Any:
    """Return a value as the file will have it, also from a text that can only mean it, such as 2026年9月1日."""
    read = value_reader(model, name)
    try:
        return read(text)
    except Refused:
        if (plain := surely(model, name, text)) is None:
            raise
        return read(plain)


def _choices(kind: type[Place] | type[Stage] | type[CodeHost]) -> Callable[[Language], list[str]]:
    return lambda words: [choice.label(words.code) for choice in kind]


def read_campuses(text: str, given: Given) -> tuple[CampusAnswer, ...]:
    """Return campuses from ``ZX=青禾中心校=中心校;SL=松林完小=完小``; raises `Refused`."""
    found: list[CampusAnswer] = []
    for part in filter(None, (part.strip() for part in re.split("[;；]", text))):
        cells = [cell.strip() for cell in re.split("[=＝]", part)]
        if len(cells) != 3:
            fix = Message("write code=name=kind, such as {example}", example="ZX=青禾中心校=中心校")
            raise Refused("campus", Message("“{value}” does not say code, name and kind of a campus", value=part), fix)
        fields = (value_reader(Campus, name)(cell) for name, cell in zip(("id", "name", "kind"), cells, strict=True))
        campus = CampusAnswer(*fields)
        if campus.id in {other.id for other in found}:
            raise Refused("campus", Message("the code “{value}” is used for two campuses", value=campus.id))
        found.append(campus)
    if not found:
        raise Refused("campus", Message("a school has at least one campus"))
    return tuple(found)


def read_hotline(text: str, given: Given) -> HotlineAnswer | None:
    """Return an office with its number from ``学校后勤处=区号-号码``, or None where nothing is said; raises `Refused`."""
    if not text:
        return None
    cells = [cell.strip() for cell in re.split("[=＝]", text)]
    if len(cells) != 2 or not all(cells):
        fix = Message("write office=number; a private person's number does not belong here")
        raise Refused("hotline", Message("“{value}” does not say office and number", value=text), fix)
    return HotlineAnswer(
        *(value_reader(Hotline, name)(cell) for name, cell in zip(("name", "number"), cells, strict=True))
    )


def _read_policy(text: str, given: Given) -> str:
    if text not in packs():
        raise Refused(
            "policy",
            Message("“{value}” is not a policy pack", value=text),
            Message("use one of: {words}", words=packs()),
        )
    return text


def _read_end(text: str, given: Given) -> dt.date:
    end: dt.date = _understood(Term, "end", text)
    start = given.get("start")
    if isinstance(start, dt.date) and not start < end <= start + dt.timedelta(LONGEST_TERM):
        fix = Message("write the last school day, after {start} and within a year", start=start)
        raise Refused("term", Message("a term that begins on {start} cannot end on {end}", start=start, end=end), fix)
    return end


def _read_owners(text: str, given: Given) -> tuple[str, ...]:
    owners = tuple(text.split())
    for owner in owners:
        if not re.fullmatch(r"@[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9_.-]+)?", owner, re.ASCII):
            fix = Message("write accounts or teams, such as @zhang or @school/finance, with spaces between them")
            raise Refused("owners", Message("“{value}” is not an account or a team", value=owner), fix)
    return owners


def _term_name(given: Given) -> str | None:
    year, _, season = str(given.get("term") or "").partition("-")
    if season not in SEASONS or not year.isdigit():
        return given.get("term") or None
    chinese, english = SEASONS[season]
    return f"{year}年{chinese}" if given.get("language") == "zh" else f"{english} {year}"


def _one_campus(given: Given) -> str | None:
    name = given.get("short_name") or given.get("name")
    return f"ZX={name}={CampusKind.CENTRE.label(str(given.get('language')))}" if name else None


def _generator(given: Given) -> str | None:
    address, commit = own_address(), own_commit()
    return f"{address}@{commit}" if address and commit else None


QUESTIONS = (
    Question("name", Message("The school's full name"), _field(School, "name")),
    Question("short_name", Message("Its short name, for the head of the pages (may stay empty)"),
             _field(School, "short_name"), lambda given: ""),
    Question("setting", Message("Where it stands; this decides what may be charged"), _field(School, "place_kind"), words=_choices(Place)),
    Question("stage", Message("Stage of schooling"), _field(School, "stage"), words=_choices(Stage)),
    Question("supervisor", Message("The authority that supervises it"), _field(School, "supervisor")),
    Question("campus", Message("Campuses: code=name=kind, several with semicolons between them"), read_campuses, _one_campus, follows="name"),
    Question("hotline", Message("Telephone for complaints: office=number (may stay empty, but no fee may be public without one)"),
             read_hotline, lambda given: ""),
    Question("policy", Message("Policy pack"), _read_policy, lambda given: packs()[0], lambda words: packs()),
    Question("term", Message("The code of the first term, such as 2026-autumn; it is also the name of its folder"), _field(Term, "id")),
    Question("term_name", Message("The name of that term"), _field(Term, "name"), _term_name, follows="term"),
    Question("start", Message("First school day, such as 2026-09-01"), _field(Term, "start")),
    Question("end", Message("Last school day of that term"), _read_end),
    Question("registration", Message("Registration day"), _field(Term, "registration"),
             lambda given: str(given["start"]) if given.get("start") else None, follows="start"),
    Question("repository", Message("The web address at which the data will be kept (may stay empty until there is one)"),
             _field(School, "repository"), lambda given: ""),
    Question("forge", Message("The program of that site, if it is not a well-known one (may stay empty)"),
             _field(School, "forge"), lambda given: "", _choices(CodeHost), needs="repository"),
    Question("owners", Message("Who must agree to changes: accounts or teams, such as @zhang @school/finance (may stay empty)"),
             _read_owners, lambda given: ""),
    Question("generator", Message("The web address of Mingzhang itself, as whoever gave it to you knows it: address@commit"),
             lambda text, given: parse_generator(text), _generator),
)  # fmt: skip
"""All questions, in the order in which they are asked: a default may be made from the answers before."""


@dataclass(frozen=True)
class Mistake:
    """A question that is not answered, or whose answer was refused with a reason."""

    question: Question
    value: str | None = None
    refused: Refused | None = None

    def sentence(self, words: Language) -> str:
        """Return in one sentence what is missing or wrong, with the option that mends it."""
        if self.refused is None:
            return words.say(
                Message("{option}: not given — {asks}", option=self.question.option, asks=self.question.asks)
            )
        return f"{self.question.option}: {refusal(self.refused, words)}"


def refusal(refused: Refused, words: Language) -> str:
    """Return why an answer was refused, and what to do about it."""
    return words.clauses([words.say(refused.message), words.say(refused.fix) if refused.fix else ""])


def take(question: Question, text: str | None, given: Given) -> Any:
    """Return a question's answer as read from a text, or from its default where there is none.

    Raises `Refused`, and KeyError where it must be answered.
    """
    text = (text or "").strip() or question.default(given)
    if text is None:
        raise KeyError(question.name)
    try:
        return question.read(text, given)
    except Refused:
        raise
    except ValueError as wrong:
        raise Refused("value", Message("“{value}” does not belong here", value=text)) from wrong


def take_all(texts: Mapping[str, str | None], code: str) -> tuple[dict[str, Any], list[Mistake]]:
    """Return all answers that could be read from texts, and everything that is missing or wrong, at once."""
    given: dict[str, Any] = {"language": code}
    mistakes: list[Mistake] = []
    for question in QUESTIONS:
        try:
            given[question.name] = take(question, texts.get(question.name), given)
        except KeyError:
            if not question.follows or question.follows in given:
                mistakes.append(Mistake(question))
        except Refused as refused:
            mistakes.append(Mistake(question, texts.get(question.name), refused))
    return given, mistakes


def ask_all(
    texts: Mapping[str, str | None], code: str, ask: Callable[[str], str], say: Callable[[str], None]
) -> dict[str, Any]:
    """Ask for every answer that the texts do not give, and again for one that is refused; each refusal says why."""
    words, given = language(code), {"language": code}
    for question in QUESTIONS:
        text = texts.get(question.name)
        if text is None and _needs_no_answer(question, given, words):
            text = ""
        while True:
            if text is None:
                text = ask(_prompt(question, given, words))
            try:
                given[question.name] = take(question, text, given)
                break
            except KeyError:
                say(words.say(Message("This must be answered.")))
            except Refused as refused:
                say(refusal(refused, words))
            text = None
    return given


def _needs_no_answer(question: Question, given: Given, words: Language) -> bool:
    """Whether only one answer is possible, or the question is about something that there is not."""
    return len(question.words(words)) == 1 or bool(question.needs and not given.get(question.needs))


def _prompt(question: Question, given: Given, words: Language) -> str:
    """Return a question as it is shown: with the words that may be answered, and with what an empty answer means."""
    asked = words.say(question.asks)
    if choices := question.words(words):
        asked += words.say(Message(" ({choices})", choices=words.listing(choices)))
    if default := question.default(given):
        asked += words.say(Message(" [{default}]", default=default))
    return asked + words.say(Message(": "))
