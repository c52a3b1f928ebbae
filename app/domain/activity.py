"""What each kind of activity asks for: which fields, in which order, under which names (domain brief 2.5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.values import wording
from app.domain.visit import Attendance, Presence, Visit, VisitKind
from app.domain.visit_sheet import VisitSheet

MEETING: Final = frozenset({VisitKind.RECEPTION, VisitKind.OUTREACH})
"""The kinds at which residents are met one by one; every other kind is an activity."""

ACTIVITIES: Final[tuple[VisitKind, ...]] = tuple(each for each in VisitKind if each not in MEETING)
"""The other activities, in the order of the codes."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A field that a kind asks for; `term` is its Chinese name there, where it is another than everywhere."""

    field: str
    term: str = ""


LONG: Final = frozenset({"course", "conclusions", "explained"})
"""Fields that hold paragraphs."""

_ORGANISER: Final = Asked("organiser")
_CONVENER: Final = Asked("convener")
_HOST: Final = Asked("host")
_GROUP: Final = Asked("deputy_group")
_COURSE: Final = Asked("course")
_CONCLUSIONS: Final = Asked("conclusions")
_UNITS: Final = Asked("units_attending")
_LOOKED_AT: Final = Asked("units_attending", "被视察（检查）单位")

_K: Final = VisitKind
ASKED: Final[Mapping[VisitKind, Sequence[Asked]]] = {
    _K.INSPECTION: (_ORGANISER, _LOOKED_AT, _GROUP, _COURSE, _CONCLUSIONS),
    _K.RESEARCH_ACTIVITY: (_ORGANISER, _CONVENER, _UNITS, _GROUP, _COURSE, _CONCLUSIONS),
    _K.LAW_ENFORCEMENT_CHECK: (Asked("explained", "所检查的法律法规"), _ORGANISER, _LOOKED_AT, _COURSE, _CONCLUSIONS),
    _K.GROUP_ACTIVITY: (Asked("group_mode"), _GROUP, _CONVENER, _UNITS, _COURSE, _CONCLUSIONS),
    _K.SYMPOSIUM: (_ORGANISER, _HOST, _UNITS, _COURSE, _CONCLUSIONS),
    _K.DUTY_REPORT: (
        Asked("report_form"),
        Asked("organiser", "听取述职的选区（单位）"),
        _HOST,
        _COURSE,
        Asked("conclusions", "评议意见"),
    ),
    _K.TRAINING: (
        *(Asked("training_type"), Asked("online"), Asked("organiser", "举办单位"), Asked("host", "授课人")),
        *(_COURSE, Asked("conclusions", "学习收获")),
    ),
    _K.ATTEND_CONGRESS: (
        Asked("organiser", "会议名称"),
        Asked("deputy_group", "代表团"),
        _COURSE,
        Asked("conclusions", "审议意见"),
    ),
    _K.ATTEND_NONVOTING: (Asked("organiser", "会议名称"), _COURSE, Asked("conclusions", "列席意见")),
    _K.COMMITTEE_CONTACT: (
        *(Asked("host", "常委会组成人员"), Asked("companions"), _COURSE),
        Asked("conclusions", "代表反映的意见建议"),
    ),
    _K.PRACTICAL_DEED: (
        Asked("explained", "所办实事"),
        Asked("units_attending", "配合单位"),
        _COURSE,
        Asked("conclusions", "成效"),
    ),
    _K.APPRAISAL: (Asked("units_attending", "被评议单位"), _ORGANISER, _HOST, _COURSE, Asked("conclusions", "评议意见")),
    _K.EMERGENCY: (
        *(Asked("explained", "险情（事项）"), Asked("units_attending", "配合单位"), Asked("companions")),
        *(_COURSE, Asked("conclusions", "处置结果")),
    ),
    _K.MEDIATION: (
        Asked("explained", "纠纷事由"),
        Asked("units_attending", "参加单位"),
        _COURSE,
        Asked("conclusions", "调解结果"),
    ),
    _K.OTHER: (_ORGANISER, _HOST, _UNITS, _COURSE, _CONCLUSIONS),
}
"""Beside kind, day, hours, place, theme, recorder, number and campaign, for which every kind asks."""


def asked_of(visit_kind: str) -> Sequence[Asked]:
    """The fields of a kind in their order; those of 其他 for a kind that nobody chose yet, or a newer program coined."""
    return next((fields for kind, fields in ASKED.items() if kind == visit_kind), ASKED[VisitKind.OTHER])


def shown_of(visit: Visit) -> tuple[Asked, ...]:
    """The fields of the visit's kind, then those of other kinds in which something stands all the same."""
    asked = tuple(asked_of(visit.visit_kind))
    known = {each.field for each in asked}
    others = dict.fromkeys(each.field for fields in ASKED.values() for each in fields if each.field not in known)
    empty = {name: Visit.traits.fields[name].shape.empty for name in others}
    return (*asked, *(Asked(name) for name in others if getattr(visit, name) != empty[name]))


def term_of(asked: Asked) -> str:
    """The Chinese name of a field where it is asked for."""
    return asked.term or Visit.traits.fields[asked.field].label


def value_told(visit: Visit, field: str) -> str:
    """What stands in a field, as a paper shows it."""
    value = getattr(visit, field)
    if isinstance(value, tuple):
        return "、".join(value)
    if isinstance(value, bool):
        return "是" if value else ""
    return wording(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """How many were expected, came, are on leave, stayed away."""

    expected: int = 0
    present: int = 0
    on_leave: int = 0
    absent: int = 0


def roll_of(sheet: VisitSheet) -> Roll:
    """The roll of a visit: deputies it names without a line of their own came; more may be expected than have a line."""
    lines: list[Attendance] = list(sheet.attendance)
    named = {each.deputy for each in lines if each.deputy}
    present = sum(each.presence in {"", Presence.PRESENT} for each in lines) + sum(id not in named for id in sheet.visit.deputies)
    on_leave = sum(each.presence == Presence.ON_LEAVE for each in lines)
    absent = len(lines) + sum(id not in named for id in sheet.visit.deputies) - present - on_leave
    return Roll(
        expected=max(sheet.visit.expected, present + on_leave + absent), present=present, on_leave=on_leave, absent=absent
    )
