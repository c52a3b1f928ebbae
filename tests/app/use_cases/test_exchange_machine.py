"""Three real computers of a station and the body, with people at them: whatever they do and in whatever order sticks arrive.

In the end all show the same, nothing that anybody saved is lost but what was erased or let go, nothing erased has come back
anywhere, and one save closes each conflict. The same is shown of the merge alone, thousands of times, in
`tests/app/domain/test_merging.py`; here it goes through files, keys and encrypted databases.
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
from typing import Any, Final

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from app.clock import Clock
from app.domain.issue import Issue
from app.domain.revisions import header_of, is_erased
from app.domain.values import Id
from app.keys.ways import RecoveryWay
from app.province import receipts, receiver
from app.province.intake import Intake
from app.province.receiver import Receiver
from app.province.tables import HeadRow, RevisionRow
from app.storage.tables import CurrentRow
from app.use_cases import compacting, handing_in, seats, trash
from app.use_cases.arrivals import receive
from app.use_cases.compacting import compact, compaction_plan
from app.use_cases.conflicts import decide
from app.use_cases.erasing import erase_records, finish
from app.use_cases.peers import export_for_sisters
from app.use_cases.upkeep import check
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


def spoken(here: Workspace) -> set[bytes]:
    """The lines that still say something."""
    return {line for line in revisions(here) if not is_erased(line)}


def shown(here: Workspace) -> dict[Id, tuple[Any, ...]]:
    """What stands, and of what was removed that it was; what a removed part held may have been let go."""
    return {id: told[:6] if told[5] else told for id, told in current(here).items()}


class Exchange(RuleBasedStateMachine):
    """People save, remove, bring back, erase and let go; sticks go, arrive late, twice or never; clocks are as they are."""

    @initialize()
    def begin(self) -> None:
        self.stack = ExitStack()
        half_a_year = self.stack.enter_context(pytest.MonkeyPatch.context())
        half_a_year.setattr(compacting, "SHOWN", timedelta(days=-1))  # nobody waits that long here
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
        self.made: set[bytes] = set().union(*map(spoken, self.seats))
        self.erased: set[str] = set()
        self.let_go: set[str] = set()
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

    @rule(who=WHO, which=WHICH)
    def erase(self, who: int, which: int) -> None:
        for issue in self._one_of(who, which, deleted=False):
            with self.seats[who].writing() as books:
                before = {each.rev for each in books.journal.revisions_of([issue])[issue]}
                files = erase_records(books, [books.records.get(Issue, issue).record])
            finish(self.seats[who], files)
            self.erased |= {str(each) for each in before}
            self._note(who)

    @rule(who=WHO)
    def compact(self, who: int) -> None:
        here = self.seats[who]
        before = spoken(here)
        if not compaction_plan(here).waiting:
            compact(here)
        self.let_go |= {header_of(line).rev for line in before - spoken(here)}

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
            self._nothing_lost_and_nothing_returned()
            self._same_at_the_body()
            self._all_let_go()
            for id, told in current(self.seats[0]).items():
                if told[0] == Issue.traits.name and told[6]:
                    decide(self.seats[1], id, {}, whole=told[2])
            self.made |= spoken(self.seats[1])
            self._all_meet()
            self._nothing_lost_and_nothing_returned()
            assert all(not check(each, read_data=True).findings for each in self.seats)
            assert {told[6] for told in current(self.seats[2]).values()} == {""}, "one save closes a conflict"

    def _all_meet(self) -> None:
        for _round in range(MOST_ROUNDS):
            before = [revisions(each) for each in self.seats]
            for here in self.seats:
                for there, path in self._sealed(here):
                    receive(there, path)
            if before == [revisions(each) for each in self.seats]:
                break
        assert [shown(each) for each in self.seats[1:]] == [shown(self.seats[0])] * (SEATS - 1)

    def _nothing_lost_and_nothing_returned(self) -> None:
        """Whatever was saved stands at every seat but for what was erased, which stands at none, and what a seat has let go."""
        stays = {line for line in self.made if header_of(line).rev not in self.erased}
        for each in self.seats:
            held = spoken(each)
            assert {header_of(line).rev for line in held}.isdisjoint(self.erased), "something erased came back"
            lost = {header_of(line).rev for line in stays - held}
            assert lost <= self.let_go, "a line was lost"
            assert held <= stays, "a line came of nobody"

    def _all_let_go(self) -> None:
        """The body and all computers have everything and say so: each lets go of what nobody needs, and shows what it showed."""
        for who in [*range(SEATS)] * 2:  # a computer says what it has with what it has to say
            save(self.seats[who], an_issue(self.seats[who], "说一声"))
            self._note(who)
            handed = handing_in.export(self.seats[who], self.top / "stick").paths
            assert {Intake(self.body).take(path).verdict for path in handed} == {"accepted"}
            self.receipts_come(who)
            self._all_meet()
        before = [shown(each) for each in self.seats]
        for who in range(SEATS):
            assert not compaction_plan(self.seats[who]).waiting
            self.compact(who)
        assert [shown(each) for each in self.seats] == before
        self._nothing_lost_and_nothing_returned()

    def _same_at_the_body(self) -> None:
        for here in self.seats:
            for path in [*self.sticks, *handing_in.export(here, self.top / "stick").paths]:
                Intake(self.body).take(path)
        with self.body.store.reading() as connection:
            told = {header_of(line).rev for line in connection.scalars(select(RevisionRow.line)) if not is_erased(line)}
            assert told.isdisjoint(self.erased), "the body still holds something erased"
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
        self.made |= spoken(self.seats[who])

    def _issue(self, who: int, id: Id) -> Issue:
        with self.seats[who].writing() as books:
            return books.records.get(Issue, id).record

    def _one_of(self, who: int, which: int, *, deleted: bool) -> list[Id]:
        """One issue that stands or is in the trash, if there is any."""
        told = CurrentRow.deleted == deleted, CurrentRow.body != "{}"
        question = select(CurrentRow.id).where(CurrentRow.kind == Issue.traits.name, *told)
        with self.seats[who].reading() as connection:
            found = list(connection.scalars(question.order_by(CurrentRow.no)))
        return found[which % len(found) :][:1] if found else []


def test_whatever_three_computers_do_they_agree_and_nothing_is_lost() -> None:
    run_state_machine_as_test(Exchange, settings=settings(max_examples=15, stateful_step_count=30))
