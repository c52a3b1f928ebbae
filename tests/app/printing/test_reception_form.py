"""The registration form as it is set: everything on it, room for hands, nothing cut off."""

import re
from dataclasses import replace
from typing import Any

import pytest

from app.domain.papers import ANONYMOUS, WITHHELD
from app.domain.reception_papers import Matter, ReceptionForm, Visitor
from app.errors import Refused
from app.printing.page import FORM
from app.printing.paper import typeset
from app.printing.reception_form import NOTICE, reception_paper
from tests.app.printing.conftest import ReadBack
from tests.app.printing.papers import MADE, RARE, heights
from tests.pdf_text import bare

FORM_OF_ONE = ReceptionForm(
    record="01997fa0-0000-7000-8000-000000000001",
    station="某某街道人大代表联络站",
    number="接2026-00001",
    day="2026年11月20日（星期五）",
    hours="09:00—11:30",
    place="某某街道联络站",
    way="固定接待日",
    deputies="代表甲、代表乙",
    recorder="联络员甲",
    visitor=Visitor(name="群众甲", sex="女", age="60岁以上", people="1人", phone="138****5678", address="东一社区"),
    matters=(
        Matter(
            number="意2026-00007",
            subject="东街路灯不亮",
            words="灯坏了三个月。",
            purpose="求助",
            category="路灯照明",
            urgency="一般",
            units="某某区城管局",
            attachments="1件：路口.jpg",
            on_spot_reply="已说明政策",
            proposed="转城管局办理",
            approved="同意",
            route="县级部门办理",
            unit="某某区城管局",
            due="2026-12-04",
            result="已修好",
            feedback="已电话告知",
            call_back="2026-12-10　电话",
            satisfaction="满意",
            archive="档2026-00007",
        ),
    ),
)


def pages_of(*forms: ReceptionForm) -> int:
    paper = reception_paper(forms, MADE)
    return len(heights(paper.blocks, FORM))


def pdf_of(*forms: ReceptionForm) -> bytes:
    return typeset(reception_paper(forms, MADE))


def texts(*values: Any) -> list[str]:
    """Every text that a value holds, however deep."""
    found: list[str] = []
    for value in values:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, tuple):
            found += texts(*value)
        else:
            found += texts(*(getattr(value, name) for name in type(value).__slots__))
    return found


def test_everything_told_stands_on_one_sheet_with_room_to_sign(read_back: ReadBack) -> None:
    told = bare(read_back(pdf_of(FORM_OF_ONE)))

    missing = [text for text in texts(FORM_OF_ONE) if bare(text) not in told and text != FORM_OF_ONE.record]
    assert not missing
    assert pages_of(FORM_OF_ONE) == 1
    assert all(f"{who}（签名）：" in told for who in ("来访人", "接待代表", "记录人"))
    assert bare(NOTICE) in told
    assert "打印时间：2026-11-2209:30" in told
    assert "第1页共1页" in told


def test_an_empty_form_is_one_sheet_to_be_filled_in_by_hand(read_back: ReadBack) -> None:
    empty = ReceptionForm(record=FORM_OF_ONE.record, station="某某街道人大代表联络站", visitor=Visitor())

    assert pages_of(empty) == 1
    assert "内容（原话）" in bare(read_back(pdf_of(empty)))


@pytest.mark.parametrize(("reason", "ticked"), [(ANONYMOUS, "☐是☐否"), (WITHHELD, "☑是☐否")])
def test_who_is_withheld_signs_nothing(read_back: ReadBack, reason: str, ticked: str) -> None:
    visitor = Visitor(name=reason, people="1人", withheld=reason)

    told = bare(read_back(pdf_of(replace(FORM_OF_ONE, visitor=visitor))))

    assert f"来访人：{reason}，不签名" in told
    assert "来访人（签名）" not in told
    assert ticked in told


def test_words_longer_than_a_page_are_continued_and_never_cut(read_back: ReadBack) -> None:
    words = "\n".join(f"第{number}件：路口的灯坏了，下晚自习的孩子打着手电走。" for number in range(1, 121))
    long = replace(FORM_OF_ONE, matters=(replace(FORM_OF_ONE.matters[0], words=words),))

    told = read_back(pdf_of(long))

    assert pages_of(long) > 2
    numbers = [int(each) for each in re.findall(r"第(\d+)件：", told)]
    assert numbers == list(range(1, 121))
    assert bare(told).count("下晚自习的孩子打着手电走。") == 120
    assert "接待代表（签名）：" in bare(told)


def test_each_form_begins_a_sheet_and_several_matters_are_numbered(read_back: ReadBack) -> None:
    two = replace(FORM_OF_ONE, matters=(Matter(words="积水"), Matter(words="停水")))

    told = bare(read_back(pdf_of(FORM_OF_ONE, two)))

    assert pages_of(FORM_OF_ONE, FORM_OF_ONE) == 2
    assert "反映事项一" in told
    assert "反映事项二" in told


def test_rare_names_are_printed_and_read_back(read_back: ReadBack) -> None:
    named = replace(FORM_OF_ONE, visitor=Visitor(name=RARE, people="1人"))

    assert RARE in bare(read_back(pdf_of(named)))


def test_a_character_that_no_font_has_is_refused_with_its_place() -> None:
    strange = replace(FORM_OF_ONE, matters=(Matter(words="门口的\ue123坏了"),))

    with pytest.raises(Refused) as caught:
        pdf_of(strange)

    assert caught.value.code == "characters_missing"
    assert caught.value.facts["places"] == ("内容（原话）",)
