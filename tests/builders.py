"""An invented station, an invented body and small records, for tests of every room.

Everything opens through a keyring that lives in memory, since stretching a passphrase takes a tenth of a second each time.
"""

import csv
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from app.clock import Clock
from app.domain.encounter import Encounter, Party
from app.domain.ids import Stamp
from app.domain.issue import Issue
from app.domain.life import IssueState, SuggestionState
from app.domain.people import Contact, Deputy
from app.domain.records import Record, body_of
from app.domain.revisions import Revision
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.domain.visit_sheet import Line
from app.keys.desktop_keyring import DesktopKeyring
from app.keys.ways import KeyringWay, RecoveryWay
from app.province import enrolment, receipts, receiver
from app.province.intake import Intake, Taken
from app.province.receiver import NewReceiver, Receiver
from app.use_cases import arrivals, handing_in, setup
from app.use_cases.arrival import TakenIn
from app.use_cases.handing_in import Exported
from app.use_cases.setup import NewStation
from app.use_cases.trust import request_enrolment, station_of, take_trust
from app.workspace import Workspace
from app.workspace import opened as opened_workspace
from tests.app.keys.memory_keyring import fresh_keyring

STATION_CODE: Final = "430181001-001"
STATION_NAME: Final = "某某街道人大代表联络站"
BODY_CODE: Final = "43"
MORNING: Final = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
MESSAGE_COLUMNS: Final = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "联系电话")


class Wall:
    """A clock that only a test moves."""

    def __init__(self, moment: datetime = MORNING) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def pass_by(self, span: timedelta) -> None:
        """Let time go by, or back."""
        self.moment += span


def memory_way() -> KeyringWay:
    """A way through a keyring of its own, good for set-up and for every opening after it."""
    return KeyringWay(account="", keyring=DesktopKeyring([fresh_keyring()]))


# --- a station -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class StationHome:
    """A station that was set up and is closed; `way` opens it in this process, `recovery` in any."""

    home: Path
    way: KeyringWay
    wall: Wall
    made: NewStation

    @property
    def recovery(self) -> RecoveryWay:
        """The code on paper as a way."""
        return RecoveryWay(code=self.made.recovery_code)

    def opened(self, *, write: bool = True, operator: str = "") -> AbstractContextManager[Workspace]:
        """The workspace, as a restarted program opens it."""
        return opened_workspace(self.home, self.way, write=write, operator=operator, clock=Clock(now=self.wall))


def new_station(home: Path, *, code: str = STATION_CODE, name: str = STATION_NAME, wall: Wall | None = None) -> StationHome:
    """A station set up under `home`, which need not be there yet."""
    way, hand = memory_way(), wall or Wall()
    home.mkdir(parents=True, exist_ok=True)
    made = setup.set_up(home, way, code=code, name=name, operator="联络员甲", clock=Clock(now=hand))
    return StationHome(home=home, way=way, wall=hand, made=made)


@contextmanager
def station(home: Path, **told: Any) -> Iterator[Workspace]:
    """A new station under `home`, open for writing; told what `new_station` is told."""
    with new_station(home, **told).opened() as workspace:
        yield workspace


# --- a receiving body ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyHome:
    """A receiver that was set up and is closed."""

    home: Path
    way: KeyringWay
    wall: Wall
    made: NewReceiver

    def opened(self, *, write: bool = True) -> AbstractContextManager[Receiver]:
        """The receiver, as a restarted program opens it."""
        return receiver.opened(self.home, self.way, write=write, clock=Clock(now=self.wall))


def new_body(home: Path, *, code: str = BODY_CODE, wall: Wall | None = None) -> BodyHome:
    """A receiver set up under `home`, its root keys beside it without a passphrase."""
    way, hand = memory_way(), wall or Wall()
    home.mkdir(parents=True, exist_ok=True)
    made = receiver.set_up(home, way, code=code, roots_folder=home / "roots", passphrase=None, clock=Clock(now=hand))
    return BodyHome(home=home, way=way, wall=hand, made=made)


@contextmanager
def body(home: Path, **told: Any) -> Iterator[Receiver]:
    """A new receiver under `home`, open for writing; told what `new_body` is told."""
    with new_body(home, **told).opened() as opened:
        yield opened


def enrol(workspace: Workspace, held: Receiver) -> None:
    """The body takes the station's seat into its trust list, and the station believes the body."""
    enrolled = enrolment.enrol(held, request_enrolment(workspace).content)
    assert take_trust(workspace, enrolled.bundle).enrolled


