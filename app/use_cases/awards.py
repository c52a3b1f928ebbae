"""Awards given to deputies, units and the station, and what was written down of any award put right."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.changes import Changes
from app.domain.award import AWARD_DRAFT, Award, award_from, award_problems, award_told
from app.domain.problems import stop_at
from app.domain.values import Id, Json
from app.errors import Refused
from app.storage import drafts as kept_drafts
from app.storage.deeds import mark_whole
from app.storage.transaction import Transaction
from app.use_cases.drafts import drafts
from app.use_cases.issues import Done, saved
from app.workspace import Workspace

NEW_KEY = f"{AWARD_DRAFT}:new"
"""The name under which the draft of a new award is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """An award that lies in the trash now."""

    id: Id
    title: str
    changes: Changes = Changes.SUGGESTIONS | Changes.PEOPLE


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAward:
    """An award that is being typed, and to whom it is to be given."""

    award: Award
    recipients: tuple[Id, ...] = ()

    def told(self) -> dict[str, Json]:
        """As its draft keeps it."""
        return {**award_told(self.award), "recipients": list(self.recipients)}


def award_key(id: Id = "") -> str:
    """The name under which the draft of an award is kept; of a new one without its identifier."""
    return f"{AWARD_DRAFT}:{id}" if id else NEW_KEY


def new_award(workspace: Workspace) -> Award:
    """An award to be given this year, today."""
    today = workspace.clock.today().date()
    return Award(id=workspace.clock.new_id(), year=today.year, on=today)


def unsaved_award(workspace: Workspace, key: str = NEW_KEY) -> KeptAward | None:
    """What was typed of an award and never saved; what this program cannot read is left alone."""
    kept = next((each.body for each in drafts(workspace) if each.key == key), None)
    if kept is None:
        return None
    recipients = kept.get("recipients", ())
    try:
        ids = tuple(str(each) for each in recipients) if isinstance(recipients, (list, tuple)) else ()
        return KeptAward(award=award_from(kept), recipients=ids)
    except Refused:
        return None


def give_award(workspace: Workspace, award: Award, recipients: Sequence[Id]) -> Done:
    """Give the same award to each of several recipients, a record each; one deed, taken back as one.

    Raises `Refused("incomplete", problems)`.
    """
    with workspace.writing() as books:
        kinds = [_kind_of(books, each) for each in dict.fromkeys(recipients)] or [""]
        stop_at([problem for kind in dict.fromkeys(kinds) for problem in award_problems(award, kind)])
        given = [
            replace(award, of=recipient, id=award.id if place == 0 else workspace.clock.new_id())
            for place, recipient in enumerate(dict.fromkeys(recipients))
        ]
        mark_whole(books.connection, books.deed)
        kept_drafts.discard(books.connection, NEW_KEY, workspace.author.op)
        return saved(books, award.id, given, {})


def correct_award(workspace: Workspace, award: Award, seen: Sequence[Id] = ()) -> Done:
    """Put right what was written down of an award; raises `Refused("record_missing" | "incomplete" | "stale")`."""
    with workspace.writing() as books:
        books.records.get(Award, award.id)
        stop_at(award_problems(award, _kind_of(books, award.of)))
        kept_drafts.discard(books.connection, award_key(award.id), workspace.author.op)
        return saved(books, award.id, [award], {award.id: tuple(seen)} if seen else {})


def remove_award(workspace: Workspace, id: Id) -> Removed:
    """Remove an award that was written down by mistake; it lies in the trash. Raises `Refused("record_missing")`."""
    with workspace.writing() as books:
        stored = books.records.get(Award, id)
        books.records.remove([id])
    return Removed(id=id, title=stored.record.title())


def _kind_of(books: Transaction, id: Id) -> str:
    stored = books.records.find(id)
    return stored.record.traits.name if stored and not stored.deleted else ""
