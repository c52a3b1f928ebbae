"""What was raised often lately: by likeness, category, place; each with its issues, people and places."""

from datetime import date
from pathlib import Path

from app.domain.suggestion import Suggestion
from app.queries.topic_pool import PoolBy, TopicPool, topic_pool
from app.use_cases.suggestions import new_sheet
from app.workspace import Workspace
from tests.builders import an_encounter, an_issue, save, station

SINCE = date(2026, 6, 1)


def raised(workspace: Workspace, subject: str, *, village: str = "", on: date = date(2026, 11, 1), **told: object) -> str:
    resident = an_encounter(workspace, "群众甲", village=village)
    issue = an_issue(workspace, subject, encounter=resident.id, received_on=on, **told)
    save(workspace, resident, issue)
    return issue.id


def told(pool: TopicPool) -> list[tuple[str, int]]:
    return [(each.title, len(each.issues)) for each in pool.topics]


def test_issues_of_one_matter_are_put_together_and_others_are_not(tmp_path: Path) -> None:
    with station(tmp_path) as workspace:
        raised(workspace, "样本新城小区电梯经常停运", village="甲社区")
        raised(workspace, "样本新城小区电梯停运无人修", village="乙社区", on=date(2026, 11, 2))
        raised(workspace, "样本新城小区电梯经常停运")
        raised(workspace, "幸福村公交班次太少", village="丙村")
        raised(workspace, "希望村自来水浑浊", village="丙村")
        raised(workspace, "样本新城小区电梯经常停运", on=date(2026, 1, 1))  # too long ago
        pool = topic_pool(workspace, PoolBy.LIKENESS, SINCE)
        assert told(pool) == [("样本新城小区电梯停运无人修", 3)]
        assert (pool.looked_at, pool.left_out) == (5, 0)
        topic = pool.topics[0]
        assert (topic.people, set(topic.places), topic.latest) == (3, {"甲社区", "乙社区"}, "2026-11-02")
        assert told(topic_pool(workspace, PoolBy.PLACE, SINCE)) == [("丙村", 2)]


def test_by_category_the_name_is_told_and_what_is_in_a_suggestion_is_counted(tmp_path: Path) -> None:
    with station(tmp_path) as workspace:
        ids = [raised(workspace, subject, category="made_up") for subject in ("路灯不亮", "停水", "公交班次少")]
        save(workspace, Suggestion(id=workspace.clock.new_id(), subject="关于路灯的建议", issues=(ids[0],)))
        topic = topic_pool(workspace, PoolBy.CATEGORY, SINCE).topics[0]
        assert (topic.title, len(topic.issues), topic.used) == ("made_up", 3, 1)


def test_a_household_of_four_counts_four_and_an_issue_without_a_person_one(tmp_path: Path) -> None:
    with station(tmp_path) as workspace:
        household = an_encounter(workspace, "某户", village="甲村", people=4)
        alone = an_issue(workspace, "甲村道路积水", received_on=date(2026, 11, 1), place="甲村")
        save(workspace, household, alone, an_issue(workspace, "甲村道路积水严重", encounter=household.id))
        topic = topic_pool(workspace, PoolBy.LIKENESS, SINCE).topics[0]
        assert (topic.people, topic.places) == (5, ("甲村",))
        text = new_sheet(workspace, topic.issues).suggestion.text
        assert text.splitlines()[:2] == ["一、情况", "群众先后反映相关事项2件，涉及5人、1个地点。"]


def test_an_empty_station_has_no_topics(tmp_path: Path) -> None:
    with station(tmp_path) as workspace:
        assert all(topic_pool(workspace, by, SINCE).topics == () for by in PoolBy)
