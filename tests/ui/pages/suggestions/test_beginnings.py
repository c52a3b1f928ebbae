"""What a suggestion begins with: one choice in the page, by keys alone; matters raised often; files and tables."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from app.domain.people import Deputy
from app.domain.suggestion import Suggestion
from app.domain.visit import Visit, VisitKind
from app.queries.ledger_matches import all_of
from app.use_cases.suggestion_desk import kept_sheets
from app.workspace import Workspace
from tests.builders import an_issue, save, written_csv
from tests.ui.pages.suggestions.hands import a_draft, at_desk, offered
from ui.page import Workbench
from ui.pages.suggestions import SuggestionsPage


@pytest.fixture
def card(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> SuggestionsPage:
    a_draft(workspace, lead)
    page.refresh()
    page.actions_offered()[-1].trigger()
    return page


def chosen_file(monkeypatch: pytest.MonkeyPatch, name: str, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, name, lambda *_: (str(path), ""))


def test_enter_begins_an_empty_sheet_and_esc_closes_the_choice(card: SuggestionsPage) -> None:
    begin = card.overview.begin
    assert begin.isVisible()
    assert begin.choices["empty"].hasFocus()
    assert card.go_back()
    assert not begin.isVisible()
    card.begin("begin")
    QTest.keyClick(begin.choices["empty"], Qt.Key.Key_Return)
    assert card.at_desk()
    assert card.desk.form.text.text() == ""
    card.go_back()
    assert not begin.isVisible()


@pytest.mark.parametrize(("kind", "word"), [("suggestion", "建议"), ("criticism", "批评"), ("opinion", "意见")])
def test_a_template_begins_its_kind(card: SuggestionsPage, kind: str, word: str) -> None:
    button = card.overview.begin.choices[kind]
    assert button.text() == f"{word}样式"
    button.click()
    assert card.desk.form.title.text().endswith(f"的{word}")
    assert card.desk.read().suggestion.suggestion_type == kind
    assert card.desk.form.text.text().startswith("一、情况\n【")
    assert not card.desk.dirty()


def test_an_activity_is_chosen_by_keys(card: SuggestionsPage, workspace: Workspace) -> None:
    begin = card.overview.begin
    begin.choices["activity"].click()
    assert begin.none.isVisible()
    made = Visit(
        id=workspace.clock.new_id(),
        visit_kind=VisitKind.SYMPOSIUM,
        on=date(2026, 11, 1),
        theme="老旧小区",
        conclusions="要装电梯",
    )
    save(workspace, made)
    begin.choices["activity"].click()
    assert begin.activities.hasFocus()
    QTest.keyClick(begin.activities, Qt.Key.Key_Return)
    assert "要装电梯" in card.desk.form.text.text()
    assert card.desk.read().suggestion.visits == (made.id,)


def test_matters_raised_often_are_listed_and_a_draft_begins_on_one(card: SuggestionsPage, workspace: Workspace) -> None:
    save(
        workspace,
        *(an_issue(workspace, f"样本新城小区电梯停运{each}") for each in ("", "多日")),
        an_issue(workspace, "自来水浑浊"),
    )
    card.overview.begin.choices["topics"].click()
    pool = card.pool
    assert (card.heading(), [len(row.issues) for row in pool.table.rows]) == ("近期多次反映的事项", [2])
    assert offered(card) == ["全部建议", "据此起草建议"]
    assert "群众意见 5 条" in pool.told.text()
    assert pool.about.text().startswith("2 条　2 人")
    pool.filters[next(each for each in pool.filters if each.value == "place")].click()
    assert pool.table.rows == []
    assert not card.actions_offered()[-1].isEnabled()
    pool.filters[next(iter(pool.filters))].click()
    card.actions_offered()[-1].trigger()
    assert card.at_desk()
    assert len(card.desk.grounds.ids()) == 2
    assert "群众先后反映相关事项2件，涉及2人" in card.desk.form.text.text()


def test_a_draft_in_a_file_is_typed_and_kept(
    card: SuggestionsPage, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "草稿.txt"
    path.write_text("关于路灯的建议\n一、情况\n路灯不亮", encoding="gb18030")
    chosen_file(monkeypatch, "getOpenFileName", path)
    card.overview.begin.choices["file"].click()
    assert (card.desk.form.title.text(), card.desk.form.text.text()) == ("关于路灯的建议", "一、情况\n路灯不亮")
    assert card.desk.dirty()
    assert [each.title for each in kept_sheets(workspace)] == ["关于路灯的建议"]


def test_a_file_that_is_none_is_refused_in_words(
    card: SuggestionsPage, bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "草稿.docx"
    path.write_bytes(b"PK\x03\x04 broken")
    chosen_file(monkeypatch, "getOpenFileName", path)
    card.overview.begin.choices["file"].click()
    assert not card.at_desk()
    assert "草稿.docx 已损坏" in bench.feedback.words


def test_a_table_of_texts_is_taken_in(card: SuggestionsPage, workspace: Workspace, tmp_path: Path) -> None:
    sheet = written_csv(
        tmp_path / "建议.csv", ("建议标题", "建议内容"), [("关于停水的建议", "请修。"), ("关于公交的建议", "请增班。")]
    )
    card.overview.begin.choices["table"].click()
    assert offered(card) == ["全部建议", "导入"]
    card.imports.look(sheet)
    take_in = card.actions_offered()[-1]
    assert take_in.isEnabled()
    take_in.trigger()
    assert {each.subject for each in all_of(workspace, Suggestion)} >= {"关于停水的建议", "关于公交的建议"}
    while card.go_back():
        pass
    assert offered(card) == ["打印", "起草建议"]


def test_a_word_file_is_written_of_what_is_saved(
    page: SuggestionsPage, workspace: Workspace, lead: Deputy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_desk(page, a_draft(workspace, lead))
    page.desk.form.text.replace_text("一、情况\n停水")
    chosen_file(monkeypatch, "getSaveFileName", tmp_path / "建议")
    page.desk.word.click()
    assert (tmp_path / "建议.docx").read_bytes().startswith(b"PK")
    assert all_of(workspace, Suggestion)[0].text == "一、情况\n停水"
