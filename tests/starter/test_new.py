"""`mingzhang new`: what is asked, what is refused, and a school that is there whole or not at all."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from generator.build import check
from generator.cli import main
from generator.dataset import load
from generator.locale import language
from generator.oversight.policy import packs
from generator.registers.school.records import CampusKind, Place
from generator.starter.answers import QUESTIONS, ask_all, refusal, take, take_all
from generator.starter.made import make
from generator.starter.pin import StarterError, read_pin
from generator.starter.repository import sha256, site_address
from generator.values.refusal import Refused
from tests.conftest import ROOT
from tests.starter.conftest import WHO
from tests.starter.schools import ENGLISH, PINNED, TEXTS, answers, school_in

Capture = pytest.CaptureFixture[str]
REQUIRED = {"name", "setting", "stage", "supervisor", "term", "start", "end"}


def options(**changed: str | None) -> list[str]:
    given = {**TEXTS, **changed}
    return [word for name, text in given.items() if text is not None for word in ("--" + name.replace("_", "-"), text)]


@pytest.fixture(autouse=True)
def known(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git knows who commits, and forms are made only where a test asks for them: they take as long as all the rest."""
    for name, value in WHO.items():
        monkeypatch.setenv(name, value)
    if "forms" not in request.fixturenames:
        monkeypatch.setattr("generator.starter.made.templates", lambda given: {})


@pytest.fixture
def forms() -> None:
    """The forms for spreadsheet programs, as a new school has them."""


def test_one_command_makes_a_school_that_builds(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "books"
    assert main(["new", str(folder), "--yes", *options()]) == 0
    said = capsys.readouterr().out
    assert "错误 0 个，公开的问题 0 个" in said
    assert "已在主分支 main 上作了第一次提交" in said
    dataset, problems = load(folder)
    assert dataset
    assert problems == []
    school = dataset.school
    assert (school.name, school.place_kind, school.repository) == (TEXTS["name"], Place.TOWN, TEXTS["repository"])
    assert [(c.id, c.name, c.kind) for c in school.campuses] == [
        ("ZX", "青禾中心校", CampusKind.CENTRE), ("SL", "松林完小", CampusKind.COMPLETE),
    ]  # fmt: skip
    assert [str(day) for term in dataset.terms for day in (term.registration, term.start, term.end)] == [
        "2026-08-31", "2026-09-01", "2027-01-22",
    ]  # fmt: skip
    assert [term.name for term in dataset.terms] == ["2026年秋季学期"]
    assert sum(len(file.records) for file in dataset.files) == 2, (
        "the school and its term, and no figure that nobody entered"
    )
    assert len(dataset.files) == 13
    git = subprocess.run(
        ["git", "-C", str(folder), "status", "--porcelain", "--branch"], capture_output=True, text=True
    )
    assert git.stdout == "## main\n", "everything is committed"


def test_what_is_missing_is_told_at_once(tmp_path: Path, capsys: Capture) -> None:
    assert main(["new", str(tmp_path / "books"), "--yes", "--generator", PINNED]) == 2
    said = capsys.readouterr().err
    told = set(re.findall(r"^  --([a-z-]+)：没有给出", said, re.MULTILINE))
    assert told == REQUIRED, "and nothing that follows from another answer"
    assert not (tmp_path / "books").exists()


def test_every_mistake_is_told_at_once_with_what_to_do(tmp_path: Path, capsys: Capture) -> None:
    wrong = options(setting="乡", start="2026-9-31", campus="青禾", name="=1+1", repository="http://x", policy="none", owners="zhang",
                    hotline="办公室", generator="git@github.com:a/b")  # fmt: skip
    assert main(["new", str(tmp_path / "books"), "--yes", *wrong]) == 2
    lines = capsys.readouterr().err.splitlines()[1:]
    told = [re.match(r"  --([a-z-]+)：", line.replace(": ", "：")) for line in lines]
    assert [found[1] for found in told if found] == [
        "name", "setting", "campus", "hotline", "policy", "start", "repository", "owners", "generator",
    ]  # fmt: skip
    assert all("；" in line for line in lines if "乡" not in line)
    assert not (tmp_path / "books").exists()


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("end", "2026-08-01", "2026年9月1日开学的学期，不能在2026年8月1日放假"),
        ("end", "2027-12-01", "一年以内"),
        ("campus", "A=甲=中心校;A=乙=村小", "编号“A”用在了两个校区上"),
        ("campus", "A=甲=大学", "大学"),
        ("campus", ";", "至少有一个校区"),
        ("term", "../../etc", "../../etc"),
        ("generator", "https://example.org/x@abc", "不知道用的是明账的哪一个提交"),
        ("generator", "https://example.org/../x@" + "a" * 40, "不是以 https 开头的"),
        ("generator", "https://example.org/x;rm -rf@" + "a" * 40, "不是以 https 开头的"),
        ("generator", "https://example.org/$(id)@" + "a" * 40, "不是以 https 开头的"),
    ],
)
def test_an_answer_is_judged_as_the_file_will_be(name: str, text: str, words: str) -> None:
    question = next(question for question in QUESTIONS if question.name == name)
    with pytest.raises(Refused) as refused:
        take(question, text, answers())
    assert words in refusal(refused.value, language("zh"))


