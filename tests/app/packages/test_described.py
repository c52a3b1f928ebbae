"""docs/package-format.md names every member of every closed document."""

import re
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

import pytest

from app.packages.enrolment import EnrolmentRequest
from app.packages.receipt import Receipt
from app.packages.reference import ReferenceDocument
from app.packages.revocation import RevocationRequest
from app.packages.roots import RootDocument
from app.packages.trust import TrustList
from tests.sources import ROOT

DOCUMENTS: dict[str, type[Any]] = {
    "Root document": RootDocument,
    "Trust list": TrustList,
    "Enrolment request": EnrolmentRequest,
    "Revocation request": RevocationRequest,
    "Receipt": Receipt,
    "Reference data": ReferenceDocument,
}


def members(document: type[Any]) -> set[str]:
    """The names of all members of a document, those within others too."""
    found: set[str] = set()
    for each, hint in zip(fields(document), get_type_hints(document).values(), strict=True):
        found.add(each.metadata.get("member", each.name))
        for inner in inner_documents(hint):
            found |= members(inner)
    return found


def inner_documents(hint: Any) -> set[type[Any]]:
    if isinstance(hint, type) and is_dataclass(hint):
        return {hint}
    return {inner for part in get_args(hint) for inner in inner_documents(part)}


def section(name: str) -> str:
    """What the page says of a document, from its name to the next one's."""
    page = (ROOT / "docs" / "package-format.md").read_text(encoding="utf-8")
    begin = page.index(f"**{name}**")
    return page[begin : page.index("\n**", begin + 1)]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_member_is_described(name: str) -> None:
    told = set(re.findall(r"`([a-z_]+)`", section(name)))
    assert members(DOCUMENTS[name]) - told - {"keyid", "key"} == set()
