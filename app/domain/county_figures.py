"""The figures and fields that a table of the office may take, by code and word, and how its own words name them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from app.domain.county_sheet import CountySheet, Place, SheetCell, words_above, words_left
from app.domain.county_table import Reach
from app.domain.issue import IssueResult, Route, Source
from app.domain.life import IssueState
from app.domain.papers import IssueLedger, IssueLine, Listed, PaperName, VisitLine, VisitLog
from app.domain.satisfaction import Satisfaction
from app.domain.station_ledgers import (
    ActivityLedger,
    ActivityLine,
    AttendanceLedger,
    AttendanceLine,
    HandlingLedger,
    HandlingLine,
    OutreachLedger,
    OutreachLine,
    ReceptionLedger,
    ReceptionLine,
)
from app.domain.suggestion_papers import SuggestionLedger, SuggestionLine
from app.domain.values import CodeSet
from app.domain.visit import VisitKind
from app.errors import Refused


class Fact(CodeSet):
    """What is no count: the station, the month, who fills the table in."""

    STATION = "station", "联络站名称"
    STATION_CODE = "station_code", "联络站编码"
    MONTH = "month", "统计月份"
    YEAR_NUMBER = "year_number", "统计年份（数字）"
    MONTH_NUMBER = "month_number", "统计月份（数字）"
    PERIOD = "period", "统计起止日期"
    REPORTER = "reporter", "填报人"
    FILLED_ON = "filled_on", "填报日期"


class Figure(CodeSet):
    """What is counted of a month, or from the beginning of its quarter or year to its end."""

    RECEPTIONS = "receptions", "接待场次"
    RECEIVED = "received", "接待群众人次"
    RECEIVING = "receiving", "参加接待代表人次"
    OUTREACHES = "outreaches", "走访次数"
    VISITED = "visited", "走访群众人次"
    HOUSEHOLDS = "households", "走访户数"
    ACTIVITIES = "activities", "其他活动次数"
    ISSUES = "issues", "收到意见件数"
    ON_SPOT = "on_spot", "当场答复件数"
    ASSIGNED = "assigned", "交办件数"
    SETTLED = "settled", "办结件数"
    ON_TIME = "on_time", "按期办结件数"
    LATE = "late", "超期办结件数"
    IN_HAND = "in_hand", "其中在办件数"
    FED_BACK = "fed_back", "反馈件数"
    CALLED_BACK = "called_back", "回访件数"
    SUGGESTIONS = "suggestions", "提交代表建议件数"
    REPLIED = "replied", "答复代表建议件数"
    DEPUTIES = "deputies", "在册代表人数"
    NORM_MET = "norm_met", "完成履职要求的代表人数"


DIVIDED: Final[Mapping[str, tuple[str, type[CodeSet]]]] = {
    "issues.state": ("收到意见·状态", IssueState),
    "issues.route": ("收到意见·去向", Route),
    "issues.source": ("收到意见·来源", Source),
    "issues.result": ("办结意见·结果", IssueResult),
    "issues.satisfaction": ("回访意见·满意度", Satisfaction),
    "visits": ("活动次数", VisitKind),
}
"""Figures for each code of a set: `issues.state.closed`; those of issue categories are `issues.category.CODE`."""

CATEGORY: Final = "issues.category"


def figure_names(categories: Mapping[str, str]) -> Mapping[str, str]:
    """The words of everything a cell may take, by its code; `categories` are those of issues."""
    names: dict[str, str] = {each.value: each.label for codes in (Fact, Figure) for each in codes}
    names |= {f"{CATEGORY}.{code}": f"收到意见·类别·{name}" for code, name in categories.items()}
    for family, (words, codes) in DIVIDED.items():
        names |= {f"{family}.{each.value}": f"{words}·{each.label}" for each in codes}
    return names


# --- ledgers whose lines a range of rows takes -------------------------------------------------------------------------------

NUMBER: Final = "no"
"""The field that counts the lines, 序号."""

_LEDGERS: Final[Mapping[PaperName, tuple[type[Listed], type[Any]]]] = {
    PaperName.VISIT_LOG: (VisitLog, VisitLine),
    PaperName.RECEPTION_LEDGER: (ReceptionLedger, ReceptionLine),
    PaperName.OUTREACH_LEDGER: (OutreachLedger, OutreachLine),
    PaperName.ACTIVITY_LEDGER: (ActivityLedger, ActivityLine),
    PaperName.ATTENDANCE_LEDGER: (AttendanceLedger, AttendanceLine),
    PaperName.ISSUE_LEDGER: (IssueLedger, IssueLine),
    PaperName.HANDLING_LEDGER: (HandlingLedger, HandlingLine),
    PaperName.SUGGESTION_LEDGER: (SuggestionLedger, SuggestionLine),
}
LEDGERS: Final = tuple(_LEDGERS)


def ledger_called(told: str) -> PaperName:
    """The ledger of this code or title; raises `Refused("county_ledger_unknown", text, known)`."""
    for each in LEDGERS:
        if told in {each.value, each.label}:
            return each
    raise Refused("county_ledger_unknown", text=told, known=[each.value for each in LEDGERS])


def ledger_fields(name: PaperName) -> Mapping[str, str]:
    """The fields of a ledger's lines with their headings, the number of the line first."""
    ledger, line = _LEDGERS[name]
    return {NUMBER: "序号", **dict(zip((each.name for each in fields(line)), ledger.columns, strict=True))}


