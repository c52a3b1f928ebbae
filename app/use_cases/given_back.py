"""A restore package: what the body holds of this station, given back to a computer that has lost its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.domain.epoch import EpochReason
from app.domain.values import Id
from app.packages import senders
from app.packages.bundle import Trusted
from app.packages.content import open_content
from app.packages.faults import PackageFault
from app.packages.opening import Verified, verify_package
from app.packages.statement import Kind
from app.storage import epochs
from app.storage.outbox import Outbox
from app.storage.transaction import Transaction
from app.use_cases.attachments import taking_in
from app.use_cases.peers import take_content
from app.use_cases.sealing import reader_of
from app.use_cases.trust import trusted_by
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenBack:
    """What came back: revisions that were not here, and files."""

    number: int
    new: int
    files: int


def verified_restore(workspace: Workspace, path: Path, trusted: Trusted) -> Verified:
    """The body's restore package in a file, verified; raises `PackageFault`."""
    body = senders.body(trusted.roots, trusted.trust_list)
    verified = verify_package(path, body, now=workspace.clock.now(), us=frozenset({workspace.author.owner}))
    if verified.statement.kind is not Kind.RESTORE:
        raise PackageFault("E_TYPE", found=str(verified.statement.kind))
    return verified


def owners_by(workspace: Workspace, trusted: Trusted) -> frozenset[Id]:
    """Whose records a body gives back: the station's, and its own answers."""
    return frozenset({workspace.author.owner, trusted.trust_list.body.id})


def take_restore(workspace: Workspace, path: Path) -> GivenBack:
    """Merge what the body gives back, all of it or nothing; the next hand-in of a computer it knows begins a new epoch.

    Raises `Refused("no_trust")`, `PackageFault`, E_NO_KEY for what was sealed for another computer.
    """
    trusted = trusted_by(workspace)
    verified = verified_restore(workspace, path, trusted)
    owners = owners_by(workspace, trusted)
    with taking_in(workspace) as contents, workspace.writing() as books:
        with open_content(verified, reader_of(workspace)) as content:
            merged = take_content(books, contents, content, owners)
            _begin_anew(books, content.manifest.identity.have)
        seq = verified.statement.stream.seq
        books.note("restored", {"seq": seq, "digest": verified.statement_digest, "records": merged.new})
    merged.finish(workspace)
    return GivenBack(number=seq, new=merged.new, files=merged.files)


def _begin_anew(books: Transaction, known: Mapping[str, int]) -> None:
    """Numbers that the body has of this computer are not given away again."""
    own = [int(stream.partition("/e")[2]) for stream in known if stream.partition("/e")[0] == books.author.by]
    if own and max(own) >= epochs.epoch_of(books.connection):
        epochs.put_floor(books.connection, max(own))
        last = Outbox(books.connection).last()
        if last is None or (last.epoch, last.seq) < (max(own), known[f"{books.author.by}/e{max(own)}"]):
            epochs.put_due(books.connection, EpochReason.FROM_BODY)
