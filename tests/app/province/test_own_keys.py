"""A body renews its own keys: stations follow by what they are sent anyway, and what is on its way still counts."""

import json
from pathlib import Path

import pytest

from app.errors import Refused
from app.keys.root_keys import open_or_make_roots, open_roots
from app.packages import age
from app.packages.container import read as read_container
from app.packages.envelope import read as read_envelope
from app.packages.faults import PackageFault
from app.province import enrolment
from app.province.own_keys import own_keys, renew_receiving, renew_signing
from app.province.receipts import write_receipts
from app.queries.reconciliation import numbers
from app.use_cases.arrivals import receive
from app.use_cases.trust import take_trust
from tests.app.use_cases.test_gm_1 import ready
from tests.builders import STATION_CODE, Pair, an_issue, save


def told(line: Pair) -> None:
    take_trust(line.station, enrolment.slice_for(line.body, STATION_CODE))


def exported(line: Pair, words: str) -> Path:
    save(line.station, an_issue(line.station, words))
    (path,) = line.export().paths
    return path


def receipt_of(line: Pair, folder: str) -> tuple[Path, ...]:
    return write_receipts(line.body, STATION_CODE, line.stick / folder).files


def states(line: Pair) -> list[str]:
    return [str(each.state) for each in numbers(line.station)]


# --- receiving ------------------------------------------------------------------------------------------------------------


def test_packages_sealed_to_the_old_key_and_to_the_new_one_are_taken(line: Pair) -> None:
    before = own_keys(line.body)
    late = exported(line, "甲")
    keys = renew_receiving(line.body)
    assert (keys.receiving[1:], keys.version) == (before.receiving, before.version + 1)
    not_told = exported(line, "乙")
    told(line)
    fresh = exported(line, "丙")
    assert [each.verdict for each in line.intake([fresh, not_told, late])] == ["accepted"] * 3
    for path in (late, fresh):
        assert (before.receiving[0], keys.receiving[0]).index(_opens(line, path)) == int(path is fresh)


def _opens(line: Pair, path: Path) -> str:
    """The name of the body's key that opens a package, found by trying."""
    with path.open("rb") as file:
        outer = read_container(file)
        for key in line.body.identity().receiving:
            file.seek(outer.payload_start)
            try:
                with age.decrypting(file, outer.payload_bytes, [key.secret]) as plain:
                    plain.read()
                return key.kid
            except PackageFault:
                continue
    raise AssertionError(path)


def test_a_list_names_the_newest_key_alone(line: Pair) -> None:
    keys = renew_receiving(line.body)
    with line.body.store.reading() as connection:
        listed = enrolment.trust_list(line.body, connection)
    assert [each.kid for each in listed.recipients] == [keys.receiving[0]]


def test_attachments_that_lay_here_before_are_still_read(line: Pair) -> None:
    ready(line)
    first = exported(line, "甲")
    renew_receiving(line.body)
    told(line)
    second = exported(line, "乙")
    assert [each.verdict for each in line.intake([second, first])] == ["accepted"] * 2


# --- signing --------------------------------------------------------------------------------------------------------------


def roots_of(line: Pair) -> Path:
    return line.homes[1].home / "roots"


def signed_by(path: Path) -> str:
    return read_envelope(path.read_bytes()).signatures[0].keyid


def test_receipts_of_both_keys_are_believed_and_the_station_needs_to_do_nothing(line: Pair) -> None:
    exported(line, "甲")
    line.intake()
    before = receipt_of(line, "before")
    keys = renew_signing(line.body, open_roots(roots_of(line), None))
    exported(line, "乙")
    line.intake()
    after = receipt_of(line, "after")
    assert signed_by(before[0]) != signed_by(after[0])
    assert {signed_by(before[0]), signed_by(after[0])} <= {each.keyid for each in keys.online}
    told(line)
    assert receive(line.station, before[0]).verdict == "accepted", "of an old key that is still named"
    assert receive(line.station, after[0]).verdict == "accepted"
    assert states(line) == ["received", "received"]


def test_a_receipt_of_the_new_key_before_its_list_is_refused_by_its_code(line: Pair) -> None:
    exported(line, "甲")
    line.intake()
    renew_signing(line.body, open_roots(roots_of(line), None))
    with pytest.raises(PackageFault, match="E_UNKNOWN_KEY"):
        receive(line.station, receipt_of(line, "back")[0])


def test_keys_that_are_distrusted_are_believed_by_nobody_who_knows(line: Pair) -> None:
    exported(line, "甲")
    line.intake()
    before = receipt_of(line, "before")[0]
    keys = renew_signing(line.body, open_roots(roots_of(line), None), distrust=True)
    assert len(keys.online) == 3
    told(line)
    with pytest.raises(PackageFault, match="E_UNKNOWN_KEY"):
        receive(line.station, before)


def test_the_keys_of_gm_1_are_renewed_with_them(line: Pair) -> None:
    ready(line)
    before = own_keys(line.body)
    keys = renew_signing(line.body, open_roots(roots_of(line), None))
    assert len(keys.online) == len(before.online) + 5
    told(line)
    exported(line, "甲")
    line.intake()
    written = receipt_of(line, "back")
    assert signed_by(written[0]).startswith("sm2:")
    assert receive(line.station, written[0]).verdict == "accepted"


def test_without_the_root_keys_nothing_is_renewed(line: Pair) -> None:
    before = own_keys(line.body)
    with pytest.raises(Refused, match="roots_wanted"):
        renew_signing(line.body, None)
    assert own_keys(line.body) == before


def test_root_keys_of_another_body_name_nothing(line: Pair, tmp_path: Path) -> None:
    before = own_keys(line.body)
    with pytest.raises(PackageFault, match=r"E_SIGNATURE|E_UNKNOWN_KEY"):
        renew_signing(line.body, open_or_make_roots(tmp_path / "other", None))
    assert own_keys(line.body) == before
    assert json.loads(line.body.store.setting("roots")) == [each.decode() for each in line.body.root_documents()]
