"""Bulletins and special reports: begun with the next number, written, saved, printed, taken back, handed in."""

import shutil
from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest

from app.domain.bulletin import Article, Bulletin, BulletinKind, BulletinSheet, bulletin_told
from app.domain.papers import PaperName
from app.errors import Refused
from app.province.store import count
from app.queries.bulletins import bulletin_list, bulletin_paper, bulletin_sheet, is_bulletin, shown_bulletin
from app.queries.exposed import exposed_in
from app.queries.relations import found
from app.use_cases.bulletins import (
    DRAFT,
    bulletin_to_change,
    draft_key,
    new_bulletin,
    previewed_bulletin,
    remove_bulletin,
    save_bulletin,
    unsaved_bulletin,
    write_bulletin_word,
)
from app.use_cases.drafts import drafts, keep_draft
from app.use_cases.papers import Asked, composed_paper
from app.use_cases.suggestion_files import WordFile
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.app.use_cases.unsealing import sent_now
from tests.builders import Pair, a_contact, an_encounter, an_issue, save
from tests.pdf_text import bare, page_count, text_of

TEXT = "——某站的做法\n一、把好登记关\n群众说什么就记什么。"


def written(workspace: Workspace, *headings: str, **told: object) -> BulletinSheet:
    """A bulletin that was saved, with an article under each heading."""
    begun = new_bulletin(workspace)
    new_id = workspace.clock.new_id
    articles = tuple(Article(id=new_id(), heading=each, text=TEXT, contributor="某某联络站") for each in headings)
    sheet = replace(begun, bulletin=replace(begun.bulletin, **told), articles=articles)  # type: ignore[arg-type]  # as it is told
    save_bulletin(workspace, sheet)
    return bulletin_sheet(workspace, sheet.id)


def test_the_next_one_takes_over_what_stays_and_the_next_numbers(workspace: Workspace) -> None:
    first = new_bulletin(workspace).bulletin
    assert (first.masthead, first.serial, first.serial_total) == ("联络动态", 1, 1)
    assert first.published_on == workspace.clock.today().date()
    written(
        workspace, "第一篇", masthead="工作简报", serial=20, serial_total=672, recipients=("某某委员会",), editor="编辑甲",
        approval_number="某准字第1号", editors_note="只说这一期",
    )  # fmt: skip
    following = new_bulletin(workspace).bulletin
    assert (following.masthead, following.serial, following.serial_total) == ("工作简报", 21, 673)
    assert (following.recipients, following.editor, following.approval_number) == (("某某委员会",), "编辑甲", "某准字第1号")
    assert following.editors_note == ""
    assert new_bulletin(workspace, BulletinKind.OPINION_REPORT).bulletin.masthead == "社情民意专报"


def test_articles_are_added_moved_and_removed_and_all_of_it_is_one_deed(workspace: Workspace) -> None:
    sheet = written(workspace, "甲", "乙")
    one, other = sheet.articles
    more = Article(id=workspace.clock.new_id(), heading="丙")
    save_bulletin(workspace, replace(sheet, articles=(other, more)))
    changed = bulletin_sheet(workspace, sheet.id)
    assert [(each.heading, each.order) for each in changed.articles] == [("乙", 1), ("丙", 2)]
    assert bulletin_list(workspace)[0].headings == ("乙", "丙")
    undo_last(workspace, sheet.id)
    assert [each.heading for each in bulletin_sheet(workspace, sheet.id).articles] == ["甲", "乙"]
    assert is_bulletin(workspace, one.id)
    assert bulletin_sheet(workspace, one.id).id == sheet.id
    assert not is_bulletin(workspace, workspace.clock.new_id())


def test_nobody_overwrites_or_removes_what_they_have_not_seen(workspace: Workspace) -> None:
    sheet = written(workspace, "甲", "乙")
    save_bulletin(workspace, replace(sheet, articles=(sheet.articles[0], replace(sheet.articles[1], text="别人写的"))))
    mine = replace(sheet, articles=sheet.articles[:1])
    with pytest.raises(Refused, match="stale"):
        save_bulletin(workspace, mine)
    assert len(bulletin_sheet(workspace, sheet.id).articles) == 2
    with pytest.raises(Refused, match="incomplete"):
        save_bulletin(workspace, replace(sheet, bulletin=replace(sheet.bulletin, masthead="")))


def test_removed_with_its_articles_it_comes_back_with_them(workspace: Workspace) -> None:
    sheet = written(workspace, "甲", "乙")
    remove_bulletin(workspace, sheet.id)
    assert bulletin_list(workspace) == ()
    with workspace.reading() as connection:
        assert found(connection, Article) == []
    undo_last(workspace, sheet.id)
    assert [each.heading for each in bulletin_sheet(workspace, sheet.id).articles] == ["甲", "乙"]


def test_a_number_that_is_there_already_is_told_and_kept(workspace: Workspace) -> None:
    sheet = written(workspace, "甲")
    again = new_bulletin(workspace)
    assert save_bulletin(workspace, replace(again, bulletin=replace(again.bulletin, serial=sheet.bulletin.serial))).taken
    assert not save_bulletin(workspace, new_bulletin(workspace)).taken


