"""Three real computers of a station and the body, with people at them: whatever they do and in whatever order sticks arrive.

In the end all hold the same lines and show the same, nothing that anybody saved is lost, and one save closes each conflict. The
same is shown of the merge alone, thousands of times, in `tests/app/domain/test_merging.py`; here it goes through files, keys
and encrypted databases.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Final

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from app.clock import Clock
from app.domain.issue import Issue
from app.domain.values import Id
from app.keys.ways import RecoveryWay
from app.province import receipts, receiver
from app.province.intake import Intake
from app.province.receiver import Receiver
from app.province.tables import HeadRow
from app.storage.tables import CurrentRow
from app.use_cases import handing_in, seats, trash
from app.use_cases.arrivals import receive
from app.use_cases.conflicts import decide
from app.use_cases.peers import export_for_sisters
from app.workspace import Workspace, opened
from tests.app.use_cases.test_peers import carried, current, revisions
from tests.builders import MORNING, STATION_CODE, Wall, an_issue, enrol, memory_way, new_body, new_station, remove, save

SEATS: Final = 3
MOST_ROUNDS: Final = 6  # until everybody has heard of everything by way of the others
WHO: Final = st.integers(0, SEATS - 1)
WHICH: Final = st.integers(0, 1 << 16)
WORDS: Final = st.text("东西南北街路灯", min_size=1, max_size=4)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A station of three computers and its body, closed, to be copied for each history; the folder goes with the object.

    They are opened by their recovery codes: a keyring would remember the history before.
    """

    folder: "tempfile.TemporaryDirectory[str]"
    ways: tuple[RecoveryWay, ...]
    body_way: RecoveryWay


@cache
def prepared() -> Prepared:
    """Computers that know each other, and a body that knows them all."""
    folder = tempfile.TemporaryDirectory(prefix="liaison-machine-")
    top, wall = Path(folder.name), Wall()
    with ExitStack() as stack:
        home = new_station(top / "0", wall=wall)
        made = new_body(top / "body", wall=wall)
        workspaces, ways = [stack.enter_context(home.opened())], [home.recovery]
        for number in range(1, SEATS):
            way = memory_way()
            (top / str(number)).mkdir()
            joined = seats.join(top / str(number), way, *carried(workspaces[0], top), operator="乙", clock=Clock(now=wall))
            ways.append(RecoveryWay(code=joined.recovery_code))
            workspaces.append(stack.enter_context(opened(top / str(number), way, write=True, clock=Clock(now=wall))))
        for here, there in permutations(workspaces, 2):
            seats.admit(here, *carried(there, top))
        held = stack.enter_context(made.opened())
        for each in workspaces:
            enrol(each, held)
    return Prepared(folder, tuple(ways), RecoveryWay(code=made.made.recovery_code))


