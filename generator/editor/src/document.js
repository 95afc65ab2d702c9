// A YAML file as the fields of a form, and back: only the scalars that were changed are replaced in the text, so comments, order
// and the way in which everything else is written stay. What is too intricate for that is written in one line where it stands.

import { isMap, isScalar, isSeq, parseDocument } from "yaml";
import { AT } from "./table.js";
import { empty, entered, same, shown } from "./values.js";

/** Return the fields of a file; `spec` names its keys, with those of the entries of its lists. */
export function readDocument(text, spec) {
  return fieldsOf(rootOf(text, spec), spec.columns);
}

function rootOf(text, spec) {
  const document = parseDocument(text, { schema: "failsafe", keepSourceTokens: true });
  if (document.errors.length || (document.contents !== null && !isMap(document.contents))) throw new Error(spec.unreadable);
  return document.contents;
}

function fieldsOf(map, columns) {
  const fields = {};
  for (const column of columns) {
    const node = pairOf(map, column)?.value;
    if (column.columns) {
      const items = isSeq(node) ? node.items : [];
      fields[column.name] = items.map((item, at) => ({ [AT]: String(at), ...fieldsOf(item, column.columns) }));
    } else {
      fields[column.name] = valueOf(node, column);
    }
  }
  return fields;
}

function pairOf(map, column) {
  return isMap(map) ? map.items.find((pair) => isScalar(pair.key) && column.titles.includes(textOf(pair.key))) : undefined;
}

function textOf(node) {
  return isScalar(node) ? String(node.value ?? "") : "";
}

function valueOf(node, column) {
  if (!isSeq(node)) return shown(column, textOf(node));
  const texts = node.items.map((item) => textOf(item).trim()).filter(Boolean);
  return column.list ? texts : texts.join(";");
}

/** Return the text of the file after its fields were changed in a form. */
export function writeDocument(text, spec, fields) {
  const root = rootOf(text, spec);
  if (!root) return blockMap(fields, spec.columns, "") + "\n";
  const edits = [];
  editMap(root, spec.columns, fields, { text, edits });
  return applied(text, edits);
}

function applied(text, edits) {
  // From the end, so that the places of the others stay right. Where two stand at one place, the earlier comes first.
  return edits
    .map((edit, number) => ({ ...edit, number }))
    .sort((one, other) => other.start - one.start || other.number - one.number)
    .reduce((result, edit) => result.slice(0, edit.start) + edit.by + result.slice(edit.end), text);
}

function editMap(map, columns, fields, work) {
  let before = null;
  for (const column of columns) {
    const pair = pairOf(map, column);
    if (column.columns) editList(map, pair, column, fields[column.name] ?? [], work, before);
    else editValue(map, pair, column, fields[column.name], work, before);
    before = pair ?? before;
  }
}

function editValue(map, pair, column, wanted, work, before) {
  const own = entered(column, wanted);
  if (same(own, valueOf(pair?.value, column))) return;
  const value = column.codes && isSeq(pair?.value) ? own.split(/[;；、]/).map((part) => part.trim()).filter(Boolean) : own;
  if (!pair) addPair(map, column, inline(value), work, before);
  else replace(pair, inline(value, map.flow ? undefined : pair.value), work);
}

/** Put a text in the place of a pair's value, which may not be written yet. */
function replace(pair, by, work) {
  const node = pair.value;
  const written = node?.range && node.range[1] > node.range[0];
  const start = written ? node.range[0] : colon(pair, work.text);
  const end = written ? contentEnd(node) : start;
  work.edits.push({ start, end, by: written ? by : ` ${by}` });
}

function colon(pair, text) {
  return text.indexOf(":", pair.key.range[1]) + 1;
}

function addPair(map, column, by, work, before) {
  const pair = `${inline(column.titles[0])}: ${by}`;
  const after = before ?? null;
  if (map.flow) {
    const last = map.items.at(-1);
    const at = last ? pairEnd(last) : map.range[0] + 1;
    work.edits.push({ start: at, end: at, by: last ? `, ${pair}` : pair });
  } else if (after && !(after.value && !after.value.flow && !isScalar(after.value))) {
    const at = endOfLine(work.text, pairEnd(after));
    work.edits.push({ start: at, end: at, by: `\n${" ".repeat(columnOf(work.text, map.range[0]))}${pair}` });
  } else {
    const at = map.range[0];
    work.edits.push({ start: at, end: at, by: `${pair}\n${" ".repeat(columnOf(work.text, at))}` });
  }
}

