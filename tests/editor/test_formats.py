"""The formats and patterns in the engine that runs them: Node's own test runner, started from here."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from generator.dataset import Dataset
from generator.editor.patterns import KINDS, pattern_of
from generator.values.refusal import Refused
from tests.editor.conftest import node

STRICT = {"money", "count", "standard", "day", "month", "code", "link", "text"}
"""The kinds whose patterns refuse all that the program refuses; the others may take more, but never refuse what is right."""

SEEDS = (
    "0", "00", "0.0", "-0", "-0.00", "30", "30.0", "30.00", "30.000", "30元", "¥30", "1,234.50", "-5", "+5", "1e3", "３０",
    "123456789012", "1234567890123", "0.5", ".5", "5.", " ", "按中标价", "据实", "at cost", "按成本",
    "2023-02-13", "2023-02-29", "2024-02-29", "1900-02-29", "2000-02-29", "2100-02-29", "2023-13-01", "2023-00-10",
    "2023-04-31", "1899-12-31", "2199-12-31", "2200-01-01", "2023/2/13", "2023-2-13", "44970", "2023", "2023-02", "2023-2",
    "2023-02-13/2023-02-17", "2023-02-17/2023-02-13", "before:term-start", "开学前", "20230213", "２０２３-02-13",
    "F03", "4001.01", "_F", "-F", ".F", "F 03", "F－03", "a" * 40, "a" * 41, "1" * 13 + "000", "1" * 12 + "000", "1E+05", "甲",
    "m2.1;m2.3", "m2.1；m2.3", "m2.1、m2.3", "m2.1,m2.3", "1-6", "1至6年级", "3年级", "1;3;5", "13", "6-1", "0-3",
    "https://example.org/", "http://example.org/", "https://a@example.org/", "https://example.org:80/", "https://例子.cn/",
    "https://xn--fsqu00a.cn/", "https://192.168.1.1/", "https://example.org/a b", "https://example/", "https://-a.org/",
    "=1+1", "+8613800000000", "@a", "＝1", "－5", "-5.5", "- 甲", "-5元", "文字", "a=b", "甲\u00a0", "main", "feature/a", "a..b",
    "a.lock", "/a", "主分支", "120", "0120", "999999999", "1000000000",
)  # fmt: skip


def examples(name: str) -> list[tuple[str, bool]]:
    """Texts with whether the program's reader takes them: chosen ones, and those with one character changed."""
    chance = random.Random(name)
    alphabet = "0123456789-./:;,，；元年月日 =+@AFz甲"
    texts = dict.fromkeys(SEEDS)
    for seed in SEEDS:
        for _ in range(12):
            at = chance.randrange(len(seed) + 1)
            texts[seed[:at] + chance.choice(alphabet) + seed[at + chance.randrange(2) :]] = None
    return [(text, reads(name, text)) for text in texts if text.strip()]


def reads(name: str, text: str) -> bool:
    """Whether the reader takes a text as a form hands it over, without spaces around."""
    try:
        KINDS[name][1](text.strip())
    except Refused:
        return False
    return True


def test_formats_change_only_what_was_changed(
    bundled: Path, kept: Path, dataset: Dataset, config: dict[str, Any], tmp_path: Path
) -> None:
    names = {file["file"]: file["format"] for group in config["cms"]["collections"] for file in group["files"]}
    files = [
        {"path": file.path, "format": names[file.path], "text": (kept / file.path).read_bytes().decode()}
        for file in dataset.files
    ]
    node("formats.test.mjs", bundled, {"formats": config["formats"], "files": files}, tmp_path)


def test_patterns_say_what_the_readers_say(bundled: Path, tmp_path: Path) -> None:
    kinds = [
        {"name": name, "pattern": pattern_of(name), "strict": name in STRICT,
         "examples": [(text.strip(), read) for text, read in examples(name)]}
        for name in KINDS
    ]  # fmt: skip
    node("patterns.test.mjs", bundled, {"kinds": kinds}, tmp_path)
