"""How several commands tell the same things: moments, and what the journal notes."""

from datetime import datetime
from typing import Final

from app.clock import CHINA
from app.i18n import N_

WORDS: Final = {
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
    "own": N_("package of this station"),
    "cosign_answer": N_("answer to a co-signing request"),
    "cosign_request": N_("co-signing request"),
    "card": N_("card of a computer"),
    "print": N_("printed"),
    "contact_shown": N_("contact shown in full"),
    "term_changed": N_("the term changed"),
    "erased": N_("earlier content erased"),
    "person_erased": N_("personal data erased"),
    "person_exported": N_("personal data exported"),
    "person_blocked": N_("blocked"),
    "person_unblocked": N_("shown again"),
}
"""Words of documents that are shown to a person as well."""


def local_told(moment: datetime) -> str:
    """A moment as the clock on the wall shows it."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"