function editList(map, pair, column, wanted, work, before) {
  const node = pair?.value;
  const items = isSeq(node) ? node.items : [];
  const places = wanted.map((item) => (item[AT] === undefined || item[AT] === "" ? -1 : Number(item[AT])));
  const known = places.filter((at) => at >= 0);
  const steady = known.every((at, index) => at < items.length && (!index || at > known[index - 1]));
  if (!pair) {
    if (wanted.length) addPair(map, column, flowList(wanted, column), work, before);
    return;
  }
  if (!steady || !items.length || node.flow || !known.length) {
    if (steady && known.length === items.length && wanted.length === items.length) {
      items.forEach((item, at) => editMap(item, column.columns, wanted[at], work));
    } else {
      replace(pair, flowList(wanted, column), work);
    }
    return;
  }
  items.forEach((item, at) => {
    const index = places.indexOf(at);
    if (index < 0) removeItem(item, work);
    else editMap(item, column.columns, wanted[index], work);
  });
  addItems(node, items, places, wanted, column, work);
}

function removeItem(item, work) {
  const start = startOfLine(work.text, item.range[0]);
  const end = endOfLine(work.text, contentEnd(item));
  work.edits.push({ start, end: Math.min(end + 1, work.text.length), by: "" });
}

/** Write the new entries of a block list, each after the entry that it follows, in the manner of its neighbours. */
function addItems(node, items, places, wanted, column, work) {
  const indent = " ".repeat(columnOf(work.text, node.range[0]));
  const flow = items.every((item) => item.flow);
  let last = -1;
  wanted.forEach((item, index) => {
    if (places[index] >= 0) {
      last = places[index];
      return;
    }
    const body = flow ? flowMap(item, column.columns) : blockMap(item, column.columns, `${indent}  `);
    const at = last < 0 ? startOfLine(work.text, items[0].range[0]) : endOfLine(work.text, contentEnd(items[last]));
    work.edits.push({ start: at, end: at, by: last < 0 ? `${indent}- ${body}\n` : `\n${indent}- ${body}` });
  });
}

function flowList(items, column) {
  return `[${items.map((item) => flowMap(item, column.columns)).join(", ")}]`;
}

function flowMap(fields, columns) {
  return `{${pairs(fields, columns).join(", ")}}`;
}

function blockMap(fields, columns, indent) {
  return pairs(fields, columns).join(`\n${indent}`);
}

function pairs(fields, columns) {
  return columns.flatMap((column) => {
    const value = column.columns ? fields[column.name] ?? [] : entered(column, fields[column.name]);
    if (empty(value)) return [];
    return [`${inline(column.titles[0])}: ${column.columns ? flowList(value, column) : inline(value)}`];
  });
}

// What can stand without quotes, also in a list in one line, and what looks like a number and would be another one to some reader.
const PLAIN = /^[^\s\-?:,[\]{}#&*!|>'"%@`~=<.+][^,[\]{}#&*!|>'"`\n\r\t:]*$/u;
const NUMBER = /^[0-9][0-9._eExXoObB+-]*$/;
const PLAIN_NUMBER = /^(?:[1-9][0-9]*|0)(?:\.[0-9]+)?$|^\d{4}-\d{2}(?:-\d{2})?$/;
const WORDS = /^(?:true|false|yes|no|on|off|null|y|n)$/i;

/** Return a value as it can stand in one line: plain where that is safe, in the quotes that the old one had, or in double ones. */
function inline(value, old) {
  if (Array.isArray(value)) return `[${value.map((part) => inline(part)).join(", ")}]`;
  const isQuoted = isScalar(old) && old.type?.startsWith("QUOTE");
  const isNumber = NUMBER.test(value) && !PLAIN_NUMBER.test(value);
  const isPlain = PLAIN.test(value) && !isNumber && !WORDS.test(value) && value === value.trim();
  return isPlain && !isQuoted ? value : JSON.stringify(value);
}

function pairEnd(pair) {
  return pair.value?.range ? Math.max(contentEnd(pair.value), pair.key.range[1]) : pair.key.range[1];
}

/** Return where the last thing of a node ends, without the comments and empty lines behind it. */
function contentEnd(node) {
  if (node.flow || isScalar(node) || !node.items?.length) return node.range[1];
  const last = node.items.at(-1);
  return isMap(node) ? pairEnd(last) : contentEnd(last);
}

function startOfLine(text, at) {
  return text.lastIndexOf("\n", at - 1) + 1;
}

function endOfLine(text, at) {
  const end = text.indexOf("\n", at);
  const stop = end < 0 ? text.length : end;
  return text[stop - 1] === "\r" ? stop - 1 : stop;
}

function columnOf(text, at) {
  return at - startOfLine(text, at);
}
