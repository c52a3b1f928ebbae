"""Whose `ssh-keygen` signatures count: the seats of a trust list and the body, as lines of a list of signers."""

from app.packages.envelope import PublicKey
from app.packages.forms import STD_1
from app.packages.roots import Role, RootDocument
from app.packages.ssh_signature import BODY, STATION, AllowedSigner
from app.packages.trust import SeatEntry, SeatStatus, TrustList, form_of_key


def principal_of(seat: SeatEntry) -> str:
    """What a list of signers calls one computer; the station's code alone stands for all of its computers."""
    return f"{seat.seat}@{seat.station_code}"


def signers_of(roots: RootDocument, trust: TrustList) -> tuple[AllowedSigner, ...]:
    """The seats that may send, and the key by which the body says what it says; each as long as list or key hold.

    Keys of SM2 are left out, for such signatures know none. Revoked seats are left out: such a list knows moments, not the number
    of a package up to which a seat still counts.
    """
    active = [each for each in trust.seats if each.status is SeatStatus.ACTIVE]
    seats = [_seat(each, trust) for each in active if each.form is STD_1]
    body = [_body(key, roots, trust) for key in roots.keys_for(Role.REPLY).values() if form_of_key(key.keyid) is STD_1]
    return (*seats, *body)


def _seat(seat: SeatEntry, trust: TrustList) -> AllowedSigner:
    return AllowedSigner(
        principals=(principal_of(seat), seat.station_code),
        namespace=STATION,
        key=seat.public_key().key,
        valid_after=trust.issued,
        valid_before=min(seat.not_after or trust.expires, trust.expires),
    )


def _body(key: PublicKey, roots: RootDocument, trust: TrustList) -> AllowedSigner:
    return AllowedSigner(
        principals=(trust.body.code,),
        namespace=BODY,
        key=key.key,
        valid_after=roots.issued,
        valid_before=min(roots.expires, trust.expires),
    )
