"""One slip is told once, and what only looks like one is told cell by cell."""

from __future__ import annotations

from generator.dataset import load_file
from generator.locale import Message, language
from generator.problems import MANY, SHOWN, Place, Problem, Severity, as_text, folded, shown
from generator.reading.files import copied_from
from generator.registers.fees.records import SHEETS

FEES = next(sheet for sheet in SHEETS if sheet.name == "fees")
HEADER = "项目编号,收费项目,收费性质,计费单位,收费标准,是否自愿,收费对象,收费依据,批准机关,备注\n"
FILE = "data/terms/2023-spring/fees.csv"


def told(*rows: str) -> list[tuple[str, str]]:
    """Return code and cell of everything that is wrong with these rows of fees."""
    text = HEADER + "".join(row + "\n" for row in rows)
    _, problems = load_file(text.encode(), FILE, FEES, {"term": "2023-spring"})
    return [(problem.code, problem.place.cell) for problem in problems]


def row(number: int, unit: str = "元/生", amount: str = "1.00", voluntary: str = "是", note: str = "") -> str:
    return f"F{number},费{number},免费,{unit},{amount},{voluntary},学生,,,{note}"


def test_columns_that_changed_places_are_told_once() -> None:
    assert told(*(row(n, "1.00", "元/生") for n in range(3))) == [("swapped", "E2")]


def test_two_rows_prove_no_exchange() -> None:
    assert told(*(row(n, "1.00", "元/生") for n in range(2))) == [("amount", "E2"), ("amount", "E3")]


def test_one_right_cell_disproves_an_exchange() -> None:
    assert told(row(1), *(row(n, "1.00", "元/生") for n in (2, 3, 4))) == [("amount", f"E{n}") for n in (3, 4, 5)]


def test_a_column_that_is_wrong_and_fits_nowhere_is_told_cell_by_cell() -> None:
    assert told(*(row(n, amount="15元") for n in range(3))) == [("amount", f"E{n}") for n in (2, 3, 4)]


def test_beside_an_exchange_everything_else_is_told_too() -> None:
    wrong = [row(n, "1.00", "元/生", voluntary="可以" if n else "是") for n in range(3)]
    assert told(*wrong) == [("swapped", "E2"), ("choice", "F3"), ("choice", "F4")]


def test_cells_that_were_merged_are_told_once_for_each_run() -> None:
    rows = [row(1), row(2, voluntary=""), row(3, voluntary=""), row(4), row(5, voluntary=""), row(6, voluntary="")]
    assert told(*rows) == [("missing", "F3"), ("missing", "F6")]


def test_a_single_empty_cell_and_empty_cells_at_the_top_were_not_merged() -> None:
    assert told(row(1), row(2, voluntary=""), row(3)) == [("missing", "F3")]
    assert told(row(1, voluntary=""), row(2, voluntary="")) == [("missing", "F2"), ("missing", "F3")]


def test_a_row_from_which_a_cell_was_deleted_is_told_once() -> None:
    assert told(row(1), "F2,费2,免费,1.00,是,学生,示例,机关,备注,") == [("moved", "E3")]


def test_a_row_into_which_a_cell_was_inserted_is_told_once_at_that_cell() -> None:
    assert told(row(1), "F2,费2,,免费,元/生,1.00,是,学生,示例,机关") == [("moved", "C3")]


def test_two_wrong_cells_of_a_row_are_no_row_that_moved() -> None:
    assert told(row(1, amount="15元", voluntary="可以")) == [("amount", "E2"), ("choice", "F2")]


def test_a_row_in_one_cell_is_told_once_with_and_without_the_empty_cells_behind_it() -> None:
    pasted = f'"{row(2)}"'
    assert told(row(1), pasted + "," * 9) == [("squeezed", "A3")]
    assert told(row(1), pasted) == [("squeezed", "A3")]


def test_a_code_with_one_comma_and_a_note_with_many_are_no_squeezed_rows() -> None:
    assert ("squeezed", "A2") not in told('"F1,F2"' + "," * 9)
    assert told(row(1, note='"甲,乙,丙,丁"')) == []


def test_marks_of_a_merge_are_all_that_is_told_of_a_file() -> None:
    assert told(row(1, amount="15元"), "<<<<<<< HEAD", row(2), "=======", row(2), ">>>>>>> 别处") == [("merge", "A3")]


def test_a_line_under_a_heading_is_no_mark_of_a_merge() -> None:
    assert told("=======", row(1)) == [("row", "A2")]


def problems(count: int, message: str = "“{value}” is not a date") -> list[Problem]:
    """Return problems in the cells E2, E3 … that differ in their values."""
    return [
        Problem(
            Place(FILE, n, 9, f"E{n}"), "date", Message(message, value=str(n)), Message("correct the day that is wrong")
        )
        for n in range(2, count + 2)
    ]


def test_more_than_ten_equal_problems_of_a_column_are_one_line_that_counts_the_others() -> None:
    assert folded(problems(MANY)) == problems(MANY)
    (one,) = folded(problems(MANY + 1))
    assert as_text(one, language("zh")) == (
        f"{FILE}:2:9 (E2): error[date]: “2”不是日期；请改正写错的日期；这一列还有 10 格也是这样：E3、E4、E5、E6、E7……"
    )
    assert (one.place, one.code, one.severity, one.value) == (problems(1)[0].place, "date", Severity.ERROR, None)


def test_other_columns_sentences_and_files_are_not_folded_in() -> None:
    other = Problem(Place(FILE, 5, 20, "F5"), "date", Message("“{value}” is not a date", value="x"))
    elsewhere = Problem(Place("data/duties.csv", 5, 9, "E5"), "date", Message("“{value}” is not a date", value="x"))
    found = folded([*problems(MANY + 1), *problems(2, "“{value}” is not a month"), other, elsewhere])
    assert len(found) == 1 + 2 + 2


def test_problems_of_whole_files_are_never_folded() -> None:
    whole = [
        Problem(Place(f"data/{n}.csv"), "file-unknown", Message("no register is kept in this file")) for n in range(20)
    ]
    assert folded(whole) == whole


def test_a_long_value_is_cut_but_never_within_a_number() -> None:
    assert shown("字" * 60) == "字" * SHOWN + "…"
    assert shown("字" * (SHOWN - 8) + "13812345678") == "字" * (SHOWN - 8) + "…"
    assert shown("1" * 90) == "1111…"


def test_copies_are_known_by_their_names() -> None:
    names = (
        "fees(1).csv",
        "副本fees.csv",
        "fees - 副本.csv",
        "fees copy.csv",
        "复件 fees.csv",
        "fees（2）.csv",
        "fees-副本(1).csv",
    )
    assert {copied_from(name) for name in names} == {"fees.csv"}
    assert [copied_from(name) for name in ("fees.csv", "copyright.csv", "(1).csv", "2023.csv")] == [None] * 4
