"""A message becomes an issue of the person who raised it."""

from collections.abc import Sequence

from app.domain.category import CategoryScheme
from app.domain.encounter import Encounter, Party
from app.domain.issue import Issue, Source
from app.domain.life import IssueState
from app.domain.records import Record
from app.domain.values import Id
from app.ledgers.messages import MessageRow
from app.queries.relations import category_names
from app.use_cases.ledgers.taker import Roster, Taker, joined
from app.workspace import Workspace


class IssueTaker(Taker[MessageRow]):
    """The deputies of the register by name, but for names that several bear; the categories' codes by their names."""

    def __init__(self, workspace: Workspace, rows: Sequence[MessageRow], words: str) -> None:
        super().__init__(workspace, rows, words)
        self._roster = Roster(workspace)
        with workspace.reading() as connection:
            categories = category_names(connection, CategoryScheme.ISSUE)
        self._categories = {name: code for code, name in categories.items()}

    def records(self, row: MessageRow) -> tuple[Id, Sequence[Record]]:
        named = self._roster.named((row.deputy,) if row.deputy else ())
        id, people = self.new_id(), self._people(row)
        issue = Issue(
            id=id,
            subject=row.title,
            words=row.content or row.title,
            station=self.workspace.author.owner,
            source=Source.IMPORT,
            source_number=row.source_no,
            encounter=people[0].id if people else "",
            received_on=row.raised_on,
            received_at=row.raised_at,
            category=self._categories.get(row.category, row.category),
            place=row.place,
            state=IssueState.REGISTERED,
            deputies=named.ids,
            remarks=joined(row.notes(), named.unmatched()),  # a deputy the register does not know stays readable
        )
        return id, [issue, *people]

    def _people(self, row: MessageRow) -> list[Record]:
        """Who raised it, and how to reach them, where the row tells anything of either."""
        if not row.raised_by and not row.phone and not row.address:
            return []
        person = Encounter(id=self.new_id(), party=Party.PERSON, name=row.raised_by, anonymous=not row.raised_by)
        return [person, *self.contact(person.id, row.phone, row.address)]
