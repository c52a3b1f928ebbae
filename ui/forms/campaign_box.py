"""The campaign something belongs to: the one that fits day and kind, until a person chooses."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.campaign import fitting
from app.domain.visit import Campaign
from ui.forms.category_box import CategoryBox


class CampaignBox(CategoryBox):
    """The campaigns by their names. While it `follows`, another day or kind chooses the campaign that fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._campaigns: Sequence[Campaign] = ()
        self.follows = False
        self.activated.connect(lambda _index: self._chosen())

    def offer(self, campaigns: Sequence[Campaign]) -> None:
        """Offer these; what is chosen stays."""
        self._campaigns = campaigns
        self.show_names({each.id: each.name for each in campaigns})

    def follow(self, day: date | None, visit_kind: str) -> None:
        """Choose the one that fits, where nobody chose."""
        if self.follows:
            fit = fitting(self._campaigns, day, visit_kind)
            self.show_code(fit.id if fit else "")

    def _chosen(self) -> None:
        self.follows = False
