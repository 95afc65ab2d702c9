import codecs

import pytest

from generator.reading import Limits, decode, read_csv

TABLE = "项目编号,收费项目,收费标准\nF03,作业本费,15.00\n"


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode(),
        codecs.BOM_UTF8 + TABLE.encode(),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("\n", "\r").encode(),
    ],
)
def test_utf8_with_any_line_end_is_read_without_a_word(data, fees):
    table, problems = read_csv(data, "fees.csv", fees)
    assert problems == []
    assert [row.texts for row in table.rows] == [["F03", "作业本费", "15.00"]]
    assert str(table.rows[0].place(1)) == "fees.csv:2:5 (B2)"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (codecs.BOM_UTF16_LE + TABLE.encode("utf-16-le"), "UTF-16"),
        (codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be"), "UTF-16"),
        (TABLE.encode("utf-16-le"), "UTF-16"),
        (TABLE.encode("utf-16-be"), "UTF-16"),
        (TABLE.encode("gb18030"), "GB18030"),
    ],
)
def test_other_proved_encodings_are_read_with_a_note(data, name, fees, said):
    table, problems = read_csv(data, "fees.csv", fees)
    assert [row.texts for row in table.rows] == [["F03", "作业本费", "15.00"]]
    assert said(problems) == (
        f"fees.csv: note[encoding]: 文件以 {name} 编码保存，已按该编码读取；建议另存为 UTF-8 编码"
    )


def test_gb18030_is_not_guessed_where_no_chinese_title_proves_it(fees, said):
    data = "id,item,amount\nF03,作业本费,15.00\n".encode("gbk")
    table, problems = read_csv(data, "fees.csv", fees)
    assert table is None
    assert said(problems) == (
        "fees.csv:2:5: error[encoding]: 文件不是有效的 UTF-8 编码：此处字节为 0xD7；"
        "请用原来的软件打开，另存为“CSV UTF-8”；文本文件请另存为 UTF-8 编码"
    )


def test_gb18030_with_private_use_characters_is_refused(fees):
    table, problems = read_csv((TABLE + "F04,\ue000,1\n").encode("gb18030"), "fees.csv", fees)
    assert table is None
    assert [problem.code for problem in problems] == ["encoding"]


@pytest.mark.parametrize("data", [b"\xff\xfea", codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", b"\xc3(", b"\xed\xa0\x80"])
def test_bytes_of_no_encoding_are_one_error(data):
    text, problems = decode(data, "x.yml")
    assert text is None
    assert [problem.code for problem in problems] == ["encoding"]


def test_one_nul_in_a_utf8_text_does_not_make_it_utf16(said):
    text, problems = decode(b"name: a\0b and more text to come after it", "x.yml")
    assert text == "name: a\ufffdb and more text to come after it"
    assert said(problems) == (
        "x.yml:1:8: error[character]: 不允许使用字符 U+0000：这是控制字符；请删除它，或把此处文字重新输入一遍"
    )


def test_a_file_over_the_limit_is_refused_with_both_sizes(said):
    text, problems = decode(b"x" * 11, "x.yml", limits=Limits(file_bytes=10))
    assert text is None
    assert said(problems) == "x.yml: error[limit]: 文件有 11 字节，上限是 10 字节；请拆成几个小文件"


@pytest.mark.parametrize(
    "character",
    [
        "\0", "\x01", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\x9b", "\u00ad", "\u061c", "\u115f", "\u200b", "\u200c",
        "\u200d", "\u200e", "\u2028", "\u2029", "\u202a", "\u202e", "\u2060", "\u2066", "\u2069", "\u3164", "\ufeff",
        "\ufdd0", "\ufffe", "\uffff", "\ufffd", "\U0001fffe", "\U0010ffff", "\U000e0041",
    ],
)  # fmt: skip
def test_characters_that_deceive_are_refused_with_code_and_place(character):
    text, problems = decode(f"甲乙\n丙{character}丁".encode(), "x.yml")
    assert text == "甲乙\n丙\ufffd丁"
    assert [(p.code, p.place.line, p.place.column, p.value) for p in problems] == [
        ("character", 2, 2, f"U+{ord(character):04X}")
    ]


@pytest.mark.parametrize(
    "text", ["①〔2010〕号\u3000全角", "é e\u0301", "❤\ufe0f 𠮷 葛\U000e0100", "😀", "\ue000", "a\tb\n"]
)
def test_ordinary_text_of_every_kind_is_kept_as_written(text):
    assert decode(text.encode(), "x.yml") == (text, [])


def test_a_refused_character_in_a_table_names_its_cell(fees, said):
    data = '项目编号,收费项目,收费标准\nF03,"作业\n本\u202e费",15.00\n'.encode()
    _, problems = read_csv(data, "fees.csv", fees)
    assert said(problems) == (
        "fees.csv:3:2 (B2): error[character]: 不允许使用字符 U+202E：它会改变文字的显示方向；"
        "请删除它，或把此处文字重新输入一遍"
    )


def test_an_emoji_joined_from_several_is_refused_with_the_reason(fees, said):
    _, problems = read_csv("项目编号,收费项目,收费标准\nF03,👨\u200d👩,15.00\n".encode(), "fees.csv", fees)
    assert said(problems) == (
        "fees.csv:2:6 (B2): error[character]: 不允许使用字符 U+200D：这是看不见的字符；"
        "请删除它，或把此处文字重新输入一遍"
    )
