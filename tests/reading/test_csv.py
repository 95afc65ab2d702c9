import pytest

from generator.reading import Column, Limits, read_csv

HEAD = "项目编号,收费项目,收费标准,备注\n"


def read(text, columns, **options):
    return read_csv(text.encode(), "data/fees.csv", columns, **options)


def texts(table):
    return [row.texts for row in table.rows]


def test_rows_are_given_in_the_order_of_the_file_with_their_places(fees):
    table, problems = read("备注,项目编号,金额,收费项目\n无,F03,15.00,作业本费\n", fees)
    assert problems == []
    assert table.columns == ("note", "id", "amount", "item")
    assert table.header.texts == ["备注", "项目编号", "金额", "收费项目"]
    assert texts(table) == [["无", "F03", "15.00", "作业本费"]]
    assert str(table.rows[0].place(2)) == "data/fees.csv:2:7 (C2)"
    assert str(table.rows[0].whole()) == "data/fees.csv:2:1"


@pytest.mark.parametrize("header", ["id,item,amount,note", "ID,Item,AMOUNT,remarks", "项目编号,item,金额,Remarks"])
def test_titles_are_known_in_both_languages_and_any_case(header, fees):
    table, problems = read(header + "\nF03,作业本费,15.00,\n", fees)
    assert problems == []
    assert table.columns == ("id", "item", "amount", "note")


def test_places_hold_behind_quoted_line_ends_and_blank_lines(fees):
    table, problems = read(HEAD + '\nF03,"作业""本""\n费",15.00,"a\n\nb"\nF04,"住宿费",0.00,\n', fees)
    assert texts(table) == [["F03", '作业"本"\n费', "15.00", "a\n\nb"], ["F04", "住宿费", "0.00", ""]]
    assert [str(table.rows[0].place(at)) for at in range(4)] == [
        "data/fees.csv:3:1 (A3)", "data/fees.csv:3:5 (B3)", "data/fees.csv:4:4 (C3)", "data/fees.csv:4:10 (D3)",
    ]  # fmt: skip
    assert str(table.rows[1].place(3)) == "data/fees.csv:7:16 (D4)"
    assert [problem.severity for problem in problems] == ["note"]


@pytest.mark.parametrize("text", ["", "\n", "\ufeff", "  \r\n\r\n"])
def test_an_empty_file_is_an_empty_register(text, fees):
    table, problems = read(text, fees)
    assert problems == []
    assert (table.rows, table.totals, table.columns) == ([], [], ())


def test_a_header_alone_is_an_empty_register(fees):
    table, problems = read(HEAD, fees)
    assert problems == []
    assert (table.rows, table.columns) == ([], ("id", "item", "amount", "note"))


@pytest.mark.parametrize("word", ["合计", "小计", "总计", "合 计：", "支出合计", "Total", "TOTAL:", "subtotal"])
def test_total_rows_are_kept_apart_from_the_data(word, fees):
    table, problems = read(HEAD + f"F03,作业本费,15.00,\n{word},,15.00,\n,{word},15.00,\n", fees)
    assert problems == []
    assert texts(table) == [["F03", "作业本费", "15.00", ""]]
    assert [row.texts for row in table.totals] == [[word, "", "15.00", ""], ["", word, "15.00", ""]]
    assert str(table.totals[1].place(2)) == f"data/fees.csv:4:{len(word) + 3} (C4)"


def test_further_total_words_are_recognised_when_asked_for(fees):
    text = HEAD + "资产总计,,15.00,\n"
    assert len(read(text, fees)[0].rows) == 1
    assert len(read(text, fees, total_words=["资产总计"])[0].totals) == 1


def test_a_word_for_total_behind_the_first_cell_is_data(fees):
    table, _ = read(HEAD + "F03,合计,15.00,\n", fees)
    assert texts(table) == [["F03", "合计", "15.00", ""]]


@pytest.mark.parametrize(("separator", "name"), [(";", ";"), ("\t", "制表符")])
def test_another_separator_is_read_when_the_header_proves_it(separator, name, fees, said):
    text = (HEAD + "F03,作业本费,15.00,无\n").replace(",", separator)
    table, problems = read(text, fees)
    assert texts(table) == [["F03", "作业本费", "15.00", "无"]]
    assert said(problems) == (
        f"data/fees.csv:1:1 (A1): note[separator]: 各单元格之间用的是“{name}”，不是英文逗号；建议另存为用英文逗号分隔的 CSV"
    )


def test_chinese_commas_are_refused(fees, said):
    table, problems = read((HEAD + "F03,作业本费,15.00,无\n").replace(",", "，"), fees)
    assert table is None
    assert said(problems) == (
        "data/fees.csv:1:1 (A1): error[separator]: 各单元格之间用的是“，”，不是英文逗号；请改用英文逗号“,”分隔"
    )


