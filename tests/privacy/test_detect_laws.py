"""Laws of the detector: spans point into the original, masks hide, digests see through disguises, nothing raises."""

from __future__ import annotations

import json
from itertools import accumulate
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.privacy.wording.detect import Kind, found
from generator.privacy.wording.escapes import Resolved
from generator.privacy.wording.match import HIDDEN
from tests.privacy.generate import KINDS, MOBILE_DISGUISES, Case, positives, quoted

CORPORA = (Path(__file__).resolve().parents[2] / "../shared/corpora").resolve()
CASES = list(positives(3_000, seed=21))
NASTY = st.text(
    st.sampled_from("0138OlXx×一二〇①²４ \n\t-._/()（）:：@张王同学生家长豫A\u200b\ufe0f\ud800𝟏㈠.,元%&#3;E5~、"),
    max_size=60,
)


@settings(max_examples=600, deadline=None)
@given(st.one_of(st.text(max_size=80), NASTY))
def test_nothing_raises_and_spans_point_into_the_text(text: str) -> None:
    end = 0
    for match in found(text):
        assert end <= match.start < match.end <= len(text)
        assert match.text == text[match.start : match.end]
        assert len(match.digest) == 64
        assert match.masked != match.text
        end = match.end


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40), st.data())
def test_a_text_in_escapes_reads_as_it_was_and_every_span_is_whole(text: str, data: st.DataObject) -> None:
    ways = [lambda s: s, lambda s: f"&#{ord(s)};", lambda s: f"&#x{ord(s):X};", lambda s: quoted(s, "{:02X}")]
    plain = [sign for sign in text if sign.isprintable() and sign not in "%&#;"]
    written = [data.draw(st.sampled_from(ways))(sign) for sign in plain]
    reading = Resolved("".join(written))
    assert reading.text == "".join(plain)
    ends = [0, *accumulate(map(len, written))]
    for at in range(len(plain)):
        assert reading.span(at, len(plain)) == (ends[at], ends[-1])
        assert reading.span(0, at + 1) == (0, ends[at + 1])


@pytest.mark.parametrize("around", ["", "说明", "1,", "\n"])
def test_a_text_without_personal_data_has_none_when_repeated(around: str) -> None:
    assert found(f"{around}作业本费15.00元，全体学生自愿，电话0371-65551234".join([around] * 3)) == []


def test_the_span_holds_the_whole_number() -> None:
    for case in CASES:
        if "number" not in case.kind:
            continue
        rest = case.text
        for match in reversed(found(case.text)):
            rest = rest[: match.start] + rest[match.end :]
        assert found(rest) == [], case


def shown(case: Case) -> str:
    return " ".join(match.masked for match in found(case.text))


def test_a_masked_form_never_restores_what_stood_there() -> None:
    for case in CASES:
        for match in found(case.text):
            kept = sum(sign != HIDDEN for sign in match.masked)
            assert match.content not in match.masked or len(match.content) == 1, case
            assert found(match.masked) == [], case
            if match.kind in (Kind.ID_CARD, Kind.BANK_CARD):
                assert kept == 6
            elif match.kind is Kind.MOBILE:
                assert kept == 7
            elif match.kind is Kind.PLATE:
                assert kept == 2
            elif match.kind is Kind.EMAIL:
                assert len(match.masked.split("@")[0].rstrip(HIDDEN)) <= 1
            else:
                assert not set(match.content[2:]) & set(match.masked.replace(match.content[:2], "")) - set(
                    "同学家长学生的"
                )


def test_the_digest_is_the_same_in_every_disguise() -> None:
    random = Random(5)
    for make in (KINDS["mobile number"][0], KINDS["ID number"][0]):
        for _ in range(40):
            secret = make(random)
            plain = found(secret)[0].digest
            for name, disguise in MOBILE_DISGUISES.items() if len(secret) == 11 else KINDS["ID number"][1].items():
                matches = found(f"电话{disguise(random, secret)}")
                assert [match.digest for match in matches] == [plain], (name, secret)
    names = ("张小明同学", "学生：张小明", "张 小 明同学", "张\u200b小明的家长", "家长:张小明。")
    assert len({found(text)[0].digest for text in names}) == 1


def test_different_data_has_different_digests() -> None:
    digests = {(match.kind, match.content): match.digest for case in CASES for match in found(case.text)}
    assert len(digests) > 2_000
    assert len(set(digests.values())) == len(digests)


@pytest.mark.parametrize("name", ["blns/blns.json"])
def test_nasty_strings_raise_nothing(name: str) -> None:
    path = CORPORA / name
    if not path.is_file():
        pytest.skip(f"the public corpus is not beside this repository (../shared/corpora/{name})")
    strings = json.loads(path.read_text(encoding="utf-8"))
    assert len(strings) > 400
    for text in strings:
        for case in (text, f"张小明同学13800138000{text}", f"{text}，电话138-0013-8000"):
            matches = found(case)
            assert all(match.masked for match in matches)
        assert found(f"电话：13800138000，{text}")[0].masked == "138****8000"
