"""The pages that show every register at once."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from lxml import html

from generator.dataset import SHEETS
from generator.outputs.dictionary import parts
from generator.oversight.books import Books
from generator.overview import events, home
from generator.pages.filters import anchor, money
from generator.problems import Severity

Render = Callable[[Path], dict[str, str]]
NASTY = """<img src=x onerror=alert(1)>"'`{{7*7}}&amp;</script>"""


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def texts(markup: str) -> str:
    return " ".join(html.fromstring(f"<main>{markup}</main>").text_content().split())


def test_every_rule_has_a_page_with_the_same_headings(books: Books, rendered: dict[str, str]) -> None:
    ids = ["checks", "why", "source", "example", "fix", "today"]
    for rule in books.rules:
        page = html.fromstring(f"<main>{rendered[f'rules/{rule.code}/']}</main>")
        assert [h.get("id") for h in page.iter("h2")] == ids, rule.code
        assert books.language.gettext(rule.checks) in page.text_content()
        assert rule.code in rendered["rules/"]


def test_a_source_that_is_not_sure_says_so(books: Books, rendered: dict[str, str]) -> None:
    for rule in books.rules:
        thresholds = [t.basis for t in books.policy.pack.thresholds if t.id in rule.thresholds]
        unsure = [d for d in (*rule.source, *thresholds) if d.unsure]
        on_page = rendered[f"rules/{rule.code}/"].split('id="example"')[0]
        assert on_page.count("待核实") == len(unsure), rule.code


def test_an_example_shows_old_and_new_and_the_message(rendered: dict[str, str]) -> None:
    page = texts(rendered["rules/RSP-01/"])
    assert "2023-06-30" in page
    assert "finding[RSP-01]: 松林完小的“水电气排查专人”只落实到2023年6月30日" in page
    assert "utilities-inspector/水电气排查/SL" in page


def test_all_open_findings_are_shown_with_age_rule_and_explanation(books: Books, rendered: dict[str, str]) -> None:
    page = html.fromstring(f"<main>{rendered['findings/']}</main>")
    blocks = {block.get("id"): block for block in page.iter("article")}
    assert list(blocks) == [anchor(f.id) for f in books.published if not f.hit.closed] + [
        anchor(f.id) for f in books.published if f.hit.closed
    ]
    for finding in books.published:
        said = blocks[anchor(finding.id)].text_content()
        assert books.language.say(finding.hit.message)[1:] in said
        assert finding.age is None or f"{finding.age}天" in said
        assert f"rules/{finding.rule.code}/" in html.tostring(blocks[anchor(finding.id)], encoding="unicode")
        if finding.explanation:
            assert finding.explanation.text in said
            assert finding.explanation.by in said
        else:
            assert "暂无说明" in said
    assert any(f.explanation for f in books.published)


def test_hints_to_staff_are_not_published(school: Path, render_school: Render) -> None:
    edit(school / "data/terms/2023-spring/calendar.csv", "c04-1,2023-04,", "c04-1,2023-04-05,")
    pages = render_school(school)
    assert "法定节假日" not in pages["findings/"]
    assert "法定节假日（清明节）；" not in pages["rules/CAL-02/"].split('id="today"')[1]
    assert "只提醒学校" in pages["findings/"]


def test_checked_and_open_are_counted(books: Books, rendered: dict[str, str]) -> None:
    assert f"共检查{len(books.rules)}条规则，{len(books.open)}个问题未解决。" in texts(rendered["findings/"])
    staff = [r for r in books.rules if r.severity in (Severity.WARNING, Severity.NOTE)]
    dirty = {f.rule.code for f in books.open}
    assert f"{len(books.rules) - len(staff) - len(dirty)}条规则没有问题" in texts(rendered["findings/"])


def test_without_findings_the_pages_say_so(books: Books, render_books: Callable[[Books], dict[str, str]]) -> None:
    clean = replace(books, findings=())
    assert home.findings_tile(clean).answer == "0"
    assert "今天没有未解决的问题" in render_books(clean)["findings/"]


def test_corrections_show_old_struck_through_then_new(books: Books, rendered: dict[str, str]) -> None:
    page = rendered["changes/"]
    for correction in books.data.corrections:
        assert f'id="{correction.id}"' in page
        assert f'<s class="num">{money(Decimal(correction.old or ""))}</s>' in page
        assert f'<strong class="num">{money(Decimal(correction.new or ""))}</strong>' in page
    assert 'href="../finance/2023-04/#30206"' in page


def test_private_values_are_not_repeated(school: Path, render_school: Render) -> None:
    edit(school / "data/corrections.csv", "4367.00,4637.00,更正,录入时数字颠倒", "secret-old,secret-new,隐私,误填")
    page = render_school(school)["changes/"]
    assert "secret" not in page
    assert "内容涉及隐私，不再显示" in page


