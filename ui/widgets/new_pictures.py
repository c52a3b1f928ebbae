"""Pictures that came into the watched folder, offered beside the record that is open: one click attaches one."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.attachment import Attachment
from app.i18n import _
from app.use_cases.attachment_desk import NoPicture, Offered, small_offered
from app.use_cases.watched_folder import NewPicture
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.file_strip import FileStrip
from ui.widgets.roles import button, label

_SIDE: Final = 312  # pixels of a small picture: three times as large as it is at 100 %
_REMEMBERED: Final = 60  # small pictures


class NewPictures(QWidget):
    """`wanted` tells the `NewPicture` to be attached; out of sight where nothing is new."""

    wanted = Signal(object)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self._pictures: dict[str, NewPicture] = {}
        self._known: Final[dict[str, QImage]] = {}
        self._waiting: list[NewPicture] = []
        self.told: Final = label("", "small", wrap=True)
        self.strip: Final = FileStrip(bench.theme)
        self.strip.setAccessibleName(_("New pictures"))
        self.none_wanted: Final = button(_("None of these"), "link")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.tiny)
        layout.addWidget(self.told)
        layout.addWidget(self.strip)
        layout.addWidget(self.none_wanted)
        self.hide()
        self.strip.itemClicked.connect(lambda _item: self._want(self.strip.current))
        self.strip.opened.connect(self._want)
        self.strip.removed.connect(lambda file: self._decide([file.id]))
        self.none_wanted.clicked.connect(lambda: self._decide(list(self._pictures)))
        if bench.pictures:
            bench.pictures.changed.connect(self.show_now)

    def begin(self) -> None:
        """Offer what is new now, and from now on."""
        if self._bench.pictures:
            self._bench.pictures.begin()
            self.show_now()

    def show_now(self) -> None:
        """Show what is offered now, where anybody would see it."""
        around = self.parentWidget()
        if around is None or not around.isVisible():
            return
        watched = self._bench.pictures.now if self._bench.pictures else None
        if watched is None or watched.folder is None or not (watched.pictures or watched.gone):
            self.hide()
            return
        name = watched.folder.name or str(watched.folder)
        self._pictures = {each.mark: each for each in watched.pictures}
        gone = _("The folder {name} of new pictures is away. As soon as it is back, its pictures are offered here.")
        new = _("New in {name}: click a picture to add it")
        self.told.setText((gone if watched.gone else new).format(name=name))
        files = [Attachment(id=each.mark, name=each.path.name, size=each.size) for each in watched.pictures]
        self.strip.show_files(files, {mark: self._known[mark] for mark in self._pictures if mark in self._known})
        self.none_wanted.setVisible(bool(files))
        self._waiting = [each for mark, each in self._pictures.items() if mark not in self._known]
        self.show()
        self._ask_picture()

    def decided(self, picture: NewPicture) -> None:
        """It was attached: offer it no more."""
        if self._bench.pictures:
            self._bench.pictures.decided([picture])

    def _want(self, file: Attachment | None) -> None:
        if file and (picture := self._pictures.get(file.id)):
            self.wanted.emit(picture)

    def _decide(self, marks: list[str]) -> None:
        if self._bench.pictures:
            self._bench.pictures.decided([self._pictures[each] for each in marks if each in self._pictures])

    def _ask_picture(self) -> None:
        if self._waiting:
            picture = self._waiting.pop(0)
            self._bench.background.ask(
                self,
                lambda: _small(picture),
                lambda seen: self._show_picture(picture, seen),
                lambda _error: self._show_picture(picture, QImage()),
                topic="small",
            )

    def _show_picture(self, picture: NewPicture, seen: QImage) -> None:
        while len(self._known) >= _REMEMBERED:
            del self._known[next(iter(self._known))]
        self._known[picture.mark] = seen
        self.strip.show_picture(picture.mark, seen)
        self._ask_picture()


def _small(picture: NewPicture) -> QImage:
    try:
        return QImage.fromData(small_offered(Offered.at(picture.path), _SIDE))
    except NoPicture:
        return QImage()
