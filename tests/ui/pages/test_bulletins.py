"""Bulletins and special reports in the window: begun, written, kept, saved, taken back, printed, and reached from elsewhere."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from app.documents.word_file import read_word
from app.domain.bulletin import Article, BulletinKind
from app.domain.papers import PaperName
from app.queries.bulletins import bulletin_list, bulletin_sheet
from app.queries.today import today
from app.queries.unfinished import draft_previews
from app.use_cases.bulletins import new_bulletin, save_bulletin
from app.use_cases.drafts import drafts
from app.workspace import Workspace
from tests.builders import an_encounter, an_issue, save
from tests.ui.pages.test_issues import page
from ui.dialogs.paper_dialog import PaperDialog
from ui.pages.issues import IssuesPage
from ui.pages.issues.bulletin_desk import BulletinDesk
from ui.pages.today_cards import draft_told, place_of_draft
from ui.places import Place, place_of

__all__ = ["page"]


@pytest.fixture
def desk(page: IssuesPage) -> BulletinDesk:
    """A new bulletin on its desk."""
    page.begin("bulletins")
    page.bulletins.new()
    return page.bulletins.desk


def saved(workspace: Workspace, *headings: str) -> str:
    """A bulletin in the list."""
    new_id = workspace.clock.new_id
    articles = tuple(Article(id=new_id(), heading=each, text="正文。") for each in headings)
    return save_bulletin(workspace, replace(new_bulletin(workspace), articles=articles)).id


def test_an_empty_list_says_what_to_do_and_does_it(page: IssuesPage) -> None:
    page.begin("bulletins")
    view = page.bulletins
    assert "勾选" in view._empty.words.text()
    assert [each.text() for each in page.actions_offered()] == ["返回", "新建专报", "新建简报"]
    view._empty.deed.click()
    assert page.heading() == "新建简报"
    assert [each.text() for each in page.actions_offered()] == ["返回", "保存"]
    assert page.go_back()
    assert page.heading() == "简报和专报"
    assert page.go_back()
    assert page.heading() == "群众意见"


def test_it_is_written_article_by_article_and_saved(page: IssuesPage, desk: BulletinDesk, workspace: Workspace) -> None:
    desk.head.editors["masthead"].show("工作简报")
    desk.tail.editors["recipients"].show(("街道党工委、办事处", "各村（社区）"))
    first = desk.articles.rows[0]
    first.heading.setText("第一篇")
    first.text.setPlainText("一、登记\n逐件登记。")
    desk.articles.more.click()
    desk.articles.rows[1].heading.setText("第二篇")
    desk.articles.rows[1].up.click()
    assert [each.number.text() for each in desk.articles.rows] == ["稿件1", "稿件2"]
    page.actions_offered()[-1].trigger()
    (row,) = bulletin_list(workspace)
    assert (row.bulletin.title(), row.headings) == ("工作简报 第1期", ("第二篇", "第一篇"))
    assert row.bulletin.recipients == ("街道党工委、办事处", "各村（社区）")
    assert page.heading() == "简报和专报"
    assert page.undoable() == row.id
    assert not [*drafts(workspace)]
    page.bench.feedback.deed.click()
    assert bulletin_list(workspace) == ()


def test_a_name_is_asked_for_beside_its_field(page: IssuesPage, desk: BulletinDesk, workspace: Workspace) -> None:
    desk.head.editors["masthead"].show("")
    desk.save()
    assert "刊名" in desk.head.fields["masthead"].problem.text()
    desk.head.editors["serial"].widget.setText("十二")  # type: ignore[attr-defined]  # a line
    desk.save()
    assert desk.head.fields["serial"].problem.text()
    assert bulletin_list(workspace) == ()


def test_an_article_taken_out_comes_back_to_its_place(page: IssuesPage, workspace: Workspace) -> None:
    page.open_record(saved(workspace, "甲", "乙", "丙"))
    page.bulletins.change()
    desk = page.bulletins.desk
    desk.articles.rows[1].remove.click()
    assert [each.heading for each in desk.read().articles] == ["甲", "丙"]
    page.bench.feedback.deed.click()
    assert [each.heading for each in desk.read().articles] == ["甲", "乙", "丙"]
    desk.articles.rows[2].remove.click()
    desk.save()
    assert bulletin_list(workspace)[0].headings == ("甲", "乙")


def test_what_is_typed_is_kept_and_offered_again(page: IssuesPage, desk: BulletinDesk, workspace: Workspace) -> None:
    desk.articles.rows[0].text.setPlainText("还没写完")
    assert desk.dirty()
    page.keep()
    (kept,) = [*drafts(workspace)]
    page.go_back()
    (unfinished,) = today(workspace).unfinished
    assert place_of_draft(unfinished) is Place.ISSUES
    assert draft_told(unfinished) == "简报（专报） · 联络动态"
    (preview,) = draft_previews(workspace)
    assert [each.kind for each in preview.pieces if each.kind] == ["bulletin", "article"]
    page.begin(f"restore:{kept.key}")
    assert desk.articles.rows[0].text.text() == "还没写完"
    assert page.heading() == "新建简报"
    page.begin("restore:bulletin:gone")
    assert page.heading() == "简报和专报"


def test_untouched_it_leaves_no_draft(page: IssuesPage, desk: BulletinDesk, workspace: Workspace) -> None:
    assert not desk.dirty()
    page.go_back()
    page.keep()
    assert not [*drafts(workspace)]


def test_a_report_is_begun_from_ticked_issues(page: IssuesPage, workspace: Workspace) -> None:
    person = an_encounter(workspace, "张小明", village="某某社区")
    issues = [an_issue(workspace, subject, encounter=person.id, words=f"张小明说{subject}") for subject in ("路灯不亮", "积水")]
    save(workspace, person, *issues)
    page.refresh()
    for each in issues:
        page.overview.table.tick(each.id)
    page.overview.report.click()
    desk = page.bulletins.desk
    assert (page.heading(), page.bench.feedback.words) == ("新建专报", "")
    assert set(desk.read().bulletin.issues) == {each.id for each in issues}
    assert "某某说路灯不亮" in desk.articles.rows[0].text.text()
    assert "张小明" not in desk.articles.rows[0].text.text()
    assert page.overview.table.ticked == ()
    desk.save()
    assert bulletin_list(workspace)[0].bulletin.bulletin_kind == BulletinKind.OPINION_REPORT


def test_the_page_stands_beside_it_and_is_printed(page: IssuesPage, workspace: Workspace) -> None:
    id = saved(workspace, "甲")
    assert place_of("bulletin") is place_of("article") is Place.ISSUES
    page.open_record(bulletin_sheet(workspace, id).articles[0].id)
    view = page.bulletins
    assert page.undoable() == id
    assert view.preview.paper.pages() == 1
    view._print.click()
    dialog = next(each for each in QApplication.topLevelWidgets() + view.findChildren(QDialog) if isinstance(each, PaperDialog))
    assert dialog._asked.name is PaperName.BULLETIN
    dialog.reject()


def test_the_page_follows_what_is_typed(desk: BulletinDesk) -> None:
    assert desk.preview.paper.pages() == 1
    desk.articles.rows[0].text.setPlainText("一段很长的话。\n" * 60)
    assert desk.pause.isActive()
    desk.pause.timeout.emit()
    assert desk.preview.paper.pages() > 1


def test_removed_it_is_brought_back(page: IssuesPage, workspace: Workspace) -> None:
    id = saved(workspace, "甲", "乙")
    page.begin("bulletins")
    page.bulletins._take_off.click()
    assert bulletin_list(workspace) == ()
    page.bench.feedback.deed.click()
    assert len(bulletin_sheet(workspace, id).articles) == 2
    assert page.undoable() == id


def test_somebody_else_saved_it_meanwhile(page: IssuesPage, workspace: Workspace) -> None:
    id = saved(workspace, "甲")
    page.open_record(id)
    page.bulletins.change()
    desk = page.bulletins.desk
    stands = bulletin_sheet(workspace, id)
    theirs = replace(stands.bulletin, editor="编辑乙")
    extra = Article(id=workspace.clock.new_id(), heading="他们的")
    save_bulletin(workspace, replace(stands, bulletin=theirs, articles=(*stands.articles, extra)))
    desk.head.editors["publisher"].show("我们的单位")
    desk.save()
    assert not desk.stale.isHidden()
    desk.stale.theirs.click()
    assert desk.read().bulletin.editor == "编辑乙"
    assert len(desk.articles.rows) == 2
    save_bulletin(workspace, replace(bulletin_sheet(workspace, id), bulletin=replace(theirs, editor="编辑丙")))
    desk.head.editors["publisher"].show("我们的单位")
    desk.save()
    desk.stale.ours.click()
    told = bulletin_sheet(workspace, id).bulletin
    assert (told.publisher, told.editor) == ("我们的单位", "编辑乙")


def test_a_text_comes_from_a_file_and_one_step_takes_it_back(desk: BulletinDesk, tmp_path: Path) -> None:
    file = tmp_path / "来稿.txt"
    file.write_text("件件有着落\n一、登记\n逐件登记。\n", "utf-8")
    row = desk.articles.rows[0]
    row.text.setPlainText("原来的")
    desk.take_file(row, file)
    assert "逐件登记。" in row.text.text()
    assert row.heading.text() == "件件有着落"
    row.text.undo()
    assert row.text.text() == "原来的"
    damaged = tmp_path / "坏了.docx"
    damaged.write_bytes(b"PK\x03\x04nothing")
    desk.take_file(row, damaged)
    assert "坏了.docx" in desk._bench.feedback.words
    assert row.text.text() == "原来的"


def test_a_number_twice_is_told(page: IssuesPage, desk: BulletinDesk, workspace: Workspace) -> None:
    saved(workspace, "甲")
    desk.save()
    assert "编号相同" in page.bench.feedback.words
    assert [each.bulletin.serial for each in bulletin_list(workspace)] == [1, 1]


def test_it_is_saved_as_a_word_file(
    page: IssuesPage, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.open_record(saved(workspace, "甲"))
    path = tmp_path / "简报.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(path), ""))
    page.bulletins._word.click()
    assert read_word(path.read_bytes(), path.name).text
    assert "简报.docx" in page.bench.feedback.words
