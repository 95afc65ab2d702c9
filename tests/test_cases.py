"""Every rule's cases, which its page shows as examples, do exactly what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.dataset import load
from generator.oversight.cases import Case, cases
from generator.registers.register import REGISTERS, RULES

CASES = [case for register in REGISTERS for case in cases(register.cases)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule} {case.en}")
def test_a_case_says_what_it_says(
    case: Case, school: Path, check_lines: Callable[..., list[str]], apply_edit: Callable[[Path, object], None]
) -> None:
    before = Counter(check_lines(school, case.today))
    for edit in case.edits:
        apply_edit(school, edit)
    after = Counter(check_lines(school, case.today, case.published))
    assert sorted((after - before).elements()) == sorted(case.says)


@pytest.mark.parametrize("case", [case for case in CASES if case.published], ids=lambda case: f"{case.rule} {case.en}")
def test_what_a_case_publishes_is_there(case: Case, sample: Path) -> None:
    dataset, _ = load(sample)
    assert dataset is not None
    records = {(file.sheet.name, record.key) for file in dataset.files for record in file.records}
    assert {(each.table, each.record) for each in case.published} <= records


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_a_case_that_trips_it_and_one_that_does_not(rule: object) -> None:
    code = rule.code  # type: ignore[attr-defined]
    own = [case for case in CASES if case.rule == code]
    tripping = [case for case in own if any(f"[{code}]" in line for line in case.says)]
    assert tripping, "no case trips it"
    assert len(tripping) < len(own), "no case shows what is fine"


def test_codes_are_unique() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))


def test_cases_belong_to_rules() -> None:
    assert {case.rule for case in CASES} <= {rule.code for rule in RULES}
