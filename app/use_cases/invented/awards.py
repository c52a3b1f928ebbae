"""Invented stars and awards: every suggestion with units is rated, the best of a year, deputies and a unit are honoured."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from app.domain.award import Award, AwardType, Stars
from app.domain.values import Id
from app.use_cases.invented.world import World

_BODY: Final = "示例区人民代表大会常务委员会"
_HONOURED: Final = 3  # deputies of a year


def rating(world: World, suggestion: Id, stars: Stars, on: date) -> Award:
    """How a suggestion is rated, and what that asks of the unit."""
    duties = "区政府分管领导领办，每月通报进展" if stars >= Stars.FOUR else "承办单位主要负责人办理，每季度通报进展"
    return Award(
        id=world.new_id(),
        of=suggestion,
        award_type=AwardType.STARS,
        stars=stars,
        duties=duties,
        year=on.year,
        on=on,
        issuer="示例区人大常委会代表工作委员会",
        reason="群众反映集中，涉及面广" if stars >= Stars.FOUR else "事项具体，有条件办理",
    )


def awarded(world: World, suggestion: Id, on: date) -> Award:
    """A suggestion among the best of its year."""
    return Award(id=world.new_id(), of=suggestion, award_type=AwardType.SUGGESTION, year=on.year, on=on, issuer=_BODY)


def award_records(world: World) -> Iterator[Award]:
    """What deputies and a unit were honoured with last year; nothing where there is nobody."""
    year = world.today.year - 1
    given = [(AwardType.DEPUTY, each.id) for each in world.deputies[:_HONOURED]]
    given += [(AwardType.UNIT, each) for each in list(world.units.values())[:1]]
    for award_type, recipient in given:
        yield Award(
            id=world.new_id(),
            of=recipient,
            award_type=award_type,
            year=year,
            on=date(year, 12, 20),
            issuer=_BODY,
            document_no=f"示常办发〔{year}〕18号",
        )
