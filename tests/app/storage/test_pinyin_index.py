"""Names and titles found by pinyin on a real database: kept with the record, filled again for an older station, checked."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from app.domain.visit import Visit, VisitKind
from app.queries.search import search
from app.storage.migrations import STEPS
from app.use_cases import upkeep
from app.workspace import Workspace
from tests.builders import StationHome, a_deputy, an_encounter, an_issue, remove, save

NEWER = (
    "DROP TABLE search_index_pieces",
    "DROP TABLE tally",
    "DROP INDEX current_disputed",
    "DROP INDEX journal_logged",
    "ALTER TABLE package DROP COLUMN secret",
    "DROP INDEX current_stands",
    "CREATE INDEX current_stands ON current (owner, kind, seq, deleted)",
    'ALTER TABLE current DROP COLUMN "by"',
    *(
        f"DROP INDEX current_{each}"
        for each in (
            *("told", "number", "campaign", "related", "hotline", "deputies", "deputy", "trash", "category", "suggestion"),
            "visit_kind",
        )
    ),
)
"""What a station of the second schema does not have."""


def found(workspace: Workspace, typed: str) -> list[str]:
    """The titles of what a search answers."""
    return [hit.title for hit in search(workspace, typed).hits]


@pytest.mark.parametrize("typed", ["zhangsan", "zhang san", "zs", "zhangs", "zsan", "ZhangSan", "ｚｓ", "“zhang san”", "zhang's"])
def test_a_resident_is_found_by_syllables_and_initials(workspace: Workspace, typed: str) -> None:
    save(workspace, an_encounter(workspace, "张三"), an_encounter(workspace, "李四"))
    assert found(workspace, typed) == ["张*"]


def test_every_reading_of_a_surname_is_known(workspace: Workspace) -> None:
    save(workspace, a_deputy(workspace, "曾单"))
    for typed in ("zengshan", "cengdan", "zs", "cd"):
        assert found(workspace, typed) == ["曾单"], typed


def test_titles_of_issues_and_visits_are_found_and_longer_texts_are_not(workspace: Workspace) -> None:
    visit = Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.OUTREACH, theme="走访困难群众", course="路面破损情况")
    save(workspace, visit, an_issue(workspace, "东街小区路灯不亮", words="晚上出行不便"))
    assert found(workspace, "xiaoquludeng") == found(workspace, "djxq") == ["东街小区路灯不亮"]
    assert found(workspace, "kunnan") == ["走访困难群众"]
    assert found(workspace, "lumian") == found(workspace, "wanshang") == []


def test_letters_that_stand_there_are_found_as_before_and_words_may_be_mixed(workspace: Workspace) -> None:
    save(workspace, an_issue(workspace, "WIFI信号差"), an_issue(workspace, "张三反映zs"), an_issue(workspace, "张三"))
    assert found(workspace, "wifi") == ["WIFI信号差"]
    assert found(workspace, "zs") == ["张三", "张三反映zs"]
    assert found(workspace, "反映 zhang") == ["张三反映zs"]
    assert found(workspace, "fi信") == ["WIFI信号差"]


def test_a_change_and_a_removal_leave_nothing_of_the_old_sound(workspace: Workspace) -> None:
    person = an_encounter(workspace, "张三")
    save(workspace, person)
    save(workspace, replace(person, name="李四"))
    assert (found(workspace, "zs"), found(workspace, "lisi")) == ([], ["李*"])
    remove(workspace, person.id)
    assert found(workspace, "lisi") == []


def test_an_older_station_is_lifted_with_all_that_is_in_it(home: StationHome) -> None:
    with home.opened() as workspace:
        kept, gone = an_encounter(workspace, "张三"), an_encounter(workspace, "张四")
        save(workspace, kept, gone, an_issue(workspace, "东街路灯不亮", words="晚上出行不便"))
        remove(workspace, gone.id)
        before = [search(workspace, typed) for typed in ("zhang", "ldbl", "晚上")]
        with workspace.writing() as books:
            for statement in (*NEWER, "DROP TABLE search_index"):
                books.connection.exec_driver_sql(statement)
            old = next(each for each in STEPS[0].statements if "search_index" in each)
            books.connection.exec_driver_sql(old)
            books.connection.exec_driver_sql("PRAGMA user_version = 2")
    with home.opened() as workspace:
        assert [search(workspace, typed) for typed in ("zhang", "ldbl", "晚上")] == before
        assert [each.total for each in before] == [1, 1, 1]
        assert upkeep.check(workspace, read_data=True).findings == ()


def test_a_check_notices_a_name_that_sounds_otherwise(workspace: Workspace) -> None:
    save(workspace, an_encounter(workspace, "张三"))
    assert not upkeep.check(workspace, read_data=True).findings
    with workspace.writing() as books:
        no, words = books.connection.execute(text("SELECT no, '张 三' FROM current WHERE title = '张三'")).one()
        books.connection.execute(text("DELETE FROM search_index WHERE rowid = :no"), {"no": no})
        added = text("INSERT INTO search_index (rowid, text, sound) VALUES (:no, :words, 'li si')")
        books.connection.execute(added, {"no": no, "words": words})
    assert [each.code for each in upkeep.check(workspace, read_data=True).findings] == ["index_behind"]


def test_a_record_nobody_can_read_does_not_keep_a_station_from_being_lifted(home: StationHome) -> None:
    with home.opened() as workspace:
        save(workspace, an_encounter(workspace, "张三"), an_encounter(workspace, "李四"))
        with workspace.writing() as books:
            books.connection.exec_driver_sql("UPDATE current SET body = '{\"people\":\"x\"}' WHERE title = '张三'")
            for statement in NEWER:
                books.connection.exec_driver_sql(statement)
            books.connection.exec_driver_sql("PRAGMA user_version = 2")
    with home.opened() as workspace:
        assert found(workspace, "lisi") == ["李*"]
        assert [each.code for each in upkeep.check(workspace, read_data=True).findings]
