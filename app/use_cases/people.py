"""People of the register: finding a deputy by what a person would write, entering one by name."""

from dataclasses import dataclass

from app.changes import Changes
from app.domain.congress import Level
from app.domain.people import Deputy
from app.domain.problems import Problem, stop_at
from app.domain.values import Code, Id
from app.errors import Refused
from app.queries.deputies import deputies_called
from app.workspace import Workspace


def deputy_named(workspace: Workspace, text: str) -> Deputy:
    """The deputy with this identifier, card number or name.

    Raises `Refused("deputy_unknown")`, `Refused("deputy_ambiguous")` where several bear the name.
    """
    found = deputies_called(workspace, text.strip())
    if not found:
        raise Refused("deputy_unknown", name=text)
    if len(found) > 1:
        raise Refused("deputy_ambiguous", name=text, cards=[each.deputy_card_no for each in found])
    return found[0]


@dataclass(frozen=True, slots=True)
class Entered:
    """A deputy newly in the register."""

    id: Id
    changes: Changes = Changes.PEOPLE


def enter_deputy(workspace: Workspace, name: str, level: Code[Level] = "") -> Entered:
    """A deputy entered by name while the work goes on; the rest is said when it is known. Raises `Refused("incomplete")`."""
    if not name.strip():
        stop_at([Problem(code="name_missing", field="name")])
    deputy = Deputy(id=workspace.clock.new_id(), name=name.strip(), level=level, station=workspace.author.owner)
    with workspace.writing() as books:
        books.records.save(deputy)
    return Entered(deputy.id)
