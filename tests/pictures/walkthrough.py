"""The pictures of `docs/walkthrough.md`, taken on the walk itself."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path

from generator.problems import spreadsheet_column
from tests.pictures.camera import Camera
from tests.walkthrough.walk import DOCUMENT, Walk, parts

Maker = Callable[[Camera, Walk, Path], None]


def page(url: str, *, mark: str = "", height: int = 700) -> Maker:
    """Return what takes a page of the live site as a phone shows it."""

    def take(camera: Camera, walk: Walk, out: Path) -> None:
        address = (walk.folder / "live" / url / "index.html").as_uri()
        camera.shoot(address, out, height=height, marks=[mark] if mark else [])

    return take


def report(height: int, *, unfolded: bool = False) -> Maker:
    """Return what takes the beginning of the newest report."""

    def take(camera: Camera, walk: Walk, out: Path) -> None:
        camera.report((walk.folder / "report.md").read_text(encoding="utf-8"), out, height=height, unfolded=unfolded)

    return take


def spreadsheet(camera: Camera, walk: Walk, out: Path) -> None:
    """Draw the cells of the clerk's spreadsheet, as far as they are filled in."""
    import openpyxl

    sheet = openpyxl.load_workbook(walk.folder / "qingshan" / "收费公示.xlsx").worksheets[0]
    used = [
        at
        for at in range(1, sheet.max_column + 1)
        if any(cell.value is not None for cell in sheet[spreadsheet_column(at - 1)][2:])
    ]
    letters = "".join(f"<th>{spreadsheet_column(at - 1)}</th>" for at in used)
    rows = "".join(
        f"<tr><th>{row}</th>" + "".join(f"<td>{escape(shown(sheet.cell(row, at).value))}</td>" for at in used) + "</tr>"
        for row in range(1, 6)
    )
    camera.paper(f'<table class="sheet"><tr><th></th>{letters}</tr>{rows}</table>', out, 1480, 240)


def shown(value: object) -> str:
    """Return a cell as a spreadsheet shows it, shortened."""
    text = "" if value is None else value.strftime("%Y/%-m/%-d") if hasattr(value, "strftime") else str(value)
    return text if len(text) < 14 else text[:12] + "…"


MAKERS: Mapping[str, Maker] = {
    "walkthrough-empty": page("fees"),
    "walkthrough-sheet": spreadsheet,
    "walkthrough-report": report(490),
    "walkthrough-green": report(610, unfolded=True),
    "walkthrough-live": page("fees", height=844),
    "walkthrough-silent": report(470),
    "walkthrough-corrected": page("fees", mark=".was", height=760),
}


def walkthrough(camera: Camera) -> None:
    """Walk the walk, and take each picture where it stands."""
    with tempfile.TemporaryDirectory(prefix="mingzhang-walk-") as folder:
        walk = Walk(Path(folder))
        for part in parts(DOCUMENT.read_text(encoding="utf-8")):
            if part.kind == "picture":
                MAKERS[Path(part.text).stem](camera, walk, DOCUMENT.parent / part.text)
            else:
                walk.take(part)
