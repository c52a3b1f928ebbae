"""A line of a list of units becomes a unit; one that is known by its name, its short name or a former one is known again."""

from collections.abc import Iterator, Sequence

from app.domain.records import Record
from app.domain.unit import Unit
from app.domain.values import Id
from app.ledgers.columns import SheetProblem
from app.ledgers.units import Field, UnitRow
from app.queries.ledger_matches import all_of
from app.use_cases.ledgers.taker import Taker, joined
from app.workspace import Workspace


class UnitTaker(Taker[UnitRow]):
    """The units as they stand, and those of the sheet: a unit may be named above the one it belongs to, or below."""

    def __init__(self, workspace: Workspace, rows: Sequence[UnitRow], words: str) -> None:
        super().__init__(workspace, rows, words)
        known = all_of(workspace, Unit)
        self._known = {name: each.id for each in known for name in (each.name, each.short_name, *each.former_names) if name}
        self._new = {row.name: self.new_id() for row in rows if row.name not in self._known}

    def stands(self, row: UnitRow) -> bool:
        return row.name in self._known

    def problems(self, row: UnitRow) -> Iterator[SheetProblem]:
        if row.parent and not self._named(row.parent):
            yield self.tell(Field.PARENT, "unit_unknown", of=row, text=row.parent)

    def records(self, row: UnitRow) -> tuple[Id, Sequence[Record]]:
        parent = self._named(row.parent)
        unit = Unit(
            id=self._new[row.name],
            name=row.name,
            short_name=row.short_name,
            former_names=row.former_names,
            unit_type=row.type,
            level=row.level,
            parent=parent if parent != self._new[row.name] else "",
            supervising_committee=row.committee,
            liaison_person=row.person,
            office_phone=row.phone,
            policy_contact=row.policy_contact,
            policy_phone=row.policy_phone,
            remarks=joined(
                row.notes(), f"{Unit.traits.fields['parent'].label}：{row.parent}" if row.parent and not parent else ""
            ),
        )
        return unit.id, [unit]

    def _named(self, name: str) -> Id:
        return self._known.get(name) or self._new.get(name, "")
