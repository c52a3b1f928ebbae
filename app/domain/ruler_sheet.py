"""The sheet by which one measures where a printer prints; no paper of the station's work."""

from dataclasses import dataclass

from app.domain.papers import Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class RulerSheet(Shown):
    """A corner mark with rulers."""

    station: str
