"""The guides for staff are short, and all that they name, quote and show is there."""

from __future__ import annotations

import datetime as dt
import re
import struct
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from lxml import html

from generator.build import build, check
from generator.dataset import SHEETS
from generator.locale import FOLDER, language
from generator.outputs.dictionary import parts
from generator.problems import as_text
from generator.report import comment, gather
from generator.report.markdown import Links
from generator.site.frame import build_frames
from generator.site.project import Project
from generator.site.sections import GUIDES
from tests.pictures.guides import GUIDES as MAKERS
from tests.pictures.guides import changed
from tests.pictures.guides import school as pictured
from tests.published import SAMPLE

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
CODES = ("zh", "en")
TODAY = dt.date(2023, 8, 20)
STEPS = 8
SCREEN = {"zh": 480, "en": 1250}
"""So many characters of steps stand on one screen of a computer, or on two of a phone."""
PICTURE = 40 * 1024
TERM, YEAR = "data/terms/2023-spring", "data/finance/2023"

NOT_OURS = {
    "Commit changes...", "Propose changes", "Create a new branch", "Create pull request", "Merge pull request", "Actions",
    "Settings", "Pages", "GitHub Actions",
}  # fmt: skip
"""Buttons of GitHub."""
SAID = {
    "录入时数字颠倒", "校长", "公布8月的账", "，", "元", "状态", "running", "done", "About",
}  # fmt: skip
"""What a clerk types, a word of the sample's data, or a word of a page's own text."""


def text_of(code: str, guide: str) -> str:
    return (DOCS / code / f"{guide}.md").read_text(encoding="utf-8").split("---\n", 2)[2]


@cache
def our_words(code: str) -> tuple[re.Pattern[str], ...]:
    """Return patterns for all that the program says in a language, and for the words of columns and choices."""
    words: set[str] = set()
    for path in sorted(FOLDER.rglob("*.po")):
        with path.open("rb") as file:
            for entry in read_po(file):
                ids = [entry.id] if isinstance(entry.id, str) else list(entry.id)
                strings = [entry.string] if isinstance(entry.string, str) else list(entry.string)
                words.update(strings if code == "zh" else ids)
    for sheet in SHEETS:
        words.add(sheet.label(code))
        for part in parts(sheet.record):
            words.update(title.label(code) for title in part.columns)
    found = (re.sub(r"\\\{\w+\\\}|%\\?\(\w+\\?\)s", ".+", re.escape(word)) for word in words if word)
    return tuple(re.compile(pattern) for pattern in sorted(found))


def test_the_guides_are_those_that_the_site_lists() -> None:
    for code in CODES:
        there = {f"guide/{path.stem}" for path in (DOCS / code / "guide").glob("*.md")}
        assert there == set(GUIDES), code
        index = (DOCS / code / "guide.md").read_text(encoding="utf-8")
        assert [f"{name.removeprefix('guide/')}/" in index for name in GUIDES] == [True] * len(GUIDES)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_is_a_screen_of_steps(code: str, guide: str) -> None:
    sections = re.split(r"^## ", text_of(code, guide), flags=re.MULTILINE)
    assert any(re.search(r"^1\. ", section, re.MULTILINE) for section in sections)
    for section in sections:
        steps = re.findall(r"^\d\. .*$", section, re.MULTILINE)
        assert len(steps) <= STEPS, section
        assert [int(step[0]) for step in steps] == list(range(1, len(steps) + 1)), section
        assert sum(map(len, steps)) <= SCREEN[code], (sum(map(len, steps)), section)


