"""The whole school, loaded: every register's records, their references resolved, and all problems found on the way."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.loading import duplicates, from_node, from_rows, wrong_totals
from generator.locale import Message
from generator.meant import misfiled, undated, unread_file, with_codes
from generator.problems import Place, Problem, Severity, ordered
from generator.reading import Items, Limits, Table, collector_paused, data_files, read_csv, read_yaml
from generator.reading.files import TEXT_KINDS
from generator.records import DataFile, R, Record, Sheet, columns
from generator.references import listed_twice, unknown, unknown_value, wrong_corrections, wrong_spans
from generator.registers.calendar.records import SHEETS as CALENDAR
from generator.registers.calendar.records import Event
from generator.registers.corrections.records import SHEETS as CORRECTIONS
from generator.registers.corrections.records import Correction
from generator.registers.duties.records import SHEETS as DUTIES
from generator.registers.duties.records import DutySlot
from generator.registers.explanations.records import SHEETS as EXPLANATIONS
from generator.registers.explanations.records import Explanation
from generator.registers.fees.records import SHEETS as FEES
from generator.registers.fees.records import FeeItem, FeeTotal, Settlement
from generator.registers.finance.records import SHEETS as FINANCE
from generator.registers.finance.records import BalanceLine, BudgetLine, Statement, StatementLine
from generator.registers.plan.records import SHEETS as PLAN
from generator.registers.plan.records import Plan
from generator.registers.school.records import SHEETS as SCHOOL
from generator.registers.school.records import School
from generator.registers.terms.records import SHEETS as TERMS
from generator.registers.terms.records import Term
from generator.values.refusal import Refused
from generator.values.text import parse_code

SHEETS: tuple[Sheet, ...] = (
    *SCHOOL, *TERMS, *DUTIES, *FEES, *FINANCE, *PLAN, *CALENDAR, *CORRECTIONS, *EXPLANATIONS,
)  # fmt: skip


TABLES = tuple(sheet for sheet in SHEETS if not sheet.document)
"""The sheets that are tables; the school, a term and a plan are documents, which no table can hold."""


REFERS = {"campus": "campuses", "campuses": "campuses", "owner": "duties", "measures": "measures", "fee": "fees"}
"""The fields that hold ids of other records, with the list that they are in; `unknown_codes` checks them."""


def sheet_named(name: str) -> Sheet | None:
    """Return the sheet of this name, or None."""
    return _BY_NAME.get(name)


_BY_NAME = {sheet.name: sheet for sheet in SHEETS}


@dataclass(frozen=True, eq=False)
class Dataset:
    """All records of one school, each register under its own name, in the order of the files.

    ``broken`` are the files with errors of their own, which may lack rows.
    """

    school: School
    files: tuple[DataFile, ...]
    broken: frozenset[str] = frozenset()

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """Return all records of one type, file by file in the order of their paths."""
        return tuple(r for file in self.files if file.sheet.record is kind for r in file.records if isinstance(r, kind))

    def __post_init__(self) -> None:
        """Collect each register once, so that rules and pages read a plain attribute."""
        terms = tuple(sorted(self.of(Term), key=lambda term: (term.start, term.id)))
        for name, records in {
            "terms": terms, "duties": self.of(DutySlot), "fees": self.of(FeeItem), "fee_totals": self.of(FeeTotal),
            "settlements": self.of(Settlement), "budget": self.of(BudgetLine), "lines": self.of(StatementLine),
            "statements": tuple(sorted(self.of(Statement), key=lambda s: s.month)), "balance": self.of(BalanceLine),
            "plans": self.of(Plan), "events": self.of(Event), "corrections": self.of(Correction),
            "explanations": self.of(Explanation),
        }.items():  # fmt: skip
            object.__setattr__(self, name, records)
        object.__setattr__(self, "_terms", {term.id: term for term in reversed(terms)})

    _terms: dict[str, Term] = field(default_factory=dict, init=False, repr=False, compare=False)
    terms: tuple[Term, ...] = ()
    duties: tuple[DutySlot, ...] = ()
    fees: tuple[FeeItem, ...] = ()
    fee_totals: tuple[FeeTotal, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    lines: tuple[StatementLine, ...] = ()
    statements: tuple[Statement, ...] = ()
    balance: tuple[BalanceLine, ...] = ()
    plans: tuple[Plan, ...] = ()
    events: tuple[Event, ...] = ()
    corrections: tuple[Correction, ...] = ()
    explanations: tuple[Explanation, ...] = ()

    def called(self, term: str | None) -> dict[str, dict[str, str]]:
        """Return what `REFERS` speaks of, by list: the ids with the names that people know; fees and measures of one term."""
        duties: dict[str, str] = {}
        for duty in self.duties:
            duties.setdefault(duty.slot, duty.name)
        return {
            "campuses": {campus.id: campus.name for campus in self.school.campuses},
            "duties": duties,
            "fees": {fee.id: fee.item for fee in self.fees if fee.term == term},
            "measures": {m.id: m.action for plan in self.plans if plan.term == term for m in plan.measures},
        }

    def term(self, name: str) -> Term | None:
        """Return the term with this id."""
        return self._terms.get(name)


EMPTIED = Message("if that is not meant, take back the last change; otherwise keep at least the row with the titles")
NO_REGISTER = "privacy-allowed.csv"
"""The scanner's own list of what looks personal and is not: no fact, so it may be shortened without a correction."""


