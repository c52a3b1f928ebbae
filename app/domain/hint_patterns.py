# ruff: noqa: E501  # a pattern cut into lines is harder to read than a long one
"""The negative list as data: by which words each of N01 to N12 is suspected, and what around them clears it (domain brief 1.5).

A pattern looks at one sentence. Precision counts more than recall: a word alone never suffices, for a suggestion may well
speak of courts, tenders and complaints; it is the asking, the pointing at one case or at oneself, that does not belong there.
"""

import re
from dataclasses import dataclass
from re import Pattern
from typing import Final


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What one code of the list is known by; `asking` tells that the sentence must ask for something besides."""

    code: str
    name: str
    pattern: Pattern[str]
    cleared: Pattern[str] | None = None
    asking: bool = False


ASKING: Final = re.compile("建议|希望|请求|恳请|请(?!问|示|假|客|教)|要求|呼吁|应当|尽快|给予|帮助|解决|落实|予以")

_KIN: Final = "亲戚|亲属|爱人|妻子|丈夫|老公|儿子|女儿|父亲|母亲|父母|哥哥|弟弟|姐姐|妹妹|侄子|外甥|岳父|岳母"
_OWN_FIRM: Final = "(?:我们?|本)(?:公司|司|企业|厂|店|合作社)"
_OWN_UNIT: Final = "(?:我们?|本)(?:单位|学校|校|医院|院|研究所)(?!长|士|子|内外)"
_FIRM: Final = "[\u4e00-\u9fff]{2,12}(?:有限)?公司"
_MEDAL: Final = "书记|局长|镇长|乡长|县长|区长|市长|村主任|院长|校长|法官|检察官|所长|科长|民警|某某|某"
_NATIONAL: Final = (
    "国务院|全国人大(?:常委会)?|党中央|中央政府|最高人民法院|最高人民检察院|最高法|最高检"
    "|(?<![江浙])国家(?:层面|出台|修改|修订|立法|制定|发(?:展)?改(?:革)?委|卫(?:生)?健(?:康)?委|税务总局|医保局|能源局|有关部委|部委)"
    "|(?:教育|财政|民政|公安|司法|交通运输|水利|农业农村|商务|自然资源|生态环境|住房和城乡建设|住建|人力资源和?社会保障|人社)部(?!门|署|分|队|级|长)"
)

LIST: Final = (
    Suspicion(
        "N01",
        "own_or_relative",
        re.compile(
            f"(?:本人|我)(?:的)?(?:{_KIN})|(?:本人|我家|我个人)(?:的)?(?:房|宅基地|住房|工资|职称|退休金|待遇|工作调动|土地)"
        ),
        re.compile("例如|比如|记得|小时候"),
        asking=True,
    ),
    Suspicion(
        "N02",
        "own_employer",
        re.compile(f"{_OWN_UNIT}[^，,。；]{{0,16}}(?:编制|经费|资金|用地|拨款|职称|指标|设备|补助|待遇)"),
        asking=True,
    ),
    Suspicion(
        "N03",
        "forwarding_letters",
        re.compile(
            "(?:现将|特将|转交|转递|代转|代为转交|转呈)[^。]{0,20}(?:来信|信件|联名信|材料|举报信)|(?:来信|信件|材料)(?:的)?(?:全文|原文|内容)(?:附后|如下)|(?:以下|下面)[是为系][^，。]{0,12}(?:来信|信访材料)"
        ),
    ),
    Suspicion(
        "N04",
        "concrete_case",
        re.compile(
            r"[（(〔\[]\d{4}[）)〕\]][\u4e00-\u9fff]\d{0,5}(?:民|刑|行|执|破|赔|知|仲)[\u4e00-\u9fff]{0,3}第?\d+(?:-\d+)?号|(?:本|该|此)案(?!例|子|由)[^。]{0,24}(?:判决|改判|再审|重审|裁定|执行|审结|立案)|(?:请求|要求|建议|恳请|请)[^，。]{0,12}(?:法院|检察院|仲裁委)[^，。]{0,12}(?:改判|再审|撤销原判|撤销判决|抗诉|重新审理)"
        ),
        re.compile("案例|制度|机制|规则|类案"),
    ),
    Suspicion(
        "N05",
        "accusation",
        re.compile(
            f"(?:检举|控告|举报|申诉)(?:人|书|信)[:：]|(?:现|特|实名|联名)(?:向[^，。]{{0,12}})?(?:检举|控告|举报|申诉)|(?:查处|严惩|追究|处分|撤换|罢免)[^，。；]{{0,12}}(?:{_MEDAL})(?:的)?(?:责任|问题|行为|违纪|违法)"
        ),
        re.compile("制度|机制|电话|平台|渠道|鼓励|奖励|终身|问责办法|实名举报(?:的|制|人)"),
    ),
    Suspicion(
        "N06",
        "academic_or_promo",
        re.compile(
            f"^[ \u3000]*(?:摘\\s*要|关键词|关键字|参考文献)[ \u3000]*[:：]|(?:本文|本论文)(?:认为|提出|研究|采用|探讨|旨在|通过|从)|{_OWN_FIRM}[^，。]{{0,15}}(?:研发|生产|推出|专利|产品)[^。]{{0,30}}(?:推广|采购|选用|使用)|(?:欢迎|敬请)(?:选购|订购|垂询|惠顾)|(?:请问|想咨询|咨询一下)[^。？?]{{0,40}}[？?]"
        ),
    ),
    Suspicion(
        "N08",
        "tender",
        re.compile(
            f"(?:指定|选定|确定|交由|改由|应由)[^，。]{{0,4}}{_FIRM}[^，。]{{0,6}}(?:中标|承建|承接|承包|供货|供应|实施)|(?:正在|目前|现正|本次|此次)(?:进行|开展|组织)?(?:的)?[^，。]{{0,10}}(?:招标|投标|评标|竞标)[^。]{{0,30}}(?:建议|应|要求|废标|中标|重新)|(?:招标|标段|采购项目)编号[:：]?[A-Za-z0-9]"
        ),
        re.compile("制度|机制|办法|探索|引进"),
    ),
    Suspicion(
        "N09",
        "wrong_level",
        re.compile(f"(?:建议|希望|呼吁|提请|恳请|请求|请)(?:由|在|从)?(?:{_NATIONAL})"),
        re.compile("(?:向|协调|争取|对接|会同|联合|报请)[^，。]{0,6}$|(?:省|市|县|区|州)(?:政府|人大|委)?(?:积极|主动|协调|向)"),
    ),
    Suspicion(
        "N10",
        "self_interest",
        re.compile(
            f"(?:给予|对|为)(?:{_OWN_FIRM})[^。]{{0,24}}(?:补贴|优惠|减免|扶持|奖励|资金支持|贷款|贴息|用地|订单|倾斜)|(?:由|授予|交给)(?:{_OWN_FIRM})[^，。]{{0,8}}(?:独家|专营|承办|运营|经营)|(?:限制|禁止|不准|不允许)(?:外地|外来|其他)(?:企业|公司|产品|品牌)[^，。]{{0,10}}(?:进入|参与|销售|经营)"
        ),
        re.compile("不得(?:限制|禁止)|取消|清理|消除|破除"),
    ),
    Suspicion(
        "N11",
        "unlawful",
        re.compile(
            "(?:不受|不必|无需|不用|可以不)(?:遵守|执行|按照|理会)[^，。]{0,12}(?:法律|法规|条例|《[^》]+法》)|(?:突破|绕开|规避|避开)(?:现行)?(?:法律|法规|耕地(?:保护)?红线|生态(?:保护)?红线|土地管理法)|(?:家属|亲属|子女|父母)[^，。]{0,6}(?:不得|不准|取消|限制)[^，。]{0,8}(?:入学|升学|参军|考公|就业|低保)"
        ),
        re.compile("防止|避免|禁止|杜绝|打击|严禁|查处|不得|企图|以此"),
    ),
    Suspicion(
        "N12",
        "secret",
        re.compile(
            "(?:绝密|机密|秘密)[ \u3000]*★|★[ \u3000]*(?:\\d+年|长期)|密级[:：][ \u3000]*(?:绝密|机密|秘密)|(?:绝密|机密|秘密)级(?:文件|会议|事项|资料)|(?:引自|摘自|根据|依据)[^，。]{0,10}(?:绝密|机密|涉密)(?:文件|材料|资料)"
        ),
    ),
)
"""Every suspicion that words alone can raise; N07 and N13 look at the whole text."""

PROBLEM: Final = re.compile(
    "问题|困难|不足|缺乏|缺少|矛盾|隐患|短板|不便|薄弱|滞后|难以|不够|瓶颈|挑战|亟待|堵|缺口|不完善|不健全|不亮|不规范|不平衡|差距|制约|难"
)
ANALYSIS: Final = re.compile(
    "原因|由于|因为|究其|源于|导致|造成|根源|分析|主要是|在于|因此|所致|使得|一是|必要|意义|缘于|从而|影响"
)
REQUEST: Final = re.compile("建议|希望|请求|恳请|呼吁|应当|应该|应|要|请|需")

VAGUE: Final = re.compile(
    "(?:因此|为此)?[，,]?(?:我)?(?:建议|希望|请|要求|要|应|应当)?(?:各级|有关|相关|上级|主管|职能|政府|党委|领导|部门|单位|和|的|及)*[，,]?(?:进一步|高度|切实|尽快|更加|继续)*"
    "(?:引起)?(?:重视|加强|加大|提高|完善|关注|解决|改进|改善|落实|支持|推进|研究)(?:此项|这项|该项|这个|这一|此|该|对此|对|工作|问题|力度|管理|监管|认识|领导|重视|水平|建设|方面|事|解决|它|的|并|和|处理)*"
)
"""A request that could stand in any suggestion: it names neither what is to be done nor where."""
ITEM: Final = re.compile(
    r"(?:^|(?<=[。；;：:\n \u3000]))[ \u3000]*(?:第?[一二三四五六七八九十][、是，,.．]|[（(](?:[一二三四五六七八九十]|\d{1,2})[)）]|\d{1,2}[、.．](?!\d))",
    re.MULTILINE,
)
UNIT: Final = re.compile(
    "(?:教育|公安|交警|民政|财政|水利|卫健|卫生健康|住建|住房和城乡建设|城管|城市管理|交通运输|交通|农业农村|林业|文旅|文化和旅游|人社|人力资源和社会保障|市场监管|生态环境|环保|自然资源|医保|商务|民宗|科技|体育|应急|消防|电力|供电|自来水|税务|司法|审计|统计|发改|工信|残联|妇联|团)(?:行政)?(?:主管)?(?:部门|局|委|厅|公司|大队|系统|行业)"
)
SEVERAL_MATTERS: Final = re.compile(
    "(?:[一二两三四五六七八九十几多]|若干)(?:个|件|项|方面)(?:的)?(?:事|事项|问题|建议事项)的(?:建议|意见)"
)
ANNOUNCED: Final = re.compile(
    "(?:具体|特|如下|几点|以下|提出|对策|意见|为此|因此)[^。\n]{0,12}建议[^。\n，]{0,8}[:：。]|建议(?:如下)?[:：]"
)
"""What announces the requests where they have no heading of their own."""
