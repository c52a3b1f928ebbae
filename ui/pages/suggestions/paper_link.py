"""A link that prints a paper, on the card of what it is about."""

from PySide6.QtWidgets import QPushButton

from app.domain.papers import PaperName
from app.domain.values import Id
from app.i18n import _
from ui.page import Workbench
from ui.widgets.roles import button

_OF_WHAT = "代表建议"  # what every paper here is of goes without saying


def paper_link(bench: Workbench, name: PaperName, id: Id = "", of: str = "") -> QPushButton:
    """Print the paper of this record; `of` tells it apart from other links to the same paper."""
    made = button("", "link")
    made.setProperty("record", id)
    words = _("Print: {paper}").format(paper=name.label.removeprefix(_OF_WHAT))
    made.setText(words)
    made.setAccessibleName("　".join(part for part in (words, of) if part))
    made.clicked.connect(lambda: open_paper(bench, made, name, str(made.property("record") or "")))
    return made


def open_paper(bench: Workbench, owner: QPushButton, name: PaperName, id: Id) -> None:
    """Show the paper as it will be printed."""
    from app.use_cases.papers import Asked  # printing is loaded when it is wanted
    from ui.dialogs.paper_dialog import PaperDialog

    PaperDialog(bench, Asked(name=name, id=id), owner.window()).open()
