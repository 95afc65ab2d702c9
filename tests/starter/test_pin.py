"""The pin: what the program and the script of the workflows read of it, and nothing that could do anything else."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.locale import language
from generator.starter.pin import ADDRESS, COMMIT, FILE, Pin, StarterError, as_text, doubts, read_pin
from tests.conftest import ROOT
from tests.starter.conftest import ADDRESS as HERE
from tests.starter.conftest import Program

SCRIPT = ROOT / "generator/starter/files/github/generator"
GOOD = Pin(HERE, "a" * 40, "0.1.0", {".githooks/find": "b" * 64, "Makefile": "c" * 64})

HOSTILE = [
    ("generator", "http://git.example.org/group/mingzhang"),
    ("generator", "ext::sh -c touch% pwned"),
    ("generator", "--upload-pack=touch pwned"),
    ("generator", "https://git.example.org/group/$(touch pwned)"),
    ("generator", "https://git.example.org/group/`touch pwned`"),
    ("generator", "https://git.example.org/group/x;touch pwned"),
    ("generator", "https://user:secret@git.example.org/group/mingzhang"),
    ("generator", "https://git.example.org/../../etc/passwd"),
    ("generator", "https://git.example.org"),
    ("generator", "file:///etc"),
    ("generator", ""),
    ("commit", "main"),
    ("commit", "--detach"),
    ("commit", "A" * 40),
    ("commit", "a" * 39),
    ("commit", "a" * 41),
    ("commit", "a" * 40 + " b"),
]


def changed(name: str, value: str) -> str:
    lines = as_text(GOOD, language("zh")).splitlines()
    return "\n".join(f"{name}: {value}" if line.startswith(f"{name}: ") else line for line in lines) + "\n"


def fetched(pin: Path, into: Path, cwd: Path, program: Program) -> subprocess.CompletedProcess[str]:
    return program.run(f'sh "{SCRIPT}" "{pin}" "{into}"', cwd)


@pytest.mark.parametrize("code", ["zh", "en"])
def test_what_is_written_is_read_back(code: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(as_text(GOOD, language(code)), encoding="utf-8")
    assert read_pin(tmp_path) == GOOD


@pytest.mark.parametrize(("name", "value"), HOSTILE)
def test_program_and_script_refuse_the_same(name: str, value: str, tmp_path: Path, program: Program) -> None:
    pin = tmp_path / FILE
    pin.write_text(changed(name, value), encoding="utf-8")
    with pytest.raises(StarterError) as refused:
        read_pin(tmp_path)
    assert FILE in language("zh").say(refused.value.message)
    done = fetched(pin, tmp_path / "program", tmp_path, program)
    assert done.returncode == 2
    assert f"{name} is not right" in done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {FILE}, "nothing was fetched, and nothing else was run"


@pytest.mark.parametrize(
    "text",
    [
        changed("commit", "a" * 40) + f"commit: {'b' * 40}\n",
        changed("commit", "a" * 40) + "run: touch pwned\n",
        *(
            changed("commit", "a" * 40) + f"  {path}: {'b' * 64}\n"
            for path in (
                "data/duties.csv",
                "Data/duties.csv",
                ".git/config",
                "../other",
                "a/../../b",
                ".GIT/hooks/x",
                "a//b",
                "./a",
            )
        ),
        "",
        "generator: https://git.example.org/a\n",
        "\x00" * 100,
    ],
)
def test_another_line_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(StarterError):
        read_pin(tmp_path)


def test_two_commits_are_none(tmp_path: Path, program: Program) -> None:
    pin = tmp_path / FILE
    pin.write_text(changed("commit", "a" * 40) + f"commit: {'b' * 40}\n", encoding="utf-8")
    assert fetched(pin, tmp_path / "program", tmp_path, program).returncode == 2


def test_a_pin_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(StarterError):
        read_pin(tmp_path)


def test_both_hold_the_same_patterns() -> None:
    script = SCRIPT.read_text("utf-8")
    plain = {ADDRESS.pattern, COMMIT.pattern}
    assert all(f"'{pattern}'" in script for pattern in plain)


def written(pin: Path, program: Program, commit: str) -> Path:
    pin.write_text(as_text(Pin(HERE, commit, "0.1.0"), language("zh")), encoding="utf-8")
    return pin


@pytest.mark.parametrize("alone", ["true", "false"])
def test_exactly_the_pinned_commit_is_fetched(alone: str, tmp_path: Path, program: Program) -> None:
    """Also from a host that gives no single commits."""
    bare = tmp_path / "host.git"
    program.git(tmp_path, "clone", "--quiet", "--bare", str(program.repository), str(bare))
    for name in (
        "uploadpack.allowAnySHA1InWant",
        "uploadpack.allowReachableSHA1InWant",
        "uploadpack.allowTipSHA1InWant",
    ):
        program.git(bare, "config", name, alone)
    before = program.git(bare, "rev-parse", "HEAD~1")
    config = tmp_path / "gitconfig"
    config.write_text(
        f'[url "{bare.as_uri()}"]\n\tinsteadOf = {HERE}\n[protocol "file"]\n\tallow = always\n', encoding="utf-8"
    )
    pin, into = written(tmp_path / FILE, program, before), tmp_path / "program"
    done = program.run(f'sh "{SCRIPT}" "{pin}" "{into}"', tmp_path, GIT_CONFIG_GLOBAL=str(config))
    assert done.returncode == 0, done.stderr
    assert program.git(into, "rev-parse", "HEAD") == before
    assert (into / "generator/__init__.py").is_file()


def test_a_folder_that_is_there_is_brought_to_another_version(tmp_path: Path, program: Program) -> None:
    into = tmp_path / "program"
    before = program.git(program.repository, "rev-parse", "HEAD~1")
    for commit in (before, program.commit, before):
        assert fetched(written(tmp_path / FILE, program, commit), into, tmp_path, program).returncode == 0
        assert program.git(into, "rev-parse", "HEAD") == commit


def test_a_commit_that_a_stranger_proposed_is_not_fetched(tmp_path: Path, program: Program) -> None:
    """Hosts give any commit of a fork by the address of the repository that it is a fork of."""
    bare = tmp_path / "host.git"
    program.git(tmp_path, "clone", "--quiet", "--bare", str(program.repository), str(bare))
    program.git(bare, "config", "uploadpack.allowAnySHA1InWant", "true")
    tree = program.git(bare, "rev-parse", "HEAD^{tree}")
    proposed = program.git(
        bare, "-c", "user.name=m", "-c", "user.email=m@example.org", "commit-tree", tree, "-p", "HEAD", "-m", "x"
    )
    program.git(bare, "update-ref", "refs/pull/7/head", proposed)
    config = tmp_path / "gitconfig"
    config.write_text(
        f'[url "{bare.as_uri()}"]\n\tinsteadOf = {HERE}\n[protocol "file"]\n\tallow = always\n', encoding="utf-8"
    )
    into = tmp_path / "program"
    for _ in range(2):
        done = program.run(
            f'sh "{SCRIPT}" "{written(tmp_path / FILE, program, proposed)}" "{into}"',
            tmp_path,
            GIT_CONFIG_GLOBAL=str(config),
        )
        assert done.returncode == 2
        assert "on any branch or tag" in done.stderr
        assert not (into / "generator").exists()
        program.git(into, "fetch", "--quiet", str(bare), proposed)  # nor where it lies in the folder already


def test_a_commit_that_is_not_there_and_a_folder_of_others_are_refused(tmp_path: Path, program: Program) -> None:
    done = fetched(written(tmp_path / FILE, program, "d" * 40), tmp_path / "program", tmp_path, program)
    assert done.returncode == 2
    assert "There is no commit" in done.stderr
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/letter.txt").write_text("x", encoding="utf-8")
    done = fetched(written(tmp_path / FILE, program, program.commit), tmp_path / "letters", tmp_path, program)
    assert done.returncode == 2
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["letter.txt"]


def test_no_other_kind_of_address_is_followed(tmp_path: Path, program: Program) -> None:
    config = tmp_path / "gitconfig"
    config.write_text(f'[url "{program.repository.as_uri()}"]\n\tinsteadOf = {HERE}\n', encoding="utf-8")
    pin = written(tmp_path / FILE, program, program.commit)
    done = program.run(f'sh "{SCRIPT}" "{pin}" "{tmp_path / "program"}"', tmp_path, GIT_CONFIG_GLOBAL=str(config))
    assert done.returncode == 2
    assert "cannot be fetched" in done.stderr


def test_what_others_cannot_fetch_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {("rev-parse", "HEAD"): "c" * 40, ("status", "--porcelain", "--untracked-files=no"): " M generator/build.py"}
    monkeypatch.setattr("generator.starter.pin._said", lambda *arguments: said.get(arguments, ""))
    found = [language("en").say(message) for message in doubts("c" * 40)]
    assert len(found) == 2
    assert "was changed since" in found[0]
    assert "not known to be pushed" in found[1]
    assert doubts("d" * 40) == (), "of another commit nothing is known here"
