"""Files that are made to cost as much as they can, and what each of them costs:  python -m tests.reading.bombs

Every bomb goes off in a process of its own, which may take 100 MB more than it had. One line is printed for each:
its name, the codes of the problems that were told, the seconds of processor time, and whether the memory sufficed.
"""

from __future__ import annotations

import io
import json
import os
import resource
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from generator.dataset import SHEETS, load_file
from generator.problems import Severity
from generator.reading import LIMITS, Column, read_csv, read_yaml, unsafe

MEMORY = 100_000_000
SIZE = 1_990_000
COLUMNS = [Column("a"), Column("b"), Column("c")]
FEES = next(sheet for sheet in SHEETS if sheet.name == "fees")
FEE = "项目编号,收费项目,收费性质,计费单位,收费标准,是否自愿,收费对象,收费依据,批准机关,减免政策\nF1,甲,服务性收费,元/生·期,{},是,学生,示例,示例,免收\n"

NAME = "a" * 30


def full(piece: str, before: str = "", behind: str = "") -> str:
    """Return a file near the size limit that repeats `piece`."""
    return before + piece * ((SIZE - len(before) - len(behind)) // len(piece.encode())) + behind


def numbered(line: str, count: int) -> str:
    """Return lines that each hold their number."""
    return "".join(line.format(number, number - 1) for number in range(1, count))


YAML = {
    "laughs": "a0: &a0 [x, x]\n" + numbered("a{0}: &a{0} [*a{1}, *a{1}, *a{1}]\n", 40_000),
    "laughs in flow": "[&a [x,x], &b [*a,*a], &c [*b,*b], &d [*c,*c]]",
    "an anchor that holds itself": "a: &a [*a, *a]\n",
    "an alias to nothing": "a: *b\n",
    "many anchors": numbered("a{0}: &a{0} x\n", 90_000),
    "a long anchor": "a: &" + "x" * SIZE,
    "merge keys": "a: &a {x: 1}\nb:\n  <<: *a\n",
    "merging without an alias": "b:\n  <<: {x: 1}\n",
    "merging a list": "b:\n  <<: [{x: 1}, {y: 2}]\n",
    "a tag of Python": "a: !!python/object/apply:os.system [id]\n",
    "a long tag of Python": "!!python/object/new:os.system [id]\n",
    "a module of Python": "a: !!python/module:os x\n",
    "a tag of our own": "a: !x y\n",
    "a tag for binary": "a: !!binary " + "QUFB" * 400_000,
    "a tag for a set": "a: !!set {x, y}\n",
    "a tag for a date": "a: !!timestamp x\n",
    "a declared tag": "%TAG ! tag:x,2000:\n---\na: !y z\n",
    "many declared tags": "".join(f"%TAG !a{n}! tag:x,2000:\n" for n in range(40_000)) + "---\na: 1\n",
    "a version": "%YAML 1.1\n---\na: 1\n",
    "many documents": full("---\na: 1\n"),
    "many empty documents": full("---\n"),
    "documents that end": full("...\n"),
    "lists in lists": full("- "),
    "brackets": full("["),
    "braces": full("{"),
    "brackets and braces": full("[{a: "),
    "closed brackets": "[" * (SIZE // 2) + "]" * (SIZE // 2),
    "keys of keys": full("? "),
    "keys that are lists": full("? [a]\n: b\n"),
    "indents": "".join(" " * depth + "a:\n" for depth in range(1_900)),
    "empty items": full("-\n"),
    "items in flow": full("a,", "[", "]"),
    "pairs in flow": full("a: b,", "{", "}"),
    "quadratic flow": full("[a: b, ", "", ""),
    "unclosed pairs": full("{a, "),
    "colons": full(":"),
    "colons and spaces": full(": "),
    "question marks": full("?"),
    "dashes": full("-"),
    "a long key": "x" * SIZE + ": 1\n",
    "a long quoted key": '"' + "x" * SIZE + '": 1\n',
    "keys at their longest": numbered(f"{NAME * 33}{{0}}: 1\n", 1_900),
    "many keys": numbered("k{0}: 1\n", 150_000),
    "one key many times": full("a: 1\n"),
    "a long plain text": "a: " + "x" * SIZE,
    "a long quoted text": "a: '" + "x" * SIZE + "'",
    "a long folded text": full("  x\n", "a: >\n"),
    "a long literal text": full("  x\n", "a: |\n"),
    "blank lines in a text": full("\n", "a: |\n", "  x\n"),
    "escapes": full("\\x41", 'a: "', '"'),
    "escaped zeros": full("\\0", 'a: "', '"'),
    "escaped surrogates": full("\\ud800", 'a: "', '"'),
    "escaped line ends": full("\\\n", 'a: "', '"'),
    "lines of one text": full("x\n", "a: '", "'"),
    "comments": full("# x\n", "a: 1\n"),
    "a long comment": full("#", "a: 1 "),
    "glued comments": full(" 'b'#,\n", "a: [\n"),
    "tabs": full("\t\n", "a:\n"),
    "controls": full("\0"),
    "other controls": full("\x07", "a: "),
    "percent signs": full("%"),
    "quotes": full("'"),
    "double quotes": full('"'),
    "stars": full("*"),
    "ampersands": full("&"),
    "exclamation marks": full("!"),
    "bars": full("|\n"),
    "wide characters": full("明", "a: "),
    "characters beyond the plane": full("\U0001f600", "a: "),
    "combining marks": full("\u0301", "a: x"),
    "one letter under marks": full("\u0489", "a: "),
    "a number of 400 digits": "a: " + "9" * 400,
    "an exponent": "a: 1e999999999\n",
    "a hexadecimal number": "a: 0x" + "f" * SIZE,
    "sexagesimal numbers": full("1:", "a: ", "1"),
    "digits with underscores": full("1_", "a: ", "1"),
}
"""Bombs of YAML by what they do."""

CSV = {
    "quotes": full('"'),
    "open quotes": full('"\n'),
    "quotes in quotes": full('""', '"', '"'),
    "stray quotes": full('"a"b,'),
    "one open quote": full("x,y\n", '"'),
    "one cell": "x" * SIZE,
    "one quoted cell": full("x", '"', '"'),
    "one cell of lines": full("x\n", '"', '"'),
    "columns": full(","),
    "columns with text": full("a,"),
    "semicolons": full(";"),
    "tab columns": full("\t"),
    "columns in every row": full("," * 199 + "\n"),
    "rows": full("\n"),
    "short rows": full("1\n"),
    "empty rows": full(",,\n"),
    "rows of three": full("1,2,3\n"),
    "carriage returns": full("\r"),
    "totals": full("合计,1,2\n"),
    "spaces": full(" ", "1,2,3"),
    "wide spaces": full("\u3000", "1,2,3"),
    "tabs": full("\t", "1,2,3"),
    "controls in one cell": full("\0"),
    "controls in many cells": full("\x01,"),
    "zero-width characters": full("\u200b"),
    "turned text": full("\u202e1,"),
    "lost characters": full("\ufffd"),
    "combining marks": full("\u0301", "x"),
    "characters beyond the plane": full("\U0001f600"),
    "not a character": full("\uffff"),
}
"""Bombs of CSV, each below a header of three columns."""

HEADERS = {
    "a header of many columns": full("a,"),
    "a header of empty columns": full(","),
    "a header in one cell": "a" * SIZE,
    "a header of quotes": full('"",'),
    "headers again and again": full("a,b,c\n"),
}
"""Bombs of CSV that are the header."""

BYTES = {
    "UTF-16 of zeros": b"\xff\xfe" + b"\0" * SIZE,
    "UTF-16 without a mark": b"a\0" * (SIZE // 2),
    "half of UTF-16": b"\xff\xfe" + b"\x00\xd8" * (SIZE // 2),
    "broken UTF-8": b"\xff" * SIZE,
    "overlong UTF-8": b"\xc0\x80" * (SIZE // 2),
    "open UTF-8": b"\xf0\x9f" * (SIZE // 2),
    "perhaps GB18030": b"\x81\x30\x81\x30" * (SIZE // 4),
    "lead bytes": b"\xfe" * SIZE,
    "marks": b"\xef\xbb\xbf" * (SIZE // 3),
    "too many bytes": b"x" * 2_000_001,
}
"""Bombs of bytes, read as CSV and as YAML."""

NUMBERS = {
    "400 digits": "9" * 400,
    "1,900 digits": "9" * 1_900,
    "400 decimals": "0." + "1" * 400,
    "an exponent": "1e400",
    "a great exponent": "1E+999999999",
    "400 digits in an exponent": "1e" + "9" * 400,
    "nan": "NaN",
    "infinity": "Infinity",
    "underscores": "1_" * 900 + "1",
    "wide digits": "９" * 400,
    "other digits": "٣" * 400,
    "superscripts": "²" * 400,
    "signs": "-" * 400 + "1",
    "commas": '"' + "1," * 400 + '1"',
    "zeros": "0" * 1_900,
    "a thousand million million": "1" * 16,
}
"""Bombs of numbers, each as the price of a fee."""


def overlapping(count: int) -> bytes:
    """Return an archive after David Fifield: every entry of the directory leads to the same packed bytes."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = kernel.compress(bytes(400_000)) + kernel.flush()
    crc = zlib.crc32(bytes(400_000))
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 0, crc, len(body), 400_000, 5, 0) + b"00000" + body
    directory = b"".join(
        struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 8, 0, 0, crc, len(body), 400_000, 5, 0, 0, 0, 0, 0, 0)
        + f"{number:05}".encode()
        for number in range(count)
    )
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, len(directory), len(local), 0)
    return local + directory + end


def zipped(*entries: tuple[str, bytes]) -> bytes:
    """Return an archive of these entries."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return file.getvalue()


ARCHIVES: dict[str, Callable[[], bytes]] = {
    "one entry of 400 MB": lambda: zipped(("a.xml", bytes(400_000_000))),
    "fifty entries of 900 kB": lambda: zipped(*((f"a{n}.xml", bytes(900_000)) for n in range(50))),
    "sixty entries of 900 kB": lambda: zipped(*((f"a{n}.xml", bytes(900_000)) for n in range(60))),
    "an archive in an archive in an archive": lambda: zipped(("a", zipped(("a", zipped(("a", bytes(9_000_000))))))),
    "100 entries in each other": lambda: overlapping(100),
    "60,000 entries in each other": lambda: overlapping(60_000),
}
"""Bombs of archives, made only when they are to go off."""

Told = list[str]


def yaml_codes(data: bytes) -> Told:
    """Return the codes of the problems of a YAML file."""
    return sorted({problem.code for problem in read_yaml(data, "x.yml")[1]})


def csv_codes(data: bytes) -> Told:
    """Return the codes of the problems of a CSV file."""
    return sorted({problem.code for problem in read_csv(data, "x.csv", COLUMNS)[1]})


def fee_codes(data: bytes) -> Told:
    """Return the codes of the errors of a fee list."""
    found = load_file(data, "data/terms/t/fees.csv", FEES, {"term": "t"}, LIMITS)[1]
    return sorted({problem.code for problem in found if problem.severity is Severity.ERROR})


def archive_codes(data: bytes) -> Told:
    """Return why an archive is refused."""
    return ["attachment"] if unsafe(data) else []


def all_bombs() -> dict[str, tuple[Callable[[bytes], Told], Callable[[], bytes]]]:
    """Return each bomb by its name: what reads it, and what makes it."""

    def text(words: str) -> Callable[[], bytes]:
        return lambda: words.encode("utf-8", "surrogatepass")

    found: dict[str, tuple[Callable[[bytes], Told], Callable[[], bytes]]] = {}
    found |= {f"YAML: {name}": (yaml_codes, text(words)) for name, words in YAML.items()}
    found |= {f"CSV: {name}": (csv_codes, text("a,b,c\n" + words)) for name, words in CSV.items()}
    found |= {f"CSV: {name}": (csv_codes, text(words)) for name, words in HEADERS.items()}
    found |= {f"CSV: {name}": (csv_codes, lambda data=data: data) for name, data in BYTES.items()}  # type: ignore[misc]
    found |= {f"YAML: {name}": (yaml_codes, lambda data=data: data) for name, data in BYTES.items()}  # type: ignore[misc]
    found |= {f"number: {name}": (fee_codes, text(FEE.format(number))) for name, number in NUMBERS.items()}
    found |= {f"archive: {name}": (archive_codes, make) for name, make in ARCHIVES.items()}
    return found


def go_off(read: Callable[[bytes], Told], make: Callable[[], bytes]) -> dict[str, Any]:
    """Let one bomb go off in a process of its own, and return what came of it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        told: dict[str, Any] = {"codes": [], "seconds": 0.0, "memory": "enough"}
        try:
            data = make()
            pages = int(open("/proc/self/statm").read().split()[0])  # noqa: SIM115, PTH123  as little as possible
            resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + MEMORY,) * 2)
            before = time.process_time()
            told["codes"] = read(data)
            told["seconds"] = time.process_time() - before
        except MemoryError:
            told["memory"] = "too little"
        except BaseException as failure:  # noqa: BLE001  what a reader lets through is what is looked for
            told["memory"] = repr(failure)
        os.write(writing, json.dumps(told).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        result: dict[str, Any] = json.loads(pipe.read() or b'{"codes": [], "seconds": 0, "memory": "killed"}')
    os.waitpid(child, 0)
    return result


def main() -> None:
    """Print one line of JSON for each bomb; a slow one gets a second chance, because other programs run beside."""
    for name, (read, make) in all_bombs().items():
        found = go_off(read, make)
        for _ in range(3):
            if found["seconds"] > 0.1:
                found = min(found, go_off(read, make), key=lambda one: one["seconds"])
        sys.stdout.write(json.dumps({"name": name, **found}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
