"""Which paper of the station to print: each of the whole station is there, with its days, and can be looked at."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.papers import ALWAYS, AskedBy, PaperName, month_named
from app.use_cases.papers import Asked
from tests.builders import an_issue, save
from ui.dialogs.paper_dialog import PaperDialog
from ui.dialogs.station_papers_dialog import StationPapersDialog
from ui.page import Workbench

OF_THE_STATION = {AskedBy.PERIOD, AskedBy.NUMBERS, AskedBy.NOTHING}


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(window: QWidget, bench: Workbench) -> StationPapersDialog:
    made = StationPapersDialog(bench, window)
    made.show()
    return made


def test_every_paper_of_the_station_is_there_and_enter_takes_the_log_of_this_month(
    dialog: StationPapersDialog, bench: Workbench
) -> None:
    offered = {*dialog.ledgers, *dialog.empty, *dialog.station}
    assert offered == {each for each in PaperName if each.asked_by in OF_THE_STATION}
    chosen: list[Asked] = []
    dialog.chosen.connect(chosen.append)
    log = dialog.ledgers[PaperName.VISIT_LOG]
    assert log.isDefault()
    log.click()
    assert chosen == [Asked(name=PaperName.VISIT_LOG, span=month_named(f"{bench.workspace.clock.today():%Y-%m}"))]


def test_the_days_of_a_paper_can_be_changed_and_only_a_ledger_is_saved_as_a_table(qtbot: QtBot, bench: Workbench) -> None:
    today = bench.workspace.clock.today().date()
    save(bench.workspace, an_issue(bench.workspace, "路灯不亮", received_on=today))
    for name, table in ((PaperName.ARCHIVE, False), (PaperName.ISSUE_LEDGER, True)):
        paper = PaperDialog(bench, Asked(name=name, span=month_named(f"{today:%Y-%m}")))
        qtbot.addWidget(paper)
        assert paper.ledger
        assert paper.ledger.save_button.isVisibleTo(paper) is table
        pages = paper.view.pages()
        assert pages >= 1
        paper.ledger.days.setCurrentIndex(paper.ledger.days.findData(ALWAYS))
        assert paper.view.pages() >= pages
