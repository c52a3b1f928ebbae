"""What makes records of the rows of a ledger; one is made for each reading of a sheet."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Generic

from app.domain.people import Contact, Deputy
from app.domain.records import Record
from app.domain.values import Id
from app.ledgers.columns import SheetProblem
from app.ledgers.form import LedgerRow, RowKind
from app.queries.deputies import register
from app.workspace import Workspace


class Taker(ABC, Generic[RowKind]):
    """Makes records of rows, in the order of the sheet."""

    def __init__(self, workspace: Workspace, rows: Sequence[RowKind], words: str) -> None:
        """`words` are the file, the sheet and the names of its columns, which tell what no cell does."""
        self.workspace: Final = workspace
        self.new_id: Final = workspace.clock.new_id

    def refusal(self, row: RowKind) -> SheetProblem | None:
        """Why the row cannot be taken, where only the station's records tell it."""
        return None

    def stands(self, row: RowKind) -> bool:
        """Whether the row tells of something the station knows without any import."""
        return False

    def problems(self, row: RowKind) -> Iterator[SheetProblem]:
        """What is to be told of a row beside what the sheet itself shows."""
        yield from ()

    @abstractmethod
    def records(self, row: RowKind) -> tuple[Id, Sequence[Record]]:
        """What the row becomes: the record by which it is known again, and all that are to be saved."""

    def tell(self, field: str, code: str, *, of: LedgerRow, text: str) -> SheetProblem:
        """Something to tell of the cell that a field of a row was read from."""
        at, column = of.places.get(field), of.labels.get(field, "")
        return SheetProblem(row=of.row, column=column, code=code, facts={"text": text}, at=at, cell=text)

    def contact(self, of: Id, phone: str, address: str) -> list[Contact]:
        """How to reach somebody, where the row tells it (decision 4)."""
        return [Contact(id=self.new_id(), of=of, phone=phone, address=address)] if phone or address else []


@dataclass(frozen=True, slots=True)
class Named:
    """The deputies behind names, and the names that none or several bear."""

    ids: tuple[Id, ...] = ()
    unknown: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()

    def unmatched(self) -> str:
        """A line that keeps the names nobody could be found for."""
        names = "、".join((*self.unknown, *self.ambiguous))
        return f"{Deputy.traits.label}：{names}" if names else ""


class Roster:
    """The deputies of the register by name; blanks within a name do not count."""

    def __init__(self, workspace: Workspace) -> None:
        rows = register(workspace)
        borne = Counter(_plain(each.name) for each in rows)
        self._several: Final = {name for name, times in borne.items() if times > 1}
        self._one: Final = {_plain(each.name): each.id for each in rows if borne[_plain(each.name)] == 1}

    def named(self, names: Iterable[str]) -> Named:
        """Who these names are."""
        ids: list[Id] = []
        unknown: list[str] = []
        ambiguous: list[str] = []
        for name in names:
            plain = _plain(name)
            if plain in self._one:
                ids.append(self._one[plain])
            else:
                (ambiguous if plain in self._several else unknown).append(name)
        return Named(tuple(dict.fromkeys(ids)), tuple(unknown), tuple(ambiguous))

    def problems(self, row: LedgerRow, field: str, names: Sequence[str]) -> Iterator[SheetProblem]:
        """The names that none or several bear, at the cell that holds them."""
        named = self.named(names)
        at, column, cell = row.places.get(field), row.labels.get(field, ""), "、".join(names)
        if named.unknown:
            facts = {"names": named.unknown}
            yield SheetProblem(row=row.row, column=column, code="deputies_unknown", facts=facts, at=at, cell=cell)
        if named.ambiguous:
            facts = {"names": named.ambiguous}
            yield SheetProblem(row=row.row, column=column, code="deputies_ambiguous", facts=facts, at=at, cell=cell)


def joined(*parts: str) -> str:
    """Remarks, a line for each that says something."""
    return "\n".join(filter(None, parts))


def _plain(name: str) -> str:
    return "".join(name.split())
