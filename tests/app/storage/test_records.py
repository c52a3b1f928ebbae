"""Records: a save is one line, one view and one index entry, all or nothing; nobody overwrites what they have not seen."""

import json
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, assume, given, settings
from sqlalchemy import select

from app.domain.attachment import Attachment
from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.life import IssueState, SuggestionState
from app.domain.people import Operator, Role
from app.domain.records import Record, body_of
from app.domain.revisions import WHOLE_RECORD, Revision, canonical, read_line
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.errors import AppError, Refused
from app.queries.search import search
from app.storage.records import Stored
from app.storage.tables import CurrentRow, JournalRow
from app.workspace import Workspace
from tests.app.domain.invented import any_record
from tests.builders import a_deputy, an_encounter, an_issue, remove, save

SALT: Final = "00112233445566778899aabbccddeeff"


def stored(workspace: Workspace, id: Id) -> Stored[Record]:
    """The record as it stands, removed ones too."""
    with workspace.writing() as books:
        found = books.records.find(id)
    assert found is not None
    return found


def lines_of(workspace: Workspace, id: Id) -> list[Revision]:
    """All revisions of a record, oldest first."""
    question = select(JournalRow.line).where(JournalRow.record == id).order_by(JournalRow.seq)
    with workspace.reading() as connection:
        return [read_line(line) for line in connection.scalars(question)]


def row_of(workspace: Workspace, id: Id) -> Any:
    with workspace.reading() as connection:
        return connection.execute(select(CurrentRow.__table__).where(CurrentRow.id == id)).one()


def refused(workspace: Workspace, *records: Record, **told: Any) -> AppError:
    """The error with which a save is refused, after which nothing has changed."""
    with workspace.reading() as connection:
        before = connection.execute(select(CurrentRow.__table__)).all()
    with pytest.raises(AppError) as caught, workspace.writing() as books:
        books.records.save_all(records, **told)
    with workspace.reading() as connection:
        assert connection.execute(select(CurrentRow.__table__)).all() == before
    return caught.value


def elsewhere(base: Revision, workspace: Workspace, **told: Any) -> Revision:
    """A revision on top of `base` that another seat of the same station has made."""
    made = {"rev": workspace.clock.new_id(), "by": "f" * 16, "parents": (base.rev,), "gen": base.gen + 1, "salt": SALT}
    return replace(base, **{**made, **told})


def take_in(workspace: Workspace, *revisions: Revision) -> int:
    with workspace.writing() as books:
        return books.records.take_in(revisions)


# --- saving ---------------------------------------------------------------------------------------------------------


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(record=any_record())
def test_any_record_comes_back_as_it_was_saved(workspace: Workspace, record: Record) -> None:
    assume(not (isinstance(record, Operator) and Role.STATION_HEAD in record.roles))  # from then on not everybody may save
    fresh = replace(record, id=workspace.clock.new_id())
    save(workspace, fresh)
    assert stored(workspace, fresh.id).record == fresh
    (line,) = lines_of(workspace, fresh.id)
    assert (line.id, line.kind, line.body, line.deleted) == (fresh.id, record.traits.name, body_of(record), False)


def test_a_save_writes_one_line_that_says_who_when_and_on_top_of_what(workspace: Workspace) -> None:
    issue = an_issue(workspace)
    save(workspace, issue)
    save(workspace, replace(issue, subject="西街路灯不亮"))
    first, second = lines_of(workspace, issue.id)
    assert (first.parents, first.gen, second.parents, second.gen) == ((), 1, (first.rev,), 2)
    assert second.hlc > first.hlc
    author = workspace.author
    assert {(each.owner, each.by, each.op) for each in (first, second)} == {(author.owner, author.by, author.op)}
    assert first.salt != second.salt


def test_the_view_shows_the_newest_line(workspace: Workspace) -> None:
    issue = an_issue(workspace, "路灯", received_on=date(2026, 3, 1))
    save(workspace, issue)
    save(workspace, replace(issue, subject="路灯修好"))
    row, newest = row_of(workspace, issue.id), lines_of(workspace, issue.id)[-1]
    assert (row.title, row.day, row.rev, row.heads, row.gen) == ("路灯修好", "2026-03-01", newest.rev, newest.rev, 2)
    assert json.loads(row.body) == newest.body
    assert (row.owner, row.kind, row.deleted, row.disputed) == (workspace.author.owner, "issue", 0, "")


