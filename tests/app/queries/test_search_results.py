"""A search narrowed by what a record is: compared with a look through every record, page by page, with marks and masks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import pytest
from sqlalchemy import text

from app.domain.issue import Issue
from app.domain.life import IssueState
from app.domain.people import Contact, Deputy
from app.domain.search import places_of
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.domain.visit import Attendance, Visit, VisitKind
from app.queries.search import Found, SearchFilter, search, search_narrowed
from app.queries.search_results import Marked, ResultRow, all_results, categories_of, marks_of, search_results, search_total
from app.workspace import Workspace
from tests.builders import a_contact, a_deputy, an_encounter, an_issue, save

DAY = date(2026, 11, 20)


@dataclass
class Place:
    """A station with a visit of a deputy, two people met, an issue of one of them, and an issue of nobody's."""

    deputy: Deputy
    visit: Visit
    issue: Issue
    other: Issue
    contact: Contact
    met: Id


@pytest.fixture
def place(workspace: Workspace) -> Place:
    """The station, saved."""
    deputy = a_deputy(workspace, "曾某某")
    visit = Visit(
        id=workspace.clock.new_id(),
        visit_kind=VisitKind.OUTREACH,
        theme="走访东街",
        on=DAY,
        place="Ａ区东街",
        deputies=(deputy.id,),
    )
    met = an_encounter(workspace, "张三", visit=visit.id, village="东街社区", raised="路灯不亮")
    secret = an_encounter(workspace, "李四", visit=visit.id, confidential=True)
    issue = an_issue(
        workspace, "东街路灯不亮", words="晚上\n出行不便", visit=visit.id, encounter=met.id, category="01", place="东街",
        received_on=date(2026, 10, 1), state=IssueState.ASSIGNED, number="X-1",
    )  # fmt: skip
    other = an_issue(workspace, "西街路灯太亮", place="西街", received_on=date(2025, 1, 2))
    contact = a_contact(workspace, met.id, "13812345678")
    save(workspace, deputy, visit, met, secret, issue, other, contact)
    return Place(deputy, visit, issue, other, contact, met.id)


def ids(workspace: Workspace, asked: SearchFilter) -> list[Id]:
    """What the filter leaves; page, total, export and command line agree on it."""
    rows = search_results(workspace, asked).rows
    assert search_total(workspace, asked) == len(rows)
    assert list(all_results(workspace, asked)) == list(rows)
    assert [hit.id for hit in search_narrowed(workspace, asked).hits] == [row.id for row in rows]
    return [row.id for row in rows]


def test_each_filter_leaves_what_it_says(workspace: Workspace, place: Place) -> None:
    issue, other, visit = place.issue.id, place.other.id, place.visit.id
    wanted: Mapping[str, tuple[SearchFilter, set[Id]]] = {
        "words": (SearchFilter(typed="路灯"), {issue, other, place.met}),
        "kind": (SearchFilter(typed="路灯", kind="issue"), {issue, other}),
        "kind alone": (SearchFilter(kind="issue"), {issue, other}),
        "state": (SearchFilter(kind="issue", state="assigned"), {issue}),
        "category": (SearchFilter(typed="街", kind="issue", category="01"), {issue}),
        "deputy": (SearchFilter(typed="路灯", deputy=place.deputy.id), {issue, place.met}),
        "deputy of a visit": (SearchFilter(kind="visit", deputy=place.deputy.id), {visit}),
        "place": (SearchFilter(typed="路灯", place="东街"), {issue, place.met}),
        "place of another width": (SearchFilter(place="a区"), {visit}),
        "first day": (SearchFilter(typed="路灯", kind="issue", first=date(2026, 10, 1)), {issue}),
        "last day": (SearchFilter(typed="路灯", last=date(2026, 10, 1)), {issue, other}),
        "the visit's day": (SearchFilter(typed="张三", first=DAY, last=DAY), {place.met}),
        "pinyin": (SearchFilter(typed="ludeng", kind="issue", first=date(2026, 1, 1)), {issue}),
        "nothing": (SearchFilter(typed="路灯", kind="suggestion"), set()),
    }
    for name, (asked, expected) in wanted.items():
        assert set(ids(workspace, asked)) == expected, name


def test_a_search_for_nothing_finds_nothing(workspace: Workspace, place: Place) -> None:
    for asked in (SearchFilter(), SearchFilter(typed=" "), SearchFilter(place="　")):
        assert not asked.asks
        assert ids(workspace, asked) == []
        assert search_narrowed(workspace, asked) == Found(0, ())


def test_an_issue_without_a_state_has_been_registered(workspace: Workspace) -> None:
    issue = an_issue(workspace, state="")
    save(workspace, issue)
    assert ids(workspace, SearchFilter(kind="issue", state="registered")) == [issue.id]
    assert search_results(workspace, SearchFilter(kind="issue")).rows[0].state == IssueState.REGISTERED


def test_words_come_newest_first_and_one_kind_alone_by_its_day(workspace: Workspace, place: Place) -> None:
    late = an_issue(workspace, "旧事路灯", received_on=date(2020, 1, 1))
    save(workspace, late)
    assert ids(workspace, SearchFilter(typed="路灯", kind="issue")) == [late.id, place.other.id, place.issue.id]
    assert ids(workspace, SearchFilter(kind="issue")) == [place.issue.id, place.other.id, late.id]


