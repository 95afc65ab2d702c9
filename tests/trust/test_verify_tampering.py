"""Every kind of tampering with a site is found, also where whoever did it made all hashes and codes anew."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.trust import verify as program
from tests.trust.sites import FEES, ROOT, Files, books_of, codes, good, published, site_of, written

Tamper = Callable[[Files], Mapping[str, bytes]]
FEES_CSV, FEES_JSON = FEES, FEES.replace(".csv", ".json")
FEES_EXCEL = FEES.replace(".csv", ".excel.csv")


def wrong(files: Mapping[str, bytes], folder: Path, *noted: str) -> dict[str, str]:
    """Return for each check that finds a site wrong what it says in English, with its details."""
    told, _ = program.verify(str(written(files, folder)), [(program.digits_of(code), None) for code in noted])
    found: dict[str, str] = {}
    for t in told:
        if t.state == "wrong":
            found[t.check] = "\n".join(filter(None, (found.get(t.check), t.en, *t.details)))
    return found


def without(files: Files, *paths: str) -> Files:
    return {path: content for path, content in files.items() if path not in paths}


def changed(files: Files, path: str, old: str, new: str) -> Files:
    content = files[path].decode("utf-8")
    assert old in content, f"{path} does not hold {old}"
    return files | {path: content.replace(old, new, 1).encode()}


def anew(files: Files) -> Files:
    """Make the footer and the hashes anew, as somebody would who changed the site itself."""
    return published(without(files, "SHA256SUMS"), files["ledger.jsonl"])


def lines(files: Files) -> list[bytes]:
    return files["ledger.jsonl"].splitlines(keepends=True)


ONE_OF_EACH_KIND = [
    "index.html", "fees/index.html", "images/图 1.svg", "verify.py", "ledger.jsonl", "data/facts.csv", "data/all.zip",
    "data/index.json", "data/dictionary.json", FEES_CSV, FEES_JSON, FEES_EXCEL, "data/corrections.json",
]  # fmt: skip


@pytest.mark.parametrize("path", [*ONE_OF_EACH_KIND, "calendar"])
def test_one_byte_of_any_file(path: str, tmp_path: Path) -> None:
    files = dict(good())
    path = path if path in files else next(name for name in files if name.startswith(path) and name.endswith(".ics"))
    content = bytearray(files[path])
    content[len(content) // 2] ^= 1
    assert f"{path} differs from the list." in wrong(files | {path: bytes(content)}, tmp_path)["files"]


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    assert "fees/index.html is not on the site" in wrong(without(dict(good()), "fees/index.html"), tmp_path)["files"]


def test_a_file_that_nobody_lists_is_mentioned(tmp_path: Path) -> None:
    told, _ = program.verify(str(written({**good(), "extra.html": b"", ".nojekyll": b""}, tmp_path)), [])
    assert [(t.check, t.details) for t in told if t.state == "note"] == [("files", ("extra.html",))]
    assert program.exit_code(told) == 0


LEDGER: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "the first line is gone": lambda ls: ls[1:],
    "a line in the middle is gone": lambda ls: [ls[0], ls[2]],
    "two lines change places": lambda ls: [ls[0], ls[2], ls[1]],
    "a line stands twice": lambda ls: [*ls, ls[2]],
    "a date is changed": lambda ls: [ls[0].replace(b"2023-03-01", b"2023-03-02"), *ls[1:]],
    "no such date": lambda ls: [*ls[:2], ls[2].replace(b"2023-08-20", b"2023-02-30")],
    "a date goes back": lambda ls: [*ls[:2], ls[2].replace(b"2023-08-20", b"2023-05-14")],
    "a number is changed": lambda ls: [*ls[:2], ls[2].replace(b'"seq":3', b'"seq":4')],
    "a number is true": lambda ls: [ls[0].replace(b'"seq":1', b'"seq":true'), *ls[1:]],
    "a hash is cut": lambda ls: [*ls[:2], ls[2].replace(b"c" * 40, b"c" * 39)],
    "a key stands twice": lambda ls: [*ls[:2], ls[2].replace(b'"seq":3', b'"seq":3,"seq":3')],
    "spaces": lambda ls: [*ls[:2], ls[2].replace(b'"seq":3', b'"seq": 3')],
    "a key is new": lambda ls: [*ls[:2], ls[2].replace(b"}\n", b',"x":1}\n')],
    "a path leads out": lambda ls: [*ls[:2], ls[2].replace(b"data/terms", b"../terms")],
    "the end is cut off": lambda ls: [*ls[:2], ls[2][:-9]],
    "the last line feed is gone": lambda ls: [*ls[:2], ls[2][:-1]],
    "an empty line": lambda ls: [*ls, b"\n"],
    "nothing is left": lambda ls: [],
    "not an object": lambda ls: [*ls, b"[]\n"],
    "no text": lambda ls: [*ls, b"\xff\n"],
    "nested without end": lambda ls: [*ls, b"[" * 100_000 + b"\n"],
}


@pytest.mark.parametrize("name", LEDGER)
def test_a_ledger_that_does_not_hold_together(name: str, tmp_path: Path) -> None:
    files = dict(good())
    ledger = b"".join(LEDGER[name](lines(files)))
    files = {**files, "ledger.jsonl": ledger}
    files["SHA256SUMS"] = anew(dict(good()))["SHA256SUMS"]
    found = wrong(files, tmp_path)
    assert "ledger" in found
    assert "files" in found


@pytest.mark.parametrize(
    "name", sorted(set(LEDGER) - {"nothing is left", "the last line feed is gone", "the end is cut off"})
)
def test_such_a_ledger_with_all_hashes_made_anew(name: str, tmp_path: Path) -> None:
    files = dict(good())
    assert "ledger" in wrong(published(without(files, "SHA256SUMS"), b"".join(LEDGER[name](lines(files)))), tmp_path)


def test_the_newest_line_of_the_ledger_is_taken_away(tmp_path: Path) -> None:
    files = dict(good())
    files = published(without(files, "SHA256SUMS"), b"".join(lines(files)[:-1]))
    assert set(wrong(files, tmp_path, codes()[0])) == {"figures", "data"}
    assert set(wrong(files, tmp_path, codes()[2])) == {"saved", "figures", "data"}


def test_the_ledger_is_gone(tmp_path: Path) -> None:
    files = without(dict(good()), "ledger.jsonl")
    told, _ = program.verify(str(written(files, tmp_path)), [(program.digits_of(codes()[0]), None)])
    states = {t.check: t.state for t in told}
    assert (states["ledger"], states["saved"], states["data"]) == ("wrong", "unknown", "unknown")
    assert program.exit_code(told) == 1


def test_the_footer_shows_another_code(tmp_path: Path) -> None:
    files = anew(changed(dict(good()), "index.html", codes()[2], codes()[1]))
    files = changed(files, "index.html", codes()[2], codes()[1])
    assert "The code in the footer of the home page is" in wrong(files, tmp_path)["ledger"]


def zip_with(files: Files, path: str, content: bytes) -> bytes:
    """Return the zip with one file changed or added, and its own list of hashes left as it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(files["data/all.zip"])) as old, zipfile.ZipFile(out, "w") as new:
        for name in {*old.namelist(), path}:
            new.writestr(name, content if name == path else old.read(name))
    return out.getvalue()


