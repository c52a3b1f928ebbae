"""The window where the body asks for packages of gm-1: it says so, makes the request, and hands in by gm-1 afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.keys.root_keys import open_roots
from app.packages.opening import said_by
from app.province import enrolment
from app.province.suite_keys import add_gm, require_gm
from app.use_cases.trust import take_trust
from tests.builders import STATION_CODE, Pair, an_issue, pair, save
from tests.ui.pages.test_exchange import hand_in, press, shown
from tests.ui.workbenches import Went


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Pair]:
    """A station whose body takes gm-1 alone since its newest trust file."""
    with pair(tmp_path) as opened:
        opened.stick.mkdir()
        add_gm(opened.body, open_roots(opened.homes[1].home / "roots", None))
        require_gm(opened.body)
        take_trust(opened.station, enrolment.slice_for(opened.body, STATION_CODE))
        yield opened


def test_what_is_missing_is_said_and_asked_for_in_the_window(line: Pair, qapp: QApplication, qtbot: QtBot, went: Went) -> None:
    save(line.station, an_issue(line.station))
    page = shown(line.station, qapp, qtbot, went)
    hand_in(page, line.stick)
    assert list(line.stick.glob("*.llz")) == []
    assert "gm-1" in page.hand_in.notice.words
    press(page.hand_in.notice, "生成登记申请文件…")
    assert "gm-1" in page.enrolment.notice.words
    page.enrolment.write(line.stick)
    (request,) = line.stick.glob("enrol-*.json")
    enrolled = enrolment.enrol(line.body, request.read_bytes())
    assert enrolled.digits == page.enrolment.digits
    take_trust(line.station, enrolled.bundle)
    page.begin("enrol")
    assert page.enrolment.notice.words == ""
    hand_in(page, line.stick)
    assert page.hand_in.done
    (package,) = line.stick.glob("*.llz")
    with package.open("rb") as file:
        said = said_by(file)
    assert said is not None
    assert said.suite == "gm-1"
