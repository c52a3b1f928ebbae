"""Drafts: what was typed and not saved is offered again, newest first, and is never a revision."""

from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import func, select

from app.domain.values import Json
from app.queries.search import search
from app.storage import drafts
from app.storage.drafts import Draft
from app.storage.tables import JournalRow
from app.workspace import Workspace
from tests.builders import StationHome

NOON: Final = datetime(2026, 11, 21, 12, tzinfo=UTC)


def draft(key: str, minutes: int = 0, **body: Json) -> Draft:
    return Draft(key, key.partition("/")[0], body, NOON + timedelta(minutes=minutes))


def keep(workspace: Workspace, *given: Draft) -> None:
    for each in given:
        with workspace.writing() as books:
            drafts.keep(books.connection, each, "")


def kept(workspace: Workspace) -> list[Draft]:
    with workspace.reading() as connection:
        return drafts.kept(connection)


def test_drafts_are_offered_newest_first(workspace: Workspace) -> None:
    first, second, third = draft("visit/new", 1), draft("issue/new", 3), draft("issue/7", 2)
    keep(workspace, first, second, third)
    assert kept(workspace) == [second, third, first]


def test_a_later_draft_takes_the_place_of_the_one_with_its_key(workspace: Workspace) -> None:
    keep(workspace, draft("issue/new", 0, words="半句"), draft("visit/new", 1), draft("issue/new", 2, words="半句话", people=3))
    assert [(each.key, each.body) for each in kept(workspace)] == [
        ("issue/new", {"words": "半句话", "people": 3}),
        ("visit/new", {}),
    ]


def test_a_draft_survives_the_end_of_the_program(home: StationHome) -> None:
    written = draft("issue/new", 0, words="“引号”\n𠮷\0", list=[1, None, {"a": True}])
    with home.opened() as workspace:
        keep(workspace, written)
    with home.opened(write=False) as workspace:
        assert kept(workspace) == [written]


def test_a_discarded_draft_is_not_offered_again(workspace: Workspace) -> None:
    keep(workspace, draft("issue/new"), draft("visit/new"))
    for key in ("issue/new", "never/kept"):
        with workspace.writing() as books:
            drafts.discard(books.connection, key, "")
    assert [each.key for each in kept(workspace)] == ["visit/new"]


def test_a_draft_is_no_revision_and_is_not_found(workspace: Workspace) -> None:
    with workspace.reading() as connection:
        before = connection.execute(select(func.count()).select_from(JournalRow)).scalar_one()
    keep(workspace, draft("issue/new", 0, subject="尚未保存的话"))
    with workspace.reading() as connection:
        assert connection.execute(select(func.count()).select_from(JournalRow)).scalar_one() == before
    assert search(workspace, "尚未保存").total == 0
