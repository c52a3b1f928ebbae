"""Verifying a package that somebody made, without decrypting it."""

from pathlib import Path

import pytest

from app.errors import Refused
from app.packages.faults import PackageFault
from app.province import enrolment
from app.use_cases.verifying import Verdict, verify_here, verify_with
from tests.builders import Pair, an_issue, an_unbound_suggestion, body, new_station, save


@pytest.fixture
def package(line: Pair) -> Path:
    save(line.station, an_issue(line.station))
    (path,) = line.export().paths
    return path


def with_trust_of(line: Pair, path: Path) -> Verdict:
    return verify_with(path, enrolment.trust_bundle(line.body), line.station.clock)


def test_a_sound_package_is_accepted_and_its_statement_told(line: Pair, package: Path) -> None:
    for verdict in (verify_here(line.station, package), with_trust_of(line, package)):
        assert (verdict.verdict, verdict.code, verdict.fault) == ("accepted", None, None)
        assert verdict.statement is not None
        assert (verdict.statement["stream"]["seq"], verdict.statement["to"]) == (1, ["43"])


def test_a_reply_of_the_body_is_verified_too(line: Pair) -> None:
    save(line.station, an_unbound_suggestion(line.station))
    line.round_trip()
    (reply,) = (line.stick / "back").glob("*.llz")
    verdict = verify_here(line.station, reply)
    assert verdict.verdict == "accepted"
    assert verdict.statement is not None
    assert verdict.statement["kind"] == "reply"


def test_an_altered_package_is_refused_with_its_code(line: Pair, package: Path) -> None:
    whole = package.read_bytes()
    for place in range(0, len(whole), len(whole) // 60):
        package.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        verdict = verify_here(line.station, package)
        assert verdict.verdict == "refused"
        assert verdict.code is not None
        assert verdict.code.startswith("E_")
        assert (verdict.statement, verdict.fault is None) == (None, False)


def test_a_package_from_an_unknown_seat_is_refused(line: Pair, package: Path, tmp_path: Path) -> None:
    with body(tmp_path / "other", code="430181") as other:
        assert verify_with(package, enrolment.trust_bundle(other), line.station.clock).code == "E_UNKNOWN_KEY"


def test_a_revoked_seats_later_numbers_are_refused(line: Pair, package: Path) -> None:
    enrolment.revoke(line.body, line.station.author.by)
    assert with_trust_of(line, package).code == "E_REVOKED"


def test_without_trust_nothing_is_verified(package: Path, line: Pair, tmp_path: Path) -> None:
    with new_station(tmp_path / "b").opened() as workspace, pytest.raises(Refused, match="no_trust"):
        verify_here(workspace, package)
    with pytest.raises(PackageFault):
        verify_with(package, b"{}", line.station.clock)
    with pytest.raises(Refused, match="file_missing"):
        verify_here(line.station, tmp_path / "nowhere.llz")
