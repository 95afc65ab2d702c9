"""Made-up personal data in the disguises that a clerk types, and harmless texts that look like it.

Written without a look at the detector: numbers are built from their published definitions, disguised by plain string
operations, and put into the texts in which a school's data, pages and files hold values.
"""

from __future__ import annotations

import calendar
import hashlib
import re
from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple


class Case(NamedTuple):
    """A text, what it holds, how that is disguised, and what it is without the disguise."""

    text: str
    kind: str
    disguise: str
    secret: str
    shown: str


HAN = "〇一二三四五六七八九"
CAPITAL = "零壹贰叁肆伍陆柒捌玖"
CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨"
FULL = "０１２３４５６７８９"
ARABIC = "٠١٢٣٤٥٦٧٨٩"
MATHS = "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"
INVISIBLE = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u202c", "\ufe0f")
SPACES = (" ", "\u00a0", "\u3000", "\u2009", "\u202f", "  ")
COUNTIES = (
    "410101",
    "411402",
    "110105",
    "310115",
    "500112",
    "622102",
    "350521",
    "640303",
    "431126",
    "130984",
    "542123",
)
SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马胡朱郭何罗高林郑梁谢唐许冯宋韩邓彭曹曾田萧潘袁蔡蒋余于杜叶程魏苏吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯"
    "邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武莫孔汤常温康施文牛樊葛邢安齐易乔伍庞颜庄章鲁倪邸翟申耿焦左柳甘祝包宁尚符舒阮柯"
)
COMPOUND = ("欧阳", "司马", "上官", "诸葛", "皇甫", "令狐", "东方", "慕容", "尉迟", "夏侯")
GIVEN = (
    "明华丽敏静伟强磊军洋勇艳杰娟涛超秀霞平刚桂英建国志玉兰红梅芳云龙飞鹏宇浩轩子涵梓萱欣怡雨晨佳琪思远一诺可馨博文俊豪嘉怡天宝小虎亚楠胜男"
    "晓东海燕新春永生金凤银铃学友家豪雪晴润泽景行知远乐乐朵朵依然若曦奕辰沐阳语桐书瑶皓月星辰承恩凯旋振宏立群保国德胜传福来顺长青福贵四三五"
)
NUMBER_CONTEXTS = (
    "@",
    "电话：@",
    "电话:@",
    "联系电话@（家长）",
    "手机号@。",
    "张三@",
    "李四@谢谢",
    "班主任王五@，请联系",
    "请拨打@咨询",
    "F01,教辅材料费,12.50,@,是",
    '{"备注": "@", "数": 3}',
    "<td>@</td>",
    "<p>有事请找校长 @，或到学校。</p>",
    "（@）",
    "【@】",
    "“@”",
    "名单\n1. @\n2. 无",
    "- 校车司机@\n- 其他",
    "3\t赵六\t@\t自愿",
    "| 备注 | @ |",
    "2023-02-13 张老师 @",
    "豫教财〔2010〕1619号，@",
    "注@",
    "微信同号@",
    "tel:@",
    "Tel: @ ",
    "本期收费450.00元，@",
    "@或@2",
    "接听时间8:30至17:00；@",
    "备注=@;",
    "监督：@转后勤",
    "QQ@",
)
CUED_CONTEXTS = ("电话：@", "联系电话@", "手机号@。", "身份证号、银行卡号或手机：@", "卡号（身份证、手机）@吗")


def mobile(random: Random) -> str:
    """A mobile number of one of the ranges in use."""
    return random.choice(("13", "15", "17", "18", "19", "166", "147")).ljust(3, random.choice("012356789"))[
        :3
    ] + digits(random, 8)


def digits(random: Random, count: int) -> str:
    """So many digits."""
    return "".join(random.choice("0123456789") for _ in range(count))


def id_card(random: Random) -> str:
    """An 18-digit number by GB 11643: county, birthday, sequence and check sign by ISO 7064 MOD 11-2."""
    year, month = random.randint(1935, 2019), random.randint(1, 12)
    body = f"{random.choice(COUNTIES)}{year}{month:02}{random.randint(1, calendar.monthrange(year, month)[1]):02}{digits(random, 3)}"
    rest = 0
    for sign in body:
        rest = (rest + int(sign)) * 2 % 11
    check = (12 - rest) % 11
    return body + ("X" if check == 10 else str(check))


