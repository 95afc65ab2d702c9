"""The two libraries that read and write spreadsheets: an extra, so that the site can do without them."""

from __future__ import annotations

from importlib.util import find_spec

LIBRARIES = ("openpyxl", "python_calamine")
HOW = (
    "读写电子表格还需要安装两个软件包。请在明账的文件夹里运行：sh requirements/setup xlsx\n"
    "（用 pip 安装的，请运行：pip install 'mingzhang[xlsx]'）\n"
    "Spreadsheets need two more packages. In Mingzhang's folder run: sh requirements/setup xlsx\n"
    "(installed by pip: pip install 'mingzhang[xlsx]')"
)


def missing() -> str:
    """Return in both languages how to get what spreadsheets need, or nothing where it is installed."""
    return "" if all(find_spec(name) for name in LIBRARIES) else HOW
