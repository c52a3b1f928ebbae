"""By which suite this computer seals, with which of its keys, to whose; the body's list says which suites are taken."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.revisions import SCHEMA_VERSION
from app.errors import Refused
from app.keys.identities import SeatIdentity
from app.packages.bundle import Trusted
from app.packages.content import Reader
from app.packages.envelope import Signer
from app.packages.forms import FORMS, GM_1, STD_1
from app.packages.lines import SCHEMA_SET
from app.packages.sm2_keys import receiving_key_of, signing_key_of
from app.packages.trust import SeatEntry, SeatStatus, TrustList
from app.storage.sisters import Sister
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealing:
    """A suite, the key that signs and the keys to seal to."""

    suite: str
    signer: Signer
    recipients: Sequence[str]


def sealing_for_body(workspace: Workspace, trusted: Trusted) -> Sealing:
    """By the first suite the body takes for which both ends have keys.

    Raises `Refused("not_enrolled")` where the body knows no key of this computer, `Refused("seat_revoked")`,
    `Refused("keys_older")` where it knows newer ones than are here, `Refused("suite_unknown", suite)` where it takes none that
    this program knows, `Refused("suite_not_enrolled", suite)` where it takes none that this computer has an enrolled key for.
    """
    listed = trusted.trust_list
    status = listed.status_of(workspace.author.by)
    if status is None:
        raise Refused("not_enrolled")
    if status is SeatStatus.REVOKED:
        raise Refused("seat_revoked")
    if enrolled_signer(workspace, listed, STD_1.suite) is None:
        raise Refused("keys_older")
    for suite in listed.policy.suites:
        signer, recipients = enrolled_signer(workspace, listed, suite), listed.recipients_of(suite)
        if signer and recipients:
            return Sealing(suite=suite, signer=signer, recipients=recipients)
    known = [suite for suite in listed.policy.suites if suite in {each.suite for each in FORMS}]
    if not known:
        raise Refused("suite_unknown", suite=", ".join(listed.policy.suites))
    raise Refused("suite_not_enrolled", suite=known[0])


def sealing_for_sister(workspace: Workspace, listed: TrustList | None, sister: Sister) -> Sealing | None:
    """By the first suite the body takes for which both computers have enrolled keys; before a body is trusted, std-1.

    One that the body does not list knows the first key of this computer, from its card, and no later one. None where the body
    takes none that both have keys for.
    """
    for suite in listed.policy.suites if listed else (STD_1.suite,):
        if suite == STD_1.suite:
            newer = [each.receiving for each in keys_of_seat(listed, sister.seat, suite)]
            own = enrolled_signer(workspace, listed, suite) if listed and newer else None
            return Sealing(suite=suite, signer=own or workspace.identity().signing, recipients=newer or [sister.receiving])
        signer = enrolled_signer(workspace, listed, suite) if listed else None
        keys = [each.receiving for each in keys_of_seat(listed, sister.seat, suite)]
        if signer and keys:
            return Sealing(suite=suite, signer=signer, recipients=keys)
    return None


def keys_of_seat(listed: TrustList | None, seat: str, suite: str) -> list[SeatEntry]:
    """The entries in use of a computer's keys of one suite."""
    entries = listed.seats if listed else ()
    return [each for each in entries if (each.seat, each.form.suite, each.status) == (seat, suite, SeatStatus.ACTIVE)]


def suite_wanted(workspace: Workspace, trusted: Trusted) -> str:
    """The suite that the body rather takes and this computer has no enrolled key for; empty where there is none.

    Only an enrolled computer can ask for a further key.
    """
    listed = trusted.trust_list
    wanted = listed.policy.suites[0] == GM_1.suite and listed.recipients_of(GM_1.suite)
    if listed.status_of(workspace.author.by) is not SeatStatus.ACTIVE or not wanted:
        return ""
    return "" if enrolled_signer(workspace, listed, GM_1.suite) else GM_1.suite


def reader_of(workspace: Workspace) -> Reader:
    """What this seat can open and read."""
    identity = workspace.identity()
    return Reader(
        identities=[each.receiving.secret for each in identity.pairs],
        schema_set=SCHEMA_SET,
        schema_version=SCHEMA_VERSION,
        unwrappers=[receiving_key_of(each.receiving) for each in identity.sm2_keys],
    )


def enrolled_signer(workspace: Workspace, listed: TrustList, suite: str) -> Signer | None:
    """The newest key of this computer for a suite that the body's list has in use; None where it has none of those here."""
    identity = workspace.identity()
    in_use = {each.keyid for each in keys_of_seat(listed, identity.seat_id, suite)}
    return next((each for each in own_signers(identity, suite) if each.keyid in in_use), None)


def own_signers(identity: SeatIdentity, suite: str) -> Sequence[Signer]:
    """The signing keys of this computer for a suite, the newest first, listed or not."""
    if suite == STD_1.suite:
        return [each.signing for each in identity.pairs]
    return [signing_key_of(each.signing) for each in identity.sm2_keys] if suite == GM_1.suite else []
