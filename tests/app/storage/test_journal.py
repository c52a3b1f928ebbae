"""The journal: one chain of lines, only ever appended, that an erased body leaves whole."""

import json
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select

from app.domain.ids import MILLISECONDS_A_DAY, Stamp
from app.domain.revisions import canonical
from app.storage.journal import FIRST_LINK, Journal, JournalLine
from app.storage.tables import JournalRow
from app.workspace import Workspace
from tests.builders import StationHome, an_issue, remove, save


def lines(workspace: Workspace, after: int = 0) -> list[JournalLine]:
    with workspace.reading() as connection:
        return list(Journal(connection).lines(after))


def test_every_line_is_linked_to_the_one_before_it(workspace: Workspace) -> None:
    issue = an_issue(workspace)
    save(workspace, issue, an_issue(workspace))
    save(workspace, replace(issue, subject="b"))
    remove(workspace, issue.id)
    with workspace.writing() as books:
        books.note("printed", {"paper": "专用纸", "copies": 2}, issue.id)
    link = FIRST_LINK
    for number, line in enumerate(lines(workspace), start=1):
        members = json.loads(line.line)
        if line.rev:  # the chain covers the header but for the salt, so that a body can be erased (decision 2)
            members = {name: value for name, value in members.items() if name.startswith("_") and name != "_salt"}
        link = sha256(link + canonical(members)).digest()
        assert (line.seq, line.chain) == (number, link)


def test_lines_stand_in_the_columns_for_what_they_say(workspace: Workspace) -> None:
    save(workspace, an_issue(workspace))
    told = [line for line in lines(workspace) if line.rev]
    for line in told:
        members = json.loads(line.line)
        assert (line.kind, line.record, line.rev, line.by) == tuple(members[name] for name in ("_kind", "_id", "_rev", "_by"))
    assert {line.kind for line in told} == {"operator", "station", "seat", "issue"}


def test_an_event_says_who_and_when_and_what(workspace: Workspace) -> None:
    issue = an_issue(workspace)
    save(workspace, issue)
    with workspace.writing() as books:
        books.note("contact_shown", {"count": 1}, issue.id)
    event = lines(workspace)[-1]
    said = json.loads(event.line)
    assert (event.kind, event.record, event.rev, event.by) == ("contact_shown", issue.id, None, workspace.author.by)
    assert (said["_event"], said["_id"], said["_op"], said["count"]) == ("contact_shown", issue.id, workspace.author.op, 1)
    assert Stamp.parse(said["_hlc"]) > Stamp()


def test_lines_are_read_from_any_place_on(workspace: Workspace) -> None:
    save(workspace, *(an_issue(workspace) for _ in range(3)))
    everything = lines(workspace)
    assert lines(workspace, 2) == everything[2:]
    assert lines(workspace, len(everything)) == []
    with workspace.reading() as connection:
        assert Journal(connection).last() == len(everything)


def test_revisions_are_known_and_found_by_their_records(workspace: Workspace) -> None:
    issues = [an_issue(workspace, str(number)) for number in range(1100)]
    save(workspace, *issues)
    save(workspace, replace(issues[7], subject="b"))
    with workspace.reading() as connection:
        journal = Journal(connection)
        revs = [rev for rev in connection.scalars(select(JournalRow.rev).where(JournalRow.kind == "issue")) if rev]
        missing = workspace.clock.new_id()
        assert journal.known([*revs, missing]) == set(revs)
        found = journal.revisions_of([each.id for each in issues] + [missing])
    assert [len(found[each.id]) for each in issues[6:9]] == [1, 2, 1]
    assert found[missing] == []
    assert sum(map(len, found.values())) == 1101


# --- stamps -----------------------------------------------------------------------------------------------------------


def stamps(workspace: Workspace) -> list[str]:
    return [json.loads(line.line)["_hlc"] for line in lines(workspace)]


def test_stamps_grow_through_restarts_though_the_clock_is_set_back(home: StationHome) -> None:
    for hours in (0, -24 * 365 * 20, 1, -1):
        home.wall.pass_by(timedelta(hours=hours))
        with home.opened() as workspace:
            save(workspace, an_issue(workspace))
            seen = stamps(workspace)
    assert seen == sorted(set(seen))


def test_a_stamp_from_elsewhere_pushes_ours_unless_it_is_a_day_ahead(workspace: Workspace) -> None:
    now = workspace.clock.milliseconds()
    believed, absurd = Stamp(now + MILLISECONDS_A_DAY - 1, 5), Stamp(now + 30 * MILLISECONDS_A_DAY, 0)
    for stamp in (absurd, believed):
        with workspace.writing() as books:
            books.meet(stamp)
    save(workspace, an_issue(workspace))
    newest = Stamp.parse(stamps(workspace)[-1])
    assert believed < newest < absurd


def test_a_transaction_that_fails_takes_no_stamp(workspace: Workspace) -> None:
    before = stamps(workspace)

    def save_and_fail() -> None:
        with workspace.writing() as books:
            books.records.save(an_issue(workspace))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        save_and_fail()
    save(workspace, an_issue(workspace))
    assert len(stamps(workspace)) == len(before) + 1
