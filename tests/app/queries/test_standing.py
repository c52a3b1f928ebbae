"""What is always in sight: the same figures as the reconciliation's, at every step of the way, without visiting every row."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, event

from app.clock import CHINA
from app.domain.life import PackageState
from app.queries import reconciliation
from app.queries.standing import standing
from app.use_cases.drafts import keep_draft
from tests.builders import STATION_NAME, Pair, a_contact, a_deputy, an_encounter, an_issue, remove, save


def agrees(line: Pair) -> tuple[int, int]:
    """What waits and what was returned, seen to be what the reconciliation counts."""
    told = standing(line.station)
    counted = reconciliation.standing(line.station, contact=False).records
    assert (told.never_sent, told.returned) == (counted["never_sent"], counted["returned"])
    return told.never_sent, told.returned


def test_the_figures_are_those_of_the_reconciliation(line: Pair) -> None:
    first, second = an_issue(line.station), an_issue(line.station)
    save(line.station, first, second, a_contact(line.station, first.id))
    assert agrees(line) == (4, 0)
    remove(line.station, second.id)
    assert agrees(line) == (3, 0)  # undone before it was sent, never sent
    line.export()
    assert agrees(line) == (0, 0)
    save(line.station, second, replace(first, place="东街"), an_encounter(line.station))
    assert agrees(line) == (3, 0)
    line.round_trip()
    remove(line.station, first.id)
    assert agrees(line) == (1, 0)  # the body has it, so it must hear of the removal


def test_the_last_number_is_told(line: Pair) -> None:
    assert standing(line.station).last_number == 0
    line.round_trip()
    told = standing(line.station)
    assert (told.last_number, told.last_state) == (1, PackageState.RECEIVED)
    assert told.last_day == line.wall.moment.astimezone(CHINA).date()


def test_who_and_where_is_told_and_how_many_drafts_wait(line: Pair) -> None:
    keep_draft(line.station, "issue/new", "issue", {"words": "路灯"})
    told = standing(line.station)
    assert (told.station, told.operator, told.drafts) == (STATION_NAME, "联络员甲", 1)


def test_no_row_is_visited_to_count(line: Pair) -> None:
    save(line.station, *(a_deputy(line.station, f"代表{number}") for number in range(20)))
    asked: list[tuple[str, Any]] = []
    engine = line.station.database.engine

    def note(_connection: Connection, _cursor: object, statement: str, given: Any, *_others: object) -> None:
        asked.append((statement, given))

    event.listen(engine, "before_cursor_execute", note)
    standing(line.station)
    event.remove(engine, "before_cursor_execute", note)
    counts = [(statement, given) for statement, given in asked if "count(*)" in statement and "FROM current" in statement]
    assert counts
    with line.station.reading() as connection:
        for statement, given in counts:
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)]
            assert any("COVERING INDEX current_stands" in step for step in plan), plan
