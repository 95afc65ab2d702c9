"""What a cell of a spreadsheet says as text, where its number, date or truth value can only mean one thing; else a refusal."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from generator.locale import Message
from generator.spreadsheets.formats import is_shown, spells_digits
from generator.spreadsheets.grid import Cell, Fault
from generator.values.choice import Choice, YesNo
from generator.values.refusal import Refused

AMOUNTS = frozenset({"money", "standard"})
CODES = frozenset({"code", "codes", "grades", "link"})
DATES = frozenset({"day", "month", "when"})
SAFE = 10**15
"""A spreadsheet keeps fifteen digits of a number; what is longer has lost its end."""
NOISE = Decimal("0.0000001")
"""A sum of amounts differs from its exact value by far less than this, and no amount is so small."""
ZEROS = re.compile(r"0+").fullmatch
DECIMALS = re.compile(r"(?:#,##)?0(?:\.(0+))?(?:_ |_\)|;.*)?").fullmatch
ORDINARY = (None, "General", "@", "")
LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')

AS_TEXT = Message("set the format of the column to text, and type it again")
AS_NUMBER = Message("enter the number itself, and set the format of the column to number")
COUNT_AGAIN = Message(
    "open the file with Excel or WPS, let it work out its formulas, and save it once; then import it again"
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a cell says as text, and why that is not what stands in it, where a clerk should know."""

    text: str
    why: Message | None = None


NOTHING = Told("")


def told(cell: Cell, kind: str, choices: tuple[Choice, ...] = ()) -> Told:
    """Return what a cell says in a column of this kind; raises `Refused` where it may mean several things or nothing."""
    if cell.fault is Fault.FAILED:
        raise Refused(
            "cell", Message("the cell shows the error {error}", error=cell.error or "#"),
            Message("put the value in its place, or repair the formula"),
        )  # fmt: skip
    if cell.fault is Fault.UNCOUNTED:
        raise Refused("cell", Message("the formula {formula} has no value yet", formula=cell.error[:40]), COUNT_AGAIN)
    value = cell.value
    match value:
        case None:
            return NOTHING
        case str():
            return Told(value.replace("\r\n", "\n").replace("\r", "\n").strip())
        case bool():
            return _truth(value, choices)
        case int() | float():
            return _number(value, cell.format, kind)
        case dt.datetime():
            return _date(value.date(), cell.format, kind, clock=value.time() != dt.time())
        case dt.date():
            return _date(value, cell.format, kind, clock=False)
    raise Refused("cell", Message("the cell holds a time of the day: {value}", value=str(value)), AS_TEXT)


def _truth(value: bool, choices: tuple[Choice, ...]) -> Told:
    if choices == tuple(YesNo):
        return Told((YesNo.YES if value else YesNo.NO).zh, Message("a truth value, written as a word"))
    raise Refused(
        "cell", Message("the cell holds the truth value {value}", value="TRUE" if value else "FALSE"),
        Message("write in words what it should say"),
    )  # fmt: skip


def _number(value: float, shown: str | None, kind: str) -> Told:
    """Return the digits of a number: exact for amounts, and as they are shown for codes and texts."""
    exact = Decimal(f"{value:.15g}")
    if exact == 0:
        exact = Decimal(0)
    if abs(exact) >= SAFE:
        raise Refused(
            "code", Message("“{value}” has more than 15 digits, of which a spreadsheet keeps only 15", value=f"{exact:f}"),
            AS_TEXT,
        )  # fmt: skip
    if kind in AMOUNTS or kind == "count":
        if shown and "%" in LITERAL.sub("", shown):
            raise Refused(
                "amount", Message("the cell holds a percentage, {value}", value=f"{(exact * 100).normalize():f}%"),
                AS_NUMBER,
            )  # fmt: skip
        told = _count(exact) if kind == "count" else _amount(exact)
        if not is_shown(Decimal(told.text), shown):
            raise _otherwise(f"{exact:f}", shown or "", AS_NUMBER)
        return told
    if kind in DATES:
        return Told(_calendar(exact))
    return Told(_shown(exact, shown, kind))