def test_without_corrections_the_history_remains(school: Path, render_school: Render) -> None:
    (school / "data/corrections.csv").unlink()
    page = render_school(school)["changes/"]
    assert "到目前为止没有更正" in page
    assert "公布2023年7月账目" in page


def test_a_school_that_has_only_itself_has_all_pages(school: Path, render_school: Render) -> None:
    for path in sorted((school / "data").rglob("*.*")):
        if path.name != "school.yml":
            path.unlink()
    pages = render_school(school)
    assert "还没有公布过内容" in pages[""]
    assert "还没有学期" in pages["about/"]
    assert "还没有登记责任岗位" in pages["about/"]
    assert "到目前为止没有更正" in pages["changes/"]


def test_hostile_text_is_shown_and_never_run(school: Path, render_school: Render) -> None:
    quoted = NASTY.replace('"', '""')
    edit(school / "data/corrections.csv", "录入时数字颠倒", f'"{quoted}"')
    edit(school / "data/explanations.csv", "报账员培训外出，月报推迟五天公布，今后由总务干事代办", f'"{quoted}"')
    edit(school / "data/duties.csv", "中心校电工岗", f'"{quoted}"')
    edit(school / "data/school.yml", "学校后勤处（示例）", "'" + NASTY.replace("'", "''") + "'")
    pages = render_school(school)
    for url in ("", "changes/", "findings/", "about/"):
        assert NASTY in html.fromstring(f"<main>{pages[url]}</main>").text_content(), url
    for url, markup in pages.items():
        page = html.fromstring(f"<main>{markup}</main>")
        assert not page.xpath("//script | //img | //@onerror"), url


def test_links_inside_the_overview_lead_somewhere(rendered: dict[str, str]) -> None:
    from urllib.parse import unquote, urljoin

    ids = {url: set(html.fromstring(f"<main>{markup}</main>").xpath("//@id")) for url, markup in rendered.items()}
    checked = 0
    for url, markup in rendered.items():
        assert len(re.findall(r'\bid="', markup)) == len(ids[url]), f"{url} uses an id twice"
        for href in html.fromstring(f"<main>{markup}</main>").xpath("//a/@href"):
            target, _, fragment = urljoin(f"/{url}", href).removeprefix("/").partition("#")
            if target in ids and fragment and not href.startswith("tel:"):
                assert unquote(fragment) in ids[target], f"{url} links {href}"
                checked += 1
    assert checked > len(SHEETS)


def test_the_dictionary_shows_every_column(rendered: dict[str, str]) -> None:
    page = html.fromstring(f"<main>{rendered['data/dictionary/']}</main>")
    for sheet in SHEETS:
        (section,) = page.xpath(f'//section[@id="{sheet.name}"]')
        assert section.xpath("string(h2)").startswith(sheet.title[0])
        rows = [row.text_content() for row in section.iter("tr")]
        for part in parts(sheet.record):
            for title in part.columns:
                assert any(title.zh in row and title.en in row and title.name in row for row in rows), title


def test_the_data_page_lists_every_file_with_its_hash(books: Books, rendered: dict[str, str]) -> None:
    page = rendered["data/"]
    for file in books.data.files:
        assert file.path in page
        assert file.sha256 in page
    assert re.search(r"ZIP 压缩包）.*?\d+ KB", page, re.DOTALL)


def test_a_vacant_post_is_called_vacant(rendered: dict[str, str]) -> None:
    assert "有1个岗位空缺" in rendered["about/"]
    assert "▲" not in rendered["about/"]  # the shape comes from the style, the word from the page
    assert ">空缺<" in rendered["about/"]


def test_home_gives_the_answers_in_order(books: Books, rendered: dict[str, str]) -> None:
    band = html.fromstring(f"<main>{rendered['']}</main>").xpath('//ul[@class="band"]')[0]
    links = [a.get("href") for a in band.iter("a")]
    wanted = ["fees/", "finance/", "findings/", "calendar/", "tel:"]
    places = [next(i for i, link in enumerate(links) if link.startswith(start)) for start in wanted]
    assert places == sorted(places)
    assert str(len(books.open)) in band.text_content()


def test_what_changed_lately_is_newest_first_and_not_of_tomorrow(books: Books) -> None:
    days = [entry.day for entry in events.happened(books)]
    assert days == sorted(days, key=lambda day: day or books.today, reverse=True)
    assert days
    earlier = replace(books, today=days[-1])
    assert {entry.day for entry in events.happened(earlier)} == {days[-1]}


def test_a_school_without_any_term_is_told_so(school: Path, check_lines: Callable[..., list[str]]) -> None:
    shutil.rmtree(school / "data/terms")
    (school / "data/corrections.csv").unlink()
    assert [line for line in check_lines(school) if "DIS-01" in line] == [
        "data/terms: finding[DIS-01]: 没有登记任何学期，收费、计划和月历都无法公开；请为学期建一个文件夹，并放入 term.yml"
    ]