# --- both, with somebody who carries sticks between them -----------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A station and the body it is enrolled with, both open; `stick` is a folder that is carried between them."""

    station: Workspace
    body: Receiver
    wall: Wall
    stick: Path
    homes: tuple[StationHome, BodyHome]
    carried: list[Path] = field(default_factory=list)

    def export(self, **told: Any) -> Exported:
        """What has not travelled, sealed onto the stick."""
        exported = handing_in.export(self.station, self.stick, **told)
        self.carried.extend(exported.paths)
        return exported

    def intake(self, paths: Iterable[Path] | None = None) -> list[Taken]:
        """The body takes in what was exported since the last time, or the files named."""
        waiting = list(self.carried if paths is None else paths)
        self.carried.clear()
        return [Intake(self.body).take(path) for path in waiting]

    def bring_back(self) -> list[TakenIn]:
        """The station takes in everything that the body lays out for it."""
        written = receipts.write_receipts(self.body, station_of(self.station).code, self.stick / "back")
        return [arrivals.receive(self.station, path) for path in written.files]

    def round_trip(self) -> list[TakenIn]:
        """Export, intake, receipts, all the way."""
        self.export()
        self.intake()
        return self.bring_back()


@contextmanager
def pair(folder: Path) -> Iterator[Pair]:
    """A new station and a new body under `folder`, enrolled both ways, both open for writing, by the same clock."""
    wall = Wall()
    homes = new_station(folder / "at the station", wall=wall), new_body(folder / "at the body", wall=wall)
    with homes[0].opened() as workspace, homes[1].opened() as held:
        enrol(workspace, held)
        yield Pair(station=workspace, body=held, wall=wall, stick=folder / "stick", homes=homes)


def ask_for_contact(line: Pair, patch: pytest.MonkeyPatch, *, wanted: bool = True) -> None:
    """The body's next trust list asks for contact data, or no longer; the station has taken it in."""
    patch.setattr(enrolment, "_DEFAULT_POLICY", replace(enrolment._DEFAULT_POLICY, contact=wanted))
    enrol(line.station, line.body)


# --- small records -------------------------------------------------------------------------------------------------


def save(workspace: Workspace, *records: Any) -> None:
    """Save records in one transaction."""
    with workspace.writing() as books:
        books.records.save_all(records)


def remove(workspace: Workspace, *ids: Id) -> None:
    """Remove records in one transaction."""
    with workspace.writing() as books:
        books.records.remove(ids)


def an_issue(workspace: Workspace, subject: str = "东街路灯不亮", **told: Any) -> Issue:
    """An invented issue, not saved yet."""
    usual = {"station": workspace.author.owner, "received_on": date(2026, 11, 20), "state": IssueState.REGISTERED}
    return Issue(id=workspace.clock.new_id(), subject=subject, **{**usual, **told})


def a_deputy(workspace: Workspace, name: str = "代表甲", **told: Any) -> Deputy:
    """An invented deputy who holds the mandate, not saved yet."""
    return Deputy(id=workspace.clock.new_id(), name=name, **told)


def an_encounter(workspace: Workspace, name: str = "群众甲", **told: Any) -> Encounter:
    """An invented person met, not saved yet."""
    return Encounter(id=workspace.clock.new_id(), party=Party.PERSON, name=name, **told)


def a_visitor_line(workspace: Workspace, name: str = "来访者甲", words: str = "路灯不亮") -> Line:
    """Somebody at a reception with what they raise, not saved yet."""
    return Line(encounter=an_encounter(workspace, name), issues=(Issue(id=workspace.clock.new_id(), words=words),))


def a_contact(workspace: Workspace, of: Id, phone: str = "13800000000") -> Contact:
    """How to reach somebody, not saved yet."""
    return Contact(id=workspace.clock.new_id(), of=of, phone=phone)


def an_unbound_suggestion(workspace: Workspace, **told: Any) -> Suggestion:
    """An invented suggestion as submitted, not saved yet; the body gives it back, for it is not bound to its text."""
    new_id = workspace.clock.new_id
    usual = {"subject": "关于路灯的建议", "text": "请修路灯", "lead_deputy": new_id(), "state": SuggestionState.SUBMITTED}
    return Suggestion(id=new_id(), **{**usual, **told})


def a_body_revision(workspace: Workspace, body: Id, record: Record) -> Revision:
    """A first state of a record of the body's, as a reply would carry it."""
    return Revision(
        id=record.id,
        rev=workspace.clock.new_id(),
        kind=record.traits.name,
        parents=(),
        gen=1,
        hlc=str(Stamp(workspace.clock.milliseconds(), 0)),
        owner=body,
        by="f" * 16,
        op=body,
        deleted=False,
        salt=secrets.token_hex(16),
        body=body_of(record),
    )


def messages_csv(path: Path, n: int, *, first: int = 1) -> Path:
    """A station's table of `n` messages, numbered from `first`; every second one tells a telephone number."""
    rows = (message_row(number) for number in range(first, first + n))
    return written_csv(path, MESSAGE_COLUMNS, rows)


def message_row(number: int) -> tuple[str, ...]:
    """The invented message of this number."""
    day = date(2026, 1, 1) + timedelta(days=number % 300)
    phone = f"1380000{number:04d}" if number % 2 else ""
    words = f"第{number}号楼前的路灯不亮，已经第{number}天。"
    return f"M{number:05d}", f"群众{number}", f"路灯问题{number}", f"{day.isoformat()} 09:30:00", words, phone


def written_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """A table as a station's spreadsheet program saves it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path
