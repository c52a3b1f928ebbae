"""The root document: two of its own, two of those before it, never back."""

from dataclasses import replace
from typing import Any

import pytest

from app.packages import closed, envelope, roots
from app.packages.faults import PackageFault
from app.packages.roots import Role, RootDocument, fingerprint, online_key, read_roots, root_key, sign_roots
from tests.app.packages.trust_samples import EXPIRES, ISSUED, RECEIPT, ROOTS, TRUST, key, root_document, trust_list

FIRST = root_document()
NEWCOMERS = (key(4), key(5))


def signed(document: RootDocument, *signers: Any, payload_type: str = roots.TYPE) -> envelope.Envelope:
    """An envelope around a document, made without any check."""
    return envelope.read(envelope.sign(payload_type, closed.write(document), signers))


def test_two_of_three_make_a_root_document() -> None:
    assert read_roots(envelope.read(sign_roots(FIRST, ROOTS[1:]))) == FIRST
    assert read_roots(signed(FIRST, *ROOTS)) == FIRST


def test_one_is_not_enough() -> None:
    _assert_refused(signed(FIRST, ROOTS[0]), "E_SIGNATURE", found=1, needed=2)


def test_the_same_signer_twice_counts_once() -> None:
    with pytest.raises(ValueError, match="different"):
        signed(FIRST, ROOTS[0], ROOTS[0])
    once = closed.parse(envelope.sign(roots.TYPE, closed.write(FIRST), [ROOTS[0]]), limit=99_999)
    once["signatures"] *= 2
    with pytest.raises(PackageFault, match="E_ENVELOPE"):
        envelope.read(closed.compact(once))


def test_a_stranger_or_an_online_key_does_not_count() -> None:
    _assert_refused(signed(FIRST, ROOTS[0], key(9)), "E_UNKNOWN_KEY", keyid=key(9).keyid)
    _assert_refused(signed(FIRST, ROOTS[0], TRUST), "E_UNKNOWN_KEY", keyid=TRUST.keyid)


def test_a_forged_signature_among_good_ones_is_refused() -> None:
    forged = replace(signed(FIRST, *ROOTS), payload=closed.write(replace(FIRST, version=2)))
    _assert_refused(forged, "E_SIGNATURE")


def test_another_kind_of_document_is_no_root_document() -> None:
    _assert_refused(signed(FIRST, *ROOTS[:2], payload_type="application/vnd.llz.trust+json"), "E_TYPE")
    _assert_refused(envelope.read(envelope.sign(roots.TYPE, closed.write(trust_list()), ROOTS[:2])), "E_ENVELOPE")


# --- the next one ---------------------------------------------------------------------------------------------------


def test_new_online_keys_need_two_roots_and_a_higher_version() -> None:
    later = replace(FIRST, version=2, online_keys=(online_key(key(31).public, Role.RECEIPT),))
    assert read_roots(signed(later, *ROOTS[:2]), FIRST) == later
    assert fingerprint(later) == fingerprint(FIRST)


@pytest.mark.parametrize("version", [1, 2])
def test_a_version_not_higher_is_a_rollback(version: int) -> None:
    pinned = replace(FIRST, version=2)
    _assert_refused(signed(replace(FIRST, version=version), *ROOTS[:2]), "E_ROLLBACK", pinned, found=version, known=2)


def test_new_roots_need_two_of_the_old_and_two_of_the_new() -> None:
    later = root_document((ROOTS[0], *NEWCOMERS), version=2)
    assert read_roots(signed(later, *ROOTS[:2], *NEWCOMERS), FIRST) == later
    assert read_roots(signed(later, *ROOTS[:2], NEWCOMERS[0]), FIRST) == later  # the first root is both old and new
    _assert_refused(signed(later, ROOTS[0], *NEWCOMERS), "E_SIGNATURE", FIRST, found=1, needed=2)
    _assert_refused(signed(later, *ROOTS[:2]), "E_SIGNATURE", FIRST, found=1, needed=2)
    _assert_refused(signed(later, *NEWCOMERS), "E_SIGNATURE", FIRST, found=0, needed=2)


def test_a_raised_threshold_holds_at_once_and_later() -> None:
    strict = replace(FIRST, version=2, threshold=3)
    _assert_refused(signed(strict, *ROOTS[:2]), "E_SIGNATURE", FIRST, found=2, needed=3)
    assert read_roots(signed(strict, *ROOTS), FIRST) == strict
    _assert_refused(signed(replace(FIRST, version=3), *ROOTS[:2]), "E_SIGNATURE", strict, found=2, needed=3)


def test_another_province_does_not_follow() -> None:
    _assert_refused(signed(replace(FIRST, version=2, province="44"), *ROOTS[:2]), "E_BODY", FIRST, found="44", expected="43")


# --- its form -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("member", "changed"),
    [
        ("version", {"version": 0}),
        ("expires", {"expires": ISSUED}),
        ("province", {"province": "湖南"}),
        ("roots", {"roots": (root_key(ROOTS[0].public),)}),
        ("roots", {"roots": (root_key(ROOTS[0].public),) * 2}),
        ("roots", {"online_keys": (online_key(ROOTS[0].public, Role.TRUST),)}),
        ("threshold", {"threshold": 1}),
        ("threshold", {"threshold": 4}),
        ("online_keys", {"online_keys": (replace(online_key(TRUST.public, Role.TRUST), roles=(Role.TRUST, Role.RECEIPT)),)}),
        ("online_keys", {"online_keys": (replace(online_key(TRUST.public, Role.TRUST), roles=()),)}),
        ("key", {"online_keys": (replace(online_key(TRUST.public, Role.TRUST), keyid=RECEIPT.keyid),)}),
        ("key", {"online_keys": (replace(online_key(TRUST.public, Role.TRUST), key="no key"),)}),
    ],
)
def test_a_document_that_breaks_a_rule_is_neither_signed_nor_read(member: str, changed: dict[str, Any]) -> None:
    document = root_document(**changed)
    for attempt in (lambda: sign_roots(document, ROOTS[:2]), lambda: read_roots(signed(document, *ROOTS[:2]))):
        with pytest.raises(PackageFault) as caught:
            attempt()
        assert (caught.value.code, caught.value.facts["member"]) == ("E_ENVELOPE", member)


def test_a_newer_format_is_parked_not_called_damaged() -> None:
    _assert_refused(signed(root_document(format="llz-roots/2"), *ROOTS[:2]), "E_FORMAT_NEW", found="llz-roots/2")


def test_keys_are_given_out_by_role_only() -> None:
    assert set(FIRST.keys_for(Role.TRUST)) == {TRUST.keyid}
    assert set(FIRST.keys_for(Role.RECEIPT)) == {RECEIPT.keyid}
    assert set(FIRST.root_keys()) == {each.keyid for each in ROOTS}


def test_the_fingerprint_is_that_of_the_sorted_root_keys() -> None:
    assert fingerprint(FIRST) == fingerprint(root_document(ROOTS[::-1], version=7, expires=EXPIRES.replace(year=2030)))
    assert fingerprint(FIRST) != fingerprint(root_document((*ROOTS[:2], key(4))))


def _assert_refused(told: envelope.Envelope, code: str, before: RootDocument | None = None, **facts: object) -> None:
    with pytest.raises(PackageFault) as caught:
        read_roots(told, before)
    assert caught.value.code == code
    assert facts.items() <= caught.value.facts.items()