def test_what_is_typed_is_kept_until_it_is_saved(workspace: Workspace) -> None:
    sheet = written(workspace, "甲")
    typed = replace(sheet, articles=(replace(sheet.articles[0], text="还没写完"),))
    keep_draft(workspace, draft_key(sheet.id), DRAFT, bulletin_told(typed))
    assert bulletin_to_change(workspace, sheet.id).articles[0].text == "还没写完"
    save_bulletin(workspace, typed)
    assert not [*drafts(workspace)]
    keep_draft(workspace, draft_key(sheet.id), DRAFT, {"bulletin": 7})
    assert unsaved_bulletin(workspace, draft_key(sheet.id)) is None
    assert bulletin_to_change(workspace, sheet.id).articles[0].text == "还没写完"


# --- a special report -------------------------------------------------------------------------------------------------


def test_a_report_takes_over_the_words_of_issues_and_names_nobody(workspace: Workspace) -> None:
    person = an_encounter(workspace, "张小明", village="某某社区")
    words = "张小明家门口的路灯不亮，电话13812345678。\n晚上不敢出门。"
    lamp = an_issue(
        workspace, "路灯不亮。", words=words, encounter=person.id, received_on=date(2026, 3, 2), result_text="已告知张小明"
    )
    secret = an_encounter(workspace, "李某某", village="另一个村", confidential=True)
    water = an_issue(workspace, "水渠淤塞", encounter=secret.id, received_on=date(2026, 3, 3), words="水渠淤了两年。")
    save(workspace, person, lamp, a_contact(workspace, person.id), secret, water)
    sheet = new_bulletin(workspace, BulletinKind.OPINION_REPORT, [lamp.id, water.id, lamp.id])
    (article,) = sheet.articles
    assert sheet.bulletin.issues == (lamp.id, water.id)
    assert article.heading == "关于路灯不亮等2件群众意见的情况反映"
    assert article.text.splitlines() == [
        "一、路灯不亮",
        "2026年3月2日，某某社区群众反映：某某家门口的路灯不亮，电话＊＊＊。",
        "晚上不敢出门。",
        "办理情况：已告知某某",
        "二、水渠淤塞",
        "2026年3月3日，群众反映：水渠淤了两年。",
    ]
    alone = new_bulletin(workspace, BulletinKind.OPINION_REPORT, [lamp.id]).articles[0]
    assert (alone.heading, alone.text.splitlines()[0][:4]) == ("关于路灯不亮的情况反映", "2026")
    with pytest.raises(Refused, match="record_missing"):
        new_bulletin(workspace, BulletinKind.OPINION_REPORT, [workspace.clock.new_id()])


def test_residents_in_a_text_are_told_before_it_is_printed(workspace: Workspace) -> None:
    person = an_encounter(workspace, "张小明")
    issue = an_issue(workspace, "路灯不亮", encounter=person.id)
    save(workspace, person, issue)
    begun = new_bulletin(workspace, BulletinKind.OPINION_REPORT, [issue.id])
    bulletin = replace(begun.bulletin, editors_note="请电13812345678。")
    article = replace(begun.articles[0], heading="某篇", text="一句。\n张小明说。")
    save_bulletin(workspace, replace(begun, bulletin=bulletin, articles=(article,)))
    note, text = exposed_in(workspace, begun.id)
    assert (note.title, note.hints[0].words) == ("社情民意专报 第1期", "13812345678")
    assert (text.title, text.hints[0].facts["paragraph"], text.hints[0].words) == ("某篇", 2, "张小明")
    assert exposed_in(workspace, written(workspace, "甲").id) == ()


# --- on paper ---------------------------------------------------------------------------------------------------------

FULL = {
    "serial": 20,
    "serial_total": 672,
    "editors_note": "现予刊出，供参考。",
    "recipients": ("甲委员会", "乙办公室"),
    "editor": "编辑甲",
    "reached_by": "0731—00000000",
    "approval_number": "某准字第1号",
}


def test_every_part_stands_on_the_paper_in_its_order(workspace: Workspace) -> None:
    sheet = written(workspace, "第一篇文章", "第二篇文章", published_on=date(2026, 11, 20), **FULL)
    paper = composed_paper(workspace, Asked(name=PaperName.BULLETIN, id=sheet.id))
    assert paper.file_name == "简报-联络动态第20期.pdf"
    reader = shutil.which("pdftotext")
    assert reader
    told = bare(text_of(reader, paper.content))
    parts = (
        *("联络动态", "第20期", "（总第六百七十二期）", "编2026年11月20日", "【编者按】现予刊出，供参考。"),
        *("第一篇文章——某站的做法一、把好登记关", "（某某联络站供稿）", "第二篇文章", "送：甲委员会乙办公室"),
        *("责任编辑：编辑甲联系方式：0731—00000000", "批准文号：某准字第1号"),
    )
    places = [told.find(each) for each in parts]
    assert -1 not in places
    assert places == sorted(places)
    assert "打印" not in told
    assert "第1页" not in told


