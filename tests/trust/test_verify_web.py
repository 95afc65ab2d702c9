"""The verifier asks one host, believes no path, and tells apart what is wrong from what it could not fetch."""

from __future__ import annotations

import datetime as dt
import json
import time
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest

from generator.outputs.sums import sums
from generator.trust import verify as program
from tests.trust.sites import Quiet, codes, good, published, served, written


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return written(good(), tmp_path / "site")


def told(name: str) -> tuple[int, str]:
    """Return the exit code of a verification and everything that it says in English."""
    results, _ = program.verify(name, [])
    return program.exit_code(results), "\n".join("\n".join((t.en, *t.details)) for t in results if t.state != "ok")


@pytest.mark.parametrize(
    "name",
    [
        "file:///etc/", "ftp://example.org/", "data:text/html,x", "http://", "https://user:word@example.org/",
        "javascript:x", "no-such-folder", "www.example.org",
    ],
)  # fmt: skip
def test_what_is_neither_a_web_address_nor_a_folder_is_refused(name: str) -> None:
    code, words = told(name)
    assert code == 2
    assert words.startswith(("Not an address that can be used", "No such folder"))


def test_a_folder_or_an_address_without_a_site_is_no_result(tmp_path: Path) -> None:
    words = "index.html is not on the site. Give the address of the home page, or the folder of the whole site."
    assert told(str(tmp_path)) == (2, words)
    with served(tmp_path) as address:
        assert told(address) == (2, words)


def test_nobody_answers() -> None:
    with served(Path(__file__).parent) as address:
        pass
    code, words = told(address)
    assert code == 2
    assert words.startswith("index.html could not be fetched")


def redirect(to: str) -> Mapping[str, object]:
    def answer(request: Quiet) -> None:
        request.send_response(302)
        request.send_header("Location", to)
        request.end_headers()

    return {"/fees/index.html": answer}


def test_a_redirect_on_the_same_host_is_followed(site: Path) -> None:
    (site / "elsewhere.html").write_bytes((site / "fees/index.html").read_bytes())
    with served(site, redirect("/elsewhere.html")) as address:
        assert told(address) == (0, "")


@pytest.mark.parametrize(
    "to", ["http://other.invalid/x", "ftp://127.0.0.1/x", "http://127.0.0.1:9/x", "//other.invalid/x"]
)
def test_a_redirect_to_another_place_is_not(site: Path, to: str) -> None:
    with served(site, redirect(to)) as address:
        code, words = told(address)
    assert code == 2
    assert f"The site sends on to {to if ':' in to else f'http:{to}'}" in words


def test_a_redirect_to_a_file_of_this_computer_is_not(site: Path) -> None:
    with served(site, redirect("file:///etc/passwd")) as address:
        code, words = told(address)
    assert code == 2
    assert "fees/index.html could not be fetched" in words


def test_redirects_in_a_circle_end(site: Path) -> None:
    with served(site, redirect("/fees/index.html")) as address:
        assert told(address)[0] == 2


def test_an_error_of_the_server_is_no_finding(site: Path) -> None:
    with served(site, {"/fees/index.html": lambda request: request.send_error(503)}) as address:
        code, words = told(address)
    assert code == 2
    assert "fees/index.html could not be fetched" in words


def test_a_page_that_is_gone_is_a_finding(site: Path) -> None:
    with served(site, {"/fees/index.html": lambda request: request.send_error(404)}) as address:
        code, words = told(address)
    assert code == 1
    assert "fees/index.html is not on the site" in words


def test_an_answer_that_breaks_off_is_no_finding(site: Path) -> None:
    def broken(request: Quiet) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "9999")
        request.end_headers()
        request.wfile.write(b"half")

    with served(site, {"/fees/index.html": broken}) as address:
        code, words = told(address)
    assert code == 2
    assert "fees/index.html could not be fetched" in words


def test_an_answer_that_does_not_end_in_time(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "FILE_SECONDS", -1)
    with served(site) as address:
        assert told(address)[0] == 2


