"""The log in the settings: who did what, narrowed, opened, its chain followed; who may not look is told."""

import re
from pathlib import Path

import pytest
from sqlalchemy import update

from app.messages.logged import event_told, facts_told
from app.storage.tables import JournalRow
from app.workspace import Workspace
from tests.builders import an_issue, save
from tests.ui.pages.suggestions.hands import Held
from tests.ui.pages.test_settings import page, press
from tests.ui.workbenches import Went
from ui.page import Workbench
from ui.pages.settings import SettingsPage
from ui.pages.settings.log_section import LogSection
from ui.places import Place

__all__ = ["page"]
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def section(page: SettingsPage, workspace: Workspace) -> LogSection:
    issue = an_issue(workspace, subject="东街路灯不亮")
    save(workspace, issue)
    with workspace.writing() as books:
        books.note("contact_shown", {}, issue.id)
    page.begin("log")
    return page.log


def shown(section: LogSection) -> list[str]:
    return [event_told(each.event) for each in section.table.rows]


def test_what_was_done_is_listed_the_newest_first_and_narrowed(section: LogSection) -> None:
    assert shown(section)[:2] == ["显示完整联系方式", "保存"]
    assert "东街路灯不亮" in section.title.text()
    press(section, "对外提供")
    assert set(shown(section)) == {"显示完整联系方式"}
    press(section, "记录")
    assert set(shown(section)) == {"保存"}
    section.first.editor.setText("2031-01-01")
    section.first.editor.editingFinished.emit()
    assert shown(section) == []
    assert not section.nothing.isHidden()
    section.first.editor.setText("")
    section.first.editor.editingFinished.emit()
    everything = section.table.total
    section.who.editor.show_code(section.who.editor.itemData(1))
    assert 0 < section.table.total <= everything


def test_a_line_leads_to_its_record(section: LogSection, went: Went) -> None:
    section.open_it.trigger()
    assert went[-1][:2] == (Place.ISSUES, section.table.rows[0].record)


def test_the_chain_is_followed_and_a_changed_line_is_told(section: LogSection, workspace: Workspace) -> None:
    press(section, "核对日志链")
    assert "依次相连" in section.notice.words or section.notice.words
    with workspace.writing() as books:
        books.connection.execute(update(JournalRow).where(JournalRow.seq == 2).values(line=b"{}"))
    press(section, "核对日志链")
    assert "2" in section.notice.words


def test_following_the_chain_shows_how_far_it_is_and_can_be_stopped(section: LogSection, bench: Workbench) -> None:
    held = Held()
    bench.background._readers = held
    section.follow_chain()
    assert section.line.isVisibleTo(section)
    assert not section.chain.isEnabled()
    section.line.cancel()
    assert not section.line.isVisibleTo(section)
    assert section.chain.isEnabled()
    assert section.notice.words == "已停止，没有改动任何内容。"
    held.answer(-1)  # it gives up at its next step, and nobody is told
    assert section.notice.words == "已停止，没有改动任何内容。"


def test_every_event_that_is_noted_has_words() -> None:
    noted = {name for path in (ROOT / "app").rglob("*.py") for name in re.findall(r'\.note\(\s*"(\w+)"', path.read_text("utf-8"))}
    assert noted
    assert {each for each in noted if event_told(each) == each} == set()


def test_facts_are_told_by_their_names() -> None:
    told = dict(
        facts_told({"paper": "visit-log", "records": {"issue": 2, "visit": 1}, "digest": "ab", "seq": 7, "file": "a" * 64})
    )
    assert told == {"表单": "接待走访日志", "记录": "3", "报送包": "7"}
