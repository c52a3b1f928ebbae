"""The files of a record on paper: every one of them, as a picture or as a line that says why it is none."""

from collections.abc import Callable
from datetime import date
from functools import partial
from io import BytesIO

import pytest
from PIL import Image

from app.domain.attachment import Attachment
from app.domain.attachment_pages import AttachmentPages
from app.domain.issue import Issue
from app.domain.papers import PaperName
from app.domain.visit import Visit, VisitKind
from app.domain.visit_sheet import VisitSheet
from app.errors import Refused
from app.queries.attachments import attachments_of
from app.use_cases.attachment_desk import Offered, attach
from app.use_cases.attachment_pages import attachment_pages
from app.use_cases.papers import Asked, print_paper
from app.use_cases.receptions import save_visit
from app.workspace import ATTACHMENTS, Workspace
from tests.app.pictures.drawn import photograph, read
from tests.builders import a_visitor_line, an_issue, save
from tests.pdf_text import bare, page_count, text_of

BROKEN = photograph()[:4000]


@pytest.fixture
def issue(workspace: Workspace) -> Issue:
    made = an_issue(workspace, subject="路灯坏了")
    save(workspace, made)
    return made


def put(workspace: Workspace, of: str, **contents: bytes) -> None:
    attach(workspace, of, [Offered(".".join(name.rsplit("_", 1)), partial(bytes, each)) for name, each in contents.items()])


def pages(workspace: Workspace, issue: Issue) -> AttachmentPages:
    return attachment_pages(workspace, issue.id)


def test_every_file_is_printed_or_told_with_the_reason(workspace: Workspace, issue: Issue, program: Callable[[str], str]) -> None:
    put(workspace, issue.id, 现场_jpg=photograph(), 竖拍_jpg=photograph(turned=True), 坏图_jpg=BROKEN, 说明_txt="文字".encode())
    paper = print_paper(workspace, Asked(name=PaperName.ATTACHMENT_PAGES, id=issue.id))
    told = bare(text_of(program("pdftotext"), paper.content))
    assert (paper.records, page_count(paper.content)) == (4, paper.pages)
    assert paper.content.count(b"/Subtype /Image") == 2
    assert "所属记录：2026年11月20日路灯坏了" in told
    assert "附件1现场.jpg" in told
    assert "附件3坏图.jpg：图片已损坏，或像素过大，无法打印" in told
    assert "附件4说明.txt：不是图片，请用相应的程序打开后打印。" in told


def test_a_picture_is_upright_and_no_larger_than_paper_shows(workspace: Workspace, issue: Issue) -> None:
    put(workspace, issue.id, 大_png=photograph(4000, 3000, kind="PNG"), 竖_jpg=photograph(640, 480, turned=True))
    large, upright = (each.picture for each in pages(workspace, issue).files)
    assert large
    assert upright
    assert (large.width, large.height) == read(large.content).size == (1800, 1350)
    assert (upright.width, upright.height) == read(upright.content).size == (480, 640)
    assert b"Invented Camera" not in large.content + upright.content


def test_what_lets_through_stands_on_white(workspace: Workspace, issue: Issue) -> None:
    clear = BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(clear, "PNG")
    put(workspace, issue.id, 透明_png=clear.getvalue())
    (file,) = pages(workspace, issue).files
    assert file.picture
    assert read(file.picture.content).getpixel((20, 20)) == (255, 255, 255)


def test_a_content_that_is_not_here_or_damaged_is_told(workspace: Workspace, issue: Issue) -> None:
    put(workspace, issue.id, 现场_jpg=photograph())
    (kept,) = (workspace.folder / ATTACHMENTS).iterdir()
    kept.write_bytes(kept.read_bytes()[:-20])
    (damaged,) = pages(workspace, issue).files
    assert (damaged.picture, damaged.why_not[:5]) == (None, "文件已损坏")
    new_id = workspace.clock.new_id
    elsewhere = Attachment(id=new_id(), of=issue.id, name="别处.jpg", media_type="image/jpeg", size=9, sha256="0" * 64)
    save(workspace, elsewhere)
    assert [each.why_not[:8] for each in pages(workspace, issue).files][1] == "文件内容不在本机"


def test_the_forms_of_the_people_met_are_printed_with_the_reception(workspace: Workspace) -> None:
    visit = Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION, on=date(2026, 11, 20))
    sheet = save_visit(workspace, VisitSheet(visit=visit, lines=(a_visitor_line(workspace),))).sheet
    put(workspace, sheet.visit.id, 会场_jpg=photograph())
    put(workspace, sheet.lines[0].encounter.id, 登记表_jpg=photograph(480, 640))
    assert [each.name for each in attachment_pages(workspace, sheet.visit.id).files] == ["会场.jpg", "登记表.jpg"]


def test_a_record_without_files_has_nothing_to_print(workspace: Workspace, issue: Issue) -> None:
    with pytest.raises(Refused) as refused:
        print_paper(workspace, Asked(name=PaperName.ATTACHMENT_PAGES, id=issue.id))
    assert (refused.value.code, refused.value.facts) == ("nothing_attached", {"title": "路灯坏了"})
    assert attachments_of(workspace, issue.id) == ()
