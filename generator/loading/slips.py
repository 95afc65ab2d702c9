"""Slips that hit many cells of a table at once, each told once: a row in one cell, merged cells, columns that changed
places, a row that moved over.

They are looked for only in tables with refused cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from generator.locale import Labelled, Message
from generator.problems import Problem, shown, spreadsheet_column
from generator.reading import Row
from generator.reading.squeezed import APART, is_squeezed, row_in_one_cell

FEWEST = 3
"""A column of fewer rows that is refused as a whole proves no exchange of columns."""

LOOKED_AT = 200
"""In so many rows with several refused cells it is looked whether their cells have moved."""

NAMED = 5
"""So many cells are named in one message."""

Told = tuple[Problem, set[tuple[int, int]]]
"""A problem, and the cells (row and column, from 0) of which it is all that is to be said."""


@dataclass(frozen=True)
class Cells:
    """One column of a table: its title, what reads a cell, whether it may be empty, and for each row whether its cell was refused."""

    title: Labelled
    read: Callable[[str], Any]
    optional: bool
    refused: Sequence[bool]

    def fits(self, text: str) -> bool:
        """Return whether a cell of this column may hold this text, or nothing."""
        return self.takes([text]) if text else self.optional

    def takes(self, texts: Sequence[str]) -> bool:
        """Return whether every filled one of these texts could stand in this column."""
        for text in dict.fromkeys(filter(None, texts)):
            try:
                self.read(text)
            except ValueError:
                return False
        return True


def slips(rows: Sequence[Row], columns: Sequence[Cells]) -> tuple[list[Problem], dict[int, set[int]]]:
    """Return a problem for each slip, and by row the columns of which nothing else is to be said."""
    problems, told = [], dict[int, set[int]]()
    for problem, cells in _slips(rows, columns):
        problems.append(problem)
        for row, column in cells:
            told.setdefault(row, set()).add(column)
    return problems, told


def _slips(rows: Sequence[Row], columns: Sequence[Cells]) -> Iterator[Told]:
    """Yield each slip with the cells that it hit; each cell belongs to one slip at most."""
    hits = list(map(sum, zip(*(column.refused for column in columns), strict=True)))
    squeezed = {at for at, refused in enumerate(hits) if refused and is_squeezed(rows[at].texts)}
    width = range(len(columns))
    for at in sorted(squeezed):
        text = rows[at].texts[0]
        problem = Problem(rows[at].place(0), "squeezed", row_in_one_cell(text), APART, value=text)
        yield problem, {(at, column) for column in width}
    kept = [at for at in range(len(rows)) if at not in squeezed]
    swapped = set()
    for found in _swapped(rows, columns, kept):
        swapped |= {column for _, column in found[1]}
        yield found
    suspects = [at for at in kept if hits[at] > 1][:LOOKED_AT]
    moved = {at: it for at in suspects if not swapped and (it := _moved(rows[at], at, columns))}
    yield from moved.values()
    kept = [at for at in kept if at not in moved]
    for number in width:
        if number not in swapped:
            yield from _merged(rows, columns[number], number, kept)


def _swapped(rows: Sequence[Row], columns: Sequence[Cells], kept: Sequence[int]) -> Iterator[Told]:
    """Yield each pair of columns of which one is refused as a whole, and each would do in the other's place."""
    whole = [
        number for number, column in enumerate(columns)
        if sum(column.refused) >= FEWEST and all(column.refused[at] for at in kept if rows[at].texts[number])
    ]  # fmt: skip
    if not whole:
        return
    texts = [[rows[at].texts[number] for at in kept] for number in range(len(columns))]
    whole = [number for number in whole if sum(map(bool, texts[number])) >= FEWEST]
    done: set[int] = set()
    for number in whole:
        near = sorted(set(range(len(columns))) - {number} - done, key=lambda other: (abs(other - number), other))
        other = next((o for o in near if sum(map(bool, texts[o])) >= FEWEST and columns[number].takes(texts[o])
                      and columns[o].takes(texts[number])), None)  # fmt: skip
        if number in done or other is None:
            continue
        done |= {number, other}
        first, second = sorted((number, other))
        first_row = rows[kept[0]]
        letters = [spreadsheet_column(first_row.layout.physical[at]) for at in (first, second)]
        what = Message(
            "columns {one} “{title}” and {other} “{second}” seem to have changed places",
            one=letters[0], title=columns[first].title, other=letters[1], second=columns[second].title,
        )  # fmt: skip
        text = first_row.texts[number]
        fix = Message(
            "put the contents of the two columns, such as “{text}”, where their titles stand", text=shown(text)
        )
        problem = Problem(first_row.place(number), "swapped", what, fix, value=text)
        yield problem, {(at, column) for at in kept for column in (first, second)}


def _moved(row: Row, at: int, columns: Sequence[Cells]) -> Told | None:
    """Return what is wrong with a row all of whose cells would be right if one were put in, or taken out, further left."""
    texts, width = row.texts, len(columns)
    first = next(number for number, column in enumerate(columns) if column.refused[at])
    for number in reversed(range(first + 1)):
        left = not texts[-1] and all(columns[n].fits(texts[n - 1]) for n in range(number + 1, width))
        right = all(columns[n].fits(texts[n + 1] if n + 1 < width else "") for n in range(number, width))
        if left == right:
            continue
        place, text = row.place(number), texts[number]
        if left:
            what = Message("from “{text}” on the row seems to have moved one cell to the left", text=shown(text))
            fix = Message("find the missing cell, {cell} or one before it, insert it and fill it in", cell=place.cell)
        else:
            what = Message(
                "{cell} seems to be one cell too many: the row behind it has moved to the right", cell=place.cell
            )
            fix = Message("delete the cell {cell}, so that the others move back", cell=place.cell)
        return Problem(place, "moved", what, fix, value=text), {(at, n) for n in range(width)}
    return None


def _merged(rows: Sequence[Row], column: Cells, number: int, kept: Sequence[int]) -> Iterator[Told]:
    """Yield each run of two or more empty cells below a filled one: so merged cells are saved."""
    empty = [at for at in kept if column.refused[at] and not rows[at].texts[number]]
    runs: list[list[int]] = []
    for before, at in pairwise([-2, *empty]):
        if at == before + 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    for run in runs:
        if len(run) < 2 or not run[0] or not (above := rows[run[0] - 1].texts[number]):
            continue
        cells = [rows[at].place(number).cell for at in run[:NAMED]]
        what = Message(
            "“{title}” is not filled in in {count} cells below “{above}”: {cells}",
            title=column.title, count=len(run), above=shown(above), cells=cells,
        )  # fmt: skip
        fix = Message("cells that were merged lose all but the first: split them, and fill in each one")
        yield Problem(rows[run[0]].place(number), "missing", what, fix), {(at, number) for at in run}
