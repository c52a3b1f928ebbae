"""The stars and awards of one record, the newest first."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.award import AwardType, Stars
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.queries.awards import AwardRow, awards_of
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.roles import label
from ui.wording import day_told, word_of


class AwardsCard(Card):
    """Gone where nothing was given."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("Stars and awards"), parent)
        self._bench: Final = bench
        self._id: Id = ""
        self._rows: Final = QVBoxLayout()
        self._rows.setSpacing(SPACE.small)
        self.body.addLayout(self._rows)
        self.hide()

    def show_record(self, id: Id) -> None:
        """Ask what this record was given; of a deputy also what their suggestions were given."""
        if id != self._id:
            self.hide()
        self._id = id
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: (id, awards_of(workspace, id)), self._show, self._fail, topic="awards of")

    def _show(self, found: tuple[Id, Sequence[AwardRow]]) -> None:
        id, rows = found
        if id != self._id:
            return
        take_out(self._rows)
        for row in rows:
            self._rows.addWidget(self._part(row))
        self.setVisible(bool(rows))

    def _part(self, row: AwardRow) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.tiny)
        over = "" if row.holds else _("(rated anew since)")
        column.addWidget(label("　".join(each for each in (award_told(row), over) if each), "strong", wrap=True))
        award = row.award
        whose = row.recipient.title if row.recipient.id != self._id else ""
        about = (whose, day_told(award.on), award.issuer, award.document_no)
        for told in ("　".join(each for each in about if each), award.reason, _duties(award.duties)):
            if told:
                column.addWidget(label(told, "small", wrap=True))
        return part

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)


def award_told(row: AwardRow) -> str:
    """What was given: stars drawn and in words, an award with its year."""
    if row.award.award_type == AwardType.STARS:
        drawn = "★" * int(row.award.stars) if row.award.stars in set(Stars) else ""
        return " ".join(each for each in (drawn, word_of(row.award.stars)) if each)
    year = _("{year}: ").format(year=row.year) if row.year else ""
    return f"{year}{row.award.name.strip() or word_of(row.award.award_type)}"


def _duties(duties: str) -> str:
    return _("What the unit owes: {duties}").format(duties=duties) if duties else ""
