"""Whatever the bytes are, fix raises nothing, changes no value that reads, and is done after one run."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.repair import Repaired
from generator.repair.writing import line_of
from tests.repair.conftest import mended_file

TABLE = "data/duties.csv"
TERM = "data/terms/2023-spring/term.yml"
HEAD = "职责编号,职责,校区,责任岗位,起,止\n"


def both(data: bytes) -> None:
    """Mend the same bytes as a table and as a document, bare and below a header."""
    mended_file(TABLE, data)
    mended_file(TABLE, HEAD.encode() + data)
    mended_file(TERM, data)


@given(data=st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
@settings(max_examples=120, deadline=None)
def test_any_bytes(data: bytes) -> None:
    both(data)


def test_public_corpora_of_files(corpora: Callable[[str], Path]) -> None:
    seen = 0
    for name in ("csv-spectrum", "csvlint", "json-numbers", "trojan-source", "hostile-text"):
        for path in sorted(path for path in corpora(name).rglob("*.*") if path.is_file()):
            data = path.read_bytes()
            if len(data) < 40_000:
                both(data)
                seen += 1
    assert seen > 80


def test_naughty_strings_in_cells_and_values(corpora: Callable[[str], Path]) -> None:
    texts = json.loads((corpora("blns") / "blns.json").read_text(encoding="utf-8"))
    for text in texts:
        row = line_of(["d1", text, "", text, "2023/2/1", ""])
        after = mended_file(TABLE, (HEAD + row).encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")
        assert after == HEAD + row or "2023-02-01" in after or not text.isprintable(), ascii(text)
        mended_file(
            TERM, f"学期名称: {text}\n报名日: {json.dumps(text, ensure_ascii=False)}\n".encode("utf-8", "surrogatepass")
        )
    assert len(texts) > 500


def test_documents_of_the_yaml_suite(corpora: Callable[[str], Path]) -> None:
    seen = 0
    for path in sorted(corpora("yaml-test-suite").rglob("*.yaml")):
        for case in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader):
            if "yaml" in case:
                text = re.sub("—*»", "\t", case["yaml"]).replace("␣", " ").replace("↵", "").replace("∎\n", "")
                mended_file(TERM, text.encode())
                mended_file("data/duties.yml", f"- slot: ｄ1\n  name: |\n    {text}\n".encode())
                seen += 1
    assert seen > 300


def test_large_and_odd_files_take_no_long_time() -> None:
    names = "：".join(["学期名称"] * 2_000)
    for file, data in (
        (TABLE, HEAD.encode() + b"d1,x,,y,2023/2/1,\n" * 19_000),
        (TABLE, HEAD.encode() + b"," * 240_000 + b"\n" + b"d1,x,,y,2023/2/1,\n"),
        (TABLE, b"," * 240_000 + b"\n" + HEAD.encode()),
        (TABLE, b'"' * 50_000),
        (TABLE, HEAD.encode() + b'"\n' * 9_000),
        (TABLE, b"\n" * 20_900 + HEAD.encode()),
        (TABLE, "职责编号\u200b,".encode() * 20_000),
        (TERM, ("学期名称：x\n" * 5_000).encode()),
        (TERM, f"{{{names}}}".encode()),
        (TERM, b"a:\t1\n" * 5_000),
        (TERM, b"[" * 10_000),
        (TERM, "\u200b".encode() * 1_900),
    ):
        start = time.process_time()
        mended_file(file, data)
        assert time.process_time() - start < 25, data[:40]


def test_the_diff_shows_nothing_that_acts_on_a_terminal() -> None:
    each = Repaired("data/a.csv", "a\x1b[2J\u202e\u200b,b\r\n".encode(), b"a\x1b[2J,b\n", ())
    assert each.diff() == "--- a/data/a.csv\n+++ b/data/a.csv\n@@ -1 +1 @@\n-a\ufffd[2J\ufffd\ufffd,b\n+a\ufffd[2J,b\n"


def test_the_diff_of_other_encodings_shows_the_text() -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"):
        text = HEAD + "d1,后勤,,主任,2023/2/1,\n"
        assert (
            "-d1,后勤,,主任,2023/2/1,\n+d1,后勤,,主任,2023-02-01,\n"
            in Repaired(
                TABLE, text.replace("\n", "\r\n").encode(encoding), text.replace("2023/2/1", "2023-02-01").encode(), ()
            ).diff()
        )
        assert Repaired(TABLE, text.encode(encoding), text.encode(), ()).diff() == ""
