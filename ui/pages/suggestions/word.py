"""A suggestion or another text written out as a Word file, where a person says."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.hint import Exposed
from app.domain.values import Id
from app.files import write_whole
from app.i18n import _
from app.messages.exposed import exposed_told
from app.queries.exposed import exposed_in
from app.use_cases.suggestion_files import WordFile, word_name, write_word
from app.workspace import Workspace
from ui.feedback import Tone
from ui.page import Workbench

Writes = Callable[[Workspace, Id, Callable[[WordFile], None]], WordFile]


def ask_word_file(bench: Workbench, asker: QWidget, id: Id, subject: str, write: Writes = write_word) -> None:
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
        lambda _progress: write(workspace, id, lambda made: write_whole(path, made.content)),
        lambda _made: _tell(bench, asker, id, path),
        bench.feedback.fail,
    )


def _tell(bench: Workbench, asker: QWidget, id: Id, path: Path) -> None:
    workspace = bench.workspace
    bench.background.ask(
        asker, lambda: exposed_in(workspace, id), partial(_say, bench, path), bench.feedback.fail, topic="exposed"
    )


def _say(bench: Workbench, path: Path, exposed: Sequence[Exposed]) -> None:
    """Where the file lies, and what of residents stands in it."""
    words = "\n".join(part for part in (_("Written: {file}").format(file=path.name), exposed_told(exposed)) if part)
    bench.feedback.say(words, Tone.WARNING if exposed else Tone.OK)
