"""What the papers of an activity show: the record (代表活动记录), and the sheet on which those who come sign (代表签到表)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, func

from app.domain.activity import LONG, MEETING, Roll, roll_of, shown_of, term_of, value_told
from app.domain.activity_papers import ActivityRecord, AttendanceRow, AttendanceSheet, Said
from app.domain.attachment import Attachment
from app.domain.chinese import hours, long_day, week_day
from app.domain.issue import Issue
from app.domain.minutes import Minutes
from app.domain.papers import WITHHELD, PaperName
from app.domain.people import Deputy
from app.domain.suggestion import Suggestion
from app.domain.values import Id, wording
from app.domain.visit import Attendance, Presence, Speech, Visit
from app.domain.visit_sheet import VisitSheet
from app.errors import Refused
from app.queries.attendance import people_there
from app.queries.origins import suggestions_from
from app.queries.record import record
from app.queries.relations import found, member, own_station, title_of, titles
from app.queries.visit_card import visit_card
from app.storage.tables import CurrentRow
from app.workspace import Workspace

_OPENING: Final = "{when}，联络站{place}组织开展{kind}活动{theme}。{roll}现将有关情况纪要如下："


def activity_record(workspace: Workspace, id: Id) -> ActivityRecord:
    """The record of an activity.

    Raises `Refused("record_missing")`, `Refused("paper_other_kind", paper, kind)`, `Refused("not_an_activity", visit_kind)`.
    """
    sheet = _activity(workspace, id)
    visit = sheet.visit
    with workspace.reading() as connection:
        names = titles(connection, "deputy")
        levels = {each.id: each for each in found(connection, Deputy)}
        asked = [(term_of(each), each.field, value_told(visit, each.field)) for each in shown_of(visit)]
        return ActivityRecord(
            record=visit.id,
            station=own_station(workspace, connection).name,
            number=visit.number,
            kind=wording(visit.visit_kind),
            theme=visit.theme,
            day=_day(visit),
            hours=hours(visit.starts, visit.ends),
            place=visit.place,
            recorder=visit.recorder,
            campaign=title_of(connection, visit.campaign),
            roll=_roll_told(roll_of(sheet)),
            there="、".join(people_there(visit.deputies, sheet.attendance, names)),
            fields=tuple((name, value) for name, field, value in asked if field not in LONG),
            long=tuple((name, value) for name, field, value in asked if field in LONG),
            speeches=tuple(_said(each, names, levels) for each in sheet.speeches) or _in_one(visit),
            led_to=(*map(_issue_told, sheet.issues()), *map(_suggestion_told, suggestions_from(connection, visit.id))),
            photographs=_files(connection, visit.id),
        )


def activity_minutes(workspace: Workspace, id: Id) -> Minutes:
    """The minutes of an activity as they are sent out; raises as `activity_record` does."""
    told = activity_record(workspace, id)
    fields = dict(told.fields)
    opening = _OPENING.format(
        when=told.day.partition("（")[0] + told.hours or "近日",
        place=f"在{told.place}" if told.place else "",
        kind=told.kind,
        theme=f"，主题为“{told.theme}”" if told.theme else "",
        roll=f"{told.roll}。" if told.roll else "",
    )
    others = [(name, fields[name]) for name in fields if fields[name]]
    return Minutes(
        station=told.station,
        number=told.number,
        theme=told.theme or f"{told.place}{told.kind}",
        opening=opening,
        long=told.long,
        speeches=told.speeches,
        led_to=told.led_to,
        people=tuple(each for each in (*others, ("参加人员", told.there), ("记录人", told.recorder)) if each[1]),
        day=long_day(workspace.clock.today().date()),
    )


def attendance_sheet(workspace: Workspace, id: Id) -> AttendanceSheet:
    """The attendance sheet of a visit of any kind: everybody expected or there has a line.

    Raises `Refused("record_missing")`, `Refused("paper_other_kind")`.
    """
    sheet = _visit(workspace, id, PaperName.ATTENDANCE_SHEET)
    visit = sheet.visit
    with workspace.reading() as connection:
        levels = {each.id: each for each in found(connection, Deputy)}
        return AttendanceSheet(
            record=visit.id,
            station=own_station(workspace, connection).name,
            number=visit.number,
            theme=visit.title(),
            day=_day(visit),
            hours=hours(visit.starts, visit.ends),
            place=visit.place,
            host=visit.host or visit.convener,
            roll=_roll_told(roll_of(sheet)),
            rows=tuple(_rows(sheet, levels)),
        )


def _activity(workspace: Workspace, id: Id) -> VisitSheet:
    sheet = _visit(workspace, id, PaperName.ACTIVITY_RECORD)
    if sheet.visit.visit_kind in MEETING:
        raise Refused("not_an_activity", visit_kind=sheet.visit.visit_kind)
    return sheet


def _visit(workspace: Workspace, id: Id, paper: PaperName) -> VisitSheet:
    asked = record(workspace, id).record
    if not isinstance(asked, Visit):
        raise Refused("paper_other_kind", paper=paper, kind=asked.traits.name)
    return visit_card(workspace, id).sheet


def _day(visit: Visit) -> str:
    return f"{long_day(visit.on)}（{week_day(visit.on)}）" if visit.on else ""


def _roll_told(roll: Roll) -> str:
    told = f"应到{roll.expected}人，实到{roll.present}人，请假{roll.on_leave}人"
    return f"{told}，缺席{roll.absent}人" if roll.absent else told if roll.expected else ""


def _said(speech: Speech, names: Mapping[Id, str], levels: Mapping[Id, Deputy]) -> Said:
    deputy = levels.get(speech.deputy)
    beside = speech.part or (wording(deputy.level) + "代表" if deputy and deputy.level else "")
    return Said(name=speech.name or names.get(speech.deputy, ""), beside=beside, words=speech.words)


def _in_one(visit: Visit) -> tuple[Said, ...]:
    """What was said, written down in one piece."""
    return (Said(name="", beside="", words=visit.speeches),) if visit.speeches.strip() else ()


def _issue_told(issue: Issue) -> str:
    subject = WITHHELD if issue.confidential else issue.title()
    return f"群众意见{issue.number and f'（{issue.number}）'}：{subject}"


def _suggestion_told(suggestion: Suggestion) -> str:
    number = suggestion.case_number or suggestion.number
    return f"代表建议{number and f'（{number}）'}：{suggestion.subject or '（未定标题）'}"


def _files(connection: Connection, id: Id) -> str:
    named = func.coalesce(CurrentRow.title, "") != ""
    many = len(found(connection, Attachment, member("of") == id, named))
    return f"{many}件" if many else ""


def _rows(sheet: VisitSheet, levels: Mapping[Id, Deputy]) -> Iterator[AttendanceRow]:
    lines = {each.deputy: each for each in sheet.attendance if each.deputy}
    for id in dict.fromkeys((*sheet.visit.deputies, *lines)):
        yield _row(lines.get(id) or Attendance(id="", deputy=id), levels.get(id))
    for each in sheet.attendance:
        if not each.deputy:
            yield _row(each, None)


def _row(line: Attendance, deputy: Deputy | None) -> AttendanceRow:
    away = wording(line.presence) if line.presence not in {"", Presence.PRESENT} else ""
    remark: Sequence[str] = [part for part in (away, line.leave_reason) if part]
    return AttendanceRow(
        name=deputy.name if deputy else line.name,
        level=wording(deputy.level) if deputy else line.part,
        group=deputy.deputy_group if deputy else "",
        arrived=hours(line.arrived, None),
        left=hours(line.left, None),
        remark="：".join(remark),
    )