def _pattern(sheet: Sheet) -> re.Pattern[str]:
    """Return the pattern of a sheet's path below `data/`, without suffix."""
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(sheet.path)))


_PATTERNS = tuple((_pattern(sheet), sheet) for sheet in SHEETS)


def sheet_at(path: str) -> tuple[Sheet, dict[str, str]] | None:
    """Return the sheet that a path such as ``terms/2023-spring/fees`` belongs to, and what the path states."""
    for pattern, sheet in _PATTERNS:
        if match := pattern.fullmatch(path):
            return sheet, match.groupdict()
    return None


def _unread_file(file: str, stem: str, suffix: str) -> Problem:
    """Return what is wrong with a file that no register reads: a known name with a wrong ending, or an unknown name."""
    if found := sheet_at(stem):
        right = ".yml" if found[0].document else ".csv"
        fix = Message("save it as {file}, in UTF-8", file=file.removesuffix(suffix) + right)
        return Problem(
            Place(file), "file-kind", Message("a file that ends in {suffix} is not read", suffix=suffix), fix
        )
    return unread_file(file, SHEETS)


def _unnamed_folder(file: str, path: Mapping[str, str]) -> Problem | None:
    """Return what is wrong with a folder whose name is no code, although it is the first part of every key in it."""
    for name in path.values():
        try:
            parse_code(name)
        except Refused as refused:
            fix = Message("rename the folder to a year such as 2023, or to a term such as 2023-spring")
            return Problem(Place(file), "file-name", refused.message, fix, value=name)
    return None


def load_file(
    data: bytes, file: str, sheet: Sheet, path: dict[str, str], limits: Limits | None = None
) -> tuple[list[Record], list[Problem]]:
    """Return the records of one file's bytes and everything that is wrong in it."""
    limits = limits or Limits()
    if file.endswith(".csv"):
        if sheet.document:
            return [], [Problem(Place(file), "file-kind", Message("this file must be written as YAML (.yml)"))]
        table, problems = read_csv(data, file, columns(sheet.record), limits=limits)
        if table is None:
            return [], problems
        return _from_table(table, sheet, path, problems)
    node, problems = read_yaml(data, file)
    if node is None:
        return [], problems or [*_nothing_in(file, sheet)]
    records: list[Record] = []
    if sheet.document:
        nodes = [node]
    elif isinstance(node, Items):
        nodes = list(node.items)
    elif getattr(node, "text", None) == "":
        nodes = []
    else:
        return [], [*problems, Problem(node.place, "yaml-kind", Message("a list of entries is expected here"))]
    for item in nodes:
        record, more = from_node(sheet.record, item, path)
        problems.extend(more)
        if record is not None:
            records.append(record)
    return records, [*problems, *duplicates(records)]


def _nothing_in(file: str, sheet: Sheet) -> Iterator[Problem]:
    """Yield what is wrong with a file that holds nothing, or only remarks; a list of records may well be empty."""
    if sheet.document:
        fix = Message("fill it in, or delete the file; see the data dictionary")
        yield Problem(Place(file), "empty", Message("There is nothing in this file"), fix)


def _from_table(
    table: Table, sheet: Sheet, path: dict[str, str], problems: list[Problem]
) -> tuple[list[Record], list[Problem]]:
    records, more = from_rows(sheet.record, table, path)
    problems = [*problems, *more, *duplicates(records)]
    if not any(problem.severity is Severity.ERROR for problem in problems):
        problems.extend(wrong_totals(sheet.record, table, records))
    if lies_wrongly := misfiled(records, table.file, path):
        return [], [*problems, lies_wrongly]
    if not table.columns:
        what = Message("The file is empty, and is read as a table without rows")
        problems.append(Problem(Place(table.file), "empty", what, EMPTIED, Severity.NOTE))
    return list(records), problems


def load(root: Path) -> tuple[Dataset | None, list[Problem]]:
    """Return the school in ``root/data`` and all problems of reading it; no school when `school.yml` cannot be read.

    Records that are wrong are left out, so that the rest can still be checked.
    """
    with collector_paused():
        return _load(root)


