"""From the marked pages of one template to one Go template and the data of each page.

Hugo gets every condition decided, so that its templates only branch, loop, escape and write: less work than ours do.
Words of the interface are written into its templates, or looked up where it is given a table of words. Where the pages
do not have one shape, Hugo gets the finished markup as one value.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bench.hugo.marks import Kind, Part, Site
from generator.pages.filters import money

Child = str | Part
MONEY = '{{ lang.FormatNumberCustom 2 .%s "− . ," }}'
IN_ADDRESS = re.compile(r"""(?:^|[\s])(?:href|src|action)="[^"]*$""")


class Conflict(Exception):
    """Pages of one template whose own text differs: there is no one template for this part of them."""


@dataclass
class Static:
    """A text of the template itself."""

    text: str


@dataclass
class Value:
    """One value from the data; ``markup`` when it holds tags and is finished, ``money`` when it is to be formatted."""

    key: str
    markup: bool
    money: bool = False


@dataclass
class Word:
    """A word of the interface, looked up by its key."""

    key: str


@dataclass
class Branches:
    """A condition: the branches that occur by their number, with the key that says whether each is taken."""

    branches: dict[int, tuple[str, Shape]]


@dataclass
class Loop:
    """A loop over a list of the data."""

    key: str
    item: Shape | None


@dataclass
class Shape:
    """What stands in a body, one node for each child of a part."""

    nodes: list[Node]


Node = Static | Value | Word | Branches | Loop | Shape


class Shaper:
    """Finds the one shape of the pages of one template; ``words`` collects words by key, None writes them out."""

    def __init__(self, sites: Sequence[Site], words: dict[str, str] | None = None) -> None:
        self.sites = sites
        self.words = words
        self.keys = 0

    def key(self) -> str:
        """Return a new key."""
        self.keys += 1
        return f"v{self.keys}"

    def shape(self, bodies: list[list[Child]]) -> Shape:
        """Return the shape that all bodies have; raises `Conflict`."""
        skeletons = {tuple(child if isinstance(child, str) else child.site for child in body) for body in bodies}
        if len(skeletons) != 1:
            raise Conflict
        columns = [list(column) for column in zip(*bodies, strict=True)]
        return Shape([self.node(column) for column in columns])

    def node(self, column: list[Child]) -> Node:
        """Return what stands at one position of all bodies."""
        if isinstance(column[0], str):
            return Static(column[0])
        found = [child for child in column if isinstance(child, Part)]
        kept = self.keys
        try:
            match self.sites[found[0].site].kind:
                case Kind.IF:
                    return self.branches(found)
                case Kind.LOOP:
                    return self.loop(found)
            if all(part.plain for part in found):
                return self.value(found)
            return self.shape([part.children for part in found])
        except Conflict:
            self.keys = kept
            return self.value(found)

    def flat(self, part: Part) -> str:
        """Return the text inside a part as people read it, with amounts formatted."""
        if self.sites[part.site].kind is Kind.MONEY:
            return money(Decimal(part.flat))
        return "".join(child if isinstance(child, str) else self.flat(child) for child in part.children)

    def value(self, found: list[Part]) -> Static | Value | Word:
        """Return a plain value, or a word where it is a fixed one of the interface."""
        texts = {self.flat(part) for part in found}
        kind = self.sites[found[0].site].kind
        if kind is Kind.WORD and len(texts) == 1:
            return self.word(texts.pop())
        return Value(self.key(), any("<" in text for text in texts), kind is Kind.MONEY)

    def word(self, text: str) -> Static | Word:
        """Return a fixed word, written out or to be looked up."""
        if self.words is None or "<" in text:
            return Static(text)
        known = {word: key for key, word in self.words.items()}
        key = known.get(html.unescape(text), f"w{len(known)}")
        self.words[key] = html.unescape(text)
        return Word(key)

    def branches(self, found: list[Part]) -> Branches:
        """Return a condition with the branches that any page takes."""
        taken: dict[int, list[list[Child]]] = {}
        for part in found:
            for branch in part.children:
                if isinstance(branch, Part):
                    taken.setdefault(self.sites[branch.site].number, []).append(branch.children)
        return Branches({number: (self.key(), self.shape(taken[number])) for number in sorted(taken)})

    def loop(self, found: list[Part]) -> Loop:
        """Return a loop; raises `Conflict` where it says something else when there is nothing to loop over."""
        items = [child for part in found for child in part.children]
        if any(isinstance(item, str) or self.sites[item.site].kind is not Kind.ITEM for item in items):
            raise Conflict
        bodies = [item.children for item in items if isinstance(item, Part)]
        return Loop(self.key(), self.shape(bodies) if bodies else None)

    def data(self, shape: Shape, body: list[Child], into: dict[str, Any]) -> dict[str, Any]:
        """Return the data with which the shape gives this body."""
        for node, child in zip(shape.nodes, body, strict=True):
            if isinstance(child, str) or isinstance(node, Static | Word):
                continue
            match node:
                case Shape():
                    self.data(node, child.children, into)
                case Value():
                    text = child.flat if node.money else self.flat(child)
                    into[node.key] = text if node.markup else html.unescape(text)
                case Branches():
                    for branch in child.children:
                        if isinstance(branch, Part):
                            key, inside = node.branches[self.sites[branch.site].number]
                            into[key] = True
                            self.data(inside, branch.children, into)
                case Loop():
                    into[node.key] = [
                        self.data(node.item, item.children, {})
                        for item in child.children if isinstance(item, Part) and node.item
                    ]  # fmt: skip
        return into


def escaped(text: str) -> str:
    """Return a text of the template as Go writes it."""
    return text.replace("{{", '{{ "{{" }}')


def go(shape: Shape, before: str = "") -> str:
    """Return a shape as the text of a Go template; ``before`` is the markup in front of it."""
    out: list[str] = []
    tail = before
    for node in shape.nodes:
        match node:
            case Static():
                out.append(escaped(node.text))
                tail = (tail + node.text)[-400:]
            case Value():
                address = IN_ADDRESS.search(tail)
                pipe = " | safeHTML" if node.markup else " | safeURL" if address else ""
                out.append(MONEY % node.key if node.money else f"{{{{ .{node.key}{pipe} }}}}")
            case Word():
                out.append(f'{{{{ T "{node.key}" }}}}')
            case Shape():
                inside = go(node, tail)
                out.append(inside)
                tail = (tail + re.sub(r"\{\{.*?\}\}", "", inside))[-400:]
            case Branches():
                for at, (key, branch) in enumerate(node.branches.values()):
                    out.append(f"{{{{ {'else if' if at else 'if'} .{key} }}}}{go(branch, tail)}")
                out.append("{{ end }}" if node.branches else "")
            case Loop() if node.item:
                out.append(f"{{{{ range .{node.key} }}}}{go(node.item, tail)}{{{{ end }}}}")
    return "".join(out)


def finished(shape: Shape, data: Any) -> int:
    """Return how many characters of a page's data are finished markup."""
    total = 0
    for node in shape.nodes:
        match node:
            case Value() if node.markup:
                total += len(data.get(node.key, ""))
            case Shape():
                total += finished(node, data)
            case Branches():
                total += sum(finished(branch, data) for key, branch in node.branches.values() if data.get(key))
            case Loop() if node.item:
                total += sum(finished(node.item, item) for item in data.get(node.key, ()))
    return total
