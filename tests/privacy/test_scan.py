"""Personal data is found in every file of data/, wherever it hides, told with its place and never shown; own data is not."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path

import pytest

from generator.build import check
from generator.cli import main
from generator.locale import language
from generator.privacy.scan import scan, scan_files
from generator.problems import Problem, Severity, as_github, as_json, as_text
from tests.privacy.making import MASKED, NUMBER

N = NUMBER
DAY = dt.date(2023, 8, 20)
FEES = "data/terms/2023-spring/fees.csv"
HEAD = "项目编号,收费项目,备注"


def said(problems: list[Problem]) -> list[str]:
    words = language("zh")
    return [form for p in problems for form in (as_text(p, words), as_github(p, words), str(as_json(p, words)))]


HIDDEN = {
    "a cell": ("data/a.csv", f"{HEAD}\nF01,伙食费,找{N}\n".encode(), "data/a.csv:2:9 (C2)"),
    "a cell in quotation marks": (FEES, f'{HEAD}\nF01,"伙食费","找""王""{N}"\n'.encode(), f"{FEES}:2:11 (C2)"),
    "a cell of several lines": (FEES, f'{HEAD}\nF01,"伙食费\n电话{N}",x\n'.encode(), f"{FEES}:2:5 (B2)"),
    "a header": (FEES, f"{HEAD},{N}\nF01,x,y,z\n".encode(), f"{FEES}:1:14 (D1)"),
    "above the header": (FEES, f"联系人 {N}\n{HEAD}\n".encode(), f"{FEES}:1:1 (A1)"),
    "a cell too many": (FEES, f"{HEAD}\nF01,x,y,{N}\n".encode(), f"{FEES}:2:9 (D2)"),
    "a row far behind": (FEES, (HEAD + "\n" + "F01,x,y\n" * 5_000 + f"F01,x,{N}\n").encode(), f"{FEES}:5002:7 (C5002)"),
    "a total row": (FEES, f"{HEAD}\n合计,,{N}\n".encode(), f"{FEES}:2:5 (C2)"),
    "an amount with its unit": (FEES, f"收费项目,收费标准\nx,{N}号\n".encode(), f"{FEES}:2:3 (B2)"),
    "semicolons": (FEES, f"项目编号;收费项目;备注\nF01;x;{N}\n".encode(), f"{FEES}:2:7 (C2)"),
    "line ends of Windows": (FEES, f"{HEAD}\r\nF01,x,{N}\r\n".encode(), f"{FEES}:2:7 (C2)"),
    "line ends of an old Mac": (FEES, f"{HEAD}\rF01,x,{N}\r".encode(), f"{FEES}:2:7 (C2)"),
    "GB18030": (FEES, f"{HEAD}\nF01,伙食费,电话{N}\n".encode("gb18030"), f"{FEES}:2:9 (C2)"),
    "UTF-16": (FEES, f"{HEAD}\nF01,伙食费,电话{N}\n".encode("utf-16"), f"{FEES}:2:9 (C2)"),
    "UTF-16 without a mark": (FEES, f"{HEAD}\nF01,x,{N}\n".encode("utf-16-be"), f"{FEES}:2:7 (C2)"),
    "bytes that are no text": (FEES, f"{HEAD}\nF01,x,{N}\n".encode() + b"\xff\xfe\xfa\n", f"{FEES}:2:7 (C2)"),
    "invisible signs inside": (FEES, f"{HEAD}\nF01,x,138\u200b1234\u200b5678\n".encode(), f"{FEES}:2:7 (C2)"),
    "full-width digits": (FEES, f"{HEAD}\nF01,x,１３８１２３４５６７８\n".encode(), f"{FEES}:2:7 (C2)"),
    "a quote that never closes": (FEES, f'{HEAD}\nF01,"x,{N}\nF02,y,z\n'.encode(), f"{FEES}:2:5 (B2)"),
    "a value": ("data/school.yml", f"地址: 找{N}\n".encode(), "data/school.yml:1:6"),
    "a remark in YAML": ("data/school.yml", f"名称: 小学\n# 校长 {N}\n".encode(), "data/school.yml:2:6"),
    "a key": ("data/school.yml", f"a{{: x\n'{N}': y\n".encode(), "data/school.yml:2:2"),
    "escaped": ("data/school.yml", b'x: y\nz: "\\u0031\\x338\\u0031\\u0032345678"\n', "data/school.yml:2:4"),
    "an escaped key": ("data/school.yml", b'x: y\n"\\u003138\\u0031\\u0032345678": z\n', "data/school.yml:2:1"),
    "over two lines": ("data/school.yml", b'x: "138\\\n  12345678"\n', "data/school.yml:1:5"),
    "YAML that is broken": ("data/school.yml", f"a: [\n{N}\n".encode(), "data/school.yml:2:1"),
    "a file that is ignored": ("data/README.md", f"电话{N}".encode(), "data/README.md:1:3"),
    "a hidden file": ("data/.gitkeep", f"{N}".encode(), "data/.gitkeep:1:1"),
    "a kind that is refused": ("data/a.txt", f"x\n{N}".encode(), "data/a.txt:2:1"),
    "a CSV among the attachments": ("data/attachments/a.csv", f"x,{N}\n".encode(), "data/attachments/a.csv:1:3 (B1)"),
    "a page that is attached": ("data/attachments/a.html", f"<b>{N}</b>".encode(), "data/attachments/a.html:1:4"),
    "the name of a file": (f"data/attachments/王{N}.csv", b"x\n", f"data/attachments/王{MASKED}.csv"),
    "the name of a folder": (f"data/{N}/a.csv", b"x\n", f"data/{MASKED}/a.csv"),
}


@pytest.mark.parametrize("where", HIDDEN)
def test_it_is_found_at_its_place(where: str) -> None:
    file, data, place = HIDDEN[where]
    problems = [problem for problem in scan_files([file], {file: data}.get, DAY) if problem.value == MASKED]
    assert [str(problem.place) for problem in problems] == [place]
    assert [problem.severity for problem in problems] == [Severity.ERROR]
    assert not any(N in line for line in said(problems))


def test_places_are_counted() -> None:
    assert len(HIDDEN) >= 30


def test_each_kind_is_told_by_its_name() -> None:
    rows = "身份证 11010519491231002X\n卡 6222021234567890128\n学生：李小明\n车 川A12345\na@qq.com\n"
    text = "\n".join(as_text(p, language("zh")) for p in scan_files(["data/a.txt"], {"data/a.txt": rows.encode()}.get))
    for kind in ("身份证号", "银行卡号", "学生或家长姓名", "车牌号", "电子邮箱"):
        assert kind in text
    for value in ("11010519491231002", "6222021234567890128", "李小明", "A12345", "a@qq"):
        assert value not in text


TYPED = (
    "月份,科目,项目,类别,金额,专款,说明\n"
    "2023-03,4001,伙食收入,收入,13812345678,,\n"
    "2023-04,30206,水电费,支出,13812345679,,\n"
)


def test_amounts_counts_and_dates_in_their_own_columns_are_nobodys() -> None:
    file = "data/finance/2023/lines.csv"
    assert scan_files([file], {file: TYPED.encode()}.get) == []
    moved = TYPED.replace("水电费,支出,13812345679", "13812345679,支出,5.00")
    assert [p.place.cell for p in scan_files([file], {file: moved.encode()}.get)] == ["C3"]


def test_the_sample_school_has_none(sample: Path) -> None:
    assert scan(sample, DAY) == []


SCHOOL = "网站: https://www.qinghe.edu.cn/\n信箱: {mail}\n监督电话:\n  - {{名称: 后勤处, 电话: {phone}}}\n"


def own(text: str, mail: str = "office@qinghe.edu.cn", phone: str = "0816-2345678") -> list[str | None]:
    minimal = "名称: 小学\n所在地: 镇\n学段: 小学\n主管部门: 局\n校区:\n  - {校区编号: A, 校区名称: 甲, 类别: 中心校}\n"
    files = {
        "data/school.yml": (minimal + SCHOOL.format(mail=mail, phone=phone)).encode(),
        "data/a.txt": text.encode(),
    }
    return [problem.value for problem in scan_files(files, files.get)]


def test_the_schools_own_addresses_are_public() -> None:
    assert own("zhang@qinghe.edu.cn, x@mail.qinghe.edu.cn") == []
    assert own("zhang@qinghe.edu.com") == ["z***@qinghe.edu.com"]


def test_a_shared_domain_is_not_the_schools_own() -> None:
    assert own("qinghe@163.com", mail="qinghe@163.com") == []
    assert own("zhang@163.com", mail="qinghe@163.com") == ["z***@163.com"]


def test_a_hotline_is_no_alarm_unless_it_is_somebodys_mobile() -> None:
    assert own("12345 或 12315、0816-2345678") == []
    assert own("x", phone=N) == [MASKED]


def test_what_cannot_be_looked_into_is_an_error() -> None:
    for data, words in ((b"\0\1\2" * 50, "无法打开查看"), (b"1" * 2_000_001, "超过 2000000 字节")):
        problems = scan_files(["data/a.xls"], {"data/a.xls": data}.get)
        assert [problem.severity for problem in problems] == [Severity.ERROR]
        assert words in as_text(problems[0], language("zh"))


def test_links_are_not_followed(school: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "a.csv"
    outside.write_text(N, encoding="utf-8")
    (school / "data/attachments").mkdir()
    (school / "data/attachments/a.csv").symlink_to(outside)
    (school / "data/more").symlink_to(outside.parent)
    assert scan(school, DAY) == []


def test_a_file_full_of_them_does_not_flood_the_screen() -> None:
    data = "\n".join(f"{13800000000 + n * 7919}" for n in range(1_000)).encode()
    problems = scan_files(["data/a.txt"], {"data/a.txt": data}.get)
    assert len(problems) == 201
    assert "800" in as_text(problems[0], language("zh"))


def test_check_tells_it_and_masks_it_in_every_other_problem(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = school / "data/school.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("所在地: 镇", f"所在地: {N}"), encoding="utf-8")
    (school / f"data/王{N}.doc").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 99)
    for form in ("text", "json", "github"):
        assert main(["check", "--root", str(school), "--today", "2023-08-20", "--format", form]) == 1
        told = capsys.readouterr().out
        assert N not in told
        assert MASKED in told
    codes = [(p.code, p.place.file) for p in check(school, DAY).problems if p.severity is Severity.ERROR]
    assert ("choice", "data/school.yml") in codes
    assert codes.count(("privacy", "data/school.yml")) == 1
    assert sorted(code for code, place in codes if place.endswith(".doc")) == ["file-kind", "privacy"]


def test_the_same_whatever_the_order_of_folders(school: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b", "a", "c"):
        (school / f"data/{name}.txt").write_text(f"{N}\n", encoding="utf-8")
    first = scan(school, DAY)
    walk = os.walk

    def backwards(folder: Path) -> object:
        return ((at, folders, names[::-1]) for at, folders, names in list(walk(folder))[::-1])

    monkeypatch.setattr(os, "walk", backwards)
    assert scan(school, DAY) == first
    assert len(first) == 3


def test_the_command(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "--root", str(school)]) == 0
    assert "错误 0 个" in capsys.readouterr().out
    other = school / "list.csv"
    other.write_text(f"x,{N}\n", encoding="utf-8")
    assert main(["scan", "--root", str(school), str(other)]) == 1
    told = capsys.readouterr().out
    assert "list.csv:1:3 (B1): error[privacy]" in told
    assert N not in told
    assert main(["scan", "--root", str(school), "nowhere.csv"]) == 2
    shutil.copytree(school / "data", school / "elsewhere")
    (school / "elsewhere/x.txt").write_text(N, encoding="utf-8")
    assert main(["scan", "--root", str(school), str(school / "elsewhere")]) == 1
    assert main(["scan", "--root", str(school), str(school / "elsewhere/duties.csv")]) == 0
