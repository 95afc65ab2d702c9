"""YAML files: mended in place, with comments, order and quotation marks as they were."""

from __future__ import annotations

import pytest

from generator.repair.school import mend, sheet_of
from tests.conftest import ROOT
from tests.repair.conftest import errors_of, mended_file

TERM = "data/terms/2023-spring/term.yml"
PLAN = "data/terms/2023-spring/plan.yml"
LIST = "data/duties.yml"
TEXT = """\
# 学期
学期编号: 2023-spring
学期名称: "2023年春季学期" # 名称
报名日: 2023-02-12
开学日: 2023-02-13
放假日: 2023-07-07
另放假日:
  - {日期: 2023-06-01, 说明: 儿童节}
"""


def term(text: str) -> str:
    """Return the mended text of a term."""
    return mended_file(TERM, text.encode()).decode()


DAY = "报名日: 2023-02-12"


@pytest.mark.parametrize(
    ("line", "bad", "good"),
    [
        (DAY, "报名日: 2023/2/12", DAY),
        (DAY, "报名日:   2023年2月12日", "报名日:   2023-02-12"),
        (DAY, "报名日: '2023.2.12'", "报名日: '2023-02-12'"),
        (DAY, '报名日: "2023/2/12"  # 星期日', '报名日: "2023-02-12"  # 星期日'),
        (DAY, "报名日:\t2023-02-12", DAY),
        (DAY, "报名日: 2023-02-12\t", DAY),
        (DAY, "报名日: 2023-02-12\t# a", "报名日: 2023-02-12 # a"),
        (DAY, "报名日：2023-02-12", DAY),
        (DAY, "报名日 ： 2023-02-12", DAY),
        (DAY, "报名日:2023-02-12", DAY),
        (DAY, "报名日：2023/2/12", DAY),
        ("{日期: 2023-06-01", "{日期: 2023/6/1", "{日期: 2023-06-01"),
        ("{日期: 2023-06-01, 说明: 儿", "{日期：2023-06-01, 说明：儿", "{日期: 2023-06-01, 说明: 儿"),
        ("2023-spring", "２０２３-spring", "2023-spring"),
        ("儿童节", "儿童\u200b节", "儿童节"),
        (
            '2023年春季学期" # 名称\n' + DAY,
            '😀 😀" # 😀\n报名日: 2023/2/12 # 😀',
            '😀 😀" # 😀\n报名日: 2023-02-12 # 😀',
        ),
        ("# 学期", "\ufeff# 学\u2060期", "# 学期"),
        ("开学日:", "Ｓtart:", "start:"),
    ],
)
def test_a_document_is_mended_in_place(line: str, bad: str, good: str) -> None:
    right = TEXT.replace(line, good)
    assert term(TEXT.replace(line, bad)) == right
    assert errors_of(TERM, right.encode()) == []


@pytest.mark.parametrize(
    "bad",
    [
        TEXT,
        "",
        "# nothing\n",
        TEXT.replace("2023-02-12", "44969"),
        TEXT.replace("2023-02-12", "2023-02-30"),
        TEXT.replace("放假日", "放甲日"),
        TEXT.replace("  - {", "\t- {"),
        TEXT.replace(DAY, "报名日: &d 2023/2/12"),
        TEXT.replace(DAY, "报名日: !!timestamp 2023/2/12"),
        TEXT.replace("2023年春季学期", "2023\u202e年春季学期"),
        TEXT.replace(DAY, "报名日：2023-02-12").replace("2023-02-13", "&a 2023-02-13"),
        TEXT.replace("儿童节", "注意：报名日：不上课"),
        TEXT.replace("2023年春季学期", "第一行\n  报名日：不上课\n  说明:无"),
    ],
)
def test_what_is_fine_or_doubtful_stays_to_the_byte(bad: str) -> None:
    assert term(bad) == bad


def test_values_over_several_lines_stay() -> None:
    for block in ("报名日: >\n  2023/2/12", "报名日: |\n  2023/2/12", '报名日:\n  "2023/2/\n  12"'):
        text = TEXT.replace(DAY, block)
        assert term(text) == text


def test_a_colon_inside_of_a_text_stays_when_another_one_is_mended() -> None:
    head = (ROOT / PLAN).read_text(encoding="utf-8")
    assert "目标: " in head
    prose = head.replace("目标: ", "目标: |\n  标题：这一段\n  目标：不改\n  原文 ", 1)
    broken = prose.replace("标题: ", "标题：", 1)
    assert broken != prose
    assert mended_file(PLAN, broken.encode()).decode() == prose


def test_a_list_of_records() -> None:
    text = "- {slot: ｄ1, name: 后勤, effective_from: 2023/2/1}\n- slot: d2\n  name: 总务\n  起: 2023年3月1日\n"
    assert mended_file(LIST, text.encode()).decode() == (
        "- {slot: d1, name: 后勤, effective_from: 2023-02-01}\n- slot: d2\n  name: 总务\n  起: 2023-03-01\n"
    )


def test_a_list_of_codes_keeps_its_items() -> None:
    plan = (ROOT / PLAN).read_text(encoding="utf-8")
    listed = plan.replace("[energy-manager, hygiene-manager]", "[ｅnergy-manager, 'a1,b2']")
    assert listed != plan
    assert "[energy-manager, 'a1,b2']" in mended_file(PLAN, listed.encode()).decode()


def test_bytes_of_a_document() -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        assert mended_file(TERM, TEXT.replace("\n", "\r\n").encode(encoding)).decode() == TEXT
    gb = TEXT.encode("gb18030")
    assert mended_file(TERM, gb) == gb


def test_places_and_reasons() -> None:
    found = sheet_of(TERM)
    assert found
    text = TEXT.replace("儿童节", "儿童\u200b节").replace("2023-02-13", "2023/2/13")
    _, repairs, _ = mend(text.encode(), TERM, *found)
    assert [(r.place.line, r.place.column, r.before, r.after) for r in repairs] == [
        (8, 28, "U+200B", ""), (5, 6, "2023/2/13", "2023-02-13"),
    ]  # fmt: skip
