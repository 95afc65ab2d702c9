"""The law that every file is held to before it is written: it must see each way in which a repair could go wrong."""

from __future__ import annotations

import pytest

from generator.dataset import sheet_named
from generator.reading import read_yaml
from generator.repair.law import table_is_kept, tree_is_kept

HEAD = "职责编号,职责,校区,责任岗位,起,止\n"
ONE = "d1,后勤,,后勤主任,2023-02-01,\n"
TWO = "d2,总务,,约定,44970,\n"


def kept(before: str, after: str, numbers: tuple[int, ...] = (1, 2, 3), parted: tuple[int, ...] = ()) -> bool:
    """Return what the law says of a table of duties."""
    sheet = sheet_named("duties")
    assert sheet
    return table_is_kept(before.encode(), after.encode(), "data/duties.csv", sheet.record, numbers, parted)


def test_a_table_that_says_the_same() -> None:
    assert kept(HEAD + ONE + TWO, HEAD + ONE + TWO)
    assert kept(HEAD + ONE + TWO, HEAD + ONE + TWO.replace("44970", "2023-02-13"))
    assert kept("\n" + HEAD + "\n" + ONE + TWO, HEAD + ONE + TWO, (2, 4, 5))
    assert kept(HEAD + ONE + HEAD, HEAD + ONE, (1, 2), (3,))


@pytest.mark.parametrize(
    "after",
    [
        HEAD + ONE.replace("后勤,", "后勤部,") + TWO,
        HEAD + ONE.replace("2023-02-01", "2023-01-02") + TWO,
        HEAD + ONE.replace("2023-02-01", "") + TWO,
        HEAD + ONE + TWO.replace("约定", "定"),
        HEAD + TWO + ONE,
        HEAD.replace("职责,校区", "校区,职责") + ONE + TWO,
        HEAD + ONE + TWO.replace("44970", "4497x,x"),
        "职责编号,职责\nd1,后勤\nd2,总务\n",
        "",
        "没有\n",
    ],
)
def test_a_table_that_says_something_else(after: str) -> None:
    assert not kept(HEAD + ONE + TWO, after, (1, 2, 3, 4))


def test_a_row_may_not_go() -> None:
    assert not kept(HEAD + ONE + TWO, HEAD + ONE, (1, 2))
    assert not kept(HEAD + ONE + TWO, HEAD + ONE, (1, 2), (2,))
    assert not kept("\n" + HEAD + ONE, HEAD + ONE, (1, 3))


TREE = "a: x\nb:\n  - {c: 1, d: 2}\n  - y\n"


@pytest.mark.parametrize(
    ("after", "same"),
    [
        (TREE, True),
        ("a: 'x '\nb: [{c: 1, d: 2}, y]\n", True),
        (TREE.replace("1", "3"), True),
        (TREE.replace("2", "3"), False),
        (TREE.replace("x", "y"), False),
        (TREE.replace("  - y\n", ""), False),
        (TREE + "e: 1\n", False),
        ("a: x\nb: y\n", False),
        ("a: [x]\nb:\n  - {c: 1, d: 2}\n  - y\n", False),
    ],
)
def test_a_tree(after: str, same: bool) -> None:
    old, new = (read_yaml(text.encode(), "x.yml")[0] for text in (TREE, after))
    assert old is not None
    assert new is not None
    assert tree_is_kept(old, new, {(3, 9)}) is same