def old_id_card(random: Random) -> str:
    """A 15-digit number as issued before 1999."""
    month = random.randint(1, 12)
    return f"{random.choice(COUNTIES)}{random.randint(30, 99)}{month:02}{random.randint(1, 28):02}{digits(random, 3)}"


def bank_card(random: Random) -> str:
    """A number of a UnionPay card of 16 to 19 digits with its check digit by Luhn."""
    body = "62" + digits(random, random.choice((13, 14, 16, 16)))
    total = 0
    for place, sign in enumerate(reversed(body)):
        value = int(sign) * (2, 1)[place % 2]
        total += value // 10 + value % 10
    return body + str(-total % 10)


def person(random: Random) -> str:
    """A name: a common surname, or a compound one, and one or two signs."""
    surname = random.choice(COMPOUND) if random.random() < 0.08 else random.choice(SURNAMES)
    return surname + "".join(random.choice(GIVEN) for _ in range(random.choice((1, 2, 2))))


def plate(random: Random) -> str:
    """A plate of a car: province, letter and five signs, or six for one with a battery."""
    tail = digits(random, random.choice((5, 4))) + random.choice("ABDFGKX7")
    tail = ("D" + tail)[:6] if random.random() < 0.3 else tail[-5:]
    return random.choice("豫京沪粤川鲁苏浙湘鄂陕皖冀晋") + random.choice("ABCDEFGHN") + tail


def email(random: Random) -> str:
    """An address of somebody at a public provider."""
    local = random.choice(("zhangsan", "wang.li", "li_si88", digits(random, 9), "xiao-ming", mobile(random)))
    return f"{local}@{random.choice(('qq.com', '163.com', '126.com', 'sina.com.cn', 'foxmail.com', 'outlook.com'))}"


def mapped(signs: str) -> Callable[[Random, str], str]:
    """A disguise that writes digits in other signs."""
    return lambda random, text: text.translate({48 + value: sign for value, sign in enumerate(signs)})


def grouped(mark: str | tuple[str, ...], ways: dict[int, tuple[tuple[int, ...], ...]]) -> Callable[[Random, str], str]:
    """A disguise that parts a number into groups."""

    def apply(random: Random, text: str) -> str:
        between, place, parts = mark if isinstance(mark, str) else random.choice(mark), 0, []
        for length in random.choice(ways[len(text)]):
            parts.append(text[place : place + length])
            place += length
        return between.join([*parts, text[place:]] if text[place:] else parts)

    return apply


