"""What the forms show is what the records say: every file, every column, every word, and the program's own messages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from generator.build import build
from generator.dataset import SHEETS, Dataset, load
from generator.editor.config import api_of, configuration, forms_of, host_of
from generator.editor.page import bundle, policy_of, site_files
from generator.editor.patterns import KINDS, WRONG, message_of
from generator.locale import language
from generator.records import Record, nested, titles
from generator.values.refusal import Refused
from tests.editor.conftest import REPOSITORY

ZH = language("zh")
BUNDLE = {"main.txt": b"editor-1.js\n", "editor-1.js": b"export {};\n"}


def files_of(config: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The forms by the file that each is for."""
    return {file["file"]: file for group in config["cms"]["collections"] for file in group["files"]}


def school_with(root: Path, folder: Path, *settings: str) -> Dataset:
    """A copy of a school with more lines in its school.yml, without the one that names a repository."""
    shutil.copytree(root / "data", folder / "data")
    path = folder / "data" / "school.yml"
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("数据仓库")]
    path.write_text("\n".join([*lines, *settings, ""]), "utf-8")
    found, _ = load(folder)
    assert found is not None
    return found


def agree(fields: list[dict[str, Any]], columns: list[dict[str, Any]], model: type[Record]) -> int:
    """Check that a form has a field for each column of a record, and return how many there are."""
    own = [field for field in fields if not field["name"].startswith("_")]
    wanted = [title for title in titles(model) if not title.path]
    assert [field["name"] for field in own] == [title.name for title in wanted] == [c["name"] for c in columns]
    count = len(wanted)
    for field, column, title in zip(own, columns, wanted, strict=True):
        assert field["label"] == title.zh
        assert field["required"] == title.required
        assert set(column["titles"]) == {title.zh, title.en, title.name}
        if inner := nested(model.model_fields[title.name]):
            count += agree(field["fields"], column["columns"], inner)
        elif field["widget"] == "select":
            assert field["options"]
        else:
            assert field["pattern"][1]
    return count


def test_every_column_of_every_file_has_a_field(config: dict[str, Any], dataset: Dataset) -> None:
    files = files_of(config)
    formats = {spec["name"]: spec for spec in config["formats"]}
    assert {file.path for file in dataset.files} <= set(files)
    assert {form["name"] for form in files.values()} == {sheet.name for sheet in SHEETS}
    assert len(formats) == len(files) == 14
    sheets = {sheet.name: sheet for sheet in SHEETS}
    count = 0
    for form in files.values():
        sheet = sheets[form["name"]]
        spec = formats[form["format"]]
        fields = form["fields"] if sheet.document else form["fields"][1]["fields"]
        count += agree(fields, spec["columns"], sheet.record)
    assert count > 120


def test_a_wrong_value_is_refused_in_the_words_of_the_program(config: dict[str, Any]) -> None:
    rows = files_of(config)["data/terms/2023-spring/fees.csv"]["fields"][1]
    amount = next(field for field in rows["fields"] if field["name"] == "amount")
    with pytest.raises(Refused) as refused:
        KINDS["standard"][1](WRONG)
    assert refused.value.fix is not None
    assert amount["pattern"][1] == ZH.say(refused.value.fix)
    for code in ("zh", "en"):
        assert all(message_of(kind, language(code)) for kind in KINDS)


def test_codes_of_other_registers_are_chosen_from_them(config: dict[str, Any], dataset: Dataset) -> None:
    rows = files_of(config)["data/terms/2023-spring/calendar.csv"]["fields"][1]["fields"]
    fields = {field["name"]: field for field in rows}
    assert [option["value"] for option in fields["campuses"]["options"]] == [c.id for c in dataset.school.campuses]
    assert {option["value"] for option in fields["owner"]["options"]} == {duty.slot for duty in dataset.duties}
    assert fields["measures"]["multiple"]
    settled = files_of(config)["data/terms/2023-spring/collections.csv"]["fields"][1]["fields"]
    fee = next(field for field in settled if field["name"] == "fee")
    assert fee["options"][0] == {"label": "学费/杂费 F01", "value": "F01"}
    assert "multiple" not in fee


