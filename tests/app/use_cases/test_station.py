"""The station's own record and the people at its keyboard."""

from dataclasses import replace
from typing import Any

import pytest

from app.changes import Changes
from app.domain.people import Role
from app.domain.station import Station
from app.errors import Refused
from app.queries.operators import operators
from app.storage.records import Stored
from app.use_cases.signing_in import sign_in
from app.use_cases.station import add_operator, end_operator, save_station
from app.workspace import Workspace
from tests.app.use_cases.problems import problems_of


def stored(workspace: Workspace) -> Stored[Station]:
    with workspace.writing() as books:
        return books.records.get(Station, workspace.author.owner)


def test_the_station_is_saved_on_top_of_what_was_seen(workspace: Workspace) -> None:
    before = stored(workspace)
    saved = save_station(workspace, replace(before.record, place="东街", office_phone="1"), before.heads)
    assert (stored(workspace).record.place, saved.changes) == ("东街", Changes.STATION)
    with pytest.raises(Refused, match="stale"):
        save_station(workspace, replace(before.record, place="西街"), before.heads)
    assert stored(workspace).record.place == "东街"


@pytest.mark.parametrize(
    ("field", "value", "code"), [("name", " ", "station_name_missing"), ("code", "1", "station_code_malformed")]
)
def test_a_station_without_name_or_code_is_not_saved(workspace: Workspace, field: str, value: str, code: str) -> None:
    before = stored(workspace)
    told: dict[str, Any] = {field: value}
    with pytest.raises(Refused) as caught:
        save_station(workspace, replace(before.record, **told), before.heads)
    assert problems_of(caught.value) == [(code, field)]


def test_people_come_choose_their_place_and_go(workspace: Workspace) -> None:
    added = add_operator(workspace, " 志愿者乙 ", [Role.VOLUNTEER])
    assert [(each.name, each.roles, each.here) for each in operators(workspace)] == [
        ("联络员甲", (), True),
        ("志愿者乙", (Role.VOLUNTEER,), False),
    ]
    with pytest.raises(Refused, match="operator_known"):
        add_operator(workspace, "志愿者乙")
    with pytest.raises(Refused, match="incomplete"):
        add_operator(workspace, "  ")
    with pytest.raises(Refused, match="operator_at_keyboard"):
        end_operator(workspace, workspace.author.op)
    first = workspace.author.op
    acting = workspace.acting_as(sign_in(workspace, added.id).id)
    assert [each.here for each in operators(acting)] == [False, True]
    end_operator(acting, first)
    assert [each.name for each in operators(acting)] == ["志愿者乙"]
    assert add_operator(acting, "联络员甲").id != first


def test_nobody_unknown_sits_down(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="record_missing"):
        sign_in(workspace, workspace.clock.new_id())