def test_the_end_stands_whole_on_one_page_and_nothing_is_lost(workspace: Workspace) -> None:
    reader = shutil.which("pdftotext")
    assert reader
    for lines in (1, 12, 15, 17, 19, 40):
        text = "\n".join(f"第{each}段。" for each in range(lines))
        sheet = written(workspace, "文章", **FULL)
        sheet = replace(sheet, articles=(replace(sheet.articles[0], text=text),))
        pdf = previewed_bulletin(workspace, sheet)
        pages = text_of(reader, pdf).split("\f")[: page_count(pdf)]
        assert all(f"第{each}段。" in "".join(pages) for each in range(lines))
        assert [place for place, page in enumerate(pages) if "送：" in page or "批准文号" in page] == [len(pages) - 1]
    endless = replace(sheet, bulletin=replace(sheet.bulletin, recipients=tuple(f"单位{each}号" for each in range(90))))
    told = bare(text_of(reader, previewed_bulletin(workspace, endless)))
    assert all(f"单位{each}号" in told for each in range(90))
    assert "批准文号" in told


def test_the_word_file_has_every_part_in_the_order_of_the_paper(workspace: Workspace) -> None:
    sheet = written(workspace, "第一篇文章", published_on=date(2026, 11, 20), publisher="某单位", **FULL)
    handed: list[WordFile] = []
    made = write_bulletin_word(workspace, sheet.id, handed.append)
    assert (handed, made.noted, made.file_name) == ([made], True, "联络动态第20期.docx")
    document = docx.Document(BytesIO(made.content))
    lines = [each.text for each in document.paragraphs]
    assert lines == [
        *("联络动态", "第 20 期", "（总第六百七十二期）", "某单位编\t2026年11月20日", "【编者按】现予刊出，供参考。"),
        *("第一篇文章", "——某站的做法", "一、把好登记关", "群众说什么就记什么。", "（某某联络站　供稿）"),
        *("送：甲委员会", "　　乙办公室", "责任编辑：编辑甲　联系方式：0731—00000000", "批准文号：某准字第1号"),
    ]
    assert document.core_properties.author == ""
    bare_one = new_bulletin(workspace)
    save_bulletin(workspace, bare_one)
    assert write_bulletin_word(workspace, bare_one.id, handed.append).content.startswith(b"PK")


def test_odd_texts_print_or_are_told_by_their_place(workspace: Workspace) -> None:
    odd = {
        "masthead": "很长很长的刊名" * 12,
        "publisher": "单位" * 40,
        "editors_note": "字\u200b\t符",
        "recipients": ("", "单" * 200),
    }
    assert page_count(previewed_bulletin(workspace, written(workspace, "标" * 90, "", **odd))) >= 1
    bare_one = BulletinSheet(bulletin=Bulletin(id=workspace.clock.new_id(), masthead="简报"))
    assert page_count(previewed_bulletin(workspace, bare_one)) == 1
    missing = written(workspace, "\U000f0000甲", publisher="\U000f0001")
    with pytest.raises(Refused) as refused:
        composed_paper(workspace, Asked(name=PaperName.BULLETIN, id=missing.id))
    assert refused.value.code == "characters_missing"
    assert any("编印单位" in each for each in refused.value.facts["places"])  # type: ignore[attr-defined]  # texts


def test_each_kind_has_its_own_paper(workspace: Workspace) -> None:
    report = new_bulletin(workspace, BulletinKind.OPINION_REPORT)
    save_bulletin(workspace, report)
    with pytest.raises(Refused, match="bulletin_other_paper"):
        bulletin_paper(workspace, PaperName.BULLETIN, report.id)
    assert bulletin_paper(workspace, PaperName.OPINION_REPORT, report.id).sent == "报"
    with pytest.raises(Refused, match="paper_other_kind"):
        bulletin_paper(workspace, PaperName.BULLETIN, workspace.author.owner)
    strange = replace(report, bulletin=replace(report.bulletin, bulletin_kind="of_a_newer_program"))
    assert shown_bulletin(strange).name is PaperName.BULLETIN


def test_articles_go_up_with_who_supplied_them_and_the_body_takes_them(line: Pair) -> None:
    sheet = written(line.station, "甲", "乙", **FULL)
    (sent,) = sent_now(line)
    assert sent.ids("bulletin") == [sheet.id]
    assert sent.ids("article") == [each.id for each in sheet.articles]
    assert "某某联络站".encode() in b"".join(sent.lines["article"])
    assert [each.verdict for each in line.intake()] == ["accepted"]
    assert {"bulletin": 1, "article": 2}.items() <= count(line.body.store).items()


def test_the_dead_ends_are_told(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="record_missing"):
        bulletin_sheet(workspace, workspace.clock.new_id())
    with pytest.raises(Refused, match="record_missing"):
        remove_bulletin(workspace, workspace.clock.new_id())
