"""The table of one campaign on screen; every number in it is a door to the list behind it."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.chinese import period
from app.domain.values import wording
from app.i18n import _
from app.queries.campaign_paper import norm_told
from app.queries.campaign_table import CampaignTable, Counted, Division, PartRow
from ui.theme import SPACE
from ui.widgets.contents import take_out
from ui.widgets.facts import Facts
from ui.widgets.flow import Flow
from ui.widgets.roles import button, label
from ui.wording import word_of

_FIGURES: Final = (Counted.DEPUTIES, Counted.VISITS, Counted.PEOPLE, Counted.OPINIONS, Counted.CLOSED, Counted.SOLVED)
_MOST: Final = 40  # rows of a block that are shown before somebody asks for all
_COLUMNS: Final = {
    Division.LEVEL: _FIGURES,
    Division.DEPUTY: (Counted.VISITS, Counted.PEOPLE, Counted.OPINIONS, Counted.CLOSED, Counted.SOLVED),
    Division.VILLAGE: (Counted.VISITS, Counted.PEOPLE, Counted.OPINIONS, Counted.CLOSED, Counted.SOLVED),
}


def counted_word(counted: Counted) -> str:
    """What is counted, as the head of a column says it."""
    return {
        Counted.DEPUTIES: _("Deputies in"),
        Counted.VISITS: _("Visits made"),
        Counted.PEOPLE: _("People met"),
        Counted.OPINIONS: _("Opinions"),
        Counted.CLOSED: _("Brought to an end"),
        Counted.SOLVED: _("Solved"),
    }[counted]


def part_word(row: PartRow) -> str:
    """What a part of a campaign is called."""
    if row.part.division is Division.WHOLE:
        return _("Altogether")
    if row.name:
        return row.name
    return _("(no village said)") if row.part.division is Division.VILLAGE else _("(not registered)")


class CampaignTableView(QWidget):
    """Facts, large figures, and a block of rows for each division. `wanted` tells the part and what is counted of it."""

    wanted = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.facts: Final = Facts()
        self._whole = False  # whether every row of a long block is wanted
        self._row = QWidget()
        self._flow = Flow(self._row)
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(SPACE.large)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, SPACE.small, 0)
        layout.setSpacing(SPACE.large)
        layout.addWidget(self.facts)
        layout.addWidget(self._row)
        layout.addLayout(self._blocks)
        layout.addStretch(1)

    def show_table(self, table: CampaignTable) -> None:
        """Show the table."""
        campaign = table.campaign
        self.facts.show_facts(
            (
                (_("Days"), period(campaign.starts_on, campaign.ends_on)),
                (_("Type"), word_of(campaign.campaign_type)),
                (_("Issued by"), "　".join(part for part in (campaign.issuer, campaign.document_number) if part)),
                (_("Only visits of this kind"), word_of(campaign.visit_kind)),
                (_("What is asked"), campaign.task),
            )
        )
        self._show_figures(table.whole)
        take_out(self._blocks)
        for division, rows in (
            (Division.LEVEL, table.levels),
            (Division.DEPUTY, table.deputies),
            (Division.VILLAGE, table.villages),
        ):
            if rows:
                self._blocks.addWidget(self._block(division, rows, table))

    def _show_figures(self, whole: PartRow) -> None:
        take_out(self._flow)
        for counted in _FIGURES:
            box = QWidget()
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 0, SPACE.small, 0)
            column.setSpacing(0)
            number = whole.number(counted)
            figure = button(f"{number:,}", "figure")
            figure.setAccessibleName(f"{counted_word(counted)} {number}")
            figure.setEnabled(number > 0)
            figure.clicked.connect(partial(self.wanted.emit, whole, counted))
            column.addWidget(figure, alignment=Qt.AlignmentFlag.AlignLeft)
            column.addWidget(label(counted_word(counted), "soft"))
            self._flow.addWidget(box)

    def _block(self, division: Division, rows: Sequence[PartRow], table: CampaignTable) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
        heading = {
            Division.LEVEL: _("By level"),
            Division.DEPUTY: _("By deputy"),
            Division.VILLAGE: _("By village (community)"),
        }[division]
        column.addWidget(label(heading, "section"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE.small)
        grid.setVerticalSpacing(SPACE.tiny)
        grid.setColumnStretch(0, 1)
        for place, counted in enumerate(_COLUMNS[division], start=1):
            head = label(counted_word(counted), "label", wrap=True)
            head.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
            grid.addWidget(head, 0, place)
        shown = rows if self._whole else rows[:_MOST]
        for line, row in enumerate(shown, start=1):
            grid.addWidget(label(part_word(row), "strong"), line, 0)
            for place, counted in enumerate(_COLUMNS[division], start=1):
                grid.addWidget(self._number(row, counted), line, place, alignment=Qt.AlignmentFlag.AlignRight)
            if told := self._beside(row, table):
                grid.addWidget(label(told, "small"), line, len(_COLUMNS[division]) + 1)
        column.addLayout(grid)
        if len(shown) < len(rows):
            more = button(_("Show all {count}").format(count=len(rows)), "link")
            more.clicked.connect(lambda: self._show_whole(table))
            column.addWidget(more, alignment=Qt.AlignmentFlag.AlignLeft)
        return block

    def _show_whole(self, table: CampaignTable) -> None:
        self._whole = True
        self.show_table(table)
        self._whole = False

    def _number(self, row: PartRow, counted: Counted) -> QWidget:
        number = row.number(counted)
        if not number:
            return label("0", "small")
        door = button(f"{number:,}", "link")
        door.setAccessibleName(f"{part_word(row)} {counted_word(counted)} {number}")
        door.clicked.connect(partial(self.wanted.emit, row, counted))
        return door

    def _beside(self, row: PartRow, table: CampaignTable) -> str:
        """What else is said of a row: of how many deputies of a level, or how far a deputy is from the norm."""
        if row.part.division is Division.LEVEL:
            return _("of {count} in office").format(count=row.registered) if row.registered else ""
        if row.part.division is Division.DEPUTY:
            return "　".join(part for part in (wording(row.beside), norm_told(row, table.campaign)) if part)
        return ""
