"""Sending over a network: the same sealed bytes that a stick would carry, and what the body has for this station in return."""

import json
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from shutil import rmtree
from typing import Final

from app.changes import Changes
from app.domain.life import PACKAGE_LIFE, PackageEvent, PackageState
from app.domain.rights import Right
from app.errors import AppError, Refused, Unavailable
from app.files import PART, disk_told, sha256_of
from app.keys.desktop_keyring import DesktopKeyring
from app.network.courier import Address, Courier, check_address
from app.packages.faults import PackageFault
from app.progress import Progress
from app.queries.reference import newest_version
from app.queries.rights import check_may, rights
from app.storage import copies, named_values
from app.storage.outbox import Outbox, Sent
from app.use_cases.arrival import TakenIn
from app.use_cases.arrivals import receive
from app.use_cases.epochs import remember
from app.use_cases.handing_in import seal_waiting
from app.use_cases.peers import seal_for_sisters
from app.use_cases.sister_seats import known_sisters
from app.use_cases.trust import trusted_by
from app.workspace import OUTBOX, Workspace

_NAME: Final = "sending"
_SERVICE: Final = "llz-send"
_FOR_SISTERS: Final = "for-sisters"
_MOST_FETCHED: Final = 64  # more than a body keeps
_LARGEST_PEM: Final = 1 << 20  # bytes
_UNTOLD: Final = frozenset({PackageState.SEALED, PackageState.COPIED})

Meet = Callable[[Address], Courier]


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingWay:
    """Where this station sends to; without an address it sends nowhere. The token lies in the desktop's keyring."""

    url: str = ""
    proxy: str = ""
    authority: str = ""
    changes: Changes = Changes.EXCHANGE


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTaken:
    """Something the body sent that could not be taken in, and why."""

    what: str
    error: AppError


@dataclass(frozen=True, slots=True, kw_only=True)
class SentOver:
    """The numbers that are whole at the receiver now, what was taken in, and what could not be."""

    numbers: tuple[Sent, ...]
    taken: tuple[TakenIn, ...]
    failed: tuple[NotTaken, ...] = ()
    changes: Changes = ~Changes.NOTHING


def sending_way(workspace: Workspace) -> SendingWay:
    """Where this station sends to."""
    with workspace.reading() as connection:
        kept = named_values.value_of(connection, _NAME)
    return SendingWay(**json.loads(kept)) if kept else SendingWay()


def set_sending_way(
    workspace: Workspace, way: SendingWay, token: str | None = None, *, keyring: DesktopKeyring | None = None
) -> SendingWay:
    """Send there from now on; a token given is kept by the desktop's keyring, none leaves the one that is there.

    Raises `Refused("not_allowed" | "address_malformed" | "proxy_malformed" | "authority_malformed")` and what the keyring raises.
    """
    check_may(workspace, Right.SETTINGS)
    if way.url:
        check_address(Address(url=way.url, proxy=way.proxy, authority=way.authority))
    if token is not None:
        (keyring or DesktopKeyring()).keep(_SERVICE, workspace.author.owner, token)
    kept = {name: value for name, value in asdict(way).items() if name != "changes"}
    with workspace.writing() as books:
        named_values.put_value(books.connection, _NAME, json.dumps(kept).encode())
    return way


def authority_of(path: Path) -> str:
    """The certificates in a PEM file; raises `Refused("authority_malformed" | "file_missing")`."""
    with disk_told(path), path.open("rb") as file:
        pem = file.read(_LARGEST_PEM).decode("ascii", errors="replace")
    check_address(Address(url="https://receiver.invalid", authority=pem))
    if not pem.strip():
        raise Refused("authority_malformed")
    return pem


def token_of(workspace: Workspace, *, keyring: DesktopKeyring | None = None) -> str:
    """The token that the keyring holds for this station; empty where it holds none or cannot be asked."""
    with suppress(Unavailable):
        return (keyring or DesktopKeyring()).recall(_SERVICE, workspace.author.owner) or ""
    return ""


def send(workspace: Workspace, token: str, progress: Progress | None = None, *, meet: Meet = Courier) -> SentOver:
    """Seal what has not travelled, upload every number that no receipt speaks of, and take in what the body has ready.

    The store is free for others while bytes travel. What was uploaded stays uploaded where the rest fails. The stages are those
    of an export, then sending and fetching. Raises what `seal_waiting` and `Courier` raise, `Refused("sending_nowhere" |
    "token_missing")`, `Unavailable("outbox_damaged")`.
    """
    check_may(workspace, Right.EXPORT)
    way = sending_way(workspace)
    if not way.url:
        raise Refused("sending_nowhere")
    steps = progress or Progress()
    again = {each.seq for each in seal_waiting(workspace, steps).again}
    address = Address(url=way.url, token=token, proxy=way.proxy, authority=way.authority)
    with _token_missed(address), meet(address) as courier:
        numbers = tuple(_uploaded(workspace, courier, way, again, steps))
        _upload_for_sisters(workspace, courier, steps)
        steps.begin("fetching")
        arrived = list(_fetched(workspace, courier, steps))
    taken = tuple(each for each in arrived if isinstance(each, TakenIn))
    return SentOver(numbers=numbers, taken=taken, failed=tuple(each for each in arrived if isinstance(each, NotTaken)))


