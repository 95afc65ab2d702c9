// The patterns of the forms in the engine that runs them, against what the readers of the program said.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const { kinds } = JSON.parse(await readFile(process.env.GIVEN, "utf8"));

for (const { name, pattern, strict, examples } of kinds) {
  test(`${name} takes what the program reads`, () => {
    const matches = new RegExp(pattern);
    assert.ok(examples.some(([, read]) => read) && examples.some(([, read]) => !read));
    for (const [text, read] of examples) {
      if (read) assert.ok(matches.test(text), `refused: ${text}`);
      if (!read && strict) assert.ok(!matches.test(text), `taken: ${text}`);
    }
    assert.ok(matches.test(""));
  });
}
