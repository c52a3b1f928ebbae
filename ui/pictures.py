"""Write the pictures of the window in `docs/`: `python -m ui.pictures`.

Pages and dialogs of an invented station on one day, places in the usual text size and in a large one. Drawn without a
screen, by the real window; only the work is done at once instead of behind it.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from app.clock import Clock
from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.papers import PaperName, year_span
from app.domain.station_check import CheckFinding
from app.domain.values import Id
from app.domain.visit import Visit, VisitKind
from app.domain.visit_sheet import Line, VisitSheet
from app.i18n import CHINESE, N_, _, speak
from app.queries.bulletins import bulletin_list
from app.queries.deputies import register
from app.queries.issue_list import IssueFilter, IssueGroup, issue_list
from app.queries.points import own_schemes, points_board
from app.queries.station_checks import check_board
from app.queries.suggestion_list import suggestion_list
from app.queries.visit_list import visit_list
from app.use_cases import demo, opening
from app.use_cases.bulletins import new_bulletin, save_bulletin
from app.use_cases.opening import OpenStation
from app.use_cases.points import approve, enter_proposed, take_up_scheme
from app.use_cases.receptions import save_visit
from app.use_cases.station_checks import new_round, save_round
from app.workspace import Workspace
from ui.application import Window, make_application
from ui.background import InlineExecutor
from ui.dialog_scenes import DIALOGS, staff
from ui.ledgers.import_panel import ImportPanel
from ui.pages.suggestions.award_form import AwardForm
from ui.places import Place
from ui.restore_scenes import lose_station, restoring
from ui.scene import Scene, button_in, settle
from ui.seat_scenes import TwoComputers, joined, joining, listed
from ui.shell.shell import Shell
from ui.suggestion_scenes import SUGGESTIONS
from ui.theme import Theme
from ui.widgets.long_text import LongText
from ui.widgets.paper_view import PaperView

DOCS: Final = Path(__file__).resolve().parents[1] / "docs" / "pictures"
SIZES: Final = (100, 150)
_WINDOW: Final = 1366, 768
_DRAWN: Final = 2000  # milliseconds
_DAY: Final = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
_WORDS: Final = "a passphrase for pictures"
_LEDGER: Final = """反映人,联系电话,反映事项,内容,收到日期
来访者甲,13800000001,东街路灯不亮,东街三号门前的路灯坏了半个月,2026.3.5
来访者乙,,菜场积水,一下雨菜场后门就积水,3月5日
来访者丙,13800000003,井盖松动,车一压就响,二月三十日
"""
_ARTICLE: Final = (
    "联络站把群众意见从登记到反馈的每一步都写清楚，让群众看得到进展、等得到结果。\n一、把好登记关\n"
    "每月15日由代表轮值接待，群众说什么就记什么，当场能答复的当场答复，不能答复的登记后转交承办单位。"
)
_AMOUNTS: Final = demo.Amounts(visits=60, issues=80, suggestions=9)


def main() -> int:
    """Draw every picture anew."""
    speak(CHINESE)
    application = make_application()
    theme = Theme(application)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        _draw_entrance(Path(folder) / "nobody", theme)
        draw_restored(Path(folder), theme)
        draw_two_computers(Path(folder) / "two", theme)
        station = _invented(home)
        try:
            window = _window(home, theme)
            window.show_station(station)
            for name, scene in SCENES.items():
                _draw(window, name, scene)
            _draw_lock(window)
        finally:
            station.close()
    return 0


def _invented(home: Path) -> OpenStation:
    """An invented station of the sample day, with a reception that is on."""
    clock = Clock(now=lambda: _DAY)
    demo.set_up_if_missing(home, opening.way(_WORDS), clock)
    station = opening.open_station(home, passphrase=_WORDS, clock=clock)
    demo.fill(station.workspace, _AMOUNTS, seed=1)
    with station.workspace.writing() as books:
        books.records.remove([visit_list(station.workspace).rows[-1].id])
    _begin_reception(station.workspace)
    staff(station.workspace)
    return station


def _begin_reception(workspace: Workspace) -> None:
    new_id = workspace.clock.new_id
    visit = Visit(
        id=new_id(),
        visit_kind=VisitKind.RECEPTION,
        on=workspace.clock.today().date(),
        starts=time(9),
        ends=time(11, 30),
        place="联络站接待室",
        deputies=tuple(each.id for each in register(workspace)[:2]),
    )
    said = (("李某某", "南一社区", "小区的路灯坏了快三个月，晚上老人不敢出门。"), ("张某某", "丙一村", "灌溉渠淤了两年没有清。"))
    lines = tuple(
        Line(
            encounter=Encounter(id=new_id(), visit=visit.id, name=name, village=village),
            issues=(Issue(id=new_id(), words=words),),
        )
        for name, village, words in said
    )
    save_visit(workspace, VisitSheet(visit=visit, lines=lines))


# --- what is drawn -------------------------------------------------------------------------------------------------


def _import(shell: Shell) -> None:
    """A small ledger is looked at, with a day that nobody can read."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "二〇二六年意见台账.csv"
        ledger.write_text(_LEDGER, encoding="utf-8-sig")
        shell.findChildren(ImportPanel)[-1].look(ledger)
        settle()


