"""A suggestion as it lies on the desk: its words and fields, who is to sign beside the lead, and what all was read from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.cosignature import Cosignature
from app.domain.drafted import heads_told
from app.domain.records import body_of, record_from
from app.domain.suggestion import Suggestion
from app.domain.values import Id, Json


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionSheet:
    """What a person writes at, saved or not; `seen` holds the heads of each record that was read."""

    suggestion: Suggestion
    signers: tuple[Cosignature, ...] = ()
    seen: Mapping[Id, tuple[Id, ...]] = field(default_factory=dict)

    @property
    def id(self) -> Id:
        """The suggestion's identifier, which it has before it is saved."""
        return self.suggestion.id

    @property
    def stored(self) -> bool:
        """Whether it stands in the records already."""
        return self.id in self.seen

    def says(self, other: "SuggestionSheet") -> bool:
        """Whether both say the same, wherever they were read from."""
        return (self.suggestion, self.signers) == (other.suggestion, other.signers)


def kept_body(sheet: SuggestionSheet) -> dict[str, Json]:
    """The sheet as a draft keeps it."""
    return {
        "id": sheet.id,
        "suggestion": body_of(sheet.suggestion),
        "signers": [{"id": each.id, "cosignature": body_of(each)} for each in sheet.signers],
        "seen": heads_told(sheet.seen),
    }


def sheet_kept(body: Mapping[str, Any]) -> SuggestionSheet:
    """The sheet a draft kept.

    Raises `Refused("field_malformed")` for a field no suggestion has so, KeyError or TypeError for what is no sheet.
    """
    return SuggestionSheet(
        suggestion=record_from(Suggestion, body["id"], body["suggestion"]),
        signers=tuple(record_from(Cosignature, each["id"], each["cosignature"]) for each in body["signers"]),
        seen={id: tuple(heads) for id, heads in body["seen"].items()},
    )
