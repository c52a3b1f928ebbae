"""Pictures: the folder whose new ones are offered beside the open record, and the cards by which deputies check in."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from app.domain.papers import PaperName
from app.i18n import N_, _
from app.use_cases.papers import Asked
from app.use_cases.watched_folder import Watched, look, watch
from ui.feedback import Tone
from ui.page import Page
from ui.pages.settings.section import Section
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.roles import button, label


class PicturesSection(Section):
    """What is chosen holds at once."""

    name = N_("Pictures and cards")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._folder: Path | None = None
        self.told: Final = label("", "strong", wrap=True)
        self.state: Final = label("", "small", wrap=True)
        self.choose_button: Final = button(_("Choose a folder …"))
        self.none_button: Final = button(_("Watch no folder"), "link")
        self.cards: Final = button(_("Print deputies' cards …"))
        self.add(self._folder_card(), self._cards_card())
        self.end()
        self.choose_button.clicked.connect(self.choose)
        self.none_button.clicked.connect(lambda: self.watch(None))
        self.cards.clicked.connect(self._print_cards)

    def refresh(self) -> None:
        workspace = self.bench.workspace
        self.bench.background.ask(self, lambda: look(workspace), self._show, self.fail, topic="folder")

    def choose(self) -> None:
        """Ask for the folder."""
        start = str(self._folder or self.bench.settings.last_folder or Path.home())
        if chosen := QFileDialog.getExistingDirectory(self, _("Choose a folder …"), start):
            self.watch(Path(chosen))

    def watch(self, folder: Path | None) -> None:
        """Watch this folder from now on, or none."""
        workspace = self.bench.workspace
        self.bench.background.do(self, lambda _progress: watch(workspace, folder), self._watched, self.fail)

    def _watched(self, watched: Watched) -> None:
        self._show(watched)
        if self.bench.pictures:
            self.bench.pictures.look()
        folder = watched.folder
        told = (
            _("From now on new pictures in {folder} are offered.").format(folder=folder) if folder else _("No folder is watched.")
        )
        self.bench.feedback.say(told, Tone.OK)

    def _show(self, watched: Watched) -> None:
        self._folder = watched.folder
        self.told.setText(str(watched.folder) if watched.folder else _("No folder is watched."))
        away = _("The folder is away now: a stick that is not plugged in, or a share that is not connected.")
        self.state.setText(away if watched.gone else "")
        self.state.setVisible(watched.gone)
        self.none_button.setVisible(watched.folder is not None)

    def _print_cards(self) -> None:
        from ui.dialogs.paper_dialog import PaperDialog  # printing is loaded when it is wanted

        PaperDialog(self.bench, Asked(name=PaperName.DEPUTY_CARDS), self).open()

    def _folder_card(self) -> Card:
        card = Card(_("Folder of new pictures"))
        words = _(
            "Where the document camera, the scanner or the telephone saves pictures. What is new there is offered beside the"
            " record that is open; one click adds it. The files themselves stay where they are."
        )
        card.add(label(words, "soft", wrap=True))
        card.add(self.told)
        card.add(self.state)
        row = QHBoxLayout()
        row.setSpacing(SPACE.middle)
        row.addWidget(self.choose_button)
        row.addWidget(self.none_button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _cards_card(self) -> Card:
        card = Card(_("Cards for checking in"))
        words = _("Ten to a sheet, to be cut apart. At the reception desk a scanner or the camera reads the code on them.")
        card.add(label(words, "soft", wrap=True))
        row = QHBoxLayout()
        row.addWidget(self.cards)
        row.addStretch(1)
        card.body.addLayout(row)
        return card
