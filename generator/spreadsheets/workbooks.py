"""Reads a workbook into grids; only the process of its own that `worker.py` is does so, because the file may be hostile."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl import Workbook
from openpyxl.cell import Cell as OfficeCell
from openpyxl.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from generator.locale import Message
from generator.reading import LIMITS
from generator.spreadsheets.grid import Area, Cell, Fault, Grid, Value
from generator.spreadsheets.unopened import DAMAGED, LOCKED, RARE, SAVE_AGAIN, UNLOCK, Unopened

SPARE = 1_000
MOST_COLUMNS = 1_000
MOST_CELLS = 2_000_000
LOWEST, NARROWEST = 3, 0.5
"""What is less high (in points) or less wide (in letters) shows nothing of what stands in it."""
# What openpyxl raises for parts that are not as they should be; it has no error of its own.
BROKEN = (ValueError, KeyError, TypeError, IndexError, AttributeError, AssertionError, OSError, EOFError, OverflowError,
          zipfile.BadZipFile, zlib.error, ParseError, RecursionError)  # fmt: skip
T = TypeVar("T")
Values = Sequence[Sequence[Value]]


def grids_of(data: bytes, file: str, *, whole: bool) -> list[Grid]:
    """Return the sheets of a file; `whole` says that it is an .xlsx file, of which everything can be told.

    Raises `Unopened`, and MemoryError where the file needs more than this process may have.
    """
    return _whole(data, file) if whole else _simple(data, file)


@contextmanager
def _guarded() -> Iterator[None]:
    """Turn whatever the libraries make of a broken file into `Unopened`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except PasswordError as failure:
        raise Unopened(LOCKED, UNLOCK) from failure
    except (CalamineError, *BROKEN) as failure:
        raise Unopened(DAMAGED, SAVE_AGAIN) from failure


def _tried(work: Callable[[], T]) -> T:
    with _guarded():
        return work()


def _book(data: bytes) -> CalamineWorkbook:
    return _tried(lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)))


def _sheets(book: CalamineWorkbook) -> Iterator[tuple[str, bool, CalamineSheet | None]]:
    """Yield each sheet by name, whether it is hidden, and itself where it is a sheet of cells within the limits."""
    for at, about in enumerate(_tried(lambda: book.sheets_metadata)):
        hidden = about.visible is not SheetVisibleEnum.Visible
        try:
            sheet = _tried(lambda at=at: book.get_sheet_by_index(at))  # type: ignore[misc]
        except Unopened:
            sheet = None  # a chart, or a sheet of macros
        yield about.name, hidden, sheet


def _values(sheet: CalamineSheet, name: str) -> Values:
    """Return all cells from A1 on; raises `Unopened` where there are more than any register may have."""
    end = sheet.end or (0, 0)
    height, width = end[0] + 1, end[1] + 1
    if height > LIMITS.rows + SPARE or width > MOST_COLUMNS or height * width > MOST_CELLS:
        message = Message(
            "Sheet “{sheet}” is filled down to row {rows} and {columns} columns wide; the limit is {limit} rows",
            sheet=name, rows=height, columns=width, limit=LIMITS.rows,
        )  # fmt: skip
        raise Unopened(message, Message("delete what stands far below or beside the table, and save it"))
    return _tried(lambda: sheet.to_python(skip_empty_area=False))


def _simple(data: bytes, file: str) -> list[Grid]:
    """Return the sheets of an .xls or .ods file, of which nobody tells what is hidden in it."""
    grids = []
    for name, hidden, sheet in _sheets(_book(data)):
        grid = Grid(file, name, hidden=hidden, sees_all=False)
        if sheet is not None:
            grid.rows = [[Cell(None if value == "" else value) for value in row] for row in _values(sheet, name)]
            grid.merged = _areas(sheet)
        grids.append(grid)
    return grids


def _areas(sheet: CalamineSheet) -> list[Area]:
    found = _tried(lambda: sheet.merged_cell_ranges) or []
    return [Area(top, left, bottom, right) for (top, left), (bottom, right) in found]


