// Our formats, as they are in the bundle: what a form did not change stays byte for byte as it was.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const { format, bases } = await import(process.env.FORMATS);
const { formats, files } = JSON.parse(await readFile(process.env.GIVEN, "utf8"));
const specs = new Map(formats.map((spec) => [spec.name, spec]));

const copy = (value) => JSON.parse(JSON.stringify(value));
const on = (name) => format(specs.get(name), bases);
const FEES = "terms-2023-spring-fees";
const PLAN = "terms-2023-spring-plan";
const SCHOOL = "school-school";

/** The lines that only the one or only the other text has. */
function apart(before, after) {
  const [one, other] = [before.split("\n"), after.split("\n")];
  return { gone: one.filter((line) => !other.includes(line)), come: other.filter((line) => !one.includes(line)) };
}

/** Change a form that was filled from a text, and return the text that is saved. */
function saved(name, text, change) {
  const { fromFile, toFile } = on(name);
  const content = copy(fromFile(text));
  change(content);
  return toFile(content);
}

const fees = files.find((file) => file.format === FEES).text;
const plan = files.find((file) => file.format === PLAN).text;
const school = files.find((file) => file.format === SCHOOL).text;

test("there is a format for every file of the school", () => {
  assert.equal(files.length, 14);
  for (const file of files) assert.ok(specs.has(file.format), file.format);
});

for (const file of files) {
  test(`${file.path} comes back as it was`, () => {
    for (const text of [file.text, file.text.replaceAll("\n", "\r\n"), file.text.trimEnd()]) {
      assert.equal(saved(file.format, text, () => {}), text);
    }
  });
}

for (const file of files.filter(({ path }) => path.endsWith(".csv"))) {
  test(`each text of ${file.path} is changed on its own line`, () => {
    const spec = specs.get(file.format);
    const { fromFile } = on(file.format);
    const { rows } = fromFile(file.text);
    assert.ok(rows.length);
    for (const [number, row] of rows.entries()) {
      for (const column of spec.columns.filter(({ list, name }) => !list && row[name])) {
        const after = saved(file.format, file.text, (content) => { content.rows[number][column.name] = '改, "了"'; });
        const { gone, come } = apart(file.text, after);
        assert.deepEqual([gone.length, come.length], [1, 1], `${column.name} ${number}`);
        assert.equal(come[0].length - gone[0].length, '"改, ""了"""'.length - row[column.name].length);
      }
    }
  });
}

test("a new amount changes nothing else in its line", () => {
  const after = saved(FEES, fees, (content) => { content.rows[2].amount = "18.00"; });
  assert.equal(after, fees.replace("作业本费,代收费,元/生·期,15.00", "作业本费,代收费,元/生·期,18.00"));
});

test("line ends, quotation marks, separators and the last line stay as they were", () => {
  const old = '合计编号;对象;走读或寄宿;必交合计;自愿合计\r\n"T1";"走""读";走读;0.00;397.00\r\nT2;寄宿;寄宿;0.00;1099.00';
  const after = saved("terms-2023-spring-fee_totals", old, (content) => { content.rows[0].compulsory = "1.00"; });
  assert.equal(after, old.replace("走读;0.00", "走读;1.00"));
});

test("a byte order mark stays where the browser hands it over", () => {
  const after = saved(FEES, `\uFEFF${fees}`, (content) => { content.rows[2].amount = "18.00"; });
  assert.ok(after.startsWith("\uFEFF项目编号"));
});

test("a cell over two lines is one cell", () => {
  const old = fees.replace(",据实结算，多退少补\n", ',"第一行\n第二行"\n');
  assert.notEqual(old, fees);
  const after = saved(FEES, old, (content) => { content.rows[2].amount = "18.00"; });
  assert.equal(after, old.replace("15.00", "18.00"));
});

test("words of the other language stay where nobody changed them, and are known", () => {
  const old = fees.replace("作业本费,代收费", "作业本费,collected for a provider");
  const { rows } = on(FEES).fromFile(old);
  assert.equal(rows[2].nature, "代收费");
  assert.equal(saved(FEES, old, (content) => { content.rows[2].amount = "18.00"; }), old.replace("15.00", "18.00"));
});

