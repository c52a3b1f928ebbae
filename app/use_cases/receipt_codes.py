"""A receipt that came on paper: its QR codes are the receipt, a typed code settles one package that was taken in whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.changes import Changes
from app.domain.life import PACKAGE_LIFE, PackageEvent, PackageState
from app.domain.rights import Right
from app.errors import Refused
from app.packages.receipt_codes import Gathered, gathered, is_code, plain_code, typed_code
from app.queries.rights import check_may
from app.storage import told_codes
from app.storage.outbox import Outbox, Sent
from app.use_cases.arrival import Brought, TakenIn
from app.use_cases.receiving import take_receipt
from app.workspace import Workspace

__all__ = ["Gathered", "is_code"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldByCode:
    """The number that a short code settled; `known` where a receipt or the code had done so before."""

    epoch: int
    seq: int
    known: bool = False
    changes: Changes = Changes.EXCHANGE


def take_scanned(workspace: Workspace, scanned: Sequence[str]) -> TakenIn | Gathered:
    """Take in the receipt that these codes make, verified like its file; what is there so far where some are missing.

    Raises `Refused("not_allowed" | "no_trust")`, and what reading the codes and the receipt raises.
    """
    check_may(workspace, Right.EXPORT)
    found = gathered(scanned)
    if not found.document:
        return found
    return take_receipt(workspace, Brought(path=Path("回执单"), sort="receipt", document=found.document))


def tell_by_code(workspace: Workspace, typed: str) -> ToldByCode:
    """Settle the package of which the body tells by its short code that all of it was taken in and nothing returned.

    Only who opened the package can make the code. Raises `Refused("not_allowed" | "code_of_no_package")`.
    """
    check_may(workspace, Right.EXPORT)
    wanted = plain_code(typed)
    with workspace.writing() as books:
        outbox = Outbox(books.connection)
        sent = next((each for each in outbox.numbers() if _is_code_of(each, wanted)), None)
        if sent is None:
            raise Refused("code_of_no_package", code=typed[:40])
        known = sent.state == PackageState.RECEIVED
        if not known:
            after = PACKAGE_LIFE.after(sent.state, PackageEvent.RECEIVE)
            outbox.settle([(sent.digest, after, None)], None)
            told_codes.note(books.connection, sent.digest, workspace.clock.now())
            books.note("told_by_code", {"epoch": sent.epoch, "seq": sent.seq})
    return ToldByCode(epoch=sent.epoch, seq=sent.seq, known=known)


def _is_code_of(sent: Sent, wanted: str) -> bool:
    return sent.secret is not None and plain_code(typed_code(sent.digest, sent.secret)) == wanted
