"""A link that is cut where its column ends still says the whole of it to whoever asks."""

from pytestqt.qtbot import QtBot

from ui.widgets.elided_link import ElidedLink


def test_its_words_are_cut_to_the_room_there_is(qtbot: QtBot) -> None:
    link = ElidedLink("一件很长很长的群众意见，标题放不下")
    qtbot.addWidget(link)
    link.show()
    link.resize(80, 24)
    assert link.text().endswith("…")
    assert link.text() != link.words
    assert (link.toolTip(), link.accessibleName()) == (link.words, link.words)
    link.resize(600, 24)
    assert link.text() == link.words
