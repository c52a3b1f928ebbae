"""Signing in: a PIN lets its operator in and nobody else, wrong ones slow down, a forgotten one is reset."""

from datetime import date, time, timedelta

import pytest

from app.domain.people import Operator, Role
from app.domain.visit import Visit, VisitKind
from app.errors import AppError, Refused
from app.queries.record import history
from app.queries.signing_in import lock, reception_is_open
from app.storage.journal import Journal
from app.use_cases.drafts import discard_draft, drafts, keep_draft
from app.use_cases.signing_in import (
    check_pin,
    keep_lock_minutes,
    note_locked,
    remove_pin,
    set_pin,
    sign_in,
    unlock_by_recovery,
)
from app.use_cases.station import add_operator, end_operator, set_roles
from app.use_cases.upkeep import check
from app.workspace import Workspace
from tests.builders import StationHome, save

PIN = "2580"


@pytest.fixture
def other(workspace: Workspace) -> str:
    """Somebody else who works here, with a PIN."""
    id = add_operator(workspace, "志愿者乙").id
    set_pin(workspace, id, PIN)
    return id


def refusal(workspace: Workspace, id: str, pin: str = "") -> AppError:
    with pytest.raises(Refused) as told:
        sign_in(workspace, id, pin)
    return told.value


def test_a_pin_lets_its_operator_in_and_the_journal_says_so(home: StationHome) -> None:
    with home.opened() as workspace:
        id = add_operator(workspace, "志愿者乙").id
        set_pin(workspace, id, PIN)
        assert refusal(workspace, id).code == "pin_needed"
        assert refusal(workspace, id, "2581").code == "pin_wrong"
        assert sign_in(workspace, id, PIN).name == "志愿者乙"
        note_locked(workspace.acting_as(id))
        assert [each.event for each in history(workspace, id)] == ["saved", "pin_set", "pin_wrong", "signed_in", "locked"]
    with home.opened() as workspace:
        assert workspace.author.op == id  # as every later start finds it


def test_nothing_of_a_pin_is_kept_but_what_argon_makes_of_it(workspace: Workspace, other: str) -> None:
    with workspace.reading() as connection:
        kept = b"".join(bytes(row[0]) for row in connection.exec_driver_sql("SELECT value FROM setting"))
        lines = b"".join(each.line for each in Journal(connection).lines())
    assert f'"{PIN}"'.encode() not in kept + lines
    assert b'"m_kib"' in kept


def test_wrong_pins_slow_down_and_a_right_one_ends_that(home: StationHome) -> None:
    with home.opened() as workspace:
        id = add_operator(workspace, "志愿者乙").id
        set_pin(workspace, id, PIN)
        assert [refusal(workspace, id, "0000").code for _ in range(4)] == ["pin_wrong"] * 3 + ["pin_wait"]
        assert refusal(workspace, id, PIN).facts == {"seconds": 5}
        home.wall.pass_by(timedelta(seconds=5))
        assert refusal(workspace, id, "0000").code == "pin_wrong"
        assert refusal(workspace, id, PIN).facts == {"seconds": 10}
        home.wall.pass_by(timedelta(seconds=10))
        sign_in(workspace, id, PIN)
        assert refusal(workspace, id, "0000").code == "pin_wrong"
        sign_in(workspace, id, PIN)


def test_a_wrong_pin_counts_beside_the_one_who_writes(home: StationHome) -> None:
    """A window is open and writes; a command that only reads tries PINs: the window counts them too."""
    with home.opened() as window, home.opened(write=False) as command:
        id = add_operator(window, "志愿者乙").id
        set_pin(window, id, PIN)
        for _try in range(3):
            with pytest.raises(Refused, match="pin_wrong"):
                check_pin(command, id, "0000")
        assert refusal(window, id, PIN).code == "pin_wait"
        assert [each.event for each in history(window, id)][-3:] == ["pin_wrong"] * 3
        add_operator(window, "志愿者丙")  # the journal goes on from there
        assert not check(window, read_data=True).findings
        home.wall.pass_by(timedelta(seconds=5))
        check_pin(command, id, PIN)
        assert refusal(window, id, "0000").code == "pin_wrong"  # counted from the beginning again
        assert refusal(window, id, "0000").code == "pin_wrong"


@pytest.mark.parametrize(("pin", "code"), [("123", "pin_short"), ("1" * 65, "pin_long"), ("1111", "pin_simple")])
def test_a_pin_that_is_none_is_refused(workspace: Workspace, pin: str, code: str) -> None:
    with pytest.raises(Refused) as told:
        set_pin(workspace, workspace.author.op, pin)
    problems = told.value.facts["problems"]
    assert isinstance(problems, tuple)
    assert [each.code for each in problems] == [code]


