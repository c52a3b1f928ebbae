"""Who is to be asked to co-sign and what they are told, typed and never sent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.domain.cosigning import Invitation
from app.domain.values import Id, Json
from app.use_cases.drafts import drafts
from app.workspace import Workspace


@dataclass(frozen=True, slots=True)
class InvitationTyped:
    """The deputies ticked, and how they are told."""

    deputies: frozenset[Id]
    invitation: Invitation


def invitation_key(suggestion: Id) -> str:
    """The name under which the invitation to a suggestion is kept."""
    return f"invitation:{suggestion}"


def invitation_told(deputies: Collection[Id], invitation: Invitation) -> dict[str, Json]:
    """What was typed as plain JSON: how they are told by the names of a signature's fields."""
    on = invitation.on.isoformat() if invitation.on else ""
    told: dict[str, Json] = {"asked_on": on, "asked_way": str(invitation.way), "told": invitation.told}
    return {"subject": invitation.told, "deputies": sorted(deputies), "cosignature": told}


def unsaved_invitation(workspace: Workspace, suggestion: Id) -> InvitationTyped | None:
    """What was typed for a suggestion; what this program cannot read is left alone."""
    body = next((each.body for each in drafts(workspace) if each.key == invitation_key(suggestion)), None)
    told, deputies = (body.get("cosignature"), body.get("deputies")) if body else (None, None)
    if not isinstance(told, dict) or not isinstance(deputies, list):
        return None
    try:
        on = date.fromisoformat(str(told["asked_on"])) if told["asked_on"] else None
        invitation = Invitation(on=on, way=str(told["asked_way"]), told=str(told["told"]))
    except (KeyError, ValueError):
        return None
    return InvitationTyped(frozenset(map(str, deputies)), invitation)
