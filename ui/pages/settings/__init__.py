"""Settings: how the window looks, the station and its people, keys, the check of the store, the program itself."""

from ui.pages.settings.page import SettingsPage

__all__ = ["SettingsPage"]
