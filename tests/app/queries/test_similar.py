"""Similar matters: told by the pieces of text they share, never made up."""

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import text

from app.domain.issue import Issue
from app.domain.life import IssueState
from app.queries.relations import by_ids
from app.queries.similar import LIKE, VERY_LIKE, similar_issues
from app.use_cases.imports import import_ledger
from app.workspace import Workspace
from tests.builders import an_encounter, an_issue, remove, save

HOW_THEY_CAME: Final[tuple[dict[str, bool], ...]] = ({"confidential": True}, {}, {"anonymous": True})
SAID = "我们小区三栋到五栋的路灯坏了快三个月，晚上老人下来散步看不见路"


def test_the_nearest_matter_comes_first_and_strangers_never(workspace: Workspace) -> None:
    person = an_encounter(workspace, "张三")
    same = an_issue(workspace, "三栋路灯坏了", words="小区三栋到五栋的路灯坏了，晚上看不见路", encounter=person.id)
    near = an_issue(workspace, "路灯坏了三个月", words="街口的路灯坏了快三个月，没有人修理")
    other = an_issue(workspace, "医保报销", words="异地看病报销的比例太低，手续太多")
    save(workspace, person, same, near, other)
    first, second = similar_issues(workspace, SAID)
    assert (first.id, second.id) == (same.id, near.id)
    assert first.share > second.share >= LIKE
    assert first.share >= VERY_LIKE
    assert first.words == ("小区三栋到五栋的路灯坏了", "看不见路")
    assert (first.title, first.on, first.person, first.state) == (
        "三栋路灯坏了",
        date(2026, 11, 20),
        "张*",
        IssueState.REGISTERED,
    )


def test_own_and_removed_issues_are_none(workspace: Workspace) -> None:
    own, gone, left = (an_issue(workspace, "路灯", words=SAID) for _ in range(3))
    save(workspace, own, gone, left)
    remove(workspace, gone.id)
    assert [each.id for each in similar_issues(workspace, SAID, {own.id})] == [left.id]


def test_who_asked_for_confidence_is_not_named(workspace: Workspace) -> None:
    person = an_encounter(workspace, "张三", confidential=True)
    save(workspace, person, an_issue(workspace, "路灯", words=SAID, encounter=person.id))
    assert [each.person for each in similar_issues(workspace, SAID)] == ["要求保密"]


def test_the_place_is_the_matter_s_or_the_village_of_who_may_be_named(workspace: Workspace) -> None:
    secret, known, nobody = (an_encounter(workspace, "张三", village="丙村", **told) for told in HOW_THEY_CAME)
    with_place = an_issue(workspace, "甲", words=SAID, place="样本小区", encounter=known.id)
    issues = [an_issue(workspace, "乙", words=SAID, encounter=each.id) for each in (secret, known, nobody)]
    asked = an_issue(workspace, "丙", words=SAID, encounter=known.id, confidential=True)
    save(workspace, secret, known, nobody, with_place, *issues, asked)
    found = {each.id: each for each in similar_issues(workspace, SAID, most=9)}
    places = {id: (each.place, each.same_place) for id, each in found.items()}
    assert places == {
        with_place.id: ("样本小区", False),
        issues[0].id: ("", False),
        issues[1].id: ("丙村", False),
        issues[2].id: ("", False),
        asked.id: ("", False),
    }


def test_the_same_place_is_named_by_the_words_or_known_beside_them(workspace: Workspace) -> None:
    save(workspace, an_issue(workspace, "路灯", words=SAID, place="Ａ区三栋"))
    for words, at, same in (
        (SAID, "", False),
        (f"a区三栋，{SAID}", "", True),
        (SAID, "a区三栋门前", True),
        (SAID, "五栋", False),
    ):
        assert [each.same_place for each in similar_issues(workspace, words, at=at)] == [same]


@pytest.mark.parametrize("words", ["", "路灯", "，。！？…… —— ～", '" OR NEAR( *', "路 灯 坏 了 吗"])
def test_of_a_few_characters_nothing_can_be_said(workspace: Workspace, words: str) -> None:
    save(workspace, an_issue(workspace, "路灯", words=SAID))
    assert similar_issues(workspace, words) == ()


def test_at_most_so_many_are_told(workspace: Workspace) -> None:
    save(workspace, *(an_issue(workspace, f"第{number}件", words=SAID) for number in range(9)))
    assert len(similar_issues(workspace, SAID)) == 3
    assert len(similar_issues(workspace, SAID * 40, most=5)) == 5


def test_of_real_matters_half_of_those_who_raised_them_are_found(workspace: Workspace, real_data: Path) -> None:
    import_ledger(workspace, real_data / "messages.xlsx")
    with workspace.reading() as connection:
        ids = connection.scalars(text("SELECT id FROM current WHERE kind = 'issue'")).all()
        raised = {each.source_number: each for each in by_ids(connection, Issue, ids)}
    groups: dict[str, list[str]] = defaultdict(list)
    with (real_data / "similar-groups.csv").open(encoding="utf-8-sig", newline="") as file:
        for group, number in list(csv.reader(file))[1:]:
            groups[group].append(number)
    halves = 0
    for numbers in groups.values():
        mates = {raised[number].id for number in numbers}
        for number in numbers:
            own = raised[number]
            found = similar_issues(workspace, f"{own.subject}\n{own.words}", {own.id}, most=10)
            halves += 2 * len(mates & {each.id for each in found}) >= len(mates) - 1
    assert sum(map(len, groups.values())) == 40
    assert halves == 40