_ALIKE: Final[Mapping[str, str]] = {
    **dict.fromkeys(("时间", "接待时间", "走访时间", "活动时间", "接待日期", "走访日期", "活动日期"), "日期"),
    **dict.fromkeys(("来访群众", "群众姓名", "选民姓名"), "来访人"),
    **dict.fromkeys(("意见建议", "主要问题", "反映问题", "反映的问题"), "反映"),
    "收到时间": "收到日期",
    "办理情况": "办理结果",
    "处理情况": "当场处理",
}


def column_fields(sheet: CountySheet, row: int, name: PaperName) -> Mapping[int, str]:
    """The columns of a row whose headings name a field of a ledger's lines, each field once."""
    headings = {_plain(heading): code for code, heading in ledger_fields(name).items()}
    found: dict[int, str] = {}
    for column in range(1, sheet.columns + 1):
        if sheet.anchor((row, column)) != (row, column):
            continue
        told = _plain(words_above(sheet, (row, column)).rpartition(" ")[2])
        code = _field(told, headings)
        if code and code not in found.values():
            found[column] = code
    return found


def _field(told: str, headings: Mapping[str, str]) -> str:
    if not told:
        return ""
    alike = _ALIKE.get(told, told)
    for wanted in (told, alike):
        if wanted in headings:
            return headings[wanted]
    near = [code for heading, code in headings.items() if alike in heading or heading in alike]
    return near[0] if len(near) == 1 or (near and len(alike) > 1) else ""


def _plain(text: str) -> str:
    return re.sub(r"[\s（()）:：]", "", text)


# --- proposals ---------------------------------------------------------------------------------------------------------------

