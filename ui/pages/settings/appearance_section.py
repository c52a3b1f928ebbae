"""How the window looks: the size of its letters, its colours, its language."""

from app.i18n import CHINESE, ENGLISH, N_, _, spoken
from app.settings import write_settings
from ui.page import Page
from ui.pages.settings.choices import Choices
from ui.pages.settings.section import Section
from ui.widgets.card import Card
from ui.widgets.roles import label

SIZES = (90, 100, 110, 125, 140, 160)
"""Text sizes that are offered, in per cent."""


class AppearanceSection(Section):
    """Everything but the language applies at once."""

    name = N_("Appearance")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.letters: Choices[int] = Choices(_("Size of the letters"), [(f"{size} %", size) for size in SIZES])
        self.colours: Choices[bool] = Choices(_("Colours"), [(_("Light"), False), (_("Dark"), True)])
        self.language: Choices[str] = Choices(_("Language"), [("中文", CHINESE), ("English", ENGLISH)])
        card = Card(_("Appearance"))
        for words, choices in (
            (_("Size of the letters"), self.letters),
            (_("Colours"), self.colours),
            (_("Language, from the next start"), self.language),
        ):
            card.add(label(words, "label"))
            card.add(choices)
        self.add(card)
        self.end()
        self.letters.chosen.connect(self._take_size)
        self.colours.chosen.connect(self._take_dark)
        self.language.chosen.connect(self._take_language)

    def refresh(self) -> None:
        settings = self.bench.settings
        self.letters.show_value(settings.text_size)
        self.colours.show_value(settings.dark)
        self.language.show_value(settings.language or spoken())

    def _take_size(self, size: int) -> None:
        self.bench.settings.text_size = size
        self._apply()

    def _take_dark(self, dark: bool) -> None:
        self.bench.settings.dark = dark
        self._apply()

    def _take_language(self, language: str) -> None:
        self.bench.settings.language = language
        self._save()

    def _apply(self) -> None:
        self.bench.theme.apply(size=self.bench.settings.text_size, dark=self.bench.settings.dark)
        self._save()

    def _save(self) -> None:
        settings, home = self.bench.settings, self.bench.workspace.folder.parent
        self.bench.background.do(self, lambda _progress: write_settings(home, settings), lambda _none: None, self.fail)