def _award(shell: Shell) -> None:
    """An award of deputies is written down."""
    button_in(shell, _("Write down an award")).click()
    settle()
    form = shell.findChildren(AwardForm)[0]
    form.deputies.editor.show_ids([each.id for each in register(shell.bench.workspace)[:2]])


def _points(shell: Shell) -> None:
    """A scheme is taken up, what is proposed entered, half of it approved; one record has changed since."""
    workspace = shell.bench.workspace
    if own_schemes(workspace):
        return
    year = year_span(workspace.clock.today().year)
    take_up_scheme(workspace, "ruzhou", date(workspace.clock.today().year, 1, 1))
    enter_proposed(workspace, year)
    ids = [each.entry.id for each in points_board(workspace, year).rows]
    approve(workspace, ids)
    approve(workspace, ids[: len(ids) * 3 // 4])
    shell.page(Place.STATISTICS).refresh()


def _checks(shell: Shell) -> None:
    """The station was checked once: most is in order, one thing is to be mended."""
    workspace = shell.bench.workspace
    if not check_board(workspace).standing.halves:
        told = new_round(workspace)
        found = {0: CheckFinding.PARTLY, 3: CheckFinding.NOT_MET}
        lines = tuple(
            replace(each, finding=found.get(place, CheckFinding.MET), account=_LACKING.get(place, ""))
            for place, each in enumerate(told.lines)
        )
        save_round(workspace, replace(told, lines=lines))
        shell.page(Place.STATISTICS).refresh()


def _bulletin(shell: Shell) -> None:
    """A bulletin is there, and the one after it is written."""
    workspace = shell.bench.workspace
    if not bulletin_list(workspace):
        begun = new_bulletin(workspace)
        article = replace(begun.articles[0], heading="件件有着落，事事有回音", text=_ARTICLE)
        bulletin = replace(begun.bulletin, recipients=("街道党工委、办事处", "各村（社区）"), editor="联络员甲")
        save_bulletin(workspace, replace(begun, bulletin=bulletin, articles=(article,)))
    shell.go(Place.ISSUES, deed="bulletins")


def _report(shell: Shell) -> None:
    """A special report is begun from issues that were solved."""
    solved = [each.id for each in issue_list(shell.bench.workspace, IssueFilter(group=IssueGroup.DONE)).rows[:2]]
    shell.go(Place.ISSUES, deed=f"report:{','.join(solved)}")


def _unfinished(shell: Shell) -> None:
    """An issue is typed and left."""
    shell.go(Place.ISSUES, deed="note")
    words = next(each for each in shell.findChildren(LongText) if each.isVisible())
    words.setPlainText("社区门口的人行道被占了，婴儿车和轮椅都过不去。")
    shell.page(Place.ISSUES).keep()
    shell.go(Place.TODAY, deed="unfinished")


def _first_issue(workspace: Workspace) -> Id:
    return issue_list(workspace, IssueFilter(group=IssueGroup.IN_HANDLING)).rows[0].id


def _first_suggestion(workspace: Workspace) -> Id:
    return suggestion_list(workspace).rows[0].id


_LACKING: Final = {0: "打印机卡纸，需维修", 3: "缺三名新到站代表的桌牌"}
_HISTORY: Final = N_("History")
_SETTINGS: Final = (
    *("appearance", "station", "papers", "people", "privacy", "computers", "keys", "backups"),
    *("pictures", "network", "platforms", "rules", "trash", "log", "check", "about"),
)
_ROSTER: Final = ("former_deputy", "unit", "congress", "project")
_PLACES: Final = [place for place in Place if place not in {Place.SEARCH, Place.SETTINGS}]

SCENES: Final[Mapping[str, Scene]] = {
    **{f"window-{place.name.lower()}": Scene(place=place, sizes=SIZES) for place in _PLACES},
    "window-settings": Scene(place=Place.SETTINGS, deed="appearance", sizes=SIZES),
    **{f"window-settings-{part}": Scene(place=Place.SETTINGS, deed=part) for part in _SETTINGS[1:]},
    "window-unfinished": Scene(place=Place.TODAY, turn=_unfinished),
    "window-search": Scene(place=Place.SEARCH, deed="路灯", sizes=SIZES),
    "window-reception": Scene(place=Place.VISITS, presses=(N_("Go on, or correct"),), sizes=SIZES),
    "window-outreach": Scene(place=Place.VISITS, deed="outreach"),
    "window-activity": Scene(place=Place.VISITS, deed="activity"),
    "window-campaigns": Scene(place=Place.VISITS, deed="campaigns", sizes=SIZES),
    "window-norm": Scene(place=Place.VISITS, deed="norm"),
    "window-rota": Scene(place=Place.VISITS, presses=(N_("Rota"),)),
    "dialog-rota-plan": Scene(place=Place.VISITS, presses=(N_("Rota"), N_("Plan reception days …"))),
    "window-import": Scene(place=Place.ISSUES, deed="import", turn=_import),
    "window-issue": Scene(place=Place.ISSUES, first=_first_issue, sizes=SIZES),
    "window-bulletins": Scene(place=Place.ISSUES, turn=_bulletin, sizes=SIZES),
    "window-opinion-report": Scene(place=Place.ISSUES, turn=_report, sizes=SIZES),
    "window-issue-form": Scene(place=Place.ISSUES, deed="note"),
    **{f"window-roster-{part}": Scene(place=Place.ROSTER, deed=part) for part in _ROSTER},
    "window-points": Scene(place=Place.STATISTICS, turn=_points, sizes=SIZES),
    "window-checks": Scene(place=Place.STATISTICS, deed="checks", turn=_checks, sizes=SIZES),
    "window-check-round": Scene(place=Place.STATISTICS, deed="checks", presses=(N_("Check now"),)),
    "window-change-of-term": Scene(place=Place.ROSTER, deed="term"),
    "dialog-history": Scene(place=Place.SUGGESTIONS, presses=(_HISTORY,)),
    "dialog-print-list": Scene(place=Place.ISSUES, presses=(N_("Print …"),)),
    "dialog-paper": Scene(place=Place.ISSUES, presses=(N_("Print …"), f"{PaperName.ISSUE_LEDGER.label}…")),
    "window-suggestion": Scene(place=Place.SUGGESTIONS, first=_first_suggestion, sizes=SIZES),
    "window-suggestion-shelf": Scene(place=Place.SUGGESTIONS, first=_first_suggestion, presses=("Shelf",), sizes=SIZES),
    "window-suggestion-figures": Scene(place=Place.SUGGESTIONS, deed="figures", sizes=SIZES),
    "window-suggestion-awards": Scene(place=Place.SUGGESTIONS, deed="awards", sizes=SIZES),
    "window-suggestion-award": Scene(place=Place.SUGGESTIONS, deed="awards", turn=_award),
    "dialog-suggestion-papers": Scene(place=Place.SUGGESTIONS, presses=(N_("Print"),)),
    "window-hand-in": Scene(place=Place.EXCHANGE, deed="hand_in"),
    "window-take-in": Scene(place=Place.EXCHANGE, deed="take_in"),
    "window-enrolment": Scene(place=Place.EXCHANGE, presses=(N_("Enrol this computer …"),)),
    **DIALOGS,
    **SUGGESTIONS,
}
"""The pages of an open station, and dialogs that open from them, by the name of each picture."""


def _go(shell: Shell, scene: Scene) -> None:
    shell.go(scene.place, scene.first(shell.bench.workspace) if scene.first else "", scene.deed)
    if scene.turn:
        scene.turn(shell)
    for words in scene.presses:
        settle()
        button_in(QApplication.activeModalWidget() or shell, _(words)).click()


def _window(home: Path, theme: Theme) -> Window:
    window = Window(home, InlineExecutor(), theme, readers=InlineExecutor())
    window.resize(*_WINDOW)
    window.show()
    return window


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a person meets before a station is open: the picture's name, what is typed there, the button that leads on."""

    name: str
    typed: tuple[str, ...] = ()
    chosen: str = ""
    press: str = ""


_CODE, _NAME, _OPERATOR = "430181001-001", "示例街道人大代表联络站", "联络员甲"
SET_UP: Final = (
    Step(name="window-entrance", press=N_("Set up a station")),
    Step(name="window-entrance-station", typed=(_CODE, _NAME, _OPERATOR), press=N_("Continue")),
    Step(
        name="window-entrance-key",
        typed=(_WORDS, _WORDS),
        chosen=N_("By a passphrase, typed at every start"),
        press=N_("Set up the station"),
    ),
    Step(name="window-entrance-recovery"),
)
UNLOCK: Final = (
    Step(name="window-entrance-unlock", press=N_("Use the recovery code")),
    Step(name="window-entrance-recover"),
)
"""The way to a new station, and the way into one that is there."""


def _draw_entrance(home: Path, theme: Theme) -> None:
    home.mkdir()
    for steps in (SET_UP, UNLOCK):
        window = _window(home, theme)
        window.show_entrance()
        for step in steps:
            _take(window, step)
        window.close()


def _take(window: Window, step: Step) -> None:
    if step.chosen:
        button_in(window, _(step.chosen)).click()
    editors = [each for each in window.findChildren(QLineEdit) if each.isVisible() and not each.isReadOnly()]
    for editor, text in zip(editors, step.typed, strict=False):
        editor.setText(text)
    for size in SIZES if step is SET_UP[0] else SIZES[:1]:
        _resize(window, size)
        _keep(window, step.name, size)
    if step.press:
        _resize(window, SIZES[0])
        button_in(window, _(step.press)).click()


def draw_restored(folder: Path, theme: Theme) -> None:
    """A clean computer, a stick and a sheet: every step until the station is back."""
    code = lose_station(folder, _WORDS, Clock(now=lambda: _DAY))
    (folder / "clean").mkdir()
    window = _window(folder / "clean", theme)
    for name in restoring(window, folder / "stick", code, _WORDS):
        _resize(window, SIZES[0])
        _keep(window, name, SIZES[0])
    window.close()


def draw_two_computers(folder: Path, theme: Theme) -> None:
    """A station that a second computer joins, seen from both."""
    two = TwoComputers(folder, _WORDS, Clock(now=lambda: _DAY))
    try:
        _draw_steps(folder / "third", theme, joining)
        _draw_steps(folder / "second", theme, lambda window: joined(window, two.second))
        two.admit()
        _draw_steps(folder / "first", theme, lambda window: listed(window, two.first))
    finally:
        two.close()


def _draw_steps(home: Path, theme: Theme, steps: Callable[[Window], Iterator[str]]) -> None:
    """Each picture of a window on a home of its own, in every size."""
    home.mkdir(exist_ok=True)
    window = _window(home, theme)
    for name in steps(window):
        for size in SIZES:
            _resize(window, size)
            _keep(window, name, size)
        _resize(window, SIZES[0])
    window.close()


def _draw(window: Window, name: str, scene: Scene) -> None:
    shell = window.shell
    assert shell
    for size in scene.sizes:
        _resize(window, size)
        _go(shell, scene)
        settle()
        dialog = QApplication.activeModalWidget()
        _keep(dialog or window, name, size)
        if isinstance(dialog, QDialog):
            dialog.reject()
        while shell.page(scene.place).go_back():
            settle()


def _draw_lock(window: Window) -> None:
    """Somebody else is wanted at the keyboard, who has a PIN."""
    lock(window)
    for size in SIZES:
        _resize(window, size)
        _keep(window, "window-lock", size)


def lock(window: Window) -> None:
    """Take the station out of the window."""
    assert window.shell
    window.shell.lock_wanted.emit()
    settle()


def _resize(window: Window, size: int) -> None:
    window.settings.text_size = size
    window.theme.apply(size=size, dark=False)
    window.resize(*_WINDOW)


def _keep(seen: QWidget, name: str, size: int) -> None:
    settle()
    if any(each.isVisible() for each in seen.findChildren(PaperView)):
        _wait()
    ending = "" if size == SIZES[0] else f"-{size}"
    DOCS.mkdir(parents=True, exist_ok=True)
    seen.grab().save(str(DOCS / f"{name}{ending}.png"))


def _wait() -> None:
    """Let the printed page appear: Qt draws it on a thread of its own, and tells nobody when it is done."""
    loop = QEventLoop()
    QTimer.singleShot(_DRAWN, loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main())
