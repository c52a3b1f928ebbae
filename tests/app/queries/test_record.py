"""One record as it stands, and as it came to be."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.issue import Issue
from app.domain.people import Deputy
from app.errors import Refused
from app.queries.counts import count
from app.queries.record import history, record, record_of
from tests.builders import MORNING, StationHome, an_issue, remove, save


def test_the_history_tells_who_changed_what_and_when(home: StationHome) -> None:
    with home.opened() as workspace:
        issue = an_issue(workspace, "路灯", extra={"later": 1})
        save(workspace, issue)
    home.wall.pass_by(timedelta(hours=2))
    with home.opened(operator="志愿者乙") as workspace:
        save(workspace, replace(issue, subject="路灯不亮", place="东街"))
        remove(workspace, issue.id)
        save(workspace, issue)
        with workspace.writing() as books:
            books.note("printed", {"paper": "登记表"}, issue.id)
        told = history(workspace, issue.id)
    assert [each.event for each in told] == ["saved", "saved", "removed", "restored", "printed"]
    assert [each.operator for each in told] == ["联络员甲"] + ["志愿者乙"] * 4
    assert {each.seat for each in told} == {workspace.author.by}
    assert (told[0].at, told[1].at) == (MORNING, MORNING + timedelta(hours=2))
    assert told[0].fields["subject"] == (None, "路灯")
    assert told[0].fields["later"] == (None, 1)
    assert told[1].fields == {"subject": ("路灯", "路灯不亮"), "place": (None, "东街")}
    assert told[2].fields == {}
    assert told[3].fields == {"subject": ("路灯不亮", "路灯"), "place": ("东街", None)}
    assert (told[4].fields, told[4].rev) == ({"paper": (None, "登记表")}, None)
    assert len({each.rev for each in told}) == 5


def test_a_record_is_found_by_its_kind_or_any(home: StationHome) -> None:
    with home.opened() as workspace:
        issue = an_issue(workspace)
        save(workspace, issue)
        assert record(workspace, issue.id).record == record_of(workspace, Issue, issue.id) == issue
        with pytest.raises(Refused) as caught:
            record_of(workspace, Deputy, issue.id)
        assert caught.value.facts == {"kind": "deputy", "id": issue.id}


def test_a_removed_record_is_missing_but_its_history_is_not(home: StationHome) -> None:
    with home.opened() as workspace:
        issue = an_issue(workspace)
        save(workspace, issue)
        remove(workspace, issue.id)
        with pytest.raises(Refused, match="record_missing"):
            record(workspace, issue.id)
        assert len(history(workspace, issue.id)) == 2
        assert "issue" not in count(workspace)
        for id in (workspace.clock.new_id(), "", "x"):
            with pytest.raises(Refused, match="record_missing"):
                history(workspace, id)
