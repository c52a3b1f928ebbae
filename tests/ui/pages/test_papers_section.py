"""The settings of papers: what is typed is seen on a ledger, kept as a draft, saved by a key; each printer has its own offset."""

import pytest
from pytestqt.qtbot import QtBot

from app.domain.station import Station
from app.queries.record import record_of
from app.settings import read_settings
from app.use_cases import drafts
from tests.builders import StationHome
from ui.dialogs import printer
from ui.page import Workbench
from ui.pages.settings import SettingsPage
from ui.pages.settings.papers_section import PapersSection


@pytest.fixture
def section(bench: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> PapersSection:
    monkeypatch.setattr(printer, "printer_names", lambda: ["甲打印机", "乙打印机"])
    page = SettingsPage(bench)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.begin("papers")
    page.refresh()
    return page.papers


def station(bench: Workbench) -> Station:
    return record_of(bench.workspace, Station, bench.workspace.author.owner)


def type_heading(section: PapersSection, words: str) -> None:
    editor = section.lines["paper_heading"].editor
    editor.setText(words)
    editor.textEdited.emit(words)


def test_what_is_typed_is_seen_on_a_ledger_before_it_is_saved(section: PapersSection, bench: Workbench) -> None:
    assert section.view
    before = bytes(section.view._bytes.data())
    type_heading(section, "某某区人大监制")
    section._timer.timeout.emit()
    after = bytes(section.view._bytes.data())
    assert section.view.pages() == 1
    assert before != after
    assert station(bench).paper_heading == ""


def test_what_is_typed_is_kept_and_saved_by_a_key(section: PapersSection, bench: Workbench) -> None:
    type_heading(section, "某某区人大监制")
    section.marks["paper_seal"].setChecked(True)
    section.keep()
    (draft,) = [each for each in drafts.drafts(bench.workspace) if each.key == "settings-papers"]
    assert draft.body["paper_heading"] == "某某区人大监制"
    section.save.trigger()
    saved = station(bench)
    assert (saved.paper_heading, saved.paper_seal, saved.outward_marks) == ("某某区人大监制", True, False)
    assert [each for each in drafts.drafts(bench.workspace) if each.key == "settings-papers"] == []


def test_a_draft_comes_back_and_can_be_given_up(section: PapersSection, bench: Workbench) -> None:
    type_heading(section, "试一试")
    section.keep()
    section.refresh()
    assert section.lines["paper_heading"].editor.text() == "试一试"
    section._give_up()
    assert section.lines["paper_heading"].editor.text() == ""


def test_each_printer_has_its_own_offset(section: PapersSection, bench: Workbench, home: StationHome) -> None:
    card = section.offsets
    card.right.setValue(12)
    card.down.setValue(-5)
    card.printers.setCurrentIndex(1)
    assert (card.right.value(), card.down.value()) == (0, 0)
    card.printers.setCurrentIndex(0)
    assert (card.right.value(), card.down.value()) == (12, -5)
    assert read_settings(bench.workspace.folder.parent).print_offsets == {"甲打印机": "12 -5"}


def test_without_a_printer_it_is_said(section: PapersSection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printer, "printer_names", list)
    section.offsets.refresh()
    assert section.offsets.none.isVisibleTo(section)
    assert not section.offsets.row.isVisibleTo(section)
