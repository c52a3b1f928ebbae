"""What every kind and every field owes: a Chinese term, an empty value, references and groups that name what is there."""

import dataclasses
import re

import pytest

from app.domain.kinds import ALL_KINDS, KINDS
from app.domain.records import ANY_KIND, Record, Travels, described
from app.domain.values import CodeSet
from tests.app.domain.invented import numbered

CHINESE = re.compile(r"[\u4e00-\u9fff]")
GLOSSARY = {
    *("station", "seat", "operator", "congress", "term", "deputy", "former_deputy", "unit", "category", "campaign"),
    *("visit", "attendance", "encounter", "contact", "issue", "step", "suggestion", "cosignature", "consultation", "review"),
    *("assignment", "reply", "evaluation", "commitment", "outcome", "supervision", "attachment", "project", "points_entry"),
    *(
        "speech",
        "award",
        "calendar_year",
        "rule_profile",
        "case_file",
        "erase_order",
        "reference",
        "score_scheme",
        "station_check",
    ),
    *("bulletin", "article"),
}

every_kind = pytest.mark.parametrize("cls", ALL_KINDS, ids=lambda cls: cls.traits.name)


def test_the_kinds_are_those_that_were_decided() -> None:
    assert [each.traits.name for each in ALL_KINDS] == list(dict.fromkeys(each.traits.name for each in ALL_KINDS))
    assert {each.traits.name for each in ALL_KINDS} == GLOSSARY == set(KINDS)


def test_only_steps_attachments_orders_and_versions_of_reference_data_are_never_changed() -> None:
    never = {"step", "attachment", "erase_order", "reference"}
    assert {each.traits.name for each in ALL_KINDS if not each.traits.mutable} == never


def test_contacts_travel_by_policy_and_operators_never() -> None:
    held_back = {each.traits.name: each.traits.travels for each in ALL_KINDS if each.traits.travels is not Travels.ALWAYS}
    assert held_back == {"contact": Travels.BY_POLICY, "operator": Travels.NEVER}


@every_kind
def test_a_kind_and_its_fields_have_chinese_terms_of_their_own(cls: type[Record]) -> None:
    assert CHINESE.search(cls.traits.label)
    labels = [declared.label for declared, _shape in described(cls)]
    assert all(CHINESE.search(label) for label in labels)
    assert len(labels) == len(set(labels)), "two fields of one kind are called the same"


@every_kind
def test_every_field_is_empty_until_something_is_said(cls: type[Record]) -> None:
    record = cls(id=numbered(1))
    assert all(getattr(record, each.name) == each.shape.empty for each, _shape in described(cls))
    assert set(cls.traits.fields) | {"id", "extra"} == {each.name for each in dataclasses.fields(cls)}


@every_kind
def test_field_names_fit_into_a_line(cls: type[Record]) -> None:
    """Header members of a line begin with an underscore; a body that uses one would hide it."""
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in cls.traits.fields)


@every_kind
def test_search_looks_at_text_and_never_at_identifiers_or_codes(cls: type[Record]) -> None:
    for declared, shape in described(cls):
        if declared.searched:
            assert shape in {"text", "list of text"}, declared.name
            assert not declared.to, declared.name


@every_kind
def test_a_reference_names_a_kind_that_is_there(cls: type[Record]) -> None:
    assert {declared.to for declared, _shape in described(cls)} <= {"", ANY_KIND, *GLOSSARY}


@every_kind
def test_a_group_joins_fields_that_are_there_and_in_no_other_group(cls: type[Record]) -> None:
    grouped = [name for group in cls.traits.groups for name in group]
    assert set(grouped) <= set(cls.traits.fields)
    assert len(grouped) == len(set(grouped))
    assert all(len(group) > 1 for group in cls.traits.groups)


@every_kind
def test_phone_and_address_of_a_person_stand_in_no_exported_kind(cls: type[Record]) -> None:
    """Office numbers are no personal data; everything else belongs into a contact (decision 4)."""
    private = {"phone", "mobile", "address", "postcode", "id_number", "birthday"}
    if cls.traits.travels is Travels.ALWAYS and cls.traits.name != "congress":
        assert not private & set(cls.traits.fields)


def test_every_code_has_one_chinese_word() -> None:
    sets = {declared.shape.codes for cls in ALL_KINDS for declared, _shape in described(cls) if declared.shape.codes}
    assert sets
    for codes in sets:
        assert issubclass(codes, CodeSet)
        labels = [each.label for each in codes]
        assert all(labels), codes
        assert len(set(labels)) == len(labels), codes
        assert all(re.fullmatch(r"[a-z0-9_]+", each) for each in codes), codes
