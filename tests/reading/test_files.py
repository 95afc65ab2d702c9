import os
import shutil
import socket
import unicodedata

import pytest

from generator.build import build
from generator.reading import Limits, data_files
from generator.site.publish.contents import is_plain

PNG = b"\x89PNG\r\n\x1a\n....IEND\xaeB`\x82"
PDF = b"%PDF-1.7 ... %%EOF\n"
JPG = b"\xff\xd8\xff....\xff\xd9"


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
    (data / "收费依据.pdf").write_bytes(PDF)
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
    (data / "c.png").write_bytes(PNG)
    os.mkfifo(data / "d.csv")
    files, problems = data_files(data)
    assert "c.png" in names(data, files)
    assert said(problems) == (
        "data/a.pdf: error[file-kind]: 文件内容与扩展名“.pdf”不符；请用原来的软件重新保存\n"
        "data/b.exe: error[file-kind]: 这里不使用这种文件：“.exe”；"
        "可以使用：.csv、.yml、.yaml、.pdf、.png、.jpg、.jpeg、.xlsx、.docx\n"
        "data/d.csv: error[file-kind]: 这不是普通文件；请删除它"
    )


def test_sizes_have_their_limits(data):
    (data / "a.png").write_bytes(PNG)
    _, problems = data_files(data, limits=Limits(file_bytes=7, attachment_bytes=19))
    assert [(str(p.place), p.message.values) for p in problems] == [
        ("data/a.png", {"size": 20, "limit": 19}),
        ("data/school.yml", {"size": 8, "limit": 7}),
    ]


@pytest.mark.parametrize(
    "name",
    ["CON", "con.csv", "Nul", "aux.yml", "PRN.csv.csv", "COM1", "com9.csv", "LPT1.pdf", "lpt0", "nul.2023.csv"],
)
def test_names_that_windows_keeps_for_devices_are_refused(data, name):
    (data / name).write_bytes(b"x")
    (data / "terms" / name).mkdir()
    _, problems = data_files(data)
    assert [problem.code for problem in problems] == ["file-name", "file-name"]
    assert "Windows" in problems[0].message.text


@pytest.mark.parametrize(
    "name",
    ["a.csv.", "terms.", "...", "a.csv ", " a.csv", "..csv", "-\x01.csv", "a\\b.csv", "C:x.csv", "a:b.csv", "a*.csv", "a?.csv",
     "a|b.csv", "a\nb.csv", "\u200ba.csv", "ａ.csv", "е.csv", "\udcff.csv", "é.csv", unicodedata.normalize("NFD", "é.csv"), "\ufa19.csv",
     "x" * 81],
)  # fmt: skip
def test_odd_names_are_refused_for_files_and_folders(data, name):
    folder = os.fsencode(data)
    with open(os.path.join(folder, os.fsencode(name)), "wb"):  # noqa: PTH118, PTH123  bytes that are no text
        pass
    os.mkdir(os.path.join(folder, b"terms", os.fsencode(name)))  # noqa: PTH102, PTH118
    files, problems = data_files(data)
    assert len(files) == 2
    assert [problem.code for problem in problems] == ["file-name", "file-name"]


def test_names_that_differ_in_case_are_told_in_every_folder(data):
    (data / "Terms").mkdir()
    (data / "plans" / "A").mkdir(parents=True)
    (data / "plans" / "a").mkdir()
    (data / "plans" / "A" / "X.csv").write_bytes(b"x")
    (data / "plans" / "A" / "x.csv").write_bytes(b"x")
    _, problems = data_files(data)
    assert [str(problem.place) for problem in problems] == ["data/plans/A/x.csv", "data/plans/a", "data/terms"]