def test_one_s_own_pin_is_changed_by_the_old_one_only(workspace: Workspace) -> None:
    mine = workspace.author.op
    set_pin(workspace, mine, PIN)
    with pytest.raises(Refused) as told:
        set_pin(workspace, mine, "9876", old="0000")
    assert told.value.code == "pin_wrong"
    set_pin(workspace, mine, "9876", old=PIN)
    remove_pin(workspace, mine, old="9876")
    assert not lock(workspace).guarded


def test_the_head_resets_a_forgotten_pin_and_nobody_else_does(workspace: Workspace, other: str) -> None:
    head = add_operator(workspace, "站长甲", [Role.STATION_HEAD]).id
    with pytest.raises(Refused) as told:
        set_pin(workspace, other, "1357")
    assert told.value.code == "not_allowed"
    set_pin(workspace.acting_as(head), other, "1357")
    sign_in(workspace, other, "1357")


def test_the_recovery_code_lets_in_who_has_forgotten(home: StationHome) -> None:
    with home.opened() as workspace:
        set_pin(workspace, workspace.author.op, PIN)
        with pytest.raises(Refused):
            unlock_by_recovery(workspace, workspace.author.op, "0" * 48)
        assert lock(workspace).guarded
        unlock_by_recovery(workspace, workspace.author.op, home.made.recovery_code)
        assert not lock(workspace).guarded


def test_a_single_operator_is_not_asked_and_several_after_half_an_hour(workspace: Workspace) -> None:
    assert (lock(workspace).minutes, lock(workspace).usual) == (0, True)
    add_operator(workspace, "志愿者乙")
    assert lock(workspace).minutes == 30
    keep_lock_minutes(workspace, 5)
    assert (lock(workspace).minutes, lock(workspace).usual) == (5, False)
    with pytest.raises(Refused) as told:
        keep_lock_minutes(workspace, 481)
    assert told.value.code == "minutes_unusual"


def test_a_reception_is_open_from_its_first_hour_to_its_last(home: StationHome) -> None:
    with home.opened() as workspace:
        visit = Visit(
            id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION, on=date(2026, 11, 21), starts=time(9), ends=time(11)
        )
        save(workspace, visit)
        assert reception_is_open(workspace)  # nine o'clock at the station
        home.wall.pass_by(timedelta(hours=2))
        assert not reception_is_open(workspace)
        home.wall.pass_by(timedelta(hours=-3))
        assert not reception_is_open(workspace)


def test_what_is_typed_stays_the_operator_s_own(workspace: Workspace, other: str) -> None:
    theirs = workspace.acting_as(other)
    keep_draft(workspace, "issue:new", "issue", {"words": "甲的话"})
    keep_draft(theirs, "issue:new", "issue", {"words": "乙的话"})
    assert [[each.body["words"] for each in drafts(one)] for one in (workspace, theirs)] == [["甲的话"], ["乙的话"]]
    discard_draft(theirs, "issue:new")
    assert [len(drafts(one)) for one in (workspace, theirs)] == [1, 0]


def test_who_leaves_hands_their_drafts_over(workspace: Workspace, other: str) -> None:
    keep_draft(workspace, "issue:new", "issue", {"words": "甲的话"})
    keep_draft(workspace.acting_as(other), "issue:new", "issue", {"words": "乙的话"})
    end_operator(workspace, other)
    assert sorted(str(each.body["words"]) for each in drafts(workspace)) == ["乙的话", "甲的话"]


def test_the_last_head_stays_while_others_work_here(workspace: Workspace) -> None:
    head, second = add_operator(workspace, "站长甲", [Role.STATION_HEAD]).id, workspace.author.op
    acting = workspace.acting_as(head)
    with pytest.raises(Refused) as told:
        set_roles(acting, head, [Role.LIAISON_OFFICER])
    assert told.value.code == "last_station_head"
    deputy = workspace.clock.new_id()
    set_roles(acting, second, [Role.STATION_HEAD, Role.DEPUTY], deputy=deputy)
    set_roles(acting, head, [Role.LIAISON_OFFICER])
    with workspace.writing() as books:
        record = books.records.get(Operator, second).record
    assert (record.roles, record.deputy) == ((Role.STATION_HEAD, Role.DEPUTY), deputy)


def test_a_name_nobody_bears_is_refused_once_somebody_is_in_charge(home: StationHome) -> None:
    with home.opened(operator="志愿者新") as workspace:
        add_operator(workspace, "站长甲", [Role.STATION_HEAD])
    with pytest.raises(Refused) as told, home.opened(operator="志愿者又新"):
        pass
    assert told.value.code == "operator_unknown"
