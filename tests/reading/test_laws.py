import csv
import io

from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.problems import Problem, Severity
from generator.reading import Column, Entries, Items, Scalar, read_csv, read_yaml

COLUMNS = [Column("a", ("甲",), required=True), Column("b", ("乙",)), Column("c", ("丙",))]
PIECES = st.sampled_from([
    '"', '""', ",", ";", "\t", "\n", "\r\n", "\r", " ", "\u3000", "甲", "a", "b", "合计", "x", "1.50",
    "\0", "\u202e", "𠮷",
])  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map("".join)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=8)
YAML_PIECES = st.sampled_from(
    ["a", "b: ", "- ", "\n", "  ", "\n  ", ": ", "? ", "[", "]", "{", "}", ", ", "#", " #", "'", '"', "|", ">",
     "&x ", "*x", "!t ", "<<: ", "---\n", "...\n", "%YAML 1.1\n", "~", "\t", "\\", "\\u202e", "字", "𠮷", "0371", "\r\n"]
)  # fmt: skip
YAML_TEXTS = st.lists(YAML_PIECES, max_size=30).map("".join)


def said_properly(problems, file):
    return all(isinstance(problem, Problem) and problem.place.file == file for problem in problems)


def at(lines, place):
    return "\n".join([lines[place.line - 1][place.column - 1 :], *lines[place.line :]])


@given(
    st.one_of(
        st.binary(max_size=200),
        TEXTS.map(str.encode),
        TEXTS.map(lambda text: ("甲,乙,丙\n" + text).encode("gb18030")),
    )
)
@example(b"\xff\xfe\x00\xd8")
@example(b'a,b,c\n"')
@settings(deadline=None, max_examples=300)
def test_no_bytes_raise_anything_but_problems(data):
    assert said_properly(read_csv(data, "x.csv", COLUMNS)[1], "x.csv")
    assert said_properly(read_yaml(data, "x.yml")[1], "x.yml")


@given(TEXTS)
@settings(deadline=None, max_examples=400)
def test_every_place_points_at_the_text_that_it_claims(body):
    text = "甲,b,丙\n" + body
    table, problems = read_csv(text.encode(), "x.csv", COLUMNS)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in problems:
        assert 0 <= problem.place.line <= len(lines)
        assert problem.place.column <= len(lines[problem.place.line - 1]) + 1
        if problem.code == "character":
            assert f"U+{ord(at(lines, problem.place)[0]):04X}" == problem.value
            assert problem.place.cell
        if problem.code == "quote" and "never" in problem.message.text:
            assert at(lines, problem.place).startswith('"')
    for row in [*table.rows, *table.totals] if table else []:
        assert len(row.texts) == len(table.columns)
        for index, cell in enumerate(row.texts):
            if "\ufffd" in cell:
                continue
            there = at(lines, row.place(index))
            assert there.startswith(('"', cell)), (row, index)


CELLS = st.one_of(WORDS, st.sampled_from(['"', "a,b", "x\ny", 'p"q', ""]))


@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n"]),
)
@settings(deadline=None, max_examples=300)
def test_valid_files_are_read_as_the_csv_module_reads_them(rows, quoting, end):
    out = io.StringIO()
    csv.writer(out, quoting=quoting, lineterminator=end).writerows([["a", "b", "c"], *rows])
    table, problems = read_csv(out.getvalue().encode(), "x.csv", COLUMNS, total_words=())
    if any(problem.code == "character" for problem in problems):
        return
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == []
    expected = [row for row in csv.reader(io.StringIO(out.getvalue())) if any(row)][1:]
    assert [row.texts for row in table.rows] == expected


def scalars(node):
    if isinstance(node, Scalar):
        yield node
    for child in node.items if isinstance(node, Items) else node.entries.values() if isinstance(node, Entries) else ():
        yield from scalars(child)


@given(YAML_TEXTS)
@settings(deadline=None, max_examples=400)
def test_yaml_places_point_at_the_text_that_they_claim(text):
    node, problems = read_yaml(text.encode(), "x.yml")
    assert said_properly(problems, "x.yml")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in problems:
        assert 0 <= problem.place.line <= len(lines)
    for scalar in scalars(node) if node else ():
        there = at(lines, scalar.place)
        if scalar.quoted:
            assert there[0] in "'\"|>"
        elif scalar.text:
            assert there.startswith(scalar.text.split()[0])


@given(st.dictionaries(WORDS.filter(bool), WORDS, max_size=6))
@settings(deadline=None)
def test_quoted_yaml_comes_back_as_it_was(entries):
    def quoted(text):
        return "'" + text.replace("'", "''") + "'"

    text = "".join(f"{quoted(key)}: {quoted(value)}\n" for key, value in entries.items())
    node, problems = read_yaml(text.encode(), "x.yml")
    if any(problem.code == "character" for problem in problems):
        return
    assert problems == []
    assert {key: value.text for key, value in node.entries.items()} == entries if entries else node is None
