"""What real offices save: every mess is taken rightly, mended where that is sure, or refused with cell and advice."""

from __future__ import annotations

import datetime as dt

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import numbers

from generator.dataset import load
from tests.spreadsheets.building import BALANCE, F09, FEES, LINES, TOTALS, Office, fill, page_of, values_of_formulas

FILE = "terms/2023-spring/fees.csv"
MONTHS = "finance/2023/lines.csv"
HALF_PAST_NINE = dt.datetime(2023, 8, 31, 9, 30)  # noqa: DTZ001  a spreadsheet knows no time zones
NEW = ("2023-08", "30206", "电费", "支出", 4100.5)


def cell(values: tuple[object, ...], at: int, value: object) -> tuple[object, ...]:
    return (*values[:at], value, *values[at + 1 :])


def test_a_plain_sheet_adds_a_row_and_keeps_the_others(office: Office) -> None:
    before = office.rows(FILE)
    assert office.take(page_of([FEES, F09])[0]) == 0, office.said
    after = office.rows(FILE)
    assert after[:-1] == before
    assert {k: v for k, v in after[-1].items() if v} == {
        "项目编号": "F09", "收费项目": "校服费", "收费性质": "代收费", "计费单位": "元/套", "收费标准": "120.00",
        "是否自愿": "是", "收费对象": "自愿购买的学生",
    }  # fmt: skip
    assert "新增 1 行" in office.said
    assert "+ F09" in office.said
    assert "表格里没有的 7 行保持原样" in office.said


def test_title_rows_above_and_signatures_below_are_left_out_and_said(office: Office) -> None:
    rows = [("某某中心小学收费公示表",), ("2023年春季学期",), FEES, F09, (), ("制表人：某某", "", "审核：某某")]
    assert office.take(page_of(rows)[0]) == 0, office.said
    assert "表头上面的 2 行没有取用" in office.said
    assert "(A6): 这是签字或说明的一行，没有取用" in office.said
    assert office.row(FILE, "F09")


def test_a_header_of_two_lines_with_merged_titles_is_read(office: Office) -> None:
    upper = ("月份", "科目", "项目", "类别", "本月发生")
    book, page = page_of([upper, ("", "", "", "", "金额"), NEW])
    for letter in "ABCD":
        page.merge_cells(f"{letter}1:{letter}2")
    assert office.take(book, "--year", "2023") == 0, office.said
    assert office.row(MONTHS, "2023-08")["金额"] == "4100.50"


def test_units_spaces_and_stars_in_titles_do_not_matter(office: Office) -> None:
    header = cell(cell(FEES, 4, "收费标准\n（元）"), 1, "收费 项目*")
    assert office.take(page_of([header, F09])[0]) == 0, office.said
    assert office.row(FILE, "F09")["收费标准"] == "120.00"


def test_a_merged_choice_and_month_are_filled_down(office: Office) -> None:
    rows = [LINES, NEW, ("", "30299", "维修费", "", 800), ("", "30213", "培训费", "", 90)]
    book, page = page_of(rows)
    page.merge_cells("A2:A4")
    page.merge_cells("D2:D4")
    assert office.take(book) == 0, office.said
    assert [row["金额"] for row in office.rows(MONTHS) if row["月份"] == "2023-08"] == ["4100.50", "800.00", "90.00"]
    assert "修正 4 格" in office.said
    assert "(A3): （空） → 2023-08（取自合并单元格 A2:A4）" in office.said


@pytest.mark.parametrize(("area", "row"), [("E2:E3", 3), ("B2:C2", 2)])
def test_merged_amounts_and_cells_across_columns_are_refused_with_their_range(
    office: Office, area: str, row: int
) -> None:
    before = office.state()
    book, page = page_of([LINES, NEW, ("2023-08", "30299", "维修费", "支出", "" if row == 3 else 800)])
    page.merge_cells(area)
    assert office.take(book) == 1
    assert f"{area} 是合并单元格，无法判断里面的内容属于哪一行" in office.said
    assert office.state() == before


def test_a_merged_key_that_each_row_needs_for_itself_is_refused(office: Office) -> None:
    book, page = page_of([FEES, F09, cell(F09, 0, "")])
    page.merge_cells("A2:A3")
    assert office.take(book) == 1
    assert "A2:A3 是合并单元格" in office.said


