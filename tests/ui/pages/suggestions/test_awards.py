"""Stars and awards in the window: the list, the form that keeps what is typed, corrections, and the deputy's card."""

from datetime import date

from app.domain.award import Award, AwardType, Stars
from app.domain.life import SuggestionState
from app.domain.people import Deputy
from app.domain.suggestion import Suggestion
from app.domain.suggestion_steps import Entry, Note
from app.queries.awards import awards
from app.queries.suggestion_handling import handling_card
from app.use_cases.awards import give_award, unsaved_award
from app.use_cases.suggestion_steps import take_step
from app.workspace import Workspace
from tests.builders import save
from ui.pages.suggestions import SuggestionsPage
from ui.pages.suggestions.awards import AwardsView
from ui.widgets.awards_card import award_told

TODAY = date(2026, 11, 21)


def at_awards(page: SuggestionsPage) -> AwardsView:
    page.begin("awards")
    return page.awards


def honoured(workspace: Workspace, lead: Deputy) -> str:
    award = Award(id=workspace.clock.new_id(), award_type=AwardType.DEPUTY, year=2025, on=TODAY, issuer="区人大常委会")
    return give_award(workspace, award, [lead.id]).id


def test_an_award_is_written_down_kept_and_saved(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    view = at_awards(page)
    assert view.none.isVisible()
    view.enter()
    form = view.form
    form.deputies.editor.show_ids([lead.id])
    form.award.editors["issuer"].show("区人大常委会")
    form.keep()
    assert page.go_back()
    assert not form.is_open()
    kept = unsaved_award(workspace)
    assert kept is not None
    assert (kept.recipients, kept.award.issuer) == ((lead.id,), "区人大常委会")
    page.begin("restore:award:new")
    assert form.deputies.editor.ids() == (lead.id,)
    form.save()
    (row,) = awards(workspace).rows
    assert (row.recipient.id, row.award.award_type, row.award.year) == (lead.id, AwardType.DEPUTY, 2026)
    assert view.table.row(0) == row
    assert not form.is_open()
    assert unsaved_award(workspace) is None


def test_the_form_says_beside_its_fields_what_is_missing(page: SuggestionsPage, workspace: Workspace) -> None:
    view = at_awards(page)
    view.enter()
    view.form.kind.editor.show_code(AwardType.UNIT)
    view.form.save()
    assert view.form.units.problem.text()
    assert view.form.award.fields["issuer"].problem.text()
    assert not view.form.deputies.isVisible()
    view.form.kind.editor.show_code(AwardType.STATION)
    view.form.award.editors["issuer"].show("省人大常委会")
    view.form.save()
    assert [row.recipient.id for row in awards(workspace).rows] == [workspace.author.owner]


def test_an_award_is_corrected_and_removed_with_the_way_back(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    id = honoured(workspace, lead)
    view = at_awards(page)
    view.change.click()
    view.form.award.editors["year"].show(2024)
    view.form.save()
    assert [row.year for row in awards(workspace).rows] == [2024]
    assert page.undoable() == id
    view.remove.click()
    assert awards(workspace).total == 0
    page.bench.feedback.deed.click()
    assert awards(workspace).total == 1


def test_a_rating_stands_on_the_card_of_its_suggestion(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    handled = Suggestion(
        id=workspace.clock.new_id(),
        subject="关于路灯的建议",
        state=SuggestionState.HANDLING,
        submitted_on=TODAY,
        lead_deputy=lead.id,
    )
    save(workspace, handled)
    page.refresh()
    steps = page.overview.detail.handling.steps
    steps.begin(Note.RATE)
    steps.form.editors["stars"].show(Stars.FIVE)
    steps.form.words.editor.show_text("群众关切")
    steps.save()
    page.refresh()
    card = page.overview.detail.handling.awards
    assert card.isVisible()
    (row,) = awards(workspace).rows
    assert award_told(row) == "★★★★★ 五星"
    assert handling_card(workspace, handled.id).course.awards[0].reason == "群众关切"
    page.overview.narrowing.opener.setChecked(True)
    page.overview.narrowing.stars.editor.show_code(Stars.FIVE)
    assert page.overview.table.total == 1
    page.overview.narrowing.stars.editor.show_code(Stars.ONE)
    assert page.overview.table.total == 0


def test_several_chosen_suggestions_are_awarded_together(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    for subject in ("甲", "乙"):
        told = {"subject": subject, "state": SuggestionState.CLOSED, "submitted_on": TODAY, "lead_deputy": lead.id}
        save(workspace, Suggestion(id=workspace.clock.new_id(), **told))  # type: ignore[arg-type]  # as told above
    page.refresh()
    page.overview.view.selectAll()
    together = page.overview.together
    together.begin(Note.AWARD)
    together.form.editors["issuer"].show("区人大常委会")
    together.save()
    assert {row.recipient.title for row in awards(workspace).rows} == {"甲", "乙"}


def test_the_list_opens_the_suggestion_it_names(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    handled = Suggestion(id=workspace.clock.new_id(), subject="甲", state=SuggestionState.CLOSED, submitted_on=TODAY)
    save(workspace, handled)
    take_step(workspace, handled.id, Note.AWARD, Entry(on=TODAY, fields={"award_year": 2026, "issuer": "区人大"}))
    view = at_awards(page)
    view.recipient.click()
    assert page.at_desk()
    assert page.desk.id == handled.id
