"""How a paper or a list may name who raised a matter: anonymity, confidentiality, then masking (domain brief 1.11, 5.3)."""

from dataclasses import replace
from typing import Final

from app.domain.encounter import Encounter, Party, people_met
from app.domain.masking import masked_address, masked_name, masked_phone
from app.domain.papers import ANONYMOUS, WITHHELD
from app.domain.people import Contact, Sex
from app.domain.reception_papers import Visitor
from app.domain.records import Record
from app.domain.values import wording

_SIGNS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LONG: Final = 8
"""Signs of a number made of an identifier: of a hundred thousand people two share one in one station of two hundred."""
_UNSAID: Final = frozenset({"", Sex.UNKNOWN, Sex.UNSTATED})


def withheld(encounter: Encounter | None, *, confidential: bool) -> str:
    """Why the person may not be named: 匿名, 要求保密, or nothing; what the issue asks counts as well."""
    if encounter and encounter.anonymous:
        return ANONYMOUS
    return WITHHELD if confidential or (encounter and encounter.confidential) else ""


def listed_person(encounter: Encounter | None, *, confidential: bool, whole: bool = False) -> str:
    """A person as a ledger names them: 匿名, 要求保密, 张*, 张*（户）, 张*等5人; a unit by its name, `whole` every person too."""
    reason = withheld(encounter, confidential=confidential)
    if reason or encounter is None:
        return reason
    if encounter.party == Party.UNIT:
        return encounter.name
    name = encounter.name.strip() if whole else masked_name(encounter.name)
    if encounter.party == Party.HOUSEHOLD:
        return f"{name}（户）" if name else "一户"
    return f"{name}等{encounter.people}人" if name and encounter.people > 1 else name


def pseudonym(encounter: Encounter | None) -> str:
    """A person by a number, the same on every sheet, that names nobody: that of their form, else one made of their identifier."""
    if encounter is None:
        return ""
    if encounter.number:
        return encounter.number
    chance = int(encounter.id[-12:], 16)  # the last group of the identifier is chance alone
    return "群众" + "".join(_SIGNS[chance >> 5 * place & 31] for place in range(_LONG))


def listed_title(record: Record) -> str:
    """A record's name as a list may show it: people masked."""
    if isinstance(record, Contact):
        return masked_phone(record.phone)
    return listed_person(record, confidential=False) if isinstance(record, Encounter) else record.title()


def visitor(encounter: Encounter | None, contact: Contact | None, *, confidential: bool, full_contact: bool) -> Visitor:
    """A person as a reception form shows them; who is withheld is told by neither name nor traits nor contact, whoever asks."""
    reason = withheld(encounter, confidential=confidential)
    if encounter is None:
        return Visitor(withheld=reason, name=reason)
    people = f"{people_met(encounter)}人"
    if reason:
        return Visitor(name=reason, people=people, withheld=reason)
    shown = Visitor(
        name=encounter.name,
        sex="" if encounter.sex in _UNSAID else wording(encounter.sex),
        age=wording(encounter.age_band),
        people=people,
        address=encounter.village,
    )
    return _with_contact(shown, contact, full=full_contact) if contact else shown


def _with_contact(shown: Visitor, contact: Contact, *, full: bool) -> Visitor:
    """The same person with telephone and address, masked unless they are asked for in full."""
    phone, address = (contact.phone, contact.address) if full else (masked_phone(contact.phone), masked_address(contact.address))
    told = dict.fromkeys(part for part in (shown.address, address) if part)
    return replace(shown, phone=phone, address="　".join(told))
