"""Totals per kind of pupil, joined where they do not differ, and the chooser that picks one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.dataset import Dataset
from generator.locale import Message
from generator.pages.parts import Words
from generator.registers.fees.pages_view import Amount, CaseRow, Select, Tokens, plain
from generator.registers.fees.records import Boarding, FeeItem, grades_of
from generator.registers.fees.totals import ZERO, Case, Sum, add_up, cases_of, charged, grades_at

LODGING = {Boarding.DAY: "day", Boarding.BOARDER: "boarder"}
WHO = {Boarding.DAY: Message("day pupils"), Boarding.BOARDER: Message("boarders")}
Grades = tuple[int, ...]


def grade_words(grades: Iterable[int]) -> Message:
    """Return grades as words, runs joined: grade 3; grades 1–3, 5."""
    runs: list[list[int]] = []
    for grade in sorted(grades):
        if runs and grade == runs[-1][-1] + 1:
            runs[-1].append(grade)
        else:
            runs.append([grade])
    parts = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    single = len(runs) == 1 and len(runs[0]) == 1
    return Message("grade {grades}", grades=parts) if single else Message("grades {grades}", grades=parts)


def tokens_of(item: FeeItem) -> Tokens:
    """Return whom an item is for, as the chooser's script reads it."""
    grades = " ".join(str(grade) for grade in sorted(grades_of(item.grades))) if item.grades else ""
    return Tokens(LODGING[item.boarding] if item.boarding else "", grades, " ".join(item.campuses))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of pupils in words, with one case of it; no grades stand for all that the campuses have."""

    who: Words
    grades: Grades
    campuses: tuple[str, ...]
    case: Case


class Pupils:
    """The kinds of pupils that a term's items tell apart, with what each pays."""

    def __init__(self, data: Dataset, items: Sequence[FeeItem]) -> None:
        self.items = tuple(item for item in items if charged(item))
        self.campuses = {campus.id: campus.name for campus in data.school.campuses}
        self.grades = {campus.id: grades_at(campus.grades, data.school.stage.en) for campus in data.school.campuses}
        self.sums: dict[Case, Sum] = {case: add_up(self.items, case) for case in cases_of(data, self.items)}

    def lodgings(self) -> list[Boarding]:
        """Return the kinds of lodging that pupils of the school have, day first."""
        return [lodging for lodging in Boarding if any(case.boarding is lodging for case in self.sums)]

    def most(self, name: str) -> tuple[Amount, ...]:
        """Return the highest compulsory or voluntary total, once, or for each kind of lodging where they differ."""
        highest = [(lodging, max(self._values(name, lodging))) for lodging in self.lodgings()]
        if len({value for _, value in highest}) < 2:
            return (Amount(plain(highest[0][1] if highest else ZERO), None),)
        return tuple(Amount(plain(value), lodging) for lodging, value in highest)

    def _values(self, name: str, lodging: Boarding) -> list[Decimal]:
        return [getattr(found, name) for case, found in self.sums.items() if case.boarding is lodging]

    def rows(self) -> tuple[CaseRow, ...]:
        """Return what each kind of pupil pays: one row for all kinds that the same items are for."""
        rows = [row for lodging in self.lodgings() for row in self._rows(lodging)]
        nobody = self._without_boarders()
        return (*rows, nobody) if nobody else tuple(rows)

    def _rows(self, lodging: Boarding) -> Iterable[CaseRow]:
        """Yield the rows of one kind of lodging, campuses with the same grades in one."""
        for kind in self.kinds(lodging, lambda case: tuple(item.id for item in self.sums[case].items)):
            found = self.sums[kind.case]
            yield CaseRow(
                kind.who, found.compulsory, found.voluntary, found.open_items,
                self._tokens(lodging, kind.grades, kind.campuses),
            )  # fmt: skip

    def kinds(self, lodging: Boarding, key: Callable[[Case], Hashable]) -> Iterator[Kind]:
        """Yield the kinds of pupils of one lodging that `key` tells apart, campuses with the same grades in one."""
        by_key: dict[Hashable, dict[str, list[int]]] = {}
        one: dict[Hashable, Case] = {}
        for case in self.sums:
            if case.boarding is lodging:
                name = key(case)
                one[name] = case
                by_key.setdefault(name, {}).setdefault(case.campus, []).append(case.grade)
        everywhere = {campus for grades in by_key.values() for campus in grades}
        for name, places in by_key.items():
            for grades, campuses in self._joined(places).items():
                who = self._who(lodging, grades, campuses if len(campuses) < len(everywhere) else [])
                yield Kind(who, grades, tuple(campuses), one[name])

    def _joined(self, places: dict[str, list[int]]) -> dict[Grades, list[str]]:
        """Return the campuses by their grades, where () stands for all grades that a campus has."""
        joined: dict[Grades, list[str]] = {}
        for campus, grades in places.items():
            joined.setdefault(() if tuple(grades) == self.grades[campus] else tuple(grades), []).append(campus)
        return joined

    def _who(self, lodging: Boarding, grades: Grades, campuses: Sequence[str]) -> Words:
        """Return the words for a kind of pupil, with no more detail than tells it apart."""
        detail: list[Words] = [grade_words(grades)] if grades else []
        detail += [self.campuses[campus] for campus in campuses]
        who = WHO[lodging] if len(self.lodgings()) > 1 else Message("all pupils")
        return Message("{who} ({detail})", who=who, detail=detail) if detail else who

    def _tokens(self, lodging: Boarding, grades: Grades, campuses: Sequence[str]) -> Tokens:
        present = sorted(set(grades) or {grade for campus in campuses for grade in self.grades[campus]})
        return Tokens(LODGING[lodging], " ".join(map(str, present)), " ".join(campuses))

    def _without_boarders(self) -> CaseRow | None:
        """Return the row of the campuses without boarders, where the chooser could ask for some there."""
        boarding = {case.campus for case in self.sums if case.boarding is Boarding.BOARDER}
        others = [campus for campus in self.campuses if campus not in boarding]
        if not boarding or not others or not self._by_campus():
            return None
        who = self._who(Boarding.BOARDER, (), others)
        return CaseRow(who, None, None, 0, self._tokens(Boarding.BOARDER, (), others))

    def _by_campus(self) -> bool:
        return len(self.campuses) > 1 and any(item.campuses for item in self.items)

    def selects(self) -> tuple[Select, ...]:
        """Return the questions that make a difference: lodging, grade and campus, each only where it does."""
        found = []
        lodgings = self.lodgings()
        if len(lodgings) > 1:
            found.append(
                Select("lodging", Message("Day or boarding"), tuple((LODGING[one], WHO[one]) for one in lodgings))
            )
        if any(item.grades for item in self.items):
            grades = sorted({grade for own in self.grades.values() for grade in own})
            found.append(Select("grade", Message("Grade"), tuple((str(one), grade_words([one])) for one in grades)))
        if self._by_campus():
            found.append(Select("campus", Message("Campus"), tuple(self.campuses.items())))
        return tuple(found)