def test_right_totals_are_compared_and_left_out(office: Office) -> None:
    rows = [
        ("序号", *LINES),
        (1, *NEW),
        (2, "2023-08", "30299", "维修费", "支出", 800),
        ("合　计", "", "", "", "", 4900.5),
    ]
    assert office.take(page_of(rows)[0]) == 0, office.said
    assert "合计行（合 计）：只用来核对，不作为数据取用" in office.said
    assert "“序号”这一列不属于这张登记表，没有取用" in office.said
    assert not any("合" in text for row in office.rows(MONTHS) for text in row.values() if row["月份"] == "2023-08")


def test_a_wrong_total_stops_the_import(office: Office) -> None:
    before = office.state()
    assert office.take(page_of([LINES, NEW, ("小计：", "", "", "", 4100)])[0]) == 1
    assert "(E3): " in office.said
    assert "4,100.00" in office.said
    assert "4,100.50" in office.said
    assert office.state() == before


def test_subtotals_sum_the_rows_above_them_and_the_total_sums_all(office: Office) -> None:
    second = ("2023-09", "30206", "电费", "支出", 100)
    rows = [LINES, NEW, ("小计", "", "", "", 4100.5), second, ("小计", "", "", "", 100), ("总计", "", "", "", 4200.5)]
    assert office.take(page_of(rows)[0]) == 0, office.said
    assert office.take(page_of([*rows[:4], ("小计", "", "", "", 101), rows[5]])[0]) == 1
    assert "(E5): " in office.said


def test_a_total_is_not_called_compared_where_rows_were_refused(office: Office) -> None:
    rows = [LINES, NEW, cell(NEW, 4, "贵"), ("合计", "", "", "", 1)]
    assert office.take(page_of(rows)[0]) == 1
    assert "因为有退回的行，也没有核对" in office.said


def test_a_total_of_prices_of_different_units_is_left_out_with_a_remark(office: Office) -> None:
    assert office.take(page_of([FEES, F09, ("合计", "", "", "", 120)])[0]) == 0, office.said
    assert "请核对　表.xlsx [表1] (E3): " in office.said


def test_hidden_rows_are_refused_and_hidden_columns_with_data_too(office: Office) -> None:
    book, page = page_of([LINES, NEW, ("2023-08", "30299", "维修费", "支出", 800)])
    page.row_dimensions[3].hidden = True
    assert office.take(book) == 1
    assert "(A3): 第 3 行被隐藏或筛选掉了，但里面有数据；请取消隐藏" in office.said
    book, page = page_of([LINES, NEW])
    page.column_dimensions["E"].hidden = True
    assert office.take(book) == 1
    assert "“金额”这一列被隐藏了，但里面有数据" in office.said


def test_hidden_and_empty_sheets_and_sheets_of_something_else_are_left_out_and_said(office: Office) -> None:
    book, _ = page_of([LINES, NEW], "8月")
    fill(book.create_sheet("旧账"), [LINES, cell(NEW, 0, "2023-09")])
    book["旧账"].sheet_state = "hidden"
    book.create_sheet("Sheet3")
    fill(book.create_sheet("通讯录"), [("姓名", "电话"), ("某某", "000")])
    assert office.take(book) == 0, office.said
    assert "[旧账]: 这张工作表是隐藏的，没有取用" in office.said
    assert "[Sheet3]: 这张工作表是空的" in office.said
    assert "[通讯录]: 没有找到登记表的表头，这张工作表没有取用" in office.said
    assert not [row for row in office.rows(MONTHS) if row["月份"] == "2023-09"]
    assert office.take(book, "--sheet", "旧账") == 1
    assert "请先取消隐藏并核对" in office.said


def test_several_sheets_go_to_their_registers_in_one_import(office: Office) -> None:
    book, _ = page_of([LINES, NEW], "8月支出")
    fill(book.create_sheet("收费"), [FEES, F09])
    fill(book.create_sheet("9月支出"), [LINES, cell(NEW, 0, "2023-09")])
    assert office.take(book) == 0, office.said
    assert "[8月支出] 是“收支明细”" in office.said
    assert "[收费] 是“收费项目”" in office.said
    assert {row["月份"] for row in office.rows(MONTHS)} >= {"2023-08", "2023-09"}
    assert office.row(FILE, "F09")


