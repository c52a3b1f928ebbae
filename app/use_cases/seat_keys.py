"""Another pair of keys for this computer: made and asked for here, used from the trust list on that names it.

Until then everything goes on with the pair before. What that one signed stays good; what was sealed to it can still be opened.
"""

import json
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.rights import Right
from app.errors import Refused
from app.keys.identities import ReceivingKey, SeatPair
from app.packages.forms import STD_1
from app.packages.receiving_key import make_receiving_key
from app.packages.trust import SeatStatus
from app.queries.rights import check_may
from app.storage.named_values import put_value
from app.use_cases.trust import RequestWritten, believed, trusted_by, write_request
from app.workspace import IDENTITY, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class PairState:
    """Whether this computer may ask for new keys, and whether it has asked and waits for the list."""

    possible: bool
    waiting: bool


def pair_state(workspace: Workspace) -> PairState:
    """How this computer's own keys stand; there is nothing to renew until the body lists them."""
    identity, trusted = workspace.identity(), believed(workspace)
    entry = trusted.seat_key(identity.signing.keyid) if trusted else None
    listed = entry is not None and entry.status is SeatStatus.ACTIVE
    possible = listed and trusted is not None and STD_1.suite in trusted.policy.suites
    return PairState(possible=possible, waiting=identity.coming is not None)


def ask_for_pair(workspace: Workspace, folder: Path) -> RequestWritten:
    """Make new keys, and the request for them as a file in `folder`; asked again, the same keys are asked for.

    Raises `Refused("folder_gone")` before anything is made, and as `make_pair` and `write_request` do.
    """
    if not folder.is_dir():
        raise Refused("folder_gone", path=str(folder))
    make_pair(workspace)
    return write_request(workspace, folder)


def make_pair(workspace: Workspace) -> None:
    """Make a new signing and a new receiving key, which `app.use_cases.trust.request_due` asks the body for from now on.

    A pair that was made before and is not listed yet stays the one that is asked for, so that a request under way is not made
    worthless. Raises `Refused("not_allowed" | "read_only" | "no_trust" | "not_enrolled" | "seat_revoked")`, and
    `Refused("suite_not_taken", suite)` where the body takes no packages that such keys seal.
    """
    check_may(workspace, Right.SETTINGS)
    identity, trusted = workspace.identity(), trusted_by(workspace)
    entry = trusted.seat_key(identity.signing.keyid)
    if entry is None:
        raise Refused("not_enrolled")
    if entry.status is SeatStatus.REVOKED:
        raise Refused("seat_revoked")
    if STD_1.suite not in trusted.policy.suites:
        raise Refused("suite_not_taken", suite=STD_1.suite)
    if identity.coming is not None:
        return
    secret, recipient = make_receiving_key()
    pair = SeatPair.make(ReceivingKey(secret=secret, recipient=recipient))
    with workspace.writing() as books:
        put_value(books.connection, IDENTITY, json.dumps(replace(identity, coming=pair).to_texts()).encode())
        books.note("seat_keys_made", {"seat": identity.seat_id})
