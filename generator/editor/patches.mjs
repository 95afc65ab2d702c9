// What is changed in Sveltia CMS before it is bundled. Each place must be there as often as said, or the build stops: the version
// is pinned, and whoever moves it looks at these places again.

const PATCHES = [
  {
    why: "A format of ours gets the text of a file as it is, with its line ends and its last line",
    from: "e=e.trim().replace(/\\r\\n?/g,`\n`);let o=!a&&",
    to: "let own=e;e=e.trim().replace(/\\r\\n?/g,`\n`);let o=!a&&",
    times: 1,
  },
  { why: "The same", from: "?.parser;if(c)return c(e);", to: "?.parser;if(c)return c(own);", times: 1 },
  { why: "A format of ours says how a file ends", from: "return`${(await i(e)).trim()}\\n`", to: "return await i(e)", times: 1 },
  { why: "Fonts are beside the page", from: /url\(https:\/\/cdn\.jsdelivr\.net\/fontsource\/[^)]*\)\s*format\('[^']*'\)/g, to: "local('-')", times: 3 },
  {
    why: "Nobody is asked how a code host is today",
    from: /=async\(\)=>\{try\{let\{(?=status:\{indicator|result:\{status_overall)/g,
    to: "=async()=>{return`none`;try{let{",
    times: 2,
  },
  {
    why: "Attachments are not put into the published branch past review: no page of files, and no button for new ones",
    from: "return(xA.current.length||hX.current.length||pX.current.length)&&e.push({key:`assets`",
    to: "return!1&&e.push({key:`assets`",
    times: 1,
  },
  {
    why: "The same",
    from: "function HVe(e,t){D(t,!0);let n=k(()=>EF({visible:!0,type:`entry`}));",
    to: "function HVe(e,t){return;D(t,!0);let n=k(()=>EF({visible:!0,type:`entry`}));",
    times: 1,
  },
  { why: "Parts of the program are beside the page", from: /https:\/\/unpkg\.com/g, to: "about:invalid", times: 4 },
];

/** Return the source of Sveltia CMS with our changes. */
export function patched(source) {
  return PATCHES.reduce((text, { why, from, to, times }) => {
    const pieces = text.split(from);
    if (pieces.length !== times + 1) throw new Error(`${why}: found ${pieces.length - 1} times, not ${times}: ${from}`);
    return pieces.join(to);
  }, source);
}
