"""Packages between the computers of one station: what a sister seat lacks is sealed for her, what she sends is merged.

They are numbered apart from those for the body. Each says in `have` how far its maker has the journals of the others, by
stream `<seat>/<mark of its database>`; what a sister is not known to have goes, so a lost package needs no mending.
"""

import base64
import hashlib
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BufferedReader
from itertools import islice
from pathlib import Path
from typing import Final

from app import __version__
from app.changes import Changes
from app.domain.arrival import Incoming
from app.domain.erase_order import EraseOrder
from app.domain.ids import Stamp
from app.domain.kinds import KINDS
from app.domain.records import record_from
from app.domain.revisions import SCHEMA_VERSION, Revision, Written, is_erased
from app.domain.rights import Right
from app.domain.values import Id
from app.errors import Refused
from app.files import disk_told
from app.packages import senders
from app.packages.content import Blob, Content, Rows, open_content
from app.packages.envelope import PublicKey, keyid_of
from app.packages.faults import PackageFault
from app.packages.lines import SCHEMA_SET, columns_of
from app.packages.manifest import Chunk, Identity, Schema
from app.packages.opening import USUAL_POLICY, Verified, said_by, verify_package
from app.packages.pieces import Pieces
from app.packages.row import read_rows_exactly
from app.packages.seal import Contents, seal
from app.packages.senders import SenderKey, Senders
from app.packages.spool import CAP, Spool
from app.packages.statement import Acks, Heading, Kind, Producer, Sender, Stream
from app.progress import Progress
from app.queries.incoming import Weighing
from app.queries.rights import check_may
from app.storage import epochs, sisters
from app.storage.bulk import nothing_collected
from app.storage.conflicts import disputed_in
from app.storage.database import Connection
from app.storage.outbox import Candidate, Outbox
from app.storage.records import Arrived
from app.storage.sisters import Sister
from app.storage.transaction import Transaction
from app.use_cases.attachments import Intake, taking_in
from app.use_cases.erasing import finish, obey, sweep
from app.use_cases.outgoing_attachments import attachments_of
from app.use_cases.returns import about_suggestions, settle
from app.use_cases.rules import reckoned
from app.use_cases.sealing import Sealing, reader_of, sealing_for_sister
from app.use_cases.sister_seats import KnownSister, known_sisters
from app.use_cases.trust import believed, called
from app.workspace import Workspace

_PIECE: Final = 1 << 20
_AT_ONCE: Final = 5_000  # revisions read together
_HELD: Final = 100_000  # revisions in memory before their records are rebuilt
POLICY: Final = replace(USUAL_POLICY, contact=True)
"""What is taken from a sister seat; contact data never leaves the station by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForSister:
    """What was sealed for one sister seat; no paths where she has everything already."""

    seat: str
    records: int
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeersExported:
    """What was sealed for every sister seat that writes for the station."""

    sisters: tuple[ForSister, ...]
    changes: Changes = Changes.EXCHANGE


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerTaken:
    """What a sister seat's package brought: revisions that were new here, and records with two states since."""

    seat: str
    number: int
    new: int
    conflicts: int
    files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """How many revisions and files were new; whether an order to erase came, and the files that nothing names any more."""

    new: int
    files: int
    erased: bool
    unneeded: tuple[str, ...]

    def finish(self, workspace: Workspace) -> None:
        """To be done once it is committed: of what was erased nothing stays on the disk."""
        if self.erased:
            sweep(workspace)
        if self.erased or self.unneeded:
            finish(workspace, self.unneeded)


@dataclass(slots=True)
class _Part:
    """The lines of one package."""

    spool: Spool
    first: int
    last: int
    kinds: set[str] = field(default_factory=set)
    records: set[Id] = field(default_factory=set)
    have: Mapping[str, int] = field(default_factory=dict)  # how far this seat has the others' journals, where it says so


