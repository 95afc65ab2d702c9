"""The rules of the fees register."""

from __future__ import annotations

from generator.oversight.rule import Rule
from generator.registers.fees.rules_documents import RULES as DOCUMENTS
from generator.registers.fees.rules_items import RULES as ITEMS
from generator.registers.fees.rules_price import RULES as PRICE
from generator.registers.fees.rules_settlement import RULES as SETTLEMENT
from generator.registers.fees.rules_term import RULES as TERM

RULES: tuple[Rule, ...] = tuple(sorted((*ITEMS, *PRICE, *DOCUMENTS, *TERM, *SETTLEMENT), key=lambda rule: rule.code))
