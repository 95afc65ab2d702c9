"""Files to located text: encodings, strict CSV and YAML. It knows nothing of schools."""

from generator.reading.archives import unsafe
from generator.reading.body import TOTAL_WORDS, total_key
from generator.reading.collector import collector_paused
from generator.reading.csv_reader import read_csv
from generator.reading.encoding import decode
from generator.reading.files import data_files
from generator.reading.limits import LIMITS, Limits
from generator.reading.nodes import Entries, Items, Node, Scalar
from generator.reading.table import Column, Row, Table
from generator.reading.yaml_reader import read_yaml

__all__ = [
    "LIMITS",
    "TOTAL_WORDS",
    "Column",
    "Entries",
    "Items",
    "Limits",
    "Node",
    "Row",
    "Scalar",
    "Table",
    "collector_paused",
    "data_files",
    "decode",
    "read_csv",
    "read_yaml",
    "total_key",
    "unsafe",
]
