"""Scenes of dialogs, and of forms and questions that open within a page, for the pictures of `docs/`."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PySide6.QtCore import QBuffer, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QScrollArea

from app.domain.encounter import Encounter, Party
from app.domain.issue_steps import next_steps
from app.domain.life import IssueEvent
from app.domain.papers import PaperName
from app.domain.people import Role
from app.domain.platform_form import PlatformColumn, PlatformForm
from app.domain.rota import Rhythm, RotaPlan
from app.domain.values import Id
from app.domain.visit import Visit, VisitKind
from app.domain.visit_sheet import Line, VisitSheet
from app.i18n import N_, _
from app.platforms import file_of
from app.queries.deputies import register
from app.queries.issue_card import issue_card
from app.queries.issue_list import IssueFilter, IssueGroup, issue_list
from app.queries.similar import similar_issues
from app.queries.visit_list import VisitGroup, visit_list
from app.use_cases.attachment_desk import Offered
from app.use_cases.county_tables import add_table, mark_proposed
from app.use_cases.invented.disagreement import disagree
from app.use_cases.papers import Asked, print_paper
from app.use_cases.receptions import save_visit
from app.use_cases.rota import plan_receptions
from app.use_cases.signing_in import set_pin
from app.use_cases.station import add_operator, set_roles
from app.workspace import Workspace
from ui.dialogs.signed_forms_dialog import SignedFormsDialog
from ui.pages.issues.detail import Detail
from ui.pages.settings.person_card import PersonCard
from ui.pages.settings.privacy_section import PrivacySection
from ui.pages.visits.sign_in import SignIn
from ui.places import Place
from ui.scene import Scene, button_in, settle
from ui.shell.shell import Shell

PIN: Final = "2580"
_SEEN: Final = 608, 432  # pixels of what the camera sees
_CARD: Final = QRect(85, 76, 511, 308)  # of the sheet, drawn so large
_LARGE: Final = 2.0
_OVER: Final = date(2005, 3, 1)
_STAFF: Final = (("志愿者甲", Role.VOLUNTEER), ("联络员乙", Role.LIAISON_OFFICER))


def staff(workspace: Workspace) -> None:
    """Several people work at the station, each in another role; a volunteer has a PIN."""
    set_roles(workspace, workspace.author.op, [Role.STATION_HEAD])
    first, *_others = [add_operator(workspace, name, [role]).id for name, role in _STAFF]
    set_pin(workspace, first, PIN)


# --- matters ----------------------------------------------------------------------------------------------------------


def _issues(workspace: Workspace, group: IssueGroup) -> list[Id]:
    return [each.id for each in issue_list(workspace, IssueFilter(group=group)).rows]


def _with_one_like_it(workspace: Workspace) -> Id:
    """An open issue that another one says much the same as."""
    for id in _issues(workspace, IssueGroup.TO_DO):
        issue = issue_card(workspace, id).issue
        if similar_issues(workspace, f"{issue.subject}\n{issue.words}", [id], to=id):
            return id
    raise LookupError


def _approved(workspace: Workspace) -> Id:
    """An issue that waits to be assigned."""
    ids = _issues(workspace, IssueGroup.TO_DO)
    return next(id for id in ids if IssueEvent.ASSIGN in next_steps(issue_card(workspace, id).issue))


def _on_the_hotline(workspace: Workspace) -> Id:
    return issue_list(workspace, IssueFilter(hotline=True)).rows[0].id


def _look_for_similar(shell: Shell) -> None:
    shell.page(Place.ISSUES).findChildren(Detail)[0].similar.ask()


def _enter_answer(shell: Shell) -> None:
    """What the hotline says is entered; its card is brought in sight."""
    card = shell.page(Place.ISSUES).findChildren(Detail)[0].hotline
    card.enter.click()
    settle()
    for area in shell.page(Place.ISSUES).findChildren(QScrollArea):
        if area.isAncestorOf(card):
            area.ensureWidgetVisible(card.save)


def _assign(shell: Shell) -> None:
    shell.page(Place.ISSUES).findChildren(Detail)[0].steps.begin(IssueEvent.ASSIGN)


def _planned_day(shell: Shell) -> None:
    """Reception days ahead are planned, deputies taking turns; the cursor is on the first."""
    workspace = shell.bench.workspace
    first = workspace.clock.today().date() + timedelta(days=1)
    plan = RotaPlan(
        first=first,
        last=first + timedelta(days=40),
        rhythm=Rhythm.WEEKLY,
        weekday=4,
        deputies=tuple(each.id for each in register(workspace)[:6]),
        together=2,
        starts=time(9),
        ends=time(11, 30),
        place="联络站接待室",
    )
    shell.go(Place.VISITS, deed=f"rota:{plan_receptions(workspace, plan).ids[0]}")


# --- people -----------------------------------------------------------------------------------------------------------


def _a_deputy(workspace: Workspace) -> Id:
    return register(workspace)[0].id


def _camera(shell: Shell) -> None:
    """A deputy holds their card before a camera; the frame is drawn, so that no camera is switched on."""
    from PySide6.QtMultimedia import QVideoFrame  # not every machine has what it stands on

    from ui.dialogs.camera_dialog import CameraDialog

    settle()
    button_in(shell, _("Go on, or correct")).click()
    settle()
    scan = shell.page(Place.VISITS).findChildren(SignIn)[0].scan
    dialog = CameraDialog(shell.bench, shell)
    dialog.found.connect(scan.scanned)
    dialog.open()
    settle()
    dialog.sink.setVideoFrame(QVideoFrame(_card(shell.bench.workspace)))
    dialog.say("　".join((scan.told.text(), scan.problem.text())).strip())


def _card(workspace: Workspace) -> QImage:
    """The first card of the sheet of cards, as it lies on a table."""
    paper = _pages(print_paper(workspace, Asked(name=PaperName.DEPUTY_CARDS)).content)[0]
    table = QImage(QSize(*_SEEN), QImage.Format.Format_RGB32)
    table.fill(Qt.GlobalColor.gray)
    with QPainter(table) as painter:
        painter.drawImage(48, 62, paper.copy(_CARD))
    return table


def _signed_forms(shell: Shell) -> None:
    """Three forms come back from the scanner: two are matched, one of them is to wait; on the third the code is torn off."""
    workspace = shell.bench.workspace
    shell.go(Place.VISITS, deed="forms")
    settle()
    today = workspace.clock.today().date()
    visit = next(each.id for each in visit_list(workspace, VisitGroup.RECEPTION).rows if each.on == today)
    pages = _pages(print_paper(workspace, Asked(name=PaperName.RECEPTION_FORM, id=visit)).content)
    torn = pages[0].copy(0, pages[0].height() // 2, pages[0].width(), pages[0].height() // 2)
    pictures = [partial(_as_png, each) for each in (*pages[:2], torn)]
    dialog = shell.findChildren(SignedFormsDialog)[-1]
    dialog.match([Offered(name=f"扫描 第{number}页.png", source=each) for number, each in enumerate(pictures, start=1)])
    dialog.take(dialog.table.rows[1], False)
    dialog.view.select(0)


def _pages(content: bytes) -> list[QImage]:
    kept = QBuffer()
    kept.setData(content)
    kept.open(QBuffer.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(kept)
    sheets = []
    for number in range(document.pageCount()):
        size = (document.pagePointSize(number) * _LARGE).toSize()
        paper = QImage(size, QImage.Format.Format_RGB32)
        paper.fill(Qt.GlobalColor.white)
        with QPainter(paper) as painter:
            painter.drawImage(0, 0, document.render(number, size))
        sheets.append(paper)
    return sheets


def _as_png(picture: QImage) -> bytes:
    kept = QBuffer()
    kept.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(kept, "PNG")  # type: ignore[call-overload]  # the stubs know bytes alone
    return bytes(kept.data().data())


# --- personal data ------------------------------------------------------------------------------------------------------


def _found(shell: Shell) -> PersonCard:
    """The resident of the reception under way, found and ticked."""
    card = shell.page(Place.SETTINGS).findChildren(PersonCard)[0]
    card.asked.editor.setText("张某某")
    card.look_up()
    card.list.item(0).setCheckState(Qt.CheckState.Checked)
    return card


def _erase(shell: Shell) -> None:
    _found(shell).plan()


def _over(shell: Shell) -> None:
    """A round of outreach that need not be kept any longer."""
    workspace = shell.bench.workspace
    visit = Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.OUTREACH, on=_OVER, place="南一社区")
    met = Encounter(id=workspace.clock.new_id(), visit=visit.id, party=Party.PERSON, name="李某某", raised="无意见")
    save_visit(workspace, VisitSheet(visit=visit, lines=(Line(encounter=met),)))
    section = shell.page(Place.SETTINGS).findChildren(PrivacySection)[0]
    section.preview()
    settle()
    section.ensureWidgetVisible(section.notice)


def _two_minds(shell: Shell) -> None:
    """An issue that two computers changed differently."""
    workspace = shell.bench.workspace
    (issue, *_others) = issue_list(workspace, IssueFilter()).rows
    here = {"subject": "东街 3 号楼门前路灯不亮", "remarks": "已请社区先放置警示牌。"}
    there = {"subject": "东街路灯整段不亮，涉及三栋楼", "place": "东街北段"}
    disagree(workspace, issue.id, here, there)
    shell.page(Place.EXCHANGE).refresh()
    settle()


def _office_table(shell: Shell) -> None:
    """The office's blank is there, marked by its words."""
    columns = tuple(PlatformColumn(heading=each) for each in ("项目", "单位", "本月", "本年累计", "备注"))
    counted = (("接待场次", "场"), ("接待群众人次", "人次"), ("走访群众人次", "人次"), ("收集意见建议", "件"), ("其中办结", "件"))
    rows = [[name, unit, "", "", ""] for name, unit in counted]
    form = PlatformForm(name="联络站工作月报表", kind="visit", columns=columns)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{form.name}.xlsx"
        path.write_bytes(file_of(form, rows))
        add_table(shell.bench.workspace, path)
    mark_proposed(shell.bench.workspace, form.name)


