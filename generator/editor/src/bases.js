// The texts from which forms were filled. A form carries only the mark of its text, which outlives a reload of the page: the same
// text has the same mark. A mark that no text has belongs to a file that somebody else has changed since.

const texts = new Map();

/** Keep a text, and return its mark. */
export function keep(text) {
  const mark = `${hash(text, 0x811c9dc5)}${hash(text, 0x1b873593)}-${text.length}`;
  texts.set(mark, text);
  return mark;
}

/** Return the text of a mark, or undefined. */
export function text(mark) {
  return texts.get(mark);
}

/** FNV-1a over UTF-16 units: enough to tell apart the few texts of one repository, and quick. */
function hash(value, seed) {
  let state = seed;
  for (let at = 0; at < value.length; at += 1) state = Math.imul(state ^ value.charCodeAt(at), 0x01000193) >>> 0;
  return state.toString(36);
}