def _amount(exact: Decimal) -> Told:
    """Return an amount with its fen; the noise of binary fractions is taken away, a third decimal is refused."""
    rounded = exact.quantize(Decimal("0.01"))
    text = f"{rounded:.2f}" if rounded else "0.00"
    if exact == rounded:
        return Told(text)
    if abs(exact - rounded) < NOISE:
        return Told(text, Message("the spreadsheet's own inexactness, {value}, taken away", value=f"{exact:f}"))
    raise Refused(
        "amount", Message("“{value}” has more than two decimals", value=f"{exact:f}"),
        Message("round it to fen in the sheet itself, so that what is shown is what is there"),
    )  # fmt: skip


def _count(exact: Decimal) -> Told:
    if exact == exact.to_integral_value():
        return Told(f"{exact:.0f}")
    raise Refused(
        "count",
        Message("“{value}” is not a whole number", value=f"{exact:f}"),
        Message("enter digits only, such as 120"),
    )


def _calendar(exact: Decimal) -> str:
    """Return a number in a column of dates as it is read there: a year such as 2023, or 2023.02 with both its digits."""
    text = f"{exact:f}"
    if re.fullmatch(r"\d{4}(\.\d{2})?", text):
        return text
    raise Refused(
        "date", Message("“{value}” is a number and no date; the spreadsheet may have dropped a zero", value=text),
        Message("set the format of the column to text, and write 2023-02-13, or 2023-02 for a month"),
    )  # fmt: skip


def _shown(exact: Decimal, shown: str | None, kind: str) -> str:
    """Return a number in a column of codes or texts as the spreadsheet shows it."""
    whole = exact == exact.to_integral_value()
    if shown in ORDINARY:
        if kind in CODES and not whole:
            raise Refused(
                "code", Message("“{value}” is a number; a zero at its end may be lost", value=f"{exact:f}"), AS_TEXT
            )
        return f"{exact:.0f}" if whole else f"{exact:f}"
    plain = shown or ""
    if ZEROS(plain) and whole and exact >= 0:
        return f"{exact:.0f}".zfill(len(plain))
    if match := DECIMALS(plain):
        places = len(match[1] or "")
        if kind in CODES and match[1] is None and whole:
            return f"{exact:.0f}"
        return f"{exact:,.{places}f}" if plain.startswith("#,") and kind not in CODES else f"{exact:.{places}f}"
    if re.fullmatch(r"0(\.0+)?%", plain):
        return f"{(exact * 100).normalize():f}%"
    raise _otherwise(f"{exact:f}", plain, AS_TEXT)


def _otherwise(held: str, shown: str, fix: Message) -> Refused:
    message = Message("the cell holds {value}, but its format {format} shows something else", value=held, format=shown)
    return Refused("cell", message, fix)


def _date(day: dt.date, shown: str | None, kind: str, *, clock: bool) -> Told:
    """Return a real date as the column writes it: the day, or the month where the cell shows no more."""
    iso = day.isoformat()
    if spells_digits(shown):
        raise _otherwise(iso, shown or "", AS_TEXT)
    parts = LITERAL.sub("", shown).casefold() if shown else ""
    if kind == "day":
        if shown and "d" not in parts:
            raise Refused(
                "date", Message("the cell shows a month and holds {value}", value=iso), Message("write the whole day")
            )
        return Told(iso, Message("the time of the day was left out") if clock else None)
    if kind == "month" and (day.day == 1 or (shown and "d" not in parts)):
        return Told(iso[:7], Message("a date, of which this column takes the month"))
    if kind == "when" and shown:
        return Told(iso if "d" in parts else iso[:7])
    if kind == "when" and day.day != 1:
        return Told(iso)
    if kind == "text" and {"y", "m", "d"} <= set(parts):
        return Told(iso)
    raise Refused("date", Message("the spreadsheet made a date of it: {value}", value=iso), AS_TEXT)