def test_a_file_that_is_too_large_is_not_read(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    largest = max(file.stat().st_size for file in site.rglob("*") if file.is_file())
    monkeypatch.setattr(program, "FILE_BYTES", largest - 1)
    assert told(str(site))[0] == 2
    with served(site) as address:
        code, words = told(address)
    assert code == 2
    assert "too large" in words


def test_a_site_that_is_too_large_is_not_read(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "SITE_BYTES", 100_000)
    assert told(str(site))[0] in (1, 2)
    assert "was not read to its end" in told(str(site))[1]


@pytest.mark.parametrize(
    "path", ["../secret", "/etc/passwd", "a/../../secret", "C:/secret", "a\\b", "a//b", "./a", "a\tb"]
)
def test_a_path_that_leads_out_is_not_even_asked_for(site: Path, path: str) -> None:
    (site.parent / "secret").write_bytes(b"")
    listed = site / "SHA256SUMS"
    listed.write_bytes(listed.read_bytes() + f"{program.sha256(b'')}  {path}\n".encode())
    asked: list[str] = []

    class Watched(Quiet):
        def do_GET(self) -> None:  # noqa: N802  the name that http.server calls
            asked.append(self.path)
            super().do_GET()

    code, words = told(str(site))
    assert code == 1
    assert "is not allowed" in words
    with served(site, base=Watched) as address:
        assert told(address) == (code, words)
    assert all(name.startswith(("/index.html", "/data/", "/ledger.jsonl", "/SHA256SUMS")) for name in asked)


def test_a_symbolic_link_is_not_followed(site: Path) -> None:
    page = site / "fees" / "index.html"
    page.rename(site.parent / "outside.html")
    page.symlink_to(site.parent / "outside.html")
    code, words = told(str(site))
    assert code == 1
    assert "fees/index.html is a symbolic link" in words


def test_a_site_that_is_published_meanwhile_is_no_result(site: Path) -> None:
    sums = (site / "SHA256SUMS").read_bytes()
    answers = iter([sums, sums + sums[:64] + b"  new.html\n"])

    def other(request: Quiet) -> None:
        request.send_response(200)
        request.end_headers()
        request.wfile.write(next(answers))

    with served(site, {"/SHA256SUMS": other}) as address:
        code, words = told(address)
    assert code == 2
    assert "was being published" in words


def test_a_zip_that_unpacks_to_a_flood_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "SITE_BYTES", 8 << 20)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("data/flood.csv", bytes(9 << 20))
    files = {**good(), "data/all.zip": out.getvalue()}
    del files["SHA256SUMS"]
    site = written(published(files, files["ledger.jsonl"]), tmp_path)
    code, words = told(str(site))
    assert code == 1
    assert "too many, too large or of the same name" in words


def test_a_page_that_would_make_the_search_of_the_code_long(tmp_path: Path) -> None:
    """Each of them took minutes or hours with a pattern whose repetitions had no end."""
    known = good()["index.html"].decode()
    for trap in (
        'class="' + "ledger-code " * 200_000, 'class="ledger-code" ' * 100_000, 'class="' * 300_000,
        'class="ledger-code">' + " " * 2_000_000, 'class="ledger-code">' + "0" * 2_000_000,
    ):  # fmt: skip
        began = time.monotonic()
        program.CODE_ON_PAGE.findall((known + trap)[-program.PAGE_END :])
        assert time.monotonic() - began < 10
        files = {**good(), "index.html": (trap + known).encode()}
        del files["SHA256SUMS"]
        site = written(files | {"SHA256SUMS": sums(files)}, tmp_path)
        assert told(str(site)) == (0, "")


def test_every_code_that_the_page_shows_is_compared(tmp_path: Path) -> None:
    other = '<code class="ledger-code">' + "0123-" * 7 + "0123</code>"
    files = {**good(), "index.html": good()["index.html"] + other.encode()}
    del files["SHA256SUMS"]
    code, words = told(str(written(files | {"SHA256SUMS": sums(files)}, tmp_path)))
    assert code == 1
    assert "The code in the footer of the home page is 0123-0123" in words


