"""What a register brings to the site, and the explicit list of all registers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.oversight.books import Books
from generator.oversight.rule import Rule
from generator.pages.page import Page
from generator.pages.parts import Tile
from generator.registers.calendar import pages as calendar_pages
from generator.registers.calendar import rules as calendar_rules
from generator.registers.duties import rules as duties_rules
from generator.registers.fees import pages as fees_pages
from generator.registers.fees import rules as fees_rules
from generator.registers.finance import pages as finance_pages
from generator.registers.finance import rules as finance_rules
from generator.registers.plan import pages as plan_pages
from generator.registers.plan import rules as plan_rules
from generator.registers.school import rules as school_rules

FOLDER = Path(__file__).parent


def _nothing(books: Books) -> Iterable[Page]:
    return ()


def _no_tiles(books: Books) -> Iterable[Tile]:
    return ()


@dataclass(frozen=True)
class Register:
    """A register by its one word, its rules, its pages, and its answers for the band on the home page."""

    name: str
    rules: tuple[Rule, ...] = ()
    pages: Callable[[Books], Iterable[Page]] = _nothing
    tiles: Callable[[Books], Iterable[Tile]] = _no_tiles

    @property
    def templates(self) -> Path:
        """The folder of its templates."""
        return FOLDER / self.name / "templates"

    @property
    def cases(self) -> Path:
        """The file of its rules' cases, which are examples on rule pages and tests at once."""
        return FOLDER / self.name / "cases.yml"


REGISTERS: tuple[Register, ...] = (
    Register("school", school_rules.RULES),
    Register("terms"),
    Register("duties", duties_rules.RULES),
    Register("fees", fees_rules.RULES, fees_pages.pages, fees_pages.tiles),
    Register("finance", finance_rules.RULES, finance_pages.pages, finance_pages.tiles),
    Register("plan", plan_rules.RULES, plan_pages.pages, plan_pages.tiles),
    Register("calendar", calendar_rules.RULES, calendar_pages.pages, calendar_pages.tiles),
    Register("corrections"),
    Register("explanations"),
)

RULES: tuple[Rule, ...] = tuple(
    sorted((rule for register in REGISTERS for rule in register.rules), key=lambda rule: rule.code)
)
