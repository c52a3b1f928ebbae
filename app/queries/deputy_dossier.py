"""What a deputy's performance dossier shows, gathered from the records of the station."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from sqlalchemy import Connection, and_, func, or_, select

from app.domain.award import Award, award_word
from app.domain.chinese import long_day, period, short_day
from app.domain.congress import Congress, Term
from app.domain.cosignature import Cosignature, CosignatureState
from app.domain.dossier import Dossier, DossierPart
from app.domain.papers import PaperName, Span
from app.domain.people import Deputy
from app.domain.records import record_from
from app.domain.reply import Evaluation, Evaluator, Reply, reply_class_word
from app.domain.suggestion import Suggestion
from app.domain.values import Id, wording
from app.domain.visit import Attendance, Presence, Speech, Visit, VisitKind
from app.errors import Refused
from app.queries.congresses import term_words
from app.queries.issue_words import joined
from app.queries.people_met import people_met_at
from app.queries.record import record
from app.queries.relations import found, member, of_id, own_station, standing, title_of, within
from app.queries.rights import own_only
from app.storage.tables import CurrentRow
from app.workspace import Workspace

_Own = TypeVar("_Own", Attendance, Speech)
_K: Final = VisitKind
_MEETINGS: Final = (_K.ATTEND_CONGRESS, _K.ATTEND_NONVOTING, _K.SYMPOSIUM)
_FIELD: Final = (_K.RECEPTION, _K.OUTREACH, _K.INSPECTION, _K.RESEARCH_ACTIVITY, _K.LAW_ENFORCEMENT_CHECK)
_APART: Final = frozenset({*_MEETINGS, *_FIELD, _K.TRAINING, _K.DUTY_REPORT})
"""Kinds that have a part of their own; every other one is told with the activities of groups."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """One visit of the deputy: whether they came, what they said, how many people were met."""

    visit: Visit
    presence: str
    said: str
    people: int

    @property
    def came(self) -> bool:
        return self.presence == Presence.PRESENT.label


def deputy_dossier(workspace: Workspace, id: Id, span: Span) -> Dossier:
    """The dossier of a deputy, as far as the operator may see what it is made of.

    Raises `Refused("record_missing")`, `Refused("paper_other_kind", paper, kind)`.
    """
    deputy = record(workspace, id).record
    if not isinstance(deputy, Deputy):
        raise Refused("paper_other_kind", paper=PaperName.DEPUTY_DOSSIER, kind=deputy.traits.name)
    with workspace.reading() as connection:
        done = _done(workspace, connection, id, span)
        return Dossier(
            record=id,
            station=own_station(workspace, connection).name,
            deputy=deputy.name,
            period=period(span.first, span.last) or "全部记录",
            day=long_day(workspace.clock.today().date()),
            facts=tuple(_facts(connection, deputy)),
            parts=(
                _meetings(_of(done, _MEETINGS)),
                _field_work(_of(done, _FIELD)),
                _training(_of(done, (_K.TRAINING,))),
                _activities([each for each in done if each.visit.visit_kind not in _APART]),
                _suggestions(connection, id, span),
                _duty_reports(_of(done, (_K.DUTY_REPORT,))),
                _awards(connection, id, span),
            ),
        )


# --- what the deputy took part in ------------------------------------------------------------------------------------------


def _done(workspace: Workspace, connection: Connection, id: Id, span: Span) -> list[_Done]:
    """The visits of the period at which the deputy was expected, oldest first; a plan is no record."""
    signed = _by_visit(connection, Attendance, id)
    today = workspace.clock.today().date().isoformat()
    wanted = and_(
        or_(func.instr(CurrentRow.body, id) > 0, CurrentRow.id.in_(list(signed))),
        within(span.first, span.last),
        or_(CurrentRow.day.is_(None), CurrentRow.day <= today),
        *own_only(connection, workspace.author.op),
    )
    question = select(CurrentRow.id, CurrentRow.body).where(standing("visit"), wanted).order_by(CurrentRow.day, CurrentRow.no)
    visits = [record_from(Visit, row.id, json.loads(row.body)) for row in connection.execute(question)]
    said, met = _by_visit(connection, Speech, id), people_met_at(connection, [each.id for each in visits])
    return [
        _Done(
            visit=each,
            presence=wording((signed[each.id].presence if each.id in signed else "") or Presence.PRESENT),
            said=said[each.id].words if each.id in said else "",
            people=met.get(each.id, 0),
        )
        for each in visits
        if id in each.deputies or each.id in signed
    ]


def _of(done: Iterable[_Done], kinds: Sequence[VisitKind]) -> list[_Done]:
    return [each for each in done if each.visit.visit_kind in kinds]


def _roll(done: Sequence[_Done]) -> str:
    came = sum(each.came for each in done)
    away = len(done) - came
    return f"合计{len(done)}次，实到{came}次" + (f"，请假、缺席{away}次。" if away else "。")


def _part(
    title: str,
    columns: Sequence[tuple[str, float]],
    done: Sequence[_Done],
    row: Callable[[_Done], tuple[str, ...]],
    also: str = "",
) -> DossierPart:
    rows = tuple(row(each) for each in done)
    return DossierPart(title=title, columns=tuple(columns), rows=rows, summary=f"{_roll(done)}{also}" if done else "")


def _meetings(done: Sequence[_Done]) -> DossierPart:
    columns = (("日期", 0), ("会议", 2.6), ("地点", 1.6), ("出席", 0), ("发言、审议意见", 4.0))
    return _part(
        "参加会议",
        columns,
        done,
        lambda each: (
            short_day(each.visit.on),
            each.visit.organiser or each.visit.title(),
            each.visit.place,
            each.presence,
            each.said or each.visit.conclusions,
        ),
    )


def _field_work(done: Sequence[_Done]) -> DossierPart:
    columns = (("日期", 0), ("类别", 0), ("主题、地点", 4.0), ("出席", 0), ("群众（人）", 0))
    people = sum(each.people for each in done if each.came)
    return _part(
        "接待走访、视察调研",
        columns,
        done,
        lambda each: (
            short_day(each.visit.on),
            wording(each.visit.visit_kind),
            joined(each.visit.theme, each.visit.place),
            each.presence,
            str(each.people or ""),
        ),
        f"接待走访群众{people}人（与其他代表一同接待的各计一次）。" if people else "",
    )


def _training(done: Sequence[_Done]) -> DossierPart:
    columns = (("日期", 0), ("培训", 2.6), ("类型", 0), ("举办单位", 2.0), ("出席", 0), ("学习收获", 3.0))
    return _part(
        "学习培训",
        columns,
        done,
        lambda each: (
            short_day(each.visit.on),
            each.visit.title(),
            wording(each.visit.training_type),
            each.visit.organiser,
            each.presence,
            each.visit.conclusions,
        ),
    )


def _activities(done: Sequence[_Done]) -> DossierPart:
    columns = (("日期", 0), ("类别", 0), ("主题、地点", 3.0), ("出席", 0), ("形成的意见建议", 3.6))
    return _part(
        "小组活动和其他活动",
        columns,
        done,
        lambda each: (
            short_day(each.visit.on),
            wording(each.visit.visit_kind),
            joined(each.visit.theme, each.visit.place),
            each.presence,
            each.visit.conclusions or each.said,
        ),
    )


def _duty_reports(done: Sequence[_Done]) -> DossierPart:
    columns = (("日期", 0), ("形式", 0), ("听取述职的选区（单位）", 2.4), ("评议意见", 4.0))
    return _part(
        "向选民述职",
        columns,
        done,
        lambda each: (
            short_day(each.visit.on),
            wording(each.visit.report_form),
            each.visit.organiser or each.visit.place,
            each.visit.conclusions,
        ),
    )


def _by_visit(connection: Connection, cls: type[_Own], deputy: Id) -> dict[Id, _Own]:
    """What a deputy's own records of a kind say, by the visit; of several the last."""
    return {each.visit: each for each in found(connection, cls, member("deputy") == deputy)}