@pytest.mark.parametrize("guide", GUIDES)
def test_pictures_are_there_small_and_have_their_size_and_words(guide: str) -> None:
    text = text_of("zh", guide)
    shown = re.findall(r"!\[([^\]]*)\]\(\.\./pictures/([\w-]+)\.png\)\{ width=(\d+) height=(\d+) loading=lazy \}", text)
    assert len(shown) == text.count("![")
    for words, name, width, height in shown:
        data = (DOCS / "zh/pictures" / f"{name}.png").read_bytes()
        assert data[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", data[16:24]) == (int(width), int(height)), name
        assert len(data) <= PICTURE, name
        assert re.search("[\u4e00-\u9fff]{4}", words), name


def test_every_picture_is_shown_somewhere_and_can_be_taken_again() -> None:
    there = {path.stem for path in (DOCS / "zh/pictures").iterdir()}
    shown = {name for guide in GUIDES for name in re.findall(r"pictures/([\w-]+)\.png", text_of("zh", guide))}
    assert there == shown == set(MAKERS)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("guide", GUIDES)
def test_what_stands_in_quotes_is_said_by_the_program_or_is_a_button_of_the_code_host(code: str, guide: str) -> None:
    text = re.sub(r"^\|.*$", "", text_of(code, guide), flags=re.MULTILINE)
    assert set(re.findall(r"`([A-Z][a-z]+(?: [A-Za-z]+)*(?:\.\.\.)?)`", text)) <= NOT_OURS
    quoted = set(re.findall(r"“([^”]+)”", text)) - NOT_OURS - SAID
    unknown = {
        words for words in quoted if not any(each.search(words) or words in each.pattern for each in our_words(code))
    }
    assert unknown == set()


EDITS = (
    (f"{TERM}/fees.csv", "期,15.00,", "期,30元/生,"),
    (f"{TERM}/calendar.csv", "2023-02-11", "2.11"),
    (f"{TERM}/fees.csv", "项目编号,收费项目", "项目编号,收费项"),
    (f"{TERM}/fees.csv", "期,15.00,,是,", "期,15.00,,自愿,"),
    (f"{TERM}/calendar.csv", "已检查，课桌椅修理", "已检查,课桌椅修理"),
    (f"{TERM}/calendar.csv", "c02-2,", "c02-1,"),
    (f"{TERM}/calendar.csv", "logistics-office,,m2.1", "logistics,,m2.1"),
    (f"{TERM}/fee-totals.csv", "397.00", "396.00"),
    (f"{YEAR}/statements.csv", "2023-03,216642.50", "2023-03,216642.00"),
    (f"{TERM}/calendar.csv", "三个校区消毒完毕", "三个校区消毒完毕，联系人13800138000"),
    (f"{TERM}/plan.yml", "台账: [water]}", "台账: [water]，状态: 已完成}"),
)
"""Mistakes of which the guide about messages tells, in the order of its table without the silent change."""


def said_about(school: Path, edit: tuple[str, str, str]) -> dict[str, str]:
    """Return what is said of the sample with one mistake in it, in each language."""
    file, find, put = edit
    path = school / file
    text = path.read_text(encoding="utf-8")
    assert find in text, edit
    path.write_text(text.replace(find, put, 1), encoding="utf-8")
    problems = check(school, TODAY, first=SAMPLE).problems
    path.write_text(text, encoding="utf-8")
    return {code: "\n".join(as_text(problem, language(code)) for problem in problems) for code in CODES}


def test_the_messages_that_the_guide_explains_are_those_that_come(school: Path) -> None:
    said = [said_about(school, edit) for edit in EDITS]
    for code in CODES:
        table = re.findall(
            r"^\| (.+?) \| .+ \|$", text_of(code, "guide/messages").split("## ")[1].replace("`", ""), re.MULTILINE
        )[1:]
        silent = [row for row in table if "登记更正" in row or "correction says" in row]
        assert len(silent) == 1
        assert any(silent[0] in str(each.pattern).replace("\\", "") for each in our_words(code)), silent
        rows = [row for row in table if row not in silent]
        assert len(rows) == len(EDITS)
        wrong = [row for row, texts in zip(rows, said, strict=True) if row not in texts[code]]
        assert wrong == [], "\n".join(texts[code] for texts in said)


@pytest.mark.parametrize("code", CODES)
def test_what_the_guide_adds_to_a_measure_makes_it_done(code: str, school: Path) -> None:
    (added,) = re.findall(r"^    `(, .*)`$", text_of(code, "guide/measure"), re.MULTILINE)
    path = school / f"{TERM}/plan.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("台账: [water]}", "台账: [water]" + added + "}"), encoding="utf-8")
    checked = check(school, TODAY, first=SAMPLE)
    assert checked.errors == ()
    assert checked.books is not None
    (plan,) = checked.books.data.plans
    (measure,) = [m for area in plan.areas for m in area.measures if m.id == "m4.7"]
    assert measure.completed_on is not None
    assert measure.completed_on.isoformat() == "2023-08-18"
    assert measure.status.en == "done"


