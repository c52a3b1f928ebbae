"""New keys of a computer: listed by a request the old ones vouch for, used from then on; the old ones end and stay readable."""

import zipfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.suggestion import Suggestion, digest_of_text
from app.errors import Refused, Unavailable
from app.packages.enrolment import read_request
from app.packages.envelope import read as read_envelope
from app.packages.faults import PackageFault
from app.packages.trust import SeatStatus
from app.province import enrolment
from app.province.receipts import write_receipts
from app.queries.log import Sought, log
from app.queries.reconciliation import standing
from app.storage.named_values import put_value, value_of
from app.use_cases import sealing
from app.use_cases.arrivals import receive
from app.use_cases.own_keys import KeysRenewed, renew_keys
from app.use_cases.peers import export_for_sisters
from app.use_cases.sealing import sealing_for_body
from app.use_cases.signed_files import sign_file
from app.use_cases.trust import request_enrolment, take_trust, trust_state, trusted_by
from app.workspace import IDENTITY, Workspace
from tests.app.use_cases.test_gm_1 import ready
from tests.app.use_cases.test_peers import joined
from tests.builders import STATION_CODE, Pair, an_issue, save


def asked(line: Pair, workspace: Workspace | None = None) -> KeysRenewed:
    return renew_keys(workspace or line.station, line.stick.parent)


def listed(line: Pair, request: KeysRenewed, workspace: Workspace | None = None) -> None:
    """The body takes the request in, the computer the answer."""
    take_trust(workspace or line.station, enrolment.enrol(line.body, request.path.read_bytes()).bundle)


def renewed(line: Pair) -> None:
    listed(line, asked(line))


def told(line: Pair) -> None:
    take_trust(line.station, enrolment.slice_for(line.body, STATION_CODE))


def signer(line: Pair) -> str:
    return sealing_for_body(line.station, trusted_by(line.station)).signer.keyid


def warned(line: Pair) -> list[str]:
    state = trust_state(line.station)
    assert state is not None
    return [code for code, _facts in state.warnings]


def entries(line: Pair) -> dict[str, tuple[SeatStatus, tuple[int, int] | None]]:
    """What the newest list says of each key of the station."""
    told(line)
    cuts = {each.keyid: each.revoked_after for each in trusted_by(line.station).trust_list.seats}
    return {
        each.keyid: (each.status, (cut.epoch, cut.seq) if (cut := cuts[each.keyid]) else None)
        for each in trusted_by(line.station).trust_list.seats
    }


def handed_in(line: Pair, words: str) -> list[tuple[str, str | None]]:
    save(line.station, an_issue(line.station, words))
    line.export()
    return [(each.verdict, each.code) for each in line.intake()]


# --- the way --------------------------------------------------------------------------------------------------------------


def test_until_the_list_has_them_everything_goes_on_with_the_keys_until_now(line: Pair) -> None:
    first = signer(line)
    request = asked(line)
    assert read_request(request.path.read_bytes()).seat.id == line.station.author.by
    assert (signer(line), warned(line)) == (first, ["W_KEYS"])
    assert handed_in(line, "甲") == [("accepted", None)]
    listed(line, request)
    assert signer(line) != first
    assert warned(line) == []


def test_asked_twice_no_keys_are_made_beside_those_that_wait(line: Pair) -> None:
    first, again = asked(line), asked(line)
    assert read_request(again.path.read_bytes()).seat.keyid == read_request(first.path.read_bytes()).seat.keyid


def test_the_stream_goes_on_and_the_old_key_ends_with_the_first_package_of_the_new_one(line: Pair) -> None:
    first = signer(line)
    handed_in(line, "甲")
    renewed(line)
    assert {status for status, _cut in entries(line).values()} == {SeatStatus.ACTIVE}
    assert handed_in(line, "乙") == [("accepted", None)]
    assert entries(line) == {first: (SeatStatus.REVOKED, (1, 1)), signer(line): (SeatStatus.ACTIVE, None)}
    assert handed_in(line, "丙") == [("accepted", None)]
    assert line.station.author.by == line.station.identity().seat_id == first.partition(":")[2]


def test_a_late_stick_of_the_old_key_counts_and_a_later_number_of_it_does_not(line: Pair) -> None:
    old = line.station.identity()
    save(line.station, an_issue(line.station, "迟到的"))
    (late,) = line.export().paths
    renewed(line)
    save(line.station, an_issue(line.station, "新密钥的"))
    (fresh,) = line.export().paths
    assert [(each.verdict, each.code) for each in line.intake([fresh])] == [("accepted", "W_GAP")]
    assert [(each.verdict, each.code) for each in line.intake([late])] == [("accepted", None)]
    save(line.station, an_issue(line.station, "盗用旧密钥的"))
    (stolen,) = _sealed_by(line, old.signing.keyid)
    assert [(each.verdict, each.code) for each in line.intake([stolen])] == [("refused", "E_REVOKED")]


