"""A school as a tree of texts, written as files in every way in which a clerk may write them, and read by the reader."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import yaml

from generator.dataset import SHEETS, Dataset, load, load_file
from generator.problems import Problem, Severity
from generator.records import Record, Sheet, Title, nested, titles

Tree = Any
"""A document is a dict, a register a list of dicts; a value is a text, a list of texts, or records again."""
Books = Mapping[str, Tree]
"""Trees by the path of their file below `data/`, without suffix."""
Path_ = tuple[str | int, ...]


def _same(rows: list[Any]) -> list[Any]:
    return rows


def _text(text: str) -> str:
    return text


@dataclass(frozen=True)
class Style:
    """How files are written: everything that must make no difference."""

    yaml: bool = False
    language: str = "zh"
    encoding: str = "utf-8"
    line_end: str = "\n"
    quoting: int = csv.QUOTE_MINIMAL
    blank: int = 0
    rows: Callable[[list[Any]], list[Any]] = _same
    columns: Callable[[list[Any]], list[Any]] = _same
    number: Callable[[str], str] = _text


PLAIN, LISTS = Style(), Style(yaml=True)


class Dumper(yaml.SafeDumper):
    """Writes every value in full; the reader refuses references."""

    def ignore_aliases(self, data: Any) -> bool:
        """Say that nothing is a reference."""
        return True


class Cell(NamedTuple):
    """One filled cell: its way into the tree, and the field that it fills."""

    path: Path_
    title: Title
    model: type[Record]

    @property
    def kind(self) -> str:
        """The name of what the field holds; `choice` for words of a choice, `text` for a plain text."""
        return str(getattr(self.title.kind, "name", "choice"))


@cache
def school() -> Books:
    """Return the small school that fills in every field."""
    text = (Path(__file__).parent / "school.yml").read_text(encoding="utf-8")
    return dict(yaml.load(text, yaml.BaseLoader))  # every scalar is a text


def sheet_of(stem: str) -> Sheet:
    """Return the sheet to which the file of a tree belongs, wherever somebody moved it."""
    end = stem.rpartition("/")[2]
    return next(sheet for sheet in SHEETS if sheet.path.rpartition("/")[2] == end)


def stems(sheet: Sheet, books: Books) -> list[str]:
    """Return the files of a sheet."""
    return [stem for stem in books if sheet_of(stem) is sheet]


def fields(model: type[Record]) -> tuple[Title, ...]:
    """Return the fields that a file has, without those that its path gives."""
    return tuple(title for title in titles(model) if not title.path)


def records(model: type[Record], tree: Tree, at: Path_ = ()) -> Iterator[tuple[Path_, type[Record]]]:
    """Yield the way to each record of a tree, with its type."""
    if isinstance(tree, list):
        for number, row in enumerate(tree):
            yield from records(model, row, (*at, number))
        return
    yield at, model
    for title in fields(model):
        if (inner := nested(model.model_fields[title.name])) and tree.get(title.name):
            yield from records(inner, tree[title.name], (*at, title.name))


def get(tree: Tree, path: Path_) -> Any:
    """Return what stands at the end of a way."""
    for part in path:
        tree = tree[part]
    return tree


def cells(sheet: Sheet, tree: Tree) -> Iterator[Cell]:
    """Yield every filled cell of a tree."""
    for at, model in records(sheet.record, tree):
        row = get(tree, at)
        for title in fields(model):
            if row.get(title.name) and not nested(model.model_fields[title.name]):
                yield Cell((*at, title.name), title, model)


def put(books: Books, stem: str, path: Path_, value: Any) -> dict[str, Tree]:
    """Return the books with one value changed."""
    if not path:
        return {**books, stem: value}
    tree = deepcopy(books[stem])
    get(tree, path[:-1])[path[-1]] = value
    return {**books, stem: tree}


def without(books: Books, stem: str, path: Path_) -> dict[str, Tree]:
    """Return the books without a row, an entry or a whole file."""
    if not path:
        return {name: tree for name, tree in books.items() if name != stem}
    tree = deepcopy(books[stem])
    del get(tree, path[:-1])[path[-1]]
    return {**books, stem: tree}


def content(stem: str, tree: Tree, style: Style) -> tuple[str, bytes]:
    """Return the suffix and the bytes of one file."""
    sheet = sheet_of(stem)
    listed = sheet.document or style.yaml
    # Only the Chinese header of a table proves this encoding.
    encoding = "utf-8" if style.encoding == "gb18030" and (listed or style.language == "en") else style.encoding
    if listed:
        titled = _titled(sheet.record, tree, style)
        text = yaml.dump(titled, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10_000) if titled else ""
        return ".yml", (text + "\n" * style.blank).replace("\n", style.line_end).encode(encoding)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=style.line_end, quoting=style.quoting)  # type: ignore[arg-type]
    have = {name for row in tree for name in row}
    columns = style.columns([t for t in fields(sheet.record) if not tree or t.name in have])
    writer.writerow(t.label(style.language) for t in columns)
    for row in style.rows(tree):
        writer.writerow(_cell(t, row.get(t.name, ""), style) for t in columns)
    out.write(style.line_end * style.blank)
    return ".csv", out.getvalue().encode(encoding)


@cache
def _unchanged(stem: str, style: Style) -> tuple[str, bytes]:
    return content(stem, school()[stem], style)


def _cell(title: Title, value: Any, style: Style) -> str:
    if isinstance(value, list):
        return ";".join(value)
    return style.number(value) if getattr(title.kind, "name", "") in ("money", "standard") else value


def _titled(model: type[Record], tree: Tree, style: Style) -> Any:
    if isinstance(tree, list):
        return [_titled(model, row, style) for row in style.rows(tree)]
    made = {}
    for title in style.columns(list(fields(model))):
        if title.name in tree:
            value = tree[title.name]
            inner = nested(model.model_fields[title.name])
            made[title.label(style.language)] = (
                _titled(inner, value, style) if inner and isinstance(value, list)
                else value if isinstance(value, list) else _cell(title, value, style)
            )  # fmt: skip
    return made


class Desk:
    """A folder in which a school is written and read again; only what changed is written anew."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.held: dict[str, bytes] = {}
        self.read_before: dict[bytes, dict[str, tuple[list[Record], list[Problem]]]] = {}

    def write(self, books: Books, style: Style = PLAIN) -> None:
        """Make the folder hold a school, and nothing else."""
        wanted = {}
        for stem, tree in books.items():
            suffix, data = _unchanged(stem, style) if tree is school().get(stem) else content(stem, tree, style)
            wanted[f"{stem}{suffix}"] = data
        for name in self.held.keys() - wanted.keys():
            path = self.root / "data" / name
            path.unlink()
            for folder in path.parents:
                if folder == self.root or any(folder.iterdir()):
                    break
                folder.rmdir()
        for name, data in wanted.items():
            if self.held.get(name) != data:
                path = self.root / "data" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        self.held = wanted

    def read(self, books: Books, style: Style = PLAIN) -> tuple[Dataset | None, list[str]]:
        """Return the school as the reader reads it, and the codes of its errors."""
        self.write(books, style)
        with patch("generator.dataset.load_file", self._load_file):
            dataset, problems = load(self.root)
        return dataset, [problem.code for problem in problems if problem.severity is Severity.ERROR]

    def _load_file(self, data: bytes, file: str, *rest: Any) -> tuple[list[Record], list[Problem]]:
        """Read a file, but one that did not change only once."""
        if data not in self.read_before:
            if len(self.read_before) > 500:
                self.read_before.clear()
            self.read_before[data] = {}
        known = self.read_before[data]
        if file not in known:
            known[file] = load_file(data, file, *rest)
        found, problems = known[file]
        return list(found), list(problems)
