"""What was typed of the end of a mandate and never saved."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.values import Id, Json
from app.use_cases.drafts import drafts
from app.workspace import Workspace

DRAFT: Final = "deputy"
_KEY: Final = "mandate:"


@dataclass(frozen=True, slots=True)
class MandateEnd:
    """The day a mandate ends, and why."""

    on: date
    reason: str


def mandate_key(deputy: Id) -> str:
    """The name under which the end of a deputy's mandate is kept."""
    return f"{_KEY}{deputy}"


def deputy_of(key: str) -> Id:
    """The deputy whose end of mandate is kept under a key; empty where the key is another's."""
    return key.removeprefix(_KEY) if key.startswith(_KEY) else ""


def mandate_told(typed: MandateEnd, name: str) -> dict[str, Json]:
    """What was typed as plain JSON, with the deputy's name, by which a person knows it again."""
    return {"name": name, "ended_on": typed.on.isoformat(), "ended_reason": typed.reason}


def unsaved_end(workspace: Workspace, deputy: Id) -> MandateEnd | None:
    """What was begun for a deputy; what this program cannot read is left alone."""
    body = next((each.body for each in drafts(workspace) if each.key == mandate_key(deputy)), None)
    try:
        return MandateEnd(date.fromisoformat(str(body["ended_on"])), str(body["ended_reason"])) if body else None
    except (KeyError, ValueError):
        return None