def _load(root: Path) -> tuple[Dataset | None, list[Problem]]:
    folder = root / "data"
    if not folder.is_dir():
        return None, [
            Problem(Place("data"), "file-missing", Message("there is no folder data/ in {root}", root=root.name))
        ]
    files, stems, problems = _read_files(folder)
    schools = [r for file in files for r in file.records if isinstance(r, School)]
    if not schools:
        if "school" not in stems:
            fix = Message("every school needs it; see the data dictionary")
            problems.append(Problem(Place("data/school.yml"), "file-missing", Message("the file is missing"), fix))
        return None, ordered(problems)
    problems = with_codes(problems, SHEETS, schools[0].campuses, (r for file in files for r in file.records))
    broken = frozenset(problem.place.file for problem in problems if problem.severity is Severity.ERROR)
    dataset = Dataset(schools[0], tuple(files), broken)
    problems.extend(wrong_references(dataset))
    return dataset, ordered(problems)


def _read_files(folder: Path) -> tuple[list[DataFile], Mapping[str, str], list[Problem]]:
    """Return the files of all registers, the path of each by its stem, and what is wrong with them or in them."""
    paths, problems = data_files(folder)
    files: list[DataFile] = []
    stems: dict[str, str] = {}
    for path in paths:
        below = path.relative_to(folder).as_posix()
        file = f"data/{below}"
        stem, dot, suffix = below.rpartition(".")
        if below.startswith("attachments/") or below == NO_REGISTER:
            continue
        found = sheet_at(stem) if f"{dot}{suffix}" in TEXT_KINDS else None
        if not found:
            problems.append(_unread_file(file, stem, f"{dot}{suffix}"))
            continue
        if unnamed := _unnamed_folder(file, found[1]):
            problems.append(unnamed)
            continue
        if stem in stems:
            what = Message("the same register is also kept in {file}", file=stems[stem])
            fix = Message("keep one of the two files")
            problems.append(Problem(Place(file), "file-twice", what, fix, related=(Place(stems[stem]),)))
            continue
        stems[stem] = file
        data = path.read_bytes()
        records, more = load_file(data, file, *found)
        problems.extend(more)
        files.append(DataFile(file, found[0], tuple(records), hashlib.sha256(data).hexdigest()))
    return files, stems, problems


def unknown_codes(dataset: Dataset) -> Iterator[Problem]:
    """Yield a problem for each code of a campus, duty, measure or fee that no register holds.

    A register in a file with errors of its own may hold it: what such a file lacks is not told a second time.
    """
    campuses = [campus.id for campus in dataset.school.campuses]
    slots = list(dict.fromkeys(duty.slot for duty in dataset.duties))
    planned = [m for plan in dataset.plans for m in plan.measures]
    measures = {plan.term: [m.id for m in plan.measures] for plan in dataset.plans}
    items: dict[str, list[str]] = {}
    for fee in dataset.fees:
        items.setdefault(fee.term, []).append(fee.id)
    codes: list[tuple[Record, str, Sequence[str], str]] = [
        *((record, "campus", campuses, "school.yml") for record in (*dataset.duties, *dataset.fee_totals)),
        *((record, "campuses", campuses, "school.yml") for record in (*dataset.fees, *dataset.events, *planned)),
        *((record, "owner", slots, "duties.csv") for record in (*dataset.events, *planned)),
        *((e, "measures", measures.get(e.term, []), f"terms/{e.term}/plan.yml") for e in dataset.events),
        *((s, "fee", items.get(s.term, []), f"terms/{s.term}/fees.csv") for s in dataset.settlements),
    ]
    terms = {"", *_terms_with_a_file(dataset)}
    for record, name, known, file in codes:
        # A folder that is no term is told as such; nothing that its files refer to can be there.
        if f"data/{file}" not in dataset.broken and (known or getattr(record, "term", "") in terms):
            yield from unknown(record, name, known, file)


def _terms_with_a_file(dataset: Dataset) -> set[str]:
    """Return the terms that have a `term.yml`, also where it has errors."""
    files = {file.path.split("/")[2] for file in dataset.files if file.sheet.record is Term}
    return {term.id for term in dataset.terms} | files


def wrong_references(dataset: Dataset) -> Iterator[Problem]:
    """Yield a problem for each code that names something which no register holds."""
    terms = _terms_with_a_file(dataset)
    yield from unknown_codes(dataset)
    for term in dataset.terms:
        if term.id != term.term:
            yield unknown_value(term.place("id"), term.id, [term.term])
    termly: tuple[FeeItem | FeeTotal | Event | Plan | Settlement, ...] = (
        *dataset.fees, *dataset.fee_totals, *dataset.events, *dataset.plans, *dataset.settlements,
    )  # fmt: skip
    homeless = dict.fromkeys(record.place().file for record in termly if record.term not in terms)
    for file in homeless:
        yield Problem(
            Place(file),
            "reference",
            Message("the term of this folder has no term.yml"),
            Message("add term.yml beside this file"),
        )
    yield from undated(dataset.plans)
    yield from listed_twice((dataset.school, *dataset.terms, *dataset.plans))
    for plan in dataset.plans:
        yield from duplicates(plan.measures)
    yield from wrong_corrections(dataset.corrections, SHEETS, dataset.files, dataset.broken)
    yield from wrong_spans(dataset.terms, "start", "end", longest=366)
    yield from wrong_spans((*dataset.duties, *dataset.fees), "effective_from", "effective_to")