@pytest.mark.parametrize("code", CODES)
def test_guides_are_pages_of_the_site_with_their_pictures_and_a_way_between_them(code: str, tmp_path: Path) -> None:
    files = build_frames(Project(), code, "x", False, tmp_path).files
    for guide in GUIDES:
        page = html.document_fromstring(files[f"{guide}/index.html"].decode())
        for picture in page.xpath("//article//img"):
            source = str(picture.get("src"))
            assert source.startswith("../../pictures/")
            assert source.removeprefix("../../") in files
            assert picture.get("loading") == "lazy"
            assert picture.get("width")
        beside = page.xpath("//nav[contains(@class, 'aside-nav')]//a/@href")
        assert {f"../../{other}/" for other in GUIDES} <= set(beside), guide
        assert page.xpath("//nav//a[@aria-current='page']/@href") == [f"../../{guide}/"], guide
    index = html.document_fromstring(files["guide/index.html"].decode())
    assert [a for a in index.xpath("//article//li/a/@href") if a.endswith("/")] == [
        f"{g.removeprefix('guide/')}/" for g in GUIDES
    ]


def verdict(root: Path, base: str) -> str:
    return comment(gather(root, base, TODAY, None), Links("", "", ""))


def test_a_fee_changed_as_the_guide_says_can_be_merged() -> None:
    with pictured() as root:
        changed(root, (f"{TERM}/fees.csv", "期,15.00,", "期,18.00,"))
        told = verdict(root, "HEAD~1")
        assert "各项相加是 400.00" in told
        assert "各项相加是 1,102.00" in told
        changed(root, (f"{TERM}/fee-totals.csv", "397.00", "400.00"), (f"{TERM}/fee-totals.csv", "1099.00", "1102.00"))
        told = verdict(root, "HEAD~2")
        rows = told.split("要补的更正行")[1].split("```")[1].removeprefix("csv\n")
        assert rows.count("（写明原因）") == rows.count("（批准岗位）") == 3
        filled = rows.replace("（写明原因）", "按新批准的标准").replace("（批准岗位）", "校长")
        changed(root, ("data/corrections.csv", "", filled))
        told = verdict(root, "HEAD~3")
        assert "可以合并" in told.splitlines()[1], told[:400]
        assert "要补的更正行" not in told


def test_a_month_published_as_the_guide_says_can_be_merged(tmp_path: Path) -> None:
    """The tables are those that the site offers for Excel, continued in a spreadsheet, and saved by it in GBK."""
    with pictured() as root:
        assert build(root, tmp_path / "site", durable=False).published
        more = {
            "lines": "2023-08,4001.02,财政拨款收入-公用经费,收入,100.00,,\n2023-08,30205,水费,支出,40.00,,\n",
            "statements": "2023-08,91801.05,100.00,40.00,91861.05,报账员,后勤主任,2023-08-19\n",
        }
        for name, rows in more.items():
            text = (tmp_path / f"site/{YEAR}/{name}.excel.csv").read_text(encoding="utf-8-sig")
            kept = (text + rows).replace("\N{NO-BREAK SPACE}", " ").replace("\r\n", "\n").replace("\n", "\r\n")
            (root / YEAR / f"{name}.csv").write_bytes(kept.encode("gbk"))
        changed(root)
        assert "可以合并" in verdict(root, "HEAD~1").splitlines()[1], verdict(root, "HEAD~1")[:600]
