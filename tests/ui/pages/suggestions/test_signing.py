"""Before submission, by hand: deputies asked and answering, voided signatures, talks, pre-review, withdrawal, and the file."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from app.domain.cosignature import CosignatureState, SigningWay
from app.domain.cosigning import Stand
from app.domain.life import SuggestionState
from app.domain.people import Deputy
from app.domain.records import body_of
from app.domain.review import ReviewOutcome
from app.domain.revisions import Revision
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.queries.record import record_of
from app.queries.suggestion_signing import Preparation, preparation
from app.queries.suggestion_versions import other_versions
from app.use_cases.attachment_desk import Offered
from app.use_cases.cosign_files import Came, read_cosign_file, write_request
from app.use_cases.drafts import drafts
from app.use_cases.issues import name_unit
from app.use_cases.suggestions import submit_suggestion
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.app.use_cases.cosigners import PIN, a_scan, give_pin
from tests.builders import a_deputy, save
from tests.ui.pages.suggestions.hands import a_draft, at_desk
from ui.dialogs.answer_dialog import AnswerDialog
from ui.dialogs.cosign_file_dialog import AnswerCameDialog, RequestDialog, open_cosign_file
from ui.dialogs.invite_dialog import InviteDialog
from ui.page import Workbench
from ui.pages.suggestions import SuggestionsPage


@pytest.fixture
def desk(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> SuggestionsPage:
    """A draft on the desk, and two more who may sign."""
    save(workspace, a_deputy(workspace, "代表丙", delegation="二团"), a_deputy(workspace, "代表丁", delegation="二团"))
    return at_desk(page, a_draft(workspace, lead))


def prepared(page: SuggestionsPage) -> Preparation:
    return preparation(page.bench.workspace, page.desk.id)


def invited(page: SuggestionsPage) -> None:
    """Ask everybody of the second delegation."""
    page.desk.signers.several.click()
    dialog = opened(InviteDialog)
    assert isinstance(dialog, InviteDialog)
    dialog.delegation.setCurrentIndex(dialog.delegation.findData("二团"))
    assert [dialog.list.item(row).text().split("　")[0] for row in range(dialog.list.count())] == ["代表丙", "代表丁"]
    dialog.all.click()
    dialog.told.editor.show_text("请看正文")
    dialog.ask.click()


def opened(kind: type) -> object:
    """The dialog of this kind that was opened last."""
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
    assert found
    return found[-1]


def answering(page: SuggestionsPage, number: int) -> AnswerDialog:
    signer = page.desk.signers.read()[number]
    page.desk.signers.deeds[signer.id, "answer"].click()
    dialog = opened(AnswerDialog)
    assert isinstance(dialog, AnswerDialog)
    return dialog


def signs_on_paper(page: SuggestionsPage, number: int, *files: Path) -> None:
    dialog = answering(page, number)
    dialog.choose_way(SigningWay.PAPER)
    dialog.offer([Offered.at(each) for each in files])
    dialog.save.click()


# --- co-signers -----------------------------------------------------------------------------------------------------


def test_a_delegation_is_asked_at_once_and_taken_back_by_one_key(desk: SuggestionsPage) -> None:
    invited(desk)
    assert [each.name for each in prepared(desk).signers] == ["代表丙", "代表丁"]
    assert [each.signature.told for each in prepared(desk).signers] == ["请看正文"] * 2
    assert desk.desk.signers.heading.text() == "联名 0 / 2"
    assert desk.desk.saved.suggestion.state == SuggestionState.COSIGNING
    assert desk.bench.feedback.words == "已邀请联名。"
    undone = undo_last(desk.bench.workspace, desk.desk.id)
    assert len(undone.records) == 4, "the suggestion, its step, two deputies asked"


def test_what_is_typed_is_saved_before_somebody_is_asked(desk: SuggestionsPage) -> None:
    desk.desk.form.text.setPlainText("一、情况\n改过的正文")
    invited(desk)
    assert not desk.desk.dirty()
    assert prepared(desk).suggestion.text == "一、情况\n改过的正文"


def test_a_signature_on_paper_comes_with_its_scan_and_a_refusal_with_its_words(desk: SuggestionsPage, tmp_path: Path) -> None:
    invited(desk)
    signs_on_paper(desk, 0, a_scan(tmp_path))
    dialog = answering(desk, 1)
    dialog.states[CosignatureState.DECLINED].click()
    assert (dialog.way.isHidden(), dialog.choose.isHidden()) == (True, True)
    dialog.words.editor.setText("不熟悉情况")
    dialog.save.click()
    rows = prepared(desk).signers
    assert [(each.stand, each.files) for each in rows] == [(Stand.SIGNED, 1), (Stand.DECLINED, 0)]
    assert rows[1].signature.answer == "不熟悉情况"
    assert desk.desk.signers.heading.text() == "联名 1 / 2"


def test_a_deputy_reads_the_text_and_signs_by_their_pin(desk: SuggestionsPage, workspace: Workspace) -> None:
    invited(desk)
    give_pin(workspace, record_of(workspace, Deputy, prepared(desk).signers[0].signature.deputy))
    desk.refresh()
    dialog = answering(desk, 0)
    assert (dialog.text.shown, dialog.pin.isVisible(), dialog.on.isHidden()) == ("一、情况\n路灯不亮", True, True)
    dialog.pin.editor.setText("0001")
    dialog.save.click()
    assert "PIN 码不对" in dialog.pin.problem.text()
    assert (dialog.pin.editor.text(), prepared(desk).signers[0].stand) == ("", Stand.ASKED)
    dialog.pin.editor.setText(PIN)
    QTest.keyClick(dialog.pin.editor, Qt.Key.Key_Return)
    signed = prepared(desk).signers[0]
    assert (signed.stand, signed.signature.way) == (Stand.SIGNED, SigningWay.IN_PERSON)


def test_a_signature_needs_its_way_and_the_dialog_stays(desk: SuggestionsPage) -> None:
    invited(desk)
    dialog = answering(desk, 0)
    dialog.save.click()
    assert dialog.isVisible()
    assert dialog.way.problem.text() == "请选择签名方式。"


def test_a_change_of_words_strikes_through_at_once_and_one_button_asks_again(desk: SuggestionsPage) -> None:
    invited(desk)
    signs_on_paper(desk, 0)
    signs_on_paper(desk, 1)
    signers = desk.desk.signers
    assert (signers.heading.text(), signers.again.isHidden()) == ("联名 2 / 2", True)
    desk.desk.form.text.setPlainText("一、情况\n另一段话")
    desk.desk._renew()
    assert (signers.heading.text(), signers.again.isHidden()) == ("联名 0 / 2", False)
    assert signers.voided.text() == "2 位签的是改动前的文本：代表丙、代表丁。"
    signers.again.click()
    assert [each.stand for each in prepared(desk).signers] == [Stand.ASKED, Stand.ASKED]
    assert prepared(desk).suggestion.text == "一、情况\n另一段话"
    assert signers.again.isHidden()


def test_who_left_is_struck_named_and_the_lead_is_told(desk: SuggestionsPage, workspace: Workspace) -> None:
    invited(desk)
    signs_on_paper(desk, 0)
    gone = record_of(workspace, Deputy, prepared(desk).signers[0].signature.deputy)
    save(workspace, replace(gone, ended_on=workspace.clock.today().date(), ended_reason="工作调动"))
    desk.refresh()
    signers = desk.desk.signers
    assert not signers.strike.isHidden()
    signers.strike.click()
    signature = prepared(desk).signers[0].signature
    assert (signature.state, signature.struck_reason) == (CosignatureState.STRUCK, "工作调动")
    signers.deeds[signature.id, "lead"].click()
    assert prepared(desk).signers[0].signature.lead_told_on == workspace.clock.today().date()
    assert (signature.id, "lead") not in signers.deeds


# --- talks, pre-review, withdrawal ----------------------------------------------------------------------------------


def test_a_talk_is_typed_kept_found_again_and_saved(desk: SuggestionsPage, workspace: Workspace) -> None:
    name_unit(workspace, "示例城管局")
    desk.refresh()
    signing = desk.desk.signing
    signing.before.talk.click()
    form = signing.panel.talk
    form.account.editor.setPlainText("经费已列入计划")
    desk.keep()
    assert [each.kind for each in drafts(workspace)] == ["consultation"]
    id = desk.desk.id
    desk.go_back()
    assert (signing.panel.is_open(), desk.at_desk()) == (False, True)
    signing.before.talk.click()
    assert form.account.editor.text() == "经费已列入计划", "Esc loses nothing"
    signing.panel.save.click()
    assert form.unit.problem.text() == "请选择单位。"
    form.unit.editor.field.setText("城管")
    QTest.keyClick(form.unit.editor.field, Qt.Key.Key_Return)
    signing.panel.save.click()
    (talk,) = prepared(desk).talks
    assert (talk.unit, talk.consultation.account) == ("示例城管局", "经费已列入计划")
    assert (desk.desk.saved.suggestion.state, desk.desk.id) == (SuggestionState.CONSULTATION, id)
    assert (signing.panel.isHidden(), drafts(workspace)) == (True, [])


def test_a_talk_is_corrected_removed_and_brought_back(desk: SuggestionsPage, workspace: Workspace) -> None:
    name_unit(workspace, "示例城管局")
    desk.refresh()
    signing = desk.desk.signing
    signing.before.talk.click()
    signing.panel.talk.unit.editor.field.setText("城管")
    QTest.keyClick(signing.panel.talk.unit.editor.field, Qt.Key.Key_Return)
    signing.panel.talk.account.editor.setPlainText("可以")
    signing.panel.save.click()
    signing.before.talking.emit(prepared(desk).talks[0])
    assert not signing.panel.remove.isHidden()
    signing.panel.talk.place.editor.setText("现场")
    signing.panel.save.click()
    assert prepared(desk).talks[0].consultation.place == "现场"
    signing.before.talking.emit(prepared(desk).talks[0])
    signing.panel.remove.click()
    assert prepared(desk).talks == ()
    assert signing.panel.isHidden()


def test_a_pre_review_returned_leads_to_the_paragraph_it_speaks_of(desk: SuggestionsPage) -> None:
    signing = desk.desk.signing
    signing.before.send.click()
    assert desk.desk.saved.suggestion.state == SuggestionState.PRE_REVIEW
    assert signing.before.send.isHidden()
    signing.before.review.click()
    form = signing.panel.review
    form.outcomes[ReviewOutcome.RETURNED].click()
    form.reviewer.editor.setText("李某某")
    form.paragraph.setCurrentIndex(1)
    form.words.setText("写明盏数")
    QTest.keyClick(form.words, Qt.Key.Key_Return)
    signing.panel.save.click()
    (review,) = prepared(desk).pre_reviews
    assert review.help_given == "第2段「路灯不亮」：写明盏数"
    assert desk.desk.saved.suggestion.state == SuggestionState.DRAFT
    desk.refresh()
    (row,) = desk.desk.aids.remarks.rows
    row.go.click()
    assert desk.desk.form.text.textCursor().selectedText() == "路灯不亮"


def test_it_is_withdrawn_once_everybody_agreed_in_writing(desk: SuggestionsPage, workspace: Workspace, tmp_path: Path) -> None:
    invited(desk)
    signs_on_paper(desk, 0)
    submit_suggestion(workspace, desk.desk.id)
    desk.refresh()
    signing = desk.desk.signing
    signing.before.withdraw.click()
    form = signing.panel.withdrawal
    form.words.editor.setPlainText("问题已解决")
    signing.panel.save.click()
    assert "代表丙" in form.agreed.problem.text()
    assert form.file.problem.text() == "撤回须书面提出，请添加签名的书面申请。"
    (box,) = form.ways.values()
    box.show_code(SigningWay.PHONE)
    form.offer([Offered.at(a_scan(tmp_path))])
    signing.panel.save.click()
    assert prepared(desk).suggestion.state == SuggestionState.WITHDRAWN
    assert signing.panel.isHidden()
    assert signing.before.withdraw.isHidden()


def test_esc_closes_the_panel_and_then_leads_back(desk: SuggestionsPage) -> None:
    desk.desk.signing.before.withdraw.click()
    assert desk.desk.signing.panel.is_open()
    assert desk.go_back()
    assert (desk.desk.signing.panel.is_open(), desk.at_desk()) == (False, True)
    assert desk.go_back()
    assert not desk.at_desk()


# --- written at two computers ---------------------------------------------------------------------------------------


def test_what_two_computers_wrote_stands_side_by_side_and_either_is_one_click_away(
    desk: SuggestionsPage, workspace: Workspace
) -> None:
    save_elsewhere(workspace, desk.desk.id, "一、情况\n另一台电脑写的")
    desk.desk.form.text.setPlainText("一、情况\n这台电脑写的")
    signing = desk.desk.signing
    desk.refresh()
    desk.desk.save()
    notice = desk.desk.stale if desk.desk.stale.isVisible() else signing.versions
    assert notice.isVisible()
    assert desk.desk.form.text.text() == "一、情况\n这台电脑写的", "nothing typed is lost"
    notice.theirs.click()
    assert desk.desk.form.text.text() == "一、情况\n另一台电脑写的"


def test_a_losing_text_is_offered_and_taken(desk: SuggestionsPage, workspace: Workspace) -> None:
    two_heads(workspace, desk.desk.id, "一、情况\n甲写的", "一、情况\n乙写的")
    desk.refresh()
    signing, shown = desk.desk.signing, desk.desk.form.text.text()
    other = {"一、情况\n甲写的", "一、情况\n乙写的"} - {shown}
    assert signing.versions.isVisible()
    signing.versions.theirs.click()
    assert {desk.desk.form.text.text()} == other
    assert other_versions(workspace, desk.desk.id) == ()
    assert signing.versions.isHidden()


def save_elsewhere(workspace: Workspace, id: Id, text: str) -> None:
    save(workspace, replace(record_of(workspace, Suggestion, id), text=text))


def two_heads(workspace: Workspace, id: Id, *texts: str) -> None:
    """Both texts were saved on top of the same version, each at a computer of its own."""
    with workspace.writing() as books:
        stored = books.records.get(Suggestion, id)
        body = body_of(stored.record)
        made = [
            Revision(
                id=id,
                rev=workspace.clock.new_id(),
                kind="suggestion",
                parents=stored.heads,
                gen=9,
                hlc=str(books.next_stamp()),
                owner=workspace.author.owner,
                by="ab" * 8,
                op=workspace.author.op,
                deleted=False,
                salt="cd" * 16,
                body={**body, "text": text},
            )
            for text in texts
        ]
        books.records.take_in(made)


# --- by file --------------------------------------------------------------------------------------------------------


def test_a_request_is_read_and_answered_and_the_answer_taken_in(
    desk: SuggestionsPage, workspace: Workspace, bench: Workbench, tmp_path: Path
) -> None:
    invited(desk)
    deputy = prepared(desk).signers[0].signature.deputy
    file = write_request(workspace, desk.desk.id, deputy, tmp_path / "请.llzsign").path
    open_cosign_file(bench, desk, file)
    dialog = opened(RequestDialog)
    assert isinstance(dialog, RequestDialog)
    assert (dialog.text.shown, dialog.save.isEnabled()) == ("一、情况\n路灯不亮", False), "its own request is not answered here"
    dialog.answers["signed", "paper"].setChecked(True)
    dialog.write(tmp_path / "答.llzsign")
    came = read_cosign_file(workspace, tmp_path / "答.llzsign")
    assert isinstance(came, Came)
    desk.overview.open_cosign_file(tmp_path / "答.llzsign")
    taking = opened(AnswerCameDialog)
    assert isinstance(taking, AnswerCameDialog)
    taking.take.click()
    assert prepared(desk).signers[0].stand is Stand.SIGNED
    again = AnswerCameDialog(bench, read_again(workspace, tmp_path / "答.llzsign"), desk)
    assert not again.take.isEnabled()


def read_again(workspace: Workspace, path: Path) -> Came:
    came = read_cosign_file(workspace, path)
    assert isinstance(came, Came)
    return came


def test_an_altered_file_is_refused_in_words(desk: SuggestionsPage, bench: Workbench, tmp_path: Path) -> None:
    path = tmp_path / "坏.llzsign"
    path.write_bytes(b'{"payload":""}')
    open_cosign_file(bench, desk, path)
    assert not any(isinstance(each, QDialog) and each.isVisible() for each in QApplication.topLevelWidgets())
    assert bench.feedback.words
