"""From a spreadsheet file to the files that it would change: nothing is written here, and nothing is passed in silence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.dataset import TABLES, Dataset, load, wrong_references
from generator.locale import LANGUAGES, Message, language
from generator.problems import Place, Problem, Severity, closest
from generator.records import DataFile, Sheet
from generator.spreadsheets.body import LEFT_OUT, body_of
from generator.spreadsheets.grid import Grid
from generator.spreadsheets.header import Header, header_of
from generator.spreadsheets.known import known_of
from generator.spreadsheets.merging import Merged, merged, replaced_files
from generator.spreadsheets.named import folder_kind
from generator.spreadsheets.office import opened
from generator.spreadsheets.private import private
from generator.spreadsheets.taking import SheetRow, Taken, taken_from, total_problems
from generator.spreadsheets.target import calls, chosen, grouped
from generator.spreadsheets.template import BESIDE, EXAMPLE
from generator.spreadsheets.unopened import Unopened
from generator.spreadsheets.words import OPTIONAL, REQUIRED


@dataclass(frozen=True)
class Order:
    """What is to be imported: which sheet and register, for which term or year, and how."""

    register: Sheet | None = None
    sheet: str | None = None
    term: str | None = None
    year: str | None = None
    replace_all: bool = False
    partly: bool = False
    today: dt.date | None = None

    def given(self, sheet: Sheet) -> str | None:
        """Return the folder that was given for a register, or None."""
        kind = folder_kind(sheet)
        return self.term if kind == "term" else self.year if kind == "year" else None


@dataclass
class Outcome:
    """What an import would do: what each sheet gave, what each file becomes, what stands in the way, and the school then."""

    language: str = "zh"
    taken: list[Taken] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    blocked: list[Problem] = field(default_factory=list)
    partly: bool = False
    before: Dataset | None = None
    after: Dataset | None = None

    @property
    def refused(self) -> list[Problem]:
        """Everything that was refused, in the order of the sheets."""
        return list(
            dict.fromkeys([*(p for taken in self.taken for p in (*taken.blocked, *taken.refused)), *self.blocked])
        )

    @property
    def may_be_written(self) -> bool:
        """Whether the files may be written: nothing was refused, or only single rows and the rest is wanted."""
        whole = [*self.blocked, *(p for taken in self.taken for p in taken.blocked)]
        rows = any(taken.refused for taken in self.taken)
        return bool(self.merged) and not whole and (self.partly or not rows)


def imported(root: Path, path: Path, order: Order) -> Outcome:
    """Return what importing a file would do; raises `Unopened`, and OSError where a file cannot be read."""
    before, _ = load(root)
    found = Outcome(before.school.language.en if before else "zh", before=before, partly=order.partly)
    grids = opened(path)
    for grid in _wanted(grids, order, found):
        if (header := _header(grid, order, found, alone=order.sheet is not None)) is not None:
            body = body_of(grid, header)
            term = order.term or _term(root, header.sheet, grid)
            found.taken.append(taken_from(body, known_of(before, term), found.language))
            _remarks(grid, found)
    if not found.taken and not found.blocked:
        titles = [sheet.label(found.language) for sheet in ([order.register] if order.register else TABLES)]
        message = Message("No sheet of the file has the titles of a register: {titles}", titles=titles)
        fix = Message("begin with a template: mingzhang template {register}",
                      register=order.register.name if order.register else "--all DIR")  # fmt: skip
        found.blocked.append(Problem(Place(path.name), "header", message, fix))
    _merge(root, order, found)
    if found.may_be_written:
        _looked_at(root, order, found)
    return found


def _term(root: Path, sheet: Sheet, grid: Grid) -> str | None:
    """Return the term that a sheet is about, as far as its name or the folders tell."""
    if folder_kind(sheet) != "term":
        return None
    folder = chosen(root, sheet, None, grid.name, grid.file)
    return folder if isinstance(folder, str) else None


def _wanted(grids: Sequence[Grid], order: Order, found: Outcome) -> Iterator[Grid]:
    """Yield the sheets that are to be read; what is left out is noted."""
    if order.sheet is not None:
        chosen_one = next((grid for grid in grids if grid.name.strip() == order.sheet.strip()), None)
        if chosen_one is None:
            names = [grid.name for grid in grids]
            near = closest(order.sheet, names)
            fix = (
                Message("did you mean “{word}”?", word=near)
                if near
                else Message("the sheets are: {names}", names=names)
            )
            raise Unopened(Message("There is no sheet “{name}”", name=order.sheet), fix)
        grids = [chosen_one]
    for grid in grids:
        if grid.hidden and not grid.empty:
            message = Message("the sheet is hidden, and was left out")
            if order.sheet is None:
                _note(found, grid, message, Severity.WARNING)
            else:
                fix = Message("show it and look at it first; what nobody sees is not taken")
                found.blocked.append(Problem(grid.place(), "hidden", message, fix))
        elif grid.name.strip() in BESIDE and order.sheet is None:
            if not _is_untouched(grid):
                _note(
                    found,
                    grid,
                    Message("more than the example stands here, and this sheet is never read"),
                    Severity.WARNING,
                )
        elif grid.empty:
            _note(found, grid, Message("the sheet is empty"))
        else:
            yield grid


def _is_untouched(grid: Grid) -> bool:
    """Return whether an example sheet still holds its remark, its titles and its example only."""
    return grid.name.strip() not in EXAMPLE or sum(any(not cell.empty for cell in row) for row in grid.rows) <= 3


def _note(found: Outcome, grid: Grid, message: Message, severity: Severity = Severity.NOTE) -> None:
    found.notes.append(Problem(grid.place(), LEFT_OUT, message, severity=severity))


def _header(grid: Grid, order: Order, found: Outcome, *, alone: bool) -> Header | None:
    """Return the titles of a sheet; where there are none, or too many registers fit, that is noted or refused."""
    headers = header_of(grid, [order.register] if order.register else TABLES)
    if len(headers) == 1:
        return headers[0]
    if headers:
        fitting = [header.sheet.name for header in headers]
        message = Message("the titles of this sheet fit several registers: {registers}", registers=fitting)
        fix = Message("say which one: {option}", option=f"--register {fitting[0]}")
        found.blocked.append(Problem(grid.place(), "header", message, fix))
    elif alone:
        fix = Message("begin with a template: mingzhang template {register}", register="--all DIR")
        found.blocked.append(Problem(grid.place(), "header", Message("No known column title was found"), fix))
    else:
        _note(found, grid, Message("no titles of a register were found, and the sheet was left out"), Severity.WARNING)
    return None


def _remarks(grid: Grid, found: Outcome) -> None:
    """Note what a file holds beside its cells, and what its kind does not show."""
    ours = tuple(language(code).say(words) for code in LANGUAGES for words in (REQUIRED, OPTIONAL))
    if comments := [comment for comment in grid.comments if not comment.startswith(ours)]:
        _note(found, grid, Message("cell notes, left out: {count}", count=len(comments)))
    if formulas := found.taken[-1].formulas:
        _note(found, grid, Message("cells with formulas, whose values were taken: {count}", count=formulas))
    if not grid.sees_all:
        message = Message("this kind of file does not tell what is hidden, nor errors of formulas; look at each row that is "
                          "taken, or save it as .xlsx")  # fmt: skip
        _note(found, grid, message, Severity.WARNING)


def _merge(root: Path, order: Order, found: Outcome) -> None:
    """Put the rows of all sheets together by file, and merge each file."""
    files: dict[tuple[str, str], list[SheetRow]] = {}
    by_name = {sheet.name: sheet for sheet in TABLES}
    for taken in found.taken:
        if taken.header.missing:
            continue
        groups, problems = grouped(root, taken, order.given(taken.sheet), calls(found.before, taken.sheet))
        taken.blocked += problems
        for folder, rows in groups.items():
            if not rows:
                continue
            files.setdefault((taken.sheet.name, folder), []).extend(rows)
    if found.taken and not files and not found.refused:
        message = Message("there is no row of data below the titles")
        found.blocked.append(Problem(found.taken[0].grid.place(), "row", message))
    for (name, folder), rows in files.items():
        each = merged(root, by_name[name], folder, rows, found.language, replace_all=order.replace_all)
        found.merged.append(each)
        found.blocked += each.problems
    for taken in found.taken:
        if not taken.refused and not taken.blocked:
            own = [r for each in found.merged for r in each.given if r.place().file == taken.grid.place().file]
            for problem in total_problems(taken, own):
                (taken.blocked if problem.severity is Severity.ERROR else taken.notes).append(problem)


def _looked_at(root: Path, order: Order, found: Outcome) -> None:
    """Look at what would be written as the check does: references, and personal data."""
    found.after = _school_after(found)
    if found.before is not None and found.after is not None:
        known = [(p.place.file, p.code, p.message) for p in wrong_references(found.before)]
        paths = {each.path: each for each in found.merged}
        for problem in wrong_references(found.after):
            if (problem.place.file, problem.code, problem.message) not in known and problem.severity is Severity.ERROR:
                each = paths.get(problem.place.file)
                found.blocked.append(each.located(problem) if each else problem)
    files = {each.path: each for each in found.merged if each.differs}
    for problem in private(root, replaced_files(found.merged), order.today):
        found.blocked.append(files[problem.place.file].located(problem) if problem.place.file in files else problem)


def _school_after(found: Outcome) -> Dataset | None:
    """Return the school as it would be with the files that differ."""
    if found.before is None:
        return None
    new = {each.path: each for each in found.merged if each.differs}
    files = [
        replace(file, records=new.pop(file.path).records) if file.path in new else file for file in found.before.files
    ]
    files += [DataFile(path, each.sheet, each.records, "") for path, each in sorted(new.items())]
    broken = found.before.broken - {each.path for each in found.merged if each.differs}
    return Dataset(found.before.school, tuple(files), broken)
