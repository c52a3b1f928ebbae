"""People of the register: finding a deputy by what a person would write."""

from app.domain.people import Deputy
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
