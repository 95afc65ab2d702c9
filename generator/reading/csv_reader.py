"""Bytes of a CSV file to a table whose every cell knows its place."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice

from generator.locale import Message
from generator.problems import Place, Problem, Severity, shown, spreadsheet_column
from generator.reading.body import TOTAL_WORDS, Body, report_too_many_rows
from generator.reading.collector import collector_paused
from generator.reading.encoding import decode
from generator.reading.header import (
    MENTIONED,
    Header,
    Titles,
    find_header,
    find_separator,
    is_header,
    proves_encoding,
    titles_of,
)
from generator.reading.limits import LIMITS, Limits
from generator.reading.marks import left_marks
from generator.reading.report import Report
from generator.reading.scanner import Record, scan
from generator.reading.squeezed import APART, is_squeezed, parts_of
from generator.reading.table import Column, Layout, Row, Table, place_in

# Title rows, empty rows and totals may stand beside as many rows of data as the limit allows.
SPARE = 1_000


def read_csv(
    data: bytes,
    file: str,
    columns: Sequence[Column],
    *,
    total_words: Sequence[str] = TOTAL_WORDS,
    limits: Limits = LIMITS,
) -> tuple[Table | None, list[Problem]]:
    """Return the table in `data` and everything that is wrong with it or was read generously.

    `file` is the name for places. A row whose first filled cell is one of `total_words` goes
    to `Table.totals`. The table is None where it cannot be told what the cells mean; an empty
    file is an empty table without columns. Raises nothing, whatever the bytes.
    """
    titles = titles_of(columns)
    text, problems = decode(data, file, header_known=lambda text: proves_encoding(text, titles), limits=limits)
    if text is None:
        return None, problems
    if not text.strip():
        return Table(file, (), Row(1, 1, [], [], Layout(file, (), ()))), problems
    report = Report(file, limits)
    if len(text) > limits.line_characters and (line := _longest(text))[1] > limits.line_characters:
        message = Message(
            "The line has {count} characters, the limit is {limit}", count=line[1], limit=limits.line_characters
        )
        report.add("limit", Place(file, line[0], 1), message, Message("put each row on a line of its own"))
        return None, problems + report.problems()
    with collector_paused():
        separator = find_separator(text, titles, report)
        if separator is None:
            return None, problems + report.problems()
        records = list(islice(scan(text, separator, report), limits.rows + SPARE + 1))
        if len(records) > limits.rows + SPARE:
            report_too_many_rows(report, records[-1][0])
            return None, problems + report.problems()
        table = _table(text, separator, records, titles, total_words, report)
        problems = [_with_cell(problem, records, limits.columns) for problem in problems]
    found = problems + report.problems()
    if any(problem.severity is Severity.ERROR for problem in found) and (clash := left_marks(text, file)):
        return None, [clash]
    return table, found


def _table(
    text: str, separator: str, records: list[Record], titles: Titles, total_words: Sequence[str], report: Report
) -> Table | None:
    """Return the table that the records hold, or None with the reason reported."""
    at = find_header(records, titles)
    if at is None:
        at = next((at for at, record in enumerate(records) if any(map(str.strip, record[2]))), 0)
        if not any(cell.strip().casefold() in titles for cell in records[at][2]):
            _report_no_header(records[at], at, titles, report)
            return None
    if at:
        report.note(
            "header", Place(report.file, 1, 1, "A1"), Message("Rows above the header, left out: {count}", count=at)
        )
    line, raw, texts, _ = records[at]
    if (count := _used(texts)) > report.limits.columns:
        report.add(
            "limit",
            place_in(report.file, raw, line, at + 1, report.limits.columns),
            Message("The table has {count} columns, the limit is {limit}", count=count, limit=report.limits.columns),
            Message("split it into several tables"),
        )
        return None
    header = Header(records[at], at + 1, titles, report)
    body = Body(header, separator, total_words, report)
    return body.read(text, records, at)


def _report_no_header(record: Record, at: int, titles: Titles, report: Report) -> None:
    """Report a table whose first filled row holds no known title, or all of them in one cell."""
    place = Place(report.file, record[0], 1, f"A{at + 1}")
    if is_squeezed(record[2]) and is_header(parts_of(record[2]), titles):
        report.add("squeezed", place, Message("The whole table stands in column A"), APART)
        return
    required = list(dict.fromkeys(column for column in titles.values() if column.required and not column.retired))
    first = next(filter(str.strip, record[2]), "")
    report.add(
        "header",
        place,
        Message("No known column title was found; the first row begins with “{text}”", text=shown(first)),
        Message("the first row must hold the titles: {titles} …", titles=required[:MENTIONED]),
        value=first,
    )


def _longest(text: str) -> tuple[int, int]:
    """Return the number of the longest line, and its length."""
    lengths = list(map(len, text.split("\n")))
    longest = max(lengths)
    return lengths.index(longest) + 1, longest


def _used(texts: Sequence[str]) -> int:
    """Return how many cells of a header there are up to the last one that is filled."""
    return next((at + 1 for at in reversed(range(len(texts))) if texts[at].strip()), 0)


def _with_cell(problem: Problem, records: list[Record], columns: int) -> Problem:
    """Return a problem of the text with the spreadsheet cell in which its place lies."""
    place = problem.place
    at = bisect_right(records, place.line, key=lambda record: record[0]) - 1
    if not place.line or at < 0 or len(records[at][1]) > columns:
        return problem
    line, column = records[at][0], 1
    physical = 0
    for index, cell in enumerate(records[at][1]):
        if (line, column) > (place.line, place.column):
            break
        physical = index
        newlines = cell.count("\n")
        column = len(cell) - cell.rfind("\n") + 1 if newlines else column + len(cell) + 1
        line += newlines
    cell_name = f"{spreadsheet_column(physical)}{at + 1}"
    return dataclasses.replace(problem, place=dataclasses.replace(place, cell=cell_name))
