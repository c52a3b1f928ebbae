"""Asking the body to revoke a computer that the station has ended: a file for the stick, and digits for the telephone."""

from pathlib import Path

from app.domain.rights import Right
from app.domain.station import SeatStatus
from app.domain.values import Id
from app.errors import Refused
from app.files import write_whole
from app.packages import receipt, revocation
from app.packages.bundle import Trusted
from app.packages.forms import STD_1
from app.packages.receipt import Receipt
from app.packages.revocation import Reason, RevocationRequest
from app.packages.trust import Cut
from app.queries.rights import check_may
from app.storage import sisters
from app.storage.database import Connection
from app.storage.outbox import Outbox
from app.use_cases.sealing import enrolled_signer
from app.use_cases.trust import Request, RequestWritten, trusted_by
from app.workspace import Workspace


def request_revocation(workspace: Workspace, seat: str) -> Request:
    """Ask the body to take nothing more of a computer that was ended here.

    Of one that others may hold nothing counts beyond the newest number that the receipts here name; of a retired one all that
    was taken in. Raises `Refused("not_allowed" | "no_trust" | "seat_unknown" | "seat_in_use")`.
    """
    check_may(workspace, Right.SETTINGS)
    trusted = trusted_by(workspace)
    with workspace.reading() as connection:
        records = {each.key_id: each for each in sisters.seat_records(connection, workspace.author.owner)}
        newest = _newest_receipt(connection, trusted, workspace.author.owner)
    if seat not in records:
        raise Refused("seat_unknown", seat=seat)
    if records[seat].status in {"", SeatStatus.ACTIVE}:
        raise Refused("seat_in_use", seat=seat)
    reason = Reason(str(records[seat].status))
    request = RevocationRequest(
        format=revocation.FORMAT,
        station=workspace.author.owner,
        seat=seat,
        reason=reason,
        after=None if reason is Reason.RETIRED else _last_named(newest, seat),
        created=workspace.clock.now().replace(microsecond=0),
    )
    signing = enrolled_signer(workspace, trusted.trust_list, STD_1.suite) or workspace.identity().signing
    content = revocation.sign_revocation(request, signing)
    return Request(content=content, digits=revocation.spoken_fingerprint(request))


def write_revocation(workspace: Workspace, seat: str, folder: Path) -> RequestWritten:
    """The request as a file in `folder`, which must be there; raises `Refused("folder_gone")`, and as asking does."""
    if not folder.is_dir():
        raise Refused("folder_gone", path=str(folder))
    request = request_revocation(workspace, seat)
    path = folder / f"revoke-{seat[:4]}.json"
    write_whole(path, request.content)
    return RequestWritten(path=path, digits=request.digits)


def _newest_receipt(connection: Connection, trusted: Trusted, station: Id) -> Receipt | None:
    kept = Outbox(connection).newest_receipt()
    return receipt.read_receipt(kept, trusted.roots, station=station, body=trusted.trust_list.body.code) if kept else None


def _last_named(newest: Receipt | None, seat: str) -> Cut | None:
    """The last number of a computer that a receipt names; receipts are cumulative and name packages of every computer."""
    named = {}
    for name, cursor in newest.cursors.items() if newest else ():
        whose, _slash, epoch = name.partition("/e")
        if whose == seat:
            named[int(epoch)] = max((cursor.through, *cursor.also))
    return Cut(epoch=max(named), seq=named[max(named)]) if named else None
