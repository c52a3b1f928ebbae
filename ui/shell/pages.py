"""Which page stands at which place. A page is imported when somebody goes there: what nobody looks at costs no start-up."""

from collections.abc import Callable
from importlib import import_module
from typing import Final

from ui.page import Page, Workbench
from ui.places import Place


def _today(bench: Workbench) -> Page:
    from ui.pages.today import TodayPage

    return TodayPage(bench)


def _visits(bench: Workbench) -> Page:
    from ui.pages.visits import VisitsPage

    return VisitsPage(bench)


def _issues(bench: Workbench) -> Page:
    from ui.pages.issues import IssuesPage

    return IssuesPage(bench)


def _suggestions(bench: Workbench) -> Page:
    from ui.pages.suggestions import SuggestionsPage

    return SuggestionsPage(bench)


def _roster(bench: Workbench) -> Page:
    from ui.pages.roster import RosterPage

    return RosterPage(bench)


def _exchange(bench: Workbench) -> Page:
    from ui.pages.exchange import ExchangePage

    return ExchangePage(bench)


def _statistics(bench: Workbench) -> Page:
    from ui.pages.statistics import StatisticsPage

    return StatisticsPage(bench)


def _settings(bench: Workbench) -> Page:
    from ui.pages.settings import SettingsPage

    return SettingsPage(bench)


def _search(bench: Workbench) -> Page:
    from ui.pages.search import SearchPage

    return SearchPage(bench)


def load_pages() -> None:
    """Load what the places are made of, off the window's own thread: going to one for the first time then takes no longer."""
    for name in ("visits", "issues", "suggestions.desk", "roster", "exchange", "statistics", "settings", "search"):
        import_module(f"ui.pages.{name}")


PAGES: Final[dict[Place, Callable[[Workbench], Page]]] = {
    Place.TODAY: _today,
    Place.VISITS: _visits,
    Place.ISSUES: _issues,
    Place.SUGGESTIONS: _suggestions,
    Place.ROSTER: _roster,
    Place.EXCHANGE: _exchange,
    Place.STATISTICS: _statistics,
    Place.SETTINGS: _settings,
    Place.SEARCH: _search,
}
