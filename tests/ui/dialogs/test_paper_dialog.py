"""A paper is looked at before it is handed over; only what was handed over is noted."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from app.domain.papers import PaperName, Span, week_span
from app.domain.privacy import Privacy
from app.domain.suggestion import Suggestion
from app.errors import Refused
from app.progress import Progress
from app.queries.deputies import register
from app.storage.journal import Journal
from app.use_cases.papers import Asked, Paper, composed_paper
from app.workspace import Workspace
from tests.builders import an_issue, save
from ui.dialogs import paper_dialog, printer
from ui.dialogs.paper_dialog import PaperDialog
from ui.page import Workbench

LEDGER = Asked(name=PaperName.ISSUE_LEDGER)


@pytest.fixture
def dialog(qtbot: QtBot, demo_bench: Workbench) -> PaperDialog:
    made = PaperDialog(demo_bench, LEDGER)
    qtbot.addWidget(made)
    return made


def test_it_shows_the_pages_and_offers_to_hand_them_over(dialog: PaperDialog) -> None:
    assert dialog.view.pages() >= 1
    assert dialog.save_button.isEnabled()
    assert dialog.privacy.isVisibleTo(dialog)


def test_what_is_saved_is_what_was_seen(dialog: PaperDialog, tmp_path: Path) -> None:
    target = tmp_path / "意见 台账.pdf"
    dialog.save_to(target)
    assert target.read_bytes().startswith(b"%PDF-")
    assert str(target) in dialog.feedback.words


def test_a_list_of_a_week_is_turned_week_by_week(
    qtbot: QtBot, bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = bench.workspace.clock.today().date()
    dialog = PaperDialog(bench, Asked(name=PaperName.CALL_BACK_LIST, span=week_span(today)))
    qtbot.addWidget(dialog)
    assert dialog.week
    told = [dialog.week.told.text()]
    spans: list[Span] = []
    dialog.week.spanned.connect(spans.append)
    for each in (dialog.week.before, dialog.week.after, dialog.week.after):
        each.click()
        told.append(dialog.week.told.text())
    days = [today + timedelta(days=far) for far in (-7, 0, 7)]
    assert spans == [week_span(each) for each in days]
    number = [each.isocalendar() for each in (today, *days)]
    assert [each.split("：")[0] for each in told] == [f"{week.year}年第{week.week}周" for week in number]
    shown: list[Path] = []
    monkeypatch.setattr("ui.dialogs.paper_dialog.write_whole", lambda path, _content: shown.append(path))
    dialog.save_to(tmp_path / "回访.pdf")
    with bench.workspace.reading() as connection:
        [line] = [each.line for each in Journal(connection).lines() if each.kind == "print"]
    assert shown
    assert f'"from":"{spans[-1].first}"'.encode() in line


def test_other_papers_have_no_week(dialog: PaperDialog) -> None:
    assert dialog.week is None


def test_a_folder_that_is_not_there_is_told_and_the_paper_stays(dialog: PaperDialog, tmp_path: Path) -> None:
    (tmp_path / "no folder").write_text("a file")
    dialog.save_to(tmp_path / "no folder" / "a.pdf")
    assert dialog.feedback.words
    assert dialog.view.pages() >= 1
    assert dialog.save_button.isEnabled()


def test_a_character_without_letters_is_named_and_a_person_decides(qtbot: QtBot, bench: Workbench) -> None:
    save(bench.workspace, an_issue(bench.workspace, "路灯\U0002fffe不亮"))
    dialog = PaperDialog(bench, LEDGER)
    qtbot.addWidget(dialog)
    assert "2FFFE" in dialog.feedback.words
    assert not dialog.save_button.isEnabled()
    dialog.feedback.deed.click()
    assert dialog.view.pages() == 1
    assert dialog.save_button.isEnabled()


def test_a_computer_without_a_printer_says_what_to_do(dialog: PaperDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printer, "printer_here", lambda: False)
    dialog.print_button.click()
    assert "PDF" in dialog.feedback.words


def test_the_printer_gets_every_page(dialog: PaperDialog, demo_bench: Workbench, tmp_path: Path) -> None:
    device = QPrinter()
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(tmp_path / "printed.pdf"))
    target = tmp_path / "seen.pdf"
    dialog.save_to(target)
    progress = Progress()
    printer.send(target.read_bytes(), device, progress)
    assert progress.step == progress.total == dialog.view.pages()
    assert (tmp_path / "printed.pdf").stat().st_size > 1000


def test_between_two_pages_a_person_may_stop(dialog: PaperDialog, tmp_path: Path) -> None:
    device = QPrinter()
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.save_to(tmp_path / "seen.pdf")
    progress = Progress()
    progress.cancel()
    with pytest.raises(Refused, match="cancelled"):
        printer.send((tmp_path / "seen.pdf").read_bytes(), device, progress)


def test_residents_data_on_a_suggestion_s_form_are_told_and_stop_nothing(qtbot: QtBot, bench: Workbench, tmp_path: Path) -> None:
    exposed, plain = (
        Suggestion(id=bench.workspace.clock.new_id(), subject="关于路灯的建议", text=text)
        for text in ("电话13800000000的住户反映路灯不亮。", "路灯不亮。")
    )
    save(bench.workspace, exposed, plain)
    for suggestion, told in ((exposed, True), (plain, False)):
        made = PaperDialog(bench, Asked(name=PaperName.SUGGESTION, id=suggestion.id))
        qtbot.addWidget(made)
        assert ("关于路灯的建议" in made.exposed.words) is told
    made.save_to(tmp_path / "专用纸.pdf")
    assert (tmp_path / "专用纸.pdf").exists()


def test_how_residents_are_named_is_chosen_and_kept_for_the_table(
    dialog: PaperDialog, demo_bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Privacy] = []
    composed = composed_paper

    def watched(workspace: Workspace, asked: Asked, *told: Any) -> Paper:
        seen.append(asked.privacy)
        return composed(workspace, asked, *told)

    monkeypatch.setattr(paper_dialog, "composed_paper", watched)
    for level in (Privacy.PSEUDONYMOUS, Privacy.FULL):
        dialog.privacy.setCurrentIndex(dialog.privacy.findData(level))
    assert seen == [Privacy.PSEUDONYMOUS, Privacy.FULL]
    assert dialog.ledger
    dialog.ledger.save_to(tmp_path / "a.xlsx")
    dialog.save_to(tmp_path / "a.pdf")
    with demo_bench.workspace.reading() as connection:
        noted = [line.kind for line in Journal(connection).lines()][-4:]
    assert noted == ["contact_shown", "list_export", "contact_shown", "print"]


def test_a_paper_of_nobody_asks_not_how_residents_are_named(qtbot: QtBot, demo_bench: Workbench) -> None:
    dialog = PaperDialog(demo_bench, Asked(name=PaperName.SUGGESTION_LEDGER))
    qtbot.addWidget(dialog)
    assert not dialog.privacy.isVisibleTo(dialog)


def test_a_text_is_saved_as_a_word_file_and_a_ledger_offers_none(
    qtbot: QtBot, demo_bench: Workbench, dialog: PaperDialog, tmp_path: Path
) -> None:
    deputy = register(demo_bench.workspace)[0]
    dossier = PaperDialog(demo_bench, Asked(name=PaperName.DEPUTY_DOSSIER, id=deputy.id))
    qtbot.addWidget(dossier)
    assert (dossier.word_button.isVisibleTo(dossier), dialog.word_button.isVisibleTo(dialog)) == (True, False)
    assert dossier.ledger  # the days are chosen here
    dossier.save_word_to(tmp_path / "a.docx")
    assert (tmp_path / "a.docx").read_bytes().startswith(b"PK")
    assert str(tmp_path / "a.docx") in dossier.feedback.words
