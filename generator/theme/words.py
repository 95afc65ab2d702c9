"""The English words that the frame's partials say; the hook hands over each with its translation."""

from __future__ import annotations

WORDS = (
    "Skip to content",
    "Sections",
    "All sections",
    "More",
    "Home",
    "Dark",
    "Light",
    "Print",
    "Sample data",
    "The figures on this site are made up to show how it works.",
    "How to check us",
    "Source and history",
    "Built from",
    "On this page",
    "In this section",
    "Open data, free to use with the source named",
    "Report a wrong figure",
    "Check code",
    "What it is good for",
)
