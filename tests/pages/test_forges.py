"""Where staff change the data: the addresses on each code host, and the links on every page of a school that has one."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import yaml
from lxml import html

from generator.build import check, render_site
from generator.commit import commit_of, within_repository
from generator.dataset import load
from generator.pages.forges import FORM, Forge, forge_of
from generator.pages.links import Desk, desk_of
from generator.problems import Place
from generator.registers.school.records import CodeHost, is_branch
from generator.trust.facts import facts
from generator.values.text import is_link
from tests.conftest import lines_of
from tests.published import SAMPLE

ROOT = Path(__file__).resolve().parents[2]
TODAY = dt.date(2023, 8, 20)
FILE = "data/terms/2023-spring/fees.csv"
PLACE = Place(FILE, 4, 20, "E4")
REPOSITORY = "https://github.com/county/qinghe"
ADDRESSES = {
    "github": (
        "https://git.example.org/a/b/blob/1a2b/data/terms/2023-spring/fees.csv#L4",
        "https://git.example.org/a/b/edit/main/data/terms/2023-spring/fees.csv",
        "https://git.example.org/a/b/new/main/data/terms/2023-autumn?filename=fees.csv&value=a%2Cb%0A",
        "https://git.example.org/a/b/upload/main/data/terms/2023-spring",
        "https://git.example.org/a/b/tree/main/data",
        "https://git.example.org/a/b/issues/new?template=wrong-figure.yml&title=%E9%94%99fees.csv%3A4"
        "&place=data/terms/2023-spring/fees.csv%3A4%3A20%20(E4)",
    ),
    "gitlab": (
        "https://git.example.org/a/b/-/blob/1a2b/data/terms/2023-spring/fees.csv#L4",
        "https://git.example.org/a/b/-/edit/main/data/terms/2023-spring/fees.csv",
        "https://git.example.org/a/b/-/new/main/data/terms/2023-autumn?file_name=fees.csv&content=a%2Cb%0A",
        "https://git.example.org/a/b/-/tree/main/data/terms/2023-spring",
        "https://git.example.org/a/b/-/tree/main/data",
        "https://git.example.org/a/b/-/issues/new?issue%5Btitle%5D=%E9%94%99fees.csv%3A4"
        "&issue%5Bdescription%5D=data/terms/2023-spring/fees.csv%3A4%3A20%20(E4)",
    ),
    "gitea": (
        "https://git.example.org/a/b/src/commit/1a2b/data/terms/2023-spring/fees.csv#L4",
        "https://git.example.org/a/b/_edit/main/data/terms/2023-spring/fees.csv",
        "https://git.example.org/a/b/_new/main/data/terms/2023-autumn?filename=fees.csv",
        "https://git.example.org/a/b/_upload/main/data/terms/2023-spring",
        "https://git.example.org/a/b/src/branch/main/data",
        "https://git.example.org/a/b/issues/new?template=.github/ISSUE_TEMPLATE/wrong-figure.yml&title=%E9%94%99fees.csv%3A4"
        "&field%3Aplace=data/terms/2023-spring/fees.csv%3A4%3A20%20(E4)",
    ),
    "gitee": (
        "https://git.example.org/a/b/blob/1a2b/data/terms/2023-spring/fees.csv#L4",
        "https://git.example.org/a/b/edit/main/data/terms/2023-spring/fees.csv",
        "https://git.example.org/a/b/new/main/data/terms/2023-autumn?filename=fees.csv",
        "https://git.example.org/a/b/tree/main/data/terms/2023-spring",
        "https://git.example.org/a/b/tree/main/data",
        "https://git.example.org/a/b/issues/new?issue%5Btitle%5D=%E9%94%99fees.csv%3A4"
        "&issue%5Bdescription%5D=data/terms/2023-spring/fees.csv%3A4%3A20%20(E4)",
    ),
}


def forge(kind: str = "github", branch: str = "main", folder: str = "") -> Forge:
    found = forge_of("https://git.example.org/a/b", kind, branch, folder)
    assert found is not None
    return found


@pytest.mark.parametrize("kind", ADDRESSES)
def test_addresses_of_each_code_host(kind: str) -> None:
    at = forge(kind)
    assert (
        at.source(PLACE, "1a2b"),
        at.edit(FILE),
        at.new("data/terms/2023-autumn", "fees.csv", "a,b\n"),
        at.upload("data/terms/2023-spring"),
        at.tree("data"),
        at.ask(PLACE, "错"),
    ) == ADDRESSES[kind]


def test_every_choice_of_the_setting_has_addresses() -> None:
    assert {choice.en for choice in CodeHost} == set(ADDRESSES)


@pytest.mark.parametrize(
    ("repository", "start"),
    [
        ("https://github.com/a/b", "https://github.com/a/b/edit/"),
        ("https://github.com/a/b/", "https://github.com/a/b/edit/"),
        ("https://github.com/a/b.git", "https://github.com/a/b/edit/"),
        ("https://gitlab.com/county/schools/a", "https://gitlab.com/county/schools/a/-/edit/"),
        ("https://gitee.com/a/b", "https://gitee.com/a/b/edit/"),
        ("https://codeberg.org/a/b", "https://codeberg.org/a/b/_edit/"),
    ],
)
def test_well_known_hosts_need_no_setting(repository: str, start: str) -> None:
    found = forge_of(repository)
    assert found is not None
    assert found.edit("data/school.yml") == f"{start}main/data/school.yml"


def test_an_own_server_needs_the_setting_and_may_lie_below_a_path() -> None:
    address = "https://git.jy.example.gov.cn/code/county/qinghe"
    assert forge_of(address) is None
    found = forge_of(address, "gitea")
    assert found is not None
    assert found.edit("data/school.yml") == f"{address}/_edit/main/data/school.yml"
    assert forge("gitlab").edit("data/school.yml").startswith("https://git.example.org/a/b/-/edit/main/")


def test_the_schools_folder_and_a_branch_with_slashes_stand_in_every_address() -> None:
    at = forge("github", "publish/2023春", "学校 #1/")
    start = "%E5%AD%A6%E6%A0%A1%20%231/"
    assert at.edit(FILE) == f"https://git.example.org/a/b/edit/publish/2023%E6%98%A5/{start}{FILE}"
    assert at.upload("data").endswith(f"/upload/publish/2023%E6%98%A5/{start}data")
    assert at.source(PLACE, "1a2b").endswith(f"/blob/1a2b/{start}{FILE}#L4")
    assert at.source(PLACE).endswith(f"/blob/publish/2023%E6%98%A5/{start}{FILE}#L4")


@pytest.mark.parametrize("kind", ADDRESSES)
def test_what_a_file_is_called_stays_within_its_place(kind: str) -> None:
    name = 'data/a b/收费?x=1#y&z=%2e"><script>.csv'
    at = forge(kind)
    odd = Place(name, 3, 4, "A&B#3")
    for address in (
        at.source(odd, "1a2b"),
        at.edit(name),
        at.upload(name),
        at.new(name, name, name),
        at.ask(odd, name),
    ):
        assert not set(address) & set("\"'<>` \n\\")
        assert "javascript" not in address
        assert urlsplit(address).netloc == "git.example.org"
    assert unquote(urlsplit(at.edit(name)).path).endswith(f"/main/{name}")
    assert urlsplit(at.source(odd, "1a2b")).fragment == "L3"
    values = parse_qs(urlsplit(at.ask(odd, name)).query)
    assert f"{name}:3:4 (A&B#3)" in [value for each in values.values() for value in each]
    assert urlsplit(at.ask(odd, name)).fragment == ""


@pytest.mark.parametrize(
    "repository",
    [
        "javascript:alert(1)", "http://github.com/a/b", "https://a@github.com/x/y", "https://github.com", "https://github.com/",
        'https://github.com/a/b"><script>', "https://github.com/a/b?x=", "https://github.com/a/b#x", "https://github.com/a/../b",
        "https://github.com/a//b", "https://github.com/a/%2e%2e/b", "https://github.com/a/./b", "//github.com/a/b", "",
        "https://github.com.evil.example/a/b", "https://git\u200bhub.com/a/b",
    ],
)  # fmt: skip
def test_no_address_is_made_from_what_only_looks_like_a_repository(repository: str) -> None:
    assert forge_of(repository) is None


BRANCHES = (
    "..", "../x", "a/../b", "a//b", "/a", "a/", "a/.b", ".a", "-x", "a b", "a\nb", 'a"b', "<b>", "a~1", "a^", "a:b", "a?", "a*",
    "x.lock", "a@{1}", "",
)  # fmt: skip
"""What git takes for no branch, or what would lead a browser elsewhere."""


@pytest.mark.parametrize("branch", BRANCHES)
def test_a_branch_is_a_name_that_git_takes(branch: str) -> None:
    assert not is_branch(branch)
    named = subprocess.run(["git", "check-ref-format", "--branch", branch], capture_output=True).returncode == 0
    assert not named or branch in ('a"b', "<b>")
    assert forge_of(REPOSITORY, branch=branch or "..") is None


def with_settings(root: Path, *lines: str) -> Path:
    path = root / "data/school.yml"
    path.write_text(path.read_text(encoding="utf-8") + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("数据仓库: javascript:alert(1)", "link", "不是可以链接的网址"),
        ("数据仓库: https://user@github.com/a/b", "link", "不是普通的网站名"),
        ("托管平台: sourceforge", "choice", "“sourceforge”不在可填的词中"),
        ("主分支: ../../evil", "branch", "“../../evil”不是分支名"),
    ],
)
def test_a_setting_that_is_none_is_refused_with_words(line: str, code: str, said: str, school: Path) -> None:
    checked = check(with_settings(school, line), TODAY, first=SAMPLE)
    found = [problem for problem in checked.problems if problem.code == code]
    assert [problem.place.file for problem in found] == ["data/school.yml"]
    assert said in checked.language.say(found[0].message), checked.language.say(found[0].message)


def test_settings_say_nothing_about_the_school_and_are_no_facts(school: Path) -> None:
    before, _ = load(school)
    after, problems = load(with_settings(school, f"数据仓库: {REPOSITORY}", "托管平台: 码云", "主分支: publish/site"))
    assert before is not None
    assert after is not None
    assert problems == []
    assert after.school.forge is CodeHost.GITEE
    assert {fact.field for fact in facts(after)} - {fact.field for fact in facts(before)} == {"repository"}


def committed(root: Path) -> Path:
    git = ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "x"], check=True)
    return root


def test_a_school_in_a_folder_of_its_repository_is_linked_there(tmp_path: Path) -> None:
    root = tmp_path / "乡 校"
    shutil.copytree(ROOT / "data", root / "data")
    with_settings(root, f"数据仓库: {REPOSITORY}")
    committed(tmp_path)
    assert within_repository(commit_of(root), root).folder == "乡 校/"
    assert within_repository(commit_of(tmp_path), tmp_path).folder == ""
    commit = check(root, TODAY, first=SAMPLE).commit
    assert commit.folder == "乡 校/"
    data, _ = load(root)
    assert data is not None
    desk = desk_of(data, commit, check(root, TODAY, first=SAMPLE).language, "2023-spring", TODAY)
    folder = "%E4%B9%A1%20%E6%A0%A1"
    assert desk.edit(FILE) == f"{REPOSITORY}/edit/main/{folder}/{FILE}"
    assert desk.source(PLACE) == f"{REPOSITORY}/blob/{commit.id}/{folder}/{FILE}#L4"
    assert desk.upload(FILE) == f"{REPOSITORY}/upload/main/{folder}/data/terms/2023-spring"


def pages_of(root: Path) -> dict[str, html.HtmlElement]:
    site = render_site(check(root, TODAY, first=SAMPLE))
    assert site.pages, site.problems
    return {page.url: html.fragment_fromstring(content, create_parent="div") for page, content in site.pages}


def out_there(page: html.HtmlElement) -> list[str]:
    return [href for href in page.xpath("//a/@href") if href.startswith(REPOSITORY)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ("改这张表", "上传新文件", "报告错误")),
        ("en", ("Edit this table", "Upload a new one", "Report a mistake")),
    ],
)
def test_every_page_says_where_its_data_is_changed_and_every_link_leads_to_a_file(
    language: str, words: tuple[str, ...], school: Path
) -> None:
    path = school / "data/school.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("语言: zh", f"语言: {language}"), encoding="utf-8")
    made = pages_of(with_settings(school, f"数据仓库: {REPOSITORY}"))
    assert len(made) > 50
    seen = 0
    for url, page in made.items():
        lines = page.xpath("//p[contains(@class, 'desk-page')]")
        assert len(lines) == 1, url
        assert [a for a in lines[0].xpath("a") if a.text == words[2]], url
        for address in out_there(page):
            route, _, rest = address.removeprefix(REPOSITORY).partition("#")[0].partition("/main/")
            if route in ("/edit", "/upload", "/tree", "/blob"):
                seen += 1
                assert (school / unquote(rest)).exists(), (url, address)
            else:
                assert route.startswith(("/new", "/issues/new?template=")), (url, address)
    assert seen > 100
    fees = made["fees/"]
    tables = fees.xpath("//p[@class='desk']")
    assert len(tables) == len(fees.xpath("//p[@class='downloads']")) == 3
    assert [[a.text for a in table.xpath("a")] for table in tables] == [list(words[:2])] * 3


def test_links_with_the_same_words_lead_to_the_same_place(school: Path) -> None:
    for url, page in pages_of(with_settings(school, f"数据仓库: {REPOSITORY}")).items():
        named: dict[str, set[str]] = {}
        for link in page.xpath("//p[contains(@class, 'desk')]//a | //a[@class='desk']"):
            name = link.get("aria-label") or " ".join(link.text_content().split())
            named.setdefault(name, set()).add(link.get("href"))
        assert {name for name, addresses in named.items() if len(addresses) > 1} == set(), url


def test_without_a_repository_nothing_on_any_page_speaks_of_changing(school: Path) -> None:
    for url, page in pages_of(with_settings(school, "信箱: ask@example.org")).items():
        assert page.xpath("//*[contains(@class, 'desk')]") == [], url


def test_where_the_code_host_is_not_known_only_the_repository_is_linked(school: Path) -> None:
    pages = pages_of(with_settings(school, "数据仓库: https://git.example.org/a/b"))
    links = {a for page in pages.values() for a in page.xpath("//a/@href") if "git.example.org" in a}
    assert links == {"https://git.example.org/a/b"}
    assert all(page.xpath("//p[contains(@class, 'desk-page')]") for page in pages.values())


def test_what_is_still_empty_leads_to_the_file_that_is_missing(school: Path) -> None:
    shutil.rmtree(school / "data/finance")
    for name in ("terms", "corrections.csv", "explanations.csv", "duties.csv"):
        path = school / "data" / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    made = pages_of(with_settings(school, f"数据仓库: {REPOSITORY}"))
    begun = {url: {a for a in out_there(page) if "/new/main/" in a} for url, page in made.items()}
    first = f"{REPOSITORY}/new/main/data/terms/2023-autumn?filename=term.yml&value="
    assert all(any(a.startswith(first) for a in begun[url]) for url in ("fees/", "calendar/", "about/", ""))
    (statements,) = begun["finance/"]
    assert statements.startswith(f"{REPOSITORY}/new/main/data/finance/2023?filename=statements.csv&value=")
    values = parse_qs(urlsplit(statements).query)["value"][0]
    assert values.startswith("月份,期初余额,")
    assert values.endswith("\n")
    assert any("filename=duties.csv" in a for a in begun["about/"])


def test_a_plan_is_begun_with_one_measure_to_fill_in(school: Path) -> None:
    for name in ("plan.yml", "calendar.csv"):
        (school / "data/terms/2023-spring" / name).unlink()
    made = pages_of(with_settings(school, f"数据仓库: {REPOSITORY}"))
    (address, *_) = [a for a in out_there(made["plan/2023-spring/"]) if "filename=plan.yml" in a]
    text = parse_qs(urlsplit(address).query)["value"][0]
    assert text.splitlines() == [
        "标题: ", "目标: ", "领域:", "  - 编号: ", "    名称: ", "    措施:", '      - {编号: "", 措施: ""}'
    ]  # fmt: skip
    for empty, filled in (("题: ", "题: 计划"), ("标: ", "标: 有保障"), ("号: \n", "号: safety\n"), ("称: ", "称: 安全"),
                          ('号: ""', "号: m1.1"), ('施: ""', "施: 排查水电")):  # fmt: skip
        assert text.count(empty) == 1, empty
        text = text.replace(empty, filled)
    (school / "data/terms/2023-spring/plan.yml").write_text(text, encoding="utf-8")
    assert [line for line in lines_of(school) if "plan.yml" in line and "error[" in line] == []


def test_a_finding_about_a_missing_file_leads_to_beginning_it(school: Path) -> None:
    (school / "data/finance/2023/budget.csv").unlink()
    page = pages_of(with_settings(school, f"数据仓库: {REPOSITORY}"))["findings/"]
    budget = [a for a in out_there(page) if "budget.csv" in a and "/issues/" not in a]
    assert [a.partition("&")[0] for a in budget] == [f"{REPOSITORY}/new/main/data/finance/2023?filename=budget.csv"]


def test_what_a_new_file_begins_with_is_read(school: Path) -> None:
    """The headings that a link fills in are those that the program reads."""
    data, _ = load(school)
    assert data is not None
    desk = desk_of(data, commit_of(school), check(school, TODAY, first=SAMPLE).language, "2023-spring", TODAY)
    desk = Desk(**{**desk.__dict__, "forge": forge(), "files": {}})
    (school / "data/duties.csv").unlink()
    (school / "data/finance/2023/budget.csv").unlink()
    for file in ("data/duties.csv", "data/finance/2023/budget.csv"):
        begun = parse_qs(urlsplit(desk.begin(file)).query)["value"][0]
        (school / file).write_text(begun, encoding="utf-8")
    again, problems = load(school)
    assert again is not None
    assert [p for p in problems if p.place.file in ("data/duties.csv", "data/finance/2023/budget.csv")] == []


def test_the_form_has_the_fields_that_links_fill_in() -> None:
    form = yaml.load((ROOT / ".github/ISSUE_TEMPLATE" / FORM).read_text(encoding="utf-8"), yaml.BaseLoader)
    assert "place" in {part.get("id") for part in form["body"]}
    assert set(re.findall(r"[?&]([a-z]+)=", forge().ask(PLACE))) == {"template", "title", "place"}


def test_a_letter_is_asked_where_there_is_no_code_host() -> None:
    desk = Desk(email="ask@example.org")
    assert desk.ask(PLACE) == "mailto:ask@example.org?subject=data/terms/2023-spring/fees.csv%3A4%3A20%20(E4)"
    assert desk.report("x") == ""
    assert (
        Desk(repository="https://git.example.org/a/b", email="ask@example.org").report("页")
        == "mailto:ask@example.org?subject=%E9%A1%B5"
    )


def test_the_link_to_a_line_is_one_that_may_stand_on_a_page() -> None:
    assert all(is_link(forge(kind).edit(FILE)) and is_link(forge(kind).source(PLACE)) for kind in ADDRESSES)
