"""The place of suggestions on a station with two deputies and two issues."""

from tests.conftest import QT_MISSING

if not QT_MISSING:
    from tests.ui.pages.suggestions.hands import issues, lead, page

    __all__ = ["issues", "lead", "page"]