def test_pages_follow_one_another_and_tell_whether_there_is_more(workspace: Workspace) -> None:
    issues = [an_issue(workspace, f"路灯{number}") for number in range(7)]
    save(workspace, *issues)
    asked = SearchFilter(typed="路灯")
    pages = [search_results(workspace, asked, offset=offset, limit=3) for offset in (0, 3, 6)]
    assert [page.total for page in pages] == [4, 7, 7]
    assert [row.id for page in pages for row in page.rows] == [each.id for each in reversed(issues)]


@pytest.mark.parametrize("typed", ["街", "路灯", "不亮", "东街社区", "3812345", "x-1", "张"])
def test_like_finds_the_same(workspace: Workspace, place: Place, typed: str) -> None:
    with workspace.reading() as connection:
        told = "SELECT id FROM current WHERE body LIKE :part AND NOT deleted"
        like = set(connection.scalars(text(told), {"part": f"%{typed}%"}))
    found = ids(workspace, SearchFilter(typed=typed))
    assert set(found) == like
    assert like


# --- what is told of a row ---------------------------------------------------------------------------------------------


def row(workspace: Workspace, asked: SearchFilter, wanted: Id) -> ResultRow:
    return next(each for each in search_results(workspace, asked).rows if each.id == wanted)


def marked(shown: Marked) -> list[str]:
    return [shown.text[start:end] for start, end in shown.marks]


def test_a_row_tells_what_it_is_and_where_the_words_stand(workspace: Workspace, place: Place) -> None:
    found = row(workspace, SearchFilter(typed="ＬＵdeng 出行"), place.issue.id)
    assert (found.kind, found.title.text, found.on, found.state) == (
        "issue",
        "东街路灯不亮",
        date(2026, 10, 1),
        IssueState.ASSIGNED,
    )
    assert (found.place, found.deputies, found.number) == ("东街", ("曾某某",), "X-1")
    assert found.category == dict(categories_of(workspace, "issue")).get("01", "01")
    assert (marked(found.title), found.passage_field) == (["路灯"], "words")
    assert (found.passage.text, marked(found.passage)) == ("晚上 出行不便", ["出行"])
    assert (found.owner, found.owner_kind) == (place.met, "encounter")


def test_a_long_text_is_shown_around_the_words(workspace: Workspace) -> None:
    issue = an_issue(workspace, "标题", words="前" * 200 + "井盖" + "后" * 200)
    save(workspace, issue)
    found = row(workspace, SearchFilter(typed="井盖"), issue.id)
    assert marked(found.passage) == ["井盖"]
    assert found.passage.text.startswith("…前")
    assert found.passage.text.endswith("后…")
    assert len(found.passage.text) < 70


def test_residents_are_masked_and_who_asked_for_confidence_is_not_named(workspace: Workspace, place: Place) -> None:
    shown = [row for asked in ("张三", "李四", "1381234") for row in search_results(workspace, SearchFilter(typed=asked)).rows]
    assert [each.title.text for each in shown] == ["张*", "要求保密", "张*　138****5678"]
    told = " ".join(f"{each.title.text} {each.passage.text}" for each in shown)
    assert not any(secret in told for secret in ("张三", "李四", "13812345678"))


def test_marks_are_where_the_text_stands_as_it_was_written() -> None:
    assert list(places_of("Ａ区 \n 东街 a区", "a区")) == [(0, 2), (8, 10)]
    assert list(places_of("东街 \n\t 西街", "街 西")) == [(1, 7)]
    assert list(places_of("Straße", "ss")) == [(4, 5)]
    assert list(places_of("水", "")) == list(places_of("", "水")) == []
    assert marks_of("路灯路灯", ("路灯", "灯路")) == ((0, 4),)
    assert marks_of("张三", ("zs",), sounds=True) == ((0, 2),)


def test_the_drop_down_and_the_page_find_the_same(workspace: Workspace, place: Place) -> None:
    looks: tuple[Callable[[str], Found], ...] = (
        lambda typed: search(workspace, typed),
        lambda typed: search_narrowed(workspace, SearchFilter(typed=typed)),
    )
    for typed in ("路灯", "zs", "东街 ludeng", "无"):
        first, second = (look(typed) for look in looks)
        assert first == second


@pytest.mark.parametrize("kind", ["", "visit", "issue", "encounter", "contact", "attendance", "suggestion", "deputy", "step"])
def test_what_concerns_a_deputy_is_counted_as_it_is_listed(workspace: Workspace, place: Place, kind: str) -> None:
    new_id, deputy = workspace.clock.new_id, place.deputy.id
    save(
        workspace,
        a_contact(workspace, deputy),
        Attendance(id=new_id(), visit=place.visit.id, deputy=deputy),
        Suggestion(id=new_id(), subject="关于路灯的建议", lead_deputy=deputy),
        replace(place.other, deputies=(deputy,)),
        an_issue(workspace, "别人的事"),
    )
    for first in (None, date(2026, 1, 1)):
        asked = SearchFilter(kind=kind, deputy=deputy, first=first)
        assert search_total(workspace, asked) == search_results(workspace, asked, limit=1000).total
    assert search_total(workspace, SearchFilter(kind=kind, deputy=new_id())) == 0
