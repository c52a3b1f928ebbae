"""Writing at 10,000 characters: a key, the paper beside the text, two versions compared, one of 10,000 suggestions opened."""

import os
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from random import Random

import pytest

from app.clock import Clock
from app.domain.compared import compared
from app.domain.life import SuggestionState
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.keys.passphrase import Passphrase
from app.keys.ways import PassphraseWay
from app.use_cases import setup
from app.use_cases.papers import previewed_suggestion
from app.use_cases.press import Press
from app.use_cases.suggestion_desk import begun, on_desk
from app.workspace import Workspace, opened
from tests.benchmarks.conftest import WORDS
from tests.benchmarks.figures import taken, taken_in_turn, tell

LENGTH = 10_000
SUGGESTIONS = 10_000
KEY, PAPER, COMPARED, OPENED = 0.016, 0.3, 0.2, 0.1  # seconds at most


def a_text(seed: int = 1, length: int = LENGTH) -> str:
    """So many invented characters in paragraphs of some sentences."""
    chance = Random(seed)
    clause = "本村公路年久失修雨天积水严重群众出行不便希望有关部门尽快安排资金予以整治并说明理由"
    text = "一、情况\n"
    while len(text) < length:
        text += "".join(chance.choices(clause, k=chance.randint(8, 30))) + chance.choice(["，", "。", "；", "。\n"])
    return text[:length]


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A station with 10,000 suggestions of 1,000 characters."""
    home = tmp_path_factory.mktemp("writing") / "station"
    way = PassphraseWay(passphrase=Passphrase(WORDS))
    setup.set_up(home, way, code="430181001-001", name="示例联络站", operator="联络员", clock=Clock())
    with opened(home, way, write=True) as workspace:
        for start in range(0, SUGGESTIONS, 500):
            with workspace.writing() as books:
                books.records.save_all([a_suggestion(workspace, number) for number in range(start, start + 500)])
        yield workspace


def a_suggestion(workspace: Workspace, number: int) -> Suggestion:
    """An invented draft."""
    text, state = a_text(number, 1000), SuggestionState.DRAFT
    return Suggestion(id=workspace.clock.new_id(), subject=f"关于第{number}号路的建议", text=text, state=state)


def test_a_key(station: Workspace) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QPlainTextEdit, QWidget

    from app.settings import Settings
    from ui.application import make_application
    from ui.background import Background, InlineExecutor
    from ui.feedback import Feedback
    from ui.page import Workbench
    from ui.pages.suggestions import SuggestionsPage
    from ui.theme import Theme

    application = make_application()
    theme = Theme(application)
    theme.apply(size=100, dark=False)
    background = Background(InlineExecutor(), InlineExecutor(), parent=application)
    page = SuggestionsPage(Workbench(station, background, theme, Feedback(), Settings(), lambda *_: None))
    page.resize(1366, 768)
    page.show()
    page.begin("draft")
    ours, theirs = page.desk.form.text, QPlainTextEdit()
    theirs.resize(460, 400)
    theirs.show()
    ours.show_text(a_text())
    theirs.setPlainText(a_text())
    ours.go_to(LENGTH // 2)

    def typed(at: QWidget) -> Callable[[], None]:
        def act() -> None:
            QTest.keyClicks(at, "a")
            application.processEvents()

        return act

    mine, bare = taken_in_turn(
        (f"a key in a text of {LENGTH:,} characters, drawn", typed(ours)),
        ("  a bare text field without levels, marks, count or draft", typed(theirs)),
        runs=40,
    )
    tell(mine.told(), f"{bare.told()}; ratio {mine.median / bare.median:.2f}")
    assert mine.median < KEY


def test_the_paper(station: Workspace) -> None:
    from dataclasses import replace

    desk = begun(station)
    sheet = replace(desk.sheet, suggestion=replace(desk.sheet.suggestion, subject="关于公路的建议", text=a_text()))
    press = Press()
    press.warm_up()
    figure = taken("the paper of 10,000 characters, in a process of its own", lambda: previewed_suggestion(station, sheet, press))
    press.close()
    tell(figure.told())
    assert figure.median < PAPER


def test_two_versions() -> None:
    old, chance = a_text(), Random(2)
    new = list(old)
    for _ in range(60):
        new[chance.randrange(len(new))] = chance.choice(["改", "", "新增的几个字"])
    other = "".join(new)
    ours, theirs = taken_in_turn(
        (f"two versions of {LENGTH:,} characters compared", lambda: compared(old, other)),
        ("  difflib over all characters", lambda: SequenceMatcher(None, old, other, autojunk=False).get_opcodes()),
        runs=3,
    )
    strange = taken("  two texts that have nothing in common", lambda: compared(old, a_text(3)))
    tell(ours.told(), f"{theirs.told()}; ratio {ours.median / theirs.median:.4f}", strange.told())
    assert max(ours.median, strange.median) < COMPARED


def test_one_of_ten_thousand(station: Workspace, tmp_path: Path) -> None:
    ids = _some(station)
    lying = [tmp_path / f"{number}.txt" for number in range(len(ids))]
    for number, path in enumerate(lying):
        path.write_text(a_text(number, 1000), encoding="utf-8")
    ours, theirs = taken_in_turn(
        (f"{len(ids)} of {SUGGESTIONS:,} suggestions laid on the desk", lambda: [on_desk(station, id) for id in ids]),
        ("  the same texts read from plain files", lambda: [path.read_text(encoding="utf-8") for path in lying]),
    )
    tell(ours.told(), f"{theirs.told()}; one suggestion {ours.median / len(ids) * 1000:.1f} ms")
    assert ours.median / len(ids) < OPENED


def _some(station: Workspace) -> list[Id]:
    from app.queries.suggestion_list import SuggestionGroup, suggestion_list

    rows = suggestion_list(station, SuggestionGroup.ALL, offset=SUGGESTIONS // 2, limit=20).rows
    return [row.id for row in rows]
