"""Papers printed from the cards they belong to, deadlines saved from theirs, pictures of what came of a suggestion."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.domain.cosignature import Cosignature, CosignatureState
from app.domain.handling import Assignment, HandlingRole, Outcome, OutcomeType
from app.domain.life import SuggestionState
from app.domain.papers import PaperName
from app.domain.people import Deputy
from app.domain.reply import Reply
from app.domain.suggestion import Suggestion
from app.domain.unit import Unit
from app.queries.attachments import attachments_of
from app.use_cases.attachment_desk import Offered, attach
from app.use_cases.papers import Asked
from app.workspace import Workspace
from tests.builders import save
from tests.ui.pages.suggestions.hands import a_draft
from ui.dialogs import paper_dialog
from ui.pages.suggestions import SuggestionsPage
from ui.pages.suggestions.calendar_file import save_calendar
from ui.pages.suggestions.outcomes_card import outcome_files

TODAY = date(2026, 11, 21)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Asked]:
    """The papers that were asked for, in the place of the dialog that shows them."""
    found: list[Asked] = []

    class Shown:
        def __init__(self, _bench: object, paper: Asked, _parent: object) -> None:
            found.append(paper)

        def open(self) -> None: ...

    monkeypatch.setattr(paper_dialog, "PaperDialog", Shown)
    return found


def handled(workspace: Workspace, lead: Deputy) -> tuple[Suggestion, Assignment, Reply]:
    """A suggestion with two units of which one answered."""
    new_id = workspace.clock.new_id
    one = Suggestion(
        id=new_id(), subject="关于路灯的建议", state=SuggestionState.HANDLING, submitted_on=TODAY, lead_deputy=lead.id
    )
    units = [Unit(id=new_id(), name=name) for name in ("交通局", "财政局")]
    slips = [
        Assignment(id=new_id(), of=one.id, unit=unit.id, role=HandlingRole.SEPARATE, part="一", round=1, assigned_on=TODAY)
        for unit in units
    ]
    reply = Reply(
        id=new_id(), suggestion=one.id, assignment=slips[0].id, unit=units[0].id, round=1, replied_on=TODAY, reply_class="A"
    )
    save(workspace, one, *units, *slips, reply)
    return one, slips[1], reply


def links(widget: QWidget, name: PaperName) -> list[QPushButton]:
    words = name.label.removeprefix("代表建议")
    return [each for each in widget.findChildren(QPushButton) if each.text() == f"打印{words}"]


def test_units_and_replies_print_their_own_papers(
    page: SuggestionsPage, workspace: Workspace, lead: Deputy, asked: list[Asked]
) -> None:
    _one, owing, reply = handled(workspace, lead)
    page.refresh()
    cards = page.overview.detail.handling
    assert len(links(cards.units, PaperName.SUGGESTION_SLIP)) == 2
    (empty,) = links(cards.units, PaperName.REPLY_SHEET)
    empty.click()
    (form,) = links(cards.replies, PaperName.EVALUATION_FORM)
    form.click()
    assert [(each.name, each.id) for each in asked] == [
        (PaperName.REPLY_SHEET, owing.id),
        (PaperName.EVALUATION_FORM, reply.id),
    ]


def test_the_ledger_of_what_is_tracked_is_printed_where_it_is_tracked(page: SuggestionsPage, asked: list[Asked]) -> None:
    page.begin("tracking")
    page.tracking.ledger.click()
    assert [(each.name, each.id) for each in asked] == [(PaperName.COMMITMENT_LEDGER, "")]


def test_co_signature_pages_are_printed_beside_the_signers_after_saving(
    page: SuggestionsPage, workspace: Workspace, lead: Deputy, asked: list[Asked]
) -> None:
    id = a_draft(workspace, lead)
    save(workspace, Cosignature(id=workspace.clock.new_id(), suggestion=id, deputy=lead.id, state=CosignatureState.ASKED))
    page.open_record(id)
    page.desk.form.title.setText("关于路灯和步道的建议")
    page.desk.signers.page.click()
    assert [(each.name, each.id) for each in asked] == [(PaperName.COSIGNATURE_PAGE, id)]
    assert page.desk.saved.suggestion.subject == "关于路灯和步道的建议"


def test_deadlines_of_one_suggestion_are_saved_for_a_calendar(
    page: SuggestionsPage, workspace: Workspace, lead: Deputy, tmp_path: Path
) -> None:
    one, _owing, _reply = handled(workspace, lead)
    page.refresh()
    assert page.overview.detail.handling.deadlines.calendar.isVisible()
    path = tmp_path / "期限.ics"
    save_calendar(page.bench, page, path, one.id)
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_what_came_of_it_has_pictures_of_its_own(
    page: SuggestionsPage, workspace: Workspace, lead: Deputy, tmp_path: Path
) -> None:
    one, _owing, _reply = handled(workspace, lead)
    outcome = Outcome(
        id=workspace.clock.new_id(), of=one.id, outcome_type=OutcomeType.FUNDS, name="路灯改造资金", amount=50000000, on=TODAY
    )
    save(workspace, outcome)
    page.refresh()
    card = page.overview.detail.handling.outcomes
    assert card.isVisible()
    assert any("50 万元" in each.text() for each in card.findChildren(QLabel))
    door = card.doors[outcome.id]
    assert door.text() == "添加图片或文件…"
    dialog = outcome_files(page.bench, outcome, page)
    file = tmp_path / "路灯.txt"
    file.write_text("已亮", encoding="utf-8")
    attach(workspace, outcome.id, [Offered.at(file)])
    dialog.files.refresh()
    assert [each.name for each in dialog.files.files] == ["路灯.txt"]
    assert len(attachments_of(workspace, outcome.id)) == 1
    page.refresh()
    assert card.doors[outcome.id].text() == "1张图片或文件"
