"""The page of the settings: the parts at the left, the chosen one beside them."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget

from app.changes import Changes
from app.i18n import _
from ui.page import Page, Workbench
from ui.pages.settings.about_section import AboutSection
from ui.pages.settings.appearance_section import AppearanceSection
from ui.pages.settings.backup_section import BackupSection
from ui.pages.settings.check_section import CheckSection
from ui.pages.settings.keys_section import KeysSection
from ui.pages.settings.operators_section import OperatorsSection
from ui.pages.settings.pictures_section import PicturesSection
from ui.pages.settings.privacy_section import PrivacySection
from ui.pages.settings.section import Section
from ui.pages.settings.station_section import StationSection
from ui.pages.settings.trash_section import TrashSection
from ui.theme import SPACE
from ui.widgets.offered import keys_follow

_LIST: Final = 150


class SettingsPage(Page):
    """One part at a time; each asks for its own."""

    concerns = Changes.STATION | Changes.PEOPLE

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.appearance = AppearanceSection(self)
        self.station = StationSection(self)
        self.people = OperatorsSection(self)
        self.privacy = PrivacySection(self)
        self.keys = KeysSection(self)
        self.backups = BackupSection(self)
        self.pictures = PicturesSection(self)
        self.trash = TrashSection(self)
        self.check = CheckSection(self)
        self.about = AboutSection(self)
        self.sections: Final[Sequence[Section]] = (
            self.appearance,
            self.station,
            self.people,
            self.privacy,
            self.keys,
            self.backups,
            self.pictures,
            self.trash,
            self.check,
            self.about,
        )
        self.list = QListWidget()
        self.list.setAccessibleName(_("Parts of the settings"))
        self.list.setProperty("role", "sections")
        self.stack = QStackedWidget()
        for section in self.sections:
            self.list.addItem(_(section.name))
            self.stack.addWidget(section)
            section.changed.connect(self.furniture_changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.large)
        row.addWidget(self.list)
        row.addWidget(self.stack, 1)
        self.setFocusProxy(self.list)
        self.list.setCurrentRow(0)
        self.list.currentRowChanged.connect(self._go)
        bench.theme.changed.connect(self._measure)
        self._measure()

    def heading(self) -> str:
        return _("Settings")

    def actions_offered(self) -> Sequence[QAction]:
        return self._shown().actions_offered()

    def refresh(self) -> None:
        self._shown().refresh()

    def begin(self, deed: str) -> None:
        """A part by its attribute: appearance, station, people, privacy, keys, backups, pictures, trash, check, about."""
        names = ("appearance", "station", "people", "privacy", "keys", "backups", "pictures", "trash", "check", "about")
        if deed in names:
            self.list.setCurrentRow(names.index(deed))

    def keep(self) -> None:
        for section in self.sections:
            section.keep()

    def _shown(self) -> Section:
        return self.sections[self.stack.currentIndex()]

    def _go(self, number: int) -> None:
        self.stack.setCurrentIndex(number)
        self._shown().refresh()
        keys_follow(self)
        self.furniture_changed.emit()

    def _measure(self) -> None:
        self.list.setFixedWidth(self.bench.theme.px(_LIST))