def test_formulas_give_their_saved_values(office: Office) -> None:
    book, _ = page_of([LINES, cell(NEW, 4, "=4000+100.5"), ("2023-08", "30299", "维修费", "支出", 800),
                          ("合计", "", "", "", "=SUM(E2:E3)")])  # fmt: skip
    path = office.root / "公式.xlsx"
    book.save(path)
    values_of_formulas(path, {"E2": "4100.5", "E4": "4900.5"})
    assert office.take(path) == 0, office.said
    assert "有 1 格是公式，取用的是算出的结果" in office.said
    assert office.row(MONTHS, "4100.50")["月份"] == "2023-08"


def test_a_formula_without_a_value_is_refused_with_what_to_do(office: Office) -> None:
    assert office.take(page_of([LINES, cell(NEW, 4, "=4000+100.5")])[0]) == 1
    assert "(E2): 金额：公式 =4000+100.5 还没有算出结果；请用 WPS 或 Excel 打开，保存一次" in office.said


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "#VALUE!"])
def test_error_values_are_refused(office: Office, error: str) -> None:
    assert office.take(page_of([LINES, cell(NEW, 4, error)])[0]) == 1
    assert f"(E2): 金额：这一格显示错误 {error}" in office.said
    book, _ = page_of([LINES, cell(NEW, 4, "=1/0")])
    path = office.root / "公式.xlsx"
    book.save(path)
    values_of_formulas(path, {"E2": error})
    assert office.take(path) == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [(450.0, "450.00"), (30, "30.00"), (0.1 + 0.2, "0.30"), (123456.70000000001, "123456.70"), (-12.5, "-12.50"),
     ("1,234.50", "1234.50"), ("￥30", "30.00"), ("30元", "30.00"), ("１２３", "123.00"), (" 88 ", "88.00"), (0, "0.00")],
)  # fmt: skip
def test_amounts_become_plain_amounts(office: Office, value: object, text: str) -> None:
    assert office.take(page_of([LINES, cell(NEW, 4, value)])[0]) == 0, office.said
    assert office.row(MONTHS, "2023-08")["金额"] == text


@pytest.mark.parametrize("value", [1.005, "三十", "30元/生", "1.234", True, dt.date(2023, 8, 1), dt.time(8, 30)])
def test_what_is_no_amount_is_refused_with_its_cell(office: Office, value: object) -> None:
    before = office.state()
    assert office.take(page_of([LINES, cell(NEW, 4, value)])[0]) == 1
    assert "[表1] (E2): 金额：" in office.said
    assert office.state() == before


def test_the_noise_of_binary_sums_is_taken_away_and_said(office: Office) -> None:
    book, _ = page_of([LINES, cell(NEW, 4, "=A1")])
    path = office.root / "误差.xlsx"
    book.save(path)
    values_of_formulas(path, {"E2": "4100.4999999999"})
    assert office.take(path) == 0, office.said
    assert "(E2): 4100.4999999999 → 4100.50（去掉表格软件计算的误差：4100.4999999999）" in office.said
    assert office.row(MONTHS, "2023-08")["金额"] == "4100.50"


def test_a_percentage_is_no_amount(office: Office) -> None:
    book, page = page_of([LINES, cell(NEW, 4, 0.15)])
    page["E2"].number_format = numbers.FORMAT_PERCENTAGE
    assert office.take(book) == 1
    assert "这一格是百分数 15%" in office.said


@pytest.mark.parametrize(
    ("value", "shown", "code"),
    [
        (30206, "General", "30206"),
        (206, "000000", "000206"),
        ("0371", "@", "0371"),
        ("4001.10", "@", "4001.10"),
        ("３０２", "@", "302"),
    ],
)
def test_codes_stay_as_they_are_shown(office: Office, value: object, shown: str, code: str) -> None:
    book, page = page_of([LINES, cell(NEW, 1, value)])
    page["B2"].number_format = shown
    assert office.take(book) == 0, office.said
    assert office.row(MONTHS, "2023-08")["科目"] == code


@pytest.mark.parametrize(
    ("value", "shown", "why"),
    [(4001.1, "General", "末尾的零可能已经丢失"), (1.23456789012345678e17, "General", "超过 15 位"),
     (7, '"F"00', "显示的却是别的内容"), (dt.date(2023, 1, 6), "m/d", "变成了日期"), ("1.23E+17", "@", "改写过的编号")],
)  # fmt: skip
def test_codes_that_a_spreadsheet_damaged_are_refused(office: Office, value: object, shown: str, why: str) -> None:
    book, page = page_of([LINES, cell(NEW, 1, value)])
    page["B2"].number_format = shown
    assert office.take(book) == 1
    assert "(B2): 科目：" in office.said
    assert why in office.said


