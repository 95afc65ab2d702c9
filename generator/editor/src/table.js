// A CSV file as a list of rows for a form, and back: only the cells that were changed are replaced in the text, a new row
// becomes one line, a deleted row takes its line with it. Everything else stays byte for byte as it was.

import { lineEnd, parts, quoted } from "./scan.js";
import { empty, entered, same, shown, written } from "./values.js";

// The column of a form's row that remembers which record of the file it came from.
export const AT = "_at";

/** Return the rows of a file; `spec` names its columns and the words that begin a row of totals. */
export function readTable(text, spec) {
  const found = parts(text, spec.columns);
  if (!found) {
    if (text.trim()) throw new Error(spec.unreadable);
    return [];
  }
  const rows = [];
  found.records.forEach((record, at) => {
    if (at > found.header && isData(record, spec.totals)) rows.push(rowOf(record, at, found.names, spec.columns));
  });
  return rows;
}

function isData(record, totals) {
  const first = record.cells.map((cell) => cell.text.trim()).find(Boolean);
  return first !== undefined && !totals.includes(first.replace(/[\s:：]/g, "").toLowerCase());
}

function rowOf(record, at, names, columns) {
  const row = { [AT]: String(at) };
  for (const column of columns) {
    const cell = record.cells[names.indexOf(column.name)];
    row[column.name] = shown(column, cell?.text ?? "");
  }
  return row;
}

/** Return the text of the file after the rows were changed in a form. */
export function writeTable(text, spec, rows) {
  const found = parts(text, spec.columns) ?? fresh(spec);
  const source = found.text ?? text;
  const eol = lineEnd(source);
  const { kept, added } = sorted(rows, found);
  const extra = missing(found.names, spec.columns, rows);
  const all = [...found.names, ...extra.map((column) => column.name)];
  const pieces = [source.startsWith("\uFEFF") ? "\uFEFF" : ""];
  const line = (row) => all.map((name) => newCell(name, row, spec.columns, found.separator)).join(found.separator) + eol;
  found.records.forEach((record, at) => {
    const ended = source.slice(record.end, record.next);
    if (at < found.header || (at > found.header && !isData(record, spec.totals))) {
      pieces.push(source.slice(record.start, record.next));
    } else if (at === found.header) {
      const titles = extra.map((column) => found.separator + column.titles[0]);
      pieces.push(source.slice(record.start, record.end) + titles.join("") + ended);
    } else if (kept.has(at)) {
      pieces.push(changed(source, record, kept.get(at), found, spec, extra) + ended);
    }
    const more = (added.get(at) ?? []).map(line);
    // The last line of a file may have no end; with a line behind it, it needs one.
    if (more.length && record.next === record.end) pieces.push(eol);
    pieces.push(...more);
  });
  return pieces.join("");
}

/** Return the header of a file that has none yet. */
function fresh(spec) {
  const text = spec.columns.map((column) => column.titles[0]).join(",") + "\n";
  return { ...parts(text, spec.columns), text };
}

/** Return the rows that are in the file, by record, and the new ones, by the record that they follow. */
function sorted(rows, found) {
  const kept = new Map();
  const added = new Map();
  let last = found.header;
  for (const row of rows) {
    const at = row[AT] === undefined || row[AT] === "" ? -1 : Number(row[AT]);
    if (at > last && at < found.records.length) {
      kept.set(at, row);
      last = at;
    } else {
      added.set(last, [...(added.get(last) ?? []), row]);
    }
  }
  return { kept, added };
}

/** Return the columns that the file does not have and that a row now says something in. */
function missing(names, columns, rows) {
  return columns.filter((column) => !names.includes(column.name) && rows.some((row) => !empty(entered(column, row[column.name]))));
}

function newCell(name, row, columns, separator) {
  const column = columns.find((one) => one.name === name);
  return column ? quoted(written(entered(column, row[name])), separator) : "";
}

function changed(source, record, row, found, spec, more) {
  let text = "";
  let at = record.start;
  let end = record.end;
  found.names.forEach((name, index) => {
    const column = spec.columns.find((one) => one.name === name);
    const cell = record.cells[index];
    const value = column && entered(column, row[name]);
    if (!cell || !column || same(value, shown(column, cell.text))) return;
    text += source.slice(at, cell.start) + quoted(written(value), found.separator);
    at = cell.end;
  });
  text += source.slice(at, end);
  const behind = found.names.slice(record.cells.length);
  const rest = [...behind, ...more.map((column) => column.name)].map((name) => newCell(name, row, spec.columns, found.separator));
  // A short row stays short, unless something now stands in a cell that it did not have.
  return rest.some(Boolean) || more.length ? [text, ...rest].join(found.separator) : text;
}
