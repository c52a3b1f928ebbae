"""The one list of what can be brought to a station: for each sort how it is looked at, and how it is taken in.

What stands here can be double-clicked, dropped, chosen, found on a stick, fetched, or named on the command line: all of them
ask this list. Receipts, replies, trust and records given back are the body's word and are not taken back again; reference data is
set back as a whole; what a sister seat sends is undone record by record, and a co-signature by the undo of its suggestion.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from app.changes import Changes
from app.domain.arrival import TrustBrought, Verdict
from app.errors import Refused
from app.packages import cosign_file, enrolment
from app.packages.bundle import Trusted, read_bundle
from app.packages.cosign_file import CosignRequest, Said
from app.use_cases.arrival import Arrival, Brought, TakenIn
from app.use_cases.cosign_files import read_answer, take_answer
from app.use_cases.given_back import owners_by, take_restore, verified_restore
from app.use_cases.peers import for_another, own_peer, owners_of, take_peer, verified_peer, weighed
from app.use_cases.receiving import look_at_receipt, look_at_reply, take_receipt, take_reply
from app.use_cases.reference import look_at_reference, take_reference
from app.use_cases.trust import begins_escrow, believed, state_of, take_trust, trusted_by
from app.workspace import Workspace

Look = Callable[[Workspace, Brought, Trusted | None], Arrival]
Take = Callable[[Workspace, Brought, str | None], TakenIn]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """How a sort is looked at, measured by whom the station (or a trust file beside it) trusts; and how it is taken in.

    Both raise why it cannot be. `take` is given the fingerprint that a person compared, which only trust asks for.
    """

    look: Look
    take: Take


def newly_trusted(workspace: Workspace, brought: Brought) -> Trusted:
    """Whom the station would trust after a trust file; raises what `Trusted.pin` and `Trusted.update` raise."""
    bundle, before, station = read_bundle(brought.document), believed(workspace), workspace.author.owner
    return before.update(bundle, station) if before else Trusted.pin(bundle, None, station)


# --- trust ------------------------------------------------------------------------------------------------------------


def _look_at_trust(workspace: Workspace, brought: Brought, _trusted: Trusted | None) -> Arrival:
    before, trusted = believed(workspace), newly_trusted(workspace, brought)
    known = _trusts_the_same(before, trusted)
    state = state_of(workspace, trusted)
    return Arrival(
        path=brought.path,
        what="trust",
        verdict=Verdict.KNOWN if known else Verdict.NEW,
        number=trusted.trust_list.version,
        issued=trusted.trust_list.issued,
        trust_list=TrustBrought(
            body=state.name or state.body,
            expires=state.expires,
            enrolment=state.enrolment,
            escrow=begins_escrow(before, trusted),
        ),
        trust=state,
        first=before is None,
    )


def _take_trust(workspace: Workspace, brought: Brought, fingerprint: str | None) -> TakenIn:
    before = believed(workspace)
    taken = take_trust(workspace, brought.document, fingerprint)
    verdict = "duplicate" if _trusts_the_same(before, trusted_by(workspace)) else "accepted"
    return TakenIn(file=brought.path.name, what="trust", verdict=verdict, number=taken.version)


def _trusts_the_same(before: Trusted | None, after: Trusted) -> bool:
    return before is not None and after.trust_list == before.trust_list and after.roots == before.roots


# --- packages ---------------------------------------------------------------------------------------------------------


def _look_at_restore(workspace: Workspace, brought: Brought, trusted: Trusted | None) -> Arrival:
    body = _sure(trusted)
    verified = verified_restore(workspace, brought.path, body)
    incoming = weighed(workspace, verified, owners_by(workspace, body))
    stated = verified.statement
    return Arrival(path=brought.path, what="restore", number=stated.stream.seq, issued=stated.created, incoming=incoming)


def _take_restore(workspace: Workspace, brought: Brought, _fingerprint: str | None) -> TakenIn:
    back = take_restore(workspace, brought.path)
    verdict = "accepted" if back.new or back.files else "duplicate"
    told = TakenIn(file=brought.path.name, what="restore", verdict=verdict, number=back.number, records=back.new)
    return replace(told, changes=~Changes.NOTHING)


def _look_at_peer(workspace: Workspace, brought: Brought, _trusted: Trusted | None) -> Arrival:
    if own := own_peer(workspace, brought.path):
        return Arrival(path=brought.path, what="own_peer", verdict=Verdict.KNOWN, number=own)
    if others := for_another(workspace, brought.path):
        return Arrival(path=brought.path, what="others", verdict=Verdict.KNOWN, number=others)
    verified = verified_peer(workspace, brought.path)
    incoming = weighed(workspace, verified, owners_of(workspace))
    stated = verified.statement
    return Arrival(path=brought.path, what="peer", number=stated.stream.seq, issued=stated.created, incoming=incoming)


def _take_peer(workspace: Workspace, brought: Brought, _fingerprint: str | None) -> TakenIn:
    if own := own_peer(workspace, brought.path):
        return TakenIn(file=brought.path.name, what="own_peer", verdict="duplicate", number=own)
    if others := for_another(workspace, brought.path):
        return TakenIn(file=brought.path.name, what="others", verdict="duplicate", number=others)
    peer = take_peer(workspace, brought.path)
    verdict = "accepted" if peer.new or peer.files else "duplicate"
    told = TakenIn(file=brought.path.name, what="peer", verdict=verdict, number=peer.number, records=peer.new)
    return replace(told, conflicts=peer.conflicts, changes=~Changes.NOTHING)


def _sure(trusted: Trusted | None) -> Trusted:
    if trusted is None:
        raise Refused("no_trust")
    return trusted


# --- co-signatures, and cards of computers ------------------------------------------------------------------------------


def _look_at_request(_workspace: Workspace, brought: Brought, _trusted: Trusted | None) -> Arrival:
    asked = cosign_file.read_file(brought.document)
    digits = cosign_file.spoken_digits(brought.document)
    arrival = Arrival(path=brought.path, what="cosign_request", verdict=Verdict.ASKS, name=asked.deputy.name, digits=digits)
    return replace(arrival, issued=asked.created)


def _answer_request(_workspace: Workspace, brought: Brought, _fingerprint: str | None) -> TakenIn:
    request = cosign_file.read_file(brought.document)
    raise Refused("cosign_to_answer", name=request.deputy.name if isinstance(request, CosignRequest) else "")


def _look_at_answer(workspace: Workspace, brought: Brought, _trusted: Trusted | None) -> Arrival:
    came = read_answer(workspace, brought.document)
    return Arrival(
        path=brought.path,
        what="cosign_answer",
        verdict=Verdict.KNOWN if came.duplicate else Verdict.NEW,
        name=came.deputy,
        digits=came.digits,
        signed=came.said is Said.SIGNED,
    )


def _take_answer(workspace: Workspace, brought: Brought, _fingerprint: str | None) -> TakenIn:
    taken = take_answer(workspace, brought.document)
    verdict = "duplicate" if taken.came.duplicate else "accepted"
    told = TakenIn(file=brought.path.name, what="cosign_answer", verdict=verdict, number=0, changes=taken.changes)
    return replace(told, undoable=taken.came.suggestion)


def _look_at_card(workspace: Workspace, brought: Brought, _trusted: Trusted | None) -> Arrival:
    card = enrolment.read_request(brought.document)
    if card.seat.id == workspace.author.by:
        return Arrival(path=brought.path, what="card", verdict=Verdict.KNOWN, name=card.station.name)
    digits = enrolment.spoken_fingerprint(card)
    arrival = Arrival(path=brought.path, what="card", verdict=Verdict.ASKS, name=card.station.name, digits=digits)
    return replace(arrival, issued=card.created)


def _believe_card(_workspace: Workspace, brought: Brought, _fingerprint: str | None) -> TakenIn:
    raise Refused("card_to_compare", name=enrolment.read_request(brought.document).station.name)


SORTS: Final[Mapping[str, Sort]] = {
    "trust": Sort(look=_look_at_trust, take=_take_trust),
    "restore": Sort(look=_look_at_restore, take=_take_restore),
    "receipt": Sort(
        look=lambda workspace, brought, trusted: look_at_receipt(workspace, brought, _sure(trusted)),
        take=lambda workspace, brought, _fingerprint: take_receipt(workspace, brought),
    ),
    "reference": Sort(
        look=lambda workspace, brought, trusted: look_at_reference(workspace, brought, _sure(trusted)),
        take=lambda workspace, brought, _fingerprint: take_reference(workspace, brought),
    ),
    "reply": Sort(
        look=lambda workspace, brought, trusted: look_at_reply(workspace, brought, _sure(trusted)),
        take=lambda workspace, brought, _fingerprint: take_reply(workspace, brought),
    ),
    "peer": Sort(look=_look_at_peer, take=_take_peer),
    "cosign_answer": Sort(look=_look_at_answer, take=_take_answer),
    "cosign_request": Sort(look=_look_at_request, take=_answer_request),
    "card": Sort(look=_look_at_card, take=_believe_card),
}
"""Every sort by its name, in the order in which those brought together are taken in: who is believed comes first."""
