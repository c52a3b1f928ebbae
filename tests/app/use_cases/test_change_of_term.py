"""A change of term: seen beforehand, done in one go, taken back by one undo, and made again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.congress import Congress, Level, Term
from app.domain.cosignature import Cosignature, CosignatureState
from app.domain.life import IssueState, SuggestionState
from app.domain.people import Contact, Deputy, DeputyStatus, FormerDeputy
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.errors import Refused
from app.queries.congresses import congress_terms
from app.queries.counts import count
from app.queries.record import record_of
from app.queries.relations import found
from app.use_cases.change_of_term import TermChange, change_term, plan_term
from app.use_cases.undo import undo_last
from app.use_cases.upkeep import check
from app.workspace import Workspace
from tests.builders import a_deputy, an_issue, save, written_csv

BEGINS = date(2026, 12, 28)
HEADER = ("姓名", "代表层级", "代表证号", "选区", "联系电话")


class Town:
    """A township's congress with three deputies, a county's with one, and what they have open."""

    def __init__(self, workspace: Workspace) -> None:
        new_id = workspace.clock.new_id
        self.workspace = workspace
        self.town = Congress(id=new_id(), name="某镇人民代表大会", level=Level.TOWNSHIP)
        self.county = Congress(id=new_id(), name="某县人民代表大会", level=Level.COUNTY)
        self.old = Term(id=new_id(), congress=self.town.id, term_no=17, began_on=date(2021, 12, 20))
        self.of_county = Term(id=new_id(), congress=self.county.id, term_no=18, began_on=date(2022, 1, 5))
        sits = {"congress": self.town.id, "term": self.old.id, "level": Level.TOWNSHIP, "station": workspace.author.owner}
        self.stays = a_deputy(workspace, "代表甲", deputy_card_no="001", constituency="一选区", **sits)
        self.leaves = a_deputy(workspace, "代表乙", deputy_card_no="002", constituency="二选区", **sits)
        self.doubtful = a_deputy(workspace, "代表丙", deputy_card_no="003", constituency="三选区", **sits)
        self.other = a_deputy(workspace, "代表丁", congress=self.county.id, term=self.of_county.id, level=Level.COUNTY)
        led: dict[str, Any] = {"lead_deputy": self.leaves.id, "term": self.old.id, "delegation": "二团"}
        self.draft = Suggestion(id=new_id(), subject="关于路灯的建议", text="修路灯", **led)
        self.handed = Suggestion(id=new_id(), subject="关于桥的建议", text="修桥", state=SuggestionState.HANDLING, **led)
        self.own = Suggestion(id=new_id(), subject="关于渠的建议", lead_deputy=self.stays.id, term=self.old.id)
        self.signature = Cosignature(id=new_id(), suggestion=self.own.id, deputy=self.leaves.id, state=CosignatureState.SIGNED)
        save(workspace, self.town, self.county, self.old, self.of_county)
        save(workspace, self.stays, self.leaves, self.doubtful, self.other)
        save(workspace, self.draft, self.handed, self.own, self.signature)
        save(workspace, an_issue(workspace), an_issue(workspace, "已办结", state=IssueState.CLOSED))

    def deputy(self, one: Deputy) -> Deputy:
        return record_of(self.workspace, Deputy, one.id)

    def asked(self, roster: Path | None, **told: object) -> TermChange:
        return TermChange(congress=self.town.id, began_on=BEGINS, roster=roster, **told)  # type: ignore[arg-type]  # any field may be told


@pytest.fixture
def town(workspace: Workspace) -> Town:
    return Town(workspace)


def roster(folder: Path, *rows: Sequence[str]) -> Path:
    usual = (
        ("代表甲", "乡镇", "101", "一选区", ""),
        ("代表丙", "乡镇", "103", "九选区", ""),
        ("代表戊", "乡镇", "105", "二选区", "13800000000"),
        ("县里的人", "县级", "901", "", ""),
    )
    return written_csv(folder / "新一届代表名册.csv", HEADER, rows or usual)


def test_what_would_happen_is_told_and_nothing_is_saved(town: Town, tmp_path: Path) -> None:
    before = count(town.workspace)
    plan = plan_term(town.workspace, town.asked(roster(tmp_path)))
    assert count(town.workspace) == before
    assert (plan.new.term_no, plan.new.began_on) == (18, BEGINS)
    assert plan.old
    assert plan.old.id == town.old.id
    assert plan.old.ended_on == BEGINS
    assert [each.before.name for each in plan.goes_on] == ["代表甲"]
    assert [(each.told.name, [near.id for near in each.near]) for each in plan.doubts] == [("代表丙", [town.doubtful.id])]
    assert [each.deputy.name for each in plan.joins] == ["代表戊"]
    assert [each.name for each in plan.leaves] == ["代表乙"]
    assert (plan.read, plan.refused, plan.others) == (4, 0, 1)
    assert [(each.suggestion.id, each.open_words) for each in plan.suggestions] == [
        (town.draft.id, True),
        (town.handed.id, False),
    ]
    assert [each.id for each in plan.renewed] == [town.own.id]
    assert plan.issues == 1


def test_a_doubt_is_decided_by_a_person_before_anything_happens(town: Town, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        change_term(town.workspace, town.asked(roster(tmp_path)))
    assert (caught.value.code, caught.value.facts["names"]) == ("term_doubtful", ["代表丙"])
    assert not found_former(town.workspace)


def found_former(workspace: Workspace) -> list[FormerDeputy]:
    with workspace.reading() as connection:
        return found(connection, FormerDeputy)


def changed(town: Town, folder: Path, **told: object) -> Id:
    asked = town.asked(roster(folder), same={3: town.doubtful.id}, **told)
    return change_term(town.workspace, asked).id


def test_the_term_of_one_congress_is_closed_and_the_others_are_left_alone(town: Town, tmp_path: Path) -> None:
    new = changed(town, tmp_path, heirs={town.draft.id: town.stays.id, town.handed.id: "row:4"})
    stays, leaves, other = (town.deputy(each) for each in (town.stays, town.leaves, town.other))
    assert (stays.term, stays.earlier_terms, stays.deputy_card_no) == (new, (town.old.id,), "101")
    assert (leaves.status, leaves.ended_on, leaves.term) == (DeputyStatus.ENDED, BEGINS, town.old.id)
    assert other == town.other
    assert town.deputy(town.doubtful).term == new
    terms = {each.congress.name: [(one.term_no, one.ended_on) for one in each.terms] for each in congress_terms(town.workspace)}
    assert terms == {"某镇人民代表大会": [(17, BEGINS), (18, None)], "某县人民代表大会": [(18, None)]}
    assert [(each.name, each.terms, each.deputy) for each in found_former(town.workspace)] == [
        ("代表乙", ("第17届",), town.leaves.id)
    ]
    with town.workspace.reading() as connection:
        joined = next(each for each in found(connection, Deputy) if each.name == "代表戊")
        assert [each.phone for each in found(connection, Contact) if each.of == joined.id] == ["13800000000"]
    assert (joined.congress, joined.term, joined.level) == (town.town.id, new, Level.TOWNSHIP)
    draft, handed = (record_of(town.workspace, Suggestion, each.id) for each in (town.draft, town.handed))
    assert (draft.lead_deputy, draft.term) == (town.stays.id, new)
    assert (handed.lead_deputy, handed.taken_over_by, handed.term) == (town.leaves.id, joined.id, town.old.id)
    assert record_of(town.workspace, Suggestion, town.own.id).term == new
    struck = record_of(town.workspace, Cosignature, town.signature.id)
    assert (struck.state, struck.struck_on) == (CosignatureState.STRUCK, BEGINS)


def test_without_an_heir_a_suggestion_stays_with_the_former_deputy(town: Town, tmp_path: Path) -> None:
    changed(town, tmp_path)
    assert record_of(town.workspace, Suggestion, town.draft.id) == town.draft
    assert record_of(town.workspace, Suggestion, town.handed.id) == town.handed


def test_nobody_inherits_who_is_not_in_the_new_term(town: Town, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        changed(town, tmp_path, heirs={town.draft.id: town.other.id})
    assert caught.value.code == "heir_unknown"


def test_one_undo_takes_all_of_it_back_and_one_more_makes_it_again(town: Town, tmp_path: Path) -> None:
    before = count(town.workspace)
    new = changed(town, tmp_path, heirs={town.handed.id: town.stays.id})
    after = count(town.workspace)
    done = undo_last(town.workspace, town.leaves.id)  # whichever of its records is asked for
    assert (done.redone, done.event) == (False, "saved")
    assert count(town.workspace) == before
    for each in (town.stays, town.leaves, town.doubtful):
        assert town.deputy(each) == each
    assert record_of(town.workspace, Suggestion, town.handed.id) == town.handed
    assert record_of(town.workspace, Cosignature, town.signature.id) == town.signature
    again = undo_last(town.workspace, town.leaves.id)
    assert again.redone
    assert count(town.workspace) == after
    assert town.deputy(town.stays).term == new
    assert not check(town.workspace, read_data=True).findings


def test_what_was_worked_on_since_is_taken_back_first(town: Town, tmp_path: Path) -> None:
    new = changed(town, tmp_path)
    save(town.workspace, replace(town.deputy(town.stays), remarks="换届后改过"))
    with pytest.raises(Refused) as caught:
        undo_last(town.workspace, new)
    assert (caught.value.code, caught.value.facts["title"]) == ("undo_worked_on", "代表甲")


def test_without_a_roster_everybody_goes_on_but_those_who_leave(town: Town) -> None:
    plan = plan_term(town.workspace, town.asked(None, leave=frozenset({town.leaves.id})))
    assert [each.before.name for each in plan.goes_on] == ["代表甲", "代表丙"]
    assert [each.name for each in plan.leaves] == ["代表乙"]


def test_who_the_roster_leaves_out_may_go_on_all_the_same(town: Town, tmp_path: Path) -> None:
    plan = plan_term(town.workspace, town.asked(roster(tmp_path), stay=frozenset({town.leaves.id})))
    assert [each.before.name for each in plan.goes_on] == ["代表甲", "代表乙"]
    assert not plan.leaves


@pytest.mark.parametrize(
    ("told", "code"), [({"term_no": 17}, "term_number_past"), ({"began_on": date(2020, 1, 1)}, "term_day_past")]
)
def test_a_new_term_comes_after_the_old_one(town: Town, told: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as caught:
        plan_term(town.workspace, replace(town.asked(None), **told))  # type: ignore[arg-type]  # any field may be told
    assert [each.code for each in caught.value.facts["problems"]] == [code]  # type: ignore[attr-defined]  # facts are of any type


def test_the_first_term_of_a_congress_needs_its_number(workspace: Workspace) -> None:
    congress = Congress(id=workspace.clock.new_id(), name="某乡人民代表大会", level=Level.TOWNSHIP)
    unsaid = a_deputy(workspace, "代表己", level=Level.TOWNSHIP)  # nobody said which congress; there is only one of the level
    save(workspace, congress, unsaid)
    asked = TermChange(congress=congress.id, began_on=BEGINS)
    with pytest.raises(Refused):
        plan_term(workspace, asked)
    change_term(workspace, replace(asked, term_no=19))
    now = record_of(workspace, Deputy, unsaid.id)
    assert (now.congress, now.earlier_terms) == (congress.id, ())
