"""Intake: one package after the other, verified step by step, stored once, all of it or nothing.

Steps and codes are those of `docs/package-format.md`. The file a person names is only read: work is done on a copy of our own.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Select, delete, insert, select, update

from app.clock import Clock
from app.errors import AppError
from app.files import disk_told, write_whole, written_whole
from app.files import replace as rename
from app.packages import senders
from app.packages.container import LARGEST
from app.packages.content import Blob, Content, Rows, open_content
from app.packages.faults import Fate, PackageFault, fate_of
from app.packages.opening import Verified, said_by, verify_package
from app.packages.statement import Kind, Statement
from app.packages.trust import Policy
from app.province import forwarding
from app.province.blobs import BlobIntake
from app.province.checking import Check, Checking, Second, Table, second_process
from app.province.enrolment import next_list, trust_list
from app.province.key_ends import end_older
from app.province.receiver import INCOMING, PACKAGES, PARKED, QUARANTINE, Receiver
from app.province.replies import note_held
from app.province.rows import RowIntake, Tally
from app.province.sequence import check_place, settle_numbers
from app.province.store import number_of
from app.province.suites import reader_of
from app.province.tables import ArrivalRow, SeatRow, TakenSecretRow

ACCEPTED: Final = "accepted"
DUPLICATE: Final = "duplicate"
PARKED_VERDICT: Final = "parked"
REFUSED: Final = "refused"
FORWARDED: Final = "forwarded"
CLOCK: Final = "W_CLOCK"
_REPORT: Final = ".json"
_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of one file."""

    file: str
    verdict: str
    code: str | None = None
    new: int = 0
    duplicate: int = 0
    conflict: int = 0
    returned: int = 0
    reader: str = ""  # the sister seat that a package waits for
    dropped: int = 0  # older ones that gave way to it
    fault: AppError | None = None


