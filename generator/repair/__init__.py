"""Mends what has one possible meaning, and nothing else: `mingzhang fix`.

What is mended, always so that every value that could be read before reads the same afterwards:

- the file: other encodings that were proved → UTF-8 without byte order mark; CRLF and CR → LF; a last line end;
- a table: semicolons, tabs and full-width commas between cells → commas; title rows above the header, empty rows and empty
  columns behind the last one, the header once more → gone; spaces around texts → gone; titles with other capitals,
  widths or spaces → the declared title; a whole row, or the whole table, pasted into one cell → its cells;
- amounts and numbers: full-width digits, thousands separators, ¥ and 元, 万;
- dates: 2023/2/13, 2023.2.13, 2023年2月13日, a midnight that a spreadsheet added; months and ranges likewise, 开学前;
- codes, choices, lists: full-width letters and digits, spaces inside the words of a choice, ticks, commas between codes;
- characters that show nothing, in every cell; an apostrophe by which a spreadsheet marks text, before numbers and codes;
- YAML: the same for bytes and values, each in its own place; tabs behind a line or a colon → gone
  or a space; a Chinese colon behind a known name, or one without its space → a colon and a space.

What is never mended: day numbers (1900 or 1904?), (200), 2/13/2023, 2023.1 (or 2023.10?), numbers that a spreadsheet
rewrote, formulas, a word that is only close to an allowed one, characters that turn the direction of a text. It is left
as written, byte for byte, and told with the message of `mingzhang check`. Why, stands in
`docs/decisions/0015-what-fix-mends.md`.
"""

from generator.repair.kinds import Repair, Repaired
from generator.repair.school import mended, repaired
from generator.repair.values import surely
from generator.repair.writing import write_table

__all__ = ["Repair", "Repaired", "mended", "repaired", "surely", "write_table"]
