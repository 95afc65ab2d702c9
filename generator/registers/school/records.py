"""The school itself: who it is, where, who supervises it, whom to call."""

from __future__ import annotations

from generator.records import Record, Sheet, column
from generator.values.choice import Choice, YesNo
from generator.values.dates import Day
from generator.values.money import Count
from generator.values.text import Code, Link, Text


class Place(Choice):
    """Where the school stands; it decides which items may be charged."""

    VILLAGE = "village", "村"
    TOWN = "town", "镇"
    CITY = "city", "城"


class Stage(Choice):
    """The stage of schooling."""

    PRIMARY = "primary", "小学"
    JUNIOR = "junior secondary", "初中"
    NINE_YEAR = "nine-year", "九年一贯"


class CampusKind(Choice):
    """What a campus is."""

    CENTRE = "central school", "中心校"
    COMPLETE = "complete primary school", "完小"
    VILLAGE = "village school", "村小"


class SiteLanguage(Choice):
    """The language of the site and of all messages."""

    ZH = "zh", "中文"
    EN = "en", "英文"


class Hotline(Record):
    """A telephone number of an office that takes complaints; never a private person's."""

    name: Text = column("名称", "Name", key=True)
    number: Text = column("电话", "Number")
    hours: Text | None = column("接听时间", "Hours", default=None)


class Campus(Record):
    """One place where pupils are taught."""

    id: Code = column("校区编号", "Campus id", key=True)
    name: Text = column("校区名称", "Campus name")
    kind: CampusKind = column("类别", "Kind")
    enrolment: Count | None = column("在校学生", "Pupils", default=None)
    boarders: Count | None = column("寄宿学生", "Boarders", default=None)
    grades: Text | None = column("年级", "Grades", default=None, about=("例如 1-6", "such as 1-6"))


class School(Record):
    """The school: the one document that every page draws on."""

    name: Text = column("名称", "Name")
    short_name: Text | None = column("简称", "Short name", default=None)
    place_kind: Place = column("所在地", "Setting")
    stage: Stage = column("学段", "Stage")
    supervisor: Text = column("主管部门", "Supervisor")
    address: Text | None = column("地址", "Address", default=None)
    url: Link | None = column("网站", "Website", default=None)
    repository: Link | None = column(
        "数据仓库", "Repository", default=None, about=("公开数据的代码仓库网址", "where the data is kept in public")
    )
    email: Text | None = column("信箱", "Mail", default=None)
    filing: Text | None = column("备案号", "Filing number", default=None)
    policy: Code = column("政策包", "Policy pack", default="cn-rural-compulsory")
    language: SiteLanguage = column("语言", "Language", default=SiteLanguage.ZH, setting=True)
    sample: YesNo = column("示例", "Sample", default=YesNo.NO)
    sample_date: Day | None = column(
        "示例日期",
        "Sample date",
        default=None,
        setting=True,
        about=("示例网站以这一天为“今天”", "the day that the sample site takes for today"),
    )
    hotlines: tuple[Hotline, ...] = column("监督电话", "Hotlines", default=())
    campuses: tuple[Campus, ...] = column("校区", "Campuses")


SHEETS = (Sheet("school", School, "school", ("学校", "School"), document=True),)
