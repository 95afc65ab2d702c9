"""The forms as `make editor` bundles them, a school that keeps its data at a code host, and its site with forms."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.build import build
from generator.dataset import Dataset, load
from generator.editor.config import configuration
from generator.locale import language
from generator.site.project import cache_folder
from tests.browser.tools import ROOT, missing, served

REPOSITORY = "https://github.com/example/school"


@pytest.fixture(scope="session")
def bundled() -> Path:
    """The folder with the bundle, made now unless it is up to date."""
    if not (shutil.which("node") and shutil.which("npm")):
        missing("Node.js")
    subprocess.run(["sh", ROOT / "generator" / "editor" / "make"], check=True, timeout=300)
    return cache_folder() / "editor"


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample school that names a repository."""
    root = tmp_path_factory.mktemp("kept")
    shutil.copytree(ROOT / "data", root / "data")
    with (root / "data" / "school.yml").open("a", encoding="utf-8") as file:
        file.write(f"数据仓库: {REPOSITORY}\n")
    return root


@pytest.fixture(scope="session")
def dataset(kept: Path) -> Dataset:
    """The records of that school."""
    found, problems = load(kept)
    assert found is not None
    assert problems == []
    return found


@pytest.fixture(scope="session")
def config(dataset: Dataset) -> dict[str, Any]:
    """The configuration of its forms."""
    return configuration(dataset, language("zh"))


@pytest.fixture(scope="session")
def site(bundled: Path, kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of its built site."""
    out = tmp_path_factory.mktemp("forms") / "site"
    assert bundled
    built = build(kept, out)
    assert built.published, built.checked.problems
    return out


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of its built site."""
    with served(site) as url:
        yield url


def node(test: str, bundled: Path, given: dict[str, Any], folder: Path) -> None:
    """Run the tests of a file with Node's own runner; `given` is what Python knows."""
    path = folder / "given.json"
    path.write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
    environment = os.environ | {"GIVEN": str(path), "FORMATS": str(bundled / ".formats.mjs")}
    done = subprocess.run(
        ["node", "--test", "--test-reporter=spec", ROOT / "tests" / "editor" / test],
        env=environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "ℹ fail 0" in done.stdout
    assert "ℹ pass 0" not in done.stdout
