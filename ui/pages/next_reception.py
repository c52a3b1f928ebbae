"""The next reception day on the first page, and the notices that should be out by now."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.domain.rota import Announcement
from app.i18n import _
from app.queries.rota import RotaEntry
from ui.page import Workbench
from ui.places import Place
from ui.rota_words import hours_of, notice_sentence, tone_of
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.roles import button, label
from ui.wording import day_told, weekday_told

_TO_ANNOUNCE = frozenset({Announcement.DUE, Announcement.LATE})


class NextReceptionCard(Card):
    """The first of `days`, then a line for every day that must be announced; each line leads to its notice or to the rota."""

    def __init__(self, bench: Workbench, today: date, days: Sequence[RotaEntry]) -> None:
        super().__init__(_("Next reception"))
        rota = button(_("Rota"), "link")
        rota.clicked.connect(lambda: bench.go(Place.VISITS, deed=f"rota:{days[0].id}"))
        self.head.addWidget(rota)
        self._bench = bench
        self._today = today
        self.body.addLayout(self._next(days[0]))
        for each in days:
            if each.notice in _TO_ANNOUNCE or each is days[0]:
                self.body.addLayout(self._notice(each, named=each is not days[0]))

    def _next(self, day: RotaEntry) -> QHBoxLayout:
        told = QVBoxLayout()
        told.setSpacing(SPACE.tiny)
        told.addWidget(label(_("Deputies: {names}").format(names="、".join(day.names) or _("not entered")), wrap=True))
        where = " · ".join(part for part in (hours_of(day), day.place, day.theme) if part)
        told.addWidget(label(where or _("Place: {place}").format(place=_("not entered")), "soft", wrap=True))
        line = QHBoxLayout()
        line.setSpacing(SPACE.large)
        line.addWidget(label(f"{day_told(day.on, today=self._today)}　{weekday_told(day.on)}", "section"))
        line.addLayout(told, 1)
        return line

    def _notice(self, day: RotaEntry, *, named: bool) -> QHBoxLayout:
        """How it stands with a notice, and the way to it where it must be out."""
        sentence = notice_sentence(day, self._today)
        words = f"{day_told(day.on, today=self._today)}：{sentence}" if named else sentence
        line = QHBoxLayout()
        line.setSpacing(SPACE.small)
        line.addWidget(label(words, "chip", wrap=True, tone=tone_of(day.notice)), 1)
        if day.notice is not Announcement.ANNOUNCED:
            notice = button(_("Print the notice …"), "link")
            notice.clicked.connect(lambda: self._bench.go(Place.VISITS, deed=f"notice:{day.id}"))
            line.addWidget(notice)
        return line
