"""What the public and the deputies are told of reception days: the notice and the rota."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from app.domain.chinese import hours, long_day, short_day, week_day
from app.domain.papers import PaperName, Span
from app.domain.reception_papers import DutyRota, NoticeDay, ReceptionNotice, RotaLine
from app.domain.values import Id
from app.domain.visit import Visit, VisitKind
from app.errors import Refused
from app.queries.deputies import RegisterRow, register
from app.queries.ledger_head import ledger_head
from app.queries.record import record
from app.queries.relations import own_station
from app.queries.rota import RotaEntry, rota, rota_entries
from app.queries.rules import station_rules
from app.workspace import Workspace

NOBODY_CAME: Final = "无人来访"


def reception_notice(workspace: Workspace, id: Id, span: Span) -> ReceptionNotice:
    """The notice of one reception day, or of the planned days of a period.

    Raises `Refused("record_missing")`, `Refused("paper_other_kind", paper, kind)`, `Refused("not_a_reception", visit_kind)`,
    `Refused("nothing_planned")` where no day of the period is planned.
    """
    entries = (_of(workspace, id),) if id else tuple(each for each in _ahead(workspace, span) if each.planned)
    if not entries:
        raise Refused("nothing_planned")
    levels = {row.id: row for row in register(workspace)}
    with workspace.reading() as connection:
        station, rules = own_station(workspace, connection), station_rules(workspace, connection)
    return ReceptionNotice(
        station=station.name,
        number=entries[0].number if len(entries) == 1 else "",
        days=tuple(_day(each, levels) for each in entries),
        phone=station.office_phone,
        place=station.place,
        time_limit=str(rules.profile.issue),
        day=long_day(workspace.clock.today().date()),
    )


def duty_rota(workspace: Workspace, span: Span) -> DutyRota:
    """The rota of a period: days that are planned and days that were held, oldest first."""
    entries = rota(workspace, span)
    today = workspace.clock.today().date()
    with workspace.reading() as connection:
        head = ledger_head(own_station(workspace, connection), span, _summary(entries))
    lines = tuple(
        RotaLine(
            day=short_day(each.on),
            week_day=week_day(each.on),
            hours=hours(each.starts, each.ends),
            place=each.place,
            deputies=each.names,
            theme=each.theme,
            announced=short_day(each.announced_on),
            remark=f"接待{each.people}人" if each.people else NOBODY_CAME if each.on < today else "",
        )
        for each in entries
    )
    return DutyRota(head=head, lines=lines)


def _of(workspace: Workspace, id: Id) -> RotaEntry:
    asked = record(workspace, id).record
    if not isinstance(asked, Visit):
        raise Refused("paper_other_kind", paper=PaperName.RECEPTION_NOTICE, kind=asked.traits.name)
    if asked.visit_kind != VisitKind.RECEPTION:
        raise Refused("not_a_reception", visit_kind=asked.visit_kind)
    return next(iter(rota_entries(workspace, [id])))


def _ahead(workspace: Workspace, span: Span) -> Iterator[RotaEntry]:
    """The days of a period that do not lie behind: nobody is told to come yesterday."""
    today = workspace.clock.today().date()
    return (each for each in rota(workspace, span) if each.on >= today)


def _day(entry: RotaEntry, levels: Mapping[Id, RegisterRow]) -> NoticeDay:
    return NoticeDay(
        record=entry.id,
        day=f"{long_day(entry.on)}（{week_day(entry.on)}）",
        hours=hours(entry.starts, entry.ends),
        place=entry.place,
        deputies=tuple(_with_level(name, levels.get(id)) for id, name in zip(entry.deputies, entry.names, strict=True)),
        theme=entry.theme,
    )


def _with_level(name: str, row: RegisterRow | None) -> str:
    level = row.level_word() if row else ""
    return f"{name}（{level}）" if level else name


def _summary(entries: Sequence[RotaEntry]) -> str:
    deputies = {id for each in entries for id in each.deputies}
    planned = sum(each.planned for each in entries)
    return f"合计{len(entries)}个接待日，其中尚未接待{planned}个；轮值代表{len(deputies)}名。"


def next_day_told(entries: Sequence[RotaEntry]) -> str:
    """The first of these reception days as a slip names it: day and hours; empty where there is none."""
    first = next(iter(entries), None)
    return f"{long_day(first.on)}（{week_day(first.on)}）{hours(first.starts, first.ends)}" if first else ""