@contextmanager
def _token_missed(address: Address) -> Iterator[None]:
    """Where the body wants a token and none was at hand, that is said, and not that it is a wrong one."""
    try:
        yield
    except Refused as error:
        if error.code == "token_refused" and not address.token:
            raise Refused("token_missing", host=address.host) from error
        raise


# --- out -------------------------------------------------------------------------------------------------------------------


def _uploaded(workspace: Workspace, courier: Courier, way: SendingWay, again: Collection[int], steps: Progress) -> Iterator[Sent]:
    """Numbers of the newest epoch that no receipt speaks of, and those that one says are missing."""
    with workspace.reading() as connection:
        numbers = Outbox(connection).numbers()
    newest = max((each.epoch for each in numbers), default=0)
    mine = (each for each in reversed(numbers) if each.epoch == newest)
    waiting = [each for each in mine if each.state in _UNTOLD or each.seq in again]
    steps.begin("sending", sum(each.size for each in waiting))
    for sent in waiting:
        path = workspace.folder / OUTBOX / sent.file
        if not path.is_file() or sha256_of(path) != sent.sha256:
            raise Unavailable("outbox_damaged", seq=sent.seq)
        remember(workspace)
        courier.upload(path, sent.sha256, steps.advance)
        host = Address(url=way.url).host
        with workspace.writing() as books:
            outbox = Outbox(books.connection)
            outbox.set_state(sent, PACKAGE_LIFE.after(sent.state, PackageEvent.COPY))
            copies.note(books.connection, sent.epoch, sent.seq, copies.Copy(folder=host, at=workspace.clock.now()))
            books.note("sent", {"epoch": sent.epoch, "seq": sent.seq, "sha256": sent.sha256, "host": host})
        yield sent


def _upload_for_sisters(workspace: Workspace, courier: Courier, steps: Progress) -> None:
    """What sister seats are not known to have, for the body to hand on unread; nothing of it stays here."""
    folder = workspace.folder / _FOR_SISTERS
    rmtree(folder, ignore_errors=True)  # what a killed program left
    try:
        paths = [path for each in seal_for_sisters(workspace, folder, steps, by_body=True) for path in each.paths]
        steps.begin("sending", sum(path.stat().st_size for path in paths))
        for path in paths:
            courier.upload(path, sha256_of(path), steps.advance)
    finally:
        rmtree(folder, ignore_errors=True)


# --- in --------------------------------------------------------------------------------------------------------------------


def _fetched(workspace: Workspace, courier: Courier, steps: Progress) -> Iterator[TakenIn | NotTaken]:
    """What the body has ready: its trust list first, since receipts and replies are believed by it."""
    yield from _asked(workspace, courier, "trust", trusted_by(workspace).trust_list.version, steps)
    yield from _asked(workspace, courier, "receipts", _newest(workspace)[0], steps)
    before = -1
    while before < (after := _newest(workspace)[1]):  # until nothing comes, or nothing that could be taken in
        yield from _asked(workspace, courier, "replies", after, steps)
        before = after
    yield from _reference(workspace, courier, steps)
    yield from _from_sisters(workspace, courier, steps)


def _reference(workspace: Workspace, courier: Courier, steps: Progress) -> Iterator[TakenIn | NotTaken]:
    """Newer reference data of the body, at a computer that may take it in; one that was set back does not come again.

    A receiver of an older program knows no such document, which is nothing that a person could mend.
    """
    if rights(workspace).may(Right.SETTINGS):
        for each in _asked(workspace, courier, "reference", newest_version(workspace), steps):
            if not (isinstance(each, NotTaken) and each.error.code == "upload_refused"):
                yield each


def _from_sisters(workspace: Workspace, courier: Courier, steps: Progress) -> Iterator[TakenIn | NotTaken]:
    """What waits for this computer from others of its station, one after the other.

    The body keeps each until a package handed in says that it was taken, so the place among them counts and not a number. A
    receiver of an older program knows no such documents, which is nothing that a person could mend.
    """
    if not any(each.listed for each in known_sisters(workspace)):
        return
    for place in range(_MOST_FETCHED):
        arrived = tuple(_asked(workspace, courier, f"seats/{workspace.author.by}/peers", place, steps))
        if not arrived or any(isinstance(each, NotTaken) and each.error.code == "upload_refused" for each in arrived):
            return
        yield from arrived


def _asked(workspace: Workspace, courier: Courier, what: str, after: int, steps: Progress) -> Iterator[TakenIn | NotTaken]:
    """The next document of a sort, taken in; what cannot be believed or read is told and left."""
    path = workspace.folder / f"{what.replace('/', '-')}{PART}"  # what a kill leaves of it is swept at the next start
    try:
        with disk_told(path), path.open("w+b") as file:
            if not courier.fetch(f"stations/{workspace.author.owner}/{what}", {"after": after}, file, steps.advance):
                return
        yield receive(workspace, path)
    except (Refused, PackageFault) as error:
        if error.code in {"cancelled", "token_refused"}:
            raise
        yield NotTaken(what=what.rpartition("/")[2], error=error)
    finally:
        path.unlink(missing_ok=True)


def _newest(workspace: Workspace) -> tuple[int, int]:
    """The numbers of the newest receipt and the newest reply, 0 before the first."""
    with workspace.reading() as connection:
        outbox = Outbox(connection)
        return outbox.last_receipt()[0], outbox.last_reply()
