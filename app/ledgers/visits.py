"""A station's log of receptions and outreach in a spreadsheet: a row for a person, household or group met, or an activity."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any, Final

from app.domain.met_words import group_count, says_nothing
from app.domain.people import Sex
from app.domain.visit import MeetingWay, VisitKind
from app.ledgers.form import LedgerColumn, LedgerForm, LedgerRow, Reads, spelled
from app.ledgers.header import normal_name


class Field(StrEnum):
    """What a column of a log may tell."""

    LINE_NO = "line_no"
    NUMBER = "number"
    ON = "on"
    KIND = "kind"
    WAY = "way"
    PLACE = "place"
    DEPUTIES = "deputies"
    PERSON = "person"
    PEOPLE = "people"
    SEX = "sex"
    VILLAGE = "village"
    PHONE = "phone"
    ADDRESS = "address"
    RAISED = "raised"
    HANDLED = "handled"
    CATEGORY = "category"
    THEME = "theme"
    COURSE = "course"
    EXPLAINED = "explained"
    RECORDER = "recorder"
    COMPANIONS = "companions"
    REMARKS = "remarks"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow(LedgerRow):
    """One line of a log; `kind` is empty where no column tells it, `raised` where nothing was raised."""

    line_no: str = ""
    number: str = ""
    on: date | None = None
    at: time | None = None
    kind: str = ""
    way: str = ""
    place: str = ""
    deputies: tuple[str, ...] = ()
    person: str = ""
    people: int = 0
    sex: str = ""
    village: str = ""
    phone: str = ""
    address: str = ""
    raised: str = ""
    handled: str = ""
    category: str = ""
    theme: str = ""
    course: str = ""
    explained: str = ""
    recorder: str = ""
    companions: tuple[str, ...] = ()


def _settled(given: dict[str, Any]) -> dict[str, Any]:
    """「无意见」 raises nothing; 「某组 6 人」 are six."""
    raised = "" if says_nothing(given[Field.RAISED]) else given[Field.RAISED]
    return given | {Field.RAISED: raised, Field.PEOPLE: given[Field.PEOPLE] or group_count(given[Field.PERSON])}


_TELLING: Final = (Field.PERSON, Field.PEOPLE, Field.RAISED, Field.DEPUTIES, Field.PLACE, Field.THEME, Field.COURSE)


def _lacks(given: Mapping[str, Any]) -> str:
    problem = "" if any(given[field] for field in _TELLING) else "row_without_visit"
    if not problem and not given[Field.ON]:
        problem = "row_without_day"
    return problem


def _words(code: str, words: str) -> dict[str, str]:
    return {normal_name(word): code for word in words.split()}


_COLUMNS: Final = (
    LedgerColumn(field=Field.LINE_NO, names=spelled("序号 行号 次序 no")),
    LedgerColumn(field=Field.NUMBER, names=spelled("编号 活动编号 接待编号 走访编号 登记编号")),
    LedgerColumn(
        field=Field.ON,
        names=spelled(
            "接待日期 走访日期 活动日期 接待时间 走访时间 活动时间 来访日期 来访时间 接访日期 接访时间 登记日期 "
            "日期 时间 date time"
        ),
        reads=Reads.DAY,
        hour="at",
    ),
    LedgerColumn(
        field=Field.KIND,
        names=spelled("活动类别 活动类型 活动形式 履职类型 履职形式 接待走访类别 类型 类别 形式 kind"),
        reads=Reads.WORD,
        codes=VisitKind,
        words=_words(VisitKind.RECEPTION, "接访 接待群众 接待选民 接待日 代表接待日 接待活动 来访接待")
        | _words(VisitKind.OUTREACH, "入户 入户走访 走访群众 走访选民 走访联系 走访活动 联系群众")
        | _words(VisitKind.RESEARCH_ACTIVITY, "调研")
        | _words(VisitKind.TRAINING, "培训 学习")
        | _words(VisitKind.SYMPOSIUM, "座谈 座谈会"),
    ),
    LedgerColumn(
        field=Field.WAY,
        names=spelled("接待方式 走访方式 来访方式 联系方法 方式 way"),
        reads=Reads.WORD,
        codes=MeetingWay,
        words=_words(MeetingWay.AT_HOME, "入户 上门走访 入户走访") | _words(MeetingWay.PHONE, "来电 电话联系"),
    ),
    LedgerColumn(field=Field.PLACE, names=spelled("接待地点 走访地点 活动地点 接访地点 地点 place")),
    LedgerColumn(
        field=Field.DEPUTIES,
        names=spelled(
            "接待代表 走访代表 接访代表 值班代表 参加代表 参与代表 进站代表 接待代表姓名 走访代表姓名 代表姓名 "
            "人大代表 代表 deputies"
        ),
        reads=Reads.NAMES,
    ),
    LedgerColumn(
        field=Field.PERSON,
        names=spelled(
            "来访人 来访人姓名 来访者 来访群众 来访选民 接待对象 走访对象 接待群众 走访群众 走访选民 走访户 "
            "走访户主 户主 户主姓名 被走访人 对象姓名 群众姓名 选民姓名 反映人 反映人姓名 对象 群众 选民 姓名 "
            "name"
        ),
    ),
    LedgerColumn(
        field=Field.PEOPLE,
        names=spelled("接待人数 走访人数 来访人数 群众人数 人数 接待人次 走访人次 人次 people"),
        reads=Reads.COUNT,
    ),
    LedgerColumn(
        field=Field.SEX,
        names=spelled("性别 sex"),
        reads=Reads.WORD,
        codes=Sex,
        words=_words(Sex.MALE, "男性 m") | _words(Sex.FEMALE, "女性 f"),
    ),
    LedgerColumn(
        field=Field.VILLAGE, names=spelled("村（社区） 所在村 所在村社区 村社区 社区 村 村组 所在村组 村民小组 village")
    ),
    LedgerColumn(
        field=Field.PHONE,
        names=spelled("联系电话 电话 电话号码 手机 手机号 手机号码 联系方式 群众电话 来访人电话 phone"),
        reads=Reads.DIGITS,
    ),
    LedgerColumn(field=Field.ADDRESS, names=spelled("住址 家庭住址 家庭地址 联系地址 村（社区）/住址 村/住址 地址 address")),
    LedgerColumn(
        field=Field.RAISED,
        names=spelled(
            "反映问题和建议 反映的问题和建议 反映问题及建议 意见建议 意见和建议 反映问题 反映的问题 反映事项 "
            "反映情况 反映内容 来访事项 来访内容 群众意见 收集意见 收集意见建议 诉求 诉求内容 问题 意见 建议 "
            "接待内容 走访内容 主要内容 内容 raised"
        ),
        reads=Reads.TEXT,
    ),
    LedgerColumn(
        field=Field.HANDLED,
        names=spelled(
            "当场处理 当场答复 现场答复 现场处理 处理情况 办理情况 处理结果 办理结果 答复情况 解决情况 处理意见 handled"
        ),
        reads=Reads.TEXT,
    ),
    LedgerColumn(field=Field.CATEGORY, names=spelled("内容类别 问题类别 事项类别 问题分类 诉求类别 category")),
    LedgerColumn(field=Field.THEME, names=spelled("活动主题 主题 活动名称 走访主题 theme")),
    LedgerColumn(field=Field.COURSE, names=spelled("活动过程 活动情况 活动内容 course"), reads=Reads.TEXT),
    LedgerColumn(field=Field.EXPLAINED, names=spelled("宣传内容 宣讲内容 explained"), reads=Reads.TEXT),
    LedgerColumn(field=Field.RECORDER, names=spelled("记录人 登记人 填表人 recorder")),
    LedgerColumn(field=Field.COMPANIONS, names=spelled("陪同人员 陪同 陪同人 companions"), reads=Reads.NAMES),
    LedgerColumn(field=Field.REMARKS, names=spelled("备注 备考 说明 remarks"), reads=Reads.TEXT),
)
"""The names stations give the columns of 接待登记 and 走访台账 (domain brief 2.2, 2.3, and sheets seen)."""

VISITS: Final = LedgerForm(
    name="visits",
    prefix="visit/1",
    row=VisitRow,
    columns=_COLUMNS,
    needed=(Field.ON,),
    wanted=(Field.DEPUTIES, Field.PERSON),
    day=Field.ON,
    settle=_settled,
    lacks=_lacks,
    same=("number", "on", "at", "kind", "place", "deputies", "person", "people", "village", "raised", "theme", "course"),
    numbered="number",
)
"""Receptions, outreach and other activities; a row without a day belongs to no visit and is refused."""