@pytest.mark.parametrize("target", ["/etc/passwd", "/", ".", "..", "nowhere", "a.csv", "school.yml", "terms"])
def test_no_symbolic_link_is_followed_wherever_it_leads(data, target):
    (data / "a.csv").symlink_to(target)
    (data / "terms" / "b").symlink_to(target)
    files, problems = data_files(data)
    assert names(data, files) == ["school.yml", "terms/2023-spring/fees.csv"]
    assert [problem.code for problem in problems] == ["file-kind", "file-kind"]


def test_sockets_and_pipes_are_refused_without_being_opened(tmp_path, monkeypatch):
    data = tmp_path / "data"
    data.mkdir()
    monkeypatch.chdir(data)
    os.mkfifo("a.csv")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("b.csv")
        files, problems = data_files(data)
    assert files == []
    assert [problem.code for problem in problems] == ["file-kind", "file-kind"]


def test_a_hard_link_is_an_ordinary_file(data):
    """Nothing tells it from one; git carries none, and what it shows is the school's to write."""
    os.link(data / "school.yml", data / "b.yml")
    files, problems = data_files(data)
    assert "b.yml" in names(data, files)
    assert problems == []


def test_folders_end_somewhere(data):
    deep = data
    for _ in range(200):
        deep = deep / "a"
        deep.mkdir()
    _, problems = data_files(data)
    assert [(problem.code, problem.message.values["limit"]) for problem in problems] == [("limit", 8)]


def test_a_folder_of_very_many_files_is_refused(data):
    for number in range(12):
        (data / f"{number}.csv").touch()
    files, problems = data_files(data, limits=Limits(folder_entries=10))
    assert files == []
    assert [(problem.code, problem.message.values["limit"]) for problem in problems] == [("limit", 10)]


@pytest.mark.parametrize(
    ("name", "content", "taken"),
    [
        ("a.png", PNG, True), ("a.png", PNG + b"\n", True), ("a.png", PNG + b"PK\3\4", False), ("a.png", PNG[:-1], False),
        ("a.png", PNG + b"<script>alert(1)</script>", False), ("a.jpg", JPG, True), ("a.jpeg", JPG + b"\0" * 99, True),
        ("a.jpg", JPG + b"....ftypmp42", False), ("a.pdf", PDF, True), ("a.pdf", PDF + b"PK\5\6" + bytes(18), False),
        ("a.pdf", b"\n" + PDF, False), ("a.pdf", PDF + b"<html>", False), ("a.jpg", PNG, False), ("a.png", JPG, False),
        ("a.html", b"<html>", False), ("a.svg", b"<svg/>", False), ("a.js", b"x", False), ("a.xlsm", b"PK\3\4", False),
    ],
)  # fmt: skip
def test_a_file_that_is_two_things_is_refused(data, name, content, taken):
    (data / name).write_bytes(content)
    files, problems = data_files(data)
    assert (name in names(data, files)) is taken
    assert len(problems) == (not taken)


@pytest.mark.parametrize("path", ["../x", "/x", "a/../x", "a//x", "a\\x", "C:x", "a\0", "", ".", "a/./b", "a/"])
def test_no_path_out_of_the_site_is_ever_written(path):
    assert not is_plain(path)


@pytest.mark.parametrize("term", ["index.html", "a..b", "2023.spring", "..", "con", "x" * 80, "-x", "学期"])
def test_a_term_that_would_be_an_odd_path_of_the_site_stops_the_build_in_words(tmp_path, sample, term):
    shutil.copytree(sample / "data", tmp_path / "school" / "data")
    terms = tmp_path / "school" / "data" / "terms"
    if term == "..":
        text = (terms / "2023-spring" / "term.yml").read_text(encoding="utf-8")
        (terms / "2023-spring" / "term.yml").write_text(text.replace("2023-spring", ".."), encoding="utf-8")
    else:
        (terms / "2023-spring").rename(terms / term)
    built = build(tmp_path / "school", tmp_path / "out" / "site")
    assert built.published is None
    assert {problem.code for problem in built.checked.errors} & {"file-name", "code", "reference"}
    assert [path.name for path in tmp_path.iterdir()] == ["school"]
