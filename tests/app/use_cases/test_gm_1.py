"""A province begins with gm-1: keys on both sides, what travels by which suite, what those without a key are told."""

import base64
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.suggestion import Suggestion, digest_of_text
from app.errors import Refused
from app.keys.identities import SigningKey
from app.keys.root_keys import open_roots
from app.packages import enrolment as requests
from app.packages import sm2
from app.packages.container import read as read_container
from app.packages.enrolment import EnrolledSeat, EnrolmentRequest, KnownKey, read_request, sign_request
from app.packages.faults import PackageFault
from app.packages.opening import said_by
from app.packages.receipt import peek_receipt
from app.packages.receiving_key import make_receiving_key
from app.packages.sm2_keys import Sm2ReceivingKey, Sm2SigningKey
from app.packages.trust import sign_trust
from app.province import enrolment
from app.province.receipts import write_receipts
from app.province.restoring import restore_packages
from app.province.store import count
from app.province.suite_keys import SuiteState, add_gm, require_gm, suite_state
from app.queries.counts import count as count_here
from app.queries.log import Sought, log
from app.queries.reconciliation import standing
from app.use_cases.arrivals import receive
from app.use_cases.handing_in import export
from app.use_cases.peers import export_for_sisters
from app.use_cases.trust import (
    keys_due,
    request_due,
    request_enrolment,
    take_trust,
    trust_state,
    trusted_by,
    write_request,
)
from app.workspace import Workspace
from tests.app.use_cases.test_peers import joined
from tests.builders import STATION_CODE, Pair, an_issue, save


def begin(line: Pair) -> SuiteState:
    """The body makes its keys."""
    return add_gm(line.body, open_roots(line.homes[1].home / "roots", None))


def told(line: Pair, workspace: Workspace | None = None) -> None:
    """The station takes the newest trust file in."""
    take_trust(workspace or line.station, enrolment.slice_for(line.body, STATION_CODE))


def enrol_further(line: Pair, workspace: Workspace | None = None) -> None:
    """A computer asks for its further key and takes the answer in."""
    asks = workspace or line.station
    assert take_trust(asks, enrolment.enrol(line.body, request_due(asks).content).bundle).enrolled


def ready(line: Pair) -> None:
    """Both ends have keys of gm-1 and know of each other's."""
    begin(line)
    told(line)
    enrol_further(line)


def suite_of(path: Path) -> str:
    """What a package says of itself."""
    with path.open("rb") as file:
        said = said_by(file)
    assert said is not None
    return said.suite


def warned(line: Pair) -> list[str]:
    state = trust_state(line.station)
    assert state is not None
    return [code for code, _facts in state.warnings]


# --- beginning ----------------------------------------------------------------------------------------------------


def test_the_body_begins_and_the_station_follows(line: Pair) -> None:
    state = begin(line)
    assert state.suites == ("gm-1", "std-1")
    assert state.without == ((STATION_CODE, line.station.author.by),)
    assert warned(line) == []
    told(line)
    assert warned(line) == ["W_SUITE"]
    enrol_further(line)
    assert warned(line) == []
    assert suite_state(line.body).without == ()


def test_until_the_station_has_a_key_it_hands_in_as_before(line: Pair) -> None:
    save(line.station, an_issue(line.station))
    begin(line)
    told(line)
    exported = line.export()
    assert [suite_of(path) for path in exported.paths] == ["std-1"]
    assert [each.verdict for each in line.intake()] == ["accepted"]
    assert peek_receipt(write_receipts(line.body, STATION_CODE, line.stick / "b").files[0].read_bytes()).suite == "std-1"


def test_packages_receipts_and_replies_go_by_gm_1_in_the_same_stream(line: Pair) -> None:
    save(line.station, an_issue(line.station, "甲"))
    line.round_trip()
    ready(line)
    save(line.station, an_issue(line.station, "乙"))
    (path,) = line.export().paths
    assert suite_of(path) == "gm-1"
    with path.open("rb") as file:
        assert read_container(file).form.payload == "payload.sm4"
    assert [(each.verdict, each.code, each.new) for each in line.intake([path])] == [("accepted", None, 1)]
    written = write_receipts(line.body, STATION_CODE, line.stick / "back")
    receipt = peek_receipt(written.files[0].read_bytes())
    assert receipt.suite == "gm-1"
    assert receipt.cursor(line.station.author.by, 1).through == 2
    assert receive(line.station, written.files[0]).what == "receipt"
    assert count(line.body.store)["issue"] == 2


