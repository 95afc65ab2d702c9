"""Lists of pupils: what stands below a title such as 学生姓名 is read together with it, as it says who is named."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence

_of_people = re.compile(r"(?:学\s*生|家\s*长|监护人|幼\s*儿|孩\s*子|父\s*亲|母\s*亲)(?:姓\s*名|名\s*字)?").fullmatch
_of_anybody = re.compile(r"姓\s*名|名\s*字").fullmatch
_school = re.compile(
    r"年\s*级|班\s*级|班\s*别|班|学\s*号|学籍号|家\s*长|监护人|家长姓名|监护人姓名|家长签[名字]"
).fullmatch
PUPIL = "学生姓名"
LONGEST = 8
"""A text longer than this is no name alone, and tells by itself what it tells."""


def with_titles(cells: Sequence[tuple[Hashable, str]]) -> list[str]:
    """Return the texts of cells (column, text), names with the title that stands above them.

    A title that says only 姓名 is about pupils where another one is about classes or parents: a list of officials has none.
    """
    of_pupils = any(_school(text.strip()) for _, text in cells)
    titles: dict[Hashable, str] = {}
    told = []
    for column, text in cells:
        word = text.strip()
        if _of_people(word):
            titles[column] = "".join(word.split())
        elif of_pupils and _of_anybody(word):
            titles[column] = PUPIL
        elif column in titles and word and len(word) <= LONGEST:
            told.append(f"{titles[column]}：{word}")
            continue
        told.append(text)
    return told
