"""The place of receptions and outreach: the list of all visits, the reception desk, the outreach sheet."""

from ui.pages.visits.page import VisitsPage

__all__ = ["VisitsPage"]
