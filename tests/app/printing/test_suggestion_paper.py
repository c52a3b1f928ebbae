"""The official form as it is set: an outward paper, its text word for word, its boxes ticked, its last block whole."""

from dataclasses import replace

from app.domain.papers import Choice, LeadDeputy, Signer, SuggestionPaper
from app.domain.suggestion import PublicityWish, SuggestionType
from app.printing.fonts import Face
from app.printing.page import OFFICIAL, OFFICIAL_LEADING, OFFICIAL_SIZE
from app.printing.paper import typeset
from app.printing.paragraph import Paragraph
from app.printing.suggestion_paper import CONFIDENTIAL, official_paper
from tests.app.printing.conftest import ReadBack
from tests.app.printing.papers import MADE, RARE, heights
from tests.pdf_text import bare

TEXT = (
    "一、情况\n东街路灯不亮，群众反映集中。\n\n二、分析\n（一）移交之前无人管。\n（二）移交不及时。按照规定，竣工后应当及时移交。"
)
PAPER = SuggestionPaper(
    congress="某某区第十六届人民代表大会",
    session="闭会期间",
    number="2026年第003号",
    kinds=Choice.of("类别", SuggestionType, SuggestionType.CRITICISM),
    subject="关于补齐背街小巷照明设施的建议",
    lead=LeadDeputy(name="代表甲", card="0118", delegation="某某团", phone="13800000009", postcode="410000", address="某某路1号"),
    signers=(Signer(name="代表乙", card="0201"), Signer(name="代表丙", card="0202", struck="代表资格终止")),
    text=TEXT,
    circumstances=(Choice.of("公开意愿", PublicityWish, PublicityWish.TITLE_ONLY),),
    contact_person="联系人丁",
    lead_units="某某区城管局",
    co_units="某某区供电公司",
    day="2026年11月22日",
)


def told(read_back: ReadBack, paper: SuggestionPaper) -> str:
    return bare(read_back(typeset(official_paper(paper, MADE))))


def styles(paper: SuggestionPaper) -> dict[str, Face]:
    """The face of each paragraph by its first characters."""
    blocks = official_paper(paper, MADE).blocks
    return {block.text[:4]: block.style.face for block in blocks if isinstance(block, Paragraph)}


def test_the_form_tells_all_that_was_said_and_leaves_room_for_hands(read_back: ReadBack) -> None:
    said = told(read_back, PAPER)

    for text in ("某某区第十六届人民代表大会闭会期间", "代表建议、批评和意见", "编号2026年第003号", PAPER.subject, bare(TEXT)):
        assert text in said
    for text in ("代表甲", "0118", "某某团", "13800000009", "410000", "某某路1号", "联系人丁", "2026年11月22日"):
        assert text in said
    assert "☐建议☑批评☐意见" in said
    assert "公开意愿☐同意全文公开☑仅同意公开标题☐不同意公开" in said
    assert "主办：某某区城管局" in said
    assert "会办：某某区供电公司" in said
    assert "领衔代表签名" in said
    assert "以下由受理机关填写" in said
    assert "已删除的联名代表丙（代表资格终止）" in said


def test_an_outward_paper_tells_neither_when_nor_by_what_it_was_printed(read_back: ReadBack) -> None:
    furniture = official_paper(PAPER, MADE).furniture

    assert (furniture.record, furniture.printed, furniture.head, furniture.head_right) == ("", "", "", "")
    assert "打印" not in told(read_back, PAPER)


def test_the_text_is_set_by_the_standard_s_lines_and_faces() -> None:
    faces = styles(PAPER)

    told = [faces[words] for words in ("一、情况", "东街路灯", "（一）移", "（二）移")]
    assert told == [Face.HEI, Face.FANGSONG, Face.KAI, Face.FANGSONG]
    blocks = [each for each in official_paper(PAPER, MADE).blocks if isinstance(each, Paragraph) and each.text.startswith("东街")]
    assert (blocks[0].style.size, blocks[0].style.leading, blocks[0].style.indent) == (OFFICIAL_SIZE, OFFICIAL_LEADING, 2)


def test_a_long_text_is_continued_word_for_word_and_the_last_blocks_stay_whole(read_back: ReadBack) -> None:
    text = "\n".join(f"第{number}条街的路灯不亮，群众夜里出门不便，希望尽快维修。" for number in range(1, 90))
    long = replace(PAPER, text=text)

    pages = read_back(typeset(official_paper(long, MADE))).split("\f")

    assert bare(text) in "".join(bare(page).rpartition("—")[0].rpartition("—")[0] for page in pages[:-2]) + bare(pages[-2])
    last = next(bare(page) for page in pages if "以下由受理机关填写" in page)
    assert all(each in last for each in ("审查意见", "交办日期", "经办人"))
    assert len(heights(official_paper(long, MADE).blocks, OFFICIAL)) == len(pages) - 1


def test_a_confidential_identity_stands_nowhere(read_back: ReadBack) -> None:
    hidden = replace(PAPER, lead=LeadDeputy(), signers=(), contact_person="", confidential=True)

    said = told(read_back, hidden)

    assert f"领衔代表{CONFIDENTIAL}" in said
    assert "领衔代表签名" not in said


def test_places_to_sign_are_left_while_the_words_are_open_and_only_then(read_back: ReadBack) -> None:
    nobody = replace(PAPER, signers=())

    assert "联名代表" not in told(read_back, nobody)
    assert "联名代表代表证号签名" in told(read_back, replace(nobody, open_to_sign=True))


def test_a_whole_delegation_signs_by_its_head(read_back: ReadBack) -> None:
    assert "全团建议团长：代表戊团长签名" in told(read_back, replace(PAPER, whole_delegation=True, delegation_head="代表戊"))


def test_rare_names_are_printed_and_read_back(read_back: ReadBack) -> None:
    assert RARE in told(read_back, replace(PAPER, lead=LeadDeputy(name=RARE)))
