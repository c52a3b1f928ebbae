"""A suggestion as a Word file, read back, and the files people bring: damaged, locked, renamed, huge, of other programs."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.draft_file import read_draft
from app.documents.suggestion_word import CONFIDENTIAL, suggestion_word
from app.domain.beginning import Beginning, with_grounds
from app.domain.papers import Choice, LeadDeputy, Signer, SuggestionPaper
from app.domain.suggestion import PublicityWish, SuggestionType
from app.errors import Refused

MADE = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXT = "一、情况\n（一）路灯\n东街路灯不亮。\n\n二、分析\n1.没有人管。"


def a_paper(**told: Any) -> SuggestionPaper:
    usual: dict[str, Any] = {
        "congress": "某某区第十六届人民代表大会",
        "session": "闭会期间",
        "kinds": Choice.of("类别", SuggestionType, SuggestionType.SUGGESTION),
        "subject": "关于路灯的建议",
        "lead": LeadDeputy(name="代表甲", card="HN-1", phone="0731-1"),
        "signers": (Signer(name="代表乙"), Signer(name="代表丙", struck="已去职")),
        "circumstances": (Choice.of("公开意愿", PublicityWish, PublicityWish.TITLE_ONLY),),
        "text": TEXT,
    }
    return SuggestionPaper(**usual | told)


def words_of(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))


def saved(document: Any) -> bytes:
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def refused(content: bytes, name: str = "草稿.docx") -> str:
    with pytest.raises(Refused) as error:
        read_draft(content, name)
    assert error.value.facts["file"] == name
    return error.value.code


def test_what_was_written_is_read_back_title_and_text_without_the_fields() -> None:
    assert read_draft(suggestion_word(a_paper(), MADE), "x.docx") == Beginning(title="关于路灯的建议", text=TEXT)


XML_TEXT = st.text(alphabet=st.characters(categories=["L", "N", "P"], include_characters=" \n　"), min_size=1).map(str.strip)


@settings(max_examples=30, deadline=None)
@given(XML_TEXT.filter(bool), XML_TEXT.filter(bool))
def test_any_text_comes_back_line_by_line(title: str, text: str) -> None:
    subject = " ".join(title.split())
    lines = "\n".join(each.strip(" \u3000") for each in text.split("\n")).strip()
    made = read_draft(suggestion_word(a_paper(subject=subject, text=text), MADE), "x.docx")
    assert (made.title, made.text) == (subject[:200], lines)


def test_the_fields_are_in_the_file_and_a_struck_signer_is_not() -> None:
    told = words_of(suggestion_word(a_paper(), MADE))
    assert all(
        each in told for each in ("代表甲", "HN-1", "0731-1", "代表乙", "仅同意公开标题", "仿宋_GB2312", "黑体", "楷体_GB2312")
    )
    assert "代表丙" not in told
    assert "python-docx" not in told


def test_where_the_identity_is_confidential_nobody_is_named_anywhere_in_the_file() -> None:
    paper = a_paper(confidential=True, lead=LeadDeputy(), signers=(), contact_person="")
    told = words_of(suggestion_word(paper, MADE))
    assert CONFIDENTIAL in told
    assert not any(each in told for each in ("代表甲", "代表乙", "HN-1"))


def test_paragraphs_tables_tracked_changes_and_numbers_are_read_as_a_person_sees_them() -> None:
    document = Document()
    document.add_paragraph("关于\u00a0公交的建议\u200b")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "内容"
    table.rows[0].cells[1].text = "公交班次少"
    changed = (
        f"<w:p {W}><w:r><w:t>原有</w:t></w:r><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>新增</w:t></w:r></w:ins></w:p>"
    )
    document.element.body.insert(1, parse_xml(changed))
    for words in ("第一条", "第二条"):
        document.add_paragraph(words, style="List Number")
    found = read_draft(saved(document), "x.docx")
    assert found.title == "关于 公交的建议"
    assert found.text.split("\n")[:3] == ["原有新增", "内容", "公交班次少"]


def test_numbers_that_word_counts_by_itself_are_written_out() -> None:
    document = Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{told}"/></w:lvl>'
        for at, (form, told) in enumerate((("chineseCounting", "%1、"), ("decimal", "%2."), ("bullet", "·")))
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="900">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="901"><w:abstractNumId w:val="900"/></w:num>'))
    for level, words in ((0, "情况"), (1, "路灯"), (1, "停水"), (2, "点"), (0, "分析"), (1, "原因")):
        properties = document.add_paragraph(words)._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="901"/></w:numPr>'))
    found = read_draft(saved(document), "x.docx")
    assert found.text == "一、情况\n1.路灯\n2.停水\n点\n二、分析\n1.原因"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("某某县人大\n关于路灯的建议\n一、情况\n路灯不亮", "关于路灯的建议"),
        ("路灯要修\n东街路灯不亮。", "路灯要修"),
        ("一、情况\n路灯不亮", ""),
        ("东街路灯不亮，请修。\n谢谢。", ""),
        ("只有一行", ""),
    ],
)
def test_a_plain_text_tells_its_title_or_none_and_no_line_is_lost(text: str, title: str) -> None:
    found = read_draft(text.encode("gb18030"), "x.txt")
    assert found.title == title
    assert sorted(filter(None, (found.title, *found.text.split("\n")))) == sorted(text.split("\n"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_plain_text_is_read_in_each_encoding(encoding: str) -> None:
    assert read_draft("关于路灯的建议\r\n路灯不亮".encode(encoding), "x.txt") == Beginning(
        title="关于路灯的建议", text="路灯不亮"
    )


def zipped(**parts: bytes) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return written.getvalue()


def test_files_that_are_none_are_refused_by_what_they_are() -> None:
    whole = suggestion_word(a_paper(), MADE)
    assert refused(whole[: len(whole) // 2]) == "draft_damaged"
    assert refused(zipped(word__document=b"<w>")) == "draft_damaged"
    assert refused(zipped(xl__workbook=b"")) == "draft_foreign"
    assert refused(b"%PDF-1.7") == "draft_foreign"
    assert refused(b"{\\rtf1") == "draft_foreign"
    assert refused(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(512)) == "draft_old_word"
    assert refused(bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le")) == "draft_encrypted"
    assert refused(zipped(word__document=bytes(65 << 20))) == "draft_too_large"
    assert refused(bytes(100)) == "draft_not_text"
    assert refused(b"") == "draft_empty"
    assert refused(saved(Document())) == "draft_empty"


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 20_000))
def test_a_file_with_altered_bytes_is_read_or_refused_in_words(noise: bytes, at: int) -> None:
    whole = WHOLE[:at] + noise + WHOLE[at + len(noise) :]
    code = ""
    try:
        found = read_draft(whole, "x.docx")
    except Refused as error:
        code = error.code
    assert code.startswith("draft_") if code else found


WHOLE = suggestion_word(a_paper(), MADE)


def test_a_template_takes_the_grounds_into_its_first_part() -> None:
    template = "关于\n\n一、情况\n【事实】\n\n二、分析\n"
    assert with_grounds(template, ["1. 路灯", "2. 停水"]) == "关于\n\n一、情况\n1. 路灯\n2. 停水\n【事实】\n\n二、分析\n"
    assert with_grounds("没有分段", ["1. 路灯"]) == "没有分段"
