"""Downloads hold exactly what the records hold, and the same bytes every time."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from generator.build import check
from generator.canonical import row_of, text_of
from generator.commit import Commit
from generator.dataset import Dataset, load
from generator.outputs.downloads import INDEX, files, for_excel, table_json, written
from generator.outputs.tables import Rows, table
from generator.oversight.books import Books
from generator.pages.downloads import EVERYTHING, stem, table_links
from generator.records import DataFile, titles

FIRST_OF_A_FORMULA = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")


@pytest.fixture(scope="module")
def made(books: Books) -> dict[str, bytes]:
    return files(books, Commit("a" * 40, dt.date(2023, 8, 20)))


def tables(books: Books) -> list[DataFile]:
    return [file for file in books.data.files if not file.sheet.document]


def test_every_link_of_every_table_is_there(books: Books, made: dict[str, bytes]) -> None:
    links = [link.url for file in books.data.files for link in table_links(file.path)]
    assert len(links) == 3 * len(books.data.files)
    assert set(links) <= set(made)


def test_csv_says_what_the_records_hold(books: Books, made: dict[str, bytes]) -> None:
    for file in tables(books):
        text = made[f"{stem(file.path)}.csv"].decode()
        assert not text.startswith("\ufeff")
        assert "\r" not in text
        heading, *rows = csv.reader(io.StringIO(text))
        fields = [t for t in titles(file.sheet.record) if not t.path]
        assert heading == [t.zh for t in fields]
        assert rows == [[text_of(getattr(r, t.name)) for t in fields] for r in file.records]


def test_downloaded_csv_can_be_put_back_into_data(books: Books, made: dict[str, bytes], school: Path) -> None:
    for file in tables(books):
        (school / file.path).write_bytes(made[f"{stem(file.path)}.csv"])
    again, problems = load(school)
    assert problems == []
    assert again is not None
    assert [file.records for file in again.files] == [file.records for file in books.data.files]


def test_csv_for_excel_differs_only_by_what_keeps_codes_as_they_are(books: Books, made: dict[str, bytes]) -> None:
    kept = 0
    for file in tables(books):
        raw = made[f"{stem(file.path)}.excel.csv"]
        assert raw.startswith(b"\xef\xbb\xbf")
        assert raw.count(b"\n") == raw.count(b"\r\n")
        plain = list(csv.reader(io.StringIO(made[f"{stem(file.path)}.csv"].decode())))
        ours = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
        kept += sum(cell.endswith("\xa0") for row in ours for cell in row)
        assert [[cell.rstrip("\xa0") for cell in row] for row in ours] == plain
    assert kept >= 192  # the month of each statement line, which Excel would turn into a date


def test_csv_for_excel_can_be_put_back_into_data(books: Books, made: dict[str, bytes], school: Path) -> None:
    for file in tables(books):
        (school / file.path).write_bytes(made[f"{stem(file.path)}.excel.csv"])
    again, _ = load(school)
    assert again is not None
    assert [file.records for file in again.files] == [file.records for file in books.data.files]


@pytest.mark.parametrize("code", ["001", "4001.10", "2023-02", "1-6", "3/4", "1E5", "123456789012", "5-1-2"])
def test_a_code_that_excel_would_rewrite_is_kept(code: str) -> None:
    rows = Rows(("编号", "金额", "日期"), ("code", "money", "day"), [[code, "001.10", "2023-02-13"]])
    text = for_excel(rows).decode("utf-8-sig")
    assert text.splitlines()[1] == f"{code}\xa0,001.10,2023-02-13"


@pytest.mark.parametrize("code", ["F03", "4001.01", "30206", "0", "工作日 8:30至17:00", ""])
def test_any_other_code_is_as_written(code: str) -> None:
    text = for_excel(
        Rows(
            ("编号",),
            ("code",),
            [
                [
                    code,
                ]
            ],
        )
    ).decode("utf-8-sig")
    assert next(csv.reader([text.splitlines()[1]]), [""]) == ([code] if code else [""])


def test_no_cell_can_be_run_as_a_formula(books: Books, made: dict[str, bytes]) -> None:
    for path, content in made.items():
        if path.endswith(".csv"):
            for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
                assert not [c for c in row if c.startswith(FIRST_OF_A_FORMULA) and not c[1:2].isdigit()], path


def test_json_has_every_field_by_its_english_name(books: Books, made: dict[str, bytes]) -> None:
    for file in books.data.files:
        said = json.loads(made[f"{stem(file.path)}.json"])
        names = [t.name for t in titles(file.sheet.record)]
        assert said["table"] == file.sheet.name
        assert [column["name"] for column in said["columns"]] == names
        assert said["rows"] == [row_of(record) for record in file.records]
        assert all(list(row) == names for row in said["rows"])


def test_json_never_turns_an_amount_into_a_float(books: Books) -> None:
    lines = next(file for file in books.data.files if file.sheet.name == "lines")
    said = json.loads(table_json(lines), parse_float=pytest.fail)
    assert said["rows"][0]["amount"] == "547237.00"
    assert said["rows"][0]["kind"] == "income"


def test_a_plan_becomes_one_row_for_each_measure(books: Books) -> None:
    file = next(file for file in books.data.files if file.sheet.name == "plan")
    rows = table(file)
    assert rows.headings[:3] == ("领域编号", "领域名称", "编号")
    assert [row[2] for row in rows.cells] == [m.id for m in books.data.plans[0].measures]


def test_the_school_becomes_one_row_for_each_value(books: Books) -> None:
    rows = table(next(file for file in books.data.files if file.sheet.name == "school"))
    assert ["", "名称", books.data.school.name] in rows.cells
    assert ["校区3", "校区名称", "白果村小"] in rows.cells


def test_hostile_text_comes_back_as_it_is(books: Books) -> None:
    nasty = ['"', ",", "a\nb", "<script>", "';--", "\u202eabc", "，；"]
    rows = Rows(("文字",), ("text",), [[text] for text in nasty])
    for content in (written(rows), for_excel(rows)):
        assert [row[0] for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))][1:] == nasty


def test_zip_is_the_same_bytes_and_holds_every_table(books: Books, made: dict[str, bytes]) -> None:
    again = files(books, Commit("a" * 40, dt.date(2023, 8, 20)))
    assert hashlib.sha256(again[EVERYTHING]).digest() == hashlib.sha256(made[EVERYTHING]).digest()
    with zipfile.ZipFile(io.BytesIO(made[EVERYTHING])) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
        assert names == sorted(names)
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for file in books.data.files:
            for suffix in (".csv", ".json"):
                assert packed.read(stem(file.path) + suffix) == made[stem(file.path) + suffix]
        sums = dict(reversed(line.split("  ")) for line in packed.read("SHA256SUMS").decode().splitlines())
        assert set(sums) == set(names) - {"SHA256SUMS"}
        assert all(hashlib.sha256(packed.read(name)).hexdigest() == sums[name] for name in sums)
        assert books.data.school.name in packed.read("README.zh.txt").decode()


def test_index_lists_the_hash_of_each_source(books: Books, made: dict[str, bytes], sample: Path) -> None:
    said = json.loads(made[INDEX])
    assert said["commit"] == "a" * 40
    assert [entry["source"] for entry in said["tables"]] == [file.path for file in books.data.files]
    for entry in said["tables"]:
        assert entry["sha256"] == hashlib.sha256((sample / entry["source"]).read_bytes()).hexdigest()
        assert set(entry["downloads"]) <= set(made)


def test_ten_years_have_a_file_for_each_table(books: Books) -> None:
    own = books.data.files
    many = [replace(f, path=f.path.replace("data/", f"data/y{n}/")) for n in range(18) for f in own]
    decade = Books(Dataset(books.data.school, tuple(many)), books.policy, books.today)
    assert len(files(decade)) > 3 * len(many)


def test_what_was_removed_for_privacy_is_in_no_download(school: Path) -> None:
    with (school / "data/corrections.csv").open("a", encoding="utf-8") as file:
        file.write("C-009,2023-05-15,plan,2023-spring,aim,某某家庭困难,已删去,隐私,删去姓名,校长\n")
    checked = check(school)
    assert checked.books is not None
    found = files(checked.books)
    with zipfile.ZipFile(io.BytesIO(found[EVERYTHING])) as packed:
        contents = [*found.values(), *(packed.read(name) for name in packed.namelist())]
    assert not [content for content in contents if "某某家庭困难".encode() in content]
    assert "C-009,2023-05-15,plan,2023-spring,aim,,,隐私,删去姓名,校长" in found["data/corrections.csv"].decode()
