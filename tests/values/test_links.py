"""Web addresses in data: only those that lead where people read that they lead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.locale import language
from generator.pages.filters import is_weblink
from generator.pages.forges import forge_of
from generator.pages.links import Desk
from generator.problems import Place
from generator.site.clean import is_link as may_stand_on_a_page
from generator.values.refusal import Refused
from generator.values.text import is_link, parse_link

GOOD = (
    "https://example.org", "https://example.org/", "https://www.example.org/a/b.html?c=d&e=%E4%B8%80#f", "https://EXAMPLE.org",
    "https://example.org/通知/2023年.html", "https://xn--fiqs8s.xn--fiqz9s/", "https://example.org?x", "https://a-b.example.cn/~x/",
)  # fmt: skip
BAD = (
    "http://example.org/", "HTTPS://example.org/", "Https://example.org/", "ftp://example.org/", "file:///etc/passwd",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)",
    "\x01javascript:alert(1)", "vbscript:x", "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHg+",
    "blob:https://example.org/1", "view-source:https://example.org", "about:blank", "mailto:a@example.org", "tel:110",
    "//example.org/", "/fees/", "fees/", "\\\\example.org", "/\\example.org", "https:example.org", "https:/example.org",
    "https:///example.org", "https://", "https://?", "https://#", "https:\\\\example.org", "https://bank.cn@example.org/",
    "https://user:word@example.org/", "https://example.org:8443/", "https://example.org:/", "https://1.2.3.4/",
    "https://2130706433/", "https://0x7f.1/", "https://[::1]/", "https://localhost/", "https://example/", "https://.org/",
    "https://-a.org/", "https://a-.org/", "https://a..org/", "https://example.org./", "https://exаmple.org/",
    "https://ｅxample.org/", "https://example。org/", "https://中国.example/", "https://example.org/ x", "https://example.org/\u3000",
    "https://example.org/\"onclick=\"x", "https://example.org/<b>", "https://example.org/'", "https://example.org/`",
    "https://example.org/\\", "https://example.org/\0", "https://example.org/\x7f", "https://example.org/\x85",
    "https://example.org/\n", "https://exa mple.org/", "https://example.org\t/", "https://%65xample.org/", "https://ex_ample.org/",
    "https://example.org/" + "x" * 501, "https://" + "a." * 200 + "org", "", " ", "https", "www.example.org",
)  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_a_plain_address_is_taken_as_written(text: str) -> None:
    assert parse_link(text) == text
    assert is_weblink(text)


@pytest.mark.parametrize("text", BAD)
def test_any_other_is_refused_with_a_reason_and_never_a_link(text: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_link(text)
    assert refused.value.code == "link"
    assert language("zh").say(refused.value.message)
    assert not is_weblink(text)


def test_a_host_in_other_letters_is_shown_as_it_travels() -> None:
    with pytest.raises(Refused) as refused:
        parse_link("https://exаmple.org/")  # the third letter is Cyrillic
    assert refused.value.fix is not None
    assert "xn--exmple-4nf.org" in language("zh").say(refused.value.fix)
    assert is_link("https://xn--exmple-4nf.org/")


@given(st.text(max_size=60))
def test_what_is_a_link_is_https_and_nothing_but_a_host_and_a_path(text: str) -> None:
    for candidate in (text, f"https://{text}", f"https://example.org/{text}", f"https://example.org{text}"):
        if is_link(candidate):
            host = candidate.removeprefix("https://").partition("/")[0].partition("?")[0].partition("#")[0]
            assert candidate.startswith("https://")
            assert host.isascii()
            assert not set(host) & set("@:[]%_")
            assert not set(candidate) & set(" \"'<>`\\\t\r\n\0")


@pytest.mark.parametrize("text", BAD)
def test_hand_written_pages_hold_to_the_same_rule(text: str) -> None:
    own = ("fees/", "", "https", "www.example.org", "mailto:a@example.org", "tel:110")
    assert may_stand_on_a_page(text) is (text in own)


def test_source_links_keep_the_place_out_of_the_address() -> None:
    desk = Desk(forge=forge_of("https://github.com/a/b"), commit="1a2b", email="a@example.org")
    source, ask = desk.source, desk.ask
    odd = Place('data/"><script>?#&@.csv', 3, 4, "A&B#3")
    assert source(odd) == "https://github.com/a/b/blob/1a2b/data/%22%3E%3Cscript%3E%3F%23%26%40.csv#L3"
    assert "<" not in ask(odd)
    mail = Desk(email="a@example.org?bcc=b@example.org&body=x").ask
    assert mail(odd).startswith("mailto:a@example.org%3Fbcc%3Db@example.org%26body%3Dx?subject=")