test("a new row is one new line at its place, and a deleted row takes its line with it", () => {
  const fresh = { id: "F99", item: "校服", nature: "代收费", unit: "元/套", amount: "90.00", voluntary: "是", scope: "自愿" };
  const last = saved(FEES, fees, (content) => content.rows.push(fresh));
  assert.deepEqual(apart(fees, last), { gone: [], come: ["F99,校服,代收费,元/套,90.00,,是,自愿,,,,,,,,,,"] });
  assert.equal(last.indexOf("F99"), fees.length);
  const second = saved(FEES, fees, (content) => content.rows.splice(1, 0, fresh));
  assert.equal(second.split("\n")[2].slice(0, 3), "F99");
  const without = saved(FEES, fees, (content) => content.rows.splice(2, 1));
  assert.deepEqual(apart(fees, without), { gone: [fees.split("\n")[3]], come: [] });
  const neither = saved(FEES, fees.trimEnd(), (content) => content.rows.push(fresh));
  assert.equal(neither.split("\n").length, fees.trimEnd().split("\n").length + 2);
});

test("a column that the file does not have comes when somebody fills it in", () => {
  const old = "合计编号,对象,走读或寄宿,必交合计,自愿合计\nT1,走读学生,走读,0.00,397.00\nT2,寄宿学生,寄宿,0.00,1099.00\n";
  const after = saved("terms-2023-spring-fee_totals", old, (content) => { content.rows[1].grade = "1-6"; });
  assert.equal(after.split("\n")[0], "合计编号,对象,走读或寄宿,必交合计,自愿合计,年级");
  assert.equal(after.split("\n")[2], "T2,寄宿学生,寄宿,0.00,1099.00,1-6");
});

test("rows of totals and remarks above the header are left alone", () => {
  const old = `青禾小学收费表\n${fees}合计,,,,,,,,,,,,,,,,,\n`;
  const { rows } = on(FEES).fromFile(old);
  assert.equal(rows.length, on(FEES).fromFile(fees).rows.length);
  assert.equal(saved(FEES, old, (content) => { content.rows[2].amount = "18.00"; }), old.replace("15.00", "18.00"));
});

test("a file that is not there yet begins with its titles", () => {
  const { toFile } = on("terms-2023-spring-fee_totals");
  const row = { id: "T1", name: "走读", boarding: "走读", compulsory: "0.00", voluntary: "1.00" };
  assert.equal(toFile({ rows: [row] }).split("\n")[1], "T1,走读,,走读,,0.00,1.00");
});

test("codes that are chosen stand in one cell", () => {
  const calendar = files.find((file) => file.path.endsWith("calendar.csv"));
  const after = saved(calendar.format, calendar.text, (content) => { content.rows[0].campuses = ["ZX", "SL"]; });
  assert.deepEqual(apart(calendar.text, after).come, [calendar.text.split("\n")[1].replace("logistics-office,,", "logistics-office,ZX;SL,")]);
});

test("what is not UTF-8 is not opened, and neither is a table without titles", () => {
  assert.throws(() => on(FEES).fromFile(`${fees}\uFFFD`), /没法用表单打开/);
  assert.throws(() => on(FEES).fromFile("甲,乙\n1,2\n"), /没法用表单打开/);
  assert.throws(() => on(SCHOOL).fromFile("名称: [青禾"), /没法用表单打开/);
});

test("a form that was filled from another text is not saved over this one", () => {
  const content = copy(on(FEES).fromFile(fees));
  assert.throws(() => on(FEES).toFile({ ...content, _base: "another" }), /已经被别人改过/);
});

test("comments of a YAML file survive, and one line differs", () => {
  const after = saved(SCHOOL, school, (content) => { content.address = "示例县青禾镇学府路2号"; });
  assert.ok(after.startsWith("# 示例数据"));
  assert.equal(after, school.replace("学府路1号", "学府路2号"));
});

