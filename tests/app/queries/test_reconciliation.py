"""Where the records stand: never sent, in a package, received, returned; each in exactly one place, at every step."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from app.domain.issue import Issue
from app.domain.life import PackageState
from app.domain.suggestion import Suggestion, digest_of_text
from app.domain.values import Id
from app.messages import carried_told
from app.queries.counts import count
from app.queries.outgoing import outgoing
from app.queries.reconciliation import LATE, STANDINGS, Standing, StandingRecord, numbers, standing, standing_records
from app.storage import tally
from app.storage.outbox import Outbox
from app.storage.tables import CurrentRow
from app.use_cases import upkeep
from app.use_cases.handing_in import Sizes, copy_number
from app.use_cases.recording import record
from app.workspace import Workspace
from tests.builders import (
    Pair,
    a_body_revision,
    a_contact,
    an_encounter,
    an_issue,
    an_unbound_suggestion,
    ask_for_contact,
    remove,
    save,
)

LOCAL = 1  # the operator never travels


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few lines a block that what is kept of blocks is counted with what is looked up."""
    monkeypatch.setattr(tally, "BLOCK", 3)


def stands(workspace: Workspace, *, contact: bool = False) -> tuple[int, int, int, int]:
    """How many records were never sent, are sent, received, returned."""
    told = standing(workspace, contact=contact).records
    assert list(told) == ["never_sent", "sent", "received", "returned", "elsewhere"]
    assert told["elsewhere"] == 0
    return told["never_sent"], told["sent"], told["received"], told["returned"]


def bound(suggestion: Suggestion) -> Suggestion:
    """The same as a person submits it: the body keeps it."""
    return replace(suggestion, text_digest=digest_of_text(suggestion))


def test_records_go_from_never_sent_through_sent_to_received_and_back(line: Pair) -> None:
    issue, other = an_issue(line.station), an_issue(line.station)
    save(line.station, issue, other)
    assert stands(line.station) == (4, 0, 0, 0)
    line.export()
    assert stands(line.station) == (0, 4, 0, 0)
    copy_number(line.station, 1, line.stick / "again")
    assert stands(line.station) == (0, 4, 0, 0)
    line.intake()
    line.bring_back()
    assert stands(line.station) == (0, 0, 4, 0)
    save(line.station, replace(issue, place="东街"), an_encounter(line.station))
    assert stands(line.station) == (2, 0, 3, 0)
    line.export()
    assert stands(line.station) == (0, 2, 3, 0)
    line.intake()
    line.bring_back()
    assert stands(line.station) == (0, 0, 5, 0)
    remove(line.station, other.id)
    assert stands(line.station) == (1, 0, 4, 0)
    line.round_trip()
    assert stands(line.station) == (0, 0, 5, 0)


def test_a_returned_record_stays_returned_until_it_is_changed_and_received(line: Pair) -> None:
    bad = an_unbound_suggestion(line.station, subject="路灯")
    good = bound(an_unbound_suggestion(line.station))
    save(line.station, good, bad)
    line.round_trip()
    told = standing(line.station, contact=False)
    assert stands(line.station) == (0, 0, 3, 1)
    (returned,) = told.returned
    assert (returned.record, returned.kind, returned.title, returned.code) == (bad.id, "suggestion", "路灯", "R_TEXT_CHANGED")
    assert "核对" in returned.words
    save(line.station, bound(bad))
    assert (stands(line.station), standing(line.station, contact=False).returned) == ((1, 0, 3, 0), ())
    line.export()
    assert stands(line.station) == (0, 1, 3, 0)
    line.intake()
    line.bring_back()
    assert stands(line.station) == (0, 0, 4, 0)


def test_what_was_undone_before_it_was_sent_stands_nowhere(line: Pair) -> None:
    issue = an_issue(line.station)
    save(line.station, issue)
    assert stands(line.station) == (3, 0, 0, 0)
    remove(line.station, issue.id)
    assert stands(line.station) == (2, 0, 0, 0)
    line.round_trip()
    assert stands(line.station) == (0, 0, 2, 0)
    save(line.station, issue)
    assert stands(line.station) == (1, 0, 2, 0)
    line.export()
    assert stands(line.station) == (0, 1, 2, 0)


