"""The feeds: valid, the same for the same data, stable as corrections come, and saying nothing that is private."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from generator.build import check
from generator.outputs.downloads import files
from generator.outputs.feeds import lasting_id
from generator.oversight.books import Books
from generator.overview.feed import ATOM, BEGINNING, JSON, feed_of, feeds

TODAY = dt.date(2023, 8, 20)
NAMESPACE = {"a": "http://www.w3.org/2005/Atom"}
NASTY = """<script>alert(1)</script>"'`{{7*7}}&amp;]]><b onclick=x>"""


def opened(root: Path, today: dt.date = TODAY) -> Books:
    books = check(root, today).books
    assert books is not None
    return books


def add(root: Path, **row: str) -> None:
    """Add a correction to a school."""
    usual = {"id": "C-100", "date": "2023-07-03", "sheet": "fees", "record": "2023-spring/F03", "field": "amount",
             "old": "18.00", "new": "15.00", "kind": "更正", "reason": "录入错误", "approved_by": "校长"}  # fmt: skip
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow((usual | row).values())
    with (root / "data/corrections.csv").open("a", encoding="utf-8") as file:
        file.write(text.getvalue())


def with_site(root: Path, url: str) -> None:
    """Give a school an address of its own."""
    path = root / "data/school.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        "".join(line for line in text.splitlines(True) if not line.startswith("网站:")) + f"网站: {url}\n",
        encoding="utf-8",
    )


def parsed(books: Books) -> tuple[Any, dict[str, Any]]:
    """Return both forms of a school's feed as a reader of feeds sees them."""
    made = feeds(books)
    found = feedparser.parse(made[ATOM])
    assert found.bozo == 0, found.get("bozo_exception")
    assert found.version == "atom10"
    return found, json.loads(made[JSON])


def wrong_in_json_feed(feed: Mapping[str, Any]) -> list[str]:
    """Return what JSON Feed 1.1 asks for and a feed lacks, and what it does not know."""
    known = {"version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str, "language": str,
             "authors": list, "items": list}  # fmt: skip
    inner = {
        "id": str,
        "url": str,
        "title": str,
        "content_text": str,
        "date_published": str,
        "date_modified": str,
        "tags": list,
    }
    wrong = [f"no {name}" for name in ("version", "title", "items") if name not in feed]
    wrong += [f"feed: {name}" for name, value in feed.items() if not isinstance(value, known.get(name, type(None)))]
    for item in feed.get("items", []):
        wrong += [f"no {name} in an item" for name in ("id", "content_text") if not item.get(name)]
        wrong += [f"item: {name}" for name, value in item.items() if not isinstance(value, inner.get(name, type(None)))]
        wrong += [
            day
            for day in (item["date_published"], item["date_modified"])
            if dt.datetime.fromisoformat(day).tzinfo is None
        ]
    if len({item["id"] for item in feed.get("items", [])}) != len(feed.get("items", [])):
        wrong.append("an id stands twice")
    return wrong


def test_the_check_of_json_feeds_finds_what_is_wrong() -> None:
    item = {
        "id": "1",
        "content_text": "x",
        "date_published": "2023-01-01T00:00:00",
        "date_modified": "2023-01-01T00:00:00+08:00",
    }
    assert wrong_in_json_feed({"version": "1", "items": [item, {**item, "id": "", "colour": 1}]}) == [
        "no title", "2023-01-01T00:00:00", "no id in an item", "item: colour", "2023-01-01T00:00:00",
    ]  # fmt: skip


def test_both_forms_are_valid_and_say_the_same(books: Books) -> None:
    read, as_json = parsed(books)
    assert wrong_in_json_feed(as_json) == []
    assert as_json["version"] == "https://jsonfeed.org/version/1.1"
    assert [entry.id for entry in read.entries] == [item["id"] for item in as_json["items"]]
    assert [entry.title for entry in read.entries] == [item["title"] for item in as_json["items"]]
    assert [entry.content[0].value for entry in read.entries] == [item["content_text"] for item in as_json["items"]]
    assert [entry.published for entry in read.entries] == [item["date_published"] for item in as_json["items"]]


