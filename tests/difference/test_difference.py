"""What a change does, told for the changes that schools make."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from generator.difference.base import default_base
from generator.difference.difference import Difference, Untold, differ
from generator.difference.duties import State
from generator.difference.html import as_html
from generator.difference.markdown import as_markdown
from generator.difference.pages import Fate
from generator.difference.text import as_text
from generator.difference.totals import Total
from generator.oversight.cases import Case, cases
from generator.registers.register import REGISTERS
from generator.trust.facts import Name
from generator.trust.history import HistoryError
from tests.conftest import ROOT
from tests.difference.conftest import section, words_of, young
from tests.trust.conftest import SchoolRepository

FEES, TOTALS, CORRECTIONS = "terms/2023-spring/fees.csv", "terms/2023-spring/fee-totals.csv", "corrections.csv"
PLAN, STATEMENTS, LINES = "terms/2023-spring/plan.yml", "finance/2023/statements.csv", "finance/2023/lines.csv"
CASES = [case for register in REGISTERS for case in cases(register.cases)]
NOTHING = "这次修改：读者看到的内容没有变化。"
Told = Callable[[], Difference]


def cheaper(repository: SchoolRepository) -> None:
    """Change one fee by a yuan, with the totals that follow and the corrections that tell it."""
    repository.replace(FEES, "元/生·期,15.00", "元/生·期,14.00")
    repository.replace(TOTALS, "397.00", "396.00")
    repository.replace(TOTALS, "1099.00", "1098.00")
    for number, (table, record, field, old, new) in enumerate(
        (
            ("fees", "2023-spring/F03", "收费标准", "15.00", "14.00"),
            ("fee_totals", "2023-spring/T1", "自愿合计", "397.00", "396.00"),
            ("fee_totals", "2023-spring/T2", "自愿合计", "1099.00", "1098.00"),
        ),
        4,
    ):
        repository.append(
            CORRECTIONS, f"C-00{number},2023-08-20,{table},{record},{field},{old},{new},更正,录入错误,校长"
        )


def without_july(repository: SchoolRepository) -> None:
    """Let the base be a school that has not published July yet."""
    for file in (STATEMENTS, LINES):
        path = repository.root / "data" / file
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not line.startswith("2023-07")), encoding="utf-8")


def moved(difference: Difference) -> dict[tuple[str, str], Total]:
    say = difference.head.language.value
    return {(say(total.group), say(total.name)): total for total in difference.moved}


def test_one_changed_fee_that_corrections_tell(repository: SchoolRepository, told: Told) -> None:
    cheaper(repository)
    found = told()
    assert found.errors == 0
    fee = found.figures.changed[0]
    assert (fee.name, fee.old, fee.new) == (Name("fees", "2023-spring/F03", "amount"), "15.00", "14.00")
    assert (fee.corrections, fee.silent, fee.place.cell) == (("C-004",), False, "E4")
    assert section(found, "公布过的内容有改动")[0] == (
        "作业本费（收费项目 2023-spring/F03）；收费标准；15.00 → 14.00（−1.00）；C-004；data/terms/2023-spring/fees.csv:4:20 (E4)"
    )
    assert section(found, "合计数")[:2] == [
        "走读生：自愿（2023年春季学期收费）；397.00 → 396.00（−1.00）；/fees/2023-spring/",
        "寄宿生：自愿（2023年春季学期收费）；1,099.00 → 1,098.00（−1.00）；/fees/2023-spring/",
    ]
    assert section(found, "新登记的更正")[0] == (
        "C-004（更正）；作业本费，收费标准（收费项目 2023-spring/F03）；15.00 → 14.00（−1.00）；录入错误（校长）；data/corrections.csv:5:1"
    )
    assert found.pages
    assert {"fees/2023-spring/", "fees/", "changes/"} <= {page.url for page in found.pages.changes}
    assert not any(page.url.startswith(("calendar/", "finance/", "plan/")) for page in found.pages.changes)


def test_a_silent_change_is_told_with_the_error_that_it_is(repository: SchoolRepository, told: Told) -> None:
    repository.replace(PLAN, "2月10日张榜并上网", "2月9日张榜并上网")
    found = told()
    assert [(change.silent, change.corrections) for change in found.figures.changed] == [(True, ())]
    assert words_of(found)[0] == (
        "这次修改：有 1 个错误，改好以前网站不会更新；公布过的内容改动 1 处（其中 1 处没有登记更正）；网页变化 2 个。"
    )
    assert section(found, "公布过的内容有改动")[0].split("；")[-2] == "没有登记更正"
    assert "下面列出的网页，要等错误改好以后才会变化。" in words_of(found)


def test_a_new_month(tmp_path: Path) -> None:
    repository = young(tmp_path / "young", without_july)
    shutil.copytree(ROOT / "data", repository.root / "data", dirs_exist_ok=True)
    found = differ(repository.root, "HEAD")
    lines = [row for row in found.figures.added if row.table == "lines"]
    assert len(lines) == 32
    assert [row.record for row in found.figures.added if row.table == "statements"] == ["2023/2023-07"]
    assert not found.figures.changed
    totals = moved(found)
    closing = totals["2023年7月账目", "期末余额"]
    assert (closing.before, str(closing.after)) == (None, "91801.05")
    income = totals["2023年度账目", "收入合计"]
    assert (f"{income.before:.2f}", f"{income.after:.2f}") == ("3527195.55", "4091752.55")
    assert found.duties
    assert [(duty.state, duty.page) for duty in found.duties] == [(State.LATE_MET, "finance/2023-07/")]
    assert section(found, "公开事项") == [
        "公布2023年7月账目；逾期完成；晚5天公布（应在2023年8月15日前完成）；/finance/2023-07/"
    ]
    assert section(found, "解决了的问题")[0].startswith("FIN-07（月报不缺月）；2023年春季学期缺少2023年7月月报")
    assert found.pages
    assert {page.url for page in found.pages.changes if page.fate is Fate.NEW} == {"finance/2023-07/"}


def test_a_month_on_its_due_day_is_met_in_time(tmp_path: Path) -> None:
    repository = young(tmp_path / "young", without_july)
    shutil.copytree(ROOT / "data", repository.root / "data", dirs_exist_ok=True)
    repository.replace("school.yml", "示例日期: 2023-08-20", "示例日期: 2023-08-15")
    found = differ(repository.root, "HEAD")
    assert section(found, "公开事项") == [
        "公布2023年7月账目；已完成；按时公布（应在2023年8月15日前完成）；/finance/2023-07/"
    ]


def without_duties(repository: SchoolRepository) -> None:
    """Let the base be a school whose duties nobody has entered yet."""
    for file in ("terms/2023-spring/calendar.csv", PLAN):
        path = repository.root / "data" / file
        text = re.sub(r", 责任岗位: \[[^]]*\]", "", path.read_text(encoding="utf-8"))
        path.write_text(re.sub(r"\b[a-z]+-[a-z-]+(?:;[a-z]+-[a-z-]+)*(?=,)", "", text), encoding="utf-8")
    (repository.root / "data/duties.csv").unlink()


def test_a_new_register_file(tmp_path: Path) -> None:
    repository = young(tmp_path / "young", without_duties)
    shutil.copy(ROOT / "data/duties.csv", repository.root / "data/duties.csv")
    found = differ(repository.root, "HEAD")
    assert found.base.facts
    assert {row.table for row in found.figures.added} == {"duties"}
    assert found.findings
    assert [finding.id for finding in found.findings.closed] == ["DIS-01:duties"]
    assert [finding.id for finding in found.findings.opened] == ["RSP-01:waste-supervisor/BG"]
    assert section(found, "公开事项") == [
        "该公开的都公开了；已完成；解决了：2023年春季学期还没有公开“岗位职责”；/about/",
        "必设的职责都有岗位担任；没有做到；白果村小的“泔水监管人员”没有落实到岗位；/about/",
    ]
    assert found.pages
    assert "about/" in {page.url for page in found.pages.changes}


def test_a_withdrawn_row(repository: SchoolRepository, told: Told) -> None:
    path = repository.root / "data" / FEES
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("F06,")), encoding="utf-8")
    found = told()
    (gone,) = found.figures.gone
    assert (gone.record, gone.silent, gone.values["amount"]) == ("2023-spring/F06", True, "9.00")
    assert (gone.place.file, gone.place.line) == (f"data/{FEES}", 7), "the line of the base, where the row stood"
    assert section(found, "公布过的记录去掉了")[0].startswith(
        "寄宿生早晚餐（收费项目 2023-spring/F06）；收费性质：服务性收费"
    )
    assert moved(found)["2023年春季学期收费", "寄宿生：自愿"].moved


def test_a_measure_that_moves_on_and_one_that_goes_back(repository: SchoolRepository, told: Told) -> None:
    repository.replace(PLAN, "状态: 进行中, 结果: 随坏随修", "状态: 已完成, 完成日期: 2023-06-30, 结果: 随坏随修")
    found = told()
    assert [(c.name.field, c.old, c.new) for c in found.figures.moved] == [("status", "running", "done")]
    assert [(c.name.field, c.new) for c in found.figures.filled] == [("completed_on", "2023-06-30")]
    assert found.errors == 0
    counts = {name: (total.before, total.after) for (_, name), total in moved(found).items()}
    assert counts == {"已完成": (12, 13), "进行中": (10, 9)}
    repository.commit("2023-07-01")
    repository.replace(PLAN, "状态: 已完成, 完成日期: 2023-06-30, 结果: 随坏随修", "状态: 进行中, 结果: 随坏随修")
    found = told()
    assert not found.figures.moved
    assert {(c.name.field, c.silent) for c in found.figures.changed} == {("status", True), ("completed_on", True)}


def test_order_encoding_and_spelling_change_nothing_for_readers(repository: SchoolRepository, told: Told) -> None:
    for file in (STATEMENTS, LINES, FEES, "duties.csv", "terms/2023-spring/calendar.csv"):
        path = repository.root / "data" / file
        header, *rows = path.read_text(encoding="utf-8").splitlines()
        path.write_bytes("\r\n".join([header, *reversed(rows), ""]).encode("gb18030"))
    found = told()
    assert found.errors == 0
    assert found.is_empty, found
    assert words_of(found)[0] == NOTHING
    assert found.pages
    assert {page.fate for page in found.pages.changes} <= {Fate.ORDER}


def test_lines_that_only_move_change_no_page(repository: SchoolRepository, told: Told) -> None:
    path = repository.root / "data/school.yml"
    path.write_text("# 一行\n# 又一行\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    found = told()
    assert found.is_empty
    assert found.pages
    assert found.pages.changes == ()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_state_does_not_differ_from_itself(repository: SchoolRepository, told: Told, language: str) -> None:
    repository.replace("school.yml", "语言: zh", f"语言: {language} # 网站的语言")
    repository.commit("2023-03-01")
    found = told()
    assert found.is_empty
    assert (found.figures, found.moved, found.duties) == (type(found.figures)(), (), ())
    assert found.pages
    assert (found.pages.changes, found.pages.count > 50) == ((), True)


def test_the_sample_does_not_differ_from_itself(sample: Path) -> None:
    assert differ(sample, str(sample / "data/..")).is_empty


def test_a_base_that_never_built(tmp_path: Path) -> None:
    root = tmp_path / "young"
    young(root, lambda made: made.replace(FEES, "15.00", "fifteen")).replace(FEES, "fifteen", "15.00")
    found = differ(root, "HEAD")
    assert found.first
    assert words_of(found)[0].startswith("第一次公布：新登记更正 3 条；新增记录 ")
    assert found.pages
    assert {page.fate for page in found.pages.changes} == {Fate.NEW}
    assert not found.figures.changed


def test_a_broken_head_is_told_as_far_as_it_can_be(repository: SchoolRepository, told: Told) -> None:
    repository.replace(FEES, "元/生·期,15.00", "元/生·期,十五元")
    repository.replace(PLAN, "2月10日张榜并上网", "2月9日张榜并上网")
    found = told()
    assert found.errors == 2
    assert found.untold is Untold.ERRORS
    assert [row.record for row in found.figures.unread] == ["2023-spring/F03"], "it is not said to be gone"
    assert not found.figures.gone
    assert [change.name.field for change in found.figures.changed] == ["outcome"]
    assert (found.findings, found.duties, found.pages) == (None, None, None)
    assert not found.moved, "a sum without the row that cannot be read would be wrong"
    assert words_of(found)[0].startswith("这次修改：有 2 个错误，改好以前网站不会更新；")


@pytest.mark.parametrize("content", [b"", b"\x00\xff", "语言: [".encode(), "名称: 学校\n".encode()])
def test_a_school_that_cannot_be_read_is_told_without_a_traceback(
    repository: SchoolRepository, told: Told, content: bytes
) -> None:
    (repository.root / "data/school.yml").write_bytes(content)
    found = told()
    assert found.untold is Untold.NOT_READ
    assert words_of(found)[0].startswith("学校的基本资料读不出来")


def test_an_unreadable_register_of_corrections_accuses_nobody(repository: SchoolRepository, told: Told) -> None:
    cheaper(repository)
    repository.append(CORRECTIONS, "C-007,gestern")
    found = told()
    assert len(found.figures.changed) == 3
    assert found.figures.silent == 0


def test_an_english_school(repository: SchoolRepository, told: Told) -> None:
    repository.replace("school.yml", "语言: zh", "语言: en")
    repository.commit("2023-03-01")
    cheaper(repository)
    found = told()
    assert words_of(found)[0] == (
        "This change: 3 published figures change; 3 new corrections; 2 totals change; 1 finding opens; "
        f"{len(found.pages.changes) if found.pages else 0} pages change."
    )
    assert section(found, "Published figures that change")[0] == (
        "作业本费 (Fee items 2023-spring/F03); Standard; 15.00 → 14.00 (−1.00); C-004; data/terms/2023-spring/fees.csv:4:20 (E4)"
    )


def test_the_base_may_be_a_folder_of_a_school_or_of_a_site(repository: SchoolRepository, tmp_path: Path) -> None:
    from generator.trust.facts import as_csv, facts

    other = tmp_path / "other"
    shutil.copytree(ROOT / "data", other / "data")
    site = tmp_path / "site"
    (site / "data").mkdir(parents=True)
    cheaper(repository)
    school = differ(repository.root, str(other))
    assert school.base.checked
    (site / "data/facts.csv").write_bytes(as_csv(facts(school.base.checked.books.data)))  # type: ignore[union-attr]
    only_facts = differ(repository.root, str(site))
    assert only_facts.untold is Untold.FACTS_ONLY
    assert only_facts.figures.changed == school.figures.changed
    with pytest.raises(HistoryError):
        differ(repository.root, "no-such-thing")
    (other / "data" / FEES).write_bytes(b"\xff\xff\x00")
    with pytest.raises(HistoryError):
        differ(repository.root, str(other))


def test_without_a_base_it_is_where_the_branch_began(repository: SchoolRepository, tmp_path: Path) -> None:
    assert default_base(repository.root) == repository.start
    repository.git("checkout", "-q", "-b", "change")
    cheaper(repository)
    repository.commit("2023-08-20")
    assert default_base(repository.root) == repository.start
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--ff-only", "change")
    assert default_base(repository.root) == repository.git("rev-parse", "HEAD")
    lonely = tmp_path / "lonely"
    lonely.mkdir()
    with pytest.raises(HistoryError):
        default_base(lonely)


def test_two_values_that_change_places_are_not_only_another_order(repository: SchoolRepository, told: Told) -> None:
    repository.replace(PLAN, "结果: 每月查看一次", "结果: ?")
    repository.replace(PLAN, "结果: 随坏随修", "结果: 每月查看一次")
    repository.replace(PLAN, "结果: ?", "结果: 随坏随修")
    found = told()
    assert found.pages
    assert {(page.url, page.fate) for page in found.pages.changes} == {
        ("plan/", Fate.CHANGED), ("plan/2023-spring/", Fate.CHANGED),
    }  # fmt: skip


def test_what_was_removed_for_privacy_is_not_told_again(repository: SchoolRepository, told: Told) -> None:
    repository.replace(PLAN, "结果: 每月查看一次", "结果: 每月查看一次，由赵师傅和孙师傅查看")
    repository.commit("2023-03-01")
    repository.replace(PLAN, "结果: 每月查看一次，由赵师傅和孙师傅查看", "结果: 每月查看一次")
    repository.append(CORRECTIONS, "C-004,2023-08-20,plan,2023-spring/m2.3,结果,,,隐私,去掉姓名,校长")
    found = told()
    assert [(change.private, change.silent) for change in found.figures.changed] == [(True, False)], words_of(found)
    everything = [as_form(found, found.head.language) for as_form in (as_text, as_markdown, as_html)]
    assert all("C-004" in text and "师傅" not in text for text in everything)
    assert "为保护隐私已删去" in section(found, "公布过的内容有改动")[0]


def test_what_looks_personal_is_masked_in_every_form(repository: SchoolRepository, told: Told) -> None:
    number = "138" + "0013" + "8000"
    repository.append(FEES, f"F08,校服费,代收费,元/套,0.00,,是,全体学生,,,,示例,县教体局,,,,,联系电话 {number}")
    found = told()
    assert found.errors
    assert [row.record for row in found.figures.added] == ["2023-spring/F08"]
    everything = [as_form(found, found.head.language) for as_form in (as_text, as_markdown, as_html)]
    assert all("校服费" in text and number not in text and "8000" in text for text in everything), everything[0]


BREAKING = [case for case in CASES if any(f"error[{case.rule}]" in line for line in case.says)]


@pytest.mark.parametrize("case", BREAKING, ids=lambda case: f"{case.rule} {case.en}")
def test_sums_that_do_not_add_up_are_told_without_a_traceback(
    case: Case, school: Path, apply_edit: Callable[[Path, object], None], tmp_path_factory: pytest.TempPathFactory
) -> None:
    base = tmp_path_factory.mktemp("base")
    shutil.copytree(school / "data", base / "data")
    for edit in case.edits:
        apply_edit(school, edit)
    found = differ(school, str(base), case.today)
    assert found.errors
    assert found.untold in (Untold.NO_SITE, Untold.ERRORS)
    for as_form in (as_text, as_markdown, as_html):
        assert as_form(found, found.head.language)
    assert str(found.errors) in words_of(found)[0]


def test_a_fee_for_some_grades_only_tells_the_kinds_of_pupils_apart(repository: SchoolRepository, told: Told) -> None:
    repository.replace(FEES, "自愿参加学生,,", "自愿参加学生,1-3,")
    rows = [row.rpartition("；")[0] for row in section(told(), "合计数") if "收费" in row]
    assert rows == [
        "走读生（4–6年级、青禾中心校、松林完小）：自愿（2023年春季学期收费）；397.00 → 217.00（−180.00）",
        "寄宿生（4–6年级）：自愿（2023年春季学期收费）；1,099.00 → 919.00（−180.00）",
    ]


def test_the_sides_of_a_balance_sheet_and_the_money_of_a_fund(repository: SchoolRepository, told: Told) -> None:
    path = repository.root / "data/finance/2023/balance.csv"
    header, first, *rest = path.read_text(encoding="utf-8").splitlines()
    cells = first.split(",")
    amount = Decimal(cells[-1])
    path.write_text("\n".join([header, ",".join([*cells[:-1], str(amount + 1)]), *rest, ""]), encoding="utf-8")
    found = told()
    (side,) = [total for (group, _), total in moved(found).items() if "资产负债表" in group]
    assert isinstance(side.before, Decimal)
    assert side.after == side.before + 1
    assert found.errors


def test_a_setting_is_no_figure_and_is_told_all_the_same(repository: SchoolRepository, told: Told) -> None:
    """It leads those who edit elsewhere: to another branch, past the review of the published one."""
    repository.append("school.yml", "主分支: other")
    assert words_of(told())[0] == "这次修改：网站设置改动 1 处。"
    (row, remark) = section(told(), "网站设置的改动（1）")
    assert "主分支；— → other；data/school.yml:" in row
    assert "请核对清楚" in remark
    repository.commit("2023-08-20")
    repository.replace("school.yml", "\n主分支: other", "")
    repository.replace("school.yml", "示例日期: 2023-08-20", "示例日期: 2023-08-19")
    assert [row.split("；")[1:3] for row in section(told(), "网站设置的改动（2）")[:2]] == [
        ["主分支", "other → —"],
        ["示例日期", "2023年8月20日 → 2023年8月19日"],
    ]


def test_what_is_let_pass_as_not_personal_is_told(repository: SchoolRepository, told: Told) -> None:
    file = "privacy-allowed.csv"
    repository.append(file, "代号,文件,看似,理由,批准岗位,有效期至")
    repository.append(file, "bbbb,data/duties.csv,手机号,办公电话,校长,2023-12-31")
    assert words_of(told())[0] == "这次修改：列入误报名单、不再拦下的内容 1 条。"
    (row,) = section(told(), "以后不再当作个人信息拦下的内容（1）")
    assert row == "bbbb；data/duties.csv；手机号；办公电话（校长）；data/privacy-allowed.csv:2:1"
    repository.commit("2023-08-20")
    assert words_of(told())[0] == NOTHING
    repository.replace(file, "2023-12-31", "2029-12-31")
    assert words_of(told())[0] == "这次修改：列入误报名单、不再拦下的内容 1 条。"