def test_a_file_stands_where_its_number_stands_apart_from_its_record(line: Pair, tmp_path: Path) -> None:
    def files() -> tuple[int, ...]:
        told = standing(line.station, contact=False).files
        assert list(told) == ["never_sent", "sent", "received"]
        return tuple(told.values())

    assert files() == (0, 0, 0)
    for name in "ab":
        (tmp_path / name).write_bytes(name.encode())
    record(line.station, "deputy", {"name": "甲", "attachments": ["a", "b"]}, tmp_path)
    line.export(sizes=Sizes(records_only=True))
    assert (stands(line.station)[0], files()) == (0, (2, 0, 0))  # the records went, the contents did not
    assert [(each.title, each.number, each.stands) for each in listed(line.station, "files")] == [
        ("b", 0, "never_sent"),
        ("a", 0, "never_sent"),
    ]
    (number,) = line.export().numbers
    assert (number.records, files()) == ({}, (0, 2, 0))
    assert carried_told(number.records, number.kind) == "只有附件"
    line.intake()
    line.bring_back()
    assert files() == (0, 0, 2)
    (tmp_path / "c").write_bytes(b"c")
    record(line.station, "deputy", {"name": "乙", "attachments": ["a", "c"]}, tmp_path)  # a content that went before
    told = listed(line.station, "files")
    assert [(each.title, each.number, each.stands) for each in told] == [
        ("c", 0, "never_sent"),
        ("a", 2, "received"),
        ("b", 2, "received"),
    ]
    assert [each.copied.folder if each.copied else "" for each in told] == ["", *[str(line.stick)] * 2]
    assert [each.stands for each in standing_records(line.station, "files", contact=False, offset=1, limit=1).rows] == [
        "received"
    ]


