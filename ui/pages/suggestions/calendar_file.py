"""What is owed of one suggestion, or of all, saved as a file that calendars take in."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.values import Id
from app.i18n import _, ngettext
from app.use_cases.suggestion_calendar import LimitCalendar, save_suggestion_calendar
from ui.page import Workbench

_ENDING: Final = ".ics"


def ask_for_calendar(bench: Workbench, owner: QWidget, suggestion: Id = "") -> None:
    """Ask where the deadlines of one suggestion, or of all, are to be saved."""
    proposed = str(Path(bench.settings.last_folder or Path.home()) / (_("Deadlines of suggestions") + _ENDING))
    chosen, _filter = QFileDialog.getSaveFileName(owner, _("For a calendar"), proposed, _("Calendar file") + f" (*{_ENDING})")
    if chosen:
        path = Path(chosen)
        named = path if path.suffix.lower() == _ENDING else path.with_name(f"{path.name}{_ENDING}")
        save_calendar(bench, owner, named, suggestion)


def save_calendar(bench: Workbench, owner: QWidget, path: Path, suggestion: Id = "") -> None:
    """Save the deadlines under a name, and say how many there are."""
    bench.settings.last_folder = str(path.parent)
    workspace = bench.workspace

    def told(made: LimitCalendar) -> None:
        words = ngettext("{count} deadline written: {file}", "{count} deadlines written: {file}", made.days)
        bench.feedback.say(words.format(count=made.days, file=path))

    bench.background.do(owner, lambda _progress: save_suggestion_calendar(workspace, path, suggestion), told, bench.feedback.fail)
