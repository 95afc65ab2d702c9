"""Cases: small changes of the sample school with what a rule then says; examples on rule pages and tests at once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from generator.loading import from_node
from generator.locale import Labelled
from generator.reading import Items, read_yaml
from generator.records import Record, column
from generator.values.choice import YesNo
from generator.values.dates import Day
from generator.values.text import Code, Text


class Cell(Record):
    """One cell of a changed or added row: the column's Chinese title and the text in it (may be empty)."""

    title: Text = column("栏目", "Column")
    text: Text = column("内容", "Text", default="")


class Edit(Record):
    """One change of a file: a row (named by its key, the key cells joined with ``/``) gets other cells, is added
    or removed; or, in any file, a text is replaced by another."""

    file: Text = column("文件", "File")
    row: Text | None = column("行", "Row", default=None)
    cells: tuple[Cell, ...] = column("改动", "Cells", default=())
    add: YesNo = column("新增", "Add", default=YesNo.NO)
    remove: YesNo = column("删除", "Remove", default=YesNo.NO)
    find: Text | None = column("原文", "Find", default=None)
    put: Text | None = column("改为", "Put", default=None)


class FirstDay(Record):
    """The day on which a record of a table first stood on the site in an example."""

    table: Code = column("登记表", "Table")
    record: Text = column("记录", "Record")
    day: Day = column("首次公布", "First published")


class Case(Record, Labelled):
    """One case of a rule: what is changed in the sample school, when which record was first published, on which day the
    school is looked at, and the exact lines that `mingzhang check` then says more than before (none for a case that
    shows what is fine)."""

    rule: Code = column("规则", "Rule", key=True)
    zh: Text = column("说明", "What in Chinese", key=True)
    en: Text = column("英文说明", "What in English")
    today: Day | None = column("日期", "Day", default=None)
    edits: tuple[Edit, ...] = column("修改", "Edits", default=())
    published: tuple[FirstDay, ...] = column("首次公布", "First published", default=())
    says: tuple[Text, ...] = column("输出", "Says", default=())


@cache
def cases(path: Path) -> tuple[Case, ...]:
    """Return the cases written in one file; raises ValueError when it is wrong, for it is a part of the program."""
    if not path.is_file():
        return ()
    node, problems = read_yaml(path.read_bytes(), path.name)
    if not isinstance(node, Items) or problems:
        raise ValueError(f"{path.name}: {problems}")
    found = []
    for item in node.items:
        case, wrong = from_node(Case, item, {})
        if case is None:
            raise ValueError(f"{path.name}: {wrong}")
        found.append(case)
    return tuple(found)
