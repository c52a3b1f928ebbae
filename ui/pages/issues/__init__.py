"""The place of what residents raise: the list, each issue beside it, the form, and taking in a spreadsheet."""

from ui.pages.issues.page import IssuesPage

__all__ = ["IssuesPage"]
