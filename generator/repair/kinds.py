"""What a repair is: one thing mended, and a file before and after."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from generator.locale import Message
from generator.problems import Place, shown
from generator.reading.characters import LOST, REFUSED


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing mended: its place in the file as it was, what stood there, what stands there now, and why that is sure."""

    place: Place
    before: str
    after: str
    why: Message


@dataclass(frozen=True, slots=True)
class Repaired:
    """One file that was not canonical, before and after, with everything that was mended in it."""

    file: str
    before: bytes
    after: bytes
    repairs: tuple[Repair, ...]

    def diff(self) -> str:
        """Return the change of the text as a unified diff; empty where only bytes such as the encoding differ.

        Characters that could disturb a terminal are shown as U+FFFD.
        """
        lines = difflib.unified_diff(
            shown_text(self.before).splitlines(), shown_text(self.after).splitlines(),
            f"a/{self.file}", f"b/{self.file}", lineterm="",
        )  # fmt: skip
        return "".join(f"{line}\n" for line in lines)


def flat(text: str) -> str:
    """Return a text as it may stand in a line for people: with nothing invisible, on one line, cut where it is long."""
    return shown(REFUSED.sub(LOST, text))


ENCODINGS = ("utf-8-sig", "gb18030")


def shown_text(data: bytes) -> str:
    """Return the text of a file for people to look at, whatever its bytes, with LF line ends and nothing invisible."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    order = "utf-16-be" if even > odd else "utf-16-le"
    names: tuple[str, ...] = (order, *ENCODINGS) if even or odd else ENCODINGS
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        names = ("utf-16",)
    text = next((text for name in names if (text := _decoded(data, name)) is not None), None)
    text = data.decode("utf-8", "replace") if text is None else text
    return REFUSED.sub(LOST, text.replace("\r\n", "\n").replace("\r", "\n"))


def _decoded(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None
