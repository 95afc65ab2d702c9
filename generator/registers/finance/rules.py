"""The rules of the finance register, as they are explained to people."""

from __future__ import annotations

from generator.locale import N_
from generator.oversight.policy import Mark
from generator.oversight.rule import Document, Rule
from generator.problems import Severity
from generator.registers.finance.rules_budget import codes_in_chart, differences_have_notes, funds_keep_their_purpose
from generator.registers.finance.rules_integrity import (
    cash_reconciles,
    lines_tie,
    month_ties,
    months_join,
    nothing_below_zero,
    sheet_balances,
)  # fmt: skip
from generator.registers.finance.rules_timely import (
    disclosed_in_time,
    no_month_missing,
    published_by_due_day,
    two_posts,
)

BOOKS = Document(
    "《会计法》第十七条：账实相符、账证相符、账账相符、账表相符",
    "Accounting Law, art. 17: books, vouchers, statements and things agree",
    Mark.PRIMARY,
)
DUTIES = Document(
    "《会计法》第三十七条：内部稽核和出纳的岗位分离",
    "Accounting Law, art. 37: internal review, and what a cashier may not do",
    Mark.PRIMARY,
)
IDENTITIES = Document(
    "政府会计制度的会计等式：资产－负债＝净资产",
    "Identities of the Government Accounting System: assets − liabilities = net assets",
    Mark.OFFICIAL,
)
CHART = Document(
    "政府会计制度（财会〔2017〕25号）会计科目和支出经济分类科目",
    "Accounts of the Government Accounting System, [2017] No. 25, and the classes of expenditure",
    Mark.MEMORY,
)
PLAN = Document(
    "学校后勤工作计划：账目定期公布", "the school’s logistics plan: accounts are published regularly", Mark.PLAN
)
BY_THE_15TH = Document(
    "铜陵市学校账目每月15日前公示的做法", "practice in Tongling: accounts public by the 15th", Mark.OFFICIAL
)
DISCLOSURE = Document(
    "《政府信息公开条例》第二十六条、第五十五条",
    "Regulations on Open Government Information, arts. 26 and 55",
    Mark.PRIMARY,
)
EARMARKED = Document(
    "营养改善计划资金要求：专款专用、及时结算、年度平衡",
    "Requirements of the nutrition programme: money for its purpose only, settled at once, balanced over the year",
    Mark.MIRROR,
)
VARIANCE = Document(
    "参照台湾地区学校基金“执行差异说明”的做法", "after the variance notes of Taiwan’s school funds", Mark.MEMORY
)