def _whole(data: bytes, file: str) -> list[Grid]:
    """Return the sheets of an .xlsx file: values from the fast reader, all around them from the thorough one."""
    book = _book(data)
    sized = [(name, hidden, sheet, sheet and _values(sheet, name)) for name, hidden, sheet in _sheets(book)]
    for name, _, sheet, _ in sized:
        # Whoever reads the shape makes an object of each merged cell, so that a single area could fill the memory.
        areas = _areas(sheet) if sheet else []
        covered = ((area.bottom - area.top + 1) * (area.right - area.left + 1) for area in areas)
        if sum(covered) > MOST_CELLS:
            raise Unopened(Message("Sheet “{sheet}” has too many merged cells", sheet=name), SAVE_AGAIN)
    with _guarded():
        shape = openpyxl.load_workbook(io.BytesIO(data), data_only=False, keep_links=False)
    counted: list[Workbook] = []

    def results() -> Workbook:
        """Return the workbook with the results of its formulas, read only when one of them is in doubt."""
        if not counted:
            with _guarded():
                counted.append(openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False))
        return counted[0]

    grids = []
    for name, hidden, _, values in sized:
        grid = Grid(file, name, hidden=hidden)
        page = shape[name] if name in shape.sheetnames else None
        if values and not isinstance(page, Worksheet):
            # A strict or rare form, of which one reader sees the values and the other one nothing.
            raise Unopened(RARE, SAVE_AGAIN)
        if values is not None and isinstance(page, Worksheet):
            with _guarded():
                _shaped(grid, page, values, results)
        grids.append(grid)
    return grids


def _shaped(grid: Grid, page: Worksheet, values: Values, results: Callable[[], Workbook]) -> None:
    """Fill a grid with cells that know their format and formula, and with what is hidden and merged."""
    grid.merged = [Area(r.min_row - 1, r.min_col - 1, r.max_row - 1, r.max_col - 1) for r in page.merged_cells.ranges]
    grid.merged.sort(key=lambda area: (area.top, area.left))
    # A shape that says less than the values is not believed: formulas without values stand behind the last of them.
    height, width = max(len(values), page.max_row), max(len(values[0]) if values else 0, page.max_column)
    if height * width > MOST_CELLS:
        height, width = len(values), len(values[0]) if values else 0
    for at, line in enumerate(page.iter_rows(1, height, 1, width)):
        known = values[at] if at < len(values) else []
        cells = []
        for column, cell in enumerate(line):
            value = known[column] if column < len(known) else None
            if cell.comment is not None:
                grid.comments.append(cell.comment.text[:40])
            cells.append(_cell(None if value == "" else value, cell, results, grid.name))
        grid.rows.append(cells)
    grid.hidden_rows = _hidden_rows(page, height)
    grid.hidden_columns = _hidden_columns(page)


def _cell(
    value: Value, cell: OfficeCell | MergedCell, results: Callable[[], Workbook], name: str
) -> Cell:  # fmt: skip
    """Return a cell with its format, and with what is wrong where it holds no value although it should."""
    kind = getattr(cell, "data_type", "n")
    shown = str(cell.number_format) if isinstance(cell, OfficeCell) else "General"
    if kind == "e":
        return Cell(None, shown, fault=Fault.FAILED, error=str(cell.value))
    if kind != "f":
        return Cell(value, shown)
    if value is not None:
        return Cell(value, shown, formula=True)
    result = results()[name].cell(cell.row or 1, cell.column or 1)
    if result.data_type == "e":
        return Cell(None, shown, True, Fault.FAILED, str(result.value))
    if result.value is None and result.data_type not in ("s", "str"):  # an empty text is a result too
        return Cell(None, shown, True, Fault.UNCOUNTED, str(getattr(cell.value, "text", cell.value)))
    return Cell(None, shown, formula=True)


def _hidden_rows(page: Worksheet, height: int) -> set[int]:
    """Return the rows, from 0, that nobody sees: hidden ones, filtered ones, and ones that are too low for a letter."""
    found = set()
    usual = page.sheet_format
    low = bool(usual.customHeight) and usual.defaultRowHeight < LOWEST
    by_default = bool(usual.zeroHeight) or low
    for row in range(1, height + 1):
        known = page.row_dimensions.get(row)
        own = None if known is None else known.height
        is_low = low if own is None else own < LOWEST
        if (known is not None and (known.hidden or is_low)) or (known is None and by_default):
            found.add(row - 1)
    return found


def _hidden_columns(page: Worksheet) -> set[int]:
    found: set[int] = set()
    for known in page.column_dimensions.values():
        if known.hidden or known.width < NARROWEST:
            first = known.min or 0
            last = min(known.max or first, MOST_COLUMNS)
            found.update(range(first - 1, last))
    return found
