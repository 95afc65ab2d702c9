"""The rows below the titles: which are data, which are totals, and which are something else that is left out and said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.locale import Message
from generator.problems import Problem, Severity
from generator.reading import TOTAL_WORDS, total_key
from generator.spreadsheets.examples import is_example
from generator.spreadsheets.grid import Area, Cell, Grid
from generator.spreadsheets.header import Header, title_key
from generator.spreadsheets.words import kind_of, table_titles

MORE_TOTALS = ("共计", "本页合计", "本月合计", "本期合计", "本年合计", "本页小计", "合计金额", "总合计")
TOTALS = frozenset(total_key(word) for word in (*TOTAL_WORDS, *MORE_TOTALS))
SIGNED = re.compile(
    r"(?:(?:单位)?(?:制表|填表|填报|审核|复核|审批|负责|经办|编制|会计|出纳|校长|园长|主管|领导)(?:人|员|单位|日期|时间|签字|签名)*"
    r"|注|备注|说明|附注|note|prepared by|checked by|approved by)\s*\d*\s*[:：]",
    re.IGNORECASE,
).match
SHARED = frozenset({"choice", "code", "codes", "month", "day", "when", "text", "grades", "link"})
"""The kinds of columns in which one value may stand for several rows: an amount over three rows is one amount."""

LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of data or one total row: its number from 0, and its cells by the names of their columns."""

    row: int
    cells: dict[str, Cell]
    folder: str = ""
    filled_down: dict[str, Area] = field(default_factory=dict)


@dataclass
class Body:
    """The rows of one table: data, totals with their words, and what was left out or refused."""

    grid: Grid
    header: Header
    lines: list[Line] = field(default_factory=list)
    totals: list[tuple[Line, str]] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    refused: dict[int, list[Problem]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    def refuse(self, row: int, problem: Problem) -> None:
        """Refuse a row."""
        self.refused.setdefault(row, []).append(problem)

    def leave(self, row: int, message: Message) -> None:
        """Leave a row out, and say why."""
        self.notes.append(Problem(self.grid.place(row), LEFT_OUT, message, severity=Severity.NOTE))


def body_of(grid: Grid, header: Header) -> Body:
    """Return the rows below a header."""
    body = Body(grid, header)
    if header.top:
        above = [at for at in range(header.top) if any(not cell.empty for cell in grid.rows[at])]
        if above:
            body.leave(above[0], Message("rows above the titles, left out: {count}", count=len(above)))
    titles = {title_key(grid.cell(header.bottom, at).text) for at in header.columns.values()}
    for row in range(header.bottom + 1, len(grid.rows)):
        filled = [at for at, cell in enumerate(grid.rows[row]) if not cell.empty]
        if filled:
            _row(body, row, filled, titles)
    return body


def _row(body: Body, row: int, filled: list[int], titles: set[str]) -> None:
    """Sort one row that holds something into data, totals, or what is left out."""
    grid = body.grid
    first = grid.cell(row, filled[0]).text
    if is_example(first):
        body.leave(row, Message("an example row, left out"))
    elif {title_key(grid.cell(row, at).text) for at in filled} == titles and len(filled) > 1:
        body.leave(row, Message("the titles once more, left out"))
    elif total := next((t for at in filled[:2] if total_key(t := grid.cell(row, at).text) in TOTALS), ""):
        body.totals.append((_line(body, row), total))
    elif _is_heading(grid, row, filled):
        body.leave(row, Message("a heading inside of the table, left out: {text}", text=first[:40]))
    elif SIGNED(first) and len(filled) <= max(2, len(body.header.columns) // 2):
        body.leave(row, Message("a line of signatures or remarks, left out"))
    elif row in grid.hidden_rows:
        body.refuse(row, Problem(
            grid.place(row), "hidden", Message("row {row} is hidden or filtered away, and it holds data", row=row + 1),
            Message("show it and look at it, or delete it; what nobody sees is not taken"),
        ))  # fmt: skip
    else:
        body.used.update(filled)
        body.lines.append(_line(body, row))


def _is_heading(grid: Grid, row: int, filled: list[int]) -> bool:
    """Return whether a row holds nothing but one text across several columns."""
    area = grid.area(row, filled[0])
    return len(filled) == 1 and area is not None and area.right > area.left and area.top == area.bottom == row


def _line(body: Body, row: int) -> Line:
    header = body.header
    line = Line(row, {name: body.grid.cell(row, at) for name, at in header.columns.items()}, _folder(body, row))
    for name, at in header.columns.items():
        area = body.grid.area(row, at)
        if (
            area is not None
            and area.top < row <= area.bottom
            and area.top > header.bottom
            and area.left == area.right == at
        ):
            line.filled_down[name] = area
    return line


def _folder(body: Body, row: int) -> str:
    """Return the term or year that a column of the table names, also where the cell is merged over several rows."""
    at = body.header.folder
    if at is None:
        return ""
    area = body.grid.area(row, at)
    return body.grid.cell(area.top if area else row, area.left if area else at).text


def merged_problems(body: Body) -> Iterator[tuple[int, Problem]]:
    """Yield each row of data with what is wrong in its merged cells, and fill down those that can only mean one thing.

    A text or code that stands for the rows below it is surely meant for each of them; an amount is not, nor is the key
    that every row must have for itself.
    """
    by_name = {title.name: title for title in table_titles(body.header.sheet.record)}
    keys = [title.name for title in by_name.values() if title.key]
    for line in body.lines:
        wide = _across(body, line.row)
        if wide is not None:
            yield line.row, _merged(body, wide)
            continue
        for name, area in line.filled_down.items():
            if kind_of(by_name[name]) in SHARED and keys != [name]:
                line.cells[name] = body.grid.cell(area.top, area.left)
            elif not body.grid.cell(area.top, area.left).empty:
                problem = _merged(body, area)
                yield area.top, problem
                yield line.row, problem


def _across(body: Body, row: int) -> Area | None:
    """Return a merged area that covers several columns in a row of data, where it holds something."""
    for area in body.grid.areas_by_row.get(row, ()):
        columns = {at for at in body.header.columns.values() if area.left <= at <= area.right}
        wide = area.top > body.header.bottom and area.right > area.left
        if wide and columns and not body.grid.cell(area.top, area.left).empty:
            return area
    return None


def _merged(body: Body, area: Area) -> Problem:
    grid = body.grid
    return Problem(
        grid.place(area.top, area.left), "merged",
        Message("the cells {area} are merged, and it cannot be told which row their value belongs to", area=str(area)),
        Message("split the merged cells, and give each row its own value"), value=grid.cell(area.top, area.left).text,
    )  # fmt: skip


def hidden_columns(body: Body) -> Iterator[Problem]:
    """Yield what is wrong with hidden columns: one in which the rows hold something of the register is refused."""
    grid, header = body.grid, body.header
    names = {at: name for name, at in header.columns.items()}
    for at in sorted(grid.hidden_columns):
        filled = [line.row for line in body.lines if not grid.cell(line.row, at).empty]
        if filled and at in names:
            title = next(t for t in table_titles(header.sheet.record) if t.name == names[at])
            yield Problem(
                grid.place(header.bottom, at), "hidden",
                Message("the column “{title}” is hidden, and it holds data", title=title),
                Message("show it and look at it, or delete it; what nobody sees is not taken"),
            )  # fmt: skip
