import ast
from pathlib import Path

import pytest

import generator.reading
from generator.locale import language

MODULES = sorted(Path(generator.reading.__file__).parent.glob("*.py"))


def messages(module):
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Message":
            yield ast.literal_eval(node.args[0])


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_every_sentence_has_its_chinese(module):
    chinese = language("zh")
    assert [text for text in messages(module) if text not in chinese.catalogue] == []


def test_sentences_are_found_at_all():
    assert sum(len(list(messages(module))) for module in MODULES) > 50
