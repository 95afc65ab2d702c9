"""Our templates with marks: every value, condition and loop says in the rendered text where it begins and ends.

The marks are characters of a plane that no text uses. What is rendered with them shows which part of a page is the
template's own and which comes from the data, so that both can be handed to another program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from jinja2 import Environment, nodes

OPEN = 0xF0000
CLOSE = "\U0010fffd"
MARK = re.compile("[\U000f0000-\U0010fffd]")
WORDS = ("_", "gettext", "ngettext")


class Kind(Enum):
    """What a mark stands around."""

    VALUE = "value"
    MONEY = "money"
    WORD = "word"
    IF = "if"
    BRANCH = "branch"
    LOOP = "loop"
    ITEM = "item"


@dataclass(frozen=True)
class Site:
    """One marked place of a template; ``number`` is that of a branch among those of its condition."""

    kind: Kind
    number: int = 0


@dataclass
class Marker:
    """Marks the templates of one environment, remembering every site.

    With ``raw`` an amount is handed over as it is in the records, for the other program to write as people read it.
    """

    raw: bool = False
    sites: list[Site] = field(default_factory=list)

    def install(self, environment: Environment) -> None:
        """Make an environment mark every template that it compiles from now on."""
        parse = environment._parse

        def marked(source: str, name: str | None, filename: str | None) -> nodes.Template:
            template = parse(source, name, filename)
            template.body = self.body(template.body, _set_names(template))
            return template

        environment._parse = marked  # type: ignore[method-assign]

    def site(self, kind: Kind, number: int = 0) -> nodes.TemplateData:
        """Return the opening mark of a new site."""
        self.sites.append(Site(kind, number))
        return nodes.TemplateData(chr(OPEN + len(self.sites) - 1))

    def around(self, kind: Kind, inside: list[nodes.Node], number: int = 0) -> list[nodes.Node]:
        """Return nodes between the marks of a new site."""
        return [nodes.Output([self.site(kind, number)]), *inside, nodes.Output([nodes.TemplateData(CLOSE)])]

    def body(self, body: list[nodes.Node], words: set[str]) -> list[nodes.Node]:
        """Return the nodes of a body with marks."""
        return [new for node in body for new in self.node(node, words)]

    def node(self, node: nodes.Node, words: set[str]) -> Iterator[nodes.Node]:
        """Yield what stands for one node; ``words`` are the names that the template sets to fixed words."""
        match node:
            case nodes.Output():
                yield nodes.Output([part for child in node.nodes for part in self.output(child, words)])
            case nodes.If():
                branches = [node, *node.elif_]
                for number, branch in enumerate(branches):
                    branch.body = self.around(Kind.BRANCH, self.body(branch.body, words), number)
                if node.else_:
                    node.else_ = self.around(Kind.BRANCH, self.body(node.else_, words), len(branches))
                yield from self.around(Kind.IF, [node])
            case nodes.For():
                node.body = self.around(Kind.ITEM, self.body(node.body, words))
                node.else_ = self.body(node.else_, words)
                yield from self.around(Kind.LOOP, [node])
            case nodes.CallBlock():
                node.body = self.body(node.body, words)
                yield from self.around(Kind.VALUE, [node])
            case nodes.Macro() | nodes.AssignBlock() | nodes.With() | nodes.Scope() | nodes.FilterBlock():
                node.body = self.body(node.body, words)
                yield node
            case _:
                yield node

    def output(self, child: nodes.Expr, words: set[str]) -> Iterator[nodes.Expr]:
        """Yield what is printed for one part of an output: the template's own text stays as it is."""
        if isinstance(child, nodes.TemplateData):
            yield child
            return
        fixed = isinstance(child, nodes.Name) and child.name in words
        if self.raw and isinstance(child, nodes.Filter) and child.name == "money" and child.node:
            yield self.site(Kind.MONEY)
            yield child.node
        else:
            yield self.site(Kind.WORD if fixed or _is_word(child) else Kind.VALUE)
            yield child
        yield nodes.TemplateData(CLOSE)


def _is_word(node: nodes.Node) -> bool:
    """Return whether an expression is a fixed word of the interface, which a site in one language may write out.

    Our environments have put most of them in already when they compile.
    """
    return isinstance(node, nodes.Const) or (
        isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in WORDS
        and all(isinstance(argument, nodes.Const) for argument in node.args) and not node.kwargs
    )  # fmt: skip


def _set_names(template: nodes.Template) -> set[str]:
    """Return the names that a template sets to fixed words."""
    names = set()
    for node in template.find_all(nodes.Assign):
        targets = node.target.items if isinstance(node.target, nodes.Tuple) else [node.target]
        values = node.node.items if isinstance(node.node, nodes.Tuple) else [node.node]
        for target, value in zip(targets, values, strict=False):
            if isinstance(target, nodes.Name) and _is_word(value):
                names.add(target.name)
    return names


@dataclass
class Part:
    """A marked part of a rendered page: its site, and what is inside, texts and parts in turn."""

    site: int
    children: list[str | Part] = field(default_factory=list)

    @property
    def flat(self) -> str:
        """The text inside, without marks."""
        return "".join(child if isinstance(child, str) else child.flat for child in self.children)

    @property
    def plain(self) -> bool:
        """Whether nothing inside is marked."""
        return all(isinstance(child, str) for child in self.children)


def parts(text: str) -> Part:
    """Return a marked text as a tree whose root has no site."""
    root = Part(-1)
    stack = [root]
    at = 0
    for mark in MARK.finditer(text):
        if mark.start() > at:
            stack[-1].children.append(text[at : mark.start()])
        at = mark.end()
        if mark.group() == CLOSE:
            stack.pop()
        else:
            stack.append(Part(ord(mark.group()) - OPEN))
            stack[-2].children.append(stack[-1])
    if text[at:]:
        root.children.append(text[at:])
    return root
