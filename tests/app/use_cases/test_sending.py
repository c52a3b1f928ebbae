"""Sending over the network: what a stick would carry arrives, what waits there is taken in, and nothing depends on the line."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from app.domain.life import PackageState
from app.domain.reference_data import ReferenceUnit
from app.domain.station import Seat, SeatRole, SeatStatus
from app.errors import AppError
from app.keys.desktop_keyring import DesktopKeyring
from app.network import courier as line_module
from app.network.courier import Courier
from app.progress import Progress
from app.province import receipts
from app.province.forwarding import waiting_files
from app.province.intake import Intake
from app.province.reference import publish
from app.queries.reconciliation import numbers
from app.queries.relations import found
from app.storage.journal import Journal
from app.use_cases.reference import set_back
from app.use_cases.sending import SendingWay, SentOver, send, sending_way, set_sending_way, token_of
from app.use_cases.trust import station_of
from app.workspace import OUTBOX
from tests.app.keys.memory_keyring import fresh_keyring
from tests.app.use_cases.test_peers import joined
from tests.builders import Pair, an_issue, an_unbound_suggestion, enrol, save
from tests.network_service import TOKEN, Service, service


@pytest.fixture
def body(tmp_path: Path, line: Pair) -> Iterator[Service]:
    """The service of the body that the station is enrolled with; the station knows where it is."""
    with service(tmp_path / "service") as running:
        way = SendingWay(url=running.url, authority=running.authority)
        set_sending_way(line.station, way)
        yield running


def sent(line: Pair, progress: Progress | None = None) -> SentOver:
    """Everything sent, no wait waited."""
    return send(line.station, TOKEN, progress, meet=partial(Courier, pause=lambda _seconds, _tell: None))


def take_in(line: Pair, body: Service) -> None:
    """What arrived is taken in by the body, which lays out what it has for the station."""
    for digest, content in body.whole.items():
        path = line.stick / f"{digest}.llz"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        Intake(line.body).take(path)
    written = receipts.write_receipts(line.body, station_of(line.station).code, line.stick / "back")
    for path in written.files:
        what = "replies" if path.suffix == ".llz" else "trust" if "trust" in path.name else "receipts"
        body.give(what, 10**6, path.read_bytes())


def states(line: Pair) -> list[PackageState | str]:
    return [each.state for each in numbers(line.station)]


def test_what_was_recorded_arrives_and_is_settled_in_the_same_line(line: Pair, body: Service) -> None:
    save(line.station, an_issue(line.station))
    done = sent(line)
    assert (len(done.numbers), done.taken, done.failed) == (1, (), ())
    [number] = done.numbers
    assert body.whole == {number.sha256: (line.station.folder / OUTBOX / number.file).read_bytes()}
    assert states(line) == [PackageState.COPIED]
    take_in(line, body)
    back = sent(line)
    assert back.numbers  # no receipt had told of it before, so it was offered once more
    assert body.received == number.size  # and not a byte of it went twice
    assert [each.what for each in back.taken] == ["trust", "receipt"]
    assert states(line) == [PackageState.RECEIVED]
    assert sent(line).numbers == ()


def test_reference_data_is_fetched_once_and_one_that_was_set_back_stays_back(line: Pair, body: Service) -> None:
    body.give("reference", 1, publish(line.body, units=(ReferenceUnit(name="示例交通局"),)).envelope)
    assert [(each.what, each.number) for each in sent(line).taken] == [("reference", 1)]
    assert sent(line).taken == ()
    set_back(line.station)
    assert sent(line).taken == ()
    body.give("reference", 2, publish(line.body, units=(ReferenceUnit(name="示例水利局"),)).envelope)
    assert [(each.what, each.number) for each in sent(line).taken] == [("reference", 2)]


def test_an_older_service_that_knows_no_reference_data_is_no_failure(line: Pair, body: Service) -> None:
    body.unknown.add("reference")
    done = sent(line)
    assert (done.taken, done.failed) == ((), ())


def test_whoever_may_not_change_the_settings_is_not_sent_what_changes_them(line: Pair, body: Service) -> None:
    body.give("reference", 1, publish(line.body, units=(ReferenceUnit(name="示例交通局"),)).envelope)
    own, new_id = line.station.author.by, line.station.clock.new_id
    full = Seat(id=new_id(), key_id="0" * 16, status=SeatStatus.ACTIVE, role=SeatRole.FULL)
    with line.station.reading() as connection:
        here = next(each for each in found(connection, Seat) if each.key_id == own)
    save(line.station, full, replace(here, role=SeatRole.READING))
    done = sent(line)
    assert (done.taken, done.failed) == ((), ())


def test_a_reply_with_words_is_fetched_too(line: Pair, body: Service) -> None:
    save(line.station, an_unbound_suggestion(line.station))
    sent(line)
    take_in(line, body)
    reply = body.ready["replies"](0)
    body.ready["replies"] = lambda after: reply if after == 0 else None
    done = sent(line)
    assert [each.what for each in done.taken if each.what == "reply"] == ["reply"]
    assert not list(line.station.folder.glob("*.part"))


def test_the_same_bytes_go_on_a_stick_as_well(line: Pair, body: Service) -> None:
    save(line.station, an_issue(line.station))
    [path] = line.export().paths
    sent(line)
    assert list(body.whole.values()) == [path.read_bytes()]


def test_it_is_noted_where_to_and_counts_as_a_copy(line: Pair, body: Service) -> None:
    save(line.station, an_issue(line.station))
    sent(line)
    [number] = numbers(line.station)
    assert (number.copies, number.last_folder) == (1, "127.0.0.1")
    with line.station.reading() as connection:
        assert [each for each in Journal(connection).lines() if b'"event":"sent"' in each.line or b'"sent"' in each.line]


def test_the_store_is_free_while_bytes_travel(line: Pair, body: Service) -> None:
    save(line.station, an_issue(line.station))

    class Writing(Progress):
        def advance(self, steps: int = 1) -> None:
            if self.stage == "sending":
                save(line.station, an_issue(line.station, subject="还在录入"))
            super().advance(steps)

    assert len(sent(line, Writing()).numbers) == 1
    assert len(sent(line).numbers) == 2  # what was entered meanwhile goes next


def test_stopped_on_the_way_what_arrived_stays_and_the_rest_follows(
    line: Pair, body: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_module, "PIECE", 512)
    save(line.station, an_issue(line.station))

    class Enough(Progress):
        def advance(self, steps: int = 1) -> None:
            super().advance(steps)
            if self.stage == "sending" and self.step >= 1024:
                self.cancel()

    assert code_of(lambda: sent(line, Enough())) == "cancelled"
    assert states(line) == [PackageState.SEALED]
    before = body.received
    [number] = sent(line).numbers
    assert before > 0
    assert body.received == number.size


def test_without_a_network_nothing_is_lost(line: Pair, body: Service) -> None:
    save(line.station, an_issue(line.station))
    body.answers = [503] * 50
    assert code_of(lambda: sent(line)) == "network_failed"
    assert states(line) == [PackageState.SEALED]
    body.answers = []
    assert len(sent(line).numbers) == 1


def test_a_receipt_that_is_forged_is_told_and_left(line: Pair, body: Service) -> None:
    save(line.station, an_issue(line.station))
    sent(line)
    body.give("receipts", 10**6, b'{"payload":"","payloadType":"x","signatures":[]}')
    done = sent(line)
    assert [each.what for each in done.failed] == ["receipts"]
    assert states(line) == [PackageState.COPIED]


def test_a_damaged_outbox_is_not_sent(line: Pair, body: Service) -> None:
    save(line.station, an_issue(line.station))
    body.answers = [503] * 50
    assert code_of(lambda: sent(line)) == "network_failed"
    body.answers = []
    [path] = (line.station.folder / OUTBOX).glob("*.llz")
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert code_of(lambda: sent(line)) == "outbox_damaged"
    assert body.whole == {}


def test_where_to_is_remembered_and_the_token_lies_in_the_keyring(line: Pair) -> None:
    keyring = DesktopKeyring([fresh_keyring()])
    assert code_of(lambda: sent(line)) == "sending_nowhere"
    way = SendingWay(url="https://body.example", proxy="http://proxy.example:8080")
    set_sending_way(line.station, way, "word", keyring=keyring)
    assert (sending_way(line.station), token_of(line.station, keyring=keyring)) == (way, "word")
    set_sending_way(line.station, SendingWay(url="https://other.example"), keyring=keyring)
    assert token_of(line.station, keyring=keyring) == "word"
    assert token_of(line.station, keyring=DesktopKeyring([])) == ""
    assert code_of(lambda: set_sending_way(line.station, SendingWay(url="http://body.example"))) == "address_malformed"
    assert sending_way(line.station).url == "https://other.example"


@pytest.mark.parametrize(("token", "code"), [("", "token_missing"), ("another", "token_refused")])
def test_a_keyring_that_gives_no_token_is_not_taken_for_a_wrong_token(line: Pair, body: Service, token: str, code: str) -> None:
    save(line.station, an_issue(line.station))
    assert code_of(lambda: send(line.station, token)) == code
    assert (body.whole, states(line)) == ({}, [PackageState.SEALED])


def test_a_network_lost_between_upload_and_answers_leaves_what_went_gone(line: Pair, body: Service) -> None:
    save(line.station, an_issue(line.station))

    class Lost(Progress):
        def begin(self, stage: str, total: int = 0) -> None:
            if stage == "fetching":
                body.answers = [502] * 50
            super().begin(stage, total)

    assert code_of(lambda: sent(line, Lost())) == "network_failed"
    assert (len(body.whole), states(line)) == (1, [PackageState.COPIED])
    body.answers = []
    take_in(line, body)
    assert [each.what for each in sent(line).taken] == ["trust", "receipt"]
    assert states(line) == [PackageState.RECEIVED]


def code_of(deed: Callable[[], object]) -> str:
    """The code a deed fails with."""
    with pytest.raises(AppError) as raised:
        deed()
    return raised.value.code


def test_what_sister_seats_lack_goes_along_and_comes_back_to_the_other(line: Pair, body: Service, tmp_path: Path) -> None:
    with ExitStack() as stack:
        second = joined(line.station, tmp_path / "second", tmp_path, line.wall, stack)
        enrol(second, line.body)
        enrol(line.station, line.body)
        set_sending_way(second, sending_way(line.station))
        save(line.station, an_issue(line.station))
        sent(line)
        assert len(body.whole) == 2
        assert not (line.station.folder / "for-sisters").exists()
        verdicts = {Intake(line.body).take(arrived(line, content)).verdict for content in body.whole.values()}
        assert verdicts == {"accepted", "forwarded"}
        waiting = [path.read_bytes() for path in waiting_files(line.body, line.station.author.owner)]
        body.ready["peers"] = lambda after: waiting[after] if after < len(waiting) else None
        done = send(second, TOKEN, meet=partial(Courier, pause=lambda _seconds, _tell: None))
        assert [(each.what, each.verdict) for each in done.taken] == [("peer", "accepted")]


def arrived(line: Pair, content: bytes) -> Path:
    path = line.stick / f"{len(content)}.llz"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


def test_a_receiver_that_knows_nothing_of_sister_seats_is_no_fault(line: Pair, body: Service, tmp_path: Path) -> None:
    with ExitStack() as stack:
        second = joined(line.station, tmp_path / "second", tmp_path, line.wall, stack)
        enrol(second, line.body)
        enrol(line.station, line.body)
        body.unknown.add("peers")
        save(line.station, an_issue(line.station))
        done = sent(line)
        assert (len(done.numbers), done.failed) == (1, ())