def _sealed_by(line: Pair, keyid: str) -> tuple[Path, ...]:
    """What a thief of the old key would seal: the station as if its list knew no other."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            sealing,
            "enrolled_signer",
            lambda workspace, listed, suite: next(
                each for each in sealing.own_signers(workspace.identity(), suite) if each.keyid == keyid
            ),
        )
        return line.export().paths


def test_replies_sealed_to_the_old_key_and_to_the_new_one_are_read(line: Pair) -> None:
    request = asked(line)
    handed_in_suggestion(line, "甲")
    before = write_receipts(line.body, STATION_CODE, line.stick / "before").files
    listed(line, request)
    for each in before:
        if not each.name.endswith(".trust.json"):  # the list of then is older than the one that is believed now
            receive(line.station, each)
    assert standing(line.station, contact=False).records["returned"] == 1
    handed_in_suggestion(line, "乙")
    for each in write_receipts(line.body, STATION_CODE, line.stick / "after").files:
        receive(line.station, each)
    assert standing(line.station, contact=False).records["returned"] == 2


def handed_in_suggestion(line: Pair, name: str) -> None:
    """One that the province does not handle, so that it is given back with words."""
    made = Suggestion(id=line.station.clock.new_id(), subject=f"关于{name}的建议", text="请整修。", state="submitted")
    save(line.station, replace(made, text_digest=digest_of_text(made)))
    line.export()
    line.intake()


def test_sisters_take_what_the_new_key_signed_and_seal_to_it(line: Pair, tmp_path: Path) -> None:
    with ExitStack() as stack:
        second = joined(line.station, tmp_path / "second", tmp_path, line.wall, stack)
        for path in export_for_sisters(line.station, tmp_path / "first exchange").sisters[0].paths:
            receive(second, path)
        assert take_trust(second, enrolment.enrol(line.body, request_enrolment(second).content).bundle).enrolled
        told(line)
        save(line.station, an_issue(line.station, "甲"))
        renewed(line)
        take_trust(second, enrolment.slice_for(line.body, STATION_CODE))
        for path in export_for_sisters(line.station, line.stick / "p").sisters[0].paths:
            assert _keyid(path) == signer(line)
            assert receive(second, path).verdict == "accepted"
        for path in export_for_sisters(second, line.stick / "q").sisters[0].paths:
            assert receive(line.station, path).verdict == "accepted"


def test_a_sister_that_the_body_does_not_list_knows_the_key_of_the_card(line: Pair, tmp_path: Path) -> None:
    with ExitStack() as stack:
        second = joined(line.station, tmp_path / "second", tmp_path, line.wall, stack)
        renewed(line)
        handed_in(line, "甲")
        for path in export_for_sisters(line.station, line.stick / "p").sisters[0].paths:
            assert receive(second, path).verdict == "accepted"


def _keyid(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return read_envelope(package.read("statement.dsse.json")).signatures[0].keyid


def test_files_are_signed_by_the_new_key(line: Pair, tmp_path: Path) -> None:
    renewed(line)
    letter = tmp_path / "函.txt"
    letter.write_text("内容", "utf-8")
    assert sign_file(line.station, letter).principal.startswith(line.station.author.by)


def test_keys_of_gm_1_are_renewed_with_them(line: Pair) -> None:
    ready(line)
    before = signer(line)
    renewed(line)
    assert warned(line) == ["W_KEYS"], "two pairs, two requests"
    renewed(line)
    assert before.startswith("sm2:")
    assert signer(line).startswith("sm2:")
    assert signer(line) != before
    assert handed_in(line, "甲") == [("accepted", None)]
    assert entries(line)[before][0] is SeatStatus.REVOKED


def test_it_is_noted(line: Pair) -> None:
    renewed(line)
    assert "keys_renewed" in {each.event for each in log(line.station, Sought()).rows}


# --- what is refused ------------------------------------------------------------------------------------------------------


def test_who_is_not_enrolled_has_nothing_to_renew(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no_trust"):
        renew_keys(workspace, tmp_path)


def test_a_folder_that_is_gone_makes_no_keys(line: Pair) -> None:
    with pytest.raises(Refused, match="folder_gone"):
        renew_keys(line.station, line.stick / "gone")
    assert line.station.identity().renewed == ()


def test_a_disk_that_fails_under_the_request_loses_no_keys_and_makes_none_twice(line: Pair) -> None:
    def full(path: Path, content: bytes) -> None:
        raise Unavailable("disk_full", path=str(path))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.use_cases.trust.write_whole", full)
        with pytest.raises(Unavailable, match="disk_full"):
            asked(line)
    assert handed_in(line, "甲") == [("accepted", None)]
    renewed(line)
    assert len(line.station.identity().renewed) == 1
    assert handed_in(line, "乙") == [("accepted", None)]


def test_a_key_that_has_ended_vouches_for_no_other(line: Pair) -> None:
    old = value_of_identity(line)
    renewed(line)
    handed_in(line, "甲")
    with line.station.writing() as books:
        put_value(books.connection, IDENTITY, old)
    told(line)
    assert warned(line) == ["W_KEYS_OLDER"]
    for deed in (lambda: asked(line), lambda: line.export()):
        with pytest.raises(Refused, match="keys_older"):
            deed()


def test_a_thief_of_the_old_key_is_given_no_new_one(line: Pair) -> None:
    forged = _request_by_the_first_key(line)
    renewed(line)
    handed_in(line, "甲")
    with pytest.raises(PackageFault, match="E_ORIGIN"):
        enrolment.enrol(line.body, forged)


def _request_by_the_first_key(line: Pair) -> bytes:
    """A request for keys of the thief's own, which the first key vouches for."""
    kept = value_of_identity(line)
    request = asked(line).path.read_bytes()
    with line.station.writing() as books:
        put_value(books.connection, IDENTITY, kept)
    return request


def value_of_identity(line: Pair) -> bytes:
    with line.station.reading() as connection:
        kept = value_of(connection, IDENTITY)
    assert kept is not None
    return kept


def test_a_revoked_computer_is_revoked_with_all_its_keys(line: Pair) -> None:
    handed_in(line, "甲")
    renewed(line)
    handed_in(line, "乙")
    enrolment.revoke(line.body, line.station.author.by)
    assert {status for status, _cut in entries(line).values()} == {SeatStatus.REVOKED}
    with pytest.raises(Refused, match="seat_revoked"):
        asked(line)
