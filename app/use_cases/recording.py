"""Recording what happened at the station: a visit with its people and their issues, an issue alone, a deputy."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.changes import Changes, changes_of
from app.domain.personal_data import identity_hints
from app.domain.problems import Problem
from app.domain.values import Id, Json
from app.domain.visit import Visit
from app.use_cases.attachments import stored_attachments
from app.use_cases.entry import read_entry
from app.use_cases.numbering import numbered
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What was saved, and what a person should look at all the same."""

    id: Id
    changes: Changes
    hints: tuple[Problem, ...] = ()


def record(workspace: Workspace, kind: str, given: Mapping[str, Json], folder: Path) -> Recorded:
    """Save an entry with all that belongs to it, or nothing; files it names lie in `folder`.

    Raises what `read_entry` raises, and `Refused("file_missing" | "attachment_large")`.
    """
    entry = read_entry(workspace, kind, given, folder)
    with stored_attachments(workspace, entry.files) as (attachments, keep), workspace.writing() as books:
        visits = {each.id: each for each in entry.records if isinstance(each, Visit)}
        records = numbered(books, entry.records, visits, workspace.clock.today().date())
        books.records.save_all([*records, *attachments])
        keep(books)
    return Recorded(
        id=entry.records[0].id,
        changes=changes_of({each.traits.name for each in entry.records}),
        hints=(*(each for each in entry.problems if each.hint), *identity_hints(entry.records)),
    )
