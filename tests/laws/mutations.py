"""Twenty kinds of changes that somebody might make to a published register, each made to the texts of its file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from generator.records import Sheet, nested
from generator.registers.fees.records import OpenPrice
from tests.laws.books import Books, Cell, cells, fields, get, put, records, stems, without

AMOUNTS, DAYS, WORDS = ("money", "standard", "count"), ("day", "month", "when"), ("text", "link", "code", "grades")
NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII).fullmatch
DAY, MONTH = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII), re.compile(r"(\d{4})-(\d{2})", re.ASCII)
ALIKE = str.maketrans({
    **{chr(c): chr(c + 0xFEE0) for c in range(0x30, 0x3A)}, "a": "а", "e": "е", "o": "о", "C": "С", "F": "Ｆ",
    "未": "末", "己": "已", "日": "曰", "工": "⼯", "一": "⼀", "人": "⼈", "教": "敎", "学": "學", "水": "⽔", "后": "後",
    "金": "⾦", "财": "財", "安": "⽣", "资": "資", "食": "⻝", "校": "挍", "县": "縣", "家": "傢", "期": "朞", "票": "剽",
})  # fmt: skip
UNITS = {"元": "角", "期": "月", "月": "周", "天": "周", "年": "月", "人": "班", "餐": "天", "套": "件", "张": "本", "条": "款",
         "只": "个", "件": "套", "每": "约"}  # fmt: skip
SPACES = (" ", "\u00a0", "\u3000", "\u200b", "\u00ad", "\t")


class Mutation(NamedTuple):
    """A school with one change, and where it was made, in words."""

    books: Books
    where: str


Made = Iterator[Mutation]
Texts = Callable[[Cell, str], Iterator[str]]


def in_cells(wanted: Callable[[Cell], bool], change: Texts) -> Callable[[Books, Sheet], Made]:
    """Return the kind that puts other texts into cells."""

    def made(books: Books, sheet: Sheet) -> Made:
        for stem in stems(sheet, books):
            for cell in cells(sheet, books[stem]):
                value = get(books[stem], cell.path)
                if isinstance(value, str) and wanted(cell):
                    for text in dict.fromkeys(change(cell, value)):
                        if text != value:
                            yield Mutation(put(books, stem, cell.path, text), f"{stem} {cell.path}: {value} → {text}")

    return made


def is_amount(cell: Cell) -> bool:
    return cell.kind in AMOUNTS


def is_day(cell: Cell) -> bool:
    return cell.kind in DAYS


def is_words(cell: Cell) -> bool:
    return cell.kind in WORDS


def any_cell(cell: Cell) -> bool:
    return True


def _by(amount: str, *steps: Decimal) -> Iterator[str]:
    if NUMBER(amount):
        yield from (str(Decimal(amount) + step) for step in steps)


def one_fen(cell: Cell, value: str) -> Iterator[str]:
    step = Decimal(1) if cell.kind == "count" else Decimal("0.01")
    yield from _by(value, step, -step)


def digits(cell: Cell, value: str) -> Iterator[str]:
    for at in range(len(value) - 1):
        if value[at].isdigit() and value[at + 1].isdigit():
            yield value[:at] + value[at + 1] + value[at] + value[at + 2 :]


def empty(cell: Cell, value: str) -> Iterator[str]:
    yield ""


def one_character(cell: Cell, value: str) -> Iterator[str]:
    for at in dict.fromkeys((0, len(value) // 2, len(value) - 1)):
        yield value[:at] + ("8" if value[at] == "3" else "3" if value[at].isascii() else "另") + value[at + 1 :]
    yield value[:-1]
    yield value + "1"


def look_alike(cell: Cell, value: str) -> Iterator[str]:
    for at, character in enumerate(value):
        yield value[:at] + character.translate(ALIKE) + value[at + 1 :]


def unit(cell: Cell, value: str) -> Iterator[str]:
    for at, character in enumerate(value):
        yield value[:at] + UNITS.get(character, character) + value[at + 1 :]


def day(cell: Cell, value: str) -> Iterator[str]:
    for step in (1, -1):
        for match in DAY.finditer(value):
            moved = dt.date.fromisoformat(match[0]) + dt.timedelta(step)
            yield value[: match.start()] + moved.isoformat() + value[match.end() :]
        if match := MONTH.fullmatch(value):
            number = int(match[1]) * 12 + int(match[2]) - 1 + step
            yield f"{number // 12}-{number % 12 + 1:02}"
    if ":" in value:
        yield "before:term-end"


def choice(cell: Cell, value: str) -> Iterator[str]:
    kind = OpenPrice if cell.kind == "standard" else cell.model.model_fields[cell.title.name].annotation
    for option in (kind, *getattr(kind, "__args__", ())):
        yield from (member.zh for member in getattr(option, "__members__", {}).values())


def sign(cell: Cell, value: str) -> Iterator[str]:
    if NUMBER(value) and Decimal(value):
        yield value.removeprefix("-") if value[0] == "-" else f"-{value}"


def times(cell: Cell, value: str) -> Iterator[str]:
    if NUMBER(value):
        for factor in ("10", "100", "0.1", "0.01"):
            text = f"{Decimal(value) * Decimal(factor):f}"
            yield text.rstrip("0").rstrip(".") if "." in text else text


def space(cell: Cell, value: str) -> Iterator[str]:
    for mark in SPACES:
        yield from (value[:at] + mark + value[at:] for at in (1, len(value) // 2, len(value)))


def other_key(cell: Cell, value: str) -> Iterator[str]:
    yield from day(cell, value) if is_day(cell) else one_character(cell, value)


def swapped(books: Books, sheet: Sheet) -> Made:
    """Two rows of one list change their figures."""
    for stem in stems(sheet, books):
        found: dict[tuple[object, ...], list[Cell]] = {}
        for cell in cells(sheet, books[stem]):
            if cell.kind in (*AMOUNTS, *DAYS) and len(cell.path) > 1:
                found.setdefault((cell.path[:-2], cell.title.name), []).append(cell)
        for group in found.values():
            for one, other in combinations(group, 2):
                first, second = get(books[stem], one.path), get(books[stem], other.path)
                if first != second:
                    made = put(put(books, stem, one.path, second), stem, other.path, first)
                    yield Mutation(made, f"{stem} {one.path} {first} ↔ {second}")


def deleted(books: Books, sheet: Sheet) -> Made:
    """A row, or an entry of a list, is gone."""
    for stem in stems(sheet, books):
        for path, _ in records(sheet.record, books[stem]):
            if path:
                yield Mutation(without(books, stem, path), f"{stem} {path}")


def codes(change: Callable[[list[str]], Iterator[list[str]]]) -> Callable[[Books, Sheet], Made]:
    """Return the kind that changes lists of codes."""

    def made(books: Books, sheet: Sheet) -> Made:
        for stem in stems(sheet, books):
            for cell in cells(sheet, books[stem]):
                value = get(books[stem], cell.path)
                if isinstance(value, list):
                    for other in change(value):
                        if other != value:
                            yield Mutation(put(books, stem, cell.path, other), f"{stem} {cell.path}: {value} → {other}")

    return made


def one_less(value: list[str]) -> Iterator[list[str]]:
    yield from (value[:at] + value[at + 1 :] for at in range(len(value)))


def turned(value: list[str]) -> Iterator[list[str]]:
    yield value[::-1]


def no_column(books: Books, sheet: Sheet) -> Made:
    """A column of a table, or an entry of every record of a kind in a document, is gone."""
    for stem in stems(sheet, books):
        ways: dict[tuple[object, str], list[tuple[str | int, ...]]] = {}
        for path, model in records(sheet.record, books[stem]):
            row = get(books[stem], path)
            for title in fields(model):
                if row.get(title.name):
                    ways.setdefault((model, title.name), []).append((*path, title.name))
        for (_, name), paths in ways.items():
            made: Books = books
            for at, _ in records(sheet.record, books[stem]):
                if (*at, name) not in paths and name in get(books[stem], at) and not sheet.document:
                    made = without(made, stem, (*at, name))
            for path in paths:
                made = without(made, stem, path)
            yield Mutation(made, f"{stem} {name}")


def no_file(books: Books, sheet: Sheet) -> Made:
    """The file is gone."""
    for stem in stems(sheet, books):
        yield Mutation(without(books, stem, ()), stem)


def header_only(books: Books, sheet: Sheet) -> Made:
    """Nothing is left in the file but its header."""
    for stem in stems(sheet, books):
        yield Mutation(put(books, stem, (), {} if sheet.document else []), stem)


def elsewhere(books: Books, sheet: Sheet) -> Made:
    """A row, an entry or the whole file now stands in another year, term or list."""
    for stem in stems(sheet, books):
        tree = books[stem]
        for old, new in (("2023-spring", "2023-autumn"), ("2023-spring", "2022-autumn"), ("/2023/", "/2022/")):
            target = stem.replace(old, new)
            if target != stem:
                there = books.get(target, [])
                if target not in books or not sheet.document:
                    moved = tree if sheet.document else [*tree, *there]
                    yield Mutation({**without(books, stem, ()), target: moved}, f"{stem} → {target}")
                for at in range(0 if sheet.document else len(tree)):
                    rest = {**books, stem: tree[:at] + tree[at + 1 :], target: [*there, tree[at]]}
                    yield Mutation(rest, f"{stem} row {at} → {target}")
        yield Mutation({**without(books, stem, ()), f"old/{stem}": tree}, f"{stem} → old/{stem}")
        yield from _other_list(books, stem, sheet)
    yield from in_cells(lambda cell: is_day(cell) and cell.title.key, _next_year)(books, sheet)


def _next_year(cell: Cell, value: str) -> Iterator[str]:
    yield value.replace("2023", "2024")


def _other_list(books: Books, stem: str, sheet: Sheet) -> Made:
    """An entry moves from one list of a document to another list of the same kind."""
    tree = books[stem]
    lists: dict[object, list[tuple[str | int, ...]]] = {}
    for path, model in records(sheet.record, tree):
        for title in fields(model):
            if (inner := nested(model.model_fields[title.name])) and (path or sheet.document):
                lists.setdefault(inner, []).append((*path, title.name))
    for ways in lists.values():
        for source in ways:
            for target in ways:
                have = get(tree, source[:-1]).get(source[-1]) or []
                for at in range(len(have) if source != target else 0):
                    made = put(books, stem, source, have[:at] + have[at + 1 :])
                    there = get(tree, target[:-1]).get(target[-1]) or []
                    yield Mutation(put(made, stem, target, [*there, have[at]]), f"{stem} {source}[{at}] → {target}")


KINDS: dict[str, Callable[[Books, Sheet], Made]] = {
    "one fen": in_cells(is_amount, one_fen),
    "two digits swapped": in_cells(any_cell, digits),
    "figures of two rows swapped": swapped,
    "row deleted": deleted,
    "key renamed": in_cells(lambda cell: cell.title.key, other_key),
    "cell emptied": in_cells(any_cell, empty),
    "one character": in_cells(is_words, one_character),
    "look-alike": in_cells(any_cell, look_alike),
    "unit changed": in_cells(is_words, unit),
    "day or month moved by one": in_cells(is_day, day),
    "choice changed": in_cells(lambda cell: cell.kind in ("choice", "standard"), choice),
    "code taken from a list": codes(one_less),
    "sign turned": in_cells(is_amount, sign),
    "times ten or a hundred": in_cells(is_amount, times),
    "column dropped": no_column,
    "file deleted": no_file,
    "file emptied to its header": header_only,
    "moved to another year, term or list": elsewhere,
    "space or invisible sign": in_cells(any_cell, space),
    "order of codes": codes(turned),
}  # fmt: skip
