"""Everything as one zip: the same bytes for the same data, on every machine and on every day."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

from generator.dataset import Dataset

# The earliest day that a zip can state: it has no meaning, so that it cannot change.
NO_DAY = (1980, 1, 1, 0, 0, 0)
MODE = 0o100644 << 16
UNIX = 3

README_ZH = """\
{school}　公开数据

每张表有两种格式：
  .csv    UTF-8 编码，中文表头，写法和学校登记的文件一样；可以用来核对，也可以放回 data/ 重新生成网站。
  .json   供程序使用：英文栏目名，金额和日期都是文本，不会丢掉小数和零。
计划（plan.csv）每行是一项措施；学校和学期的资料每行是一个栏目。

更正：各表只写现在的数字。以前公布过什么、什么时候改的、为什么改，见 data/corrections.csv；
每张表的 .json 文件末尾“corrections”一栏也列出本表的全部更正。

data/index.json        全部表的清单：行数、更正数、原始文件的 SHA-256。
data/dictionary.json   数据字典：每个栏目是什么意思，怎么填。
SHA256SUMS             本压缩包内各文件的 SHA-256，可用 sha256sum -c SHA256SUMS 核对。

要用 Excel 或 WPS 打开，请在网站的“数据”栏目下载“Excel 用 CSV”。那种文件里，会被软件改写的编号和月份
（例如 001、2023-02）后面带一个看不见的空格，读回时自动去掉，数字本身不变。

许可：数据公开，注明来源即可自由使用（CC BY 4.0）。
"""

README_EN = """\
{school}: open data

Each table comes in two forms:
  .csv    UTF-8, Chinese headings, written as in the school's own files: to check, or to put back into data/.
  .json   for programs: English names; amounts and dates are text, so that no decimal and no zero is lost.
Each row of plan.csv is one measure; each row of the school's and a term's file is one field.

Corrections: each table holds the figures of today. What was public before, when it was changed and why stands in
data/corrections.csv, and for each table again under “corrections” at the end of its .json.

data/index.json        all tables with rows, corrections and the SHA-256 of the file that each comes from.
data/dictionary.json   the data dictionary: what each column means and how it is filled in.
SHA256SUMS             the SHA-256 of each file in this archive; check with: sha256sum -c SHA256SUMS

For Excel or WPS take “CSV for Excel” from the page “Data”. There, codes and months that such programs would rewrite
(001, 2023-02) have a no-break space behind them, which is taken away when they are read again; the value is the same.

Licence: open data, free to use with the source named (CC BY 4.0).
"""


def archive(files: Mapping[str, bytes], data: Dataset) -> bytes:
    """Return `files` as one zip with a readme in both languages and the hash of each file."""
    name = data.school.name
    readme = {"README.zh.txt": README_ZH, "README.en.txt": README_EN}
    packed = {path: text.format(school=name).encode() for path, text in readme.items()} | dict(files)
    sums = "".join(f"{hashlib.sha256(packed[path]).hexdigest()}  {path}\n" for path in sorted(packed))
    packed["SHA256SUMS"] = sums.encode()
    out = io.BytesIO()
    # Not compressed: zlib and zlib-ng, which some systems have in its place, pack the same content into different bytes.
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as zipped:
        for path in sorted(packed):
            zipped.writestr(_entry(path), packed[path], zipfile.ZIP_STORED)
    return out.getvalue()


def _entry(path: str) -> zipfile.ZipInfo:
    """Return a file's entry without day, owner or system, which would differ from machine to machine."""
    entry = zipfile.ZipInfo(path, NO_DAY)
    entry.external_attr = MODE
    entry.create_system = UNIX
    return entry