def script(*lines: str) -> tuple[Callable[[str], str], list[str]]:
    """Return what answers with one line after another, and the list of what it was asked."""
    asked: list[str] = []
    waiting = iter(lines)

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return next(waiting)

    return ask, asked


def test_questions_show_their_defaults_and_are_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["", "青禾小学", "", "城市", "村", "小学", "县教育局", "", "", "2026-spring", "", "2026-02-30", "2026-02-16", "2026-02-16",
             "2026年7月3日", "", "", "", PINNED]  # fmt: skip
    ask, asked = script(*lines)
    monkeypatch.setattr("generator.starter.answers.own_address", lambda: None)
    said: list[str] = []
    given = ask_all({}, "zh", ask, said.append)
    assert len(asked) == len(lines)
    assert (given["name"], given["setting"], given["campus"][0]) == (
        "青禾小学",
        Place.VILLAGE,
        ("ZX", "青禾小学", CampusKind.CENTRE),
    )
    assert (given["term_name"], str(given["registration"])) == ("2026年春季学期", "2026-02-16")
    assert said[0] == "这一项必须填写。"
    assert "城市" in said[1]
    assert "2026-02-30" in said[2]
    assert "不能在2026年2月16日放假" in said[3]
    assert "所在地，决定哪些项目可以收费（村、镇、城）：" in asked
    assert "报名日［直接回车就是：2026-02-16］：" in asked
    assert not [question for question in asked if "政策包" in question or "那个网站用的程序" in question]
    assert (given["policy"], given["forge"], str(given["end"])) == (packs()[0], None, "2026-07-03")


def test_what_an_option_says_is_not_asked() -> None:
    ask, asked = script()
    assert (
        ask_all(
            TEXTS | {"term_name": "秋", "policy": "cn-rural-compulsory", "hotline": "", "forge": ""}, "zh", ask, print
        )["term_name"]
        == "秋"
    )
    assert asked == []


def test_on_a_terminal_people_are_asked(tmp_path: Path) -> None:
    above, below = pty.openpty()
    command = [sys.executable, "-m", "generator", "new", str(tmp_path / "books"), *options(name=None, hotline="", forge="", policy="cn-rural-compulsory",
                                                                                           term_name="秋")]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    with subprocess.Popen(
        command, stdin=below, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment
    ) as asking:
        os.close(below)
        os.write(above, "\n青禾小学\n".encode())
        said = (asking.communicate(timeout=120)[0] or b"").decode()
    os.close(above)
    assert asking.returncode == 0, said
    assert said.startswith("下面问几个问题。")
    assert said.count("学校全称") == 2
    assert "名称: 青禾小学\n" in (tmp_path / "books/data/school.yml").read_text("utf-8")


