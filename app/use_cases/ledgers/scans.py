"""A scan becomes the presence of a deputy at the visit of that day; where the day has none, at one that stands for the scans."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from app.domain.people import Deputy, DeputyStatus
from app.domain.records import Record
from app.domain.scanned import names_within, same
from app.domain.station import Station
from app.domain.values import Id
from app.domain.visit import Attendance, CheckIn, Presence, Visit, VisitKind
from app.ledgers.columns import SheetProblem
from app.ledgers.people import joined_name
from app.ledgers.scans import Field, ScanRow
from app.queries.ledger_matches import all_of, attendance_of, visits_of_days
from app.queries.record import record
from app.use_cases.ledgers.taker import Taker
from app.workspace import Workspace

THEME: Final = "扫码进站"
"""The theme of a visit that an import makes for scans of a day on which nothing else is written down."""
_BEFORE: Final = timedelta(hours=2)  # before a visit begins, and after it ended
_HERE: Final = frozenset({VisitKind.RECEPTION})  # kinds that are held at the station, the likeliest to scan in for


class ScanTaker(Taker[ScanRow]):
    """The register by card and by name, the visits of the days of the sheet, and who is signed in at them already."""

    def __init__(self, workspace: Workspace, rows: Sequence[ScanRow], words: str) -> None:
        super().__init__(workspace, rows, words)
        self._deputies = all_of(workspace, Deputy)
        station = record(workspace, workspace.author.owner).record
        self._own = station if isinstance(station, Station) else Station(id=workspace.author.owner)
        days = [row.on for row in rows]
        self._visits = visits_of_days(workspace, min(days), max(days)) if days else []
        signed = attendance_of(workspace, [each.id for each in self._visits])
        self._signed = {(each.visit, each.deputy or joined_name(each.name)) for each in signed if each.presence not in _AWAY}
        self._new: dict[date, Visit] = {}
        self._first: dict[tuple[Id, str], int] = {}
        for row in rows:
            if not self.refusal(row):
                self._first.setdefault(self._place(row), row.row)

    def refusal(self, row: ScanRow) -> SheetProblem | None:
        """A scan at another station is none of ours."""
        if not row.station or self._is_own(row.station):
            return None
        told = self.tell(Field.STATION, "scan_elsewhere", of=row, text=row.station)
        return SheetProblem(
            row=told.row, column=told.column, code=told.code, facts=told.facts, refused=True, at=told.at, cell=told.cell
        )

    def stands(self, row: ScanRow) -> bool:
        if self.refusal(row):
            return False
        place = self._place(row)
        return place in self._signed or self._first[place] != row.row

    def problems(self, row: ScanRow) -> Iterator[SheetProblem]:
        named = self._named(row)
        if not named:
            yield self.tell(Field.NAME if row.name else Field.CARD, "scan_of_nobody", of=row, text=row.name or row.card)
        elif len(named) > 1:
            yield self.tell(Field.NAME, "scan_of_several", of=row, text=row.name)
        elif row.name and joined_name(named[0].name) != row.name:
            yield self.tell(Field.CARD, "card_of_another", of=row, text=row.card)

    def records(self, row: ScanRow) -> tuple[Id, Sequence[Record]]:
        deputy, visit = self._deputy(row), self._visit(row)
        line = Attendance(
            id=self.new_id(),
            visit=visit.id,
            deputy=deputy.id if deputy else "",
            name=deputy.name if deputy else row.name,
            presence=Presence.PRESENT,
            check_in=CheckIn.QR_CHECK_IN,
            arrived=_minutes(row.at),
            left=_minutes(row.left_at),
            remarks=row.notes() if deputy or not row.card else f"{row.card}\n{row.notes()}".strip(),
        )
        if self._new.pop(visit.on or row.on, None) is not visit:
            return line.id, [line]
        self._visits.append(visit)
        return line.id, [visit, line]

    def _place(self, row: ScanRow) -> tuple[Id, str]:
        """Where a scan belongs, and whose it is."""
        deputy = self._deputy(row)
        return self._visit(row).id, deputy.id if deputy else row.name or row.card

    def _named(self, row: ScanRow) -> list[Deputy]:
        """Those a row may mean: by the card, else by the name; who holds the mandate before who does not."""
        bearing = [each for each in self._deputies if any(same(part, each.deputy_card_no) for part in names_within(row.card))]
        bearing = bearing or [each for each in self._deputies if row.name and joined_name(each.name) == row.name]
        return [each for each in bearing if each.status != DeputyStatus.ENDED] or bearing

    def _deputy(self, row: ScanRow) -> Deputy | None:
        named = self._named(row)
        return named[0] if len(named) == 1 else None

    def _visit(self, row: ScanRow) -> Visit:
        """The visit of that day that the scan fits best: one that names the deputy, one held at that hour, one at the station."""
        here = [each for each in self._visits if each.on == row.on]
        if here:
            deputy = self._deputy(row)
            return min(here, key=lambda each: _distance(each, row.at, deputy.id if deputy else ""))
        return self._new.setdefault(row.on, self._made(row.on))

    def _made(self, on: date) -> Visit:
        return Visit(
            id=self.new_id(),
            visit_kind=VisitKind.OTHER,
            theme=THEME,
            station=self._own.id,
            on=on,
            place=self._own.place,
            late_entry=on < self.workspace.clock.today().date(),
        )

    def _is_own(self, told: str) -> bool:
        """Whether a station is ours: its code, its name, or a name that holds the other."""
        code, name = self._own.code, "".join(self._own.name.split())
        plain = "".join(told.split())
        return not name or same(plain, code) or code in plain or name in plain or (len(plain) > _SHORTEST and plain in name)


_AWAY: Final = frozenset({Presence.ON_LEAVE, Presence.ABSENT})
_SHORTEST: Final = 3  # characters: 联络站 alone names every one


def _distance(visit: Visit, at: time | None, deputy: Id) -> tuple[bool, bool, bool, float]:
    away = _away(visit, at)
    return bool(deputy) and deputy not in visit.deputies, away > 0, visit.visit_kind not in _HERE, away


def _away(visit: Visit, at: time | None) -> float:
    """Seconds between the scan and the hours of the visit; nothing where either is not told."""
    if at is None or visit.starts is None:
        return 0.0
    scan, begins = _on_a_day(at), _on_a_day(visit.starts)
    ends = _on_a_day(visit.ends) if visit.ends else begins + _BEFORE
    return max((begins - _BEFORE - scan).total_seconds(), (scan - ends - _BEFORE).total_seconds(), 0.0)


def _on_a_day(at: time) -> datetime:
    return datetime.combine(date(2000, 1, 2), at.replace(tzinfo=None))


def _minutes(at: time | None) -> time | None:
    return at.replace(second=0, microsecond=0) if at else None
