"""Deputies as a person looks for them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_

from app.domain.congress import Level
from app.domain.outreach_round import Register
from app.domain.people import Deputy, DeputyStatus
from app.domain.values import Code, Id
from app.queries.relations import found, member
from app.storage.tables import CurrentRow
from app.workspace import Workspace


def deputies_called(workspace: Workspace, text: str) -> list[Deputy]:
    """The deputies whose identifier, name or card number is `text`."""
    called = or_(CurrentRow.id == text, CurrentRow.title == text, member("deputy_card_no") == text)
    with workspace.reading() as connection:
        return found(connection, Deputy, called)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A deputy as a list to pick from shows one."""

    id: Id
    name: str
    level: Code[Level]
    card: str
    group: str
    ended: bool

    def told(self) -> str:
        """What tells two deputies of one name apart, behind the name."""
        return "　".join(part for part in (self.name, self.level_word(), self.group, self.card) if part)

    def level_word(self) -> str:
        """The level's Chinese word; empty where nothing is said."""
        return self.level.label if isinstance(self.level, Level) else self.level


def register(workspace: Workspace) -> tuple[RegisterRow, ...]:
    """Every deputy of the register, in the order of entry; those whose mandate has ended come last."""
    with workspace.reading() as connection:
        deputies = found(connection, Deputy)
    return tuple(sorted(map(register_row, deputies), key=lambda row: row.ended))


def register_row(deputy: Deputy) -> RegisterRow:
    """A deputy as a list shows one."""
    ended = deputy.status == DeputyStatus.ENDED
    return RegisterRow(deputy.id, deputy.name, deputy.level, deputy.deputy_card_no, deputy.deputy_group, ended)


def called(rows: Iterable[RegisterRow], today: date) -> Register:
    """The register as cells are read by it: who a name, a card number or a whole line of it means, who left only alone."""
    names: dict[str, list[Id]] = {}
    told: dict[Id, str] = {}
    every = sorted(rows, key=lambda row: row.ended)
    twins = Counter(row.name for row in every)
    for row in every:
        told[row.id] = row.told() if twins[row.name] > 1 else row.name
        for name in dict.fromkeys(filter(None, (row.name, row.card, row.told()))):
            if not (row.ended and names.get(name)):
                names.setdefault(name, []).append(row.id)
    return Register(names=names, told=told, today=today)
