"""Blank forms of the station with their numbers."""

from collections.abc import Sequence

from app.domain.papers import BlankForms, PaperName
from app.queries.relations import own_station
from app.workspace import Workspace


def blank_forms(workspace: Workspace, name: PaperName, numbers: Sequence[str]) -> BlankForms:
    """Forms of a kind with these numbers."""
    with workspace.reading() as connection:
        return BlankForms(name=name, station=own_station(workspace, connection).name, numbers=tuple(numbers))
