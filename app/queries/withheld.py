"""Residents who may not be named (匿名, 要求保密), and their records as an export may tell them: what `persons` is for lists."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection, select

from app.domain.attachment import Attachment
from app.domain.encounter import Encounter
from app.domain.papers import ANONYMOUS, WITHHELD
from app.domain.people import Contact
from app.domain.records import Record
from app.domain.values import Id
from app.queries.relations import member
from app.storage.tables import CurrentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """Why each of these residents may not be named, by their encounter; `matters` are the issues that this holds for."""

    reasons: Mapping[Id, str]
    matters: frozenset[Id]

    def holds_for(self, record: Record) -> bool:
        """Whether a record tells who such a resident is: themselves, how to reach them, a file of them or their matter."""
        match record:
            case Encounter():
                return record.id in self.reasons
            case Contact():
                return record.of in self.reasons
            case Attachment():
                return record.of in self.reasons or record.of in self.matters
        return False

    def as_listed(self, record: Record) -> Record:
        """The record as a list may tell it: of who may not be named neither name nor traits nor contact, of a file no name.

        What a resident said stays as it was said.
        """
        if not self.holds_for(record):
            return record
        match record:
            case Encounter():
                reason = self.reasons[record.id]
                return replace(record, name=reason, sex="", age_band="", village="", remarks="", extra={})
            case Contact():
                return replace(record, phone="", address="", postcode="", remarks="", extra={})
            case Attachment():
                return replace(record, name=WITHHELD, remarks="", extra={})
        return record


NOBODY: Final = Withheld(reasons={}, matters=frozenset())
"""Everybody is named."""


def withheld_people(connection: Connection) -> Withheld:
    """Everybody who stays anonymous or asked for confidence, be it for one of their matters; removed records count too."""
    met = select(CurrentRow.id, member("anonymous"), member("confidential")).where(CurrentRow.kind == "encounter")
    reasons = {
        id: ANONYMOUS if anonymous else WITHHELD
        for id, anonymous, confidential in connection.execute(met)
        if anonymous or confidential
    }
    raised = select(CurrentRow.id, member("encounter"), member("confidential")).where(CurrentRow.kind == "issue")
    issues = connection.execute(raised).all()
    for _id, encounter, confidential in issues:
        if confidential and encounter:
            reasons.setdefault(encounter, WITHHELD)
    matters = frozenset(id for id, encounter, confidential in issues if confidential or encounter in reasons)
    return Withheld(reasons=reasons, matters=matters)