DIALOGS: Final[Mapping[str, Scene]] = {
    "dialog-conflicts": Scene(place=Place.EXCHANGE, turn=_two_minds, presses=(N_("Compare and decide …"),)),
    "dialog-compare": Scene(place=Place.ISSUES, first=_with_one_like_it, turn=_look_for_similar, presses=(N_("Compare"),)),
    "window-issue-step": Scene(place=Place.ISSUES, first=_approved, turn=_assign),
    "window-issue-hotline": Scene(place=Place.ISSUES, first=_on_the_hotline, turn=_enter_answer),
    "window-visit-history": Scene(place=Place.VISITS, presses=(N_("History"),)),
    "window-deputy-form": Scene(place=Place.ROSTER, first=_a_deputy, presses=(N_("Change"),)),
    "dialog-end-mandate": Scene(place=Place.ROSTER, first=_a_deputy, presses=(N_("The mandate ends …"),)),
    "window-settings-operator": Scene(place=Place.SETTINGS, deed="people", presses=(N_("Roles"), N_("PIN"))),
    "window-settings-purge": Scene(place=Place.SETTINGS, deed="privacy", turn=_over),
    "window-settings-erasure": Scene(place=Place.SETTINGS, deed="privacy", turn=_erase),
    "dialog-camera": Scene(place=Place.VISITS, turn=_camera),
    "dialog-signed-forms": Scene(place=Place.VISITS, turn=_signed_forms),
    "dialog-call-back-list": Scene(place=Place.VISITS, presses=(N_("Rota"), f"{PaperName.CALL_BACK_LIST.label}…")),
    "dialog-station-papers": Scene(place=Place.VISITS, presses=(N_("Print …"),)),
    "dialog-county-tables": Scene(
        place=Place.VISITS, turn=_office_table, presses=(N_("Print …"), N_("Fill in a table of the office …")), sizes=(100, 150)
    ),
    "dialog-rota-day": Scene(place=Place.VISITS, turn=_planned_day, presses=(N_("Change …"),)),
}
"""By the name of each picture."""
