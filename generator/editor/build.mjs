// Bundles the forms:  node build.mjs FOLDER
// Everything that the page loads comes from this folder: the patches below take out what would be asked of other hosts.

import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { patched } from "./patches.mjs";

const PACKAGE = "node_modules/@sveltia/cms";
// Ways to write code, maps and pictures, none of which a form of ours has. Each is loaded only when a field asks for it.
const UNUSED = /^(@shikijs\/|leaflet|terra-draw|svgo|turndown|exifr|\.\/chunks\/(heic|webp|shiki))/;
const LANGUAGE = /\/locales\/([\w-]+)\.json$/;
const LANGUAGES = ["zh-CN", "en-US"];

const NOTHING = { path: "nothing", namespace: "unused" };

const unused = {
  name: "unused",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: UNUSED }, () => NOTHING);
    onResolve({ filter: LANGUAGE }, ({ path }) =>
      LANGUAGES.includes(path.match(LANGUAGE)[1]) ? undefined : NOTHING,
    );
    onLoad({ filter: /.*/, namespace: "unused" }, () => ({ contents: "export default {};" }));
  },
};

const ours = {
  name: "ours",
  setup({ onLoad }) {
    onLoad({ filter: /@sveltia\/cms\/npm\/index\.js$/ }, async ({ path }) => ({
      contents: patched(await readFile(path, "utf8")),
      loader: "js",
    }));
  },
};

// Chinese is complete but for messages to those who write configurations, which ours has passed.
const chinese = {
  name: "chinese",
  setup({ onLoad }) {
    onLoad({ filter: /locales\/zh-CN\.json$/ }, async ({ path }) => {
      const read = async (file) => JSON.parse(await readFile(file, "utf8"));
      const words = flat(await read(path));
      const more = await read("src/zh-CN.json");
      const missing = Object.keys(flat(await read(path.replace("zh-CN", "en-US")))).filter(
        (key) => !(key in words) && !(key in more) && !key.startsWith("config."),
      );
      if (missing.length) throw new Error(`not in Chinese: ${missing.join(", ")}`);
      return { contents: JSON.stringify(nested({ ...words, ...more })), loader: "json" };
    });
  },
};

function flat(words, before = "") {
  return Object.fromEntries(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === "object" ? Object.entries(flat(value, `${before}${key}.`)) : [[`${before}${key}`, value]],
    ),
  );
}

function nested(words) {
  const root = {};
  for (const [key, value] of Object.entries(words)) {
    const parts = key.split(".");
    const last = parts.pop();
    parts.reduce((inside, part) => (inside[part] ??= {}), root)[last] = value;
  }
  return root;
}

const out = process.argv[2];
await rm(out, { recursive: true, force: true });
await mkdir(join(out, "assets"), { recursive: true });
const { metafile } = await build({
  entryPoints: { editor: "src/main.js" },
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["chrome109", "firefox115", "safari16.4"],
  minify: true,
  charset: "utf8",
  legalComments: "linked",
  entryNames: "[name]-[hash]",
  chunkNames: "part-[hash]",
  metafile: true,
  plugins: [unused, ours, chinese],
  logLevel: "warning",
});
const main = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint === "src/main.js")[0];
const source = await readFile(main, "utf8");
for (const font of new Set(source.match(/assets\/[\w-]+\.woff2/g))) {
  await copyFile(join(PACKAGE, "npm", font), join(out, font));
}
for (const licence of ["material-symbols-outlined", "noto-mono", "source-sans-3"]) {
  await copyFile(join(PACKAGE, "npm/assets", `${licence}.LICENSE.txt`), join(out, "assets", `${licence}.LICENSE.txt`));
}
await copyFile(join(PACKAGE, "LICENSE.txt"), join(out, "sveltia-cms.LICENSE.txt"));
// The formats alone, for tests outside of a browser; a name with a dot is no part of the site.
await build({
  stdin: {
    contents: 'export { format } from "./src/formats.js"; export * as bases from "./src/bases.js";',
    resolveDir: ".",
  },
  outfile: join(out, ".formats.mjs"),
  bundle: true,
  format: "esm",
  platform: "neutral",
  mainFields: ["module", "main"],
  logLevel: "warning",
});
await writeFile(join(out, "main.txt"), `${basename(main)}\n`);
