"""A body renews its own keys: those that packages are sealed to by its trust list, those that sign by a further root document."""

import json
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.errors import Refused
from app.keys.identities import BodySm2, ReceiverIdentity, ReceivingKey, SigningKey, Sm2Pair
from app.keys.root_keys import RootKeys
from app.packages import envelope, roots, sm2
from app.packages.bundle import MOST_ROOT_DOCUMENTS
from app.packages.receiving_key import make_receiving_key
from app.packages.roots import OnlineKey, Role, RootDocument
from app.province.blobs import reseal
from app.province.enrolment import next_list
from app.province.evaluations import opened_evaluations
from app.province.receiver import Receiver
from app.province.store import put_setting, setting_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnKeys:
    """Which keys a body uses now, by their names, and the versions of its trust list and root document."""

    receiving: tuple[str, ...]
    """The newest first; the older ones open what is still on its way."""
    online: tuple[OnlineKey, ...]
    version: int
    roots: int


def own_keys(receiver: Receiver) -> OwnKeys:
    """The keys as they stand."""
    document = newest_roots(receiver)
    with receiver.store.reading() as connection:
        version = int(setting_of(connection, "trust_version"))
    held = receiver.identity().receiving
    return OwnKeys(
        receiving=tuple(each.kid for each in held), online=document.online_keys, version=version, roots=document.version
    )


def renew_receiving(receiver: Receiver) -> OwnKeys:
    """Let packages be sealed to new keys from the next trust list on; those until now open what comes late."""
    identity = receiver.identity()
    secret, recipient = make_receiving_key()
    renewed = identity.with_receiving(ReceivingKey(secret=secret, recipient=recipient))
    if identity.sm2:
        renewed = renewed.with_sm2(replace(identity.sm2, receiving=new_pair()))
    with receiver.store.writing() as connection:
        keep_identity(connection, renewed)
        next_list(receiver, connection)
    return own_keys(receiver)


def drop_receiving(receiver: Receiver, kid: str, *, lose_evaluations: bool = False) -> OwnKeys:
    """Give an older receiving key of std-1 up: a package that is sealed to it alone is told E_NO_KEY from now on.

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
    reseal(receiver, [each.secret for each in left])
    with receiver.store.writing() as connection:
        keep_identity(connection, replace(identity, receiving=left))
    return own_keys(receiver)


def renew_signing(receiver: Receiver, held: RootKeys | None, *, distrust: bool = False) -> OwnKeys:
    """Sign trust lists, receipts and replies with new keys, which a further root document names beside those until now.

    Where those are distrusted they are named no more: what they signed is believed by nobody who has the new document, so
    receipts and replies that nobody has taken in must be laid out again. Raises `Refused("roots_wanted")` without the root keys,
    `Refused("roots_full", most)` where a trust file has no room for one more, and `PackageFault` as `sign_roots` does for those
    of another body.
    """
    if held is None:
        raise Refused("roots_wanted")
    identity = receiver.identity()
    renewed = replace(identity, trust=SigningKey.make(), receipt=SigningKey.make(), reply=SigningKey.make())
    if identity.sm2:
        renewed = renewed.with_sm2(BodySm2(receipt=new_pair(), reply=new_pair(), receiving=identity.sm2.receiving))
    before = newest_roots(receiver)
    known = () if distrust else before.online_keys
    signed = _signed(receiver, before, (*known, *online_of(renewed)), held)
    with receiver.store.writing() as connection:
        keep_identity(connection, renewed)
        add_roots(receiver, connection, signed)
        next_list(receiver, connection)
    return own_keys(receiver)


def name_further(receiver: Receiver, keys: tuple[OnlineKey, ...], held: RootKeys) -> bytes:
    """The root document that names these keys beside those until now, signed; raises as `sign_roots` does."""
    before = newest_roots(receiver)
    return _signed(receiver, before, (*before.online_keys, *keys), held)


def online_of(identity: ReceiverIdentity) -> tuple[OnlineKey, ...]:
    """The keys by which a body signs, as a root document names them."""
    plain = ((identity.trust, Role.TRUST), (identity.receipt, Role.RECEIPT), (identity.reply, Role.REPLY))
    return (*(roots.online_key(key.public, role) for key, role in plain), *(online_of_sm2(identity.sm2) if identity.sm2 else ()))


def online_of_sm2(keys: BodySm2) -> tuple[OnlineKey, ...]:
    """Those of SM2."""
    return (roots.online_key(keys.receipt.public, Role.RECEIPT), roots.online_key(keys.reply.public, Role.REPLY))


def newest_roots(receiver: Receiver) -> RootDocument:
    """The root document that is in force."""
    return roots.peek_roots(envelope.read(receiver.root_documents()[-1]))


def add_roots(receiver: Receiver, connection: Connection, signed: bytes) -> None:
    """Put a root document behind those there are."""
    put_setting(connection, "roots", json.dumps([each.decode() for each in (*receiver.root_documents(), signed)]).encode())


def keep_identity(connection: Connection, identity: ReceiverIdentity) -> None:
    """Keep the body's keys, in its store and nowhere else."""
    put_setting(connection, "identity", json.dumps(identity.to_texts()).encode())


def new_pair() -> Sm2Pair:
    """Keys of SM2 that nobody had before."""
    secret, public = sm2.make_pair()
    return Sm2Pair(secret=secret, public=public)


def _signed(receiver: Receiver, before: RootDocument, online: tuple[OnlineKey, ...], held: RootKeys) -> bytes:
    if len(receiver.root_documents()) >= MOST_ROOT_DOCUMENTS:
        raise Refused("roots_full", most=MOST_ROOT_DOCUMENTS)
    issued = receiver.clock.now().replace(microsecond=0)
    document = replace(before, version=before.version + 1, issued=issued, online_keys=online)
    return roots.sign_roots(document, held.keys[: before.threshold], before)
