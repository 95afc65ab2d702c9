"""The look: weights, contrast, no request to another host, no forbidden markup, every word translated."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from generator.locale import language
from generator.theme.words import WORDS

GENERATOR = Path(__file__).parents[2] / "generator"
ASSETS = GENERATOR / "theme" / "assets"
CSS = (ASSETS / "mingzhang.css").read_text(encoding="utf-8")
TEMPLATES = sorted([*GENERATOR.rglob("*.j2"), *(GENERATOR / "theme").rglob("*.html")])
SCHEMES = [dict(re.findall(r"--([\w-]+): (#\w+)", block)) for block in re.findall(r"\{[^{}]*--paper: [^{}]*\}", CSS)]
PAIRS = {
    "ink": ["paper", "sheet", "shade", "tint", "warn-tint", "hatch"],
    "soft": ["paper", "sheet", "shade", "tint", "warn-tint"],
    "jade": ["paper", "sheet", "shade", "tint"],
    "warn": ["paper", "sheet", "shade", "warn-tint"],
    "on-jade": ["jade", "jade-2", "soft", "ink-2", "warn"],
}


def test_assets_are_light() -> None:
    assert len(gzip.compress((ASSETS / "mingzhang.css").read_bytes(), 9)) < 7 * 1024
    assert len(gzip.compress((ASSETS / "mingzhang.js").read_bytes(), 9)) < 2 * 1024


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES, ids=["light", "dark by system", "dark by choice", "print"])
def test_text_is_readable_in_every_scheme(scheme: dict[str, str]) -> None:
    for text, grounds in PAIRS.items():
        for ground in grounds:
            assert contrast(scheme[text], scheme[ground]) >= 4.5, (text, ground)
    assert contrast(scheme["edge"], scheme["sheet"]) >= 3


def test_both_dark_schemes_are_the_same() -> None:
    assert len(SCHEMES) == 4
    assert SCHEMES[1] == SCHEMES[2]
    assert set(SCHEMES[0]) == set(SCHEMES[1]) == set(SCHEMES[3])


@pytest.mark.parametrize("name", ["mingzhang.css", "mingzhang.js"])
def test_no_request_to_another_host(name: str) -> None:
    assert not re.search(r"https?:|url\(|@import|@font-face", (ASSETS / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.relative_to(GENERATOR).as_posix())
def test_templates_hold_no_forbidden_markup(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|\bMarkup\b|autoescape", source)
    style = "" if path.name == "difference.html.j2" else "<style|"  # a page by itself brings its style along
    assert not re.search(style + r"\sstyle=|\son[a-z]+=[\"\']", source)
    ours = r">\{\{ config\.extra\.script \}\}</script>| type=\"module\" src=\"\{\{ script \}\}\"></script>"
    assert not re.search(rf"<script(?!{ours})", source)
    assert source.lstrip().startswith(("{#", "{% extends", "{%- extends")), "a template opens by what it renders"


@pytest.mark.parametrize(
    "path", sorted(GENERATOR.glob("pages/**/*.py")), ids=lambda p: p.relative_to(GENERATOR).as_posix()
)
def test_pages_build_no_markup_by_hand(path: Path) -> None:
    assert not re.search(r"\bMarkup\b|[\"']<[a-z]", path.read_text(encoding="utf-8"))


def test_every_word_of_the_frame_is_translated() -> None:
    catalogue = language("zh").catalogue
    assert [word for word in WORDS if word not in catalogue] == []


def test_every_word_of_the_shared_parts_is_translated() -> None:
    catalogue = language("zh").catalogue
    said = {
        word
        for path in sorted((GENERATOR / "pages" / "templates").rglob("*.j2"))
        for word in re.findall(r"\b_\([\"'](.+?)[\"']\)", path.read_text(encoding="utf-8"))
    }
    assert len(said) > 15
    assert sorted(said - set(catalogue)) == []
