// What stands in a cell, and what a form shows of it. A value that is shown as it was read is never written back, so a file
// keeps the words and the spelling that it had: only what somebody changed is written in the form's own way.

/** Return what the form shows for the text of a cell. */
export function shown(column, text) {
  const trimmed = text.trim();
  if (column.list) return trimmed.split(/[;；、]/).map((part) => part.trim()).filter(Boolean);
  return column.words?.[trimmed] ?? column.words?.[trimmed.toLowerCase()] ?? trimmed;
}

/** Return what the form holds for a column as a value to compare and to write: a text, or a list of texts. */
export function entered(column, value) {
  if (column.list) return [value ?? []].flat().map((part) => String(part).trim()).filter(Boolean);
  return String(value ?? "").trim();
}

/** Return whether two values of a column are the same. */
export function same(one, other) {
  return Array.isArray(one) ? one.length === other.length && one.every((part, at) => part === other[at]) : one === other;
}

/** Return the text of a cell for a value. */
export function written(value) {
  return Array.isArray(value) ? value.join(";") : value;
}

/** Return whether a value says nothing. */
export function empty(value) {
  return value.length === 0;
}
