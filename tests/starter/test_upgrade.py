"""`mingzhang upgrade`: what changes with a newer version, told before anything is written, and the school's own work kept."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.starter.changed import Change, State, apply, changes
from generator.starter.older import CHANGES, NotComparable, Said, unpacked
from generator.starter.pin import Pin
from generator.starter.repository import sha256
from generator.starter.upgrade import News, _left, bullets, compare, news, sections
from generator.trust.facts import Name
from tests.conftest import ROOT
from tests.starter.conftest import Program

GRADES = '    grades: Text | None = column("年级", "Grades", default=None, about=("例如 1-6", "such as 1-6"))\n'
RETIRED = '    retired = (Retired("grades", "年级", "Grades", since="0.2.0", why=Message("nobody asks for it")),)\n'


@dataclass(frozen=True)
class Newer:
    """A newer version of the program in a checkout of its own, which knows the older one by its history."""

    folder: Path
    commit: str
    program: Program

    def replace(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} does not hold {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def committed(self) -> Newer:
        self.program.git(self.folder, "add", "--all")
        self.program.git(self.folder, "commit", "--quiet", "--no-verify", "--message", "newer")
        return Newer(self.folder, self.program.git(self.folder, "rev-parse", "HEAD"), self.program)

    def upgrade(self, school: Path, *options: str) -> subprocess.CompletedProcess[str]:
        """Run the newer program's command in the school's folder."""
        environment = {**self.program.environment, "PYTHONPATH": str(self.folder), "PYTHONUTF8": "1",
                       "MINGZHANG_CACHE": str(self.folder / ".cache-of-test")}  # fmt: skip
        command = [sys.executable, "-m", "generator", "upgrade", *options]
        return subprocess.run(command, cwd=school, env=environment, capture_output=True, text=True, encoding="utf-8")


@pytest.fixture
def checkout(program: Program, tmp_path: Path) -> Newer:
    folder = tmp_path / "mingzhang"
    program.git(tmp_path, "clone", "--quiet", str(program.repository), str(folder))
    program.git(folder, "remote", "set-url", "origin", "https://git.example.org/group/mingzhang")
    return Newer(folder, program.commit, program)


@pytest.fixture
def newer(checkout: Newer) -> Newer:
    """A version that has news, other files, and one column less."""
    checkout.replace("CHANGELOG.md", "\n- ", "\n- The moon can be\n  subscribed to.\n- ")
    checkout.replace("CHANGELOG.zh-CN.md", "\n- ", "\n- 月亮也可以订阅，\n  每晚\n  一次。\n- ")
    checkout.replace(".githooks/pre-commit", "set -eu", "set -eu # newer")
    checkout.replace(".github/live-ledger", "set -eu", "set -eu # newer")
    checkout.replace("generator/starter/files/gitignore", "/site/", "/site/\n/newer/")
    (checkout.folder / "generator/starter/files/github/added").write_text("added\n", encoding="utf-8")
    (checkout.folder / ".github/workflows/watch.yml").unlink()
    records = "generator/registers/school/records.py"
    checkout.replace(records, GRADES, RETIRED)
    checkout.replace(records, "import Record, Sheet, column", "import Record, Retired, Sheet, column")
    return checkout.committed()


def say_grades(school: Path, program: Program) -> None:
    """Enter a value in the column that the newer version retires, and commit it."""
    path = school / "data/school.yml"
    path.write_text(path.read_text("utf-8").replace("类别: 中心校}", "类别: 中心校, 年级: 1-6}"), encoding="utf-8")
    program.git(school, "commit", "--quiet", "--no-verify", "--all", "--message", "grades")


def test_the_same_version_changes_nothing(pinned: Path, checkout: Newer) -> None:
    done = checkout.upgrade(pinned)
    assert (done.returncode, done.stderr) == (0, "")
    assert "没有变化：这所学校用的就是这一版。" in done.stdout


def test_everything_that_changes_is_told_and_nothing_is_written(pinned: Path, newer: Newer) -> None:
    say_grades(pinned, newer.program)
    done = newer.upgrade(pinned)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"换到 0.1.0 版（{newer.commit[:12]}）" in done.stdout
    assert "程序有什么变化：\n  - 月亮也可以订阅，每晚一次。\n" in done.stdout
    assert "The moon" not in done.stdout
    assert done.stdout.count("\n  - `mingzhang") == 0, "news of the older version are no news"
    assert re.search(
        r"新版才指出的：\n  - data/school.yml:\d+:\d+: warning\[retired\]: “年级”这一项不再使用：nobody asks for it；",
        done.stdout,
    )
    assert "公布过的内容一项都没有变。\n不再使用的栏目有 1 处" in done.stdout
    listed = re.findall(r"^  - (\S+)：(.*)$", done.stdout.split("您的仓库里的文件：")[1], re.MULTILINE)
    assert listed == [
        (".githooks/pre-commit", "更新"), (".github/added", "新增"), (".github/live-ledger", "更新"),
        (".github/workflows/watch.yml", "不再需要，删掉"), (".gitignore", "更新"),
    ]  # fmt: skip
    assert "什么也没有写" in done.stdout
    assert newer.program.git(pinned, "status", "--porcelain") == ""


def test_writing_brings_files_and_pin_up_to_date_and_keeps_what_is_the_schools_own(pinned: Path, newer: Newer) -> None:
    own = pinned / ".gitignore"
    own.write_text(own.read_text("utf-8") + "/drafts/\n", encoding="utf-8")
    (pinned / ".github/live-ledger").unlink()
    mine = pinned / ".githooks/find"
    mine.write_text(mine.read_text("utf-8") + "# ours\n", encoding="utf-8")
    readme = (pinned / "README.md").read_bytes()
    done = newer.upgrade(pinned, "--write")
    assert done.returncode == 1, "two files have to be brought together"
    assert "  - .githooks/find：您改过或删掉了，保持不动\n" in done.stdout
    assert "  - .github/live-ledger：您改过，新版也改了，请把两边合在一起\n" in done.stdout
    assert "--- a/.gitignore\n+++ b/.gitignore\n" in done.stdout
    assert "-/drafts/" in done.stdout
    assert "/drafts/" in own.read_text("utf-8")
    assert not (pinned / ".github/live-ledger").exists()
    assert not (pinned / ".github/workflows/watch.yml").exists()
    assert (pinned / ".github/added").read_text("utf-8") == "added\n"
    assert "# newer" in (pinned / ".githooks/pre-commit").read_text("utf-8")
    assert os.access(pinned / ".githooks/pre-commit", os.X_OK)
    assert (pinned / "README.md").read_bytes() == readme
    assert f"commit: {newer.commit}\n" in (pinned / ".mingzhang.yml").read_text("utf-8")
    again = newer.upgrade(pinned)
    assert again.returncode == 0, "what was looked at once is the school's own from then on"
    assert len(re.findall(r"：您改过或删掉了，保持不动$", again.stdout, re.MULTILINE)) == 3


def test_a_column_that_is_dropped_without_a_word_needs_a_person(pinned: Path, checkout: Newer) -> None:
    checkout.replace("generator/registers/school/records.py", GRADES, "")
    worse = checkout.committed()
    say_grades(pinned, worse.program)
    done = worse.upgrade(pinned)
    assert done.returncode == 1
    assert re.search(r"新版才指出的：\n  - data/school.yml:\d+:\d+: error\[key\]: ", done.stdout)
    assert "合并之前要有人看过。" in done.stdout


def test_a_version_that_reads_facts_otherwise_needs_a_person(pinned: Path, checkout: Newer) -> None:
    checkout.replace("generator/values/text.py", "    return text\n", "    return text.replace('教育', '體育')\n")
    other = checkout.committed()
    done = other.upgrade(pinned)
    assert done.returncode == 1
    assert (
        "新版读出来不一样的内容：\n  - school school supervisor: 青禾县教育体育局 → 青禾县體育体育局\n" in done.stdout
    )


def test_an_older_version_that_nobody_has_is_said_to_be_unknown(pinned: Path, checkout: Newer) -> None:
    pin = pinned / ".mingzhang.yml"
    pin.write_text(re.sub("(?m)^commit: .*", f"commit: {'e' * 40}", pin.read_text("utf-8")), encoding="utf-8")
    done = checkout.upgrade(pinned)
    assert done.returncode == 1, "whether facts change is not known"
    assert "这份明账的历史里没有提交 eeeeeeeeeeee" in done.stdout
    assert "不知道公布过的内容会不会变" in done.stdout
    ledger = pinned.parent / "ledger.jsonl"
    made = subprocess.run([sys.executable, "-m", "generator", "build", "--out", str(pinned.parent / "site")], cwd=pinned,
                          env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True)  # fmt: skip
    assert made.returncode == 0, made.stdout
    ledger.write_bytes((pinned.parent / "site/ledger.jsonl").read_bytes())
    known = checkout.upgrade(pinned, "--ledger", str(ledger))
    assert known.returncode == 0, known.stdout
    assert "公布过的内容一项都没有变。" in known.stdout


def test_a_step_back_is_called_one(pinned: Path, newer: Newer, program: Program) -> None:
    newer.upgrade(pinned, "--write")
    newer.program.git(newer.folder, "branch", "newer")
    newer.program.git(newer.folder, "checkout", "--quiet", program.commit)
    done = newer.upgrade(pinned)
    assert done.returncode == 1
    assert "这是往回退" in done.stdout


def test_another_commit_than_the_programs_own_is_refused(pinned: Path, checkout: Newer) -> None:
    for to, words in (("a" * 40, "请运行那一版"), ("abc", "不是完整的 40 位提交号")):
        done = checkout.upgrade(pinned, "--to", to)
        assert done.returncode == 2
        assert words in done.stderr
    (pinned / ".mingzhang.yml").unlink()
    assert "这里没有 .mingzhang.yml" in checkout.upgrade(pinned).stderr


def test_each_state_of_a_file(tmp_path: Path) -> None:
    old, own, new = b"old\n", b"own\n", b"new\n"
    files = {
        "same": new,
        "update": old,
        "own": own,
        "both": own,
        "unwritten": own,
        "remove": old,
        "changed-then-dropped": own,
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    before = {name: sha256(old) for name in (*files, "deleted", "deleted-and-changed", "gone")} | {"own": sha256(new)}
    before = {**before, "deleted": sha256(new)}
    del before["unwritten"]
    wanted = dict.fromkeys(["same", "update", "own", "both", "unwritten", "add", "deleted", "deleted-and-changed"], new)
    found = changes(tmp_path, before, wanted)
    assert {change.path: change.state for change in found} == {
        "add": State.ADD, "update": State.UPDATE, "remove": State.REMOVE, "own": State.OWN, "deleted": State.OWN,
        "both": State.BOTH, "unwritten": State.BOTH, "changed-then-dropped": State.BOTH, "deleted-and-changed": State.BOTH,
    }  # fmt: skip
    assert set(apply(tmp_path, found)) == {"add", "update", "remove"}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        **{name: content for name, content in files.items() if name != "remove"}, "update": new, "add": new,
    }  # fmt: skip


def test_no_link_leads_out_of_the_repository(tmp_path: Path) -> None:
    school, outside = tmp_path / "school", tmp_path / "outside"
    school.mkdir()
    outside.mkdir()
    (outside / "file").write_bytes(b"theirs\n")
    (school / "linked").symlink_to(outside / "file")
    (school / "folder").symlink_to(outside)
    found = changes(school, {"linked": sha256(b"theirs\n")}, {"linked": b"new\n", "folder/added": b"new\n"})
    apply(school, found)
    assert {path.name: path.read_bytes() for path in outside.iterdir()} == {"file": b"theirs\n"}
    assert (school / "linked").is_symlink()


def test_a_link_that_waits_beside_a_file_is_not_written_through(tmp_path: Path) -> None:
    school, outside = tmp_path / "school", tmp_path / "outside"
    school.mkdir()
    outside.write_bytes(b"theirs\n")
    for name in (".Makefile.new", f".Makefile.{os.getpid()}.new"):
        (school / name).symlink_to(outside)
    apply(school, changes(school, {}, {"Makefile": b"new\n"}))
    assert outside.read_bytes() == b"theirs\n"
    assert (school / "Makefile").read_bytes() == b"new\n"
    assert not (school / "Makefile").is_symlink()


def test_what_stands_in_a_file_steers_no_terminal() -> None:
    change = Change("Makefile", State.BOTH, b"a\x1b[2Jb\r\n\xe2\x80\xaec\n", b"new\n")
    assert not set("\x1b\r\u202e") & set(change.diff())
    assert "U+001B" in change.diff()


def test_a_pin_lets_no_strangers_program_run(tmp_path: Path) -> None:
    """A proposal that somebody looked at lies in the same repository; only what led to this very program is run."""

    def git(*arguments: str) -> str:
        who = ("-c", "user.name=m", "-c", "user.email=m@example.org")
        command = ["git", "-C", str(tmp_path), *who, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    git("init", "--quiet", "--initial-branch=main")
    (tmp_path / "program").write_text("1\n", encoding="utf-8")
    git("add", "program")
    git("commit", "--quiet", "--message", "one")
    own = git("rev-parse", "HEAD")
    git("checkout", "--quiet", "-b", "proposal")
    git("commit", "--quiet", "--allow-empty", "--message", "two")
    proposed = git("rev-parse", "HEAD")
    git("checkout", "--quiet", "main")
    with unpacked(own, tmp_path) as folder:
        assert (folder / "program").is_file()
    with pytest.raises(NotComparable), unpacked(proposed, tmp_path):
        pass


def test_what_two_versions_say_is_compared_place_by_place() -> None:
    def problem(message: str, line: int = 1, code: str = "A") -> dict[str, object]:
        return {
            "file": "data/x.csv",
            "line": line,
            "column": 1,
            "cell": "",
            "severity": "error",
            "code": code,
            "message": message,
        }

    before = Said((problem("a"), problem("b"), problem("c", 2), problem("only", 3, "B")), {Name("t", "r", "f"): "1"})
    after = Said(
        (problem("a"), problem("b, reworded"), problem("c", 2), problem("c", 2), problem("more", 4)),
        {Name("t", "r", "g"): "1"},
    )
    found = compare(before, after)
    assert [p["message"] for p in found.new] == ["c", "more"]
    assert [p["message"] for p in found.gone] == ["only"]
    assert found.reworded == 1
    assert found.facts == (("t r f", "1", None), ("t r g", None, "1"))
    assert _left([], before.problems, ("file",)) == []


def test_news_are_told_by_version_where_the_older_history_is_not_known(tmp_path: Path) -> None:
    (tmp_path / "CHANGELOG.md").write_text(
        "# Changes\n\n## 0.3.0, 2027\n- three\n  and more\n\n## 0.2.0\n- two\n\n## 0.1.0\n- one\n", encoding="utf-8"
    )
    assert news(Pin("https://x", "0" * 40, "0.1.0"), "en", tmp_path) == News(("three and more", "two"), "en")
    assert news(Pin("https://x", "0" * 40, "0.3.0"), "en", tmp_path) == News((), "en")
    (tmp_path / "CHANGELOG.zh-CN.md").write_text(
        "# 变更\n\n## 0.3.0，2027年\n- 三\n\n## 0.2.0，未发布\n- 二\n", encoding="utf-8"
    )
    assert news(Pin("https://x", "0" * 40, "0.2.0"), "zh", tmp_path) == News(("三",), "zh")


def test_an_english_school_reads_the_english_list(newer: Newer) -> None:
    assert news(Pin("https://x", newer.program.commit, "0.1.0"), "en", newer.folder) == News(
        ("The moon can be subscribed to.",), "en"
    )


def test_news_are_english_and_say_so_where_the_older_version_had_no_chinese_list(pinned: Path, checkout: Newer) -> None:
    kept = (checkout.folder / "CHANGELOG.zh-CN.md").read_bytes()
    (checkout.folder / "CHANGELOG.zh-CN.md").unlink()
    older = checkout.committed()
    pin = pinned / ".mingzhang.yml"
    pin.write_text(re.sub("(?m)^commit: .*", f"commit: {older.commit}", pin.read_text("utf-8")), encoding="utf-8")
    (checkout.folder / "CHANGELOG.zh-CN.md").write_bytes(kept)
    checkout.replace("CHANGELOG.md", "\n- ", "\n- The moon can be subscribed to.\n- ")
    done = checkout.committed().upgrade(pinned)
    title = "程序有什么变化（旧版的更新记录只有英文，所以这一次用英文列出）："
    assert f"\n{title}\n  - The moon can be subscribed to.\n\n" in done.stdout


def test_both_lists_of_changes_have_the_same_versions_and_as_many_entries() -> None:
    english, chinese = (
        [(version, len(list(bullets(section)))) for version, section in sections(text)]
        for text in ((ROOT / CHANGES[language]).read_text(encoding="utf-8") for language in ("en", "zh"))
    )
    assert english == chinese
    assert sum(count for _, count in english) >= 30
    words = list(bullets((ROOT / CHANGES["zh"]).read_text(encoding="utf-8")))
    assert [entry for entry in words if not re.search("[\u4e00-\u9fff]{2}", entry)] == []
    assert [entry for entry in words if re.search("[，。；：、] ", entry)] == []
