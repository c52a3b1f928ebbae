"""Undo: any record goes back with what belongs to it, an undo of an undo makes it again, and the journal stays sound."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.changes import Changes
from app.domain.belonging import OWNERS
from app.domain.encounter import Encounter
from app.domain.handling import Supervision
from app.domain.issue import Issue
from app.domain.issue_steps import StepEntry
from app.domain.kinds import ALL_KINDS
from app.domain.life import IssueEvent, IssueState, SuggestionState
from app.domain.people import Operator
from app.domain.records import Record
from app.domain.revisions import read_line
from app.domain.step import Step
from app.domain.values import Id
from app.domain.visit import Speech, Visit, VisitKind
from app.domain.visit_sheet import VisitSheet
from app.errors import AppError, Refused
from app.province.store import find
from app.queries.counts import count
from app.queries.reconciliation import standing
from app.queries.record import history, record_of
from app.queries.relations import found
from app.storage.records import Stored
from app.use_cases.issues import new_sheet, save_issue, step_issue
from app.use_cases.receptions import save_visit
from app.use_cases.suggestions import draft_suggestion, submit_suggestion
from app.use_cases.trash import restore
from app.use_cases.undo import undo_last
from app.use_cases.upkeep import check
from app.workspace import Workspace
from tests.app.domain.invented import records
from tests.builders import Pair, a_deputy, a_visitor_line, an_issue, remove, save

TODAY: Final = date(2026, 11, 21)


def stands(workspace: Workspace, id: Id) -> Stored[Record]:
    with workspace.writing() as books:
        stored = books.records.find(id)
    assert stored
    return stored


def refused(workspace: Workspace, id: Id, **told: Any) -> AppError:
    before = count(workspace)
    with pytest.raises(AppError) as caught:
        undo_last(workspace, id, **told)
    assert count(workspace) == before
    return caught.value


def sound(workspace: Workspace) -> bool:
    return not check(workspace, read_data=True).findings


def a_reception(workspace: Workspace, *names: str) -> VisitSheet:
    visit = Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION, station=workspace.author.owner, on=TODAY)
    return VisitSheet(visit=visit, lines=tuple(a_visitor_line(workspace, each) for each in names))


# --- one record -------------------------------------------------------------------------------------------------------


def test_a_record_is_as_it_was_before_its_last_change(workspace: Workspace) -> None:
    issue = an_issue(workspace, place="东街")
    save(workspace, issue)
    save(workspace, replace(issue, place="西街"))
    done = undo_last(workspace, issue.id)
    assert record_of(workspace, Issue, issue.id) == issue
    assert (done.event, done.fields, done.title, done.redone) == ("saved", ("place",), issue.subject, False)
    assert (done.records, done.operator, done.changes) == ((issue.id,), "联络员甲", Changes.ISSUES)
    assert [each.event for each in history(workspace, issue.id)] == ["saved", "saved", "saved", "undone"]


def test_an_undo_of_an_undo_makes_the_change_again_and_says_so(workspace: Workspace) -> None:
    issue = an_issue(workspace, place="东街")
    save(workspace, issue)
    save(workspace, changed := replace(issue, place="西街"))
    undone = undo_last(workspace, issue.id)
    redone = undo_last(workspace, issue.id, rev=undone.rev)
    assert (redone.redone, record_of(workspace, Issue, issue.id)) == (True, changed)
    again = undo_last(workspace, issue.id)
    assert (again.redone, record_of(workspace, Issue, issue.id)) == (False, issue)


def test_what_was_just_entered_goes_into_the_trash_and_comes_back(workspace: Workspace) -> None:
    issue = an_issue(workspace)
    save(workspace, issue)
    assert undo_last(workspace, issue.id).event == "removed"
    assert stands(workspace, issue.id).deleted
    assert undo_last(workspace, issue.id).event == "restored"
    assert record_of(workspace, Issue, issue.id) == issue


def test_a_removal_is_undone(workspace: Workspace) -> None:
    issue = an_issue(workspace)
    save(workspace, issue)
    remove(workspace, issue.id)
    assert undo_last(workspace, issue.id).event == "restored"
    assert record_of(workspace, Issue, issue.id) == issue


def test_nothing_of_nothing_is_undone(workspace: Workspace) -> None:
    assert refused(workspace, workspace.clock.new_id()).code == "record_missing"
    assert refused(workspace, workspace.author.owner).code == "nothing_to_undo", "a station without itself would be none"
    assert refused(workspace, workspace.author.op).code == "nothing_to_undo"


# --- what belongs together --------------------------------------------------------------------------------------------


def test_an_issue_goes_back_with_its_step_and_its_slip(workspace: Workspace) -> None:
    issue = an_issue(workspace, state=IssueState.REGISTERED)
    save(workspace, issue)
    step_issue(workspace, issue.id, IssueEvent.ACCEPT, StepEntry(on=TODAY))
    undone = undo_last(workspace, issue.id)
    assert (record_of(workspace, Issue, issue.id).state, len(undone.records)) == (IssueState.REGISTERED, 2)
    with workspace.reading() as connection:
        assert not found(connection, Step)
    undo_last(workspace, issue.id)
    assert record_of(workspace, Issue, issue.id).state == IssueState.ACCEPTED
    with workspace.reading() as connection:
        assert [each.event for each in found(connection, Step)] == [IssueEvent.ACCEPT], "withdrawn, and back as it was written"
    assert sound(workspace)


def test_an_issue_noted_with_its_person_goes_with_it(workspace: Workspace) -> None:
    sheet = new_sheet(workspace)
    assert sheet.met
    assert sheet.contact
    told = replace(
        sheet,
        issue=replace(sheet.issue, words="路灯不亮"),
        met=replace(sheet.met, name="来访者甲"),
        contact=replace(sheet.contact, phone="13800000001"),
    )
    done = save_issue(workspace, told)
    assert len(undo_last(workspace, done.id).records) == 3
    assert count(workspace).get("encounter", 0) == count(workspace).get("contact", 0) == 0


def test_the_last_change_of_a_visit_is_the_last_line_of_it(workspace: Workspace) -> None:
    first = save_visit(workspace, a_reception(workspace, "来访者甲"))
    second = a_visitor_line(workspace, "来访者乙")
    grown = save_visit(workspace, replace(first.sheet, lines=(*first.sheet.lines, second)), first.seen)
    undo_last(workspace, first.sheet.visit.id)
    with workspace.reading() as connection:
        assert [each.name for each in found(connection, Encounter)] == ["来访者甲"]
    undo_last(workspace, first.sheet.visit.id)
    with workspace.reading() as connection:
        assert found(connection, Issue) == list(grown.sheet.issues())


def test_one_line_of_a_sheet_goes_back_alone(workspace: Workspace) -> None:
    saved = save_visit(workspace, a_reception(workspace, "来访者甲", "来访者乙"))
    met = saved.sheet.lines[0].encounter
    assert len(undo_last(workspace, met.id).records) == 2, "the person, and what they raised"
    assert not stands(workspace, saved.sheet.visit.id).deleted
    assert not stands(workspace, saved.sheet.lines[1].encounter.id).deleted


def test_what_others_stand_on_is_not_taken_away(workspace: Workspace) -> None:
    issue, lead = an_issue(workspace), a_deputy(workspace)
    save(workspace, lead)
    save(workspace, issue)
    draft_suggestion(workspace, title="关于路灯的建议", lead=lead.id, issues=[issue.id])
    told = refused(workspace, issue.id)
    assert (told.code, told.facts["kind"], told.facts["title"]) == ("undo_named", "suggestion", "关于路灯的建议")


# --- what may not be undone -------------------------------------------------------------------------------------------


def test_a_submitted_suggestion_stands_and_so_do_its_grounds(workspace: Workspace) -> None:
    issue, lead = an_issue(workspace, state=IssueState.APPROVED), a_deputy(workspace)
    save(workspace, lead)
    save(workspace, issue)
    drafted = draft_suggestion(workspace, title="关于路灯的建议", lead=lead.id, issues=[issue.id], text="请修路灯")
    assert undo_last(workspace, drafted.id).event == "removed"
    undo_last(workspace, drafted.id)
    submit_suggestion(workspace, drafted.id)
    for id in (drafted.id, issue.id):
        told = refused(workspace, id)
        assert (told.code, told.facts["state"]) == ("undo_frozen", SuggestionState.SUBMITTED)


def test_a_change_by_somebody_else_is_undone_only_by_its_name(workspace: Workspace) -> None:
    issue = an_issue(workspace, place="东街")
    save(workspace, issue)
    other = Operator(id=workspace.clock.new_id(), name="志愿者乙")
    save(workspace, other)
    save(workspace.acting_as(other.id), replace(issue, place="西街"))
    told = refused(workspace, issue.id)
    assert (told.code, told.facts["operator"]) == ("undo_others", "志愿者乙")
    rev = stands(workspace, issue.id).rev
    assert undo_last(workspace, issue.id, rev=rev).operator == "志愿者乙"
    assert record_of(workspace, Issue, issue.id) == issue


def test_who_saw_an_older_state_undoes_nothing(workspace: Workspace) -> None:
    issue = an_issue(workspace, place="东街")
    save(workspace, issue)
    seen = stands(workspace, issue.id).rev
    save(workspace, replace(issue, place="西街"))
    assert refused(workspace, issue.id, rev=seen).code == "stale"


def test_a_change_of_another_computer_is_left_to_it(workspace: Workspace) -> None:
    issue = an_issue(workspace, place="东街")
    save(workspace, issue)
    with workspace.writing() as books:
        line = books.journal.revisions_of([issue.id])[issue.id][-1]
    first = read_line(line.line)
    elsewhere = replace(
        first, rev=workspace.clock.new_id(), parents=(first.rev,), gen=2, by="0" * 16, body={**first.body, "place": "南街"}
    )
    with workspace.writing() as books:
        books.records.take_in([elsewhere])
    assert refused(workspace, issue.id).code == "undo_elsewhere"
    sibling = replace(elsewhere, rev=workspace.clock.new_id(), body={**first.body, "place": "北街"})
    with workspace.writing() as books:
        books.records.take_in([sibling])
    assert refused(workspace, issue.id).code == "undo_disputed"


# --- what travels -----------------------------------------------------------------------------------------------------


def test_what_was_undone_before_it_was_sent_is_never_sent(line: Pair) -> None:
    kept, undone = an_issue(line.station), an_issue(line.station, "写错了的事")
    save(line.station, kept)
    save(line.station, undone)
    undo_last(line.station, undone.id)
    line.round_trip()
    assert standing(line.station, contact=False).records["never_sent"] == 0
    assert (received(line, kept.id), received(line, undone.id)) == (True, False)
    restore(line.station, undone.id)
    line.round_trip()
    assert received(line, undone.id), "what came out of the trash is sent after all"


def test_what_was_undone_after_it_was_sent_goes_as_it_is_now(line: Pair) -> None:
    issue = an_issue(line.station, place="东街")
    save(line.station, issue)
    save(line.station, replace(issue, place="西街"))
    line.round_trip()
    undo_last(line.station, issue.id)
    line.round_trip()
    told = standing(line.station, contact=False).records
    assert told["never_sent"] == told["sent"] == told["returned"] == 0
    assert find(line.body.store, issue.id).revision.body["place"] == "东街"


def received(line: Pair, id: Id) -> bool:
    """Whether the body holds the record."""
    try:
        return find(line.body.store, id) is not None
    except Refused:
        return False


def test_a_part_that_changed_its_whole_goes_back_and_comes_again(workspace: Workspace) -> None:
    first, second, part = (workspace.clock.new_id() for _ in range(3))
    save(workspace, Speech(id=first), Supervision(id=part, of=first, account="旧"))
    save(workspace, Speech(id=second), Supervision(id=part, of=second, account="新"))
    before = snapshot(workspace, [first, second, part])
    undone = undo_last(workspace, second)
    stands = record_of(workspace, Supervision, part)
    assert (stands.of, stands.account) == (first, "旧")
    undo_last(workspace, undone.id, rev=undone.rev)
    assert snapshot(workspace, [first, second, part]) == before


# --- any sequence -----------------------------------------------------------------------------------------------------


@st.composite
def deeds(draw: st.DrawFn) -> list[tuple[str, Any]]:
    """Saves of one to three records of any kinds, some parts of others, with undos, removals and restorings between them."""
    pool = draw(st.lists(records(*ALL_KINDS), min_size=2, max_size=5, unique_by=lambda each: each.id))
    ids = st.sampled_from([each.id for each in pool])

    def version(record: Record) -> Record:
        told = draw(records(type(record)))
        owned: dict[str, Any] = {name: draw(ids | st.just("")) for name in OWNERS if name in record.traits.fields}
        return replace(told, id=record.id, **owned)

    done: list[tuple[str, Any]] = []
    for _ in range(draw(st.integers(1, 8))):
        what = draw(st.sampled_from(["save", "save", "undo", "undo", "remove", "restore"]))
        some = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=3, unique_by=lambda each: each.id))
        done.append((what, [version(each) for each in some] if what == "save" else some[0].id))
    return done


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=40)
@given(deeds())
def test_any_sequence_of_saves_and_undos_leaves_the_journal_sound(workspace: Workspace, done: list[tuple[str, Any]]) -> None:
    fresh: dict[Id, Id] = {}
    for what, told in done:
        if what == "save":
            allowed(save, workspace, *(renamed(workspace, each, fresh) for each in told))
            continue
        id = fresh.setdefault(told, workspace.clock.new_id())
        if what == "undo":
            allowed(undo_and_redo, workspace, id, list(fresh.values()))
        else:
            allowed(remove if what == "remove" else restore, workspace, id)
    assert sound(workspace)


EXPECTED: Final = {
    *("append_only", "text_frozen", "record_missing", "not_in_trash", "restore_whole_first"),
    *("nothing_to_undo", "undo_frozen", "undo_named", "undo_sealed"),
    "not_allowed",  # the records of a sequence may be operators, whose roles hold from then on
}


def allowed(deed: Callable[..., object], *told: object) -> str:
    """Do what may be done; what is refused, is refused for a reason that such a sequence can have."""
    try:
        deed(*told)
    except Refused as refusal:
        if refusal.code not in EXPECTED:
            raise
        return refusal.code
    return ""


def undo_and_redo(workspace: Workspace, id: Id, ids: Sequence[Id]) -> None:
    """Undo, make it again, and undo once more: the second leaves everything as it was before the first."""
    before = snapshot(workspace, ids)
    undone = undo_last(workspace, id)
    between = snapshot(workspace, ids)
    if allowed(lambda: undo_last(workspace, undone.id, rev=undone.rev)):
        assert before != between, "what went back into a submitted state stays there"
        return
    assert snapshot(workspace, ids) == before != between
    undo_last(workspace, id)
    assert snapshot(workspace, ids) == between


def snapshot(workspace: Workspace, ids: Sequence[Id]) -> dict[Id, Record]:
    with workspace.writing() as books:
        stored = {id: books.records.find(id) for id in ids}
    return {id: each.record for id, each in stored.items() if each and not each.deleted}


def renamed(workspace: Workspace, record: Record, fresh: dict[Id, Id]) -> Record:
    """The record under an identifier of this station: examples do not meet each other."""
    named: dict[str, Any] = {
        name: fresh.setdefault(value, workspace.clock.new_id())
        for name in OWNERS
        if name in record.traits.fields and (value := getattr(record, name))
    }
    return replace(record, id=fresh.setdefault(record.id, workspace.clock.new_id()), **named)