@pytest.mark.parametrize(
    ("value", "shown", "month"),
    [("2023-08", "@", "2023-08"), (dt.date(2023, 8, 1), "yyyy-mm", "2023-08"), (dt.date(2023, 8, 1), 'yyyy"年"m"月"', "2023-08"),
     (dt.date(2023, 8, 1), "yyyy-mm-dd", "2023-08"), ("2023年8月", "@", "2023-08"), ("2023/8", "@", "2023-08"),
     (2023.08, "0.00", "2023-08")],
)  # fmt: skip
def test_months_are_read_from_dates_and_words(office: Office, value: object, shown: str, month: str) -> None:
    book, page = page_of([LINES, cell(NEW, 0, value)])
    page["A2"].number_format = shown
    assert office.take(book) == 0, office.said
    assert office.row(MONTHS, "4100.50")["月份"] == month


@pytest.mark.parametrize("value", [2023.1, dt.date(2023, 8, 15), 45139, "8月"])
def test_months_that_may_be_others_are_refused(office: Office, value: object) -> None:
    assert office.take(page_of([LINES, cell(NEW, 0, value)])[0]) == 1
    assert "(A2): 月份：" in office.said


@pytest.mark.parametrize("value", [dt.date(2023, 8, 31), HALF_PAST_NINE, "2023年8月31日", "2023/8/31"])
def test_days_are_read_from_real_dates_and_words(office: Office, value: object) -> None:
    assert office.take(page_of([BALANCE, ("库存校服", "资产", value, 12)])[0]) == 0, office.said
    assert office.row("finance/2023/balance.csv", "库存校服")["日期"] == "2023-08-31"


@pytest.mark.parametrize("value", [45169, dt.time(9, 30), "8/31/2023", True, "2023-02-30"])
def test_days_that_are_not_sure_are_refused(office: Office, value: object) -> None:
    assert office.take(page_of([BALANCE, ("库存校服", "资产", value, 12)])[0]) == 1
    assert "(C2): 日期：" in office.said


def test_dates_of_the_old_macintosh_calendar_are_the_days_that_are_shown(office: Office) -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book, page = page_of([BALANCE, ("库存校服", "资产", None, 12)])
    book.epoch = CALENDAR_MAC_1904
    page["C2"] = dt.date(2023, 8, 31)
    assert office.take(book) == 0, office.said
    assert office.row("finance/2023/balance.csv", "库存校服")["日期"] == "2023-08-31"


def test_truth_values_are_yes_and_no_only_where_that_is_asked(office: Office) -> None:
    assert office.take(page_of([FEES, cell(F09, 5, False)])[0]) == 0, office.said
    assert "(F2): False → 否（逻辑值改写成文字）" in office.said
    assert office.row(FILE, "F09")["是否自愿"] == "否"
    assert office.take(page_of([FEES, cell(F09, 9, True)])[0]) == 1
    assert "(J2): 备注：这一格是逻辑值 TRUE" in office.said


def test_choices_and_references_by_either_language_and_by_name(office: Office) -> None:
    school, _ = load(office.root)
    assert school
    called = {campus.id: campus.name for campus in school.school.campuses}
    row = (*cell(cell(F09, 2, "collected for a provider"), 5, "yes"), f"{called['ZX']}、BG")
    assert office.take(page_of([(*FEES, "适用校区"), row])[0]) == 0, office.said
    found = office.row(FILE, "F09")
    assert (found["收费性质"], found["是否自愿"], found["适用校区"]) == ("代收费", "是", "ZX;BG")
    assert "按名称换成编号" in office.said


def test_an_unknown_reference_is_refused_with_the_cell_of_the_sheet(office: Office) -> None:
    before = office.state()
    assert office.take(page_of([(*FEES, "适用校区"), (*F09, "ZZ")])[0]) == 1
    assert "[表1] (K2): 适用校区：“ZZ”" in office.said
    assert office.state() == before


