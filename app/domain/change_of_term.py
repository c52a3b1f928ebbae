"""A change of term (换届): who of the deputies goes on, who is new, who leaves; what becomes of each (代表法 art. 2)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.domain.congress import Term
from app.domain.people import Deputy, DeputyStatus, FormerDeputy
from app.domain.values import Id

TERM_OVER: Final = "任期届满，未连任"
"""Why a mandate ended that nobody renewed."""

_TOLD: Final = (
    *("sex", "deputy_card_no", "delegation", "electing_unit", "constituency", "deputy_group", "workplace", "post", "entry"),
    *("elected_on",),
)
"""What a new roster may say of somebody who goes on; what it leaves out stays as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """Rows of a new roster beside the register: surely somebody who goes on, maybe one of several, nobody known."""

    sure: Mapping[int, Id]
    doubtful: Mapping[int, tuple[Id, ...]]
    new: tuple[int, ...]


def matched(standing: Sequence[Deputy], elected: Mapping[int, Deputy], decided: Mapping[int, Id]) -> Matched:
    """Who the rows tell of: by what a person `decided` (nobody: empty), by card and name, by name and district.

    The same name or the same card alone is a doubt, which a person decides.
    """
    sure = {row: id for row, id in decided.items() if id and row in elected}
    free = {each.id: each for each in standing if each.id not in sure.values()}
    open_rows = [row for row in elected if row not in decided]
    for row in open_rows:
        near = [each.id for each in free.values() if _surely(elected[row], each)]
        if len(near) == 1:
            sure[row] = near[0]
            del free[near[0]]
    doubtful = {row: ids for row in open_rows if row not in sure and (ids := _like(elected[row], free.values()))}
    new = tuple(row for row in elected if row not in sure and row not in doubtful)
    return Matched(sure=sure, doubtful=doubtful, new=new)


def _surely(told: Deputy, known: Deputy) -> bool:
    return _name(told) == _name(known) and (_same_card(told, known) or _same_district(told, known))


def _like(told: Deputy, known: Iterable[Deputy]) -> tuple[Id, ...]:
    return tuple(each.id for each in known if _name(told) == _name(each) or _same_card(told, each))


def _name(deputy: Deputy) -> str:
    return "".join(deputy.name.split())


def _same_card(one: Deputy, other: Deputy) -> bool:
    return bool(one.deputy_card_no) and one.deputy_card_no == other.deputy_card_no


def _same_district(one: Deputy, other: Deputy) -> bool:
    pairs = ((one.electing_unit, other.electing_unit), (one.constituency, other.constituency))
    return any(mine and mine == theirs for mine, theirs in pairs)


def going_on(deputy: Deputy, told: Deputy | None, term: Id) -> Deputy:
    """The deputy in the new term, with what the new roster says of them."""
    said = {name: value for name in _TOLD if told and (value := getattr(told, name))}
    earlier = tuple(dict.fromkeys((*deputy.earlier_terms, deputy.term))) if deputy.term else deputy.earlier_terms
    return replace(deputy, term=term, earlier_terms=earlier, status=DeputyStatus.ACTIVE, **said)


def leaving(deputy: Deputy, on: date, reason: str = TERM_OVER) -> Deputy:
    """The deputy whose mandate ends that day."""
    return replace(deputy, status=DeputyStatus.ENDED, ended_on=on, ended_reason=reason)


def former(id: Id, deputy: Deputy, terms: Sequence[Term], on: date) -> FormerDeputy:
    """The line of the register of former deputies for somebody who leaves; `terms` are those they served."""
    return FormerDeputy(
        id=id,
        name=deputy.name,
        level=deputy.level,
        congress=deputy.congress,
        terms=tuple(each.title() for each in terms if each.term_no),
        deputy=deputy.id,
        workplace=" ".join(part for part in (deputy.workplace, deputy.post) if part),
        ended_on=on,
        station=deputy.station,
    )
