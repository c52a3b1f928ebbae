"""What was done, in figures and points."""

from ui.pages.statistics.page import StatisticsPage

__all__ = ["StatisticsPage"]
