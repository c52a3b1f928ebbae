"""The papers of a suggestion beside the official form: everything told, nothing cut, headings on every page."""

from dataclasses import fields, replace
from typing import Any

import pytest

from app.domain.papers import PaperName
from app.domain.suggestion_papers import (
    CosignaturePage,
    CosigningCall,
    EvaluationForm,
    ExtensionApplication,
    Handler,
    PageSigner,
    ReplySheet,
    ReturnApplication,
    ReviewNotice,
    SuggestionHead,
    SuggestionSheet,
    SuggestionSheets,
    SuggestionSlip,
    WithdrawalApplication,
)
from app.errors import Refused
from app.printing.page import FORM, OFFICIAL
from app.printing.paper import Paper, typeset
from app.printing.suggestion_sheets import suggestion_sheets_paper
from tests.app.printing.conftest import ReadBack
from tests.app.printing.papers import MADE, RARE, heights
from tests.pdf_text import bare

RECORD = "01a1fb9e-0680-7735-b319-e0171833330f"
LONG_NAME = "阿卜杜热西提阿卜杜克热木江买买提吐尔逊阿依古丽热"
TITLE = "关于" + "补齐背街小巷照明设施" * 19 + "的建议甲乙丙丁戊"
LEVELS = (("满意", False), ("基本满意", True), ("不满意", False))
NAMES = {
    CosignaturePage: PaperName.COSIGNATURE_PAGE,
    CosigningCall: PaperName.COSIGNING_CALL,
    ReviewNotice: PaperName.REVIEW_NOTICE,
    SuggestionSlip: PaperName.SUGGESTION_SLIP,
    ReplySheet: PaperName.REPLY_SHEET,
    EvaluationForm: PaperName.EVALUATION_FORM,
    ReturnApplication: PaperName.RETURN_APPLICATION,
    ExtensionApplication: PaperName.EXTENSION_APPLICATION,
    WithdrawalApplication: PaperName.WITHDRAWAL_APPLICATION,
}
OTHER: dict[str, Any] = {
    "received": (("是", True), ("否", False)),
    "attitudes": LEVELS,
    "results": LEVELS,
    "outcomes": (("通过", True), ("退回修改", False), ("不予接收", False), ("转作参阅件", False), ("并案", False)),
    "classes": (("A　采纳解决", False), ("B　计划解决", True)),
    "opinions": (("供电公司", "电源可以接入"), ("住建局", "管线已经预留")),
    "handlers": (
        Handler(role="主办", unit="城管局", part="", due="2025年4月21日", this=True),
        Handler(role="会办", unit="供电公司", part="接入电源", due="2025年2月20日"),
    ),
    "signers": (PageSigner(name=RARE, delegation="某某团", card="0201", signed="纸质签名　2025年1月5日"),),
    "lead": PageSigner(name="代表甲", delegation="某某团", card="0118"),
    "rooms": 2,
    "hidden": 0,
    "sealed": False,
    "upheld": True,
}


def told(kind: type[Any], **other: Any) -> Any:
    """A sheet of a kind in which every place holds a text of its own."""
    words = {each.name: f"{each.name}甲乙" for each in fields(kind) if each.name not in {*OTHER, "head", "record", "mark"}}
    given = {name: value for name, value in OTHER.items() if name in {each.name for each in fields(kind)}}
    given |= {"record": RECORD} if "record" in {each.name for each in fields(kind)} else {}
    given |= {"mark": "B" if kind is ReplySheet else "3AC6-A6F5-345E"} if "mark" in {each.name for each in fields(kind)} else {}
    return kind(**{"head": head(), **words, **given, **other})


def head(**other: Any) -> SuggestionHead:
    words = {each.name: f"{each.name}甲" for each in fields(SuggestionHead) if each.name not in {"record", "confidential"}}
    return SuggestionHead(**{"record": RECORD, **words, **other})


def paper(*sheets: SuggestionSheet) -> Paper:
    return suggestion_sheets_paper(SuggestionSheets(name=NAMES[type(sheets[0])], sheets=sheets), MADE)


def frame(kind: type[Any]) -> Any:
    return OFFICIAL if kind is CosignaturePage else FORM


def texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for each in value for text in texts(each)]
    return [text for each in fields(value) for text in texts(getattr(value, each.name))] if hasattr(value, "__slots__") else []


@pytest.mark.parametrize("kind", NAMES)
def test_every_place_is_printed_and_read_back(read_back: ReadBack, kind: type[Any]) -> None:
    sheet = told(kind)
    said = bare(read_back(typeset(paper(sheet))))
    own = [text for each in fields(sheet) if each.name not in {"head", "record"} for text in texts(getattr(sheet, each.name))]
    assert not [text for text in own if bare(text) not in said]
    assert bare(sheet.head.subject) in said