def test_saving_what_stands_already_writes_no_line(workspace: Workspace) -> None:
    issue = an_issue(workspace)
    with workspace.writing() as books:
        assert books.records.save_all([issue]) == 1
    with workspace.writing() as books:
        assert books.records.save_all([issue, an_issue(workspace)]) == 1
    assert len(lines_of(workspace, issue.id)) == 1


def test_unknown_fields_of_a_newer_program_survive_a_save(workspace: Workspace) -> None:
    issue = an_issue(workspace, extra={"later": [1, {"a": None}]})
    save(workspace, issue)
    found = stored(workspace, issue.id).record
    assert isinstance(found, Issue)
    save(workspace, replace(found, subject="另一件"))
    assert lines_of(workspace, issue.id)[-1].body["later"] == [1, {"a": None}]


def test_many_records_are_saved_in_one_batch(workspace: Workspace) -> None:
    issues = [an_issue(workspace, f"第{number}件") for number in range(1200)]
    save(workspace, *issues)
    save(workspace, *(replace(each, place="东街") for each in issues))
    assert all(row.gen == 2 for row in (row_of(workspace, issues[0].id), row_of(workspace, issues[-1].id)))
    assert search(workspace, "东街").total == 1200


def test_a_record_twice_in_a_batch_is_a_mistake_of_the_program(workspace: Workspace) -> None:
    issue = an_issue(workspace)
    with pytest.raises(ValueError, match="once"), workspace.writing() as books:
        books.records.save_all([issue, replace(issue, subject="b")])
    assert lines_of(workspace, issue.id) == []


def test_a_record_too_long_for_any_package_is_refused_before_anything_is_written(workspace: Workspace) -> None:
    long = replace(an_issue(workspace), words="长" * 400_000)
    with pytest.raises(Refused) as refused:
        save(workspace, long)
    assert refused.value.code == "record_large"
    with workspace.writing() as books:
        assert books.records.find(long.id) is None


def test_text_that_no_file_holds_is_refused_before_anything_is_written(workspace: Workspace) -> None:
    assert refused(workspace, an_issue(workspace, "好"), an_issue(workspace, "坏\ud800")).code == "text_malformed"


def test_a_record_keeps_its_kind(workspace: Workspace) -> None:
    issue = an_issue(workspace)
    save(workspace, issue)
    error = refused(workspace, Encounter(id=issue.id, name="甲"))
    assert (error.code, error.facts) == ("kind_differs", {"id": issue.id, "stands": "issue", "given": "encounter"})


def test_what_is_only_ever_added_is_not_changed(workspace: Workspace) -> None:
    attachment = Attachment(id=workspace.clock.new_id(), name="照片.jpg", size=3)
    save(workspace, attachment)
    error = refused(workspace, replace(attachment, name="别的.jpg"))
    assert (error.code, error.facts) == ("append_only", {"kind": "attachment", "id": attachment.id})
    with workspace.writing() as books:
        assert books.records.save_all([attachment]) == 0


def test_an_error_anywhere_in_a_transaction_leaves_nothing_of_it(workspace: Workspace) -> None:
    issue = an_issue(workspace, "独一无二")

    def save_and_fail() -> None:
        with workspace.writing() as books:
            books.records.save(issue)
            books.note("tried", {"a": 1})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        save_and_fail()
    with workspace.reading() as connection:
        assert connection.execute(select(JournalRow.seq).where(JournalRow.kind == "tried")).first() is None
    assert lines_of(workspace, issue.id) == []
    assert search(workspace, "独一无二").total == 0


# --- on top of what was seen -----------------------------------------------------------------------------------------


def test_a_save_on_top_of_what_was_seen_goes_through(workspace: Workspace) -> None:
    issue = an_issue(workspace)
    save(workspace, issue)
    seen = stored(workspace, issue.id)
    with workspace.writing() as books:
        books.records.save(replace(issue, subject="b"), seen=seen.heads)
    assert len(lines_of(workspace, issue.id)) == 2


def test_a_stale_save_is_refused_with_both_revisions(workspace: Workspace) -> None:
    issue = an_issue(workspace)
    save(workspace, issue)
    seen = stored(workspace, issue.id)
    save(workspace, replace(issue, subject="别人先改了"))
    error = refused(workspace, replace(issue, subject="我后改"), seen={issue.id: seen.heads})
    stands = stored(workspace, issue.id)
    assert (error.code, error.facts) == ("stale", {"id": issue.id, "seen": seen.heads, "stands": stands.heads})
    assert seen.heads != stands.heads


