"""The detector finds disguised personal data and leaves amounts, dates, hotlines and document numbers alone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from generator.privacy.detect import Kind, found
from tests.privacy.generate import KINDS
from tests.privacy.measure import DOMAINS, alarms, misses

ROOT = Path(__file__).resolve().parents[2]
ID = "410101199003071234"

FOUND = [
    ("电话:138-0013-8000", Kind.MOBILE, "13800138000"),
    ("１３８００１３８０００", Kind.MOBILE, "13800138000"),
    ("一三八〇〇一三八〇〇〇", Kind.MOBILE, "13800138000"),
    ("一三八○○一三八○○○", Kind.MOBILE, "13800138000"),
    ("幺三八零零幺三八零零零", Kind.MOBILE, "13800138000"),
    ("138 0013 8000", Kind.MOBILE, "13800138000"),
    ("138\u200b00138000", Kind.MOBILE, "13800138000"),
    ("(138)0013-8000", Kind.MOBILE, "13800138000"),
    ("+86 138 0013 8000", Kind.MOBILE, "13800138000"),
    ("0086-13800138000", Kind.MOBILE, "13800138000"),
    ("(+86)13800138000", Kind.MOBILE, "13800138000"),
    ("1 3 8 0 0 1 3 8 0 0 0", Kind.MOBILE, "13800138000"),
    ("①③⑧⓪⓪①③⑧⓪⓪⓪", Kind.MOBILE, "13800138000"),
    ("138OOl38OOO", Kind.MOBILE, "13800138000"),
    ("张三13800138000", Kind.MOBILE, "13800138000"),
    ("李四一三八〇〇一三八〇〇〇", Kind.MOBILE, "13800138000"),
    ("13800138000一直没人接", Kind.MOBILE, "13800138000"),
    ("联系电话\n138 0013\n8000", Kind.MOBILE, "13800138000"),
    ("138-0013-\n8000", Kind.MOBILE, "13800138000"),
    ("电话 13 80 01 38 00 0", Kind.MOBILE, "13800138000"),
    ("tel13800138000。", Kind.MOBILE, "13800138000"),
    ("1. 13800138000\n2. 无", Kind.MOBILE, "13800138000"),
    ("13800138000元旦不上班", Kind.MOBILE, "13800138000"),
    ("身份证号" + ID + "吗", Kind.ID_CARD, ID),
    ("身份证号41010119900307091X", Kind.ID_CARD, "41010119900307091X"),
    ("（41010119900307091x）", Kind.ID_CARD, "41010119900307091X"),
    ("41010119900307091Ｘ", Kind.ID_CARD, "41010119900307091X"),
    ("410101-1990-03-07-1234", Kind.ID_CARD, ID),
    ("410101\n199003071234", Kind.ID_CARD, ID),
    ("学籍号G" + ID, Kind.ID_CARD, ID),
    ("身份证号：410101199003071235", Kind.ID_CARD, "410101199003071235"),  # mistyped by one digit, and still somebody's
    ("410101900307123", Kind.ID_CARD, "410101900307123"),
    ("卡号6222021234567890128", Kind.BANK_CARD, "6222021234567890128"),
    ("6222 0212 3456 7890 128", Kind.BANK_CARD, "6222021234567890128"),
    ("表扬张小明同学", Kind.NAME, "张小明"),
    ("张 小 明 同学", Kind.NAME, "张小明"),
    ("我班高小明同学", Kind.NAME, "高小明"),
    ("张同学", Kind.NAME, "张"),
    ("欧阳小明同学", Kind.NAME, "欧阳小明"),
    ("学生：王丽", Kind.NAME, "王丽"),
    ("学生张小明，六年级", Kind.NAME, "张小明"),
    ('{"学生": "张小明"}', Kind.NAME, "张小明"),
    ("家长:赵六", Kind.NAME, "赵六"),
    ("张小明的家长", Kind.NAME, "张小明"),
    ("家长签名：王丽", Kind.NAME, "王丽"),
    ("学⽣：王丽", Kind.NAME, "王丽"),
    ("车牌豫A·12345", Kind.PLATE, "豫A12345"),
    ("豫Ａ１２３４５", Kind.PLATE, "豫A12345"),
    ("豫ad12345", Kind.PLATE, "豫AD12345"),
    ("写信到zhangsan@qq.com。", Kind.EMAIL, "zhangsan@qq.com"),
    ("ｚｈａｎｇ＠ｑｑ．ｃｏｍ", Kind.EMAIL, "zhang@qq.com"),
    ("zhang(at)qq.com", Kind.EMAIL, "zhang@qq.com"),
]
HARMLESS = """12345 12315|400-138-1234|0371-65551381|（0371）6555 1381 2345|豫教财〔2010〕1619号|发改价格规〔2019〕1380013号|13812345678.00|¥13812345678
1,381,234,567.89|13812345678元|2023-02-13/2023-07-05|2023-02-13 2023-07-05|20230213 20230705|13 800 138 000|13 800 138 000 450|138 1200 4500 7800|138 1200 4500
30201 30202 30205 30206|1 2 3 4 5 6 7 8 9 10 11 12|978-7-04-012345-6|6901234567892|aef13812345678bc|0.13812345678|156.13812345|尾号8000|138****8000|4101**********1234
13800-15000元|1350000-1380000|8:30至17:00 2023|http://jyt.henan.gov.cn/art_1380013_8000.html|12410101416000000X|全体同学 同学们 家长会 家长委员会|张某某同学、某同学、张×同学
班主任和家长|学生营养餐|学生宿舍管理责任人|向书面同意的家长收取|office@school.example|actions/checkout@v4.1.1|豫教A1|苏教版A4""".replace(
    "\n", "|"
).split("|")


@pytest.mark.parametrize(("text", "kind", "content"), FOUND)
def test_what_a_clerk_types_is_found(text: str, kind: Kind, content: str) -> None:
    matches = found(text, domains=DOMAINS)
    assert [(match.kind, match.content) for match in matches] == [(kind, content)]
    assert all(text[match.start : match.end] == match.text for match in matches)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_looks_like_it_is_left_alone(text: str) -> None:
    assert found(text, domains=DOMAINS) == []
    assert found(f"备注：{text}，见附件", domains=DOMAINS) == []


def test_a_list_of_pupils_is_found_to_its_end() -> None:
    text = "学生王小丽、张三、李四获奖。受助学生名单：王丽，张三，李小四"
    assert [match.content for match in found(text)] == ["王小丽", "张三", "李四", "王丽", "张三", "李小四"]


def test_several_in_one_text_come_in_order() -> None:
    text = "学生：张三、李小四，家长王丽，电话13800138000/139 0013 9000，豫A12345"
    assert [(match.kind, match.masked) for match in found(text)] == [
        (Kind.NAME, "学生张×"),
        (Kind.NAME, "李×"),
        (Kind.NAME, "家长王×"),
        (Kind.MOBILE, "138****8000"),
        (Kind.MOBILE, "139****9000"),
        (Kind.PLATE, "豫A*****"),
    ]


def test_recall_on_disguised_positives() -> None:
    tried, missed = misses(21_000, seed=11)
    kinds = {kind for kind, _ in tried}
    total = sum(tried.values())
    said = "\n".join(f"{case.kind}, {case.disguise}: {case.text!r}" for case in missed)
    assert total >= 20_000
    assert kinds == set(KINDS)
    assert len(missed) <= total // 1000, said


def test_no_alarm_on_what_is_not_personal() -> None:
    tried, wrong = alarms(21_000, seed=12)
    assert sum(tried.values()) >= 20_000
    assert len(tried) > 20
    assert [(case.text, matches) for case, matches in wrong] == []


def test_no_alarm_in_the_sample_school() -> None:
    files = sorted((ROOT / "data").rglob("*.*"))
    assert len(files) > 10
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert found(text) == [], path
        for cell in text.replace("\n", ",").split(","):
            assert found(cell) == [], (path, cell)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("本学期收取作业本费，标准由县发改部门核定，不得强制。" * 27_000, 1),
        ("the quick brown fox, pool. " * 74_000, 1),
        ("1" * 1_000_000, 5),
        ("138" * 333_333, 5),
        ("同学" * 200_000, 10),
        ("张同学" * 100_000, 10),
        (" " * 1_000_000, 3),
        ("一" * 1_000_000, 5),
        ("@" * 1_000_000, 10),
        ("1\u200b" * 500_000, 5),
        ("1 3 " * 50_000, 10),
        ("1.2 " * 50_000, 10),
        ("13 80 01 " * 20_000, 10),
    ],
    ids=["Han", "English", "digits", "138", "同学", "张同学", "spaces", "一", "@", "invisible", "1 3", "1.2", "pairs"],
)
def test_large_and_spiteful_texts_take_no_time(text: str, seconds: float) -> None:
    began = time.process_time()
    found(text)
    assert time.process_time() - began < seconds
