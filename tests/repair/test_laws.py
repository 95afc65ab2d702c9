"""The laws of fix, on tables that were messed up at random: it gives the original back, and never touches a value that reads."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.dataset import load
from generator.records import titles
from generator.repair.school import sheet_of
from generator.repair.values import kind_of
from generator.trust.facts import facts
from tests.conftest import ROOT
from tests.repair.conftest import errors_of, mended_file

TABLES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "data").rglob("*.csv"))
DOCUMENTS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "data").rglob("*.yml"))
WIDE = {at: at + 0xFEE0 for at in range(0x21, 0x7F)}
SPACES = (" ", "\u00a0", "\u3000", "  ")


def money_forms(text: str) -> list[str]:
    """Return other ways to write an amount."""
    whole, dot, rest = text.partition(".")
    grouped = f"{int(whole):,}" + dot + rest
    return [
        grouped,
        f"¥{text}",
        f"￥{grouped}",
        f"{text}元",
        f"{text} 元",
        text.translate(WIDE),
        f"'{text}",
        f"¥ {grouped}元",
    ]


def date_forms(text: str) -> list[str]:
    """Return other ways to write a day or a month."""
    parts = text.split("-")
    bare = [str(int(part)) for part in parts]
    if len(parts) == 3:
        return [
            "/".join(bare),
            ".".join(bare),
            "{}年{}月{}日".format(*bare),
            "{} 年 {} 月 {} 日".format(*parts),
            f"{text} 0:00",
        ]
    return ["/".join(bare), "{}年{}月".format(*bare), text.translate(WIDE)]


def forms(kind: str, text: str, silent: bool) -> list[str]:
    """Return other ways to write one value, all with the same one meaning."""
    found = [f"{space}{text}{other}" for space in SPACES for other in ("", space)]
    if silent:
        found += [text[:1] + "\u200b" + text[1:], "\ufeff" + text, text + "\u2060"]
    if kind in ("money", "standard") and text[:1].isdigit():
        found += money_forms(text)
    if kind == "count":
        found += [text.translate(WIDE), f"{int(text):,}", f"{text}.00"]
    if kind in ("day", "month") or (kind == "when" and text[:4].isdigit() and "/" not in text and len(text) > 4):
        found += date_forms(text)
    if kind in ("code", "grades"):
        found += [text.translate(WIDE)]
    if kind == "choice":
        found += [text[:1] + " " + text[1:], text.translate(WIDE)]
    return found


@st.composite
def messes(draw: st.DrawFn, tables: list[str]) -> tuple[str, bytes, bytes]:
    """Return a table of the sample, its bytes, and the bytes of the same table messed up."""
    file = draw(st.sampled_from(tables))
    original = (ROOT / file).read_bytes()
    rows = list(csv.reader(io.StringIO(original.decode(), newline="")))
    found = sheet_of(file)
    assert found
    model = found[0].record
    names = {title.zh: title.name for title in titles(model)}
    encoding = draw(st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "gb18030")))
    cells = [(number, at) for number, row in enumerate(rows) for at in range(len(row))]
    for number, at in draw(st.lists(st.sampled_from(cells), max_size=12, unique=True)):
        title = rows[0][at].strip()
        if number and rows[number][at] and not rows[number][0].endswith("计") and title in names:
            kind = kind_of(model, names[title])
            rows[number][at] = draw(st.sampled_from(forms(kind, rows[number][at].strip(), encoding != "gb18030")))
    width = len(rows[0])
    if draw(st.booleans()):
        rows = [[*row, "", ""] for row in rows]
    for _ in range(draw(st.integers(0, 2))):
        rows.insert(draw(st.integers(1, len(rows))), draw(st.sampled_from(([""] * width, [""], [" "] * width))))
    for title in draw(st.lists(st.sampled_from(("青禾小学报表", "2023年春季（单位：元）", "")), max_size=2)):
        rows.insert(0, [title] + [""] * (width - 1))
    out = io.StringIO()
    separator, end = draw(st.sampled_from(",;\t")), draw(st.sampled_from(("\n", "\r\n", "\r")))
    if encoding == "gb18030" and end == "\r":  # the reader proves the encoding by the first line, and sees none
        end = "\n"
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(rows)
    text = out.getvalue()
    text = text[:-1] if draw(st.booleans()) else text
    return file, original, text.replace("\n", end).encode(encoding)


@given(mess=messes(TABLES))
@settings(max_examples=120, deadline=None)
def test_a_messed_up_table_comes_back_to_the_byte(mess: tuple[str, bytes, bytes]) -> None:
    file, original, messed = mess
    assert mended_file(file, messed) == original


JUNK = (
    "=1",
    "(200)",
    "44970",
    "约9",
    "三十",
    "1.10101E+17",
    "作\u202e业",
    "x\ty",
    "2/13/2023",
    "",
    "2元/餐",
    'a"b',
    "；",
    "a,b",
)


@given(data=st.data(), file=st.sampled_from(TABLES))
@settings(max_examples=80, deadline=None)
def test_junk_in_cells_changes_no_other_value(data: st.DataObject, file: str) -> None:
    rows = list(csv.reader(io.StringIO((ROOT / file).read_text(encoding="utf-8"), newline="")))
    for _ in range(data.draw(st.integers(1, 4))):
        row = data.draw(st.sampled_from(rows[1:]))
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(st.sampled_from(JUNK) | st.text(max_size=6))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    text = out.getvalue().encode("utf-8", "replace")
    after = mended_file(file, text)
    assert len(errors_of(file, after)) <= len(errors_of(file, text)) + ("total" in errors_of(file, after))


@given(data=st.data(), file=st.sampled_from(TABLES + DOCUMENTS))
@settings(max_examples=150, deadline=None)
def test_cut_and_torn_files_hold_the_law(data: st.DataObject, file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        more = data.draw(
            st.sampled_from(
                (
                    "",
                    '"',
                    ",",
                    "\n",
                    "\t",
                    "：",
                    ":",
                    " ",
                    "\u200b",
                    "{",
                    "- ",
                    "#",
                    "\u202e",
                    "，",
                    ";",
                    "'",
                    "|",
                    "&a",
                )
            )
        )
        text = text[:at] + more + text[at + data.draw(st.integers(0, 3)) :]
    mended_file(file, text.encode())


def test_the_sample_is_canonical() -> None:
    for file in (*TABLES, *DOCUMENTS):
        data = (ROOT / file).read_bytes()
        assert mended_file(file, data) == data


@given(messes=st.lists(messes(TABLES), min_size=1, max_size=3, unique_by=lambda mess: mess[0]))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_facts_that_were_read_before_stay(messes: list[tuple[str, bytes, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(ROOT / "data", root / "data")
        for file, _, messed in messes:
            (root / file).write_bytes(messed)
        before, _ = load(root)
        for file, _, messed in messes:
            (root / file).write_bytes(mended_file(file, messed))
        after, problems = load(root)
        assert before is not None
        assert after is not None
        assert [problem for problem in problems if problem.severity == "error"] == []
        said = {name: text for name, text in facts(before).items() if "\ufffd" not in "".join((*name, text))}
        assert said.items() <= facts(after).items()


@pytest.mark.parametrize("file", [*TABLES, *DOCUMENTS])
def test_what_only_looks_different_has_equal_facts(file: str, school: Path) -> None:
    """Encoding, line ends, spaces and title rows are no part of what is said: the same facts before and after."""
    text = (ROOT / file).read_text(encoding="utf-8")
    if file.endswith(".csv"):
        text = "表一\n" + (text if ";" in text else text.replace(",", " ; ")) + "\n\n"
    (school / file).write_bytes(text.replace("\n", "\r\n").encode("utf-16"))
    before, problems = load(school)
    assert [problem for problem in problems if problem.severity == "error"] == []
    (school / file).write_bytes(mended_file(file, (school / file).read_bytes()))
    after, _ = load(school)
    assert before is not None
    assert after is not None
    assert facts(before) == facts(after)
