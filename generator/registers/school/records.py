"""The school itself: who it is, where, who supervises it, whom to call."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import PlainValidator

from generator.locale import Message
from generator.records import Record, Sheet, column
from generator.values.choice import Choice, YesNo
from generator.values.dates import Day
from generator.values.money import Count
from generator.values.refusal import Kind, Refused
from generator.values.text import Code, Link, Text

_branch = re.compile(r"[\w][\w./+@-]{0,199}").fullmatch
_climbing = re.compile(r"\.\.|//|/\.|@\{|/$|\.$|\.lock$").search


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


class CodeHost(Choice):
    """The program of the site that hosts the repository; it decides how addresses there are made."""

    GITHUB = "github", "GitHub"
    GITLAB = "gitlab", "GitLab"
    GITEA = "gitea", "Gitea"
    GITEE = "gitee", "码云"


def is_branch(name: str) -> bool:
    """Return whether git takes `name` for that of a branch; none of its parts leads a browser up in an address."""
    return bool(_branch(name)) and not _climbing(name)


def parse_branch(text: object) -> str:
    """Return the name of a branch; raises `Refused` for what git would not take for one."""
    if isinstance(text, str) and is_branch(text):
        return text
    raise Refused(
        "branch",
        Message("“{value}” is not the name of a branch", value=text if isinstance(text, str) else "…"),
        Message("enter the branch that the site is built from, such as main"),
    )


Branch = Annotated[str, PlainValidator(parse_branch), Kind("branch", "分支名", "branch", {"type": "string"}, "main")]


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
    forge: CodeHost | None = column(
        "托管平台", "Code host", default=None, setting=True,
        about=(
            "数据仓库所在网站用的程序；github.com、gitlab.com、gitee.com、codeberg.org 不用填",
            "the program of the site that holds the repository; not needed for github.com, gitlab.com, gitee.com, codeberg.org",
        ),
    )  # fmt: skip
    branch: Branch | None = column(
        "主分支", "Branch", default=None, setting=True,
        about=("网站由仓库的哪个分支生成；不填就是 main", "the branch of the repository that the site is built from; main if empty"),
    )  # fmt: skip
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
