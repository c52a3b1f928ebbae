"""How one paper names the residents on it, at the level of privacy it is printed at."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Final, TypeVar

from sqlalchemy import Connection, and_, select

from app.domain.encounter import Encounter
from app.domain.masking import masked_name, masked_phone
from app.domain.people import Contact
from app.domain.personal_data import blotter
from app.domain.persons import listed_person, pseudonym, visitor
from app.domain.privacy import Privacy
from app.domain.reception_papers import Visitor
from app.domain.told import texts_changed
from app.domain.values import Id
from app.queries.relations import member, standing
from app.storage.rows import another
from app.storage.tables import CurrentRow

_Told = TypeVar("_Told")


class Naming:
    """Names residents, and remembers whom it named by a number, so that the texts beside it name nobody either."""

    def __init__(self, connection: Connection, privacy: Privacy) -> None:
        self._connection: Final = connection
        self.privacy: Final = privacy
        self._named: Final[set[str]] = set()

    def listed(self, met: Encounter | None, *, confidential: bool) -> str:
        """A person as a ledger names them."""
        if met is None or self.privacy not in {Privacy.FULL, Privacy.PSEUDONYMOUS}:
            return listed_person(met, confidential=confidential)
        if self.privacy is Privacy.PSEUDONYMOUS:
            return self._number(met)
        return listed_person(met, confidential=confidential, whole=True)

    def visitor(self, met: Encounter | None, contact: Contact | None, *, confidential: bool) -> Visitor:
        """A person as a form shows them."""
        shown = visitor(met, contact, confidential=confidential, full_contact=self.privacy is Privacy.FULL)
        if met is None or self.privacy in {Privacy.USUAL, Privacy.FULL}:
            return shown
        if self.privacy is Privacy.PSEUDONYMOUS:
            return replace(shown, name=self._number(met), phone="", address="" if shown.withheld else met.village)
        return shown if shown.withheld else replace(shown, name=masked_name(met.name))

    def phone(self, contact: Contact | None) -> str:
        """A telephone number, of somebody who may be named."""
        if contact is None or self.privacy is Privacy.PSEUDONYMOUS:
            return ""
        return contact.phone if self.privacy is Privacy.FULL else masked_phone(contact.phone)

    def silent(self, told: _Told) -> _Told:
        """The value of a paper; of one with numbers for names no text tells a resident's name, telephone or identity number."""
        if self.privacy is not Privacy.PSEUDONYMOUS:
            return told
        return texts_changed(told, blotter(self._named))

    def _number(self, met: Encounter) -> str:
        self._named.add(met.name)
        return pseudonym(self._first.get(met.id, met))

    @cached_property
    def _first(self) -> Mapping[Id, Encounter]:
        """Of everybody who came more than once under the same name and telephone, whom they were when written down first."""
        met = another(CurrentRow)
        names = "name", "number"
        question = (
            select(met.id, member("phone").label("phone"), *(member(name, met).label(name) for name in names))
            .select_from(CurrentRow)
            .join(met, and_(met.id == member("of"), ~met.deleted))
            .where(standing("contact"))
        )
        same: defaultdict[tuple[str, str], list[Encounter]] = defaultdict(list)
        for row in self._connection.execute(question):
            digits = "".join(filter(str.isdigit, row.phone or ""))
            if digits and row.name:
                same[row.name.strip(), digits].append(Encounter(id=row.id, name=row.name, number=row.number or ""))
        return {each.id: min(people, key=lambda one: one.id) for people in same.values() for each in people}
