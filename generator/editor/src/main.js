// The page at /edit/: reads its configuration, which was made from the records of the generator, and starts Sveltia CMS.

import CMS from "@sveltia/cms";
import * as bases from "./bases.js";
import { format } from "./formats.js";

// Where Sveltia CMS keeps what somebody chose, such as the language.
const CHOICES = "sveltia-cms.prefs";

const answer = await fetch("config.json", { cache: "no-cache" });
const { language, formats, cms } = await answer.json();
if (!localStorage.getItem(CHOICES)) localStorage.setItem(CHOICES, JSON.stringify({ locale: language }));
for (const spec of formats) CMS.registerCustomFormat(spec.name, spec.kind, format(spec, bases));
document.getElementById("waiting")?.remove();
CMS.init({ config: { ...cms, load_config_file: false } });