def test_a_branch_that_came_in_meanwhile_makes_a_save_stale_though_the_winner_stands(workspace: Workspace) -> None:
    issue = an_issue(workspace)
    save(workspace, issue)
    save(workspace, replace(issue, subject="b"))
    first = lines_of(workspace, issue.id)[0]
    seen = stored(workspace, issue.id)
    take_in(workspace, elsewhere(first, workspace, body={**first.body, "place": "东街"}, hlc="000000000000-0000"))
    assert stored(workspace, issue.id).rev == seen.rev
    assert refused(workspace, replace(issue, subject="c"), seen={issue.id: seen.heads}).code == "stale"


# --- removing --------------------------------------------------------------------------------------------------------


def test_a_removed_record_is_gone_from_views_and_its_tombstone_keeps_the_body(workspace: Workspace) -> None:
    issue = an_issue(workspace, "要删除的事项")
    save(workspace, issue)
    with workspace.writing() as books:
        assert books.records.remove([issue.id, issue.id, workspace.clock.new_id()]) == 1
    tomb = lines_of(workspace, issue.id)[-1]
    assert (tomb.deleted, tomb.gen, tomb.body) == (True, 2, body_of(issue))
    with pytest.raises(Refused, match="record_missing"), workspace.writing() as books:
        books.records.get(Issue, issue.id)
    assert stored(workspace, issue.id).deleted
    assert search(workspace, "要删除的事项").total == 0
    with workspace.writing() as books:
        assert books.records.remove([issue.id]) == 0


def test_a_removed_record_that_is_saved_again_stands_again(workspace: Workspace) -> None:
    issue = an_issue(workspace, "失而复得")
    save(workspace, issue)
    remove(workspace, issue.id)
    save(workspace, issue)
    assert [each.deleted for each in lines_of(workspace, issue.id)] == [False, True, False]
    assert not stored(workspace, issue.id).deleted
    assert [hit.id for hit in search(workspace, "失而复得").hits] == [issue.id]


def test_only_records_that_stand_are_found_by_kind(workspace: Workspace) -> None:
    deputies = [a_deputy(workspace, name) for name in ("甲", "乙", "丙")]
    save(workspace, *deputies, an_issue(workspace))
    remove(workspace, deputies[1].id)
    with workspace.writing() as books:
        assert [each.record for each in books.records.all_of(type(deputies[0]))] == [deputies[0], deputies[2]]
        with pytest.raises(Refused, match="record_missing"):
            books.records.get(Issue, deputies[0].id)


# --- the words of a submitted suggestion ------------------------------------------------------------------------------


def test_the_words_of_a_submitted_suggestion_do_not_change(workspace: Workspace) -> None:
    submitted = Suggestion(id=workspace.clock.new_id(), subject="标题", text="一\n二", state=SuggestionState.SUBMITTED)
    save(workspace, submitted)
    for changed in (
        replace(submitted, text="一\n三"),
        replace(submitted, subject="别的"),
        replace(submitted, text="", state="draft"),
    ):
        error = refused(workspace, changed)
        assert (error.code, error.facts) == ("text_frozen", {"id": submitted.id, "state": "submitted"})
    save(workspace, replace(submitted, text="一\r\n二", state=SuggestionState.RETURNED))


def test_a_suggestion_that_was_sent_back_is_revised_after_it_became_a_draft_again(workspace: Workspace) -> None:
    returned = Suggestion(id=workspace.clock.new_id(), subject="标题", text="旧", state=SuggestionState.RETURNED)
    save(workspace, returned)
    assert refused(workspace, replace(returned, text="新", state=SuggestionState.DRAFT)).code == "text_frozen"
    draft = replace(returned, state=SuggestionState.DRAFT)
    save(workspace, draft)
    save(workspace, replace(draft, text="新"))


# --- revisions made elsewhere ---------------------------------------------------------------------------------------


