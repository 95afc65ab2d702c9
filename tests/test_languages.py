"""Every label and message exists in Chinese and in English, and a site speaks one language throughout."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from lxml import html

from generator.build import build
from generator.locale import FOLDER, language

ROOT = Path(__file__).resolve().parents[1]
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff](?:[,;!?()]|:(?! ))|[,;!?()][\u4e00-\u9fff]")
# Words that a file holds in Chinese whatever the language of the site, and that English texts therefore quote.
FORMAT_WORDS = re.compile(r"\w+〔\d{4}〕\d+号|作业本费|按中标价|据实|号|元|必须|统一收取|一律|强制")
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
KEYWORDS = {"Message": None, "N_": None, "_": None, "gettext": None, "ngettext": (1, 2)}
METHODS = [("**.py", "python"), ("**.j2", "jinja2.ext.babel_extract")]
OPTIONS = {
    "**.j2": {"extensions": "jinja2.ext.i18n", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
}


def messages() -> Iterator[tuple[str, str]]:
    """Yield every message id of the package with the file and line where it stands."""
    for file, line, text, _, _ in extract_from_dir(
        str(ROOT / "generator"), METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=()
    ):
        yield (text if isinstance(text, str) else text[0]), f"{file}:{line}"


def test_every_message_has_chinese_words() -> None:
    words = language("zh")
    found = dict(messages())
    missing = {
        text: place for text, place in found.items() if text not in words.catalogue and text not in words.plurals
    }
    assert len(found) > 300
    assert {
        text: place for text, place in missing.items() if re.search(r"[A-Za-z]{2}", re.sub(r"\{\w*\}", "", text))
    } == {}


def test_no_translation_asks_for_what_is_not_given() -> None:
    def places(text: str) -> list[str]:
        return sorted(set(re.findall(r"\{\w+\}|%\(\w+\)s", text)))

    wrong: list[str] = []
    for path in sorted(FOLDER.rglob("*.po")):
        with path.open("rb") as file:
            for entry in read_po(file):
                ids, strings = ([entry.id], [entry.string]) if isinstance(entry.id, str) else (entry.id, entry.string)
                if ids[0] and not all(set(places(string)) <= {*places(ids[-1]), "{number}"} for string in strings):
                    wrong.append(f"{path.name}: {ids[0]}")
    assert wrong == []


def test_no_message_is_translated_in_two_ways() -> None:
    seen: dict[str, tuple[str, str]] = {}
    for path in sorted(FOLDER.rglob("*.po")):
        with path.open("rb") as file:
            for entry in read_po(file):
                key = str(entry.id)
                if entry.id and key in seen:
                    assert seen[key][1] == str(entry.string), (key, path.name, seen[key][0])
                seen[key] = (path.name, str(entry.string))


def test_chinese_words_use_chinese_punctuation() -> None:
    wrong = []
    for path in sorted(FOLDER.rglob("*.po")):
        with path.open("rb") as file:
            for entry in read_po(file):
                strings = [entry.string] if isinstance(entry.string, str) else entry.string
                wrong += [f"{path.name}: {text}" for text in strings if entry.id and HALF_WIDTH.search(text)]
    assert wrong == []


def translated(root: Path) -> None:
    """Turn the sample school's data into one whose own words are English: every Chinese value gets an English one."""
    from generator.dataset import SHEETS
    from generator.records import titles
    from generator.values.choice import Choice, YesNo

    choices = {m.zh: m.en for kind in Choice.__subclasses__() for m in kind}
    choices |= {member.zh: member.en for member in YesNo}
    sheets = {sheet.path.rsplit("/", 1)[-1]: sheet for sheet in SHEETS}
    for path in sorted((root / "data").rglob("*.*")):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".csv":
            header, _, body = text.partition("\n")
            names = {title.zh: title.name for title in titles(sheets[path.stem].record)}
            header = ",".join(names[title] for title in header.split(","))
            body = re.sub(r"[^,\n\"]*[\u4e00-\u9fff][^,\n\"]*", lambda m: english(m[0], choices), body)
            path.write_text(f"{header}\n{body}", encoding="utf-8")
        else:
            text = re.sub(r"^#.*\n", "", text)
            value = re.compile(r"(?<=: )([^,{}\[\]\n\"]*[\u4e00-\u9fff][^,{}\[\]\n\"]*)")
            path.write_text(value.sub(lambda m: english(m[0], choices), text), encoding="utf-8")


def english(text: str, choices: dict[str, str]) -> str:
    """Return the English word of a choice or total, or some English text for any other."""
    if text in choices:
        return choices[text]
    if text.endswith(("合计", "总计")):
        return "Total"
    known = {"营养膳食补助": "Meals fund", "作业本费": "作业本费"}
    return known.get(text, "Text " + "".join(f"{ord(c) % 26 + 97:c}" for c in text[:12]))


@pytest.fixture(scope="module")
def english_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a school whose data and language are English."""
    root = tmp_path_factory.mktemp("english")
    shutil.copytree(ROOT / "data", root / "data")
    translated(root)
    school = root / "data/school.yml"
    school.write_text(re.sub(r"语言: \w+", "语言: en", school.read_text(encoding="utf-8")), encoding="utf-8")
    built = build(root, root / "site")
    assert built.published, built.checked.problems
    return root / "site"


def shown(path: Path) -> Iterator[str]:
    """Yield every text and label that a page shows, apart from what is marked as being in another language."""
    document = html.fromstring(path.read_bytes())
    own = document.get("lang")[:2]
    for element in document.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            continue
        marked = [e.get("lang") for e in (element, *element.iterancestors()) if e.get("lang")]
        inside = not marked or marked[0][:2] == own
        if inside and element.tag not in ("code", "pre", "samp"):
            yield from (
                element.text or "",
                *(element.get(name, "") for name in ("title", "alt", "aria-label", "content", "data-label")),
            )
        parent = element.getparent()
        if parent is not None and parent.tag not in ("code", "pre", "samp"):
            outer = next((e.get("lang") for e in (parent, *parent.iterancestors()) if e.get("lang")), own)
            if outer[:2] == own:
                yield element.tail or ""


def test_an_english_site_shows_no_chinese(english_site: Path) -> None:
    found = [
        f"{path.relative_to(english_site)}: {text.strip()[:80]}"
        for path in sorted(english_site.rglob("*.html"))
        for text in shown(path)
        if HAN.search(FORMAT_WORDS.sub("", text))
    ]
    assert found == []


def test_a_chinese_site_shows_no_english_sentence(tmp_path: Path) -> None:
    assert build(ROOT, tmp_path / "site").published
    known = re.compile(r"https?://\S+|data/\S+|[\w.-]+\.(?:csv|yml|json|zip|ics|txt|html|md)")
    found = [
        f"{path.relative_to(tmp_path)}: {text.strip()[:80]}"
        for path in sorted((tmp_path / "site").rglob("*.html"))
        if "dictionary" not in path.parts
        for text in shown(path)
        if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", known.sub("", text))
        and not re.search(r"width=device-width|default-src|telephone=no|CC BY|pull request", text)
    ]
    assert found == []
