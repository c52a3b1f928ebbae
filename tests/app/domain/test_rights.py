"""Rights: what each role may do, who is in charge, and whom to ask."""

from datetime import date

import pytest

from app.domain.people import Operator, Role
from app.domain.rights import ALL, EVERYTHING, GRANTED, Right, holders, needed_for, rights_of, without_role

HEAD = Operator(id="h", name="站长甲", roles=(Role.STATION_HEAD,))


def somebody(*roles: str, deputy: str = "") -> Operator:
    return Operator(id="me", name="某人", roles=roles, deputy=deputy)


def test_until_somebody_is_in_charge_everyone_may_do_everything() -> None:
    assert rights_of("me", [somebody(Role.VOLUNTEER)]) == EVERYTHING
    gone = Operator(id="h", name="前站长", roles=(Role.STATION_HEAD,), until=date(2026, 1, 1))
    assert rights_of("me", [somebody(Role.VOLUNTEER), gone]) == EVERYTHING
    assert rights_of("me", [somebody(Role.VOLUNTEER), HEAD]) != EVERYTHING


@pytest.mark.parametrize(
    ("roles", "may"),
    [
        ((), {Right.ENTER}),
        (("of a newer program",), {Right.ENTER}),
        ((Role.VOLUNTEER,), {Right.ENTER}),
        ((Role.LIAISON_OFFICER,), {Right.ENTER, Right.WORK, Right.CONTACTS}),
        ((Role.VOLUNTEER, Role.LIAISON_OFFICER), {Right.ENTER, Right.WORK, Right.CONTACTS}),
        ((Role.DEPUTY_STATION_HEAD,), ALL),
        (tuple(Role), ALL),
    ],
)
def test_several_roles_give_all_that_each_gives(roles: tuple[str, ...], may: frozenset[Right]) -> None:
    rights = rights_of("me", [HEAD, somebody(*roles)])
    assert (rights.granted, rights.deputy) == (may, "")


def test_without_a_role_one_only_enters_once_somebody_is_in_charge() -> None:
    newer = Operator(id="n", name="新角色", roles=("of a newer program",))
    left = Operator(id="l", name="离开的", until=date(2026, 1, 1))
    assert without_role([somebody(), newer, left]) == ()
    assert without_role([HEAD, somebody(), newer, left, Operator(id="v", name="志愿者", roles=(Role.VOLUNTEER,))]) == (
        somebody(),
        newer,
    )


def test_a_deputy_is_confined_to_their_own_unless_another_role_says_more() -> None:
    assert rights_of("me", [HEAD, somebody(Role.DEPUTY, deputy="d")]).deputy == "d"
    assert rights_of("me", [HEAD, somebody(Role.DEPUTY)]).deputy == "me"  # nothing names them, so nothing is theirs
    assert rights_of("me", [HEAD, somebody(Role.DEPUTY, Role.LIAISON_OFFICER, deputy="d")]).deputy == ""


def test_every_role_and_right_is_in_the_table_and_everyone_knows_whom_to_ask() -> None:
    assert GRANTED.keys() == set(Role)
    assert all(Role.STATION_HEAD in holders(each) for each in Right)
    assert Role.VOLUNTEER not in holders(Right.WORK)
    assert (needed_for("encounter"), needed_for("operator"), needed_for("station")) == (Right.ENTER, Right.PEOPLE, Right.SETTINGS)
    assert needed_for("of a newer program") is Right.WORK
