"""Files signed by this computer for whoever checks them with common tools, and the list of keys to check them by."""

from dataclasses import dataclass
from pathlib import Path

from app.changes import Changes
from app.domain.rights import Right
from app.errors import Refused
from app.files import write_whole
from app.packages import ssh_signature
from app.packages.forms import STD_1
from app.packages.signers import principal_of, signers_of
from app.packages.ssh_signature import STATION
from app.packages.trust import SeatStatus
from app.queries.rights import check_may
from app.use_cases.sealing import enrolled_signer
from app.use_cases.trust import trusted_by
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSigned:
    """The signature beside a file, and the name by which a list of signers calls this computer."""

    path: Path
    principal: str
    changes: Changes = Changes.NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class SignersWritten:
    """A list of signers as a file: how many keys stand in it, and how many revoked computers do not."""

    path: Path
    keys: int
    left_out: int


def sign_file(workspace: Workspace, path: Path) -> FileSigned:
    """`FILE.sig` beside the file, by this computer's signing key; noted.

    Raises `Refused("not_allowed" | "no_trust" | "signer_not_enrolled")`, `Refused("folder_exists", path)` where a signature is
    there already, and what the disk raises.
    """
    check_may(workspace, Right.EXPORT)
    listed = trusted_by(workspace).trust_list
    signing = enrolled_signer(workspace, listed, STD_1.suite)
    seat = listed.seat_key(signing.keyid) if signing else None
    if signing is None or seat is None:
        raise Refused("signer_not_enrolled")
    beside = ssh_signature.sign_beside(path, STATION, signing)
    with workspace.writing() as books:
        books.note("file_signed", {"file": path.name})
    return FileSigned(path=beside, principal=principal_of(seat))


def write_allowed_signers(workspace: Workspace, path: Path) -> SignersWritten:
    """The keys of the trust list that this station believes, for `ssh-keygen -Y verify -f`.

    Raises `Refused("no_trust")` and what the disk raises.
    """
    trusted = trusted_by(workspace)
    signers, seats = signers_of(trusted.roots, trusted.trust_list), trusted.trust_list.seats
    write_whole(path, ssh_signature.allowed_signers(signers))
    return SignersWritten(path=path, keys=len(signers), left_out=sum(each.status is SeatStatus.REVOKED for each in seats))
