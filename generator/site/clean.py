"""Hand-written pages: what their front matter may say, which files may lie beside them, and which markup stays.

Markdown lets through any HTML. What MkDocs made of a page is therefore cleaned: only elements, attributes, classes
and addresses from these lists stay, and no comment, so that no page can spell a slot of the frame.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from generator.locale import Message
from generator.site.project import ProjectError
from generator.values.text import is_link as is_web_address

META = ("title", "description")
"""What a page may say of itself; MkDocs would also take a template, and our templates a section and a frame."""

PICTURES = (".png", ".jpg", ".jpeg")
"""The files that a page may show; no kind in which a browser finds a script."""


def words(text: str) -> frozenset[str]:
    """Return the words of `text` as a set."""
    return frozenset(text.split())


ELEMENTS = words(
    "h1 h2 h3 h4 h5 h6 p br hr div span a strong b em i del ins sub sup kbd abbr code pre blockquote ul ol li dl dt dd "
    "table caption thead tbody tfoot tr th td details summary figure figcaption img"
)
GONE = words(
    "script style template noscript noembed noframes title textarea select option iframe object svg math xmp plaintext "
    "head"
)
"""Elements that go with all they hold; of any other element that is not allowed the words stay."""

ATTRIBUTES = {
    "*": {"id", "class"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "title", "width", "height", "loading"},
    "ol": {"start"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "details": {"open"},
}
CLASSES = words("admonition admonition-title note tip warning danger n num quiet lead columns")
"""Classes that a page may use: none of the frame's own, with which a page could cover the frame."""

TAKEN = frozenset({"content", "sections"})
"""The ids of the frame."""

ALIGNED = re.compile(r'<(t[hd]) style="text-align: (left|center|right);">')
"""How Markdown aligns the cells of a column; the policy forbids styles, so the right becomes a class."""

_name = re.compile(r"[\w.-]{1,100}").fullmatch
_mail = re.compile(r"mailto:[\w.+-]+@[A-Za-z0-9.-]+", re.ASCII).fullmatch
_phone = re.compile(r"tel:\+?[0-9-]+", re.ASCII).fullmatch
_relative = re.compile(r"[\w./~%#?&=+,@()-]*").fullmatch


def clean(markup: str) -> str:
    """Return what MkDocs made of a page with nothing left that could run, load, cover or pass for the frame."""
    import nh3

    aligned = ALIGNED.sub(lambda found: f'<{found[1]} class="n">' if found[2] == "right" else f"<{found[1]}>", markup)
    cleaned = nh3.clean(
        aligned,
        tags=set(ELEMENTS),
        clean_content_tags=set(GONE),
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        strip_comments=True,
        link_rel="noopener noreferrer",
        generic_attribute_prefixes=set(),
        url_schemes={"https", "mailto", "tel"},
    )
    # Comments are gone by now; in the value of an attribute a slot could still be spelled.
    return cleaned.replace("<!--", "&lt;!--")


def _attribute(element: str, name: str, value: str) -> str | None:
    """Return the value that an allowed attribute may have, or None where it has to go."""
    match name:
        case "class":
            return " ".join(word for word in value.split() if word in CLASSES) or None
        case "id":
            return value if _name(value) and value not in TAKEN else None
        case "href":
            return value if is_link(value) else None
        case "src":
            return value if is_picture(value) else None
        case "width" | "height" | "colspan" | "rowspan" | "start":
            return value if value.isascii() and value.isdigit() and len(value) <= 4 else None
        case "loading":
            return value if value == "lazy" else None
        case "scope":
            return value if value in ("row", "col") else None
    return value


def is_link(address: str) -> bool:
    r"""Return whether a page may link to `address`: a page of this site, a mail address, a phone, or what data may link
    to; never one that only looks like it to people (``https://bank.example@elsewhere``) or only to browsers
    (``/\elsewhere``)."""
    if is_web_address(address) or _mail(address) or _phone(address):
        return True
    return bool(_relative(address)) and not address.startswith("/")


def is_picture(address: str) -> bool:
    """Return whether a page may show the picture at `address`: a file of this site."""
    return address.lower().endswith(PICTURES) and bool(_relative(address)) and not address.startswith("/")


def allowed_meta(meta: Mapping[str, object]) -> dict[str, object]:
    """Return the part of a page's front matter that a page may set: its title and its description, as text."""
    return {name: value for name in META if isinstance(value := meta.get(name), str)}


def check_folder(folder: Path) -> None:
    """Make sure that nothing among the hand-written pages would reach the site uncleaned, or is not really there.

    Raises `ProjectError` for anything but Markdown and pictures, which MkDocs would copy as it is, and for links, which
    MkDocs would follow, even out of the folder. Files with a dot in front are never copied.
    """
    for at, folders, files in os.walk(folder):
        for name in sorted((*folders, *files)):
            path = Path(at, name)
            shown = "".join(c if c.isprintable() else "\ufffd" for c in path.relative_to(folder).as_posix())
            if path.is_symlink():
                raise ProjectError(
                    Message("“{name}” among the hand-written pages is a link; put the file itself there", name=shown)
                )
            if name.startswith(".") or (path.is_dir() and not name.startswith("_")):
                continue
            if path.suffix.lower() not in (".md", *PICTURES) or name.startswith("_") or "\ufffd" in shown:
                raise ProjectError(
                    Message(
                        "“{name}” may not lie among the hand-written pages: only .md, .png and .jpg files may",
                        name=shown,
                    )
                )
