"""A correction is told wherever the corrected value is shown: of every fact of the sample, and of what was withdrawn."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from lxml import html

from generator.build import check
from generator.commit import Commit
from generator.dataset import SHEETS, Dataset
from generator.outputs.dictionary import parts
from generator.oversight.books import Books
from generator.overview.pages import TEMPLATES
from generator.overview.pages import pages as overview_pages
from generator.pages.corrected import amended, corrections_of
from generator.pages.environment import environment
from generator.pages.render import render
from generator.records import nested, titles
from generator.registers.register import REGISTERS
from generator.trust.facts import Name, facts, stated

TODAY = dt.date(2023, 8, 20)
LISTS = ("", "changes/")
"""The pages that list corrections: the home page those of late, the page of changes all."""
# Tables whose corrections are told on the page of changes alone, and why.
NOWHERE_ELSE = {"corrections": "that page is where the rows of this table are shown"}
# The pages that tell of every correction of a table, beside the one that the page of changes leads to.
BOTH = {
    "fees": ("fees/", "fees/2023-spring/", "fees/2023-spring/notice/"),
    "collections": ("fees/", "fees/2023-spring/"),
}


def opened(root: Path) -> Books:
    books = check(root, TODAY).books
    assert books is not None
    return books


def rendered(books: Books) -> dict[str, str]:
    """Return the markup of every page of the site by its address."""
    folders = {register.name: register.templates for register in REGISTERS} | {"overview": TEMPLATES}
    made = environment(books.language, folders)
    pages = [*overview_pages(books, Commit("a" * 40, TODAY)), *(p for r in REGISTERS for p in r.pages(books))]
    return {page.url: render(made, page) for page in pages}


def add(root: Path, *rows: Mapping[str, str]) -> None:
    """Add corrections to a school."""
    columns = ("id", "date", "sheet", "record", "field", "old", "new", "kind", "reason", "approved_by")
    usual = {"date": "2023-07-03", "old": "", "new": "", "kind": "更正", "reason": "录入错误", "approved_by": "校长"}
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([{**usual, **row}[name] for name in columns] for row in rows)
    with (root / "data/corrections.csv").open("a", encoding="utf-8") as file:
        file.write(text.getvalue())


def parsed(markup: str) -> html.HtmlElement:
    return html.fromstring(f"<main>{markup}</main>")


@dataclass(frozen=True)
class Everything:
    """A school in which every field of every record was corrected, filled in or not: what was corrected by the id of the correction, the pages, and by the id
    the addresses of the pages that tell of it, but for those that list what changed."""

    names: Mapping[str, Name]
    trees: Mapping[str, html.HtmlElement]
    told_on: Mapping[str, set[str]]


def every_field(data: Dataset) -> Iterator[Name]:
    """Yield the name of every fact of a school, and of every field that is not filled in."""
    for item in stated(data):
        model = type(item.value)
        for title in titles(model):
            if not (title.key or title.path or title.setting or nested(model.model_fields[title.name])):
                yield Name(item.table, item.record, title.name)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Everything:
    root = tmp_path_factory.mktemp("corrected")
    shutil.copytree(sample / "data", root / "data")
    data = opened(root).data
    before = facts(data)
    names = {f"K-{number:04}": name for number, name in enumerate(every_field(data), 1)}
    assert before.keys() <= set(names.values())
    add(root, *({"id": id_, "sheet": name.table, "record": name.record, "field": name.field, "old": f"从前{id_}",
                 "new": before.get(name, ""), "reason": f"原因{id_}。"} for id_, name in names.items()))  # fmt: skip
    pages = rendered(opened(root))
    told_on: dict[str, set[str]] = {id_: set() for id_ in names}
    for url, markup in pages.items():
        for id_ in re.findall(r"原因(K-\d{4})。", markup) if url not in LISTS else ():
            told_on[id_].add(url)
    return Everything(names, {url: parsed(markup) for url, markup in pages.items()}, told_on)


def test_every_field_of_every_table_is_corrected_in_the_trial(everything: Everything) -> None:
    assert {name.table for name in everything.names.values()} == {sheet.name for sheet in SHEETS}
    assert len(everything.names) > 1800
    tried = {(name.table, name.field) for name in everything.names.values()}
    fields = {
        (sheet.name, title.name)
        for sheet in SHEETS
        for part in parts(sheet.record)
        for title in part.columns
        if not (title.key or title.path or title.setting or nested(part.model.model_fields[title.name]))
    }
    assert fields - tried == set()


def test_the_correction_of_every_field_is_told_beside_it(everything: Everything) -> None:
    only_listed = {name for id_, name in everything.names.items() if not everything.told_on[id_]}
    assert {name for name in only_listed if name.table not in NOWHERE_ELSE} == set()
    assert {name.table for name in only_listed} == set(NOWHERE_ELSE)


def test_every_page_of_the_fees_tells_of_their_corrections(everything: Everything) -> None:
    missing = [
        (url, name)
        for id_, name in everything.names.items()
        for url in BOTH.get(name.table, ())
        if url not in everything.told_on[id_]
    ]
    assert missing == []


def test_the_old_value_is_struck_through_and_called_old(everything: Everything) -> None:
    struck = {url: {node.text for node in tree.iter("del")} for url, tree in everything.trees.items()}
    for id_, name in everything.names.items():
        assert all(f"从前{id_}" in struck[url] for url in everything.told_on[id_]), name
    for tree in everything.trees.values():
        for node in tree.iter("del", "s"):
            assert (node.getprevious().text, node.getprevious().get("class")) == ("原值：", "aside")


def test_a_figure_that_stands_on_a_second_page_is_struck_through_there_too(everything: Everything) -> None:
    year = {node.text for node in everything.trees["finance/2023/"].iter("del")}
    fees = {node.text for node in everything.trees["fees/"].xpath('//table[@id="_items"]//del')}
    for id_, name in everything.names.items():
        if (name.table, name.field) == ("lines", "amount"):
            assert f"从前{id_}" in year, name
        if (name.table, name.field) == ("fees", "amount"):
            assert f"从前{id_}" in fees, name


def test_an_amount_of_an_earlier_term_is_struck_through_in_the_history(school: Path) -> None:
    spring, autumn = school / "data/terms/2023-spring", school / "data/terms/2022-autumn"
    autumn.mkdir()
    fees = (spring / "fees.csv").read_text(encoding="utf-8")
    (autumn / "fees.csv").write_text(fees, encoding="utf-8")
    (autumn / "term.yml").write_text(
        "学期编号: 2022-autumn\n学期名称: 2022年秋季学期\n报名日: 2022-08-30\n开学日: 2022-09-01\n放假日: 2023-01-13\n",
        encoding="utf-8",
    )
    add(
        school,
        {"id": "H-1", "sheet": "fees", "record": "2022-autumn/F03", "field": "amount", "old": "19.00", "new": "15.00"},
    )
    (row,) = parsed(rendered(opened(school))["fees/2023-spring/"]).xpath(
        '//section[@id="F03"]//tr[th="2022年秋季学期"]'
    )
    assert [node.text for node in row.iter("del")] == ["19.00"]
    assert row.xpath(".//a/@href") == ["../../changes/#H-1"]


def test_changes_lead_to_the_figure_and_the_figure_back(everything: Everything) -> None:
    ids = {url: set(tree.xpath("//@id")) for url, tree in everything.trees.items()}
    back = {
        url: {a.partition("#")[2] for a in tree.xpath("//a/@href") if "changes/#" in a}
        for url, tree in everything.trees.items()
    }
    items = {item.get("id"): item for item in everything.trees["changes/"].xpath("//li[@id]")}
    for id_, name in everything.names.items():
        url, hash_, fragment = urljoin("/changes/", items[id_].xpath("./div[1]//a/@href")[0])[1:].partition("#")
        assert not hash_ or unquote(fragment) in ids[url], (name, url, fragment)
        if name.table not in NOWHERE_ELSE:
            assert url in everything.told_on[id_], (name, url)
            assert id_ in back[url], (name, url)


def test_no_page_uses_an_id_twice(everything: Everything) -> None:
    for url, tree in everything.trees.items():
        found = tree.xpath("//@id")
        assert len(found) == len(set(found)), url


GONE = {
    "fees": ("2023-spring/F99", "fees/2023-spring/"),
    "fee_totals": ("2023-spring/T99", "fees/2023-spring/"),
    "collections": ("2023-spring/F99", "fees/2023-spring/"),
    "lines": ("2023/2023-04/39999", "finance/2023-04/"),
    "statements": ("2023/2023-11", "finance/2023/"),
    "budget": ("2023/39999", "finance/2023/"),
    "balance": ("2023/旧账户/2023-04-30", "finance/2023-04/"),
    "plan": ("2023-spring/A1/m9.9", "plan/2023-spring/"),
    "calendar": ("2023-spring/c99-9", "calendar/2023-04/"),
    "duties": ("old-duty", "about/"),
    "school": ("school/C99", "about/"),
    "terms": ("2022-autumn/2022-10-08", "about/"),
    "explanations": ("FIN-06:2022-01/2022-02-03", "findings/"),
    "corrections": ("C-999", "changes/"),
}


@pytest.fixture(scope="module")
def withdrawn(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> dict[str, str]:
    root = tmp_path_factory.mktemp("withdrawn")
    shutil.copytree(sample / "data", root / "data")
    words = ("*", "整条", "whole record")
    add(root, *({"id": f"W-{number}", "sheet": table, "record": key, "field": words[number % 3], "old": f"{table}的全部内容",
                 "kind": "撤下", "reason": f"{table}撤下原因"} for number, (table, (key, _)) in enumerate(GONE.items())))  # fmt: skip
    return rendered(opened(root))


def test_what_is_gone_is_tried_for_every_table() -> None:
    assert set(GONE) == {sheet.name for sheet in SHEETS}


@pytest.mark.parametrize("table", GONE)
def test_a_withdrawn_record_stands_at_the_foot_of_its_page(table: str, withdrawn: dict[str, str]) -> None:
    key, url = GONE[table]
    (item,) = [
        li
        for li in parsed(withdrawn[url]).xpath('//*[contains(@class, "withdrawn")]//li')
        if f"{table}撤下原因" in li.text_content()
    ]
    said = " ".join(item.text_content().split())
    assert said.startswith("已撤下：")
    assert key in said
    assert f"原值：{table}的全部内容 2023年7月3日撤下：{table}撤下原因" in said
    number = list(GONE).index(table)
    (link,) = {a.get("href") for a in parsed(withdrawn["changes/"]).xpath(f'//li[@id="W-{number}"]/div[1]//a')}
    address, _, fragment = urljoin("/changes/", link)[1:].partition("#")
    assert f"{table}撤下原因" in withdrawn[address]
    assert f'id="{unquote(fragment)}"' in withdrawn[address]


def test_records_inside_of_documents_are_found_by_their_long_names_and_their_short_ones(school: Path) -> None:
    for number, (table, key, field) in enumerate(
        (("plan", "2023-spring/m1.1", "措施"), ("plan", "2023-spring/teaching/m1.1", "action"), ("plan", "2023-spring/p1", "内容"),
         ("school", "ZX", "校区名称"), ("school", "school/ZX", "name"))
    ):  # fmt: skip
        add(
            school,
            {"id": f"M-{number}", "sheet": table, "record": key, "field": field, "old": f"旧{number}", "kind": "更新"},
        )
    pages = {url: parsed(markup) for url, markup in rendered(opened(school)).items()}
    assert [node.text for node in pages["plan/"].xpath('//tr[@id="m1.1"]//del')] == ["旧0", "旧1"]
    assert [node.text for node in pages["plan/"].xpath('//dt[@id="principle-p1"]/following-sibling::dd[1]//del')] == [
        "旧2"
    ]
    assert [node.text for node in pages["about/"].xpath('//tr[@id="ZX"]//del')] == ["旧3", "旧4"]
    assert "2023年7月3日更新" in pages["about/"].text_content()


def test_several_corrections_of_one_value_are_all_shown_oldest_first(school: Path) -> None:
    add(school,
        {"id": "S-2", "date": "2023-05-01", "sheet": "fees", "record": "2023-spring/F03", "field": "收费标准", "old": "16.00", "new": "15.00"},
        {"id": "S-1", "date": "2023-03-01", "sheet": "fees", "record": "2023-spring/F03", "field": "amount", "old": "18.00", "new": "16.00"})  # fmt: skip
    (item,) = parsed(rendered(opened(school))["fees/"]).xpath('//section[@id="F03"]')
    assert [node.text for node in item.iter("del")] == ["18.00", "16.00"]


def values() -> Iterator[tuple[str, str, str, str]]:
    yield "fees", "2023-spring/F03", "amount", "1800.00"
    yield "fees", "2023-spring/F03", "voluntary", "no"
    yield "fees", "2023-spring/F03", "effective_from", "2023-01-05"
    yield "calendar", "2023-spring/c04-1", "when", "2023-03"


@pytest.mark.parametrize(("table", "record", "field", "old"), list(values()))
def test_values_are_told_as_people_read_them(school: Path, table: str, record: str, field: str, old: str) -> None:
    said = {"1800.00": "1,800.00", "no": "否", "2023-01-05": "2023年1月5日", "2023-03": "2023年3月"}
    add(school, {"id": "V-1", "sheet": table, "record": record, "field": field, "old": old})
    books = opened(school)
    (found,) = [r for r in (*books.data.fees, *books.data.events) if r.key == record and record in r.key]
    assert [a.old for a in corrections_of(books, table, found, field)] == [said[old]]


def test_of_private_values_kind_day_and_post_are_told_and_never_the_content(school: Path) -> None:
    add(school, {"id": "P-1", "sheet": "fees", "record": "2023-spring/F05", "field": "note", "old": "张三家", "new": "李四家",
                 "kind": "隐私", "reason": "删去学生姓名"},
        {"id": "P-2", "sheet": "fees", "record": "2023-spring/F98", "field": "*", "old": "王五", "kind": "隐私", "reason": "整条涉及隐私"})  # fmt: skip
    pages = rendered(opened(school))
    for markup in pages.values():
        assert not any(name in markup for name in ("张三", "李四", "王五"))
    said = " ".join(parsed(pages["fees/"]).text_content().split())
    assert "为保护隐私已删去 2023年7月3日隐私：删去学生姓名（决定岗位：校长）" in said
    assert "整条涉及隐私" in said


def test_a_record_without_corrections_has_none(sample: Path) -> None:
    books = opened(sample)
    assert all(amended(books, "fees", fee) == {} for fee in books.data.fees)
