"""A suggestion as the official form shows it (建议专用纸)."""

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import Connection

from app.domain.attachment import Attachment
from app.domain.category import CategoryScheme
from app.domain.chinese import long_day, numeral
from app.domain.congress import Congress, Term
from app.domain.cosignature import Cosignature, CosignatureState, stands
from app.domain.papers import Choice, LeadDeputy, Signer, SuggestionPaper
from app.domain.people import Contact, Deputy
from app.domain.suggestion import (
    CosigningWish,
    FormedThrough,
    PublicityWish,
    Suggestion,
    SuggestionType,
    YearsRaised,
    led_by,
    text_is_open,
)
from app.domain.unit import Unit
from app.domain.values import Id, wording
from app.queries.record import record_of
from app.queries.relations import by_ids, category_names, found, member, of_id
from app.workspace import Workspace

_CONGRESS: Final = "人民代表大会"


def suggestion_paper(workspace: Workspace, id: Id) -> SuggestionPaper:
    """The suggestion with its signers; where their identity is confidential, none of them is in it.

    Raises `Refused("record_missing")`.
    """
    suggestion = record_of(workspace, Suggestion, id)
    with workspace.reading() as connection:
        signatures = found(connection, Cosignature, member("suggestion") == id)
    return paper_of(workspace, suggestion, signatures)


def paper_of(workspace: Workspace, suggestion: Suggestion, signatures: Sequence[Cosignature]) -> SuggestionPaper:
    """The same of a suggestion as it is being written, saved or not."""
    with workspace.reading() as connection:
        lead = of_id(connection, Deputy, suggestion.lead_deputy)
        suggestion = led_by(suggestion, lead) if lead else suggestion
        hidden = suggestion.confidential_identity
        return SuggestionPaper(
            congress=congress_told(connection, suggestion),
            session=session_told(suggestion),
            number=suggestion.case_number,
            level=_level(connection, suggestion),
            category=category_names(connection, CategoryScheme.SUGGESTION).get(suggestion.category, suggestion.category),
            kinds=Choice.of("类别", SuggestionType, suggestion.suggestion_type),
            subject=suggestion.subject,
            lead=LeadDeputy() if hidden or lead is None else _lead(connection, suggestion, lead),
            confidential=hidden,
            whole_delegation=suggestion.delegation_suggestion,
            delegation_head="" if hidden else suggestion.delegation_head,
            signers=() if hidden else tuple(_signers(connection, suggestion, signatures)),
            open_to_sign=not hidden and text_is_open(suggestion) and suggestion.cosigning_wish != CosigningWish.CLOSED,
            text=suggestion.text,
            circumstances=tuple(_circumstances(suggestion)),
            contact_person="" if hidden else suggestion.contact_person,
            lead_units=_units(connection, suggestion.proposed_lead),
            co_units=_units(connection, suggestion.proposed_co),
            separate_units=_units(connection, suggestion.proposed_separate),
            attachments=_files(connection, suggestion),
            day=long_day(suggestion.submitted_on),
        )


def congress_told(connection: Connection, suggestion: Suggestion) -> str:
    """The congress with its term, 某某区第十六届人民代表大会; without a term its name alone."""
    congress = of_id(connection, Congress, suggestion.receiving_body)
    term = of_id(connection, Term, suggestion.term)
    name = congress.name if congress else ""
    if not (term and term.term_no):
        return name or _CONGRESS
    number = f"第{numeral(term.term_no)}届"
    return f"{name.removesuffix(_CONGRESS)}{number}{_CONGRESS}"


def _level(connection: Connection, suggestion: Suggestion) -> str:
    congress = of_id(connection, Congress, suggestion.receiving_body)
    return wording(congress.level) if congress else ""


def _files(connection: Connection, suggestion: Suggestion) -> str:
    """How many files are attached, and their names; of a confidential identity these might tell who it is."""
    files = found(connection, Attachment, member("of") == suggestion.id)
    names = "" if suggestion.confidential_identity else "、".join(dict.fromkeys(each.name for each in files if each.name))
    return f"{len(files)}件{'：' if names else ''}{names}" if files else ""


def session_told(suggestion: Suggestion) -> str:
    """The session it was handed in at, or 闭会期间."""
    if not suggestion.in_session:
        return "闭会期间"
    return f"第{numeral(suggestion.session_no)}次会议" if suggestion.session_no else "会议期间"


def _lead(connection: Connection, suggestion: Suggestion, lead: Deputy) -> LeadDeputy:
    """The lead deputy with the way to reach them that the form asks for."""
    contact = next(iter(found(connection, Contact, member("of") == lead.id)), Contact(id=""))
    return LeadDeputy(
        name=lead.name,
        card=lead.deputy_card_no,
        delegation=suggestion.delegation or lead.delegation,
        workplace=f"{lead.workplace}{lead.post}",
        phone=contact.phone,
        postcode=contact.postcode,
        address=contact.address,
    )


def _signers(connection: Connection, suggestion: Suggestion, signatures: Sequence[Cosignature]) -> Iterator[Signer]:
    """Who signs beside the lead, in order: while the words are open all who were asked, then those who signed these words."""
    deputies = {each.id: each for each in by_ids(connection, Deputy, [each.deputy for each in signatures])}
    for each in sorted(signatures, key=lambda each: each.order):
        if not _listed(each, suggestion):
            continue
        deputy = deputies.get(each.deputy, Deputy(id=each.deputy))
        gone = each.state == CosignatureState.STRUCK
        yield Signer(name=deputy.name, card=deputy.deputy_card_no, struck=each.struck_reason or "已删除" if gone else "")


def _listed(signature: Cosignature, suggestion: Suggestion) -> bool:
    if signature.deputy == suggestion.lead_deputy:
        return False
    if signature.state == CosignatureState.STRUCK:
        return True
    asked = signature.state in {CosignatureState.ASKED, CosignatureState.SIGNED}
    return asked if text_is_open(suggestion) else stands(signature, suggestion)


def _circumstances(suggestion: Suggestion) -> Iterator[Choice]:
    """The block 相关情况 of the form (domain brief 1.7)."""
    yield Choice.of("公开意愿", PublicityWish, suggestion.publicity_wish)
    yield Choice.of("形成方式", FormedThrough, *suggestion.formed_through)
    yield Choice.of("多年提出未解决", YearsRaised, suggestion.years_raised)
    yield Choice(label="办理联系", answers=(("希望办理中加强联系", suggestion.wishes_contact),))
    yield Choice(label="答复方式", answers=(("仅供参考，不需书面答复", suggestion.reference_only),))
    yield Choice.of("可否联名", CosigningWish, suggestion.cosigning_wish)


def _units(connection: Connection, ids: tuple[Id, ...]) -> str:
    return "、".join(each.name for each in by_ids(connection, Unit, ids))
