"""What a rule may look at."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.dataset import Dataset
from generator.locale import Language, language
from generator.oversight.policy import Policy
from generator.registers.terms.records import Term
from generator.trust.publication import UNKNOWN, FirstPublished


@dataclass(frozen=True, eq=False)
class Review:
    """What a rule may look at: the school's records, the policy, the day that counts as today, and when each record was
    published first."""

    data: Dataset
    policy: Policy
    today: dt.date
    first: FirstPublished = UNKNOWN

    @property
    def language(self) -> Language:
        """The language that the school has chosen."""
        return language(self.data.school.language.en)

    @property
    def current_term(self) -> Term | None:
        """The latest term whose registration day has come, or the first one when none has."""
        begun = [term for term in self.data.terms if term.registration <= self.today]
        return begun[-1] if begun else next(iter(self.data.terms), None)
