"""A heading is cut with an ellipsis, never silently."""

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
