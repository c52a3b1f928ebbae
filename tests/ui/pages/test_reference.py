"""Reference data of the body in the window: told before it is taken in, shown in the settings, set back and undone there."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from app.domain.calendar_year import EnteredYear
from app.domain.reference_data import Reference, ReferenceData, ReferenceUnit, ReferenceYear, content_of
from app.province.reference import publish
from app.queries.reference import reference_card
from app.workspace import Workspace
from tests.builders import Pair, save
from tests.ui.pages.test_exchange import do, line, rows, sticks
from tests.ui.pages.test_exchange import page as exchange
from tests.ui.pages.test_settings import page, press
from ui.pages.exchange import ExchangePage
from ui.pages.settings import SettingsPage
from ui.pages.settings.rules_section import RulesSection

__all__ = ["exchange", "line", "page", "sticks"]  # fixtures
YEAR = EnteredYear(id="", year=2028, rest=(date(2028, 1, 3),), worked=(), source="国办发明电〔2027〕1号")


def version(workspace: Workspace, number: int, *years: int) -> Reference:
    told = tuple(ReferenceYear(year=year, rest=(f"{year}-05-01",), worked=(), source="通知") for year in years)
    return Reference(
        id=workspace.clock.new_id(),
        body=workspace.clock.new_id(),
        body_name="示例市",
        version=number,
        issued_on=date(2026, 11, 20),
        content=content_of(ReferenceData(years=told, units=(ReferenceUnit(name="示例交通局"),))),
    )


@pytest.fixture
def section(page: SettingsPage) -> RulesSection:
    page.begin("rules")
    return page.rules


def test_the_settings_say_what_is_in_force_and_set_it_back(section: RulesSection, workspace: Workspace) -> None:
    assert section.reference.told.text() == "接收机关还没有下发，按程序自带的执行。下发时随回执一起来。"
    assert section.reference.back.isHidden()
    save(workspace, version(workspace, 1, 2027), version(workspace, 2, 2027, 2028))
    section.refresh()
    assert section.reference.told.text() == "示例市第2版，11月20日签发，11月21日收下。"
    assert section.reference.holds.text() == "内容：日历 2027、2028；1 个单位。"
    section.calendar.year.editor.show_code("2028")
    assert (section.calendar.rest.editor.toPlainText(), section.calendar.drop.isHidden()) == ("5月1日", True)
    assert "接收机关下发" in section.calendar.unknown.words
    press(section, "退回上一版")
    assert "第1版" in section.reference.told.text()
    press(section, "退回上一版")
    assert section.reference.back.isHidden()
    assert reference_card(workspace) is None


def test_it_is_told_before_it_is_taken_in_and_undone_where_it_was(exchange: ExchangePage, line: Pair, tmp_path: Path) -> None:
    path = tmp_path / "参考数据.json"
    path.write_bytes(publish(line.body, year=YEAR, units=(ReferenceUnit(name="示例交通局"),)).envelope)
    exchange.bring([path])
    ((word, sentence),) = rows(exchange)
    assert word == "新"
    assert sentence.splitlines()[1:] == ["日历：2028。", "新的单位：示例交通局。", "没有期限变动。"]
    do(exchange, "全部收下 1 个")
    assert exchange.take_in.notice.words == "已收下 1 个文件。"
    (undo,) = (each for each in exchange.take_in.notice.findChildren(QPushButton) if each.text() == "撤销")
    undo.click()
    assert reference_card(line.station) is None
    exchange.bring([path])
    do(exchange, "全部收下 1 个")
    exchange.bring([path])
    assert [word for word, _sentence in rows(exchange)] == ["已收过"]
    assert any("以前收过" in each.text() for each in exchange.take_in.files.findChildren(QLabel))