@pytest.mark.parametrize("shown", [20, 32])
def test_the_code_of_an_earlier_version_in_the_footer(tmp_path: Path, shown: int) -> None:
    files = {
        **good(),
        "index.html": good()["index.html"].replace(codes()[2].encode(), codes()[2][: shown // 4 * 5 - 1].encode()),
    }
    del files["SHA256SUMS"]
    assert told(str(written(files | {"SHA256SUMS": sums(files)}, tmp_path))) == (0, "")


def test_many_corrections_are_compared_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [f"C-{n}" for n in range(60_000)]
    monkeypatch.setattr(program, "corrections_of", lambda site: [{"id": id_} for id_ in reversed(ids)])
    entry = program.Entry(dt.date(2023, 1, 1), None, "0" * 64, {}, ids, "0" * 64)
    began = time.monotonic()
    assert [t.state for t in program.told_corrections(program.Site("x"), [entry])] == ["ok"]
    assert time.monotonic() - began < 5


def test_a_site_that_answers_slowly_has_an_end(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "ALL_SECONDS", 1)

    def slow(request: Quiet) -> None:
        time.sleep(1.2)
        request.answers = {}
        request.do_GET()

    with served(site, {"/ledger.jsonl": slow}) as address:
        began = time.monotonic()
        code, words = told(address)
    assert time.monotonic() - began < 10
    assert code == 2
    assert "The site is too slow" in words


def test_an_answer_that_trickles_is_not_waited_for(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every byte comes within the time for one, and all of them never would."""
    monkeypatch.setattr(program, "FILE_SECONDS", 1)

    def trickle(request: Quiet) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "600")
        request.end_headers()
        with suppress(OSError):
            for _ in range(600):
                request.wfile.write(b"x")
                request.wfile.flush()
                time.sleep(0.1)

    with served(site, {"/fees/index.html": trickle}) as address:
        began = time.monotonic()
        code, words = told(address)
    assert time.monotonic() - began < 20
    assert code == 2
    assert "fees/index.html could not be fetched (too slow)" in words


def test_headers_that_trickle_are_not_waited_for(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "FILE_SECONDS", 1)

    def trickle(request: Quiet) -> None:
        request.wfile.write(b"HTTP/1.0 200 OK\r\nX-Long: ")
        with suppress(OSError):
            for _ in range(300):
                request.wfile.write(b"x")
                request.wfile.flush()
                time.sleep(0.1)

    with served(site, {"/fees/index.html": trickle}) as address:
        began = time.monotonic()
        code, words = told(address)
        assert time.monotonic() - began < 15
    assert code == 2
    assert "fees/index.html could not be fetched (too slow)" in words


@pytest.mark.parametrize("name", ["x" * 300, "y/" * 3000 + "z", "\u56fe" * 200])
def test_a_name_that_no_disk_can_hold_hides_no_other_result(site: Path, name: str) -> None:
    facts = site / "data/facts.csv"
    facts.write_bytes(facts.read_bytes().replace(b"15.00", b"51.00", 1))
    listed = site / "SHA256SUMS"
    listed.write_bytes(listed.read_bytes() + f"{program.sha256(b'')}  {name}\n".encode())
    code, words = told(str(site))
    assert code == 1
    assert "data/facts.csv differs from the list." in words
    assert "data/facts.csv is not what the newest entry says" in words
    with served(site) as address:
        code, words = told(address)
    assert code == 1
    assert "data/facts.csv differs from the list." in words


@pytest.mark.parametrize("path", ["\ud800.csv", "data/\udfff", 7, None, "\x00"])
def test_a_download_with_an_odd_path_hides_no_other_result(site: Path, path: object) -> None:
    index = site / "data/index.json"
    content = json.loads(index.read_bytes())
    content["tables"][0]["downloads"] = [path]
    index.write_text(json.dumps(content), encoding="utf-8")
    facts = site / "data/facts.csv"
    facts.write_bytes(facts.read_bytes().replace(b"15.00", b"51.00", 1))
    with served(site) as address:
        for name in (str(site), address):
            code, words = told(name)
            assert code == 1
            assert "data/facts.csv differs from the list." in words
            assert "data/facts.csv is not what the newest entry says" in words


@pytest.mark.parametrize(
    ("failure", "state"),
    [(OSError("x"), "unknown"), (ValueError("x"), "wrong"), (OverflowError("x"), "wrong"), (KeyError("x"), "wrong")],
)
def test_what_stops_one_check_stops_no_other(
    site: Path, monkeypatch: pytest.MonkeyPatch, failure: Exception, state: str
) -> None:
    def stopped(*arguments: object) -> Iterator[program.Told]:
        yield program.Told("data", "note", "", "said before")
        raise failure

    monkeypatch.setattr(program, "told_data", stopped)
    (site / "fees/index.html").write_bytes(b"x")
    states = [(t.check, t.state) for t in program.verify(str(site), [])[0]]
    assert states == [
        ("ledger", "ok"), ("files", "wrong"), ("data", "note"), ("data", state), ("figures", "ok"), ("downloads", "ok"),
        ("corrections", "ok"),
    ]  # fmt: skip


def test_half_a_character_in_a_site_can_be_printed_and_written(site: Path, tmp_path: Path) -> None:
    table = site / "data/terms/2023-spring/fees.json"
    table.write_bytes(table.read_bytes().replace(b'"15.00"', b'"\\ud800"', 1))
    given = program.parser().parse_args([str(site), "--json", str(tmp_path / "out.json")])
    assert program.run(given) == 1
    assert "JSON \u201c?\u201d" in (tmp_path / "out.json").read_text(encoding="utf-8")