def test_contact_data_counts_where_it_travels(line: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    old, gone = (a_contact(line.station, line.station.author.owner, phone) for phone in ("1", "2"))
    save(line.station, old, gone)
    remove(line.station, gone.id)
    line.round_trip()
    assert stands(line.station) == (0, 0, 2, 0)
    ask_for_contact(line, monkeypatch)
    assert stands(line.station, contact=True) == (1, 0, 2, 0)
    line.export()
    assert stands(line.station, contact=True) == (0, 1, 2, 0)
    line.intake()
    line.bring_back()
    assert stands(line.station, contact=True) == (0, 0, 3, 0)


def test_numbers_are_told_newest_first_with_what_became_of_them(line: Pair) -> None:
    assert standing(line.station, contact=False).numbers == ()
    line.round_trip()
    save(line.station, an_issue(line.station))
    line.export()
    told: Standing = standing(line.station, contact=False)
    assert [(each.seq, each.state, each.receipt) for each in told.numbers] == [
        (2, PackageState.COPIED, None),
        (1, PackageState.RECEIVED, 1),
    ]


def test_a_number_that_got_lost_is_settled_by_the_receipt_after_it(line: Pair) -> None:
    paths: list[Path] = []
    for _ in range(3):
        save(line.station, an_issue(line.station))
        paths += line.export().paths
    line.intake([paths[0], paths[2]])
    line.bring_back()
    assert stands(line.station) == (0, 1, 4, 0)
    line.intake([paths[1]])
    line.bring_back()
    assert stands(line.station) == (0, 0, 5, 0)


@pytest.mark.parametrize("seed", range(6))
def test_every_record_stands_in_exactly_one_place_through_any_history(line: Pair, seed: int) -> None:
    chance = Random(seed)
    issues = [an_issue(line.station, str(number)) for number in range(6)]
    travelled: set[str] = set()
    standing_ids: set[str] = set()
    for turn in range(25):
        issue = chance.choice(issues)
        match chance.randrange(5):
            case 0 | 1:
                save(line.station, replace(issue, place=str(turn)))
                standing_ids.add(issue.id)
            case 2:
                remove(line.station, issue.id)
                standing_ids.discard(issue.id)
            case 3:
                line.export(sizes=Sizes(rows=chance.choice([600_000, 64 << 20])))
                travelled |= standing_ids
            case _:
                line.intake()
                if standing(line.station, contact=False).numbers:
                    line.intake([each for each in sorted(line.stick.iterdir()) if each.suffix == ".llz"])
                    line.bring_back()
        told = stands(line.station)
        assert min(told) >= 0
        assert sum(told) == 2 + len(standing_ids | travelled)
        assert sum(count(line.station).values()) == LOCAL + 2 + len(standing_ids)
    line.export()
    line.intake([each for each in sorted(line.stick.iterdir()) if each.suffix == ".llz"])
    line.bring_back()
    assert stands(line.station) == (0, 0, 2 + len(standing_ids | travelled), 0)


# --- what lists show ----------------------------------------------------------------------------------------------------


def listed(workspace: Workspace, where: str) -> list[StandingRecord]:
    return list(standing_records(workspace, where, contact=False, offset=0, limit=1000).rows)


@pytest.mark.parametrize("seed", range(4))
def test_the_list_behind_a_figure_holds_what_the_figure_counts(line: Pair, seed: int) -> None:
    chance = Random(seed)
    issues = [an_issue(line.station, str(number)) for number in range(5)]
    save(line.station, an_unbound_suggestion(line.station))
    for _ in range(8):
        deed = chance.choice(("save", "remove", "export", "intake", "back", "back"))
        if deed == "save":
            save(line.station, replace(chance.choice(issues), place=str(chance.random())))
        elif deed == "remove":
            remove(line.station, chance.choice(issues).id)
        elif deed == "export":
            line.export()
        elif deed == "intake":
            line.intake()
        elif any(each.receipt is None for each in standing(line.station, contact=False).numbers):
            line.round_trip()
        lists = {where: listed(line.station, where) for where in STANDINGS}
        assert {where: len(each) for where, each in lists.items()} == standing(line.station, contact=False).records
        everywhere = [each.id for rows in lists.values() for each in rows]
        assert len(everywhere) == len(set(everywhere))


def test_a_list_comes_in_pages_the_last_changed_first_with_its_number(line: Pair) -> None:
    for number in range(3):
        save(line.station, an_issue(line.station, f"第{number}件"))
        line.export()
        line.wall.pass_by(timedelta(hours=1))
    save(line.station, an_issue(line.station, "还没报送"))
    told = standing_records(line.station, "sent", contact=False, offset=1, limit=2)
    assert told.total == 5
    assert [(each.title, each.number) for each in told.rows] == [("第1件", 2), ("第0件", 1)]
    assert told.rows[0].changed - told.rows[1].changed == timedelta(hours=1)
    assert [(each.title, each.number) for each in listed(line.station, "never_sent")] == [("还没报送", 0)]


def test_a_line_that_was_held_back_is_listed_with_the_number_it_went_with(line: Pair) -> None:
    issue = an_issue(line.station, "撤回又恢复")
    save(line.station, issue)
    remove(line.station, issue.id)
    line.export()
    save(line.station, issue)
    line.export()
    assert {each.number for each in listed(line.station, "sent") if each.id == issue.id} == {2}


def test_a_number_tells_its_copies_its_receipt_and_what_came_back(line: Pair, tmp_path: Path) -> None:
    bad = an_unbound_suggestion(line.station)
    save(line.station, bad)
    line.export()
    copy_number(line.station, 1, tmp_path / "again")
    (told,) = numbers(line.station)
    assert (told.copies, told.last_folder, told.last_copied) == (2, str(tmp_path / "again"), line.wall.moment)
    assert (told.receipt, told.receipt_taken, told.returned, told.total) == (0, None, 0, 3)
    assert told.path.exists()
    line.intake()
    line.bring_back()
    (told,) = numbers(line.station)
    assert (told.receipt, told.receipt_taken, told.returned, told.open) == (1, line.wall.moment, 1, 1)
    save(line.station, bound(bad))
    (told,) = numbers(line.station)
    assert (told.returned, told.open) == (1, 0)


@pytest.mark.parametrize("limit", [1, 2, 3, 5])
def test_page_by_page_it_is_the_same_list_from_either_end(workspace: Workspace, limit: int) -> None:
    save(workspace, *(an_issue(workspace, f"第{number}件") for number in range(7)))
    whole = [each.id for each in listed(workspace, "never_sent")]
    pages = [
        [each.id for each in standing_records(workspace, "never_sent", contact=False, offset=offset, limit=limit).rows]
        for offset in range(0, len(whole) + limit, limit)
    ]
    assert [id for page in pages for id in page] == whole
    assert standing_records(workspace, "never_sent", contact=False, offset=len(whole) + 3, limit=limit).rows == ()


# --- several computers --------------------------------------------------------------------------------------------------


def of_the_other(workspace: Workspace, issue: Issue, parents: tuple[Id, ...] = ()) -> None:
    """The same record as the station's other computer saves it, taken in here."""
    told = a_body_revision(workspace, workspace.author.owner, issue)
    with workspace.writing() as books:
        books.records.take_in([replace(told, by="0123456789abcdef", parents=parents, gen=len(parents) + 1)])


def test_what_another_computer_wrote_is_handed_in_by_that_one(line: Pair) -> None:
    theirs, common = an_issue(line.station, "另一台电脑记的"), an_issue(line.station, "两台电脑都改的")
    of_the_other(line.station, theirs)
    assert standing(line.station, contact=False).records["elsewhere"] == 1
    assert [each.id for each in listed(line.station, "elsewhere")] == [theirs.id]
    assert theirs.id not in {each.id for each in listed(line.station, "never_sent")}
    assert outgoing(line.station, contact=False).records == {"seat": 1, "station": 1}
    line.round_trip()
    told = standing(line.station, contact=False).records
    assert (told["received"], told["elsewhere"]) == (2, 1)  # nothing says that the body has what that one wrote
    assert theirs.id not in {each.id for each in listed(line.station, "received")}
    assert [each.number for each in listed(line.station, "elsewhere")] == [0]
    save(line.station, common)
    with line.station.reading() as connection:
        (head,) = connection.execute(select(CurrentRow.heads).where(CurrentRow.id == common.id)).scalar_one().split()
    of_the_other(line.station, replace(common, place="西街"), (head,))
    going = outgoing(line.station, contact=False)
    assert (going.records, going.nothing) == ({"issue": 1}, False)  # this computer's own state goes all the same
    assert [dict(each.records) for each in line.export().numbers] == [{"issue": 1}]
    assert standing(line.station, contact=False).records["elsewhere"] == 2
    save(line.station, replace(theirs, place="北街"))
    told = standing(line.station, contact=False).records
    assert (told["never_sent"], told["elsewhere"]) == (1, 1)
    assert upkeep.check(line.station, read_data=True).findings == ()


# --- what a list tells of each ------------------------------------------------------------------------------------------


def test_a_list_tells_where_its_number_was_copied_and_why_a_record_came_back(line: Pair, tmp_path: Path) -> None:
    bad = an_unbound_suggestion(line.station)
    save(line.station, bad)
    line.export()
    line.wall.pass_by(timedelta(hours=1))
    copy_number(line.station, 1, tmp_path / "again")
    for row in listed(line.station, "sent"):
        assert row.copied is not None
        assert (row.copied.folder, row.copied.at, row.code) == (str(tmp_path / "again"), line.wall.moment, "")
    line.intake()
    line.bring_back()
    (back,) = listed(line.station, "returned")
    assert (back.id, back.code) == (bad.id, "R_TEXT_CHANGED")
    assert "核对" in back.words


def test_a_package_of_which_a_receipt_has_told_is_not_late(line: Pair) -> None:
    line.export()
    line.wall.pass_by(timedelta(days=15))
    assert {each.number for each in listed(line.station, LATE)} == {1}
    with line.station.writing() as books:
        outbox = Outbox(books.connection)
        outbox.set_state(outbox.number(1), PackageState.PARKED)
    assert (listed(line.station, LATE), len(listed(line.station, "sent"))) == ([], 2)