def without_last_row(content: bytes) -> bytes:
    return b"".join(content.splitlines(keepends=True)[:-1])


REPUBLISHED: dict[str, tuple[Tamper, str, str]] = {
    "a figure in the JSON": (
        lambda f: changed(f, FEES_JSON, '"amount": "15.00"', '"amount": "51.00"'), "figures",
        "amount: facts.csv “15.00” ≠ JSON “51.00”",
    ),
    "a figure in facts.csv": (
        lambda f: changed(f, "data/facts.csv", ",amount,15.00\n", ",amount,51.00\n"), "figures",
        "data/facts.csv is not what the newest entry says",
    ),
    "a fact that no table states": (
        lambda f: f | {"data/facts.csv": f["data/facts.csv"] + b"zzz,1,amount,1.00\n"}, "figures",
        "zzz 1 amount: facts.csv “1.00” ≠ JSON （无 none）",
    ),
    "facts in another order": (
        lambda f: f | {"data/facts.csv": b"".join(
            [f["data/facts.csv"].splitlines(keepends=True)[i] for i in (0, 2, 1)])},
        "figures", "is not written as it must be",
    ),
    "a figure in the CSV": (
        lambda f: changed(f, FEES_CSV, "15.00", "51.00"), "downloads", "“51.00” ≠ JSON “15.00”"
    ),
    "a figure in the CSV for Excel": (
        lambda f: changed(f, FEES_EXCEL, "15.00", "51.00"), "downloads", "“51.00” ≠ JSON “15.00”"
    ),
    "a row of the CSV": (
        lambda f: f | {FEES_CSV: without_last_row(f[FEES_CSV])}, "downloads", "rows or headings differ"
    ),
    "a word of the plan": (
        lambda f: changed(f, "data/terms/2023-spring/plan.csv", "已完成", "未开始"), "downloads", "“未开始” ≠ JSON “已完成”"
    ),
    "a telephone in the school's CSV": (
        lambda f: changed(f, "data/school.csv", "000-5550101", "000-5550100"), "downloads", "“000-5550100” ≠ JSON"
    ),
    "a correction that stands beside a table": (
        lambda f: changed(f, "data/finance/2023/lines.json", "录入时数字颠倒", "没有关系"), "downloads",
        "data/finance/2023/lines.csv：随表的更正和更正栏不同",
    ),
    "the zip": (
        lambda f: f | {"data/all.zip": zip_with(f, FEES_CSV, b"x")}, "downloads", f"{FEES_CSV} 和网站上的不同"
    ),
    "a file too many in the zip": (
        lambda f: f | {"data/all.zip": zip_with(f, "virus.exe", b"x")}, "downloads", "virus.exe"
    ),
    "no zip": (lambda f: f | {"data/all.zip": b"PK\x03\x04"}, "downloads", "cannot be read"),
    "the hash of a source": (
        lambda f: changed(f, "data/index.json", '"sha256": "', '"sha256": "0'), "data", "not the one in the ledger"
    ),
    "a table is no longer listed": (
        lambda f: f | {"data/index.json": without_table(f["data/index.json"], "fees")}, "data", f"{FEES}：公布记录里有"
    ),
    "a download is not in the list of hashes": (
        lambda f: without(f, FEES_JSON), "files", f"The list lacks {FEES_JSON}."
    ),
    "all pages of a section are taken away": (
        lambda f: without(f, *(path for path in f if path.startswith("fees/"))), "files", "The list lacks fees/index.html."
    ),
    "the corrections' page is taken away": (
        lambda f: without(f, "changes/index.html"), "files", "The list lacks changes/index.html."
    ),
    "verify.py is taken away": (lambda f: without(f, "verify.py"), "files", "The list lacks verify.py."),
    "a correction is taken away": (
        lambda f: f | {"data/corrections.json": without_rows(f["data/corrections.json"], "C-003")}, "corrections",
        "C-003：公布记录里有，更正栏里没有了",
    ),
    "a correction that the ledger does not know": (
        lambda f: changed(f, "data/corrections.json", '"C-003"', '"C-004"'), "corrections", "C-004：更正栏里有，公布记录里没有"
    ),
    "a table that is no table": (lambda f: f | {FEES_JSON: b"[]"}, "figures", "is not made as it should be"),
    "a row with a field too many": (
        lambda f: changed(f, FEES_JSON, '"amount": "15.00"', '"hidden": "1", "amount": "15.00"'), "figures",
        "A row of fees does not fit its columns.",
    ),
    "an index of another kind": (lambda f: f | {"data/index.json": b'{"tables": 3}'}, "data", "Not made as it should be"),
}  # fmt: skip


