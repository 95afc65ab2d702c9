"""A clerk's way through the forms in Chromium: a folder with the school's data, one fee, a wrong amount, a right one.

The folder is one of the browser's own (OPFS): it has the interface of a folder that somebody chooses on the disk, which
no program may choose for them.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from generator.editor.patterns import message_of
from generator.locale import language
from tests.editor.github import API, GitHub

expect.set_options(timeout=15_000)
FEES = "data/terms/2023-spring/fees.csv"
CHOOSE = (
    "window.showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle('school');"
)
FILL = """async (files) => {
  const top = await navigator.storage.getDirectory();
  const school = await top.getDirectoryHandle("school", { create: true });
  await school.getDirectoryHandle(".git", { create: true });
  for (const [path, text] of Object.entries(files)) {
    const parts = path.split("/");
    const name = parts.pop();
    let folder = school;
    for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true });
    const file = await (await folder.getFileHandle(name, { create: true })).createWritable();
    await file.write(text);
    await file.close();
  }
}"""
READ = """async (path) => {
  let folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("school");
  const parts = path.split("/");
  const name = parts.pop();
  for (const part of parts) folder = await folder.getDirectoryHandle(part);
  return (await (await folder.getFileHandle(name)).getFile()).text();
}"""


class Clerk:
    """Somebody before the forms, with a folder of the school's data."""

    def __init__(self, page: Page, address: str, files: dict[str, str]) -> None:
        self.page, self.address, self.files = page, address, files
        self.outside: list[str] = []
        self.said: list[str] = []
        page.set_default_timeout(15_000)
        page.add_init_script(CHOOSE)
        page.on("request", self._asked)
        page.on("console", lambda said: self.said.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.outside.append(request.url)

    def arrive(self) -> None:
        """Open the forms, and choose the folder."""
        self.page.goto(f"{self.address}edit/")
        self.page.evaluate(FILL, self.files)
        self.page.get_by_role("button", name="使用本地仓库").click()
        expect(self.page.get_by_role("treeitem", name="2023年春季学期")).to_be_visible()

    def open(self, collection: str, entry: str, title: str) -> None:
        """Open the form of a file."""
        self.page.goto(f"{self.address}edit/#/collections/{collection}/entries/{entry}")
        expect(self.page.get_by_text(f"编辑「\u2068{title}\u2069」文件")).to_be_attached()
        expect(self.page.get_by_role("button", name="保存")).to_be_visible()

    def unfold(self, number: int) -> None:
        """Open one row of a list."""
        self.page.get_by_role("button", name="展开", exact=True).nth(number).click()

    def save(self) -> None:
        """Press the button."""
        self.page.get_by_role("button", name="保存").click()

    def saved(self) -> None:
        """Press the button, and wait until the form has closed."""
        self.save()
        expect(self.page.get_by_role("button", name="保存")).to_be_hidden()

    def changes(self, path: str) -> list[str]:
        """The lines of a file that are others now."""
        return apart(self.files[path], self.page.evaluate(READ, path))


def apart(before: str, after: str) -> list[str]:
    """The lines of two texts that differ."""
    lines = difflib.unified_diff(before.split("\n"), after.split("\n"), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.fixture
def clerk(browser: Browser, address: str, kept: Path) -> Iterator[Callable[..., Clerk]]:
    """A function that seats somebody before a screen of a width."""
    contexts = []
    files = {
        path.relative_to(kept).as_posix(): path.read_bytes().decode() for path in kept.rglob("*") if path.is_file()
    }

    def seat(width: int = 1280, height: int = 900) -> Clerk:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="en-US")
        contexts.append(context)
        return Clerk(context.new_page(), f"{address.rstrip('/')}/", files)

    yield seat
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_fee_is_edited_and_one_line_differs(clerk: Callable[..., Clerk], width: int) -> None:
    someone = clerk(width)
    someone.arrive()
    someone.open("terms-2023-spring", "fees", "收费项目")
    someone.unfold(2)
    amount = someone.page.get_by_role("textbox", name="收费标准")
    assert amount.input_value() == "15.00"
    amount.fill("30元")
    someone.save()
    expect(someone.page.get_by_text("有 1 个字段存在错误")).to_be_visible()
    someone.page.get_by_role("button", name="看看是哪里").click()
    expect(someone.page.get_by_text(message_of("standard", language("zh"))).first).to_be_visible()
    assert someone.changes(FEES) == []
    someone.page.reload()
    someone.open("terms-2023-spring", "fees", "收费项目")
    someone.unfold(2)
    amount.fill("18.00")
    someone.saved()
    old = next(line for line in someone.files[FEES].split("\n") if line.startswith("F03,"))
    assert someone.changes(FEES) == [f"-{old}", f"+{old.replace('15.00', '18.00')}"]
    assert someone.outside == []
    assert someone.said == []


def test_a_document_keeps_its_comments_and_a_new_row_is_a_new_line(clerk: Callable[..., Clerk]) -> None:
    someone = clerk()
    someone.arrive()
    someone.open("school", "school", "学校")
    someone.page.get_by_role("textbox", name="地址", exact=True).fill("示例县青禾镇学府路2号")
    someone.saved()
    assert someone.changes("data/school.yml") == ["-地址: 示例县青禾镇学府路1号", "+地址: 示例县青禾镇学府路2号"]
    someone.open("school", "explanations", "情况说明")
    someone.page.get_by_role("button", name="添加").click()
    someone.page.get_by_role("textbox", name="问题编号").fill("FIN-06:2023/2023-06")
    someone.page.get_by_role("textbox", name="日期").fill("2023-07-20")
    someone.page.get_by_role("textbox", name="说明岗位").fill("后勤主任")
    someone.page.get_by_role("textbox", name="说明", exact=True).fill("银行对账单晚到，已补报")
    someone.page.get_by_role("textbox", name="有效期至").fill("2023-13-01")
    someone.save()
    expect(someone.page.get_by_text("有 1 个字段存在错误")).to_be_visible()
    someone.page.get_by_role("textbox", name="有效期至").fill("2023-12-31")
    someone.saved()
    row = "+FIN-06:2023/2023-06,2023-07-20,后勤主任,银行对账单晚到，已补报,2023-12-31"
    assert someone.changes("data/explanations.csv") == [row]
    assert someone.outside == []


def test_every_form_opens_without_an_error(clerk: Callable[..., Clerk], config: dict[str, object]) -> None:
    someone = clerk()
    someone.arrive()
    groups = config["cms"]["collections"]  # type: ignore[index]
    forms = [(group["name"], file["name"], file["label"]) for group in groups for file in group["files"]]
    assert len(forms) == 14
    for collection, entry, label in forms:
        someone.open(collection, entry, label)
    assert someone.said == []
    assert someone.outside == []


def test_signing_in_asks_only_the_code_host(clerk: Callable[..., Clerk]) -> None:
    someone = clerk()
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=401, json={"message": "Bad credentials"})

    someone.page.route(lambda url: not url.startswith((someone.address, "data:", "blob:")), refuse)
    someone.page.goto(f"{someone.address}edit/")
    someone.page.get_by_role("button", name="使用访问令牌登录").click()
    assert asked == []
    someone.page.get_by_role("textbox").fill("github_pat_0")
    with someone.page.expect_request(lambda request: request.url.startswith("https://api.github.com/")):
        someone.page.get_by_role("button", name="登录", exact=True).click()
    expect(someone.page.get_by_role("alert").first).to_be_visible()
    assert asked
    assert all(url.startswith("https://api.github.com/") for url in asked), asked


