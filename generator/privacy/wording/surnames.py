"""Surnames of the hundred-surnames list and today's common ones, and words that only begin like a name."""

from __future__ import annotations

import re

# Surnames that hardly begin a word of everyday Chinese: what follows a cue and begins with one is a name.
PLAIN = frozenset(
    "赵孙李周吴郑王冯陈褚蒋沈韩杨朱秦尤许何吕张曹魏姜戚谢邹喻窦潘葛奚郎鲁韦昌苗俞袁柳酆鲍唐廉岑薛雷贺倪汤滕殷罗毕郝邬"
    "傅皮卞伍卜孟穆萧尹姚邵湛汪祁禹狄臧宋庞熊纪屈祝董杜阮闵贾娄颜郭梅刁邱骆蔡樊胡霍虞柯昝卢莫裘缪贲邓郁杭洪诸崔吉钮龚"
    "嵇邢滑裴陆荣翁荀於惠甄曲芮羿储靳汲邴糜乌焦牧隗谷侯宓蓬郗仇栾厉戎祖符刘詹束龙叶韶郜黎蓟宿蒲邰鄂索籍赖卓蔺屠乔胥莘翟谭"
    "姬冉郦雍璩桑桂濮扈燕冀郏浦晏柴瞿阎茹鱼慎廖庾暨耿匡寇禄阙欧殳沃蔚夔聂晁勾敖訾阚沙鞠巢蒯荆逯闫肖付覃邸亓芦佟揭冼岳缑"
    "陶谈舒徐宗巫钭厍宣宦帅郈佘佴墨谯笪涂鄢楚晋钦解任余段夏程彭江范丁康孔石田钟武龙钱施侯曾毛邱严史顾易孟梁戴贾万贺文常安"
) - frozenset("万文常安宿索曲勾")
# Surnames that everyday words begin with as well (高年级, 安全, 成绩): they need more than a cue that stands before them.
WORDY = (
    frozenset(
        "高方金白石文江万黄常温安马田水时成明元平和经关管车路项应包计卫华章云范费于乐凤花任康齐章支房单左甘全班仰秋仲伊宫宁"
        "景幸司印怀从咸苍双闻党贡劳逄申扶堵宰却牛寿通边尚农别庄充慕连习艾容向古戈终居衡步都满弘国广东利越隆师巩冷辛那简饶空"
        "毋乜养须丰相查后红游竺权盖益桓公代原林盛凌童麻强危蓝席季池阴能苏柏孔严郁戴路常封家井富巴弓山蒙曲宿索荔勾古冯"
        "干羊暴薄松伏茅米贝丁钟夏丘鲜兰仝苑展商牟伯赏哈年爱阳言福法汝百归海况有党融尧"
    )
    - PLAIN
)
# Surnames that are mostly small words of a sentence: a name begins with them only where nothing else stands before it.
SMALL = frozenset("和向从时全有那别都能须却应家后公国师平经关成又充终居通毋单双年况代满益别相")
COMPOUND = frozenset(
    re.findall(
        "..",
        "万俟司马上官欧阳夏侯诸葛闻人东方赫连皇甫尉迟公羊澹台公冶宗政濮阳淳于单于太叔申屠公孙仲孙轩辕令狐钟离"
        "宇文长孙慕容鲜于闾丘司徒司空亓官司寇子车颛孙端木巫马公西漆雕乐正壤驷公良拓跋夹谷宰父谷梁段干百里东郭"
        "南门呼延羊舌微生左丘东门西门南宫第五梁丘独孤纳兰完颜叶赫",
    )
)
SURNAMES = PLAIN | WORDY
