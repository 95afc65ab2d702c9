"""Files at the size limit that are made to cost as much as they can: each would hang a quadratic reader."""

import pytest

from generator.reading import Column, Limits, read_csv, read_yaml

COLUMNS = [Column("a"), Column("b"), Column("c")]
MOST = Limits().problems_of_a_kind


@pytest.mark.parametrize(
    ("name", "body", "codes"),
    [
        ("wide", "," * 1_990_000, {"row"}),
        ("empty rows", "\n" * 1_990_000, {"limit"}),
        ("short rows", "1\n" * 990_000, {"limit"}),
        ("quotes", '"' * 1_990_000, {"limit"}),
        ("open quotes", '"\n' * 990_000, {"limit"}),
        ("stray quotes", '"a"b,' * 390_000, {"quote", "row"}),
        ("one open quote", '"' + "x,y\n" * 490_000, {"quote", "limit"}),
        ("controls in one cell", "\0" * 1_990_000, {"character", "limit"}),
        ("controls in many cells", "\x01," * 990_000, {"character", "row"}),
        ("tabs", "1,2,3\t" + "\t" * 1_900_000, {"character", "trim"}),
        ("spaces", "1,2,3" + " " * 1_900_000, {"trim"}),
    ],
)
def test_a_table_at_the_size_limit_is_read_or_refused_at_once(name, body, codes):
    _, problems = read_csv(b"a,b,c\n" + body.encode(), "x.csv", COLUMNS)
    assert {problem.code for problem in problems} == codes
    assert len(problems) <= (MOST + 1) * len(codes)


@pytest.mark.parametrize(
    ("name", "text", "codes"),
    [
        ("lists", "- " * 990_000, {"yaml-depth"}),
        ("brackets", "[" * 1_990_000, {"yaml-depth"}),
        ("keys of keys", "? " * 990_000, {"yaml-key"}),
        ("empty items", "-\n" * 990_000, {"limit"}),
        ("laughs", "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(9999)), {"yaml-alias"}),
        ("comments", "a: 1\n" + "# x\n" * 490_000, set()),
        ("glued comments", "a: [\n" + " 'b'#,\n" * 200_000, {"yaml-syntax"}),
        ("one long text", "a: '" + "x\n" * 990_000 + "'", {"yaml-syntax", "limit"}),
        ("tabs", "a:\n" + "\t\n" * 900_000, {"yaml-syntax"}),
        ("controls", "\0" * 1_990_000, {"character", "limit"}),
    ],
)
def test_a_yaml_file_at_the_size_limit_is_read_or_refused_at_once(name, text, codes):
    _, problems = read_yaml(text.encode(), "x.yml")
    assert {problem.code for problem in problems} == codes
    assert len(problems) <= (MOST + 1) * max(1, len(codes))
