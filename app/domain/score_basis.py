"""What a deputy did that may bring points, as the station's records say it: the basis (依据) of an entry.

An entry rests on what its record said when it was entered. Where the record says something else now, the entry is open again:
points for what did not happen so are not counted (domain brief 3.2).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.cosignature import Cosignature, CosignatureState
from app.domain.life import SuggestionState
from app.domain.points import PointsEntry, PointsState
from app.domain.score_scheme import ScoreScheme
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.domain.visit import Presence

_S: Final = SuggestionState
_NONE_ANY_MORE: Final = frozenset({_S.WITHDRAWN, _S.NOT_PROCESSED, _S.REFERENCE_MATERIAL, _S.DEPUTY_LETTER})
"""A suggestion that its deputy took back, or that was not received as one."""
_SECRET: Final = "代表身份保密的建议"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A record that tells of something done, its day, and what it is called."""

    of: Id
    on: date | None
    account: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """One thing a deputy did: by which record, on which day; `words` say what it counts as, the narrowest first."""

    of: Id
    deputy: Id
    on: date | None
    words: tuple[str, ...]
    account: str

    @property
    def told(self) -> str:
        """What an entry rests on; another text means that the record says something else now."""
        return f"{self.on or ''} {self.words[0]}"


def bases_of_visit(done: Done, deputies: Iterable[Id], presence: Mapping[Id, str], kind: str, form: str = "") -> Iterator[Basis]:
    """What a visit is to each deputy expected there: to who signed, as they signed; to who was only named, as to one present.

    A visit that lies ahead brings nobody anything: it is asked for no earlier than its day.
    """
    for deputy in dict.fromkeys((*deputies, *presence)):
        there = presence.get(deputy) or Presence.PRESENT
        came = (f"{kind}.{form}", kind) if form else (kind,)
        words = came if there == Presence.PRESENT else (f"{kind}.{there}", str(there))
        yield Basis(of=done.of, deputy=deputy, on=done.on, words=words, account=done.account)


def bases_of_suggestion(suggestion: Suggestion, signed: Sequence[Cosignature]) -> Iterator[Basis]:
    """What a submitted suggestion is to who leads it and to those who signed; one that stayed none counts for nobody."""
    if suggestion.submitted_on is None or suggestion.state in _NONE_ANY_MORE:
        return
    beside = [each.deputy for each in signed if each.state == CosignatureState.SIGNED and each.deputy != suggestion.lead_deputy]
    roles = [(suggestion.lead_deputy, "suggestion.lead"), *((each, "suggestion.cosign") for each in dict.fromkeys(beside))]
    for deputy, word in roles:
        if deputy:
            told = _SECRET if suggestion.confidential_identity else suggestion.subject
            yield Basis(of=suggestion.id, deputy=deputy, on=suggestion.submitted_on, words=(word,), account=told)


def proposed(basis: Basis, scheme: ScoreScheme, new_id: Id) -> PointsEntry | None:
    """The entry that a scheme makes of it; None where it counts nothing of the kind, or holds on other days.

    Where points are assessed they are still to be given: the quantity is 0.
    """
    if basis.on is None or not scheme.span.holds(basis.on) or (found := scheme.item_for(basis.words)) is None:
        return None
    item, part = found
    return PointsEntry(
        id=new_id,
        deputy=basis.deputy,
        scheme=scheme.name,
        item=item.code,
        sub_item=part,
        on=basis.on,
        quantity=0 if item.assessed else 1,
        of=basis.of,
        basis=basis.told,
        account=basis.account,
        state=PointsState.ENTERED,
    )


def is_open_again(of: Id, entered: str, basis: Basis | None) -> bool:
    """Whether the record that an entry rests on says something else than when it was `entered`, or is gone."""
    return bool(of) and (basis is None or entered != basis.told)