def test_replies_come_by_gm_1_and_are_read(line: Pair) -> None:
    ready(line)
    made = Suggestion(id=line.station.clock.new_id(), subject="关于整修东街路灯的建议", text="请整修。", state="submitted")
    save(line.station, replace(made, text_digest=digest_of_text(made)))
    line.export()
    line.intake()
    files = write_receipts(line.body, STATION_CODE, line.stick / "back").files
    (reply,) = [path for path in files if path.name.startswith("llz-reply-")]
    assert suite_of(reply) == "gm-1"
    assert sorted(receive(line.station, path).what for path in files) == ["receipt", "reply", "trust"]
    assert standing(line.station, contact=False).records["returned"] == 1


def test_making_keys_again_changes_nothing(line: Pair) -> None:
    first = begin(line)
    again = add_gm(line.body, None)
    assert (again.version, len(line.body.root_documents())) == (first.version, 2)
    told(line)
    assert keys_due(line.station)
    once = read_request(request_due(line.station).content)
    assert not keys_due(line.station)
    assert read_request(request_due(line.station).content).seat == once.seat
    enrol_further(line)
    version = enrolment.enrol(line.body, request_enrolment(line.station).content).version
    assert len([each for each in trusted_by(line.station).trust_list.seats if not each.is_first]) == 1
    assert version == suite_state(line.body).version


def test_the_request_is_a_file_and_the_log_tells_of_the_keys(line: Pair, tmp_path: Path) -> None:
    begin(line)
    told(line)
    written = write_request(line.station, tmp_path)
    request = read_request(written.path.read_bytes())
    assert request.seat.keyid.startswith("sm2:")
    assert request.signed_by is not None
    assert request.signed_by.keyid == f"ed25519:{line.station.author.by}"
    assert "suite_keys" in [each.event for each in log(line.station, Sought()).rows]


def test_the_root_keys_are_needed_once(line: Pair) -> None:
    with pytest.raises(Refused, match="roots_wanted"):
        add_gm(line.body, None)
    with pytest.raises(Refused, match="suite_not_taken"):
        require_gm(line.body)
    with pytest.raises(PackageFault):
        add_gm(line.body, replace(open_roots(line.homes[1].home / "roots", None), keys=(SigningKey.make(), SigningKey.make())))
    assert line.body.identity().sm2 is None
    assert suite_state(line.body).suites == ("std-1",)


# --- gm-1 alone ---------------------------------------------------------------------------------------------------


def test_where_gm_1_alone_is_taken_a_station_without_a_key_is_told_what_to_do(line: Pair) -> None:
    begin(line)
    require_gm(line.body)
    told(line)
    save(line.station, an_issue(line.station))
    with pytest.raises(Refused, match="suite_not_enrolled") as caught:
        export(line.station, line.stick)
    assert caught.value.facts["suite"] == "gm-1"
    enrol_further(line)
    assert [suite_of(path) for path in line.export().paths] == ["gm-1"]
    assert [each.verdict for each in line.intake()] == ["accepted"]


def test_what_was_sealed_before_is_refused_by_its_code_and_sealed_again(line: Pair) -> None:
    save(line.station, an_issue(line.station))
    begin(line)
    line.export()
    require_gm(line.body)
    (taken,) = line.intake()
    assert (taken.verdict, taken.code) == ("refused", "E_SUITE")


