"""Other keys for a body: what is sealed to it from the next trust list on, and what signs its lists, receipts and replies.

The key before stays for what is on its way, until somebody drops it; so no station has to hear of a change at once.
"""

from dataclasses import dataclass, replace
from typing import Final

from app.errors import Refused
from app.keys.identities import ReceiverIdentity, ReceivingKey, SigningKey
from app.keys.root_keys import RootKeys
from app.packages import roots
from app.packages.receiving_key import make_receiving_key
from app.packages.roots import Role
from app.packages.sm2_keys import signing_key_of
from app.province.blobs import reseal
from app.province.enrolment import next_list
from app.province.evaluations import opened_evaluations
from app.province.online_keys import newest_roots, put_identity, put_roots, with_online
from app.province.receiver import Receiver
from app.province.store import setting_of

RECEIVING: Final = "receiving"


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyKey:
    """A key of the body by its name: what it is for, and whether it is in use or kept for what is under way."""

    name: str
    purpose: str
    used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyKeys:
    """The keys of a body that can be renewed, and the version of its trust list; `files` is how many were encrypted anew."""

    keys: tuple[BodyKey, ...]
    version: int
    files: int = 0


def body_keys(receiver: Receiver) -> BodyKeys:
    """The keys as they are now, of each purpose the one in use first."""
    identity = receiver.identity()
    used = _online(identity)
    signing = [
        BodyKey(name=each.keyid, purpose=str(role), used=each.keyid in used)
        for role in Role
        for each in newest_roots(receiver).online_keys
        if role in each.roles
    ]
    opening = [BodyKey(name=each.kid, purpose=RECEIVING, used=place == 0) for place, each in enumerate(identity.receiving)]
    keys = sorted((*signing, *opening), key=lambda each: not each.used)
    with receiver.store.reading() as connection:
        return BodyKeys(keys=tuple(keys), version=int(setting_of(connection, "trust_version")))


def renew_receiving(receiver: Receiver) -> BodyKeys:
    """Let stations seal to a new key from the next trust list on; what is sealed to the one before is still opened."""
    secret, recipient = make_receiving_key()
    identity = receiver.identity().with_receiving(ReceivingKey(secret=secret, recipient=recipient))
    with receiver.store.writing() as connection:
        put_identity(connection, identity)
        next_list(receiver, connection)
    return body_keys(receiver)


def drop_receiving(receiver: Receiver, kid: str, *, lose_evaluations: bool = False) -> BodyKeys:
    """Give an older receiving key up: a package that is sealed to it alone is told E_NO_KEY from now on.

    Files that lie here under it are encrypted anew first. Raises `Refused("key_not_known", key)`, `Refused("key_used", key)` of
    the newest one, `Refused("key_opens_evaluations", count)` where no other opens sealed evaluations, unless they may be lost.
    """
    identity = receiver.identity()
    if kid not in {each.kid for each in identity.receiving}:
        raise Refused("key_not_known", key=kid)
    if identity.receiving[0].kid == kid:
        raise Refused("key_used", key=kid)
    left = tuple(each for each in identity.receiving if each.kid != kid)
    now, then = (sum(each.verdict is not None for each in opened_evaluations(receiver, keys)) for keys in (None, left))
    if then < now and not lose_evaluations:
        raise Refused("key_opens_evaluations", count=now - then)
    files = reseal(receiver, [each.secret for each in left])
    with receiver.store.writing() as connection:
        put_identity(connection, replace(identity, receiving=left))
    return replace(body_keys(receiver), files=files)


def renew_online(receiver: Receiver, role: Role, held: RootKeys) -> BodyKeys:
    """Let a new key sign in this role; a new root document names it beside the one before, which is believed until it is ended.

    Raises `Refused("roots_full")`, and `PackageFault` as `sign_roots` does for root keys of another body.
    """
    made = SigningKey.make()
    documents = with_online(receiver, held, (*newest_roots(receiver).online_keys, roots.online_key(made.public, role)))
    with receiver.store.writing() as connection:
        put_identity(connection, receiver.identity().with_signing(role, made))
        put_roots(connection, documents)
        next_list(receiver, connection)
    return body_keys(receiver)


def end_online(receiver: Receiver, keyid: str, held: RootKeys) -> BodyKeys:
    """Name an online key no more: whoever has taken the next trust file in believes nothing that it signed.

    Raises `Refused("key_not_known", key)`, `Refused("key_used", key)`, and as `renew_online` does.
    """
    named = newest_roots(receiver).online_keys
    if keyid not in {each.keyid for each in named}:
        raise Refused("key_not_known", key=keyid)
    if keyid in _online(receiver.identity()):
        raise Refused("key_used", key=keyid)
    documents = with_online(receiver, held, [each for each in named if each.keyid != keyid])
    with receiver.store.writing() as connection:
        put_roots(connection, documents)
        next_list(receiver, connection)
    return body_keys(receiver)


def _online(identity: ReceiverIdentity) -> set[str]:
    """The names of the online keys that sign now."""
    further = (identity.sm2.receipt, identity.sm2.reply) if identity.sm2 else ()
    signing = (identity.trust, identity.receipt, identity.reply)
    return {each.keyid for each in signing} | {signing_key_of(each).keyid for each in further}
