"""How long it takes until another operator is at the keyboard: the PIN proved, a window of their own with the day's figures."""

import pytest

from app.domain.people import Operator
from app.settings import Settings
from app.use_cases.signing_in import set_pin, sign_in
from app.workspace import Workspace
from tests.benchmarks.figures import taken, tell
from tests.conftest import QT_MISSING

if QT_MISSING:
    pytest.skip(f"Qt cannot be loaded here: {QT_MISSING}", allow_module_level=True)

from ui.background import Background, InlineExecutor
from ui.shell.shell import Shell
from ui.theme import Theme

AT_MOST = 2.0  # seconds
PIN = "271828"


def test_another_operator_signs_in(workspace: Workspace, theme: Theme) -> None:
    background = Background(InlineExecutor(), InlineExecutor())
    second = Operator(id=workspace.clock.new_id(), name="值班员")
    with workspace.writing() as books:
        books.records.save(second)
    set_pin(workspace, second.id, PIN)
    shells = list[Shell]()

    def switch() -> None:
        signed = sign_in(workspace, second.id, PIN)
        shells.append(Shell(workspace.acting_as(signed.id), background, theme, Settings()))
        shells[-1].resize(1280, 800)
        shells[-1].show()
        shells[-1].begin()
        shells[-1].ask_state()
        shells[-1].grab()  # painted

    figure = taken("another operator signs in by PIN, their window painted", switch)
    tell(figure.told("s"))
    assert {each.bench.workspace.author.op for each in shells} == {second.id}
    for each in shells:
        each.deleteLater()
    sign_in(workspace, workspace.author.op)
    with workspace.writing() as books:
        books.records.remove([second.id])
    assert figure.median < AT_MOST
