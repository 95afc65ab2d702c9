"""The configuration of the forms: which files there are, what their fields are, and where a change is proposed.

It is made from the same records as everything else, so a column that the program learns is a field of its form at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from generator.dataset import REFERS, SHEETS, Dataset
from generator.editor.fields import Form, Options, rows
from generator.locale import Language, Message
from generator.pages.forges import BRANCH, HOSTS, forge_of
from generator.reading.body import TOTAL_WORDS
from generator.records import Sheet
from generator.registers.school.records import School

LOCALES = {"zh": "zh-CN", "en": "en-US"}
BASE = "_base"
"""The field of every form that remembers from which text it was filled; ``src/formats.js`` fills it."""
ROWS = "rows"

API = {"github": "https://api.github.com", "gitlab": "https://gitlab.com"}
"""Where the two public code hosts answer; the forms propose changes for review there, and on no other kind of host."""


@dataclass(frozen=True)
class Place:
    """One file that has a form: its sheet, its path, and the collection in which it is found."""

    sheet: Sheet
    path: str
    collection: str

    @property
    def address(self) -> str:
        """Where on the site the form of this file is."""
        return f"edit/#/collections/{self.collection}/entries/{self.sheet.name}"


def host_of(school: School) -> str:
    """Return the kind of the code host at which the forms can propose changes, or nothing where there is none."""
    forge = forge_of(school.repository, school.forge.en if school.forge else None, school.branch)
    return forge.kind if forge and forge.kind in API else ""


def api_of(school: School) -> str:
    """Return the origin at which the code host answers, which is all that the page may ask besides its own site."""
    parts = urlsplit(school.repository or "")
    origin = f"https://{parts.netloc}"
    return API["github"] if host_of(school) == "github" and parts.netloc == "github.com" else origin


def places(dataset: Dataset) -> tuple[Place, ...]:
    """Return every file that has a form, also those that a term or year of the school does not have yet."""
    present = {file.path.rpartition(".")[0]: file for file in dataset.files}
    found = []
    for folder, name in _folders(dataset):
        for sheet in SHEETS:
            head, _, last = sheet.path.rpartition("/")
            if head.partition("/")[0] != folder:
                continue
            stem = f"data/{head.partition('/')[0]}/{name}/{last}" if head else f"data/{last}"
            suffixes = (".yml", ".yaml") if sheet.document else (".csv",)
            path = present[stem].path if stem in present else stem + suffixes[0]
            if path.endswith(suffixes):
                found.append(Place(sheet, path, f"{folder}-{name}" if head else "school"))
    return tuple(found)


def _folders(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Yield the folders of files with forms, the newest term and year first: the top one, the terms, the years."""
    yield "", ""
    for folder in ("terms", "finance"):
        parts = (file.path.split("/") for file in dataset.files if file.path.startswith(f"data/{folder}/"))
        for name in sorted({part[2] for part in parts}, reverse=True):
            yield folder, name


def forms_of(dataset: Dataset) -> dict[str, str]:
    """Return where on the site the form of each file of `data/` is, from the site's root; nothing without a code host."""
    return {place.path: place.address for place in places(dataset)} if host_of(dataset.school) else {}


def configuration(dataset: Dataset, language: Language, folder: str = "") -> dict[str, Any]:
    """Return the whole configuration of the forms; `folder` is where the school lies in its repository (``schools/a/``)."""
    all_places = places(dataset)
    forms = [(place, Form(place.sheet.record, language, options(dataset, place))) for place in all_places]
    groups: dict[str, list[dict[str, Any]]] = {}
    for place, form in forms:
        groups.setdefault(place.collection, []).append(_file(place, form, folder))
    names = _names(dataset, language)
    return {
        "formats": [_format(place, form) for place, form in forms],
        "cms": {
            "backend": _backend(dataset.school, language),
            "publish_mode": "editorial_workflow",
            "app_title": f"{dataset.school.name} · {language.gettext('Change data')}",
            "media_folder": f"{folder}data/attachments",
            "public_folder": "/attachments",
            "media_libraries": {"default": False, "stock_assets": False},
            "show_preview_links": False,
            "editor": {"preview": False},
            "collections": [
                {
                    "name": name, "label": names[name], "icon": _ICONS[name.partition("-")[0]],
                    "publish": False,  # whoever reviews a change publishes it, where the report on it stands
                    "files": files,
                }
                for name, files in groups.items()
            ],
        },
    }  # fmt: skip


_ICONS = {"school": "school", "terms": "calendar_month", "finance": "payments"}


def _names(dataset: Dataset, language: Language) -> dict[str, str]:
    """Return the words for each collection: the school, the terms by their names, the years."""
    names = {"school": dataset.school.short_name or dataset.school.name}
    for folder, name in _folders(dataset):
        if folder == "terms":
            term = dataset.term(name)
            names[f"terms-{name}"] = term.name if term else name
        elif folder:
            names[f"finance-{name}"] = language.say(Message("Accounts of {year}", year=name))
    return names


def _file(place: Place, form: Form, folder: str) -> dict[str, Any]:
    """Return the entry of one file: a table is one list of rows, a document has its fields side by side."""
    label = place.sheet.label(form.language.code)
    inside = form.fields() if place.sheet.document else [{"name": ROWS, "label": label, "required": False} | rows(form)]
    base = {"name": BASE, "label": BASE, "widget": "hidden", "default": ""}
    return {
        "name": place.sheet.name, "label": label, "file": folder + place.path, "format": _format_name(place),
        "fields": [base, *inside],
    }  # fmt: skip


def _format_name(place: Place) -> str:
    return f"{place.collection}-{place.sheet.name}"


def _format(place: Place, form: Form) -> dict[str, Any]:
    """Return what our own format has to know of one file, with what it says where it cannot go on."""
    say = form.language.gettext
    return {
        "name": _format_name(place), "kind": "yml" if place.sheet.document else "csv",
        "columns": form.columns(), "totals": list(TOTAL_WORDS),
        "unreadable": say("This file cannot be opened as a form; open it in the repository and correct it there first"),
        "stale": say("The file has been changed since; open the form again and enter your change once more"),
        "unwritable": say("This change cannot be saved from a form; edit the file itself in the repository"),
    }  # fmt: skip


def options(dataset: Dataset, place: Place) -> Options:
    """Return what may be chosen in the columns that name something of another register, with what is named today."""
    term = place.collection.removeprefix("terms-")
    lists = dataset.called(term)
    known = {name: lists[listed] for name, listed in REFERS.items()}
    fields = place.sheet.record.model_fields
    if "areas" in fields:
        known.pop("measures")  # in a plan this is the list of the measures themselves
    return {name: codes for name, codes in known.items() if codes}


def _backend(school: School, language: Language) -> dict[str, Any]:
    """Return where changes are proposed: only by a token, which stays in the browser of whoever enters it."""
    repository = (school.repository or "").rstrip("/").removesuffix(".git")
    parts = urlsplit(repository)
    backend: dict[str, Any] = {
        "name": host_of(school), "repo": parts.path.strip("/"), "branch": school.branch or BRANCH, "auth_methods": ["token"],
        "commit_messages": {
            "create": language.gettext("New file: {{path}}"), "update": language.gettext("Changed: {{path}}"),
        },
    }  # fmt: skip
    if parts.netloc not in HOSTS:
        api = "/api/v4" if backend["name"] == "gitlab" else "/api/v3"
        backend |= {"api_root": api_of(school) + api, "base_url": api_of(school)}
    return backend
