"""A receipt that came on paper: its QR codes are the receipt, a typed code only says that a package arrived."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.changes import Changes
from app.domain.rights import Right
from app.errors import Refused
from app.packages.receipt_codes import Gathered, gathered, is_code, plain_code, typed_code
from app.queries.rights import check_may
from app.storage import told_codes
from app.storage.outbox import Outbox
from app.use_cases.arrival import Brought, TakenIn
from app.use_cases.receiving import take_receipt
from app.workspace import Workspace

__all__ = ["Gathered", "is_code"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldByCode:
    """The number whose arrival a short code told; no proof of it."""

    epoch: int
    seq: int
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
    """Note that the body has told by its short code that a package arrived; records stay where they stand until the receipt.

    Raises `Refused("not_allowed" | "code_of_no_package")`.
    """
    check_may(workspace, Right.EXPORT)
    wanted = plain_code(typed)
    with workspace.writing() as books:
        numbers = Outbox(books.connection).numbers()
        sent = next((each for each in numbers if plain_code(typed_code(each.digest)) == wanted), None)
        if sent is None:
            raise Refused("code_of_no_package", code=typed[:40])
        told_codes.note(books.connection, sent.digest, workspace.clock.now())
        books.note("told_by_code", {"epoch": sent.epoch, "seq": sent.seq})
    return ToldByCode(epoch=sent.epoch, seq=sent.seq)
