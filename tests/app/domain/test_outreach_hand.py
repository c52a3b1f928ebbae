"""A round of outreach as it is typed, pasted, sorted into visits, and read; nothing typed is lost whatever is done."""

import itertools
import json
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.encounter import Encounter, Party
from app.domain.ids import uuid7
from app.domain.issue import Issue
from app.domain.outreach_hand import Hand
from app.domain.outreach_line import Column
from app.domain.outreach_round import PastedLine, Register, Round, people_by_deputy, round_from, round_told
from app.domain.values import Id
from app.domain.visit import Visit, VisitKind
from app.domain.visit_sheet import Line, VisitSheet
from app.errors import Refused

TODAY = date(2026, 11, 21)
WANG, LI, TWIN = (uuid7(1_700_000_000_000, each) for each in (1, 2, 3))
REGISTER = Register(
    names={"王代表": [WANG], "430-7": [WANG], "李代表": [LI], "陈代表": [LI, TWIN]},
    told={WANG: "王代表", LI: "李代表"},
    today=TODAY,
)


def ids() -> Callable[[], Id]:
    numbers = itertools.count(100)
    return lambda: uuid7(1_800_000_000_000, next(numbers))


@pytest.fixture
def hand() -> Hand:
    return Hand(REGISTER, ids())


@pytest.fixture
def begun(hand: Hand) -> Round:
    visit = Visit(id=hand.new_id(), visit_kind=VisitKind.OUTREACH, on=TODAY, deputies=(WANG,), recorder="甲")
    return hand.begun(visit)


def sheets(hand: Hand, round: Round) -> tuple[VisitSheet, ...]:
    return hand.sheets(round, [hand.read(round, at) for at in range(len(round.lines))])


def write(hand: Hand, round: Round, at: int, **cells: str) -> Round:
    """Type into cells of a line and leave each."""
    for name, text in cells.items():
        column = Column[name.upper()]
        round = hand.left(hand.typed(round, at, column, text), at, column)
    return round


def test_a_new_line_follows_the_last_and_takes_what_is_carried(hand: Hand, begun: Round) -> None:
    round = write(hand, begun, 0, village="甲村", place="村部", name="张三")
    assert len(round.lines) == 2
    assert round.lines[1].texts == ("2026-11-21", "王代表", "甲村", "村部", "", "", "")
    assert write(hand, round, 0, village="乙村").lines[1].texts[Column.VILLAGE] == "乙村"
    assert write(hand, write(hand, round, 1, village="丙村"), 0, village="乙村").lines[1].texts[Column.VILLAGE] == "丙村"


def test_lines_of_other_days_deputies_or_places_are_visits_of_their_own(hand: Hand, begun: Round) -> None:
    round = write(hand, begun, 0, name="甲")
    round = write(hand, round, 1, name="乙", day="20")
    round = write(hand, round, 2, name="丙", day="2026-11-21", deputies="李代表、430-7")
    round = write(hand, round, 3, name="丁", deputies="王代表")
    found = sheets(hand, round)
    assert [[each.encounter.name for each in sheet.lines] for sheet in found] == [["甲", "丁"], ["乙"], ["丙"]]
    assert [(each.visit.on, each.visit.deputies) for each in found] == [
        (TODAY, (WANG,)),
        (date(2026, 11, 20), (WANG,)),
        (TODAY, (LI, WANG)),
    ]
    assert [(each.visit.recorder, each.visit.late_entry) for each in found] == [("甲", False), ("甲", True), ("甲", False)]
    assert len({each.visit.id for each in found}) == 3
    again = write(hand, round, 1, day="21")
    assert len(sheets(hand, again)) == 2


