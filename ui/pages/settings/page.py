"""The page of the settings: the parts at the left, the chosen one beside them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, TypeVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.i18n import _
from ui.page import Page, Workbench
from ui.pages.settings.about_section import AboutSection
from ui.pages.settings.appearance_section import AppearanceSection
from ui.pages.settings.backup_section import BackupSection
from ui.pages.settings.check_section import CheckSection
from ui.pages.settings.computers_section import ComputersSection
from ui.pages.settings.keys_section import KeysSection
from ui.pages.settings.log_section import LogSection
from ui.pages.settings.network_section import NetworkSection
from ui.pages.settings.operators_section import OperatorsSection
from ui.pages.settings.papers_section import PapersSection
from ui.pages.settings.pictures_section import PicturesSection
from ui.pages.settings.platform_section import PlatformSection
from ui.pages.settings.privacy_section import PrivacySection
from ui.pages.settings.rules_section import RulesSection
from ui.pages.settings.section import Section
from ui.pages.settings.station_section import StationSection
from ui.pages.settings.trash_section import TrashSection
from ui.theme import SPACE
from ui.widgets.offered import keys_follow

_LIST: Final = 150
_CLASSES: Final[Mapping[str, type[Section]]] = {
    "appearance": AppearanceSection,
    "station": StationSection,
    "papers": PapersSection,
    "people": OperatorsSection,
    "privacy": PrivacySection,
    "computers": ComputersSection,
    "keys": KeysSection,
    "backups": BackupSection,
    "pictures": PicturesSection,
    "network": NetworkSection,
    "platforms": PlatformSection,
    "rules": RulesSection,
    "trash": TrashSection,
    "log": LogSection,
    "check": CheckSection,
    "about": AboutSection,
}
_NAMES: Final = tuple(_CLASSES)
AnySection = TypeVar("AnySection", bound=Section)


class SettingsPage(Page):
    """One part at a time; each asks for its own."""

    concerns = Changes.STATION | Changes.PEOPLE | Changes.EXCHANGE

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._holders: Final = [QWidget() for _part in _NAMES]
        self.list = QListWidget()
        self.list.setAccessibleName(_("Parts of the settings"))
        self.list.setProperty("role", "sections")
        self.stack = QStackedWidget()
        for name, holder in zip(_NAMES, self._holders, strict=True):
            self.list.addItem(_(_CLASSES[name].name))
            self.stack.addWidget(holder)
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

    @cached_property
    def appearance(self) -> AppearanceSection:
        return self._held("appearance", AppearanceSection(self))

    @cached_property
    def station(self) -> StationSection:
        return self._held("station", StationSection(self))

    @cached_property
    def papers(self) -> PapersSection:
        return self._held("papers", PapersSection(self))

    @cached_property
    def people(self) -> OperatorsSection:
        return self._held("people", OperatorsSection(self))

    @cached_property
    def privacy(self) -> PrivacySection:
        return self._held("privacy", PrivacySection(self))

    @cached_property
    def computers(self) -> ComputersSection:
        return self._held("computers", ComputersSection(self))

    @cached_property
    def keys(self) -> KeysSection:
        return self._held("keys", KeysSection(self))

    @cached_property
    def backups(self) -> BackupSection:
        return self._held("backups", BackupSection(self))

    @cached_property
    def pictures(self) -> PicturesSection:
        return self._held("pictures", PicturesSection(self))

    @cached_property
    def network(self) -> NetworkSection:
        return self._held("network", NetworkSection(self))

    @cached_property
    def platforms(self) -> PlatformSection:
        return self._held("platforms", PlatformSection(self))

    @cached_property
    def rules(self) -> RulesSection:
        return self._held("rules", RulesSection(self))

    @cached_property
    def trash(self) -> TrashSection:
        return self._held("trash", TrashSection(self))

    @cached_property
    def log(self) -> LogSection:
        return self._held("log", LogSection(self))

    @cached_property
    def check(self) -> CheckSection:
        return self._held("check", CheckSection(self))

    @cached_property
    def about(self) -> AboutSection:
        return self._held("about", AboutSection(self))

    def _held(self, name: str, section: AnySection) -> AnySection:
        """A part in its place in the stack, made when somebody first looks."""
        column = QVBoxLayout(self._holders[_NAMES.index(name)])
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(section)
        section.changed.connect(self.furniture_changed)
        return section

    def prepare(self) -> Iterator[QWidget]:
        yield from (self._section(name) for name in _NAMES)

    def heading(self) -> str:
        return _("Settings")

    def actions_offered(self) -> Sequence[QAction]:
        return self._shown().actions_offered()

    def refresh(self) -> None:
        self._shown().refresh()

    def begin(self, deed: str) -> None:
        """A part by its name, as `_CLASSES` has it."""
        if deed in _NAMES:
            self.list.setCurrentRow(_NAMES.index(deed))

    def keep(self) -> None:
        for name in _NAMES:
            if name in vars(self):  # what nobody has looked at holds nothing
                self._section(name).keep()

    def _section(self, name: str) -> Section:
        section: Section = getattr(self, name)
        return section

    def _shown(self) -> Section:
        return self._section(_NAMES[self.stack.currentIndex()])

    def _go(self, number: int) -> None:
        self.stack.setCurrentIndex(number)
        self._shown().refresh()
        keys_follow(self)
        self.furniture_changed.emit()

    def _measure(self) -> None:
        self.list.setFixedWidth(self.bench.theme.px(_LIST))
