"""The finance rules on books made for the purpose: what they find, and what they leave alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from generator.locale import language
from generator.oversight.books import run
from generator.oversight.policy import policy
from generator.oversight.review import Review
from generator.problems import Severity
from generator.registers.finance.ledger import Ledger, ledger
from generator.registers.finance.rules import RULES
from tests.conftest import lines_of
from tests.finance.made import TODAY, asset, books, codes, line, made, of_sample, planned, sample, says, statement
from tests.published import first_days

FEB = statement("2023-02", "100.00", "50.00", "30.00", "120.00")
FEB_LINES = (line("2023-02", "4001", "收入", "50.00"), line("2023-02", "30201", "支出", "30.00"))
TERM = {
    "term": "t", "id": "t", "name": "学期", "registration": "2023-02-12", "start": "2023-02-13", "end": "2023-04-07",
}  # fmt: skip


def test_the_sample_trips_only_the_late_statement() -> None:
    found = of_sample().findings
    assert [(f.id, f.age, str(f.hit.closed)) for f in found] == [("FIN-06:2023/2023-05", 5, "2023-06-20")]
    assert found[0].explanation
    assert found[0].rule.severity is Severity.FINDING


def test_books_that_tie_trip_nothing() -> None:
    assert says(books(made("statements", FEB), made("lines", *FEB_LINES))) == []


def test_an_account_that_does_not_tie() -> None:
    wrong = FEB | {"closing": "120.01"}
    found = books(made("statements", wrong), made("lines", *FEB_LINES)).findings
    assert [f.rule.code for f in found] == ["FIN-01"]
    assert [p.column for p in found[0].hit.related] == [3, 4, 5]


def test_december_joins_january() -> None:
    december = statement("2023-12", "0.00", "0.00", "0.00", "10.00") | {"income": "10.00"}
    january = statement("2024-01", "9.99", "0.00", "0.00", "9.99")
    lines = made("lines", line("2023-12", "4001", "收入", "10.00"))
    assert codes(books(made("statements", december, january), lines, today=dt.date(2024, 2, 12))) == {"FIN-02"}
    assert (
        codes(
            books(
                made("statements", december, january | {"opening": "10.00", "closing": "10.00"}),
                lines,
                today=dt.date(2024, 2, 12),
            )
        )
        == set()
    )


def test_a_gap_of_months_is_a_missing_month_and_not_a_break_in_the_chain() -> None:
    april = statement("2023-04", "7.00", "0.00", "0.00", "7.00")
    assert says(books(made("statements", FEB, april), made("lines", *FEB_LINES))) == [("FIN-07", "2023-03")]


def test_a_statement_without_lines_and_lines_without_a_statement() -> None:
    assert says(books(made("statements", FEB))) == [("FIN-03", "2023/2023-02")] * 2
    assert says(books(made("lines", *FEB_LINES))) == [("FIN-03", "2023/2023-02")]
    assert says(books(made("statements", statement("2023-02", "5.00", "0.00", "0.00", "5.00")))) == []


def test_a_month_whose_statement_cannot_be_read_is_not_called_missing(school: Path) -> None:
    path = school / "data/finance/2023/statements.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("189897.90,报账员", "#REF!,报账员"), encoding="utf-8")
    (error,) = [line for line in lines_of(school) if " error[" in line]
    assert error.startswith("data/finance/2023/statements.csv:4:39 (E4): error[amount]")


def test_a_code_beside_its_part_counts_twice() -> None:
    lines = (*FEB_LINES[:1], line("2023-02", "30201", "支出", "10.00"), line("2023-02", "30201.01", "支出", "20.00"))
    assert says(books(made("statements", FEB), made("lines", *lines))) == [("FIN-03", "2023/2023-02/30201.01")]


def test_a_row_in_the_folder_of_another_year() -> None:
    lines = [row | {"year": "2022"} for row in FEB_LINES]
    found = books(made("statements", FEB), made("lines", *lines))
    assert codes(found) == {"FIN-03"}
    assert len(found.findings) == 2
    assert codes(books(made("budget", planned("drafts", "4001", "收入", "1.00")))) == {"FIN-03"}


SHEET = (
    asset("2023-02-28", "货币资金", "资产", "120.00"), asset("2023-02-28", "固定资产", "资产", "80.00"),
    asset("2023-02-28", "资产 总计：", "资产", "200.00"), asset("2023-02-28", "其他应付款", "负债", "50.00"),
    asset("2023-02-28", "累计盈余", "净资产", "150.00"), asset("2023-02-28", "负债和净资产总计", "净资产", "200.00"),
)  # fmt: skip


def sheet_codes(*rows: dict[str, str]) -> set[str]:
    """Return what is found with a balance sheet at the end of February."""
    return codes(books(made("statements", FEB), made("lines", *FEB_LINES), made("balance", *rows)))


def test_a_balance_sheet_with_totals_of_every_kind_balances() -> None:
    assert sheet_codes(*SHEET) == set()
    assert sheet_codes(*(row for row in SHEET if "总计" not in row["line"])) == set()


@pytest.mark.parametrize("at", range(len(SHEET)))
def test_a_balance_sheet_that_does_not_balance(at: int) -> None:
    rows = list(SHEET)
    rows[at] = rows[at] | {"amount": "119.99"}
    assert "FIN-04" in sheet_codes(*rows)


def test_a_subtotal_would_count_twice() -> None:
    assert "FIN-04" in sheet_codes(*SHEET, asset("2023-02-28", "流动资产合计", "资产", "120.00"))


def test_cash_at_the_end_of_the_month_is_the_closing_balance() -> None:
    moved = [
        row | {"amount": {"货币资金": "110.00", "固定资产": "90.00"}.get(row["line"], row["amount"])} for row in SHEET
    ]
    assert sheet_codes(*moved) == {"REC-01"}
    for name in ("银行存款（基本户）", "库存现金(食堂)"):
        renamed = [row | {"line": name if row["line"] == "货币资金" else row["line"]} for row in moved]
        assert sheet_codes(*renamed) == {"REC-01"}
    assert sheet_codes(*(row | {"date": "2023-02-15"} for row in moved)) == set()


def test_nothing_is_below_zero() -> None:
    overdrawn = statement("2023-02", "-1.00", "50.00", "50.00", "-1.00")
    lines = made("lines", FEB_LINES[0], line("2023-02", "30201", "支出", "50.00"))
    assert says(books(made("statements", overdrawn), lines)) == [("FIN-12", "2023/2023-02")] * 2
    assert sheet_codes(
        *SHEET, asset("2023-02-28", "存货", "资产", "-1.00"), asset("2023-02-28", "预付账款", "资产", "1.00")
    ) == {"FIN-12"}


def test_codes_and_kinds_follow_the_chart() -> None:
    lines = (
        line("2023-02", "4001", "收入", "50.00"),
        line("2023-02", "9999", "支出", "10.00"),
        line("2023-02", "4604", "支出", "20.00"),
    )
    assert says(books(made("statements", FEB), made("lines", *lines))) == [
        ("FIN-05", "2023/2023-02/4604"),
        ("FIN-05", "2023/2023-02/9999"),
    ]
    assert codes(books(made("budget", planned("2023", "8", "收入", "1.00")))) == {"FIN-05"}


def published(
    on: str, today: dt.date = TODAY, began: str = "2023-01-01", **more: str
) -> list[tuple[str, int | None, dt.date | None]]:
    """Return what is found of a February statement that was published first on a day, as of `today`."""
    these = books(
        made("statements", FEB | more),
        made("lines", *FEB_LINES),
        today=today,
        published={"2023/2023-02": on},
        began=began,
    )
    return [(f.rule.code, f.age, f.hit.closed) for f in these.findings]


def test_the_due_day_itself_is_in_time() -> None:
    assert published("2023-03-15") == []
    assert published("2023-03-16") == [("FIN-06", 1, dt.date(2023, 3, 16))]


def test_what_is_in_the_data_is_published_by_this_build_at_the_latest() -> None:
    assert published("2023-04-01", dt.date(2023, 3, 20)) == [("FIN-06", 5, dt.date(2023, 3, 20))]
    data = books(made("statements", FEB), made("lines", *FEB_LINES)).data
    for today, found in ((dt.date(2023, 3, 15), []), (dt.date(2023, 3, 17), [("FIN-06", dt.date(2023, 3, 17))])):
        review = Review(data, policy(data.school.policy), today, first_days("2023-01-01"))
        assert [(f.rule.code, f.hit.closed) for f in run(review, RULES).findings] == found


def test_a_september_statement_that_first_appears_in_december_is_late() -> None:
    september = statement("2026-09", "0.00", "0.00", "0.00", "0.00")
    these = books(
        made("statements", september),
        today=dt.date(2026, 12, 3),
        began="2026-09-01",
        published={"2026/2026-09": "2026-12-03"},
    )
    late, slow = these.findings
    assert (late.id, late.age, late.hit.since) == ("FIN-06:2026/2026-09", 49, dt.date(2026, 10, 15))
    assert slow.rule.code == "FIN-08"


def test_lateness_is_judged_only_where_it_can_be_known() -> None:
    late = {"on": "2023-06-01", "prepared_on": "2023-03-06"}
    assert [code for code, *_ in published(**late, began="2023-03-15")] == ["FIN-06", "FIN-08"]
    # The due day lies before the site, the twentieth working day (3 April) behind its beginning.
    assert [code for code, *_ in published(**late, began="2023-03-16")] == ["FIN-08"]
    assert [code for code, *_ in published(**late, began="2023-04-03")] == ["FIN-08"]
    assert published(**late, began="2023-04-04") == []


def test_nothing_is_late_at_a_school_that_never_had_a_site() -> None:
    april = statement("2023-04", "7.00", "0.00", "0.00", "7.00")
    data = books(made("terms", TERM), made("statements", FEB, april), made("lines", *FEB_LINES)).data
    found = run(Review(data, policy(data.school.policy), TODAY), RULES).findings
    assert [(f.id, f.hit.since) for f in found] == [("FIN-07:2023-03", TODAY)]


def test_a_missing_month_is_asked_for_from_the_day_on_which_the_site_began() -> None:
    files = (made("terms", TERM), made("statements", FEB), made("lines", *FEB_LINES))
    assert says(books(*files, began="2023-04-15")) == [("FIN-07", "2023-03"), ("FIN-07", "2023-04")]
    assert says(books(*files, began="2023-04-16")) == [("FIN-07", "2023-04")]
    assert says(books(*files, began="2023-06-01")) == []


def test_a_gap_between_two_statements_is_a_gap_and_no_older_than_the_site() -> None:
    april = statement("2023-04", "7.00", "0.00", "0.00", "7.00")
    files = (made("statements", FEB, april), made("lines", *FEB_LINES))
    for began, since, said in (
        ("2023-04-15", dt.date(2023, 4, 15), "应在2023年4月15日前公布"),
        ("2023-08-01", dt.date(2023, 8, 1), "前后月份的月报却都有"),
    ):
        (gap,) = books(*files, began=began).findings
        assert (gap.id, gap.hit.since, gap.hit.closed) == ("FIN-07:2023-03", since, None)
        assert said in language("zh").say(gap.hit.message)


def test_twenty_working_days() -> None:
    # Prepared on Monday 6 March 2023: the twentieth working day after it is Monday 3 April.
    last = dt.date(2023, 4, 3)
    assert published("2023-04-03", prepared_on="2023-03-06") == [("FIN-06", 19, last)]
    assert ("FIN-08", 1, dt.date(2023, 4, 4)) in published("2023-04-04", prepared_on="2023-03-06")


def test_unknown_holidays_are_no_breach() -> None:
    files, late = (made("statements", FEB), made("lines", *FEB_LINES)), {"2023/2023-02": "2023-07-01"}
    assert codes(books(*files, published=late)) == {"FIN-06", "FIN-08"}
    assert codes(books(*files, published=late, holidays=False)) == {"FIN-06"}


def test_a_month_of_a_term_is_missing_after_its_due_day() -> None:
    files = (made("terms", TERM), made("statements", FEB), made("lines", *FEB_LINES))
    assert says(books(*files, today=dt.date(2023, 4, 15))) == []
    assert says(books(*files, today=dt.date(2023, 4, 16))) == [("FIN-07", "2023-03")]
    assert says(books(*files, today=dt.date(2023, 5, 16))) == [("FIN-07", "2023-03"), ("FIN-07", "2023-04")]


def fund(*rows: tuple[str, str, str], carried: str = "") -> list[tuple[str, str, dt.date | None]]:
    """Return what is found of a fund with lines (month, kind, amount)."""
    budget = planned("2023", "4001", "收入", "0.00", fund="膳食") | ({"carried": carried} if carried else {})
    lines = [
        line(month, "4001" if kind == "收入" else "30308", kind, amount, fund="膳食", note="是")
        for month, kind, amount in rows
    ]
    found = books(made("budget", budget), made("lines", *lines)).findings
    return [(f.rule.code, f.hit.subject, f.hit.closed) for f in found if f.rule.code == "FIN-09"]


def test_a_fund_is_spent_only_as_far_as_it_goes() -> None:
    assert fund(("2023-02", "收入", "10.00"), ("2023-03", "支出", "10.00")) == []
    assert fund(("2023-02", "支出", "10.00"), ("2023-03", "收入", "9.99")) == [("FIN-09", "2023-02/膳食", None)]
    assert fund(("2023-02", "支出", "10.00"), ("2023-04", "收入", "10.00")) == [
        ("FIN-09", "2023-02/膳食", dt.date(2023, 4, 30))
    ]
    assert fund(("2023-02", "支出", "10.00"), carried="10.00") == []


def test_a_fund_that_is_carried_over_below_zero_into_a_month_without_lines() -> None:
    budget = made("budget", planned("2023", "4001", "收入", "0.00", fund="膳食", carried="-3.00"))
    these = books(budget, made("statements", statement("2023-02", "5.00", "0.00", "0.00", "5.00")))
    assert says(these) == [("FIN-09", "2023-02/膳食")]


def test_a_fund_that_the_budget_does_not_know_and_a_line_that_left_its_fund() -> None:
    budget = made("budget", planned("2023", "30308", "支出", "30.00", fund="营养膳食补助"))
    typo = made("lines", line("2023-02", "30308", "支出", "0.00", fund="营养膳食补肋"))
    assert ("FIN-09", "2023/营养膳食补肋") in says(books(budget, typo))
    outside = made("lines", line("2023-02", "30308", "支出", "1.00"))
    assert ("FIN-09", "2023/2023-02/30308") in says(books(budget, outside))


def test_what_a_fund_carries_over_is_what_it_had() -> None:
    lines = [line("2023-12", "4001", "收入", "10.00", fund="膳食")]
    statements = made(
        "statements",
        statement("2023-12", "0.00", "10.00", "0.00", "10.00"),
        statement("2024-01", "10.00", "0.00", "0.00", "10.00"),
    )
    first = planned("2023", "4001", "收入", "10.00", fund="膳食")
    for carried, expected in (("10.00", set()), ("9.00", {"FIN-02"})):
        budget = made("budget", first, planned("2024", "4001", "收入", "10.00", fund="膳食", carried=carried))
        assert codes(books(statements, budget, made("lines", *lines), today=dt.date(2024, 2, 12))) == expected


def months_of(amounts: list[str], **last: str) -> set[str]:
    """Return what is found with one line a month from January on."""
    lines = [
        line(f"2023-{n:02}", "30206", "支出", amount, **(last if n == len(amounts) else {}))
        for n, amount in enumerate(amounts, 1)
    ]
    return codes(books(made("lines", *lines))) - {"FIN-03"}


def test_a_month_far_from_the_months_before_needs_a_note() -> None:
    usual = ["5000.00"] * 6
    assert months_of([*usual, "7000.01"]) == {"FIN-10"}
    assert months_of([*usual, "7000.00"]) == set(), "the floor is not exceeded"
    assert months_of([*usual, "7000.01"], note="开学") == set()
    assert months_of([*usual[:5], "7000.01"]) == set(), "five months are too few to compare with"
    assert months_of([*["10000.00"] * 6, "13000.00"]) == set(), "thirty per cent are not more than thirty per cent"


def test_only_the_month_that_goes_beyond_the_budget_is_asked() -> None:
    budget = made("budget", planned("2023", "30206", "支出", "10000.00"))
    lines = made("lines", *(line(f"2023-0{n}", "30206", "支出", "5000.00") for n in range(1, 6)))
    assert [s for s in says(books(budget, lines)) if s[0] == "FIN-10"] == [("FIN-10", "2023/2023-03/30206")]


@pytest.mark.parametrize(
    ("posts", "found"),
    [
        ({"prepared_by": "报账员", "reviewed_by": "校长"}, False), ({"prepared_by": "报账员", "reviewed_by": "报账员"}, True),
        ({"prepared_by": "报账员", "reviewed_by": "出纳员"}, True), ({"prepared_by": "报账员", "reviewed_by": ""}, True),
        ({"prepared_by": "", "reviewed_by": "校长"}, True), ({"prepared_by": "", "reviewed_by": ""}, True),
    ],
)  # fmt: skip
def test_two_posts_sign(posts: dict[str, str], found: bool) -> None:
    row = {k: v for k, v in (FEB | posts).items() if v}
    assert codes(books(made("statements", row), made("lines", *FEB_LINES))) == ({"FIN-13"} if found else set())


def test_the_ledger_is_made_once() -> None:
    data = sample()
    assert ledger(data) is ledger(data)
    assert isinstance(ledger(data), Ledger)
