"""What the cells of a register may refer to: campuses, duties, fee items, measures, as far as the school can be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.dataset import REFERS, SHEETS, Dataset
from generator.records import Record
from generator.registers.corrections.records import Correction


@dataclass(frozen=True)
class Known:
    """The ids of a school by list (campuses, duties, measures, fees, tables), each with the name that people know."""

    lists: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, model: type[Record], name: str) -> Mapping[str, str]:
        """Return the ids that a field may hold, with their names; none where it refers to nothing that is known."""
        if model is Correction and name == "sheet":
            return {sheet.name: sheet.title[0] for sheet in SHEETS}
        return self.lists.get(REFERS.get(name, ""), {})

    def id_of(self, model: type[Record], name: str, text: str) -> str | None:
        """Return the id that a text can only mean because it is the name of one thing alone, or None."""
        found = [id_ for id_, called in self.of(model, name).items() if called == text]
        return found[0] if len(found) == 1 else None


def known_of(data: Dataset | None, term: str | None) -> Known:
    """Return what a school's registers may refer to; fee items and measures are those of one term."""
    return Known(data.called(term)) if data else Known()