def stream_of(connection: Connection, seat: str) -> str:
    """The name of this seat's journal in `have`: another one once the database was restored or copied."""
    return f"{seat}/{epochs.incarnation_of(connection)[:8]}"


# --- sealing -----------------------------------------------------------------------------------------------------------


def export_for_sisters(workspace: Workspace, folder: Path, *, progress: Progress | None = None, cap: int = CAP) -> PeersExported:
    """Seal for each sister seat what she is not known to have, into `folder`.

    Raises `Refused("not_allowed" | "no_sister" | "cancelled")` and what sealing and the disk raise.
    """
    check_may(workspace, Right.EXPORT)
    sealed = seal_for_sisters(workspace, folder, progress or Progress(), cap=cap)
    if not sealed:
        raise Refused("no_sister")
    return PeersExported(sisters=sealed)


def seal_for_sisters(
    workspace: Workspace, folder: Path, progress: Progress, *, cap: int = CAP, by_body: bool = False
) -> tuple[ForSister, ...]:
    """What every sister seat that writes is not known to have, sealed into `folder`; none where there is no such seat.

    What goes `by_body` is for those seats alone that the body has enrolled, and that have a key of a suite it takes. Raises
    `Refused("sister_without_suite", seat)` where one has none and it does not, and what sealing and the disk raise.
    """
    trusted = believed(workspace)
    listed = trusted.trust_list if trusted else None
    writing = [each.sister for each in known_sisters(workspace) if each.writes and (each.listed or not by_body)]
    sealings = [(each, sealing_for_sister(workspace, listed, each)) for each in writing]
    ready = [(each, sealing) for each, sealing in sealings if sealing]
    if len(ready) < len(sealings) and not by_body:
        raise Refused("sister_without_suite", seat=next(each.seat for each, sealing in sealings if not sealing))
    if not ready:
        return ()
    with workspace.writing() as books:
        if not epochs.incarnation_of(books.connection):
            epochs.mark(books.connection)
    with disk_told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    return tuple(_seal_for(workspace, each, sealing, folder, progress, cap) for each, sealing in ready)


def _seal_for(workspace: Workspace, sister: Sister, sealing: Sealing, folder: Path, progress: Progress, cap: int) -> ForSister:
    with workspace.reading() as connection:
        after = sisters.known_by(connection, sister.seat, stream_of(connection, workspace.author.by))
        lines = Outbox(connection).lines_for(sister.seat, after, sisters.lost_by(connection, sister.seat))
        paths: list[Path] = []
        records: set[Id] = set()
        waiting: Candidate | None = None
        newest, have = Outbox(connection).newest_line(), sisters.have(connection)
        progress.begin("packing", max(0, newest - after))
        while True:
            part, waiting = _gather(lines, waiting, after, newest, cap, progress)
            if not part.records:
                break
            # How far it has other journals it says with the last alone: whoever reads that has all that it wrote before.
            part.have = {} if waiting else have
            paths += _seal_part(workspace, sister, sealing, part, folder, progress)
            records |= part.records
            after = part.last
    return ForSister(seat=sister.seat, records=len(records), paths=tuple(paths))


def _gather(
    lines: Iterator[Candidate], waiting: Candidate | None, after: int, newest: int, cap: int, progress: Progress
) -> tuple[_Part, Candidate | None]:
    part = _Part(Spool(cap), first=after + 1, last=after)
    line = waiting or next(lines, None)
    while line is not None:
        if not is_erased(line.line):
            if not part.spool.add(line.kind, line.line):
                return part, line
            part.kinds.add(line.kind)
            part.records.add(line.record)
        part.last = line.seq
        progress.advance()
        line = next(lines, None)
    part.last = newest
    return part, None