def test_atom_has_what_the_standard_requires(books: Books) -> None:
    root = etree.fromstring(feeds(books)[ATOM])
    for path in ("id", "title", "updated", "author/name", "link[@rel='self']", "link[@rel='alternate']"):
        assert len(root.xpath("a:" + path.replace("/", "/a:"), namespaces=NAMESPACE)) == 1, path
    entries = root.xpath("a:entry", namespaces=NAMESPACE)
    for entry in entries:
        for path in ("id", "title", "updated", "published", "content[@type='text']", "link[@rel='alternate']"):
            assert len(entry.xpath(f"a:{path}", namespaces=NAMESPACE)) == 1, path
    ids = root.xpath("//a:id/text()", namespaces=NAMESPACE)
    assert len(set(ids)) == len(ids) == len(entries) + 1
    assert all(id_.startswith("urn:uuid:") for id_ in ids)
    assert root.xpath("string(a:updated)", namespaces=NAMESPACE) == max(
        root.xpath("a:entry/a:updated/text()", namespaces=NAMESPACE)
    )


def test_every_correction_and_everything_published_is_an_entry_newest_first(books: Books) -> None:
    feed = feed_of(books)
    assert [item.id for item in feed.items if item.kind == "corrections"] == [
        lasting_id(books.data.school.name, "corrections", c.id) for c in reversed(books.data.corrections)
    ]
    assert {"statements", "fees", "collections"} <= {item.kind for item in feed.items}
    assert [item.day for item in feed.items] == sorted((item.day for item in feed.items), reverse=True)
    told = {item.id: item for item in feed.items}[lasting_id(books.data.school.name, "corrections", "C-001")]
    assert told.title == "更正：收支明细，电费 2023年4月，金额：4,367.00 → 4,637.00"
    assert told.text == "原因：录入时数字颠倒。相差+270.00元。批准岗位：校长。C-001"


def test_the_ids_of_entries_stay_when_a_correction_comes(school: Path) -> None:
    before = {item.id: item for item in feed_of(opened(school)).items}
    add(school, date="2023-05-15")
    after = {item.id: item for item in feed_of(opened(school)).items}
    assert {id_: after[id_] for id_ in before} == before
    assert len(after) == len(before) + 1


def test_nothing_in_the_feed_lies_ahead(sample: Path) -> None:
    """A correction that is in the data is told, whatever day it bears, and never later than today."""
    early = feed_of(opened(sample, dt.date(2023, 5, 14)))
    assert len([item for item in early.items if item.kind == "corrections"]) == 3
    assert all(item.day <= dt.date(2023, 5, 14) for item in early.items)


def test_the_same_data_makes_the_same_bytes(sample: Path, books: Books) -> None:
    assert feeds(opened(sample)) == feeds(books)


def test_links_are_absolute_where_the_address_is_known(school: Path) -> None:
    with_site(school, "https://school.example/open")
    books = opened(school)
    read, as_json = parsed(books)
    assert wrong_in_json_feed(as_json) == []
    links = [link.href for entry in read.entries for link in entry.links] + [item["url"] for item in as_json["items"]]
    assert len(links) == 2 * len(read.entries)
    assert all(link.startswith("https://school.example/open/") for link in links)
    assert as_json["feed_url"] == "https://school.example/open/changes/feed.json"
    assert {link.rel: link.href for link in read.feed.links}["self"] == "https://school.example/open/changes/feed.xml"


def test_without_an_address_links_are_relative_to_the_feed(school: Path) -> None:
    path = school / "data/school.yml"
    path.write_text(
        "".join(line for line in path.read_text(encoding="utf-8").splitlines(True) if not line.startswith("网站:")),
        encoding="utf-8",
    )
    made = feeds(opened(school))
    hrefs = etree.fromstring(made[ATOM]).xpath("//a:link/@href", namespaces=NAMESPACE)
    assert "./#C-001" in hrefs
    assert not [href for href in hrefs if "://" in href or href.startswith("/")]
    assert b"xml:base" not in made[ATOM]
    assert "url" not in json.loads(made[JSON])["items"][0]


