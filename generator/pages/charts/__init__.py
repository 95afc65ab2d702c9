"""Charts: geometry computed here with exact numbers, markup in ``templates/charts``; no script, no library.

Widths are percentages of the space there is and heights are pixels, so the text of a chart never scales.
"""

from generator.pages.charts.bars import BudgetBars, Counts, Progress, budget_bars, progress
from generator.pages.charts.flow import Flow, flow
from generator.pages.charts.series import History, Month, Months, Sparkline, history, months, sparkline

__all__ = [
    "BudgetBars", "Counts", "Flow", "History", "Month", "Months", "Progress", "Sparkline",
    "budget_bars", "flow", "history", "months", "progress", "sparkline",
]  # fmt: skip
