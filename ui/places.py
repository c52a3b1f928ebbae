"""The places of the window, in their order; only those that work are here."""

from enum import Enum
from typing import Final

from app.i18n import N_


class Place(Enum):
    """A place: its name in the window (an English message), and the picture beside it."""

    TODAY = N_("Today"), "house"
    VISITS = N_("Visits"), "users"
    ISSUES = N_("Issues"), "message-square-text"
    SUGGESTIONS = N_("Suggestions"), "file-pen-line"
    ROSTER = N_("Roster"), "contact-round"
    EXCHANGE = N_("Exchange"), "package-check"
    STATISTICS = N_("Statistics"), "chart-column"
    SETTINGS = N_("Settings"), "settings"
    SEARCH = N_("Search"), "search"

    @property
    def words(self) -> str:
        """The name, to be translated where it is shown."""
        return self.value[0]

    @property
    def on_rail(self) -> bool:
        """Whether it has a button of its own; the results of a search are reached from the field above every page."""
        return self is not Place.SEARCH

    @property
    def icon(self) -> str:
        """The picture's name in `resources/icons`."""
        return self.value[1]


def place_of(kind: str) -> Place | None:
    """Where a record of a kind is shown; None for what has no page yet."""
    return _OF_KIND.get(kind)


_OF_KIND: Final = {
    "visit": Place.VISITS,
    "encounter": Place.VISITS,
    "attendance": Place.VISITS,
    "speech": Place.VISITS,
    "campaign": Place.VISITS,
    "issue": Place.ISSUES,
    "bulletin": Place.ISSUES,
    "article": Place.ISSUES,
    "suggestion": Place.SUGGESTIONS,
    "commitment": Place.SUGGESTIONS,
    "supervision": Place.SUGGESTIONS,
    "award": Place.SUGGESTIONS,
    "deputy": Place.ROSTER,
    "former_deputy": Place.ROSTER,
    "unit": Place.ROSTER,
    "congress": Place.ROSTER,
    "term": Place.ROSTER,
    "project": Place.ROSTER,
    **dict.fromkeys(("points_entry", "score_scheme", "station_check"), Place.STATISTICS),
}