def without_table(content: bytes, table: str) -> bytes:
    index = json.loads(content)
    index["tables"] = [listed for listed in index["tables"] if listed["table"] != table]
    return json.dumps(index, ensure_ascii=False).encode()


def without_rows(content: bytes, key: str) -> bytes:
    document = json.loads(content)
    document["rows"] = [row for row in document["rows"] if row["id"] != key]
    return json.dumps(document, ensure_ascii=False).encode()


@pytest.mark.parametrize("name", REPUBLISHED)
def test_all_hashes_are_made_anew_after(name: str, tmp_path: Path) -> None:
    tamper, check, words = REPUBLISHED[name]
    found = wrong(anew(dict(tamper(dict(good())))), tmp_path)
    assert words in found.get(check, f"nothing: {found}")


def test_a_history_that_was_written_anew_is_caught_by_a_noted_code(tmp_path: Path) -> None:
    """The fee was 15.00 when it was public; the school rewrites everything, as if it had always been 51.00."""
    school = tmp_path / "school"
    shutil.copytree(ROOT / "data", school / "data")
    fees = school / FEES
    fees.write_text(fees.read_text(encoding="utf-8").replace("15.00", "51.00", 1), encoding="utf-8")
    files = site_of(books_of(school))
    assert wrong(files, tmp_path / "site") == {}
    for code in codes():
        found = wrong(files, tmp_path / "site", code)
        assert set(found) == {"saved"}
        assert "the history was rewritten since" in found["saved"]
        assert code in found["saved"]


