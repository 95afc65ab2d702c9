"""Bytes of a CSV file to a table whose every cell knows its place."""

from __future__ import annotations

import dataclasses
import gc
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from generator.locale import Message
from generator.problems import Place, Problem
from generator.reading.body import TOTAL_WORDS, Body
from generator.reading.encoding import decode
from generator.reading.header import Header, Titles, find_header, find_separator, proves_encoding, titles_of
from generator.reading.limits import LIMITS, Limits
from generator.reading.report import Report
from generator.reading.scanner import Record, scan
from generator.reading.table import Column, Layout, Row, Table, place_in


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the garbage collector from walking millions of new objects that all stay alive."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


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
        return Table(file, (), Row(1, 1, [], [], Layout(file, ()))), problems
    report = Report(file, limits)
    with collector_paused():
        separator = find_separator(text, titles, report)
        if separator is None:
            return None, problems + report.problems()
        records = list(scan(text, separator, report))
        table = _table(text, separator, records, titles, total_words, report)
        problems = [_with_cell(problem, records) for problem in problems]
    return table, problems + report.problems()


def _table(
    text: str, separator: str, records: list[Record], titles: Titles, total_words: Sequence[str], report: Report
) -> Table | None:
    """Return the table that the records hold, or None with the reason reported."""
    at = find_header(records, titles)
    if at is None:
        at = next(
            (at for at, record in enumerate(records) if any(map(str.strip, record[2]))), 0
        )
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


def _with_cell(problem: Problem, records: list[Record]) -> Problem:
    """Return a problem of the text with the spreadsheet cell in which its place lies."""
    place = problem.place
    if not place.line or not records:
        return problem
    at = bisect_right(records, place.line, key=lambda record: record[0]) - 1
    line, raw = records[max(at, 0)][:2]
    cell = ""
    for index in range(min(len(raw), problem_columns(place, raw))):
        start = place_in(place.file, raw, line, at + 1, index)
        if (start.line, start.column) > (place.line, place.column) and cell:
            break
        cell = start.cell
    return dataclasses.replace(problem, place=dataclasses.replace(place, cell=cell))


def problem_columns(place: Place, raw: list[str]) -> int:
    """Return how many cells of a record may begin before a place: in one line, no more than its column."""
    return place.column if not any("\n" in cell for cell in raw) else len(raw)
