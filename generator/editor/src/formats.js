// The formats of our files for Sveltia CMS: from a file to what its form shows, and back to the text with only the changes.

import { readDocument, writeDocument } from "./document.js";
import { readTable, writeTable } from "./table.js";

// The field of every form that remembers which text the form was filled from.
export const BASE = "_base";
const ROWS = "rows";

const KINDS = {
  csv: {
    read: (text, spec) => ({ [ROWS]: readTable(text, spec) }),
    write: (text, spec, content) => writeTable(text, spec, content[ROWS] ?? []),
  },
  yml: { read: readDocument, write: writeDocument },
};

/** Return the two functions of one format; `bases` keeps the texts that forms were filled from. */
export function format(spec, bases) {
  const { read, write } = KINDS[spec.kind];
  return {
    fromFile: (text) => {
      // A file that is no UTF-8 would come back damaged: it is not opened at all.
      if (text.includes("\uFFFD") || text.includes("\0")) throw new Error(spec.unreadable);
      return { ...read(text, spec), [BASE]: bases.keep(text) };
    },
    toFile: (content) => {
      const text = content[BASE] ? bases.text(content[BASE]) : "";
      if (text === undefined) throw new Error(spec.stale);
      const result = write(text, spec, content);
      if (!says(read(result, spec), plain(content))) throw new Error(spec.unwritable);
      return result;
    },
  };
}

/** Return whether a text that was written says what the form says: what cannot be written rightly is not written. */
function says(read, content) {
  return JSON.stringify(plain(read)) === JSON.stringify(pick(content, plain(read)));
}

/** Return a value without the marks of our own, with nothing as the empty text. */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return String(value).trim();
  const own = Object.entries(value).filter(([name]) => !name.startsWith("_"));
  return Object.fromEntries(own.map(([name, inner]) => [name, plain(inner)]));
}

/** Return `value` with the names of `model`, in its order, and an empty list where it lacks one. */
function pick(value, model) {
  if (Array.isArray(model)) {
    const items = Array.isArray(value) ? value : value === "" || value === undefined ? [] : [value];
    return items.map((item, at) => pick(item, model[at]));
  }
  if (model === null || typeof model !== "object") return value ?? "";
  return Object.fromEntries(Object.keys(model).map((name) => [name, pick(value?.[name], model[name])]));
}
