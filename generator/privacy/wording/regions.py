"""Codes of provinces in ID numbers and on vehicle plates, and what an ID number must hold besides."""

from __future__ import annotations

import calendar
import re

PROVINCES = frozenset(re.findall("..", "1112131415212223313233343536374142434445465051525354616263646571818283"))
MUNICIPALITIES = frozenset(("11", "12", "31", "50"))
PLATES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"


def region(code: str) -> bool:
    """Return whether six digits can be the code of a county: a province, and a prefecture that it can have."""
    province, prefecture = code[:2], int(code[2:4])
    if province in ("71", "81", "82", "83"):
        return True
    if province in MUNICIPALITIES:
        return 1 <= prefecture <= 3
    return province in PROVINCES and (1 <= prefecture <= 36 or prefecture in (51, 90))


def birthday(year: int, month: int, day: int) -> bool:
    """Return whether somebody alive may have been born that day."""
    return 1900 <= year <= 2099 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def dated_region(number: str) -> bool:
    """Return whether 18 signs begin as the number of an ID card does: a region and a date of birth."""
    if len(number) != 18 or not number[:17].isdecimal() or not region(number[:6]):
        return False
    return birthday(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def resident_id(number: str) -> bool:
    """Return whether 18 signs are the number of an ID card, with the check digit that it must have."""
    if not dated_region(number):
        return False
    return CHECKS[sum(int(sign) * weight for sign, weight in zip(number, WEIGHTS, strict=False)) % 11] == number[17]


def old_resident_id(number: str) -> bool:
    """Return whether 15 digits are the number of an ID card of before 1999: region and date of birth."""
    if len(number) != 15 or not region(number[:6]):
        return False
    return birthday(1900 + int(number[6:8]), int(number[8:10]), int(number[10:12]))


def bank_card(number: str) -> bool:
    """Return whether digits are the number of a UnionPay card: 62 at the head, and right by Luhn."""
    if not (16 <= len(number) <= 19 and number.startswith("62")):
        return False
    doubled = (int(sign) * (2 if place % 2 else 1) for place, sign in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
