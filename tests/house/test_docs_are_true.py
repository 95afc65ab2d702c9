"""Every path, command and rule code that README and the documents name exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.cli import parser
from generator.registers.register import RULES

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / ".github").rglob("*.md"),
        *(ROOT / "bench").glob("*.md"),
    ]
)
MADE = (
    ".venv/",
    "site/",
    ".mingzhang/",
    "mingzhang.yml",
    ".github/generator",
    "assets/",
    "edit/",
    "tests/actual",
    "bench/work",
    "facts.csv",
    "data/facts.csv",
    "witness/",
    "live/",
    "data/index.json",
    "excel.csv",
)
"""What a command makes, or what is part of the built site or of a school's own repository."""
PATH = re.compile(r"(?:\.?[\w-]+/)+[\w.*-]*|[\w-]+\.(?:py|md|yml|csv|toml|js|css)\b")


def named(document: Path) -> list[str]:
    """Return what stands between backticks, and the lines of code blocks."""
    text = document.read_text(encoding="utf-8")
    blocks = re.findall(r"```\w*\n(.*?)```", text, re.DOTALL)
    rest = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    return [*re.findall(r"`([^`\n]+)`", rest), *(line for block in blocks for line in block.splitlines())]


def is_there(path: str, beside: Path) -> bool:
    """Return whether a path exists, in the repository, beside the document, or as the end of a path of the package."""
    path = re.sub("TERM|YEAR|学期|年度|年份", "*", path.rstrip("/"))
    bases = (ROOT, beside, ROOT / "generator", ROOT / "data")
    if any(any(base.glob(path)) for base in bases):
        return True
    folder, _, name = path.rpartition("/")
    ends = [*ROOT.glob(f"generator/**/{path}"), *ROOT.glob(f"data/**/{path}")]
    templates = ROOT.glob(f"generator/**/{folder}/templates/{name}") if name.endswith(".j2") else ()
    return bool(ends) or any(templates)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_paths_exist(document: Path) -> None:
    wrong = [
        words
        for words in named(document)
        if re.fullmatch(r"[\w./*-]+", words) and not words.startswith(("/", "--"))
        for path in PATH.findall(words)
        if not path.startswith(MADE) and not is_there(path, document.parent)
    ]
    assert wrong == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_to_files_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    if document.is_relative_to(ROOT / "docs/zh") or document.is_relative_to(ROOT / "docs/en"):
        return  # these are pages of the site, whose links are tested there
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if not target.startswith(("https://", "http://")):
            assert (document.parent / target).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_exist(document: Path) -> None:
    actions = [action for action in parser()._actions if action.dest == "command"]
    known = set(actions[0].choices or ())
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([\w-]+):", makefile, re.MULTILINE))
    for words in named(document):
        if match := re.match(r"(?:\.venv/bin/)?mingzhang ([a-z]+)", words.strip()):
            assert match[1] in known, words
        if match := re.match(r"make ([a-z-]+)", words.strip()):
            assert match[1] in targets, words


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_rule_codes_exist(document: Path) -> None:
    codes = {rule.code for rule in RULES}
    found = set(re.findall(r"\b(?:FEE|FIN|CAL|RSP|DIS|SET|REC)-\d\d\b", document.read_text(encoding="utf-8")))
    assert found <= codes


def test_tests_that_security_names_exist() -> None:
    """Each threat stands with a test; a test that is renamed or gone would leave it bare."""
    text = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text)
    assert len(named) > 60
    gone = [
        f"{file}::{name}" for file, name in named if f"def {name}(" not in (ROOT / file).read_text(encoding="utf-8")
    ]
    assert gone == []


def test_every_threat_has_a_defence_and_a_test() -> None:
    text = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    rows = [
        line.split(" | ") for line in text.splitlines() if line.startswith("| ") and not line.startswith("| threat ")
    ]
    assert len(rows) > 50
    assert [row[0] for row in rows if len(row) != 3 or "`tests/" not in row[2]] == []
