"""What was found in a text: its kind and span, a masked form that people may see, and a digest that names it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from generator.privacy.wording.normal import digits_of, plain
from generator.privacy.wording.surnames import COMPOUND
from generator.privacy.wording.words import NEEDY
from generator.values.choice import Choice

HIDDEN = "*"
BLANK = "×"
CUES = (
    *NEEDY,
    "同学",
    "家长",
    "学生",
    "姓名",
    "名单",
    "签名",
    "签字",
    "监护人",
    "父亲",
    "母亲",
    "爸爸",
    "妈妈",
    "爷爷",
    "奶奶",
    "的",
)
_cues = re.compile("|".join(CUES))


class Kind(Choice):
    """A kind of personal data that must not be published."""

    ID_CARD = "ID number", "身份证号"
    MOBILE = "mobile number", "手机号"
    BANK_CARD = "bank card number", "银行卡号"
    NAME = "name of a pupil or parent", "学生或家长姓名"
    PLATE = "vehicle plate", "车牌号"
    EMAIL = "e-mail address", "电子邮箱"


@dataclass(frozen=True, slots=True)
class Match:
    """Personal data in a text: ``text`` is what stands there from ``start`` to ``end``, disguise and all."""

    start: int
    end: int
    kind: Kind
    text: str

    def __lt__(self, other: Match) -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[int, int, str, str]:
        return (self.start, self.end, self.kind.en, self.text)

    @property
    def content(self) -> str:
        """What it says without its disguise: the digits of a number, the characters of a name."""
        match self.kind:
            case Kind.MOBILE:
                return digits_of(self.text)[-11:]
            case Kind.ID_CARD | Kind.BANK_CARD:
                return digits_of(self.text)
            case Kind.NAME:
                return _cues.sub("", self._han)
            case Kind.PLATE:
                return plain(self.text)[:1] + re.sub(
                    r"[^0-9A-Z挂学警港澳]", "", digits_of(self.text, letters=True).upper()
                )
        return re.sub(r"[(\[{（【]at[)\]}）】]", "@", re.sub(r"\s", "", plain(self.text).casefold())).replace("。", ".")

    @property
    def _han(self) -> str:
        return re.sub(r"[^\u3400-\u9fff]", "", plain(self.text))

    @property
    def masked(self) -> str:
        """The form that may be shown: enough to find the place, never enough to restore what stood there."""
        content = self.content
        match self.kind:
            case Kind.MOBILE:
                return content[:3] + HIDDEN * 4 + content[-4:]
            case Kind.ID_CARD:
                return content[:4] + HIDDEN * (len(content) - 6) + content[-2:]
            case Kind.BANK_CARD:
                return content[:2] + HIDDEN * (len(content) - 6) + content[-4:]
            case Kind.NAME:
                return self._han.replace(content, content[: 2 if content[:2] in COMPOUND else 1] + BLANK, 1)
            case Kind.PLATE:
                return content[:2] + HIDDEN * (len(content) - 2)
        local, _, host = content.partition("@")
        return (local[:1] if len(local) > 2 else "") + HIDDEN * 3 + "@" + host

    @property
    def digest(self) -> str:
        """The SHA-256 of the kind and the content: equal for all disguises of the same data."""
        return hashlib.sha256(f"{self.kind.en}:{self.content}".encode("utf-8", "surrogatepass")).hexdigest()