_YEAR: Final = re.compile(r"累计|本年|全年|年度|年初|1[-—至~－]")
_QUARTER: Final = re.compile(r"季")
_CUES: Final = tuple(
    (re.compile(pattern), figure)
    for pattern, figure in (
        (r"建议.*(答复|办复)|(答复|办复).*代表建议", Figure.REPLIED),
        (r"(代表建议|议案|建议)(提交|提出|件数|数)|提.*代表建议|提交.*建议", Figure.SUGGESTIONS),
        (r"(完成|达到|达标).*代表|代表.*(达标|完成)", Figure.NORM_MET),
        (r"(参加|参与)?接待.*代表|代表.*接待.*人次|接待代表", Figure.RECEIVING),
        (r"接待.*(群众|选民|人次|人数|来访)|来访.*人", Figure.RECEIVED),
        (r"接待.*(场|次数|活动|次|日)|接待日", Figure.RECEPTIONS),
        (r"走访.*(户)", Figure.HOUSEHOLDS),
        (r"走访.*(群众|选民|人次|人数)", Figure.VISITED),
        (r"走访", Figure.OUTREACHES),
        (r"(按期|按时|及时|期限内).*办结|按期", Figure.ON_TIME),
        (r"超期|逾期", Figure.LATE),
        (r"当场|现场(答复|解决)", Figure.ON_SPOT),
        (r"办结|已解决", Figure.SETTLED),
        (r"在办|正在办理", Figure.IN_HAND),
        (r"回访", Figure.CALLED_BACK),
        (r"反馈", Figure.FED_BACK),
        (r"交办|转办", Figure.ASSIGNED),
        (r"(收集|收到|受理|征集|反映).*(意见|问题|诉求|件)|(意见|社情民意|问题).*(件|条)", Figure.ISSUES),
        (r"代表(总)?(人)?数|在册代表|进站代表|驻站代表", Figure.DEPUTIES),
        (r"(其他|小组|组织)?活动.*(次|场)", Figure.ACTIVITIES),
    )
)
_UNITS: Final = frozenset({"场", "次", "场次", "人", "人次", "件", "条", "户", "个", "名", "批", "批次"})
_REMARKS: Final = re.compile(r"备注|说明|^(计量)?单位$|^项目$|^序号$")
_GAP: Final = r"[\s_＿\u3000]*"
_ASKS: Final = re.compile(r"^[^:：]*[:：]\s*$")
_FACTS: Final = tuple(
    (re.compile(pattern), fact)
    for pattern, fact in (
        (r"(填报|报送|统计|填表|上报)?(单位|联络站)(名称)?[（(]?(盖章|公章)?[）)]?", Fact.STATION),
        (r"(填报|填表|经办|报送|制表|统计)(人|员)", Fact.REPORTER),
        (r"(填报|填表|报送|制表|上报)(日期|时间)", Fact.FILLED_ON),
        (r"(统计|填报)?(月份|月度)|统计时段", Fact.MONTH),
        (r"(统计)?(期间|起止)", Fact.PERIOD),
    )
)
_DAY: Final = re.compile(rf"(?<![\d年])[_＿\s\u3000]+年{_GAP}月{_GAP}日")
_MONTH: Final = re.compile(rf"(?<![\d年])(?:20[_＿\s\u3000]+|[_＿\s\u3000]+)年{_GAP}月(?!{_GAP}日)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A cell, what it seems to take, and the words that say so."""

    place: Place
    tells: str
    words: str


def proposals(sheet: CountySheet, names: Mapping[str, str]) -> Iterator[Proposal]:
    """What the words beside the empty cells of a sheet, and blanks within its texts, seem to ask for."""
    wanted = {_plain(name.rpartition("·")[2]): code for code, name in names.items() if "·" in name}
    for place in sheet.places():
        cell = sheet.at(place)
        if cell.formula or cell.locked:
            continue
        tells, words = _proposed(sheet, place, cell, wanted)
        if tells:
            yield Proposal(place=place, tells=tells, words=words)


def _proposed(sheet: CountySheet, place: Place, cell: SheetCell, wanted: Mapping[str, str]) -> tuple[str, str]:
    if cell.text.strip():
        tells = cell.text if _answered_beside(sheet, place, cell) else _within(cell.text)
        return ("", "") if tells == cell.text else (tells, cell.text.strip())
    left, above = words_left(sheet, place), words_above(sheet, place)
    beside = _plain(left)
    fact = next((fact for cue, fact in _FACTS if left and cue.fullmatch(beside)), None)
    if fact:
        return f"{{{fact}}}", left
    code = _counted(left, above, wanted)
    if not code:
        return "", ""
    told = left + above
    reach = Reach.YEAR if _YEAR.search(told) else Reach.QUARTER if _QUARTER.search(told) else Reach.MONTH
    words = " ".join(part for part in (left, above) if part)
    return (f"{{{code}}}" if reach is Reach.MONTH else f"{{{code}@{reach}}}"), words


def _answered_beside(sheet: CountySheet, place: Place, cell: SheetCell) -> bool:
    """Whether a text asks for one thing, for which the next cell has room."""
    beside = sheet.cells.get((place[0], place[1] + cell.across))
    return _ASKS.search(cell.text) is not None and beside is not None and not beside.text.strip()


def _counted(left: str, above: str, wanted: Mapping[str, str]) -> str:
    """The figure that a row's words and a column's headings name: the nearest words alone, then with those around them."""
    row, column = [_plain(each) for each in left.split()], [_plain(each) for each in above.split()]
    unit = row.pop() if len(row) > 1 and row[-1] in _UNITS else ""
    near, heading = row[-1] if row else "", column[-1] if column else ""
    if _REMARKS.search(heading):
        return ""
    whole_row, whole_column = "".join(row) + unit, "".join(column)
    for told in (near, near + unit, heading, whole_column, whole_row, whole_row + whole_column, whole_column + whole_row):
        if told in wanted:
            return wanted[told]
        for cue, figure in _CUES:
            if cue.search(told):
                return figure.value
    return ""


def _within(text: str) -> str:
    """A text of the office with figures in its blanks: 填报单位：____ becomes 填报单位：{station}."""
    told = _DAY.sub(lambda each: f"{_lead(each)}{{{Fact.FILLED_ON}}}", text)
    told = _MONTH.sub(lambda each: f"{_lead(each)}{{{Fact.MONTH}}}", told)
    for cue, fact in _FACTS:
        if f"{{{fact}}}" not in told:
            blank = re.compile(rf"({cue.pattern}[:：])[_＿ \u3000]*(?=$|\s|[\u3000_＿])(?!\s*\{{)")
            told = blank.sub(rf"\g<1>{{{fact}}}　", told, count=1)
    return told.rstrip("　") if told != text else text


def _lead(found: re.Match[str]) -> str:
    """A blank before what is filled in, where words stand before it that do not ask for it."""
    before = found.string[: found.start()]
    return "　" if before and before[-1] not in "：:（(" else ""
