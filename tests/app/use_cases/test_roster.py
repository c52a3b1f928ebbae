"""The register: what is saved with its contact, what may not be removed, how a mandate ends and comes back."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.cosignature import Cosignature, CosignatureState
from app.domain.life import SuggestionState
from app.domain.people import Contact, Deputy, DeputyStatus
from app.domain.suggestion import Suggestion
from app.domain.unit import Unit
from app.errors import Refused
from app.queries.deputies import register
from app.queries.record import history, record_of
from app.queries.relations import found
from app.queries.roster_card import deputy_figures, roster_card
from app.use_cases.drafts import keep_draft
from app.use_cases.roster import (
    REGISTERED,
    end_mandate,
    entry_kept,
    entry_key,
    entry_problems,
    entry_to_change,
    entry_told,
    new_entry,
    remove_entry,
    save_entry,
    show_contact,
    unsaved_entries,
)
from app.use_cases.trash import restore
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.builders import a_contact, a_deputy, an_issue, save

DAY = date(2026, 11, 20)


def contacts(workspace: Workspace) -> list[Contact]:
    with workspace.reading() as connection:
        return found(connection, Contact)


@pytest.mark.parametrize("kind", sorted(REGISTERED))
def test_a_form_of_every_kind_is_kept_and_read_again(workspace: Workspace, kind: str) -> None:
    sheet = new_entry(workspace, kind)
    told = entry_told(sheet)
    assert entry_kept(kind, told) == sheet
    keep_draft(workspace, entry_key(sheet), kind, told)
    assert [each.sheet for each in unsaved_entries(workspace)] == [sheet]


def test_a_contact_is_saved_only_where_there_is_one_and_emptied_where_it_was(workspace: Workspace) -> None:
    sheet = new_entry(workspace, "deputy", name="代表甲")
    save_entry(workspace, sheet)
    assert not contacts(workspace)
    with_phone = entry_to_change(workspace, sheet.id)
    assert with_phone.contact
    save_entry(workspace, replace(with_phone, contact=replace(with_phone.contact, phone="13800001234")))
    assert [each.phone for each in contacts(workspace)] == ["13800001234"]
    without = entry_to_change(workspace, sheet.id)
    assert without.contact
    save_entry(workspace, replace(without, contact=replace(without.contact, phone="")))
    assert [each.phone for each in contacts(workspace)] == [""]


def test_a_record_of_another_kind_has_no_form_here(workspace: Workspace) -> None:
    issue = an_issue(workspace)
    save(workspace, issue)
    with pytest.raises(Refused) as caught:
        entry_to_change(workspace, issue.id)
    assert caught.value.code == "record_missing"


def test_what_is_removed_goes_with_its_contact_and_comes_back_with_it(workspace: Workspace) -> None:
    deputy = a_deputy(workspace)
    save(workspace, deputy, a_contact(workspace, deputy.id))
    remove_entry(workspace, deputy.id)
    assert not contacts(workspace)
    restore(workspace, deputy.id)
    assert len(contacts(workspace)) == 1


def test_a_unit_that_handles_something_is_closed_not_removed(workspace: Workspace) -> None:
    unit = Unit(id=workspace.clock.new_id(), name="某局")
    save(workspace, unit, an_issue(workspace, unit=unit.id))
    with pytest.raises(Refused) as caught:
        remove_entry(workspace, unit.id)
    assert (caught.value.code, caught.value.facts["kind"]) == ("entry_named", "issue")


def test_a_mandate_that_ends_strikes_signatures_under_open_words_only_and_all_of_it_comes_back(workspace: Workspace) -> None:
    deputy, new_id = a_deputy(workspace), workspace.clock.new_id
    draft = Suggestion(id=new_id(), subject="草稿")
    handed = Suggestion(id=new_id(), subject="已提交", state=SuggestionState.SUBMITTED)
    signed: dict[str, Any] = {"deputy": deputy.id, "state": CosignatureState.SIGNED}
    open_one = Cosignature(id=new_id(), suggestion=draft.id, **signed)
    closed_one = Cosignature(id=new_id(), suggestion=handed.id, **signed)
    save(workspace, deputy, draft, handed, open_one, closed_one)
    end_mandate(workspace, deputy.id, DAY, " 工作调动 ")
    ended = record_of(workspace, Deputy, deputy.id)
    assert (ended.status, ended.ended_on, ended.ended_reason) == (DeputyStatus.ENDED, DAY, "工作调动")
    struck = record_of(workspace, Cosignature, open_one.id)
    assert (struck.state, struck.struck_on, struck.struck_reason) == (CosignatureState.STRUCK, DAY, "工作调动")
    assert record_of(workspace, Cosignature, closed_one.id) == closed_one
    undo_last(workspace, deputy.id)
    assert record_of(workspace, Deputy, deputy.id) == deputy
    assert record_of(workspace, Cosignature, open_one.id) == open_one


def test_why_a_mandate_ends_must_be_said(workspace: Workspace) -> None:
    deputy = a_deputy(workspace)
    save(workspace, deputy)
    with pytest.raises(Refused):
        end_mandate(workspace, deputy.id, DAY, " ")
    assert not register(workspace)[0].ended


def test_a_telephone_shown_in_full_is_noted(workspace: Workspace) -> None:
    deputy = a_deputy(workspace)
    save(workspace, deputy, a_contact(workspace, deputy.id, "13800001234"))
    assert roster_card(workspace, deputy.id).phone == "138****1234"
    assert show_contact(workspace, deputy.id).phone == "13800001234"
    assert history(workspace, deputy.id)[-1].event == "contact_shown"


def test_figures_count_what_the_search_behind_them_finds(workspace: Workspace) -> None:
    deputy, other = a_deputy(workspace, "代表甲"), a_deputy(workspace, "代表乙")
    lead = Suggestion(id=workspace.clock.new_id(), subject="建议", lead_deputy=deputy.id)
    save(workspace, deputy, other, lead, an_issue(workspace, deputies=(deputy.id, other.id)), an_issue(workspace))
    assert (deputy_figures(workspace, deputy.id).issues, deputy_figures(workspace, deputy.id).suggestions) == (1, 1)
    assert (deputy_figures(workspace, other.id).issues, deputy_figures(workspace, other.id).suggestions) == (1, 0)


def test_a_congress_says_its_level_or_its_code(workspace: Workspace) -> None:
    """By them bodies tell whose suggestions are theirs (decision 8)."""
    for told, codes in (
        ({}, ["congress_level_missing"]),
        ({"level": "county"}, []),
        ({"division_code": "430181"}, []),
    ):
        sheet = new_entry(workspace, "congress", name="示例市人民代表大会", **told)
        assert [each.code for each in entry_problems(sheet.record)] == codes
    with pytest.raises(Refused, match="incomplete"):
        save_entry(workspace, new_entry(workspace, "congress", name="示例市人民代表大会"))
