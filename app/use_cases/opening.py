"""Opening a station for a person at a window: by the desktop's keyring, by a passphrase, or by the recovery code."""

from collections.abc import Sequence
from concurrent.futures import Executor, Future
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from app.clock import Clock
from app.errors import AppError, Refused
from app.keys.passphrase import Passphrase, read_passphrase_file
from app.keys.recovery_code import GROUP_DIGITS, GROUPS, group_holds
from app.keys.slot_file import FILE_NAME as SLOTS_FILE
from app.keys.slot_file import read_slots
from app.keys.ways import KeyringWay, PassphraseWay, RecoveryWay, SlotType, Way
from app.progress import Progress
from app.workspace import DATABASE_FILE, FOLDER, Workspace, opened

__all__ = ["GROUPS", "GROUP_DIGITS", "group_holds"]  # how the recovery code is spelt, for whoever types it at the window

_VISITS, _ISSUES, _SUGGESTIONS = 60, 80, 6  # of an invented station


# Setting up is done once in a station's life: a daily start does not load what only that needs.
if TYPE_CHECKING:
    from app.queries.today import Today
    from app.storage.backup_file import FoundBackup
    from app.use_cases.setup import NewStation


class Entrance(Enum):
    """What stands between a person and the station of this computer."""

    SET_UP = auto()  # nothing is here yet
    KEYRING = auto()  # the desktop holds the key
    PASSPHRASE = auto()  # only a passphrase opens it


@dataclass(frozen=True, slots=True)
class OpenStation:
    """An open workspace; `close` ends it, on the thread that opened it."""

    workspace: Workspace
    _open: ExitStack

    def close(self) -> None:
        """Close the database and let other programs write; no copy of an attachment stays behind, and no picture given up."""
        from app.use_cases.opened_copies import sweep_copies  # a daily start does not need them
        from app.use_cases.waiting_files import sweep_contents

        with suppress(AppError):  # what cannot be swept today is swept another day
            sweep_contents(self.workspace)
        self._open.close()
        sweep_copies(self.workspace.folder)


@dataclass(frozen=True, slots=True)
class Opening:
    """A station on its way to be open, and the first look at its day, which follows without being asked."""

    station: Future[OpenStation]
    day: "Future[Today]"


def entrance(home: Path) -> Entrance:
    """Which way leads into the station under `home`; raises `Unavailable("keyslots_damaged")`."""
    folder = home / FOLDER
    if not (folder / SLOTS_FILE).exists():
        return Entrance.KEYRING if (folder / DATABASE_FILE).exists() else Entrance.SET_UP
    return Entrance.KEYRING if read_slots(folder / SLOTS_FILE).has(SlotType.KEYRING) else Entrance.PASSPHRASE


def has_passphrase(home: Path) -> bool:
    """Whether a passphrase opens the station under `home`, beside whatever else does; no where its key file cannot be read."""
    try:
        return read_slots(home / FOLDER / SLOTS_FILE).has(SlotType.PASSPHRASE)
    except AppError:
        return False


def open_by_file(home: Path, file: Path) -> OpenStation:
    """The station under `home`, opened by the passphrase in the first line of `file`; raises as `open_station` does."""
    return open_station(home, passphrase=read_passphrase_file(file).text)


def open_station(home: Path, *, passphrase: str = "", operator: str = "", clock: Clock | None = None) -> OpenStation:
    """The station under `home`, open for writing, by the keyring where no passphrase is given.

    Raises what `app.workspace.opened` and the key slots raise.
    """
    with ExitStack() as stack:
        workspace = stack.enter_context(opened(home, way(passphrase), write=True, operator=operator, clock=clock))
        return OpenStation(workspace, stack.pop_all())


def begin(home: Path, passphrase: Path | None, writer: Executor) -> Opening:
    """Open the station under `home` on the writer's thread: by the file of its passphrase, or by the keyring without one."""
    station = writer.submit(open_by_file, home, passphrase) if passphrase else writer.submit(open_station, home)
    return Opening(station, writer.submit(_look, station))


def _look(station: Future[OpenStation]) -> "Today":
    from app.queries.today import today  # while the window is being made

    return today(station.result().workspace)


def set_up_station(home: Path, *, code: str, name: str, operator: str, passphrase: str = "") -> "NewStation":
    """A new station under `home`; raises what `app.use_cases.setup.set_up` raises."""
    from app.use_cases import setup

    return setup.set_up(home, way(passphrase), code=code, name=name, operator=operator, clock=Clock())


def card_station(card: Path, digits: str) -> str:
    """The name of the station whose card lies there, once its digits were compared; raises as `app.use_cases.seats.read_card`."""
    from app.use_cases import seats

    return seats.read_card(card, digits).station.name


def join_station(home: Path, card: Path, digits: str, *, operator: str, passphrase: str = "") -> "NewStation":
    """This computer as another one of the station whose card lies there; raises as `app.use_cases.seats.join` does."""
    from app.use_cases import seats

    return seats.join(home, way(passphrase), card, digits, operator=operator, clock=Clock())


def set_up_invented(home: Path, *, passphrase: str = "", progress: Progress | None = None) -> str:
    """An invented station to look around in, filled with invented records; returns its recovery code.

    Raises what `app.use_cases.demo` raises.
    """
    from app.use_cases import demo, setup

    code = demo.set_up_if_missing(home, way(passphrase), Clock())
    amounts = demo.Amounts(visits=_VISITS, issues=_ISSUES, suggestions=_SUGGESTIONS)
    with opened(home, way(passphrase), write=True) as workspace:
        demo.fill(workspace, amounts, seed=1, progress=progress)
        setup.confirm_recovery(workspace)  # nobody needs to lock away the key of a station that does not exist
    return code or ""


def recover_station(home: Path, *, recovery_code: str, passphrase: str = "") -> None:
    """Make the recovery code good for a new keyring entry, or a new passphrase; raises as `app.use_cases.setup.unlock` does."""
    from app.use_cases import setup

    setup.unlock(home, RecoveryWay(code=recovery_code), way(passphrase))


def backups_at(folder: Path) -> "Sequence[FoundBackup]":
    """The backups in a folder or on a stick, newest first; raises `Refused("folder_gone" | "backup_missing")`."""
    from app.storage.backup_file import backups_in

    if found := backups_in(folder):
        return found
    raise Refused("backup_missing", path=str(folder))


def restore_station(
    home: Path, backup: Path, *, recovery_code: str, passphrase: str = "", progress: Progress | None = None
) -> None:
    """Bring a station back from a backup and its recovery code; raises as `app.use_cases.restoring.restore` does."""
    from app.use_cases import restoring

    by = RecoveryWay(code=recovery_code)
    restoring.restore(backup, home, by, way(passphrase), clock=Clock(), progress=progress)


def way(passphrase: str) -> Way:
    """The way a person goes: the passphrase typed, or the desktop's keyring where none was."""
    return PassphraseWay(passphrase=Passphrase(passphrase)) if passphrase else KeyringWay(account="")


def check_station(*, code: str, name: str) -> None:
    """Raises `Refused("station_code_malformed" | "station_name_empty")` for what no station can be set up with."""
    from app.use_cases import setup

    setup.check_station(code=code, name=name)
