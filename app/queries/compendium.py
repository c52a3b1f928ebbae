"""Chosen suggestions in one volume (代表建议选编), as far as their deputies agree to see them published."""

from collections.abc import Iterator, Sequence

from app.domain.chinese import long_day
from app.domain.papers import PaperName
from app.domain.suggestion import PublicityWish
from app.domain.suggestion_papers import ChosenSuggestion, Compendium
from app.domain.values import Id
from app.queries.issue_words import joined
from app.queries.relations import own_station
from app.queries.suggestion_dossier import CONFIDENTIAL, Dossier, dossier, unnamed
from app.workspace import Workspace


def compendium(workspace: Workspace, ids: Sequence[Id]) -> Compendium:
    """The suggestions in this order: one whose deputy agrees to the title alone without its text, one who does not only counted.

    Raises `Refused("record_missing")`, `Refused("paper_other_kind", paper, kind)`.
    """
    with workspace.reading() as connection:
        station = own_station(workspace, connection).name
    told = [dossier(workspace, id, PaperName.COMPENDIUM) for id in ids]
    open_ones = [each for each in told if each.suggestion.publicity_wish != PublicityWish.NONE]
    return Compendium(
        station=station,
        day=long_day(workspace.clock.today().date()),
        suggestions=tuple(unnamed(_chosen(each), each.secret) for each in open_ones),
        withheld=len(told) - len(open_ones),
    )


def _chosen(told: Dossier) -> ChosenSuggestion:
    suggestion, titled = told.suggestion, told.suggestion.publicity_wish == PublicityWish.TITLE_ONLY
    others = f"等{len(told.signatures) + 1}名代表" if told.signatures else "代表"
    return ChosenSuggestion(
        subject=suggestion.subject,
        by=CONFIDENTIAL if told.hidden else f"{told.lead.name}{others}" if told.lead.name else "",
        number=suggestion.case_number or suggestion.number,
        text="" if titled else suggestion.text,
        answers=() if titled else tuple(_answers(told)),
    )


def _answers(told: Dossier) -> Iterator[str]:
    """What each unit answered, the replies that were made public alone."""
    for reply in told.replies:
        if reply.disclosed and reply.text.strip():
            yield f"{joined(told.units.get(reply.unit, ''), long_day(reply.replied_on))}：{reply.text.strip()}"
