"""A reception of three visitors and a month of outreach, by keyboard alone through a real window, over a kill."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from app.keys.passphrase import Passphrase
from app.keys.ways import PassphraseWay
from app.queries.visit_card import visit_card
from app.queries.visit_drafts import unsaved_visits
from app.queries.visit_list import visit_list
from app.use_cases.opening import set_up_station
from app.workspace import opened
from tests.conftest import QT_MISSING
from tests.journeys.sittings import WORDS, Sitting
from tests.virtual_screen import virtual_screen

if QT_MISSING:
    pytest.skip(f"Qt cannot be loaded here: {QT_MISSING}", allow_module_level=True)

from tests.journeys.keyboard_days import DEPUTY, FIRST, LOST, REST, SECOND, THIRD

ANY: Final = 60_000.0  # milliseconds: how fast the window answers, others measure


@pytest.fixture
def sitting(tmp_path: Path, program: Callable[[str], str]) -> Iterator[Sitting]:
    """A screen, and a station that was set up."""
    program("Xvfb")
    home = tmp_path / "家 目录"
    home.mkdir()
    set_up_station(home, code="430181001-001", name="某某联络站", operator="联络员甲", passphrase=WORDS)
    with virtual_screen(1366, 768) as display:
        yield Sitting(display, home, driver="tests.journeys.keyboard_days", longest=ANY)


def way() -> PassphraseWay:
    return PassphraseWay(passphrase=Passphrase(WORDS))


def test_three_visitors_are_received_by_keyboard_over_the_death_of_the_process(sitting: Sitting) -> None:
    with sitting.begun("receive_until_killed") as process:
        assert process.stdout
        assert any(line.strip() == "typed" for line in process.stdout), "it ended before everything was typed"
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL

    with opened(sitting.home, way(), write=False) as workspace:
        (row,) = visit_list(workspace).rows
        assert [each.encounter.name for each in visit_card(workspace, row.id).sheet.lines] == [FIRST[0], SECOND[0]]
        assert len(unsaved_visits(workspace)) == 1

    saw = sitting("go_on_and_end")
    there, last = saw["there"][:2], saw["there"][2]
    assert there == [[*FIRST], [*SECOND]]
    assert last in ([*THIRD], [THIRD[0], THIRD[1] + LOST])  # what was typed in the last two seconds may be lost, and no more
    assert THIRD[1] in saw["preview"]

    with opened(sitting.home, way(), write=False) as workspace:
        (row,) = visit_list(workspace).rows
        sheet = visit_card(workspace, row.id).sheet
        told = [[each.encounter.name, *(issue.words for issue in each.issues)] for each in sheet.lines]
        assert told == [[*FIRST], [*SECOND], [last[0], last[1] + REST]]
        assert row.deputies == (DEPUTY,)
        assert not unsaved_visits(workspace)


def test_thirty_lines_of_outreach_are_typed_by_keyboard(sitting: Sitting) -> None:
    saw = sitting("visit_thirty")
    with opened(sitting.home, way(), write=False) as workspace:
        rows = visit_list(workspace).rows
        assert [len(visit_card(workspace, row.id).sheet.lines) for row in rows] == [19, 11]
        assert sum(row.people for row in rows) == 27 + 3 * 6
        assert {row.deputies for row in rows} == {(DEPUTY,)}
        assert not unsaved_visits(workspace)
    assert saw["keys"] < 300  # a sheet of seven columns asks for 240 moves between its cells alone