@pytest.mark.parametrize("where", ["reason", "old", "new", "approved_by"])
def test_hostile_words_are_text_in_both(school: Path, where: str) -> None:
    add(school, field="note", **{where: NASTY})
    read, as_json = parsed(opened(school))
    (entry,) = [e for e in read.entries if e.id == lasting_id(read.feed.author, "corrections", "C-100")]
    said = entry.title + entry.content[0].value
    assert NASTY in said
    assert entry.content[0].type == "text/plain"
    assert NASTY in "".join(item["title"] + item["content_text"] for item in as_json["items"])
    assert not etree.fromstring(feeds(opened(school))[ATOM]).xpath("//*[local-name()='script' or local-name()='b']")


def test_what_xml_cannot_hold_is_replaced(books: Books) -> None:
    row = books.data.corrections[0].model_copy(update={"reason": "a\x00b\ufffec\U0001f600"})
    changed = replace(books, data=replace_corrections(books, (row,)))
    read, _ = parsed(changed)
    assert any("a\ufffdb\ufffdc\U0001f600" in entry.content[0].value for entry in read.entries)


def replace_corrections(books: Books, rows: tuple[Any, ...]) -> Any:
    """Return the data of books with other corrections."""
    kept = tuple(replace(f, records=rows) if f.sheet.name == "corrections" else f for f in books.data.files)
    return type(books.data)(books.data.school, kept, books.data.broken)


def test_a_school_that_published_nothing_has_an_empty_feed(school: Path) -> None:
    for path in sorted((school / "data").rglob("*.*")):
        if path.name != "school.yml":
            path.unlink()
    read, as_json = parsed(opened(school))
    assert read.entries == as_json["items"] == []
    assert read.feed.updated == f"{BEGINNING.isoformat()}T00:00:00+08:00"


def test_in_english_the_feed_speaks_english(school: Path) -> None:
    path = school / "data/school.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("语言: zh", "语言: en"), encoding="utf-8")
    feed = feed_of(opened(school))
    assert feed.title.endswith(": what changed")
    told = {item.id: item for item in feed.items}[lasting_id(feed.author, "corrections", "C-001")]
    assert told.title == "correction: Statement lines, 电费 April 2023, Amount: 4,367.00 → 4,637.00"
    assert told.text == "Reason: 录入时数字颠倒. Difference +270.00 yuan. Approved by: 校长. C-001"


def test_private_values_leave_no_trace_in_feeds_downloads_and_the_archive(school: Path) -> None:
    add(school, field="note", old="赵六家困难", new="孙七家困难", kind="隐私", reason="删去姓名")
    add(
        school,
        id="C-101",
        record="2023-spring/F98",
        field="*",
        old="周八整条",
        new="",
        kind="隐私",
        reason="整条涉及隐私",
    )
    books = opened(school)
    made = {**files(books), **feeds(books)}
    with zipfile.ZipFile(io.BytesIO(made["data/all.zip"])) as archive:
        made |= {f"all.zip/{name}": archive.read(name) for name in archive.namelist()}
    for path, content in made.items():
        for secret in ("赵六", "孙七", "周八"):
            assert secret.encode() not in content, path
            assert secret.encode("unicode_escape") not in content, path
    titles = [item.title for item in feed_of(books).items]
    assert "隐私：收费项目，作业本费，备注" in titles
    assert "隐私：收费项目，2023-spring/F98，整条" in titles


def test_the_json_of_a_table_holds_its_corrections(school: Path) -> None:
    add(school)
    books = opened(school)
    made = files(books)
    index = {table["source"]: table for table in json.loads(made["data/index.json"])["tables"]}
    counted = 0
    for file in books.data.files:
        table = json.loads(made[file.path.rpartition(".")[0] + ".json"])
        assert list(table) == ["table", "file", "columns", "rows", "corrections"]
        assert len(table["rows"]) == len(file.records)
        assert index[file.path]["corrections"] == len(table["corrections"])
        assert all(correction["sheet"] == file.sheet.name for correction in table["corrections"])
        counted += len(table["corrections"])
    assert counted == len(books.data.corrections)
    (own,) = json.loads(made["data/terms/2023-spring/fees.json"])["corrections"]
    assert (own["id"], own["old"], own["new"], own["kind"]) == ("C-100", "18.00", "15.00", "correction")