def retold(content: bytes) -> Files:
    """Return all downloads of the fees as they would be with this JSON."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(program.sheet_of(json.loads(content)))
    plain = out.getvalue()
    return {FEES_JSON: content, FEES_CSV: plain.encode(), FEES_EXCEL: ("\ufeff" + plain).encode()}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('"title_zh": "收费标准", "title_en": "Standard"', '"title_zh": "本期数量", "title_en": "Units in the term"'),
        ('"yes": "是", "no": "否"', '"yes": "否", "no": "是"'),
    ],
)
def test_words_that_are_exchanged_everywhere_stay_unfound_and_that_is_said(
    one: str, other: str, tmp_path: Path
) -> None:
    """Titles and words for choices are no facts: only building again compares them, as test_verify_command shows."""
    files = dict(good())
    assert one in files[FEES_JSON].decode()
    files.update(retold(files[FEES_JSON].decode().replace(one, other).encode()))
    for path in (FEES_JSON, FEES_CSV):
        files["data/all.zip"] = zip_with(files, path, files[path])
    told, _ = program.verify(str(written(anew(files), tmp_path)), [])
    packed = [t for t in told if t.state != "ok"]
    assert [line for t in packed for line in t.details] == [
        f"data/all.zip：{path} ≠ SHA256SUMS" for path in sorted((FEES_CSV, FEES_JSON))
    ]
    assert "the titles and words for choices in the downloads (such as yes and no exchanged)" in program.as_text(told)


def test_differences_are_counted_and_the_first_twenty_shown(tmp_path: Path) -> None:
    files = dict(good())
    files[FEES_JSON] = files[FEES_JSON].replace(b'"unit": "', b'"unit": "x')
    facts = files["data/facts.csv"].splitlines()
    files["data/facts.csv"] = (
        b"\n".join([facts[0], *(line for line in facts[1:] if not line.startswith(b"duties"))]) + b"\n"
    )
    shown = wrong(anew(files), tmp_path)["figures"].splitlines()
    assert len([line for line in shown if " ≠ " in line]) == 20
    assert "and " in shown[-1]
    assert shown[-1].endswith(" more")
