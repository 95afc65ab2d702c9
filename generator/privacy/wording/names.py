"""Names of pupils and parents: a surname beside a word that says whose name it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.wording.match import Kind
from generator.privacy.wording.surnames import COMPOUND, PLAIN, SMALL, SURNAMES
from generator.privacy.wording.words import ENDS, GIVEN_TOO, NEEDY, STARTS, group

_GAP = r"[ ·]{0,2}"
_behind = re.compile(
    rf"(?P<of>[ ]{{0,2}}的)?[ “”\"'《》]{{0,2}}(?:同{_GAP}学(?![们会录聚间情校习]|之间|关系)|家{_GAP}长|妈妈|爸爸|父亲|母亲|爷爷|奶奶|监护人)"
)
_before = re.compile(
    rf"(?:学{_GAP}生|家{_GAP}长|监护人|同{_GAP}学|父亲|母亲)(?P<said>[ ]?(?:的?姓{_GAP}名|名单|签[名字]))?"
    r"[\"'”]?(?P<colon>[ ]{0,3}[:：=][ ]{0,3}[“\"']?|[ ]{1,3}|[(（]|(?=\S))"
)
_needy = re.compile(rf"(?:{'|'.join(NEEDY)})(?P<colon>[ ]{{0,3}}[:：=][ ]{{0,3}}[“\"']?|[ ]{{0,3}})")
_home = re.compile(r"(?:年级|[一二三四五六七八九十0-9][)）]?班)(?P<name>[\u3400-\u9fff]{2,4})家(?![\u3400-\u9fff])")
_more = re.compile(r"[ ]?[、,，;；/和及与][ ]?")
_token = re.compile(rf"[\u3400-\u9fff](?:{_GAP}[\u3400-\u9fff]){{0,3}}")
# Signs that no given name holds, and signs with which a sentence goes on behind a name.
NEVER = frozenset(
    "的了们在是把被您你我他她它这那哪些个每各某该此级班组校餐费款票岁届课期号项给让及并或而且但也还就都没很最更请叫等体位对岗"
)
FOLLOWS = frozenset("于在的等和与因家同已现被获是共由从向把将均也都为到未不自说称交领住今此系其")
_goes_on = re.compile(r"(?!等)[\u3400-\u9fff]")
_even = re.compile(r"[\u3400-\u9fff]+|[\u3400-\u9fff](?:[ ·]{1,2}[\u3400-\u9fff])+")
PLACES = frozenset("村庄镇乡县")
MASTERS = frozenset(
    ("学家", "作家", "画家", "艺家", "明家", "术家", "想家", "命家", "业家", "治家", "事家", "生家", "行家", "科家")
)
REAL = frozenset(("新生", "先进"))


def names(text: str) -> Iterator[tuple[int, int, Kind]]:
    """Yield the spans of named pupils and parents, with the word that says so."""
    if text.isascii():
        return
    for cue in _behind.finditer(text):
        start = _name_before(text, cue.start())
        if start is not None:
            yield start, cue.end(), Kind.NAME
    for cue in _before.finditer(text):
        strong = bool(cue["said"]) or cue["colon"].strip() != ""
        end = _name_after(text, cue.end(), strong)
        if end is not None:
            yield cue.start(), end, Kind.NAME
            yield from _list(text, end, strong)
    yield from _in_need(text)
    for cue in _home.finditer(text):
        if _name_after(cue["name"], 0, False) == len(cue["name"]) and cue["name"][-1] + "家" not in ENDS | MASTERS:
            yield *cue.span("name"), Kind.NAME


def _in_need(text: str) -> Iterator[tuple[int, int, Kind]]:
    """Yield the names behind a word for pupils or families in need; such a word mostly stands before a verb, not a name."""
    for cue in _needy.finditer(text):
        strong = cue["colon"].strip() != ""
        end = _name_after(text, cue.end(), strong)
        if end is None or text[end - 1] in PLACES or not _even.fullmatch(text, cue.end(), end):
            continue
        if not strong and (_goes_on.match(text, end) or not _surnamed(text, cue.end())):
            continue
        yield cue.start(), end, Kind.NAME
        yield from _list(text, end, strong)


def _surnamed(text: str, start: int) -> bool:
    """Return whether a surname that hardly begins a word stands at a place."""
    return text[start] in PLAIN or text[start : start + 2] in COMPOUND


def _list(text: str, end: int, strong: bool) -> Iterator[tuple[int, int, Kind]]:
    """Yield the names that follow a name in a list."""
    while (more := _more.match(text, end)) and (strong or "、" in more[0]):
        last = _name_after(text, more.end(), strong)
        if last is None:
            return
        yield more.end(), last, Kind.NAME
        end = last


def _name_before(text: str, end: int) -> int | None:
    """Return where the name begins that ends at `end`, None if there is none."""
    places = _han_before(text, end)
    signs = "".join(text[place] for place in places)
    if not signs:
        return None
    stop = group(signs)
    best: tuple[int, int] | None = None
    for length in (4, 3, 2, 1):
        if length <= len(signs) and _named(signs, length, stop):
            compound = signs[-length : len(signs) - length + 2] in COMPOUND
            rank = (
                3 if length == len(signs) and signs[0] not in SMALL else 2 if compound or signs[-length] in PLAIN else 1
            )
            if best is None or rank > best[0]:
                best = rank, places[-length]
    return best[1] if best else None


def _han_before(text: str, end: int) -> list[int]:
    """Return the places of up to six Chinese characters that end at `end`, with no more than two spaces between them."""
    places: list[int] = []
    place, gap = end - 1, 0
    while place >= 0 and len(places) < 6:
        if "\u3400" <= text[place] <= "\u9fff":
            places.append(place)
            gap = 0
        elif text[place] in " ·" and gap < 2 and places:
            gap += 1
        else:
            break
        place -= 1
    return places[::-1]


def _named(signs: str, length: int, stop: str) -> bool:
    """Return whether the last `length` of some signs before a cue are a name; `stop` is the everyday word they end with."""
    name, before = signs[-length:], signs[:-length]
    surname = 2 if name[:2] in COMPOUND and length > 1 else 1
    if length - surname > 2 or (surname == 1 and name[0] not in SURNAMES):
        return False
    if length == 1 and (before if name not in PLAIN else before[-1:] + name in ENDS):
        return False
    if stop and not _ends_a_name(name, stop):
        return False
    if before and (before[-1] + name[0] in ENDS or name[0] in SMALL):
        return False
    if length == 1:
        return name not in SMALL
    return name[:2] not in STARTS and not NEVER.intersection(name[surname:])


def _ends_a_name(name: str, stop: str) -> bool:
    """Return whether a name ends by chance as an everyday word does: 张新, 李新生."""
    known = name[0] in PLAIN or name[:2] in COMPOUND
    if stop in GIVEN_TOO:
        return len(name) > (1 if known else 2)
    return known and stop in REAL and len(name) == 3


def _name_after(text: str, start: int, strong: bool) -> int | None:
    """Return where the name ends that begins at `start`; without a colon the surname must be one that begins no word."""
    token = _token.match(text, start)
    if token is None:
        return None
    places = [place for place in range(start, token.end()) if text[place] not in " ·"]
    signs = "".join(text[place] for place in places)
    if text[token.end() : token.end() + 1].isdecimal() and signs[2:3] in FOLLOWS:
        signs += " "
    surname = 2 if signs[:2] in COMPOUND else 1
    if (surname == 1 and signs[0] not in SURNAMES) or len(signs) <= surname or signs[:2] in STARTS:
        return None
    length = surname
    while length < min(len(signs), surname + 2) and signs[length] not in NEVER and signs[length:] not in REST:
        if length > surname and signs[length] in FOLLOWS and len(signs) > length + 1:
            break
        length += 1
    if length == surname or signs[length - 1 : length + 1] in ("同学", "家长"):
        return None
    alone = len(signs) == length or signs[length] in FOLLOWS or signs[length:][:2] in ("同学", "家长")
    if not alone and (signs[0] not in PLAIN and surname == 1):
        return None
    if signs[0] in SMALL and not (strong and alone):
        return None
    return places[length - 1] + 1


REST = frozenset(("同学", "家长"))
