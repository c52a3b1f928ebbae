"""A suggestion written out as a Word file, where a person says."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.values import Id
from app.files import write_whole
from app.i18n import _
from app.use_cases.suggestion_files import word_name, write_word
from ui.page import Workbench


def ask_word_file(bench: Workbench, asker: QWidget, id: Id, subject: str) -> None:
    """Ask where to, and write it; what was written is said."""
    folder = Path(bench.settings.last_folder or Path.home())
    chosen, _kind = QFileDialog.getSaveFileName(
        asker, _("Save as a Word file"), str(folder / word_name(subject)), _("Word files") + " (*.docx)"
    )
    if not chosen:
        return
    path, workspace = Path(chosen), bench.workspace
    path = path if path.suffix else path.with_suffix(".docx")
    bench.settings.last_folder = str(path.parent)
    bench.background.do(
        asker,
        lambda _progress: write_word(workspace, id, lambda made: write_whole(path, made.content)),
        lambda _made: bench.feedback.say(_("Written: {file}").format(file=path.name)),
        bench.feedback.fail,
    )
