"""Bytes of a CSV file to a table whose every cell knows its place."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice

from generator.locale import Message
from generator.problems import Place, Problem, spreadsheet_column
from generator.reading.body import TOTAL_WORDS, Body, report_too_many_rows
from generator.reading.collector import collector_paused
from generator.reading.encoding import decode
from generator.reading.header import Header, Titles, find_header, find_separator, proves_encoding, titles_of
from generator.reading.limits import LIMITS, Limits
from generator.reading.report import Report
from generator.reading.scanner import Record, scan
from generator.reading.table import Column, Layout, Row, Table

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
    return table, problems + report.problems()


def _table(
    text: str, separator: str, records: list[Record], titles: Titles, total_words: Sequence[str], report: Report
) -> Table | None:
    """Return the table that the records hold, or None with the reason reported."""
    at = find_header(records, titles)
    if at is None:
        at = next((at for at, record in enumerate(records) if any(map(str.strip, record[2]))), 0)
        if not any(cell.strip().casefold() in titles for cell in records[at][2]):
            report.add(
                "header",
                Place(report.file, records[at][0], 1),
                Message("No known column title was found"),
                Message("the first row must hold the titles: {titles}", titles=list(dict.fromkeys(titles.values()))),
            )
            return None
    if at:
        report.note("header", Place(report.file, 1, 1), Message("Rows above the header, left out: {count}", count=at))
    header = Header(records[at], at + 1, titles, report)
    if header.cells > report.limits.columns:
        report.add(
            "limit",
            header.place(report.limits.columns),
            Message(
                "The table has {count} columns, the limit is {limit}", count=header.cells, limit=report.limits.columns
            ),
            Message("split it into several tables"),
        )
        return None
    body = Body(header, separator, total_words, report)
    return body.read(text, records, at)


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
