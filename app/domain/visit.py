"""A visit: one dated entry of the station's log, of whatever kind, and who took part in it."""

from collections.abc import Iterator
from datetime import date, time
from typing import Final

from app.domain.problems import Problem
from app.domain.records import Record, about, kind
from app.domain.values import Code, CodeSet, Id, wording

FIRST_YEAR: Final = 1949
LAST_YEAR: Final = 2099
"""Of a visit; what lies outside was mistyped."""


class VisitKind(CodeSet):
    """The kinds of entries."""

    RECEPTION = "reception", "接待"
    OUTREACH = "outreach", "走访"
    INSPECTION = "inspection", "视察"
    RESEARCH_ACTIVITY = "research_activity", "专题调研"
    LAW_ENFORCEMENT_CHECK = "law_enforcement_check", "执法检查"
    GROUP_ACTIVITY = "group_activity", "小组活动"
    SYMPOSIUM = "symposium", "恳谈会"
    DUTY_REPORT = "duty_report", "述职"
    TRAINING = "training", "学习培训"
    ATTEND_CONGRESS = "attend_congress", "出席代表大会"
    ATTEND_NONVOTING = "attend_nonvoting", "列席会议"
    COMMITTEE_CONTACT = "committee_contact", "常委会组成人员联系代表"
    PRACTICAL_DEED = "practical_deed", "为民办实事"
    APPRAISAL = "appraisal", "评议"
    EMERGENCY = "emergency", "应急履职"
    MEDIATION = "mediation", "调解矛盾纠纷"
    OTHER = "other", "其他活动"


class MeetingWay(CodeSet):
    """How deputies and residents came together."""

    RECEPTION_DAY = "reception_day", "固定接待日"
    APPOINTMENT = "appointment", "预约"
    AT_HOME = "at_home", "上门"
    PHONE = "phone", "电话"
    QR = "qr", "扫码"
    LETTER = "letter", "来信"
    SYMPOSIUM = "symposium", "座谈"
    ONLINE = "online", "网络"


class ReportForm(CodeSet):
    """How a deputy reports to voters."""

    MEETING = "meeting", "会议述职"
    WRITTEN = "written", "书面述职"


class GroupMode(CodeSet):
    """How groups of deputies hold an activity: together and apart, several at one matter, merged into one."""

    WHOLE_AND_PARTS = "whole_and_parts", "统分式"
    LINKED = "linked", "联动式"
    MERGED = "merged", "融合式"


class TrainingType(CodeSet):
    """The three kinds of training for deputies."""

    FIRST_MANDATE = "first_mandate", "初任培训"
    PERFORMANCE = "performance", "履职培训"
    TOPICAL = "topical", "专题培训"


class CampaignType(CodeSet):
    """What a campaign is."""

    OUTREACH_MONTH = "outreach_month", "代表走访月"
    THEME = "theme", "主题活动"
    DUAL_CONTACT = "dual_contact", "双联活动"
    STATION_DAYS = "station_days", "集中进站"
    OTHER = "other", "其他"


class Presence(CodeSet):
    """Whether somebody expected was there."""

    PRESENT = "present", "实到"
    ON_LEAVE = "on_leave", "请假"
    ABSENT = "absent", "缺席"


class CheckIn(CodeSet):
    """How somebody checked in."""

    SIGNED = "signed", "签名"
    QR_CHECK_IN = "qr_check_in", "扫码进站"
    ONLINE = "online", "线上"


@kind("visit", "活动记录")
class Visit(Record):
    """A reception, an outreach round or another activity; its people are records of their own."""

    visit_kind: Code[VisitKind] = about("活动类别")
    number: str = about("编号", searched=True)
    station: Id = about("联络站", to="station")
    on: date | None = about("日期")
    starts: time | None = about("开始时间")
    ends: time | None = about("结束时间")
    late_entry: bool = about("补录")
    place: str = about("地点", searched=True)
    way: Code[MeetingWay] = about("方式")
    theme: str = about("主题", searched=True, spelled=True)
    campaign: Id = about("走访月（专项活动）", to="campaign")
    deputies: tuple[Id, ...] = about("参加代表", to="deputy")
    deputy_group: str = about("代表小组")
    group_mode: Code[GroupMode] = about("小组活动形式")
    training_type: Code[TrainingType] = about("培训类型")
    online: bool = about("线上进行")
    organiser: str = about("组织者", searched=True)
    convener: str = about("召集人", searched=True)
    host: str = about("主持人", searched=True)
    companions: tuple[str, ...] = about("陪同人员", searched=True)
    units_attending: tuple[str, ...] = about("列席单位", searched=True)
    recorder: str = about("记录人", searched=True)
    expected: int = about("应到人数")
    report_form: Code[ReportForm] = about("述职形式")
    explained: str = about("宣传内容", searched=True)
    course: str = about("活动过程", searched=True)
    speeches: str = about("发言要点", searched=True)
    conclusions: str = about("形成的意见建议", searched=True)
    announced_on: date | None = about("公告日期")
    deputy_signed: bool = about("代表已签名")
    recorder_signed: bool = about("记录人已签名")
    remarks: str = about("备注", searched=True)

    def title(self) -> str:
        return self.theme or " ".join(part for part in (wording(self.visit_kind), self.place) if part)

    def day(self) -> date | None:
        return self.on


def visit_day_problems(on: date | None, today: date | None = None) -> Iterator[Problem]:
    """What is wrong with the day of a visit: a year of another century; only to be told, where `today` is given, a day ahead."""
    if on and not FIRST_YEAR <= on.year <= LAST_YEAR:
        yield Problem(code="visit_day_unlikely", field="on", facts={"day": on})
    elif on and today and on > today:
        yield Problem(code="visit_day_ahead", field="on", hint=True, facts={"day": on})


@kind("attendance", "签到")
class Attendance(Record):
    """One person's presence at a visit."""

    visit: Id = about("活动", to="visit")
    deputy: Id = about("代表", to="deputy")
    name: str = about("姓名", searched=True, spelled=True)
    part: str = about("身份")
    presence: Code[Presence] = about("出席情况")
    check_in: Code[CheckIn] = about("签到方式")
    arrived: time | None = about("到达时间")
    left: time | None = about("离开时间")
    leave_reason: str = about("请假事由")
    signed: bool = about("已签名")
    remarks: str = about("备注", searched=True)

    def title(self) -> str:
        return self.name


@kind("speech", "发言记录")
class Speech(Record):
    """What one person said at a visit: the minutes are its speeches in their order, each merged by itself."""

    visit: Id = about("活动", to="visit")
    order: int = about("顺序")
    deputy: Id = about("代表", to="deputy")
    name: str = about("发言人", searched=True, spelled=True)
    part: str = about("身份")
    words: str = about("发言内容", searched=True)

    def title(self) -> str:
        return self.name


@kind("campaign", "走访月（专项活动）")
class Campaign(Record):
    """A span of days with a task for every deputy, as a month of outreach with its norm of people."""

    name: str = about("名称", searched=True, spelled=True)
    campaign_type: Code[CampaignType] = about("类型")
    issuer: str = about("发文机关", searched=True)
    document_number: str = about("文号", searched=True)
    visit_kind: Code[VisitKind] = about("活动类别")
    starts_on: date | None = about("开始日期")
    ends_on: date | None = about("结束日期")
    people_a_deputy: int = about("每名代表走访人数")
    days_a_deputy: int = about("每名代表接待天数")
    task: str = about("要求", searched=True)
    closed_on: date | None = about("办结日期")

    def title(self) -> str:
        return self.name

    def day(self) -> date | None:
        return self.starts_on
