"""Replies and their evaluation, round by round; a letter of a reply class means nothing without its scheme."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from app.domain.problems import Problem
from app.domain.records import ANY_KIND, Record, about, kind
from app.domain.satisfaction import Satisfaction
from app.domain.values import Code, CodeSet, Id


class ReplyScheme(CodeSet):
    """Who divides replies into classes, and how (domain brief 1.9)."""

    HUNAN_3 = "hunan3", "湖南三类"
    NPC_4 = "npc4", "全国四类"
    CITY_4 = "city4", "市级四类"
    ZJ_3 = "zj3", "浙江三类"
    XJ_3 = "xj3", "新疆三类"
    JIA_YI_BING = "jia_yi_bing", "甲乙丙三类"


REPLY_CLASSES: Final[Mapping[ReplyScheme, Mapping[str, str]]] = {
    ReplyScheme.HUNAN_3: {"A": "采纳解决", "B": "计划解决", "C": "留作参考"},
    ReplyScheme.NPC_4: {"A": "已解决或基本解决", "B": "正在解决或列入计划", "C": "条件所限以后解决", "D": "留作参考"},
    ReplyScheme.CITY_4: {"A": "已解决", "B": "正在解决", "C": "计划逐步解决", "D": "留作参考或说明"},
    ReplyScheme.ZJ_3: {"A": "已解决或基本解决", "B": "部分解决或列入计划", "C": "受条件限制或留作参考"},
    ReplyScheme.XJ_3: {"A": "已解决或基本解决", "B": "正在解决或列入计划", "C": "客观上不能解决"},
    ReplyScheme.JIA_YI_BING: {"甲": "甲类", "乙": "乙类", "丙": "丙类"},
}
"""The classes of each scheme with their words."""


class ReplyWay(CodeSet):
    """How a reply was given."""

    FACE_TO_FACE = "face_to_face", "面复"
    WRITTEN = "written", "书面答复"
    NETWORK = "network", "网络答复"


class ClassChange(CodeSet):
    """Why a later reply stands in another class; the first class is never overwritten."""

    RESOLVED = "resolved", "已解决"
    POLICY_CHANGED = "policy_changed", "政策环境变化"
    TRACKING = "tracking", "继续跟踪"
    RETROSPECTIVE_CHECK = "retrospective_check", "回头看"


class Evaluator(CodeSet):
    """Who evaluates."""

    DEPUTY = "deputy", "代表"
    RESIDENT = "resident", "反映人"


@kind("reply", "答复", groups=(("scheme", "reply_class", "class_change"),))
class Reply(Record):
    """One unit's formal answer of one round to a suggestion; a supplementary one follows after completion."""

    suggestion: Id = about("代表建议", to="suggestion")
    assignment: Id = about("交办", to="assignment")
    unit: Id = about("承办单位", to="unit")
    round: int = about("轮次")
    supplementary: bool = about("再次答复")
    number: str = about("文号", searched=True)
    replied_on: date | None = about("答复日期")
    way: Code[ReplyWay] = about("答复方式")
    scheme: Code[ReplyScheme] = about("分类方案")
    reply_class: str = about("答复类别")
    class_change: Code[ClassChange] = about("转类原因")
    commitment: Id = about("跟踪事项", to="commitment")
    evidence: str = about("依据", searched=True)
    text: str = about("答复内容", searched=True)
    signed_by: str = about("签发人")
    sealed: bool = about("已盖章")
    contact_person: str = about("联系人")
    office_phone: str = about("办公电话")
    copied_to: tuple[str, ...] = about("抄送")
    disclosed: bool = about("已公开")

    def title(self) -> str:
        return self.number

    def day(self) -> date | None:
        return self.replied_on


@kind("evaluation", "满意度测评", groups=(("attitude", "result", "opinion"),))
class Evaluation(Record):
    """What the deputy, or the resident, says of a reply: attitude and result are two questions (domain brief 1.10)."""

    of: Id = about("所属记录", to=ANY_KIND)
    reply: Id = about("答复", to="reply")
    round: int = about("轮次")
    evaluator: Code[Evaluator] = about("评价人类型")
    deputy: Id = about("代表", to="deputy")
    blind_survey: bool = about("背靠背测评")
    sent_on: date | None = about("发出日期")
    reply_received_on: date | None = about("收到答复日期")
    returned_on: date | None = about("反馈日期")
    attitude: Code[Satisfaction] = about("办理态度")
    result: Code[Satisfaction] = about("办理结果")
    cosigners_heard: bool = about("已征求联名代表意见")
    opinion: str = about("具体意见", searched=True)
    sealed: str = about("密封内容")
    sealed_for: tuple[str, ...] = about("可启封机关密钥")
    asks_again: bool = about("代表请求重新办理")

    def day(self) -> date | None:
        return self.returned_on or self.sent_on


def reply_class_word(reply: Reply) -> str:
    """The words of a reply's class; a class or scheme of a newer program is shown as it is."""
    classes = REPLY_CLASSES[reply.scheme] if isinstance(reply.scheme, ReplyScheme) else {}
    return classes.get(reply.reply_class, reply.reply_class)


def reply_problems(reply: Reply) -> Iterator[Problem]:
    """What a reply needs to be counted: its day, and a class that its scheme knows."""
    if reply.replied_on is None:
        yield Problem(code="replied_on_missing", field="replied_on")
    if isinstance(reply.scheme, ReplyScheme) and reply.reply_class and reply.reply_class not in REPLY_CLASSES[reply.scheme]:
        yield Problem(code="reply_class_unknown", field="reply_class", facts={"reply_class": reply.reply_class})