test("an entry inside of a list inside of a list is changed where it stands", () => {
  const after = saved(PLAN, plan, (content) => {
    const measure = content.areas[1].measures[2];
    assert.equal(measure.id, "m2.3");
    measure.status = "已完成";
    measure.completed_on = "2023-05-01";
  });
  const line = plan.split("\n").find((one) => one.includes("m2.3"));
  assert.deepEqual(apart(plan, after), {
    gone: [line],
    come: [line.replace("状态: 进行中", "状态: 已完成").replace("每月查看一次}", "每月查看一次, 完成日期: 2023-05-01}")],
  });
});

test("codes in a list stay a list", () => {
  const after = saved(PLAN, plan, (content) => { content.areas[0].measures[0].registers = "readiness;textbooks"; });
  assert.deepEqual(apart(plan, after).come, [apart(plan, after).gone[0].replace("[readiness]", "[readiness, textbooks]")]);
});

test("entries of a list come and go line by line", () => {
  const campus = { id: "LJ", name: "柳家村小", kind: "村小", enrolment: "12" };
  const more = saved(SCHOOL, school, (content) => content.campuses.push(campus));
  assert.deepEqual(apart(school, more), { gone: [], come: ["  - {校区编号: LJ, 校区名称: 柳家村小, 类别: 村小, 在校学生: 12}"] });
  const fewer = saved(SCHOOL, school, (content) => content.hotlines.splice(1, 1));
  assert.equal(apart(school, fewer).come.length, 0);
  assert.equal(apart(school, fewer).gone.length, 1);
});

test("a value that YAML could take for something else is put in quotation marks", () => {
  for (const value of ["0371", "yes", "a: b", "# 不是注释", "- 甲", "{甲}", "1.10", "“引号”", '"', "@甲", "甲，乙", "[", "2023-02-13 起"]) {
    const after = saved(SCHOOL, school, (content) => { content.email = value; content.hotlines[0].hours = value; });
    const back = on(SCHOOL).fromFile(after);
    assert.deepEqual([back.email, back.hotlines[0].hours], [value, value]);
    assert.equal(apart(school, after).gone.length, 1, value);
  }
});

test("what was emptied says nothing any more", () => {
  const after = saved(SCHOOL, school, (content) => { content.address = ""; });
  assert.deepEqual(apart(school, after).come, ['地址: ""']);
});

test("block style, comments behind values and comments between entries stay", () => {
  const old = [
    "学期编号: 2023-spring # 和文件夹同名", "学期名称: 春季", "报名日: 2023-02-10", "开学日: 2023-02-13", "", "放假日: 2023-07-07",
    "补课日:", "  # 五一调休", "  - 日期: 2023-04-23 # 星期日", "    说明: 补五月二日的课", "  # 又一天", "  - 日期: 2023-05-06",
    "    说明: 补五月三日的课", "# 完", "",
  ].join("\n");
  const name = "terms-2023-spring-terms";
  assert.equal(saved(name, old, () => {}), old);
  const changed = saved(name, old, (content) => { content.make_up_days[0].name = "改"; content.id = "2023-autumn"; });
  assert.equal(changed, old.replace("补五月二日的课", "改").replace("编号: 2023-spring", "编号: 2023-autumn"));
  const fewer = saved(name, old, (content) => content.make_up_days.splice(0, 1));
  assert.equal(fewer, old.replace("  - 日期: 2023-04-23 # 星期日\n    说明: 补五月二日的课\n", ""));
  const more = saved(name, old, (content) => content.make_up_days.push({ date: "2023-06-25", name: "补端午的课" }));
  assert.equal(more, old.replace("三日的课\n", "三日的课\n  - 日期: 2023-06-25\n    说明: 补端午的课\n"));
  const off = saved(name, old, (content) => content.days_off.push({ date: "2023-03-01", name: "停电" }));
  assert.equal(apart(old, off).gone.length, 0);
  assert.equal(on(name).fromFile(off).days_off[0].name, "停电");
});
