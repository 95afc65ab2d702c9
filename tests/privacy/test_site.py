"""The built site is searched as a visitor receives it; the sample site is clean, and an alarm stops the publication."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest
from mkdocs.exceptions import PluginError

from generator import build as building
from generator.build import build
from generator.cli import main
from generator.privacy.site import scan_site
from generator.problems import Severity
from generator.site.mkdocs_hook import stop_on_personal_data
from generator.site.stamp import stamp_site
from tests.privacy.making import MASKED, NUMBER, docx, exif, jpeg, row, text_cell, xlsx, zipped

DAY = dt.date(2023, 8, 20)
N = NUMBER
PLANTED = {
    "text": ("a/index.html", f"<p>找{N}</p>".encode()),
    "text under a tag": ("a/index.html", b"<p>138<b>1234</b><span class='x'>5678</span></p>"),
    "entities": ("a/index.html", b"<p>&#49;&#x33;8&#49;2345678</p>"),
    "attribute": ("a/index.html", f'<img alt="电话{N}">'.encode()),
    "attribute in single quotes": ("a/index.html", f"<td data-label='{N}'>".encode()),
    "link": ("a/index.html", f'<a href="tel:{N}">电话</a>'.encode()),
    "remark": ("a/index.html", f"<!-- {N} -->".encode()),
    "script": ("a/index.html", f'<script>var a = "{N}"</script>'.encode()),
    "description": ("a/index.html", f'<meta name="description" content="{N}">'.encode()),
    "picture": ("a.svg", f"<svg><title>{N}</title></svg>".encode()),
    "JSON": ("a.json", json.dumps({"a": [{"b": N}]}).encode()),
    "number in JSON": ("a.json", json.dumps({"a": int(N)}).encode()),
    "key of JSON": ("a.json", json.dumps({N: 1}).encode()),
    "escapes in JSON": ("a.json", b'{"a": "\\u003138\\u00312345678"}'),
    "JSON lines": ("ledger.jsonl", b'{"a": 1}\n' + json.dumps({"a": "找" + N}).encode() + b"\n"),
    "JSON that is broken": ("a.json", f'{{"a\\u": "{N}'.encode()),
    "feed": ("feed.xml", f"<entry><title>{N}</title></entry>".encode()),
    "table": ("a.csv", f"x,y\n1,{N}\n".encode()),
    "table for a spreadsheet": ("a.csv", b"\xef\xbb\xbf" + f"x,y\r\n1,{N}\r\n".encode()),
    "calendar": ("a.ics", b"SUMMARY:tel 1381\r\n 2345678\r\n"),
    "text file": ("robots.txt", N.encode()),
    "archive": ("all.zip", zipped({"fees.csv": f"x\n{N}\n"})),
    "archive in an archive": ("all.zip", zipped({"b.zip": zipped({"fees.csv": f"x\n{N}\n"})})),
    "name in an archive": ("all.zip", zipped({f"{N}.csv": "x"})),
    "remark of an archive": ("all.zip", zipped({"a.csv": "x"}, comment=N.encode())),
    "packed search index": (
        "pagefind/fragment/a.pf_fragment",
        gzip.compress(b"pagefind_dcd" + json.dumps({"content": N}).encode()),
    ),
    "search index": ("search/search_index.json", json.dumps({"docs": [{"text": f"找 {N}"}]}).encode()),
    "attached sheet": ("a.xlsx", xlsx(row(text_cell(N)))),
    "attached text": ("a.docx", docx(f"<w:p><w:r><w:t>{N}</w:t></w:r></w:p>")),
    "photo": ("a.jpg", jpeg((0xE1, b"Exif\0\0" + exif(N)))),
    "name of a file": (f"data/{N}.txt", b"x"),
}


@pytest.fixture(scope="module")
def made(sample: Path) -> dict[str, bytes]:
    """The files of the sample site."""
    checked = building.check(sample)
    assert checked.books
    site = building.render_site(checked)
    project = building.Project()
    frames = building.build_frames(project, site.language, site.site_name, site.sample, short_name=site.short_name)
    return dict(stamp_site(site, frames))


@pytest.mark.parametrize("where", PLANTED)
def test_a_planted_number_is_found(where: str, tmp_path: Path) -> None:
    path, content = PLANTED[where]
    problems = scan_site({"index.html": b"<p>ok</p>", path: content}, tmp_path, DAY)
    assert {problem.value for problem in problems} == {MASKED}
    assert all(problem.severity is Severity.ERROR and N not in problem.place.file for problem in problems)


def test_the_sample_site_is_clean(made: Mapping[str, bytes], sample: Path) -> None:
    assert len(made) > 100
    assert scan_site(made, sample, DAY) == []


def test_one_number_in_the_whole_site_is_found(made: Mapping[str, bytes], sample: Path) -> None:
    for path in [path for path in made if path.endswith((".html", ".json", ".csv", ".ics", ".xml", ".jsonl"))][::7]:
        content = (
            made[path].replace(b"</body>", f"<p>{N}</p></body>".encode())
            if path.endswith(".html")
            else made[path] + f"\n{N}\n".encode()
        )
        problems = scan_site({**made, path: content}, sample, DAY)
        assert [(problem.place.file, problem.value) for problem in problems] == [(path, MASKED)]


def test_hashes_and_codes_are_nobodys(tmp_path: Path) -> None:
    sums = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(20_000)]
    lines = "\n".join(f"{total}  data/{n}.csv" for n, total in enumerate(sums))
    code = "\n".join("-".join(total[at : at + 4] for at in range(0, 32, 4)) for total in sums[:2_000])
    commits = "".join(
        f'<a href="https://example.org/x/commit/{total[:40]}">{total[:7]}</a>\n' for total in sums[:5_000]
    )
    ledger = "\n".join(
        json.dumps({"seq": n, "previous": total, "commit": total[:40]}) for n, total in enumerate(sums[:5_000])
    )
    digits = "".join(
        f"<p><code>{n:07d}</code> · 2026年11月22日</p><time>2026年11月22日</time> <code>{n:07d}</code>"
        f'<td><code title="{total}">{n:012d}…</code></td>\n'
        for n, total in zip(range(1_300_000, 9_999_999, 1_741), sums, strict=False)
    )
    entries = "".join(f"<id>urn:uuid:{uuid5(NAMESPACE_URL, total)}</id>\n" for total in sums)
    files = {"SHA256SUMS": lines, "code.txt": code, "index.html": commits, "ledger.jsonl": ledger}
    files |= {"about/index.html": digits, "changes/feed.xml": entries, "changes/feed.json": json.dumps(entries)}
    assert scan_site({path: text.encode() for path, text in files.items()}, tmp_path, DAY) == []


def test_what_cannot_be_unpacked_is_an_error(tmp_path: Path) -> None:
    for path, content in {
        "a.zip": b"PK\x03\x04" + b"x" * 99, "a.gz": b"\x1f\x8b" + b"x" * 99, "b.gz": gzip.compress(b" " * 60_000_000),
        "a.pdf": b"%PDF-1.7 x",
    }.items():  # fmt: skip
        assert [problem.severity for problem in scan_site({path: content}, tmp_path, DAY)] == [Severity.ERROR], path


def test_an_alarm_stops_the_publication(
    school: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "site"
    assert build(school, out, DAY).published
    before = (out / "index.html").read_bytes()
    real: Callable[..., Mapping[str, bytes]] = building.stamp_site
    monkeypatch.setattr(building, "stamp_site", lambda *given: {**real(*given), "x.html": f"<p>{N}</p>".encode()})
    built = build(school, out, DAY)
    assert built.published is None
    assert [(problem.place.file, problem.value) for problem in built.checked.errors] == [("x.html", MASKED)]
    assert (out / "index.html").read_bytes() == before
    assert not (out / "x.html").exists()
    assert main(["build", "--root", str(school), "--out", str(out), "--today", "2023-08-20"]) == 1
    told = capsys.readouterr().out
    assert f"x.html: error[privacy]: “{MASKED}”" in told
    assert N not in told


def test_mkdocs_itself_stops_too(school: Path) -> None:
    with pytest.raises(PluginError, match=r"x.html: error\[privacy\]"):
        stop_on_personal_data({"x.html": f"<p>{N}</p>".encode()}, school, "zh")
    stop_on_personal_data({"x.html": b"<p>ok</p>"}, school, "zh")


def test_the_command(tmp_path: Path, sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "index.html").write_text("<p>ok</p>", encoding="utf-8")
    assert main(["scan", "--root", str(sample), "--site", str(tmp_path)]) == 0
    (tmp_path / "index.html").write_text(f"<p>{N}</p>", encoding="utf-8")
    assert main(["scan", "--root", str(sample), "--site", str(tmp_path)]) == 1
    assert f"index.html: error[privacy]: “{MASKED}”" in capsys.readouterr().out


def test_a_number_in_a_code_is_found_all_the_same(tmp_path: Path) -> None:
    """What is our own is left out by its exact form, and nothing else that stands in the same way."""
    for markup in (f"<code>{N}</code>", f"<p><code>{N[:3]}</code>{N[3:]}</p>", f"urn:uuid:{N}"):
        assert [problem.value for problem in scan_site({"a/index.html": markup.encode()}, tmp_path, DAY)] == [MASKED]
