import pytest

from generator.problems import Place
from generator.reading import Entries, Items, Limits, Scalar, read_yaml


def read(text, **options):
    return read_yaml(text.encode(), "data/school.yml", **options)


def plain(node):
    if isinstance(node, Entries):
        return {key: plain(value) for key, value in node.entries.items()}
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    return node.text


def test_every_value_stays_text_with_its_place():
    node, problems = read("编号: 0371\n时间: 12:30\n是: yes\n列表:\n  - 1e3\n  - 2023-02-13\n")
    assert problems == []
    assert plain(node) == {"编号": "0371", "时间": "12:30", "是": "yes", "列表": ["1e3", "2023-02-13"]}
    assert node.entries["时间"] == Scalar("12:30", Place("data/school.yml", 2, 5))
    assert node.key_places["列表"] == Place("data/school.yml", 4, 1)
    assert node.entries["列表"].items[1].place == Place("data/school.yml", 6, 5)
    assert node.entries["列表"].place == Place("data/school.yml", 5, 3)


@pytest.mark.parametrize(("value", "text", "quoted"), [
    ("", "", False), ("~", "", False), ("null", "", False), ("'~'", "~", True), ('""', "", True),
    ("'a''b'", "a'b", True),
    ("|\n  一\n  二\n", "一\n二\n", True), ("plain # comment", "plain", False),
])  # fmt: skip
def test_empty_quoted_and_block_values(value, text, quoted):
    node, problems = read(f"a: {value}\n")
    assert problems == []
    assert (node.entries["a"].text, node.entries["a"].quoted) == (text, quoted)


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n", "\ufeff"])
def test_an_empty_file_is_nothing_and_no_problem(text):
    assert read(text) == (None, [])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_give_the_same(end):
    node, problems = read(end.join(["a: |", "  一", "b: 二", ""]))
    assert problems == []
    assert plain(node) == {"a": "一\n", "b": "二"}
    assert node.entries["b"].place == Place("data/school.yml", 3, 4)


TEXT_ELSE_QUOTES = "如果本来就是文字，请用引号括起来"
ALIAS = "error[yaml-alias]: 不允许使用锚点（&）和别名（*）：“x”；请把内容直接写出来；" + TEXT_ELSE_QUOTES
TAG = "error[yaml-tag]: 不允许使用类型标签：“tag:yaml.org,2002:{}”；请删除它；" + TEXT_ELSE_QUOTES
KEY = "error[yaml-key]: 冒号前的名称必须是普通文字；请写成“名称: 内容”；以 [、{ 或 ? 开头的文字请用引号括起来"
SYSTEM = "python/object/apply:os.system"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x 1\n", "1:4: " + ALIAS),
        ("a: *x\n", "1:4: " + ALIAS),
        ("a: !!timestamp x\n", "1:4: " + TAG.format("timestamp")),
        (f"a: !!{SYSTEM} [x]\n", "1:4: " + TAG.format(SYSTEM)),
        ("%YAML 1.1\n---\na: 1\n", "1:1: error[yaml-tag]: 不允许使用 %YAML、%TAG 这类指令；请删除以 % 开头的这一行"),
        ("a: 1\n---\nb: 2\n", "2:1: error[yaml-documents]: 从这里开始是第二个 YAML 文档；"
         "一个文件只能有一个文档：请删除“---”或“...”这一行"),
        ("? [a]\n: 1\n", "1:3: " + KEY),
        ("~: 1\n", "1:1: " + KEY),
        ("<<: 1\n", "1:1: error[yaml-alias]: 不允许用“<<”合并内容；请把内容逐条写出来"),
        ("a: 1#x\nb: 'c'# d\n", "2:7: error[yaml-syntax]: 注释的 # 前面要有空格；请在它前面加一个空格；" + TEXT_ELSE_QUOTES),
        ("a:\n\tb: 1\n", "2:1: error[yaml-syntax]: 此处有制表符（Tab）；请改用空格，每一层缩进两个空格"),
        ("a: [b,\nc]\n", "2:1: error[yaml-syntax]: 这一行接着上一行，但缩进不够；请在行首至少留 1 个空格"),
        ("a: [-]\n", "1:5: error[yaml-syntax]: 单独一个“-”不是内容；请用引号括起来，或留空"),
        ("a: |x\n  y\n", "1:5: error[yaml-syntax]: “a: |x”读不懂：写法不符合规定；请检查这一行"),
        ("a: 1\n b: 2\n", "2:3: error[yaml-syntax]: “b: 2”读不懂：冒号出现在不该出现的位置；请检查这一行"),
        ("a: b: c\n", "1:5: error[yaml-syntax]: “a: b: c”里有两个英文冒号；请用英文双引号把第一个冒号后面的文字括起来"),
        ("a：1\nb: 2\n", "1:1: error[yaml-syntax]: “a：1”里的冒号是中文的；请改成英文冒号，后面空一格：“: ”"),
        ("a:1\nb: 2\n", "1:1: error[yaml-syntax]: “a:1”的冒号后面没有空格；请在冒号后面空一格"),
        ("a: @x\n", "1:4: error[yaml-syntax]: “a: @x”读不懂：文字不能以这个字符开头；请检查这一行"),
        ("a: 'x\n", "1:4: error[yaml-syntax]: “a: 'x”读不懂：引号没有配对的结束引号；请检查这一行"),
        ("a: [b, c\n", "1:4: error[yaml-syntax]: “a: [b, c”读不懂：缺少英文逗号或右括号；请把这一行的括号补完整"),
        ("- a\n b: c\n", "2:3: error[yaml-syntax]: “b: c”读不懂：冒号出现在不该出现的位置；请检查这一行"),
        ("a: 1\nb\n", "2:1: error[yaml-syntax]: “b”读不懂：名称后面缺少英文冒号；请检查这一行"),
        ("  a: 1\n b: 2\n", "2:2: error[yaml-syntax]: “b: 2”读不懂：数据结束之后还有文字；请检查这一行"),
        ("a: ># x\n  y\n", "1:4: error[yaml-syntax]: “|”或“>”的后面，同一行只能写注释；请从下一行开始写正文"),
    ],
)  # fmt: skip
def test_what_is_not_plain_yaml_is_refused_in_plain_words(text, expected, said):
    _, problems = read(text)
    assert said(problems).split("\n")[0].startswith("data/school.yml:" + expected)


