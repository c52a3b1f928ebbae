"""What somebody sees by their role: a deputy their own, a volunteer no telephone that others wrote down."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from app.domain.cosignature import Cosignature
from app.domain.encounter import Encounter, Party
from app.domain.issue import Issue
from app.domain.life import IssueState
from app.domain.papers import ALWAYS, Span
from app.domain.people import Contact, Operator, Role
from app.domain.suggestion import Suggestion
from app.domain.unit import Unit
from app.domain.values import Id
from app.domain.visit import Campaign, Visit, VisitKind
from app.errors import Refused
from app.queries.call_backs import call_back_list
from app.queries.campaign_table import Counted, Part, behind, campaign_table
from app.queries.issue_card import issue_card, issue_sheet
from app.queries.issue_ledger import issue_ledger
from app.queries.issue_list import IssueGroup, issue_figures, issue_list
from app.queries.record import history, record
from app.queries.record_history import record_history
from app.queries.relations import found
from app.queries.search import SearchFilter, search
from app.queries.search_results import search_results, search_total
from app.queries.similar import compared_issue, similar_issues
from app.queries.suggestion_card import suggestion_card, suggestion_sheet
from app.queries.suggestion_list import suggestion_list
from app.queries.today import today
from app.queries.topic_pool import PoolBy, topic_pool
from app.queries.trash import removed_card, trash
from app.queries.visit_card import visit_card
from app.queries.visit_list import visit_list
from app.queries.visit_log import visit_log
from app.use_cases.contact_shown import note_shown, show_people
from app.use_cases.issues import show_person
from app.use_cases.receptions import save_visit
from app.workspace import Workspace
from tests.builders import a_deputy, remove, save


def here(workspace: Workspace, *roles: Role, deputy: str = "") -> Workspace:
    new_id = workspace.clock.new_id
    mine = Operator(id=new_id(), name="某人", roles=roles, deputy=deputy)
    save(workspace, Operator(id=new_id(), name="站长甲", roles=(Role.STATION_HEAD,)), mine)
    return workspace.acting_as(mine.id)


def met(workspace: Workspace, deputy: str, subject: str) -> tuple[Visit, Encounter, Issue]:
    new_id = workspace.clock.new_id
    day = date(2026, 11, 20)
    visit = Visit(id=new_id(), visit_kind=VisitKind.RECEPTION, on=day, deputies=(deputy,))
    person = Encounter(id=new_id(), visit=visit.id, name="欧阳某某")
    issue = Issue(
        id=new_id(),
        visit=visit.id,
        encounter=person.id,
        subject=subject,
        deputies=(deputy,),
        received_on=day,
        state=IssueState.ASSIGNED,
        due_on=date(2026, 11, 25),
    )
    save(workspace, visit, person, Contact(id=new_id(), of=person.id, phone="13800005678"), issue)
    return visit, person, issue


def test_a_deputy_sees_their_own_in_every_list(workspace: Workspace) -> None:
    one, two = a_deputy(workspace, "代表甲"), a_deputy(workspace, "代表乙")
    save(workspace, one, two)
    mine, _person, issue = met(workspace, one.id, "东街路灯")
    met(workspace, two.id, "西街路灯")
    deputy = here(workspace, Role.DEPUTY, deputy=one.id)
    assert [each.id for each in visit_list(deputy).rows] == [mine.id]
    assert [each.id for each in issue_list(deputy).rows] == [issue.id]
    assert issue_figures(deputy).groups[IssueGroup.ALL] == 1
    assert [each.id for each in today(deputy).due] == [issue.id]
    assert suggestion_list(deputy).total == 0
    assert {each.title for each in search(deputy, "路灯").hits} == {"东街路灯"}
    asked = SearchFilter(typed="路灯")
    assert (search_results(deputy, asked).total, search_total(deputy, asked)) == (1, 1)
    assert (visit_list(workspace).total, issue_list(workspace).total, search(workspace, "路灯").total) == (2, 2, 2)


def test_a_volunteer_sees_no_telephone_that_others_wrote_down(workspace: Workspace) -> None:
    visit, person, issue = met(workspace, workspace.clock.new_id(), "东街路灯")
    volunteer = here(workspace, Role.VOLUNTEER)
    card = visit_card(volunteer, visit.id)
    assert [each.contact for each in card.sheet.lines] == [None]
    assert not issue_card(volunteer, issue.id).raiser.more
    assert issue_card(volunteer, issue.id).raiser.phone == "138****5678"
    for way in (lambda: show_person(volunteer, issue.id), lambda: note_shown(volunteer, person.id)):
        with pytest.raises(Refused) as refused:
            way()
        assert refused.value.code == "not_allowed"
    save_visit(volunteer, card.sheet, card.seen)
    with workspace.reading() as connection:  # and what they do not see stays as it is
        assert [each.phone for each in found(connection, Contact)] == ["13800005678"]


def test_what_a_volunteer_wrote_down_they_may_read(workspace: Workspace) -> None:
    volunteer = here(workspace, Role.VOLUNTEER)
    visit, _person, issue = met(volunteer, workspace.clock.new_id(), "东街路灯")
    assert visit_card(volunteer, visit.id).sheet.lines[0].contact
    assert show_person(volunteer, issue.id).phone == "13800005678"


def test_an_issue_without_a_visit_is_corrected_without_its_telephone(workspace: Workspace) -> None:
    new_id = workspace.clock.new_id
    person = Encounter(id=new_id(), name="欧阳某某")
    issue = Issue(id=new_id(), encounter=person.id, subject="路灯")
    save(workspace, person, Contact(id=new_id(), of=person.id, phone="13800005678"), issue)
    volunteer = here(workspace, Role.VOLUNTEER)
    told = issue_sheet(volunteer, issue.id).contact
    assert told
    assert told.phone == ""


def test_who_was_met_is_shown_in_full_on_demand_and_noted(workspace: Workspace) -> None:
    new_id = workspace.clock.new_id
    visit, person, _issue = met(workspace, new_id(), "东街路灯")
    secret, nobody, unit = (
        Encounter(id=new_id(), visit=visit.id, name="张三", confidential=True),
        Encounter(id=new_id(), visit=visit.id, anonymous=True),
        Encounter(id=new_id(), visit=visit.id, name="示例公司", party=Party.UNIT),
    )
    asked = Encounter(id=new_id(), visit=visit.id, name="李四")
    told = Issue(id=new_id(), visit=visit.id, encounter=asked.id, subject="停水", confidential=True)
    save(workspace, secret, nobody, unit, asked, told)
    assert visit_card(workspace, visit.id).masked == {person.id}
    assert show_people(workspace, visit.id).masked == {person.id}
    assert [each.event for each in history(workspace, visit.id)] == ["saved", "contact_shown"]
    volunteer = here(workspace, Role.VOLUNTEER)
    assert visit_card(volunteer, visit.id).masked == set()
    with pytest.raises(Refused) as withheld:
        show_people(volunteer, visit.id)
    assert withheld.value.code == "person_withheld"


READ_BY_IDENTIFIER: Final[tuple[Callable[[Workspace, Id], object], ...]] = (record, history, record_history)


def test_a_deputy_opens_no_record_of_others_by_its_identifier(workspace: Workspace) -> None:
    one, two = a_deputy(workspace, "代表甲"), a_deputy(workspace, "代表乙")
    save(workspace, one, two)
    mine, other = met(workspace, one.id, "东街路灯"), met(workspace, two.id, "西街路灯")
    theirs, signed, ours = (Suggestion(id=workspace.clock.new_id(), lead_deputy=each) for each in (two.id, two.id, one.id))
    signature = Cosignature(id=workspace.clock.new_id(), suggestion=signed.id, deputy=one.id)
    save(workspace, theirs, signed, ours, signature)
    deputy = here(workspace, Role.DEPUTY, deputy=one.id)
    ways = [(visit_card, 0), (issue_card, 2), (issue_sheet, 2), *((way, part) for way in READ_BY_IDENTIFIER for part in range(3))]
    for way, part in ways:
        way(deputy, mine[part].id)
        way(workspace, other[part].id)
        refused(way, deputy, other[part].id)
    for way in (suggestion_card, suggestion_sheet, *READ_BY_IDENTIFIER):
        way(deputy, ours.id)
        way(deputy, signed.id)
        refused(way, deputy, theirs.id)


def test_a_deputy_is_told_of_similar_matters_among_their_own(workspace: Workspace) -> None:
    one, two = a_deputy(workspace, "代表甲"), a_deputy(workspace, "代表乙")
    save(workspace, one, two)
    mine, other = (met(workspace, each.id, "东街三栋门前的路灯不亮")[2] for each in (one, two))
    deputy = here(workspace, Role.DEPUTY, deputy=one.id)
    words = "东街三栋门前路灯又不亮了"
    assert {each.id for each in similar_issues(workspace, words)} == {mine.id, other.id}
    assert [each.id for each in similar_issues(deputy, words)] == [mine.id]
    assert compared_issue(deputy, mine.id).issue == mine
    refused(compared_issue, deputy, other.id)


@pytest.mark.parametrize("by", list(PoolBy))
def test_a_deputy_s_topics_are_made_of_their_own_matters(workspace: Workspace, by: PoolBy) -> None:
    one, two = a_deputy(workspace, "代表甲"), a_deputy(workspace, "代表乙")
    save(workspace, one, two)
    alike: list[Issue] = []
    for each in (one, one, two, two):
        _visit, _person, issue = met(workspace, each.id, "东街三栋门前的路灯不亮")
        alike.append(replace(issue, category="made_up", place="东街"))
    save(workspace, *alike)
    deputy = here(workspace, Role.DEPUTY, deputy=one.id)
    since = date(2026, 1, 1)
    [theirs], [whole] = topic_pool(deputy, by, since).topics, topic_pool(workspace, by, since).topics
    assert set(theirs.issues) == {each.id for each in alike[:2]}
    assert (theirs.people, topic_pool(deputy, by, since).looked_at) == (2, 2)
    assert set(whole.issues) == {each.id for each in alike}


def test_what_is_of_the_whole_station_everyone_may_open(workspace: Workspace) -> None:
    one, two = a_deputy(workspace, "代表甲"), a_deputy(workspace, "代表乙")
    unit = Unit(id=workspace.clock.new_id(), name="示例市政站")
    save(workspace, one, two, unit)
    deputy = here(workspace, Role.DEPUTY, deputy=one.id)
    for each in (two.id, unit.id, workspace.author.owner):
        for way in READ_BY_IDENTIFIER:
            way(deputy, each)


def refused(way: Callable[[Workspace, Id], object], workspace: Workspace, id: Id) -> None:
    with pytest.raises(Refused) as told:
        way(workspace, id)
    assert told.value.code == "not_own_to_see"


def test_what_is_told_of_a_period_holds_a_deputy_s_own_alone(workspace: Workspace) -> None:
    """Ledgers, on paper and as tables, are the lists of that period: they tell nobody more than those do."""
    one, two = a_deputy(workspace, "代表甲"), a_deputy(workspace, "代表乙")
    save(workspace, one, two)
    for each, subject in ((one, "东街路灯"), (two, "西街路灯")):
        _visit, person, issue = met(workspace, each.id, subject)
        save(workspace, replace(person, people=3, raised=subject), replace(issue, state=IssueState.HANDLED))
    deputy = here(workspace, Role.DEPUTY, deputy=one.id)
    for span in (ALWAYS, Span(first=date(2026, 11, 1), last=date(2026, 11, 30))):
        log, book, calls = visit_log(deputy, span), issue_ledger(deputy, span), call_back_list(deputy, span)
        assert [each.matters for each in log.lines] == [("东街路灯",)]
        assert "合计1次" in log.head.summary
        assert "接待走访群众3人，反映事项1件" in log.head.summary
        assert [each.subject for each in book.lines] == ["东街路灯"]
        assert "合计1件" in book.head.summary
        assert [line.subject for group in calls.groups for line in group.lines] == ["东街路灯"]
        assert "西街路灯" not in repr((log, book, calls))
    assert len(visit_log(workspace, ALWAYS).lines) == len(issue_ledger(workspace, ALWAYS).lines) == 2
    assert sum(len(group.lines) for group in call_back_list(workspace, ALWAYS).groups) == 2


def test_a_deputy_s_trash_holds_their_own_alone(workspace: Workspace) -> None:
    one, two = a_deputy(workspace, "代表甲"), a_deputy(workspace, "代表乙")
    unit = Unit(id=workspace.clock.new_id(), name="示例市政站")
    save(workspace, one, two, unit)
    mine, other = (Issue(id=workspace.clock.new_id(), subject="路灯", deputies=(each.id,)) for each in (one, two))
    save(workspace, mine, other)
    for each in (mine, other, unit):
        remove(workspace, each.id)
    deputy = here(workspace, Role.DEPUTY, deputy=one.id)
    assert [each.id for each in trash(deputy).rows] == [unit.id, mine.id]
    assert trash(deputy).total == 2
    assert len(trash(workspace).rows) == 3
    removed_card(deputy, mine.id)
    refused(removed_card, deputy, other.id)


def test_a_deputy_s_table_of_a_campaign_counts_what_they_may_open(workspace: Workspace) -> None:
    one, two = a_deputy(workspace, "代表甲"), a_deputy(workspace, "代表乙")
    campaign = Campaign(id=workspace.clock.new_id(), name="走访月")
    save(workspace, one, two, campaign)
    for each, subject in ((one, "东街路灯"), (two, "西街路灯")):
        visit, _person, _issue = met(workspace, each.id, subject)
        brought = Issue(id=workspace.clock.new_id(), campaign=campaign.id, subject=subject, deputies=(each.id,))
        save(workspace, replace(visit, campaign=campaign.id), brought)
    deputy = here(workspace, Role.DEPUTY, deputy=one.id)
    whole = campaign_table(deputy, campaign.id).whole
    assert (whole.visits, whole.people, whole.opinions) == (1, 1, 2)
    lists = {counted: behind(deputy, campaign.id, Part(), counted).rows for counted in Counted}
    assert [len(lists[each]) for each in (Counted.VISITS, Counted.PEOPLE, Counted.OPINIONS)] == [1, 1, 2]
    assert "西街路灯" not in repr(lists)
    assert campaign_table(workspace, campaign.id).whole.opinions == 4