class _DryRun(Exception):
    """Ends a transaction that was only a rehearsal."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Takes files in for one receiver; in a dry run everything is checked and nothing kept."""

    receiver: Receiver
    dry_run: bool = False
    second: Second | None = None  # what helps with the rows of the file that is being taken

    def take(self, path: Path, name: str = "") -> Taken:
        """Take one file in, or say why not; a fault of the file or of its stick is an answer, not an error.

        `name` is what a person knows it by where `path` says something else. Raises `Unavailable` where this computer's own disk
        fails.
        """
        with second_process(_size_of(path)) as second:  # it gets ready while the file is copied and verified
            return replace(self, second=second)._take(path, name or path.name)

    def _take(self, path: Path, told: str) -> Taken:
        try:
            staged = self.receiver.folder / INCOMING / f"{_digest_of(path)}.llz"
        except AppError as fault:
            return Taken(file=told, verdict=REFUSED, code=fault.code, fault=fault)
        with disk_told(staged), path.open("rb") as file, written_whole(staged) as copy:
            shutil.copyfileobj(file, copy, _PIECE)
        try:
            return self._take_staged(told, staged)
        finally:
            with suppress(OSError):
                staged.unlink(missing_ok=True)

    def retry_parked(self) -> list[Taken]:
        """Take again what was parked, in the order it came; a program of a newer version may know it now."""
        folder = self.receiver.folder / PARKED
        outcomes = []
        for path in sorted(folder.glob("*.llz"), key=lambda each: each.stat().st_mtime):
            outcome = self.take(path, _parked_name(path))
            if outcome.verdict != PARKED_VERDICT and not self.dry_run:
                for done_with in (path, path.with_suffix(_REPORT)):
                    done_with.unlink(missing_ok=True)
                outcomes.append(outcome)
        return outcomes

    def _take_staged(self, name: str, staged: Path) -> Taken:
        verified: Verified | None = None
        try:
            with staged.open("rb") as file:
                said = said_by(file)
            if said is not None and said.kind is Kind.PEER:
                kept = forwarding.keep(self.receiver, staged, said.sender.station, dry_run=self.dry_run)
                verdict = FORWARDED if kept.fresh else DUPLICATE
                return Taken(file=name, verdict=verdict, reader=kept.seat, dropped=kept.dropped)
            with self.receiver.store.reading() as connection:
                trust = trust_list(self.receiver, connection)
            us = frozenset({self.receiver.body.code, self.receiver.body.id})
            verified = verify_package(staged, senders.seats(trust), now=self.receiver.clock.now(), us=us)
            taken = self._store(name, verified, trust.policy)
        except PackageFault as fault:
            return self._put_aside(name, staged, verified, fault)
        archived = self.receiver.folder / PACKAGES / f"{verified.statement_digest.removeprefix('sha256:')}.llz"
        # A known one is missing here where an intake was killed after its commit.
        if not self.dry_run and not archived.exists():
            with disk_told(archived):
                rename(staged, archived)
        return taken

    def _store(self, name: str, verified: Verified, policy: Policy) -> Taken:
        statement = verified.statement
        tally = Tally()
        blobs = BlobIntake(self.receiver, statement.sender.station, dry_run=self.dry_run)
        kept = False
        try:
            with self.receiver.store.writing() as connection:
                if _known(connection, verified):
                    return Taken(file=name, verdict=DUPLICATE)
                code = check_place(connection, statement, verified.statement_digest) or self._clock_remark(statement, policy)
                have, secret = self._take_content(connection, verified, tally, blobs)
                _note(connection, verified, ACCEPTED, code, self.receiver.clock, tally)
                _keep_secret(connection, verified, secret)
                if end_older(connection, statement, verified.keyids):
                    next_list(self.receiver, connection)
                settle_numbers(connection, statement, verified.statement_digest, self.receiver.clock.now())
                _acknowledge(connection, statement)
                forwarding.note_taken(connection, statement, have)
                note_held(connection, self.receiver.body.id, statement, have)
                if self.dry_run:
                    raise _DryRun
            kept = True
        except _DryRun:
            pass
        finally:
            blobs.finish(kept=kept)
        return Taken(
            file=name,
            verdict=ACCEPTED,
            code=code,
            new=tally.fresh,
            duplicate=tally.duplicate,
            conflict=tally.conflict,
            returned=tally.returned,
        )

    def _take_content(
        self, connection: Connection, verified: Verified, tally: Tally, blobs: BlobIntake
    ) -> tuple[Mapping[str, int], str | None]:
        """Take rows and files; returns what the sender says to have, and what only the two of them know."""
        sender = verified.statement.sender
        rows = RowIntake(
            connection,
            sender.station,
            number_of(connection, sender.station),
            verified.statement_digest,
            tally,
            self.receiver.body.code,
        )
        check = Check(sender.station, sender.seat)
        with open_content(verified, reader_of(self.receiver)) as content:
            if verified.statement.kind is Kind.VOID and content.manifest.resources:
                raise PackageFault("E_LAYOUT", entry=content.manifest.resources[0].path, reason="void")
            rows.take(_tables(content, lambda blob: blobs.take(connection, blob)), Checking(check, self.second))
        rows.give_back()
        blobs.done_with += rows.erase()
        return content.manifest.identity.have, content.secret

    def _clock_remark(self, statement: Statement, policy: Policy) -> str | None:
        """That a package is dated after today, by more than clocks may differ; an old date is only a stick that lay about."""
        ahead = statement.created - self.receiver.clock.now()
        return CLOCK if ahead > timedelta(hours=policy.clock_tolerance_h) else None

    def _put_aside(self, name: str, staged: Path, verified: Verified | None, fault: PackageFault) -> Taken:
        """Keep what cannot be taken: parked where it may be later, in quarantine with a report where it never will."""
        fate = fate_of(fault.code)
        verdict = PARKED_VERDICT if fate is Fate.PARKED else REFUSED
        if not self.dry_run and fate is not Fate.RETRY:
            folder = self.receiver.folder / (PARKED if fate is Fate.PARKED else QUARANTINE)
            report = {"file": name, "code": fault.code, "at": self.receiver.clock.now().isoformat(), "why": str(fault)}
            with disk_told(folder):
                rename(staged, folder / staged.name)
            write_whole(folder / (staged.stem + _REPORT), json.dumps(report, ensure_ascii=False, indent=1).encode())
            if verified is not None:
                self._note_fault(verified, verdict, fault.code)
        return Taken(file=name, verdict=verdict, code=fault.code, fault=fault)

    def _note_fault(self, verified: Verified, verdict: str, code: str) -> None:
        """Let the next receipt tell of a package whose signature was good; once, however often it is looked at."""
        with self.receiver.store.writing() as connection:
            if not _told(connection, verified, verdict, code):
                _note(connection, verified, verdict, code, self.receiver.clock, Tally())


