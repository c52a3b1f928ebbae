"""A change of term at the window: seen in plain words, doubts decided, done, taken back."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from app.domain.congress import Congress, Level, Term
from app.domain.people import Deputy, DeputyStatus
from app.domain.suggestion import Suggestion
from app.queries.record import record_of
from app.queries.roster_list import RosterSection
from app.use_cases.drafts import drafts
from tests.builders import a_deputy, save, written_csv
from ui.forms.category_box import CategoryBox
from ui.page import Workbench
from ui.pages.roster import RosterPage


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> RosterPage:
    made = RosterPage(bench)
    qtbot.addWidget(made)
    qtbot.addWidget(bench.feedback)
    bench.background.changed.connect(lambda changes: made.refresh() if made.concerns & changes else None)
    made.resize(1150, 660)
    made.show()
    return made


@pytest.fixture
def deputies(bench: Workbench) -> tuple[Deputy, Deputy, Deputy]:
    new_id = bench.workspace.clock.new_id
    congress = Congress(id=new_id(), name="某镇人民代表大会", level=Level.TOWNSHIP)
    term = Term(id=new_id(), congress=congress.id, term_no=17, began_on=date(2021, 12, 20))
    sits = {"congress": congress.id, "term": term.id, "level": Level.TOWNSHIP}
    made = tuple(
        a_deputy(bench.workspace, name, constituency=district, **sits)
        for name, district in (("代表甲", "一选区"), ("代表乙", "二选区"), ("代表丙", "三选区"))
    )
    save(bench.workspace, congress, term, *made)
    return made  # type: ignore[return-value]  # three of them


def roster(folder: Path) -> Path:
    rows = (("代表甲", "一选区"), ("代表丙", "八选区"), ("代表丁", "二选区"))
    return written_csv(folder / "新名册.csv", ("姓名", "选区"), rows)


def test_it_is_told_decided_done_and_taken_back(
    page: RosterPage, bench: Workbench, deputies: tuple[Deputy, Deputy, Deputy], tmp_path: Path
) -> None:
    stays, leaves, doubtful = deputies
    open_one = Suggestion(id=bench.workspace.clock.new_id(), subject="关于路灯的建议", lead_deputy=leaves.id)
    save(bench.workspace, open_one)
    page.refresh()
    page.begin("term")
    panel = page.term
    assert panel.term_no.editor.value() == 18
    assert panel.ready  # without a roster everybody goes on
    panel.began_on.editor.show_day(date(2026, 12, 28))
    panel.look_at(roster(tmp_path))
    assert panel.plan
    assert [each.told.name for each in panel.plan.doubts] == ["代表丙"]
    assert panel.doubts.isVisible()
    panel.all_same.click()
    assert panel.ready
    box = panel.suggestions.findChildren(CategoryBox)[-1]  # those of before are on their way out
    box.show_code(stays.id)
    panel.do()
    assert page.stack.currentWidget() is page._front
    gone = record_of(bench.workspace, Deputy, leaves.id)
    assert (gone.status, gone.ended_on) == (DeputyStatus.ENDED, date(2026, 12, 28))
    assert record_of(bench.workspace, Suggestion, open_one.id).lead_deputy == stays.id
    assert record_of(bench.workspace, Deputy, doubtful.id).constituency == "八选区"
    assert sorted(row.name for row in page.list_of(RosterSection.DEPUTIES).table.rows) == ["代表丁", "代表丙", "代表甲"]
    bench.feedback.deed.click()
    for each in deputies:
        assert record_of(bench.workspace, Deputy, each.id) == each
    assert record_of(bench.workspace, Suggestion, open_one.id) == open_one


def test_without_a_roster_who_leaves_is_unticked(
    page: RosterPage, bench: Workbench, deputies: tuple[Deputy, Deputy, Deputy]
) -> None:
    page.begin("term")
    panel = page.term
    first = panel.staying.findChildren(QCheckBox)[0]
    first.setChecked(False)
    assert panel.plan
    assert [each.name for each in panel.plan.leaves] == ["代表甲"]
    panel.do()
    assert record_of(bench.workspace, Deputy, deputies[0].id).status == DeputyStatus.ENDED


def test_a_file_that_is_no_roster_is_refused_in_words(
    page: RosterPage, deputies: tuple[Deputy, Deputy, Deputy], tmp_path: Path
) -> None:
    page.begin("term")
    other = tmp_path / "别的.txt"
    other.write_text("没有名字的表", encoding="utf-8")
    page.term.look_at(other)
    assert page.term.notice.words
    assert not page.term.ready
    assert page.go_back()  # back to choosing
    assert page.term.ready


def test_what_was_decided_is_kept_and_gone_on_with(
    page: RosterPage, bench: Workbench, deputies: tuple[Deputy, Deputy, Deputy], tmp_path: Path
) -> None:
    page.begin("term")
    page.term.look_at(roster(tmp_path))
    page.term.all_same.click()
    page.keep()
    (draft,) = drafts(bench.workspace)
    page.go_back()
    page.begin(f"restore:{draft.key}")
    assert page.term.plan
    assert [each.before.name for each in page.term.plan.goes_on] == ["代表甲", "代表丙"]
    assert page.term.notice.words
    page.term._give_up()
    assert not drafts(bench.workspace)
    page.term.look_at(roster(tmp_path))
    page.term.all_same.click()
    page.keep()
    page.term.do()
    assert not drafts(bench.workspace)
