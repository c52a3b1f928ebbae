"""The deputy whose card was scanned."""

from app.domain.people import Deputy, DeputyStatus
from app.domain.scanned import names_within, plain, same
from app.errors import Refused
from app.queries.deputies import RegisterRow, register_row
from app.queries.relations import found
from app.workspace import Workspace


def deputy_of_card(workspace: Workspace, scanned: str) -> RegisterRow:
    """The deputy that a scanned text names: by the number of the card, by a link that carries it, or by a card printed here.

    Raises `Refused("card_unknown", text)`, `Refused("card_ended", name)` where the mandate has ended,
    `Refused("card_shared", text, names)` where several deputies have the number.
    """
    with workspace.reading() as connection:
        deputies = found(connection, Deputy)
    for name in names_within(scanned):
        bearing = [each for each in deputies if same(name, each.id) or same(name, each.deputy_card_no)]
        if bearing:
            return register_row(_one_of(bearing, name))
    raise Refused("card_unknown", text=plain(scanned))


def _one_of(bearing: list[Deputy], number: str) -> Deputy:
    """The one who holds the mandate; of two mandates of one person on one card, the one entered last."""
    active = [each for each in bearing if each.status != DeputyStatus.ENDED]
    if not active:
        raise Refused("card_ended", name=bearing[-1].name)
    if len({each.name for each in active}) > 1:
        raise Refused("card_shared", text=number, names=tuple(each.name for each in active))
    return active[-1]
