"""One made-up row for each register, in both languages: what the sheet “示例” of a template shows.

Its first cell begins with “示例：”, and a row that begins so is never imported, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.records import Sheet
from generator.spreadsheets.words import choices, kind_of, table_titles

MARKS = ("示例：", "示例:", "Example: ", "Example:")
"""What the first cell of an example begins with; the first of a language is written, all are known."""

TEXTS: Mapping[str, tuple[str, str]] = {
    "duties.slot": ("logistics-office", "logistics-office"),
    "duties.name": ("后勤工作", "Logistics"),
    "duties.campus": ("", ""),
    "duties.holder": ("后勤主任", "Head of logistics"),
    "duties.effective_to": ("", ""),
    "fees.id": ("F03", "F03"),
    "fees.item": ("作业本费", "Exercise books"),
    "fees.unit": ("元/生·期", "yuan a pupil and term"),
    "fees.amount": ("15.00", "15.00"),
    "fees.nature": ("代收费", "collected for a provider"),
    "fees.times": ("", ""),
    "fees.scope": ("自愿由学校代购的学生", "pupils who let the school buy"),
    "fees.boarding": ("", ""),
    "fees.campuses": ("", ""),
    "fees.basis": ("发改价格〔2010〕1619号", "发改价格〔2010〕1619号"),
    "fees.basis_url": ("", ""),
    "fees.approving_body": ("县发改局", "County development and reform bureau"),
    "fees.effective_from": ("2022-09-01", "2022-09-01"),
    "fees.effective_to": ("", ""),
    "fees.waiver": ("困难学生由学校免费提供", "free for pupils in need"),
    "fees.refund": ("期末据实结算，多退少补", "settled at cost at the end of term"),
    "fees.note": ("", ""),
    "fee_totals.id": ("T1", "T1"),
    "fee_totals.name": ("走读学生", "Day pupils"),
    "fee_totals.grade": ("", ""),
    "fee_totals.campus": ("", ""),
    "fee_totals.compulsory": ("0.00", "0.00"),
    "fee_totals.voluntary": ("397.00", "397.00"),
    "collections.payers": ("695", "695"),
    "collections.collected": ("10425.00", "10425.00"),
    "collections.cost": ("10147.00", "10147.00"),
    "collections.refunded": ("278.00", "278.00"),
    "collections.settled_on": ("2023-07-05", "2023-07-05"),
    "collections.note": ("", ""),
    "budget.code": ("30206", "30206"),
    "budget.item": ("电费", "Electricity"),
    "budget.kind": ("支出", "expense"),
    "budget.amount": ("48000.00", "48000.00"),
    "budget.fund": ("", ""),
    "budget.carried": ("", ""),
    "budget.note": ("", ""),
    "lines.code": ("30206", "30206"),
    "lines.item": ("电费", "Electricity"),
    "lines.kind": ("支出", "expense"),
    "lines.amount": ("4637.00", "4637.00"),
    "lines.fund": ("", ""),
    "lines.note": ("", ""),
    "statements.opening": ("185322.90", "185322.90"),
    "statements.income": ("700009.00", "700009.00"),
    "statements.expense": ("695434.00", "695434.00"),
    "statements.closing": ("189897.90", "189897.90"),
    "statements.prepared_by": ("报账员", "Bookkeeper"),
    "statements.reviewed_by": ("校长", "Headteacher"),
    "statements.prepared_on": ("2023-03-05", "2023-03-05"),
    "balance.line": ("银行存款", "Bank deposits"),
    "balance.date": ("2023-07-31", "2023-07-31"),
    "balance.amount": ("189897.90", "189897.90"),
    "calendar.id": ("c02-1", "c02-1"),
    "calendar.when": ("2023-02", "2023-02"),
    "calendar.action": ("开学准备：检查维修", "Checks and repairs before term"),
    "calendar.owner": ("logistics-office", "logistics-office"),
    "calendar.campuses": ("", ""),
    "calendar.outcome": ("", ""),
    "calendar.completed_on": ("", ""),
    "corrections.id": ("C-001", "C-001"),
    "corrections.date": ("2023-05-15", "2023-05-15"),
    "corrections.sheet": ("lines", "lines"),
    "corrections.record": ("2023/2023-04/30206", "2023/2023-04/30206"),
    "corrections.field": ("金额", "Amount"),
    "corrections.old": ("4367.00", "4367.00"),
    "corrections.new": ("4637.00", "4637.00"),
    "corrections.reason": ("录入时数字颠倒", "digits swapped when entered"),
    "corrections.approved_by": ("校长", "Headteacher"),
    "explanations.finding": ("FIN-06:2023/2023-05", "FIN-06:2023/2023-05"),
    "explanations.date": ("2023-06-20", "2023-06-20"),
    "explanations.by": ("后勤主任", "Head of logistics"),
    "explanations.text": (
        "报账员培训外出，月报推迟五天公布",
        "The bookkeeper was away; the account came five days late",
    ),
    "explanations.until": ("2023-12-31", "2023-12-31"),
}


def example(sheet: Sheet, name: str, language: str) -> str:
    """Return what a column of a register could hold: the made-up value, else that of its kind or the first choice."""
    first = 0 if language == "zh" else 1
    key = f"{sheet.name}.{name}"
    if key in TEXTS:
        return TEXTS[key][first]
    words = choices(sheet.record, name)
    title = next(title for title in table_titles(sheet.record) if title.name == name)
    if kind_of(title) == "choice" and words:
        return words[0].label(language)
    return str(getattr(title.kind, "example", ""))


def example_row(sheet: Sheet, language: str) -> tuple[str, ...]:
    """Return the example of a register as its cells, the first of them marked."""
    cells = [example(sheet, title.name, language) for title in table_titles(sheet.record)]
    mark = MARKS[0] if language == "zh" else MARKS[2]
    return (mark + cells[0], *cells[1:])


def is_example(text: str) -> bool:
    """Return whether a row whose first filled cell holds this text is an example, and so no data."""
    return text.lstrip().startswith(MARKS)
