"""A heading gives up its last parts first, and is then cut with an ellipsis, never silently."""

from pytestqt.qtbot import QtBot

from ui.widgets.heading import Heading


def test_what_does_not_fit_ends_in_an_ellipsis_and_the_whole_is_told(qtbot: QtBot) -> None:
    heading = Heading()
    qtbot.addWidget(heading)
    heading.say("关于完善社区老年助餐服务的建议")
    heading.resize(2000, 40)
    heading.show()
    assert heading.text() == heading.words
    heading.resize(120, 40)
    assert heading.text().endswith("…")
    assert heading.toolTip() == heading.accessibleName() == "关于完善社区老年助餐服务的建议"


def test_the_last_parts_give_way_before_anything_is_cut(qtbot: QtBot) -> None:
    heading = Heading()
    qtbot.addWidget(heading)
    heading.say("11月22日　星期日")
    heading.resize(heading.sizeHint())
    heading.show()
    assert heading.text() == "11月22日　星期日"
    heading.resize(heading.width() - 2, heading.height())
    assert heading.text() == "11月22日"
    assert heading.toolTip() == "11月22日　星期日"
