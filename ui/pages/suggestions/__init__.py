"""The place of suggestions: from chosen issues to a submitted text, with the paper beside it."""

from ui.pages.suggestions.page import SuggestionsPage

__all__ = ["SuggestionsPage"]
