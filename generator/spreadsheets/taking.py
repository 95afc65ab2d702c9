"""Takes the rows of a sheet: every cell read as a CSV file's would be, mended where that is sure, else refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.loading import missing, refusal, value_reader, wrong_totals
from generator.locale import Message
from generator.problems import Place, Problem, Severity
from generator.reading import LIMITS, Row, Table, total_key
from generator.reading.characters import REFUSED
from generator.reading.characters import kind_of as kind_of_character
from generator.reading.table import Layout
from generator.records import Record, Sheet, Title
from generator.repair import surely
from generator.spreadsheets.body import Body, Line, hidden_columns, merged_problems
from generator.spreadsheets.cells import told
from generator.spreadsheets.grid import Cell, Grid
from generator.spreadsheets.header import Header, header_problems
from generator.spreadsheets.known import Known
from generator.spreadsheets.present import written
from generator.spreadsheets.words import choices, kind_of, table_titles
from generator.values.refusal import Refused


@dataclass(frozen=True, slots=True)
class Mended:
    """One cell that was written in another way than it stands in the sheet: where, from what to what, and why."""

    place: Place
    before: str
    after: str
    why: Message


class SheetRow(Row):
    """One row of a sheet as the canonical table will have it; its places are cells of the spreadsheet."""

    __slots__ = ("at", "columns", "grid", "names")

    def __init__(self, grid: Grid, at: int, names: Sequence[str], texts: list[str], columns: Mapping[str, int]) -> None:
        super().__init__(at + 1, at + 1, texts, texts, Layout(grid.file, (), ()))
        self.grid, self.at, self.names, self.columns = grid, at, names, columns

    def place(self, index: int) -> Place:
        """Return the cell of the sheet that table column `index` comes from."""
        return self.place_of(self.names[index])

    def place_of(self, name: str | None) -> Place:
        """Return the cell of the sheet that a field comes from, or the row where it has none."""
        return self.grid.place(self.at, self.columns.get(name or ""))

    def whole(self) -> Place:
        """Return the row of the sheet."""
        return self.grid.place(self.at)


@dataclass
class Taken:
    """What one sheet gave: rows with the term or year that each names, cells mended, and what was not taken.

    ``blocked`` is wrong with the sheet as a whole, ``refused`` with single rows, ``notes`` say what was left out.
    """

    sheet: Sheet
    grid: Grid
    header: Header
    rows: list[tuple[SheetRow, str]] = field(default_factory=list)
    mended: list[Mended] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    blocked: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    formulas: int = 0
    refused_rows: int = 0
    totals: list[SheetRow] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The columns of the sheet, in their declared order."""
        return [title.name for title in table_titles(self.sheet.record) if title.name in self.header.columns]


class _Reader:
    """Reads the cells of one column; what several cells hold alike is read once."""

    def __init__(self, sheet: Sheet, title: Title, known: Known, language: str) -> None:
        self.model, self.title, self.language = sheet.record, title, language
        self.kind, self.choices = kind_of(title), choices(sheet.record, title.name)
        self.read, self.known = value_reader(sheet.record, title.name), known
        self.seen: dict[tuple[type, Cell], tuple[str, Message | None]] = {}

    def __call__(self, cell: Cell) -> tuple[str, Message | None]:
        """Return the canonical text of a cell, and why it differs from what stands there; raises `Refused`."""
        key = (type(cell.value), cell)
        if key not in self.seen:
            self.seen[key] = self._text(cell)
        return self.seen[key]

    def _text(self, cell: Cell) -> tuple[str, Message | None]:
        found = told(cell, self.kind, self.choices)
        if not found.text:
            return "", None
        unfit = self._unfit(found.text)
        if unfit is None:
            try:
                return self._canonical(self.read(found.text), found.text), found.why
            except Refused as failure:
                unfit = failure
            except ValueError:
                unfit = Refused("value", Message("“{value}” does not belong here", value=found.text))
        meant = surely(self.model, self.title.name, found.text)
        if meant is not None:
            return (self._canonical(self.read(meant), meant) if meant else ""), Message("only this can be meant")
        if id_ := self._named(found.text):
            return id_, Message("the name of what has this id")
        raise unfit

    def _unfit(self, text: str) -> Refused | None:
        """Return why a text may stand in no cell at all: too long, or with characters that nobody sees."""
        if len(text) > LIMITS.cell_characters:
            message = Message(
                "The cell has {count} characters, the limit is {limit}", count=len(text), limit=LIMITS.cell_characters
            )
            return Refused("limit", message, Message("shorten it; a long text belongs into a document that is linked"))
        if (match := REFUSED.search(text)) or "\t" in text:
            sign = match[0] if match else "\t"
            message = Message(
                "Character {code} is not allowed: {kind}", code=f"U+{ord(sign):04X}", kind=kind_of_character(sign)
            )
            return Refused("character", message, Message("delete it, or type the text of this place again"))
        return None

    def _canonical(self, value: object, text: str) -> str:
        """Return a value as the register writes it; a list keeps the places of codes and loses their spaces."""
        return text if isinstance(value, str) else written(value, self.language)

    def _named(self, text: str) -> str | None:
        """Return the id, or several ids, of what a text calls by its name, where no other thing is called so."""
        if self.kind != "codes":
            return self.known.id_of(self.model, self.title.name, text)
        parts = [part.strip() for part in text.replace("；", ";").replace("、", ";").replace("，", ";").split(";")]
        known = self.known.of(self.model, self.title.name)
        ids = [part if part in known else self.known.id_of(self.model, self.title.name, part) for part in parts if part]
        return ";".join(id_ for id_ in ids if id_) if ids and all(ids) else None


