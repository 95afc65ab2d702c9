// The page at /edit/: reads its configuration, which was made from the records of the generator, and starts Sveltia CMS.

import "./language.js";
import CMS from "@sveltia/cms";
import * as bases from "./bases.js";
import { format } from "./formats.js";

const answer = await fetch("config.json", { cache: "no-cache" });
const { formats, cms } = await answer.json();
for (const spec of formats) CMS.registerCustomFormat(spec.name, spec.kind, format(spec, bases));
document.getElementById("waiting")?.remove();
const logo = { src: new URL("../assets/favicon.svg", document.baseURI).href };
CMS.init({ config: { ...cms, logo, load_config_file: false } });
