"""Choosing units by part of a name; what was chosen is shown even where the unit was closed since."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.unit import Unit
from app.queries.record import record_of
from app.queries.units import UnitRow
from ui.page import Workbench
from ui.widgets.unit_picker import UnitPicker

UNITS = (UnitRow("a", "区民政局", False), UnitRow("b", "区住建局", False), UnitRow("c", "区旧局", True))


def a_picker(qtbot: QtBot) -> UnitPicker:
    picker = UnitPicker("建议主办单位")
    qtbot.addWidget(picker)
    picker.offer(UNITS)
    return picker


def test_part_of_a_name_and_enter_take_the_only_unit_that_fits(qtbot: QtBot) -> None:
    picker = a_picker(qtbot)
    for typed, ids in (("民政", ("a",)), ("区", ("a",)), ("旧", ("a",)), ("区住建局", ("a", "b")), ("民政", ("a", "b"))):
        picker.field.setText(typed)
        QTest.keyClick(picker.field, Qt.Key.Key_Return)
        assert picker.ids() == ids


def test_what_is_shown_is_called_by_name_and_taken_out_by_its_button(qtbot: QtBot) -> None:
    picker = a_picker(qtbot)
    picker.show_ids(("c", "gone"))
    assert [each.text() for each in picker.findChildren(QLabel)] == ["区旧局", "…"]
    with qtbot.waitSignal(picker.changed):
        next(each for each in picker.findChildren(QPushButton) if each.text() == "移除").click()
    assert picker.ids() == ("gone",)


def test_a_unit_nobody_knows_yet_is_entered_where_it_is_typed(qtbot: QtBot, bench: Workbench) -> None:
    picker = UnitPicker("拟承办单位", bench)
    qtbot.addWidget(picker)
    picker.show()
    picker.offer(UNITS)
    picker.field.setText("民政")
    assert picker.new.isHidden()
    picker.field.setText("区园林局")
    assert (picker.new.isVisible(), "区园林局" in picker.new.text()) == (True, True)
    with qtbot.waitSignal(picker.changed):
        picker.new.click()
    (id,) = picker.ids()
    assert record_of(bench.workspace, Unit, id).name == "区园林局"
    assert "区园林局" in [each.text() for each in picker.findChildren(QLabel)]
