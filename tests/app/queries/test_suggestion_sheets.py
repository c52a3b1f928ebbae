"""What the papers of a suggestion tell: of which slip, reply, review; whom they name; which answers stay sealed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.cosignature import Cosignature, CosignatureState
from app.domain.handling import Assignment
from app.domain.life import SuggestionState
from app.domain.papers import AskedBy, PaperName
from app.domain.review import Review, ReviewOutcome
from app.domain.suggestion import CosigningWish, Suggestion, digest_of_text
from app.domain.suggestion_papers import text_mark
from app.domain.values import Id
from app.errors import Refused
from app.queries.suggestion_sheets import suggestion_sheets
from app.workspace import Workspace
from tests.builders import a_deputy, an_issue, save
from tests.handled_suggestion import SHEETS, Handled, handled, withdrawn


@pytest.fixture
def known(workspace: Workspace) -> Handled:
    return handled(workspace)


def sheets(workspace: Workspace, name: PaperName, id: Id) -> tuple[Any, ...]:
    return suggestion_sheets(workspace, name, id).sheets


def ticked(answers: tuple[tuple[str, bool], ...]) -> list[str]:
    return [words for words, given in answers if given]


def test_the_page_lists_who_signed_in_order_with_how_and_when(workspace: Workspace, known: Handled) -> None:
    (page,) = sheets(workspace, PaperName.COSIGNATURE_PAGE, known.suggestion.id)
    assert [(each.name, each.card, each.signed) for each in page.signers] == [
        ("联名1", "证0001", "纸质签名　2025年1月5日"),
        ("联名2", "证0002", "纸质签名　2025年1月5日"),
    ]
    assert (page.lead.name, page.lead.card, page.rooms) == ("代表甲", "0118", 0)
    assert page.mark == text_mark(digest_of_text(known.suggestion))
    assert len(page.mark) == 14


def test_while_the_words_are_open_there_is_room_and_who_signed_others_is_asked_again(workspace: Workspace) -> None:
    known = handled(workspace, state=SuggestionState.COSIGNING)
    save(workspace, replace(known.suggestion, text="一、情况\n别的话。"))
    (page,) = sheets(workspace, PaperName.COSIGNATURE_PAGE, known.suggestion.id)
    assert page.rooms > 0
    assert {each.signed for each in page.signers} == {"所签为修改前的文本，须重新签名："}
    assert [each.invited for each in sheets(workspace, PaperName.COSIGNING_CALL, known.suggestion.id)] == ["联名1", "联名2"]
    save(workspace, replace(known.suggestion, cosigning_wish=CosigningWish.CLOSED))
    (page,) = sheets(workspace, PaperName.COSIGNATURE_PAGE, known.suggestion.id)
    assert page.rooms == 0


def test_who_was_struck_is_named_with_the_reason_and_who_declined_is_not_there(workspace: Workspace, known: Handled) -> None:
    states = {"代表丙": CosignatureState.STRUCK, "代表丁": CosignatureState.DECLINED}
    for order, (name, state) in enumerate(states.items(), start=3):
        deputy = a_deputy(workspace, name)
        gone = Cosignature(
            id=workspace.clock.new_id(),
            suggestion=known.suggestion.id,
            deputy=deputy.id,
            order=order,
            state=state,
            struck_on=date(2025, 2, 1),
            struck_reason="代表资格终止",
        )
        save(workspace, deputy, gone)
    (page,) = sheets(workspace, PaperName.COSIGNATURE_PAGE, known.suggestion.id)
    assert [(each.name, each.struck) for each in page.signers if each.struck] == [("代表丙", "代表资格终止　2025年2月1日")]
    assert "代表丁" not in repr(page)


def test_an_invitation_goes_to_who_was_asked_and_to_nobody_in_particular_else(workspace: Workspace) -> None:
    known = handled(workspace, state=SuggestionState.COSIGNING)
    (call,) = sheets(workspace, PaperName.COSIGNING_CALL, known.suggestion.id)
    assert (call.invited, call.requests) == ("", "（一）城管局修好路灯。\n（二）交通局补画标线。")
    deputy = a_deputy(workspace, "代表戊")
    asked = Cosignature(
        id=workspace.clock.new_id(), suggestion=known.suggestion.id, deputy=deputy.id, order=9, state=CosignatureState.ASKED
    )
    save(workspace, deputy, asked)
    assert [each.invited for each in sheets(workspace, PaperName.COSIGNING_CALL, known.suggestion.id)] == ["代表戊"]
    assert [each.invited for each in sheets(workspace, PaperName.COSIGNING_CALL, asked.id)] == ["代表戊"]


def test_a_slip_names_every_handler_with_its_part_and_both_days_of_each_limit(workspace: Workspace, known: Handled) -> None:
    lead, co, separate = sheets(workspace, PaperName.SUGGESTION_SLIP, known.suggestion.id)
    assert [(each.role, each.unit, each.part, each.due) for each in lead.handlers] == [
        ("主办", "某某区城管局", "", "2025年4月21日"),
        ("会办", "某某区供电公司", "", "2025年2月20日"),
        ("分办", "某某区交通局", "补画标线", "2025年4月21日"),
    ]
    assert [each.this for each in separate.handlers] == [False, False, True]
    assert lead.due == "2025年4月21日（期满2025年4月20日为休息日，顺延）"
    assert co.due == "2025年2月20日"
    assert lead.co_due == "2025年2月20日"
    assert "10日内" in lead.objection_due
    assert (separate.part, lead.body, lead.instruction) == ("补画标线", "某某区人大常委会代表工委", "请认真办理")
    assert [each.unit for each in sheets(workspace, PaperName.SUGGESTION_SLIP, known.slips[2].id)] == ["某某区交通局"]


def test_a_limit_that_was_set_otherwise_stands_beside_the_one_that_is_reckoned(workspace: Workspace, known: Handled) -> None:
    save(workspace, replace(known.slips[0], due_on=date(2025, 3, 31)))
    (slip,) = sheets(workspace, PaperName.SUGGESTION_SLIP, known.slips[0].id)
    assert slip.due == "2025年3月31日（自交办起3个月为2025年4月21日（期满2025年4月20日为休息日，顺延））"


def test_every_reply_is_a_sheet_with_its_class_and_what_the_co_handler_said(workspace: Workspace, known: Handled) -> None:
    first, second, turned = sheets(workspace, PaperName.REPLY_SHEET, known.suggestion.id)
    assert [each.number for each in (first, second, turned)] == ["某城函〔2025〕7号", "某交函〔2025〕3号", "某交函〔2025〕30号"]
    assert (first.mark, ticked(first.classes), first.round) == ("B", ["B　计划解决"], "第一轮答复")
    assert (turned.mark, turned.change, turned.round) == ("A", "已解决　竣工验收单", "第二轮答复")
    assert first.opinions == (("某某区供电公司　2025年2月10日", "电源可以接入"),)
    assert first.text == known.replies[0].text
    assert [each.number for each in sheets(workspace, PaperName.REPLY_SHEET, known.replies[1].id)] == ["某交函〔2025〕3号"]
    assert len(sheets(workspace, PaperName.REPLY_SHEET, known.slips[2].id)) == 2


def test_a_unit_that_owes_a_reply_gets_an_empty_sheet_and_the_co_handler_none(workspace: Workspace, known: Handled) -> None:
    with workspace.writing() as books:
        books.records.remove([each.id for each in known.replies])
    owing = sheets(workspace, PaperName.REPLY_SHEET, known.suggestion.id)
    assert [(each.unit, each.text, each.mark) for each in owing] == [("某某区城管局", "", ""), ("某某区交通局", "", "")]
    assert not any(ticked(each.classes) for each in owing)
    assert len(owing[0].classes) == 3


def test_a_class_of_a_newer_program_is_told_as_it_is(workspace: Workspace, known: Handled) -> None:
    save(workspace, replace(known.replies[0], scheme="next9", reply_class="Z"))
    (sheet,) = sheets(workspace, PaperName.REPLY_SHEET, known.replies[0].id)
    assert sheet.classes == (("Z", True),)


def test_the_survey_is_of_the_newest_round_or_of_the_reply_asked_for(workspace: Workspace, known: Handled) -> None:
    (form,) = sheets(workspace, PaperName.EVALUATION_FORM, known.suggestion.id)
    assert (form.reply_number, ticked(form.attitudes), form.head.body) == ("某交函〔2025〕30号", [], "某某区人大常委会代表工委")
    for id in (known.replies[0].id, known.evaluation.id):
        (form,) = sheets(workspace, PaperName.EVALUATION_FORM, id)
        assert (form.reply_number, form.reply_class, form.unit) == ("某城函〔2025〕7号", "B　计划解决", "某某区城管局")
        assert (ticked(form.attitudes), ticked(form.results), form.opinion) == (["满意"], ["不满意"], "路灯只修了一半。")
        assert (ticked(form.received), form.received_on, form.day) == (["是"], "2025年3月20日", "2025年4月1日")


def test_answers_given_behind_the_unit_s_back_are_on_no_paper_of_the_station(workspace: Workspace, known: Handled) -> None:
    save(workspace, replace(known.evaluation, blind_survey=True))
    (form,) = sheets(workspace, PaperName.EVALUATION_FORM, known.evaluation.id)
    assert form.sealed
    assert (ticked(form.attitudes), ticked(form.results), form.opinion) == ([], [], "")


def test_a_notice_tells_the_newest_review_and_a_refusal_by_the_profile_s_word(workspace: Workspace, known: Handled) -> None:
    (notice,) = sheets(workspace, PaperName.REVIEW_NOTICE, known.suggestion.id)
    assert (notice.title, notice.stage, ticked(notice.outcomes)) == ("代表建议审查意见告知单", "第一轮复审", ["通过"])
    refused = Review(
        id=workspace.clock.new_id(),
        suggestion=known.suggestion.id,
        outcome=ReviewOutcome.NOT_PROCESSED,
        reason="不属本级职权范围",
        deputy_told_on=date(2025, 2, 3),
    )
    save(workspace, refused)
    (notice,) = sheets(workspace, PaperName.REVIEW_NOTICE, known.suggestion.id)
    assert (notice.title, ticked(notice.outcomes)) == ("代表建议不予接收告知单", ["不予接收"])
    assert (notice.reason, notice.told_on) == ("不属本级职权范围", "2025年2月3日")
    (notice,) = sheets(workspace, PaperName.REVIEW_NOTICE, known.review.id)
    assert notice.reason == "一事一议，具体可行。"


def test_applications_are_of_the_unit_that_asked_or_of_every_unit_that_may(workspace: Workspace, known: Handled) -> None:
    assert len(sheets(workspace, PaperName.RETURN_APPLICATION, known.suggestion.id)) == 3
    asked = replace(known.slips[2], objected_on=date(2025, 1, 24), objection="不属本局职责", objection_upheld=True)
    longer = replace(known.slips[0], extended_to=date(2025, 7, 21), extension_reason="工程量大", extension_agreed_by="同意人辛")
    save(workspace, asked, longer)
    (back,) = sheets(workspace, PaperName.RETURN_APPLICATION, known.suggestion.id)
    assert (back.unit, back.reason, back.day, back.upheld) == ("某某区交通局", "不属本局职责", "2025年1月24日", True)
    (more,) = sheets(workspace, PaperName.EXTENSION_APPLICATION, known.suggestion.id)
    assert (more.unit, more.reason, more.extended_to, more.agreed_by) == ("某某区城管局", "工程量大", "2025年7月21日", "同意人辛")
    assert more.latest == "2025年7月21日（期满2025年7月20日为休息日，顺延）"


def test_a_withdrawal_names_all_who_must_agree_and_the_reason(workspace: Workspace, known: Handled) -> None:
    save(workspace, withdrawn(workspace, known.suggestion.id, "问题已经解决"))
    (told,) = sheets(workspace, PaperName.WITHDRAWAL_APPLICATION, known.suggestion.id)
    assert ([each.name for each in told.signers], told.reason) == (["代表甲", "联名1", "联名2"], "问题已经解决")


@pytest.mark.parametrize("name", SHEETS)
def test_a_confidential_identity_is_in_no_sheet(workspace: Workspace, name: PaperName) -> None:
    known = handled(workspace, confidential_identity=True, contact_person="代表甲")
    for sheet in sheets(workspace, name, known.suggestion.id):
        assert not [each for each in ("代表甲", "联名1", "联名2", "0118", "证0001", "某某团") if each in repr(sheet)]


def test_a_reply_that_calls_a_confidential_deputy_by_name_is_printed_without_it(workspace: Workspace) -> None:
    known = handled(workspace, confidential_identity=True)
    (sheet,) = sheets(workspace, PaperName.REPLY_SHEET, known.replies[0].id)
    assert sheet.text == "〔保密〕代表：\n您提出的建议收悉。路灯将在年底前修好。"


@pytest.mark.parametrize("name", [each for each in PaperName if each.asked_by is AskedBy.RECORD_OR_NOTHING])
def test_without_a_record_a_sheet_is_empty(workspace: Workspace, name: PaperName) -> None:
    (sheet,) = sheets(workspace, name, "")
    assert (sheet.head.record, sheet.head.subject) == ("", "")


def test_what_cannot_be_printed_says_why(workspace: Workspace) -> None:
    draft, issue = Suggestion(id=workspace.clock.new_id(), subject="关于路灯的建议"), an_issue(workspace)
    slip = Assignment(id=workspace.clock.new_id(), of=issue.id)
    save(workspace, draft, issue, slip)
    for name in (PaperName.SUGGESTION_SLIP, PaperName.REPLY_SHEET, PaperName.RETURN_APPLICATION, PaperName.EXTENSION_APPLICATION):
        with pytest.raises(Refused, match="not_assigned"):
            sheets(workspace, name, draft.id)
    for id in (issue.id, slip.id):
        with pytest.raises(Refused, match="paper_other_kind"):
            sheets(workspace, PaperName.EVALUATION_FORM, id)
    with pytest.raises(Refused, match="record_missing"):
        sheets(workspace, PaperName.EVALUATION_FORM, "unknown")
    (form,) = sheets(workspace, PaperName.EVALUATION_FORM, draft.id)
    assert form.head.subject == "关于路灯的建议"