def test_title_rows_above_the_header_are_left_out_with_a_note(fees, said):
    table, problems = read("青禾镇中心小学校收费公示,,,\n收费项目,,,\n" + HEAD + "F03,作业本费,15.00,无\n", fees)
    assert texts(table) == [["F03", "作业本费", "15.00", "无"]]
    assert str(table.rows[0].place(0)) == "data/fees.csv:4:1 (A4)"
    assert said(problems) == "data/fees.csv:1:1 (A1): note[header]: 列标题上方有 2 行，已略过"


def test_spaces_are_trimmed_with_one_note_for_each_column(fees, said):
    table, problems = read(HEAD + "F03, 作业本费\u3000,15.00,无\nF04,住宿费 ,0.00,无\n", fees)
    assert texts(table) == [["F03", "作业本费", "15.00", "无"], ["F04", "住宿费", "0.00", "无"]]
    assert str(table.rows[0].place(1)) == "data/fees.csv:2:6 (B2)"
    assert said(problems) == (
        "data/fees.csv:2:6 (B2): note[trim]: 第 B 列有 2 个单元格首尾带空格；读取时已去掉这些空格"
    )


def test_empty_rows_and_columns_that_spreadsheets_leave_are_dropped_with_notes(fees, said):
    text = HEAD.strip() + ",,\nF03,作业本费,15.00,无,,\n,,,,,\n\nF04,住宿费,0.00,无\n,,,\n"
    table, problems = read(text, fees)
    assert texts(table) == [["F03", "作业本费", "15.00", "无"], ["F04", "住宿费", "0.00", "无"]]
    assert table.complete
    assert said(problems) == (
        "data/fees.csv:1:19 (E1): note[row]: 最后一列之后有空单元格，已略过\n"
        "data/fees.csv:3:1 (A3): note[row]: 有 3 个空行，已略过"
    )


def test_unknown_repeated_blank_and_missing_titles_are_errors_with_the_closest(fees, said):
    table, problems = read("项目编号,收费标准(元),,项目编号,天气,备注\n1,2,3,4,5,6\n", fees)
    assert said(problems) == (
        "data/fees.csv:1:6 (B1): error[header]: 不认识的列“收费标准(元)”；是不是“收费标准”？\n"
        "data/fees.csv:1:14 (C1): error[header]: 第 C 列没有标题；请补上标题，或删除这一列\n"
        "data/fees.csv:1:15 (D1): error[header]: “项目编号”这一列重复出现；请删除其中一个\n"
        "data/fees.csv:1:20 (E1): error[header]: 不认识的列“天气”；还缺“收费项目”这一列，如果这一列就是，请改用这个标题"
    )
    assert [[str(place) for place in p.related] for p in problems if p.related] == [["data/fees.csv:1:1 (A1)"]]
    assert table.columns == ("id", "note")
    assert texts(table) == [["1", "6"]]
    assert str(table.rows[0].place(1)) == "data/fees.csv:2:11 (F2)"


def test_data_below_a_column_without_title_is_an_error(fees, said):
    table, problems = read(HEAD.strip() + ",\nF03,作业本费,15.00,无,补\n", fees)
    assert [p for p in said(problems).split("\n") if "error" in p] == [
        "data/fees.csv:1:19 (E1): error[header]: 第 E 列没有标题；请补上标题，或删除这一列"
    ]
    assert not table.complete


def test_a_file_without_any_known_title_says_which_there_are(fees, said):
    table, problems = read("a,b,c\n1,2,3\n", fees)
    assert table is None
    assert said(problems) == (
        "data/fees.csv:1:1 (A1): error[header]: 没有找到认识的列标题，第一行开头是“a”；"
        "第一行应当是列标题：项目编号、收费项目、收费标准……"
    )


def test_rows_that_are_too_long_or_too_short_are_errors(fees):
    table, problems = read(HEAD + "F03,作业本费,1,500.00,无\nF04,住宿费,0.00\nF05,午餐,5.00,\n", fees)
    assert [(str(p.place), p.value) for p in problems] == [
        ("data/fees.csv:2:19 (E2)", "无"),
        ("data/fees.csv:3:1 (A3)", None),
    ]
    assert problems[0].message.values["message"].values == {"count": 5, "width": 4}
    assert problems[1].message.values == {"count": 3, "width": 4}
    assert problems[0].related == (table.header.place(0),)
    assert texts(table) == [["F05", "午餐", "5.00", ""]]
    assert not table.complete


