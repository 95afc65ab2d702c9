#!/usr/bin/env python3
"""核对一个“明账”网站：公开过的数字有没有被悄悄改动。Check a Mingzhang site for silent changes.

    python verify.py https://学校网址/ --saved 3f9a-21bc-77d0-e5f1-0a9b-1c2d-3e4f-5a6b

SITE 是网址，或者保存在电脑里的网站文件夹。只需要 Python 3.8 以上版本，不用安装别的东西。程序只读不写，只访问您给的这一个网站。
SITE is an address or a folder. Nothing but Python 3.8 is needed; it only reads, and asks no other host.
退出码 Exit code: 0 全部相符 all agrees · 1 有不对的 something is wrong · 2 没能核对 could not check
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import hashlib
import http.client
import io
import json
import os
import re
import ssl
import sys
import threading
import time
import unicodedata
import urllib.error
import urllib.request
import zipfile
import zlib
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as OutOfTime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Callable, Dict, Iterable, Iterator, List, NamedTuple, Optional, Tuple
from urllib.parse import quote, urlsplit

TIMEOUT, FILE_SECONDS, ALL_SECONDS = 30, 180, 1200
FILE_BYTES, SITE_BYTES, MOST_FILES = 64 << 20, 1 << 30, 50_000
PAGE_END = 1 << 20  # so many characters of a page are searched for the code, which stands at its end
SHOWN = 20
CODE, SHORTEST = 32, 20  # digits of a code, and of the shortest that is taken
WORDS = {"ok": "通过 OK", "wrong": "不对 WRONG", "unknown": "没能核对 NOT CHECKED", "note": "请注意 NOTE"}
TITLES = {
    "site": "网站 Site", "ledger": "公布记录 Ledger", "saved": "您记下的核对码 Your code", "files": "网站的文件 Files",
    "data": "原始数据文件 Data files", "figures": "数字 Figures", "downloads": "下载的表格 Downloads",
    "corrections": "更正 Corrections", "yours": "您保存的数字 Your figures",
    "rebuild": "重新生成 Built again",
}  # fmt: skip
HEX = re.compile(r"[0-9a-f]{64}").fullmatch
ENTRY = ("seq", "previous", "date", "commit", "facts", "files", "corrections", "records")
HEADINGS = ["table", "record", "field", "value"]
PAGES = ("index.html", "fees/index.html", "finance/index.html", "changes/index.html", "data/index.html")
NEEDED = (*PAGES, "ledger.jsonl", "verify.py", "data/index.json", "data/facts.csv", "data/all.zip")
CODE_ON_PAGE = re.compile(  # every repetition has an end, so that no page can make the search long
    r'class="[^"<>]{0,200}\bledger-code\b[^"<>]{0,200}"[^<>]{0,200}>\s{0,20}([0-9a-fA-F-]{1,80})'
)
MALFORMED = (ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError, TypeError, ValueError)
BAD_ZIP = (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, EOFError, ValueError, OSError, zlib.error)
HIDING = "×*＊□某"  # may stand in the place of words that were removed for privacy
WHOLE = ("*", "整条", "whole record")
KEEP = "\u00a0"  # stands behind codes in the files for Excel, which would rewrite them

Name = Tuple[str, str, str]
Facts = Dict[Name, str]


class Told(NamedTuple):
    """One result: which check, its state (a key of `WORDS`), what to say in Chinese and English, and details."""

    check: str
    state: str
    zh: str
    en: str
    details: tuple[str, ...] = ()


class Entry(NamedTuple):
    """One line of the ledger with its hash."""

    date: dt.date
    commit: str | None
    facts: str
    files: dict[str, str | None]
    corrections: list[str]
    sha256: str


class Stop(Exception):
    """A check cannot go on; ``state`` says whether that is the site's fault, and the words say why."""

    def __init__(self, state: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.state, self.zh, self.en = state, zh, en


class Missing(Stop):
    """A file is not there."""

    def __init__(self, path: str) -> None:
        super().__init__("wrong", f"网站上没有 {path}。", f"{path} is not on the site.")


def sha256(content: bytes) -> str:
    """Return the SHA-256 of `content` in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def is_plain(path: str) -> bool:
    """Return whether `path` can only name a file inside of the site, on every system."""
    parts = path.split("/")
    odd = any(c in "\\:\x7f" or c < " " or "\ud800" <= c <= "\udfff" for c in path)
    return not odd and not any(p in ("", ".", "..") for p in parts)


class Site:
    """Where the files of a site are read from; every path is refused that could lead out of it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.kept: dict[str, bytes] = {}
        self.total = 0
        self.end = time.monotonic() + ALL_SECONDS

    def in_time(self) -> None:
        """Raise `Stop` where the whole check has taken too long."""
        if time.monotonic() > self.end:
            raise Stop(
                "unknown", "网站答得太慢，没有核对完。", "The site is too slow: not all could be checked in time."
            )

    def read(self, path: str, again: bool = False) -> bytes:
        """Return a file; raises `Missing`, or `Stop` where it cannot or may not be read."""
        if not is_plain(path):
            raise Stop("wrong", f"不允许的路径：{path!r}。", f"A path that is not allowed: {path!r}.")
        if path in self.kept and not again:
            return self.kept[path]
        self.in_time()
        content = self.fetch(path)
        if len(content) > FILE_BYTES:
            raise Stop("unknown", f"{path} 太大，没有读完。", f"{path} is too large and was not read.")
        self.total += len(content)
        if self.total > SITE_BYTES:
            raise Stop("unknown", "网站太大，没有读完。", "The site is too large and was not read to its end.")
        if "/" not in path or path.startswith("data/"):
            self.kept[path] = content
        return content

    def fetch(self, path: str) -> bytes:
        """Return the bytes of a file, at most one more than `FILE_BYTES`."""
        raise NotImplementedError

    def names(self) -> list[str] | None:
        """Return all files but dot files, or None where they cannot be listed."""
        return None


class Folder(Site):
    """A site in a folder; symbolic links in it are not followed."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.root = Path(name).resolve()

    def fetch(self, path: str) -> bytes:
        """Return the bytes of a regular file."""
        file = self.root / path
        try:
            if any(part.is_symlink() for part in (file, *file.parents) if self.root in part.parents):
                raise Stop("wrong", f"{path} 是符号链接。", f"{path} is a symbolic link.")
            if not file.is_file():
                raise Missing(path)
            with file.open("rb") as stream:
                return stream.read(FILE_BYTES + 1)
        except (OSError, ValueError) as failure:  # such as a name that is too long
            raise Stop("unknown", f"{path} 读不出来：{failure}", f"{path} cannot be read: {failure}") from failure

    def names(self) -> list[str]:
        """Return all files but dot files and those in dot folders."""
        found = []
        for folder, folders, files in os.walk(str(self.root)):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            base = Path(folder).relative_to(self.root)
            found += [(base / name).as_posix() for name in files if not name.startswith(".")]
        return sorted(found)


class SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only on the same host, and never from https to http."""

    max_redirections = 5

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        """Return the next request; raises `Stop` where it would leave the site."""
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        same = new.hostname == old.hostname and (new.port == old.port or new.port is None)
        if not same or new.scheme not in (old.scheme, "https"):
            fp.close()
            raise Stop(
                "unknown", f"网站要转到别处：{newurl}。如果那才是正确网址，请直接核对它。",
                f"The site sends on to {newurl}. If that is its right address, check it directly.",
            )  # fmt: skip
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class Web(Site):
    """A site behind an http or https address."""

    def __init__(self, name: str) -> None:
        parts = urlsplit(name)
        if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
            raise Stop(
                "unknown", f"“{name}”不是能用的网址，请从 https:// 写起。",
                f"Not an address that can be used: {name}. Begin with https://.",
            )  # fmt: skip
        path = parts.path[: -len("index.html")] if parts.path.endswith("/index.html") else parts.path
        super().__init__(f"{parts.scheme}://{parts.netloc}{quote(path.rstrip('/'), safe='/%')}/")
        self.opener = urllib.request.OpenerDirector()
        for handler in (
            urllib.request.ProxyHandler(), urllib.request.HTTPHandler(), urllib.request.HTTPSHandler(),
            urllib.request.HTTPDefaultErrorHandler(), SameHost(), urllib.request.HTTPErrorProcessor(),
        ):  # fmt: skip
            self.opener.add_handler(handler)  # no handler for file:, ftp: or data:

    def fetch(self, path: str) -> bytes:
        """Return the bytes that the address of a file answers with; who does not end in time is left to talk on."""
        answer: Future[bytes] = Future()

        def ask() -> None:
            try:
                answer.set_result(self.answer(path))
            except (Stop, OSError, *MALFORMED) as failure:
                answer.set_exception(failure)

        threading.Thread(target=ask, daemon=True).start()
        try:
            return answer.result(max(0, min(FILE_SECONDS, self.end - time.monotonic())))
        except OutOfTime as failure:
            raise self.unreachable(path, TimeoutError("too slow")) from failure

    def answer(self, path: str) -> bytes:
        """Return the bytes of a file, however slowly its first ones come."""
        headers = {"User-Agent": "mingzhang-verify", "Cache-Control": "no-cache"}
        try:
            request = urllib.request.Request(self.name + quote(path), headers=headers)
            with self.opener.open(request, timeout=TIMEOUT) as answer:
                return self.body(path, answer)
        except urllib.error.HTTPError as failure:
            failure.close()
            if failure.code in (404, 410):
                raise Missing(path) from failure
            raise self.unreachable(path, failure) from failure
        except (OSError, http.client.HTTPException, ValueError) as failure:
            raise self.unreachable(path, failure) from failure

    def body(self, path: str, answer: Any) -> bytes:
        """Return all that is answered, within the limits of size and time."""
        content, end = io.BytesIO(), time.monotonic() + FILE_SECONDS
        while content.tell() <= FILE_BYTES:
            block = answer.read1(1 << 16)  # what has come; `read` would wait for all of it, however slowly it comes
            if not block:
                break
            content.write(block)
            if time.monotonic() > min(end, self.end):
                raise self.unreachable(path, TimeoutError("too slow"))
        length = answer.headers.get("Content-Length", "")
        if length.isdigit() and content.tell() < min(int(length), FILE_BYTES):
            raise self.unreachable(path, TimeoutError("the connection broke"))
        return content.getvalue()

    def unreachable(self, path: str, failure: Exception) -> Stop:
        """Return in words that a file could not be fetched, which says nothing about its content."""
        why = failure if isinstance(failure, urllib.error.HTTPError) else getattr(failure, "reason", failure)
        zh, en = f"没能取到 {path}（{why}）。", f"{path} could not be fetched ({why})."
        if isinstance(why, ssl.SSLError) and sys.platform == "darwin":
            zh += "请在“应用程序”里的 Python 文件夹中双击 Install Certificates.command，再试一次。"
            en += " Double-click “Install Certificates.command” in Applications, Python, and try again."
        return Stop("unknown", zh, en)


def site_at(name: str) -> Site:
    """Return the site in a folder or at an address; raises `Stop` where there is none."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", name) and not Path(name).is_dir():
        return Web(name)
    if not Path(name).is_dir():
        raise Stop(
            "unknown", f"没有这个文件夹：{name}。网址请从 https:// 写起。",
            f"No such folder: {name}. Write an address with https:// in front.",
        )  # fmt: skip
    return Folder(name)


def text(site: Site, path: str) -> str:
    """Return a file of the site as text; raises `Stop` where it is none."""
    try:
        return site.read(path).decode("utf-8")
    except UnicodeDecodeError as failure:
        raise Stop("wrong", f"{path} 不是 UTF-8 文本。", f"{path} is not text in UTF-8.") from failure


def document(site: Site, path: str) -> dict[str, Any]:
    """Return a JSON file of the site whose whole is an object."""
    try:
        found = json.loads(text(site, path))
    except (ValueError, RecursionError) as failure:
        raise Stop("wrong", f"{path} 不是 JSON。", f"{path} is not JSON.") from failure
    if not isinstance(found, dict):
        raise Stop("wrong", f"{path} 的内容不成样子。", f"{path} is not made as it should be.")
    return found


def rows_of(content: str, path: str) -> list[list[str]]:
    """Return the rows of a CSV file."""
    csv.field_size_limit(FILE_BYTES)
    try:
        return list(csv.reader(io.StringIO(content, newline=""), strict=True))
    except csv.Error as failure:
        raise Stop("wrong", f"{path} 不是 CSV：{failure}。", f"{path} is not CSV: {failure}.") from failure


def code_of(sha: str) -> str:
    """Return the code of a hash, or of the digits of one: the first `CODE` in groups of four."""
    return "-".join(sha[i : i + 4] for i in range(0, min(len(sha), CODE), 4))


def digits_of(code: str) -> str:
    """Return the hexadecimal digits of a code however it was noted; raises `Stop` where it cannot be one."""
    digits = re.sub(r"[\s\u2010-\u2015_.,·，。]|-", "", unicodedata.normalize("NFKC", code)).lower()
    digits = digits.translate(str.maketrans("oil", "011"))  # letters that no code has, as an eye takes a digit for them
    if not re.fullmatch("[0-9a-f]{1,64}", digits):
        raise Stop(
            "unknown", f"“{code}”不是核对码；核对码像 3f9a-21bc-77d0-e5f1-0a9b-1c2d-3e4f-5a6b。",
            f"“{code}” is no code; one looks like 3f9a-21bc-77d0-e5f1-0a9b-1c2d-3e4f-5a6b.",
        )  # fmt: skip
    if len(digits) < SHORTEST:
        n = len(digits)
        raise Stop(
            "unknown", f"核对码“{code}”不全，只有 {n} 个字符，说明不了什么。请把 {CODE} 个字符都写上，最少也要写前 {SHORTEST} 个。",
            f"The code “{code}” has only {n} digits, which proves nothing. Give all {CODE}, or at least the first {SHORTEST}.",
        )  # fmt: skip
    return digits


# The ledger


def is_hashes(value: Any) -> bool:
    """Return whether `value` gives each of some plain paths a hash or null."""
    return isinstance(value, dict) and all(is_plain(k) and (v is None or _hash(v)) for k, v in value.items())


def _hash(value: Any) -> bool:
    return isinstance(value, str) and bool(HEX(value))


def entry_of(line: str, number: int, before: Entry | None) -> Entry:
    """Return one line of the ledger as an entry; raises `Stop` where it is not as it must be."""

    def must(fine: bool, zh: str, en: str) -> None:
        if not fine:
            raise Stop("wrong", f"第 {number} 条：{zh}", f"entry {number}: {en}")

    try:
        found = json.loads(line)
        again = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
        date = dt.date(*map(int, re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", found["date"]).groups()))  # type: ignore[union-attr]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        found, again, date = {}, "", dt.date.min
    must(again == line and tuple(found) == ENTRY, "写法不对，读不懂。", "it is not written as it must be.")
    lists = isinstance(found["corrections"], list) and all(isinstance(c, str) for c in found["corrections"])
    must(lists and isinstance(found["records"], dict), "写法不对，读不懂。", "it is not written as it must be.")
    hashes = _hash(found["previous"]) and _hash(found["facts"]) and is_hashes(found["files"])
    commit = found["commit"] is None or bool(re.fullmatch("[0-9a-f]{40}|[0-9a-f]{64}", str(found["commit"])))
    must(hashes and commit, "校验值不成样子。", "a hash is not made as it must be.")
    must(
        type(found["seq"]) is int and found["seq"] == number,
        "序号不对，有一条少了、多了，或者换了位置。",
        "its number is wrong: an entry is missing, added or moved.",
    )
    previous = before.sha256 if before else "0" * 64
    must(
        found["previous"] == previous,
        "和上一条接不上，前面被改过。",
        "it does not join the line before: that was changed.",
    )
    must(before is None or date >= before.date, "日期比上一条还早。", "its date is before that of the line before.")
    return Entry(
        date, found["commit"], found["facts"], found["files"], found["corrections"], sha256(line.encode("utf-8"))
    )


def entries_of(content: bytes) -> list[Entry]:
    """Return the entries of a ledger; raises `Stop` at the first that is not as it must be."""
    try:
        lines = content.decode("utf-8").split("\n")
    except UnicodeDecodeError as failure:
        raise Stop("wrong", "公布记录不是 UTF-8 文本。", "The ledger is not text in UTF-8.") from failure
    if lines.pop() or not lines:
        raise Stop("wrong", "公布记录是空的，或者末尾被截断。", "The ledger is empty, or its end was cut off.")
    entries: list[Entry] = []
    for number, line in enumerate(lines, 1):
        entries.append(entry_of(line, number, entries[-1] if entries else None))
    return entries


def told_ledger(site: Site, entries: list[Entry]) -> Iterator[Told]:
    """Fill `entries` from the ledger, and compare its head with the code that the home page shows."""
    entries += entries_of(site.read("ledger.jsonl"))
    head, first, count = entries[-1].sha256, entries[0].date, len(entries)
    shown = CODE_ON_PAGE.findall(text(site, "index.html")[-PAGE_END:])
    for code in shown:
        if code.lower() not in (code_of(head), code_of(head[:SHORTEST])):  # earlier versions showed a shorter one
            yield Told(
                "ledger", "wrong", f"首页页脚的核对码 {code} 和公布记录算出来的 {code_of(head)} 不一样。",
                f"The code in the footer of the home page is {code}, and that of the ledger is {code_of(head)}.",
            )  # fmt: skip
            return
    yield Told(
        "ledger", "ok", f"共 {count} 条（{first} 至 {entries[-1].date}），一条接一条，没有断。今天的核对码：{code_of(head)}",
        f"{count} entries ({first} to {entries[-1].date}), joined without a break. Today's code: {code_of(head)}",
    )  # fmt: skip
    if not shown:
        yield Told("ledger", "note", "首页页脚没有核对码。", "The footer of the home page shows no code.")


Noted = Tuple[str, Optional[dt.date]]


def told_saved(entries: list[Entry], noted: list[Noted]) -> Iterator[Told]:
    """Say of every code that was noted earlier whether what was public then is still in the ledger."""
    at: dict[Noted, int] = {}
    for code in noted:
        place = next((i for i, entry in enumerate(entries) if entry.sha256.startswith(code[0])), None)
        if place is not None:
            at[code] = place
    lost = [f"{code_of(digits)}{f'（{day}）' if day else ''}" for digits, day in noted if (digits, day) not in at]
    if lost:
        yield Told(
            "saved", "wrong", "您记下的核对码不在今天的公布记录里：从您记下以后，公布记录被改写过；也可能是核对码抄错了。"
            "请再对一遍照片；保存好照片和今天的 ledger.jsonl，请学校书面说明，也可以打监督电话，并告诉别的家长。",
            "The code that you noted is not in today's ledger: the history was rewritten since, or the code was "
            "copied wrongly. Compare it with your photo once more; keep the photo and today's ledger.jsonl, ask the "
            "school for a written answer, call the hotline, and tell other parents.", tuple(lost),
        )  # fmt: skip
    short = [code_of(digits) for digits, _ in at if len(digits) < CODE]
    if short:
        yield Told(
            "saved", "note", f"下面的核对码不足 {CODE} 个字符。核对码短了，学校有可能事先凑好两份不同的公布记录，让两份的"
            f"前几段相同，再拿一份换掉另一份。以后请把 {CODE} 个字符都记下来。",
            f"These codes have fewer than {CODE} digits. The school could have prepared two ledgers in advance that begin "
            f"with the same digits, and exchange one for the other. Note all {CODE} digits from now on.", first(short),
        )  # fmt: skip
    if at:
        place = min(at.values())
        later = entries[place + 1 :]
        ids = "、".join(i for entry in later for i in entry.corrections)
        n, m, k, date, codes = place + 1, len(entries), len(later), entries[place].date, len(at)
        zh = f"您记下的 {codes} 个核对码都在公布记录里，最早的一个是" if codes > 1 else "您记下的核对码在公布记录里，是"
        en = f"All {codes} codes are in the ledger, the earliest" if codes > 1 else "Your code is in the ledger,"
        yield Told(
            "saved", "ok", f"{zh}第 {n} 条（共 {m} 条，{date}）。到这一条为止的公布记录原样都在。"
            f"此后新增 {k} 条，登记的更正：{ids or '没有'}。",
            f"{en} as entry {n} of {m} ({date}). The ledger up to that entry is still as it was. "
            f"Since then {k} entries, with corrections: {ids.replace('、', ', ') or 'none'}.",
            first(files_since(entries, place).values()),
        )  # fmt: skip
    yield from told_untold(entries, sorted({*at.values()}))
    yield from told_dates(entries, at)


def files_at(entries: list[Entry]) -> dict[str, str]:
    """Return the hash of each data file after the last of these entries."""
    found: dict[str, str | None] = {}
    for entry in entries:
        found.update(entry.files)
    return {path: sha for path, sha in sorted(found.items()) if sha}


def files_since(entries: list[Entry], place: int) -> dict[str, str]:
    """Return by path what became of the data files since an entry; those that were there already come first."""
    before, now = files_at(entries[: place + 1]), files_at(entries)
    old = [path for path in before if before[path] != now.get(path)]
    words = {path: f"{path}：改过 changed" if path in now else f"{path}：没有了 gone" for path in old}
    return {**words, **{path: f"{path}：新增的 added" for path in now if path not in before}}


def told_untold(entries: list[Entry], places: list[int]) -> Iterator[Told]:
    """Tell of the earliest noted entry since which files changed that were there then, and not one correction was made:
    the ledger alone cannot say whether something was added to them or something in them was altered."""
    for place in places:
        files = [words for words in files_since(entries, place).values() if not words.endswith("added")]
        if files and not any(entry.corrections for entry in entries[place + 1 :]):
            date = entries[place].date
            yield Told(
                "saved", "note", f"{date} 以后改动了下列文件，却没有登记更正；新增内容也会改动文件，要分清请用当天保存的 facts.csv "
                "核对（--facts）。",
                f"Since {date} these files changed, and no correction was made. Adding to a file changes it too: to tell "
                "one from the other, check with the facts.csv that you saved on that day (--facts).", first(files),
            )  # fmt: skip
            return


def told_dates(entries: list[Entry], at: dict[Noted, int]) -> Iterator[Told]:
    """Tell of entries whose date does not fit the day on which a code was noted; a day is left for time zones."""
    odd: dict[int, dt.date] = {}
    for (_, day), place in at.items():
        if day is not None:
            slack = dt.timedelta(days=1)
            odd.update({i: day for i in range(place + 1, len(entries)) if day - entries[i].date > slack})
            if entries[place].date - day > slack:
                odd[place] = day
    if odd:
        yield Told(
            "saved", "note", "有的条目写的日期和您记下核对码的日期对不上（例如写着较早的日期，可是您记的那天还没有它）：",
            "The dates of some entries do not fit the days on which codes were noted (such as an entry with an "
            "earlier date that was not there yet):",
            tuple(f"第 {i + 1} 条 entry {i + 1}: {entries[i].date}（记于 noted {odd[i]}）" for i in sorted(odd)),
        )  # fmt: skip


# The files


def sums_of(content: str, name: str) -> dict[str, str]:
    """Return the hashes of a file as `sha256sum` writes it, by path; raises `Stop` where it is none."""
    found: dict[str, str] = {}
    for number, line in enumerate(content.splitlines(), 1):
        sha, path = line[:64], line[66:]
        if not HEX(sha) or line[64:66] != "  " or not is_plain(path) or path in found:
            raise Stop(
                "wrong", f"{name} 第 {number} 行不合规格：{line!r}", f"{name}, line {number} is not allowed: {line!r}"
            )
        found[path] = sha
    if len(found) > MOST_FILES:
        raise Stop("unknown", f"{name} 列的文件太多。", f"{name} lists too many files.")
    return found


def told_files(site: Site) -> Iterator[Told]:
    """Compare every file with the list of hashes, and in a folder the list with the files."""
    sums = sums_of(text(site, "SHA256SUMS"), "SHA256SUMS")
    failed: list[str] = []

    def wrong(path: str) -> Stop | None:
        if len(failed) >= 5:
            return Stop("unknown", "", "")
        try:
            same = sha256(site.read(path)) == sums[path]
        except Stop as stop:
            if stop.state == "unknown":
                failed.append(path)
            return stop
        words = (f"{path} 的内容和清单不符。", f"{path} differs from the list.")
        return None if same else Stop("wrong", *words)

    with ThreadPoolExecutor(4) as pool:
        found = [stop for stop in pool.map(wrong, sorted(sums)) if stop]
    found += [Stop("wrong", f"清单里没有 {path}。", f"The list lacks {path}.") for path in NEEDED if path not in sums]
    yield from told_faults("files", found)
    if not found:
        n = len(sums)
        yield Told("files", "ok", f"{n} 个文件都在，内容都和清单相符。", f"All {n} files are there as the list says.")
    extra = [path for path in site.names() or () if path not in sums and path != "SHA256SUMS"]
    if extra:
        yield Told(
            "files", "note", "文件夹里有清单上没有的文件：", "The folder holds files that the list lacks:", first(extra)
        )
    lacking = [path for path in downloads_of(site) if path not in sums]
    yield from told_faults("files", [Stop("wrong", f"清单里没有 {p}。", f"The list lacks {p}.") for p in lacking])


def told_faults(check: str, found: list[Stop]) -> Iterator[Told]:
    """Tell of faults of the same check, those of the site apart from those of the connection."""
    for state, zh, en in (
        ("wrong", "有 {} 处不对：", "Wrong: {}"),
        ("unknown", "有 {} 个文件没能核对，请稍后再试：", "Not checked: {} files. Try again later:"),
    ):
        stops = [stop for stop in found if stop.state == state]
        if stops:
            lines = first(f"{stop.zh} {stop.en}" for stop in stops if stop.zh)
            yield Told(check, state, zh.format(len(stops)), en.format(len(stops)), lines)


def first(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the first lines, and how many more there are."""
    every = list(lines)
    more = (f"…… 另有 {len(every) - SHOWN} 处 and {len(every) - SHOWN} more",) if len(every) > SHOWN else ()
    return (*every[:SHOWN], *more)


# The data and the figures


def tables_of(site: Site) -> list[dict[str, Any]]:
    """Return what the index of the data says of each table."""
    tables: list[dict[str, Any]] = document(site, "data/index.json")["tables"]
    return tables


def downloads_of(site: Site) -> list[str]:
    """Return the paths of all downloads of tables."""
    return [path for table in tables_of(site) for path in table["downloads"]]


def download(site: Site, table: dict[str, Any], ending: str) -> str:
    """Return the path of one form of a table: ``.json``, ``.excel.csv``, or ``.csv`` alone."""
    plain = [path for path in table["downloads"] if path.endswith(ending)]
    if ending == ".csv":
        plain = [path for path in plain if not path.endswith(".excel.csv")]
    return str(plain[0])


def told_data(site: Site, entries: list[Entry]) -> Iterator[Told]:
    """Compare the hash of each source, which the index states, with the ledger."""
    kept = files_at(entries)
    stated = {table["source"]: table["sha256"] for table in tables_of(site)}
    wrong = [path for path in sorted(stated) if kept.get(path) != stated[path]]
    read = [p for p in kept if p.endswith((".csv", ".yml", ".yaml")) and not p.startswith("data/attachments/")]
    gone = [path for path in sorted(read) if path not in stated]
    if wrong or gone:
        lines = first(
            [f"{p}：和公布记录记的不是同一份 not the one in the ledger" for p in wrong]
            + [f"{p}：公布记录里有，网站上没有 in the ledger, not on the site" for p in gone]
        )
        yield Told("data", "wrong", "原始数据文件和公布记录不符：", "Data files do not agree with the ledger:", lines)
    else:
        n = len(stated)
        yield Told(
            "data", "ok", f"网站写明的 {n} 个原始文件的校验码，都和公布记录相同。",
            f"The hashes that the site states of all {n} data files are those of the ledger.",
        )  # fmt: skip


def facts_in(
    table: str, columns: list[dict[str, Any]], row: dict[str, Any], above: str = ""
) -> Iterator[tuple[Name, str]]:
    """Yield the facts that one row of a JSON download states, those of the rows inside of it too."""
    if list(row) != [column["name"] for column in columns]:
        raise Stop("wrong", f"{table} 的一行和它的栏目不符。", f"A row of {table} does not fit its columns.")
    names = [c["name"] for c in columns if c.get("from_path")]
    names += [c["name"] for c in columns if c.get("key") and not c.get("from_path")]
    key = "/".join(str(row[name]) for name in names if row[name] is not None)
    record = f"{above}/{key}" if above else key or table
    for column in columns:
        value = row[column["name"]]
        if "columns" in column:
            twins = [other for other in columns if other.get("columns") == column["columns"]]
            within = f"{record}/{column['name']}" if len(twins) > 1 else record
            for inner in value or ():
                yield from facts_in(table, column["columns"], inner, within)
        elif not (column.get("key") or column.get("from_path") or column.get("setting")):
            words = ";".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
            if words:
                yield (table, record, column["name"]), words


def facts_from_tables(site: Site) -> Facts:
    """Return all facts as the JSON downloads state them."""
    found: dict[Name, list[str]] = {}
    for listed in tables_of(site):
        site.in_time()
        table = document(site, download(site, listed, ".json"))
        if (table["table"], table["file"], len(table["rows"])) != (listed["table"], listed["source"], listed["rows"]):
            raise Stop("wrong", f"{listed['source']} 和目录不符。", f"{listed['source']} does not fit the index.")
        for row in table["rows"]:
            for name, value in facts_in(table["table"], table["columns"], row):
                found.setdefault(name, []).append(value)
    return {name: " | ".join(sorted(values)) for name, values in found.items()}


def facts_from_csv(content: bytes, path: str) -> Facts:
    """Return the facts of a canonical file; raises `Stop` where it is not as it must be."""
    try:
        rows = rows_of(content.decode("utf-8"), path)
    except UnicodeDecodeError as failure:
        raise Stop("wrong", f"{path} 不是 UTF-8 文本。", f"{path} is not text in UTF-8.") from failure
    names = [tuple(row[:3]) for row in rows[1:]]
    fine = rows and rows[0] == HEADINGS and all(len(row) == 4 and row[3] for row in rows)
    if not fine or any(a >= b for a, b in zip(names, names[1:])):
        raise Stop("wrong", f"{path} 不是按规格写的。", f"{path} is not written as it must be.")
    return {(row[0], row[1], row[2]): row[3] for row in rows[1:]}


def differences(one: Facts, other: Facts) -> list[tuple[Name, str, str]]:
    """Return every fact that is not the same on both sides, with its two values."""
    return [(n, one.get(n, ""), other.get(n, "")) for n in sorted({*one, *other}) if one.get(n) != other.get(n)]


def said(value: str) -> str:
    """Return a value between quotation marks, shortened, or a word where there is none."""
    return "（无 none）" if value == "" else f"“{value if len(value) <= 60 else value[:60] + '……'}”"


def told_figures(site: Site, entries: list[Entry]) -> Iterator[Told]:
    """Compare the canonical file with the ledger, and with what every JSON download states."""
    content = site.read("data/facts.csv")
    facts = facts_from_csv(content, "data/facts.csv")
    if entries and entries[-1].facts != sha256(content):
        yield Told(
            "figures", "wrong", "data/facts.csv 和公布记录最新一条记的不符：数字改了，公布记录没有记。",
            "data/facts.csv is not what the newest entry says: figures changed, and the ledger does not tell.",
        )  # fmt: skip
    differ = differences(facts, facts_from_tables(site))
    if differ:
        lines = first(f"{' '.join(n)}: facts.csv {said(a)} ≠ JSON {said(b)}" for n, a, b in differ)
        yield Told(
            "figures", "wrong", "下载的表格和 data/facts.csv 不符：", "Tables differ from data/facts.csv:", lines
        )
    elif entries and entries[-1].facts == sha256(content):
        n = len(facts)
        yield Told(
            "figures", "ok", f"{n} 个数字和文字都和公布记录相符。", f"All {n} figures and texts agree with the ledger."
        )


# The tables as people take them away


def flat(columns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the columns that a CSV file has: none that the path gives, and no lists of rows."""
    return [column for column in columns if not column.get("from_path") and "columns" not in column]


def cell(column: dict[str, Any], value: Any) -> str:
    """Return a value as a cell of a CSV file has it: choices by their Chinese word."""
    if isinstance(value, list):
        return ";".join(cell(column, item) for item in value)
    return "" if value is None else str(column.get("choices", {}).get(value, value))


def lines_in(columns: list[dict[str, Any]], row: dict[str, Any], entry: str = "") -> Iterator[list[str]]:
    """Yield entry, field and value for each value of a document."""
    own = ((c["title_zh"], cell(c, row[c["name"]])) for c in flat(columns))
    yield from ([entry, title, value] for title, value in own if value)
    for column in columns:
        for number, inner in enumerate(row[column["name"]] if "columns" in column else (), 1):
            yield from lines_in(column["columns"], inner, f"{entry}{column['title_zh']}{number}")


def sheet_of(table: dict[str, Any]) -> list[list[str]]:
    """Return the rows that the CSV file of a table must have, its headings first."""
    columns, rows = table["columns"], table["rows"]
    if any(c.get("key") and not c.get("from_path") for c in columns):
        own = flat(columns)
        return [[c["title_zh"] for c in own], *([cell(c, row[c["name"]]) for c in own] for row in rows)]
    for outer in columns:
        for inner in (c for c in outer.get("columns", ()) if "columns" in c):
            ahead, own = flat(outer["columns"]), flat(inner["columns"])
            headings = [outer["title_zh"] + c["title_zh"] for c in ahead] + [c["title_zh"] for c in own]
            return [headings] + [
                [cell(c, part[c["name"]]) for c in ahead] + [cell(c, item[c["name"]]) for c in own]
                for row in rows for part in row[outer["name"]] for item in part[inner["name"]]
            ]  # fmt: skip
    return [["条目", "栏目", "内容"], *(line for row in rows for line in lines_in(columns, row))]


def told_downloads(site: Site) -> Iterator[Told]:
    """Compare both CSV files of every table, and the contents of the zip, with the JSON."""
    wrong: list[str] = []
    tables, rows = tables_of(site), corrections_of(site)
    for listed in tables:
        site.in_time()
        table = document(site, download(site, listed, ".json"))
        if table["corrections"] != [row for row in rows if is_about(row, table)]:
            wrong.append(f"{listed['source']}：随表的更正和更正栏不同 its corrections are not those of the site")
        expected = sheet_of(table)
        for ending in (".csv", ".excel.csv"):
            path = download(site, listed, ending)
            content = text(site, path).lstrip("\ufeff")
            wrong += cells_apart(path, expected, rows_of(content, path), KEEP if ending == ".excel.csv" else "")
    wrong += zip_apart(site, [download(site, t, ending) for t in tables for ending in (".csv", ".json")])
    if wrong:
        yield Told("downloads", "wrong", "同一张表的几种下载不一样：", "Downloads of one table differ:", first(wrong))
    else:
        n = len(tables)
        yield Told(
            "downloads", "ok", f"{n} 张表的 CSV、Excel 用 CSV、JSON 和压缩包说的一样。",
            f"CSV, CSV for Excel, JSON and the zip of all {n} tables say the same.",
        )  # fmt: skip


def is_about(correction: dict[str, Any], table: dict[str, Any]) -> bool:
    """Return whether a correction belongs to one file: to its table, and to its term or year if it has one."""
    folders = table["file"].split("/")[1:-1]
    return correction["sheet"] == table["table"] and (not folders or correction["record"].split("/")[0] in folders)


def cells_apart(path: str, expected: list[list[str]], found: list[list[str]], keep: str) -> Iterator[str]:
    """Yield each cell of a CSV file that is not what the JSON says; `keep` may stand behind a value."""
    if len(expected) != len(found) or expected[0] != found[0]:
        yield f"{path}：行数或标题和 JSON 不符 rows or headings differ from the JSON"
        return
    for number, (right, row) in enumerate(zip(expected, found), 1):
        for title, a, b in zip(expected[0], right, row):
            if b not in (a, a + keep):
                yield f"{path} 第 {number} 行 line {number}，{title}：{said(b)} ≠ JSON {said(a)}"
        if len(right) != len(row):
            yield f"{path} 第 {number} 行 line {number}：列数不符 number of cells"


def zip_apart(site: Site, needed: list[str]) -> Iterator[str]:
    """Yield each file in the zip that is not the one of the site; nothing is unpacked to the disk."""
    try:
        with zipfile.ZipFile(io.BytesIO(site.read("data/all.zip"))) as packed:
            members = packed.infolist()
            names = [member.filename for member in members]
            if len(names) > MOST_FILES or sum(m.file_size for m in members) > SITE_BYTES or len({*names}) != len(names):
                yield "data/all.zip：文件太多、太大或重名 too many, too large or of the same name"
                return
            content = {}
            for member in members:
                with packed.open(member) as stream:
                    content[member.filename] = stream.read(FILE_BYTES + 1)
    except BAD_ZIP as failure:
        yield f"data/all.zip：读不出来 cannot be read: {failure}"
        return
    for name in sorted({*names, *needed} - {"SHA256SUMS", "README.zh.txt", "README.en.txt"}):
        if name not in content:
            yield f"data/all.zip：没有 lacks {name}"
        elif content[name] != site.read(name):
            yield f"data/all.zip：{name} 和网站上的不同 is not the one of the site"
    own = sums_of(content.get("SHA256SUMS", b"").decode("utf-8", "replace"), "data/all.zip/SHA256SUMS")
    yield from (f"data/all.zip：{name} ≠ SHA256SUMS" for name in own if sha256(content.get(name, b"")) != own[name])


# Corrections


def corrections_of(site: Site) -> list[dict[str, Any]]:
    """Return the corrections as the site publishes them; none where no file holds any."""
    listed = next((table for table in tables_of(site) if table["table"] == "corrections"), None)
    rows: list[dict[str, Any]] = document(site, download(site, listed, ".json"))["rows"] if listed else []
    return rows


def told_corrections(site: Site, entries: list[Entry]) -> Iterator[Told]:
    """Compare the corrections that are published with those that the ledger knows."""
    known = [i for entry in entries for i in entry.corrections]
    published = [row["id"] for row in corrections_of(site)]
    before, now = set(known), set(published)
    gone = [i for i in known if i not in now]
    new = [i for i in published if i not in before]
    if gone or new:
        lines = [f"{i}：公布记录里有，更正栏里没有了 in the ledger, gone from the site" for i in gone]
        lines += [f"{i}：更正栏里有，公布记录里没有 on the site, not in the ledger" for i in new]
        yield Told(
            "corrections", "wrong", "更正和公布记录不符：", "Corrections do not agree with the ledger:", first(lines)
        )
    else:
        n = len(published)
        yield Told(
            "corrections", "ok", f"{n} 条更正都在，没有少。", f"All {n} corrections are there, none has vanished."
        )


FIGURES = {"money", "count", "standard", "day", "month", "when", "code", "codes", "grades", "choice"}
"""What privacy is no reason to change."""


class Words(NamedTuple):
    """How corrections may speak of a table: English field names by title, choices by their Chinese word, the steps of a
    piece of work, which may go on without a correction, the fields that hold figures, those whose empty cell says something,
    and whether its records list others."""

    names: dict[str, str]
    choices: dict[str, dict[str, str]]
    steps: dict[str, list[str]]
    figures: set[str]
    speaking: set[str]
    lists: bool


NO_WORDS = Words({}, {}, {}, set(), set(), False)


def words_of(columns: list[dict[str, Any]]) -> Words:
    """Return the words of a table with these columns."""
    words = Words({}, {}, {}, set(), set(), any("columns" in column for column in columns))
    for column in columns:
        name, choices = column["name"], column.get("choices", {})
        words.names.update({column["title_zh"]: name, column["title_en"]: name})
        words.choices.setdefault(name, {}).update({zh: en for en, zh in choices.items()})
        if column.get("progress"):
            words.steps[name] = list(choices)
        if column["type"] in FIGURES:
            words.figures.add(name)
        if column.get("speaking"):
            words.speaking.add(name)
        inner = words_of(column.get("columns", []))
        words.names.update(inner.names)
        words.choices.update(inner.choices)
        words.steps.update(inner.steps)
        words.figures.update(inner.figures)
        words.speaking.update(inner.speaking)
    return words


def same(one: str, other: str) -> bool:
    """Return whether two texts are equal, or are the same number written in two ways."""
    try:
        return one == other or Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False


def went_on(name: Name, old: str, new: str, words: Words) -> bool:
    """Return whether a state of work moved forward, from running to done."""
    steps = words.steps.get(name[2], [])
    return old in steps and new in steps and steps.index(new) > steps.index(old)


def is_left(new: str, old: str) -> bool:
    """Return whether a text is what is left of another one, with parts taken out or hidden and nothing put there."""
    rest = iter(old)
    return all(character in rest for character in new if character not in HIDING)


def explained(name: Name, old: str, new: str, words: Words, rows: list[dict[str, Any]]) -> list[str]:
    """Return the ids of the corrections that lead a fact from its old value to its new one, or nothing."""
    table, record, field = name
    begin, end = record.split("/")[0], record.split("/")[-1]
    records = {record, end if begin == table else f"{begin}/{end}"} if words.lists else {record}
    choices = words.choices.get(field, {})
    value, ids = old, []
    for row in rows:
        whole = row["field"] in WHOLE
        if row["sheet"] != table or row["record"] not in records:
            continue
        if not whole and field not in (row["field"], words.names.get(row["field"])):
            continue
        if row["kind"] == "privacy":
            if field not in words.figures and is_left(new, old):
                return [row["id"]]
            continue
        before, after = (choices.get(row[side], row[side]) or "" for side in ("old", "new"))
        if whole or same(before, value):
            value = "" if whole else after
            ids.append(row["id"])
    return ids if same(value, new) else []


def told_yours(site: Site, entries: list[Entry], saved: bytes) -> Iterator[Told]:
    """Say which facts of an earlier `facts.csv` differ today, and which correction tells of each."""
    before = facts_from_csv(saved, "facts.csv")
    day = next((entry.date for entry in entries if entry.facts == sha256(saved)), None)
    if day is None:
        yield Told(
            "yours", "wrong", "公布记录里没有哪一条记的是您保存的 facts.csv：文件被改过，或者公布记录被改写过。",
            "No entry of the ledger has the facts.csv that you saved: the file was changed, or the ledger was rewritten.",
        )  # fmt: skip
    words = {t["table"]: words_of(document(site, download(site, t, ".json"))["columns"]) for t in tables_of(site)}
    known = {name[:2] for name in before}
    rows = [row for row in corrections_of(site) if ("corrections", row["id"]) not in known]  # those made since
    silent: list[str] = []
    told: list[str] = []
    for name, old, new in differences(before, facts_from_csv(site.read("data/facts.csv"), "data/facts.csv")):
        site.in_time()
        own = words.get(name[0], NO_WORDS)
        if name[0] == "corrections" and name[2] in ("old", "new"):  # they quote a figure where that field is one
            sheet, field = (before.get(("corrections", name[1], part), "") for part in ("sheet", "field"))
            about = words.get(sheet, NO_WORDS)
            own = own._replace(figures={name[2]} if about.names.get(field, field) in about.figures else set())
        said_so = name[:2] in known and name[2] in own.speaking  # an empty cell may mean “for all” or “without end”
        if (old or said_so) and not went_on(name, old, new, own):
            ids = explained(name, old, new, own, rows)
            line = f"{' '.join(name)}: {said(old)} → {said(new)}"
            (told if ids else silent).append(f"{line}  {'、'.join(ids)}".rstrip())
    if silent:
        zh, en = "这些数字变了，没有更正说明：", "These changed, and no correction tells of it:"
        yield Told("yours", "wrong", zh, en, first(silent))
    if told:
        yield Told(
            "yours", "note", "这些数字变了，有更正说明：", "These changed, and a correction says so:", first(told)
        )
    if day and not silent:
        n = len(before)
        yield Told(
            "yours", "ok", f"您保存的 {n} 个数字和文字（{day}），没有一个被悄悄改掉。",
            f"None of the {n} figures and texts that you saved ({day}) was changed silently.",
        )  # fmt: skip


# All together


def told_meanwhile(site: Site, start: bytes) -> Iterator[Told]:
    """Say so if the site was published anew while it was being checked."""
    if isinstance(site, Web) and site.read("SHA256SUMS", again=True) != start:
        yield Told(
            "site", "unknown", "核对的时候网站正在更新，以上结果不作数，请过十分钟再核对一次。",
            "The site was being published while it was checked: the results do not count. Try again in ten minutes.",
        )  # fmt: skip


def results(check: str, step: Callable[[], Iterable[Told]]) -> Iterator[Told]:
    """Yield what one check tells; whatever stops it is its last result, and no other check goes without its own."""
    try:
        yield from step()
    except Stop as stop:
        yield Told(check, stop.state, stop.zh, stop.en)
    except MALFORMED as failure:
        words = f"{type(failure).__name__}: {failure}"
        yield Told(check, "wrong", f"内容不成样子（{words}）。", f"Not made as it should be ({words}).")
    except OSError as failure:
        yield Told(check, "unknown", f"没能核对：{failure}", f"Could not be checked: {failure}")


def verify(name: str, noted: list[Noted], saved: bytes | None = None) -> tuple[list[Told], list[Entry]]:
    """Run every check on the site in a folder or at an address; return all results and the ledger's entries."""
    entries: list[Entry] = []
    told: list[Told] = []

    try:
        site = site_at(name)
        site.read("index.html")
        start = site.read("SHA256SUMS")
    except Missing as stop:
        zh, en = (
            "请写网站首页的网址，或者整个网站的文件夹。",
            "Give the address of the home page, or the folder of the whole site.",
        )
        return [Told("site", "unknown", f"{stop.zh}{zh}", f"{stop.en} {en}")], entries
    except Stop as stop:
        return [Told("site", "unknown", stop.zh, stop.en)], entries
    told += results("ledger", lambda: told_ledger(site, entries))
    steps: list[tuple[str, bool, Callable[[], Iterator[Told]]]] = [
        ("saved", bool(noted), lambda: told_saved(entries, noted)),
        ("files", True, lambda: told_files(site)),
        ("data", True, lambda: told_data(site, entries)),
        ("figures", True, lambda: told_figures(site, entries)),
        ("downloads", True, lambda: told_downloads(site)),
        ("corrections", True, lambda: told_corrections(site, entries)),
        ("yours", saved is not None, lambda: told_yours(site, entries, saved or b"")),
    ]
    for check, asked, step in steps:
        if asked and not entries and check in ("saved", "data", "corrections", "yours"):
            told.append(
                Told(check, "unknown", "公布记录读不通，这一项没法核对。", "The ledger cannot be read: not checked.")
            )
        elif asked:
            told += results(check, step)
    told += results("site", lambda: told_meanwhile(site, start))
    return told, entries


def exit_code(told: list[Told]) -> int:
    """Return 1 where anything is wrong, else 2 where anything could not be checked, else 0."""
    states = {result.state for result in told}
    return 1 if "wrong" in states else 2 if "unknown" in states else 0


def shown(words: str) -> str:
    """Return words that may quote a site without what could command a terminal: no line ends, no control characters."""
    return "".join(c if c.isprintable() or c in "\u00a0\u3000" else "\ufffd" for c in words)


def as_text(told: list[Told]) -> str:
    """Return all results for people, Chinese first, and the conclusion."""
    lines = []
    for result in told:
        lines += [
            f"[{WORDS[result.state]}] {TITLES[result.check]}",
            f"    {shown(result.zh)}",
            f"    {shown(result.en)}",
        ]
        lines += [f"      - {shown(detail)}" for detail in result.details]
    wrong = sum(result.state == "wrong" for result in told)
    zh, en = {
        0: ("公布的数据全部相符。", "The published data all agree."),
        1: (f"有 {wrong} 项不对，见上面写着“不对”的地方。", f"{wrong} wrong: see the lines marked WRONG."),
        2: (
            "有的项目没能核对，见上面写着“没能核对”的地方。",
            "Not all could be checked: see the lines marked NOT CHECKED.",
        ),
    }[exit_code(told)]
    lines += ["", f"结论：{zh} Result: {en}"]
    if any(result.check == "rebuild" and result.state in ("ok", "wrong") for result in told):
        lines.append("没有查的：数字本身真不真。 Not checked: whether the figures are true.")
    else:
        lines += [
            "没有查的：网页上显示的内容，下载表格里栏目的名称、选项的说法（例如“是”和“否”有没有对调），都要用重新生成（--rebuild）"
            "才查得全，请先照“出处”抽查；数字本身真不真。",
            "Not checked: what the pages show, and the titles and words for choices in the downloads (such as yes and no "
            "exchanged): only building the site again (--rebuild) checks them all, so try some by their sources; and "
            "whether the figures are true.",
        ]
    return "\n".join(lines)


def as_json(name: str, told: list[Told], entries: list[Entry]) -> dict[str, Any]:
    """Return all results for programs."""
    return {
        "site": name, "exit": exit_code(told), "code": code_of(entries[-1].sha256) if entries else None,
        "entries": len(entries), "results": [result._asdict() for result in told],
    }  # fmt: skip


def noted_in(name: str) -> list[Noted]:
    """Return the codes of a file, or of all ``.txt`` files of a folder: one a line, with its date in front or without."""
    path = Path(name)
    found: list[Noted] = []
    for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
        for line in file.read_text(encoding="utf-8-sig").splitlines():
            words = line.split("#")[0].split()
            if words:
                day = day_of(words[0]) if len(words) > 1 else None
                found.append((digits_of("".join(words[1:] if day else words)), day))
    return found


def day_of(word: str) -> dt.date | None:
    """Return a day written as 2023-08-20, or None where it is none."""
    try:
        return dt.date(*map(int, word.split("-"))) if re.fullmatch(r"\d{4}-\d\d-\d\d", word) else None
    except ValueError:
        return None


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line; `mingzhang verify` takes the same."""
    made = argparse.ArgumentParser(
        description="核对一个“明账”网站｜check a Mingzhang site",
        epilog="退出码 exit code: 0 相符 · 1 不对 · 2 没能核对",
    )
    made.add_argument("site", nargs="?", metavar="SITE", help="网址或文件夹｜address or folder of the site")
    made.add_argument(
        "--saved",
        action="append",
        default=[],
        metavar="CODE",
        help="您以前记下的核对码，可写多个｜a code noted earlier",
    )
    made.add_argument("--date", metavar="DATE", help="记下核对码的日期，如 2023-08-20｜the day on which it was noted")
    made.add_argument(
        "--codes",
        metavar="FILE",
        help="记着核对码的文件或文件夹，每行“日期 核对码”｜file or folder of codes with dates",
    )
    made.add_argument("--facts", metavar="FILE", help="您以前保存的 facts.csv｜a facts.csv that you saved earlier")
    made.add_argument(
        "--json", nargs="?", const="-", metavar="FILE", help="结果也写成 JSON；不写文件名就只输出 JSON｜also as JSON"
    )
    return made


More = Callable[[str, List[Entry], List[Noted]], Iterable[Told]]


def run(given: argparse.Namespace, more: More | None = None) -> int:
    """Check what the arguments ask for, and what `more` does with the site; print the results, return the exit code."""
    day = day_of(given.date) if given.date else None
    if given.date and day is None:
        print(f"“{given.date}”不是日期，请写成 2023-08-20｜not a date, write 2023-08-20", file=sys.stderr)
        return 2
    try:
        noted: list[Noted] = [(digits_of(code), day) for code in given.saved]
        noted += noted_in(given.codes) if given.codes else []
        saved = Path(given.facts).read_bytes() if given.facts else None
        told, entries = verify(given.site, noted, saved)
        told += results("rebuild", lambda: more(given.site, entries, noted)) if more else ()
    except Stop as stop:
        print(f"{shown(stop.zh)}\n{shown(stop.en)}", file=sys.stderr)
        return 2
    except (OSError, UnicodeDecodeError) as failure:
        print(f"文件读不出来 A file cannot be read: {failure}", file=sys.stderr)
        return 2
    result = json.dumps(as_json(given.site, told, entries), ensure_ascii=False, indent=1)
    result = result.encode("utf-8", "replace").decode("utf-8")  # a site may hold halves of characters
    print(result if given.json == "-" else as_text(told))
    if given.json not in (None, "-"):
        Path(given.json).write_text(result + "\n", encoding="utf-8")
    return exit_code(told)


def main() -> int:
    """Run the command; without a site, as after a double click, ask for it and wait before the window closes."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that lacks a character shows a sign in its place
    made = parser()
    given = made.parse_args()
    if given.site:
        return run(given)
    if not (sys.stdin and sys.stdin.isatty()):
        made.print_usage(sys.stderr)
        return 2
    given.site = input("网站的网址 Address of the site: ").strip()
    code = input("您记下的核对码（没有就直接按回车）Your code, or just Enter: ").strip()
    given.saved = [code] if code else []
    print()
    answer = run(given)
    input("\n按回车键关闭 Press Enter to close ")
    return answer


if __name__ == "__main__":
    sys.exit(main())
