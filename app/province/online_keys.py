"""Which online keys a body's root documents name: a further document for every change, signed by the root keys."""

import json
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from app.errors import Refused
from app.keys.identities import ReceiverIdentity
from app.keys.root_keys import RootKeys
from app.packages import envelope, roots
from app.packages.bundle import MOST_ROOT_DOCUMENTS
from app.packages.roots import OnlineKey, RootDocument
from app.province.receiver import Receiver
from app.province.store import put_setting


def newest_roots(receiver: Receiver) -> RootDocument:
    """The root document that counts now."""
    return roots.peek_roots(envelope.read(receiver.root_documents()[-1]))


def with_online(receiver: Receiver, held: RootKeys, online_keys: Sequence[OnlineKey]) -> list[bytes]:
    """All root documents, and a further one that names these online keys and no others.

    Raises `Refused("roots_full")` where a trust file has no room for one more, and `PackageFault` as `sign_roots` does for root
    keys of another body.
    """
    documents, before = receiver.root_documents(), newest_roots(receiver)
    if len(documents) >= MOST_ROOT_DOCUMENTS:
        raise Refused("roots_full", most=MOST_ROOT_DOCUMENTS)
    issued = receiver.clock.now().replace(microsecond=0)
    after = replace(before, version=before.version + 1, issued=issued, online_keys=tuple(online_keys))
    return [*documents, roots.sign_roots(after, held.keys[: before.threshold], before)]


def put_roots(connection: Connection, documents: Sequence[bytes]) -> None:
    """Let these be the root documents from now on."""
    put_setting(connection, "roots", json.dumps([each.decode() for each in documents]).encode())


def put_identity(connection: Connection, identity: ReceiverIdentity) -> None:
    """Let these be the body's keys from now on."""
    put_setting(connection, "identity", json.dumps(identity.to_texts()).encode())
