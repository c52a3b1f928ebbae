"""Deputies as a person looks for them."""

from dataclasses import dataclass

from sqlalchemy import or_

from app.domain.congress import Level
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
    """A deputy as the register's lists show them."""
    ended = deputy.status == DeputyStatus.ENDED
    return RegisterRow(deputy.id, deputy.name, deputy.level, deputy.deputy_card_no, deputy.deputy_group, ended)
