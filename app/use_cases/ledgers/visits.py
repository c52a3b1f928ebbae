"""A line of a log becomes a person met at a visit, with what they raised; lines of one day, place and deputies are one visit."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from app.domain.category import CategoryScheme
from app.domain.encounter import Encounter, Party
from app.domain.issue import Issue, Source
from app.domain.life import IssueState
from app.domain.records import Record
from app.domain.values import Id
from app.domain.visit import Visit, VisitKind
from app.ledgers.columns import SheetProblem
from app.ledgers.text import heading_of
from app.ledgers.visits import Field, VisitRow
from app.queries.ledger_matches import visits_at
from app.queries.relations import category_names
from app.use_cases.ledgers.taker import Named, Roster, Taker, joined
from app.workspace import Workspace

_ANONYMOUS: Final = frozenset({"匿名", "不愿透露", "未留名", "未留姓名"})
_HOUSEHOLD: Final = ("户", "家", "一家人")
_SOURCES: Final = {VisitKind.RECEPTION: Source.RECEPTION, VisitKind.OUTREACH: Source.OUTREACH}
_Key = tuple[object, ...]


class VisitTaker(Taker[VisitRow]):
    """Finds or makes the visit of each line; one entered by hand of the same day, kind, place and deputies is the same."""

    def __init__(self, workspace: Workspace, rows: Sequence[VisitRow], words: str) -> None:
        super().__init__(workspace, rows, words)
        self._roster = Roster(workspace)
        self._usual = VisitKind.OUTREACH if words.count("走访") > words.count("接") else VisitKind.RECEPTION
        with workspace.reading() as connection:
            categories = category_names(connection, CategoryScheme.ISSUE)
        self._categories = {name: code for code, name in categories.items()}
        self._visits: dict[_Key, Visit] = {}
        for visit in visits_at(workspace, {(row.on, row.place) for row in rows if row.on}):
            if visit.place or visit.deputies:
                self._visits.setdefault(_key_of(visit), visit)

    def problems(self, row: VisitRow) -> Iterator[SheetProblem]:
        yield from self._roster.problems(row, Field.DEPUTIES, row.deputies)

    def records(self, row: VisitRow) -> tuple[Id, Sequence[Record]]:
        somebody = bool(row.person or row.people or row.raised or row.phone or row.address)
        named = self._roster.named(row.deputies)
        visit, made = self._visit(row, named, notes="" if somebody else row.notes())
        if not somebody:
            return visit.id, made
        met = self._encounter(row, visit)
        contact = self.contact(met.id, row.phone, row.address)
        return met.id, [*made, met, *contact, *self._issues(row, visit, met)]

    def _visit(self, row: VisitRow, named: Named, notes: str) -> tuple[Visit, list[Record]]:
        """The visit a line belongs to, and what is new of it."""
        visit = Visit(
            id=self.new_id(),
            visit_kind=row.kind or self._usual,
            number=row.number,
            station=self.workspace.author.owner,
            on=row.on,
            starts=row.at,
            late_entry=_is_late(row.on, self.workspace.clock.today().date()),
            place=row.place,
            way=row.way,
            theme=row.theme,
            deputies=named.ids,
            companions=row.companions,
            recorder=row.recorder,
            explained=row.explained,
            course=row.course,
            remarks=joined(notes, named.unmatched()),
        )
        key = (*_key_of(visit), named.unknown, named.ambiguous) if named.unmatched() else _key_of(visit)
        known = self._visits.setdefault(key, visit)
        return known, [visit] if known is visit else []

    def _encounter(self, row: VisitRow, visit: Visit) -> Encounter:
        anonymous = (not row.person and not row.people) or row.person in _ANONYMOUS
        party = Party.PEOPLE if row.people > 1 else Party.PERSON
        return Encounter(
            id=self.new_id(),
            visit=visit.id,
            party=Party.HOUSEHOLD if row.person.endswith(_HOUSEHOLD) and len(row.person) > 1 else party,
            name="" if anonymous else row.person,
            anonymous=anonymous,
            people=row.people,
            sex=row.sex,
            village=row.village,
            handled_on_spot="" if row.raised else row.handled,
            remarks=row.notes(),
        )

    def _issues(self, row: VisitRow, visit: Visit, met: Encounter) -> Iterator[Issue]:
        if row.raised:
            yield Issue(
                id=self.new_id(),
                subject=heading_of(row.raised),
                words=row.raised,
                visit=visit.id,
                encounter=met.id,
                deputies=visit.deputies,
                station=self.workspace.author.owner,
                source=_SOURCES.get(VisitKind(visit.visit_kind), Source.ACTIVITY),
                received_on=row.on,
                received_at=row.at,
                late_entry=visit.late_entry,
                category=self._categories.get(row.category, row.category),
                on_spot_reply=row.handled,
                state=IssueState.REGISTERED,
            )


def _key_of(visit: Visit) -> _Key:
    """By what two lines belong to one visit."""
    said = (visit.on, str(visit.visit_kind), visit.place, visit.number, visit.theme, visit.course)
    return (*said, frozenset(visit.deputies))


def _is_late(day: date | None, today: date) -> bool:
    return day is not None and day < today
