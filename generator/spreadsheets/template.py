"""The template of a register: a sheet to fill in, an example that is never imported, and what each column means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from generator.locale import Language, Message
from generator.locale import language as language_named
from generator.records import Sheet, Title
from generator.spreadsheets.checks import LAST_ROW, rule, told
from generator.spreadsheets.examples import example, example_row
from generator.spreadsheets.frozen import frozen
from generator.spreadsheets.known import Known
from generator.spreadsheets.styles import CENTRE, for_print, format_of, head, plain, put, remark, width
from generator.spreadsheets.styles import at as place
from generator.spreadsheets.words import choices, kind_of, note, table_titles, what

EXAMPLE, GUIDE, LISTS = ("示例", "Example"), ("说明", "How to"), ("选项", "Lists")
"""The sheets of a template that hold no data; the import leaves them out and says so."""
BESIDE = frozenset((*EXAMPLE, *GUIDE, *LISTS))

INTRODUCTION = (
    Message("One row for each entry; dark titles must be filled in, pale ones may stay empty."),
    Message("Do not change the titles. Columns that you do not need may be deleted if their titles are pale."),
    Message("Then have it imported: mingzhang import FILE.xlsx"),
)
EXAMPLE_ONLY = Message("This sheet is only an example; the import does not read it.")
COLUMNS = (Message("Column"), Message("Must be filled in"), Message("What belongs here"),
           Message("Explanation"), Message("Example"))  # fmt: skip


def template(
    sheet: Sheet,
    language: str = "zh",
    known: Known | None = None,
    rows: Sequence[Mapping[str, str]] = (),
    folder: str = "",
) -> bytes:
    """Return the template of a table as an xlsx file, the same bytes for the same arguments.

    `known` are the ids to choose from, `rows` the cells of rows that are there already by the names of their columns,
    `folder` the term or year that the rows belong to: the name of the sheet then ends in it, and the import reads it.
    """
    words, titles = language_named(language), table_titles(sheet.record)
    known = known or Known()
    book = Workbook()
    lists = _lists(book, sheet, titles, known, words)
    main = book.active
    assert isinstance(main, Worksheet)  # noqa: S101  a new workbook has one sheet
    main.title = f"{sheet.label(language)} {folder}".strip()
    _fill(main, sheet, titles, words, lists, rows)
    _example(book, sheet, titles, words)
    _guide(book, sheet, titles, words)
    if lists:
        book.move_sheet(LISTS[language != "zh"], len(book.sheetnames))
    book.properties.creator, book.properties.title = "Mingzhang", main.title
    return frozen(book)


def _fill(
    page: Worksheet, sheet: Sheet, titles: Sequence[Title], words: Language, lists: Mapping[str, str],
    rows: Sequence[Mapping[str, str]],
) -> None:  # fmt: skip
    """Write the sheet that is filled in: titles with notes, a format and a rule for each column, the rows there are."""
    page.freeze_panes = "B2"
    for_print(page, 1)
    page.row_dimensions[1].height = 34
    page.sheet_properties.tabColor = "0D5C49"
    for at, title in enumerate(titles, 1):
        letter, kind = get_column_letter(at), kind_of(title)
        about = note(sheet.record, title, words, example(sheet, title.name, words.code))
        head(place(page, 1, at), title.label(words.code), required=title.required)
        remark(place(page, 1, at), about)
        column = page.column_dimensions[letter]
        column.width = width([title.label(words.code), *(row.get(title.name, "") for row in rows)])
        column.number_format = format_of(kind)
        found = rule(sheet.record, title, f"{letter}2", lists.get(title.name), words.code)
        told(found, sheet.record, title, words, about)
        found.add(f"{letter}2:{letter}{LAST_ROW}")
        page.add_data_validation(found)
        for number, row in enumerate(rows, 2):
            put(place(page, number, at), row.get(title.name, ""), kind)


def _example(book: Workbook, sheet: Sheet, titles: Sequence[Title], words: Language) -> None:
    page = book.create_sheet(EXAMPLE[words.code != "zh"])
    plain(place(page, 1, 1), words.say(EXAMPLE_ONLY), bold=True, wrap=False)
    cells = example_row(sheet, words.code)
    for at, (title, text) in enumerate(zip(titles, cells, strict=True), 1):
        head(place(page, 2, at), title.label(words.code), required=title.required)
        plain(place(page, 3, at), text, faint=True)
        page.column_dimensions[get_column_letter(at)].width = width([title.label(words.code), text])
    page.freeze_panes = "A3"
    for_print(page, 2)


def _guide(book: Workbook, sheet: Sheet, titles: Sequence[Title], words: Language) -> None:
    """Write what each column means, and what to do with the file."""
    page = book.create_sheet(GUIDE[words.code != "zh"])
    plain(place(page, 1, 1), sheet.label(words.code), bold=True, wrap=False)
    for number, line in enumerate(INTRODUCTION, 2):
        plain(place(page, number, 1), words.say(line), wrap=False)
    top = len(INTRODUCTION) + 3
    for at, heading in enumerate(COLUMNS, 1):
        head(place(page, top, at), words.say(heading), required=True)
    yes, no = words.say(Message("yes")), words.say(Message("no"))
    for number, title in enumerate(titles, top + 1):
        model = sheet.record
        about = title.about[0 if words.code == "zh" else 1]
        cells = (title.label(words.code), yes if title.required else no, what(model, title, words), about,
                 example(sheet, title.name, words.code))  # fmt: skip
        for at, text in enumerate(cells, 1):
            plain(place(page, number, at), text, bold=at == 1)
    for at, wide in enumerate((18, 10, 44, 44, 30), 1):
        page.column_dimensions[get_column_letter(at)].width = wide
    for_print(page, top)


def _lists(
    book: Workbook, sheet: Sheet, titles: Sequence[Title], known: Known, words: Language
) -> dict[str, str]:  # fmt: skip
    """Write what the columns may refer to on a sheet of its own, and return the cells of each list by column."""
    found = {
        t.name: ids for t in titles if not choices(sheet.record, t.name) and (ids := known.of(sheet.record, t.name))
    }
    if not found:
        return {}
    name = LISTS[words.code != "zh"]
    page = book.create_sheet(name)
    cells: dict[str, str] = {}
    for at, title in enumerate([title for title in titles if title.name in found]):
        ids, first = found[title.name], 2 * at + 1
        head(place(page, 1, first), title.label(words.code), required=True)
        head(place(page, 1, first + 1), words.say(Message("Its name")), required=False)
        for number, (id_, called) in enumerate(ids.items(), 2):
            put(place(page, number, first), id_)
            plain(place(page, number, first + 1), called)
        letter = get_column_letter(first)
        page.column_dimensions[letter].width = width(list(ids))
        page.column_dimensions[get_column_letter(first + 1)].width = width(list(ids.values()))
        cells[title.name] = f"'{name}'!${letter}$2:${letter}${len(ids) + 1}"
    place(page, 1, 1).alignment = CENTRE
    return cells
