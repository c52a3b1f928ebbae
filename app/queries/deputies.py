"""Deputies as a person looks for them."""

from sqlalchemy import func, or_, select

from app.domain.people import Deputy
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
