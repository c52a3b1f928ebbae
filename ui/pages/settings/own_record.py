"""The station's own record as parts of the settings change it: asked for with the draft, told where it is not here yet."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.station import Station
from app.domain.values import Id, Json
from app.i18n import _
from app.queries.record import record
from app.use_cases import drafts
from app.workspace import Workspace
from ui.feedback import Tone
from ui.page import Workbench
from ui.places import Place
from ui.widgets.notice import Notice


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """The station, the heads it stands on, and what was typed last and not saved."""

    station: Station
    heads: tuple[Id, ...]
    draft: Mapping[str, Json] | None


def own_record(workspace: Workspace, key: str) -> OwnRecord:
    """The record with the draft of a key; raises `Refused("record_missing")`."""
    stored = record(workspace, workspace.author.owner)
    assert isinstance(stored.record, Station)
    kept = next((each.body for each in drafts.drafts(workspace) if each.key == key), None)
    return OwnRecord(stored.record, stored.heads, kept)


def tell_not_here(notice: Notice, bench: Workbench) -> None:
    """At a computer that has joined the station its record comes from another one; nothing is typed over it before."""
    words = _("The station's particulars come from the other computer: take in what it gives.")
    notice.say(words, Tone.INFORMATION, ((_("Go there"), lambda: bench.go(Place.EXCHANGE, deed="take_in")),))