def _tables(content: Content, keep: Callable[[Blob], None]) -> Iterator[Table]:
    """Kind and rows of each table; the content of attachments is kept where it comes."""
    for part in content:
        if isinstance(part, Rows):
            yield part.table.name, part.blocks
        else:
            keep(part)


def _size_of(path: Path) -> int:
    """Bytes of a file; none where it cannot be looked at, which reading it will tell."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _digest_of(path: Path) -> str:
    with disk_told(path), path.open("rb") as file:
        if (size := os.fstat(file.fileno()).st_size) > LARGEST:
            raise PackageFault("E_LIMIT", bytes=size, limit=LARGEST)
        return hashlib.file_digest(file, "sha256").hexdigest()


def _parked_name(path: Path) -> str:
    """The name that a parked file came under; empty where its report does not say."""
    try:
        return str(json.loads(path.with_suffix(_REPORT).read_bytes())["file"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _known(connection: Connection, verified: Verified) -> bool:
    return connection.execute(_arrived(verified).where(ArrivalRow.status == ACCEPTED)).first() is not None


def _told(connection: Connection, verified: Verified, status: str, code: str) -> bool:
    same = _arrived(verified).where(ArrivalRow.status == status, ArrivalRow.code == code)
    return connection.execute(same).first() is not None


def _arrived(verified: Verified) -> Select[str]:
    station = verified.statement.sender.station
    return select(ArrivalRow.digest).where(ArrivalRow.station == station, ArrivalRow.digest == verified.statement_digest)


def _note(connection: Connection, verified: Verified, status: str, code: str | None, clock: Clock, tally: Tally) -> None:
    sender, stream = verified.statement.sender, verified.statement.stream
    same = (ArrivalRow.station == sender.station) & (ArrivalRow.digest == verified.statement_digest)
    connection.execute(delete(ArrivalRow).where(same))  # it may have been parked before
    row = {
        "station": sender.station,
        "digest": verified.statement_digest,
        "seat": sender.seat,
        "epoch": stream.epoch,
        "seq": stream.seq,
        "prev": stream.prev,
        "kind": str(verified.statement.kind),
        "status": status,
        "code": code,
        "import_id": clock.new_id(),
        "taken_in": clock.now().isoformat(),
        "fresh": tally.fresh,
        "duplicate": tally.duplicate,
        "conflict": tally.conflict,
        "returned": tally.returned,
        "receipt": None,
    }
    connection.execute(insert(ArrivalRow), [row])


def _keep_secret(connection: Connection, verified: Verified, secret: str | None) -> None:
    if secret is not None:
        row = {"station": verified.statement.sender.station, "digest": verified.statement_digest, "secret": secret}
        connection.execute(insert(TakenSecretRow), [row])


def _acknowledge(connection: Connection, statement: Statement) -> None:
    """Note the newest receipt the seat has said it holds."""
    seat = (SeatRow.station == statement.sender.station) & (SeatRow.seat == statement.sender.seat)
    behind = update(SeatRow).where(seat, SeatRow.acked < statement.acks.receipt_seq)
    connection.execute(behind.values(acked=statement.acks.receipt_seq))
