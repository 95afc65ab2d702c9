"""The workflows of a school, derived from this program's own: the same steps, with the program fetched beside the data.

They are derived when they are written, so that they cannot drift apart; a step that changed so much that it cannot be
derived any more is an error, which the tests find first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

FETCH = """\
      - name: 取来明账程序 Fetch the pinned program
        run: sh {school}.github/generator {school}.mingzhang.yml program
"""
RUN = 'make -s -C program {goal} ROOT="$GITHUB_WORKSPACE/school"'
CLEAR = """\
      - name: 清空 Clear
        run: rm -rf site .site.mingzhang .mingzhang # nothing that was committed there takes part
"""
LEDGER = 'LEDGER="$GITHUB_WORKSPACE/ledger.jsonl"'


class Underivable(Exception):
    """A workflow of the program is not what it was when its counterpart for schools was thought of."""


def derived(name: str, text: str) -> str:
    """Return the workflow of this name as a school has it."""
    made = DERIVED[name](text) if name in DERIVED else text
    if left := re.search(r"^.*\b(?:\.ci/run|make(?! -s -C program ))\b.*$", _commands(made), re.MULTILINE):
        raise Underivable(f"{name}: {left[0].strip()}")
    return made


def _commands(text: str) -> str:
    """Return a workflow without its remarks."""
    return re.sub(r"(^|\s)#.*", "", text)


def _replaced(text: str, *pairs: tuple[str, str]) -> str:
    """Return a text in which each of some parts, which must stand there once, is replaced."""
    for old, new in pairs:
        if text.count(old) != 1:
            raise Underivable(f"{text.count(old)} times: {old!r}")
        text = text.replace(old, new)
    return text


def _check(text: str) -> str:
    """The data of a pull request is judged by the program that the base is pinned to; there is no code to check."""
    text = re.sub(r"\n  code:\n.*\Z", "", text, flags=re.DOTALL)
    text = _replaced(
        text,
        ("The data is judged by the\n# code and the mkdocs.yml of the branch it wants to go into,",
         "The data is judged by the\n# program that the branch it wants to go into is pinned to,"),
        ("取出检查程序 The checker, from the base", "取出修改前的数据和版本 The data before the change, and the pin"),
        ("      - name: 取回网站上的公布记录", FETCH.format(school="base/") + "      - name: 取回网站上的公布记录"),
    )  # fmt: skip
    return text.replace("make -s -C base ", "make -s -C program ")


def _publish(text: str) -> str:
    """Every commit on main is checked and built by the pinned program."""
    return _replaced(
        text,
        ("check the data, run every check, build the site", "check the data, build the site"),
        ("        with:\n          fetch-depth: 0", "        with:\n          path: school\n          fetch-depth: 0"),
        (
            "      - name: 检查代码并测试 Check the code and test\n        run: bash .ci/run\n",
            FETCH.format(school="school/"),
        ),
        ("sh .github/live-ledger", "sh school/.github/live-ledger"),
        ("run: make data FORMAT=github", f"run: {RUN.format(goal='data')} {LEDGER} FORMAT=github"),
        (CLEAR, ""),
        ("run: make editor", "run: make -s -C program editor"),
        (
            "run: make site",
            f'run: >-\n          {RUN.format(goal="site")} {LEDGER}\n          OUT="$GITHUB_WORKSPACE/site"',
        ),
    )


def _watch(text: str) -> str:
    """A parent's copy verifies with the program that it is pinned to itself."""
    taken = "            /generator/trust/verify.py\n            /witness/\n"
    return _replaced(
        text,
        (taken, "            /.github/generator\n            /.mingzhang.yml\n            /witness/\n"),
        ("      - name: 核对网站 Check the site\n        id: verify", FETCH.format(school="") + "      - name: 核对网站 Check the site\n        id: verify"),
        ("python3 generator/trust/verify.py", "python3 program/generator/trust/verify.py"),
    )  # fmt: skip


DERIVED: Mapping[str, Callable[[str], str]] = {"check.yml": _check, "publish.yml": _publish, "watch.yml": _watch}
