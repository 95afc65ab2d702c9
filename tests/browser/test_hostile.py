"""Hostile text: every string of the public corpora is shown exactly as written, or refused with a reason."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from generator.build import build
from generator.dataset import SHEETS, load_file
from generator.locale import language
from generator.problems import as_text
from generator.reading import LIMITS
from tests.browser.tools import ROOT, served

CORPORA = (ROOT / "../shared/corpora").resolve()
FEES = next(sheet for sheet in SHEETS if sheet.name == "fees")
TITLES = [
    "项目编号",
    "收费项目",
    "收费性质",
    "计费单位",
    "收费标准",
    "是否自愿",
    "收费对象",
    "收费依据",
    "批准机关",
    "减免政策",
    "备注",
]


def hostile_strings() -> list[str]:
    """Return the strings of both corpora, each once, in order."""
    import json

    if not CORPORA.is_dir():
        pytest.skip("the public corpora are not beside this repository (../shared/corpora)")
    strings: list[str] = json.loads((CORPORA / "blns/blns.json").read_text(encoding="utf-8"))
    assert len(strings) == 515
    for path in sorted((CORPORA / "hostile-text").glob("*.txt")):
        strings += path.read_bytes().decode("utf-8", "replace").split("\n")
    return list(dict.fromkeys(strings))


def table(rows: list[list[str]], header: list[str] = TITLES) -> bytes:
    """Return rows below a header as the bytes of a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode("utf-8", "surrogatepass")


def fee(number: int, item: str, note: str) -> list[str]:
    return [f"H{number}", item, "服务性收费", "元/生·期", "1.00", "是", "自愿学生", "示例", "示例", "免收", note]


def refusals(data: bytes) -> tuple[int, list[str]]:
    """Return how many records a file gives, and what is said of it."""
    records, problems = load_file(data, "data/terms/t/fees.csv", FEES, {"term": "t"}, LIMITS)
    return len(records), [as_text(problem, language("zh")) for problem in problems]


def test_each_string_as_a_header_is_refused_with_a_reason() -> None:
    for string in hostile_strings():
        if string.strip() in ("", *TITLES):
            continue
        _, said = refusals(table([[*fee(1, "a", "b"), "x"]], [*TITLES, string]))
        assert any("error[" in line for line in said), string


@pytest.fixture(scope="module")
def accepted() -> list[str]:
    """The strings that are taken as an item's name; each of the others is refused with a reason."""
    taken = []
    for string in hostile_strings():
        count, said = refusals(table([fee(1, string, string)]))
        assert count or said, f"neither shown nor refused: {string!r}"
        if count and not any("error[" in line for line in said):
            taken.append(string)
    return taken


def trimmed(string: str) -> str:
    return string.strip()


@pytest.fixture(scope="module")
def hostile_site(accepted: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a school whose fees, measures, events and names are the hostile strings."""
    root = tmp_path_factory.mktemp("hostile")
    shutil.copytree(ROOT / "data", root / "data")
    term = root / "data/terms/2023-spring"
    (term / "fee-totals.csv").unlink()
    with (term / "fees.csv").open("wb") as file:
        file.write(table([["F03", "作业本费", "代收费", "元/生·期", "15.00", "是", "学生", "示例", "示例", "免收", "备注"],
                          ["F07", "课后服务费", "服务性收费", "元/生·期", "180.00", "是", "学生", "示例", "示例", "免收", "备注"],
                          *(fee(number, text, text) for number, text in enumerate(accepted))]))  # fmt: skip
    events = [[f"e{number}", "2023-03", text, text] for number, text in enumerate(accepted)]
    (term / "calendar.csv").write_bytes(table(events, ["编号", "月份", "工作", "完成情况"]))
    quoted = "'" + max(accepted, key=len).replace("'", "''") + "'"
    plan = (term / "plan.yml").read_text(encoding="utf-8")
    (term / "plan.yml").write_text(plan.replace("标题: 2023年春期后勤工作计划", f"标题: {quoted}"), encoding="utf-8")
    built = build(root, root / "site")
    assert built.published, [as_text(problem, language("zh")) for problem in built.checked.errors]
    return root / "site"


def test_most_strings_are_taken(accepted: list[str]) -> None:
    strings = hostile_strings()
    assert len(strings) > 1000
    assert len(accepted) > len(strings) * 0.8


@pytest.mark.parametrize(("page", "marker"), [("fees/", "H"), ("calendar/2023-03/", "e")])
def test_each_string_is_shown_as_written(page: str, marker: str, hostile_site: Path, accepted: list[str]) -> None:
    document = html.fromstring((hostile_site / page / "index.html").read_bytes().decode())
    missing = []
    for number, string in enumerate(accepted):
        (block,) = document.xpath(f"//*[@id='{marker}{number}']")
        shown = "".join(block.itertext())
        if " ".join(trimmed(string).split()) not in " ".join(shown.split()):
            missing.append((number, string, shown[:200]))
    assert missing == []


@pytest.mark.parametrize(
    "page", ["", "fees/", "fees/2023-spring/notice/", "calendar/2023-03/", "plan/", "findings/", "data/"]
)
def test_nothing_runs_and_nothing_is_asked_elsewhere(
    page: str, hostile_site: Path, watched: Callable[..., Any]
) -> None:
    with served(hostile_site) as url:
        seen = watched()
        seen.page.goto(url + page)
        seen.page.wait_for_load_state("networkidle")
        # What waits for a hand: hover and focus over everything that hostile text could have made.
        seen.page.evaluate("""() => document.querySelectorAll("main *").forEach(e => {
            for (const kind of ["mouseover", "focus", "click", "copy", "cut", "blur"])
                if (!e.closest("a, button, summary, select")) e.dispatchEvent(new Event(kind, {bubbles: false}));
        })""")
        seen.page.wait_for_timeout(200)
        made = seen.page.evaluate(
            "() => document.querySelectorAll('main script, main iframe, main object, main embed, main marquee, main img:not([src^=\"data:\"])').length"
        )
        assert (seen.dialogs, seen.outside, made) == ([], [], 0)


def test_each_string_as_a_title_is_escaped(accepted: list[str], tmp_path: Path) -> None:
    from generator.site.frame import build_frames
    from generator.site.project import Project

    frames = build_frames(Project(ROOT), "zh", "学校", True, tmp_path / "cache")
    for string in accepted:
        text = frames["fees"].fill(url="fees/x/", title=string, description=string, content="<p>内容</p>")
        document = html.fromstring(text)
        assert " ".join(document.findtext(".//title").split()) == " ".join(f"{string} · 学校".split())
        assert document.xpath("string(//meta[@name='description']/@content)") == string.replace("\r\n", "\n").replace(
            "\r", "\n"
        )


def test_titles_do_not_run(accepted: list[str], tmp_path: Path, watched: Callable[..., Any]) -> None:
    from generator.site.frame import build_frames
    from generator.site.project import Project

    frames = build_frames(Project(ROOT), "zh", "学校", True, tmp_path / "cache")
    out = tmp_path / "site"
    for path, content in frames.files.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(content)
    for number, string in enumerate(accepted):
        folder = out / str(number)
        folder.mkdir()
        text = frames["fees"].fill(url=f"{number}/", title=string, description=string, content="<h1>x</h1>")
        (folder / "index.html").write_text(text, encoding="utf-8")
    with served(out) as url:
        seen = watched()
        for number in range(len(accepted)):
            seen.page.goto(f"{url}{number}/")
        assert (seen.dialogs, seen.outside) == ([], [])
