"""Policy packs: dated thresholds, lists and holidays, each with its basis and how sure we are of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from generator.loading import from_node
from generator.locale import Labelled
from generator.reading import read_yaml
from generator.records import R, Record, column
from generator.values.choice import Choice, YesNo
from generator.values.dates import Day
from generator.values.money import Count, Money
from generator.values.text import Code, Text

FOLDER = Path(__file__).parent.parent / "policy"


class Mark(Choice):
    """How sure we are of a fact of law: which kind of source it was read from."""

    PRIMARY = "original text", "法规原文"
    OFFICIAL = "government or news page", "政府或新闻网页"
    MIRROR = "mirror only", "仅见转载"
    MEMORY = "from memory", "未见原文"
    PLAN = "the school's own plan", "学校自己的计划"

    @property
    def unsure(self) -> bool:
        """Whether it is shown as “to be confirmed”: known from a mirror or from memory only."""
        return self in (Mark.MIRROR, Mark.MEMORY)


class Named(Record, Labelled):
    """A record of a policy pack with its name in both languages."""

    zh: Text = column("名称", "Name in Chinese")
    en: Text = column("英文名称", "Name in English")


class Basis(Named):
    """The document that a threshold or list rests on."""

    mark: Mark = column("可信度", "Mark")

    @property
    def unsure(self) -> bool:
        """Whether it is shown as “to be confirmed”."""
        return self.mark.unsure


class Threshold(Named):
    """One number that a rule measures against, in force from and to the given days (inclusive)."""

    id: Code = column("编号", "Id", key=True)
    value: Money = column("数值", "Value")
    unit_zh: Text = column("单位", "Unit in Chinese")
    unit_en: Text = column("英文单位", "Unit in English")
    effective_from: Day | None = column("起", "From", default=None, key=True)
    effective_to: Day | None = column("止", "To", default=None)
    basis: Basis = column("依据", "Basis")


class AllowedItem(Named):
    """A kind of fee on the region's list: recognised by any of its words; where it may be charged, and its cap."""

    id: Code = column("编号", "Id", key=True)
    words: tuple[Text, ...] = column("关键词", "Words")
    settings: tuple[Text, ...] = column("所在地", "Settings", about=("village、town、city", "village, town, city"))
    cap: Money | None = column("上限", "Cap", default=None)
    cap_unit: Text | None = column("上限单位", "Unit of the cap", default=None)
    effective_from: Day | None = column("起", "From", default=None)
    effective_to: Day | None = column("止", "To", default=None)
    basis: Basis = column("依据", "Basis")


class ForbiddenItem(Named):
    """A kind of fee that may not be charged, recognised by any of its words."""

    id: Code = column("编号", "Id", key=True)
    words: tuple[Text, ...] = column("关键词", "Words")
    basis: Basis = column("依据", "Basis")


class RequiredDuty(Named):
    """A duty that must have a holder: at every campus, or once for the school."""

    slot: Code = column("职责编号", "Duty", key=True)
    every_campus: YesNo = column("每个校区", "At every campus", default=YesNo.NO)
    boarding_only: YesNo = column("仅有寄宿的校区", "Boarding campuses only", default=YesNo.NO)
    basis: Basis = column("依据", "Basis")


class CatalogueItem(Named):
    """Something that a school of this kind must make public."""

    id: Code = column("编号", "Id", key=True)
    basis: Basis = column("依据", "Basis")


class AccountCode(Named):
    """One code of the chart of accounts with what it may be used for."""

    code: Code = column("科目", "Code", key=True)
    kind: Text = column("类别", "Kind", about=("income 或 expense", "income or expense"))


class Pack(Named):
    """A policy pack: everything that depends on the country, region and kind of school."""

    id: Code = column("编号", "Id", key=True)
    holidays: Code = column("节假日", "Holidays")
    thresholds: tuple[Threshold, ...] = column("标准", "Thresholds")
    allowed: tuple[AllowedItem, ...] = column("可收项目", "Allowed items")
    forbidden: tuple[ForbiddenItem, ...] = column("禁收项目", "Forbidden items")
    duties: tuple[RequiredDuty, ...] = column("必设岗位", "Required duties")
    catalogue: tuple[CatalogueItem, ...] = column("必须公开", "Catalogue")
    chart: tuple[AccountCode, ...] = column("科目表", "Chart of accounts")


