"""The detector finds disguised personal data and leaves amounts, dates, hotlines and document numbers alone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from generator.privacy.wording.detect import Kind, found
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
    *((f"张三{mark.join(('138', '1234', '5678'))}", Kind.MOBILE, "13812345678") for mark in ",，;；~～|｜、:：*＊转"),
    ("１３８，１２３４，５６７８", Kind.MOBILE, "13812345678"),
    ("一三八、一二三四、五六七八", Kind.MOBILE, "13812345678"),
    ("电话:138:1234:5678", Kind.MOBILE, "13812345678"),
    ("138、0012、8000", Kind.MOBILE, "13800128000"),
    ("手机138、2000、5600", Kind.MOBILE, "13820005600"),  # round, but a word says what it is
    ("手机: 138, 1234, 5678", Kind.MOBILE, "13812345678"),
    ("13812345678元", Kind.MOBILE, "13812345678"),
    ("共13812345678 元", Kind.MOBILE, "13812345678"),
    ("13812345678万元", Kind.MOBILE, "13812345678"),
    ("138-1234-5678元", Kind.MOBILE, "13812345678"),
    ("http://x.cn/?t=%31%33%38%31%32%33%34%35%36%37%38&a=1", Kind.MOBILE, "13812345678"),
    ("1%3381%32345678", Kind.MOBILE, "13812345678"),
    ("%25313812345678", Kind.MOBILE, "13812345678"),
    ("&#49;&#51;&#56;&#49;&#50;&#51;&#52;&#53;&#54;&#55;&#56;", Kind.MOBILE, "13812345678"),
    ("&#x31;&#X33;&#0056;&shy;12345678", Kind.MOBILE, "13812345678"),
    ("138&#1;12345678", Kind.MOBILE, "13812345678"),
    ("%E5%AD%A6%E7%94%9F%EF%BC%9A%E7%8E%8B%E4%B8%BD", Kind.NAME, "王丽"),
    ("zhangsan%40qq.com", Kind.EMAIL, "zhangsan@qq.com"),
    ("&#35947;A12345", Kind.PLATE, "豫A12345"),
    *(
        (mark.join(("410101", "19900307", "1234")), Kind.ID_CARD, ID)
        for mark in (" ", "-", ",", "，", "/", "、", ", ", "~")
    ),
    *(
        (mark.join(("410101", "1990", "0307", "1234")), Kind.ID_CARD, ID)
        for mark in (" ", "-", ",", "，", "/", "、", ".")
    ),
    *(
        (mark.join(("410101", "19900307", "123", "4")), Kind.ID_CARD, ID)
        for mark in (" ", "-", ",", "，", "/", "、", ".")
    ),
    ("F01,张,410101,19900307,091,X,是", Kind.ID_CARD, "41010119900307091X"),
    ("410101,19900307,1234,138,5", Kind.ID_CARD, ID),
    ("身份证：410101，19900307，1235", Kind.ID_CARD, "410101199003071235"),
    ("卡号：6222，0212，3456，7890，128", Kind.BANK_CARD, "6222021234567890128"),
    ("六年级张伟家", Kind.NAME, "张伟"),
    ("六（2）班李小红家，三口人", Kind.NAME, "李小红"),
    ("贫困生李小红", Kind.NAME, "李小红"),
    ("贫困生 李 小 红", Kind.NAME, "李小红"),
    ("困难学生：王丽", Kind.NAME, "王丽"),
    ("困难学生王丽，女", Kind.NAME, "王丽"),
    ("留守儿童张小明。", Kind.NAME, "张小明"),
    ("建档立卡户李强等3户", Kind.NAME, "李强"),
    ("低保户：高小明", Kind.NAME, "高小明"),
    ("五保户刘大爷", Kind.NAME, "刘大爷"),
]
HARMLESS = """12345 12315|400-138-1234|0371-65551381|（0371）6555 1381 2345|豫教财〔2010〕1619号|发改价格规〔2019〕1380013号|13812345678.00|¥13812345678
1,381,234,567.89|13812345678.00元|2023-02-13/2023-07-05|2023-02-13 2023-07-05|20230213 20230705|13 800 138 000|13 800 138 000 450|138 1200 4500 7800|138 1200 4500
30201 30202 30205 30206|1 2 3 4 5 6 7 8 9 10 11 12|978-7-04-012345-6|6901234567892|aef13812345678bc|0.13812345678|156.13812345|尾号8000|138****8000|4101**********1234
13800-15000元|1350000-1380000|8:30至17:00 2023|http://jyt.henan.gov.cn/art_1380013_8000.html|12410101416000000X|全体同学 同学们 家长会 家长委员会|张某某同学、某同学、张×同学
班主任和家长|学生营养餐|学生宿舍管理责任人|向书面同意的家长收取|office@school.example|actions/checkout@v4.1.1|豫教A1|苏教版A4
138,123,567|1,138,1234,5678|138,1234,5678,9|138,1234,5678.00|138.50,1234,5678|1,381,234,5678|138、1200、4500|180、1230、4560|180、2022、2023|128、1234、5678
138、1234、5678元|138 1234 5678元|138/1234/5678元|138-1234元|138，1234，5678人。|138、1234、5678册|¥138、1234、5678|作业本费,138,1234,5678,是|[138,1234,5678]|138, 1234, 5678|138;1234、5678|138:1234:567
138~1234|138转5678|0371-65551234转8001转12|410101,19900307,1235|410101,20231307,1234|电话，早餐,138,1234,5678,是
50%38人|50%、31%、33%|13%38%12345678|a&amp;b&lt;13&gt;812345678|&copy;2023 13&nbsp;800|https://x.cn/s?q=%E6%94%B6%E8%B4%B9%201234
困难学生伙食补助|贫困生资助|贫困生申请|低保户子女|学生家长王某|贫困生王某|留守儿童：无|留守儿童关爱|低保户王庄村|低保户：李庄 元|建档立卡户房屋|孤儿应由
六年级张伟家庭|六年级国家|一年级史学家|六年级全家|六年级张某家""".replace("\n", "|").split("|")


@pytest.mark.parametrize(("text", "kind", "content"), FOUND)
def test_what_a_clerk_types_is_found(text: str, kind: Kind, content: str) -> None:
    matches = found(text, domains=DOMAINS)
    assert [(match.kind, match.content) for match in matches] == [(kind, content)]
    assert all(text[match.start : match.end] == match.text for match in matches)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_looks_like_it_is_left_alone(text: str) -> None:
    assert found(text, domains=DOMAINS) == []
    assert found(f"备注：{text}，见附件", domains=DOMAINS) == []


@pytest.mark.parametrize("text", ["| 费用 | 138 | 1234 | 5678 |", "电话 | 138 | 1234 | 5678", "|138|1234|5678|"])
def test_numbers_in_the_cells_of_one_row_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_span_in_escapes_holds_whole_escapes() -> None:
    text = "见&nbsp;%E5%BC%A0：%31%33%38&#x31;2345678&#x3b;x"
    (match,) = found(text)
    assert match.text == "%31%33%38&#x31;2345678"
    assert text[: match.start] + match.masked + text[match.end :] == "见&nbsp;%E5%BC%A0：138****5678&#x3b;x"
    assert match.digest == found("138 1234 5678")[0].digest


def test_names_in_need_are_found_to_the_end_of_their_list() -> None:
    matches = found("贫困生李小红、张伟，各500元；留守儿童：王丽，高小明")
    assert [match.content for match in matches] == ["李小红", "张伟", "王丽", "高小明"]


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
        ("%31" * 300_000, 10),
        ("&#49;" * 200_000, 10),
        ("%25" * 300_000, 10),
        ("138,1234," * 100_000, 10),
        ("410101," * 100_000, 10),
        ("贫困生李" * 100_000, 10),
    ],
    ids=[
        "Han",
        "English",
        "digits",
        "138",
        "同学",
        "张同学",
        "spaces",
        "一",
        "@",
        "invisible",
        "1 3",
        "1.2",
        "pairs",
        "%31",
        "&#49;",
        "%25",
        "138,1234,",
        "410101,",
        "贫困生李",
    ],
)
def test_large_and_spiteful_texts_take_no_time(text: str, seconds: float) -> None:
    began = time.process_time()
    found(text)
    assert time.process_time() - began < seconds