def _seal_part(
    workspace: Workspace, sister: Sister, sealing: Sealing, part: _Part, folder: Path, progress: Progress
) -> list[Path]:
    """The lines with as many of their files as there is room for, and further packages with the other files."""
    with workspace.reading() as connection:
        groups = attachments_of(workspace, connection, part.records, progress) or [[]]
        stream = stream_of(connection, workspace.author.by)
    contents = Contents(
        schema=Schema(set=SCHEMA_SET, version=SCHEMA_VERSION, min_reader=SCHEMA_VERSION),
        tables=part.spool.finish(),
        columns={kind: columns_of(KINDS[kind]) for kind in part.kinds},
        attachments=groups[0],
        change_range=(part.first, part.last),
        have={**part.have, stream: part.last},
    )
    more = [replace(contents, tables=(), attachments=group, change_range=None) for group in groups[1:]]
    return [_seal_one(workspace, sister, sealing, each, folder) for each in (contents, *more)]


def _seal_one(workspace: Workspace, sister: Sister, sealing: Sealing, contents: Contents, folder: Path) -> Path:
    with workspace.reading() as connection:
        seq, digest = sisters.last_package(connection)
    heading = _heading(workspace, sister, seq + 1, digest, sealing.suite)
    target = folder / f"llz-{workspace.author.owner[-12:]}-{workspace.author.by[:4]}-{sister.seat[:4]}-p-{seq + 1:06d}.llz"
    sealed = seal(target, heading, contents, recipients=sealing.recipients, signer=sealing.signer)
    with workspace.writing() as books:
        sisters.put_last_package(books.connection, seq + 1, sealed.digest)
        books.note("peer_sealed", {"seat": sister.seat, "seq": seq + 1, "digest": sealed.digest})
    return target


def _heading(workspace: Workspace, sister: Sister, seq: int, prev: str | None, suite: str) -> Heading:
    return Heading(
        suite=suite,
        kind=Kind.PEER,
        package_id=workspace.clock.new_id(),
        sender=_sender(workspace, workspace.author.by),
        to=(workspace.author.owner, sister.seat),
        stream=Stream(epoch=1, seq=seq, prev=prev, fills=()),
        created=workspace.clock.now().replace(microsecond=0),
        acks=Acks(receipt_seq=0, trust_version=0),
        producer=Producer(app="liaison-station", version=__version__),
    )


def _sender(workspace: Workspace, seat: str) -> Sender:
    return Sender(province=called(workspace).code[:2], station=workspace.author.owner, seat=seat)


# --- taking in ---------------------------------------------------------------------------------------------------------


def verified_peer(workspace: Workspace, path: Path) -> Verified:
    """The package of a sister seat in a file, verified; raises `PackageFault`, E_REVOKED for one that writes no longer."""
    us = frozenset({workspace.author.owner})
    return verify_package(path, sister_senders(workspace), now=workspace.clock.now(), us=us)


def own_peer(workspace: Workspace, path: Path) -> int:
    """The number of a package that says it is this seat's own for a sister, which is passed over; 0 for any other."""
    with disk_told(path), path.open("rb") as file:
        said = said_by(file)
    return said.stream.seq if said and said.sender.seat == workspace.author.by else 0


def for_another(workspace: Workspace, path: Path) -> int:
    """The number of a package that says it is for another computer of this station, which is passed over; 0 for any other."""
    with disk_told(path), path.open("rb") as file:
        said = said_by(file)
    own = workspace.author
    named = said is not None and own.owner in said.to and len(said.to) > 1 and own.by not in said.to
    return said.stream.seq if said and named else 0


def weighed(workspace: Workspace, verified: Verified, owners: frozenset[Id]) -> Incoming:
    """What the rows of a verified package would do here; all of it is decrypted and checked for that. Raises as taking it in."""
    with workspace.reading() as connection, open_content(verified, reader_of(workspace)) as content:
        weighing = Weighing(connection)
        for each in revisions_in(content, owners, weighing):
            weighing.add(each)
        return weighing.result()