@pytest.mark.parametrize(
    ("header", "place"),
    [
        (cell(FEES, 9, "备住"), "(J1): "),
        ((*FEES, "家长电话"), "(K1): "),
        ((*FEES, "收费项目"), "(K1): "),
        (FEES, "(K1): "),
    ],
)
def test_unknown_repeated_and_nameless_columns_with_data_are_refused(
    office: Office, header: tuple[str, ...], place: str
) -> None:
    before = office.state()
    assert office.take(page_of([header, (*cell(F09, 9, "按需"), "某某")])[0]) == 1
    assert f"[表1] {place}" in office.said
    assert office.state() == before


def test_an_unknown_column_without_data_and_notes_of_cells_are_left_out_and_said(office: Office) -> None:
    book, page = page_of([(*FEES, "领导批示"), F09])
    page["B2"].comment = Comment("问一下家长", "某某")
    assert office.take(book) == 0, office.said
    assert "“领导批示”这一列不属于这张登记表，没有取用" in office.said
    assert "有 1 条批注，没有取用" in office.said
    assert "问一下家长" not in "".join(content.decode("utf-8", "ignore") for content in office.state().values())


def test_repeated_titles_headings_and_examples_inside_of_the_table_are_left_out(office: Office) -> None:
    rows = [
        LINES,
        ("一、日常支出",),
        NEW,
        LINES,
        ("示例：2023-01", "1", "x", "支出", 1),
        ("2023-08", "30299", "维修费", "支出", 8),
    ]
    book, page = page_of(rows)
    page.merge_cells("A2:E2")
    assert office.take(book) == 0, office.said
    assert "取用 2 行" in office.said
    assert "这是表中间的小标题，没有取用：一、日常支出" in office.said
    assert "(A4): 这一行是重复的表头" in office.said
    assert "(A5): 这是示例行" in office.said


def test_all_mistakes_of_all_rows_are_told_at_once(office: Office) -> None:
    rows = [FEES, cell(cell(F09, 2, "收费"), 4, "贵"), cell(cell(F09, 0, "F 10"), 6, ""), cell(F09, 0, "F11")]
    assert office.take(page_of(rows)[0]) == 1
    for place in ("(C2)", "(E2)", "(A3)", "(G3)"):
        assert place in office.said
    assert "什么也没有写入：有 4 处退回" in office.said
    assert "取用 1 行，修正 0 格，退回 2 行" in office.said


def test_the_good_rows_alone_are_written_when_that_is_wanted(office: Office) -> None:
    rows = [FEES, cell(F09, 4, "贵"), cell(F09, 0, "F11")]
    assert office.take(page_of(rows)[0], "--partly") == 1
    assert {row["项目编号"] for row in office.rows(FILE)} >= {"F11"}
    assert "F09" not in {row["项目编号"] for row in office.rows(FILE)}


def test_formulas_as_text_are_refused_as_in_a_csv_file(office: Office) -> None:
    book, page = page_of([FEES, F09])
    page["J2"].value = '=HYPERLINK("x")'
    page["J2"].data_type = "s"
    assert office.take(book) == 1
    assert "(J2): 备注：" in office.said


@pytest.mark.parametrize("text", ["a\u202eb", "a\u200bb", "标\u00ad题", "x\ty"])
def test_characters_that_nobody_sees_never_reach_the_data(office: Office, text: str) -> None:
    office.take(page_of([FEES, cell(F09, 9, text)])[0])
    assert all(sign not in content.decode() for content in office.state().values() for sign in "\u202e\u200b\u00ad\t")


def test_a_long_text_is_refused(office: Office) -> None:
    assert office.take(page_of([FEES, cell(F09, 9, "长" * 2001)])[0]) == 1
    assert "(J2): 备注：" in office.said


def test_one_key_twice_in_the_sheet_is_refused(office: Office) -> None:
    assert office.take(page_of([FEES, F09, cell(F09, 1, "另一项")])[0]) == 1
    assert "(A3)" in office.said


def test_an_ambiguous_sheet_asks_for_its_register(office: Office) -> None:
    book, _ = page_of([("项目编号", "备注"), ("F03", "好")])
    assert office.take(book) == 1
    assert office.take(page_of([TOTALS, ("T3", "走读学生", "走读", 0, 5)])[0], "--register", "fee-totals") == 0, (
        office.said
    )


def test_an_empty_workbook_takes_nothing(office: Office) -> None:
    before = office.state()
    assert office.take(Workbook()) == 1
    assert "文件里没有一张工作表的表头和登记表相符" in office.said
    assert office.state() == before
