"""Deputies as a person looks for them."""

from sqlalchemy import or_, select

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
            CurrentRow.body.contains(f'"deputy_card_no":"{text}"', autoescape=True),
        ),
    )
    with workspace.reading() as connection:
        found: list[Deputy] = [stored_from(row).record for row in connection.execute(question)]
    return [each for each in found if text in {each.id, each.name, each.deputy_card_no}]
