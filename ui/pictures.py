"""Write the pictures of the window in `docs/`: `python -m ui.pictures`.

Every place of an invented station on one day, in the usual text size and in a large one. Drawn without a screen, by the real
window; only the work is done at once instead of behind it.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer

from app.clock import Clock
from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.visit import Visit, VisitKind
from app.domain.visit_sheet import Line, VisitSheet
from app.i18n import CHINESE, speak
from app.queries.deputies import register
from app.queries.suggestion_list import suggestion_list
from app.queries.visit_list import visit_list
from app.use_cases import demo, opening
from app.use_cases.opening import OpenStation
from app.use_cases.receptions import save_visit
from app.workspace import Workspace
from ui.application import Window, make_application
from ui.background import InlineExecutor
from ui.places import Place
from ui.shell.shell import Shell
from ui.theme import Theme
from ui.widgets.paper_view import PaperView

DOCS: Final = Path(__file__).resolve().parents[1] / "docs" / "pictures"
SIZES: Final = (100, 150)
_WINDOW: Final = 1366, 768
_DRAWN: Final = 2000  # milliseconds
_DAY: Final = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
_WORDS: Final = "a passphrase for pictures"
_AMOUNTS: Final = demo.Amounts(visits=60, issues=80, suggestions=6)


def main() -> int:
    """Draw every picture anew."""
    speak(CHINESE)
    application = make_application()
    theme = Theme(application)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        _draw_entrance(Path(folder) / "nobody", theme)
        station = _invented(home)
        try:
            window = _window(home, theme)
            window.show_station(station)
            for name, go in PICTURES.items():
                _draw(window, name, go)
        finally:
            station.close()
    return 0


def _invented(home: Path) -> OpenStation:
    """An invented station of the sample day, with a reception that is on."""
    clock = Clock(now=lambda: _DAY)
    demo.set_up_if_missing(home, opening.way(_WORDS), clock)
    station = opening.open_station(home, passphrase=_WORDS, clock=clock)
    demo.fill(station.workspace, _AMOUNTS, seed=1)
    _begin_reception(station.workspace)
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


def _place(place: Place) -> Callable[[Shell], None]:
    return lambda shell: shell.go(place)


def _desk(shell: Shell) -> None:
    newest = visit_list(shell.bench.workspace).rows[0]
    shell.go(Place.VISITS, newest.id)
    shell.go(Place.VISITS, deed="reception")


def _suggestion(shell: Shell) -> None:
    shell.go(Place.SUGGESTIONS, suggestion_list(shell.bench.workspace).rows[0].id)


PICTURES: Final[Mapping[str, Callable[[Shell], None]]] = {
    **{f"window-{place.name.lower()}": _place(place) for place in Place},
    "window-reception": _desk,
    "window-suggestion": _suggestion,
    "window-activity": lambda shell: shell.go(Place.VISITS, deed="activity"),
    "window-campaigns": lambda shell: shell.go(Place.VISITS, deed="campaigns"),
}
"""The name of each picture, and how one gets there."""


def _window(home: Path, theme: Theme) -> Window:
    window = Window(home, InlineExecutor(), theme, readers=InlineExecutor())
    window.resize(*_WINDOW)
    window.show()
    return window


def _draw_entrance(home: Path, theme: Theme) -> None:
    window = _window(home, theme)
    window.show_entrance()
    _draw(window, "window-entrance", lambda _shell: None)
    window.close()


def _draw(window: Window, name: str, go: Callable[[Shell], None]) -> None:
    for size in SIZES:
        window.settings.text_size = size
        window.theme.apply(size=size, dark=False)
        window.resize(*_WINDOW)
        if window.shell:
            go(window.shell)
        for _turn in range(3):  # what was laid out is shown, and what was taken out goes
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            QCoreApplication.processEvents()
        if any(each.isVisible() for each in window.findChildren(PaperView)):
            _wait()
        ending = "" if size == SIZES[0] else f"-{size}"
        DOCS.mkdir(parents=True, exist_ok=True)
        window.grab().save(str(DOCS / f"{name}{ending}.png"))


def _wait() -> None:
    """Let the printed page appear: Qt draws it on a thread of its own, and tells nobody when it is done."""
    loop = QEventLoop()
    QTimer.singleShot(_DRAWN, loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main())