def taken_from(body: Body, known: Known, language: str) -> Taken:
    """Return what the rows of a table give, in the words of the school's language where there is a choice."""
    header, grid = body.header, body.grid
    taken = Taken(header.sheet, grid, header, notes=list(body.notes))
    for row, problem in merged_problems(body):
        body.refuse(row, problem)
    for problem in (*header_problems(grid, header, sorted(body.used)), *hidden_columns(body)):
        (taken.notes if problem.severity is Severity.NOTE else taken.blocked).append(problem)
    if header.missing:
        return taken
    titles = {title.name: title for title in table_titles(header.sheet.record)}
    readers = {name: _Reader(header.sheet, titles[name], known, language) for name in taken.names}
    for line in body.lines:
        _take(line, body, taken, readers, titles)
    for row in sorted(body.refused):
        taken.refused += dict.fromkeys(body.refused[row])
    taken.refused_rows = len(body.refused)
    taken.totals = [_total(line, label, taken) for line, label in body.totals]
    for line, label in body.totals:
        message = Message("a total row ({label}): it serves for comparing sums, and is no data", label=label)
        if body.refused:
            message = Message("a total row ({label}), left out; not compared, because rows were refused", label=label)
        taken.notes.append(Problem(grid.place(line.row), "left-out", message, severity=Severity.NOTE))
    return taken


def _take(
    line: Line, body: Body, taken: Taken, readers: Mapping[str, _Reader], titles: Mapping[str, Title]
) -> None:  # fmt: skip
    """Read the cells of one row, and take the row where all of them are good."""
    texts, mended = [], []
    columns = taken.header.columns
    for name, reader in readers.items():
        cell, place = line.cells[name], body.grid.place(line.row, columns[name])
        taken.formulas += cell.formula and cell.fault is None
        text = ""
        try:
            text, why = reader(cell)
        except Refused as refused:
            body.refuse(line.row, refusal(refused, titles[name], place, cell.text))
        else:
            if name in line.filled_down and text:
                why = Message("the value of the merged cells {area}", area=str(line.filled_down[name]))
                mended.append(Mended(place, "", text, why))
            elif why is not None:
                mended.append(Mended(place, cell.text, text, why))
            if not text and titles[name].required:
                body.refuse(line.row, missing(titles[name], place))
        texts.append(text)
    if line.row not in body.refused:
        taken.rows.append((SheetRow(body.grid, line.row, list(readers), texts, columns), line.folder))
        taken.mended += mended


def _total(line: Line, label: str, taken: Taken) -> SheetRow:
    """Return a total row as the reader of tables would give it: its label first, sums as plain amounts."""
    texts = []
    by_name = {title.name: title for title in table_titles(taken.sheet.record)}
    for name in taken.names:
        cell = line.cells[name]
        try:
            text = told(cell, kind_of(by_name[name])).text
        except Refused as refused:
            # What cannot be compared is no reason to take the rows all the same.
            place = taken.grid.place(line.row, taken.header.columns[name])
            taken.blocked.append(refusal(refused, by_name[name], place, cell.text))
            text = ""
        texts.append("" if text == label else text)
    return SheetRow(taken.grid, line.row, ("", *taken.names), [label, *texts], taken.header.columns)


PART = ("小计", "subtotal")
"""The words of a total that sums the rows above it, up to the total before."""


def total_problems(taken: Taken, records: Sequence[Record]) -> Iterator[Problem]:
    """Yield what is wrong with the printed totals of a sheet, whose rows are these records."""
    before = taken.header.bottom
    for row in taken.totals:
        label, *texts = row.texts
        above = [record for record in records if before < _row_number(record) < row.at]
        before = row.at
        # A label may stand in any column, also in one that is no part of the register; the sums are compared by name.
        free = next((at for at, text in enumerate(texts) if not text), None)
        if free is None:
            continue
        texts[free] = label
        first = [free, *(at for at in range(len(texts)) if at != free)]
        names = [taken.names[at] for at in first]
        moved = SheetRow(taken.grid, row.at, names, [texts[at] for at in first], taken.header.columns)
        table = Table(taken.grid.file, tuple(names), moved, [], [moved])
        yield from wrong_totals(taken.sheet.record, table, above if total_key(label).endswith(PART) else records)


def _row_number(record: Record) -> int:
    row = record._source
    return row.at if isinstance(row, SheetRow) else -1