def test_changes_are_proposed_for_review(config: dict[str, Any]) -> None:
    cms = config["cms"]
    assert cms["publish_mode"] == "editorial_workflow"
    assert cms["backend"]["name"] == "github"
    assert cms["backend"]["repo"] == "example/school"
    assert cms["backend"]["branch"] == "main"
    assert cms["backend"]["auth_methods"] == ["token"]
    assert all(group["publish"] is False for group in cms["collections"])


def test_the_configuration_is_the_same_every_time(dataset: Dataset, config: dict[str, Any]) -> None:
    assert json.dumps(configuration(dataset, ZH)) == json.dumps(config)


def test_an_english_school_has_english_forms(dataset: Dataset) -> None:
    form = files_of(configuration(dataset, language("en")))["data/terms/2023-spring/fees.csv"]
    labels = [field["label"] for field in form["fields"][1]["fields"]]
    assert "Fee item" in labels
    nature = next(field for field in form["fields"][1]["fields"] if field["name"] == "nature")
    assert "free" in nature["options"]


def test_a_school_below_the_top_of_its_repository_names_whole_paths(dataset: Dataset) -> None:
    files = files_of(configuration(dataset, ZH, "schools/qinghe/"))
    assert all(path.startswith("schools/qinghe/data/") for path in files)


@pytest.mark.parametrize(
    ("settings", "host", "api"),
    [
        ((f"数据仓库: {REPOSITORY}",), "github", "https://api.github.com"),
        (("数据仓库: https://gitlab.com/town/school",), "gitlab", "https://gitlab.com"),
        (("数据仓库: https://git.example.org/a/b", "托管平台: GitLab"), "gitlab", "https://git.example.org"),
        (("数据仓库: https://gitee.com/a/b",), "", ""),
        (("数据仓库: https://git.example.org/a/b", "托管平台: Gitea"), "", ""),
        (("数据仓库: https://git.example.org/a/b",), "", ""),
        ((), "", ""),
    ],
)
def test_forms_are_offered_where_a_change_can_be_reviewed(
    kept: Path, tmp_path: Path, settings: tuple[str, ...], host: str, api: str
) -> None:
    found = school_with(kept, tmp_path, *settings)
    assert host_of(found.school) == host
    made = site_files(found, ZH, BUNDLE)
    assert bool(made) == bool(forms_of(found)) == bool(host)
    if host:
        assert api_of(found.school) == api
        page = made["edit/index.html"].decode()
        assert f"connect-src &#39;self&#39; blob: data: {api};" in page
        assert "<script type=\"module\" src=\"editor-1.js\"></script>" in page  # fmt: skip
        assert "<noscript>" in page
        assert '<html lang="zh-CN">' in page
        backend = configuration(found, ZH)["cms"]["backend"]
        assert backend.get("api_root", "").startswith(api if "example" in api else "")


def test_the_page_asks_nobody_but_the_code_host() -> None:
    parts = dict(part.split(" ", 1) for part in policy_of("https://api.github.com").split("; "))
    assert parts["default-src"] == "'none'"
    assert parts["script-src"] == "'self'"
    assert [word for words in parts.values() for word in words.split() if "://" in word] == ["https://api.github.com"]


def test_the_site_is_built_without_the_bundle(kept: Path, tmp_path: Path) -> None:
    assert bundle(tmp_path) == {}
    built = build(kept, tmp_path / "site", with_forms=False)
    assert built.published is not None
    assert not (tmp_path / "site" / "edit").exists()
    assert "edit/#" not in (tmp_path / "site" / "fees" / "2023-spring" / "index.html").read_text("utf-8")


def test_names_of_a_school_are_text_on_the_page(kept: Path, tmp_path: Path) -> None:
    found = school_with(kept, tmp_path, f"数据仓库: {REPOSITORY}")
    path = tmp_path / "data" / "school.yml"
    path.write_text(
        path.read_text("utf-8").replace("名称: 示例县", "名称: <script>alert(1)</script>示例县", 1), "utf-8"
    )
    found, _ = load(tmp_path)
    assert found is not None
    assert b"<script>alert" not in site_files(found, ZH, BUNDLE)["edit/index.html"]