def test_revisions_from_elsewhere_are_taken_in_once_as_they_are(workspace: Workspace) -> None:
    issue = an_issue(workspace)
    save(workspace, issue)
    first = lines_of(workspace, issue.id)[0]
    second = elsewhere(first, workspace, body={**first.body, "place": "东街巷口"})
    assert take_in(workspace, second, second) == 1
    assert take_in(workspace, first, second) == 0
    assert lines_of(workspace, issue.id) == [first, second]
    assert row_of(workspace, issue.id).rev == second.rev
    assert search(workspace, "东街巷口").total == 1


def test_branches_are_shown_joined_and_one_save_closes_them(workspace: Workspace) -> None:
    issue = an_issue(workspace, "路灯", state=IssueState.REGISTERED)
    save(workspace, issue)
    first = lines_of(workspace, issue.id)[0]
    save(workspace, replace(issue, subject="路灯不亮"))
    take_in(
        workspace,
        elsewhere(first, workspace, body={**first.body, "place": "东街"}),
        elsewhere(first, workspace, body={**first.body, "subject": "电灯不亮"}),
    )
    view = stored(workspace, issue.id)
    assert isinstance(view.record, Issue)
    assert (view.record.place, view.disputed, len(view.heads)) == ("东街", ("subject",), 3)
    assert view.record.subject in {"路灯不亮", "电灯不亮"}
    save(workspace, view.record)
    closed = stored(workspace, issue.id)
    assert (closed.record, closed.disputed, len(closed.heads)) == (view.record, (), 1)
    assert set(lines_of(workspace, issue.id)[-1].parents) == set(view.heads)


def test_a_removal_here_and_an_edit_there_leave_the_edit_visible_and_flagged(workspace: Workspace) -> None:
    issue = an_issue(workspace)
    save(workspace, issue)
    first = lines_of(workspace, issue.id)[0]
    remove(workspace, issue.id)
    take_in(workspace, elsewhere(first, workspace, body={**first.body, "place": "还在用"}))
    view = stored(workspace, issue.id)
    assert (view.deleted, view.disputed) == (False, (WHOLE_RECORD,))
    assert search(workspace, "还在用").total == 1
    remove(workspace, issue.id)
    assert (stored(workspace, issue.id).deleted, stored(workspace, issue.id).disputed) == (True, ())


def test_many_records_from_elsewhere_come_in_at_once(workspace: Workspace) -> None:
    issues = [an_issue(workspace, f"外来第{number}件") for number in range(700)]
    save(workspace, an_issue(workspace))
    sample = lines_of(workspace, next(iter(_ids(workspace, "issue"))))[0]
    coming = [
        replace(sample, id=each.id, rev=workspace.clock.new_id(), by="f" * 16, body=body_of(each), salt=SALT) for each in issues
    ]
    assert take_in(workspace, *coming) == 700
    assert search(workspace, "外来").total == 700


def _ids(workspace: Workspace, kind: str) -> list[Id]:
    with workspace.reading() as connection:
        return list(connection.scalars(select(CurrentRow.id).where(CurrentRow.kind == kind)))


@pytest.mark.parametrize("told", [{"owner": "019b76da-a800-7c3e-82dd-21250b729601"}, {"kind": "encounter"}])
def test_nobody_elsewhere_writes_into_a_record_that_is_not_theirs(workspace: Workspace, told: dict[str, str]) -> None:
    issue = an_issue(workspace)
    save(workspace, issue)
    first = lines_of(workspace, issue.id)[0]
    with pytest.raises(Refused) as caught:
        take_in(workspace, elsewhere(first, workspace, **told))
    assert (caught.value.code, caught.value.facts) == ("record_foreign", {"id": issue.id})
    assert lines_of(workspace, issue.id) == [first]


# --- stamps -----------------------------------------------------------------------------------------------------------


def test_a_person_met_twice_in_a_moment_has_two_stamps(workspace: Workspace) -> None:
    first, second = an_encounter(workspace), an_encounter(workspace)
    save(workspace, first, second)
    assert lines_of(workspace, first.id)[0].hlc < lines_of(workspace, second.id)[0].hlc


def test_the_stored_line_is_the_line_of_the_revision_to_the_byte(workspace: Workspace) -> None:
    issue = an_issue(workspace, "字节“不变”\n𠮷")
    save(workspace, issue)
    with workspace.reading() as connection:
        line = connection.scalars(select(JournalRow.line).where(JournalRow.record == issue.id)).one()
    assert line == read_line(line).line()
    assert canonical(body_of(issue))[1:-1] in line