class Exchange(RuleBasedStateMachine):
    """People save, remove and bring back; sticks go, arrive late, twice or never; clocks are as they are."""

    @initialize()
    def begin(self) -> None:
        self.stack = ExitStack()
        self.top = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        source = prepared()
        shutil.copytree(source.folder.name, self.top, dirs_exist_ok=True)
        self.walls = [Wall() for _seat in range(SEATS)]
        self.seats: list[Workspace] = [
            self.stack.enter_context(opened(self.top / str(number), way, write=True, clock=Clock(now=wall)))
            for number, (way, wall) in enumerate(zip(source.ways, self.walls, strict=True))
        ]
        body_home = receiver.opened(self.top / "body", source.body_way, write=True, clock=Clock(now=Wall()))
        self.body: Receiver = self.stack.enter_context(body_home)
        self.by_seat = {each.author.by: each for each in self.seats}
        self.mail: list[tuple[Workspace, Path]] = []
        self.sticks: list[Path] = []
        self.made: set[bytes] = set().union(*map(revisions, self.seats))
        self.rounds, self.heard = 0, False

    # --- people --------------------------------------------------------------------------------------------------------

    @rule(who=WHO, words=WORDS)
    def enter(self, who: int, words: str) -> None:
        save(self.seats[who], an_issue(self.seats[who], words))
        self._note(who)

    @rule(who=WHO, which=WHICH, field=st.sampled_from(["subject", "place", "remarks"]), words=WORDS)
    def change(self, who: int, which: int, field: str, words: str) -> None:
        for issue in self._one_of(who, which, deleted=False):
            save(self.seats[who], replace(self._issue(who, issue), **{field: words}))  # type: ignore[arg-type]  # each is a text
            self._note(who)

    @rule(who=WHO, which=WHICH)
    def remove(self, who: int, which: int) -> None:
        for issue in self._one_of(who, which, deleted=False):
            remove(self.seats[who], issue)
            self._note(who)

    @rule(who=WHO, which=WHICH)
    def bring_back(self, who: int, which: int) -> None:
        for issue in self._one_of(who, which, deleted=True):
            trash.restore(self.seats[who], issue)
            self._note(who)

    @rule(who=WHO, days=st.integers(-50 * 365, 50 * 365))
    def set_clock(self, who: int, days: int) -> None:
        self.walls[who].moment = MORNING + timedelta(days=days)

    # --- sticks --------------------------------------------------------------------------------------------------------

    @rule(who=WHO)
    def seal(self, who: int) -> None:
        self.mail += self._sealed(self.seats[who])

    @precondition(lambda self: self.mail)
    @rule(which=WHICH, stays=st.booleans())
    def arrive(self, which: int, stays: bool) -> None:
        there, path = self.mail[which % len(self.mail)]
        receive(there, path)
        if not stays:
            self.mail.remove((there, path))

    @precondition(lambda self: self.mail)
    @rule(which=WHICH)
    def lose(self, which: int) -> None:
        del self.mail[which % len(self.mail)]

    @rule(who=WHO)
    def hand_in(self, who: int) -> None:
        self.sticks += handing_in.export(self.seats[who], self.top / "stick").paths

    @precondition(lambda self: self.sticks)
    @rule(which=WHICH)
    def taken_in(self, which: int) -> None:
        assert Intake(self.body).take(self.sticks[which % len(self.sticks)]).verdict in {"accepted", "duplicate"}
        self.heard = True

    @precondition(lambda self: self.heard)
    @rule(who=WHO)
    def receipts_come(self, who: int) -> None:
        self.rounds += 1
        written = receipts.write_receipts(self.body, STATION_CODE, self.top / f"back-{self.rounds}")
        for path in written.files:
            receive(self.seats[who], path)

    # --- the end -------------------------------------------------------------------------------------------------------

    def teardown(self) -> None:
        if not hasattr(self, "stack"):
            return
        with self.stack:
            self._all_meet()
            assert revisions(self.seats[0]) == self.made, "a line was lost, or one came of nobody"
            self._same_at_the_body()
            for id, told in current(self.seats[0]).items():
                if told[0] == Issue.traits.name and told[6]:
                    decide(self.seats[1], id, {}, whole=told[2])
            self.made |= revisions(self.seats[1])
            self._all_meet()
            assert {told[6] for told in current(self.seats[2]).values()} == {""}, "one save closes a conflict"

    def _all_meet(self) -> None:
        for _round in range(MOST_ROUNDS):
            for here in self.seats:
                for there, path in self._sealed(here):
                    receive(there, path)
            if all(revisions(each) == self.made for each in self.seats):
                break
        assert [current(each) for each in self.seats[1:]] == [current(self.seats[0])] * (SEATS - 1)

    def _same_at_the_body(self) -> None:
        for here in self.seats:
            for path in [*self.sticks, *handing_in.export(here, self.top / "stick").paths]:
                Intake(self.body).take(path)
        with self.body.store.reading() as connection:
            question = select(HeadRow.__table__).where(HeadRow.kind == Issue.traits.name)
            heads = {row.record: row for row in connection.execute(question)}
        ours = {id: told for id, told in current(self.seats[0]).items() if told[0] == Issue.traits.name}
        standing = {id: (told[2], told[3], told[6]) for id, told in ours.items() if not told[5]}
        assert {record: (row.rev, row.heads, row.disputed) for record, row in heads.items() if not row.deleted} == standing

    # --- what is where ---------------------------------------------------------------------------------------------------

    def _sealed(self, here: Workspace) -> Iterator[tuple[Workspace, Path]]:
        self.rounds += 1
        for each in export_for_sisters(here, self.top / f"mail-{self.rounds}").sisters:
            yield from ((self.by_seat[each.seat], path) for path in each.paths)

    def _note(self, who: int) -> None:
        self.made |= revisions(self.seats[who])

    def _issue(self, who: int, id: Id) -> Issue:
        with self.seats[who].writing() as books:
            return books.records.get(Issue, id).record

    def _one_of(self, who: int, which: int, *, deleted: bool) -> list[Id]:
        """One issue that stands or is in the trash, if there is any."""
        question = select(CurrentRow.id).where(CurrentRow.kind == Issue.traits.name, CurrentRow.deleted == deleted)
        with self.seats[who].reading() as connection:
            found = list(connection.scalars(question.order_by(CurrentRow.no)))
        return found[which % len(found) :][:1] if found else []


def test_whatever_three_computers_do_they_agree_and_nothing_is_lost() -> None:
    run_state_machine_as_test(Exchange, settings=settings(max_examples=15, stateful_step_count=30))
