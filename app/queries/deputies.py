"""Deputies as a person looks for them."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from app.domain.congress import Level
from app.domain.people import Deputy, DeputyStatus
from app.domain.values import Code, Id
from app.storage.records import stored_from
from app.storage.tables import CurrentRow
from app.workspace import Workspace


def deputies_called(workspace: Workspace, text: str) -> list[Deputy]:
    """The deputies whose identifier, name or card number is `text`."""
    question = select(CurrentRow.__table__).where(
        CurrentRow.kind == "deputy",
        ~CurrentRow.deleted,
        or_(
            CurrentRow.id == text,
            CurrentRow.title == text,
            func.json_extract(CurrentRow.body, "$.deputy_card_no") == text,
        ),
    )
    with workspace.reading() as connection:
        return [stored_from(row).record for row in connection.execute(question)]


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
    question = select(CurrentRow.__table__).where(CurrentRow.kind == "deputy", ~CurrentRow.deleted).order_by(CurrentRow.no)
    with workspace.reading() as connection:
        deputies = [stored_from(row).record for row in connection.execute(question)]
    rows = (
        RegisterRow(each.id, each.name, each.level, each.deputy_card_no, each.deputy_group, each.status == DeputyStatus.ENDED)
        for each in deputies
    )
    return tuple(sorted(rows, key=lambda row: row.ended))
