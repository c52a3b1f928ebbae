"""Points in the window: a scheme taken up, what is proposed entered and approved, an entry typed, rejected, opened again."""

from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from app.domain.people import Deputy
from app.domain.points import PointsState
from app.domain.visit import Visit, VisitKind
from app.use_cases.drafts import drafts
from app.use_cases.points import take_up_scheme
from app.workspace import Workspace
from tests.builders import a_deputy, save
from tests.ui.workbenches import Went
from ui.page import Workbench
from ui.pages.statistics import StatisticsPage
from ui.pages.statistics.points import PointsView
from ui.places import Place


@pytest.fixture
def deputy(workspace: Workspace) -> Deputy:
    made = a_deputy(workspace, "代表甲")
    year = workspace.clock.today().year
    held = [
        Visit(id=workspace.clock.new_id(), visit_kind=kind, on=date(year, 1, day), deputies=(made.id,), theme=theme)
        for kind, day, theme in ((VisitKind.RECEPTION, 5, "一月接待日"), (VisitKind.TRAINING, 8, "履职培训"))
    ]
    save(workspace, made, *held)
    return made


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot, deputy: Deputy) -> StatisticsPage:
    made = StatisticsPage(bench)
    qtbot.addWidget(made)
    qtbot.addWidget(bench.feedback)
    bench.background.changed.connect(lambda changes: made.refresh() if made.concerns & changes else None)
    made.resize(1150, 660)
    made.show()
    made.refresh()
    return made


@pytest.fixture
def view(page: StatisticsPage, workspace: Workspace) -> PointsView:
    take_up_scheme(workspace, "ruzhou", date(workspace.clock.today().year, 1, 1))
    page.refresh()
    return page.points


def states(view: PointsView) -> list[str]:
    return [str(row.entry.state) for row in view.entries.rows]


def test_without_a_scheme_the_page_says_what_to_do_and_does_it(page: StatisticsPage) -> None:
    view = page.points
    assert view.scheme.take_up.isVisible()
    assert not view.view.isVisible()
    view.scheme.take_up.click()
    assert view.view.isVisible()
    assert "汝州市履职积分办法" in view.scheme.words.text()
    assert view.steps.enter.isVisible()


def test_a_second_scheme_on_the_same_days_is_refused_beside_the_choice(view: PointsView, workspace: Workspace) -> None:
    view.scheme.other.click()
    view.scheme.from_day.show_day(date(workspace.clock.today().year, 1, 1))
    view.scheme.take_up.click()
    assert "汝州市履职积分办法" in view.scheme.items.text()
    assert len(view.table.rows) == 1


def test_what_is_proposed_is_entered_and_approved_twice_by_three_buttons(view: PointsView) -> None:
    assert view.steps.enter.text() == "登记建议的 2 条"
    view.steps.enter.click()
    assert states(view) == ["entered", "entered"]
    view.steps.first.click()
    view.steps.second.click()
    assert states(view) == ["approved", "approved"]
    (score,) = view.table.rows
    assert str(score.total) == "7"
    assert not view.steps.isVisible(), "nothing waits"
    assert "7 分" in view.come_to.text()


def test_a_deed_is_taken_back(view: PointsView, page: StatisticsPage) -> None:
    view.steps.enter.click()
    page.bench.feedback.deed.click()
    assert view.entries.rows == []


def test_one_entry_is_approved_rejected_with_a_reason_and_opened_again(view: PointsView) -> None:
    view.steps.enter.click()
    view.approve.click()
    assert states(view)[0] == "first_approved"
    view.refuse.click()
    view.rejecting.save()
    assert view.rejecting.reason.problem.text()
    view.rejecting.reason.editor.setText("没有签到")
    view.rejecting.save()
    assert not view.rejecting.is_open()
    assert states(view)[0] == "rejected"
    assert not view.approve.isVisible()
    view.reopen.click()
    assert states(view)[0] == "entered"


def test_a_changed_record_asks_to_be_taken_over(view: PointsView, workspace: Workspace, page: StatisticsPage) -> None:
    view.steps.enter.click()
    row = view.entries.rows[0]
    with workspace.writing() as books:
        visit = books.records.get(Visit, row.entry.of).record
        books.records.save(replace(visit, visit_kind=VisitKind.INSPECTION))
    page.refresh()
    assert view.take_over.isVisible()
    assert not view.approve.isVisible()
    view.take_over.click()
    assert view.entries.rows[0].item == "参加视察、执法检查"


def test_an_entry_is_typed_kept_and_saved(view: PointsView, page: StatisticsPage, workspace: Workspace) -> None:
    view.write.click()
    form = view.form
    form.save()
    assert form.item.problem.text()
    form.item.editor.show_code("charity/")
    form.fields.editors["account"].show("为敬老院捐赠棉被")
    form.keep()
    assert page.go_back()
    assert not form.is_open()
    (kept,) = drafts(workspace)
    page.begin(f"restore:{kept.key}")
    assert form.fields.read().account == "为敬老院捐赠棉被"
    assert form.item.editor.code() == "charity/"
    form.save()
    assert drafts(workspace) == []
    (row,) = view.entries.rows
    assert (row.item, row.entry.state) == ("参与公益慈善", PointsState.ENTERED)
    assert page.undoable() == row.entry.id


def test_an_entry_is_corrected_and_removed(view: PointsView) -> None:
    view.steps.enter.click()
    view.change.click()
    view.form.fields.editors["quantity"].show(3)
    view.form.save()
    assert [row.entry.quantity for row in view.entries.rows] == [3, 1]
    view.remove.click()
    assert len(view.entries.rows) == 1


def test_the_record_behind_an_entry_is_shown(view: PointsView, went: Went) -> None:
    view.steps.enter.click()
    view.open_record.click()
    assert went[-1][0] is Place.VISITS


def test_another_year_has_other_points(view: PointsView) -> None:
    view.steps.enter.click()
    view.year.setCurrentIndex(1)
    view.year.activated.emit(1)
    assert not view.view.isVisible(), "no scheme held then"
