"""The command: three forms, a file to write to, exit codes, and what it says where there is nothing to compare with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from tests.trust.conftest import SchoolRepository

PLAN = "terms/2023-spring/plan.yml"


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """What the command printed since it was asked last."""
    return lambda: "".join(capsys.readouterr())


def test_it_compares_with_the_last_commit(repository: SchoolRepository, said: Callable[[], str]) -> None:
    assert main(["diff", "--root", str(repository.root)]) == 0
    assert said().splitlines() == [
        "这次修改：读者看到的内容没有变化。",
        f"同2023年2月10日公布的版本 {repository.start[:12]} 比较。",
    ]
    repository.replace(PLAN, "状态: 进行中, 结果: 随坏随修", "状态: 已完成, 结果: 随坏随修")
    assert main(["diff", "--root", str(repository.root)]) == 0
    assert said().startswith("这次修改：有进展的措施 1 项；")


def test_errors_are_a_one_and_are_told(repository: SchoolRepository, said: Callable[[], str]) -> None:
    repository.replace(PLAN, "2月10日张榜并上网", "2月9日张榜并上网")
    assert main(["diff", "--root", str(repository.root), "--base", repository.start]) == 1
    assert "没有登记更正" in said()


@pytest.mark.parametrize(
    ("form", "start"), [("text", "这次修改："), ("markdown", "**这次修改："), ("html", "<!DOCTYPE html>")]
)
def test_each_form_can_be_written_to_a_file(
    repository: SchoolRepository, said: Callable[[], str], tmp_path: Path, form: str, start: str
) -> None:
    out = tmp_path / "new folder" / "difference"
    assert main(["diff", "--root", str(repository.root), "--format", form, "--out", str(out)]) == 0
    assert said() == ""
    assert out.read_text(encoding="utf-8").startswith(start)


def test_without_history_it_asks_for_a_base(tmp_path: Path, said: Callable[[], str]) -> None:
    assert main(["diff", "--root", str(tmp_path)]) == 2
    assert said() == "mingzhang: 这里没有以前的版本；请用 --base 写明同什么比较：一个版本，或者一个文件夹\n"
    assert main(["diff", "--root", str(tmp_path), "--base", "v9"]) == 2
    assert said() == "mingzhang: v9 既不是 git 版本，也不是有数据的文件夹\n"
