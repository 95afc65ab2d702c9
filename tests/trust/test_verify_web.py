"""The verifier asks one host, believes no path, and tells apart what is wrong from what it could not fetch."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest

from generator.trust import verify as program
from tests.trust.sites import Quiet, good, published, served, written


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
