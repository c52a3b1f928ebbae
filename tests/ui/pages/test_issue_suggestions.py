"""An issue on its card leads to each suggestion that stands on it, and tells what has become of that since."""

from dataclasses import replace

from app.domain.issue import Issue
from app.domain.life import SuggestionState
from app.domain.people import Deputy
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.queries.record import record_of
from app.use_cases.suggestions import draft_suggestion, submit_suggestion
from app.workspace import Workspace
from tests.builders import a_deputy, an_issue, save
from tests.ui.pages.test_issues import page
from tests.ui.workbenches import Went
from ui.pages.issues import IssuesPage
from ui.places import Place
from ui.widgets.elided_link import ElidedLink
from ui.wording import word_of

__all__ = ["page"]

S = SuggestionState


def raised(workspace: Workspace, many: int) -> tuple[Id, list[Issue], Deputy]:
    """A submitted suggestion on some issues."""
    lead, issues = a_deputy(workspace, "代表甲"), [an_issue(workspace, f"第{number}件") for number in range(many)]
    save(workspace, lead, *issues)
    text = "一、情况\n路不平。\n三、建议\n请修路。"
    id = draft_suggestion(workspace, title="关于修路的建议", lead=lead.id, issues=[each.id for each in issues], text=text).id
    submit_suggestion(workspace, id)
    return id, issues, lead


def links(page: IssuesPage, issue: Id) -> list[ElidedLink]:
    """The links to suggestions on the card of an issue, as it stands now."""
    page.open_record(issue)
    shown = page.overview.detail._links
    found = [widget for number in range(shown.count()) if isinstance(widget := shown.itemAt(number).widget(), ElidedLink)]
    return [each for each in found if "关于" in each.words]


def test_each_issue_tells_the_later_state_of_its_suggestion_and_leads_there(
    page: IssuesPage, workspace: Workspace, went: Went
) -> None:
    id, issues, lead = raised(workspace, 2)
    page.refresh()
    for state in (S.SUBMITTED, S.REPLIED, S.TRACKING, S.CLOSED):
        save(workspace, replace(record_of(workspace, Suggestion, id), state=state))
        page.refresh()
        for issue in issues:
            (link,) = links(page, issue.id)
            assert link.words == f"代表建议：关于修路的建议（{word_of(state)}）"
            link.click()
            assert went[-1][:2] == (Place.SUGGESTIONS, id)
    another = Suggestion(id=workspace.clock.new_id(), subject="关于再修路的建议", lead_deputy=lead.id, issues=(issues[0].id,))
    save(workspace, another)
    page.refresh()
    assert [len(links(page, issue.id)) for issue in issues] == [2, 1]
