"""Who of a new roster is who in the register, and what becomes of those who go on and those who leave."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.domain.change_of_term import TERM_OVER, former, going_on, leaving, matched
from app.domain.congress import Term
from app.domain.people import Deputy, DeputyStatus, holds_mandate

DAY = date(2027, 1, 12)


def deputy(number: int, name: str, card: str = "", district: str = "", unit: str = "") -> Deputy:
    return Deputy(
        id=f"{number:08d}-0000-7000-8000-000000000000", name=name, deputy_card_no=card, constituency=district, electing_unit=unit
    )


def test_card_and_name_or_name_and_district_are_surely_the_same_person() -> None:
    known = [deputy(1, "代表甲", card="001"), deputy(2, "代表 乙", district="三选区"), deputy(3, "代表丙", unit="某县")]
    told = {2: deputy(11, "代表甲", card="001"), 3: deputy(12, "代表乙", district="三选区"), 4: deputy(13, "代表丙", unit="某县")}
    found = matched(known, told, {})
    assert (found.sure, found.doubtful, found.new) == ({2: known[0].id, 3: known[1].id, 4: known[2].id}, {}, ())


def test_the_same_name_or_the_same_card_alone_is_a_doubt_and_nothing_in_common_is_somebody_new() -> None:
    known = [deputy(1, "代表甲", card="001", district="一选区"), deputy(2, "代表乙", card="002")]
    told = {2: deputy(11, "代表甲", card="101", district="二选区"), 3: deputy(12, "代表丁", card="002"), 4: deputy(13, "代表戊")}
    found = matched(known, told, {})
    assert (found.sure, found.doubtful, found.new) == ({}, {2: (known[0].id,), 3: (known[1].id,)}, (4,))


def test_what_a_person_decided_stands() -> None:
    known = [deputy(1, "代表甲"), deputy(2, "代表甲")]
    told = {2: deputy(11, "代表甲"), 3: deputy(12, "代表甲"), 4: deputy(13, "代表甲")}
    found = matched(known, told, {2: known[1].id, 3: ""})
    assert (found.sure, found.new) == ({2: known[1].id}, (3,))
    assert found.doubtful == {4: (known[0].id,)}


def test_two_of_one_name_in_one_district_are_a_doubt() -> None:
    known = [deputy(1, "代表甲", district="一选区"), deputy(2, "代表甲", district="一选区")]
    found = matched(known, {2: deputy(11, "代表甲", district="一选区")}, {})
    assert found.doubtful == {2: (known[0].id, known[1].id)}


_PEOPLE = st.builds(
    lambda name, card, district: (name, card, district),
    st.sampled_from(("甲某", "乙某", "丙某")),
    st.sampled_from(("", "1", "2")),
    st.sampled_from(("", "一", "二")),
)


@given(st.lists(_PEOPLE, max_size=6), st.lists(_PEOPLE, max_size=6))
def test_every_row_is_told_once_and_nobody_is_two_rows(
    known: list[tuple[str, str, str]], told: list[tuple[str, str, str]]
) -> None:
    standing = [deputy(number, *each) for number, each in enumerate(known)]
    rows = {row: deputy(100 + row, *each) for row, each in enumerate(told, start=2)}
    found = matched(standing, rows, {})
    assert sorted([*found.sure, *found.doubtful, *found.new]) == sorted(rows)
    assert len(set(found.sure.values())) == len(found.sure)
    assert not {id for ids in found.doubtful.values() for id in ids} & set(found.sure.values())


def test_who_goes_on_keeps_what_the_new_roster_leaves_out_and_remembers_the_term_before() -> None:
    before = Deputy(id="a", name="代表甲", term="t1", deputy_card_no="001", workplace="某厂", elected_on=date(2022, 1, 1))
    told = Deputy(id="b", name="代表甲", deputy_card_no="101", elected_on=date(2026, 12, 20))
    after = going_on(before, told, "t2")
    assert (after.id, after.term, after.earlier_terms, after.deputy_card_no) == ("a", "t2", ("t1",), "101")
    assert (after.workplace, after.elected_on, after.status) == ("某厂", date(2026, 12, 20), DeputyStatus.ACTIVE)
    assert holds_mandate(after, date(2024, 5, 1))  # elected again, they held it before
    again = going_on(after, None, "t3")
    assert again.earlier_terms == ("t1", "t2")


def test_who_leaves_holds_the_mandate_until_the_first_session_and_stands_among_the_former() -> None:
    before = Deputy(id="a", name="代表甲", workplace="某厂", post="工人", congress="c", term="t1")
    gone = leaving(before, DAY)
    assert (gone.ended_on, gone.ended_reason) == (DAY, TERM_OVER)
    assert holds_mandate(gone, date(2027, 1, 11))
    assert not holds_mandate(gone, DAY)
    line = former("f", gone, [Term(id="t1", term_no=17)], DAY)
    assert (line.name, line.terms, line.deputy, line.workplace) == ("代表甲", ("第17届",), "a", "某厂 工人")
