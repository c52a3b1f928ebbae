"""The lines of a kind as a package announces them: one schema set, and a column for every member."""

from typing import Final

from app.domain.records import KindTraits
from app.domain.revisions import HEADER_TYPES

SCHEMA_SET: Final = "llz-core"

_TYPES: Final = {"yes or no": "boolean", "whole number": "integer", "date": "date"}


def columns_of(traits: KindTraits) -> dict[str, str]:
    """The Table Schema types of a kind's line by member, header members included."""
    columns = dict(HEADER_TYPES)
    for name, declared in traits.fields.items():
        shape = declared.shape.name
        columns[name] = "array" if shape.startswith("list") else _TYPES.get(shape, "string")
    return columns
