"""Papers to choose among: a button each, card by card."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.domain.papers import PaperName
from app.use_cases.papers import Asked
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.roles import button
from ui.widgets.scrolled import scrolled


def paper_buttons(
    asked: Sequence[Asked], choose: Callable[[Asked], None], leave_out: str = ""
) -> Mapping[PaperName, QPushButton]:
    """A button for each paper, which chooses it as it is asked for; what titles begin with is left out."""
    made = {each.name: button(f"{each.name.label.removeprefix(leave_out)}…", "link") for each in asked}
    for each in asked:
        made[each.name].clicked.connect(partial(_pressed, choose, each))
    return made


def _pressed(choose: Callable[[Asked], None], asked: Asked, _checked: bool = False) -> None:
    choose(asked)


def paper_card(heading: str, buttons: Mapping[PaperName, QPushButton], *below: QWidget) -> Card:
    """The buttons under a heading, with what belongs below them."""
    card, papers = Card(heading), QWidget()
    card.heading.setWordWrap(True)
    flow = Flow(papers, gap=SPACE.middle)
    for each in buttons.values():
        flow.addWidget(each)
    for widget in (papers, *below):
        card.add(widget)
    return card


def column_of(*cards: Card) -> QWidget:
    """The cards one below the other, as long as they are."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, SPACE.tiny, 0)
    column.setSpacing(SPACE.middle)
    for each in cards:
        column.addWidget(each)
    column.addStretch(1)
    return scrolled(inside)
