// RFC 4180 text to records, each cell with the span in which it is written. It takes apart what the program's own reader
// (generator/reading/scanner.py) takes apart, and in the same way; here the spans are what matters: they are what is replaced.

const QUOTE = '"';

// The characters that may stand between cells; the header shows which it is.
const SEPARATORS = [",", ";", "\t"];

/** Return the records of a text: {start, end, next, cells: [{start, end, text}]}; `next` is behind the line's end. */
export function scan(text, separator) {
  const records = [];
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  while (at < text.length) {
    const record = recordAt(text, at, separator);
    records.push(record);
    at = record.next;
  }
  return records;
}

function recordAt(text, start, separator) {
  const cells = [];
  let at = start;
  for (;;) {
    const cell = cellAt(text, at, separator);
    cells.push(cell);
    if (text[cell.end] !== separator) {
      const next = cell.end + lineEndAt(text, cell.end).length;
      return { start, end: cell.end, next, cells };
    }
    at = cell.end + 1;
  }
}

/** Return the line end that stands at a position, or nothing at the end of the text. */
function lineEndAt(text, at) {
  return text.startsWith("\r\n", at) ? "\r\n" : text.slice(at, at + 1);
}

function cellAt(text, start, separator) {
  const closing = text[start] === QUOTE ? closingQuote(text, start) : -1;
  let end = closing < 0 ? start : closing + 1;
  while (end < text.length && text[end] !== separator && text[end] !== "\n" && text[end] !== "\r") end += 1;
  const inside = closing < 0 ? "" : text.slice(start + 1, closing).replaceAll('""', QUOTE);
  const outside = text.slice(closing < 0 ? start : closing + 1, end);
  return { start, end, text: inside + outside };
}

function closingQuote(text, start) {
  let at = start + 1;
  for (;;) {
    at = text.indexOf(QUOTE, at);
    if (at < 0 || text[at + 1] !== QUOTE) return at;
    at += 2;
  }
}

/** Return how the lines of a text end. */
export function lineEnd(text) {
  const at = text.search(/[\r\n]/);
  return at < 0 ? "\n" : lineEndAt(text, at) || "\n";
}

/** Return the separator, the records and the index of the header, or null where no header is found. */
export function parts(text, columns) {
  const titles = new Map(columns.flatMap((column) => column.titles.map((title) => [keyOf(title), column.name])));
  for (const separator of SEPARATORS) {
    const records = scan(text, separator);
    const header = records.slice(0, 20).findIndex((record) => isHeader(record, titles, columns.length));
    if (header >= 0 && (separator === "," || records[header].cells.length > 1)) {
      const names = records[header].cells.map((cell) => titles.get(keyOf(cell.text)));
      return { separator, records, header, names };
    }
  }
  return null;
}

function keyOf(title) {
  return title.trim().toLowerCase();
}

function isHeader(record, titles, count) {
  const filled = record.cells.map((cell) => keyOf(cell.text)).filter(Boolean);
  const found = new Set(filled.map((key) => titles.get(key)).filter(Boolean));
  return found.size > 0 && (found.size >= 0.6 * count || (found.size > 1 && found.size >= 0.6 * filled.length));
}

/** Return a text as a cell, in quotation marks where it needs them. */
export function quoted(text, separator) {
  const needs = [QUOTE, separator, "\n", "\r"].some((sign) => text.includes(sign)) || text !== text.trim();
  return needs ? QUOTE + text.replaceAll(QUOTE, '""') + QUOTE : text;
}
