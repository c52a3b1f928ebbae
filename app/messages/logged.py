"""What the log calls its events, and what is told of each besides who, when and of which record."""

from collections.abc import Iterator, Mapping
from typing import Final

from app.domain.papers import PaperName
from app.domain.values import Json
from app.i18n import N_, _

EVENTS: Final[Mapping[str, str]] = {
    "saved": N_("saved"),
    "removed": N_("removed"),
    "restored": N_("restored"),
    "undone": N_("undone"),
    "redone": N_("made again"),
    "receipt": N_("receipt"),
    "reply": N_("reply"),
    "peer": N_("package of another computer of the station"),
    "restore": N_("records given back"),
    "trust": N_("trust list"),
    "reference": N_("reference data"),
    "reference_set_back": N_("reference data set back"),
    "own": N_("package of this station"),
    "own_peer": N_("package of this computer for another one of this station"),
    "others": N_("package for another computer of this station"),
    "cosign_answer": N_("answer to a co-signing request"),
    "cosign_request": N_("co-signing request"),
    "card": N_("card of a computer"),
    "print": N_("printed"),
    "contact_shown": N_("contact shown in full"),
    "term_changed": N_("the term changed"),
    "erased": N_("earlier content erased"),
    "let_go": N_("what stood before was let go"),
    "compacted": N_("old states let go"),
    "person_erased": N_("personal data erased"),
    "file_saved": N_("file saved elsewhere, unencrypted"),
    "person_exported": N_("personal data exported"),
    "person_blocked": N_("blocked"),
    "person_unblocked": N_("shown again"),
    "exported": N_("handed in"),
    "copied": N_("copied to a medium"),
    "sent": N_("sent over the network"),
    "peer_sealed": N_("sealed for another computer"),
    "list_export": N_("list saved as a file"),
    "plain_export": N_("everything written out unencrypted"),
    "confidential_export": N_("written out in full: who asked for confidence"),
    "signed_in": N_("signed in"),
    "locked": N_("locked"),
    "pin_wrong": N_("wrong PIN typed"),
    "pin_set": N_("PIN set"),
    "cosign_sent": N_("co-signing request written"),
    "cosign_answered": N_("co-signing request answered"),
    "cosign_taken": N_("answer to a co-signing request taken in"),
    "draw": N_("replies drawn for review"),
    "pin_removed": N_("PIN taken away"),
    "pin_reset": N_("PIN reset"),
    "lock_changed": N_("time of the lock changed"),
    "imported": N_("ledger imported"),
    "import_undone": N_("import taken back"),
    "keys_renewed": N_("new keys of this computer made"),
    "suite_keys": N_("keys of a further suite made"),
    "key_rotated": N_("key of the database renewed"),
    "recovery_renewed": N_("recovery code renewed"),
    "escrow_deposited": N_("way in deposited with the congress"),
    "escrow_withdrawn": N_("way in deposited with the congress withdrawn"),
    "escrow_opened": N_("opened by the congress"),
    "file_signed": N_("file signed for common tools"),
    "lost": N_("package declared lost"),
    "set_up": N_("set up"),
    "seat_admitted": N_("computer admitted"),
    "purged": N_("purged"),
    "retention_changed": N_("retention changed"),
    "told_by_code": N_("told received by code"),
    "cosigned": N_("co-signed in person"),
    "evaluation_pin_wrong": N_("wrong PIN for an evaluation"),
    "evaluation_key_made": N_("key for evaluations made"),
    "evaluation_key_renewed": N_("key for evaluations renewed"),
}

_FACTS: Final[Mapping[str, str]] = {
    "paper": N_("Paper"),
    "seq": N_("Package"),
    "records": N_("Records"),
    "rows": N_("Rows"),
    "file": N_("File"),
    "host": N_("Server"),
    "people": N_("Residents"),
    "times": N_("How often"),
}
"""What is told of an event; digests and identifiers are for programs."""


def event_told(event: str) -> str:
    """The words of an event; one that has none yet is told by its code."""
    return _(EVENTS.get(event, event))


def facts_told(facts: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """What is to be told of an event, each fact with its name."""
    for name, words in _FACTS.items():
        value = facts.get(name)
        if isinstance(value, dict):  # records by their kinds
            value = sum(each for each in value.values() if isinstance(each, int))
        if name == "paper" and value in set(PaperName):
            value = PaperName(str(value)).label
        if value not in (None, "", 0) and not (name == "file" and len(str(value)) == _DIGEST):
            yield _(words), str(value)


_DIGEST: Final = 64  # hexadecimal digits of what some events call their file
