"""What a template lets into its cells: lists to choose from, plain rules for days and amounts, and what it says of others."""

from __future__ import annotations

from openpyxl.worksheet.datavalidation import DataValidation

from generator.locale import Language, Message
from generator.records import Record, Title
from generator.spreadsheets.words import choices, kind_of, what

LAST_ROW = 20_001
"""The last row that a table may have: the limit of rows, and the header."""
LONGEST_LIST, LONGEST_TEXT, LONGEST_HEADING = 255, 255, 32
"""What the file format holds of a list inside of a rule, of a message and of its heading."""

WRONG = Message("This does not belong here")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def inline(words: list[str]) -> str:
    """Return words as a list inside of a rule; raises ValueError where the file format cannot hold them."""
    joined = ",".join(words)
    if len(joined) > LONGEST_LIST - 2 or any("," in word or '"' in word for word in words):
        raise ValueError(f"no list of a cell can hold {joined}")
    return f'"{joined}"'


def rule(model: type[Record], title: Title, cell: str, listed: str | None, language: str) -> DataValidation:
    """Return the rule of a column whose first cell is `cell`; `listed` are the cells that hold what it may refer to."""
    kind, words = kind_of(title), choices(model, title.name)
    if kind == "choice" and words:
        found = DataValidation(
            type="list", formula1=inline([word.label(language) for word in words]), errorStyle="stop"
        )
    elif listed:
        # Another id may be about to be added, and several are joined by semicolons: the list only helps.
        found = DataValidation(type="list", formula1=listed, errorStyle="warning")
        found.showErrorMessage = kind == "code"
    else:
        found = _by_kind(kind, cell, [w for word in words for w in (word.zh, word.en)])
    found.allow_blank = True
    return found


def _by_kind(kind: str, cell: str, words: list[str]) -> DataValidation:
    """Return the rule for a kind of value; where nothing can be told in advance the import looks, and there is none."""
    if kind == "money":
        return DataValidation(type="decimal", operator="between", formula1="-999999999999", formula2="999999999999")
    if kind == "count":
        return DataValidation(type="whole", operator="between", formula1="0", formula2="999999999")
    if kind == "standard":
        same = ",".join(f'{cell}="{word}"' for word in words)
        return DataValidation(type="custom", formula1=f"OR(ISNUMBER({cell}),{same})")
    if kind in ("day", "month"):
        # Texts as they should be; a real date is a number, which the import understands too.
        length, fifth = (10, 5) if kind == "day" else (7, 5)
        formula = f'OR(ISNUMBER({cell}),AND(LEN({cell})={length},MID({cell},{fifth},1)="-"))'
        return DataValidation(type="custom", formula1=formula, errorStyle="warning")
    return DataValidation()


def told(found: DataValidation, model: type[Record], title: Title, language: Language, note: str) -> None:
    """Let a rule say what belongs into the cell when it is chosen, and what is wrong with what it refuses."""
    name = title.label(language.code)
    found.promptTitle, found.prompt = _cut(name, LONGEST_HEADING), _cut(note, LONGEST_TEXT)
    found.showInputMessage = True
    if found.type is None:
        return
    found.errorTitle = _cut(language.say(WRONG), LONGEST_HEADING)
    message = Message("The column “{title}” takes: {what}", title=name, what=what(model, title, language))
    found.error = _cut(language.say(message), LONGEST_TEXT)
    if found.showErrorMessage is None or found.type != "list" or found.errorStyle == "stop":
        found.showErrorMessage = True
