"""Checks of the station: the newest finding of each item, what is to be mended, the stars; and the ledger of a period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from app.domain.check_papers import CheckLedger, CheckLine
from app.domain.chinese import short_day
from app.domain.papers import Span
from app.domain.station_check import LACKING, CheckItem, Checklist, Standing, StationCheck, newest_of_each, standing
from app.domain.values import Id, wording
from app.queries.ledger_head import ledger_head
from app.queries.relations import own_station, with_heads, within
from app.reference import guide_checklist
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """An item with its newest check, where there is one; `overdue` where it should be mended by now."""

    item: CheckItem
    check: StationCheck | None
    heads: tuple[Id, ...]
    overdue: bool

    @property
    def open(self) -> bool:
        """Whether it is to be mended."""
        return is_open(self.check)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckBoard:
    """The whole list as it stands; items of an earlier list that were checked stand at its end."""

    checklist: Checklist
    rows: tuple[CheckRow, ...]
    standing: Standing

    @property
    def open(self) -> int:
        """How many items are to be mended."""
        return sum(each.open for each in self.rows)


def is_open(check: StationCheck | None) -> bool:
    """Whether what was found is to be mended and is not yet."""
    return check is not None and check.finding in LACKING and check.mended_on is None


def check_board(workspace: Workspace) -> CheckBoard:
    """How the station stands."""
    with workspace.reading() as connection:
        return board_in(connection, workspace.clock.today().date())


def board_in(connection: Connection, today: date) -> CheckBoard:
    """The same for whoever is reading or writing already."""
    checklist, kept = guide_checklist(), with_heads(connection, StationCheck)
    newest, heads = newest_of_each(each.record for each in kept), {each.record.id: each.heads for each in kept}
    known = {each.code for each in checklist.items}
    earlier = (CheckItem(group=each.group, code=code, name=each.item_name) for code, each in newest.items() if code not in known)
    rows = tuple(_row(each, newest, heads, today) for each in (*checklist.items, *earlier))
    return CheckBoard(checklist=checklist, rows=rows, standing=standing(checklist, newest))


def _row(item: CheckItem, newest: Mapping[str, StationCheck], heads: Mapping[Id, tuple[Id, ...]], today: date) -> CheckRow:
    check = newest.get(item.code)
    late = is_open(check) and check is not None and check.due_on is not None and check.due_on < today
    return CheckRow(item=item, check=check, heads=heads[check.id] if check else (), overdue=late)


def check_ledger(workspace: Workspace, span: Span) -> CheckLedger:
    """Every check of a period, oldest first."""
    with workspace.reading() as connection:
        kept = [each.record for each in with_heads(connection, StationCheck, within(span.first, span.last))]
        station = own_station(workspace, connection)
    kept.sort(key=lambda each: each.on or date.min)
    lacking = [each for each in kept if each.finding in LACKING]
    mended = sum(each.mended_on is not None for each in lacking)
    summary = f"合计{len(kept)}项次，其中需整改{len(lacking)}项，已整改{mended}项。"
    return CheckLedger(head=ledger_head(station, span, summary), lines=tuple(map(_line, kept)))


def _line(check: StationCheck) -> CheckLine:
    return CheckLine(
        day=short_day(check.on),
        group=check.group,
        item=check.item_name,
        finding=wording(check.finding),
        account=check.account,
        checked_by=check.checked_by,
        due=short_day(check.due_on),
        measure=check.measure,
        mended_on=short_day(check.mended_on),
    )
