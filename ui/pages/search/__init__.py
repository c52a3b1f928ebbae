"""All that a search found."""

from ui.pages.search.page import SearchPage

__all__ = ["SearchPage"]
