"""The ledger of issues as it is set: every word of every issue, however long."""

import re
from dataclasses import replace

from app.domain.papers import IssueLedger, IssueLine, Ledger
from app.printing.issue_ledger import issue_ledger_paper
from app.printing.ledger import NOTHING
from app.printing.page import LEDGER
from app.printing.paper import typeset
from tests.app.printing.conftest import ReadBack
from tests.app.printing.papers import MADE, RARE, heights
from tests.pdf_text import bare

HEAD = Ledger(station="某某街道人大代表联络站", number="430181001-001", period="全部记录", summary="合计一件。")


def a_line(words: str, number: int = 7) -> IssueLine:
    return IssueLine(
        number=f"意2026-{number:05d}",
        day="2026-11-20",
        person="群*",
        place="东街",
        subject="路灯不亮",
        words=words,
        category="路灯照明",
        route="县级部门办理",
        unit="某某区城管局",
        state="已交办",
        due="2026-12-04",
        result="",
    )


def set_from(*lines: IssueLine) -> tuple[bytes, int]:
    paper = issue_ledger_paper(IssueLedger(head=HEAD, lines=lines), MADE)
    return typeset(paper), len(heights(paper.blocks, LEDGER))


def test_a_line_tells_everything_it_holds(read_back: ReadBack) -> None:
    line = a_line(f"灯坏了三个月，{RARE}。")

    told = bare(read_back(set_from(line)[0]))

    assert not [text for text in (getattr(line, name) for name in IssueLine.__slots__) if bare(text) not in told]


def test_words_longer_than_a_page_are_continued_and_never_cut(read_back: ReadBack) -> None:
    words = "\n".join(f"第{number}盏灯不亮，请派人修。" for number in range(1, 201))

    content, pages = set_from(a_line("灯"), a_line(words, 8), a_line("灯", 9))
    told = bare(read_back(content))

    assert pages > 2
    assert [int(each) for each in re.findall(r"第(\d+)盏灯不亮，请派人修。", told)] == list(range(1, 201))
    assert "意2026-00009" in told


def test_a_ledger_of_which_nothing_is_handled_yet_gives_the_room_to_the_words(read_back: ReadBack) -> None:
    words = "这条路上的灯坏了三个月，晚上出门看不清路。" * 10
    handled = [a_line(words, number) for number in range(20)]
    waiting = [replace(each, place="", category="", route="", unit="", due="") for each in handled]

    content, pages = set_from(*waiting)
    first = read_back(content).split("\f")[0]

    assert pages < 0.7 * set_from(*handled, replace(handled[0], result="已解决"))[1]
    assert bare("反映人地点反映事项和内容（原话）类别去向承办单位状态办理期限办理结果") in bare(first)


def test_a_ledger_without_issues_is_a_page_that_says_so(read_back: ReadBack) -> None:
    content, pages = set_from()

    assert (pages, NOTHING in read_back(content)) == (1, True)
