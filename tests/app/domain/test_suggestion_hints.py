"""What the writer is told beside the work: each hint where it belongs and not beside it; none of it stops anybody."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.congress import Level
from app.domain.cosignature import Cosignature, CosignatureState
from app.domain.hint import HintGroup
from app.domain.ids import uuid7
from app.domain.people import Contact, Deputy
from app.domain.personal_data import PersonalData
from app.domain.raised_before import Earlier
from app.domain.suggestion import PublicityWish, Suggestion, YearsRaised
from app.domain.suggestion_hints import Signers, suggestion_hints, text_hints
from app.domain.suggestion_sheet import SuggestionSheet
from app.messages import problem_told

ID, LEAD, OTHER = uuid7(1, 1), uuid7(2, 2), uuid7(3, 3)
WHOLE = (
    "一、情况\n东街自去年春天改造以来，全长八百米的道路上有二十三盏路灯损坏，晚间行人出行困难，社区接待时居民多次反映。"
    "附近有两所学校，学生晚自习回家的路上没有照明，今年已有三位老人摔伤，商户也提前关门。"
    "夏季菜市场收摊晚，摊主自备照明，电线拖在路面上，下雨天存在触电隐患；冬季五点以后天色全黑，公交站台看不清来车。\n"
    "二、分析\n主要原因是管护单位没有明确，改造后未办理移交，维修经费没有着落，报修电话无人接听，巡查也没有人做。\n"
    "三、建议\n1. 由城管部门在六月底以前更换东街损坏的路灯，并在校门口增设四盏。\n"
    "2. 由城管部门与街道办理移交，写明管护单位和维修期限，每季度巡查一次，结果在社区公告栏公布。"
)


def sheet(**told: Any) -> SuggestionSheet:
    usual = {
        "subject": "关于修复东街路灯的建议",
        "text": WHOLE,
        "publicity_wish": PublicityWish.FULL_TEXT,
        "lead_deputy": LEAD,
        "not_secret": True,
    }
    return SuggestionSheet(suggestion=Suggestion(id=ID, **{**usual, **told}))


def codes(given: SuggestionSheet, *residents: str, signers: Signers | None = None) -> list[str]:
    hints = suggestion_hints(given, residents, signers)
    assert all(each.hint for each in hints)
    return [each.code for each in hints]


def listed(sentence: str, level: str = Level.COUNTY) -> list[str]:
    hints = list(text_hints("关于修复东街路灯的建议", f"{WHOLE}\n{sentence}", level))
    text = f"{WHOLE}\n{sentence}"
    assert all(text[place.start : place.end] in sentence for each in hints for place in each.places)
    return [each.code for each in hints]


def test_a_sheet_in_order_gets_no_hint() -> None:
    assert codes(sheet()) == []


@pytest.mark.parametrize(("files", "told"), [(3, []), (4, ["files_many"])])
def test_more_attachments_than_the_form_has_room_for_are_told(files: int, told: list[str]) -> None:
    hints = suggestion_hints(sheet(), files=files)
    assert [each.code for each in hints] == told
    assert all((each.rule, each.group, each.facts["count"]) == ("L11", HintGroup.FORM, files) for each in hints)


def test_residents_data_are_told_by_paragraph_with_their_places() -> None:
    text = f"群众甲（电话13800000000）说\n\n{WHOLE}"
    (hint,) = suggestion_hints(sheet(text=text), ["群众甲"])
    assert (hint.code, hint.facts) == ("personal_data", {"paragraph": 1, "what": (PersonalData.NAME, PersonalData.PHONE)})
    assert [text[each.start : each.end] for each in hint.places] == ["群众甲", "13800000000"]
    assert (hint.group, hint.rule, hint.words) == (HintGroup.PERSONAL, "L10", "群众甲\n13800000000")


@pytest.mark.parametrize("subject", ["路灯问题", "关于路灯", "建议修路灯"])
def test_a_title_in_another_form_is_told(subject: str) -> None:
    assert codes(sheet(subject=subject)) == ["title_form"]


@pytest.mark.parametrize("subject", ["", "《关于路灯的建议》", "关于路灯的建议、批评和意见", "关于路灯的批评"])
def test_usual_titles_are_not(subject: str) -> None:
    assert codes(sheet(subject=subject)) == []


def test_a_long_title_and_open_wishes_are_told() -> None:
    long = f"关于{'很' * 60}长的建议"
    told = codes(sheet(subject=long, publicity_wish="", not_secret=False))
    assert told == ["secrecy_open", "title_long", "publicity_open"]


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("我儿子的住房也在这条路上，请帮助解决。", "own_or_relative"),
        ("请给予我们学校编制和经费。", "own_employer"),
        ("现将群众的联名信转交有关部门。", "forwarding_letters"),
        ("（2024）湘01民终123号判决至今没有执行。", "concrete_case"),
        ("请求法院改判，还当事人公道。", "concrete_case"),
        ("现向纪委实名举报其贪污行为。", "accusation"),
        ("要求追究村主任的责任。", "accusation"),
        ("关键词：路灯；管护", "academic_or_promo"),
        ("我公司生产的节能路灯性能优良，应在全市推广使用。", "academic_or_promo"),
        ("应由某某照明有限公司承建东街路灯。", "tender"),
        ("建议国务院出台路灯管理条例。", "wrong_level"),
        ("请给予我公司税收优惠。", "self_interest"),
        ("禁止外地企业进入本市照明市场。", "self_interest"),
        ("各单位可以不执行《土地管理法》。", "unlawful"),
        ("据机密★文件所述，设施另有用途。", "secret"),
    ],
)
def test_what_does_not_belong_in_a_suggestion_is_told(sentence: str, code: str) -> None:
    assert listed(sentence) == [code]


@pytest.mark.parametrize(
    "sentence",
    [
        "我国老年人口逐年增加，本人多次走访社区。",
        "我省高校的科研经费逐年增加。",
        "人民来信是了解民情的渠道。",
        "建议完善法院执行案件的公开制度。",
        "建议畅通举报电话，鼓励群众举报。",
        "建议建立终身追究责任的制度，严惩失职行为。",
        "建议通过公开招标引进专业保洁企业。",
        "请县政府向国家发改委争取专项资金。",
        "要取消对外地企业的限制，维护公平竞争。",
        "严禁任何人突破耕地红线。",
        "企业应当保守商业秘密。",
    ],
)
def test_what_only_sounds_like_it_is_not(sentence: str) -> None:
    assert listed(sentence) == []


def test_what_the_nation_decides_is_asked_of_a_national_congress() -> None:
    assert listed("建议国务院出台路灯管理条例。", Level.NATIONAL) == []


def test_an_answer_belongs_to_the_words_and_not_to_their_place() -> None:
    told = "请给予我公司税收优惠。"
    (one,), (moved,), (other,) = (
        list(text_hints("", text))
        for text in (f"{WHOLE}\n{told}", f"{WHOLE}\n第二行在前。\n{told}", f"{WHOLE}\n请给予我公司土地优惠。")
    )
    assert one.digest == moved.digest != other.digest


def test_numbered_requests_for_different_units_without_the_theme_are_several_matters() -> None:
    begin = WHOLE.partition("三、建议")[0]
    asked = "三、建议\n1. 由教育局在城北新建一所小学。\n2. 由水利局清淤西河三公里。\n3. 请医保局开通异地结算。"
    (hint,) = text_hints("关于修复东街路灯的建议", begin + asked)
    assert (hint.code, hint.facts["units"], len(hint.places)) == ("several_matters", ("教育局", "水利局", "医保局"), 3)
    same = asked.replace("教育局", "城管局").replace("水利局", "城管局").replace("医保局", "城管局")
    assert list(text_hints("关于修复东街路灯的建议", begin + same)) == []


def test_a_title_that_speaks_of_several_matters_is_told() -> None:
    assert codes(sheet(subject="关于东街三个问题的建议")) == ["several_matters_named"]
    assert codes(sheet(subject="关于东街路灯的几点建议")) == []


def test_a_single_sentence_is_told_by_its_length_and_by_what_is_missing() -> None:
    hints = suggestion_hints(sheet(text="东街很暗。"))
    assert [each.code for each in hints] == ["text_short", "section_missing"]
    assert hints[1].facts == {"parts": ("情况", "分析", "建议")}


def test_a_part_that_stands_under_its_heading_is_not_missing_whatever_its_words() -> None:
    text = "一、情况\n样本塘水体发黑，12户居民说起。\n二、分析\n沿塘没有截流。\n三、建议\n请住建局今年内完成截污。"
    assert "section_missing" not in codes(sheet(text=text))
    assert "section_missing" in codes(sheet(text=text.replace("样本塘水体发黑，12户居民说起。", "")))


def test_requests_that_could_stand_anywhere_are_told() -> None:
    vague = WHOLE.partition("三、建议")[0] + "三、建议\n1. 建议有关部门高度重视。\n2. 加强管理。"
    assert codes(sheet(text=vague)) == ["no_substance"]


def test_signers_are_looked_at_too() -> None:
    lead = Deputy(id=LEAD, name="代表甲", congress=uuid7(7, 7))
    gone = Deputy(id=OTHER, name="代表乙", ended_on=date(2026, 1, 1))
    away = Deputy(id=uuid7(4, 4), name="代表丙", congress=uuid7(8, 8))
    asked = [
        Cosignature(id=uuid7(9, number), suggestion=ID, deputy=each, state=CosignatureState.ASKED)
        for number, each in enumerate((LEAD, OTHER, away.id, away.id), start=1)
    ]
    known = Signers(lead=lead, deputies={each.id: each for each in (lead, gone, away)}, on=date(2026, 11, 20))
    whole = SuggestionSheet(suggestion=sheet().suggestion, signers=tuple(asked))
    told = codes(whole, signers=known)
    assert sorted(set(told)) == [
        *("cosigned_twice", "lead_card_missing", "lead_cosigns"),
        *("lead_phone_missing", "signer_elsewhere", "signer_left"),
    ]
    ready = Signers(lead=Deputy(id=LEAD, name="代表甲", deputy_card_no="1"), lead_contact=Contact(id=OTHER, phone="1"))
    assert codes(sheet(), signers=ready) == []


_PIECES = st.sampled_from(
    [
        "我公司",
        "请给予",
        "优惠。",
        "\n",
        "1. ",
        "由教育局",
        "13800000000",
        "三、建议\n",
        "★",
        "机密",
        "😀",
        "\ue000",
        "\ud800",
        "本案",
        "改判",
    ]
)


@given(st.text(max_size=60), st.lists(st.one_of(_PIECES, st.text(max_size=8)), max_size=30).map("".join))
def test_every_place_lies_within_its_words(title: str, text: str) -> None:
    for hint in suggestion_hints(sheet(subject=title, text=text), ["请给"]):
        for place in hint.places:
            whole = {"subject": title, "text": text}[place.field]
            assert 0 <= place.start < place.end <= len(whole)
            assert len(hint.digest) == 64


def test_what_is_much_too_long_is_only_told() -> None:
    huge = (WHOLE * 200)[:30_000]
    assert codes(sheet(subject="长" * 200, text=huge)) == ["title_form", "title_long"]


def test_who_signed_other_words_is_named_once_for_all_of_them() -> None:
    away = Deputy(id=uuid7(4, 4), name="代表丙")
    signed = [
        Cosignature(id=uuid7(9, number), suggestion=ID, deputy=each, state=CosignatureState.SIGNED, text_digest="old")
        for number, each in enumerate((OTHER, away.id), start=1)
    ]
    known = Signers(deputies={each.id: each for each in (Deputy(id=OTHER, name="代表乙"), away)})
    (hint,) = suggestion_hints(SuggestionSheet(suggestion=sheet().suggestion, signers=tuple(signed)), (), known)
    assert (hint.code, hint.rule, hint.facts["names"]) == ("signed_other_text", "L5", ("代表乙", "代表丙"))
    assert problem_told(hint).startswith("代表乙、代表丙")
    (one,) = suggestion_hints(SuggestionSheet(suggestion=sheet().suggestion, signers=tuple(signed[:1])), (), known)
    assert one.digest != hint.digest  # an answer about one of them does not stand for two


def test_the_same_matter_of_an_earlier_year_is_told_with_its_place_until_the_form_says_so() -> None:
    before = [
        Earlier(id=uuid7(5, 5), title="《关于东街路灯损坏的建议》", year=2024, words=("路灯损坏",)),
        Earlier(id=uuid7(6, 6), title="关于路灯的建议", year=2023, words=("路灯",)),
    ]
    (hint,) = suggestion_hints(sheet(), earlier=before)
    assert (hint.code, hint.rule, hint.group) == ("raised_before", "L9", HintGroup.CONTENT)
    (place,) = hint.places
    assert (place.field, WHOLE[place.start : place.end], place.paragraph) == ("text", "路灯损坏", 2)
    assert "《关于东街路灯损坏的建议》（2024年）" in problem_told(hint)
    assert "1 件" in problem_told(hint)
    (alone,) = suggestion_hints(sheet(), earlier=before[1:])
    assert [each.field for each in alone.places] == ["subject"]
    assert "另有" not in problem_told(alone)
    assert alone.digest != hint.digest
    assert codes(sheet(years_raised=YearsRaised.TWO)) == []
    assert suggestion_hints(sheet(years_raised=YearsRaised.TWO), earlier=before) == ()
