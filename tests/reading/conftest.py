from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from generator.locale import language
from generator.problems import Problem, as_text, ordered
from generator.reading import Column


@pytest.fixture
def said() -> Callable[[Iterable[Problem]], str]:
    """What a clerk sees in Chinese, one line for each problem, without the related places."""
    return lambda problems: "\n".join(
        as_text(replace(problem, related=()), language("zh")) for problem in ordered(problems)
    )


@pytest.fixture
def fees() -> list[Column]:
    return [
        Column("id", ("项目编号",), required=True),
        Column("item", ("收费项目",), required=True),
        Column("amount", ("收费标准", "金额"), required=True),
        Column("note", ("备注", "Remarks")),
    ]
