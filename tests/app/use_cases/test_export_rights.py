"""Who may take what out of the station: lists of residents the head alone, tables of work whoever works, paper everybody."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from app.domain.papers import ALWAYS, PaperName
from app.domain.people import Operator, Role
from app.domain.privacy import Privacy
from app.domain.visit import Campaign
from app.errors import Refused
from app.queries.search import SearchFilter
from app.use_cases.campaign_export import export_table
from app.use_cases.ledger_table import save_ledger
from app.use_cases.outcome_table import save_outcomes
from app.use_cases.papers import Asked, print_paper
from app.use_cases.search_export import ListWords, export_results
from app.workspace import Workspace
from tests.builders import a_contact, an_encounter, an_issue, save

WORDS: Final = ListWords(str, str, str)
ROLES: Final = (Role.VOLUNTEER, Role.DEPUTY, Role.LIAISON_OFFICER, Role.CHAIR, Role.DEPUTY_STATION_HEAD, Role.STATION_HEAD)
HEADS: Final = frozenset({Role.DEPUTY_STATION_HEAD, Role.STATION_HEAD})


def seats(workspace: Workspace) -> dict[Role, Workspace]:
    """Somebody of each role at the keyboard."""
    people = {role: Operator(id=workspace.clock.new_id(), name=role.label, roles=(role,)) for role in ROLES}
    save(workspace, *people.values())
    return {role: workspace.acting_as(each.id) for role, each in people.items()}


def allowed(seats: dict[Role, Workspace], deed: Callable[[Workspace], object]) -> set[Role]:
    """The roles that may; everybody else is refused by right and told whom to ask."""
    return {role for role, workspace in seats.items() if _may(deed, workspace)}


def _may(deed: Callable[[Workspace], object], workspace: Workspace) -> bool:
    try:
        deed(workspace)
    except Refused as refused:
        if refused.code != "not_allowed" or not refused.facts["who"]:
            raise
        return False
    return True


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_list_of_residents_leaves_by_the_head_alone(workspace: Workspace, tmp_path: Path, ending: str) -> None:
    save(workspace, an_issue(workspace, "路灯"))
    file = tmp_path / f"清单{ending}"
    here = seats(workspace)
    assert allowed({Role.LIAISON_OFFICER: here[Role.LIAISON_OFFICER]}, lambda at: listed(at, file)) == set()
    assert not file.exists()
    assert allowed(here, lambda at: listed(at, file)) == HEADS


def listed(workspace: Workspace, file: Path) -> object:
    return export_results(workspace, SearchFilter(kind="issue"), file, WORDS)


def test_tables_without_residents_leave_by_whoever_works(workspace: Workspace, tmp_path: Path) -> None:
    campaign = Campaign(id=workspace.clock.new_id(), name="走访月", starts_on=date(2026, 11, 1))
    save(workspace, campaign)
    here, file = seats(workspace), tmp_path / "表.xlsx"
    workers = set(ROLES) - {Role.VOLUNTEER}
    assert allowed(here, lambda at: export_table(at, campaign.id, file)) == workers
    assert allowed(here, lambda at: save_ledger(at, PaperName.AWARD_LEDGER, ALWAYS, file)) == workers
    assert allowed(here, lambda at: save_outcomes(at, file)) == workers


def test_everybody_prints_the_lists_of_the_day_and_full_numbers_ask_a_right(workspace: Workspace) -> None:
    person = an_encounter(workspace, "张三")
    save(workspace, person, a_contact(workspace, person.id, "13800005678"), an_issue(workspace, "路灯", encounter=person.id))
    here = seats(workspace)
    for name in (PaperName.CALL_BACK_LIST, PaperName.ISSUE_LEDGER, PaperName.VISIT_LOG):
        assert allowed(here, lambda at, name=name: print_paper(at, Asked(name=name))) == set(ROLES)  # type: ignore[misc]  # a default in a lambda
    full = Asked(name=PaperName.CALL_BACK_LIST, privacy=Privacy.FULL)
    assert allowed(here, lambda at: print_paper(at, full)) == set(ROLES) - {Role.VOLUNTEER, Role.DEPUTY}