def test_a_stored_visit_keeps_its_name_when_its_day_was_wrong(hand: Hand) -> None:
    visit = Visit(id=hand.new_id(), visit_kind=VisitKind.OUTREACH, on=TODAY, deputies=(WANG,), number="走2026-00007")
    issue = Issue(id=hand.new_id(), words="停水")
    line = Line(encounter=Encounter(id=hand.new_id(), name="张三", visit=visit.id, party=Party.PERSON), issues=(issue,))
    stored = VisitSheet(visit=visit, lines=(line,))
    round = hand.of_sheets([stored], [visit.id])
    assert sheets(hand, round) == (stored,)
    (moved,) = sheets(hand, write(hand, round, 0, day="2026-11-19"))
    assert (moved.visit.id, moved.visit.number, moved.visit.on) == (visit.id, visit.number, date(2026, 11, 19))
    (emptied,) = sheets(hand, hand.removed(round, 0))
    assert (emptied.visit, emptied.lines) == (visit, ())
    wrong = write(hand, round, 0, day="哪天")
    assert hand.read(wrong, 0).blocked()
    kept = hand.sheets(wrong, [hand.read(wrong, at) for at in range(2)], left_out=[0])
    assert kept == (stored,)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("21", TODAY),
        ("22", date(2026, 10, 22)),
        ("昨天", date(2026, 11, 20)),
        ("11.3", date(2026, 11, 3)),
        ("2026/9/1", date(2026, 9, 1)),
    ],
)
def test_a_day_is_typed_shortly_and_written_out(hand: Hand, begun: Round, text: str, day: date) -> None:
    round = write(hand, begun, 0, name="甲", day=text)
    assert round.lines[0].texts[Column.DAY] == day.isoformat()


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        (Column.DAY, "11月31日", "grid_day_unreadable"),
        (Column.DAY, "1900-01-01", "visit_day_unlikely"),
        (Column.DAY, "2026-12-24", "visit_day_ahead"),
        (Column.DEPUTIES, "赵代表", "grid_deputy_unknown"),
        (Column.DEPUTIES, "陈代表", "grid_deputy_several"),
        (Column.MANY, "很多", "grid_count_unclear"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_cell_and_stays(
    hand: Hand, begun: Round, column: Column, text: str, code: str
) -> None:
    round = hand.left(hand.typed(write(hand, begun, 0, name="甲"), 0, column, text), 0, column)
    (problem,) = hand.read(round, 0).problems[column]
    assert (problem.code, round.lines[0].texts[column]) == (code, text)
    assert hand.read(round, 0).blocked() == (code != "visit_day_ahead")


def test_a_block_goes_into_free_lines_or_becomes_lines_of_its_own(hand: Hand, begun: Round) -> None:
    names = [PastedLine({Column.NAME: each}) for each in ("甲", "乙")]
    round = hand.pasted(begun, 0, names)
    assert [each.texts[Column.NAME] for each in round.lines] == ["甲", "乙", ""]
    villages = hand.pasted(round, 0, [PastedLine({Column.VILLAGE: each}) for each in ("子村", "丑村")])
    assert [each.texts[Column.VILLAGE] for each in villages.lines] == ["子村", "丑村", "丑村"]
    more = hand.pasted(villages, 0, [PastedLine({Column.NAME: "丙", Column.RAISED: "停水"})])
    assert [each.texts[Column.NAME] for each in more.lines] == ["甲", "丙", "乙", ""]
    assert more.lines[1].texts[Column.VILLAGE] == "子村"


def test_a_line_that_was_moved_or_left_out_is_in_one_visit_only(hand: Hand, begun: Round) -> None:
    round = write(hand, begun, 0, name="甲")
    round = hand.rested(round, sheets(hand, round))
    moved = write(hand, write(hand, round, 1, name="乙"), 0, day="20")
    every = [line.encounter.id for sheet in sheets(hand, moved) for line in sheet.lines]
    assert len(every) == len(set(every)) == 2


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(Column), st.text(max_size=8) | st.sampled_from(["王代表", "20", "6人"]))
    )
)
def test_whatever_is_typed_stays_and_comes_back_from_a_draft(deeds: list[tuple[int, Column, str]]) -> None:
    hand = Hand(REGISTER, ids())
    round = hand.begun(Visit(id=hand.new_id(), visit_kind=VisitKind.OUTREACH, on=TODAY))
    for at, column, text in deeds:
        place = min(at, len(round.lines) - 1)
        round = hand.typed(round, place, column, text)
        assert round.lines[place].texts[column] == text
        round = hand.left(round, place, column)
        assert round.lines[-1].empty()
        assert {each.visit for each in round.lines} <= set(round.visits)
    assert round_from(json.loads(json.dumps(round_told(round)))) == round
    assert sum(len(each.lines) for each in sheets(hand, round)) <= len(round.lines)


@pytest.mark.parametrize("odd", [{}, {"visits": [], "lines": [{}], "stored": []}, {"visits": 7}])
def test_what_is_no_round_is_refused(odd: dict[str, object]) -> None:
    with pytest.raises(Refused, match="field_malformed"):
        round_from(odd)


def test_people_are_counted_for_each_deputy(hand: Hand, begun: Round) -> None:
    round = write(hand, write(hand, begun, 0, name="某组 6 人，无意见"), 1, name="甲", deputies="王代表、李代表")
    assert people_by_deputy(sheets(hand, round), lambda _visit: True) == {WANG: 7, LI: 1}
    assert people_by_deputy(sheets(hand, round), lambda _visit: False) == {}
