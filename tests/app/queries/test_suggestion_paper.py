"""What the official form tells of a suggestion, and whom it names."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.congress import Congress, Term
from app.domain.cosignature import Cosignature, CosignatureState
from app.domain.life import SuggestionState
from app.domain.people import Contact, Deputy
from app.domain.suggestion import CosigningWish, FormedThrough, PublicityWish, Suggestion, SuggestionType, digest_of_text
from app.domain.unit import Unit
from app.errors import Refused
from app.queries.suggestion_paper import suggestion_paper
from app.workspace import Workspace
from tests.builders import a_deputy, an_issue, save

WORDS = "一、情况\n东街路灯不亮。"


@pytest.fixture
def suggestion(workspace: Workspace) -> Suggestion:
    new_id = workspace.clock.new_id
    congress = Congress(id=new_id(), name="某某区人民代表大会")
    term = Term(id=new_id(), congress=congress.id, term_no=16)
    lead = a_deputy(workspace, "代表甲", deputy_card_no="0118", workplace="某某社区", post="主任", delegation="某某团")
    contact = Contact(id=new_id(), of=lead.id, phone="13800000009", address="某某路1号", postcode="410000")
    units = [Unit(id=new_id(), name=name) for name in ("某某区城管局", "某某区供电公司")]
    made = Suggestion(
        id=new_id(),
        suggestion_type=SuggestionType.SUGGESTION,
        subject="关于路灯的建议",
        text=WORDS,
        lead_deputy=lead.id,
        receiving_body=congress.id,
        term=term.id,
        publicity_wish=PublicityWish.TITLE_ONLY,
        formed_through=(FormedThrough.RESEARCH, FormedThrough.OUTREACH),
        wishes_contact=True,
        proposed_lead=(units[0].id,),
        proposed_co=(units[1].id,),
        state=SuggestionState.DRAFT,
    )
    save(workspace, congress, term, lead, contact, *units, made)
    return made


def signed(workspace: Workspace, suggestion: Suggestion, name: str, order: int, **told: Any) -> Deputy:
    deputy = a_deputy(workspace, name, deputy_card_no=f"020{order}")
    usual: dict[str, Any] = {"state": CosignatureState.SIGNED, "text_digest": digest_of_text(suggestion)}
    id = workspace.clock.new_id()
    signature = Cosignature(id=id, suggestion=suggestion.id, deputy=deputy.id, order=order, **usual | told)
    save(workspace, deputy, signature)
    return deputy


def test_the_form_names_congress_deputy_units_and_circumstances(workspace: Workspace, suggestion: Suggestion) -> None:
    paper = suggestion_paper(workspace, suggestion.id)

    assert (paper.congress, paper.session) == ("某某区第十六届人民代表大会", "闭会期间")
    assert (paper.subject, paper.text, paper.number, paper.day) == ("关于路灯的建议", WORDS, "", "")
    lead = paper.lead
    assert (lead.name, lead.card, lead.delegation, lead.workplace) == ("代表甲", "0118", "某某团", "某某社区主任")
    assert (lead.phone, lead.postcode, lead.address) == ("13800000009", "410000", "某某路1号")
    assert (paper.lead_units, paper.co_units, paper.separate_units) == ("某某区城管局", "某某区供电公司", "")
    ticked = {each.label: [answer for answer, given in each.answers if given] for each in paper.circumstances}
    assert ticked == {
        "公开意愿": ["仅同意公开标题"],
        "形成方式": ["专题调研", "走访等其他形式"],
        "多年提出未解决": [],
        "办理联系": ["希望办理中加强联系"],
        "答复方式": [],
        "可否联名": [],
    }
    assert dict(paper.kinds.answers) == {"建议": True, "批评": False, "意见": False}


def test_in_session_the_session_is_named(workspace: Workspace, suggestion: Suggestion) -> None:
    save(workspace, replace(suggestion, in_session=True, session_no=3, submitted_on=date(2026, 1, 9)))
    paper = suggestion_paper(workspace, suggestion.id)
    assert (paper.session, paper.day) == ("第三次会议", "2026年1月9日")

    save(workspace, replace(suggestion, in_session=True, receiving_body="", term=""))
    paper = suggestion_paper(workspace, suggestion.id)
    assert (paper.congress, paper.session) == ("人民代表大会", "会议期间")


def test_while_the_words_are_open_all_who_were_asked_are_listed_in_order(workspace: Workspace, suggestion: Suggestion) -> None:
    signed(workspace, suggestion, "代表丙", 2)
    signed(workspace, suggestion, "代表乙", 1, state=CosignatureState.ASKED, text_digest="")
    signed(workspace, suggestion, "代表丁", 3, state=CosignatureState.DECLINED)
    signed(workspace, suggestion, "代表戊", 4, state=CosignatureState.STRUCK, struck_reason="代表资格终止")

    paper = suggestion_paper(workspace, suggestion.id)

    assert [(each.name, each.card, each.struck) for each in paper.signers] == [
        ("代表乙", "0201", ""),
        ("代表丙", "0202", ""),
        ("代表戊", "0204", "代表资格终止"),
    ]
    assert paper.open_to_sign


def test_after_submission_only_those_who_signed_these_words(workspace: Workspace, suggestion: Suggestion) -> None:
    signed(workspace, suggestion, "代表乙", 1)
    signed(workspace, suggestion, "代表丙", 2, state=CosignatureState.ASKED)
    signed(workspace, suggestion, "代表丁", 3, text_digest="0" * 64)
    save(workspace, replace(suggestion, state=SuggestionState.SUBMITTED, case_number="2026年第003号"))

    paper = suggestion_paper(workspace, suggestion.id)

    assert [each.name for each in paper.signers] == ["代表乙"]
    assert (paper.open_to_sign, paper.number) == (False, "2026年第003号")


def test_no_place_is_left_where_nobody_may_sign(workspace: Workspace, suggestion: Suggestion) -> None:
    save(workspace, replace(suggestion, cosigning_wish=CosigningWish.CLOSED))

    assert not suggestion_paper(workspace, suggestion.id).open_to_sign


def test_a_confidential_identity_is_in_no_value_of_the_paper(workspace: Workspace, suggestion: Suggestion) -> None:
    signed(workspace, suggestion, "代表乙", 1)
    save(workspace, replace(suggestion, confidential_identity=True, contact_person="代表甲", delegation_head="代表丙"))

    paper = suggestion_paper(workspace, suggestion.id)

    assert paper.confidential
    assert not any(
        told in repr(paper) for told in ("代表甲", "代表乙", "代表丙", "0118", "0201", "13800000009", "某某路", "某某团")
    )


def test_what_is_no_suggestion_is_refused(workspace: Workspace) -> None:
    issue = an_issue(workspace)
    save(workspace, issue)
    for id in (issue.id, "unknown"):
        with pytest.raises(Refused, match="record_missing"):
            suggestion_paper(workspace, id)