@pytest.mark.parametrize("kind", NAMES)
def test_a_title_of_two_hundred_characters_and_thirty_thousand_characters_lose_nothing(
    read_back: ReadBack, kind: type[Any]
) -> None:
    many = "".join(f"第{number}盏灯不亮，请修。" for number in range(2200))
    field = {"text", "reason", "opinion", "instruction", "requests"} & {each.name for each in fields(kind)}
    sheet = told(kind, head=head(subject=TITLE, lead=LONG_NAME), **dict.fromkeys(field, many))
    said = bare(read_back(typeset(paper(sheet))))
    assert len(TITLE) == 200
    lines = said.replace("—", "")
    assert TITLE in said
    assert not field or sum(f"第{number}盏灯" in lines for number in range(2200)) > 2100
    assert not field or "第2199盏灯不亮，请修。" in said


@pytest.mark.parametrize("kind", [each for each in NAMES if each not in {CosignaturePage, CosigningCall, SuggestionSlip}])
def test_an_empty_sheet_is_one_page_and_leads_nowhere(kind: type[Any]) -> None:
    given = {
        name: value
        for name, value in OTHER.items()
        if name in {each.name for each in fields(kind)} and name in {"outcomes", "classes"}
    }
    title = {"title": "代表建议审查意见告知单"} if kind is ReviewNotice else {}
    empty = paper(kind(head=SuggestionHead(), **given, **title))
    assert len(heights(empty.blocks, FORM)) == 1
    assert not [each for each in empty.blocks if type(each).__name__ == "QrCode"]


@pytest.mark.parametrize("kind", NAMES)
def test_the_sheet_of_an_ordinary_suggestion_is_one_page(kind: type[Any]) -> None:
    assert len(heights(paper(told(kind)).blocks, frame(kind))) == 1


def test_a_hundred_signers_stand_in_order_under_headings_on_every_page(read_back: ReadBack) -> None:
    people = tuple(PageSigner(name=f"{LONG_NAME}{number}", card=f"证{number:04d}号") for number in range(1, 101))
    pages = read_back(typeset(paper(told(CosignaturePage, signers=people, rooms=0)))).split("\f")[:-1]
    said = bare("".join(pages))
    places = [said.index(f"证{number:04d}号") for number in range(1, 101)]
    assert places == sorted(places)
    assert all(f"{LONG_NAME}{number}" in said for number in (1, 50, 100))
    assert len(pages) > 3
    assert all("文本校验码：3AC6-A6F5-345E" in bare(page) for page in pages)
    assert all("代表证号" in bare(page) for page in pages if any(f"证{number:04d}号" in page for number in range(1, 101)))


def test_the_struck_are_named_and_the_page_of_a_hidden_identity_names_nobody(read_back: ReadBack) -> None:
    gone = PageSigner(name="代表丙", struck="代表资格终止　2025年2月1日")
    said = bare(read_back(typeset(paper(told(CosignaturePage, signers=(gone,))))))
    assert "已删除的联名代表丙（代表资格终止2025年2月1日）" in said
    hidden = CosignaturePage(head=head(confidential=True, lead="代表身份保密"), hidden=3)
    said = bare(read_back(typeset(paper(hidden))))
    assert "联名代表3名" in said
    assert "领衔代表" not in said


def test_outward_pages_tell_nothing_of_their_printing_and_inward_ones_do() -> None:
    out, inward = paper(told(CosignaturePage)), paper(told(ReplySheet))
    assert (out.furniture.printed, out.furniture.record) == ("", "")
    assert not [each for each in out.blocks if type(each).__name__ == "QrCode"]
    assert inward.furniture.printed
    assert [each for each in inward.blocks if type(each).__name__ == "QrCode"]


def test_the_class_stands_at_the_top_right_of_the_first_page(read_back: ReadBack) -> None:
    sheet = told(ReplySheet)
    said = bare(read_back(typeset(paper(sheet))))
    assert said.index("办理结果类别B") < said.index("代表建议答复单")
    assert "☐A采纳解决☑B计划解决" in said


def test_the_survey_goes_past_the_unit_and_what_is_sealed_is_not_told(read_back: ReadBack) -> None:
    said = bare(read_back(typeset(paper(told(EvaluationForm)))))
    assert "直接交body甲" in said
    assert "不交承办单位" in said
    sealed = told(EvaluationForm, sealed=True, opinion="不满意的话")
    said = bare(read_back(typeset(paper(sealed))))
    assert said.count("背靠背测评，已密封报送") == 3
    assert "不满意的话" not in said
    assert "☑基本满意" not in said


def test_several_sheets_begin_a_page_each(read_back: ReadBack) -> None:
    several = paper(*(replace(told(SuggestionSlip), unit=f"单位{number}") for number in range(3)))
    pages = read_back(typeset(several)).split("\f")[:-1]
    assert [f"单位{number}" in bare(page) for number, page in enumerate(pages)] == [True] * 3


def test_a_character_no_font_has_is_told_with_its_place() -> None:
    with pytest.raises(Refused, match="characters_missing") as refused:
        typeset(paper(told(ReturnApplication, reason="灯\U0002fffe不亮")))
    assert "退回理由" in repr(refused.value.facts)
