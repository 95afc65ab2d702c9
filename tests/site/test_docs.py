"""The hand-written pages say the same in both languages, and what they name exists."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest

from generator.build import check
from generator.locale import language
from generator.problems import as_text
from generator.site.project import CHECKOUT
from generator.site.sections import GUIDES, HAND_PAGES, SECTIONS

CHECKING = {"verify.py", "ledger.jsonl", "data/facts.csv"}
"""Files of every site by which it is checked."""


def source(code: str, page: str) -> str:
    return (CHECKOUT / "docs" / code / f"{page}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [*HAND_PAGES, *GUIDES])
def test_both_languages_have_the_same_parts(page: str) -> None:
    def outline(code: str) -> list[str]:
        return re.findall(r"^(#+|\d\.|\||- )", source(code, page), re.MULTILINE)

    assert outline("zh") == outline("en")


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("page", [*HAND_PAGES, *GUIDES])
def test_links_lead_to_sections(code: str, page: str) -> None:
    links = re.findall(r"(?<!!)\[[^\]]*\]\(([^)]*)\)", source(code, page))
    known = {section.url for section in SECTIONS} | {f"{page}/" for page in (*HAND_PAGES, *GUIDES)} | CHECKING
    assert {urljoin(f"https://site/{page}/", link).removeprefix("https://site/") for link in links} <= known


@pytest.mark.parametrize("code", ["zh", "en"])
def test_the_guide_shows_the_message_that_the_program_prints(code: str, school: Path) -> None:
    fees = school / "data/terms/2023-spring/fees.csv"
    fees.write_text(fees.read_text(encoding="utf-8").replace("期,15.00,", "期,30元/生,"), encoding="utf-8")
    (line,) = (as_text(p, language(code)) for p in check(school).problems if p.code == "amount")
    assert f"\n{line}\n" in source(code, "guide")
