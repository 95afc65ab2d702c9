"""From located text to records: validation in the words of people, unique keys, printed totals."""

from generator.loading.keys import duplicates
from generator.loading.nodes import from_node
from generator.loading.refusals import missing, refusal
from generator.loading.rows import from_rows, value_reader
from generator.loading.totals import wrong_totals

__all__ = ["duplicates", "from_node", "from_rows", "missing", "refusal", "value_reader", "wrong_totals"]