def test_a_change_is_proposed_on_a_branch_of_its_own(clerk: Callable[..., Clerk]) -> None:
    someone = clerk(390)
    github = GitHub(someone.files)
    someone.page.route(f"{API}/**", github.answer)
    someone.page.goto(f"{someone.address}edit/")
    someone.page.get_by_role("button", name="使用访问令牌登录").click()
    someone.page.get_by_role("textbox").fill("github_pat_0")
    someone.page.get_by_role("button", name="登录", exact=True).click()
    expect(someone.page.get_by_role("treeitem", name="2023年春季学期")).to_be_visible()
    someone.open("terms-2023-spring", "fees", "收费项目")
    someone.unfold(2)
    someone.page.get_by_role("textbox", name="收费标准").fill("18.00")
    with someone.page.expect_response(f"{API}/repos/example/school/pulls"):
        someone.save()
    expect(someone.page.get_by_text("条目已保存")).to_be_visible()
    assert github.unknown == []
    assert github.branches == ["refs/heads/cms/terms-2023-spring/fees"]
    [(branch, texts)] = github.commits
    assert branch == "cms/terms-2023-spring/fees"
    assert list(texts) == [FEES]
    assert [line[:4] for line in apart(someone.files[FEES], texts[FEES])] == ["-F03", "+F03"]
    [proposed] = github.requests
    assert proposed["title"] == f"修改：{FEES}"
    assert (proposed["base"], proposed["head"]) == ("main", branch)
    assert all(url.startswith(API) for url in someone.outside)
