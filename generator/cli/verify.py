"""The command `verify`: what `verify.py` of every site does, and the site built once more to compare each byte."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.words import Command

if TYPE_CHECKING:
    from generator.build import Checked
    from generator.trust.facts import Facts
    from generator.trust.verify import Entry, Noted, Site, Told


def add(command: Command) -> None:
    """Add the command to the parser, with what `verify.py` can be asked: importing that would slow all other commands."""
    verifying = command("verify", "核对一个网站：公开过的数字有没有被悄悄改动｜check a site for silent changes")
    verifying.add_argument("site", nargs="?", metavar="SITE", help="网址或文件夹｜address or folder of the site")
    verifying.add_argument(
        "--saved", action="append", default=[], metavar="CODE", help="以前记下的核对码，可写多个｜a code noted earlier"
    )
    verifying.add_argument("--date", metavar="DATE", help="记下核对码的日期｜the day on which it was noted")
    verifying.add_argument("--codes", metavar="FILE", help="记着核对码的文件或文件夹｜file or folder of noted codes")
    verifying.add_argument("--facts", metavar="FILE", help="以前保存的 facts.csv｜a facts.csv that was saved earlier")
    verifying.add_argument("--json", nargs="?", const="-", metavar="FILE", help="结果写成 JSON｜results as JSON")
    verifying.add_argument(
        "--rebuild", action="store_true",
        help="用 --root 里的数据重新生成，逐个字节比较，并查核对码以来的改动"
        "｜build the site again from --root, compare every byte, and tell what changed since each code",
    )  # fmt: skip
    verifying.set_defaults(run=verify)


def verify(given: argparse.Namespace) -> int:
    """Check a site, without SITE the one that was built in the school's folder; 1 where anything is wrong."""
    from generator.trust.verify import run, site_at

    given.site = given.site or str(given.out or given.root / "site")

    def more(name: str, entries: list[Entry], noted: list[Noted]) -> Iterator[Told]:
        return rebuilt(site_at(name), given.root, entries, noted)

    return run(given, more if given.rebuild else None)


def rebuilt(site: Site, root: Path, entries: list[Entry], noted: list[Noted]) -> Iterator[Told]:
    """Build the site again from the school in `root`, for the site's own day and with its ledger, and compare the hash
    of every file; then tell what changed since the codes that were noted."""
    from generator.build import build
    from generator.commit import commit_of
    from generator.editor.page import bundle
    from generator.site.project import cache_folder
    from generator.trust.verify import Told, day_of, document, sums_of, text

    index = document(site, "data/index.json")
    theirs, ours = index["commit"], commit_of(root).id or None
    if theirs != ours:
        yield Told(
            "rebuild", "unknown", f"网站是用 {theirs} 版的数据生成的，这里是 {ours} 版。请先运行 git checkout {theirs}。",
            f"The site was made from commit {theirs}, and this is {ours}. Run first: git checkout {theirs}",
        )  # fmt: skip
        return
    published = sums_of(text(site, "SHA256SUMS"), "SHA256SUMS")
    with_forms = "edit/index.html" in published
    if with_forms and not bundle(cache_folder() / "editor"):
        yield Told(
            "rebuild", "unknown", "网站带有填表修改的网页（edit/），这里还没有做好它的程序。请先运行 make editor。",
            "The site has the forms at edit/, and their program is not here. Run first: make editor",
        )  # fmt: skip
        return
    with tempfile.TemporaryDirectory(prefix="mingzhang-verify-") as folder:
        ledger = Path(folder) / "ledger.jsonl"
        ledger.write_bytes(site.read("ledger.jsonl"))
        built = build(root, Path(folder) / "site", day_of(index["today"]), ledger, with_forms=with_forms)
        yield from since(root, built.checked, entries, noted)
        if built.published is None:
            yield Told(
                "rebuild", "unknown", "数据有错误，生成不了。", "The data has errors, so nothing could be built."
            )
            return
        made = sums_of((Path(folder) / "site" / "SHA256SUMS").read_text(encoding="utf-8"), "SHA256SUMS")
    yield compared(published, made)


def since(root: Path, checked: Checked, entries: list[Entry], noted: list[Noted]) -> Iterator[Told]:
    """Compare what was public when each code was noted, as git still has it, with the present data."""
    from generator.build import guarded
    from generator.problems import as_text
    from generator.trust.verify import Told, files_at, first

    for number, entry in enumerate(entries, 1):
        if checked.books is None or not any(entry.sha256.startswith(digits) for digits, _ in noted):
            continue
        published = published_at(root, entry.commit, files_at(entries[:number]))
        problems = guarded(checked.books.data, published, checked.books.today).problems
        if published is None:
            yield Told(
                "saved", "unknown", f"第 {number} 条（{entry.date}）公布的数据不在这个仓库的历史里，没法逐项比较。",
                f"What entry {number} ({entry.date}) published is not in the history of this repository.",
            )  # fmt: skip
        elif problems:
            yield Told(
                "saved", "wrong", f"和第 {number} 条（{entry.date}）公布的数据比，改了下面这些，没有登记更正：",
                f"These changed since entry {number} ({entry.date}), and no correction tells of it:",
                first(as_text(problem, checked.language) for problem in problems),
            )  # fmt: skip
        else:
            yield Told(
                "saved", "ok", f"第 {number} 条（{entry.date}）公布的 {len(published)} 个数字和文字，没有一个被悄悄改掉。",
                f"None of the {len(published)} figures and texts of entry {number} ({entry.date}) was changed silently.",
            )  # fmt: skip


def published_at(root: Path, commit: str | None, files: dict[str, str]) -> Facts | None:
    """Return the facts of a commit whose data files have these hashes; None where git has no such commit."""
    from generator.dataset import load
    from generator.trust.facts import facts
    from generator.trust.history import HistoryError, Repository

    if commit is None:
        return None
    with suppress(HistoryError), Repository(root).checkout(commit) as folder:
        dataset, _ = load(folder)
        if dataset is not None and {file.path: file.sha256 for file in dataset.files} == files:
            return facts(dataset)
    return None


def compared(published: dict[str, str], made: dict[str, str]) -> Told:
    """Return what the hashes of a published site and of the one built again say."""
    from generator.trust.verify import Told, first

    apart = [path for path in sorted({*published, *made}) if published.get(path) != made.get(path)]
    if apart:
        return Told(
            "rebuild", "wrong", "网站和重新生成的不一样（公布的数字或者程序改过）：",
            "The site is not what the data and this program make:", first(apart),
        )  # fmt: skip
    n = len(made)
    return Told("rebuild", "ok", f"重新生成了 {n} 个文件，每个字节都一样。", f"All {n} files built again are the same.")
