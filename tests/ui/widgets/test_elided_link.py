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


def test_its_words_may_change(qtbot: QtBot) -> None:
    link = ElidedLink("固定接待日")
    qtbot.addWidget(link)
    link.resize(2000, 30)
    link.show()
    link.say("固定接待日 · 记录人：周某")
    assert link.text() == link.words == link.accessibleName() == link.toolTip() == "固定接待日 · 记录人：周某"