class Holiday(Named):
    """Days off of one holiday and the weekend days worked for it."""

    first: Day = column("首日", "First day off")
    last: Day = column("末日", "Last day off")
    worked: tuple[Day, ...] = column("调休上班", "Weekend days worked", default=())


class HolidayYear(Record):
    """The public holidays of one year, with the notice that set them."""

    year: Count = column("年度", "Year", key=True)
    basis: Basis = column("依据", "Basis")
    holidays: tuple[Holiday, ...] = column("节假日", "Holidays")


class Holidays(Record):
    """The public holidays of a country, year by year."""

    id: Code = column("编号", "Id", key=True)
    years: tuple[HolidayYear, ...] = column("年度", "Years")


class UnknownPack(LookupError):
    """There is no policy pack of this name."""


@dataclass(frozen=True)
class Policy:
    """A policy pack with its holidays, as rules ask it."""

    pack: Pack
    calendar: Holidays

    def threshold(self, name: str, day: dt.date) -> Threshold:
        """Return the threshold in force on `day`; raises KeyError when the pack has none."""
        for threshold in self.pack.thresholds:
            if threshold.id == name and _in_force(threshold, day):
                return threshold
        raise KeyError(name)

    def allowed(self, item: str, day: dt.date) -> AllowedItem | None:
        """Return the listed kind of fee that an item's name belongs to on `day`."""
        return next((a for a in self.pack.allowed if _in_force(a, day) and _has_word(item, a.words)), None)

    def forbidden(self, item: str) -> ForbiddenItem | None:
        """Return the forbidden kind of fee that an item's name belongs to."""
        return next((f for f in self.pack.forbidden if _has_word(item, f.words)), None)

    def account(self, code: str) -> AccountCode | None:
        """Return the chart's entry for a code, or for the code that it is a part of (4001.01 → 4001)."""
        return self._chart.get(code) or self._chart.get(code.partition(".")[0])

    @cached_property
    def _chart(self) -> Mapping[str, AccountCode]:
        return {account.code: account for account in self.pack.chart}

    def holidays_known(self, year: int) -> bool:
        """Whether the public holidays of a year are in the pack."""
        return any(entry.year == year for entry in self.calendar.years)

    def holiday(self, day: dt.date) -> Holiday | None:
        """Return the public holiday that a day belongs to."""
        return self._days_off.get(day)

    def works(self, day: dt.date) -> bool:
        """Whether offices work on `day`: a weekday that is no holiday, or a weekend day worked for one."""
        return day in self._worked or (day.weekday() < 5 and day not in self._days_off)

    @cached_property
    def _days_off(self) -> Mapping[dt.date, Holiday]:
        return {
            holiday.first + dt.timedelta(days): holiday
            for entry in self.calendar.years
            for holiday in entry.holidays
            for days in range((holiday.last - holiday.first).days + 1)
        }

    @cached_property
    def _worked(self) -> frozenset[dt.date]:
        return frozenset(day for entry in self.calendar.years for h in entry.holidays for day in h.worked)

    def working_days_after(self, day: dt.date, count: int) -> dt.date | None:
        """Return the day that lies `count` working days after `day`, or None where a year's holidays are unknown."""
        while count:
            day += dt.timedelta(1)
            if not self.holidays_known(day.year):
                return None
            count -= self.works(day)
        return day


def _in_force(record: Threshold | AllowedItem, day: dt.date) -> bool:
    after = record.effective_from is None or record.effective_from <= day
    return after and (record.effective_to is None or day <= record.effective_to)


def _has_word(item: str, words: Iterable[str]) -> bool:
    return any(word in item for word in words)


@cache
def policy(name: str) -> Policy:
    """Return the policy pack of this name; raises `UnknownPack`.

    A pack is part of the program: what is wrong in one is a defect and raises ValueError.
    """
    if name not in packs():
        raise UnknownPack(name)
    pack = _read(Pack, name)
    return Policy(pack, _read(Holidays, pack.holidays))


def packs() -> list[str]:
    """Return the names of the policy packs that there are."""
    return sorted(path.stem for path in FOLDER.glob("*.yml") if not path.stem.startswith("holidays-"))


def _read(model: type[R], name: str) -> R:
    path = FOLDER / f"{name}.yml"
    node, problems = read_yaml(path.read_bytes(), path.name)
    record, more = from_node(model, node, {}) if node is not None else (None, [])
    if record is None or problems or more:
        raise ValueError(f"policy pack {name}: {[*problems, *more]}")
    return record
