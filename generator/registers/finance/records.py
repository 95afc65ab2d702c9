"""Budget, monthly accounts and balance sheet of one year."""

from __future__ import annotations

from generator.locale import Message
from generator.records import Record, Retired, Sheet, column
from generator.values.choice import Choice
from generator.values.dates import Day, MonthValue
from generator.values.money import Money
from generator.values.text import Code, Text

COMPUTED = Message("the day of publication is computed from the ledger")


class Kind(Choice):
    """Money in or money out."""

    INCOME = "income", "收入"
    EXPENSE = "expense", "支出"


class Side(Choice):
    """The side of the balance sheet."""

    ASSET = "asset", "资产"
    LIABILITY = "liability", "负债"
    NET = "net assets", "净资产"


class BudgetLine(Record):
    """What is planned for one code in one year."""

    year: Code = column("年度", "Year", path=True)
    code: Code = column("科目", "Code", key=True)
    item: Text = column("项目", "Item")
    kind: Kind = column("类别", "Kind")
    amount: Money = column("预算金额", "Budget")
    fund: Text | None = column("专款", "Restricted fund", default=None, speaking=True)
    carried: Money | None = column(
        "上年结转",
        "Carried over",
        default=None,
        speaking=True,
        about=(
            "这项专款从上年结转的余额，有专款的行才填",
            "what is left of this restricted fund from the year before; only for lines with a fund",
        ),
    )
    note: Text | None = column("备注", "Note", default=None)


class StatementLine(Record):
    """What came in or went out under one code in one month."""

    year: Code = column("年度", "Year", path=True)
    month: MonthValue = column("月份", "Month", key=True)
    code: Code = column("科目", "Code", key=True)
    item: Text = column("项目", "Item")
    kind: Kind = column("类别", "Kind")
    amount: Money = column("金额", "Amount")
    fund: Text | None = column("专款", "Restricted fund", default=None, speaking=True)
    note: Text | None = column("说明", "Note", default=None)


class Statement(Record):
    """The account of one month: opening + income − expense = closing; signed by posts, not by names."""

    year: Code = column("年度", "Year", path=True)
    month: MonthValue = column("月份", "Month", key=True)
    opening: Money = column("期初余额", "Opening balance")
    income: Money = column("收入合计", "Total income")
    expense: Money = column("支出合计", "Total expense")
    closing: Money = column("期末余额", "Closing balance")
    prepared_by: Text | None = column("编制", "Prepared by", default=None, header=True)
    reviewed_by: Text | None = column("审核", "Reviewed by", default=None, header=True)
    prepared_on: Day | None = column("编制日期", "Prepared on", default=None)
    retired = (Retired("published_on", "公布日期", "Published on", since="0.1.0", why=COMPUTED),)


class BalanceLine(Record):
    """One line of the balance sheet at one date."""

    year: Code = column("年度", "Year", path=True)
    line: Text = column("报表项目", "Line", key=True)
    side: Side = column("类别", "Side")
    date: Day = column("日期", "Date", key=True)
    amount: Money = column("金额", "Amount")


SHEETS = (
    Sheet("budget", BudgetLine, "finance/{year}/budget", ("预算", "Budget")),
    Sheet("lines", StatementLine, "finance/{year}/lines", ("收支明细", "Statement lines")),
    Sheet("statements", Statement, "finance/{year}/statements", ("月报", "Monthly statements")),
    Sheet("balance", BalanceLine, "finance/{year}/balance", ("资产负债表", "Balance sheet")),
)
