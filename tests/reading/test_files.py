import os

import pytest

from generator.reading import Limits, data_files


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    (folder / "terms" / "2023-spring").mkdir(parents=True)
    (folder / "terms" / "2023-spring" / "fees.csv").write_bytes(b"id\n")
    (folder / "school.yml").write_bytes(b"name: x\n")
    return folder


def names(data, files):
    return [path.relative_to(data).as_posix() for path in files]


def test_ordinary_files_are_listed_in_order(data):
    (data / "收费依据.pdf").write_bytes(b"%PDF-1.7 ...")
    (data / ".gitkeep").touch()
    files, problems = data_files(data)
    assert problems == []
    assert names(data, files) == ["school.yml", "terms/2023-spring/fees.csv", "收费依据.pdf"]


def test_links_are_never_followed(data, tmp_path, said):
    (tmp_path / "secret.csv").write_bytes(b"x")
    (data / "a.csv").symlink_to(tmp_path / "secret.csv")
    (data / "up").symlink_to(tmp_path)
    files, problems = data_files(data)
    assert names(data, files) == ["school.yml", "terms/2023-spring/fees.csv"]
    assert said(problems) == (
        "data/a.csv: error[file-kind]: 不读取符号链接（快捷方式）；请把文件本身放到这里\n"
        "data/up: error[file-kind]: 不读取符号链接（快捷方式）；请把文件本身放到这里"
    )
    (tmp_path / "link").symlink_to(data)
    assert data_files(tmp_path / "link")[0] == []


@pytest.mark.parametrize("name", ["~$fees.csv", ".hidden.csv", "a b.csv", "费" * 81, "x\u202e.csv", "a'<b>.csv"])
def test_names_outside_the_pattern_are_refused(data, name):
    try:
        (data / name).write_bytes(b"x")
    except OSError:
        name = name[:50] + "（"
        (data / name).write_bytes(b"x")
    files, problems = data_files(data)
    assert len(files) == 2
    assert [problem.code for problem in problems] == ["file-name"]
    assert "\u202e" not in str(problems[0].place)


def test_names_that_windows_takes_for_one_are_refused(data):
    (data / "School.yml").write_bytes(b"x")
    _, problems = data_files(data)
    assert [(p.code, str(p.place), str(p.related[0])) for p in problems] == [
        ("file-name", "data/school.yml", "data/School.yml")
    ]


def test_kinds_are_recognised_by_their_first_bytes(data, said):
    (data / "a.pdf").write_bytes(b"<html>")
    (data / "b.exe").write_bytes(b"MZ")
    (data / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    os.mkfifo(data / "d.csv")
    files, problems = data_files(data)
    assert "c.png" in names(data, files)
    assert said(problems) == (
        "data/a.pdf: error[file-kind]: 文件内容与扩展名“.pdf”不符；请用原来的软件重新保存\n"
        "data/b.exe: error[file-kind]: 这里不使用这种文件：“.exe”；"
        "可以使用：.csv、.yml、.yaml、.pdf、.png、.jpg、.jpeg、.xlsx\n"
        "data/d.csv: error[file-kind]: 这不是普通文件；请删除它"
    )


def test_sizes_have_their_limits(data):
    (data / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 20)
    _, problems = data_files(data, limits=Limits(file_bytes=7, attachment_bytes=27))
    assert [(str(p.place), p.message.values) for p in problems] == [
        ("data/a.png", {"size": 28, "limit": 27}),
        ("data/school.yml", {"size": 8, "limit": 7}),
    ]
