"""The program itself: its version, where the data lie, under which licences it and what it brings along stand."""

from collections.abc import Mapping

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit

from app import __version__
from app.i18n import N_, _
from app.paths import RESOURCES
from ui.page import Page
from ui.pages.settings.section import Section
from ui.widgets.card import Card
from ui.widgets.facts import Facts
from ui.widgets.roles import button


class AboutSection(Section):
    """Facts and licences."""

    name = N_("About")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._texts: Mapping[str, str] = {}
        self.facts = Facts()
        self.licence = QComboBox()
        self.licence.setAccessibleName(_("Licences"))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Text of the licence"))
        self.text.setMinimumHeight(self.bench.theme.px(260))
        program = Card(_("About"))
        program.add(self.facts)
        self.folder = button(_("Show the folder"))
        self.folder.clicked.connect(self._show_folder)
        row = QHBoxLayout()
        row.addWidget(self.folder)
        row.addStretch(1)
        program.body.addLayout(row)
        licences = Card(_("Licences of the letters and pictures"))
        licences.add(self.licence)
        licences.add(self.text, 1)
        self.add(program, licences)
        self.licence.currentTextChanged.connect(lambda name: self.text.setPlainText(self._texts.get(name, "")))

    def refresh(self) -> None:
        self.facts.show_facts(
            (
                (_("Program"), _("Liaison Workbench")),
                (_("Version"), __version__),
                (_("The data lie in"), str(self.bench.workspace.folder)),
            )
        )
        self.bench.background.ask(self, licences, self._show, self.fail, topic="licences")

    def _show(self, texts: Mapping[str, str]) -> None:
        if texts != self._texts:
            self._texts = texts
            self.licence.clear()
            self.licence.addItems(list(texts))

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.bench.workspace.folder)))


def licences() -> dict[str, str]:
    """The texts of the licences that come with the program, by the names of what they are of."""
    files = [*sorted((RESOURCES / "fonts").glob("*.txt")), RESOURCES / "icons" / "LICENSE"]
    return {_named(path.parent.name, path.stem): path.read_text(encoding="utf-8", errors="replace") for path in files}


def _named(folder: str, name: str) -> str:
    return _("Pictures (Lucide)") if folder == "icons" else _("Letters ({name})").format(name=name)
