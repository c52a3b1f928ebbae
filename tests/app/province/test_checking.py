"""One process or two: what is found is the same, and the second leaves nothing behind."""

import multiprocessing
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.revisions import Revision
from app.packages.faults import PackageFault
from app.province import checking
from app.province.checking import Check, Checked, Checking, Second
from app.province.store import count
from tests.app.domain.invented import numbered
from tests.app.domain.lines import revision
from tests.app.province.seats import Seat, enrolled_seat, everything
from tests.app.province.test_rows import MALFORMED
from tests.sources import ROOT

Portions = list[tuple[list[bytes], Checked]]


class Prompt(Second):
    """A second process that is ready before the first row comes."""

    def __post_init__(self) -> None:
        self.ready.result()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Portions of two rows, so that few rows make many, and the second process takes its share of them."""
    monkeypatch.setattr(checking, "_PORTION", 1000)
    monkeypatch.setattr(checking, "Second", Prompt)


@contextmanager
def side_by_side(check: Check) -> Iterator[Checking]:
    """Rows checked as those of a large package are."""
    with checking.second_process(checking.LARGE) as second:
        yield Checking(check, second)


def number_of_second(way: Checking) -> int:
    """Its number, once it has answered."""
    assert way.second is not None
    number: int = way.second.pool.submit(os.getpid).result()
    return number


def lines(several: int) -> tuple[Check, list[bytes]]:
    """Rows of one seat, every third made from another, and who may have made them."""
    made = [revision(id=numbered(each), rev=numbered(each + 1000), body={"subject": f"第{each}件"}) for each in range(several)]
    for each in range(0, several, 3):
        made[each] = replace(made[each], parents=(numbered(each + 2000),), gen=2, deleted=each % 2 == 0)
    return Check(made[0].owner, made[0].by), [each.line() for each in made]


def breaking(rows: Sequence[bytes]) -> Iterator[bytes]:
    """Rows of a stream that breaks behind them."""
    yield from rows
    raise PackageFault("E_RESOURCE_HASH", entry="data/issue.jsonl.gz")


def met(way: Checking, rows: Iterator[bytes] | Sequence[bytes]) -> tuple[Portions, str, dict[str, object]]:
    """The portions that came out, and the fault that ended them."""
    portions: Portions = []
    try:
        portions.extend((part, checked) for _kind, part, checked in way.portions([("issue", rows)]))
    except PackageFault as fault:
        return portions, fault.code, fault.facts
    return portions, "", {}


# --- the same in both ways ----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("small")
def test_rows_come_out_in_the_order_they_came_in_either_way() -> None:
    check, rows = lines(41)
    here = met(Checking(check), rows)
    with side_by_side(check) as way:
        assert met(way, rows) == here
    assert [line for part, _ in here[0] for line in part] == rows
    assert [rev for _, checked in here[0] for rev in checked.revs] == [numbered(each + 1000) for each in range(41)]
    assert {rev: made for _, each in here[0] for rev, made in each.parents.items()} == {
        numbered(each + 1000): (numbered(each + 2000),) for each in range(0, 41, 3)
    }
    assert {rev for _, each in here[0] for rev in each.deleted} == {numbered(each + 1000) for each in range(0, 41, 6)}


@pytest.mark.usefixtures("small")
def test_whatever_is_wrong_with_a_row_is_the_same_fault_with_the_same_facts(seat: Seat) -> None:
    check = Check(seat.station, seat.by)
    with side_by_side(check) as way:
        for code, forge in MALFORMED.values():
            forged = forge(seat)
            bad = forged.line() if isinstance(forged, Revision) else forged
            rows = [*(seat.revision(subject=str(each)).line() for each in range(5)), bad]
            here = met(Checking(check), rows)
            assert met(way, rows) == here
            assert here[1] == code
            assert here[2]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("bad_row", [0, 3])
def test_the_first_fault_counts_though_the_stream_broke_meanwhile(bad_row: int) -> None:
    check, rows = lines(18)
    rows[bad_row] = b"no row\n"
    here = met(Checking(check), breaking(rows))
    with side_by_side(check) as way:
        assert met(way, breaking(rows)) == here
    assert here[1] == "E_JSON"


class Busy(Executor):
    """Has never done anything yet, until somebody waits for it."""

    def __init__(self) -> None:
        self.taken = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        self.taken += 1
        future: Future[Any] = Future()
        future.result = lambda timeout=None: fn(*args, **kwargs)  # type: ignore[method-assign]  # done when it is asked for
        return future


@pytest.mark.usefixtures("small")
def test_what_a_busy_second_process_cannot_take_is_checked_here() -> None:
    check, rows = lines(40)
    busy, ready = Busy(), Future[int]()
    ready.set_result(1)
    assert met(Checking(check, Second(busy, ready)), rows) == met(Checking(check), rows)
    assert 0 < busy.taken < 20


@pytest.mark.usefixtures("small")
def test_a_stream_that_breaks_is_told_after_what_came_before() -> None:
    check, rows = lines(18)
    here = met(Checking(check), breaking(rows))
    with side_by_side(check) as way:
        assert met(way, breaking(rows)) == here
    assert (sum(len(part) for part, _ in here[0]), here[1]) == (18, "E_RESOURCE_HASH")


@pytest.mark.usefixtures("small")
def test_a_package_taken_in_by_two_processes_is_stored_as_by_one(
    seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = [seat.revision(subject=str(number)) for number in range(9)]
    rows = [*first, *(seat.revision(before=each, subject=f"{each.body['subject']}号") for each in first[::2])]
    returned = [seat.suggestion(lead_deputy=None), seat.suggestion()]
    one = seat.send(*rows, *returned)
    stored = everything(seat.held)[1]
    monkeypatch.setattr(checking, "LARGE", 1)
    with enrolled_seat(tmp_path / "again") as other:
        moved = [replace(each, owner=other.station, by=other.by) for each in (*rows, *returned)]
        two = other.send(*moved)
        again = everything(other.held)[1]
        assert count(other.held.store) == count(seat.held.store)
    assert (two.verdict, two.new, two.returned) == (one.verdict, one.new, one.returned) == ("accepted", 16, 1)
    assert [row[1:-1] for row in again["head"]] == [row[1:-1] for row in stored["head"]]


@pytest.mark.usefixtures("small")
def test_a_bad_row_found_by_the_second_process_leaves_nothing(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "LARGE", 1)
    before = everything(seat.held)[1]
    taken = seat.send(*(seat.revision(subject=str(each)) for each in range(7)), seat.revision(subject=7))
    assert (taken.verdict, taken.code) == ("refused", "E_LAYOUT")
    after = everything(seat.held)[1]
    assert after | {"arrival": []} == before | {"arrival": []}
    assert multiprocessing.active_children() == []


# --- the second process -------------------------------------------------------------------------------------------


def test_a_small_package_is_checked_by_one_process(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(**_: object) -> None:
        pytest.fail("a second process was started")

    monkeypatch.setattr(checking, "ProcessPoolExecutor", none)
    assert seat.send(seat.revision(), seat.revision()).new == 2
    with checking.second_process(checking.LARGE - 1) as second:
        assert second is None


@pytest.mark.usefixtures("small")
def test_where_it_is_killed_the_rest_is_checked_here() -> None:
    check, rows = lines(60)
    with side_by_side(check) as way:
        coming = way.portions([("issue", rows)])
        portions = [next(coming)]
        os.kill(number_of_second(way), signal.SIGKILL)
        portions += coming
    assert [(part, checked) for _kind, part, checked in portions] == met(Checking(check), rows)[0]
    assert multiprocessing.active_children() == []


@pytest.mark.usefixtures("small")
def test_who_leaves_before_the_end_leaves_no_reader_behind() -> None:
    check, rows = lines(60)
    threads = set(threading.enumerate())
    with closing(Checking(check).portions([("issue", iter(rows))])) as portions:
        next(portions)
        assert set(threading.enumerate()) - threads
    assert not set(threading.enumerate()) - threads


def test_where_it_cannot_be_started_all_is_checked_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(ProcessPoolExecutor, "submit", refuse)
    check, rows = lines(5)
    with side_by_side(check) as way:
        assert way.second is None
        assert met(way, rows) == met(Checking(check), rows)


@pytest.mark.usefixtures("small")
def test_until_it_is_ready_all_is_checked_here() -> None:
    check, rows = lines(40)
    busy = Busy()
    assert met(Checking(check, Second(busy, Future())), rows) == met(Checking(check), rows)
    assert busy.taken == 0


@pytest.mark.usefixtures("small")
def test_several_tables_are_one_stream() -> None:
    check, rows = lines(12)
    tables = [("issue", rows[:5]), ("issue", rows[5:6]), ("issue", rows[6:])]
    with side_by_side(check) as way:
        portions = list(way.portions(tables))
    assert portions == list(Checking(check).portions(tables))
    assert [line for _kind, part, _checked in portions for line in part] == rows


def test_it_leaves_ctrl_c_to_the_first() -> None:
    check, rows = lines(5)
    with side_by_side(check) as way:
        number = number_of_second(way)
        os.kill(number, signal.SIGINT)
        assert number_of_second(way) == number
        assert len(met(way, rows)[0]) == 1


@pytest.mark.usefixtures("small")
def test_it_may_end_as_soon_as_it_has_given_its_last_answer() -> None:
    check, rows = lines(40)
    with side_by_side(check) as way:
        assert met(way, rows) == met(Checking(check), rows)
        with pytest.raises(RuntimeError, match="shutdown"):
            number_of_second(way)
    assert multiprocessing.active_children() == []


def test_nothing_of_it_is_left_when_the_first_gives_up() -> None:
    check, rows = lines(5)

    def given_up() -> None:
        with side_by_side(check) as way:
            next(way.portions([("issue", rows)]))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        given_up()
    assert multiprocessing.active_children() == []


_PARENT = """
import os, sys
from app.province.checking import LARGE, second_process
if __name__ == "__main__":
    with second_process(LARGE) as second:
        print(second.ready.result(), flush=True)
        sys.stdin.read()
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux can wait for a process that is not a child")
def test_it_dies_with_the_first(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(_PARENT, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdout is not None
        second = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
    try:
        assert select.select([second], [], [], 60)[0], "the second process outlived the first"
    finally:
        os.close(second)