# --- what the deputy put forward, and was honoured with --------------------------------------------------------------------


def _suggestions(connection: Connection, id: Id, span: Span) -> DossierPart:
    """Those that were submitted; of a confidential identity only their number is told (domain brief 1.11)."""
    signed = member("deputy") == id, member("state") == CosignatureState.SIGNED
    beside = {each.suggestion for each in found(connection, Cosignature, *signed)}
    wanted = or_(member("lead_deputy") == id, CurrentRow.id.in_(list(beside)))
    put = [each for each in found(connection, Suggestion, wanted) if each.submitted_on and span.holds(each.submitted_on)]
    put.sort(key=lambda each: (each.submitted_on or date.min, each.number))
    told = [each for each in put if not each.confidential_identity]
    ids = [each.id for each in told]
    replies = {each.suggestion: each for each in found(connection, Reply, member("suggestion").in_(ids))}
    asked = member("of").in_(ids), member("evaluator") != str(Evaluator.RESIDENT)
    judged = {each.of: each for each in found(connection, Evaluation, *asked)}
    rows = tuple(_suggestion(each, id, replies.get(each.id), judged.get(each.id)) for each in told)
    led = sum(each.lead_deputy == id for each in told)
    hidden = f"另有代表身份保密的{len(put) - len(told)}件，未列明。" if len(put) > len(told) else ""
    summary = f"合计{len(told)}件：领衔{led}件，联名{len(told) - led}件。{hidden}" if put else ""
    columns = (("提交日期", 0), ("编号", 0), ("标题", 4.0), ("身份", 0), ("状态", 0), ("答复", 1.6), ("评价", 1.2))
    return DossierPart(title="提出代表建议", columns=columns, rows=rows, summary=summary)


