"""New signing and receiving keys of this computer, which the body lists by a request that the keys until now vouch for.

Packages are sealed by the new ones from the trust list on that has them; the body ends the old ones with the first of those.
"""

from dataclasses import dataclass
from pathlib import Path

from app.changes import Changes
from app.domain.rights import Right
from app.errors import Refused
from app.keys.identities import ReceivingKey, SeatPair, SigningKey
from app.packages.forms import STD_1
from app.packages.receiving_key import make_receiving_key
from app.packages.trust import SeatStatus
from app.queries.rights import check_may
from app.use_cases import trust
from app.use_cases.sealing import enrolled_signer
from app.use_cases.trust import trusted_by
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysRenewed:
    """The request for the new keys as a file, and the digits to read out."""

    path: Path
    digits: str
    changes: Changes = Changes.EXCHANGE


def renew_keys(workspace: Workspace, folder: Path) -> KeysRenewed:
    """Make new keys, and write the request by which the body lists them, into `folder`, which must be there.

    Keys that were made before and are not listed yet are asked for once more; none are made beside them. Raises
    `Refused("not_allowed" | "no_trust" | "not_enrolled" | "seat_revoked" | "keys_older")`, and as `write_request` does.
    """
    check_may(workspace, Right.SETTINGS)
    trusted = trusted_by(workspace)
    status = trusted.trust_list.status_of(workspace.author.by)
    if status is not SeatStatus.ACTIVE:
        raise Refused("not_enrolled" if status is None else "seat_revoked")
    if enrolled_signer(workspace, trusted.trust_list, STD_1.suite) is None:
        raise Refused("keys_older")
    if not folder.is_dir():
        raise Refused("folder_gone", path=str(folder))
    if not trust.keys_unlisted(workspace, trusted):
        _make(workspace)
    written = trust.write_request(workspace, folder)
    return KeysRenewed(path=written.path, digits=written.digits)


def _make(workspace: Workspace) -> None:
    """A new pair of each suite that this computer has keys for."""
    identity = workspace.identity()
    secret, recipient = make_receiving_key()
    pair = SeatPair(signing=SigningKey.make(), receiving=ReceivingKey(secret=secret, recipient=recipient))
    renewed = identity.with_pair(pair)
    with workspace.writing() as books:
        trust.keep_identity(books, renewed.with_sm2(trust.new_sm2()) if identity.sm2 else renewed)
        books.note("keys_renewed", {"keyid": pair.signing.keyid})