def test_a_suite_of_tomorrow_is_told(line: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = trusted_by(line.station).trust_list
    policy = replace(listed.policy, suites=("std-2",))
    trusted = replace(trusted_by(line.station), trust_list=replace(listed, policy=policy))
    monkeypatch.setattr("app.use_cases.handing_in.trusted_by", lambda _workspace: trusted)
    with pytest.raises(Refused, match="suite_unknown"):
        export(line.station, line.stick)


def test_evaluations_are_still_sealed_to_the_body(line: Pair) -> None:
    ready(line)
    require_gm(line.body)
    told(line)
    recipients = trusted_by(line.station).trust_list.recipients
    assert [each.suite for each in recipients] == ["std-1", "gm-1"]


# --- what comes back ----------------------------------------------------------------------------------------------


def test_a_restore_package_is_sealed_by_the_suite_of_its_computer(line: Pair) -> None:
    save(line.station, an_issue(line.station))
    line.round_trip()
    assert {suite_of(path) for path in restore_packages(line.body, line.station.author.by, line.stick / "r1").paths} == {"std-1"}
    ready(line)
    assert {suite_of(path) for path in restore_packages(line.body, line.station.author.by, line.stick / "r2").paths} == {"gm-1"}


def test_without_a_key_nothing_is_sealed_for_a_computer_where_gm_1_alone_is_taken(line: Pair) -> None:
    save(line.station, an_issue(line.station))
    line.round_trip()
    begin(line)
    require_gm(line.body)
    with pytest.raises(Refused, match="seat_without_suite"):
        restore_packages(line.body, line.station.author.by, line.stick / "r")


# --- a further key ------------------------------------------------------------------------------------------------


def further(line: Pair, station: str, seat: str, *, code: str = STATION_CODE) -> tuple[EnrolmentRequest, Sm2SigningKey]:
    """A request for a further key of a seat, as anybody could write one; who vouches is to be filled in."""
    secret, public = sm2.make_pair()
    key = Sm2SigningKey(secret=secret, public=public)
    receiving = Sm2ReceivingKey(secret=secret, public=public).recipient
    called = replace(read_request(request_enrolment(line.station).content).station, id=station, code=code)
    asked = EnrolledSeat(id=seat, label="", keyid=key.keyid, key=base64.b64encode(public).decode(), receiving=receiving)
    return EnrolmentRequest(format=requests.FORMAT, station=called, seat=asked, created=line.station.clock.now()), key


def vouched(request: EnrolmentRequest, voucher: SigningKey) -> EnrolmentRequest:
    known = KnownKey(keyid=voucher.keyid, key=base64.b64encode(voucher.public).decode())
    return replace(request, created=request.created.replace(microsecond=0), signed_by=known)


def test_nobody_gives_a_key_to_another_s_computer(line: Pair) -> None:
    begin(line)
    request, key = further(line, line.station.author.owner, line.station.author.by)
    thief = SigningKey.make()
    with pytest.raises(PackageFault, match="E_ORIGIN"):
        enrolment.enrol(line.body, sign_request(vouched(request, thief), key, thief))
    with pytest.raises(Refused, match="seat_unknown"):
        enrolment.enrol(
            line.body, sign_request(vouched(replace(request, seat=replace(request.seat, id="ab" * 8)), thief), key, thief)
        )
    assert [each.is_first for each in trusted_by(line.station).trust_list.seats] == [True]


def test_both_keys_must_have_signed(line: Pair) -> None:
    own = line.station.identity().signing
    request, key = further(line, line.station.author.owner, line.station.author.by)
    whole = vouched(request, own)
    for signers in ((key,), (own,), (key, SigningKey.make())):
        with pytest.raises(PackageFault, match=r"E_SIGNATURE|E_UNKNOWN_KEY"):
            sign_request(whole, *signers)
    with pytest.raises(PackageFault, match="E_ENVELOPE"):
        sign_request(replace(whole, signed_by=None), key)


def test_a_first_key_has_nobody_to_vouch_for_it(line: Pair) -> None:
    request = read_request(request_enrolment(line.station).content)
    own = line.station.identity().signing
    with pytest.raises(PackageFault, match="E_ENVELOPE"):
        sign_request(vouched(request, own), own)


def test_a_key_of_a_suite_that_is_not_taken_is_not_enrolled(line: Pair) -> None:
    request, key = further(line, line.station.author.owner, line.station.author.by)
    own = line.station.identity().signing
    with pytest.raises(Refused, match="suite_not_taken"):
        enrolment.enrol(line.body, sign_request(vouched(request, own), key, own))


def test_a_revoked_computer_is_revoked_with_all_its_keys(line: Pair) -> None:
    ready(line)
    save(line.station, an_issue(line.station, "甲"))
    line.export()
    line.intake()
    save(line.station, an_issue(line.station, "乙"))
    late = line.export().paths
    enrolment.revoke(line.body, line.station.author.by)
    assert [(each.verdict, each.code) for each in line.intake(late)] == [("refused", "E_REVOKED")]
    request, key = further(line, line.station.author.owner, line.station.author.by)
    own = line.station.identity().signing
    with pytest.raises(Refused, match="seat_is_revoked"):
        enrolment.enrol(line.body, sign_request(vouched(request, own), key, own))
    told(line)
    with pytest.raises(Refused, match="seat_revoked"):
        export(line.station, line.stick)


def test_a_list_with_a_further_key_of_nobody_is_no_list(line: Pair) -> None:
    ready(line)
    listed = trusted_by(line.station).trust_list
    (alone,) = [each for each in listed.seats if not each.is_first]
    with pytest.raises(PackageFault) as caught:
        sign_trust(replace(listed, seats=(alone,)), line.body.identity().trust)
    assert caught.value.facts["member"] == "seats.seat"
    ends = replace(alone, receiving=make_receiving_key()[1])
    with pytest.raises(PackageFault) as caught:
        sign_trust(replace(listed, seats=(*listed.seats[:1], ends)), line.body.identity().trust)
    assert caught.value.facts["member"] == "seats.receiving"


# --- two computers ------------------------------------------------------------------------------------------------


@pytest.fixture
def second(line: Pair, tmp_path: Path) -> Iterator[Workspace]:
    """Another computer of the station, enrolled with the body."""
    with ExitStack() as stack:
        other = joined(line.station, tmp_path / "second", tmp_path, line.wall, stack)
        for path in export_for_sisters(line.station, tmp_path / "first exchange").sisters[0].paths:
            receive(other, path)
        assert take_trust(other, enrolment.enrol(line.body, request_enrolment(other).content).bundle).enrolled
        told(line)
        yield other


def test_receipts_are_read_by_every_computer(line: Pair, second: Workspace) -> None:
    ready(line)
    save(line.station, an_issue(line.station))
    line.export()
    line.intake()
    written = write_receipts(line.body, STATION_CODE, line.stick / "one")
    assert peek_receipt(written.files[0].read_bytes()).suite == "std-1", "the other could not tell whose an SM2 signature is"
    assert receive(second, written.files[0]).what == "receipt"
    told(line, second)
    enrol_further(line, second)
    save(line.station, an_issue(line.station, "乙"))
    line.export()
    line.intake()
    written = write_receipts(line.body, STATION_CODE, line.stick / "two")
    assert peek_receipt(written.files[0].read_bytes()).suite == "gm-1"
    assert [receive(each, written.files[0]).what for each in (second, line.station)] == ["receipt", "receipt"]


def test_computers_exchange_by_gm_1_once_both_have_keys(line: Pair, second: Workspace, tmp_path: Path) -> None:
    def sent(folder: str) -> list[str]:
        (made,) = export_for_sisters(line.station, tmp_path / folder).sisters
        suites = [suite_of(path) for path in made.paths]
        assert {receive(second, path).what for path in made.paths} == {"peer"}
        return suites

    ready(line)
    told(line, second)
    save(line.station, an_issue(line.station, "甲"))
    assert sent("before") == ["std-1"]
    enrol_further(line, second)
    told(line)
    save(line.station, an_issue(line.station, "乙"))
    assert sent("after") == ["gm-1"]
    assert count_here(second)["issue"] == 2


def test_by_the_body_they_exchange_too(line: Pair, second: Workspace) -> None:
    ready(line)
    told(line, second)
    enrol_further(line, second)
    require_gm(line.body)
    for each in (line.station, second):
        told(line, each)
    save(line.station, an_issue(line.station, "甲"))
    exported = export(line.station, line.stick)
    everything = sorted(line.stick.glob("*.llz"))
    assert {suite_of(path) for path in everything} == {"gm-1"}
    assert exported.paths
    assert {each.verdict for each in line.intake(everything)} <= {"accepted", "forwarded"}
    for path in write_receipts(line.body, STATION_CODE, line.stick / "back").files:
        if "peer" in path.name:
            assert receive(second, path).what == "peer"
    assert count_here(second)["issue"] == 1


def test_a_sister_without_a_key_is_named(line: Pair, second: Workspace, tmp_path: Path) -> None:
    ready(line)
    require_gm(line.body)
    told(line)
    save(line.station, an_issue(line.station))
    with pytest.raises(Refused, match="sister_without_suite") as caught:
        export_for_sisters(line.station, tmp_path / "out")
    assert caught.value.facts["seat"] == second.author.by
    assert export(line.station, line.stick).paths, "what goes to the body is not held up by it"
