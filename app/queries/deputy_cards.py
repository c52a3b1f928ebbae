"""The cards by which the deputies of the register check in."""

from app.domain.activity_papers import DeputyCard, DeputyCards
from app.domain.scanned import card_code
from app.errors import Refused
from app.queries.deputies import register
from app.queries.relations import own_station
from app.workspace import Workspace


def deputy_cards(workspace: Workspace) -> DeputyCards:
    """A card for every deputy who holds the mandate, in the order of the register; raises `Refused("nobody_in_register")`."""
    standing = [each for each in register(workspace) if not each.ended]
    if not standing:
        raise Refused("nobody_in_register")
    with workspace.reading() as connection:
        station = own_station(workspace, connection).name
    cards = tuple(
        DeputyCard(name=each.name, level=each.level_word(), group=each.group, card=each.card, code=card_code(each.id))
        for each in standing
    )
    return DeputyCards(station=station, cards=cards)