def test_nothing_is_overwritten(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "books"
    folder.mkdir()
    (folder / "letter.txt").write_text("x", encoding="utf-8")
    assert main(["new", str(folder), "--yes", *options()]) == 2
    assert "不是空文件夹" in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["books"]


def test_an_empty_folder_is_filled_and_its_parents_are_made(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert school_in(tmp_path / "empty").commit
    assert school_in(tmp_path / "a/b/c").commit
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")], "nothing is left of the work"


def test_answers_that_the_check_refuses_leave_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(StarterError) as refused:
        school_in(tmp_path / "books", TEXTS | {"hotline": "张三=13800138000"})
    assert "13800138000" not in language("zh").say(refused.value.message), "what looks personal is masked"
    assert list(tmp_path.iterdir()) == []


def test_without_a_name_for_git_everything_is_there_but_the_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in WHO:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.useConfigOnly")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")
    made = school_in(tmp_path / "books")
    assert made.commit is None
    assert any("git config --global user.name" in language("zh").say(remark) for remark in made.remarks)
    assert (made.folder / ".git").is_dir()


@pytest.mark.parametrize(
    "name",
    [
        "a: b",
        "学校 - 一",
        "青禾 #1",
        "“青禾”",
        "是",
        "null",
        "{青禾}",
        "青禾\\小学",
        "1e3",
        "青禾, 小学",
        "'",
        '"',
        "&a",
        "*a",
        "!x",
        "青禾：小学",
    ],
)
def test_whatever_a_name_holds_is_read_back(name: str, tmp_path: Path) -> None:
    try:
        made = school_in(tmp_path / "books", TEXTS | {"name": name, "campus": f"ZX={name.replace(';', '')}=中心校"})
    except StarterError:
        pytest.fail(f"{name} was refused")
    dataset, problems = load(made.folder)
    assert dataset
    assert problems == []
    assert (dataset.school.name, dataset.school.campuses[0].name) == (name, name)
    plain = yaml.load((made.folder / "data/school.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
    assert plain["名称"] == name, "and other programs read the same"


def test_what_stands_behind_a_mark_reads_well_without_it(tmp_path: Path) -> None:
    made = school_in(tmp_path / "books")
    for file in ("data/school.yml", "data/terms/2026-autumn/term.yml"):
        path = made.folder / file
        lines = [
            line.removeprefix("# ") if re.match(r"# (?:\S+:|  - )", line) else line
            for line in path.read_text("utf-8").splitlines()
        ]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    dataset, problems = load(made.folder)
    assert dataset
    assert [p for p in problems if p.severity == "error"] == []
    assert [hotline.number for hotline in dataset.school.hotlines] == ["区号和号码", "12345"]
    assert [day.name for day in dataset.terms[0].days_off] == ["运动会"]


def test_the_pin_names_the_program_and_every_file_with_its_hash(tmp_path: Path) -> None:
    made = school_in(tmp_path / "books")
    pin = read_pin(made.folder)
    assert f"{pin.generator}@{pin.commit}" == PINNED
    beside = {path for path in made.files if not path.startswith(("data/", "templates/"))} - {".mingzhang.yml"}
    assert beside - set(pin.files) == {"README.md", ".github/CODEOWNERS"}, (
        "those are the school's own from the first day"
    )
    assert set(pin.files) < beside
    assert all(sha256((made.folder / path).read_bytes()) == known for path, known in pin.files.items())


@pytest.mark.usefixtures("forms")
def test_a_readme_of_one_screen_says_where_things_are(tmp_path: Path) -> None:
    for code, texts in (("zh", TEXTS), ("en", ENGLISH)):
        folder = school_in(tmp_path / code, texts, code).folder
        readme = (folder / "README.md").read_text("utf-8")
        assert len(readme.splitlines()) < 45
        assert "$" not in readme.replace("$PWD", "")
        assert "https://qinghe.github.io/open-books/" in readme
        for named in re.findall(r"`((?:data|templates|\.github)[^`]*|\.mingzhang\.yml)`", readme):
            assert (folder / named).exists(), named
        for goal in re.findall(r"`make (\w+)", readme):
            assert re.search(rf"^{goal}:", (folder / "Makefile").read_text("utf-8"), re.MULTILINE), goal


def test_an_english_school_has_english_files(tmp_path: Path) -> None:
    folder = school_in(tmp_path / "books", ENGLISH, "en").folder
    assert (folder / "data/terms/2026-autumn/fees.csv").read_text("utf-8").startswith("Item id,Fee item,Nature,")
    assert not re.search(r"[\u4e00-\u9fff]", (folder / "data/school.yml").read_text("utf-8"))
    checked = check(folder)
    assert checked.errors == ()
    assert checked.language.code == "en"


@pytest.mark.parametrize(("forge", "there"), [("gitea", False), ("gitee", False), ("GitHub", True), ("", True)])
def test_only_a_host_that_runs_workflows_gets_them(forge: str, there: bool, tmp_path: Path) -> None:
    host = "https://github.com/a/b" if there else "https://git.example.org/a/b"
    made = school_in(tmp_path / "books", TEXTS | {"repository": host, "forge": forge})
    assert (made.folder / ".github/workflows").exists() is there
    assert (made.folder / ".github/generator").exists()
    assert any("GitHub" in language("zh").say(remark) for remark in made.remarks) is not there


def test_the_address_of_the_site_is_that_of_the_host() -> None:
    given = {**answers(), "repository": "https://github.com/QingHe/qinghe.github.io"}
    assert site_address(given) == "https://qinghe.github.io/"
    assert site_address({**given, "repository": "https://git.example.org/a/b"}) == ""


def test_who_owns_what_is_said_or_left_to_be_filled_in(tmp_path: Path) -> None:
    owners = (school_in(tmp_path / "a").folder / ".github/CODEOWNERS").read_text("utf-8")
    assert re.search(r"^/data/finance/ +@qinghe/books$", owners, re.MULTILINE)
    assert re.search(r"^/\.mingzhang\.yml +@qinghe/books$", owners, re.MULTILINE)
    account = (school_in(tmp_path / "b", TEXTS | {"owners": ""}).folder / ".github/CODEOWNERS").read_text("utf-8")
    assert re.search(r"^/data/finance/ +@qinghe$", account, re.MULTILINE)
    nobody = school_in(tmp_path / "c", TEXTS | {"owners": "", "repository": ""}).folder / ".github/CODEOWNERS"
    assert all(line.startswith("#") for line in nobody.read_text("utf-8").splitlines() if line)


@pytest.mark.usefixtures("forms")
def test_the_forms_for_spreadsheets_are_left_out_where_they_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (school_in(tmp_path / "with").folder / "templates/fees.xlsx").is_file()
    monkeypatch.setitem(sys.modules, "generator.spreadsheets.template", None)
    made = school_in(tmp_path / "without")
    assert not (made.folder / "templates").exists()
    assert any("[xlsx]" in language("zh").say(remark) for remark in made.remarks)


def test_the_program_is_pinned_to_its_own_checkout_unless_told(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {("rev-parse", "HEAD"): "c" * 40, ("remote", "get-url", "origin"): "git@github.com:group/mingzhang.git"}
    monkeypatch.setattr("generator.starter.pin._said", lambda *arguments: said.get(arguments, ""))
    given, mistakes = take_all(TEXTS | {"generator": None}, "zh")
    assert mistakes == []
    assert given["generator"] == ("https://github.com/group/mingzhang", "c" * 40)
    monkeypatch.setattr("generator.starter.pin._said", lambda *arguments: "")
    _, (mistake,) = take_all(TEXTS | {"generator": None}, "zh")
    assert (
        mistake.sentence(language("zh"))
        == "--generator：没有给出——明账程序的网址和版本，写成“网址@提交号”（问把程序给您的人）"
    )


def test_files_of_the_package_are_all_in_it(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in ("generator", "pyproject.toml", "README.md"):
        subprocess.run(["cp", "-r", str(ROOT / name), str(source)], check=True)
    target = tmp_path / "wheel"
    built = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "-w",
        str(target),
        str(source),
    ]
    done = subprocess.run(built, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (wheel,) = target.glob("*.whl")
    listed = subprocess.run(
        [sys.executable, "-m", "zipfile", "-l", str(wheel)], capture_output=True, text=True, check=True
    ).stdout
    files = [
        path.relative_to(ROOT).as_posix() for path in (ROOT / "generator/starter/files").rglob("*") if path.is_file()
    ]
    assert len(files) >= 8
    assert [name for name in files if name not in listed] == []


def test_a_file_is_no_folder_for_a_school(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StarterError):
        make(tmp_path / "file", answers())
