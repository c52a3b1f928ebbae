"""Signed forms at the window: many pictures at once, matched by code or by hand, attached in one step."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.domain.encounter import Encounter
from app.domain.papers import PaperName
from app.domain.visit import Visit, VisitKind
from app.domain.visit_sheet import VisitSheet
from app.queries.attachments import attachments_of, attachments_within
from app.queries.record import record_of
from app.use_cases.attachment_desk import Offered
from app.use_cases.papers import Asked, print_paper
from app.use_cases.receptions import save_visit
from app.use_cases.signed_forms import Signature
from app.workspace import Workspace
from tests.app.pictures.coded import coded
from tests.app.pictures.drawn import photograph
from tests.builders import a_visitor_line
from tests.ui.keyboard import bring_up, enter, press, write
from ui.dialogs.signed_forms_dialog import SignedFormsDialog
from ui.page import Workbench

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def sheet(workspace: Workspace) -> VisitSheet:
    visit = Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION, on=date(2026, 11, 20))
    lines = a_visitor_line(workspace, "张三"), a_visitor_line(workspace, "李四")
    return save_visit(workspace, VisitSheet(visit=visit, lines=lines)).sheet


@pytest.fixture
def dialog(bench: Workbench, qtbot: QtBot) -> SignedFormsDialog:
    shown = SignedFormsDialog(bench)
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(shown)
    bring_up(shown)
    return shown


def files(folder: Path, **contents: bytes) -> list[Path]:
    paths = [folder / name.replace("_", ".") for name in contents]
    for path, content in zip(paths, contents.values(), strict=True):
        path.write_bytes(content)
    return paths


def states(dialog: SignedFormsDialog) -> list[tuple[str, str]]:
    state = dialog.table.columns[-1]
    return [(each.file.name, state.text(each)) for each in dialog.table.rows]


def test_a_batch_is_matched_mended_by_keyboard_and_attached(
    dialog: SignedFormsDialog, workspace: Workspace, sheet: VisitSheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (each.encounter for each in sheet.lines)
    paths = files(tmp_path, a_png=coded(first.id), b_jpg=photograph(), c_txt=b"words")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_told: ([str(each) for each in paths], ""))
    dialog.choose_button.click()
    assert states(dialog) == [("a.png", "已对上"), ("b.jpg", "没有记录"), ("c.txt", "没有记录")]
    assert not dialog.picture.pixmap().isNull()
    dialog.view.select(1)
    enter()
    write(second.number)
    enter()
    assert states(dialog)[1] == ("b.jpg", "已对上")
    assert dialog.view.currentIndex().row() == 2  # on to the next one without a record
    dialog.leave_out.click()
    dialog.signed[Signature.VISITOR].setChecked(True)
    press(Qt.Key.Key_Return, CTRL)
    assert not dialog.isVisible()
    assert [each.name for each in attachments_of(workspace, first.id)] == ["a.png"]
    assert [each.name for each in attachments_within(workspace, sheet.visit.id)] == ["a.png", "b.jpg"]
    assert record_of(workspace, Encounter, second.id).signed
    assert all(each.exists() for each in paths)


def test_what_has_no_record_stays_and_nothing_of_it_is_attached(
    dialog: SignedFormsDialog, workspace: Workspace, sheet: VisitSheet, tmp_path: Path
) -> None:
    met = sheet.lines[0].encounter
    dialog.match([Offered.at(each) for each in files(tmp_path, a_png=coded(met.id), b_png=coded("来2020-00001"))])
    dialog.attach_button.click()
    assert dialog.isVisible()
    assert states(dialog) == [("b.png", "没有记录")]
    assert "来2020-00001" in dialog.reason.text()
    assert not dialog.attach_button.isEnabled()
    dialog.match([Offered.at(tmp_path / "a.png"), Offered.at(tmp_path / "b.png")])  # the one in the list is not listed twice
    assert states(dialog) == [("b.png", "没有记录"), ("a.png", "已经有了")]
    assert not dialog.attach_button.isEnabled()


def test_only_the_ticked_pictures_are_attached_and_the_others_wait(
    dialog: SignedFormsDialog, workspace: Workspace, sheet: VisitSheet, tmp_path: Path
) -> None:
    first, second = (each.encounter for each in sheet.lines)
    paths = files(tmp_path, a_png=coded(first.id), b_png=coded(second.id), c_jpg=photograph())
    dialog.match([Offered.at(each) for each in paths])
    assert [dialog.table.index(row, 0).data(Qt.ItemDataRole.CheckStateRole) for row in range(3)] == [
        Qt.CheckState.Checked,
        Qt.CheckState.Checked,
        None,  # what has no record has no box
    ]
    dialog.view.select(0)
    dialog.view.setFocus()
    press(Qt.Key.Key_Space)
    assert states(dialog) == [("a.png", "不归入"), ("b.png", "已对上"), ("c.jpg", "没有记录")]
    assert dialog.view.currentIndex().row() == 0
    assert dialog.attach_button.text() == "归入 1 张图片"
    dialog.signed[Signature.VISITOR].setChecked(True)
    dialog.attach()
    assert dialog.isVisible()
    assert states(dialog) == [("a.png", "不归入"), ("c.jpg", "没有记录")]
    assert [len(attachments_of(workspace, each.id)) for each in (first, second)] == [0, 1]
    assert [record_of(workspace, Encounter, each.id).signed for each in (first, second)] == [False, True]
    assert not dialog.attach_button.isEnabled()
    dialog.view.select(0)
    press(Qt.Key.Key_Space)
    dialog.attach()
    assert len(attachments_of(workspace, first.id)) == 1


def test_all_are_ticked_or_none(dialog: SignedFormsDialog, sheet: VisitSheet, tmp_path: Path) -> None:
    first, second = (each.encounter.id for each in sheet.lines)
    dialog.match([Offered.at(each) for each in files(tmp_path, a_png=coded(first), b_png=coded(second), c_jpg=photograph())])
    texts = []
    for _press in range(3):
        texts.append((dialog.every.text(), len(dialog.waiting())))
        dialog.every.click()
    assert texts == [("全不选", 2), ("全选", 0), ("全不选", 2)]
    assert len(dialog.table.rows) == 3


def test_every_page_of_a_scanned_pdf_finds_its_record(
    dialog: SignedFormsDialog, workspace: Workspace, sheet: VisitSheet, tmp_path: Path
) -> None:
    scan = tmp_path / "扫描.pdf"
    scan.write_bytes(print_paper(workspace, Asked(name=PaperName.RECEPTION_FORM, id=sheet.visit.id)).content)
    broken = files(tmp_path, broken_pdf=b"%PDF-1.4 nothing")
    given = QMimeData()
    given.setUrls([QUrl.fromLocalFile(str(each)) for each in (scan, *broken)])
    how = given, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    dialog.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, *how))
    assert states(dialog) == [("扫描 第1页.jpg", "已对上"), ("扫描 第2页.jpg", "已对上"), ("broken.pdf", "没有记录")]
    assert [each.targets[0].id for each in dialog.table.rows[:2]] == [each.encounter.id for each in sheet.lines]
    dialog.attach()
    for line in sheet.lines:
        (page,) = attachments_of(workspace, line.encounter.id)
        assert page.media_type == "image/jpeg"


def test_the_list_of_records_follows_what_is_typed(dialog: SignedFormsDialog, sheet: VisitSheet, tmp_path: Path) -> None:
    dialog.match([Offered.at(each) for each in files(tmp_path, b_jpg=photograph())])
    dialog.picker.setFocus()
    write("nobody")
    enter()
    assert dialog.picker.found.count() == 0
    dialog.picker.begin()
    write("张三")
    dialog.picker.pause.timeout.emit()
    assert dialog.picker.found.count() == 1
    dialog.picker.found.itemClicked.emit(dialog.picker.found.item(0))
    assert states(dialog) == [("b.jpg", "已对上")]


def test_the_visits_page_opens_it(demo_bench: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    from ui.pages.visits.page import VisitsPage

    opened: list[SignedFormsDialog] = []
    monkeypatch.setattr(SignedFormsDialog, "open", lambda dialog: opened.append(dialog))
    page = VisitsPage(demo_bench)
    qtbot.addWidget(page)
    page.begin("forms")
    assert len(opened) == 1
    assert opened[0].windowTitle() == "签好的表"