def _suggestion(suggestion: Suggestion, id: Id, reply: Reply | None, judged: Evaluation | None) -> tuple[str, ...]:
    return (
        short_day(suggestion.submitted_on),
        suggestion.case_number or suggestion.number,
        suggestion.subject,
        "领衔" if suggestion.lead_deputy == id else "联名",
        wording(suggestion.state),
        reply_class_word(reply) if reply else "",
        wording(judged.result) if judged else "",
    )


def _awards(connection: Connection, id: Id, span: Span) -> DossierPart:
    won = [each for each in found(connection, Award, member("of") == id) if span.holds(each.on) or _in_years(each, span)]
    columns = (("年度", 0), ("表彰", 3.0), ("表彰机关", 3.0), ("文号", 2.0))
    rows = tuple((str(each.year or ""), award_word(each), each.issuer, each.document_no) for each in won)
    return DossierPart(title="表彰奖励", columns=columns, rows=rows, summary=f"合计{len(won)}项。" if won else "")


def _in_years(award: Award, span: Span) -> bool:
    """Of an award without a day its year counts."""
    if award.on or not award.year:
        return False
    return span.holds(date(award.year, 12, 31)) or span.holds(date(award.year, 1, 1))


# --- who the deputy is -----------------------------------------------------------------------------------------------------


def _facts(connection: Connection, deputy: Deputy) -> Iterable[tuple[str, str]]:
    term = of_id(connection, Term, deputy.term)
    congress = of_id(connection, Congress, deputy.congress)
    yield "姓名", deputy.name
    yield "性别", wording(deputy.sex)
    yield "代表层级", wording(deputy.level)
    yield "人民代表大会", joined(congress.name if congress else "", term_words(term) if term else "")
    yield "代表证号", deputy.deputy_card_no
    yield "代表团", deputy.delegation
    yield "选举单位、选区", joined(deputy.electing_unit, deputy.constituency)
    yield "代表小组", joined(deputy.deputy_group, "召集人" if deputy.group_convener else "")
    yield "工作单位及职务", joined(deputy.workplace, deputy.post)
    yield "所在联络站", title_of(connection, deputy.station)
    yield "产生方式", joined(wording(deputy.entry), long_day(deputy.elected_on))
    yield "状态", joined(wording(deputy.status), long_day(deputy.ended_on), deputy.ended_reason)
