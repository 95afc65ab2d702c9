"""What Hugo is given: the template's own text in its template, everything else as data."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, Environment

from bench.hugo.marks import Marker, parts
from bench.hugo.shapes import Shaper, go

FIXED = "<p>{% if page.late %}late{% else %}in time{% endif %}</p>"
LISTED = '<ul>{% for name in page.names %}<li title="{{ name }}">{{ name }}</li>{% endfor %}</ul>'
MACRO = "{% macro em(word) %}<em>{{ word }}</em>{% endmacro %}<p>{{ em(page.word) }}</p>"


def exported(source, contexts):
    env = Environment(loader=DictLoader({"page": source}), autoescape=True)
    marker = Marker()
    marker.install(env)
    bodies = [parts(env.get_template("page").render(page=context)).children for context in contexts]
    shaper = Shaper(marker.sites)
    shape = shaper.shape(bodies)
    return go(shape), [shaper.data(shape, body, {}) for body in bodies]


@pytest.mark.parametrize(
    ("source", "contexts", "template", "data"),
    [
        (
            FIXED, [{"late": True}, {"late": False}],
            "<p>{{ if .v1 }}late{{ else if .v2 }}in time{{ end }}</p>", [{"v1": True}, {"v2": True}],
        ),
        (
            LISTED, [{"names": ["a", "b & c"]}, {"names": []}],
            '<ul>{{ range .v1 }}<li title="{{ .v2 }}">{{ .v3 }}</li>{{ end }}</ul>',
            [{"v1": [{"v2": "a", "v3": "a"}, {"v2": "b & c", "v3": "b & c"}]}, {"v1": []}],
        ),
        (MACRO, [{"word": "x"}, {"word": "{{ y }}"}], "<p><em>{{ .v1 }}</em></p>", [{"v1": "x"}, {"v1": "{{ y }}"}]),
    ],
)  # fmt: skip
def test_pages_become_one_template_and_data(source, contexts, template, data):
    assert exported(source, contexts) == (template, data)


def test_braces_in_our_own_text_are_not_taken_for_an_action():
    assert exported("<b>{% raw %}{{ x }}{% endraw %}</b>{{ '{{' }}", [{}])[0] == '<b>{{ "{{" }} x }}</b>{{ "{{" }}'
