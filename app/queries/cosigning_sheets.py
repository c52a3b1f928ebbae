"""The papers on which deputies sign beside the lead: the page, the invitation, and the application to take a suggestion back."""

from collections.abc import Iterator
from typing import Final

from app.domain.chinese import long_day
from app.domain.cosignature import Cosignature, CosignatureState, stands
from app.domain.life import SuggestionEvent
from app.domain.people import Deputy
from app.domain.sections import SECTIONS, section_at
from app.domain.step import Step
from app.domain.suggestion import CosigningWish, digest_of_text, text_is_open
from app.domain.suggestion_papers import (
    CosignaturePage,
    CosigningCall,
    PageSigner,
    SuggestionSheet,
    WithdrawalApplication,
    text_mark,
)
from app.domain.values import wording
from app.queries.issue_words import joined
from app.queries.relations import found, member, own_station
from app.queries.suggestion_dossier import Dossier, listed_signatures
from app.workspace import Workspace

ROOMS: Final = 6
"""Lines left on the page for deputies who sign on paper and were not entered."""


def cosignature_page(workspace: Workspace, told: Dossier) -> Iterator[SuggestionSheet]:
    """The page with all who are to sign these words, in order, and with lines for others while the words are open."""
    listed = listed_signatures(told)
    standing = [each for each in listed if each.state != CosignatureState.STRUCK]
    room = text_is_open(told.suggestion) and told.suggestion.cosigning_wish != CosigningWish.CLOSED
    yield CosignaturePage(
        head=told.head,
        mark=text_mark(digest_of_text(told.suggestion)),
        lead=PageSigner() if told.hidden else _person(told.lead),
        signers=() if told.hidden else tuple(_signer(each, told) for each in listed),
        rooms=ROOMS if room and not told.hidden else 0,
        hidden=len(standing) if told.hidden else 0,
    )


def _signer(signature: Cosignature, told: Dossier) -> PageSigner:
    """One deputy of the page: how they signed these words; that they signed other ones; that they were struck."""
    person = _person(told.deputies.get(signature.deputy, Deputy(id="")))
    signed = struck = ""
    if signature.state == CosignatureState.STRUCK:
        struck = joined(signature.struck_reason or "已删除", long_day(signature.struck_on))
    elif stands(signature, told.suggestion):
        signed = joined(wording(signature.way) or "已联名", long_day(signature.signed_on))
    elif signature.state == CosignatureState.SIGNED:
        signed = "所签为修改前的文本，须重新签名："
    return PageSigner(name=person.name, delegation=person.delegation, card=person.card, signed=signed, struck=struck)


def _person(deputy: Deputy) -> PageSigner:
    told = "　".join(part for part in (wording(deputy.level), deputy.delegation) if part)
    return PageSigner(name=deputy.name, delegation=told, card=deputy.deputy_card_no)


def cosigning_calls(workspace: Workspace, told: Dossier) -> Iterator[SuggestionSheet]:
    """A sheet for everybody who was asked and has not signed these words; for nobody in particular where nobody waits."""
    waiting = [
        each
        for each in told.signatures
        if each.state in {CosignatureState.ASKED, CosignatureState.SIGNED} and not stands(each, told.suggestion)
    ]
    named = [told.deputies[each.deputy].name for each in told.named(waiting) if each.deputy in told.deputies]
    with workspace.reading() as connection:
        station = own_station(workspace, connection)
    for name in [""] if told.hidden else named or [""]:
        yield CosigningCall(
            head=told.head,
            invited=name,
            mark=text_mark(digest_of_text(told.suggestion)),
            requests=_requests(told.suggestion.text),
            station=station.name,
            place=station.place,
            phone=station.office_phone,
        )


def _requests(text: str) -> str:
    """What the text asks for, under its last heading; all of it where that heading is missing."""
    at = section_at(text, SECTIONS[-1])
    return text.strip() if at is None else text[at:].partition("\n")[2].strip()


def withdrawal_applications(workspace: Workspace, told: Dossier) -> Iterator[SuggestionSheet]:
    """All who stand by the text must agree (domain brief 1.11)."""
    with workspace.reading() as connection:
        steps = found(connection, Step, member("of") == told.suggestion.id)
    reason = next((each.reason for each in reversed(steps) if each.event == SuggestionEvent.WITHDRAW), "")
    signed = [each for each in told.signatures if stands(each, told.suggestion)]
    people = [told.lead, *(told.deputies.get(each.deputy, Deputy(id="")) for each in signed)]
    yield WithdrawalApplication(
        head=told.head,
        reason=reason,
        signers=() if told.hidden else tuple(map(_person, people)),
        hidden=len(people) if told.hidden else 0,
    )