def revisions_in(content: Content, owners: frozenset[Id], weighing: Weighing) -> Iterator[list[Revision]]:
    """The revisions of an open package, some at a time; its files are told to `weighing`, each read and compared with its digest.

    Raises as `take_content` does.
    """
    parts = iter(content)
    for part in parts:
        if isinstance(part, Rows):
            for batch in batches(part, owners):
                yield [each for each, _written in batch]
        else:
            digest = hashlib.sha256()
            for piece in _joined(part, parts):
                digest.update(piece)
            _check_content(part.chunk, digest.hexdigest())
            weighing.add_file(digest.hexdigest())


def sister_senders(workspace: Workspace) -> Senders:
    """Every sister seat that is known, as senders whose packages may be taken, by the suites that the body takes."""
    trusted = believed(workspace)
    policy = replace(POLICY, suites=trusted.policy.suites) if trusted else POLICY
    known = [(each, key) for each in known_sisters(workspace) for key in each.keys]
    return senders.sisters((_sender_key(workspace, each, base64.b64decode(key)) for each, key in known), policy)


def _sender_key(workspace: Workspace, known: KnownSister, key: bytes) -> SenderKey:
    return SenderKey(
        key=PublicKey(keyid=keyid_of(key), key=key),
        sender=_sender(workspace, known.sister.seat),
        until=None if known.writes or known.last_day else (0, 0),
        not_after=None,
        last_day=known.last_day,
    )


def take_peer(workspace: Workspace, path: Path) -> PeerTaken:
    """Merge what a sister seat has sealed for this one: all of it or nothing; taken again it changes nothing.

    Raises `PackageFault`, E_NO_KEY for what was sealed for another seat, and what reading the rows raises.
    """
    verified = verified_peer(workspace, path)
    sender, seq = verified.statement.sender.seat, verified.statement.stream.seq
    owners = owners_of(workspace)
    with taking_in(workspace) as contents, workspace.writing() as books:
        before = disputed_in(books.connection)
        with open_content(verified, reader_of(workspace)) as content, reckoned(workspace, books):
            _note_stream(books.connection, sender, content.manifest.identity)
            merged = take_content(books, contents, content, owners)
            _note_have(books.connection, workspace.author.by, sender, content.manifest.identity)
        sisters.put_heard(books.connection, sender, workspace.clock.now())
        sisters.put_taken(books.connection, verified.statement_digest, seq)
        books.note("peer", {"seat": sender, "seq": seq, "digest": verified.statement_digest, "records": merged.new})
        conflicts = len(disputed_in(books.connection) - before)
    merged.finish(workspace)
    return PeerTaken(seat=sender, number=seq, new=merged.new, conflicts=conflicts, files=merged.files)


def take_content(books: Transaction, contents: Intake, content: Content, owners: frozenset[Id]) -> Merged:
    """Merge the rows and keep the files of an open package, and erase what it orders.

    Raises `PackageFault`, E_SCOPE for a record that none of `owners` has, and for an order that is not the station's own.
    """
    merging = _Merging(books)
    with nothing_collected():
        _merge(merging, contents, content, owners)
    contents.keep(books)
    arrived = contents.digests()
    unneeded = obey(books, merging.orders, arrived) if merging.orders or arrived else []
    settle(books, merging.suggestions)
    return Merged(new=merging.new, files=contents.new, erased=bool(merging.orders), unneeded=tuple(unneeded))


def _merge(merging: "_Merging", contents: Intake, content: Content, owners: frozenset[Id]) -> None:
    parts = iter(content)
    for part in parts:
        if isinstance(part, Rows):
            for batch in batches(part, owners):
                merging.take(batch)
        else:
            whole = BufferedReader(Pieces(_joined(part, parts)), _PIECE)
            _check_content(part.chunk, contents.take_content(whole).sha256)
    merging.finish()


def _check_content(chunk: Chunk, sha256: str) -> None:
    """Raise `PackageFault` E_RESOURCE_HASH where a whole content has another digest than its first piece announced."""
    if sha256 != chunk.blob.id.removeprefix("sha256:"):
        raise PackageFault("E_RESOURCE_HASH", entry=chunk.path)