WAYS: dict[int, tuple[tuple[int, ...], ...]] = {
    11: ((3, 4, 4), (3, 4, 4), (3, 4, 4)),
    15: ((6, 6, 3),),
    16: ((4, 4, 4, 4), (6, 10)),
    17: ((4, 4, 4, 4, 1),),
    18: ((6, 8, 4), (6, 4, 4, 4)),
    19: ((4, 4, 4, 4, 3), (6, 13)),
}
CARD18 = ((4, 4, 4, 4, 2),)
HYPHENED = WAYS | {11: ((3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (3, 3, 5))}


def sprinkled(random: Random, text: str) -> str:
    """Invisible signs here and there."""
    return "".join(sign + (random.choice(INVISIBLE) if random.random() < 0.4 else "") for sign in text[:-1]) + text[-1]


def mixed(random: Random, text: str) -> str:
    """Plain, full-width and Chinese digits in one number."""
    table = [random.choice((str(value), FULL[value], HAN[value])) for value in range(10)]
    return text.translate({48 + value: sign for value, sign in enumerate(table)})


def lettered(random: Random, text: str) -> str:
    """The letters O and l for 0 and 1."""
    return (
        text.replace("0", random.choice("Oo")).replace("1", random.choice("lI"))
        if len(set(text) - set("01X")) > 3
        else text
    )


def apart(mark: str) -> Callable[[Random, str], str]:
    """A mark between all digits."""
    return lambda random, text: mark.join(text)


def quoted(text: str, form: str) -> str:
    """Each byte of a text as links write it."""
    return "".join("%" + form.format(byte) for byte in text.encode())


LIST_MARKS = ("，", "；", "~", "～", "、", "：", "*", "＊", "转", ":", "｜")
NUMBER_DISGUISES: dict[str, Callable[[Random, str], str]] = {
    "as it is": lambda random, text: text,
    "full width": mapped(FULL),
    "Chinese digits": mapped(HAN),
    "capital Chinese digits": mapped(CAPITAL),
    "circled digits": mapped(CIRCLED),
    "digits of other scripts": lambda random, text: mapped(random.choice((ARABIC, MATHS)))(random, text),
    "several scripts mixed": mixed,
    "invisible characters": sprinkled,
    "invisible in full width": lambda random, text: sprinkled(random, mapped(FULL)(random, text)),
    "spaces, groups": grouped(SPACES, WAYS),
    "hyphens, groups": grouped(("-", "－", "–", "—", " - ", "‑"), HYPHENED),
    "full stops, groups": grouped(".", WAYS | {16: ((4, 4, 4, 4),), 19: ((4, 4, 4, 4, 3),)}),
    "middle dots, groups": grouped(("·", "•", "・"), HYPHENED),
    "underscores, groups": grouped("_", WAYS),
    "slashes, groups": grouped("/", WAYS),
    "Chinese digits, groups": lambda random, text: mapped(HAN)(random, grouped((" ", "-", "－"), WAYS)(random, text)),
    "each digit apart, spaces": apart(" "),
    "each digit apart, hyphens": apart("-"),
    "letters O and l": lettered,
    "per cent signs": lambda random, text: quoted(text, random.choice(("{:02X}", "{:02x}"))),
    "references": lambda random, text: "".join(f"&#{random.choice(('', '0', '000'))}{ord(sign)};" for sign in text),
    "hexadecimal references": lambda random, text: "".join(f"&#x{ord(sign):x};" for sign in text),
    "some digits in per cent signs": lambda random, text: "".join(
        quoted(sign, "{:02X}") if random.random() < 0.4 else sign for sign in text
    ),
}
MOBILE_DISGUISES = NUMBER_DISGUISES | {
    "country code": lambda random, text: (
        random.choice(("+86", "+86 ", "0086", "0086-", "86", "86-", "(+86)", "（+86）", "＋８６ ")) + text
    ),
    "country code and groups": lambda random, text: (
        random.choice(("+86 ", "+86-", "0086 ", "86-")) + grouped("-", WAYS)(random, text)
    ),
    "brackets": lambda random, text: f"({text[:3]}){text[3:]}",
    "zero before it": lambda random, text: "0" + text,
    "marks of lists, groups": grouped(LIST_MARKS, WAYS),
}
ID_DISGUISES = NUMBER_DISGUISES | {
    "small or wide X": lambda random, text: text.replace("X", random.choice(("x", "Ｘ", "ｘ", "×", " X"))),
    "hyphens round the birthday": grouped("-", {18: ((6, 4, 2, 2, 4),), 15: ((6, 6, 3),)}),
    "marks of lists, groups": grouped(LIST_MARKS, {18: ((6, 8, 4), (6, 4, 4, 4), (6, 8, 3, 1), (6, 12))}),
    "four pieces": grouped((" ", "-", "/", "."), {18: ((6, 4, 4, 4), (6, 8, 3, 1))}),
}


def broken(random: Random, text: str) -> str:
    """A line break inside."""
    place = random.choice((3, 7, 6, 4))
    return text[:place] + random.choice(("\n", "\r\n", "\n  ", "-\n")) + text[place:]


NAME_CONTEXTS = (
    "@同学",
    "表扬@同学。",
    "我班@同学获奖",
    "学生:@",
    "学生：@",
    "学生： @",
    "学生姓名：@",
    "学生@，六年级",
    "家长:@",
    "家长：@（签字）",
    "家长@。",
    "@的家长",
    "请@的家长到校",
    "@家长",
    "收到@家长来信",
    "学生家长：@",
    '{"学生": "@"}',
    "F01,作业本费,@同学代收,是",
    "<td>学生：@</td>",
    "监护人：@",
    "感谢@同学的家长",
    "获奖同学：@、李小明",
    "家长姓名：@\n电话：无",
    "- @同学\n- 其他",
    "“@同学”",
    "学生@于2023年2月转学",
    "三（2）班@同学",
)
NAME_DISGUISES: dict[str, Callable[[Random, str], str]] = {
    "as it is": lambda random, text: text,
    "spaces": lambda random, text: random.choice((" ", "\u3000")).join(text),
    "invisible characters": sprinkled,
    "middle dot": lambda random, text: text[0] + "·" + text[1:],
    "per cent signs": lambda random, text: quoted(text, "{:02X}"),
    "references": lambda random, text: "".join(f"&#{ord(sign)};" for sign in text),
}
PLATE_DISGUISES: dict[str, Callable[[Random, str], str]] = {
    "as it is": lambda random, text: text,
    "middle dot": lambda random, text: text[:2] + random.choice("·•・.-－") + text[2:],
    "full width": lambda random, text: "".join(chr(ord(s) + 0xFEE0) if s.isascii() else s for s in text),
    "spaces": lambda random, text: f"{text[0]} {text[1]} {text[2:]}",
    "invisible characters": sprinkled,
    "small letters": lambda random, text: text.lower(),
    "per cent signs": lambda random, text: quoted(text, "{:02X}"),
}
EMAIL_DISGUISES: dict[str, Callable[[Random, str], str]] = {
    "as it is": lambda random, text: text,
    "full width": lambda random, text: "".join(chr(ord(s) + 0xFEE0) if s.isascii() else s for s in text),
    "at in brackets": lambda random, text: text.replace("@", random.choice(("(at)", "[at]", "（at）", " [AT] "))),
    "spaces": lambda random, text: text.replace("@", random.choice((" @ ", "@ ", " @"))),
    "wide signs": lambda random, text: text.replace("@", "＠").replace(".", "．"),
    "per cent signs": lambda random, text: quoted(text, "{:02X}"),
    "references": lambda random, text: text.replace("@", random.choice(("&#64;", "&#x40;", "&commat;", "%40"))),
    "invisible characters": sprinkled,
}
KINDS = {
    "mobile number": (mobile, MOBILE_DISGUISES),
    "ID number": (id_card, ID_DISGUISES),
    "ID number of 15 digits": (
        old_id_card,
        {name: ID_DISGUISES[name] for name in (*list(ID_DISGUISES)[:9], "hyphens, groups")},
    ),
    "bank card number": (bank_card, NUMBER_DISGUISES),
    "name of a pupil or parent": (person, NAME_DISGUISES),
    "vehicle plate": (plate, PLATE_DISGUISES),
    "e-mail address": (email, EMAIL_DISGUISES),
}


def positives(count: int, seed: int = 1) -> Iterator[Case]:
    """Yield so many texts, each with one piece of personal data, all kinds and disguises in turn."""
    random = Random(seed)
    pairs = [(kind, name) for kind, (_, disguises) in KINDS.items() for name in (*disguises, "line break")]
    pairs = [pair for pair in pairs if pair[1] != "line break" or "number" in pair[0]]
    for index in range(count):
        kind, name = pairs[index % len(pairs)]
        make, disguises = KINDS[kind]
        secret = make(random)
        if name == "line break":
            shown, contexts = broken(random, secret), CUED_CONTEXTS
        elif kind == "bank card number" and len(secret) == 18 and "groups" in name:
            shown = grouped("-" if "hyphens" in name else " ", WAYS | {18: CARD18})(random, secret)
            contexts = NUMBER_CONTEXTS
        else:
            shown, contexts = (
                disguises[name](random, secret),
                NAME_CONTEXTS if kind.startswith("name") else NUMBER_CONTEXTS,
            )
        context = random.choice(contexts)
        if context.startswith(("tel", "QQ", "Tel")) and (kind == "vehicle plate" or kind == "e-mail address"):
            context = "@"
        yield Case(context.replace("@2", "12315").replace("@", shown), kind, name, secret, shown)


PEOPLE_WORDS = re.findall(
    r"\S+",
    """全体同学 各位同学 高年级同学 低年级同学们 毕业班同学 贫困同学 困难同学 同学们 男同学 女同学 老同学 家长会 家长委员会 全体学生 贫困学生 学生营养餐 学生宿舍管理责任人 班主任和家长 高年级家长 学生家长
各位家长 向同学们收取 关心同学 学生安全 学生应当 学生成绩 家长应当 家长方可 家长许可 家长任何意见 学生管理 某同学 张某同学 李×同学 学生：全体 对象：自愿学生 年级的家长 向书面同意的家长收取
告诉家长可以不交 学生平均 学生元旦放假 学生常规 学生时代 学生和家长 学生经费 为同学服务 让同学满意 家长学校 走读学生 寄宿学生 建档立卡学生 困难家庭家长 学生饮用水 学生保险 学生校服 学生高度重视 学生集体
学生上下学 家长接送 家长满意度 家长意见 家长代表 家长签字 家长知情同意书 家长自愿 家长监督电话 学生资助 学生健康 学生体检 学生用书 学生住宿费 同学聚会 同学之间 同班同学 全班同学 每位同学 其他同学
有困难的同学 参加的同学 学生干部 学生乘车 学生路队 学生温暖 学生计划 学生水费 学生电费 学生党员 学生时间 学生章程 学生支出 学生单位 家长通知 家长申请 家长查询 家长监督 家长护学岗 家长开放日 家长须知
家长成员 家长平时 家长经常 学生都有 学生能吃饱 学生满意 学生全部 学生从三月起 家长向学校 家长包括 学生于是 家长于开学前 学生元月 家长公开 学生公寓 家长相互 学生丰富 学生充足 学生习惯 学生步行 学生居住
家长牛奶 学生牛奶 学生白天 学生田径 学生施工""",
)
NEED_WORDS = re.findall(
    r"\S+",
    """困难学生伙食补助 贫困生资助 贫困生申请表 贫困生申请 贫困生管理 贫困生认定 贫困生程序 贫困生金额 低保户子女 低保户证明 低保户危房 建档立卡户房屋 建档立卡户子女 建档立卡户证明 脱贫户包联 脱贫户监测
监测户申报 孤儿证 孤儿养育 孤儿，残疾儿童 留守儿童之家 留守儿童关爱 留守儿童：关爱 留守儿童管理 留守儿童：无 留守儿童家长 特困生补助 受助生名单 受助生公示 受助生于 贫困户家庭 贫困生王某 学生家长王某 低保户王庄村
低保户：李庄 五保户供养 贫困生：每生 贫困生餐费 留守儿童陪伴 留守儿童安全 孤儿应由 困境儿童保障 残疾儿童康复 残疾儿童随班就读 随班就读生成长 六年级国家 六年级大家 一年级史学家 六年级全家 六年级张某家
三年级家 六年级张伟家庭 二年级成家 五年级回家 六班专家 二年级文学家""",
)
SCHOOL_TEXT_CONTEXTS = (
    "@",
    "{}，@",
    "备注：@",
    "F01,作业本费,@,是",
    '{"note": "@"}',
    "<td>@</td>",
    "（@）",
    "见@。",
    "合计@",
    "@ 元",
    "表中@与上期相同",
)


def harmless(random: Random) -> tuple[str, str]:
    """One harmless value and what it is."""
    kind = random.choice(tuple(HARMLESS))
    return kind, HARMLESS[kind](random)


def day(random: Random) -> tuple[int, int, int]:
    """A year, a month and a day."""
    return random.randint(2005, 2030), random.randint(1, 12), random.randint(1, 28)


def dates(random: Random) -> str:
    """Dates and ranges of dates as they are typed."""

    def one() -> str:
        form = random.choice(("{:04}-{:02}-{:02}", "{:04}{:02}{:02}", "{:04}/{}/{}", "{:04}.{}.{}", "{:04}年{}月{}日"))
        return form.format(*day(random))

    return random.choice(("/", " ", "至", "—", "-", " - ", "\n", "、", "\t")).join(
        one() for _ in range(random.choice((1, 2, 2, 3)))
    )


def row(random: Random) -> str:
    """Four to twelve unrelated whole numbers in one row of a table."""
    numbers = [str(random.randint(1, 10 ** random.randint(1, 6))) for _ in range(random.randint(4, 12))]
    return random.choice((" ", "\t", "  ", " | ", "\n", ",", "、")).join(numbers)


def money(random: Random) -> str:
    """An amount as people type it, small or enormous."""
    amount = random.randint(1, 10 ** random.randint(2, 13))
    return random.choice(
        (
            f"{amount:,}.{random.randint(0, 99):02}",
            f"{amount}.{random.randint(0, 99):02}",
            f"¥{amount:,}",
            f"{amount % 10**7}元",
            f"{amount % 10**7}.5万元",
        )
    )


def moneys(random: Random) -> str:
    """Amounts beside one another."""
    return random.choice((" ", "\t", "\n", "/", " - ", "~")).join(
        f"{random.randint(1, 10**6) / 100:.2f}" for _ in range(random.randint(2, 8))
    )


def landline(random: Random) -> str:
    """A landline with its area code."""
    area = random.choice(("010", "021", "0371", "0370", "0394", "0755", "0000"))
    number = random.choice("23456789") + digits(random, 7 if area != "0394" else 6)
    form = random.choice(("{}-{}", "（{}）{}", "({}){}", "{} {}", "{}{}", "{}－{}", "{}-{}-801", "{}-{}转8001"))
    return form.format(area, number)


def credit_code(random: Random) -> str:
    """A unified social credit code with its check sign by GB 32100."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = (
        random.choice(("12", "11", "91", "92", "51"))
        + random.choice(("410101", "411402", "622102"))
        + random.choice((digits(random, 9), "MB" + digits(random, 7)))
    )
    total = sum(signs.index(sign) * (3**place % 31) for place, sign in enumerate(body))
    return body + signs[-total % 31]


def barcode(random: Random) -> str:
    """An ISBN or EAN-13, with or without hyphens."""
    body = random.choice(("978", "979", "690", "693", "697")) + digits(random, 9)
    check = -sum(int(sign) * (1, 3)[place % 2] for place, sign in enumerate(body)) % 10
    whole = f"{body}{check}"
    return random.choice(
        (
            whole,
            f"{whole[:3]}-7-{whole[4:6]}-{whole[6:12]}-{whole[12]}",
            f"ISBN {whole[:3]} 7 {whole[4:6]} {whole[6:12]} {whole[12]}",
        )
    )


def digest(random: Random) -> str:
    """A hash, whole or in pieces; one in about three hundred begins with twelve digits, which nobody can tell from a number."""
    value = hashlib.sha256(random.randbytes(8)).hexdigest()
    while value[:12].isdecimal():
        value = hashlib.sha256(value.encode()).hexdigest()
    return random.choice(
        (
            value,
            value[:40],
            value[:12],
            "-".join(value[i : i + 4] for i in range(0, 32, 4)),
            f"sha256-{value}",
            f"{value[:8]}-{value[8:12]}-4{value[13:16]}-{value[16:20]}-{value[20:32]}",
        )
    )


HARMLESS: dict[str, Callable[[Random], str]] = {
    "hotline": lambda r: r.choice(
        (
            "12315",
            "12388",
            "12345",
            "12391",
            "96315",
            "963" + digits(r, 2),
            "95588",
            "400-" + digits(r, 3) + "-" + digits(r, 4),
            "400" + digits(r, 7),
            "800-810-" + digits(r, 4),
            "110、119、120",
            "12345 12315",
            "400 " + digits(r, 3) + " " + digits(r, 4),
        )
    ),
    "landline": landline,
    "document number": lambda r: r.choice(
        (
            "豫教财〔{}〕{}号",
            "发改价格规〔{}〕{}号",
            "教基〔{}〕{} 号",
            "国办发[{}]{}号",
            "财教（{}）{}号",
            "政府令第{}{}号",
        )
    ).format(day(r)[0], r.randint(1, 2500)),
    "amount": money,
    "amounts": moneys,
    "dates": dates,
    "row of numbers": row,
    "credit code": credit_code,
    "account code": lambda r: r.choice(
        ("30201 办公费", "30206", "2050202", "科目30206、30299", "30201 30202 30205 30206", "205 02 02", "50502")
    ),
    "running number": lambda r: r.choice(
        (
            f"{day(r)[0]}{r.randint(1, 12):02}{digits(r, 5)}",
            f"NO.{digits(r, 8)}",
            f"No {digits(r, 10)}",
            f"第{digits(r, 6)}号",
            f"C-{digits(r, 3)}",
            "1 2 3 4 5 6 7 8 9 10 11 12",
            "一二三四五六七八九十",
            "第十三届",
            "01 02 03 04 05 06 07 08 09 10 11",
        )
    ),
    "barcode": barcode,
    "hash": digest,
    "time": lambda r: f"{r.randint(6, 12)}:{r.randint(0, 59):02}-{r.randint(13, 21)}:{r.randint(0, 59):02} {day(r)[0]}",
    "decimal": lambda r: r.choice(
        (
            f"0.{digits(r, r.randint(6, 17))}",
            f"{r.randint(1, 300)}.{digits(r, r.randint(8, 14))}",
            f"34.{digits(r, 6)},113.{digits(r, 6)}",
        )
    ),
    "last digits": lambda r: f"尾号{digits(r, 4)}",
    "masked": lambda r: r.choice(
        ("138****8000", "4101**********1234", "张×同学", "李*家长", "62**********1234", "z***@qq.com", "豫A*****")
    ),
    "own address": lambda r: r.choice(("office@school.example", "xiaozhang@mail.school.example", "ISO@SCHOOL.EXAMPLE")),
    "not an address": lambda r: r.choice(
        ("actions/checkout@v4.1.1", "mkdocs@1.6", "单价@2.00元", "@media print", "a @ b", "data-x@2x")
    ),
    "code": lambda r: r.choice(
        (
            "F01",
            "A1",
            "豫教A1",
            "新F01",
            "川流不息",
            "云C语言课",
            "京A班",
            "2023-spring/A1/m1.1",
            "GB 11643-1999",
            "JGJ 39-2016",
            "v1.2.3.4",
            "192.168.138.1",
            "粤港澳",
            "苏教版A4",
            "GB/T 36342-2018",
        )
    ),
    "address of a page": lambda r: r.choice(
        (
            "https://www.henan.gov.cn/{}/{:02}-{:02}/{}.html".format(*day(r), digits(r, 7)),
            f"http://jyt.henan.gov.cn/art_{digits(r, 7)}_{digits(r, 4)}.html",
            f"https://x.cn/a/{digits(r, 3)}/{digits(r, 4)}/{digits(r, 4)}",
            f"http://www.moe.gov.cn/srcsite/A01/t{day(r)[0]}0213_{digits(r, 7)}.html",
        )
    ),
    "counts beside one another": lambda r: r.choice(
        (
            "早餐,{},{},{},是",
            "{}, {}, {}",
            "| {} | {} | {} |",
            "[{},{},{}]",
            "{}、{}、{}元",
            "{}，{}，{}人。",
            "{};{};{};2",
            "1:{}:{}:{}",
        )
    ).format(r.randint(130, 199), r.randint(1000, 9999), r.randint(1000, 9999)),
    "thousands": lambda r: r.choice(
        (
            f"{r.randint(130, 199)},{r.randint(100, 999)},{digits(r, 3)}",
            f"{r.randint(130, 199)},{digits(r, 3)},{digits(r, 3)},{digits(r, 3)}",
            f"{r.randint(1, 9)},{digits(r, 3)}、{r.randint(1, 9)},{digits(r, 3)}、{r.randint(1, 9)},{digits(r, 3)}",
            f"{r.randint(130, 199)}，{r.randint(1000, 9999)}.50，{r.randint(1000, 9999)}.00",
            f"{r.randint(130, 199)}、{r.randint(100, 999)}、{r.randint(1000, 9999)}",
            f"{digits(r, 11)}.{digits(r, 2)}元",
        )
    ),
    "per cent": lambda r: r.choice(
        (
            f"{r.randint(1, 99)}%{r.randint(30, 39)}人",
            f"{r.randint(1, 99)}%、{r.randint(1, 99)}%、{r.randint(1, 99)}%",
            f"https://x.cn/s?q=%E6%94%B6%E8%B4%B9%20{r.randint(1, 9999)}&amp;p={r.randint(1, 99)}&lt;",
            f"&copy;{r.randint(2005, 2030)}&nbsp;{r.randint(1, 9999)}&#20803;",
        )
    ),
    "words for need": lambda r: r.choice(NEED_WORDS),
    "words for people": lambda r: r.choice(PEOPLE_WORDS),
    "size": lambda r: r.choice(
        (
            f"{r.randint(1, 999)}人 {r.randint(100, 9999)}元 {r.randint(100, 9999)}元",
            f"{r.randint(1, 99)}×{r.randint(1, 99)}={r.randint(1, 9801)}",
            f"{r.randint(100, 200)}-{r.randint(1000, 9999)}元",
            f"{r.randint(1, 9)}/{r.randint(10, 99)}",
            f"13 800 138 000 {r.randint(100, 999)}",
            f"{r.randint(13000, 19999)}-{r.randint(100000, 999999)}元",
        )
    ),
}


def negatives(count: int, seed: int = 2) -> Iterator[Case]:
    """Yield so many harmless texts."""
    random = Random(seed)
    for _ in range(count):
        kind, value = harmless(random)
        context = random.choice(SCHOOL_TEXT_CONTEXTS).replace("{}", random.choice(PEOPLE_WORDS))
        yield Case(context.replace("@", value), kind, "harmless", "", value)