RULES: tuple[Rule, ...] = (
    Rule(
        "FIN-01", Severity.ERROR, N_("A month’s account ties"),
        N_(
            "What was there at the beginning of the month, plus what came in, minus what went out, is what "
            "is there at its end."
        ),
        N_(
            "If this sum is wrong, at least one of the four figures is wrong, and nothing else on the page "
            "can be believed."
        ),
        N_("Compare the four figures with the ledger and correct the one that is wrong."),
        (BOOKS,), month_ties, page="finance/",
    ),
    Rule(
        "FIN-02", Severity.ERROR, N_("A month begins with what the month before left"),
        N_(
            "The closing balance of a month is the opening balance of the next, from December to January "
            "too. The same holds for restricted funds that are carried over."
        ),
        N_("Money cannot appear or vanish between two months. A break in the chain is where money is lost from sight."),
        N_(
            "Correct the amount that differs from the ledger. If an earlier month was corrected, carry the "
            "change through to all later months."
        ),
        (BOOKS,), months_join, page="finance/",
    ),
    Rule(
        "FIN-03", Severity.ERROR, N_("The lines add up to the totals"),
        N_(
            "The lines of a month add up to its total income and its total expense; no amount counts twice; "
            "each row lies in the folder of its year."
        ),
        N_("Totals that nobody can add up again cannot be checked by parents, teachers or auditors."),
        N_("Add up the lines again and correct the line or the total that is wrong."),
        (BOOKS,), lines_tie, page="finance/",
    ),
    Rule(
        "FIN-04", Severity.ERROR, N_("The balance sheet balances"),
        N_("At each date assets are liabilities plus net assets, and each printed total is the sum of its lines."),
        N_("A balance sheet that does not balance contains a mistake, whatever else it says."),
        N_("Correct the line or the total that is wrong."),
        (IDENTITIES,), sheet_balances, page="finance/",
    ),
    Rule(
        "FIN-05", Severity.ERROR, N_("Codes belong to the chart of accounts"),
        N_(
            "Each code stands in the chart of accounts, and a code for income is not used for expense or the "
            "other way round. A part such as 4001.01 belongs to the code before the full stop."
        ),
        N_("Only with common codes can one month be compared with another and one school with the next."),
        N_("Look the code up in the chart of accounts and correct the code or the kind."),
        (CHART,), codes_in_chart, page="finance/",
    ),
    Rule(
        "FIN-06", Severity.FINDING, N_("The monthly statement is published by the due day"),
        N_(
            "The statement of a month is public by the due day of the following month. A statement that came "
            "late stays on record with the number of days. The day of publication is computed from the public "
            "record and never typed; what was due before this site began is not judged."
        ),
        N_(
            "Accounts that come months later cannot be asked about any more. Publishing regularly is a "
            "promise to parents."
        ),
        N_(
            "Enter the statement as soon as it is ready; it is published by itself. If it was late, explain why in "
            "explanations.csv; the explanation is shown beside the finding."
        ),
        (PLAN, BY_THE_15TH), published_by_due_day, ("statement-due-day",), "finance/",
    ),
    Rule(
        "FIN-07", Severity.FINDING, N_("No month is missing"),
        N_(
            "Each month of a term, from the month of its first school day to that of its last, and each month "
            "between two statements has a statement once its due day has passed. Months due before this site began "
            "are asked for only where they leave a gap between two statements."
        ),
        N_("A missing month breaks the chain of balances, and what happened in it stays unknown."),
        N_("Add the month to statements.csv and its lines to lines.csv."),
        (PLAN,), no_month_missing, ("statement-due-day",), "finance/",
    ),
    Rule(
        "FIN-08", Severity.FINDING, N_("Statements are disclosed in the time that the law gives"),
        N_(
            "A statement is public within the legal number of working days after it was prepared. Public "
            "holidays and make-up working days count as the State Council set them; where they are not "
            "known, or where the time ended before this site began, nothing is said."
        ),
        N_(
            "Public bodies disclose information within a fixed time after it comes into being, and schools "
            "are public bodies."
        ),
        N_("Publish each statement as soon as it has been reviewed, and enter the day on which it was prepared."),
        (DISCLOSURE,), disclosed_in_time, ("disclosure-working-days",), "finance/",
    ),
    Rule(
        "FIN-09", Severity.FINDING, N_("Money for one purpose is spent on that purpose"),
        N_(
            "Of each restricted fund no more is spent than was received and carried over; each fund stands "
            "in the budget; what is planned with a fund is entered with it."
        ),
        N_(
            "Subsidies for meals or for boarders are for those pupils. They may not fill other gaps, and "
            "other money may not be hidden behind them."
        ),
        N_(
            "Return what was taken from other money, or enter the receipt, the balance carried over or the "
            "name of the fund that is missing."
        ),
        (EARMARKED,), funds_keep_their_purpose, page="finance/",
    ),
    Rule(
        "FIN-10", Severity.WARNING, N_("Large differences have a note"),
        N_(
            "An amount that goes beyond the year’s budget, or that lies far from the median of the months "
            "before, has a note. Small differences need none."
        ),
        N_("A difference is not a fault, but people will ask about it. A note answers once for all."),
        N_("Say in a few words in the column “Note” why the amount is unusual."),
        (VARIANCE,), differences_have_notes, ("variance-percent", "variance-floor", "variance-months"), "finance/",
    ),
    Rule(
        "FIN-12", Severity.ERROR, N_("There is never less than nothing"),
        N_("No balance, no cash and no stock is below zero."),
        N_(
            "Nobody can pay out more cash than there is: a negative amount shows an income that was not "
            "entered or an expense that was entered twice."
        ),
        N_("Look for the entry that is missing or that stands twice."),
        (BOOKS,), nothing_below_zero, page="finance/",
    ),
    Rule(
        "FIN-13", Severity.FINDING, N_("Two posts stand behind each statement"),
        N_(
            "The post that prepares a statement is not the one that reviews it, both are named, and the "
            "cashier does not review."
        ),
        N_("Four eyes see more than two, and nobody should have to vouch alone for other people’s money."),
        N_("Let a second post review the statement and enter both posts."),
        (DUTIES,), two_posts, page="finance/",
    ),
    Rule(
        "REC-01", Severity.ERROR, N_("The cash on the balance sheet is the balance of the month"),
        N_(
            "The cash and bank deposits on a balance sheet at the end of a month are the closing balance of "
            "that month’s statement."
        ),
        N_("Two papers about the same money must say the same. This is where an account meets what is really there."),
        N_("Count the cash and compare the bank statement, then correct the figure that is wrong."),
        (BOOKS,), cash_reconciles, page="finance/",
    ),
)  # fmt: skip
