"""The trash: the whole is listed, its parts lie in it, page by page; nobody is named in full."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.people import Contact
from app.errors import Refused
from app.queries.counts import count
from app.queries.trash import removed_card, trash
from app.use_cases.imports import import_ledger, undo_import
from app.use_cases.trash import restore
from app.use_cases.upkeep import check
from app.workspace import Workspace
from tests.builders import an_encounter, an_issue, messages_csv, remove, save


def test_an_undone_import_lies_there_message_by_message(workspace: Workspace, tmp_path: Path) -> None:
    taken = import_ledger(workspace, messages_csv(tmp_path / "留言.csv", 450))
    before = count(workspace)
    assert taken.import_id
    undo_import(workspace, taken.import_id)
    pages = [trash(workspace, offset=offset) for offset in range(0, 600, 100)]
    assert [len(each.rows) for each in pages] == [100, 100, 100, 100, 50, 0]
    rows = [row for page in pages for row in page.rows]
    assert {row.kind for row in rows} == {"issue"}
    assert len({row.id for row in rows}) == pages[-1].total == 450
    assert len(restore(workspace, rows[0].id).records) in {2, 3}
    for row in rows[1:]:
        restore(workspace, row.id)
    assert (count(workspace), trash(workspace).total) == (before, 0)
    assert not check(workspace, read_data=True).findings


def test_a_person_is_masked(workspace: Workspace) -> None:
    met = an_encounter(workspace, "张三丰")
    contact = Contact(id=workspace.clock.new_id(), of=met.id, phone="13812345678")
    save(workspace, met, contact)
    remove(workspace, met.id, contact.id)
    (row,) = trash(workspace).rows
    card = removed_card(workspace, row.id)
    assert (row.title, card.along) == ("张*", (("contact", "138****5678"),))
    assert "张三丰" not in str(card)


def test_what_belongs_to_something_in_the_trash_waits_for_it(workspace: Workspace) -> None:
    met = an_encounter(workspace)
    contact = Contact(id=workspace.clock.new_id(), of=met.id, phone="13812345678")
    save(workspace, met, contact)
    remove(workspace, contact.id)
    remove(workspace, met.id)
    assert [each.kind for each in trash(workspace).rows] == ["encounter", "contact"], "removed one after the other"
    with pytest.raises(Refused, match="restore_whole_first"):
        restore(workspace, contact.id)
    assert restore(workspace, met.id).records == (met.id,)
    assert restore(workspace, contact.id).records == (contact.id,)


def test_what_stands_is_not_in_the_trash(workspace: Workspace) -> None:
    issue = an_issue(workspace)
    save(workspace, replace(issue, place="东街"))
    for ask in (restore, removed_card):
        with pytest.raises(Refused, match="not_in_trash"):
            ask(workspace, issue.id)