def test_equal_keys_are_refused_with_both_places_and_the_first_stays():
    node, problems = read("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n")
    assert [(p.code, str(p.place), str(p.related[0])) for p in problems] == [
        ("yaml-duplicate", "data/school.yml:4:3", "data/school.yml:3:3"),
        ("yaml-duplicate", "data/school.yml:5:1", "data/school.yml:1:1"),
    ]
    assert plain(node) == {"a": "1", "b": {"c": "1"}}


@pytest.mark.parametrize("text", ["[" * 100_000, "a: " + "{a: " * 5000, "- " * 30_000 + "a", "? " * 20_000])
def test_a_bomb_of_levels_is_refused(text):
    node, problems = read(text)
    assert node is None
    assert [problem.code for problem in problems][-1] in {"yaml-depth", "yaml-key", "yaml-syntax"}


def test_depth_and_number_have_their_limits(said):
    levels = "".join(" " * at + "a:\n" for at in range(20))
    assert read(levels)[1] == []
    node, problems = read(levels + " " * 20 + "a:\n")
    assert node is None
    assert said(problems) == "data/school.yml:21:21: error[yaml-depth]: 层次超过了 20 层的上限；请减少嵌套的层次"
    node, problems = read("- a\n" * 30, limits=Limits(events=20))
    assert node is None
    assert "文件中的值和层次超过了 20 个的上限；成行的数据请改放到 CSV 文件里" in said(problems)
    _, problems = read("a: 很长很长", limits=Limits(cell_characters=3))
    assert said(problems).startswith("data/school.yml:1:4: error[limit]: 这段文字有 4 个字，上限是 3 个字；")


def test_characters_that_an_escape_hides_are_refused():
    node, problems = read('a: "x\\u202ey\\0"\n')
    assert [(p.code, p.value, str(p.place)) for p in problems] == [
        ("character", "U+202E", "data/school.yml:1:4"),
        ("character", "U+0000", "data/school.yml:1:4"),
    ]
    assert plain(node) == {"a": "x\ufffdy\ufffd"}


def test_a_library_failure_is_one_problem_and_nothing_is_read():
    node, problems = read("a: 1\n b: 2\n")
    assert node is None
    assert [problem.code for problem in problems] == ["yaml-syntax"]


def test_a_tab_inside_a_text_is_refused_as_in_a_table() -> None:
    _, problems = read_yaml(b'name: "a\\tb"\n', "data/school.yml")
    assert [(problem.code, problem.value) for problem in problems] == [("character", "U+0009")]
