"""What all tests share: the sample school, copies of it, and what `mingzhang check` says of them."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import Browser, sync_playwright

from generator.build import check
from generator.oversight.cases import Edit, FirstDay
from generator.problems import as_text
from tests.browser.tools import FLAGS, NAMES, executable, missing
from tests.published import sample_with

ROOT = Path(__file__).resolve().parents[1]
CORPORA = (ROOT / "../shared/corpora").resolve()


@pytest.fixture(scope="session")
def sample() -> Path:
    """The folder of the sample school."""
    return ROOT


@pytest.fixture
def corpora() -> Callable[[str], Path]:
    """The folder of one public corpus."""

    def folder(name: str) -> Path:
        path = CORPORA / name
        if not path.is_dir():
            pytest.skip(f"the public corpus {name} is not beside this repository (../shared/corpora/{name})")
        return path

    return folder


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """A copy of the sample school's data that a test may change."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path


def lines_of(root: Path, today: object = None, published: Iterable[FirstDay] = ()) -> list[str]:
    """Return the lines that `mingzhang check` prints about the school in `root`, without the closing sentence.

    The records of the sample were published first on its own days, or on those of an example.
    """
    checked = check(root, today, first=sample_with(published))  # type: ignore[arg-type]
    return [as_text(problem, checked.language) for problem in checked.problems]


@pytest.fixture(scope="session")
def check_lines() -> Callable[..., list[str]]:
    """The function that checks a school and returns the lines that it prints."""
    return lines_of


def apply(root: Path, edit: Edit) -> None:
    """Change one file of the school in `root` as a case says."""
    path = root / edit.file
    if edit.find is not None:
        text = path.read_text(encoding="utf-8")
        assert edit.find in text, f"{edit.file} does not hold {edit.find!r}"
        path.write_text(text.replace(edit.find, edit.put or ""), encoding="utf-8")
        return
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    cells = {cell.title: cell.text for cell in edit.cells}
    assert set(cells) <= set(header), f"{edit.file} has no columns {set(cells) - set(header)}"
    if edit.add:
        rows.append([cells.get(title, "") for title in header])
    else:
        found = [row for row in rows if "/".join(row[: (edit.row or "").count("/") + 1]) == edit.row]
        assert len(found) == 1, f"{edit.file} has {len(found)} rows {edit.row!r}"
        if edit.remove:
            rows.remove(found[0])
        for title, text in cells.items():
            found[0][header.index(title)] = text
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


@pytest.fixture(scope="session")
def apply_edit() -> Callable[[Path, Edit], None]:
    """The function that changes a file of a school as a case says."""
    return apply


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    path = executable(*NAMES)
    driver = compute_driver_executable()
    if subprocess.run([driver[0], "--version"], capture_output=True, check=False).returncode:
        missing("what Playwright's driver needs (libatomic1)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()
