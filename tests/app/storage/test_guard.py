"""The guard: nobody saves or removes what their role does not let them, whichever use case asks."""

import pytest

from app.domain.encounter import Encounter
from app.domain.people import Operator, Role
from app.domain.step import Step
from app.domain.visit import Visit, VisitKind
from app.errors import Refused
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.builders import a_deputy, an_encounter, an_issue, remove, save


def here(workspace: Workspace, role: Role, *, deputy: str = "") -> Workspace:
    """The station with somebody of this role at the keyboard, and a head in charge."""
    new_id = workspace.clock.new_id
    mine = Operator(id=new_id(), name=f"某{role}", roles=(role,), deputy=deputy)
    save(workspace, Operator(id=new_id(), name=f"站长{role}", roles=(Role.STATION_HEAD,)), mine)
    return workspace.acting_as(mine.id)


def refused(workspace: Workspace, *records: object) -> str:
    with pytest.raises(Refused) as told:
        save(workspace, *records)
    return told.value.code


def test_a_volunteer_enters_and_handles_nothing(workspace: Workspace) -> None:
    volunteer = here(workspace, Role.VOLUNTEER)
    issue = an_issue(volunteer)
    save(volunteer, issue, an_encounter(volunteer))
    assert refused(volunteer, Step(id=workspace.clock.new_id(), of=issue.id)) == "not_allowed"
    assert refused(volunteer, Operator(id=workspace.clock.new_id(), name="别人")) == "not_allowed"


def test_a_volunteer_removes_only_what_they_entered(workspace: Workspace) -> None:
    other = an_issue(workspace)
    save(workspace, other)
    volunteer = here(workspace, Role.VOLUNTEER)
    mine = an_issue(volunteer)
    save(volunteer, mine)
    with pytest.raises(Refused) as told:
        remove(volunteer, other.id)
    assert told.value.code == "not_allowed"
    undo_last(volunteer, mine.id)


def test_an_officer_works_on_everything_but_people_and_the_station(workspace: Workspace) -> None:
    officer = here(workspace, Role.LIAISON_OFFICER)
    save(officer, Step(id=workspace.clock.new_id(), of=workspace.clock.new_id()))
    assert refused(officer, Operator(id=workspace.clock.new_id(), name="别人")) == "not_allowed"


def test_a_deputy_works_on_what_they_are_in_and_what_lies_in_that(workspace: Workspace) -> None:
    deputy = a_deputy(workspace)
    others, issue = an_issue(workspace), an_issue(workspace, deputies=(deputy.id,))
    save(workspace, deputy, others, issue)
    mine = here(workspace, Role.DEPUTY, deputy=deputy.id)
    new_id = workspace.clock.new_id
    visit = Visit(id=new_id(), visit_kind=VisitKind.OUTREACH, deputies=(deputy.id,))
    met = Encounter(id=new_id(), visit=visit.id, name="群众甲")
    save(mine, visit, met, an_issue(mine, encounter=met.id), Step(id=new_id(), of=issue.id))
    assert refused(mine, Step(id=new_id(), of=others.id)) == "not_own"
    assert refused(mine, an_encounter(mine)) == "not_own"
