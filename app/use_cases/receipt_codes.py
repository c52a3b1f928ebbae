"""A receipt that came on paper: its QR codes are the receipt, a typed code settles one package that was taken in whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.changes import Changes
from app.domain.checked_groups import GROUP_DIGITS, Misread
from app.domain.life import PACKAGE_LIFE, PackageEvent, PackageState
from app.domain.rights import Right
from app.errors import Refused
from app.packages.receipt_codes import TYPED_GROUPS, Gathered, Typed, gathered, is_code, read_typed
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

    Only who opened the package can make the code. Raises `Refused("not_allowed")`, `Refused("short_code_shape" |
    "short_code_groups")` of what was typed, and `Refused("code_of_no_package" | "code_not_of_package" | "code_not_believed")`.
    """
    check_may(workspace, Right.EXPORT)
    code = _read(typed)
    with workspace.writing() as books:
        outbox = Outbox(books.connection)
        sent = _meant(outbox.numbers(), code)
        known = sent.state == PackageState.RECEIVED
        if not known:
            after = PACKAGE_LIFE.after(sent.state, PackageEvent.RECEIVE)
            outbox.settle([(sent.digest, after, None)], None)
            told_codes.note(books.connection, sent.digest, workspace.clock.now())
            books.note("told_by_code", {"epoch": sent.epoch, "seq": sent.seq})
    return ToldByCode(epoch=sent.epoch, seq=sent.seq, known=known)


def _read(typed: str) -> Typed:
    try:
        return read_typed(typed)
    except Misread as slip:
        if slip.groups:
            raise Refused("short_code_groups", groups=slip.groups) from None
        raise Refused("short_code_shape", code=typed[:40], expected=TYPED_GROUPS * GROUP_DIGITS) from None


def _meant(numbers: Sequence[Sent], code: Typed) -> Sent:
    """The package of which the code tells; a number may stand once in each epoch."""
    same = [each for each in numbers if each.seq == code.number]
    if not same:
        raise Refused("code_of_no_package", number=code.number)
    if all(each.secret is None for each in same):
        raise Refused("code_not_believed", number=code.number)
    for each in same:
        if each.secret is not None and code.proves(each.digest, each.secret):
            return each
    raise Refused("code_not_of_package", number=code.number)