def test_a_long_row_is_told_in_plain_words(fees, said):
    _, problems = read(HEAD + "F03,作业本费,1,500.00,无\n", fees)
    assert said(problems) == (
        "data/fees.csv:2:19 (E2): error[row]: 这一行有 5 个单元格，标题行有 4 个，多出“无”；"
        "含逗号的单元格请用英文双引号括起来，金额不要写千位分隔符"
    )


def test_a_quote_closed_only_by_the_next_one_of_the_file_is_told_with_both_places(fees):
    _, problems = read(HEAD + 'F03,"作业本费,15.00,无\nF04,住宿费,0.00,无\nF05,"午餐",5.00,无\n', fees)
    assert (problems[0].code, str(problems[0].place)) == ("quote", "data/fees.csv:4:6 (B2)")
    assert [str(place) for place in problems[0].related] == ["data/fees.csv:2:5 (B2)"]


def test_a_quote_that_never_closes_is_named_where_it_opens_and_the_rest_is_still_read(fees, said):
    table, problems = read(HEAD + 'F03,作业本费,15.00,无\nF04,"住宿费,0.00,无\nF05,午餐,5.00,无\n', fees)
    assert said(problems).split("\n")[-1] == (
        'data/fees.csv:3:5 (B3): error[quote]: 此处的英文双引号（"）没有配对的结束引号；'
        "请删除它，或在单元格末尾补上另一个"
    )
    assert texts(table) == [["F03", "作业本费", "15.00", "无"], ["F05", "午餐", "5.00", "无"]]


def test_stray_quotes_are_errors_with_their_place(fees, said):
    table, problems = read(HEAD + 'F03,作业"本"费,15.00,无\nF04,"住宿"费,0.00,无\n', fees)
    lines = said(problems).split("\n")
    assert lines[0] == (
        'data/fees.csv:2:7 (B2): error[quote]: “作业"本"费”里有英文双引号（"）；'
        "请改用中文引号“ ”，或把整格用英文双引号括起来，里面的英文双引号写两遍"
    )
    assert lines[1].startswith("data/fees.csv:3:9 (B3): error[quote]: 这个单元格的结束引号后面还有“费”；")
    assert [str(place) for place in problems[1].related] == ["data/fees.csv:3:5 (B3)"]
    assert texts(table)[0][1] == '作业"本"费'


def test_a_tab_inside_a_cell_is_refused(fees, said):
    _, problems = read(HEAD + 'F03,作业\t本费,15.00,"a\nb\tc"\n', fees)
    assert said(problems) == (
        "data/fees.csv:2:7 (B2): error[character]: 不允许使用字符 U+0009：单元格里有制表符（Tab）；"
        "请删除它，或把此处文字重新输入一遍\n"
        "data/fees.csv:3:2 (D2): error[character]: 不允许使用字符 U+0009：单元格里有制表符（Tab）；"
        "请删除它，或把此处文字重新输入一遍"
    )


def test_every_limit_is_stated_in_its_error(fees, said):
    row = "F03,作业本费,15.00,无\n"
    table, problems = read(HEAD + row * 3, fees, limits=Limits(rows=2))
    assert table is None
    assert said(problems) == "data/fees.csv:4:1: error[limit]: 表格超过了 2 行的上限；请拆成几个文件，例如每年一个"
    table, problems = read(HEAD + row, fees, limits=Limits(columns=3))
    assert table is None
    assert said(problems) == "data/fees.csv:1:16 (D1): error[limit]: 表格有 4 列，上限是 3 列；请拆成几张表"
    for note in ("字" * 9, '"字\n' + "字" * 7 + '"'):
        table, problems = read(HEAD + f"F03,甲,1,{note}\n" + "F04,乙,2,\n", fees, limits=Limits(cell_characters=8))
        assert said(problems) == (
            "data/fees.csv:2:9 (D2): error[limit]: 单元格有 9 个字，上限是 8 个字；"
            "请缩短；长文字请放进单独的文件，再用链接引用"
        )
        assert [row[0] for row in texts(table)] == ["F04"]


def test_limits_themselves_are_allowed(fees):
    row = f"F03,作业本费,15.00,{'字' * 2000}\n"
    table, problems = read(HEAD + row * 20, fees, limits=Limits(rows=20, columns=4))
    assert problems == []
    assert len(table.rows) == 20


def test_one_kind_of_problem_does_not_flood_the_report(fees, said):
    _, problems = read(HEAD + "F03,作业本费\n" * 500, fees)
    assert len(problems) == 201
    assert said(problems).split("\n")[0] == "data/fees.csv: error[row]: 本文件还有 300 处同类问题，未逐一列出"


def test_one_column_tables_need_no_separator():
    table, problems = read("月份\n2023-02\n\n", [Column("month", ("月份",))])
    assert texts(table) == [["2023-02"]]
    assert [problem.code for problem in problems] == ["row"]
