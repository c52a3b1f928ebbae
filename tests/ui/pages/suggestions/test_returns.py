"""What the body says of a suggestion in the window: whence each line comes, what is open, and the button that settles it."""

from datetime import date

from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from app.domain.attachment import Attachment
from app.domain.case_file import CaseFile
from app.domain.life import SuggestionEvent, SuggestionState
from app.domain.people import Deputy
from app.domain.records import Record
from app.domain.reply import Reply, ReplyScheme
from app.domain.step import Step
from app.domain.suggestion import Suggestion
from app.domain.suggestion_steps import Entry
from app.domain.values import Id
from app.queries.record import record_of
from app.use_cases.returns import settle
from app.use_cases.suggestion_steps import take_step
from app.workspace import Workspace
from tests.builders import a_body_revision
from tests.ui.pages.suggestions.test_handling import panel, submitted, words
from ui.pages.suggestions import SuggestionsPage
from ui.pages.suggestions.record_files import RecordFiles

E, S = SuggestionEvent, SuggestionState
DAY = date(2026, 11, 21)


def said_by_the_body(workspace: Workspace, suggestion: Id, *records: Record) -> None:
    """Records of the body, taken in as the third reply."""
    body = workspace.clock.new_id()
    with workspace.writing() as books:
        books.records.take_in([a_body_revision(workspace, body, each) for each in records])
        settle(books, [suggestion])
        books.note("reply", {"seq": 3, "digest": "sha256:" + "0" * 64, "records": len(records)})


def test_what_does_not_fit_is_told_and_settled(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    id, new_id = submitted(workspace, lead), workspace.clock.new_id
    for event in (E.FIRST_REVIEW, E.SECOND_REVIEW):
        take_step(workspace, id, event, Entry(on=DAY))
    take_step(workspace, id, E.ACCEPT, Entry(on=DAY, fields={"case_number": "第8号"}))
    assign = Step(id=new_id(), of=id, event=E.REPLY, from_state=S.ACCEPTED, to_state=S.REPLIED, on=DAY)
    said_by_the_body(workspace, id, assign, CaseFile(id=new_id(), suggestion=id, case_number="第7号"))
    shown = panel(page)
    assert shown.returns.isVisibleTo(shown)
    told = "\n".join(each.text() for each in shown.returns.findChildren(QLabel))
    assert "第8号" in told
    assert "第7号" in told
    assert "答复" in told
    assert "来自受理机关，答复包 3" in words(shown)
    assert [each.text() for each in shown.timeline.findChildren(QLabel) if each.text() in "✓●?"][-2:] == ["●", "?"]

    shown.returns.take.click()
    page.refresh()
    after = record_of(workspace, Suggestion, id)
    assert (after.case_number, after.state, after.taken_up) == ("第7号", S.ACCEPTED, (assign.id,))
    assert not shown.returns.isVisibleTo(shown)


def test_what_was_entered_here_may_stand_and_the_decision_be_taken_back(
    page: SuggestionsPage, workspace: Workspace, lead: Deputy
) -> None:
    id, new_id = submitted(workspace, lead), workspace.clock.new_id
    for event in (E.FIRST_REVIEW, E.SECOND_REVIEW):
        take_step(workspace, id, event, Entry(on=DAY))
    take_step(workspace, id, E.ACCEPT, Entry(on=DAY, fields={"case_number": "第8号"}))
    said_by_the_body(workspace, id, CaseFile(id=new_id(), suggestion=id, case_number="第7号"))
    shown = panel(page)
    shown.returns.keep.click()
    page.refresh()
    assert record_of(workspace, Suggestion, id).case_number == "第8号"
    assert not shown.returns.isVisibleTo(shown)
    page.bench.feedback.deed.click()
    page.refresh()
    assert shown.returns.isVisibleTo(shown)


def test_files_that_came_with_a_reply_are_seen_and_opened(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    id, new_id = submitted(workspace, lead), workspace.clock.new_id
    reply = Reply(id=new_id(), suggestion=id, number="交函1号", replied_on=DAY, reply_class="B", scheme=ReplyScheme.HUNAN_3)
    file = Attachment(id=new_id(), of=reply.id, name="答复.pdf", size=7, sha256="a" * 64)
    said_by_the_body(workspace, id, reply, file)
    shown = panel(page)
    for card in (shown.replies, shown.timeline):
        (door,) = [each for each in card.findChildren(QPushButton) if each.text() == "1张图片或文件"]
        door.click()
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, RecordFiles)
        assert [each.name for each in dialog.files.files] == ["答复.pdf"]
        dialog.accept()


def test_where_both_agree_there_is_no_card(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    id, new_id = submitted(workspace, lead), workspace.clock.new_id
    review = Step(id=new_id(), of=id, event=E.FIRST_REVIEW, from_state=S.SUBMITTED, to_state=S.FIRST_REVIEW, on=DAY)
    said_by_the_body(workspace, id, review, CaseFile(id=new_id(), suggestion=id, case_number="第7号"))
    shown = panel(page)
    assert not shown.returns.isVisibleTo(shown)
    after = record_of(workspace, Suggestion, id)
    assert (after.case_number, after.state) == ("第7号", S.FIRST_REVIEW)
