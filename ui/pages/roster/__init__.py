"""The place of the register: deputies, former deputies, units, congresses and their terms, livelihood projects."""

from ui.pages.roster.page import RosterPage

__all__ = ["RosterPage"]
