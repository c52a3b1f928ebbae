"""Two computers of one station: how the second one joins, and the list of both, for the pictures of `docs/`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QLineEdit

from app.clock import Clock
from app.i18n import _
from app.use_cases import demo, opening, seats
from app.use_cases.arrivals import receive
from app.use_cases.opening import OpenStation
from app.use_cases.peers import export_for_sisters
from app.workspace import Workspace
from ui.application import Window
from ui.opening.join_panel import JoinPanel
from ui.places import Place
from ui.scene import button_in, settle

TWO_COMPUTERS: Final = ("window-join", "window-two-computers", "window-computer-leaves", "window-joined")
"""The card and digits of a station that is joined, the list of both, what is asked when one leaves, its first start."""

_CARD: Final = Path("/media/stick/computer-k7qe.json")
_DIGITS: Final = "4821 7730 5519"
"""What stands in the picture instead of the folder and the keys of the day on which it is drawn."""

_FIRST, _SECOND, _OPERATOR = "接待室", "二楼办公室", "联络员乙"
_AMOUNTS: Final = demo.Amounts(visits=20, issues=30, suggestions=3)


class TwoComputers:
    """An invented station that writes at two computers, both open, in `folder`; the second one is admitted once asked."""

    def __init__(self, folder: Path, passphrase: str, clock: Clock) -> None:
        self._stick: Final = folder / "stick"
        self._stick.mkdir(parents=True)
        way = opening.way(passphrase)
        demo.set_up_if_missing(folder / "first", way, clock)
        self.first: Final = opening.open_station(folder / "first", passphrase=passphrase, clock=clock)
        demo.fill(self.first.workspace, _AMOUNTS, seed=1)
        card = seats.write_card(self.first.workspace, self._stick)
        (folder / "second").mkdir()
        seats.join(folder / "second", way, card.path, card.digits, operator=_OPERATOR, clock=clock)
        self.second: Final = opening.open_station(folder / "second", passphrase=passphrase, clock=clock)
        seats.name_this(self.first.workspace, _FIRST)

    def admit(self) -> None:
        """Each knows the other, has its name, and has what the other wrote."""
        card = seats.write_card(self.second.workspace, self._stick)
        seats.admit(self.first.workspace, card.path, card.digits)
        _give(self.first.workspace, self.second.workspace, self._stick / "there")
        seats.name_this(self.second.workspace, _SECOND)
        _give(self.second.workspace.acting_as(self.first.workspace.author.op), self.first.workspace, self._stick / "back")

    def close(self) -> None:
        """Both are shut."""
        self.second.close()
        self.first.close()


def _give(giver: Workspace, taker: Workspace, folder: Path) -> None:
    for each in export_for_sisters(giver, folder).sisters:
        for path in each.paths:
            receive(taker, path)


def joining(window: Window) -> Iterator[str]:
    """An empty window joins a station; at the name of the picture it is in sight."""
    window.show_entrance()
    settle()
    button_in(window, _("Join a station …")).click()
    settle()
    (panel,) = window.findChildren(JoinPanel)
    panel.take(_CARD)
    editors = [each for each in panel.findChildren(QLineEdit) if each.isVisible()]
    for editor, text in zip(editors, (_DIGITS, _OPERATOR), strict=True):
        editor.setText(text)
    yield TWO_COMPUTERS[0]


def listed(window: Window, station: OpenStation) -> Iterator[str]:
    """The list of both computers at the first one, and the question before one leaves."""
    window.show_station(station)
    assert window.shell
    window.shell.go(Place.SETTINGS, deed="computers")
    settle()
    yield TWO_COMPUTERS[1]
    button_in(window, _("Retired, lost or stolen …")).click()
    settle()
    yield TWO_COMPUTERS[2]


def joined(window: Window, station: OpenStation) -> Iterator[str]:
    """The first page of a computer that has joined and was given nothing yet."""
    window.show_station(station)
    assert window.shell
    window.shell.go(Place.TODAY)
    settle()
    yield TWO_COMPUTERS[3]
