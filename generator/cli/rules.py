"""The commands that tell what is checked and what may be entered: explain, rules, schema."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from generator.cli.words import Command, language_of
from generator.locale import Message
from generator.problems import closest


def add(command: Command) -> None:
    """Add the commands to the parser."""
    explaining = command("explain", "说明一条规则｜explain a rule")
    explaining.add_argument("rule", metavar="RULE", help="规则编号，如 FEE-01｜code of a rule")
    explaining.set_defaults(run=lambda given: explain(given.root, given.rule))
    command("rules", "列出全部规则｜list all rules").set_defaults(run=lambda given: rules(given.root))
    printing = command("schema", "输出登记表的 JSON Schema｜print the JSON Schema of a table")
    printing.add_argument(
        "sheet", nargs="?", metavar="TABLE", help="表名，如 fees；不写则输出全部｜name of a table; all without"
    )
    printing.set_defaults(run=lambda given: schema(given.sheet))


def explain(root: Path, code: str) -> int:
    """Print what one rule checks, why, on what basis, and how to put it right."""
    from generator.oversight.explain import explanation
    from generator.registers.register import RULES

    words = language_of(root)
    found = next((rule for rule in RULES if rule.code == code.upper()), None)
    if found is None:
        near = closest(code.upper(), [rule.code for rule in RULES])
        hint = Message("did you mean “{word}”?", word=near) if near else Message("see: mingzhang rules")
        print(words.say(Message("There is no rule {code}.", code=code)), words.say(hint), file=sys.stderr)
        return 2
    print(explanation(found, words))
    return 0


def rules(root: Path) -> int:
    """Print every rule: code, severity, title."""
    from generator.oversight.explain import severity_word
    from generator.registers.register import RULES

    words = language_of(root)
    for rule in RULES:
        print(f"{rule.code}  {words.say(severity_word(rule.severity))}  {words.gettext(rule.title)}")
    return 0


def schema(sheet: str | None) -> int:
    """Print the JSON Schema of one table or of all."""
    from generator.dataset import SHEETS
    from generator.outputs.schema import schema as schema_of

    names = [known.name for known in SHEETS]
    if sheet is not None and sheet not in names:
        print(f"mingzhang: {sheet}? {', '.join(names)}", file=sys.stderr)
        return 2
    found = {known.name: schema_of(known) for known in SHEETS}
    print(json.dumps(found[sheet] if sheet else found, ensure_ascii=False, indent=1))
    return 0