class _Merging:
    """Writes rows into the journal as they come, and rebuilds their records once, however many states came of each."""

    def __init__(self, books: Transaction) -> None:
        self._books = books
        self._waiting: Arrived = {}
        self._held = 0
        self.new = 0
        self.suggestions: set[Id] = set()
        self.orders: list[EraseOrder] = []

    def take(self, rows: list[tuple[Revision, Written]]) -> None:
        self._books.meet(Stamp.parse(max(each.hlc for each, _written in rows)))
        self.suggestions.update(about_suggestions([each for each, _written in rows], self._books.author.owner))
        for record, fresh in self._books.records.add(rows).items():
            self._waiting.setdefault(record, []).extend(fresh)
            self._held += len(fresh)
            self.orders += (self._order(each) for _seq, each in fresh if each.kind == EraseOrder.traits.name)
        if self._held >= _HELD:
            self.finish()

    def _order(self, said: Revision) -> EraseOrder:
        """An order of the station itself: nobody else lets go what it holds."""
        if said.owner != self._books.author.owner:
            raise PackageFault("E_SCOPE", id=said.id, owner=said.owner)
        return record_from(EraseOrder, said.id, said.body)

    def finish(self) -> None:
        """Nothing waits any more."""
        self.new += self._held
        self._books.records.rebuild(self._waiting)
        self._waiting, self._held = {}, 0


def batches(rows: Rows, owners: frozenset[Id]) -> Iterator[list[tuple[Revision, Written]]]:
    """The lines of a table, some at a time, each checked; raises `Refused("reply_unknown_kind")`, `PackageFault` E_SCOPE."""
    kind = rows.table.name
    if kind not in KINDS:
        raise Refused("reply_unknown_kind", kind=kind)
    lines = iter(rows)
    while batch := read_rows_exactly(islice(lines, _AT_ONCE), kind):
        for each, _written in batch:
            if each.owner not in owners:
                raise PackageFault("E_SCOPE", id=each.id, owner=each.owner)
        yield batch


def _note_stream(connection: Connection, sender: str, said: Identity) -> None:
    """Remember which of our lines came before a sister spoke as she does now; to be done before any of hers is taken."""
    newest = Outbox(connection).newest_line()
    for stream in said.have:
        if stream.partition("/")[0] == sender:
            sisters.note_stream(connection, sender, stream, newest)


def _note_have(connection: Connection, own: str, sender: str, said: Identity) -> None:
    """Remember how far the sister's journal is here without a gap, and how far she has ours."""
    have, ours, here = sisters.have(connection), stream_of(connection, own), False
    for stream, through in said.have.items():
        seat = stream.partition("/")[0]
        if seat == own and stream == ours:
            sisters.put_known(connection, sender, stream, through)
        elif seat == sender and said.change_range and said.change_range[0] <= have.get(stream, 0) + 1:
            sisters.put_have(connection, stream, max(have.get(stream, 0), said.change_range[1]))
            here = True
    if here and ours in said.have:
        sisters.put_settled(connection, sender, ours, said.have[ours])


def owners_of(workspace: Workspace) -> frozenset[Id]:
    """Whose records the seats of a station hold: the station's, and what bodies answered them."""
    trusted = believed(workspace)
    return frozenset({workspace.author.owner} | ({trusted.trust_list.body.id} if trusted else set()))


def _joined(first: Blob, parts: Iterator[Rows | Blob]) -> Generator[bytes, None, None]:
    """A content that comes in several chunks, from the first of them on; raises `PackageFault` where one is out of its place."""
    place = first.chunk.blob
    part: Rows | Blob | None = first
    left = place.size
    while True:
        if not isinstance(part, Blob) or part.chunk.blob.id != place.id or part.chunk.blob.size - part.chunk.blob.offset != left:
            raise PackageFault("E_LAYOUT", entry=first.chunk.path, reason="chunk")
        yield from part
        left -= part.chunk.bytes
        if left <= 0:
            return
        part = next(parts, None)
