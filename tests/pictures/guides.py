"""The pictures of the guides for staff, in `docs/zh/pictures/`."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from generator.build import build
from generator.report import comment, gather
from generator.report.markdown import Links
from tests.pictures.camera import Camera

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "docs/zh/pictures"
DAY = "2023-08-20T08:00:00+0800"
REPOSITORY = "https://github.com/example/qinghe"
FEES, TOTALS = "data/terms/2023-spring/fees.csv", "data/terms/2023-spring/fee-totals.csv"
EDIT = f"{REPOSITORY}/edit/patch-1/"
REASON = "更正,按新批准的标准,校长\n"
ROWS = (
    f"C-004,2023-08-20,fees,2023-spring/F03,收费标准,15.00,18.00,{REASON}"
    f"C-005,2023-08-20,fee_totals,2023-spring/T1,自愿合计,397.00,400.00,{REASON}"
    f"C-006,2023-08-20,fee_totals,2023-spring/T2,自愿合计,1099.00,1102.00,{REASON}"
)
NEW_FEE = (FEES, "期,15.00,", "期,18.00,")
NEW_TOTALS = ((TOTALS, "397.00", "400.00"), (TOTALS, "1099.00", "1102.00"))
Edit = tuple[str, str, str]


@contextmanager
def school() -> Iterator[Path]:
    """Yield a repository with the sample school, of a fixed day, whose address is known."""
    with tempfile.TemporaryDirectory(prefix="mingzhang-pictures-") as folder:
        root = Path(folder)
        shutil.copytree(ROOT / "data", root / "data")
        path = root / "data/school.yml"
        path.write_text(path.read_text(encoding="utf-8") + f"数据仓库: {REPOSITORY}\n", encoding="utf-8")
        commit(root, "init", "-q", "-b", "main")
        commit(root, "add", "-A")
        commit(root, "commit", "-q", "-m", "示例")
        yield root


def commit(root: Path, *arguments: str) -> None:
    """Run git as nobody in particular, on a fixed day."""
    dates = {"GIT_COMMITTER_DATE": DAY, "GIT_AUTHOR_DATE": DAY}
    names = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(root), *names, *arguments], check=True, env=os.environ | dates)


@contextmanager
def site() -> Iterator[Path]:
    """Yield the built site of that school."""
    with school() as root:
        out = root / "site"
        if build(root, out, durable=False).published is None:
            raise RuntimeError("the sample school does not build")
        yield out


def changed(root: Path, *edits: Edit) -> None:
    """Change files and commit them; an empty text to find stands for the end of the file."""
    for file, find, put in edits:
        path = root / file
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(find, put, 1) if find else text + put, encoding="utf-8")
    commit(root, "commit", "-q", "-a", "-m", "改")


def of_page(url: str, name: str, *, height: int, mark: str = "", selector: str = "") -> Callable[[Camera], None]:
    """Return what takes a page of the site: its first screen, what is marked on it, or one element."""

    def take(camera: Camera) -> None:
        with site() as folder:
            address = (folder / url / "index.html").as_uri()
            camera.shoot(
                address, OUT / f"{name}.png", height=height, selector=selector or None, marks=[mark] if mark else ()
            )

    return take


SIGNS = str.maketrans({"❌": "×", "✅": "√"})
"""Not every machine on which pictures are taken has a font with coloured signs."""


def of_report(name: str, *edits: Edit, width: int = 390, height: int, begin: str = "") -> Callable[[Camera], None]:
    """Return what takes the report about a change of the sample, from the words `begin` on."""

    def take(camera: Camera) -> None:
        with school() as root:
            changed(root, *edits)
            gathered = gather(root, "HEAD~1", dt.date(2023, 8, 20), None)
            text = comment(gathered, Links(EDIT, "", "")).replace("<details>", "<details open>").translate(SIGNS)
        start = text.index(begin) if begin else 0
        camera.report(text[start:], OUT / f"{name}.png", width=width, height=height)

    return take


def sketch(camera: Camera) -> None:
    """Take our own drawing of an editor in the browser: the real page is somebody else's work."""
    camera.shoot((Path(__file__).parent / "editor.html").as_uri(), OUT / "editor.png", height=330)


CHANGES = "<summary>这次修改会带来什么变化"
GUIDES: Mapping[str, Callable[[Camera], None]] = {
    "edit-link": of_page("fees", "edit-link", height=300, mark=".downloads + .desk"),
    "editor": sketch,
    "rows": of_report("rows", NEW_FEE, *NEW_TOTALS, height=372, begin="### 要补的更正行"),
    "message": of_report("message", (FEES, "期,15.00,", "期,30元/生,"), height=350),
    "month": of_page("finance/2023-07", "month", height=560),
    "measure": of_page("plan", "measure", height=400, selector='[id="m1.2"]'),
    "correction": of_page("changes", "correction", height=400, selector="ol.timeline > li"),
    "changes": of_report(
        "changes", NEW_FEE, *NEW_TOTALS, ("data/corrections.csv", "", ROWS), width=640, height=560, begin=CHANGES
    ),
}
"""Each picture by its name (without ending), with what takes it."""
